//! Apple property lists in XML, as a JSON tree.
//!
//! The elements: `dict`, `array`, `string`, `integer`, `real`, `true`, `false`, `date`, `data`
//! (Apple's `PropertyList-1.0.dtd`). `data` stays base64, without white space.

mod xml;

use std::borrow::Cow;

use crate::json::{Json, Object, number};
use xml::{Token, Xml};

pub use xml::XmlError;

/// How deep containers may stand in each other.
const DEPTH: usize = 64;

/// A property list.
#[derive(Debug, Clone, PartialEq)]
pub struct Plist {
    /// Its value.
    pub root: Json<'static>,
    /// True when the text is only keys and values, without `plist` or `dict` around them,
    /// which is what Intune takes as a preference file.
    pub fragment: bool,
}

/// Line and column, both from 1, of a byte of a text.
pub fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, before[start..].chars().count() + 1)
}

/// Reads a property list in XML, or a fragment of one.
///
/// # Errors
/// With the place, when the text is not well-formed, or its elements stand where they may not.
pub fn parse(text: &str) -> Result<Plist, XmlError> {
    let mut reader = Reader {
        xml: Xml::new(text),
        start: 0,
    };
    match reader.significant()? {
        Some(Token::Open("plist")) => {
            let first = reader.expect("a `plist` without an end")?;
            if first == Token::Close("plist") {
                return reader.error("a property list without a value");
            }
            let root = reader.value(first, 0)?;
            match reader.significant()? {
                Some(Token::Close("plist")) => reader.end(root, false),
                _ => reader.error("something after the property list's value"),
            }
        }
        Some(token @ (Token::Open("dict") | Token::Empty("dict"))) => {
            let root = reader.value(token, 0)?;
            reader.end(root, false)
        }
        Some(Token::Open("key")) => {
            let members = reader.members(Some(Token::Open("key")), 0)?;
            reader.end(Json::Object(Object(members)), true)
        }
        None => reader.error("no element at all"),
        Some(_) => reader.error("an element that no property list starts with"),
    }
}

/// The text with words in place of the text or data below each key that `wanted` names, and how
/// many there were. `None`: the text is not well-formed.
pub fn replace(text: &str, wanted: impl Fn(&str) -> bool, words: &str) -> Option<(String, u32)> {
    let mut xml = Xml::new(text);
    let (mut out, mut copied, mut count) = (String::with_capacity(text.len()), 0, 0);
    let (mut key, mut in_key) = (String::new(), false);
    loop {
        match xml.next().ok()? {
            None => break,
            Some(Token::Open("key")) => {
                in_key = true;
                key.clear();
            }
            Some(Token::Close("key")) => in_key = false,
            Some(Token::Text(part)) if in_key => key.push_str(&part),
            Some(Token::Open("string" | "data")) if wanted(&key) => {
                out.push_str(text.get(copied..xml.at())?);
                out.push_str(words);
                count += 1;
                copied = end_of_text(&mut xml)?;
            }
            Some(Token::Text(part)) if part.trim().is_empty() => {}
            Some(_) => key.clear(),
        }
    }
    out.push_str(text.get(copied..)?);
    Some((out, count))
}

/// Where the next end tag starts.
fn end_of_text(xml: &mut Xml<'_>) -> Option<usize> {
    loop {
        let start = xml.at();
        if let Token::Close(_) = xml.next().ok()?? {
            return Some(start);
        }
    }
}

struct Reader<'a> {
    xml: Xml<'a>,
    /// Where the last token started.
    start: usize,
}

type Members = Vec<(Cow<'static, str>, Json<'static>)>;

impl<'a> Reader<'a> {
    /// The next token that is not white space.
    fn significant(&mut self) -> Result<Option<Token<'a>>, XmlError> {
        loop {
            self.start = self.xml.at();
            match self.xml.next()? {
                Some(Token::Text(text)) if text.trim().trim_matches('\u{feff}').is_empty() => {}
                token => return Ok(token),
            }
        }
    }

    fn expect(&mut self, what: &'static str) -> Result<Token<'a>, XmlError> {
        match self.significant()? {
            Some(token) => Ok(token),
            None => self.error(what),
        }
    }

    fn end(mut self, root: Json<'static>, fragment: bool) -> Result<Plist, XmlError> {
        match self.significant()? {
            None => Ok(Plist { root, fragment }),
            Some(_) => self.error("something after the property list"),
        }
    }

    fn value(&mut self, token: Token<'a>, depth: usize) -> Result<Json<'static>, XmlError> {
        if depth > DEPTH {
            return self.error("containers nested more deeply than any profile");
        }
        let text = |text: String| Json::String(Cow::Owned(text));
        Ok(match token {
            Token::Open("dict") => Json::Object(Object(self.members(None, depth)?)),
            Token::Open("array") => {
                let mut items = Vec::new();
                loop {
                    match self.expect("an `array` without an end")? {
                        Token::Close("array") => break Json::Array(items),
                        token => items.push(self.value(token, depth + 1)?),
                    }
                }
            }
            Token::Empty("dict") => Json::Object(Object::default()),
            Token::Empty("array") => Json::Array(Vec::new()),
            Token::Empty("true") => Json::Bool(true),
            Token::Empty("false") => Json::Bool(false),
            Token::Empty("string" | "data") => text(String::new()),
            Token::Open(name @ ("true" | "false")) => {
                self.content(name)?;
                Json::Bool(name == "true")
            }
            Token::Open(name @ ("string" | "date")) => text(self.content(name)?),
            Token::Open("data") => {
                let mut data = self.content("data")?;
                data.retain(|c| !c.is_whitespace());
                text(data)
            }
            Token::Open("integer") => {
                let written = self.content("integer")?;
                let written = written.trim();
                let hex = written
                    .strip_prefix("0x")
                    .and_then(|hex| i64::from_str_radix(hex, 16).ok());
                match written.parse().ok().or(hex) {
                    Some(number) => Json::Int(number),
                    None => return self.error("an `integer` that is no whole number"),
                }
            }
            Token::Open("real") => match number::json(self.content("real")?.trim()) {
                Some(number) => Json::Number(Cow::Owned(number)),
                None => return self.error("a `real` that is no number"),
            },
            Token::Open("key") => return self.error("a `key` where a value belongs"),
            Token::Close(_) => return self.error("an end tag where a value belongs"),
            Token::Text(_) => return self.error("text where a value belongs"),
            Token::Open(_) | Token::Empty(_) => {
                return self.error("an element that property lists do not have");
            }
        })
    }

    /// Keys and values up to `</dict>`; with a first token, up to the end of the text.
    fn members(&mut self, mut first: Option<Token<'a>>, depth: usize) -> Result<Members, XmlError> {
        let fragment = first.is_some();
        let mut members = Vec::new();
        loop {
            let token = match first.take() {
                Some(token) => Some(token),
                None => self.significant()?,
            };
            match token {
                Some(Token::Open("key")) => {}
                Some(Token::Close("dict")) if !fragment => return Ok(members),
                None if fragment => return Ok(members),
                None => return self.error("a `dict` without an end"),
                Some(_) => return self.error("a value without a `key` before it"),
            }
            let key = self.content("key")?;
            let token = self.expect("a `key` without a value")?;
            members.push((Cow::Owned(key), self.value(token, depth + 1)?));
        }
    }

    /// The text up to the end tag of this name.
    fn content(&mut self, name: &str) -> Result<String, XmlError> {
        let mut out = String::new();
        loop {
            self.start = self.xml.at();
            match self.xml.next()? {
                Some(Token::Text(text)) => out.push_str(&text),
                Some(Token::Close(end)) if end == name => return Ok(out),
                _ => return self.error("an element inside of a text"),
            }
        }
    }

    fn error<T>(&self, what: &'static str) -> Result<T, XmlError> {
        Err(XmlError {
            at: self.start,
            what,
        })
    }
}

#[cfg(test)]
mod tests;
