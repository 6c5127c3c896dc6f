//! A report as an Excel workbook or a Word document: the parts of a report in, the bytes of a file out.
//!
//! A module of its own, because the two writers weigh more than all the rest: it is fetched at the first export.
//! Nothing here looks at a policy; the engine made the parts (`domain::report`).

mod excel;
mod word;

#[cfg(test)]
mod tests;

pub use excel::workbook;
pub use word::document;

use domain::report::Parts;
use domain::report::model::Part;

/// Why there is no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfficeError {
    /// The parts are not a report: page, engine and this worker are of different builds.
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

/// Hands each part of a report to `write`. `progress` hears thousandths: the parts are the first half of the work.
fn each_part(
    bytes: &[u8],
    progress: &mut dyn FnMut(u32),
    mut write: impl FnMut(Part) -> Result<(), OfficeError>,
) -> Result<(), OfficeError> {
    let mut parts = Parts::new(bytes);
    let whole = bytes.len().max(1);
    let mut said = 0;
    while let Some(part) = parts.next() {
        write(part?)?;
        let done = ((whole - parts.left()) as u64 * 500 / whole as u64) as u32;
        if done > said {
            said = done;
            progress(done);
        }
    }
    Ok(())
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
