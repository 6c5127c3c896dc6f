//! A report that is being written.

use super::{Comparer, DeskError};
use crate::protocol::{Event, File, OfficeJob, ReportOptions, ReportWhat};
use crate::report::build::{self, Accepted, Documented, Source};
use crate::report::{Done, Job, Window};
use crate::snapshot::Snapshot;

/// Rows that are written at one go: some ten milliseconds.
const ROWS: usize = 1_000;

/// A report under way.
#[derive(Debug)]
pub(super) struct Writing {
    job: Job,
    /// What was accepted when it began.
    accepted: Accepted,
}

impl Comparer {
    /// Begins a report; what was being written is dropped. `write_on` does the rest.
    pub(super) fn begin_report(&mut self, options: ReportOptions) -> Result<Event, DeskError> {
        self.writing = None;
        let mut accepted = Accepted::default();
        let job = match options.what {
            ReportWhat::Documentation => {
                let source = |source: &dyn Source| Job::start(source, options.clone());
                self.source(options.what, &accepted, source)?
            }
            ReportWhat::Comparison => {
                let (judged, lines) = self.judged()?;
                // Who leaves the chapter out leaves it out everywhere.
                if !options.without.iter().any(|key| key == "deviations") {
                    accepted = lines;
                }
                let main = self.main.as_ref().ok_or(DeskError::NothingOpen)?;
                let source = build::Compared {
                    judged: Some(&judged),
                    ..self.compared(main, &accepted)?
                };
                Job::start(&source, options)
            }
        };
        let (done, total) = job.progress();
        self.writing = Some(Writing { job, accepted });
        Ok(Event::Writing(done, total))
    }

    /// Writes a part of the report: `Writing`, `Written`, or an `Office` that is not the last, as long as there is more.
    pub fn write_on(&mut self) -> Event {
        let Some(Writing { mut job, accepted }) = self.writing.take() else {
            return Event::Failed(DeskError::Replaced.into());
        };
        let stepped = self.source(job.what(), &accepted, |source| job.step(source, ROWS));
        match stepped {
            Err(error) => Event::Failed(error.into()),
            Ok(Some(Done::File(file))) => Event::Download(file),
            Ok(Some(Done::Parts(format, file))) => Event::Office(OfficeJob {
                format,
                file,
                done: job.progress(),
                last: true,
            }),
            Ok(None) => {
                let done = job.progress();
                let window = job.window();
                self.writing = Some(Writing { job, accepted });
                match window {
                    None => Event::Writing(done.0, done.1),
                    Some(Window::Bytes(bytes)) => Event::Written(bytes, done),
                    Some(Window::Parts(format, bytes)) => Event::Office(OfficeJob {
                        format,
                        file: File {
                            bytes,
                            ..File::default()
                        },
                        done,
                        last: false,
                    }),
                }
            }
        }
    }

    /// Drops the report that is being written.
    pub fn stop_writing(&mut self) {
        self.writing = None;
    }

    fn source<T>(
        &self,
        what: ReportWhat,
        accepted: &Accepted,
        work: impl FnOnce(&dyn Source) -> T,
    ) -> Result<T, DeskError> {
        let snapshot = self.main.as_ref().ok_or(DeskError::NothingOpen)?;
        Ok(match what {
            ReportWhat::Comparison => work(&self.compared(snapshot, accepted)?),
            ReportWhat::Documentation => work(&Documented(snapshot)),
        })
    }

    /// The comparison; a report says who accepted what only where somebody did.
    fn compared<'s>(
        &'s self,
        main: &'s Snapshot,
        accepted: &'s Accepted,
    ) -> Result<build::Compared<'s>, DeskError> {
        Ok(build::Compared {
            accepted: Some(accepted).filter(|lines| !lines.is_empty()),
            ..self.second.source(main)?
        })
    }
}
