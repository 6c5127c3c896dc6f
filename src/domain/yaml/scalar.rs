//! Scalars: keys, quoted and plain texts, blocks of text.

use std::borrow::Cow;

use super::Fault;
use super::block::Reader;
use super::resolve::resolve;
use crate::json::Json;

impl<'t> Reader<'t> {
    /// Where the colon stands when this line starts with a key.
    pub fn key_end(&self) -> Option<usize> {
        let line = self.line();
        let after = match line.chars().next()? {
            '\'' => quoted_end(line, '\'')?,
            '"' => quoted_end(line, '"')?,
            '[' | '{' | '|' | '>' | '*' | '&' | '!' | '#' | '@' | '`' | '%' => return None,
            _ => {
                let mut from = 0;
                loop {
                    let at = from + line[from..].find([':', '#'])?;
                    let hash = line[at..].starts_with('#');
                    if hash && line[..at].ends_with(' ') {
                        return None;
                    }
                    let next = line[at + 1..].chars().next();
                    if !hash && next.is_none_or(|c| c == ' ' || c == '\t') {
                        return Some(self.at + at);
                    }
                    from = at + 1;
                }
            }
        };
        let rest = line[after..].trim_start();
        let colon = rest.starts_with(": ") || rest == ":";
        colon.then(|| self.at + line.len() - rest.len())
    }

    /// The key that ends before this colon.
    pub fn key(&mut self, colon: usize) -> Result<String, Fault> {
        match self.rest().chars().next() {
            Some('\'') => self.single(),
            Some('"') => self.double(),
            _ => Ok(self.text[self.at..colon].trim().to_owned()),
        }
    }

    /// `'…'`: `''` is a quote; a line break is a space, more of them are breaks.
    pub fn single(&mut self) -> Result<String, Fault> {
        let start = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.rest();
            let Some(at) = rest.find(['\'', '\n']) else {
                self.at = start;
                return self.fault("a quoted text without an end");
            };
            out.push_str(&rest[..at]);
            self.at += at;
            if self.rest().starts_with('\n') {
                self.fold(&mut out);
            } else if self.rest().starts_with("''") {
                out.push('\'');
                self.at += 2;
            } else {
                self.at += 1;
                return Ok(out);
            }
        }
    }

    /// `"…"` with escapes.
    pub fn double(&mut self) -> Result<String, Fault> {
        let start = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.rest();
            let Some(at) = rest.find(['"', '\\', '\n']) else {
                self.at = start;
                return self.fault("a quoted text without an end");
            };
            out.push_str(&rest[..at]);
            self.at += at;
            match self.rest().as_bytes().first() {
                Some(b'\n') => self.fold(&mut out),
                Some(b'\\') => self.escape(&mut out)?,
                _ => {
                    self.at += 1;
                    return Ok(out);
                }
            }
        }
    }

    fn escape(&mut self, out: &mut String) -> Result<(), Fault> {
        let rest = &self.rest()[1..];
        let Some(c) = rest.chars().next() else {
            return self.fault("a quoted text without an end");
        };
        let digits = match c {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        if digits > 0 {
            let number = rest
                .get(1..=digits)
                .and_then(|hex| u32::from_str_radix(hex, 16).ok());
            let Some(number) = number else {
                return self.fault("an escape that is no character");
            };
            self.at += 2 + digits;
            return self.code_point(number, out);
        }
        let plain = match c {
            '\n' => {
                // An escaped line end: the indent of the next line is no text.
                self.at += 2;
                self.spaces();
                return Ok(());
            }
            '0' => '\0',
            'a' => '\u{7}',
            'b' => '\u{8}',
            't' | '\t' => '\t',
            'n' => '\n',
            'v' => '\u{b}',
            'f' => '\u{c}',
            'r' => '\r',
            'e' => '\u{1b}',
            ' ' | '"' | '/' | '\\' => c,
            'N' => '\u{85}',
            '_' => '\u{a0}',
            'L' => '\u{2028}',
            'P' => '\u{2029}',
            _ => return self.fault("an escape that is no character"),
        };
        out.push(plain);
        self.at += 1 + c.len_utf8();
        Ok(())
    }

    /// A code point; JSON's surrogate pairs are taken together.
    fn code_point(&mut self, number: u32, out: &mut String) -> Result<(), Fault> {
        if (0xD800..0xDC00).contains(&number)
            && let Some(low) = self.rest().strip_prefix("\\u").and_then(|r| r.get(..4))
            && let Ok(low @ 0xDC00..0xE000) = u32::from_str_radix(low, 16)
        {
            self.at += 6;
            let whole = 0x1_0000 + ((number - 0xD800) << 10) + (low - 0xDC00);
            out.extend(char::from_u32(whole));
            return Ok(());
        }
        match char::from_u32(number) {
            Some(c) => out.push(c),
            None => return self.fault("an escape that is no character"),
        }
        Ok(())
    }

    /// A line break inside of a text: white space around it goes.
    fn fold(&mut self, out: &mut String) {
        let kept = out.trim_end_matches([' ', '\t']).len();
        out.truncate(kept);
        let mut breaks = 0;
        while self.rest().starts_with('\n') {
            breaks += 1;
            self.at += 1;
            self.spaces();
        }
        if breaks == 1 {
            out.push(' ');
        }
        for _ in 1..breaks {
            out.push('\n');
        }
    }

    /// `|` and `>` with their indicators.
    pub fn literal(&mut self, parent: usize) -> Result<String, Fault> {
        let line = self.line();
        let head = line.split(" #").next().unwrap_or(line).trim_end();
        let folded = head.starts_with('>');
        let (mut keep, mut strip, mut indent) = (false, false, None);
        for c in head.chars().skip(1) {
            match c {
                '+' => keep = true,
                '-' => strip = true,
                '1'..='9' => indent = Some(parent.saturating_sub(1) + c as usize - '0' as usize),
                _ => return self.fault("a text block with an indicator that is not known"),
            }
        }
        self.at += line.len();
        let mut lines: Vec<&str> = Vec::new();
        while self.rest().starts_with('\n') {
            let next = &self.rest()[1..];
            let next = &next[..next.find('\n').unwrap_or(next.len())];
            let own = next.len() - next.trim_start_matches(' ').len();
            let blank = next.trim_matches(' ').is_empty();
            if !blank && own < indent.unwrap_or(parent) {
                break;
            }
            if !blank {
                indent.get_or_insert(own);
            }
            lines.push(next.get(indent.unwrap_or(own).min(own)..).unwrap_or(""));
            self.at += 1 + next.len();
            if self.rest().is_empty() {
                break;
            }
        }
        let last = lines.iter().rposition(|line| !line.is_empty());
        let used = last.map_or(0, |at| at + 1);
        let blank = lines.len() - used;
        let mut out = if folded {
            folded_text(&lines[..used])
        } else {
            lines[..used].join("\n")
        };
        if used > 0 && !strip {
            out.push('\n');
        }
        if keep {
            out.push_str(&"\n".repeat(blank));
        }
        Ok(out)
    }

    /// A plain text, over several lines when they stand right of the parent.
    pub fn plain(&mut self, parent: usize) -> Result<Json<'static>, Fault> {
        let line = self.line();
        if line.starts_with("- ") {
            return self.fault("an element where a value belongs");
        }
        let mut out = plain_part(line).to_owned();
        if line[out.len()..].trim_start().starts_with(':') {
            self.at += out.len();
            return self.fault("a colon in a text that is not quoted");
        }
        self.at += out.len();
        let mut several = false;
        while self
            .rest()
            .trim_start_matches([' ', '\t'])
            .starts_with('\n')
        {
            let back = self.at;
            self.spaces();
            let mut breaks = 0;
            while self.rest().starts_with('\n') {
                breaks += 1;
                self.at += 1;
                self.spaces();
            }
            let line = self.line();
            let stops = line.is_empty()
                || line.starts_with('#')
                || self.column() < parent.max(1)
                || self.key_end().is_some();
            if stops {
                self.at = back;
                break;
            }
            several = true;
            if breaks == 1 {
                out.push(' ');
            }
            out.push_str(&"\n".repeat(breaks - 1));
            let part = plain_part(line);
            out.push_str(part);
            self.at += part.len();
        }
        Ok(if several {
            Json::String(Cow::Owned(out))
        } else {
            resolve(&out)
        })
    }

    /// A plain text inside of a flow collection, over several lines if need be.
    pub fn flow_plain(&mut self) -> String {
        let mut out = String::new();
        loop {
            let part = self.flow_part();
            out.push_str(part);
            if !self.rest().starts_with('\n') {
                return out;
            }
            let back = self.at;
            self.fold(&mut out);
            let stops = [',', '[', ']', '{', '}', ':', '#'];
            if self.rest().is_empty() || self.rest().starts_with(stops) {
                self.at = back;
                return out;
            }
        }
    }

    fn flow_part(&mut self) -> &'t str {
        let rest = self.rest();
        let mut end = rest.len();
        for (at, c) in rest.char_indices() {
            let next = rest[at + c.len_utf8()..].chars().next();
            let stops = match c {
                ',' | '[' | ']' | '{' | '}' | '\n' => true,
                ':' => next.is_none_or(|c| c.is_whitespace() || matches!(c, ',' | ']' | '}')),
                '#' => rest[..at].ends_with(' '),
                _ => false,
            };
            if stops {
                end = at;
                break;
            }
        }
        self.at += end;
        &rest[..end]
    }
}

/// The part of a line that a plain text has: not its comment.
fn plain_part(line: &str) -> &str {
    let mut end = line.find(" #").unwrap_or(line.len());
    for mark in [": ", ":\t"] {
        end = line[..end].find(mark).unwrap_or(end);
    }
    line[..end].trim_end_matches([' ', '\t'])
}

/// Bytes up to behind the closing quote, when it is in this line.
fn quoted_end(line: &str, quote: char) -> Option<usize> {
    let mut chars = line.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            match chars.peek() {
                Some((_, next)) if *next == quote && quote == '\'' => {
                    chars.next();
                }
                _ => return Some(at + 1),
            }
        }
    }
    None
}

/// Lines of `>`: single breaks are spaces, but not beside lines that are indented more.
fn folded_text(lines: &[&str]) -> String {
    let mut out = String::new();
    let mut before: Option<&str> = None;
    let mut blank = 0;
    for line in lines {
        if line.is_empty() {
            blank += 1;
            continue;
        }
        if let Some(before) = before {
            let more = before.starts_with([' ', '\t']) || line.starts_with([' ', '\t']);
            if blank == 0 && !more {
                out.push(' ');
            }
            out.push_str(&"\n".repeat(blank + usize::from(more)));
        } else {
            out.push_str(&"\n".repeat(blank));
        }
        out.push_str(line);
        before = Some(line);
        blank = 0;
    }
    out
}
