//! How far a read has come.

use super::Reading;
use crate::graph::retry::Ms;
use crate::protocol::{Progress, TypeProgress};
use crate::snapshot::Snapshot;

impl Reading {
    /// What is whole so far, in the order in which it became whole: the number of a policy stays while more
    /// come. Types that are not at their end have the gap [`crate::snapshot::Reason::Reading`]. `None` while
    /// nobody knows whose answers these are.
    pub fn so_far(&self, taken_at: &str) -> Option<Snapshot> {
        let known = !self.foreign && !self.tenant.id.is_empty();
        let whole = self.policies.iter().map(|(_, policy)| policy.clone());
        known.then(|| self.snapshot(taken_at, whole))
    }

    /// For the screen. Types that are not asked for are in it with their reason.
    pub fn progress(&mut self, now: Ms) -> Progress {
        let (done, total) = self.scheduler.counts();
        let lists_open = self.rows.iter().any(|state| state.open_lists > 0);
        let items_open = self.rows.iter().any(|state| state.open_items > 0);
        let logs = &self.logs.lists;
        let doing = match (lists_open, items_open) {
            _ if !logs.is_empty() => "Reading audit events",
            (true, _) => "Reading lists",
            (false, true) => "Reading policies",
            (false, false) => "Reading names",
        };
        let seconds = |ms: Ms| u32::try_from(ms.div_ceil(1_000)).unwrap_or(u32::MAX);
        let left = self.scheduler.time_left(now);
        let shown = self.rows.iter().filter(|state| {
            state.open_lists > 0 || state.open_items > 0 || state.read > 0 || state.gap.is_some()
        });
        let types = shown.map(|state| TypeProgress {
            row: state.row.id.to_owned(),
            name: state.row.name.to_owned(),
            read: state.read,
            done: state.is_done(),
            gap: state.gap.clone(),
        });
        Progress {
            doing: doing.to_owned(),
            done,
            total,
            objects: self.rows.iter().map(|state| state.read).sum::<u32>()
                + logs.iter().map(|log| log.read).sum::<u32>(),
            seconds_left: seconds(left),
            at_least: lists_open,
            waiting: seconds(self.scheduler.waiting(now)),
            paused: self.scheduler.is_paused(),
            types: types.collect(),
        }
    }
}
