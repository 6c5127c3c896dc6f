//! Reading a whole tenant: every list to its end, everything below every object, the names of what
//! they point to. What is not read has a reason, and nothing is read twice.
//!
//! Drive it as [`Scheduler`] says: send what [`Reading::next`] gives, hand back what came, then take
//! the [`Snapshot`] with [`Reading::finish`].

use crate::arrange::Arrange;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::definitions::Definitions;
use super::page::LoopGuard;
use super::plan::{self, ListPlan};
use super::retry::Ms;
use super::scheduler::{AskId, Priority, Response, Scheduler, Step};
use crate::catalog::{self, ApiVersion, Row, UNKNOWN};
use crate::json::Json;
use crate::permission::{self, Method};
use crate::policy::Policy;
use crate::setting::Interner;
use crate::snapshot::{Definition, Gap, Reason, Snapshot, Source, Tenant, TypeRead};

mod items;
mod lists;
mod logs;
mod names;
mod progress;

/// A read under way.
pub struct Reading {
    origin: String,
    scheduler: Scheduler,
    /// By ask; `None` once answered.
    purposes: Vec<Option<Purpose>>,
    /// Answers that need no request.
    settled: Vec<(Purpose, Gap)>,
    /// Why nothing more is asked.
    ended: Option<Gap>,
    /// By place in the catalog; the last is [`UNKNOWN`].
    rows: Vec<RowState>,
    lists: Vec<lists::List>,
    /// Lists below objects of other lists, until those are there.
    waiting: Vec<ListPlan>,
    items: Vec<items::Item>,
    /// With what they are sorted by: row, list, place in the list.
    policies: Vec<((usize, u32, u32), Policy)>,
    ids: Interner,
    definitions: Definitions,
    /// From an earlier read; those that are in use move over to `definitions`.
    recalled: HashMap<String, Definition>,
    categories_asked: bool,
    categories: LoopGuard,
    can_name_groups: bool,
    names_asked: bool,
    groups: BTreeSet<String>,
    /// Settings whose definitions did not come with them: where to ask, and id.
    unnamed: BTreeSet<(&'static str, Arc<str>)>,
    names: HashMap<String, String>,
    tenant: Tenant,
    logs: logs::Logs,
    /// Tenant id of the session; empty: any.
    of_tenant: String,
    foreign: bool,
}

/// What an answer is for.
#[derive(Debug)]
enum Purpose {
    /// A page of a list.
    List(u32),
    /// An object whose list leaves content out.
    Item(u32),
    /// A page of something below an object: item and part.
    Part(u32, u32),
    Organization,
    Categories,
    /// The name of a group.
    Group(String),
    /// The definition of this setting.
    Definition(Arc<str>),
    /// A page of an audit log.
    Log(usize),
}

struct RowState {
    row: &'static Row,
    read: u32,
    /// Lists that are not at their end.
    open_lists: u32,
    /// Objects that are not whole.
    open_items: u32,
    gap: Option<Gap>,
}

impl RowState {
    /// True when nothing more is to come.
    fn is_done(&self) -> bool {
        self.open_lists == 0 && self.open_items == 0
    }

    fn still_open(&self) -> Option<Gap> {
        (!self.is_done()).then(|| Gap {
            reason: Reason::Reading,
            detail: String::new(),
        })
    }
}

impl Reading {
    /// Plans the read of everything that these scopes allow.
    ///
    /// `origin` is Graph's, without a slash at the end; links elsewhere are not followed. `seed` is
    /// random and only spreads second tries.
    pub fn new(origin: &str, scopes: &[String], seed: u64) -> Self {
        let every_row = catalog::rows().chain([&UNKNOWN]);
        let mut reading = Self {
            rows: every_row
                .map(|row| RowState {
                    row,
                    read: 0,
                    open_lists: 0,
                    open_items: 0,
                    gap: None,
                })
                .collect(),
            can_name_groups: plan::can_name_groups(scopes),
            ..Self::bare(origin, seed)
        };
        let (lists, gaps) = plan::lists(scopes);
        for (place, gap) in gaps {
            reading.rows[place].gap = Some(gap);
        }
        for list in lists {
            reading.plan_list(list);
        }
        reading.ask_organization();
        reading.settle();
        reading
    }

    /// A read that asks for nothing yet.
    fn bare(origin: &str, seed: u64) -> Self {
        Self {
            origin: origin.to_owned(),
            scheduler: Scheduler::new(seed),
            purposes: Vec::new(),
            settled: Vec::new(),
            ended: None,
            rows: Vec::new(),
            lists: Vec::new(),
            waiting: Vec::new(),
            items: Vec::new(),
            policies: Vec::new(),
            ids: Interner::default(),
            definitions: Definitions::default(),
            recalled: HashMap::new(),
            categories_asked: false,
            categories: LoopGuard::default(),
            can_name_groups: false,
            names_asked: false,
            groups: BTreeSet::new(),
            unnamed: BTreeSet::new(),
            names: HashMap::new(),
            tenant: Tenant::default(),
            logs: logs::Logs::default(),
            of_tenant: String::new(),
            foreign: false,
        }
    }

    /// The tenant that the session is for: what another one answers ends the read (case 75).
    pub fn of_tenant(mut self, id: &str) -> Self {
        id.clone_into(&mut self.of_tenant);
        self
    }

    /// What an earlier read of the same tenant in this session has fetched by id is not fetched again.
    pub fn knowing(mut self, earlier: &Snapshot) -> Self {
        for policy in &earlier.policies {
            for id in names::defined_elsewhere(policy) {
                let id = id.to_ascii_lowercase();
                if let Some(definition) = earlier.definitions.get(&id) {
                    self.recalled.insert(id, definition.clone());
                }
            }
        }
        self
    }

    /// True when the answers are another tenant's. Nothing of them may be shown.
    pub fn is_foreign(&self) -> bool {
        self.foreign
    }

    /// What to do now; see [`Step`].
    pub fn next(&mut self, now: Ms) -> Step {
        let step = self.scheduler.next(now);
        if step != Step::Done || self.names_asked {
            return step;
        }
        self.names_asked = true;
        self.ask_definitions();
        self.ask_groups();
        self.settle();
        self.scheduler.next(now)
    }

    /// An answer came.
    pub fn on_response(&mut self, id: u32, now: Ms, response: Response<'_>) {
        for answer in self.scheduler.on_response(id, now, response) {
            self.take(answer.ask, answer.result);
        }
        self.settle();
    }

    /// No answer came; `code` says why (`timeout`, `network`).
    pub fn on_failure(&mut self, id: u32, now: Ms, code: &str) {
        for answer in self.scheduler.on_failure(id, now, code) {
            self.take(answer.ask, answer.result);
        }
        self.settle();
    }

    /// There is a new token.
    pub fn renewed(&mut self) {
        self.scheduler.renewed();
    }

    /// Sends nothing new until [`Self::resume`].
    pub fn pause(&mut self) {
        self.scheduler.pause();
    }

    /// Goes on.
    pub fn resume(&mut self) {
        self.scheduler.resume();
    }

    /// Ends the read: what is there stays, the rest gets this reason
    /// ([`Reason::Cancelled`], [`Reason::SignedOut`]).
    pub fn end(&mut self, reason: Reason) {
        let gap = Gap {
            reason,
            detail: String::new(),
        };
        self.ended = Some(gap.clone());
        for answer in self.scheduler.abandon(&gap) {
            self.take(answer.ask, answer.result);
        }
        self.settle();
    }

    /// The snapshot. Call it when [`Self::next`] says [`Step::Done`]; earlier, the rest is marked as
    /// cancelled. `taken_at` is ISO 8601 in UTC.
    pub fn finish(mut self, taken_at: &str) -> Snapshot {
        if self.ended.is_none() && self.scheduler.counts().0 != self.scheduler.counts().1 {
            self.end(Reason::Cancelled);
        }
        self.policies.arrange_by_key(|(key, _)| *key);
        let policies = std::mem::take(&mut self.policies);
        self.snapshot(taken_at, policies.into_iter().map(|(_, policy)| policy))
    }

    fn snapshot(&self, taken_at: &str, policies: impl Iterator<Item = Policy>) -> Snapshot {
        let rows = self.rows.iter();
        let asked = rows.filter(|state| state.row.id != UNKNOWN.id || state.read > 0);
        let coverage = asked.map(|state| TypeRead {
            row: state.row.id.to_owned(),
            read: state.read,
            gap: state.gap.clone().or_else(|| state.still_open()),
        });
        let name = [&self.tenant.name, &self.tenant.id];
        let name = name.into_iter().find(|name| !name.is_empty());
        Snapshot {
            label: name.cloned().unwrap_or_default(),
            source: Source::Tenant,
            taken_at: taken_at.to_owned(),
            coverage: coverage.collect(),
            policies: policies.collect(),
            definitions: self.definitions.all(),
            names: self.names.clone(),
            tenant: self.tenant.clone(),
            ..Snapshot::default()
        }
    }

    fn ask(
        &mut self,
        purpose: Purpose,
        version: ApiVersion,
        url: Option<String>,
        priority: Priority,
    ) {
        match (&self.ended, url) {
            (Some(gap), _) => self.settled.push((purpose, gap.clone())),
            // An id or a link may make a path that is no read. In a batch it would keep the others back.
            (None, Some(url)) if !is_read(version, &url) => {
                self.settled
                    .push((purpose, malformed("not in the read table")));
            }
            (None, Some(url)) => {
                self.scheduler.ask(version, url, priority);
                self.purposes.push(Some(purpose));
            }
            (None, None) => self.settled.push((purpose, malformed("no usable id"))),
        }
    }

    fn take(&mut self, ask: AskId, result: Result<Json<'_>, Gap>) {
        if let Some(purpose) = self.purposes.get_mut(ask as usize).and_then(Option::take) {
            self.dispatch(purpose, result);
        }
    }

    fn settle(&mut self) {
        while let Some((purpose, gap)) = self.settled.pop() {
            self.dispatch(purpose, Err(gap));
        }
    }

    fn dispatch(&mut self, purpose: Purpose, result: Result<Json<'_>, Gap>) {
        match purpose {
            Purpose::List(list) => self.take_list(list, result),
            Purpose::Item(item) => self.take_item(item, result),
            Purpose::Part(item, part) => self.take_part(item, part, result),
            Purpose::Organization => self.take_organization(result),
            Purpose::Categories => self.take_categories(result),
            Purpose::Group(id) => self.take_group(id, result),
            Purpose::Definition(id) => self.take_definition(&id, result),
            Purpose::Log(number) => self.take_log(number, result),
        }
    }
}

fn is_read(version: ApiVersion, url: &str) -> bool {
    let path = url.split('?').next().unwrap_or(url);
    permission::is_read_route(Method::Get, version, path).is_some()
}

fn malformed(detail: &str) -> Gap {
    Gap {
        reason: Reason::Malformed,
        detail: detail.to_owned(),
    }
}

#[cfg(test)]
mod tests;
