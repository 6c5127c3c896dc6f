//! Lists that a person asks for beside the tenant: audit logs, and what the pages of Trust show. Page by page to the end;
//! logs are handed on as they come, and nothing of them is kept here.

use super::{Purpose, Reading, malformed};
use crate::catalog::ApiVersion;
use crate::graph::page::{self, LoopGuard, Page};
use crate::graph::scheduler::Priority;
use crate::graph::url;
use crate::hash::QuickSet;
use crate::json::Json;
use crate::permission::{LIVE, LOGS, Live, holds, log_route};
use crate::policy::dates;
use crate::protocol::{AuditAsk, AuditLog, AuditRead, LivePage, LiveRead};
use crate::snapshot::{Gap, Reason};

/// The most events of one log. The newest come first.
pub const MOST_EVENTS: u32 = 20_000;

/// The most objects below which something is asked for.
const MOST_BELOW: usize = 1_000;

/// A list that is read.
pub(super) struct LogList {
    /// Its place in [`LOGS`] or [`LIVE`].
    place: usize,
    /// The object below which it lies, where each has a list of its own.
    of: String,
    /// Client id of the registration that it is about; may be empty.
    app: String,
    guard: LoopGuard,
    pub read: u32,
    gap: Option<Gap>,
    /// What came and was not handed on.
    pages: Vec<String>,
}

/// What a read of logs has brought.
#[derive(Default)]
pub(super) struct Logs {
    pub lists: Vec<LogList>,
    from: String,
    to: String,
    /// They are not logs: what came stays here to the end.
    live: bool,
    /// What was asked for below objects, by the object's id.
    below: QuickSet<(Live, String)>,
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
        for log in &ask.logs {
            let route = log_route(*log);
            // Intune's pages are large; the directory's are not unless they are asked for.
            let top = match log {
                AuditLog::Intune => "",
                AuditLog::Directory => "&$top=999",
            };
            let url = dated.then(|| url::build(route.path, &format!("{query}{top}")));
            // The logs stand in the table in their own order.
            let number = reading.plan_log(*log as usize, "");
            if holds(scopes, route.scope) {
                reading.ask(Purpose::Log(number), ApiVersion::V1, url, Priority::List);
            } else {
                reading.lacks(number, route.scope);
            }
        }
        reading.ask_organization();
        reading.settle();
        reading
    }

    /// Plans the read of what a page of Trust shows, of the app with these client ids.
    pub fn of_live(
        origin: &str,
        scopes: &[String],
        page: LivePage,
        client_ids: &[String],
        seed: u64,
    ) -> Self {
        let mut reading = Self::bare(origin, seed);
        reading.logs.live = true;
        for (place, route) in LIVE.iter().enumerate() {
            if !page.has(route.page) {
                continue;
            }
            let person = [String::new()];
            let apps = if page.has(LivePage::App) {
                client_ids
            } else {
                &person
            };
            let held = route.scopes.iter().any(|scope| holds(scopes, scope));
            for app in apps {
                let number = reading.plan_log(place, app);
                if !held {
                    reading.lacks(number, route.scope());
                } else if route.below.is_none() {
                    reading.ask_live(number, &route.path.replace("{app}", app));
                }
            }
        }
        // Without any of their scopes nothing is sent at all.
        if !reading.purposes.is_empty() {
            reading.ask_organization();
        }
        reading.settle();
        reading
    }

    fn plan_log(&mut self, place: usize, app: &str) -> usize {
        self.logs.lists.push(LogList {
            place,
            of: String::new(),
            app: app.to_owned(),
            guard: LoopGuard::default(),
            read: 0,
            gap: None,
            pages: Vec::new(),
        });
        self.logs.lists.len() - 1
    }

    fn lacks(&mut self, number: usize, scope: &str) {
        let gap = Gap {
            reason: Reason::Scope,
            detail: scope.to_owned(),
        };
        self.unknown(number, gap);
    }

    fn unknown(&mut self, number: usize, gap: Gap) {
        self.settled.push((Purpose::Log(number), gap));
    }

    fn ask_live(&mut self, number: usize, path: &str) {
        let list = &self.logs.lists[number];
        let route = &LIVE[list.place];
        let query = route.query.replace("{app}", &list.app);
        let url = Some(url::build(path, &query));
        self.ask(Purpose::Log(number), route.version, url, Priority::List);
    }

    /// What lies below objects that came with this list is asked for with their ids; without them, it is unknown for the
    /// same reason.
    fn ask_below(&mut self, of: usize, items: Result<&[Json<'_>], &Gap>) {
        let above = &self.logs.lists[of];
        let (what, app) = (LIVE[above.place].what, above.app.clone());
        for number in 0..self.logs.lists.len() {
            let list = &self.logs.lists[number];
            let route = &LIVE[list.place];
            let gap = list.gap.as_ref();
            let lacks = gap.is_some_and(|gap| gap.reason == Reason::Scope);
            let here = list.app == app && list.of.is_empty();
            if route.below != Some(what) || lacks || !here {
                continue;
            }
            match items {
                Ok(items) => {
                    for item in items {
                        for id in route.what.ids_in(what, item) {
                            self.ask_one(number, id);
                        }
                    }
                }
                Err(gap) => {
                    self.logs.lists[number].gap = Some(gap.clone());
                    self.unknown(number, gap.clone());
                }
            }
        }
    }

    /// Asks for what lies below the object of this id, once.
    fn ask_one(&mut self, number: usize, id: &str) {
        let Some(key) = url::segment(id) else {
            return self.unknown(number, malformed("no usable id"));
        };
        let (place, live) = (self.logs.lists[number].place, &mut self.logs.below);
        let route = &LIVE[place];
        if !live.insert((route.what, key.clone())) {
            return;
        }
        if live.len() > MOST_BELOW {
            let detail = format!("more than {MOST_BELOW} requests: the rest was not sent");
            let reason = Reason::NotRead;
            return self.unknown(number, Gap { reason, detail });
        }
        let mut list = number;
        if route.what.is_list_of_its_own() {
            let app = self.logs.lists[number].app.clone();
            list = self.plan_log(place, &app);
            id.clone_into(&mut self.logs.lists[list].of);
        }
        self.ask_live(list, &route.path.replace("{id}", &key));
    }

    pub(super) fn take_log(&mut self, number: usize, result: Result<Json<'_>, Gap>) {
        let Some(list) = self.logs.lists.get_mut(number) else {
            return;
        };
        let live = self.logs.live;
        let page = result.and_then(|body| {
            // One object, not a list.
            if live && body.get("value").is_none() {
                return Ok(Page {
                    items: vec![body],
                    next: None,
                });
            }
            page::read(body).map_err(|e| malformed(e.code()))
        });
        let page = match page {
            Ok(page) => page,
            // Whom a grant names and who is gone has no name: nothing that could be read is missing.
            Err(Gap {
                reason: Reason::NotFound,
                ..
            }) if live && LIVE[list.place].below == Some(Live::Grants) => return,
            Err(gap) => {
                list.gap = Some(gap.clone());
                if live {
                    self.ask_below(number, Err(&gap));
                }
                return;
            }
        };
        let count = page.items.len();
        list.read += count as u32;
        if live {
            self.ask_below(number, Ok(&page.items));
        }
        let text = Json::Array(page.items).to_text();
        self.logs.lists[number].pages.push(text);
        let list = &mut self.logs.lists[number];
        let Some(link) = page.next else { return };
        if list.read >= MOST_EVENTS || (live && LIVE[list.place].what.is_newest_only()) {
            let read = list.read;
            list.gap = Some(Gap {
                reason: Reason::NotRead,
                detail: format!("more than {read} events: the newest were read"),
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

    /// The pages of logs that came since this was last asked: events as a JSON array.
    pub fn log_pages(&mut self) -> Vec<(AuditLog, String)> {
        let mut out = Vec::new();
        if !self.logs.live {
            for list in &mut self.logs.lists {
                let log = LOGS[list.place].log;
                out.extend(list.pages.drain(..).map(|page| (log, page)));
            }
        }
        out
    }

    /// How each log was read. `at` is now, ISO 8601 in UTC.
    pub fn logs_read(&self, at: &str) -> Vec<AuditRead> {
        let read = |list: &LogList| AuditRead {
            log: LOGS[list.place].log,
            events: list.read,
            from: self.logs.from.clone(),
            to: self.logs.to.clone(),
            at: at.to_owned(),
            gap: list.gap.clone(),
        };
        self.logs.lists.iter().map(read).collect()
    }

    /// What a page of Trust shows, and how it was read.
    pub fn live_read(&mut self) -> Vec<LiveRead> {
        let lists = self.logs.lists.drain(..);
        lists
            .map(|list| LiveRead {
                route: list.place as u32,
                of: list.of,
                app: list.app,
                gap: list.gap,
                pages: list.pages,
            })
            .collect()
    }
}
