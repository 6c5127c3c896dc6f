//! What a report is made of: few kinds of parts, so that each format is one small writer.
//!
//! A report is a front, chapters, the sections of its body one after another, and chapters again.
//! Nobody holds all sections at once: 100,000 settings pass through a writer a policy at a time.

use serde::{Deserialize, Serialize};

use crate::protocol::{Brand, State, StateCounts};

/// What a writer must know before the first chapter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Front {
    /// `comparison` or `documentation`.
    pub kind: String,
    /// Heading.
    pub title: String,
    /// ISO 8601 in UTC; empty for a report without dates.
    pub generated_at: String,
    /// Whose report it is.
    pub brand: Brand,
    /// Title of the body.
    pub body: String,
    /// What one section is called as a column: `Policy`.
    pub subject: String,
    /// The tables that each section of the body has, in order. The last one is the one that matters most.
    pub grids: Vec<Grid>,
    /// Sections of the body: anchor number, title and state.
    pub contents: Vec<(u32, String, Option<State>)>,
}

/// The columns of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Grid {
    /// Stable name, for JSON.
    pub key: String,
    /// Heading, and the name of its sheet.
    pub title: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// True: one row, read downwards, as a list of facts.
    pub facts: bool,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Stable name, for JSON.
    pub key: String,
    /// Heading.
    pub title: String,
    /// Where it stands.
    pub place: Place,
    /// Width in a sheet, in characters.
    pub width: u16,
}

/// Where a column stands in a page, which is narrow. Sheets have each as a column of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// A column of its own.
    Own,
    /// A column of its own, aligned as numbers are.
    Number,
    /// In front of the next own column, quietly.
    Before,
    /// Below the last own column, quietly.
    Below,
    /// Below the last own column, as code.
    Code,
    /// In sheets and in JSON only.
    Sheet,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cell {
    /// There is no value, which is not the empty text.
    None,
    /// Words of ours, or foreign text.
    Text(String),
    /// A number.
    Number(u32),
    /// A state, with its sign and word.
    State(State),
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// As many as the grid has columns.
    pub cells: Vec<Cell>,
    /// Long text as a line diff: sign (` `, `-`, `+`) and line; empty for short values. It stands in place of
    /// the last two own columns where there is room.
    pub diff: Vec<(char, String)>,
}

/// Columns with rows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Table {
    /// Columns.
    pub grid: Grid,
    /// Rows.
    pub rows: Vec<Row>,
}

/// A part of the report before or after its body.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Chapter {
    /// Stable name, to leave it out by.
    pub key: String,
    /// Heading.
    pub title: String,
    /// Paragraphs.
    pub text: Vec<String>,
    /// Points.
    pub points: Vec<String>,
    /// Drawn where pictures can be; the tables say the same.
    pub picture: Option<Picture>,
    /// Tables.
    pub tables: Vec<Table>,
}

/// One policy, or one pair of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Section {
    /// Its number, as the contents name it.
    pub number: u32,
    /// Heading.
    pub title: String,
    /// State of the pair.
    pub state: Option<State>,
    /// What there is to say beside the name; may be empty.
    pub note: String,
    /// Rows for each grid of the front, in their order.
    pub parts: Vec<Vec<Row>>,
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Picture {
    /// One bar a row, as long as its share, in the colours of the states.
    Bars {
        /// What it shows, for those who do not see it.
        title: String,
        /// Name and numbers of each bar.
        rows: Vec<(String, StateCounts)>,
        /// The words for the states, where they are not the comparison's own.
        words: Vec<(State, String)>,
    },
}

/// What stands behind the numbers of a report: what went in and what came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hashed {
    /// What it is.
    pub what: String,
    /// SHA-256 in lower-case hexadecimal digits.
    pub sha256: String,
}

/// The parts of a report in the order in which they are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// First, once.
    Front(Box<Front>),
    /// Before and after the body.
    Chapter(Chapter),
    /// The body.
    Section(Section),
}

impl Cell {
    /// A text; `None` for the empty one.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::None
        } else {
            Self::Text(text)
        }
    }

    /// A text that may be empty, or no value.
    pub fn value(value: Option<String>) -> Self {
        value.map_or(Self::None, Self::Text)
    }

    /// As it stands in a sheet.
    pub fn words(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(n) => n.to_string(),
            Self::State(state) => super::state_words(*state).0.to_owned(),
        }
    }
}

impl Row {
    /// A row of cells.
    pub const fn of(cells: Vec<Cell>) -> Self {
        Self {
            cells,
            diff: Vec::new(),
        }
    }
}

impl Grid {
    /// A table's columns: key, heading, place, width in a sheet.
    pub fn of(key: &str, title: &str, columns: &[(&str, &str, Place, u16)]) -> Self {
        Self {
            key: key.to_owned(),
            title: title.to_owned(),
            columns: columns
                .iter()
                .map(|(key, title, place, width)| Column {
                    key: (*key).to_owned(),
                    title: (*title).to_owned(),
                    place: *place,
                    width: *width,
                })
                .collect(),
            facts: false,
        }
    }
}
