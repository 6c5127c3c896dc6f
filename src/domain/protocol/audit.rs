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
