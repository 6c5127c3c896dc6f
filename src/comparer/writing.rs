//! Writing a report: a part at a time, so that the comparer hears a cancel between two.

use domain::desk::DeskError;
use domain::problem::Problem;
use domain::protocol::{Event, Job, ReportOptions, Request};

use super::Host;
use crate::worker::clock;

impl Host {
    /// Writes a report, and listens between its parts.
    pub(super) async fn write(&self, job: Job, options: ReportOptions) {
        let begun = self.desk.borrow_mut().answer(Request::Report(options));
        let begun = begun.unwrap_or_else(|| Event::Failed(DeskError::Replaced.into()));
        self.port.send(job, &begun);
        if !matches!(begun, Event::Writing(..)) {
            return;
        }
        self.writing.set(Some(job));
        loop {
            clock::sleep(0).await;
            if self.writing.get() != Some(job) {
                let replaced = Problem::from(DeskError::Replaced);
                return self.port.send(job, &Event::Failed(replaced));
            }
            let event = self.desk.borrow_mut().write_on();
            let more = matches!(event, Event::Writing(..));
            self.port.send(job, &event);
            if !more {
                return self.writing.set(None);
            }
        }
    }

    /// Ends this job, if it is the report under way.
    pub(super) fn stop_writing(&self, job: Job) {
        if self.writing.get() == Some(job) {
            self.writing.set(None);
            self.desk.borrow_mut().stop_writing();
        }
    }
}
