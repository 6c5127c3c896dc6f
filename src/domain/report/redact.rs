//! A report without the names of people, groups and the tenant.
//!
//! What is replaced is what the snapshots know as such, wherever it stands as a whole word: group names and ids
//! of assignments, users' ids and names, the tenant's id, name and domain; and by their form e-mail addresses
//! and security identifiers of accounts. The same thing gets the same number everywhere in one report.

use std::collections::HashMap;

use super::model::{Cell, Chapter, Row, Section, Table};
use crate::arrange::Arrange;
use crate::policy::{GroupRef, Target};
use crate::snapshot::Snapshot;

/// Names shorter than this would be found everywhere.
const SHORTEST: usize = 3;

/// What is to be replaced, and by what.
#[derive(Debug, Default)]
pub struct Redactor {
    /// By the first three bytes in lower case; the longest first.
    terms: HashMap<[u8; 3], Vec<(String, String)>>,
    on: bool,
}

impl Redactor {
    /// What these sides name, and people beside them with what is written instead.
    pub fn new(sides: &[&Snapshot], people: Vec<(String, String)>) -> Self {
        let mut out = Self {
            on: true,
            ..Self::default()
        };
        for (name, instead) in &people {
            out.term(name, instead);
        }
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for side in sides {
            out.tenant(side);
            for policy in &side.policies {
                for one in policy.assignments.get().map_or(&[][..], Vec::as_slice) {
                    let (kind, id, name) = match &one.target {
                        Target::Group(GroupRef { id, name })
                        | Target::ExcludedGroup(GroupRef { id, name }) => ("group", id, name),
                        Target::Other(kind, id) if kind.ends_with("ser") => ("user", id, id),
                        _ => continue,
                    };
                    let key = if id.is_empty() { name } else { id };
                    let next = numbers.len() + 1;
                    let number = *numbers.entry(key.clone()).or_insert(next);
                    let instead = format!("«{kind} {number}»");
                    let known = side.names.get(id);
                    for term in [Some(id), Some(name), known].into_iter().flatten() {
                        out.term(term, &instead);
                    }
                }
            }
        }
        for list in out.terms.values_mut() {
            list.arrange_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
            list.dedup();
        }
        out
    }

    fn tenant(&mut self, side: &Snapshot) {
        let tenant = &side.tenant;
        self.term(&tenant.id, "«tenant id»");
        self.term(&tenant.name, "«tenant»");
        self.term(&tenant.domain, "«domain»");
        let first = tenant.domain.split('.').next().unwrap_or_default();
        if first.len() > SHORTEST {
            self.term(first, "«tenant»");
        }
        if !tenant.id.is_empty() {
            self.term(&side.label, "«tenant»");
        }
    }

    fn term(&mut self, term: &str, instead: &str) {
        let term = term.trim().to_ascii_lowercase();
        if let Some(first) = start(term.as_bytes()) {
            let list = self.terms.entry(first).or_default();
            if !list.iter().any(|(known, _)| *known == term) {
                list.push((term, instead.to_owned()));
            }
        }
    }

    /// A text without what is to be replaced.
    pub fn text(&self, text: &mut String) {
        if !self.on || text.len() < SHORTEST {
            return;
        }
        let mut out = String::new();
        let (mut done, mut at) = (0, 0);
        let mut inside = false;
        while let Some(c) = text[at..].chars().next() {
            let found = if inside {
                None
            } else {
                self.found(&text[at..])
            };
            match found {
                Some((length, instead)) => {
                    out.push_str(&text[done..at]);
                    out.push_str(instead);
                    at += length;
                    done = at;
                    inside = false;
                }
                None => {
                    inside = c.is_alphanumeric();
                    at += c.len_utf8();
                }
            }
        }
        if done > 0 {
            out.push_str(&text[done..]);
            *text = out;
        }
    }

    /// What stands at the beginning of a text: its length, and what is written instead.
    fn found(&self, text: &str) -> Option<(usize, &str)> {
        if let Some(length) = mail(text) {
            return Some((length, "«e-mail»"));
        }
        if let Some(length) = sid(text) {
            return Some((length, "«account»"));
        }
        let list = self.terms.get(&start(text.as_bytes())?)?;
        list.iter().find_map(|(term, instead)| {
            let there = text.as_bytes().get(..term.len())?;
            let rest = text.get(term.len()..)?;
            let whole = !rest.chars().next().is_some_and(char::is_alphanumeric);
            (whole && there.eq_ignore_ascii_case(term.as_bytes()))
                .then_some((term.len(), instead.as_str()))
        })
    }

    fn rows(&self, rows: &mut [Row]) {
        for row in rows {
            for cell in &mut row.cells {
                if let Cell::Text(text) = cell {
                    self.text(text);
                }
            }
            for (_, line) in &mut row.diff {
                self.text(line);
            }
        }
    }

    /// A chapter.
    pub fn chapter(&self, chapter: &mut Chapter) {
        for text in chapter.text.iter_mut().chain(&mut chapter.points) {
            self.text(text);
        }
        for Table { rows, .. } in &mut chapter.tables {
            self.rows(rows);
        }
        if let Some(super::model::Picture::Bars { title, rows, .. }) = &mut chapter.picture {
            self.text(title);
            rows.iter_mut().for_each(|(name, _)| self.text(name));
        }
    }

    /// A section of the body.
    pub fn section(&self, section: &mut Section) {
        self.text(&mut section.title);
        self.text(&mut section.note);
        for rows in &mut section.parts {
            self.rows(rows);
        }
    }
}

fn start(bytes: &[u8]) -> Option<[u8; 3]> {
    let first: [u8; 3] = bytes.get(..SHORTEST)?.try_into().ok()?;
    Some(first.map(|byte| byte.to_ascii_lowercase()))
}

/// Length of the e-mail address that a text begins with.
fn mail(text: &str) -> Option<usize> {
    let local = text
        .find(|c: char| !(c.is_alphanumeric() || "._%+-'".contains(c)))
        .filter(|at| *at > 0)?;
    let domain = text[local..].strip_prefix('@')?;
    let length = domain
        .find(|c: char| !(c.is_alphanumeric() || "-.".contains(c)))
        .unwrap_or(domain.len());
    let domain = domain[..length].trim_end_matches('.');
    let dotted = domain.split('.').count() > 1 && !domain.starts_with('.');
    dotted.then_some(local + 1 + domain.len())
}

/// Length of the security identifier of an account (`S-1-5-21-…`, Entra's `S-1-12-1-…`) that a text begins with.
fn sid(text: &str) -> Option<usize> {
    let head = ["S-1-5-21-", "S-1-12-1-"];
    let head = head.into_iter().find(|head| {
        text.as_bytes()
            .get(..head.len())
            .is_some_and(|there| there.eq_ignore_ascii_case(head.as_bytes()))
    })?;
    let rest = &text[head.len()..];
    let length = rest
        .find(|c: char| !(c.is_ascii_digit() || c == '-'))
        .unwrap_or(rest.len());
    (length > 0).then_some(head.len() + length)
}

#[cfg(test)]
mod tests;
