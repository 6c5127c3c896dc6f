//! The second side of the desk: a baseline, and the comparison with it.

use std::collections::HashSet;

use super::DeskError;
use crate::baseline::Baseline;
use crate::diff::{self, Comparison, Rule, Sides, suppressed, view};
use crate::policy::reread as reread_policy;
use crate::protocol::{CompareOptions, CompareQuery, Event};
use crate::report::build;
use crate::setting::{Interner, Noise};
use crate::snapshot::Snapshot;

/// A baseline, and what was found with it.
#[derive(Debug, Default)]
pub(super) struct Second {
    pub baseline: Option<Baseline>,
    compared: Option<Compared>,
}

#[derive(Debug)]
struct Compared {
    options: CompareOptions,
    /// Both sides again, with what rules that are switched off leave out while documents are read.
    reread: Option<Box<[Snapshot; 2]>>,
    found: Comparison,
    rows: view::Rows,
}

impl Second {
    /// Forgets the comparison: one of its sides is another now.
    pub fn stale(&mut self) {
        self.compared = None;
    }

    pub fn compare(
        &mut self,
        main: &Snapshot,
        options: CompareOptions,
    ) -> Result<Event, DeskError> {
        let baseline = self.baseline.as_ref().ok_or(DeskError::NoBaseline)?;
        let left = &baseline.snapshot;
        if left.policies.is_empty() {
            return Err(DeskError::EmptyBaseline);
        }
        let reread = reread(left, main, &options);
        let (left, main) = match &reread {
            Some(both) => (&both[0], &both[1]),
            None => (left, main),
        };
        let found = diff::compare(left, main, &options);
        let sides = Sides {
            left,
            right: main,
            found: &found,
        };
        let summary = view::summary(sides, &options);
        self.compared = Some(Compared {
            options,
            reread,
            found,
            rows: view::Rows::default(),
        });
        Ok(Event::Compared(Box::new(summary)))
    }

    /// `accepted`: lines that the query leaves out.
    pub fn rows(
        &mut self,
        main: &Snapshot,
        query: &CompareQuery,
        accepted: &[bool],
    ) -> Result<Event, DeskError> {
        let baseline = self.baseline.as_ref().ok_or(DeskError::NoBaseline)?;
        let compared = self.compared.as_mut().ok_or(DeskError::NothingCompared)?;
        let sides = Sides {
            left: compared
                .reread
                .as_ref()
                .map_or(&baseline.snapshot, |both| &both[0]),
            right: compared.reread.as_ref().map_or(main, |both| &both[1]),
            found: &compared.found,
        };
        let window = compared.rows.window(sides, query, accepted);
        Ok(Event::CompareRows(window))
    }

    pub fn detail(&self, main: &Snapshot, index: u32) -> Result<Event, DeskError> {
        let (sides, _) = self.sides(main)?;
        let detail = view::detail(sides, index).ok_or(DeskError::NoSuchLine)?;
        Ok(Event::CompareDetail(Box::new(detail)))
    }

    /// What a report is written from.
    pub fn source<'s>(&'s self, main: &'s Snapshot) -> Result<build::Compared<'s>, DeskError> {
        let (sides, options) = self.sides(main)?;
        Ok(build::Compared {
            sides,
            options,
            judged: None,
            accepted: None,
        })
    }

    /// The differences that a rule suppressed: what differs without it, and not with it.
    pub fn suppressed(&self, main: &Snapshot, rule: &str) -> Result<Event, DeskError> {
        let (sides, options) = self.sides(main)?;
        let mut options = options.clone();
        if !options.rules_off.iter().any(|off| off == rule) {
            options.rules_off.push(rule.to_owned());
        }
        let noise = Rule::ALL.into_iter().find(|one| one.id() == rule);
        let noise = noise.and_then(Rule::noise);
        let both = noise.map(|noise| [sides.left, sides.right].map(|side| again(side, noise)));
        let (left, right) = match &both {
            Some([left, right]) => (left, right),
            None => (sides.left, sides.right),
        };
        let found = diff::compare(left, right, &options);
        let without = Sides {
            left,
            right,
            found: &found,
        };
        let settings = [sides.left, sides.right]
            .into_iter()
            .flat_map(|side| &side.policies);
        let settings = settings.filter_map(|p| p.settings.get()).flatten();
        let known = match both {
            Some(_) => settings.map(|setting| setting.id.as_ref()).collect(),
            None => HashSet::new(),
        };
        let with = both.is_none().then_some(sides.found);
        let window = suppressed::find(without, with, &known);
        Ok(Event::CompareRows(window))
    }

    /// The baseline.
    pub fn snapshot(&self) -> Option<&Snapshot> {
        self.baseline.as_ref().map(|baseline| &baseline.snapshot)
    }

    pub(super) fn sides<'s>(
        &'s self,
        main: &'s Snapshot,
    ) -> Result<(Sides<'s>, &'s CompareOptions), DeskError> {
        let baseline = self.baseline.as_ref().ok_or(DeskError::NoBaseline)?;
        let compared = self.compared.as_ref().ok_or(DeskError::NothingCompared)?;
        let sides = Sides {
            left: compared
                .reread
                .as_ref()
                .map_or(&baseline.snapshot, |both| &both[0]),
            right: compared.reread.as_ref().map_or(main, |both| &both[1]),
            found: &compared.found,
        };
        Ok((sides, &compared.options))
    }
}

/// Both sides with what the rules that are switched off leave out while documents are read.
fn reread(
    left: &Snapshot,
    right: &Snapshot,
    options: &CompareOptions,
) -> Option<Box<[Snapshot; 2]>> {
    let off = |rule: &Rule| options.rules_off.iter().any(|off| off == rule.id());
    let noise = Rule::ALL.into_iter().filter(off).filter_map(Rule::noise);
    let noise = noise.fold(Noise::NONE, Noise::and);
    (noise != Noise::NONE).then(|| Box::new([left, right].map(|side| again(side, noise))))
}

fn again(side: &Snapshot, noise: Noise) -> Snapshot {
    let mut ids = Interner::default();
    let policies = side.policies.iter();
    Snapshot {
        policies: policies
            .map(|p| reread_policy(&mut ids, p, noise))
            .collect(),
        ..side.clone()
    }
}
