//! CSV: a row for each line of the body, safe to open in a spreadsheet.

use super::Writer;
use super::model::{Cell, Chapter, Front, Row, Section};
use super::{state_words, text};

/// UTF-8 with a byte order mark and CRLF, as Excel wants it. One table: the last grid of the body, each row with
/// what its section says. A section without rows has one row, so that nothing is hidden.
/// The last column names the columns that got a leading `'`, so that a reader can take it off again.
#[derive(Debug, Default)]
pub(super) struct Csv {
    out: String,
    heads: Vec<String>,
    /// Which grids are facts that each row repeats, and how many columns each grid has.
    grids: Vec<(bool, usize)>,
}

impl Writer for Csv {
    fn front(&mut self, front: &Front) {
        self.heads = [&front.subject, "State of it", "Note"]
            .map(str::to_owned)
            .to_vec();
        let last = front.grids.len().saturating_sub(1);
        for (at, grid) in front.grids.iter().enumerate() {
            self.grids.push((grid.facts, grid.columns.len()));
            if grid.facts || at == last {
                self.heads
                    .extend(grid.columns.iter().map(|c| c.title.clone()));
            }
        }
        self.out.push('\u{feff}');
        for head in &self.heads {
            self.out.push_str(&text::csv(head).0);
            self.out.push(',');
        }
        self.out.push_str("\"Guarded\"\r\n");
    }

    fn chapter(&mut self, _: &Chapter) {}

    fn section(&mut self, section: &Section) {
        let state = section.state.map_or("", |state| state_words(state).0);
        let mut before = vec![
            section.title.clone(),
            state.to_owned(),
            section.note.clone(),
        ];
        for ((facts, columns), rows) in self.grids.iter().zip(&section.parts) {
            if *facts {
                match rows.first() {
                    Some(row) => before.extend(row.cells.iter().map(Cell::words)),
                    None => before.extend(std::iter::repeat_n(String::new(), *columns)),
                }
            }
        }
        let (_, columns) = self.grids.last().copied().unwrap_or_default();
        let rows = section.parts.last().map_or(&[][..], Vec::as_slice);
        if rows.is_empty() {
            self.line(&before, &Row::of(vec![Cell::None; columns]));
        }
        for row in rows {
            self.line(&before, row);
        }
    }

    fn window(&mut self) -> Vec<u8> {
        super::cut(&mut self.out)
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        self.out.into_bytes()
    }
}

impl Csv {
    fn line(&mut self, before: &[String], row: &Row) {
        let mut guarded: Vec<&str> = Vec::new();
        let cells = row.cells.iter().map(Cell::words);
        for (field, head) in before.iter().cloned().chain(cells).zip(&self.heads) {
            let (field, acts) = text::csv(&field);
            self.out.push_str(&field);
            self.out.push(',');
            if acts {
                guarded.push(head);
            }
        }
        self.out.push_str(&text::csv(&guarded.join("; ")).0);
        self.out.push_str("\r\n");
    }
}
