//! A comparison as the model that reports are written from.

use super::view::{rules, text_diff};
use super::words::Sides;
use super::{Line, Pair};
use crate::protocol::{CompareOptions, ReportOptions, State, StateCounts};
use crate::report::{self, Group, Input, Report};
use crate::setting::Setting;
use crate::snapshot::Snapshot;

/// Everything that a report of this comparison says.
pub fn report(sides: Sides, compared: &CompareOptions, options: &ReportOptions) -> Report {
    let dated = !options.generated_at.is_empty();
    Report {
        title: report::title(options, &sides.left.label, &sides.right.label),
        generated_at: options.generated_at.clone(),
        left: input(sides.left, dated),
        right: input(sides.right, dated),
        settings: sides.found.settings,
        policies: sides.found.policies,
        unknown: sides.unknown(),
        rules: rules(sides, compared),
        include_same: options.include_same,
        groups: sides
            .found
            .pairs
            .iter()
            .map(|p| group(sides, p, options))
            .collect(),
    }
}

fn input(side: &Snapshot, dated: bool) -> Input {
    let settings = side.policies.iter().filter_map(|p| p.settings.get());
    Input {
        label: side.label.clone(),
        tenant_id: side.tenant.id.clone(),
        taken_at: if dated {
            side.taken_at.clone()
        } else {
            String::new()
        },
        policies: side.policies.len() as u32,
        settings: settings.map(Vec::len).sum::<usize>() as u32,
        files: side.files,
        findings: side.findings.clone(),
        gaps: side
            .coverage
            .iter()
            .filter_map(|read| Some((read, read.gap.as_ref()?)))
            .map(|(read, gap)| {
                let name = crate::catalog::row(&read.row).map_or(read.row.as_str(), |r| r.name);
                (
                    name.to_owned(),
                    gap.reason.words().to_owned(),
                    gap.detail.clone(),
                )
            })
            .collect(),
    }
}

fn group(sides: Sides, pair: &Pair, options: &ReportOptions) -> Group {
    let own = &sides.found.lines[pair.lines.0 as usize..pair.lines.1 as usize];
    let mut counts = StateCounts::default();
    own.iter().for_each(|line| counts.add(line.state));
    let lines = own
        .iter()
        .filter(|line| options.include_same || line.state != State::Same)
        .filter_map(|line| one(sides, line))
        .collect();
    Group {
        title: sides.title(pair).to_owned(),
        note: sides.note(pair),
        state: pair.state,
        counts,
        lines,
    }
}

fn one(sides: Sides, line: &Line) -> Option<report::Line> {
    let (policy, setting) = sides.either(line)?;
    let (left, right) = sides.settings(line);
    let diff = match line.state {
        State::Same => Vec::new(),
        _ => text_diff(left, right),
    };
    let words = |s: Option<&Setting>| {
        s.map(|s| {
            if diff.is_empty() {
                sides.value(s)
            } else {
                sides.short(s)
            }
        })
    };
    Some(report::Line {
        state: line.state,
        name: sides.name(setting),
        path: sides.path(policy, setting),
        id: setting.id.to_string(),
        category: sides.category(policy, setting),
        left: words(left),
        right: words(right),
        because: sides.because(line),
        diff,
    })
}
