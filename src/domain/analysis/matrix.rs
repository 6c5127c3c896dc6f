//! Settings down, sides across.

use super::conflicts::at;
use super::index::{Index, Place};
use super::window::Window;
use crate::arrange::Arrange;
use crate::diff::{At, Namer};
use crate::hash::QuickMap;
use crate::protocol::{MatrixCell, MatrixQuery, MatrixRow, MatrixWindow, State, StateCounts};
use crate::snapshot::Snapshot;

/// One column.
#[derive(Clone, Copy)]
pub struct Column<'s> {
    /// The side.
    pub side: &'s Snapshot,
    /// Its settings by what they set.
    pub index: &'s Index,
}

/// A row: what is set, and what it is called.
#[derive(Debug)]
pub struct Row {
    key: String,
    name: String,
    category: String,
    /// The side that names it, and where.
    by: (usize, At),
    states: Vec<State>,
}

/// All rows, by category and name. Each column is compared with the first.
pub fn rows(columns: &[Column<'_>]) -> Vec<Row> {
    let mut first: QuickMap<&str, (usize, At)> = QuickMap::default();
    for (number, column) in columns.iter().enumerate() {
        for (key, places) in &column.index.places {
            if let Some(place) = places.first() {
                first.entry(key).or_insert((number, place.at));
            }
        }
    }
    let mut rows: Vec<Row> = Vec::with_capacity(first.len());
    for (key, by) in first {
        let side = columns[by.0].side;
        let Some((policy, setting)) = at(side, by.1) else {
            continue;
        };
        let namer = Namer { side };
        rows.push(Row {
            name: namer.name(setting),
            category: namer.category(policy, setting),
            states: states(columns, key),
            key: key.to_owned(),
            by,
        });
    }
    rows.arrange_by_cached_key(|r| {
        (
            r.category.to_lowercase(),
            r.name.to_lowercase(),
            r.key.clone(),
        )
    });
    rows
}

fn places<'c>(column: &Column<'c>, key: &str) -> &'c [Place] {
    column.index.places.get(key).map_or(&[][..], Vec::as_slice)
}

/// The distinct values that a side sets.
fn values(places: &[Place]) -> Option<Vec<&str>> {
    let mut list = places
        .iter()
        .map(|place| place.value.as_deref())
        .collect::<Option<Vec<&str>>>()?;
    list.arrange();
    list.dedup();
    Some(list)
}

fn states(columns: &[Column<'_>], key: &str) -> Vec<State> {
    let Some(first) = columns.first() else {
        return Vec::new();
    };
    // What a side lacks, it lacks only where all its lists were read to the end.
    let unread = |column: &Column<'_>| column.side.coverage.iter().any(|read| read.gap.is_some());
    let ours = places(first, key);
    columns
        .iter()
        .map(|column| {
            let theirs = places(column, key);
            match (ours.is_empty(), theirs.is_empty()) {
                (true, true) => State::Same,
                (true, false) if unread(first) => State::Unknown,
                (false, true) if unread(column) => State::Unknown,
                (true, false) => State::Extra,
                (false, true) => State::Missing,
                (false, false) => match (values(ours), values(theirs)) {
                    (Some(a), Some(b)) if a == b => State::Same,
                    (Some(_), Some(_)) => State::Different,
                    _ => State::Unknown,
                },
            }
        })
        .collect()
}

/// A window of the rows.
pub fn window(columns: &[Column<'_>], rows: &[Row], query: &MatrixQuery) -> MatrixWindow {
    let mut heads: Vec<(String, StateCounts)> = columns
        .iter()
        .map(|column| (column.side.label.clone(), StateCounts::NONE))
        .collect();
    for row in rows {
        for (head, state) in heads.iter_mut().zip(&row.states) {
            head.1.add(*state);
        }
    }
    let window = Window {
        text: &query.text,
        from: query.from,
        count: query.count,
    };
    let cut = window.cut(rows, |row, has_words| {
        let text = format!("{}\n{}\n{}", row.name, row.category, row.key).to_lowercase();
        (!query.differing || row.states.iter().any(|state| *state != State::Same))
            && has_words(&text)
    });
    MatrixWindow {
        columns: heads,
        matching: cut.matching,
        from: cut.from,
        rows: cut.rows.iter().map(|row| view(columns, row)).collect(),
    }
}

fn view(columns: &[Column<'_>], row: &Row) -> MatrixRow {
    let cell = |(column, state): (&Column<'_>, &State)| {
        let places = places(column, &row.key);
        let mut words: Vec<String> = places
            .iter()
            .filter_map(|place| {
                Some(Namer { side: column.side }.short(at(column.side, place.at)?.1))
            })
            .collect();
        words.arrange();
        words.dedup();
        words.truncate(8);
        MatrixCell {
            state: *state,
            value: words.join(" | "),
            policies: places.len() as u32,
        }
    };
    let id = columns
        .get(row.by.0)
        .and_then(|column| at(column.side, row.by.1));
    MatrixRow {
        name: row.name.clone(),
        id: id.map_or(String::new(), |(_, setting)| setting.id.to_string()),
        category: row.category.clone(),
        cells: columns.iter().zip(&row.states).map(cell).collect(),
    }
}
