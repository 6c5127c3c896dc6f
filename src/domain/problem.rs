//! What went wrong, in words for the person in front of the screen.

use serde::{Deserialize, Serialize};

/// A failure that a person sees: what happened, what was kept, and what to do.
///
/// Each operation has an error enum of its own; `From<…> for Problem` is where its words are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Stable, greppable: `auth.state_mismatch`, `graph.forbidden_scope`.
    pub code: String,
    /// One sentence: what happened.
    pub what: String,
    /// One sentence: what to do about it. Never empty.
    pub remedy: String,
    /// Ids for a support case (`request-id`, `correlation_id`), a status, a file name. May be empty.
    /// Text of foreign origin: shown as text, cut to 2 kB.
    pub detail: String,
}

/// The most of a foreign text that is shown, in bytes.
pub const DETAIL_LIMIT: usize = 2048;

impl Problem {
    /// A problem without detail.
    pub fn new(code: &str, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            what: what.into(),
            remedy: remedy.into(),
            detail: String::new(),
        }
    }

    /// Adds foreign text, cut at [`DETAIL_LIMIT`] on a character boundary.
    #[must_use]
    pub fn with_detail(mut self, detail: &str) -> Self {
        self.detail = cut(detail, DETAIL_LIMIT).to_owned();
        self
    }
}

/// At most `limit` bytes of a text, cut on a character boundary.
pub fn cut(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    let mut end = limit;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
