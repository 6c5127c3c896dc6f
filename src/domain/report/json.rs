//! JSON: everything, exact, for scripts. A line for each row, so that a version control shows what changed.

use super::model::{Cell, Chapter, Front, Grid, Row, Section, Table};
use super::{Writer, state_words};
use crate::json::quoted;

/// Version of the format: raised when a reader of the old one would misread the new one.
const VERSION: u32 = 2;

#[derive(Debug, Default)]
pub(super) struct Json {
    out: String,
    front: Front,
    /// What stands open: nothing, chapters, sections.
    open: Open,
    /// There is something in it.
    begun: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Open {
    #[default]
    Chapters,
    Sections,
    After,
}

impl Writer for Json {
    fn front(&mut self, front: &Front) {
        self.front = Front {
            grids: front.grids.clone(),
            ..Front::default()
        };
        self.out = "{\n\"format\": \"plumbline-report\",\n".to_owned();
        self.member("version", VERSION.to_string());
        self.member("kind", quoted(&front.kind));
        self.member("title", quoted(&front.title));
        if !front.brand.organisation.is_empty() {
            self.member("organisation", quoted(&front.brand.organisation));
        }
        if !front.generated_at.is_empty() {
            self.member("generatedAt", quoted(&front.generated_at));
        }
        self.out.push_str("\"chapters\": [");
    }

    fn chapter(&mut self, chapter: &Chapter) {
        if self.open == Open::Sections {
            self.out.push_str("\n],\n\"after\": [");
            self.begun = false;
            self.open = Open::After;
        }
        self.begin();
        let out = &mut self.out;
        out.push_str(&format!(
            "\"key\": {}, \"title\": {}",
            quoted(&chapter.key),
            quoted(&chapter.title)
        ));
        for (name, list) in [("text", &chapter.text), ("points", &chapter.points)] {
            if !list.is_empty() {
                let list: Vec<String> = list.iter().map(|text| quoted(text)).collect();
                out.push_str(&format!(",\n\"{name}\": [{}]", list.join(",")));
            }
        }
        for Table { grid, rows } in &chapter.tables {
            table(out, grid, rows);
        }
        out.push('}');
    }

    fn section(&mut self, section: &Section) {
        if self.open == Open::Chapters {
            self.out.push_str("\n],\n\"sections\": [");
            self.begun = false;
            self.open = Open::Sections;
        }
        self.begin();
        let out = &mut self.out;
        out.push_str(&format!("\"title\": {}", quoted(&section.title)));
        if let Some(state) = section.state {
            out.push_str(&format!(", \"state\": {}", quoted(state_words(state).0)));
        }
        if !section.note.is_empty() {
            out.push_str(&format!(", \"note\": {}", quoted(&section.note)));
        }
        for (grid, rows) in self.front.grids.iter().zip(&section.parts) {
            table(out, grid, rows);
        }
        out.push('}');
    }

    fn window(&mut self) -> Vec<u8> {
        super::cut(&mut self.out)
    }

    fn finish(mut self: Box<Self>) -> Vec<u8> {
        self.out.push_str("\n]\n}\n");
        self.out.into_bytes()
    }
}

impl Json {
    fn member(&mut self, name: &str, value: String) {
        self.out.push_str(&format!("\"{name}\": {value},\n"));
    }

    fn begin(&mut self) {
        let begun = std::mem::replace(&mut self.begun, true);
        self.out.push_str(if begun { ",\n{" } else { "\n{" });
    }
}

fn table(out: &mut String, grid: &Grid, rows: &[Row]) {
    out.push_str(&format!(",\n{}: [", quoted(&grid.key)));
    for (at, row) in rows.iter().enumerate() {
        out.push_str(if at == 0 { "\n  {" } else { ",\n  {" });
        let mut first = true;
        for (column, cell) in grid.columns.iter().zip(&row.cells) {
            let value = match cell {
                Cell::None => continue,
                Cell::Text(text) => quoted(text),
                Cell::Number(n) => n.to_string(),
                Cell::State(state) => quoted(state_words(*state).0),
            };
            let comma = if first { "" } else { ", " };
            out.push_str(&format!("{comma}{}: {value}", quoted(&column.key)));
            first = false;
        }
        out.push('}');
    }
    out.push(']');
}
