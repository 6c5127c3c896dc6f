//! Markdown: for a wiki, a ticket or a repository. Tables as GitHub has them.

use std::fmt::Write as _;

use super::layout::{Folded, fold};
use super::model::{Cell, Chapter, Front, Grid, Row, Section, Table};
use super::{Writer, state_words, text};
use crate::protocol::State;

#[derive(Debug, Default)]
pub(super) struct Markdown {
    out: String,
    grids: Vec<Grid>,
}

impl Writer for Markdown {
    fn front(&mut self, front: &Front) {
        self.grids.clone_from(&front.grids);
        let out = &mut self.out;
        let _ = writeln!(out, "# {}", text::markdown(&front.title));
        for (before, what) in [
            ("", &front.brand.organisation),
            ("Written ", &front.generated_at),
        ] {
            if !what.is_empty() {
                let _ = writeln!(out, "\n{before}{}", text::markdown(what));
            }
        }
    }

    fn chapter(&mut self, chapter: &Chapter) {
        let out = &mut self.out;
        let _ = writeln!(out, "\n## {}", text::markdown(&chapter.title));
        for paragraph in &chapter.text {
            let _ = writeln!(out, "\n{}", text::markdown(paragraph));
        }
        if !chapter.points.is_empty() {
            out.push('\n');
        }
        for point in &chapter.points {
            let _ = writeln!(out, "- {}", text::markdown(point));
        }
        for Table { grid, rows } in &chapter.tables {
            if !grid.title.is_empty() {
                let _ = writeln!(out, "\n### {}", text::markdown(&grid.title));
            }
            table(out, grid, rows);
        }
    }

    fn section(&mut self, section: &Section) {
        let out = &mut self.out;
        let _ = writeln!(out, "\n## {}", text::markdown(&section.title));
        let state = section.state.map(mark).unwrap_or_default();
        let note = text::markdown(&section.note);
        let dot = if state.is_empty() || note.is_empty() {
            ""
        } else {
            " · "
        };
        if !state.is_empty() || !note.is_empty() {
            let _ = writeln!(out, "\n{state}{dot}{note}");
        }
        for (grid, rows) in self.grids.iter().zip(&section.parts) {
            if rows.is_empty() {
                continue;
            }
            if grid.facts {
                facts(out, grid, rows);
            } else {
                table(out, grid, rows);
            }
        }
    }

    fn window(&mut self) -> Vec<u8> {
        super::cut(&mut self.out)
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        self.out.into_bytes()
    }
}

fn mark(state: State) -> String {
    let (word, sign) = state_words(state);
    format!("{} {word}", text::markdown(&sign.to_string()))
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::None => "–".to_owned(),
        Cell::Text(words) => text::markdown(words),
        Cell::Number(n) => text::number(*n),
        Cell::State(state) => mark(*state),
    }
}

fn facts(out: &mut String, grid: &Grid, rows: &[Row]) {
    out.push('\n');
    for row in rows {
        for (column, value) in grid.columns.iter().zip(&row.cells) {
            if *value != Cell::None {
                let _ = writeln!(out, "- {}: {}", text::markdown(&column.title), cell(value));
            }
        }
    }
}

fn table(out: &mut String, grid: &Grid, rows: &[Row]) {
    if rows.is_empty() {
        return;
    }
    out.push('\n');
    let folded: Vec<Folded> = fold(grid);
    for part in &folded {
        let _ = write!(out, "| {} ", text::markdown(&grid.columns[part.own].title));
    }
    out.push_str("|\n");
    for part in &folded {
        out.push_str(if part.number { "|--:" } else { "|---" });
    }
    out.push_str("|\n");
    for row in rows {
        for part in &folded {
            out.push_str("| ");
            let words = |at: usize| row.cells.get(at).filter(|cell| **cell != Cell::None);
            if let Some(before) = part.before.and_then(words) {
                let _ = write!(out, "{} › ", cell(before));
            }
            out.push_str(&words(part.own).map_or("–".to_owned(), cell));
            for (below, _) in &part.below {
                if let Some(below) = words(*below) {
                    let _ = write!(out, " ({})", cell(below));
                }
            }
            out.push(' ');
        }
        out.push_str("|\n");
    }
}
