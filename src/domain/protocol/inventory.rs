//! What is seen of a tenant: overview, list, one policy, search.

use serde::{Deserialize, Serialize};

use crate::snapshot::Gap;

/// What the main side is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct SnapshotInfo {
    /// Name of the tenant, the folder, the file.
    pub label: String,
    /// Default domain; empty for files.
    pub domain: String,
    /// Tenant GUID; empty for files.
    pub tenant_id: String,
    /// ISO 8601 in UTC; empty for files.
    pub taken_at: String,
    /// `tenant`, `demo`, `saved`, `files`.
    pub source: String,
    /// Policies.
    pub policies: u32,
    /// Settings in them.
    pub settings: u32,
    /// Types that could not be read whole.
    pub gaps: u32,
    /// For files: what happened to each. `(given, read, not a policy, unreadable)`
    pub files: (u32, u32, u32, u32),
    /// What could not be read.
    pub findings: Vec<FindingView>,
}

/// A finding, for show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct FindingView {
    pub file: String,
    pub place: String,
    pub problem: String,
    pub remedy: String,
}

/// The overview page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Overview {
    /// What is shown.
    pub info: SnapshotInfo,
    /// One line for each type that has objects or a gap.
    pub types: Vec<TypeCount>,
    /// Platform name and number of policies.
    pub platforms: Vec<(String, u32)>,
    /// Policies that can be assigned and are not.
    pub unassigned: u32,
    /// Policies whose assignments could not be read.
    pub assignment_unknown: u32,
    /// Policies that changed in the last 30 days before the snapshot.
    pub changed_lately: u32,
    /// Changed in the last 30 days before the snapshot, newest first, at most 12.
    pub changed: Vec<RowView>,
    /// What expires: name, kind, ISO date, days left (negative: over).
    pub expiring: Vec<Expiry>,
}

/// Something with an end: a token, a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Expiry {
    pub policy: u32,
    pub name: String,
    pub kind: String,
    pub date: String,
    pub days: i32,
}

/// How many of a type there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeCount {
    /// Catalog row.
    pub row: String,
    /// Words on screen.
    pub name: String,
    /// The area's name.
    pub area: String,
    /// Objects.
    pub count: u32,
    /// Of them: assigned to somebody.
    pub assigned: u32,
    /// Of them: assignments not known.
    pub unknown: u32,
    /// True when the type can be assigned at all.
    pub assignable: bool,
    /// True for what policies only refer to (groups).
    pub directory: bool,
    /// Why the list is not whole.
    pub gap: Option<Gap>,
}

/// Asks for a window of the inventory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct RowsQuery {
    /// The query language: `platform:windows assigned:no name~edge defender`.
    pub query: String,
    /// Column id and direction (true: descending); empty: by name.
    pub sort: Option<(String, bool)>,
    /// First row.
    pub from: u32,
    /// How many.
    pub count: u32,
}

/// A window of rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct RowsWindow {
    /// All rows there are.
    pub total: u32,
    /// Rows that the query leaves.
    pub matching: u32,
    /// Of both: what policies only refer to (groups). `(total, matching)`
    pub directory: (u32, u32),
    /// Number of the first row of the window.
    pub from: u32,
    /// The window.
    pub rows: Vec<RowView>,
    /// What the query language did not understand: word and sentence.
    pub complaints: Vec<(String, String)>,
}

/// One line of the inventory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowView {
    /// Index of the policy in the snapshot: what the page asks with.
    pub index: u32,
    /// Graph's id, for addresses; empty where there is none.
    pub id: String,
    /// Name.
    pub name: String,
    /// Type, in words.
    pub kind: String,
    /// Catalog row.
    pub row: String,
    /// Platforms, in words.
    pub platform: String,
    /// Assignment state.
    pub assigned: AssignedState,
    /// `All devices`, `3 groups` …; empty when not assigned.
    pub assigned_to: String,
    /// Settings; `None`: not known.
    pub settings: Option<u32>,
    /// ISO 8601; empty where unknown.
    pub modified: String,
    /// Scope tags by name.
    pub scope_tags: String,
    /// Why the row matched, when it was not by its name: setting and value.
    pub matched: String,
}

/// The four assignment states, each with a fixed colour, sign and word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AssignedState {
    /// To somebody.
    Assigned,
    /// To nobody.
    Unassigned,
    /// The type cannot be assigned.
    NotAssignable,
    /// Could not be read.
    Unknown,
}

/// Asks for completions at the cursor of the query field.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct SuggestQuery {
    pub query: String,
    pub cursor: u32,
}

/// A completion: what replaces the word at the cursor, and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Suggestion {
    pub insert: String,
    pub meaning: String,
}

/// Names a policy: by Graph's id, or by its index. Where one id stands on several objects, `id~index`
/// says which is meant; an index that does not fit (another snapshot is open) is passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum PolicyRef {
    Index(u32),
    Id(String),
}

/// One policy, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyView {
    /// Its line in the list.
    pub head: RowView,
    /// Description.
    pub description: String,
    /// ISO 8601; empty where unknown.
    pub created: String,
    /// `@odata.type` without its prefix.
    pub odata_type: String,
    /// Whom it reaches, or why that is not known.
    pub assignments: Result<Vec<AssignmentView>, Gap>,
    /// What it sets, or why that is not known.
    pub settings: Result<Vec<SettingView>, Gap>,
    /// What else could not be read: child and reason.
    pub gaps: Vec<(String, Gap)>,
    /// File it came from; empty for a tenant.
    pub place: String,
}

/// One line of whom it reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignmentView {
    /// `All users`, `All devices`, `Group`, `Excluded group`.
    pub target: String,
    /// Group name, or empty.
    pub name: String,
    /// Group id, or empty.
    pub id: String,
    /// True for an exclusion.
    pub excluded: bool,
    /// For apps: `Required` …
    pub intent: String,
    /// Filter name and `Include` or `Exclude`.
    pub filter: Option<(String, String)>,
}

/// One setting of a policy, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SettingView {
    /// 0 at the top.
    pub depth: u16,
    /// Which element of the collection above it this belongs to, from 0.
    pub element: u32,
    /// Human name; the id where none is known.
    pub name: String,
    /// Value in words; empty for a group.
    pub value: String,
    /// Long text (a script, XML): shown in a block of its own.
    pub long: bool,
    /// Category path.
    pub category: String,
    /// Description.
    pub description: String,
    /// The id.
    pub id: String,
    /// The value as written, where the words differ.
    pub raw_value: String,
    /// CSP path where known.
    pub csp: String,
}

/// A hit of the global search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// `Policy`, `Setting`, `Group`.
    pub kind: String,
    /// What was found.
    pub title: String,
    /// Where: type of the policy, name of the policy that has the setting.
    pub context: String,
    /// The policy to open.
    pub index: u32,
    /// Its id for the address; may be empty.
    pub id: String,
}
