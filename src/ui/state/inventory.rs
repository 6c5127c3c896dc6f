//! The list of everything, and the policy beside it.

use std::rc::Rc;

use domain::protocol::{
    Event, File, PolicyRef, PolicyView, Request, RowsQuery, RowsWindow, SuggestQuery, Suggestion,
};

use super::table::{TableMsg, TableState};
use super::{Effect, InventoryAction, Loadable, Model, PolicyAction, Slot, Which, export};
use crate::ui::route::{List, Route, Tab, View, reference};

/// The list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inventory {
    /// Cursor, selection, columns.
    pub table: TableState,
    /// The window that is there.
    pub window: Loadable<RowsWindow>,
    /// The query and order that the window answers.
    asked: Option<(String, Option<(String, bool)>)>,
    /// Completions of the query field.
    pub suggestions: Rc<Vec<Suggestion>>,
    /// The highlighted completion.
    pub highlight: Option<usize>,
    /// Where the cursor stood when they were asked for.
    cursor: u32,
}

/// The policy beside the list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pane {
    /// Which.
    pub of: Option<PolicyRef>,
    /// What it is.
    pub view: Loadable<PolicyView>,
    /// Its document.
    pub raw: Loadable<String>,
    /// Setting ids are shown.
    pub ids: bool,
    /// How often more of its settings was asked for.
    pub steps: usize,
    /// The document is to be saved when it comes.
    save: bool,
}

impl Model {
    fn list(&self) -> List {
        match &self.route {
            Route::Inventory(list) => list.clone(),
            _ => List::default(),
        }
    }

    /// Shows another query, order or policy without a new entry in the history.
    fn relist(&mut self, list: List, out: &mut Vec<Effect>) {
        self.route = Route::Inventory(list);
        out.push(Effect::Address {
            hash: self.route.hash(),
            replace: true,
        });
        self.want_inventory(out);
    }

    pub(super) fn on_inventory(&mut self, action: InventoryAction, out: &mut Vec<Effect>) {
        match action {
            InventoryAction::Query { text, cursor } => {
                Rc::make_mut(&mut self.inventory).cursor = cursor;
                let query = text.clone();
                let list = List {
                    query: text,
                    ..self.list()
                };
                self.relist(list, out);
                out.push(Effect::Ask(
                    Slot::Suggest,
                    Request::Suggest(SuggestQuery { query, cursor }),
                ));
            }
            InventoryAction::Filter(word) => {
                let mut text = self.list().query.trim_end().to_owned();
                if !text.ends_with(word) {
                    if !text.is_empty() {
                        text.push(' ');
                    }
                    text.push_str(word);
                }
                let cursor = u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
                self.on_inventory(InventoryAction::Query { text, cursor }, out);
                out.push(Effect::Focus("query"));
            }
            InventoryAction::Take(index) => self.take(index, out),
            InventoryAction::NoSuggestions => {
                let inventory = Rc::make_mut(&mut self.inventory);
                inventory.suggestions = Rc::default();
                inventory.highlight = None;
                out.push(Effect::Cancel(Slot::Suggest));
            }
            InventoryAction::Highlight(step) => {
                let inventory = Rc::make_mut(&mut self.inventory);
                inventory.highlight =
                    step_in(inventory.highlight, step, inventory.suggestions.len());
            }
            InventoryAction::Sort(column) => {
                let mut list = self.list();
                list.sort = match list.order() {
                    Some((id, false)) if id == column => Some((id, true)),
                    Some((id, true)) if id == column => None,
                    _ => Some((column.to_owned(), false)),
                };
                self.relist(list, out);
            }
            InventoryAction::Open => {
                if let Some((id, index)) = self.row(self.inventory.table.cursor) {
                    let policy = Some(reference(&id, index));
                    let list = List {
                        policy,
                        ..self.list()
                    };
                    self.go(Route::Inventory(list), out);
                }
            }
            InventoryAction::Copy | InventoryAction::Compare => {
                let slot = match action {
                    InventoryAction::Copy => Slot::CopyRows,
                    _ => Slot::PickRows,
                };
                if let Some((from, to)) = self.inventory.table.span() {
                    self.ask_rows(slot, from, to - from, out);
                }
            }
            InventoryAction::Export => {
                let matching = self.inventory.window.get().map_or(0, |w| w.matching);
                self.ask_rows(Slot::ExportRows, 0, matching, out);
            }
        }
    }

    pub(super) fn on_policy(&mut self, action: PolicyAction, out: &mut Vec<Effect>) {
        let pane = Rc::make_mut(&mut self.pane);
        match action {
            PolicyAction::ShowIds => pane.ids = !pane.ids,
            PolicyAction::More => pane.steps += 1,
            PolicyAction::Raw | PolicyAction::SaveRaw => {
                pane.save = matches!(action, PolicyAction::SaveRaw);
                if let (Some(text), true) = (pane.raw.get(), pane.save) {
                    let text = text.clone();
                    self.save_raw(&text, out);
                } else if let (Some(of), None) = (&pane.of, pane.raw.get()) {
                    let of = of.clone();
                    pane.raw.load();
                    out.push(Effect::Ask(Slot::Raw, Request::Raw(of)));
                }
            }
            PolicyAction::Close => {
                let list = List {
                    policy: None,
                    ..self.list()
                };
                self.go(Route::Inventory(list), out);
                let table = &mut Rc::make_mut(&mut self.inventory).table;
                table.reveal = table.reveal.wrapping_add(1);
            }
        }
    }

    pub(super) fn hear_inventory(
        &mut self,
        slot: Option<Slot>,
        event: Event,
        out: &mut Vec<Effect>,
    ) {
        match event {
            Event::Rows(window) => match slot {
                Some(Slot::CopyRows) => {
                    let table = &self.inventory.table;
                    let text = export::tsv(&window, |row| table.is_selected(row));
                    out.push(Effect::Copy(text));
                    let rows = table.count();
                    self.toast(format!("{rows} rows copied, tab-separated."), false, out);
                }
                Some(Slot::PickRows) => {
                    let table = &self.inventory.table;
                    let rows = (window.from..).zip(&window.rows);
                    let mut rows = rows.filter(|(at, _)| table.is_selected(*at));
                    let mut next = || rows.next().map(|(_, row)| (0, row.index));
                    let picked = [next(), next()];
                    let view = View {
                        picked,
                        ..View::of(Tab::Policies)
                    };
                    self.go(Route::Analysis(view), out);
                }
                Some(Slot::ExportRows) => out.push(Effect::Download(export::csv(&window))),
                _ => {
                    let inventory = Rc::make_mut(&mut self.inventory);
                    let last = window.matching.saturating_sub(1);
                    inventory.table.cursor = inventory.table.cursor.min(last);
                    inventory.window.put(window);
                }
            },
            Event::Suggestions(list) => {
                let inventory = Rc::make_mut(&mut self.inventory);
                inventory.suggestions = Rc::new(list);
                inventory.highlight = None;
            }
            Event::Policy(view) => Rc::make_mut(&mut self.pane).view.put(*view),
            Event::Raw(text) => {
                let pane = Rc::make_mut(&mut self.pane);
                if std::mem::take(&mut pane.save) {
                    self.save_raw(&text, out);
                }
                Rc::make_mut(&mut self.pane).raw.put(text);
            }
            _ => {}
        }
    }

    /// Another snapshot: what a person chose about columns stays.
    pub(super) fn inventory_anew(&mut self) {
        let table = self.inventory.table.columns();
        self.inventory = Rc::default();
        Rc::make_mut(&mut self.inventory).table = table;
    }

    /// More was read: the list grows where it stands, and the policy beside it is told again.
    pub(super) fn refresh_inventory(&mut self, out: &mut Vec<Effect>) {
        if !matches!(self.route, Route::Inventory(_)) || self.inventory.window.get().is_none() {
            self.inventory_anew();
            self.pane = Rc::default();
            return self.want(out);
        }
        let table = &mut Rc::make_mut(&mut self.inventory).table;
        // Rows have other numbers now.
        table.apply(TableMsg::Clear, 0);
        let (from, count) = table.wants(None, None).unwrap_or((0, 120));
        self.ask_rows(Slot::Rows, from, count, out);
        if let Some(policy @ PolicyRef::Id(_)) = self.pane.of.clone() {
            Rc::make_mut(&mut self.pane).view.load();
            out.push(Effect::Ask(Slot::Policy, Request::Policy(policy)));
        }
    }

    /// Asks for the rows and the policy that the address names, as far as they are not there.
    pub(super) fn want_inventory(&mut self, out: &mut Vec<Effect>) {
        let list = self.list();
        let key = (list.query, list.sort);
        let inventory = Rc::make_mut(&mut self.inventory);
        if inventory.asked.as_ref() != Some(&key) {
            inventory.asked = Some(key);
            inventory.table.restart();
            let (from, count) = inventory.table.wants(None, None).unwrap_or((0, 120));
            self.ask_rows(Slot::Rows, from, count, out);
        } else {
            self.want_rows(out);
        }
        if self.pane.of != list.policy {
            let ids = self.pane.ids;
            self.pane = Rc::new(Pane {
                ids,
                of: list.policy.clone(),
                ..Pane::default()
            });
            if let Some(policy) = list.policy {
                Rc::make_mut(&mut self.pane).view.load();
                out.push(Effect::Ask(Slot::Policy, Request::Policy(policy)));
            }
        }
    }

    pub(super) fn on_table(&mut self, which: Which, msg: TableMsg, out: &mut Vec<Effect>) {
        match which {
            Which::Inventory => {
                let rows = self.inventory.window.get().map_or(0, |w| w.matching);
                if Rc::make_mut(&mut self.inventory).table.apply(msg, rows) {
                    self.want_rows(out);
                }
            }
            Which::Compare => {
                let rows = self.compare.window.get().map_or(0, |w| w.matching);
                if Rc::make_mut(&mut self.compare).table.apply(msg, rows) {
                    self.want_compare_rows(out);
                }
            }
            Which::Analysis => {
                if let Route::Analysis(view) = self.route.clone() {
                    let rows = self.analysis.total(&view);
                    if Rc::make_mut(&mut self.analysis).table.apply(msg, rows) {
                        self.want_analysis(&view, out);
                    }
                }
            }
            Which::Ledger => {
                let rows = self.trust.ledger.get().map_or(0, Vec::len);
                let rows = u32::try_from(rows).unwrap_or(u32::MAX);
                Rc::make_mut(&mut self.trust).table.apply(msg, rows);
            }
        }
    }

    fn want_rows(&mut self, out: &mut Vec<Effect>) {
        let Some(window) = self.inventory.window.get() else {
            return;
        };
        let have = (window.from, u32::try_from(window.rows.len()).unwrap_or(0));
        let wants = self
            .inventory
            .table
            .wants(Some(have), Some(window.matching));
        if let Some((from, count)) = wants {
            self.ask_rows(Slot::Rows, from, count, out);
        }
    }

    fn ask_rows(&mut self, slot: Slot, from: u32, count: u32, out: &mut Vec<Effect>) {
        if slot == Slot::Rows {
            Rc::make_mut(&mut self.inventory).window.load();
        }
        let List { query, sort, .. } = self.list();
        out.push(Effect::Ask(
            slot,
            Request::Rows(RowsQuery {
                query,
                sort,
                from,
                count,
            }),
        ));
    }

    /// Id and index of the policy in a row, if it is in the window.
    fn row(&self, at: u32) -> Option<(String, u32)> {
        let window = self.inventory.window.get()?;
        let row = window.rows.get(at.checked_sub(window.from)? as usize)?;
        Some((row.id.clone(), row.index))
    }

    /// Puts a completion in place of the word at the cursor.
    fn take(&mut self, index: usize, out: &mut Vec<Effect>) {
        let Some(insert) = self.inventory.suggestions.get(index) else {
            return;
        };
        let list = self.list();
        let query = complete(&list.query, self.inventory.cursor, &insert.insert);
        let open = query.ends_with([':', '=', '~', '<', '>']);
        let cursor = u32::try_from(query.encode_utf16().count()).unwrap_or(u32::MAX);
        let inventory = Rc::make_mut(&mut self.inventory);
        inventory.suggestions = Rc::default();
        inventory.highlight = None;
        inventory.cursor = cursor;
        let text = query.clone();
        self.relist(List { query, ..list }, out);
        if open {
            let ask = SuggestQuery {
                query: text,
                cursor,
            };
            out.push(Effect::Ask(Slot::Suggest, Request::Suggest(ask)));
        }
        out.push(Effect::Focus("query"));
    }

    fn save_raw(&self, text: &str, out: &mut Vec<Effect>) {
        let name = self.pane.view.get().map_or("policy", |v| &v.head.name);
        out.push(Effect::Download(File {
            path: export::file_name(name, "json"),
            mime: "application/json".to_owned(),
            bytes: text.as_bytes().to_vec(),
        }));
    }
}

/// The next or the previous of so many, around the ends.
pub(super) fn step_in(now: Option<usize>, step: i32, of: usize) -> Option<usize> {
    let last = of.checked_sub(1)?;
    Some(match (now, step) {
        (None, 0..) => 0,
        (None, _) => last,
        (Some(at), 0..) => {
            if at >= last {
                0
            } else {
                at + 1
            }
        }
        (Some(at), _) => at.checked_sub(1).unwrap_or(last),
    })
}

/// The query with the word at the cursor (in UTF-16 units) replaced.
pub(super) fn complete(query: &str, cursor: u32, insert: &str) -> String {
    let (start, end) = domain::inventory::word_at(query, cursor);
    format!("{}{insert}{}", &query[..start], &query[end..])
}
