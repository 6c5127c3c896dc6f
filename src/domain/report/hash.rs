//! SHA-256 over what went into a report and over what it says.

use sha2::{Digest, Sha256};

use super::model::{Cell, Chapter, Front, Row, Section};
use super::state_words;
use crate::snapshot::Snapshot;

/// Hash of what a report says, whatever its format: each heading, paragraph, point and cell in the order in
/// which they stand, UTF-8, each followed by a line feed.
#[derive(Debug, Clone, Default)]
pub struct Words(Sha256);

impl Words {
    /// A text.
    pub fn text(&mut self, text: &str) {
        self.0.update(text.as_bytes());
        self.0.update(b"\n");
    }

    /// The front.
    pub fn front(&mut self, front: &Front) {
        for text in [&front.title, &front.generated_at, &front.brand.organisation] {
            self.text(text);
        }
    }

    /// A chapter.
    pub fn chapter(&mut self, chapter: &Chapter) {
        self.text(&chapter.title);
        for text in chapter.text.iter().chain(&chapter.points) {
            self.text(text);
        }
        for table in &chapter.tables {
            table.rows.iter().for_each(|row| self.row(row));
        }
    }

    /// A section of the body.
    pub fn section(&mut self, section: &Section) {
        self.text(&section.title);
        self.text(&section.note);
        for row in section.parts.iter().flatten() {
            self.row(row);
        }
    }

    fn row(&mut self, row: &Row) {
        for cell in &row.cells {
            match cell {
                Cell::Text(text) => self.text(text),
                Cell::None => self.text(""),
                Cell::State(state) => self.text(state_words(*state).0),
                Cell::Number(n) => self.text(&n.to_string()),
            }
        }
        for (sign, line) in &row.diff {
            self.text(&format!("{sign} {line}"));
        }
    }

    /// The hash, in lower-case hexadecimal digits.
    pub fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

/// Hash of one side: each policy's place or id, then its document without white space around it, each followed by a
/// line feed, in the order in which they were read.
pub fn of_side(side: &Snapshot) -> String {
    let mut hash = Sha256::new();
    for policy in &side.policies {
        let name = match policy.place.as_str() {
            "" => policy.id.as_deref().unwrap_or_default(),
            place => place,
        };
        for bytes in [name.as_bytes(), b"\n", policy.raw.trim().as_bytes(), b"\n"] {
            hash.update(bytes);
        }
    }
    hex(&hash.finalize())
}

/// Bytes in lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}
