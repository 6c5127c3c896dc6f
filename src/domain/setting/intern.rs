//! One allocation for each id, however many policies set it.

use std::borrow::Cow;
use std::sync::Arc;

use crate::hash::QuickSet;

/// Hands out shared texts. Keep one for all policies of a read: a thousand policies name the
/// same few thousand ids.
#[derive(Debug, Default)]
pub struct Interner(QuickSet<Arc<str>>);

impl Interner {
    /// The shared copy of a text.
    pub fn get(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = Arc::from(text);
        self.0.insert(Arc::clone(&new));
        new
    }

    /// The shared copy of a text in ASCII lower case. Ids of Graph are ASCII.
    pub fn lower(&mut self, text: &str) -> Arc<str> {
        self.get(&lower(text))
    }
}

/// ASCII lower case, borrowed where nothing changes.
pub(super) fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}
