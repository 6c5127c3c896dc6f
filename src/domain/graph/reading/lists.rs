//! Lists: page by page to the end, or incomplete with the reason.

use std::collections::HashSet;

use super::{Purpose, Reading, malformed};
use crate::catalog::{self, ApiVersion, Shape};
use crate::graph::page::{self, LoopGuard};
use crate::graph::plan::{self, ListPlan};
use crate::graph::scheduler::Priority;
use crate::graph::url;
use crate::json::Json;
use crate::snapshot::{Gap, Reason};

/// One list of the plan, or one below one parent.
pub(super) struct List {
    pub version: ApiVersion,
    /// As in the catalog.
    path: &'static str,
    /// With the parent filled in; `None` when its id cannot stand in a path.
    url: Option<String>,
    pub query: &'static str,
    singleton: bool,
    /// The service answers 404 when the tenant has not set it up.
    may_be_absent: bool,
    rows: Vec<usize>,
    /// The parent's id, or empty.
    pub parent: String,
    guard: LoopGuard,
    /// Ids so far: an object that moves to a later page while the list is read comes twice.
    ids: HashSet<Box<str>>,
    read: u32,
    /// The service did not take the query: asked for without it.
    bare: bool,
}

impl Reading {
    pub(super) fn plan_list(&mut self, plan: ListPlan) {
        for place in &plan.rows {
            self.rows[*place].open_lists += 1;
        }
        if let Shape::PerParent(_) = plan.shape {
            self.waiting.push(plan);
        } else {
            self.start_list(&plan, String::new());
        }
    }

    fn start_list(&mut self, plan: &ListPlan, parent: String) {
        let list = List {
            version: plan.version,
            path: plan.path,
            url: plan::in_parent(plan.path, &parent),
            query: plan.query,
            singleton: plan.shape == Shape::Singleton,
            may_be_absent: matches!(
                plan.shape,
                Shape::Singleton | Shape::PerParent("organization")
            ),
            rows: plan.rows.clone(),
            parent,
            guard: LoopGuard::default(),
            ids: HashSet::new(),
            read: 0,
            bare: false,
        };
        // The directory's pages have 100 objects unless up to 999 are asked for; only groups are many.
        let top = if list.path == "/groups" {
            "&$top=999"
        } else {
            ""
        };
        let query = format!("{}{top}", list.query);
        let url = list.url.as_ref().map(|path| url::build(path, &query));
        let number = self.lists.len() as u32;
        let version = list.version;
        self.lists.push(list);
        self.ask(Purpose::List(number), version, url, Priority::List);
    }

    /// The parents of these lists are there (or are not, with the reason).
    pub(super) fn start_lists_below(
        &mut self,
        parent_row: &'static str,
        parents: &[String],
        gap: Option<&Gap>,
    ) {
        let below = |plan: &mut ListPlan| plan.shape == Shape::PerParent(parent_row);
        let plans: Vec<ListPlan> = self.waiting.extract_if(.., below).collect();
        for plan in plans {
            for parent in parents {
                for place in &plan.rows {
                    self.rows[*place].open_lists += 1;
                }
                self.start_list(&plan, parent.clone());
            }
            for place in &plan.rows {
                self.rows[*place].open_lists -= 1;
                self.note_gap(*place, gap);
            }
        }
    }

    pub(super) fn take_list(&mut self, number: u32, result: Result<Json<'_>, Gap>) {
        let list = &mut self.lists[number as usize];
        let body = match result {
            Ok(body) => body,
            Err(gap)
                if list.read == 0
                    && !list.bare
                    && is_refused(&gap)
                    && list.query.contains("$expand") =>
            {
                list.bare = true;
                list.query = "";
                let (version, url) = (list.version, list.url.clone());
                return self.ask(Purpose::List(number), version, url, Priority::List);
            }
            // Not set up in this tenant: nothing is missing.
            Err(gap) if list.may_be_absent && gap.detail.starts_with("404") => {
                return self.end_list(number, None);
            }
            Err(gap) => return self.end_list(number, Some(gap)),
        };
        // A few singletons answer as a collection of one in the other endpoint version.
        if list.singleton && body.get("value").and_then(Json::array).is_none() {
            let gap = match body {
                Json::Object(_) => {
                    self.add_item(number, 0, body);
                    None
                }
                Json::Null => None,
                _ => Some(malformed("not an object")),
            };
            return self.end_list(number, gap);
        }
        let page = match page::read(body) {
            Ok(page) => page,
            Err(error) => return self.end_list(number, Some(malformed(error.code()))),
        };
        let count = page.items.len();
        for item in page.items {
            let list = &mut self.lists[number as usize];
            if item
                .str_at("id")
                .is_some_and(|id| !list.ids.insert(id.into()))
            {
                continue;
            }
            let place = list.read;
            list.read += 1;
            self.add_item(number, place, item);
        }
        let Some(link) = page.next else {
            return self.end_list(number, None);
        };
        let next = self.lists[number as usize]
            .guard
            .check(count, &link)
            .map_err(|error| error.code())
            .and_then(|()| url::relative(&link, &self.origin).map_err(|error| error.code()));
        match next {
            Ok((version, url)) => {
                self.ask(Purpose::List(number), version, Some(url), Priority::List)
            }
            Err(code) => self.end_list(number, Some(malformed(code))),
        }
    }

    /// Which row an object of this list belongs to.
    pub(super) fn place_of(&self, number: u32, document: &Json<'_>) -> usize {
        let list = &self.lists[number as usize];
        match list.rows[..] {
            [only] if self.rows[only].row.split == catalog::Split::Rest => only,
            _ => {
                let row = catalog::row_of(list.version, list.path, document);
                let found = list
                    .rows
                    .iter()
                    .find(|place| self.rows[**place].row.id == row.id);
                found.copied().unwrap_or(self.rows.len() - 1)
            }
        }
    }

    fn end_list(&mut self, number: u32, gap: Option<Gap>) {
        let rows = self.lists[number as usize].rows.clone();
        for place in rows {
            self.rows[place].open_lists -= 1;
            self.note_gap(place, gap.as_ref());
            let row = self.rows[place].row;
            if !self
                .waiting
                .iter()
                .any(|plan| plan.shape == Shape::PerParent(row.id))
            {
                continue;
            }
            let of_row = |item: &&super::items::Item| item.place == place && item.list == number;
            let parents: Vec<String> = self
                .items
                .iter()
                .filter(of_row)
                .map(|item| item.id.clone())
                .collect();
            self.start_lists_below(row.id, &parents, gap.as_ref());
        }
    }

    fn note_gap(&mut self, place: usize, gap: Option<&Gap>) {
        let known = &mut self.rows[place].gap;
        if known.is_none() {
            *known = gap.cloned();
        }
    }
}

fn is_refused(gap: &Gap) -> bool {
    gap.reason == Reason::Failed && gap.detail.starts_with("400")
}
