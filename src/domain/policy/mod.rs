//! A policy as Plumbline holds it, wherever it came from.
//!
//! A tenant read and a file read end in the same value: the Graph document with its children
//! inlined (`settings`, `definitionValues`, `assignments` …), which is also the shape that exports
//! have. [`Policy::raw`] keeps that document; everything else is derived from it.

mod assignments;
pub mod dates;
pub mod read;

use std::sync::Arc;

pub use read::{read, read_file, read_with, reread};

use crate::catalog::{Platforms, Row};
use crate::setting::Setting;
use crate::snapshot::Gap;

/// Something that was read, or the reason why it was not.
///
/// What could not be read is unknown: never empty, never unassigned.
#[derive(Debug, Clone, PartialEq)]
pub enum Known<T> {
    /// It was read.
    Yes(T),
    /// It was not read.
    No(Gap),
}

impl<T> Known<T> {
    /// The value, when it is known.
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::Yes(value) => Some(value),
            Self::No(_) => None,
        }
    }
}

/// One object of the tenant or of a baseline.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Its row in the catalog, or [`crate::catalog::UNKNOWN`].
    pub row: &'static Row,
    /// Graph's id. Exports of some tools have none, and one id can stand on two policies.
    pub id: Option<String>,
    /// The name as written, spaces and all.
    pub name: String,
    /// Empty where there is none.
    pub description: String,
    /// Without `#microsoft.graph.`; empty where the document has none.
    pub odata_type: String,
    /// Empty set: not bound to a platform.
    pub platforms: Platforms,
    /// ISO 8601 in UTC; empty where unknown or "never" (`0001-01-01…`).
    pub created: String,
    /// ISO 8601 in UTC; empty where unknown.
    pub modified: String,
    /// Scope tag ids or names, as written.
    pub scope_tags: Vec<String>,
    /// Whom it reaches. `Yes(vec![])` is "unassigned"; a missing key in an export is `No`.
    pub assignments: Known<Vec<Assignment>>,
    /// What it sets, as a tree in preorder.
    pub settings: Known<Vec<Setting>>,
    /// What of it could not be read, beside assignments and settings.
    pub gaps: Vec<(String, Gap)>,
    /// Where it came from: a path in the dropped files, or empty for a tenant.
    pub place: String,
    /// The document, children inlined, as JSON text.
    pub raw: Arc<str>,
}

/// One line of whom a policy reaches.
///
/// Graph: `deviceAndAppManagementAssignmentTarget` and its derived types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Who.
    pub target: Target,
    /// `required`, `available`, `uninstall` … for apps; empty otherwise.
    pub intent: String,
    /// The assignment filter, if there is one.
    pub filter: Option<AssignmentFilter>,
}

/// Who an assignment names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// `allLicensedUsersAssignmentTarget`
    AllUsers,
    /// `allDevicesAssignmentTarget`
    AllDevices,
    /// `groupAssignmentTarget`
    Group(GroupRef),
    /// `exclusionGroupAssignmentTarget`
    ExcludedGroup(GroupRef),
    /// A target type that is not listed here: its `@odata.type` and the id it carries.
    Other(String, String),
}

/// A group as an assignment names it: by id, by name (IntuneCD), or by a placeholder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupRef {
    /// Graph's id, or empty.
    pub id: String,
    /// The name in the export, or empty; a tenant's names are in [`crate::snapshot::Snapshot::names`].
    pub name: String,
}

/// An assignment filter and its direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignmentFilter {
    /// Id, or the name in exports that replace it.
    pub id: String,
    /// True: devices that match get the policy. False: devices that match do not.
    pub include: bool,
}

#[cfg(test)]
mod tests;
