//! The audit logs that may be read: route, scope, and how long Microsoft keeps them.
//!
//! Both at v1.0, which is complete for them. They are read only when a person asks for them: they name people.

use crate::protocol::AuditLog;

/// A log, and what reading it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogRoute {
    /// Which.
    pub log: AuditLog,
    /// Words on screen.
    pub name: &'static str,
    /// Below the version.
    pub path: &'static str,
    /// The least scope that opens it. Graph permissions reference.
    pub scope: &'static str,
    /// Days for which Microsoft keeps its events at most.
    pub kept_days: i64,
}

/// Intune: "Audit logs for Intune activities" (a year by Graph). Entra: "Microsoft Entra data retention"
/// (30 days, 7 without a premium licence).
pub const LOGS: [LogRoute; 2] = [
    LogRoute {
        log: AuditLog::Intune,
        name: "Intune’s audit log",
        path: "/deviceManagement/auditEvents",
        scope: "DeviceManagementApps.Read.All",
        kept_days: 365,
    },
    LogRoute {
        log: AuditLog::Directory,
        name: "Entra’s audit log",
        path: "/auditLogs/directoryAudits",
        scope: "AuditLog.Read.All",
        kept_days: 30,
    },
];

/// What reading this log takes.
pub const fn log_route(log: AuditLog) -> &'static LogRoute {
    match log {
        AuditLog::Intune => &LOGS[0],
        AuditLog::Directory => &LOGS[1],
    }
}

/// Id of the feature that asks for what reading this log takes.
pub const fn log_feature(log: AuditLog) -> &'static str {
    match log {
        AuditLog::Intune => "audit",
        AuditLog::Directory => "directory-audit",
    }
}
