//! What is seen of a comparison.

use serde::{Deserialize, Serialize};

pub use crate::convert::Form;

use super::analysis::Severity;
use super::deviations::Deviation;
use super::inventory::FindingView;

/// The baseline that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct BaselineInfo {
    /// Folder, zip or file name.
    pub label: String,
    /// Dialects recognised, in words, with the number of files.
    pub dialects: Vec<(String, u32)>,
    /// Policies.
    pub policies: u32,
    /// Settings.
    pub settings: u32,
    /// `(given, read, not a policy, unreadable)`
    pub files: (u32, u32, u32, u32),
    /// What could not be read.
    pub findings: Vec<FindingView>,
}

/// How to compare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct CompareOptions {
    /// Normaliser rules that are switched off, by id.
    pub rules_off: Vec<String>,
    /// True: leave out rows and policies of types that the baseline does not have.
    pub only_baseline_types: bool,
}

/// The five states, each with a fixed colour, sign and word. `=` `≠` `−` `+` `?`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum State {
    /// On both sides, equal.
    Same,
    /// On both sides, not equal.
    Different,
    /// In the baseline, not in the tenant.
    Missing,
    /// In the tenant, not in the baseline.
    Extra,
    /// One side could not be read, or holds a secret.
    Unknown,
}

/// One number for each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[allow(missing_docs)]
pub struct StateCounts {
    pub same: u32,
    pub different: u32,
    pub missing: u32,
    pub extra: u32,
    pub unknown: u32,
}

impl StateCounts {
    /// Nothing counted.
    pub const NONE: Self = Self {
        same: 0,
        different: 0,
        missing: 0,
        extra: 0,
        unknown: 0,
    };
}

/// How far apart the sides are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct CompareSummary {
    /// The baseline's name.
    pub left: String,
    /// The tenant's name.
    pub right: String,
    /// Settings.
    pub settings: StateCounts,
    /// Policies: paired and same, paired and different, only left, only right, unknown.
    pub policies: StateCounts,
    /// Differences that a rule suppressed: rule id, words, number, on or off.
    pub rules: Vec<RuleView>,
    /// What is unknown, and why, in sentences.
    pub unknown: Vec<String>,
}

/// A normaliser rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleView {
    /// Stable name.
    pub id: String,
    /// What it does and why that is right.
    pub words: String,
    /// Differences that it suppressed; 0 where [`RuleView::counted`] is false.
    pub hits: u32,
    /// False: it acts while documents are read, and what it suppressed is known once it is asked for
    /// ([`super::Request::Suppressed`]) or the rule is switched off.
    pub counted: bool,
    /// Switched on.
    pub on: bool,
}

/// How rows are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
pub enum GroupBy {
    /// By pair of policies.
    #[default]
    Policy,
    /// By category of the setting.
    Category,
    /// By setting, across all policies.
    Setting,
}

/// Asks for a window of the comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct CompareQuery {
    /// Text to find in names and values.
    pub text: String,
    /// States to show; empty: all but `Same`.
    pub states: Vec<State>,
    /// True: what somebody accepted is left out.
    pub without_accepted: bool,
    /// Grouping.
    pub group: GroupBy,
    /// Numbers of the groups that are folded.
    pub folded: Vec<u32>,
    /// First line.
    pub from: u32,
    /// How many.
    pub count: u32,
}

/// A window of lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct CompareWindow {
    /// Lines that the query leaves, headings counted.
    pub matching: u32,
    /// Settings that the query leaves.
    pub settings: u32,
    /// Number of the first line of the window.
    pub from: u32,
    /// The window.
    pub lines: Vec<CompareLine>,
}

/// A heading or a setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CompareLine {
    /// Heading of a group.
    Group {
        /// Number of the group, to fold it.
        number: u32,
        /// Policy, category or setting name.
        title: String,
        /// For a pair of policies: both names where they differ, and how they were paired.
        note: String,
        /// State of the pair.
        state: State,
        /// Settings below it by state.
        counts: StateCounts,
        /// True when its lines are left out.
        folded: bool,
    },
    /// A setting.
    Setting(SettingLine),
}

/// A setting with both values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingLine {
    /// What the page asks details with.
    pub index: u32,
    /// State.
    pub state: State,
    /// Human name.
    pub name: String,
    /// Names of the settings above it, outermost first, joined by ` › `.
    pub path: String,
    /// Category.
    pub category: String,
    /// Value in the baseline; empty where it has none.
    pub left: String,
    /// Value in the tenant; empty where it has none.
    pub right: String,
    /// Policy of the baseline.
    pub left_policy: String,
    /// Policy of the tenant.
    pub right_policy: String,
    /// Rule that made it the same, or empty.
    pub rule: String,
    /// True when one of the values is long text.
    pub long: bool,
    /// True when somebody accepted the difference, and the acceptance holds today.
    pub accepted: bool,
    /// How much it weighs in the score; none for what never counts.
    pub severity: Option<Severity>,
}

/// All there is to say about one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompareDetail {
    /// The line.
    pub line: SettingLine,
    /// Setting id.
    pub id: String,
    /// Description.
    pub description: String,
    /// CSP path where known.
    pub csp: String,
    /// Values as written.
    pub left_raw: String,
    /// Values as written.
    pub right_raw: String,
    /// Long text as a line diff: sign (` `, `-`, `+`) and line; empty for short values.
    pub lines: Vec<(char, String)>,
    /// Why it is unknown, or what the rule did.
    pub because: String,
    /// Other policies on either side that set the same: side (`baseline`, `tenant`), policy, value.
    pub elsewhere: Vec<(String, String, String)>,
    /// Index of the policy in the baseline and in the tenant; none where there is none.
    pub policies: (Option<u32>, Option<u32>),
    /// Accepted deviations that mean this line, with their numbers; those that are over too.
    pub deviations: Vec<(u32, Deviation)>,
}

/// What to write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct ReportOptions {
    /// Of what.
    pub what: ReportWhat,
    /// Format.
    pub format: ReportFormat,
    /// Keys of the chapters that are left out. What is unknown is always said.
    pub without: Vec<String>,
    /// True: also settings that are the same.
    pub include_same: bool,
    /// ISO 8601 in UTC, or empty for a report without dates (for git).
    pub generated_at: String,
    /// Title, or empty for the default.
    pub title: String,
    /// Whose report it is.
    pub brand: Brand,
    /// True: names of people and groups, e-mail addresses and the tenant's name and id are replaced.
    pub redact: bool,
    /// Pattern of the file's name, or empty for the default.
    pub file_name: String,
}

/// Whose report it is. Goes into the report and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Brand {
    /// Name of the organisation; may be empty.
    pub organisation: String,
    /// `#rrggbb`, or empty for Plumbline's own.
    pub colour: String,
    /// A PNG or JPEG, or nothing.
    pub logo: Vec<u8>,
}

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
pub enum ReportWhat {
    /// The last comparison.
    #[default]
    Comparison,
    /// All that is open: every policy, what it sets and whom it reaches.
    Documentation,
}

/// Which policies to write, and in which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct ExportOptions {
    /// The form.
    pub form: Form,
    /// True: the baseline; false: the main side.
    pub baseline: bool,
}

/// Formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[allow(missing_docs)]
pub enum ReportFormat {
    #[default]
    Html,
    Markdown,
    Csv,
    Json,
    Excel,
    Word,
}

/// A window of a report that the office worker is to write: the model goes through the page as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeJob {
    /// `Excel` or `Word`.
    pub format: ReportFormat,
    /// Some parts of the report, whole, one after another. Name and type are those of the file to be; empty until
    /// the last window.
    pub file: super::File,
    /// Sections that are written, and how many there are.
    pub done: (u32, u32),
    /// Nothing follows.
    pub last: bool,
}
