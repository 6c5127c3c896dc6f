//! Audit events: who changed what, before and after.

use serde::{Deserialize, Serialize};

use crate::snapshot::Gap;

/// A log that Graph serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AuditLog {
    /// `deviceManagement/auditEvents`
    Intune,
    /// `auditLogs/directoryAudits`
    Directory,
}

/// Asks for the events of some logs between two times, both included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditAsk {
    /// Which.
    pub logs: Vec<AuditLog>,
    /// The earliest event, ISO 8601.
    pub from: String,
    /// The latest event, ISO 8601.
    pub to: String,
}

/// How a log was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRead {
    /// Which.
    pub log: AuditLog,
    /// Events that came.
    pub events: u32,
    /// The earliest event asked for, ISO 8601 in UTC.
    pub from: String,
    /// The latest event asked for, ISO 8601 in UTC.
    pub to: String,
    /// When it was read, ISO 8601 in UTC.
    pub at: String,
    /// Why it is not whole; `None`: read to its end.
    pub gap: Option<Gap>,
}

/// Asks for a window of the events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct AuditQuery {
    /// Text to find in people, applications, activities, objects and types.
    pub text: String,
    /// Only events about the object of this id; empty: all.
    pub about: String,
    /// Only events of this log.
    pub log: Option<AuditLog>,
    /// Only what did not succeed.
    pub failed: bool,
    /// `at`, `who`, `what`, `object`, with `-` before it for descending; empty: `-at`.
    pub sort: String,
    /// First row.
    pub from: u32,
    /// How many.
    pub count: u32,
}

/// A window of the events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct AuditWindow {
    /// All that were read.
    pub total: u32,
    /// Rows that the query leaves.
    pub matching: u32,
    /// Number of the first row.
    pub from: u32,
    /// The window.
    pub lines: Vec<AuditLine>,
}

/// An event in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// Its number, for asking for it whole.
    pub index: u32,
    /// From Intune's log, or from Entra's.
    pub intune: bool,
    /// When, ISO 8601 in UTC.
    pub at: String,
    /// Who; empty where the log does not say.
    pub who: String,
    /// It was an application on its own.
    pub app: bool,
    /// What was done, as the service says it.
    pub what: String,
    /// Name of the first object; empty where it has none.
    pub object: String,
    /// Its type, in the log's word.
    pub kind: String,
    /// How many objects more.
    pub more: u32,
    /// It did not succeed.
    pub failed: bool,
}

/// An event whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditDetail {
    /// In one line.
    pub line: AuditLine,
    /// The application that the person used; may be empty.
    pub through: String,
    /// Name and value; values may be empty.
    pub facts: Vec<(String, String)>,
    /// What it is about.
    pub resources: Vec<AuditResource>,
}

/// What an event is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditResource {
    /// Graph's id; may be empty.
    pub id: String,
    /// Its name at that time.
    pub name: String,
    /// Its type, in the log's word.
    pub kind: String,
    /// Properties before and after.
    pub changes: Vec<AuditChange>,
}

/// A property before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditChange {
    /// The property's name in the log.
    pub name: String,
    /// `None`: the log does not say, or it stands in `lines`.
    pub before: Option<String>,
    /// `None`: the log does not say, or it stands in `lines`.
    pub after: Option<String>,
    /// Long values line by line: sign (` `, `-`, `+`) and line; empty for short ones.
    pub lines: Vec<(char, String)>,
}
