//! What changed between two snapshots, when and by whom: where an audit log was read.

use crate::protocol::{DriftKind, DriftLine};
use crate::report::model::{Cell, Chapter, Grid, Place, Row, Table};
use crate::report::text;

const KINDS: [(DriftKind, &str); 5] = [
    (DriftKind::Changed, "changed"),
    (DriftKind::Added, "added"),
    (DriftKind::Removed, "removed"),
    (DriftKind::Renamed, "renamed"),
    (DriftKind::Unknown, "unknown"),
];

/// The chapter; none when no policy changed. `redact`: without names of people.
pub(super) fn chapter(lines: &[DriftLine], redact: bool) -> Option<Chapter> {
    let people = if redact { people(lines) } else { Vec::new() };
    let grid = Grid::of(
        "drift",
        "",
        &[
            ("what", "What", Place::Own, 12),
            ("policy", "Policy", Place::Own, 50),
            ("before", "Before that", Place::Below, 50),
            ("type", "Type", Place::Below, 30),
            ("when", "When (UTC)", Place::Own, 22),
            ("who", "Who", Place::Own, 40),
            ("unknown", "Why it is unknown", Place::Below, 40),
            ("events", "Events of the audit log", Place::Number, 12),
        ],
    );
    let known = lines.iter().filter(|line| !line.who.is_empty()).count() as u32;
    let words = format!(
        "{} policies are not as they were in the earlier snapshot; of {} the audit log says who changed them in between.",
        text::number(lines.len() as u32),
        text::number(known),
    );
    (!lines.is_empty()).then(|| Chapter {
        key: "drift".to_owned(),
        title: "What changed, when and by whom".to_owned(),
        text: vec![words],
        tables: vec![Table {
            grid,
            rows: lines.iter().map(|line| row(line, &people)).collect(),
        }],
        ..Chapter::default()
    })
}

fn row(line: &DriftLine, people: &[(String, String)]) -> Row {
    let said = |name: &String| {
        let instead = people.iter().find(|(known, _)| known == name);
        instead
            .map_or(name.as_str(), |(_, instead)| instead)
            .to_owned()
    };
    let who: Vec<String> = line.who.iter().map(said).collect();
    let word = KINDS.iter().find(|(kind, _)| *kind == line.kind);
    let (name, before) = match (line.after.as_str(), line.before.as_str()) {
        ("", before) => (before, ""),
        (after, before) if after == before => (after, ""),
        (after, before) => (after, before),
    };
    Row::of(vec![
        Cell::text(word.map_or("", |(_, word)| word)),
        Cell::text(name),
        Cell::text(before),
        Cell::text(line.type_name.as_str()),
        Cell::text(line.when.as_str()),
        Cell::text(match who.as_slice() {
            [] => "unknown".to_owned(),
            who => who.join(", "),
        }),
        Cell::text(line.unknown.as_str()),
        Cell::Number(line.events),
    ])
}

/// Who changed something, and what a report without names says instead.
pub(super) fn people(lines: &[DriftLine]) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    for name in lines.iter().flat_map(|line| &line.who) {
        if !out.iter().any(|(known, _)| known == name) {
            out.push((name.clone(), format!("«author {}»", out.len() + 1)));
        }
    }
    out
}
