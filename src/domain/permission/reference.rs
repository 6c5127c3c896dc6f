//! Every permission that a reviewer may ask about, ours and those that products in this space ask for,
//! each with our answer.
//!
//! Names, levels and consent are Microsoft's ("Microsoft Graph permissions reference"); the words are ours.
//! A test holds level, consent, calls and the number of acting calls against Microsoft's metadata.

mod application;
mod asked;
mod document;
mod reads;
mod writes;

pub use document::document;

use super::feature::{FEATURES, Feature};
use super::live::LIVE;
use super::log::LOGS;
use super::route::paths_of;
use super::scope::scope;
use crate::arrange::Arrange;
use crate::catalog::{self, ApiVersion};

/// To whom a permission is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// To an app for as long as a person is signed in, within that person's own roles.
    Delegated,
    /// To a service with a secret or a certificate, without any person. A page in a browser has neither.
    Application,
    /// To a service too, by Intune's own API instead of Graph.
    Connector,
}

impl Kind {
    /// Words on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Delegated => "delegated",
            Self::Application => "application",
            Self::Connector => "Intune connector",
        }
    }
}

/// What Plumbline does about a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Asked for by the features that name it.
    Asked,
    /// Never asked for: what is done instead.
    Never(&'static str),
}

/// A permission and our answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Microsoft's name of it.
    pub name: &'static str,
    /// To whom it is given.
    pub kind: Kind,
    /// Microsoft's privilege level, 1 to 5; `None` where the metadata we hold ourselves to has none.
    pub level: Option<u8>,
    /// True when an administrator must consent.
    pub admin: bool,
    /// Calls that act and that it opens by Microsoft's metadata, each version counted by itself.
    pub acts: u16,
    /// What it allows, in plain words.
    pub allows: &'static str,
    /// What it is asked for: by us, or by other products.
    pub purpose: &'static str,
    /// Method and path, as `GET /v1.0/devices/{id}`. Ours have more: see [`Entry::calls`].
    pub examples: &'static [&'static str],
    /// The least-privileged alternative.
    pub smaller: &'static str,
    /// What we do about it.
    pub answer: Answer,
}

impl Entry {
    /// Ours: every request of the read table that it is there for. Others: the calls it is best known for.
    pub fn calls(&self) -> Vec<String> {
        let mut calls: Vec<String> = self.examples.iter().map(|&call| call.to_owned()).collect();
        if self.answer == Answer::Asked {
            let rows = catalog::rows().filter(|row| row.scopes.contains(&self.name));
            for row in rows {
                let version = row.version.segment();
                calls.extend(
                    paths_of(row)
                        .iter()
                        .map(|path| format!("GET /{version}{path}")),
                );
            }
            let live = LIVE.iter().filter(|live| live.scope() == self.name);
            calls.extend(live.map(|live| format!("GET /{}{}", live.version.segment(), live.path)));
            let logs = LOGS.iter().filter(|log| log.scope == self.name);
            calls.extend(logs.map(|log| format!("GET /{}{}", ApiVersion::V1.segment(), log.path)));
        }
        calls.arrange();
        calls.dedup();
        calls
    }

    /// Ours that ask for it.
    pub fn features(&self) -> impl Iterator<Item = &'static Feature> {
        let name = self.name;
        let delegated = self.kind == Kind::Delegated;
        FEATURES
            .iter()
            .filter(move |feature| delegated && feature.scopes.contains(&name))
    }

    /// Words before [`Entry::purpose`].
    pub const fn purpose_label(&self) -> &'static str {
        match self.answer {
            Answer::Asked => "What it is for here",
            Answer::Never(_) => "What others ask for it for",
        }
    }

    /// What it is asked for.
    pub fn purpose(&self) -> &'static str {
        match (self.answer, scope(self.name)) {
            (Answer::Asked, Some(scope)) => scope.why,
            _ => self.purpose,
        }
    }
}

/// All of them, in the order of the screen: ours first.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    [asked::ROWS, reads::ROWS, writes::ROWS, application::ROWS]
        .into_iter()
        .flatten()
}

/// The groups of the screen and the document: words, and the entries.
pub const GROUPS: [(&str, &[Entry]); 4] = [
    ("Asked for", asked::ROWS),
    ("Never asked for: they read", reads::ROWS),
    ("Never asked for: they change", writes::ROWS),
    (
        "Never possible: for services with a secret",
        application::ROWS,
    ),
];

/// When a feature's permissions are asked for.
pub fn asked_when(feature: &Feature) -> &'static str {
    if feature.default {
        "at sign-in"
    } else if feature.id.ends_with("audit") {
        "when somebody looks up who changed something"
    } else if feature.id.starts_with("app-") {
        "when somebody asks for it on the page “Who can use this app here”"
    } else if feature.id.starts_with("my-") {
        "when somebody asks for it on the page “What may I do”"
    } else if feature.id == "rights" {
        "when somebody asks for it on the page “Over-privileged administrators”"
    } else {
        "when somebody opens “What it takes” beside what could not be read, and asks for it"
    }
}

/// Calls that act, that the permissions of all features together open by Microsoft's metadata, and that the
/// read table refuses. A test counts them.
pub const ACTING_CALLS: u16 = 28;
/// The calls of that metadata that the test walks.
pub const KNOWN_CALLS: u16 = 1727;

const fn delegated(name: &'static str, level: u8, admin: bool, acts: u16) -> Entry {
    Entry {
        name,
        kind: Kind::Delegated,
        level: Some(level),
        admin,
        acts,
        allows: "",
        purpose: "",
        examples: &[],
        smaller: "",
        answer: Answer::Asked,
    }
}
