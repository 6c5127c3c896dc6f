//! The desk's analyses: what needs more than two policies side by side. Each is worked out once it is asked for.

use super::compared::Second;
use super::{DeskError, files};
use crate::analysis::conflicts::{self, Conflict};
use crate::analysis::coverage::{self, Covered};
use crate::analysis::deviations::Deviations;
use crate::analysis::matrix::{self, Column};
use crate::analysis::severity::{Severities, SeverityError};
use crate::analysis::{Index, drift, score};
use crate::audit::Trail;
use crate::diff::{self, Sides, view};
use crate::policy::Policy;
use crate::problem::Problem;
use crate::protocol::{
    Accept, CompareLine, CompareOptions, ConflictQuery, CoverageQuery, DeviationState, Event, File,
    Hit, MOST_SIDES, MatrixQuery, PickedPolicies, PickedView, Request, SettingLine, SideView,
    State,
};
use crate::report::build::{Accepted, Judged, accepted_words};
use crate::snapshot::Snapshot;

/// The most settings of two policies picked by hand.
const MOST_LINES: usize = 5000;
/// The most policies to pick from.
const MOST_POLICIES: usize = 50;

/// What is worked out, and what a person added.
#[derive(Debug, Default)]
pub(super) struct Analysis {
    added: Vec<Snapshot>,
    deviations: Deviations,
    severities: Severities,
    /// By number of the side.
    indexes: Vec<Option<Index>>,
    covered: Option<Vec<Covered>>,
    conflicts: Option<(u32, Vec<Conflict>)>,
    matrix: Option<(Vec<u32>, Vec<matrix::Row>)>,
}

/// The main side, and the second side with the comparison.
#[derive(Clone, Copy)]
pub(super) struct Open<'d> {
    pub main: Option<&'d Snapshot>,
    pub second: &'d Second,
    /// Who changed what, as far as it was read.
    pub trail: &'d Trail,
}

impl Analysis {
    /// Forgets what was worked out: a side or the comparison is another now.
    pub fn stale(&mut self) {
        self.indexes.clear();
        self.covered = None;
        self.conflicts = None;
        self.matrix = None;
    }

    /// Answers a request that is an analysis.
    pub fn answer(&mut self, open: Open<'_>, request: Request) -> Result<Event, Problem> {
        match request {
            Request::Coverage(query) => self.coverage(open, &query),
            Request::Conflicts(query) => self.conflicts(open, &query),
            Request::AddSide(files) => self.add_side(open, files),
            Request::RemoveSide(side) => {
                if (2..self.added.len() as u32 + 2).contains(&side) {
                    self.added.remove(side as usize - 2);
                    self.stale();
                }
                Ok(self.sides(open))
            }
            Request::Sides => Ok(self.sides(open)),
            Request::Matrix(query) => self.matrix(open, query),
            Request::PoliciesOf(side, text) => self.policies_of(open, side, &text),
            Request::ComparePicked(picked) => self.picked(open, picked),
            Request::Drift => Ok(Event::Drift(drift::find(compared(open)?, open.trail))),
            Request::Audit(query) => Ok(Event::Audit(open.trail.window(&query))),
            Request::AuditDetail(index) => {
                let detail = open.trail.detail(index).ok_or(DeskError::NoSuchLine)?;
                Ok(Event::AuditDetail(Box::new(detail)))
            }
            Request::Accept(accept) => self.accept(open, &accept),
            Request::Unaccept(number) => {
                self.deviations.remove(number);
                Ok(self.deviations(open))
            }
            Request::OpenDeviations(file, today) => {
                self.deviations.open(&file, &today)?;
                Ok(self.deviations(open))
            }
            Request::SaveDeviations => Ok(Event::Download(self.deviations.save())),
            Request::Deviations => Ok(self.deviations(open)),
            Request::OpenSeverities(file) => {
                self.severities = match file.bytes.as_slice() {
                    [] => Severities::default(),
                    bytes => {
                        let text =
                            std::str::from_utf8(bytes).map_err(|_| SeverityError::NotRules)?;
                        Severities::read(text.trim_start_matches('\u{feff}'))?
                    }
                };
                self.covered = None;
                self.score(open)
            }
            Request::Score => self.score(open),
            _ => Err(DeskError::NothingCompared.into()),
        }
    }

    fn side<'s>(&'s self, open: Open<'s>, side: u32) -> Result<&'s Snapshot, DeskError> {
        match side {
            0 => open.main.ok_or(DeskError::NothingOpen),
            1 => open.second.snapshot().ok_or(DeskError::NoBaseline),
            more => self
                .added
                .get(more as usize - 2)
                .ok_or(DeskError::NoSuchSide),
        }
    }

    /// Makes the index of a side, unless it is there.
    fn indexed(&mut self, open: Open<'_>, side: u32) -> Result<(), DeskError> {
        let at = side as usize;
        if self.indexes.get(at).is_none_or(Option::is_none) {
            let index = Index::new(self.side(open, side)?);
            self.indexes
                .resize_with(self.indexes.len().max(at + 1), || None);
            self.indexes[at] = Some(index);
        }
        Ok(())
    }

    fn index(&self, side: u32) -> Result<&Index, DeskError> {
        let index = self.indexes.get(side as usize).and_then(Option::as_ref);
        index.ok_or(DeskError::NoSuchSide)
    }

    fn cover(&mut self, open: Open<'_>) -> Result<(), DeskError> {
        if self.covered.is_none() {
            self.indexed(open, 0)?;
            let found = coverage::find(compared(open)?, self.index(0)?, &self.severities);
            self.covered = Some(found);
        }
        Ok(())
    }

    fn coverage(&mut self, open: Open<'_>, query: &CoverageQuery) -> Result<Event, Problem> {
        self.cover(open)?;
        let found = self.covered.as_deref().unwrap_or_default();
        Ok(Event::Coverage(coverage::window(
            compared(open)?,
            found,
            query,
        )))
    }

    fn conflicts(&mut self, open: Open<'_>, query: &ConflictQuery) -> Result<Event, Problem> {
        if self
            .conflicts
            .as_ref()
            .is_none_or(|(side, _)| *side != query.side)
        {
            self.indexed(open, query.side)?;
            let found = conflicts::find(self.side(open, query.side)?, self.index(query.side)?);
            self.conflicts = Some((query.side, found));
        }
        let found = self.conflicts.as_ref().map_or(&[][..], |(_, found)| found);
        let side = self.side(open, query.side)?;
        Ok(Event::Conflicts(conflicts::window(side, found, query)))
    }

    fn add_side(&mut self, open: Open<'_>, files: Vec<File>) -> Result<Event, Problem> {
        if self.added.len() + 2 >= MOST_SIDES {
            return Err(DeskError::TooManySides.into());
        }
        let read = files::read(files)?;
        if read.snapshot.policies.is_empty() {
            return Err(DeskError::EmptyBaseline.into());
        }
        self.added.push(read.snapshot);
        Ok(self.sides(open))
    }

    fn sides(&self, open: Open<'_>) -> Event {
        let count = self.added.len() as u32 + 2;
        let view = |number: u32| {
            let side = self.side(open, number).ok()?;
            let settings = side.proper().filter_map(|p| p.settings.get());
            Some(SideView {
                side: number,
                label: side.label.clone(),
                taken_at: side.taken_at.clone(),
                policies: side.proper().count() as u32,
                settings: settings.map(Vec::len).sum::<usize>() as u32,
            })
        };
        Event::Sides((0..count).filter_map(view).collect())
    }

    fn matrix(&mut self, open: Open<'_>, mut query: MatrixQuery) -> Result<Event, Problem> {
        query.sides.truncate(MOST_SIDES);
        for side in &query.sides {
            self.indexed(open, *side)?;
        }
        let columns: Vec<Column<'_>> = query
            .sides
            .iter()
            .map(|side| {
                Ok(Column {
                    side: self.side(open, *side)?,
                    index: self.index(*side)?,
                })
            })
            .collect::<Result<_, DeskError>>()?;
        let known = self
            .matrix
            .as_ref()
            .filter(|(sides, _)| *sides == query.sides);
        let (window, rows) = match known {
            Some((_, rows)) => (matrix::window(&columns, rows, &query), None),
            None => {
                let rows = matrix::rows(&columns);
                (matrix::window(&columns, &rows, &query), Some(rows))
            }
        };
        if let Some(rows) = rows {
            self.matrix = Some((query.sides, rows));
        }
        Ok(Event::Matrix(window))
    }

    fn picked(&self, open: Open<'_>, picked: PickedPolicies) -> Result<Event, Problem> {
        let one = |(side, policy): (u32, u32)| -> Result<(&Snapshot, &Policy), DeskError> {
            let side = self.side(open, side)?;
            let policy = side.policies.get(policy as usize);
            Ok((side, policy.ok_or(DeskError::NoSuchPolicy)?))
        };
        // A side of one policy, with the names that its side knows.
        let alone = |(side, policy): (&Snapshot, &Policy)| Snapshot {
            label: side.label.clone(),
            policies: vec![policy.clone()],
            definitions: side.definitions.clone(),
            names: side.names.clone(),
            ..Snapshot::default()
        };
        let (left, right) = (alone(one(picked.left)?), alone(one(picked.right)?));
        let options = CompareOptions {
            rules_off: picked.rules_off,
            ..CompareOptions::default()
        };
        let found = diff::compare_picked(&left, &right, &options);
        let sides = Sides {
            left: &left,
            right: &right,
            found: &found,
        };
        let lines = (0u32..).zip(&found.lines).filter(|(_, line)| !line.echo);
        Ok(Event::Picked(Box::new(PickedView {
            left: left.policies[0].name.clone(),
            right: right.policies[0].name.clone(),
            counts: found.settings,
            unknown: sides.unknown().join(" "),
            lines: lines
                .take(MOST_LINES)
                .map(|(index, line)| view::setting_line(sides, index, line))
                .collect(),
        })))
    }

    fn accept(&mut self, open: Open<'_>, accept: &Accept) -> Result<Event, Problem> {
        self.indexed(open, 0)?;
        let sides = compared(open)?;
        let index = self.indexes.first().and_then(Option::as_ref);
        let index = index.ok_or(DeskError::NothingOpen)?;
        self.deviations.accept(sides, index, accept)?;
        Ok(self.deviations(open))
    }

    /// Which lines are accepted, as far as there is a comparison.
    fn deviations(&mut self, open: Open<'_>) -> Event {
        Event::Deviations(self.apply(open).1)
    }

    fn apply(&mut self, open: Open<'_>) -> (Vec<bool>, crate::protocol::DeviationList) {
        let ready = self.indexed(open, 0).is_ok();
        let index = self.index(0).ok().filter(|_| ready);
        self.deviations.apply(compared(open).ok().zip(index))
    }

    /// For each line of the comparison, whether it is accepted; empty: none is.
    pub fn accepted(&mut self, open: Open<'_>) -> Vec<bool> {
        match self.deviations.is_empty() {
            true => Vec::new(),
            false => self.apply(open).0,
        }
    }

    /// Says of the lines of a comparison what they weigh, and which deviations accept them.
    pub fn mark(&mut self, open: Open<'_>, event: &mut Event) {
        let accepted = self.accepted(open);
        let Ok(sides) = compared(open) else { return };
        let mark = |line: &mut SettingLine| {
            line.accepted = accepted.get(line.index as usize) == Some(&true);
            let found = sides.found.lines.get(line.index as usize);
            line.severity = found
                .filter(|_| line.state != State::Extra)
                .and_then(|found| sides.either(found))
                .map(|(_, setting)| self.severities.of(&setting.id, &line.category));
        };
        match event {
            Event::CompareRows(window) => {
                for line in &mut window.lines {
                    if let CompareLine::Setting(line) = line {
                        mark(line);
                    }
                }
            }
            Event::CompareDetail(detail) => {
                mark(&mut detail.line);
                if let Ok(index) = self.index(0) {
                    detail.deviations = self.deviations.of_line(sides, index, detail.line.index);
                }
            }
            _ => {}
        }
    }

    fn policies_of(&self, open: Open<'_>, side: u32, text: &str) -> Result<Event, Problem> {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let policies = (0u32..).zip(&self.side(open, side)?.policies);
        let found = policies.filter(|(_, policy)| {
            let name = policy.name.to_lowercase();
            policy.settings.get().is_some_and(|s| !s.is_empty())
                && words.iter().all(|word| name.contains(word))
        });
        let hit = |(index, policy): (u32, &Policy)| Hit {
            kind: "Policy".to_owned(),
            title: policy.name.clone(),
            context: policy.row.name.to_owned(),
            index,
            id: policy.id.clone().unwrap_or_default(),
        };
        Ok(Event::Found(found.take(MOST_POLICIES).map(hit).collect()))
    }

    fn score(&mut self, open: Open<'_>) -> Result<Event, Problem> {
        self.cover(open)?;
        let (accepted, _) = self.apply(open);
        let covered = self.covered.as_deref().unwrap_or_default();
        let score = score::score(compared(open)?, covered, &accepted);
        Ok(Event::Score(Box::new(score)))
    }

    /// What a report says of the comparison beside the comparison itself, and which of its lines are accepted.
    pub fn judged(&mut self, open: Open<'_>) -> Result<(Judged, Accepted), DeskError> {
        self.cover(open)?;
        let (accepted, deviations) = self.apply(open);
        let sides = compared(open)?;
        let index = self.index(0)?;
        let words = |line: u32| {
            let mut meant = self.deviations.of_line(sides, index, line);
            meant.retain(|(number, _)| {
                let view = deviations.list.get(*number as usize);
                view.is_some_and(|view| view.state == DeviationState::Holds)
            });
            (line, accepted_words(meant.into_iter().map(|(_, one)| one)))
        };
        let lines = (0u32..).zip(&accepted).filter(|(_, held)| **held);
        let lines: Accepted = lines.map(|(line, _)| words(line)).collect();
        let covered = self.covered.as_deref().unwrap_or_default();
        let all = CoverageQuery {
            count: u32::MAX,
            ..CoverageQuery::default()
        };
        let judged = Judged {
            score: score::score(sides, covered, &accepted),
            coverage: coverage::window(sides, covered, &all),
            deviations,
            // Without a log it would say of each policy that nobody knows.
            drift: match open.trail.reads() {
                [] => Vec::new(),
                _ => drift::find(sides, open.trail),
            },
        };
        Ok((judged, lines))
    }
}

fn compared(open: Open<'_>) -> Result<Sides<'_>, DeskError> {
    let main = open.main.ok_or(DeskError::NothingOpen)?;
    Ok(open.second.sides(main)?.0)
}
