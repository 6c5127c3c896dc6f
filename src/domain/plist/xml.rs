//! XML as property lists use it, token by token: elements, text, CDATA; no document type is obeyed.
//!
//! Nothing is expanded but the five named entities and character references (XML 1.0 §4.1, §4.6),
//! so that a text can never grow beyond what was written.

use std::borrow::Cow;

/// Why a text is not read as XML: where (bytes from the start) and what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct XmlError {
    /// Byte offset.
    pub at: usize,
    /// A few words, without a full stop.
    pub what: &'static str,
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Token<'a> {
    /// `<name …>`; attributes are skipped.
    Open(&'a str),
    /// `</name>`
    Close(&'a str),
    /// `<name/>`
    Empty(&'a str),
    /// Text between tags, decoded.
    Text(Cow<'a, str>),
}

/// Reads tokens from a text.
#[derive(Debug, Clone)]
pub struct Xml<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Xml<'a> {
    /// From the start of a text.
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Where the next token starts, in bytes.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The next token; `None` at the end.
    ///
    /// # Errors
    /// On markup that is cut off or that property lists do not use.
    pub fn next(&mut self) -> Result<Option<Token<'a>>, XmlError> {
        loop {
            let rest = &self.text[self.at..];
            if rest.is_empty() {
                return Ok(None);
            }
            let Some(tag) = rest.strip_prefix('<') else {
                let end = rest.find('<').unwrap_or(rest.len());
                let text = decode(&rest[..end], self.at)?;
                self.at += end;
                return Ok(Some(Token::Text(text)));
            };
            if let Some(inner) = rest.strip_prefix("<![CDATA[") {
                let end = self.find(inner, "]]>", "a CDATA section without an end")?;
                self.at += 9 + end + 3;
                return Ok(Some(Token::Text(Cow::Borrowed(&inner[..end]))));
            }
            if let Some(inner) = rest.strip_prefix("<!--") {
                self.at += 4 + self.find(inner, "-->", "a comment without an end")? + 3;
            } else if let Some(inner) = rest.strip_prefix("<?") {
                self.at += 2 + self.find(inner, "?>", "an instruction without an end")? + 2;
            } else if rest.starts_with("<!") {
                let end = self.find(rest, ">", "a declaration without an end")?;
                if rest[..end].contains('[') {
                    return self.error("a document type with declarations of its own");
                }
                self.at += end + 1;
            } else {
                return self.tag(tag).map(Some);
            }
        }
    }

    fn tag(&mut self, tag: &'a str) -> Result<Token<'a>, XmlError> {
        let end = end_of_tag(tag).ok_or(XmlError {
            at: self.at,
            what: "a tag without an end",
        })?;
        let inner = &tag[..end];
        let (inner, closes) = match inner.strip_prefix('/') {
            Some(inner) => (inner, true),
            None => (inner, false),
        };
        let (inner, empty) = match inner.strip_suffix('/') {
            Some(inner) => (inner, true),
            None => (inner, false),
        };
        let name = inner.split_ascii_whitespace().next().unwrap_or_default();
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
        if name.is_empty() || !name.chars().all(plain) || inner.starts_with(char::is_whitespace) {
            return self.error("a `<` that starts no tag");
        }
        self.at += 1 + end + 1;
        Ok(match (closes, empty) {
            (true, _) => Token::Close(name),
            (_, true) => Token::Empty(name),
            _ => Token::Open(name),
        })
    }

    fn find(&self, text: &str, end: &str, what: &'static str) -> Result<usize, XmlError> {
        text.find(end).ok_or(XmlError { at: self.at, what })
    }

    fn error<T>(&self, what: &'static str) -> Result<T, XmlError> {
        Err(XmlError { at: self.at, what })
    }
}

/// Where the `>` stands that ends a tag: not one inside of a quoted attribute.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

fn decode(text: &str, start: usize) -> Result<Cow<'_, str>, XmlError> {
    if !text.contains('&') {
        return Ok(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let reference = rest.find(';').and_then(|end| {
            let c = character(&rest[..end])?;
            Some((c, end))
        });
        let Some((c, end)) = reference else {
            return Err(XmlError {
                at: start + text.len() - rest.len() - 1,
                what: "an `&` that is no character; it is written `&amp;`",
            });
        };
        out.push(c);
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    Ok(Cow::Owned(out))
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?).filter(|c| *c != '\0')
        }
    }
}
