//! A report as an Excel workbook or a Word document: the parts of a report in, the bytes of a file out.
//!
//! A module of its own, because the two writers weigh more than all the rest: it is fetched at the first export.
//! Nothing here looks at a policy; the comparer made the parts (`domain::report`). They come in windows of a
//! thousand rows, and what a window holds is packed at once: of 100,000 settings no list stands in memory. The
//! libraries write the frame (styles, sheets, contents); rows go into it as they come.

mod excel;
mod packing;
mod word;

#[cfg(test)]
mod tests;

use domain::protocol::ReportFormat;
use domain::report::Parts;

/// Why there is no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfficeError {
    /// The parts are not a report: page, comparer and this worker are of different builds.
    Malformed,
    /// The workbook could not be written.
    Excel(String),
    /// The document could not be written.
    Word(String),
}

impl std::fmt::Display for OfficeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Malformed => f.write_str("office.malformed"),
            Self::Excel(why) => write!(f, "office.excel: {why}"),
            Self::Word(why) => write!(f, "office.word: {why}"),
        }
    }
}

impl From<domain::report::Malformed> for OfficeError {
    fn from(_: domain::report::Malformed) -> Self {
        Self::Malformed
    }
}

/// A file under way.
pub struct Office(Writing);

enum Writing {
    Excel(Box<excel::Book>),
    Word(Box<word::Text>),
}

impl Office {
    /// Begins a document for `Word`, a workbook for everything else.
    pub fn new(format: ReportFormat) -> Self {
        Self(match format {
            ReportFormat::Word => Writing::Word(Box::default()),
            _ => Writing::Excel(Box::default()),
        })
    }

    /// Writes a window of the report: some whole parts, encoded.
    ///
    /// # Errors
    /// See [`OfficeError`].
    pub fn take(&mut self, window: &[u8]) -> Result<(), OfficeError> {
        for part in Parts::new(window) {
            let part = part?;
            match &mut self.0 {
                Writing::Excel(book) => book.part(part)?,
                Writing::Word(text) => text.part(&part),
            }
        }
        Ok(())
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// See [`OfficeError`].
    pub fn finish(self) -> Result<Vec<u8>, OfficeError> {
        match self.0 {
            Writing::Excel(book) => book.finish(),
            Writing::Word(text) => text.finish(),
        }
    }
}

/// The date in a file's properties where the report has none: the first day that a zip can name.
const NO_DATE: &str = "1980-01-01T00:00:00Z";

/// Year, month, day, hour, minute and second of an ISO 8601 time in UTC.
fn date(generated_at: &str) -> [u16; 6] {
    let text = if generated_at.len() < 19 {
        NO_DATE
    } else {
        generated_at
    };
    let part = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse().ok());
    [(0, 4), (5, 7), (8, 10), (11, 13), (14, 16), (17, 19)]
        .map(|(from, to)| part(from, to).unwrap_or(1))
}
