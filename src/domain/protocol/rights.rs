//! Rights in Intune, held against what the audit log shows.

use serde::{Deserialize, Serialize};

use crate::snapshot::Gap;

/// Who has rights in Intune that change things, and which of them the audit log shows in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights {
    /// The time looked at, in days before the log was read.
    pub days: u32,
    /// How far Intune's audit log is known for that time.
    pub log: RightsLog,
    /// Rights by name; holders name them by their place here.
    pub names: Vec<RightName>,
    /// Who has rights or used some: those with the most unused ones first, cut at [`MOST_HOLDERS`].
    pub holders: Vec<Holder>,
    /// How many there are in all.
    pub total: u32,
    /// How many of them hold a right that was certainly not used.
    pub excessive: u32,
    /// What could not be read.
    pub gaps: Vec<(RightsPart, Gap)>,
    /// Kinds of events that the table does not know, with how many there were: the most first, at most 20.
    pub strange: Vec<(String, u32)>,
}

/// Days that are looked at unless somebody says otherwise.
pub const RIGHTS_DAYS: u32 = 60;

/// Holders that are handed over; the rest is counted.
pub const MOST_HOLDERS: usize = 200;

/// How far Intune's audit log is known for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct RightsLog {
    /// It was read, whole or not.
    pub read: bool,
    /// It was read to its end, for the whole time: what it does not show was not done.
    pub whole: bool,
    /// Why it is not whole, where reading it failed.
    pub gap: Option<Gap>,
    /// Events in that time.
    pub events: u32,
    /// The first moment looked at, ISO 8601 in UTC.
    pub from: String,
    /// The last one.
    pub to: String,
}

/// A right. Intune's name is `Microsoft.Intune_ManagedDevices_Update`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RightName {
    /// Kind of object, in words.
    pub kind: String,
    /// What may be done with it, in words.
    pub action: String,
}

/// A part of what is read for this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RightsPart {
    /// Intune's roles and what they allow.
    Roles,
    /// Who is assigned to them.
    Assignments,
    /// Members of the groups that are assigned.
    Members,
    /// Assignments of directory roles that open Intune.
    Directory,
    /// Directory roles that can be activated.
    Eligible,
    /// Names of people.
    People,
}

/// Who has rights, or used some.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// What it is.
    pub kind: HolderKind,
    /// Object id; for an application its client id; empty where the log does not say.
    pub id: String,
    /// Display name or user principal name; empty: not known.
    pub name: String,
    /// By which roles.
    pub roles: Vec<HeldRole>,
    /// Rights that change things, held by all of these: how many.
    pub held: u32,
    /// What one of the roles allows was not in the answer: more may be held.
    pub vague: bool,
    /// Rights that were used, whether they are held now or not.
    pub used: Vec<UsedRight>,
    /// Rights that are held, and that the log shows unused for certain.
    pub unused: Vec<u32>,
    /// Rights that are held, and that nobody can say it of; with the reason.
    pub unknown: Vec<(u32, Doubt)>,
    /// Changes that did succeed.
    pub changes: u32,
    /// Events of a kind that the table does not know.
    pub strange: u32,
    /// The log says that they held everything when they changed something.
    pub had_everything: bool,
    /// The smallest built-in role of Intune that allows all that was used, where that is certain and less than what
    /// is held.
    pub enough: Option<String>,
}

/// What a holder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum HolderKind {
    /// A person.
    Person,
    /// A group whose members are not known, or not all.
    Group,
    /// An application. What it may do by its own permissions is not read.
    Application,
    /// Somebody who changed something and holds no role now, as far as was read.
    Gone,
}

/// A role by which something is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldRole {
    /// Name of the role.
    pub name: String,
    /// A role of the directory, not of Intune.
    pub entra: bool,
    /// Through which group: its name, or its id; empty: directly.
    pub by: String,
    /// It has to be activated first.
    pub eligible: bool,
}

/// A right that the log shows in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsedRight {
    /// Its place among the names.
    pub right: u32,
    /// Events that show it.
    pub events: u32,
    /// The newest, ISO 8601 in UTC.
    pub last: String,
    /// It is held now.
    pub held: bool,
}

/// Why nobody can say whether a right was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Doubt {
    /// The audit log is not known for the whole time.
    Log,
    /// Members of the group are not known.
    Members,
    /// The right's use leaves no event that the table knows.
    Event,
    /// There is an event that may have used it, or another right.
    Several,
    /// It was tried, and did not succeed.
    Tried,
    /// There are events of kinds that the table does not know.
    Strange,
    /// There are events whose actor cannot be told.
    Actor,
}
