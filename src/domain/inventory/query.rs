//! The query language of the inventory: words, fields, and what was not understood.
//!
//! `platform:windows,macos assigned:no name~edge "exact phrase" -negated modified>2026-01`
//! Terms stand side by side and all count; a comma inside a field's value means "or".

use super::fields::{Field, Op};

/// What a person asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Query {
    /// All of these count.
    pub terms: Vec<Term>,
    /// `sort:modified`, `sort:-modified`: column and descending.
    pub sort: Option<(String, bool)>,
    /// Word and sentence for what was not understood.
    pub complaints: Vec<(String, String)>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Term {
    /// `-word`, `field!=value`
    pub negated: bool,
    /// `None`: anywhere.
    pub field: Option<Field>,
    /// How the value is compared.
    pub op: Op,
    /// In lower case; any of them.
    pub values: Vec<String>,
    /// As written, for complaints.
    pub written: String,
}

/// A word of the query with its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word<'a> {
    /// As written, quotation marks and all.
    pub written: &'a str,
    /// Byte offset.
    pub at: usize,
    /// False: a quotation mark is missing.
    pub closed: bool,
}

/// Reads a query. It never fails: what is not understood is complained about.
pub(super) fn parse(text: &str) -> Query {
    let mut query = Query::default();
    for word in words(text) {
        if !word.closed {
            let sentence = "The quotation mark is not closed.".to_owned();
            query.complaints.push((word.written.to_owned(), sentence));
        }
        term(&word, &mut query);
    }
    query
}

fn term(word: &Word<'_>, query: &mut Query) {
    let (negated, rest) = match word.written.strip_prefix('-') {
        // A dash alone is the start of a word that is not to be there.
        Some("") => return,
        Some(rest) => (true, rest),
        None => (false, word.written),
    };
    let mut term = Term {
        negated,
        field: None,
        op: Op::Contains,
        values: Vec::new(),
        written: word.written.to_owned(),
    };
    if let Some((key, op, value)) = split(rest) {
        let field = Field::named(key);
        let sorts = key.eq_ignore_ascii_case("sort");
        if field.is_some() || sorts {
            // Nothing after the sign: a person is still typing.
            if value.is_empty() {
                return;
            }
            if sorts {
                query.sort = Some(match value.strip_prefix('-') {
                    Some(column) => (column.to_owned(), true),
                    None => (value.to_owned(), negated),
                });
                return;
            }
            term.field = field;
            term.negated ^= op == Op::Not;
            term.op = if op == Op::Not { Op::Contains } else { op };
            term.values = values(value);
            query.terms.push(term);
            return;
        }
        // `CA014:` is a name that ends in a colon, not a field.
        if !value.is_empty() {
            let sentence = format!(
                "There is no field “{key}”; it was searched as text. Fields: {}.",
                Field::list()
            );
            query.complaints.push((word.written.to_owned(), sentence));
        }
    }
    let text = super::haystack::needle(&unquoted(rest));
    if !text.is_empty() {
        term.values.push(text);
        query.terms.push(term);
    }
}

/// Key, sign and value of `key:value`, when the word has that form.
pub(super) fn split(word: &str) -> Option<(&str, Op, &str)> {
    let end = word.find(|c: char| !c.is_ascii_alphabetic())?;
    let (key, rest) = word
        .split_at_checked(end)
        .filter(|(key, _)| !key.is_empty())?;
    let (sign, op) = Op::SIGNS.iter().find(|(sign, _)| rest.starts_with(sign))?;
    let value = rest.get(sign.len()..)?;
    // `https://…` is an address.
    (!value.starts_with("//")).then_some((key, *op, value))
}

/// The alternatives of a value: commas part them outside of quotation marks.
fn values(value: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut quoted = false;
    for c in value.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(String::new()),
            c => {
                if let Some(last) = out.last_mut() {
                    last.extend(c.to_lowercase());
                }
            }
        }
    }
    out.retain(|value| !value.is_empty());
    out
}

fn unquoted(word: &str) -> String {
    word.chars().filter(|c| *c != '"').collect()
}

/// Splits at spaces outside of quotation marks.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut out = Vec::new();
    let (mut start, mut quoted) = (None, false);
    for (at, c) in text.char_indices() {
        if c == '"' {
            quoted = !quoted;
        }
        match start {
            None if !c.is_whitespace() => start = Some(at),
            Some(from) if c.is_whitespace() && !quoted => {
                out.push(word(text, from, at, true));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        out.push(word(text, from, text.len(), !quoted));
    }
    out
}

fn word(text: &str, from: usize, to: usize, closed: bool) -> Word<'_> {
    Word {
        written: text.get(from..to).unwrap_or(""),
        at: from,
        closed,
    }
}
