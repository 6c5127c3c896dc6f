//! Audit logs: page by page to the end, handed on as they come. Nothing of them is kept here.

use super::{Purpose, Reading, malformed};
use crate::catalog::ApiVersion;
use crate::graph::page::{self, LoopGuard};
use crate::graph::scheduler::Priority;
use crate::graph::url;
use crate::json::Json;
use crate::permission::{holds, log_route};
use crate::policy::dates;
use crate::protocol::{AuditAsk, AuditLog, AuditRead};
use crate::snapshot::{Gap, Reason};

/// The most events of one log. The newest come first.
pub const MOST_EVENTS: u32 = 20_000;

/// A log that is read.
pub(super) struct LogList {
    log: AuditLog,
    guard: LoopGuard,
    pub read: u32,
    gap: Option<Gap>,
}

/// What a read of logs has brought.
#[derive(Default)]
pub(super) struct Logs {
    pub lists: Vec<LogList>,
    from: String,
    to: String,
    pages: Vec<(AuditLog, String)>,
}

impl Reading {
    /// Plans the read of audit logs. A log whose scope is not in hand is not asked for, and has that as its gap.
    ///
    /// `origin` and `seed` as in [`Self::new`].
    pub fn of_logs(origin: &str, scopes: &[String], ask: &AuditAsk, seed: u64) -> Self {
        let mut reading = Self::bare(origin, seed);
        // Written anew: what stands in a filter is a date and nothing else.
        reading.logs.from = dates::normalise(&ask.from);
        reading.logs.to = dates::normalise(&ask.to);
        let (from, to) = (&reading.logs.from, &reading.logs.to);
        let query = format!(
            "$filter=activityDateTime ge {from} and activityDateTime le {to}&$orderby=activityDateTime desc"
        );
        let dated = !from.is_empty() && !to.is_empty();
        for (number, log) in (0..).zip(&ask.logs) {
            let route = log_route(*log);
            // Intune's pages are large; the directory's are not unless they are asked for.
            let top = match log {
                AuditLog::Intune => "",
                AuditLog::Directory => "&$top=999",
            };
            reading.logs.lists.push(LogList {
                log: *log,
                guard: LoopGuard::default(),
                read: 0,
                gap: None,
            });
            if holds(scopes, route.scope) {
                let url = dated.then(|| url::build(route.path, &format!("{query}{top}")));
                reading.ask(Purpose::Log(number), ApiVersion::V1, url, Priority::List);
            } else {
                let gap = Gap {
                    reason: Reason::Scope,
                    detail: route.scope.to_owned(),
                };
                reading.settled.push((Purpose::Log(number), gap));
            }
        }
        reading.ask_organization();
        reading.settle();
        reading
    }

    pub(super) fn take_log(&mut self, number: usize, result: Result<Json<'_>, Gap>) {
        let Some(list) = self.logs.lists.get_mut(number) else {
            return;
        };
        let page = result.and_then(|body| page::read(body).map_err(|e| malformed(e.code())));
        let page = match page {
            Ok(page) => page,
            Err(gap) => return list.gap = Some(gap),
        };
        let count = page.items.len();
        list.read += count as u32;
        let text = Json::Array(page.items).to_text();
        self.logs.pages.push((list.log, text));
        let Some(link) = page.next else { return };
        if list.read >= MOST_EVENTS {
            list.gap = Some(Gap {
                reason: Reason::NotRead,
                detail: format!("more than {MOST_EVENTS} events: the newest were read"),
            });
            return;
        }
        let next = list
            .guard
            .check(count, &link)
            .map_err(|error| error.code())
            .and_then(|()| url::relative(&link, &self.origin).map_err(|error| error.code()));
        match next {
            Ok((version, url)) => {
                self.ask(Purpose::Log(number), version, Some(url), Priority::List);
            }
            Err(code) => list.gap = Some(malformed(code)),
        }
    }

    /// The pages that came since this was last asked: events as a JSON array.
    pub fn log_pages(&mut self) -> Vec<(AuditLog, String)> {
        std::mem::take(&mut self.logs.pages)
    }

    /// How each log was read. `at` is now, ISO 8601 in UTC.
    pub fn logs_read(&self, at: &str) -> Vec<AuditRead> {
        let read = |list: &LogList| AuditRead {
            log: list.log,
            events: list.read,
            from: self.logs.from.clone(),
            to: self.logs.to.clone(),
            at: at.to_owned(),
            gap: list.gap.clone(),
        };
        self.logs.lists.iter().map(read).collect()
    }
}
