//! A comparison written down: one model, and a writer for each format.
//!
//! Time, title and order are inputs, so the same input gives the same bytes.
//! What a writer needs is in the [`Report`]; none of them looks at a policy.

mod csv;
mod html;
mod json;
mod markdown;
mod text;

#[cfg(test)]
mod tests;

use crate::protocol::{File, ReportFormat, ReportOptions, RuleView, State, StateCounts};
use crate::snapshot::{FileCounts, Finding};

pub use text::visible;

/// Everything that a report says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// Heading.
    pub title: String,
    /// ISO 8601 in UTC; empty for a report without dates.
    pub generated_at: String,
    /// The baseline.
    pub left: Input,
    /// The tenant, or what stands in its place.
    pub right: Input,
    /// Settings by state.
    pub settings: StateCounts,
    /// Policies by state.
    pub policies: StateCounts,
    /// What is unknown and why, in sentences.
    pub unknown: Vec<String>,
    /// The normaliser rules, with what each suppressed.
    pub rules: Vec<RuleView>,
    /// True when settings that are the same are listed as well.
    pub include_same: bool,
    /// One for each pair of policies, and for each policy without a partner.
    pub groups: Vec<Group>,
}

/// One side, as the report names it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Input {
    /// Name of the folder, the file, the tenant.
    pub label: String,
    /// Tenant GUID; empty for files.
    pub tenant_id: String,
    /// When it was read, ISO 8601 in UTC; empty for files and in a report without dates.
    pub taken_at: String,
    /// Policies.
    pub policies: u32,
    /// Settings.
    pub settings: u32,
    /// What became of each file; all zero for a tenant.
    pub files: FileCounts,
    /// Files that could not be read.
    pub findings: Vec<Finding>,
    /// Types that could not be read whole: name, reason in words, detail.
    pub gaps: Vec<(String, String, String)>,
}

/// A pair of policies, or a policy alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Name of the policy.
    pub title: String,
    /// Both names where they differ, and how the two were paired; may be empty.
    pub note: String,
    /// State of the pair.
    pub state: State,
    /// Its settings by state.
    pub counts: StateCounts,
    /// Its settings; those that are the same only where the report includes them.
    pub lines: Vec<Line>,
}

/// One setting with both values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// State.
    pub state: State,
    /// Human name.
    pub name: String,
    /// Names of the settings above it, joined by ` › `; may be empty.
    pub path: String,
    /// Setting id.
    pub id: String,
    /// Category; may be empty.
    pub category: String,
    /// Value in the baseline, in words; `None`: it has none.
    pub left: Option<String>,
    /// Value in the tenant, in words; `None`: it has none.
    pub right: Option<String>,
    /// Rule that made it the same, or why it is unknown; may be empty.
    pub because: String,
    /// Long text as a line diff: sign (` `, `-`, `+`) and line; empty for short values.
    pub diff: Vec<(char, String)>,
}

/// Writes a report in one format. The name of the file says what it is and never names a tenant.
pub fn write(report: &Report, format: ReportFormat) -> File {
    let (text, ending, mime) = match format {
        ReportFormat::Html => (html::write(report), "html", "text/html;charset=utf-8"),
        ReportFormat::Markdown => (markdown::write(report), "md", "text/markdown;charset=utf-8"),
        ReportFormat::Csv => (csv::write(report), "csv", "text/csv;charset=utf-8"),
        ReportFormat::Json => (json::write(report), "json", "application/json"),
    };
    let day = report
        .generated_at
        .get(..10)
        .map(|day| format!("-{day}"))
        .unwrap_or_default();
    File {
        path: format!("comparison{day}.{ending}"),
        mime: mime.to_owned(),
        bytes: text.into_bytes(),
    }
}

/// The title that a report has when nobody chose one.
pub fn title(options: &ReportOptions, left: &str, right: &str) -> String {
    if options.title.trim().is_empty() {
        format!("{right} compared with {left}")
    } else {
        options.title.trim().to_owned()
    }
}

/// Word and sign of a state, the same on screen and in every format.
pub const fn state_words(state: State) -> (&'static str, char) {
    match state {
        State::Same => ("Same", '='),
        State::Different => ("Different", '≠'),
        State::Missing => ("Missing", '−'),
        State::Extra => ("Extra", '+'),
        State::Unknown => ("Unknown", '?'),
    }
}

impl StateCounts {
    /// Number of one state.
    pub const fn of(&self, state: State) -> u32 {
        match state {
            State::Same => self.same,
            State::Different => self.different,
            State::Missing => self.missing,
            State::Extra => self.extra,
            State::Unknown => self.unknown,
        }
    }

    /// All of them together.
    pub const fn total(&self) -> u32 {
        self.same + self.different + self.missing + self.extra + self.unknown
    }

    /// Adds one.
    pub const fn add(&mut self, state: State) {
        match state {
            State::Same => self.same += 1,
            State::Different => self.different += 1,
            State::Missing => self.missing += 1,
            State::Extra => self.extra += 1,
            State::Unknown => self.unknown += 1,
        }
    }
}

/// The states in the order that people read them in: what needs attention first.
pub const STATES: [State; 5] = [
    State::Different,
    State::Missing,
    State::Extra,
    State::Unknown,
    State::Same,
];

/// The one sentence that a report begins with.
fn summary(report: &Report) -> String {
    let s = &report.settings;
    let expected = s.total() - s.extra;
    let mut text = format!(
        "Of {} settings in {}, compared with {}: {} same, {} different, {} missing",
        text::number(expected),
        report.left.label,
        report.right.label,
        text::number(s.same),
        text::number(s.different),
        text::number(s.missing),
    );
    if s.unknown > 0 {
        text.push_str(&format!(", {} unknown", text::number(s.unknown)));
    }
    text.push_str(&format!(". Beside them, {} extra.", text::number(s.extra)));
    text
}
