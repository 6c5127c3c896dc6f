//! The half of the desk that compares: files, a baseline, the comparison with it, reports.

use super::DeskError;
use super::analysis::{self, Analysis};
use super::compared::Second;
use super::files;
use super::writing::Writing;
use crate::access;
use crate::audit::Trail;
use crate::problem::Problem;
use crate::protocol::{AuditLog, AuditRead, Event, ExportOptions, File, LiveRead, Request, Rights};
use crate::report::build::{Accepted, Judged};
use crate::snapshot::file::{self, Joined, OpenError, Piece, Step};
use crate::snapshot::{Snapshot, Source};

/// Holds a copy of the main side, a baseline, and what was found with it.
#[derive(Debug, Default)]
pub struct Comparer {
    pub(super) main: Option<Snapshot>,
    /// The main side as far as it has come from the engine.
    coming: Joined,
    /// What a person opened and the engine does not have yet.
    opened: Option<Snapshot>,
    pub(super) second: Second,
    analysis: Analysis,
    trail: Trail,
    /// What was read of roles in Intune.
    roles: Vec<LiveRead>,
    pub(super) writing: Option<Writing>,
}

impl Comparer {
    /// Drops the main side, and waits for the first piece of another.
    pub fn await_main(&mut self) {
        self.main = None;
        self.coming = Joined::new(Source::Saved);
        self.stale();
    }

    /// Takes a piece of the main side.
    ///
    /// # Errors
    /// The text is not one of a snapshot.
    pub fn take_main(&mut self, piece: &Piece) -> Result<Step, OpenError> {
        let step = self.coming.take(piece)?;
        if step == Step::Whole {
            self.main = Some(self.coming.whole());
        }
        Ok(step)
    }

    /// Forgets the comparison and what was worked out: a side is another one now.
    pub fn stale(&mut self) {
        self.second.stale();
        self.analysis.stale();
        self.writing = None;
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Takes a page of an audit log, from the read of this number.
    pub fn take_audit(&mut self, read: u32, log: AuditLog, text: &str) {
        self.trail.take(read, log, text);
    }

    /// That read has ended. `tenant`: whose logs they are.
    pub fn end_audit(&mut self, read: u32, tenant: &str, reads: &[AuditRead]) {
        self.trail.end(read, tenant, reads);
    }

    /// Takes what was read of roles in Intune.
    pub fn take_roles(&mut self, reads: Vec<LiveRead>) {
        self.roles = reads;
    }

    /// Rights held against the audit events of so many days.
    pub fn rights(&self, days: u32) -> Rights {
        access::rights(&self.roles, &self.trail, days)
    }

    /// Reads what a person opens as the main side, and holds it for the engine. Until that has it, nothing else changes.
    ///
    /// # Errors
    /// A saved snapshot among them is damaged or too new; every other bad file is a finding.
    pub fn open(&mut self, files: Vec<File>) -> Result<(), Problem> {
        self.opened = None;
        self.opened = Some(files::read(files)?.snapshot);
        Ok(())
    }

    /// What is opened: whether it is a saved snapshot, and the piece that begins with the policy of this number.
    pub fn opened(&self, from: u32) -> Option<(bool, Piece)> {
        let opened = self.opened.as_ref()?;
        Some((opened.source == Source::Saved, file::piece(opened, 0, from)))
    }

    /// The engine has what is opened: it is the main side. False: it is not here any more.
    pub fn keep_opened(&mut self) -> bool {
        self.await_main();
        self.main = self.opened.take();
        self.main.is_some()
    }

    /// Drops what is opened: nobody waits for it.
    pub fn drop_opened(&mut self) {
        self.opened = None;
    }

    /// Answers a request that needs nothing but the two sides. `None`: it is not one of these.
    pub fn answer(&mut self, request: Request) -> Option<Event> {
        let answer = match request {
            Request::AddBaseline(files) => return Some(self.add_baseline(files)),
            Request::Compare(options) => {
                self.writing = None;
                self.analysis.stale();
                self.both(|second, main| second.compare(main, options))
            }
            Request::CompareRows(query) => {
                let accepted = match query.without_accepted {
                    true => {
                        let (analysis, open) = self.parts();
                        analysis.accepted(open)
                    }
                    false => Vec::new(),
                };
                let answer = self.both(|second, main| second.rows(main, &query, &accepted));
                self.marked(answer)
            }
            Request::CompareDetail(line) => {
                let answer = self.both(|second, main| second.detail(main, line));
                self.marked(answer)
            }
            Request::Suppressed(rule) => self.both(|second, main| second.suppressed(main, &rule)),
            Request::Report(options) => self.begin_report(options),
            Request::Export(options) => self.export(options).map(Event::Download),
            request if is_analysis(&request) => return Some(self.analyse(request)),
            _ => return None,
        };
        Some(answer.unwrap_or_else(|error| Event::Failed(error.into())))
    }

    /// Says of each line what it weighs and whether it is accepted.
    fn marked(&mut self, answer: Result<Event, DeskError>) -> Result<Event, DeskError> {
        answer.map(|mut event| {
            let (analysis, open) = self.parts();
            analysis.mark(open, &mut event);
            event
        })
    }

    fn both(
        &mut self,
        work: impl FnOnce(&mut Second, &Snapshot) -> Result<Event, DeskError>,
    ) -> Result<Event, DeskError> {
        let main = self.main.as_ref().ok_or(DeskError::NothingOpen)?;
        work(&mut self.second, main)
    }

    fn export(&self, options: ExportOptions) -> Result<File, DeskError> {
        let side = if options.baseline {
            let second = self.second.baseline.as_ref();
            &second.ok_or(DeskError::NoBaseline)?.snapshot
        } else {
            self.main.as_ref().ok_or(DeskError::NothingOpen)?
        };
        files::export(side, options.form)
    }

    fn parts(&mut self) -> (&mut Analysis, analysis::Open<'_>) {
        let open = analysis::Open {
            main: self.main.as_ref(),
            second: &self.second,
            trail: &self.trail,
        };
        (&mut self.analysis, open)
    }

    /// What is thought of the comparison, for a report, and which of its lines are accepted.
    pub(super) fn judged(&mut self) -> Result<(Judged, Accepted), DeskError> {
        let (analysis, open) = self.parts();
        analysis.judged(open)
    }

    fn analyse(&mut self, request: Request) -> Event {
        let (analysis, open) = self.parts();
        let answer = analysis.answer(open, request);
        answer.unwrap_or_else(Event::Failed)
    }

    fn add_baseline(&mut self, files: Vec<File>) -> Event {
        match files::read(files) {
            Ok(read) => {
                let info = files::info(&read);
                self.second.baseline = Some(read);
                self.stale();
                Event::BaselineReady(info)
            }
            Err(problem) => Event::Failed(problem),
        }
    }
}

/// True for requests that [`analysis::Analysis`] answers.
fn is_analysis(request: &Request) -> bool {
    matches!(
        request,
        Request::Coverage(_)
            | Request::Conflicts(_)
            | Request::AddSide(_)
            | Request::RemoveSide(_)
            | Request::Sides
            | Request::Matrix(_)
            | Request::ComparePicked(_)
            | Request::PoliciesOf(..)
            | Request::Drift
            | Request::Audit(_)
            | Request::AuditDetail(_)
            | Request::Accept(_)
            | Request::Unaccept(_)
            | Request::OpenDeviations(..)
            | Request::SaveDeviations
            | Request::Deviations
            | Request::OpenSeverities(_)
            | Request::Score
    )
}
