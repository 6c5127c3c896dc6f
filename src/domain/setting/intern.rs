//! One allocation for each id, however many policies set it.

use std::borrow::Cow;
use std::sync::Arc;

use crate::hash::{self, Positions};
use crate::json::bytes::has_upper;

/// Hands out shared texts. Keep one for all policies of a read: a thousand policies name the
/// same few thousand ids.
#[derive(Debug, Default)]
pub struct Interner {
    texts: Vec<Arc<str>>,
    known: Positions,
}

impl Interner {
    /// The shared copy of a text.
    pub fn get(&mut self, text: &str) -> Arc<str> {
        let hash = hash::of(text.as_bytes());
        let is = |at: usize| hash::same(self.texts[at].as_bytes(), text.as_bytes());
        if let Some(at) = self.known.find(hash, is) {
            return Arc::clone(&self.texts[at]);
        }
        let new: Arc<str> = Arc::from(text);
        self.texts.push(Arc::clone(&new));
        self.known.push(hash);
        new
    }

    /// The shared copy of a text in ASCII lower case. Ids of Graph are ASCII.
    pub fn lower(&mut self, text: &str) -> Arc<str> {
        self.get(&lower(text))
    }
}

/// ASCII lower case, borrowed where nothing changes.
pub(super) fn lower(text: &str) -> Cow<'_, str> {
    if has_upper(text.as_bytes()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}
