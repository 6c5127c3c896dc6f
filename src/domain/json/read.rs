//! A JSON text, byte for byte as RFC 8259 has it, read once from front to end.

use std::borrow::Cow;

use super::{Flaw, Json, JsonError, Object, bytes};

/// Arrays and objects inside of one another that are still read: no policy is half as deep.
const DEEPEST: u8 = 128;

/// Reads a text from front to end; the caller says what it expects next.
#[derive(Debug)]
pub struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    depth: u8,
    /// Objects around it, without arrays.
    objects: u8,
    lean: bool,
    /// Members of the objects around it, which are not at their end: each object is moved to a list of its own length
    /// when it is, and none grows.
    named: Vec<Member<'a>>,
    /// The same of the arrays around it.
    listed: Vec<Json<'a>>,
}

type Member<'a> = (Cow<'a, str>, Json<'a>);

pub(super) type Read<T> = Result<T, Flaw>;

impl<'a> Reader<'a> {
    /// Reads all of a text by `read`; nothing but white space may follow.
    ///
    /// # Errors
    /// The first flaw, and where it is.
    pub fn all<T>(text: &'a str, read: impl FnOnce(&mut Self) -> Read<T>) -> Result<T, JsonError> {
        Self::over(text, false, read)
    }

    pub(super) fn over<T>(
        text: &'a str,
        lean: bool,
        read: impl FnOnce(&mut Self) -> Read<T>,
    ) -> Result<T, JsonError> {
        let mut reader = Self {
            text,
            at: 0,
            depth: 0,
            objects: 0,
            lean,
            named: Vec::new(),
            listed: Vec::new(),
        };
        match read(&mut reader) {
            Ok(value) if reader.space().is_none() => Ok(value),
            Ok(_) => Err(reader.error(Flaw::After)),
            Err(flaw) => Err(reader.error(flaw)),
        }
    }

    /// The next value as a tree.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn value(&mut self) -> Read<Json<'a>> {
        self.any(true)
    }

    /// The next value as a tree, and its text. It may be as deep as a text of its own.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn value_and_text(&mut self) -> Read<(Json<'a>, &'a str)> {
        self.space();
        let start = self.at;
        let around = std::mem::take(&mut self.depth);
        let value = self.any(true)?;
        self.depth = around;
        let text = self.text.get(start..self.at).ok_or(Flaw::Value)?;
        Ok((value, text))
    }

    /// The text of the next value, which is looked at and not kept.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn skip(&mut self) -> Read<&'a str> {
        self.space();
        let start = self.at;
        self.any(false)?;
        self.text.get(start..self.at).ok_or(Flaw::Value)
    }

    /// The next value, which has to be a whole number.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn int(&mut self) -> Read<i64> {
        match self.any(true)? {
            Json::Int(int) => Ok(int),
            _ => {
                // The last byte of what is wrong.
                self.at -= 1;
                Err(Flaw::Kind)
            }
        }
    }

    /// Every member of the next value, which has to be an object; `each` reads the member's value.
    ///
    /// # Errors
    /// What is wrong with it, or what `each` says.
    pub fn members(
        &mut self,
        mut each: impl FnMut(&mut Self, Cow<'a, str>) -> Read<()>,
    ) -> Read<()> {
        self.begin(b'{')?;
        if self.space() == Some(b'}') {
            return self.end();
        }
        loop {
            match self.space() {
                Some(b'"') => {}
                Some(b'}') => return Err(Flaw::Trailing),
                other => return self.not(other, Flaw::Name),
            }
            let name = self.string(true)?;
            match self.space() {
                Some(b':') => self.at += 1,
                other => return self.not(other, Flaw::Colon),
            }
            each(self, name)?;
            match self.space() {
                Some(b',') => self.at += 1,
                Some(b'}') => return self.end(),
                other => return self.not(other, Flaw::Comma),
            }
        }
    }

    /// Every element of the next value, which has to be an array; `each` reads it.
    ///
    /// # Errors
    /// What is wrong with it, or what `each` says.
    pub fn elements(&mut self, mut each: impl FnMut(&mut Self) -> Read<()>) -> Read<()> {
        self.begin(b'[')?;
        if self.space() == Some(b']') {
            return self.end();
        }
        loop {
            if self.space() == Some(b']') {
                return Err(Flaw::Trailing);
            }
            each(self)?;
            match self.space() {
                Some(b',') => self.at += 1,
                Some(b']') => return self.end(),
                other => return self.not(other, Flaw::Comma),
            }
        }
    }

    fn begin(&mut self, with: u8) -> Read<()> {
        match self.space() {
            Some(byte) if byte == with => {}
            other => return self.not(other, Flaw::Kind),
        }
        if self.depth == DEEPEST {
            return Err(Flaw::Deep);
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    fn end(&mut self) -> Read<()> {
        self.depth -= 1;
        self.at += 1;
        Ok(())
    }

    pub(super) fn not<T>(&self, found: Option<u8>, flaw: Flaw) -> Read<T> {
        Err(found.map_or(Flaw::Cut, |_| flaw))
    }

    fn any(&mut self, keep: bool) -> Read<Json<'a>> {
        Ok(match self.space() {
            Some(b'{') => self.object(keep)?,
            Some(b'[') => self.array(keep)?,
            Some(b'"') => Json::String(self.string(keep)?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word(b"true", Json::Bool(true))?,
            Some(b'f') => self.word(b"false", Json::Bool(false))?,
            Some(b'n') => self.word(b"null", Json::Null)?,
            other => return self.not(other, Flaw::Value),
        })
    }

    fn object(&mut self, keep: bool) -> Read<Json<'a>> {
        let first = self.named.len();
        self.objects += 1;
        self.members(|reader, name| {
            let keep = keep && !(reader.lean && reader.leaves_out(&name));
            let value = reader.any(keep)?;
            if keep {
                reader.named.push((name, value));
            }
            Ok(())
        })?;
        self.objects -= 1;
        // Not `split_off`: in WebAssembly that is a call for each object, and most have few members.
        Ok(Json::Object(Object(self.named.drain(first..).collect())))
    }

    fn array(&mut self, keep: bool) -> Read<Json<'a>> {
        let first = self.listed.len();
        self.elements(|reader| {
            let item = reader.any(keep)?;
            if keep {
                reader.listed.push(item);
            }
            Ok(())
        })?;
        Ok(Json::Array(self.listed.drain(first..).collect()))
    }

    /// True for a member that nothing is read from.
    fn leaves_out(&self, key: &str) -> bool {
        if key.starts_with('#') {
            // Actions (`#microsoft.graph.assign`); `#Definition_…` and the like are a tool's own.
            return key.starts_with("#microsoft.graph");
        }
        let top = self.objects <= 2;
        match bytes::sign(key.as_bytes()) {
            None => false,
            Some(0) => !top && key.starts_with("@odata.") && key != "@odata.type",
            Some(at) => {
                let annotation = &key[at..];
                annotation.starts_with("@odata.")
                    && annotation != "@odata.bind"
                    && !(top && key == "assignments@odata.context")
            }
        }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is not white space, which is not taken.
    #[inline]
    fn space(&mut self) -> Option<u8> {
        match self.peek() {
            Some(byte) if byte > b' ' => Some(byte),
            _ => self.after_space(),
        }
    }

    fn after_space(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ') => self.at = bytes::no_space(self.text.as_bytes(), self.at),
                Some(b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other,
            }
        }
    }

    /// A flaw at the next byte, or at the last one of a text that is cut.
    fn error(&self, flaw: Flaw) -> JsonError {
        let at = self.at.min(self.text.len().saturating_sub(1));
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        let line = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        JsonError {
            line: 1 + before.iter().filter(|byte| **byte == b'\n').count(),
            column: 1 + at - line,
            flaw,
        }
    }
}
