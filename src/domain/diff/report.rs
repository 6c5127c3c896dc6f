//! A comparison as the sections that reports are written from.

use super::view::text_diff;
use super::words::Sides;
use super::{Line, Pair};
use crate::protocol::{ReportOptions, State};
use crate::report::build::Accepted;
use crate::report::model::{Cell, Row, Section};
use crate::setting::Setting;

/// Number, title and state of a pair, when a report with these options shows it.
pub fn heading(
    sides: Sides,
    at: u32,
    options: &ReportOptions,
) -> Option<(u32, String, Option<State>)> {
    let pair = sides.found.pairs.get(at as usize)?;
    let shown = own(sides, pair)
        .iter()
        .any(|line| options.include_same || line.state != State::Same);
    shown.then(|| (at, sides.title(pair).to_owned(), Some(pair.state)))
}

/// A pair with its lines, when there are any that a report with these options shows.
pub fn section(
    sides: Sides,
    at: u32,
    options: &ReportOptions,
    accepted: Option<&Accepted>,
) -> Option<Section> {
    let pair = sides.found.pairs.get(at as usize)?;
    let rows: Vec<Row> = (pair.lines.0..)
        .zip(own(sides, pair))
        .filter(|(_, line)| options.include_same || line.state != State::Same)
        .filter_map(|(number, line)| {
            let mut row = row(sides, line)?;
            if let Some(accepted) = accepted {
                let words = accepted.get(&number).cloned().unwrap_or_default();
                row.cells.insert(1, Cell::text(words));
            }
            Some(row)
        })
        .collect();
    (!rows.is_empty()).then(|| Section {
        number: at,
        title: sides.title(pair).to_owned(),
        state: Some(pair.state),
        note: sides.note(pair),
        parts: vec![rows],
    })
}

/// Says category and state of each line that counts.
pub fn categories(sides: Sides, mut each: impl FnMut(&str, State)) {
    for line in sides.found.lines.iter().filter(|line| !line.echo) {
        if let Some((policy, setting)) = sides.either(line) {
            each(&sides.category(policy, setting), line.state);
        }
    }
}

fn own<'s>(sides: Sides<'s>, pair: &Pair) -> &'s [Line] {
    let (from, to) = pair.lines;
    let lines = &sides.found.lines;
    lines.get(from as usize..to as usize).unwrap_or_default()
}

/// Cells in the order of the columns that `report::build` names.
fn row(sides: Sides, line: &Line) -> Option<Row> {
    let (policy, setting) = sides.either(line)?;
    let (left, right) = sides.settings(line);
    let diff = match line.state {
        State::Same => Vec::new(),
        _ => text_diff(left, right),
    };
    let words = |s: Option<&Setting>| {
        Cell::value(s.map(|s| {
            if diff.is_empty() {
                sides.value(s)
            } else {
                sides.short(s)
            }
        }))
    };
    let cells = vec![
        Cell::State(line.state),
        Cell::text(sides.path(policy, setting)),
        Cell::text(sides.name(setting)),
        Cell::text(sides.because(line)),
        Cell::text(sides.category(policy, setting)),
        Cell::text(setting.id.as_ref()),
        words(left),
        words(right),
    ];
    Some(Row { cells, diff })
}
