//! Objects: the list's element, the object itself where the list leaves content out, what is below
//! it, and then one document.

use std::sync::Arc;

use super::{Purpose, Reading, malformed, names};
use crate::catalog::{Child, Row, UNKNOWN};
use crate::graph::page::{self, LoopGuard};
use crate::graph::plan;
use crate::graph::scheduler::Priority;
use crate::graph::url;
use crate::json::Json;
use crate::policy::{self, Known, Target};
use crate::setting::hide_secrets;
use crate::snapshot::Gap;
use crate::snapshot::assemble::{self, Part};

/// An object until it is whole.
pub(super) struct Item {
    /// Place of its row.
    pub place: usize,
    /// Number of its list, and its place in it.
    pub list: u32,
    seq: u32,
    /// Graph's id, as written.
    pub id: String,
    /// The document as JSON text; empty when there is nothing to wait for.
    text: String,
    parts: Vec<Below>,
    /// Parts that are not whole.
    open: u32,
    gaps: Vec<(String, Gap)>,
}

/// Something below an object, until it is whole.
struct Below {
    /// `None`: assignments.
    child: Option<&'static Child>,
    part: Part,
    /// Ids of the elements, when something hangs on each of them.
    ids: Vec<String>,
    guard: LoopGuard,
}

impl Reading {
    pub(super) fn add_item(&mut self, list: u32, seq: u32, document: Json<'_>) {
        let place = self.place_of(list, &document);
        let state = &mut self.rows[place];
        state.read += 1;
        state.open_items += 1;
        let row = state.row;
        let number = self.items.len() as u32;
        let id = document.str_at("id").unwrap_or_default().to_owned();
        let source = &self.lists[list as usize];
        let url = plan::item_url(row, &id, &source.parent);
        let (version, query) = (source.version, source.query);
        let (text, parts) = (String::new(), Vec::new());
        self.items.push(Item {
            place,
            list,
            seq,
            id,
            text,
            parts,
            open: 0,
            gaps: Vec::new(),
        });
        if row.item_needed {
            self.items[number as usize].text = document.to_text();
            let url = url.map(|path| url::build(&path, row.item_query));
            self.ask(Purpose::Item(number), version, url, Priority::Child);
        } else {
            self.read_below(number, document, query);
        }
    }

    pub(super) fn take_item(&mut self, number: u32, result: Result<Json<'_>, Gap>) {
        let item = &mut self.items[number as usize];
        let row = self.rows[item.place].row;
        let text = std::mem::take(&mut item.text);
        let listed = Json::parse(&text).unwrap_or(Json::Null);
        match result {
            Ok(answer @ Json::Object(_)) => {
                self.read_below(number, assemble::merge(listed, answer), row.item_query);
            }
            other => {
                let gap = other.err().unwrap_or_else(|| malformed("not an object"));
                item.gaps.push((String::new(), gap));
                let query = self.lists[item.list as usize].query;
                self.read_below(number, listed, query);
            }
        }
    }

    /// Asks for what is below the object. `query` is what the document was asked for with.
    fn read_below(&mut self, number: u32, document: Json<'_>, query: &str) {
        let place = self.items[number as usize].place;
        let row = self.rows[place].row;
        for child in plan::children(row, &document, query) {
            self.start_part(number, Some(child), child.path, None);
        }
        if plan::assignments_missing(row, &document, query) {
            self.start_part(number, None, "assignments", None);
        }
        if self.items[number as usize].open == 0 {
            self.complete(number, document);
        } else {
            self.items[number as usize].text = document.to_text();
        }
    }

    fn start_part(
        &mut self,
        number: u32,
        child: Option<&'static Child>,
        path: &str,
        under: Option<(usize, usize)>,
    ) {
        let item = &mut self.items[number as usize];
        let row = self.rows[item.place].row;
        let list = &self.lists[item.list as usize];
        let base = plan::item_url(row, &item.id, &list.parent);
        let query = child.map_or("", |child| child.query);
        let url = base.map(|base| url::build(&format!("{base}/{path}"), query));
        let name = child.map_or("assignments", |child| child.name);
        let part = item.parts.len() as u32;
        item.open += 1;
        item.parts.push(Below {
            child,
            part: Part {
                name,
                under,
                elements: Vec::new(),
                single: false,
                whole: true,
            },
            ids: Vec::new(),
            guard: LoopGuard::default(),
        });
        let version = list.version;
        self.ask(Purpose::Part(number, part), version, url, Priority::Child);
    }

    pub(super) fn take_part(&mut self, number: u32, part: u32, result: Result<Json<'_>, Gap>) {
        let next = result.and_then(|body| self.take_page(number, part, body));
        match next {
            Ok(Some(url)) => {
                let list = self.items[number as usize].list;
                let version = self.lists[list as usize].version;
                self.ask(
                    Purpose::Part(number, part),
                    version,
                    Some(url),
                    Priority::Child,
                );
            }
            Ok(None) => self.end_part(number, part, None),
            Err(gap) => self.end_part(number, part, Some(gap)),
        }
    }

    /// The relative URL of the next page, if there is one.
    fn take_page(&mut self, number: u32, part: u32, body: Json<'_>) -> Result<Option<String>, Gap> {
        let below = &mut self.items[number as usize].parts[part as usize];
        if body.get("value").and_then(Json::array).is_none() {
            // One object instead of a collection (an image, a reference), or none (204).
            if !matches!(body, Json::Object(_) | Json::Null) {
                return Err(malformed("not an object"));
            }
            below.part.single = true;
            below.part.elements = vec![assemble::without_context(body).to_text()];
            return Ok(None);
        }
        let page = page::read(body).map_err(|error| malformed(error.code()))?;
        let count = page.items.len();
        for mut element in page.items {
            if let Some(definitions) = assemble::take_definitions(&mut element) {
                self.definitions.collect(&definitions);
            }
            below
                .ids
                .push(element.str_at("id").unwrap_or_default().to_owned());
            below.part.elements.push(element.to_text());
        }
        let Some(link) = page.next else {
            return Ok(None);
        };
        let stop = |code: &str| Err(malformed(code));
        if let Err(error) = below.guard.check(count, &link) {
            return stop(error.code());
        }
        match url::relative(&link, &self.origin) {
            Ok((_, url)) => Ok(Some(url)),
            Err(error) => stop(error.code()),
        }
    }

    fn end_part(&mut self, number: u32, part: u32, gap: Option<Gap>) {
        self.ask_categories();
        let item = &mut self.items[number as usize];
        let row: &'static Row = self.rows[item.place].row;
        let below = &mut item.parts[part as usize];
        let ids = std::mem::take(&mut below.ids);
        if let Some(gap) = gap {
            below.part.whole = false;
            let name = below.part.name;
            if !item.gaps.iter().any(|(known, _)| known == name) {
                item.gaps.push((name.to_owned(), gap));
            }
        } else if let Some(child) = below.child {
            for deeper in plan::below(row, child) {
                for (element, id) in ids.iter().enumerate() {
                    let id = url::segment(id).unwrap_or_default();
                    let path = deeper.path.replace("{}", &id);
                    self.start_part(number, Some(deeper), &path, Some((part as usize, element)));
                }
            }
        }
        let item = &mut self.items[number as usize];
        item.open -= 1;
        if item.open == 0 {
            let text = std::mem::take(&mut item.text);
            let parts = std::mem::take(&mut item.parts);
            let document = Json::parse(&text).unwrap_or(Json::Null);
            let parts: Vec<Part> = parts.into_iter().map(|below| below.part).collect();
            self.complete(number, assemble::document(document, &parts));
        }
    }

    fn complete(&mut self, number: u32, mut document: Json<'_>) {
        let item = &mut self.items[number as usize];
        let state = &mut self.rows[item.place];
        state.open_items -= 1;
        let gaps = std::mem::take(&mut item.gaps);
        // From here on nobody needs a secret, and what is not kept cannot be saved or shown.
        hide_secrets(&mut document, state.row.id == UNKNOWN.id);
        let raw: Arc<str> = document.to_text().into();
        let policy = policy::read_with(&mut self.ids, state.row, &document, raw, "", gaps);
        if let Known::Yes(assignments) = &policy.assignments {
            for assignment in assignments {
                if let Target::Group(group) | Target::ExcludedGroup(group) = &assignment.target
                    && !group.id.is_empty()
                {
                    self.groups.insert(group.id.clone());
                }
            }
        }
        for id in names::defined_elsewhere(&policy) {
            self.unnamed.insert((policy.row.definitions, id.clone()));
        }
        let key = (item.place, item.list, item.seq);
        self.note_name(&policy);
        self.policies.push((key, policy));
    }
}
