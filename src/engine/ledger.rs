//! Every HTTP request since the start, for the person who wants to see them.

use std::cell::RefCell;
use std::collections::VecDeque;

use domain::protocol::LedgerEntry;

/// Lines that are kept; the oldest go first.
const LIMIT: usize = 20_000;

/// The list. Holds no query, no id and no token: templates only.
#[derive(Debug, Default)]
pub struct Ledger(RefCell<VecDeque<LedgerEntry>>);

impl Ledger {
    /// Adds a line.
    pub fn note(&self, entry: LedgerEntry) {
        let mut lines = self.0.borrow_mut();
        if lines.len() == LIMIT {
            lines.pop_front();
        }
        lines.push_back(entry);
    }

    /// All lines, oldest first.
    pub fn entries(&self) -> Vec<LedgerEntry> {
        self.0.borrow().iter().cloned().collect()
    }
}
