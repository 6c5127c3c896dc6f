//! Files of other tools, and of Graph itself, as a [`Snapshot`].
//!
//! Every file given ends in exactly one of three lists: read, not a policy (with the reason), not
//! readable (a finding that says where and what to do). A bad file never stops the others.

mod detect;
mod dialect;
mod graph;
mod migration_table;
mod sidecar;
mod skip;
mod text;
mod unzip;

use crate::arrange::Arrange;
use std::collections::HashMap;
use std::sync::Arc;

pub use detect::{Detector, Kind};
pub use dialect::Dialect;
pub use text::{Text, TextError, decode};

use crate::catalog::Row;
use crate::json::Json;
use crate::policy;
use crate::setting::Interner;
use crate::snapshot::{FileCounts, Finding, Snapshot};

/// The most bytes that one file may have.
pub const FILE_LIMIT: usize = 50 << 20;

/// A file as a person gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Path with `/`, as given.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// What was read of some files.
#[derive(Debug, Default)]
pub struct Baseline {
    /// The policies, with the counts of files and the findings.
    pub snapshot: Snapshot,
    /// Which dialects were recognised, in how many files.
    pub dialects: Vec<(Dialect, u32)>,
    /// Files that were understood and are not policies, each with the reason.
    pub set_aside: Vec<(String, String)>,
}

/// Reads files and archives of them, whatever tool wrote them.
pub fn read(entries: Vec<Entry>, label: &str) -> Baseline {
    let (entries, findings) = unzip::expand(entries);
    let mut reader = Reader::new(label, &entries, findings);
    // Assignments that stand in a file of their own are wanted when their policy is read.
    let (first, rest): (Vec<Entry>, Vec<Entry>) = entries
        .into_iter()
        .partition(|entry| sidecar::is_assignments(&entry.path));
    for entry in first.into_iter().chain(rest) {
        reader.file(entry);
    }
    reader.finish()
}

/// What became of one file.
enum Outcome {
    Read(Dialect),
    NotAPolicy(String),
    Unreadable {
        place: String,
        problem: String,
        remedy: String,
    },
}

impl Outcome {
    fn unreadable(
        place: impl Into<String>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self::Unreadable {
            place: place.into(),
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }
}

struct Reader {
    out: Baseline,
    detector: Detector,
    sidecars: sidecar::Sidecars,
    dialects: HashMap<Dialect, u32>,
    ids: Interner,
}

impl Reader {
    /// `findings` are what could not be opened at all, one for each file.
    fn new(label: &str, entries: &[Entry], findings: Vec<Finding>) -> Self {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut out = Baseline::default();
        out.snapshot.label = label.to_owned();
        out.snapshot.files = FileCounts {
            given: count(entries.len() + findings.len()),
            unreadable: count(findings.len()),
            ..FileCounts::default()
        };
        out.snapshot.findings = findings;
        Self {
            out,
            detector: Detector::default(),
            sidecars: sidecar::Sidecars::new(entries.iter().map(|e| e.path.as_str())),
            dialects: HashMap::new(),
            ids: Interner::default(),
        }
    }

    fn finish(mut self) -> Baseline {
        self.out.dialects = self.dialects.into_iter().collect();
        self.out
            .dialects
            .arrange_by_key(|(dialect, files)| (std::cmp::Reverse(*files), *dialect));
        self.out
            .snapshot
            .findings
            .arrange_by(|a, b| (&a.file, &a.place).cmp(&(&b.file, &b.place)));
        self.out
    }

    fn file(&mut self, entry: Entry) {
        let Entry { path, bytes } = entry;
        let outcome = self.outcome(&path, bytes);
        let counts = &mut self.out.snapshot.files;
        match outcome {
            Outcome::Read(dialect) => {
                counts.read += 1;
                *self.dialects.entry(dialect).or_default() += 1;
            }
            Outcome::NotAPolicy(why) => {
                counts.not_policy += 1;
                self.out.set_aside.push((path, why));
            }
            Outcome::Unreadable {
                place,
                problem,
                remedy,
            } => {
                counts.unreadable += 1;
                self.finding(&path, place, problem, remedy);
            }
        }
    }

    fn finding(&mut self, file: &str, place: String, problem: String, remedy: String) {
        self.out.snapshot.findings.push(Finding {
            file: file.to_owned(),
            place,
            problem,
            remedy,
        });
    }

    fn outcome(&mut self, path: &str, bytes: Vec<u8>) -> Outcome {
        if let Some(outcome) = skip::by_name(path, bytes.len()) {
            return outcome;
        }
        let Text { text, repaired } = match decode(bytes) {
            Ok(text) => text,
            Err(error) => return skip::not_text(path, error),
        };
        if let Some(outcome) = skip::by_text(path, &text) {
            return outcome;
        }
        if repaired {
            self.finding(
                path,
                String::new(),
                "The text was encoded twice; it was put right and read.".to_owned(),
                "Save the file as UTF-8, so that other tools can read it too.".to_owned(),
            );
        }
        let text: Arc<str> = text.into();
        match Json::parse_lean(&text) {
            Ok(json) => self.json(path, &json, &text),
            Err(error) => skip::not_json(path, &error),
        }
    }

    /// Reads a JSON document by what its root is.
    fn json(&mut self, path: &str, root: &Json, text: &Arc<str>) -> Outcome {
        if let Some(outcome) = self.sidecar(path, root) {
            return outcome;
        }
        match root {
            // A tool's text of a document, saved as one JSON string.
            Json::String(inner) => match Json::parse_lean(inner) {
                Ok(json @ (Json::Object(_) | Json::Array(_))) => {
                    self.json(path, &json, &Arc::from(inner.as_ref()))
                }
                Err(error) if inner.trim_start().starts_with(['{', '[']) => {
                    skip::not_json(path, &error)
                }
                _ => Outcome::NotAPolicy("a single text".to_owned()),
            },
            Json::Array(_) => self.whole_list(path, text),
            Json::Object(_) => self.object(path, root, text),
            _ => Outcome::NotAPolicy("a single value".to_owned()),
        }
    }

    fn object(&mut self, path: &str, root: &Json, text: &Arc<str>) -> Outcome {
        if let Some(names) = migration_table::names(root) {
            self.out.snapshot.names.extend(names);
            return Outcome::Read(Dialect::IntuneManagement);
        }
        if let Some(problem) = graph::error_body(root) {
            return Outcome::unreadable(
                "error",
                problem,
                "This is an answer of Graph that says what went wrong: export the object again.",
            );
        }
        if graph::list(root).is_some() {
            return self.whole_list(path, text);
        }
        match self.detector.kind(root, "", path) {
            Kind::Object(row) => {
                self.policy(path, row, root, text);
                Outcome::Read(Dialect::of(root))
            }
            Kind::Group => {
                self.group(root);
                Outcome::Read(Dialect::of(root))
            }
            Kind::Other(why) => Outcome::NotAPolicy(why.to_owned()),
        }
    }

    /// Reads a list again with nothing left out: its objects' documents are cut out of it.
    fn whole_list(&mut self, path: &str, text: &str) -> Outcome {
        let root = match Json::parse(text) {
            Ok(root) => root,
            Err(error) => return skip::not_json(path, &error),
        };
        let Some((key, items)) = graph::list(&root) else {
            return self.list(path, root.elements(), "", "");
        };
        if root.get("@odata.nextLink").is_some() {
            self.finding(
                path,
                "@odata.nextLink".to_owned(),
                "The list goes on after this file: only its first page was saved.".to_owned(),
                "Export the pages that follow as well.".to_owned(),
            );
        }
        let context = root.str_at("@odata.context").unwrap_or_default();
        self.list(path, items, context, key)
    }

    /// Reads the objects of a list. Only when there is none is the file not a policy.
    fn list(&mut self, path: &str, items: &[Json], context: &str, key: &str) -> Outcome {
        if sidecar::is_definition_values(items) {
            let document = sidecar::definition_values_policy(path, items);
            let text: Arc<str> = document.to_text().into();
            if let Some(row) = crate::catalog::row("administrativeTemplates") {
                self.policy(path, row, &document, &text);
            }
            return Outcome::Read(Dialect::IntuneBackupAndRestore);
        }
        let mut read = 0;
        let mut why = "an empty list";
        let mut odd = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let place = format!("{path} › {key}[{at}]");
            match self.detector.kind(item, context, path) {
                Kind::Object(row) => {
                    let text: Arc<str> = item.to_text().into();
                    self.policy(&place, row, item, &text);
                    read += 1;
                }
                Kind::Group => {
                    self.group(item);
                    read += 1;
                }
                Kind::Other(words) => {
                    why = words;
                    odd.push(format!("{key}[{at}]"));
                }
            }
        }
        if read == 0 {
            return Outcome::NotAPolicy(format!("a list: {why}"));
        }
        if let Some(place) = odd.first() {
            self.finding(
                path,
                place.clone(),
                format!(
                    "{} of {} elements are not policies.",
                    odd.len(),
                    items.len()
                ),
                "Nothing needs to be done if they were not meant to be compared.".to_owned(),
            );
        }
        Outcome::Read(Dialect::GraphList)
    }

    fn group(&mut self, group: &Json) {
        if let (Some(id), Some(name)) = (group.str_at("id"), group.str_at("displayName")) {
            let names = &mut self.out.snapshot.names;
            names.insert(id.to_owned(), name.to_owned());
        }
    }

    fn policy(&mut self, place: &str, row: &'static Row, document: &Json, text: &Arc<str>) {
        let path = place.split_once(" › ").map_or(place, |(path, _)| path);
        let policy = match self.sidecars.complete(path, row, document) {
            Some(whole) => {
                let text: Arc<str> = whole.to_text().into();
                policy::read_with(&mut self.ids, row, &whole, text, place, Vec::new())
            }
            None => policy::read_with(
                &mut self.ids,
                row,
                document,
                text.clone(),
                place,
                Vec::new(),
            ),
        };
        self.out.snapshot.policies.push(policy);
    }

    /// Handles a file that only goes with another one.
    fn sidecar(&mut self, path: &str, root: &Json) -> Option<Outcome> {
        if sidecar::is_assignments(path) && sidecar::are_targets(root) {
            self.sidecars.keep_assignments(path, root);
            return Some(Outcome::Read(Dialect::IntuneBackupAndRestore));
        }
        // The settings of an intent a second time: counted once.
        self.sidecars
            .is_twin(path)
            .then_some(Outcome::Read(Dialect::IntuneManagement))
    }
}

#[cfg(test)]
mod tests;
