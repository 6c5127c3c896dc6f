//! A report that is being written.

use super::{Comparer, DeskError};
use crate::protocol::{Event, File, OfficeJob, ReportOptions, ReportWhat};
use crate::report::build::{self, Documented, Source};
use crate::report::{Done, Job};

/// Rows that are written at one go: some ten milliseconds.
const ROWS: usize = 1_000;

impl Comparer {
    /// Begins a report; what was being written is dropped. `write_on` does the rest.
    pub(super) fn begin_report(&mut self, options: ReportOptions) -> Result<Event, DeskError> {
        self.writing = None;
        let job = match options.what {
            ReportWhat::Documentation => {
                self.source(options.what, |source| Job::start(source, options))?
            }
            ReportWhat::Comparison => {
                let judged = self.judged()?;
                let main = self.main.as_ref().ok_or(DeskError::NothingOpen)?;
                let source = build::Compared {
                    judged: Some(&judged),
                    ..self.second.source(main)?
                };
                Job::start(&source, options)
            }
        };
        let (done, total) = job.progress();
        self.writing = Some(job);
        Ok(Event::Writing(done, total))
    }

    /// Writes a part of the report: `Writing`, or an `Office` that is not the last, as long as there is more.
    pub fn write_on(&mut self) -> Event {
        let Some(mut job) = self.writing.take() else {
            return Event::Failed(DeskError::Replaced.into());
        };
        match self.source(job.what(), |source| job.step(source, ROWS)) {
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
                self.writing = Some(job);
                match window {
                    None => Event::Writing(done.0, done.1),
                    Some((format, bytes)) => Event::Office(OfficeJob {
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
        work: impl FnOnce(&dyn Source) -> T,
    ) -> Result<T, DeskError> {
        let snapshot = self.main.as_ref().ok_or(DeskError::NothingOpen)?;
        Ok(match what {
            ReportWhat::Comparison => work(&self.second.source(snapshot)?),
            ReportWhat::Documentation => work(&Documented(snapshot)),
        })
    }
}
