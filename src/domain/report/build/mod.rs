//! What is written about: a comparison, or everything that is open.

mod changed;
mod comparison;
mod documentation;
mod judged;

pub use comparison::Compared;
pub use documentation::Documented;
pub use judged::{Accepted, Judged, accepted_words};

use super::model::{Cell, Chapter, Front, Grid, Hashed, Place, Row, Section, Table};
use super::text;
use crate::protocol::{ReportOptions, State};
use crate::snapshot::Snapshot;

/// A report that can be asked for piece by piece.
pub trait Source {
    /// What a writer must know first.
    fn front(&self, options: &ReportOptions) -> Front;
    /// The chapters before the body.
    fn before(&self, options: &ReportOptions) -> Vec<Chapter>;
    /// Sections of the body.
    fn sections(&self) -> u32;
    /// A section of the body; `None`: there is nothing in it that this report shows.
    fn section(&self, at: u32, options: &ReportOptions) -> Option<Section>;
    /// The chapters after the body.
    fn after(&self, options: &ReportOptions) -> Vec<Chapter>;
    /// Names of people that the sides do not know, and what a report without names says instead.
    fn people(&self) -> Vec<(String, String)> {
        Vec::new()
    }
    /// What went in; the tenant last.
    fn sides(&self) -> Vec<&Snapshot>;
}

/// What every report begins with; a title of the reader's own goes before `title`.
fn front(
    kind: &str,
    title: String,
    contents: Vec<(u32, String, Option<State>)>,
    grids: Vec<Grid>,
    options: &ReportOptions,
) -> Front {
    Front {
        kind: kind.to_owned(),
        title: match options.title.trim() {
            "" => title,
            own => own.to_owned(),
        },
        generated_at: options.generated_at.clone(),
        brand: options.brand.clone(),
        body: "Policies".to_owned(),
        subject: "Policy".to_owned(),
        contents,
        grids,
    }
}

/// What is unknown, in points; no chapter when nothing is.
fn unknown(points: Vec<String>) -> Option<Chapter> {
    (!points.is_empty()).then(|| Chapter {
        key: "unknown".to_owned(),
        title: "What is unknown".to_owned(),
        points,
        ..Chapter::default()
    })
}

/// One side as a paragraph and a table of files that could not be read.
fn input(role: &str, side: &Snapshot, options: &ReportOptions) -> (String, Vec<Row>) {
    let settings = side.proper().filter_map(|p| p.settings.get());
    let mut words = format!(
        "{role}: {}, {} policies, {} settings",
        side.label,
        text::number(side.proper().count() as u32),
        text::number(settings.map(Vec::len).sum::<usize>() as u32),
    );
    if !side.tenant.id.is_empty() {
        words.push_str(&format!(", tenant {}", side.tenant.id));
    }
    if !side.taken_at.is_empty() && !options.generated_at.is_empty() {
        words.push_str(&format!(", read {}", side.taken_at));
    }
    let files = side.files;
    if files.given > 0 {
        words.push_str(&format!(
            "; files: {} given, {} read, {} not a policy, {} unreadable",
            text::number(files.given),
            text::number(files.read),
            text::number(files.not_policy),
            text::number(files.unreadable)
        ));
    }
    words.push('.');
    let rows = side.findings.iter().map(|finding| {
        Row::of(vec![
            Cell::text(side.label.as_str()),
            Cell::text(finding.file.as_str()),
            Cell::text(finding.place.as_str()),
            Cell::text(finding.problem.as_str()),
            Cell::text(finding.remedy.as_str()),
        ])
    });
    (words, rows.collect())
}

/// What went in.
fn inputs(sides: &[(&str, &Snapshot)], title: &str, options: &ReportOptions) -> Chapter {
    let mut chapter = Chapter {
        key: "inputs".to_owned(),
        title: title.to_owned(),
        ..Chapter::default()
    };
    let mut rows = Vec::new();
    for (role, side) in sides {
        let (words, findings) = input(role, side, options);
        chapter.text.push(words);
        rows.extend(findings);
    }
    if !rows.is_empty() {
        let grid = Grid::of(
            "findings",
            "Files that could not be read",
            &[
                ("side", "Side", Place::Own, 20),
                ("file", "File", Place::Own, 50),
                ("place", "Place", Place::Below, 24),
                ("problem", "Problem", Place::Own, 60),
                ("remedy", "What to do", Place::Own, 60),
            ],
        );
        chapter.tables.push(Table { grid, rows });
    }
    chapter
}

/// Hashes of what went in and of what is said.
pub(super) fn manifest(hashes: Vec<Hashed>) -> Chapter {
    let rows = hashes
        .into_iter()
        .map(|one| Row::of(vec![Cell::Text(one.what), Cell::Text(one.sha256)]));
    Chapter {
        key: "manifest".to_owned(),
        title: "Manifest".to_owned(),
        text: vec![
            "SHA-256. Of a side: each policy’s path or id and its document, each followed by a line feed, in the order in which they were read. Of the report: each heading, paragraph, point and cell above, UTF-8, each followed by a line feed; it is the same in every format."
                .to_owned(),
        ],
        tables: vec![Table {
            grid: Grid::of(
                "hashes",
                "",
                &[
                    ("what", "What", Place::Own, 40),
                    ("sha256", "SHA-256", Place::Own, 70),
                ],
            ),
            rows: rows.collect(),
        }],
        ..Chapter::default()
    }
}

fn plural(count: u32, one: &str, many: &str) -> String {
    format!(
        "{} {}",
        text::number(count),
        if count == 1 { one } else { many }
    )
}
