//! The snapshot file: everything that is known of one side, as JSON that other tools can read too.
//!
//! The format and its rules for older and newer versions are in `FORMAT.md` beside this file.
//! What is derived from a document (settings, assignments, dates) is not in the file; it is derived again.

mod pieces;
mod read;
mod write;

use super::Reason;
use crate::problem::Problem;

pub use pieces::{Joined, Piece, Step, piece};
pub use read::read;
pub use write::write;

/// Version of the format. It goes up when an older reader would read something wrong.
pub const VERSION: u32 = 1;

/// Why a file is not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenError {
    /// It is not a snapshot file.
    NotASnapshot,
    /// A newer Plumbline wrote it: the version.
    Newer(u32),
    /// It is cut off or damaged: line and column.
    Damaged(usize, usize),
}

impl From<OpenError> for Problem {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::NotASnapshot => Self::new(
                "snapshot.not_one",
                "This is not a Plumbline snapshot.",
                "Choose a file that was saved with Save snapshot.",
            ),
            OpenError::Newer(version) => Self::new(
                "snapshot.newer",
                format!("A newer version of Plumbline wrote this snapshot (format {version})."),
                "Open it with that version, or update this site.",
            ),
            OpenError::Damaged(line, column) => Self::new(
                "snapshot.damaged",
                format!("The snapshot is damaged at line {line}, column {column}."),
                "Save it again, or take a new copy of the file.",
            ),
        }
    }
}

/// True when a text says of itself that it is a snapshot file, whatever else is in it.
pub fn is_snapshot(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let start = start.strip_prefix('{').map_or("", str::trim_start);
    start.starts_with("\"plumblineSnapshot\"")
}

const REASONS: [(Reason, &str); 11] = [
    (Reason::NotInFile, "notInFile"),
    (Reason::Scope, "scope"),
    (Reason::Role, "role"),
    (Reason::Licence, "licence"),
    (Reason::NotFound, "notFound"),
    (Reason::Throttled, "throttled"),
    (Reason::Failed, "failed"),
    (Reason::Malformed, "malformed"),
    (Reason::SignedOut, "signedOut"),
    (Reason::Cancelled, "cancelled"),
    (Reason::NotRead, "notRead"),
];

#[cfg(test)]
mod tests;
