//! Who changed what: the events of Intune's and Entra's audit logs, and which of them are about a policy.
//!
//! An event is about an object by the object's id, never by its name: names are changed, and two objects share
//! one. IP addresses are in both logs and are not taken over.

mod author;
mod read;
#[cfg(test)]
mod tests;
mod view;

pub use author::{Authors, log_of};

use crate::arrange::Arrange;
use crate::hash::QuickMap;
use crate::protocol::{AuditLog, AuditRead};

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent {
    /// Which log it is from.
    pub log: AuditLog,
    /// Graph's id of it.
    pub id: String,
    /// When, ISO 8601 in UTC.
    pub at: String,
    /// Who.
    pub actor: Actor,
    /// What was done, as the service says it.
    pub activity: String,
    /// Intune: `category`; Entra: `category`.
    pub category: String,
    /// Intune: `componentName`; Entra: `loggedByService`.
    pub component: String,
    /// Intune: `activityOperationType`; Entra: `operationType`.
    pub operation: String,
    /// As the service says it, with the reason where there is one.
    pub result: String,
    /// It did not succeed: nothing was changed.
    pub failed: bool,
    /// Names events of one request.
    pub correlation: String,
    /// What was changed.
    pub resources: Vec<Resource>,
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Actor {
    /// User principal name, or the application's name; an id where there is no name; empty where the log does not
    /// say.
    pub name: String,
    /// It was an application on its own.
    pub app: bool,
    /// The application that a person used.
    pub through: String,
    /// Object id of a person, client id of an application; empty where the log does not say.
    pub id: String,
    /// Intune's log says that they held every right then (`userPermissions`).
    pub everything: bool,
}

/// What an event is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Graph's id; empty where the log does not say.
    pub id: String,
    /// Its name at that time.
    pub name: String,
    /// Its type, in the log's word.
    pub kind: String,
    /// Properties before and after.
    pub changes: Vec<Change>,
}

/// A property before and after. Secrets are words in place of the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The property's name in the log.
    pub name: String,
    /// `None`: the log does not say.
    pub before: Option<String>,
    /// `None`: the log does not say.
    pub after: Option<String>,
}

/// The events that were read, and how.
#[derive(Debug, Default)]
pub struct Trail {
    /// The tenant whose logs these are, by its GUID.
    tenant: String,
    reads: Vec<AuditRead>,
    /// The newest first.
    events: Vec<AuditEvent>,
    /// Places of the events about an object, by its id in lower case; the newest first.
    about: QuickMap<String, Vec<u32>>,
    /// What a read under way has brought: its number, and the events.
    coming: (u32, Vec<AuditEvent>),
}

/// Ids shorter than this are not Graph's long ones: `0` names a scope tag, a branding and more.
const SHORTEST_ID: usize = 32;

impl Trail {
    /// Takes a page of a log, as a JSON array of events, from the read of this number.
    pub fn take(&mut self, read: u32, log: AuditLog, text: &str) {
        if self.coming.0 != read {
            self.coming = (read, Vec::new());
        }
        self.coming.1.extend(read::events(log, text));
    }

    /// The read of this number has ended: what it brought takes the place of those logs' earlier events. All
    /// are dropped when they are another tenant's.
    pub fn end(&mut self, read: u32, tenant: &str, reads: &[AuditRead]) {
        if self.tenant != tenant {
            *self = Self {
                tenant: tenant.to_owned(),
                coming: std::mem::take(&mut self.coming),
                ..Self::default()
            };
        }
        let (of, come) = std::mem::take(&mut self.coming);
        let anew = |log: AuditLog| reads.iter().any(|read| read.log == log);
        self.reads.retain(|read| !anew(read.log));
        self.reads.extend_from_slice(reads);
        self.events.retain(|event| !anew(event.log));
        if of == read {
            self.events.extend(come);
        }
        self.events
            .arrange_by(|a, b| b.at.cmp(&a.at).then_with(|| a.id.cmp(&b.id)));
        // An event that moves to a later page while the log is read comes twice.
        self.events
            .dedup_by(|a, b| a.id == b.id && !a.id.is_empty());
        self.index();
    }

    fn index(&mut self) {
        self.about.clear();
        for (at, event) in (0u32..).zip(&self.events) {
            for resource in &event.resources {
                if resource.id.len() < SHORTEST_ID {
                    continue;
                }
                let places = self.about.entry(resource.id.to_ascii_lowercase());
                let places = places.or_default();
                if places.last() != Some(&at) {
                    places.push(at);
                }
            }
        }
    }

    /// All events, the newest first.
    pub fn events(&self) -> &[AuditEvent] {
        &self.events
    }

    /// How each log was read.
    pub fn reads(&self) -> &[AuditRead] {
        &self.reads
    }

    /// The events about the object of this id, the newest first.
    pub fn about(&self, id: &str) -> impl Iterator<Item = &AuditEvent> {
        let places = self.about.get(&id.to_ascii_lowercase());
        let places = places.map_or(&[][..], Vec::as_slice).iter();
        places.filter_map(|at| self.events.get(*at as usize))
    }
}
