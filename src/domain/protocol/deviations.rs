//! Accepted deviations and the score.

use serde::{Deserialize, Serialize};

/// A difference that somebody has accepted. What is in the file, and in the list on screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Deviation {
    /// What is set, whatever carries it (see [`crate::setting::identity`]), or the setting's id or name.
    pub setting: String,
    /// Policy of the baseline it is accepted for; empty: any.
    pub policy: String,
    /// The value that was accepted, as the main side had it; empty: any. Another value comes back.
    pub value: String,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// Day it was accepted, `2026-11-21`; may be empty.
    pub accepted: String,
    /// Last day it holds, `2027-05-31`; empty: no end.
    pub expires: String,
}

/// Accepts the difference of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accept {
    /// The line of the comparison.
    pub line: u32,
    /// True: whatever value the main side has from now on.
    pub any_value: bool,
    /// Why. Not empty.
    pub reason: String,
    /// Who answers for it. Not empty.
    pub owner: String,
    /// Last day it holds; empty: no end.
    pub expires: String,
    /// Today, `2026-11-21`.
    pub today: String,
}

/// A deviation in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviationView {
    /// As in the file.
    pub deviation: Deviation,
    /// Where it stands.
    pub state: DeviationState,
    /// Lines of the comparison that it accepts.
    pub lines: u32,
    /// The first of them.
    pub line: Option<u32>,
    /// What that line is called; empty where there is none.
    pub name: String,
}

/// Where a deviation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DeviationState {
    /// It accepts a difference.
    Holds,
    /// Its last day is over: the difference counts again.
    Expired,
    /// No difference of this comparison is meant by it.
    Unused,
}

/// All deviations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct DeviationList {
    /// In the order of the file.
    pub list: Vec<DeviationView>,
    /// What was read and not understood, in sentences.
    pub complaints: Vec<String>,
}

/// How far the main side is from the baseline, as a number that says what it leaves out.
///
/// `weight` adds up [`Severity`]'s weights. Extra settings never count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Score {
    /// As wanted: settings and their weight.
    pub met: (u32, u32),
    /// Not as wanted, and accepted with a reason: counted as neither.
    pub accepted: (u32, u32),
    /// Not as wanted: different or missing.
    pub open: (u32, u32),
    /// Not known: counted as neither.
    pub unknown: (u32, u32),
    /// Settings that a rule leaves out.
    pub ignored: u32,
    /// Settings that only the main side has.
    pub extra: u32,
    /// Met of met and open, in per mille by weight; none where nothing counts.
    pub per_mille: Option<u32>,
    /// The same if all that is unknown were wrong, and if all of it were right.
    pub range: Option<(u32, u32)>,
    /// Met and open by severity: high, medium, low.
    pub by_severity: [(u32, u32); 3],
    /// What the number means, in sentences.
    pub words: Vec<String>,
}
