//! Block and flow collections. A block's end is where a line starts further to the left.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{COPIES, DEPTH, Fault, height, size};
use crate::json::{Json, Object};

type Value = Result<Json<'static>, Fault>;

/// Reads a document from a text with `\n` line ends.
pub(super) struct Reader<'t> {
    pub text: &'t str,
    pub at: usize,
    anchors: HashMap<String, Json<'static>>,
    copies: usize,
}

impl<'t> Reader<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            anchors: HashMap::new(),
            copies: 0,
        }
    }

    /// One document, with or without `---` and `...`.
    pub fn document(&mut self) -> Value {
        self.skip_lines()?;
        while self.rest().starts_with('%') {
            self.at += self.line().len();
            self.skip_lines()?;
        }
        if self.marker("---") {
            self.at += 3;
            self.skip_lines()?;
        }
        let value = self.block(0, 0)?;
        self.skip_lines()?;
        if self.marker("...") {
            self.at += 3;
            self.skip_lines()?;
        }
        if self.rest().is_empty() {
            Ok(value)
        } else if self.marker("---") {
            self.fault("a second document")
        } else {
            self.fault("a line that belongs to nothing above it")
        }
    }

    pub fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// The rest of the line, without its end.
    pub fn line(&self) -> &'t str {
        let rest = self.rest();
        &rest[..rest.find('\n').unwrap_or(rest.len())]
    }

    /// Characters between the line's start and here.
    pub fn column(&self) -> usize {
        let start = self.text[..self.at].rfind('\n').map_or(0, |at| at + 1);
        self.text[start..self.at].chars().count()
    }

    pub fn fault<T>(&self, what: &'static str) -> Result<T, Fault> {
        Err(Fault { at: self.at, what })
    }

    fn marker(&self, mark: &str) -> bool {
        let after = self.rest().strip_prefix(mark);
        self.column() == 0
            && after.is_some_and(|rest| rest.is_empty() || rest.starts_with(['\n', ' ']))
    }

    pub fn spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
    }

    /// To the first character that is neither white space nor comment.
    fn skip_lines(&mut self) -> Result<(), Fault> {
        loop {
            let line_start = self.column() == 0;
            let rest = self.rest();
            let indent = rest.len() - rest.trim_start_matches(' ').len();
            self.at += indent;
            if line_start && self.rest().starts_with('\t') && !self.line().trim().is_empty() {
                return self.fault("a tab as indent");
            }
            self.spaces();
            if self.rest().starts_with('#') {
                self.at += self.line().len();
            }
            if !self.rest().starts_with('\n') {
                return Ok(());
            }
            self.at += 1;
        }
    }

    /// True when nothing more but a comment stands in this line.
    fn line_done(&self) -> bool {
        let line = self.line().trim_start();
        line.is_empty() || line.starts_with('#')
    }

    /// The value that starts here or on a line below, at this indent or further right.
    fn block(&mut self, indent: usize, depth: usize) -> Value {
        if depth > DEPTH {
            return self.fault("collections nested more deeply than any policy");
        }
        self.skip_lines()?;
        let column = self.column();
        if self.rest().is_empty() || column < indent || self.marker("---") || self.marker("...") {
            return Ok(Json::Null);
        }
        self.here(column, indent, depth)
    }

    /// The value that starts at this character; a scalar's further lines stand right of `parent`.
    fn here(&mut self, column: usize, parent: usize, depth: usize) -> Value {
        if depth > DEPTH {
            return self.fault("collections nested more deeply than any policy");
        }
        if self.entry() {
            return self.sequence(column, depth);
        }
        if self.rest().starts_with("? ") {
            return self.fault("a key that is written with `?`");
        }
        if let Some(end) = self.key_end() {
            return self.mapping(column, end, depth);
        }
        self.scalar(parent, depth)
    }

    /// `- ` starts an element.
    fn entry(&self) -> bool {
        let after = self.rest().strip_prefix('-');
        after.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\n']))
    }

    fn sequence(&mut self, column: usize, depth: usize) -> Value {
        let mut items = Vec::new();
        while self.column() == column && self.entry() && !self.marker("---") {
            self.at += 1;
            self.spaces();
            items.push(if self.line_done() {
                self.block(column + 1, depth + 1)?
            } else {
                let inner = self.column();
                self.here(inner, column + 1, depth + 1)?
            });
            self.after_value()?;
        }
        self.left_or_end(column)?;
        Ok(Json::Array(items))
    }

    fn mapping(&mut self, column: usize, first: usize, depth: usize) -> Value {
        let mut members: Vec<(Cow<'static, str>, Json<'static>)> = Vec::new();
        let mut end = Some(first);
        while let Some(colon) = end {
            let key = self.key(colon)?;
            if key == "<<" {
                return self.fault("a merge key");
            }
            self.at = colon + 1;
            self.spaces();
            let value = self.member(column, depth)?;
            members.push((Cow::Owned(key), value));
            self.after_value()?;
            let goes_on = self.column() == column
                && !self.rest().is_empty()
                && !self.entry()
                && !self.marker("---")
                && !self.marker("...");
            end = if goes_on { self.key_end() } else { None };
            if goes_on && end.is_none() {
                return self.fault("a line that is no key");
            }
        }
        self.left_or_end(column)?;
        Ok(Json::Object(Object(members)))
    }

    /// After a key's colon.
    fn member(&mut self, column: usize, depth: usize) -> Value {
        let anchor = self.properties()?;
        let value = if self.line_done() {
            self.skip_lines()?;
            // PyYAML writes a sequence below its key without an indent.
            if self.column() == column && self.entry() && !self.marker("---") {
                self.sequence(column, depth + 1)?
            } else {
                self.block(column + 1, depth + 1)?
            }
        } else {
            self.scalar(column + 1, depth)?
        };
        self.keep(anchor, &value);
        Ok(value)
    }

    /// After a value only a comment and further lines may follow.
    fn after_value(&mut self) -> Result<(), Fault> {
        if self.column() != 0 && !self.line_done() && !self.at_line_start() {
            return self.fault("something after a value");
        }
        self.skip_lines()
    }

    fn at_line_start(&self) -> bool {
        let start = self.text[..self.at].rfind('\n').map_or(0, |at| at + 1);
        self.text[start..self.at].bytes().all(|byte| byte == b' ')
    }

    fn left_or_end(&self, column: usize) -> Result<(), Fault> {
        if self.column() > column && !self.rest().is_empty() {
            self.fault("a line that stands too far to the right")
        } else {
            Ok(())
        }
    }

    /// `&name` and `!tag` before a value. Answers the anchor.
    fn properties(&mut self) -> Result<Option<String>, Fault> {
        let mut anchor = None;
        while self.rest().starts_with(['&', '!']) {
            let line = self.line();
            let end = line.find([' ', ',', ']', '}']).unwrap_or(line.len());
            if let Some(name) = line[..end].strip_prefix('&') {
                anchor = Some(name.to_owned());
            } else if !matches!(
                &line[..end],
                "!!str" | "!!map" | "!!seq" | "!!int" | "!!bool" | "!!float" | "!!null"
            ) {
                return self.fault("a tag");
            }
            self.at += end;
            self.spaces();
        }
        Ok(anchor)
    }

    fn keep(&mut self, anchor: Option<String>, value: &Json<'static>) {
        if let Some(name) = anchor {
            self.anchors.insert(name, value.clone());
        }
    }

    /// Anything that is no block collection, and block collections behind an anchor.
    fn scalar(&mut self, parent: usize, depth: usize) -> Value {
        let anchor = self.properties()?;
        if anchor.is_some() && self.line_done() {
            let value = self.block(parent, depth + 1)?;
            self.keep(anchor, &value);
            return Ok(value);
        }
        let value = match self.rest().chars().next() {
            Some('*') => self.alias(depth)?,
            Some('[' | '{') => self.flow(depth + 1)?,
            Some('\'') => Json::String(Cow::Owned(self.single()?)),
            Some('"') => Json::String(Cow::Owned(self.double()?)),
            Some('|' | '>') => Json::String(Cow::Owned(self.literal(parent)?)),
            Some('@' | '`' | '%') => return self.fault("a text that has to be quoted"),
            _ => self.plain(parent)?,
        };
        self.keep(anchor, &value);
        Ok(value)
    }

    fn alias(&mut self, depth: usize) -> Value {
        let line = &self.line()[1..];
        let end = line.find([' ', ',', ']', '}']).unwrap_or(line.len());
        let Some(value) = self.anchors.get(&line[..end]).cloned() else {
            return self.fault("an alias without its anchor");
        };
        self.copies += size(&value);
        if self.copies > COPIES {
            return self.fault("aliases that grow beyond any policy");
        }
        if depth + height(&value) > DEPTH {
            return self.fault("collections nested more deeply than any policy");
        }
        self.at += 1 + end;
        Ok(value)
    }

    /// `[…]` and `{…}`, over several lines if need be.
    fn flow(&mut self, depth: usize) -> Value {
        if depth > DEPTH {
            return self.fault("collections nested more deeply than any policy");
        }
        let list = self.rest().starts_with('[');
        let close = if list { ']' } else { '}' };
        self.at += 1;
        let (mut items, mut members) = (Vec::new(), Vec::new());
        loop {
            self.skip_lines()?;
            if self.rest().starts_with(close) {
                self.at += 1;
                return Ok(if list {
                    Json::Array(items)
                } else {
                    Json::Object(Object(members))
                });
            }
            if list {
                items.push(self.flow_value(depth)?);
            } else {
                let key = match self.rest().chars().next() {
                    Some('\'') => self.single()?,
                    Some('"') => self.double()?,
                    _ => self.flow_plain().trim().to_owned(),
                };
                self.skip_lines()?;
                if !self.rest().starts_with(':') {
                    return self.fault("a key without a value");
                }
                self.at += 1;
                self.skip_lines()?;
                members.push((Cow::Owned(key), self.flow_value(depth)?));
            }
            self.skip_lines()?;
            if self.rest().starts_with(',') {
                self.at += 1;
            } else if !self.rest().starts_with(close) {
                return self.fault("a collection without an end");
            }
        }
    }

    fn flow_value(&mut self, depth: usize) -> Value {
        let anchor = self.properties()?;
        let value = match self.rest().chars().next() {
            Some('*') => self.alias(depth)?,
            Some('[' | '{') => self.flow(depth + 1)?,
            Some('\'') => Json::String(Cow::Owned(self.single()?)),
            Some('"') => Json::String(Cow::Owned(self.double()?)),
            Some(',') | None => return self.fault("a value that is missing"),
            _ => super::resolve::resolve(self.flow_plain().trim()),
        };
        self.keep(anchor, &value);
        Ok(value)
    }
}
