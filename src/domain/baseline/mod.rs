//! Files of other tools, and of Graph itself, as a [`Snapshot`].
//!
//! Every file given ends in exactly one of three lists: read, not a policy (with the reason), not
//! readable (a finding that says where and what to do). A bad file never stops the others.

mod apple;
mod detect;
mod dialect;
mod documents;
mod graph;
mod list;
mod migration_table;
mod sidecar;
mod skip;
mod text;
mod unzip;
mod wrapped;

use crate::arrange::Arrange;
use std::collections::{HashMap, HashSet};

pub use detect::{Detector, Kind};
pub use dialect::Dialect;
pub use text::{Text, TextError, decode};

use crate::json::{Json, bytes::has_zero};
use crate::setting::Interner;
use crate::snapshot::{FileCounts, Finding, Snapshot, Source, file};

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
    // Assignments in a file of their own are wanted when their policy is read; a profile in a file
    // of its own may be the second copy of one that a policy holds.
    let order = |entry: &Entry| match () {
        () if sidecar::is_assignments(&entry.path) => 0,
        () if apple::is_profile(&entry.path) => 2,
        () => 1,
    };
    let mut entries = entries;
    entries.arrange_by_key(order);
    for entry in entries {
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
    /// Texts of Apple profiles that policies hold.
    profiles: HashSet<String>,
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
            profiles: HashSet::new(),
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
        if apple::is_profile(path) {
            return self.apple(path, bytes);
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
        if file::is_snapshot(&text) {
            return self.snapshot(path, &text);
        }
        if skip::is_yaml(path) {
            if has_zero(text.as_bytes()) {
                return skip::not_text(path, TextError::Binary);
            }
            return self.yaml(path, &text);
        }
        match Json::parse_lean(&text) {
            Ok(json) => self.json(path, json, &text),
            Err(_) if has_zero(text.as_bytes()) => skip::not_text(path, TextError::Binary),
            Err(error) => skip::not_json(path, &error),
        }
    }

    fn yaml(&mut self, path: &str, text: &str) -> Outcome {
        match crate::yaml::parse(text) {
            Ok(json) => {
                let text = json.to_text();
                self.json(path, json, &text)
            }
            Err(error) => Outcome::unreadable(
                format!("line {}, column {}", error.line, error.column),
                format!("The YAML has {}.", error.what),
                "Correct the file at this place, or make the backup with JSON output.",
            ),
        }
    }

    /// A snapshot of Plumbline's own: its policies and names stand beside the other files'.
    fn snapshot(&mut self, path: &str, text: &str) -> Outcome {
        match file::read(text, Source::Saved) {
            Ok(mut saved) => {
                for policy in &mut saved.policies {
                    if policy.place.is_empty() {
                        policy.place = path.to_owned();
                    }
                }
                let out = &mut self.out.snapshot;
                out.policies.append(&mut saved.policies);
                out.names.extend(saved.names);
                out.groups.extend(saved.groups);
                out.definitions.extend(saved.definitions);
                out.coverage.append(&mut saved.coverage);
                Outcome::Read(Dialect::Snapshot)
            }
            Err(error) => {
                let problem = crate::problem::Problem::from(error);
                Outcome::unreadable("", problem.what, problem.remedy)
            }
        }
    }
}

#[cfg(test)]
mod tests;
