//! JSON: everything, exact, for scripts.

use serde::Serialize;

use super::{Group, Input, Line, Report, state_words};
use crate::protocol::StateCounts;
use crate::snapshot::{FileCounts, Finding};

/// Version of the format: raised when a reader of the old one would misread the new one.
const VERSION: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    format: &'static str,
    version: u32,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    generated_at: &'a str,
    baseline: Side<'a>,
    tenant: Side<'a>,
    settings: StateCounts,
    policies: StateCounts,
    unknown: &'a [String],
    rules: Vec<Rule<'a>>,
    groups: Vec<Pair<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Side<'a> {
    label: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    tenant_id: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    taken_at: &'a str,
    policies: u32,
    settings: u32,
    files: FileCounts,
    findings: &'a [Finding],
    gaps: Vec<Gap<'a>>,
}

#[derive(Serialize)]
struct Gap<'a> {
    what: &'a str,
    reason: &'a str,
    detail: &'a str,
}

#[derive(Serialize)]
struct Rule<'a> {
    id: &'a str,
    words: &'a str,
    on: bool,
    hits: Option<u32>,
}

#[derive(Serialize)]
struct Pair<'a> {
    policy: &'a str,
    pairing: &'a str,
    state: &'static str,
    counts: StateCounts,
    settings: Vec<Setting<'a>>,
}

#[derive(Serialize)]
struct Setting<'a> {
    state: &'static str,
    name: &'a str,
    path: &'a str,
    category: &'a str,
    id: &'a str,
    baseline: Option<&'a str>,
    tenant: Option<&'a str>,
    because: &'a str,
}

/// Indented, keys in a fixed order.
pub(super) fn write(report: &Report) -> String {
    let document = Document {
        format: "plumbline-comparison",
        version: VERSION,
        title: &report.title,
        generated_at: &report.generated_at,
        baseline: side(&report.left),
        tenant: side(&report.right),
        settings: report.settings,
        policies: report.policies,
        unknown: &report.unknown,
        rules: report
            .rules
            .iter()
            .map(|r| Rule {
                id: &r.id,
                words: &r.words,
                on: r.on,
                hits: r.counted.then_some(r.hits),
            })
            .collect(),
        groups: report.groups.iter().map(pair).collect(),
    };
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn side(input: &Input) -> Side<'_> {
    Side {
        label: &input.label,
        tenant_id: &input.tenant_id,
        taken_at: &input.taken_at,
        policies: input.policies,
        settings: input.settings,
        files: input.files,
        findings: &input.findings,
        gaps: input
            .gaps
            .iter()
            .map(|(what, reason, detail)| Gap {
                what,
                reason,
                detail,
            })
            .collect(),
    }
}

fn pair(group: &Group) -> Pair<'_> {
    Pair {
        policy: &group.title,
        pairing: &group.note,
        state: state_words(group.state).0,
        counts: group.counts,
        settings: group.lines.iter().map(setting).collect(),
    }
}

fn setting(line: &Line) -> Setting<'_> {
    Setting {
        state: state_words(line.state).0,
        name: &line.name,
        path: &line.path,
        category: &line.category,
        id: &line.id,
        baseline: line.left.as_deref(),
        tenant: line.right.as_deref(),
        because: &line.because,
    }
}
