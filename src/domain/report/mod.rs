//! A comparison, or a whole tenant, written down: one model, and a writer for each format.
//!
//! Time, title and order are inputs, so the same input gives the same bytes. What a writer needs is in the
//! [`model`]; none of them looks at a policy. A [`Job`] writes a few sections at a time, so that whoever runs it
//! can say how far it is, and stop.

pub mod brand;
pub mod build;
mod csv;
mod hash;
mod html;
mod job;
mod json;
pub mod layout;
mod markdown;
pub mod model;
mod name;
mod parts;
mod picture;
mod redact;
pub(crate) mod text;

#[cfg(test)]
mod tests;

use std::fmt::Debug;

use crate::protocol::{State, StateCounts};

pub use hash::hex;
pub use job::{Done, Job, Window, write};
pub use name::PATTERN;
pub use parts::{Malformed, Parts};
pub use text::visible;

use model::{Chapter, Front, Section};

/// One format.
pub(crate) trait Writer: Debug {
    /// First, once.
    fn front(&mut self, front: &Front);
    /// Before and after the body.
    fn chapter(&mut self, chapter: &Chapter);
    /// A section of the body.
    fn section(&mut self, section: &Section);
    /// What is written since the last call; nothing while that is little.
    fn window(&mut self) -> Vec<u8>;
    /// The bytes after the last window.
    fn finish(self: Box<Self>) -> Vec<u8>;
}

/// Bytes of text that make a window.
const WINDOW: usize = 1 << 20;

/// The window of a writer of text: what it wrote, once that is enough. A report that stood in memory as one text would be
/// there twice whenever it grows.
fn cut(out: &mut String) -> Vec<u8> {
    if out.len() < WINDOW {
        return Vec::new();
    }
    let room = String::with_capacity(WINDOW + WINDOW / 8);
    std::mem::replace(out, room).into_bytes()
}

/// Word and sign of a state, the same on screen and in every format.
pub const fn state_words(state: State) -> (&'static str, char) {
    match state {
        State::Same => ("Same", '='),
        State::Different => ("Different", '≠'),
        State::Missing => ("Missing", '−'),
        State::Extra => ("Extra", '+'),
        State::Unknown => ("Unknown", '?'),
    }
}

/// The colour class of a state in a style sheet.
const fn class(state: State) -> &'static str {
    match state {
        State::Same => "same",
        State::Different => "different",
        State::Missing => "missing",
        State::Extra => "extra",
        State::Unknown => "unknown",
    }
}

impl StateCounts {
    /// Number of one state.
    pub const fn of(&self, state: State) -> u32 {
        match state {
            State::Same => self.same,
            State::Different => self.different,
            State::Missing => self.missing,
            State::Extra => self.extra,
            State::Unknown => self.unknown,
        }
    }

    /// All of them together.
    pub const fn total(&self) -> u32 {
        self.same + self.different + self.missing + self.extra + self.unknown
    }

    /// Adds one.
    pub const fn add(&mut self, state: State) {
        match state {
            State::Same => self.same += 1,
            State::Different => self.different += 1,
            State::Missing => self.missing += 1,
            State::Extra => self.extra += 1,
            State::Unknown => self.unknown += 1,
        }
    }
}

/// The states in the order that people read them in: what needs attention first.
pub const STATES: [State; 5] = [
    State::Different,
    State::Missing,
    State::Extra,
    State::Unknown,
    State::Same,
];
