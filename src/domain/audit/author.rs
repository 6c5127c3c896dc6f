//! Who changed a policy between two times, or why nobody can say.

use super::{AuditEvent, Trail};
use crate::permission::log_route;
use crate::policy::{Policy, dates};
use crate::protocol::AuditLog;
use crate::snapshot::Snapshot;

/// Who changed a policy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Authors {
    /// Each once, who changed it last first; empty: not known.
    pub names: Vec<String>,
    /// When it was changed last, ISO 8601 in UTC; empty: not known.
    pub when: String,
    /// How many events say so.
    pub events: u32,
    /// Why it is not known, in words; empty when it is.
    pub unknown: String,
}

/// The log that has a policy's changes.
pub fn log_of(policy: &Policy) -> AuditLog {
    let intune = ["/deviceManagement", "/deviceAppManagement"];
    if intune.iter().any(|root| policy.row.list.starts_with(root)) {
        AuditLog::Intune
    } else {
        AuditLog::Directory
    }
}

impl Trail {
    /// Who changed `policy` after `earlier` was taken and before `later` was.
    pub fn authors(&self, policy: &Policy, earlier: &Snapshot, later: &Snapshot) -> Authors {
        let (from, to) = (&earlier.taken_at, &later.taken_at);
        let between = |event: &&AuditEvent| !event.failed && event.at >= *from && event.at <= *to;
        let id = policy.id.as_deref().unwrap_or_default();
        let ours = self.tenant == later.tenant.id && !from.is_empty() && !to.is_empty();
        let mut out = Authors::default();
        for event in self.about(id).filter(between).filter(|_| ours) {
            if out.when.is_empty() {
                out.when.clone_from(&event.at);
            }
            out.events += 1;
            if !event.actor.name.is_empty() && !out.names.contains(&event.actor.name) {
                out.names.push(event.actor.name.clone());
            }
        }
        if out.names.is_empty() {
            out.unknown = self.why_not(policy, earlier, later);
        }
        out
    }

    fn why_not(&self, policy: &Policy, earlier: &Snapshot, later: &Snapshot) -> String {
        let route = log_route(log_of(policy));
        let read = self.reads.iter().find(|read| read.log == route.log);
        let (from, to) = (&earlier.taken_at, &later.taken_at);
        if from.is_empty() || to.is_empty() {
            return "a side has no date".to_owned();
        }
        let Some(read) = read else {
            return format!("{} was not read", route.name);
        };
        if self.tenant != later.tenant.id {
            return "the audit log that was read is another tenant’s".to_owned();
        }
        if let Some(gap) = &read.gap {
            return format!(
                "{} is not whole: {}",
                route.name,
                gap.reason.words().to_lowercase()
            );
        }
        if read.from > *from || read.to < *to {
            return format!("{} was read for another time", route.name);
        }
        let day = 86_400;
        let kept = dates::seconds(&read.at).map_or(i64::MIN, |at| at - route.kept_days * day);
        let (changed, first) = (dates::seconds(&policy.modified), dates::seconds(from));
        if changed.or(first).is_some_and(|at| at < kept) {
            return format!("{} is kept for {} days", route.name, route.kept_days);
        }
        format!("{} has no event about it", route.name)
    }
}
