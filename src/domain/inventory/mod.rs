//! The inventory: one list of everything, searched over names, settings and values.

mod bits;
mod fields;
mod haystack;
mod matching;
mod order;
mod overview;
mod query;
mod search;
mod suggest;
mod texts;
pub mod view;

use haystack::Haystack;
use matching::Marks;
use texts::Texts;

use crate::policy::dates;
use crate::protocol::{RowsQuery, RowsWindow};
use crate::snapshot::Snapshot;

pub use overview::overview;
pub use suggest::word_at;

/// What makes queries instant. It belongs to one snapshot, which every call hands in.
#[derive(Debug, Default)]
pub struct Index {
    /// Name of each policy.
    names: Haystack,
    /// Description, id and place of each policy.
    about: Haystack,
    /// Seconds since 1970.
    modified: Vec<Option<i64>>,
    /// Seconds since 1970.
    created: Vec<Option<i64>>,
    /// What "the last 30 days" count from: when the tenant was read, or the newest change.
    now: i64,
    /// Settings; made at the first question that needs them.
    texts: Option<Texts>,
    /// Policies in the order of a column, as far as asked for.
    orders: Vec<((order::Column, bool), Vec<u32>)>,
    /// The last result, so that scrolling costs the window only.
    last: Option<Result>,
}

/// What a query left.
#[derive(Debug)]
struct Result {
    query: String,
    sort: Option<(String, bool)>,
    rows: Vec<u32>,
    /// Rows that are no policies.
    directory: u32,
    marks: Vec<Marks>,
    complaints: Vec<(String, String)>,
}

impl Index {
    /// Reads the heads of all policies. Their settings are read at the first question for them.
    pub fn new(snapshot: &Snapshot) -> Self {
        let mut index = Self::default();
        for policy in &snapshot.policies {
            let id = policy.id.as_deref().unwrap_or("");
            index.names.add(&[&policy.name]);
            index.about.add(&[&policy.description, id, &policy.place]);
            index.modified.push(dates::seconds(&policy.modified));
            index.created.push(dates::seconds(&policy.created));
        }
        let newest = index.modified.iter().flatten().max().copied();
        index.now = dates::seconds(&snapshot.taken_at).or(newest).unwrap_or(0);
        index
    }

    fn texts(&mut self, snapshot: &Snapshot) -> &Texts {
        self.texts.get_or_insert_with(|| Texts::new(snapshot))
    }

    /// A window of the list. The same question with another window costs that window only.
    pub fn rows(&mut self, snapshot: &Snapshot, ask: &RowsQuery) -> RowsWindow {
        let last = self.last.take();
        let last = last.filter(|last| last.query == ask.query && last.sort == ask.sort);
        let result = last.unwrap_or_else(|| self.result(snapshot, ask));
        let total = snapshot.policies.len() as u32;
        let from = ask.from.min(result.rows.len() as u32);
        let window = result.rows.iter().skip(from as usize);
        let rows = window
            .take(ask.count as usize)
            .filter_map(|number| {
                let policy = snapshot.policies.get(*number as usize)?;
                let mut row = view::row(snapshot, *number, policy);
                let at = *number as usize;
                row.matched = matching::because(self, snapshot, &result.marks, at, policy);
                Some(row)
            })
            .collect();
        let window = RowsWindow {
            total,
            matching: result.rows.len() as u32,
            directory: (total - snapshot.proper().count() as u32, result.directory),
            from,
            rows,
            complaints: result.complaints.clone(),
        };
        self.last = Some(result);
        window
    }

    fn result(&mut self, snapshot: &Snapshot, ask: &RowsQuery) -> Result {
        let mut query = query::parse(&ask.query);
        let (left, marks) = matching::evaluate(self, snapshot, &mut query);
        let wanted = ask.sort.clone().or_else(|| query.sort.take());
        let mut column = (order::Column::Name, false);
        if let Some((name, descending)) = wanted {
            match order::Column::named(&name) {
                Some(known) => column = (known, descending),
                None => {
                    let sentence = format!("There is no column “{name}” to sort by.");
                    query.complaints.push((format!("sort:{name}"), sentence));
                }
            }
        }
        let order = self.order(snapshot, column).iter().copied();
        let rows: Vec<u32> = order.filter(|number| left.has(*number as usize)).collect();
        let apart = |at: &&u32| {
            let policy = snapshot.policies.get(**at as usize);
            policy.is_some_and(|p| p.row.directory)
        };
        let directory = rows.iter().filter(apart).count() as u32;
        Result {
            query: ask.query.clone(),
            sort: ask.sort.clone(),
            rows,
            directory,
            marks,
            complaints: query.complaints,
        }
    }
}

#[cfg(test)]
mod tests;
