//! What is seen of an analysis: coverage, conflicts, a matrix of sides, drift.
//!
//! Sides are numbered: 0 is the main side, 1 the baseline, 2 and more what [`super::Request::AddSide`] added.

use serde::{Deserialize, Serialize};

use super::compare::{SettingLine, State, StateCounts};

/// The most sides that a matrix shows.
pub const MOST_SIDES: usize = 20;

/// How much a setting weighs when it is not as wanted.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default,
)]
pub enum Severity {
    /// Not counted at all: a rule says so.
    Ignored,
    /// Weight 1.
    Low,
    /// Weight 3.
    #[default]
    Medium,
    /// Weight 10.
    High,
}

/// Whom a policy reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reach {
    /// All users or all devices, nobody left out.
    All,
    /// Groups, or all but some, or those that a filter leaves.
    Some,
    /// Nobody.
    Nobody,
    /// Assignments were not read, or the export does not have them.
    Unknown,
}

/// What became of a setting of the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cover {
    /// Set as wanted, for all.
    Full,
    /// Set as wanted, for some.
    Part,
    /// Set as wanted by policies that reach nobody.
    Idle,
    /// Set, and to something else.
    Otherwise,
    /// No policy sets it.
    NotSet,
    /// It cannot be known: a secret, a list that was not read, assignments that were not read.
    Unknown,
}

/// One number for each [`Cover`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[allow(missing_docs)]
pub struct CoverCounts {
    pub full: u32,
    pub part: u32,
    pub idle: u32,
    pub otherwise: u32,
    pub not_set: u32,
    pub unknown: u32,
}

/// Asks for a window of the coverage. Needs a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct CoverageQuery {
    /// Text to find in names, categories and policies.
    pub text: String,
    /// What to show; empty: all.
    pub covers: Vec<Cover>,
    /// First line.
    pub from: u32,
    /// How many.
    pub count: u32,
}

/// A window of the coverage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct CoverageWindow {
    /// All settings of the baseline.
    pub counts: CoverCounts,
    /// By category: name, and its settings. For bars.
    pub categories: Vec<(String, CoverCounts)>,
    /// Lines that the query leaves.
    pub matching: u32,
    /// Number of the first line.
    pub from: u32,
    /// The window.
    pub lines: Vec<CoverageLine>,
}

/// A setting of the baseline, and which policies set it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageLine {
    /// The line of the comparison: what [`super::Request::CompareDetail`] is asked with.
    pub index: u32,
    /// Human name.
    pub name: String,
    /// Category.
    pub category: String,
    /// What the baseline wants.
    pub wanted: String,
    /// What became of it.
    pub cover: Cover,
    /// How much it weighs.
    pub severity: Severity,
    /// True when policies of the main side that set it disagree.
    pub conflict: bool,
    /// The policies of the main side that set it, those as wanted first; at most 50.
    pub places: Vec<PlaceView>,
}

/// A policy that sets something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceView {
    /// Index of the policy on its side.
    pub policy: u32,
    /// Its name.
    pub name: String,
    /// To what.
    pub value: String,
    /// `Same` as wanted, `Different`, or `Unknown`.
    pub state: State,
    /// Whom the policy reaches.
    pub reach: Reach,
    /// The same in words: `All devices`, `3 groups`, `Nobody`, or why it is not known.
    pub reach_words: String,
}

/// Whether two policies can meet on one device or user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Overlap {
    /// They do: the same group, or all.
    Yes,
    /// They may: different groups or filters, whose members are not compared.
    Maybe,
    /// They cannot: one reaches nobody, or leaves out whom the other reaches.
    No,
    /// Assignments of one are not known.
    Unknown,
}

/// Asks for a window of the conflicts of one side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct ConflictQuery {
    /// Number of the side.
    pub side: u32,
    /// Text to find in names and policies.
    pub text: String,
    /// What to show; empty: all but [`Overlap::No`].
    pub overlaps: Vec<Overlap>,
    /// First line.
    pub from: u32,
    /// How many.
    pub count: u32,
}

/// A window of conflicts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct ConflictWindow {
    /// All of the side: do meet, may meet, cannot meet, unknown.
    pub counts: (u32, u32, u32, u32),
    /// Lines that the query leaves.
    pub matching: u32,
    /// Number of the first line.
    pub from: u32,
    /// The window, the worst first.
    pub lines: Vec<ConflictLine>,
}

/// A setting that two or more policies of one side set differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictLine {
    /// Human name.
    pub name: String,
    /// Setting id of the first policy.
    pub id: String,
    /// Category.
    pub category: String,
    /// Whether any two that disagree can meet.
    pub overlap: Overlap,
    /// Why, in a sentence.
    pub because: String,
    /// True for lists: for some settings the lists of several policies are merged on the device.
    pub lists: bool,
    /// The policies; `state` says whether each agrees with the first. At most 50.
    pub places: Vec<PlaceView>,
}

/// A side that was added for the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideView {
    /// Its number.
    pub side: u32,
    /// Its name.
    pub label: String,
    /// When it was taken, ISO 8601; empty for files.
    pub taken_at: String,
    /// Policies.
    pub policies: u32,
    /// Settings.
    pub settings: u32,
}

/// Asks for a window of the matrix: settings down, sides across.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct MatrixQuery {
    /// Numbers of the sides, the one to compare with first; at most [`MOST_SIDES`].
    pub sides: Vec<u32>,
    /// Text to find in names, categories and values.
    pub text: String,
    /// True: only settings in which a side differs from the first.
    pub differing: bool,
    /// First row.
    pub from: u32,
    /// How many.
    pub count: u32,
}

/// A window of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct MatrixWindow {
    /// The columns: label, and its cells by state against the first.
    pub columns: Vec<(String, StateCounts)>,
    /// Rows that the query leaves.
    pub matching: u32,
    /// Number of the first row.
    pub from: u32,
    /// The window.
    pub rows: Vec<MatrixRow>,
}

/// A setting across sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixRow {
    /// Human name.
    pub name: String,
    /// Setting id.
    pub id: String,
    /// Category.
    pub category: String,
    /// One cell for each column.
    pub cells: Vec<MatrixCell>,
}

/// What one side says of a setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixCell {
    /// Against the first column. Where neither has it: `Same`, with no policies.
    pub state: State,
    /// The value, or all of them parted by ` | ` where policies disagree.
    pub value: String,
    /// How many policies set it.
    pub policies: u32,
}

/// Two policies picked by hand: number of the side and index of the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickedPolicies {
    /// `(side, policy)`
    pub left: (u32, u32),
    /// `(side, policy)`
    pub right: (u32, u32),
    /// Normaliser rules that are switched off, by id.
    pub rules_off: Vec<String>,
}

/// Two policies side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickedView {
    /// Name of the left one.
    pub left: String,
    /// Name of the right one.
    pub right: String,
    /// Settings by state.
    pub counts: StateCounts,
    /// Why they cannot be compared whole; empty when they can.
    pub unknown: String,
    /// The settings, those that are the same too; at most 5000. `index` counts from 0 here.
    pub lines: Vec<SettingLine>,
}

/// What happened between two snapshots, policy by policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DriftLine {
    /// What happened.
    pub kind: DriftKind,
    /// Name before; empty for what is new.
    pub before: String,
    /// Name after; empty for what is gone.
    pub after: String,
    /// Type, in words.
    pub type_name: String,
    /// Index of the pair's first line in the comparison, for opening it; none where it has no settings.
    pub first_line: Option<u32>,
    /// Settings by state.
    pub counts: StateCounts,
    /// True when whom it reaches changed.
    pub assignments: bool,
    /// When it was changed last, by the audit log or by the document itself, ISO 8601 in UTC; empty where neither
    /// says.
    pub when: String,
    /// Who changed it, by the audit log, who did it last first; empty where it does not say.
    pub who: Vec<String>,
    /// Why nobody knows who changed it; empty when somebody does.
    pub unknown: String,
    /// Graph's id; empty where there is none.
    pub policy: String,
    /// How many events of the audit log are about it.
    pub events: u32,
}

/// What happened to a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DriftKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Settings or assignments changed (and the name, perhaps).
    Changed,
    /// Only its name changed.
    Renamed,
    /// It cannot be known.
    Unknown,
}
