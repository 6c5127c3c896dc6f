//! The desk: what is open, and the answers to every request that needs no I/O.
//!
//! It has two halves, each in a worker of its own: [`Desk`] holds the main side and is there from the start;
//! [`Comparer`] reads files, compares and writes reports, and is loaded when it is first needed. The main
//! side goes from one to the other in pieces, each the text of a snapshot file.

mod analysis;
mod compared;
mod comparer;
mod files;
mod writing;

pub use comparer::Comparer;

use crate::inventory::{self, Index, view};
use crate::policy::Policy;
use crate::problem::Problem;
use crate::protocol::{Event, PolicyRef, Request, SnapshotInfo};
use crate::snapshot::Snapshot;
use crate::snapshot::file::{self, Piece};

/// Holds the main side. One per engine.
#[derive(Debug, Default)]
pub struct Desk {
    main: Option<Main>,
    /// Snapshots that were put on the main side.
    changes: u32,
}

/// The main side with what makes it quick to search.
#[derive(Debug)]
struct Main {
    snapshot: Snapshot,
    index: Index,
}

/// Why the desk cannot answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskError {
    /// No snapshot is open.
    NothingOpen,
    /// The policy is not in the open snapshot.
    NoSuchPolicy,
    /// No baseline was added.
    NoBaseline,
    /// The baseline has no policy.
    EmptyBaseline,
    /// The sides were not compared since one of them changed.
    NothingCompared,
    /// The comparison has no such line.
    NoSuchLine,
    /// No policy of the side can be written in the form.
    NothingToExport,
    /// The files are more than a zip can hold.
    TooLarge,
    /// No side has this number.
    NoSuchSide,
    /// A matrix holds no more sides.
    TooManySides,
    /// What the report is about was replaced while it was written.
    Replaced,
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::NothingOpen => Self::new(
                "desk.nothing_open",
                "No snapshot is open.",
                "Sign in and read the tenant, open your files, or open the demo snapshot.",
            ),
            DeskError::NoSuchPolicy => Self::new(
                "desk.no_such_policy",
                "This policy is not in the open snapshot.",
                "Look for it in the inventory: it may have been deleted, or the link is from another tenant.",
            ),
            DeskError::NoBaseline => Self::new(
                "desk.no_baseline",
                "There is no baseline to compare with.",
                "Drop a baseline's folder, zip or files on the Compare page.",
            ),
            DeskError::EmptyBaseline => Self::new(
                "desk.empty_baseline",
                "There is no policy in these files.",
                "Look at what became of each file, and drop an export of policies as JSON.",
            ),
            DeskError::NothingCompared => Self::new(
                "desk.nothing_compared",
                "The sides have not been compared yet.",
                "Compare them again.",
            ),
            DeskError::NoSuchLine => Self::new(
                "desk.no_such_line",
                "This setting is not in the comparison.",
                "Look for it in the list: the comparison may have changed.",
            ),
            DeskError::NothingToExport => Self::new(
                "desk.nothing_to_export",
                "None of the policies can be written in this form.",
                "Choose another form: the admin centres import settings catalog and Conditional Access policies only.",
            ),
            DeskError::TooLarge => Self::new(
                "desk.export_too_large",
                "The policies are more than one zip can hold.",
                "Save the snapshot instead, which has no such limit.",
            ),
            DeskError::NoSuchSide => Self::new(
                "desk.no_such_side",
                "This side is not open any more.",
                "Choose another side, or add it again.",
            ),
            DeskError::TooManySides => Self::new(
                "desk.too_many_sides",
                "No more sides can be added.",
                "Take one away first: a matrix shows twenty at most.",
            ),
            DeskError::Replaced => Self::new(
                "desk.report_replaced",
                "The report was not finished: what it is about was replaced, or another report was asked for.",
                "Write it again.",
            ),
        }
    }
}

impl Desk {
    /// Puts a snapshot on the main side.
    pub fn set_main(&mut self, snapshot: Snapshot) -> SnapshotInfo {
        let info = view::info(&snapshot);
        let index = Index::new(&snapshot);
        self.changes = self.changes.wrapping_add(1);
        self.main = Some(Main { snapshot, index });
        info
    }

    /// The main side, when there is one.
    pub fn main(&self) -> Option<&Snapshot> {
        self.main.as_ref().map(|main| &main.snapshot)
    }

    /// A piece of the main side, for the other half.
    pub fn piece(&self, from: u32) -> Option<Piece> {
        let main = self.main()?;
        Some(file::piece(main, self.changes, from))
    }

    /// Forgets everything that was read.
    pub fn clear(&mut self) {
        self.main = None;
    }

    /// Answers a request that needs nothing but what is open. `None`: it is not one of these.
    pub fn answer(&mut self, request: Request) -> Option<Event> {
        let answer = match request {
            Request::Overview => self.opened().map(|main| {
                let overview = inventory::overview(&main.snapshot);
                Event::Overview(Box::new(overview))
            }),
            Request::Rows(ask) => self
                .opened()
                .map(|main| Event::Rows(main.index.rows(&main.snapshot, &ask))),
            Request::Suggest(ask) => self
                .opened()
                .map(|main| Event::Suggestions(main.index.suggest(&main.snapshot, &ask))),
            Request::Find(text) => self
                .opened()
                .map(|main| Event::Found(main.index.find(&main.snapshot, &text))),
            Request::Policy(which) => self.policy(&which),
            Request::Raw(which) => self.raw(&which),
            Request::SaveSnapshot => self
                .opened()
                .map(|main| Event::Download(files::save(&main.snapshot))),
            _ => return None,
        };
        Some(answer.unwrap_or_else(|error| Event::Failed(error.into())))
    }

    fn opened(&mut self) -> Result<&mut Main, DeskError> {
        self.main.as_mut().ok_or(DeskError::NothingOpen)
    }

    fn find(&mut self, which: &PolicyRef) -> Result<(&Snapshot, u32, &Policy), DeskError> {
        let snapshot = &self.opened()?.snapshot;
        let mut policies = (0u32..).zip(&snapshot.policies);
        let found = match which {
            PolicyRef::Index(index) => policies.nth(*index as usize),
            PolicyRef::Id(text) => {
                let (id, hint) = text.rsplit_once('~').unwrap_or((text, ""));
                let is_it = |one: &Policy| one.id.as_deref() == Some(id);
                let hinted = hint.parse::<u32>().ok().and_then(|at| {
                    Some((
                        at,
                        snapshot
                            .policies
                            .get(at as usize)
                            .filter(|one| is_it(one))?,
                    ))
                });
                hinted.or_else(|| policies.find(|(_, one)| is_it(one)))
            }
        };
        let (index, policy) = found.ok_or(DeskError::NoSuchPolicy)?;
        Ok((snapshot, index, policy))
    }

    fn policy(&mut self, which: &PolicyRef) -> Result<Event, DeskError> {
        let (snapshot, index, policy) = self.find(which)?;
        let view = view::policy(snapshot, index, policy);
        Ok(Event::Policy(Box::new(view)))
    }

    fn raw(&mut self, which: &PolicyRef) -> Result<Event, DeskError> {
        let (_, _, policy) = self.find(which)?;
        Ok(Event::Raw(view::document(policy)))
    }
}

#[cfg(test)]
mod tests;
