//! The list in the order of a column.

use super::{Index, view};
use crate::arrange::Arrange;
use crate::protocol::AssignedState;
use crate::snapshot::Snapshot;

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(super) enum Column {
    Name,
    Kind,
    Platform,
    Assigned,
    Settings,
    Tags,
    Modified,
    Created,
    Area,
}

impl Column {
    /// The column of this id, as the table and `sort:` write it.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "name" => Self::Name,
            "type" | "kind" => Self::Kind,
            "platform" => Self::Platform,
            "assigned" | "assigned_to" => Self::Assigned,
            "settings" => Self::Settings,
            "tag" | "tags" | "scope_tags" => Self::Tags,
            "modified" => Self::Modified,
            "created" => Self::Created,
            "area" => Self::Area,
            _ => return None,
        })
    }
}

impl Index {
    /// The numbers of all policies in the order of a column (true: descending); equal ones by
    /// name, then as read.
    pub(super) fn order(&mut self, snapshot: &Snapshot, by: (Column, bool)) -> &[u32] {
        let known = self.orders.iter().position(|(known, _)| *known == by);
        let at = match known {
            Some(at) => at,
            None => {
                let order = match by {
                    (Column::Name, false) => self.by_name(),
                    (column, descending) => {
                        let mut order = self.order(snapshot, (Column::Name, false)).to_vec();
                        let keys = self.keys(snapshot, column);
                        order.arrange_by(|a, b| {
                            let (a, b) = if descending { (b, a) } else { (a, b) };
                            keys.get(*a as usize).cmp(&keys.get(*b as usize))
                        });
                        order
                    }
                };
                self.orders.push((by, order));
                self.orders.len() - 1
            }
        };
        self.orders.get(at).map_or(&[], |(_, order)| order)
    }

    fn by_name(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.names.len() as u32).collect();
        order.arrange_by(|a, b| {
            let name = |number: &u32| self.names.get(*number as usize);
            name(a).cmp(name(b))
        });
        order
    }

    /// What a column sorts by: a number, then a text. Unknown stands first.
    fn keys(&self, snapshot: &Snapshot, column: Column) -> Vec<(i64, String)> {
        let text = |text: &str| (0, super::haystack::needle(text));
        let date = |dates: &[Option<i64>], at: usize| {
            let moment = dates.get(at).copied().flatten();
            (moment.unwrap_or(i64::MIN), String::new())
        };
        snapshot
            .policies
            .iter()
            .enumerate()
            .map(|(at, policy)| match column {
                Column::Name => text(&policy.name),
                Column::Kind => text(view::kind(policy)),
                Column::Platform => text(&policy.platforms.to_string()),
                Column::Tags => text(&view::scope_tags(policy, &snapshot.names)),
                Column::Area => (policy.row.area as i64, String::new()),
                Column::Settings => {
                    let count = view::settings(policy);
                    (count.map_or(-1, i64::from), String::new())
                }
                Column::Modified => date(&self.modified, at),
                Column::Created => date(&self.created, at),
                Column::Assigned => match view::assigned_state(policy) {
                    AssignedState::Unknown => (0, String::new()),
                    AssignedState::Unassigned => (1, String::new()),
                    AssignedState::Assigned => (2, view::assigned_to(policy)),
                    AssignedState::NotAssignable => (3, String::new()),
                },
            })
            .collect()
    }
}
