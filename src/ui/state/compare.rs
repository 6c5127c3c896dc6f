//! Baseline and comparison.

use domain::arrange::Arrange;
use std::rc::Rc;

use domain::protocol::{
    BaselineInfo, CompareDetail, CompareLine, CompareOptions, CompareQuery, CompareSummary,
    CompareWindow, Event, GroupBy, Request, State,
};

use super::table::TableState;
use super::{CompareAction, Effect, Loadable, Model, Slot, main_side};
use crate::ui::route::Route;

/// What is shown when nobody chose: all that is not the same.
pub const DEFAULT_STATES: [State; 4] = [
    State::Different,
    State::Missing,
    State::Extra,
    State::Unknown,
];

/// Baseline and comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Compare {
    /// The baseline.
    pub baseline: Loadable<BaselineInfo>,
    /// What is being read as a baseline.
    pub opening: String,
    /// Rules and types.
    pub options: CompareOptions,
    /// How far apart.
    pub summary: Loadable<CompareSummary>,
    /// Text, states, grouping, folds.
    pub query: CompareQuery,
    /// The lines that are there.
    pub window: Loadable<CompareWindow>,
    /// The line beside the list.
    pub detail: Loadable<CompareDetail>,
    /// Which line that is.
    pub of: Option<u32>,
    /// Cursor.
    pub table: TableState,
    /// The rules are shown.
    pub rules: bool,
}

impl Default for Compare {
    fn default() -> Self {
        Self {
            query: CompareQuery {
                states: DEFAULT_STATES.to_vec(),
                ..CompareQuery::default()
            },
            baseline: Loadable::default(),
            opening: String::new(),
            options: CompareOptions::default(),
            summary: Loadable::default(),
            window: Loadable::default(),
            detail: Loadable::default(),
            of: None,
            table: TableState::default(),
            rules: false,
        }
    }
}

impl Model {
    pub(super) fn on_compare(&mut self, action: CompareAction, out: &mut Vec<Effect>) {
        let compare = Rc::make_mut(&mut self.compare);
        match action {
            CompareAction::Baseline(files) => {
                if files.is_empty() {
                    self.toast("There was no file in it.".to_owned(), true, out);
                    return;
                }
                compare.opening = main_side::name(&files);
                compare.baseline.load();
                out.push(Effect::Ask(Slot::Baseline, Request::AddBaseline(files)));
            }
            CompareAction::Another => {
                *compare = Compare::default();
                self.analyse_anew(out);
                self.go(Route::Compare(None), out);
            }
            CompareAction::Query(text) => {
                compare.query.text = text;
                self.ask_lines_anew(out);
            }
            CompareAction::Show(state) => {
                let states = &mut compare.query.states;
                if states.contains(&state) {
                    states.retain(|s| *s != state);
                } else {
                    states.push(state);
                    states.arrange();
                }
                if states.is_empty() {
                    *states = DEFAULT_STATES.to_vec();
                }
                self.ask_lines_anew(out);
            }
            CompareAction::Only(states) => {
                compare.query.states = states;
                self.ask_lines_anew(out);
            }
            CompareAction::Group(group) => {
                compare.query.group = group;
                compare.query.folded.clear();
                self.ask_lines_anew(out);
            }
            CompareAction::Fold(number) => {
                let folded = &mut compare.query.folded;
                if folded.contains(&number) {
                    folded.retain(|n| *n != number);
                } else {
                    folded.push(number);
                }
                self.ask_lines(out);
            }
            CompareAction::Rule(id) => {
                let off = &mut compare.options.rules_off;
                if off.contains(&id) {
                    off.retain(|rule| *rule != id);
                } else {
                    off.push(id);
                }
                self.compare_anew(out);
            }
            CompareAction::BaselineTypesOnly => {
                compare.options.only_baseline_types = !compare.options.only_baseline_types;
                self.compare_anew(out);
            }
            CompareAction::WithoutAccepted => {
                compare.query.without_accepted = !compare.query.without_accepted;
                self.ask_lines_anew(out);
            }
            CompareAction::Rules => compare.rules = !compare.rules,
            CompareAction::Open => self.open_line(out),
            CompareAction::Close => {
                self.go(Route::Compare(None), out);
                let table = &mut Rc::make_mut(&mut self.compare).table;
                table.reveal = table.reveal.wrapping_add(1);
            }
        }
    }

    pub(super) fn hear_compare(&mut self, event: Event, out: &mut Vec<Effect>) {
        let compare = Rc::make_mut(&mut self.compare);
        match event {
            Event::BaselineReady(info) => {
                compare.baseline.put(info);
                self.compare_anew(out);
            }
            Event::Compared(summary) => {
                compare.summary.put(*summary);
                self.ask_lines_anew(out);
                Rc::make_mut(&mut self.compare).of = None;
                self.analyse_anew(out);
            }
            Event::CompareRows(window) => {
                let last = window.matching.saturating_sub(1);
                compare.table.cursor = compare.table.cursor.min(last);
                compare.window.put(window);
            }
            Event::CompareDetail(detail) => compare.detail.put(*detail),
            _ => {}
        }
    }

    /// Compares again: another main side, baseline or option.
    pub(super) fn compare_anew(&mut self, out: &mut Vec<Effect>) {
        if self.compare.baseline.get().is_none() || self.main.info.get().is_none() {
            return;
        }
        let compare = Rc::make_mut(&mut self.compare);
        compare.summary.load();
        // A comparison waits until the tenant is whole.
        if self.main.so_far {
            return;
        }
        out.push(Effect::Ask(
            Slot::Compared,
            Request::Compare(compare.options.clone()),
        ));
    }

    pub(super) fn want_compare(&mut self, row: Option<u32>, out: &mut Vec<Effect>) {
        if self.compare.summary.get().is_none() {
            return;
        }
        let compare = Rc::make_mut(&mut self.compare);
        if compare.of != row {
            compare.of = row;
            compare.detail = Loadable::default();
            if let Some(row) = row {
                compare.detail.load();
                out.push(Effect::Ask(
                    Slot::CompareDetail,
                    Request::CompareDetail(row),
                ));
            }
        }
        self.want_compare_rows(out);
    }

    pub(super) fn want_compare_rows(&mut self, out: &mut Vec<Effect>) {
        let compare = &self.compare;
        let Some(window) = compare.window.get() else {
            return;
        };
        let have = (window.from, u32::try_from(window.lines.len()).unwrap_or(0));
        let wants = compare.table.wants(Some(have), Some(window.matching));
        if let Some((from, count)) = wants {
            let compare = Rc::make_mut(&mut self.compare);
            (compare.query.from, compare.query.count) = (from, count);
            self.ask_lines(out);
        }
    }

    fn ask_lines_anew(&mut self, out: &mut Vec<Effect>) {
        let compare = Rc::make_mut(&mut self.compare);
        compare.table.restart();
        (compare.query.from, compare.query.count) =
            compare.table.wants(None, None).unwrap_or((0, 120));
        self.ask_lines(out);
    }

    /// The same lines again: what is said of them changed.
    pub(super) fn see_lines_anew(&mut self, out: &mut Vec<Effect>) {
        if self.compare.summary.get().is_none() {
            return;
        }
        self.ask_lines(out);
        if let Some(row) = self.compare.of {
            out.push(Effect::Ask(
                Slot::CompareDetail,
                Request::CompareDetail(row),
            ));
        }
        out.push(Effect::Ask(Slot::Score, Request::Score));
    }

    fn ask_lines(&mut self, out: &mut Vec<Effect>) {
        let compare = Rc::make_mut(&mut self.compare);
        compare.window.load();
        out.push(Effect::Ask(
            Slot::CompareRows,
            Request::CompareRows(compare.query.clone()),
        ));
    }

    /// A heading folds, a setting opens beside the list.
    fn open_line(&mut self, out: &mut Vec<Effect>) {
        let compare = &self.compare;
        let line = compare.window.get().and_then(|window| {
            let at = compare.table.cursor.checked_sub(window.from)?;
            window.lines.get(at as usize)
        });
        match line {
            Some(CompareLine::Group { number, .. }) => {
                let number = *number;
                self.on_compare(CompareAction::Fold(number), out);
            }
            Some(CompareLine::Setting(setting)) => {
                let row = setting.index;
                self.go(Route::Compare(Some(row)), out);
            }
            None => {}
        }
    }
}

/// Words of a grouping.
pub const GROUPS: [(GroupBy, &str); 3] = [
    (GroupBy::Policy, "Policy"),
    (GroupBy::Category, "Category"),
    (GroupBy::Setting, "Setting"),
];
