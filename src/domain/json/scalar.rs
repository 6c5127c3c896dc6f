//! Strings, numbers and words of a JSON text.

use std::borrow::Cow;

use super::read::{Read, Reader};
use super::{Flaw, Json, bytes, number};

impl<'a> Reader<'a> {
    pub(super) fn word<const N: usize>(
        &mut self,
        word: &[u8; N],
        value: Json<'a>,
    ) -> Read<Json<'a>> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.first_chunk() == Some(word) {
            self.at += N;
            return Ok(value);
        }
        self.at += rest.iter().zip(word).take_while(|(a, b)| a == b).count();
        self.not(self.peek(), Flaw::Value)
    }

    pub(super) fn number(&mut self) -> Read<Json<'a>> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => self.at += 1,
            _ => self.digits()?,
        }
        let mut whole = true;
        if self.peek() == Some(b'.') {
            whole = false;
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            whole = false;
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        let text = self.text.get(start..self.at).ok_or(Flaw::Number)?;
        let int = if whole { text.parse().ok() } else { None };
        Ok(match int {
            Some(int) if text != "-0" => Json::Int(int),
            _ if number::is_endless(text) => return Err(Flaw::Number),
            _ => Json::Number(Cow::Borrowed(text)),
        })
    }

    fn digits(&mut self) -> Read<()> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        if self.at == start {
            return self.not(self.peek(), Flaw::Number);
        }
        Ok(())
    }

    /// A string, borrowed when there is no escape in it. The next byte is its quotation mark.
    /// One that is not kept is read as any other, and empty when it has escapes.
    pub(super) fn string(&mut self, keep: bool) -> Read<Cow<'a, str>> {
        self.at += 1;
        let start = self.at;
        self.plain();
        if self.peek() == Some(b'"') {
            let text = self.text.get(start..self.at).ok_or(Flaw::Value)?;
            self.at += 1;
            return Ok(Cow::Borrowed(text));
        }
        self.escaped(start, keep).map(Cow::Owned)
    }

    /// The same from its first byte on, when it has escapes.
    fn escaped(&mut self, mut from: usize, keep: bool) -> Read<String> {
        // As long as what was read so far, at least: a script has an escape in each line.
        let mut out = String::with_capacity(if keep { 2 * (self.at - from) + 64 } else { 0 });
        loop {
            if keep {
                out += self.text.get(from..self.at).ok_or(Flaw::Value)?;
            }
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    self.at += 1;
                    let char = self.escape()?;
                    if keep {
                        out.push(char);
                    }
                    from = self.at;
                    self.plain();
                }
                other => return self.not(other, Flaw::Control),
            }
        }
    }

    fn escape(&mut self) -> Read<char> {
        let byte = self.peek().ok_or(Flaw::Cut)?;
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.unit()?;
                let pair = [
                    first,
                    if first & 0xfc00 == 0xd800 {
                        self.second()?
                    } else {
                        0
                    },
                ];
                let units = if pair[1] == 0 { &pair[..1] } else { &pair[..] };
                match char::decode_utf16(units.iter().copied()).next() {
                    Some(Ok(char)) => char,
                    _ => return Err(Flaw::Surrogate),
                }
            }
            _ => return Err(Flaw::Escape),
        })
    }

    /// The second half of a pair.
    fn second(&mut self) -> Read<u16> {
        for wanted in [b'\\', b'u'] {
            match self.peek() {
                Some(byte) if byte == wanted => self.at += 1,
                other => return self.not(other, Flaw::Surrogate),
            }
        }
        self.unit()
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Read<u16> {
        let mut unit = 0;
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        for byte in rest.iter().take(4) {
            let digit = char::from(*byte).to_digit(16).ok_or(Flaw::Escape)?;
            unit = unit << 4 | digit as u16;
            self.at += 1;
        }
        if rest.len() < 4 {
            return Err(Flaw::Cut);
        }
        Ok(unit)
    }

    /// Goes to the next byte that a string cannot simply hold.
    fn plain(&mut self) {
        self.at = bytes::plain(self.text.as_bytes(), self.at);
    }
}
