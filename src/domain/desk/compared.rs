//! The second side of the desk: a baseline, and the comparison with it.

use super::DeskError;
use crate::baseline::Baseline;
use crate::diff::{self, Comparison, Sides, view};
use crate::protocol::{CompareOptions, CompareQuery, Event, File, ReportOptions};
use crate::report;
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
        let found = diff::compare(left, main, &options);
        let sides = Sides {
            left,
            right: main,
            found: &found,
        };
        let summary = view::summary(sides, &options);
        self.compared = Some(Compared {
            options,
            found,
            rows: view::Rows::default(),
        });
        Ok(Event::Compared(Box::new(summary)))
    }

    pub fn rows(&mut self, main: &Snapshot, query: &CompareQuery) -> Result<Event, DeskError> {
        let baseline = self.baseline.as_ref().ok_or(DeskError::NoBaseline)?;
        let compared = self.compared.as_mut().ok_or(DeskError::NothingCompared)?;
        let sides = Sides {
            left: &baseline.snapshot,
            right: main,
            found: &compared.found,
        };
        Ok(Event::CompareRows(compared.rows.window(sides, query)))
    }

    pub fn detail(&self, main: &Snapshot, index: u32) -> Result<Event, DeskError> {
        let (sides, _) = self.sides(main)?;
        let detail = view::detail(sides, index).ok_or(DeskError::NoSuchLine)?;
        Ok(Event::CompareDetail(Box::new(detail)))
    }

    pub fn report(&self, main: &Snapshot, options: &ReportOptions) -> Result<File, DeskError> {
        let (sides, compared) = self.sides(main)?;
        let model = diff::report(sides, compared, options);
        Ok(report::write(&model, options.format))
    }

    fn sides<'s>(
        &'s self,
        main: &'s Snapshot,
    ) -> Result<(Sides<'s>, &'s CompareOptions), DeskError> {
        let baseline = self.baseline.as_ref().ok_or(DeskError::NoBaseline)?;
        let compared = self.compared.as_ref().ok_or(DeskError::NothingCompared)?;
        let sides = Sides {
            left: &baseline.snapshot,
            right: main,
            found: &compared.found,
        };
        Ok((sides, &compared.options))
    }
}
