//! What each actor of the audit log did in a time.

use super::events::{self, Shows};
use super::held::Names;
use crate::arrange::Arrange;
use crate::audit::{AuditEvent, Trail};
use crate::hash::QuickMap;
use crate::policy::dates;
use crate::protocol::{AuditLog, AuditRead, RightsLog};
use crate::snapshot::Reason;

/// An actor, and what the log shows of them.
#[derive(Debug, Default)]
pub(super) struct Acting {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) app: bool,
    pub(super) everything: bool,
    pub(super) changes: u32,
    pub(super) strange: u32,
    /// For each set of rights of which one was used: how often, and when last.
    pub(super) shown: QuickMap<Vec<u32>, (u32, String)>,
    /// Rights of changes that did not succeed.
    pub(super) tried: Vec<Vec<u32>>,
}

/// What the log shows.
#[derive(Debug, Default)]
pub(super) struct Acted {
    pub(super) log: RightsLog,
    pub(super) actors: Vec<Acting>,
    /// By id, and by name where there is no id: both in lower case.
    places: QuickMap<String, usize>,
    pub(super) strange: Vec<(String, u32)>,
    /// Events that do not say who.
    pub(super) anonymous: u32,
}

const DAY: i64 = 86_400;
/// Kinds of events that are listed.
const MOST_STRANGE: usize = 20;

/// Reads what Intune's log shows of so many days.
pub(super) fn read(trail: &Trail, days: u32, names: &Names) -> Acted {
    let mut out = Acted {
        log: log(trail, days),
        ..Acted::default()
    };
    // Kinds of events are few: each is looked up once.
    let mut seen: QuickMap<(&str, &str, &str, &str), Option<Vec<u32>>> = QuickMap::default();
    let mut strange: QuickMap<String, u32> = QuickMap::default();
    let (from, to) = (out.log.from.clone(), out.log.to.clone());
    let within = |event: &&AuditEvent| {
        event.log == AuditLog::Intune && event.at >= from && event.at <= to && !to.is_empty()
    };
    for event in trail.events().iter().filter(within) {
        out.log.events += 1;
        let kind = event.resources.first().map_or("", |one| one.kind.as_str());
        let key = (
            kind,
            event.operation.as_str(),
            event.activity.as_str(),
            event.category.as_str(),
        );
        let meant = seen.entry(key).or_insert_with(|| meant(event, names));
        if event.actor.id.is_empty() && event.actor.name.is_empty() {
            out.anonymous += 1;
        }
        let actor = out.actor(event);
        actor.everything |= event.actor.everything;
        match meant {
            Some(meant) if event.failed => {
                if !actor.tried.contains(meant) {
                    actor.tried.push(meant.clone());
                }
                continue;
            }
            Some(meant) => {
                // The newest come first.
                let new = || (0, event.at.clone());
                actor.shown.entry(meant.clone()).or_insert_with(new).0 += 1;
            }
            None => {
                actor.strange += 1;
                *strange.entry(event.activity.clone()).or_default() += 1;
            }
        }
        actor.changes += u32::from(!event.failed);
    }
    out.strange = strange.into_iter().collect();
    out.strange
        .arrange_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    out.strange.truncate(MOST_STRANGE);
    out
}

/// The rights of which an event used one. `None`: not known, or no role of the tenant has one of them.
fn meant(event: &AuditEvent, names: &Names) -> Option<Vec<u32>> {
    let Shows::OneOf(shown) = events::shows(event) else {
        return None;
    };
    let all = (0u32..).zip(&names.all);
    let fits = all.filter(|(_, name)| events::may_be_meant(name, &shown));
    let meant: Vec<u32> = fits.map(|(place, _)| place).collect();
    (!meant.is_empty()).then_some(meant)
}

/// How far the log is known for the time. The newest events come first: of a log that was cut off, the newest part is whole.
fn log(trail: &Trail, days: u32) -> RightsLog {
    let is_it = |read: &&AuditRead| read.log == AuditLog::Intune;
    let Some(read) = trail.reads().iter().find(is_it) else {
        return RightsLog::default();
    };
    let end = dates::seconds(&read.to).unwrap_or_default();
    let begin = end - i64::from(days) * DAY;
    let from = dates::iso(begin);
    let mut events = trail.events().iter().rev();
    let oldest = events.find(|event| event.log == AuditLog::Intune && !event.at.is_empty());
    let known = match read.gap.as_ref().map(|gap| gap.reason) {
        None => dates::seconds(&read.from).is_some_and(|at| at <= begin),
        Some(Reason::NotRead) => oldest.is_some_and(|event| event.at < from),
        Some(_) => false,
    };
    RightsLog {
        read: true,
        whole: known,
        gap: read.gap.clone().filter(|_| !known),
        events: 0,
        from,
        to: read.to.clone(),
    }
}

impl Acted {
    fn actor(&mut self, event: &AuditEvent) -> &mut Acting {
        let id = event.actor.id.to_ascii_lowercase();
        let name = event.actor.name.to_lowercase();
        let key = if id.is_empty() { name.clone() } else { id };
        let next = self.actors.len();
        let place = *self.places.entry(key).or_insert(next);
        if place == next {
            self.actors.push(Acting {
                id: event.actor.id.clone(),
                name: event.actor.name.clone(),
                app: event.actor.app,
                ..Acting::default()
            });
            // An event without an id is theirs by the name.
            if !name.is_empty() && !event.actor.app {
                self.places.entry(name).or_insert(next);
            }
        }
        &mut self.actors[place]
    }

    /// The place of the actor of this id or name, in lower case.
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        self.places.get(key).copied().filter(|_| !key.is_empty())
    }

    /// True when somebody acted of whom only the name is known: it may be anybody whose name is not.
    pub(super) fn some_by_name_only(&self) -> bool {
        self.actors
            .iter()
            .any(|one| one.id.is_empty() && !one.app && !one.name.is_empty())
    }
}
