//! Writing a report: a part at a time, so that the comparer hears a cancel between two.

use domain::desk::DeskError;
use domain::problem::Problem;
use domain::protocol::{Event, Job, ReportOptions, Request};

use super::Host;
use crate::worker::clock;

/// Windows that are under way to the office worker at a time: it writes one while the next is made.
const AHEAD: u32 = 2;

impl Host {
    /// Begins a report.
    pub(super) async fn write(&self, job: Job, options: ReportOptions) {
        let begun = self.desk.borrow_mut().answer(Request::Report(options));
        let begun = begun.unwrap_or_else(|| Event::Failed(DeskError::Replaced.into()));
        self.port.send(job, &begun);
        if !matches!(begun, Event::Writing(..)) {
            return;
        }
        self.writing.set(Some(job));
        self.write_on(job, AHEAD).await;
    }

    /// Writes on, and listens between the parts. Of a report that another worker writes it gives so many `windows`.
    pub(super) async fn write_on(&self, job: Job, mut windows: u32) {
        while windows > 0 {
            clock::sleep(0).await;
            match self.writing.get() {
                Some(own) if own == job => {}
                // Cancelled, or the last window went out meanwhile.
                None => return,
                Some(_) => {
                    let replaced = Problem::from(DeskError::Replaced);
                    return self.port.send(job, &Event::Failed(replaced));
                }
            }
            let event = self.desk.borrow_mut().write_on();
            let more = match &event {
                Event::Writing(..) | Event::Written(..) => true,
                Event::Office(window) => {
                    windows -= 1;
                    !window.last
                }
                _ => false,
            };
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
