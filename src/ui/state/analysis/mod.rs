//! Analyses of a comparison: one is shown at a time, and asked for when it is. Score and accepted deviations.

mod ask;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use domain::problem::Problem;
use domain::protocol::{
    AuditDetail, CompareLine, DeviationList, Event, Hit, Request, Score, SettingLine, SideView,
    State,
};

use super::table::TableState;
use super::{AnalysisAction, Effect, Loadable, Model, Overlay, Slot};
use crate::ui::route::{Route, Tab, View};
pub use ask::{COVERS, OVERLAPS, day_of, deviating, drifted, picked, signed};

/// The analyses.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Analysis {
    /// What the answer is about: the view without its row.
    asked: Option<View>,
    /// What came, as it came: the tab says which event it is.
    pub answer: Loadable<Event>,
    /// The audit event beside the list.
    pub event: Loadable<AuditDetail>,
    /// Its number.
    event_of: Option<u32>,
    /// Where its table stands.
    pub table: TableState,
    /// How far apart, as a number.
    pub score: Loadable<Score>,
    /// The score is shown whole.
    pub score_open: bool,
    /// Accepted deviations.
    pub deviations: Loadable<DeviationList>,
    /// Some of them are in no file yet.
    pub unsaved: bool,
    /// Main side, baseline, and what was added.
    pub sides: Loadable<Vec<SideView>>,
    /// Sides that are being read.
    pub adding: u32,
    /// How many differences rules suppressed, as far as somebody asked.
    pub suppressed: Vec<(String, u32)>,
    /// The difference that is being accepted: its line, and what it is called.
    pub accepting: Option<(u32, String)>,
    /// Why it could not be.
    pub refused: Option<Rc<Problem>>,
    /// Who accepted last.
    pub owner: String,
    /// Policies to pick from.
    pub found: Rc<Vec<Hit>>,
    /// The side they are of, and the text they were found with.
    pub find: (u32, String),
}

/// The column that the audit events are sorted by, and whether descending.
pub fn sorted(view: &View) -> (&str, bool) {
    match (view.sort.as_str(), view.sort.strip_prefix('-')) {
        ("", _) => ("at", true),
        (_, Some(column)) => (column, true),
        (column, None) => (column, false),
    }
}

impl Model {
    pub(super) fn on_analysis(&mut self, action: AnalysisAction, out: &mut Vec<Effect>) {
        let analysis = Rc::make_mut(&mut self.analysis);
        match action {
            AnalysisAction::Text(text) => {
                if let Route::Analysis(view) = &mut self.route {
                    (view.text, view.row) = (text, None);
                    let hash = self.route.hash();
                    let replace = true;
                    out.push(Effect::Address { hash, replace });
                    self.want(out);
                }
            }
            AnalysisAction::Sort(column) => {
                if let Route::Analysis(view) = &self.route {
                    let (now, down) = sorted(view);
                    // Times begin with the newest, names with A.
                    let down = if now == column { !down } else { column == "at" };
                    let mark = if down { "-" } else { "" };
                    let view = View {
                        sort: format!("{mark}{column}"),
                        row: None,
                        ..view.clone()
                    };
                    self.go(Route::Analysis(view), out);
                }
            }
            AnalysisAction::Open => self.open_row(out),
            AnalysisAction::Close => {
                if let Route::Analysis(view) = &self.route {
                    let view = View {
                        row: None,
                        ..view.clone()
                    };
                    self.go(Route::Analysis(view), out);
                    let table = &mut Rc::make_mut(&mut self.analysis).table;
                    table.reveal = table.reveal.wrapping_add(1);
                }
            }
            AnalysisAction::Score => analysis.score_open = !analysis.score_open,
            AnalysisAction::Accept => self.begin_accepting(out),
            AnalysisAction::Sign(mut accept) => {
                if let Some((line, _)) = analysis.accepting {
                    accept.line = line;
                    analysis.owner.clone_from(&accept.owner);
                    analysis.refused = None;
                    out.push(Effect::Ask(Slot::Accept, Request::Accept(accept)));
                }
            }
            AnalysisAction::Unaccept(number) => {
                out.push(Effect::Ask(Slot::Unaccept, Request::Unaccept(number)));
            }
            AnalysisAction::OpenDeviations(files, today) => {
                for file in files {
                    let open = Request::OpenDeviations(file, today.clone());
                    out.push(Effect::Ask(Slot::Tell, open));
                }
            }
            AnalysisAction::SaveDeviations => {
                analysis.unsaved = false;
                out.push(Effect::Ask(Slot::Save, Request::SaveDeviations));
            }
            AnalysisAction::Severities(file) => {
                analysis.score.load();
                out.push(Effect::Ask(Slot::Score, Request::OpenSeverities(file)));
            }
            AnalysisAction::AddSides(files) => {
                for side in ask::sides(files) {
                    analysis.adding += 1;
                    out.push(Effect::Ask(Slot::AddSide, Request::AddSide(side)));
                }
            }
            AnalysisAction::RemoveSide(side) => {
                out.push(Effect::Ask(Slot::Sides, Request::RemoveSide(side)));
            }
            AnalysisAction::Find(side, text) => {
                analysis.find = (side, text.clone());
                out.push(Effect::Ask(Slot::Pick, Request::PoliciesOf(side, text)));
            }
        }
    }

    pub(super) fn hear_analysis(
        &mut self,
        slot: Option<Slot>,
        event: Event,
        out: &mut Vec<Effect>,
    ) {
        let analysis = Rc::make_mut(&mut self.analysis);
        match event {
            Event::Score(score) => analysis.score.put(*score),
            Event::Deviations(list) => {
                analysis.unsaved |= matches!(slot, Some(Slot::Accept | Slot::Unaccept));
                analysis.deviations.put(list);
                if slot == Some(Slot::Accept) {
                    analysis.accepting = None;
                    self.overlay = None;
                    self.toast(
                        "Accepted. Save the deviations to keep it.".to_owned(),
                        false,
                        out,
                    );
                }
                if slot != Some(Slot::Deviations) {
                    self.see_lines_anew(out);
                }
            }
            Event::Sides(sides) => {
                analysis.adding -= u32::from(slot == Some(Slot::AddSide));
                analysis.sides.put(sides);
                if matches!(slot, Some(Slot::AddSide | Slot::Sides)) {
                    analysis.asked = None;
                }
                self.want(out);
            }
            Event::Found(hits) => analysis.found = Rc::new(hits),
            event => {
                if let Event::CompareRows(window) = &event
                    && let Some(view) = &analysis.asked
                {
                    let rule = view.rule.clone();
                    analysis.suppressed.retain(|(known, _)| *known != rule);
                    analysis.suppressed.push((rule, window.matching));
                }
                if let Event::AuditDetail(detail) = event {
                    return analysis.event.put(*detail);
                }
                analysis.answer.put(event);
                if let Route::Analysis(view) = &self.route {
                    let last = analysis.total(view).saturating_sub(1);
                    analysis.table.cursor = analysis.table.cursor.min(last);
                }
                // The event beside the list is known by its row, and that only now.
                if matches!(&self.route, Route::Analysis(view) if view.tab == Tab::Audit) {
                    self.want(out);
                }
            }
        }
    }

    /// Another comparison: what was worked out from the last one is not true any more.
    pub(super) fn analyse_anew(&mut self, out: &mut Vec<Effect>) {
        let analysis = Rc::make_mut(&mut self.analysis);
        analysis.asked = None;
        analysis.suppressed.clear();
        analysis.sides = Loadable::default();
        analysis.score = Loadable::default();
        let summary = &self.compare.summary;
        if summary.get().is_some() && !summary.loading() {
            if analysis.deviations.get().is_some() {
                out.push(Effect::Ask(Slot::Deviations, Request::Deviations));
            }
            analysis.score.load();
            out.push(Effect::Ask(Slot::Score, Request::Score));
        }
        self.want(out);
    }

    /// More is known of who changed what: the drift is asked for again, and what is drawn stays until it comes.
    pub(super) fn see_authors(&mut self, out: &mut Vec<Effect>) {
        let analysis = Rc::make_mut(&mut self.analysis);
        if matches!(analysis.answer.get(), Some(Event::Drift(_))) {
            analysis.answer.load();
            out.push(Effect::Ask(Slot::Analysis, Request::Drift));
        } else if matches!(analysis.answer.get(), Some(Event::Audit(_))) {
            // Numbers of events are others now.
            analysis.asked = None;
            analysis.event = Loadable::default();
            analysis.event_of = None;
            self.want(out);
        }
    }

    /// Asks for what an analysis needs and does not have.
    pub(super) fn want_analysis(&mut self, view: &View, out: &mut Vec<Effect>) {
        let summary = &self.compare.summary;
        if view.tab.needs_a_comparison() && (summary.get().is_none() || summary.loading()) {
            return;
        }
        let analysis = Rc::make_mut(&mut self.analysis);
        if analysis.sides.get().is_none() && !analysis.sides.loading() {
            analysis.sides.load();
            out.push(Effect::Ask(Slot::Sides, Request::Sides));
        }
        if view.tab == Tab::Deviations && analysis.deviations.get().is_none() {
            out.push(Effect::Ask(Slot::Deviations, Request::Deviations));
        }
        let key = View {
            row: None,
            ..view.clone()
        };
        if let (Some(row), Some(Event::Audit(window))) = (view.row, analysis.answer.get()) {
            let line = row.checked_sub(window.from);
            let line = line.and_then(|at| window.lines.get(at as usize));
            let here = analysis.asked.as_ref() == Some(&key);
            if let Some(line) = line.filter(|_| here)
                && analysis.event_of != Some(line.index)
            {
                analysis.event_of = Some(line.index);
                analysis.event.load();
                let ask = Request::AuditDetail(line.index);
                out.push(Effect::Ask(Slot::AuditEvent, ask));
            }
        }
        let total = analysis.total(view);
        let wants = if analysis.asked.as_ref() == Some(&key) {
            let Some((from, count)) = analysis.window() else {
                return;
            };
            let have = (from, u32::try_from(count).unwrap_or(0));
            analysis.table.wants(Some(have), Some(total))
        } else {
            let other = analysis.asked.as_ref().map(|asked| asked.tab) != Some(view.tab);
            if other || view.tab == Tab::Policies {
                analysis.answer = Loadable::default();
                analysis.found = Rc::default();
                analysis.find = (analysis.find.0, String::new());
            }
            if analysis.asked.is_some() {
                analysis.table.restart();
            }
            if let Some(row) = view.row {
                (analysis.table.cursor, analysis.table.first) = (row, row.saturating_sub(3));
            }
            analysis.asked = Some(key);
            analysis.table.wants(None, None)
        };
        // What happened is here whole: the filter looks through it where it is.
        let whole = view.tab == Tab::Drift && analysis.answer.get().is_some();
        if let Some((from, count)) = wants.filter(|_| !whole)
            && let Some(request) = analysis.request(view, from, count)
        {
            analysis.answer.load();
            out.push(Effect::Ask(Slot::Analysis, request));
        }
    }

    /// Opens what the row of the cursor is about.
    fn open_row(&mut self, out: &mut Vec<Effect>) {
        let Route::Analysis(view) = &self.route else {
            return;
        };
        let row = self.analysis.table.cursor;
        let to = match (view.tab, self.analysis.answer.get()) {
            (Tab::Coverage | Tab::Conflicts | Tab::Audit, Some(_)) => Some(Route::Analysis(View {
                row: Some(row),
                ..view.clone()
            })),
            (Tab::Drift, Some(Event::Drift(lines))) => {
                let line = ask::drifted(view, lines).nth(row as usize);
                line.and_then(|(_, line)| line.first_line)
                    .map(|line| Route::Compare(Some(line)))
            }
            (Tab::Deviations, _) => {
                let list = self.analysis.deviations.get();
                let one = list.and_then(|list| ask::deviating(view, &list.list).nth(row as usize));
                one.and_then(|(_, one)| one.line)
                    .map(|line| Route::Compare(Some(line)))
            }
            _ => None,
        };
        if let Some(to) = to {
            self.go(to, out);
        }
    }

    /// Opens the dialog for the setting beside the list, or for the one at the cursor.
    fn begin_accepting(&mut self, out: &mut Vec<Effect>) {
        let compare = &self.compare;
        let beside = compare.detail.get().filter(|_| compare.of.is_some());
        let line = beside.map(|detail| &detail.line).or_else(|| {
            let window = compare.window.get()?;
            let at = compare.table.cursor.checked_sub(window.from)?;
            match window.lines.get(at as usize)? {
                CompareLine::Setting(line) => Some(line),
                CompareLine::Group { .. } => None,
            }
        });
        let differs = |line: &&SettingLine| !matches!(line.state, State::Same | State::Unknown);
        match line.filter(differs) {
            Some(line) if line.accepted => {
                let to = Route::Compare(Some(line.index));
                self.go(to, out);
            }
            Some(line) => {
                let analysis = Rc::make_mut(&mut self.analysis);
                analysis.accepting = Some((line.index, line.name.clone()));
                analysis.refused = None;
                self.overlay = Some(Overlay::Accept);
            }
            None => self.toast(
                "Only a setting that is different, missing or extra can be accepted.".to_owned(),
                true,
                out,
            ),
        }
    }
}
