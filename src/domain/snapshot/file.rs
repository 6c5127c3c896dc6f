//! The snapshot file: everything that is known of one side, as JSON that other tools can read too.
//!
//! The format and its rules for older and newer versions are in `FORMAT.md` beside this file.
//! What is derived from a document (settings, assignments, dates) is not in the file; it is derived again.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Definition, FileCounts, Finding, Gap, Reason, Snapshot, Source, Tenant, TypeRead};
use crate::catalog::{self, UNKNOWN};
use crate::json::Json;
use crate::policy::{self, Known, Policy};
use crate::problem::Problem;
use crate::setting::Interner;

/// Version of the format. It goes up when an older reader would read something wrong.
pub const VERSION: u32 = 1;

/// Why a file is not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenError {
    /// It is not a snapshot file.
    NotASnapshot,
    /// A newer Plumbline wrote it: the version.
    Newer(u32),
    /// It is cut off or damaged: line and column.
    Damaged(usize, usize),
}

impl From<OpenError> for Problem {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::NotASnapshot => Self::new(
                "snapshot.not_one",
                "This is not a Plumbline snapshot.",
                "Choose a file that was saved with Save snapshot.",
            ),
            OpenError::Newer(version) => Self::new(
                "snapshot.newer",
                format!("A newer version of Plumbline wrote this snapshot (format {version})."),
                "Open it with that version, or update this site.",
            ),
            OpenError::Damaged(line, column) => Self::new(
                "snapshot.damaged",
                format!("The snapshot is damaged at line {line}, column {column}."),
                "Save it again, or take a new copy of the file.",
            ),
        }
    }
}

/// True when a text says of itself that it is a snapshot file, whatever else is in it.
pub fn is_snapshot(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let start = start.strip_prefix('{').map_or("", str::trim_start);
    start.starts_with("\"plumblineSnapshot\"")
}

/// The file's text. The same snapshot gives the same bytes.
pub fn write(snapshot: &Snapshot) -> String {
    let size: usize = snapshot
        .policies
        .iter()
        .map(|policy| policy.raw.len() + 128)
        .sum();
    let mut out = String::with_capacity(size + 65_536);
    out.push_str("{\"plumblineSnapshot\":");
    push(&mut out, &VERSION);
    member(&mut out, "label", &snapshot.label);
    member(&mut out, "source", source_name(snapshot.source));
    member(&mut out, "takenAt", &snapshot.taken_at);
    member(&mut out, "tenant", &snapshot.tenant);
    let coverage = snapshot.coverage.iter().map(|read| TypeLine {
        row: read.row.as_str().into(),
        read: read.read,
        gap: read.gap.as_ref().map(GapLine::of),
    });
    member(&mut out, "coverage", &coverage.collect::<Vec<_>>());
    out.push_str(",\n\"policies\":[");
    for (number, policy) in snapshot.policies.iter().enumerate() {
        out.push_str(if number == 0 { "\n" } else { ",\n" });
        write_policy(&mut out, policy);
    }
    out.push(']');
    member(
        &mut out,
        "definitions",
        &snapshot.definitions.iter().collect::<BTreeMap<_, _>>(),
    );
    member(
        &mut out,
        "names",
        &snapshot.names.iter().collect::<BTreeMap<_, _>>(),
    );
    member(&mut out, "files", &snapshot.files);
    member(&mut out, "findings", &snapshot.findings);
    out.push_str("\n}\n");
    out
}

fn write_policy(out: &mut String, policy: &Policy) {
    let mut gaps: Vec<(&str, GapLine)> = policy
        .gaps
        .iter()
        .map(|(name, gap)| (name.as_str(), GapLine::of(gap)))
        .collect();
    // Empty: the content as a whole. It is what the settings are read from.
    if let Known::No(gap) = &policy.settings {
        gaps.insert(0, ("", GapLine::of(gap)));
    }
    if let Known::No(gap) = &policy.assignments {
        gaps.push(("assignments", GapLine::of(gap)));
    }
    out.push_str("{\"row\":");
    push(out, policy.row.id);
    if !policy.place.is_empty() {
        inline(out, "place", &policy.place);
    }
    if !gaps.is_empty() {
        inline(out, "gaps", &gaps);
    }
    if serde_json::from_str::<serde::de::IgnoredAny>(&policy.raw).is_ok() {
        // A line break inside would be harmless; outside of strings it is only noise.
        out.push_str(",\"document\":");
        out.push_str(policy.raw.trim());
    } else {
        inline(out, "text", &*policy.raw);
    }
    out.push('}');
}

/// Reads a file's text. `source` is what the snapshot is from now on ([`Source::Saved`], [`Source::Demo`]).
pub fn read(text: &str, source: Source) -> Result<Snapshot, OpenError> {
    if !is_snapshot(text) {
        return Err(OpenError::NotASnapshot);
    }
    let text = text.trim_start_matches('\u{feff}');
    let version = serde_json::from_str::<Head>(text).map_err(damaged)?.version;
    if version > VERSION {
        return Err(OpenError::Newer(version));
    }
    let file: File<'_> = serde_json::from_str(text).map_err(damaged)?;
    let mut ids = Interner::default();
    let policies = file
        .policies
        .into_iter()
        .map(|line| read_policy(&mut ids, line));
    Ok(Snapshot {
        policies: policies.collect(),
        label: file.label,
        source,
        taken_at: file.taken_at,
        tenant: file.tenant,
        coverage: file.coverage.into_iter().map(TypeLine::into_read).collect(),
        definitions: file.definitions,
        names: file.names,
        files: file.files,
        findings: file.findings,
    })
}

fn read_policy(ids: &mut Interner, line: PolicyLine<'_>) -> Policy {
    let row = catalog::row(&line.row).unwrap_or(&UNKNOWN);
    let raw: &str = match (&line.document, &line.text) {
        (Some(document), _) => document.get(),
        (None, Some(text)) => text,
        (None, None) => "null",
    };
    let document = Json::parse(raw).unwrap_or(Json::Null);
    let gaps = line
        .gaps
        .into_iter()
        .map(|(name, gap)| (name, gap.into_gap()));
    policy::read_with(ids, row, &document, raw.into(), &line.place, gaps.collect())
}

fn damaged(error: serde_json::Error) -> OpenError {
    OpenError::Damaged(error.line(), error.column())
}

fn member<T: Serialize + ?Sized>(out: &mut String, name: &str, value: &T) {
    out.push_str(",\n\"");
    out.push_str(name);
    out.push_str("\":");
    push(out, value);
}

fn inline<T: Serialize + ?Sized>(out: &mut String, name: &str, value: &T) {
    out.push_str(",\"");
    out.push_str(name);
    out.push_str("\":");
    push(out, value);
}

fn push<T: Serialize + ?Sized>(out: &mut String, value: &T) {
    out.push_str(&serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned()));
}

#[derive(Deserialize)]
struct Head {
    #[serde(rename = "plumblineSnapshot")]
    version: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct File<'a> {
    label: String,
    taken_at: String,
    tenant: Tenant,
    #[serde(borrow)]
    coverage: Vec<TypeLine<'a>>,
    #[serde(borrow)]
    policies: Vec<PolicyLine<'a>>,
    definitions: HashMap<String, Definition>,
    names: HashMap<String, String>,
    files: FileCounts,
    findings: Vec<Finding>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct PolicyLine<'a> {
    row: String,
    place: String,
    #[serde(borrow)]
    gaps: Vec<(String, GapLine<'a>)>,
    #[serde(borrow)]
    document: Option<&'a RawValue>,
    text: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct TypeLine<'a> {
    row: std::borrow::Cow<'a, str>,
    #[serde(default)]
    read: u32,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    gap: Option<GapLine<'a>>,
}

impl TypeLine<'_> {
    fn into_read(self) -> TypeRead {
        TypeRead {
            row: self.row.into_owned(),
            read: self.read,
            gap: self.gap.map(GapLine::into_gap),
        }
    }
}

/// A gap with its reason by name, so that a reason of a later version is still a reason.
#[derive(Serialize, Deserialize)]
struct GapLine<'a> {
    reason: std::borrow::Cow<'a, str>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    detail: std::borrow::Cow<'a, str>,
}

impl<'a> GapLine<'a> {
    fn of(gap: &'a Gap) -> Self {
        let name = REASONS.iter().find(|(reason, _)| *reason == gap.reason);
        Self {
            reason: name.map_or("notRead", |(_, name)| name).into(),
            detail: gap.detail.as_str().into(),
        }
    }

    fn into_gap(self) -> Gap {
        let known = REASONS.iter().find(|(_, name)| *name == self.reason);
        Gap {
            reason: known.map_or(Reason::NotRead, |(reason, _)| *reason),
            detail: if known.is_none() && self.detail.is_empty() {
                self.reason.into_owned()
            } else {
                self.detail.into_owned()
            },
        }
    }
}

const REASONS: [(Reason, &str); 11] = [
    (Reason::NotInFile, "notInFile"),
    (Reason::Scope, "scope"),
    (Reason::Role, "role"),
    (Reason::Licence, "licence"),
    (Reason::NotFound, "notFound"),
    (Reason::Throttled, "throttled"),
    (Reason::Failed, "failed"),
    (Reason::Malformed, "malformed"),
    (Reason::SignedOut, "signedOut"),
    (Reason::Cancelled, "cancelled"),
    (Reason::NotRead, "notRead"),
];

const fn source_name(source: Source) -> &'static str {
    match source {
        Source::Files => "files",
        Source::Tenant => "tenant",
        Source::Saved => "saved",
        Source::Demo => "demo",
    }
}

#[cfg(test)]
mod tests;
