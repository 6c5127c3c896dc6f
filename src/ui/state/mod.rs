//! The page as a value. [`Model::apply`] takes an [`Action`] and gives the [`Effect`]s that follow:
//! pure, without browser, framework or clock.

mod action;
mod analysis;
mod audit;
mod compare;
mod export;
mod inventory;
mod live;
mod loadable;
mod main_side;
mod palette;
mod reports;
mod session;
mod shell;
pub mod steps;
pub mod table;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use domain::problem::Problem;
use domain::protocol::{Event, LivePage, Ready, ReportWhat, Request};

pub use action::*;
pub use analysis::{
    Analysis, COVERS, OVERLAPS, day_of, deviating, drifted, picked, signed, sorted,
};
pub use audit::{AUDIT_LOGS, Audit};
pub use compare::{Compare, DEFAULT_STATES, GROUPS};
pub use inventory::{Inventory, Pane};
pub use live::Live;
pub use loadable::{Loadable, Status};
pub use main_side::Main;
pub use palette::{Entry, Palette};
pub use reports::Reports;
pub use session::Session;
pub use shell::{Toast, Trust};

use super::route::Route;

/// All that is shown. Cheap to clone: what is large is behind `Rc`.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// Where.
    pub route: Route,
    /// How the engine stands.
    pub boot: Boot,
    /// Who.
    pub session: Session,
    /// What is open.
    pub main: Rc<Main>,
    /// List and the policy beside it.
    pub inventory: Rc<Inventory>,
    /// The policy beside the list.
    pub pane: Rc<Pane>,
    /// Baseline and comparison.
    pub compare: Rc<Compare>,
    /// Analyses, score, accepted deviations.
    pub analysis: Rc<Analysis>,
    /// How audit logs were read.
    pub audit: Rc<Audit>,
    /// What a page of Trust shows live.
    pub live: Rc<Live>,
    /// What a report is to be.
    pub reports: Rc<Reports>,
    /// Ledger and storage.
    pub trust: Rc<Trust>,
    /// What lies over the page.
    pub overlay: Option<Overlay>,
    /// Global search.
    pub palette: Rc<Palette>,
    /// Confirmations.
    pub toasts: Rc<Vec<Toast>>,
    /// Light or dark.
    pub theme: Theme,
    /// No network.
    pub offline: bool,
    /// Files are being fetched from the disk.
    pub gathering: bool,
    /// What is to be asked as soon as the engine listens: the rest of a sign-in.
    returned: Option<Request>,
}

/// How the engine stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Boot {
    /// Not heard of yet.
    #[default]
    Starting,
    /// Listening.
    Ready(Rc<Ready>),
    /// The configuration names nothing that could be used; one problem for each value.
    Misconfigured(Rc<Vec<Problem>>),
    /// It stopped.
    Lost,
}

impl Model {
    /// Takes an action; gives what is to be done outside.
    pub fn apply(&mut self, action: Action) -> Vec<Effect> {
        let mut out = Vec::new();
        match action {
            Action::Table { which, msg } => self.on_table(which, msg, &mut out),
            Action::Inventory(action) => self.on_inventory(action, &mut out),
            Action::Policy(action) => self.on_policy(action, &mut out),
            Action::Compare(action) => self.on_compare(action, &mut out),
            Action::Analysis(action) => self.on_analysis(action, &mut out),
            Action::Audit(action) => self.on_audit(action, &mut out),
            Action::ReadLive(page) => self.read_live(page, &mut out),
            Action::Report(action) => self.on_report(action, &mut out),
            Action::Shell(action) => self.on_shell(action, &mut out),
            first => return self.apply_first(first),
        }
        out
    }

    /// As [`Model::apply`], for what the start page needs too: all but [`Action::waits`].
    pub fn apply_first(&mut self, action: Action) -> Vec<Effect> {
        let mut out = Vec::new();
        match action {
            Action::Arrived(route) => self.arrive(route, &mut out),
            Action::Go(route) => self.go(route, &mut out),
            Action::Returned(response) => {
                self.session = Session::Returning;
                self.returned = Some(Request::FinishSignIn(response));
            }
            Action::Reloaded { login_hint, route } => {
                self.session = Session::Leaving;
                self.returned = Some(session::silently(login_hint, route));
            }
            Action::Online(online) => self.offline = !online,
            Action::Session(action) => self.on_session(action, &mut out),
            Action::Main(action) => self.on_main(action, &mut out),
            Action::Shell(action) => self.on_shell_first(action, &mut out),
            Action::Dropped(files) => self.drop_files(files, &mut out),
            _ => {}
        }
        out
    }

    /// What the engine told about itself.
    pub fn ready(&self) -> Option<&Rc<Ready>> {
        match &self.boot {
            Boot::Ready(ready) => Some(ready),
            _ => None,
        }
    }

    /// Goes to a place of this app and shows its address.
    fn go(&mut self, route: Route, out: &mut Vec<Effect>) {
        out.push(Effect::Address {
            hash: route.hash(),
            replace: false,
        });
        self.arrive(route, out);
    }

    /// Shows a place, and asks for what it needs.
    fn arrive(&mut self, route: Route, out: &mut Vec<Effect>) {
        let moved = std::mem::discriminant(&route) != std::mem::discriminant(&self.route)
            && !(route.compares() && self.route.compares());
        self.route = route;
        self.overlay = None;
        if !self.inventory.suggestions.is_empty() {
            Rc::make_mut(&mut self.inventory).suggestions = Rc::default();
        }
        if moved {
            out.push(Effect::Focus("main"));
        }
        self.want(out);
    }

    /// Asks for what the place that is shown needs and does not have.
    fn want(&mut self, out: &mut Vec<Effect>) {
        if self.ready().is_none() {
            return;
        }
        if matches!(self.route, Route::Trust) {
            out.push(Effect::Ask(Slot::Ledger, Request::Ledger));
            out.push(Effect::CountStored);
        }
        match self.route {
            Route::Access => self.want_live(LivePage::App, out),
            Route::Mine => self.want_live(LivePage::Mine, out),
            Route::Rights(_) => self.want_rights(out),
            _ => {}
        }
        if self.main.info.get().is_none() {
            return;
        }
        match self.route.clone() {
            Route::Overview => self.want_overview(out),
            Route::Inventory(_) => self.want_inventory(out),
            Route::Compare(row) => self.want_compare(row, out),
            Route::Analysis(view) => self.want_analysis(&view, out),
            _ => {}
        }
    }

    /// Takes what the engine says. `slot`: what asked for it, if anything did; `now`: milliseconds since 1970.
    ///
    /// Not an [`Action`]: actions are copied into every button that says them.
    pub fn hear(&mut self, slot: Option<Slot>, event: Event, now: f64) -> Vec<Effect> {
        let mut effects = Vec::new();
        let out = &mut effects;
        match event {
            Event::Rows(_) | Event::Suggestions(_) | Event::Policy(_) | Event::Raw(_) => {
                self.hear_inventory(slot, event, out);
            }
            Event::CompareRows(_) | Event::Found(_)
                if matches!(slot, Some(Slot::Analysis | Slot::Pick)) =>
            {
                self.hear_analysis(slot, event, out);
            }
            Event::BaselineReady(_)
            | Event::Compared(_)
            | Event::CompareRows(_)
            | Event::CompareDetail(_) => {
                if matches!(event, Event::Compared(_)) {
                    // Whoever compares and goes to the reports wants that comparison.
                    Rc::make_mut(&mut self.reports).options.what = ReportWhat::Comparison;
                }
                self.hear_compare(event, out);
            }
            Event::Found(hits) => Rc::make_mut(&mut self.palette).put(hits),
            Event::Ledger(entries, loaded) => {
                let trust = Rc::make_mut(&mut self.trust);
                trust.ledger.put(entries);
                trust.loaded = Rc::new(loaded);
            }
            Event::Coverage(_)
            | Event::Conflicts(_)
            | Event::Sides(_)
            | Event::Matrix(_)
            | Event::Picked(_)
            | Event::Drift(_)
            | Event::Audit(_)
            | Event::AuditDetail(_)
            | Event::Deviations(_)
            | Event::Score(_) => self.hear_analysis(slot, event, out),
            Event::Live(packed) => self.hear_live(packed, out),
            Event::AuditRead(reads) => self.hear_audit(reads, out),
            Event::Writing(done, of) => self.hear_report((done, of), Vec::new(), out),
            Event::Written(bytes, done) => self.hear_report(done, bytes, out),
            Event::Overview(_) => self.hear_main(event, out),
            Event::Download(file) => self.download(slot, file, out),
            first => return self.hear_first(slot, first, now).0,
        }
        effects
    }

    /// As [`Model::hear`], for what the start page needs too. Gives back any other event: only the screens behind the start
    /// page take it.
    pub fn hear_first(
        &mut self,
        slot: Option<Slot>,
        event: Event,
        now: f64,
    ) -> (Vec<Effect>, Option<Event>) {
        let mut effects = Vec::new();
        let out = &mut effects;
        match event {
            Event::Ready(ready) => {
                self.boot = Boot::Ready(Rc::new(ready));
                if let Some(request) = self.returned.take() {
                    out.push(Effect::Ask(Slot::Session, request));
                }
                self.want(out);
            }
            Event::Misconfigured(problems) => self.boot = Boot::Misconfigured(Rc::new(problems)),
            Event::SignInReady(_)
            | Event::SignedIn(_)
            | Event::ConsentNeeded(_)
            | Event::Locked(_) => {
                self.hear_session(slot, event, now, out);
            }
            Event::Progress(progress) if slot == Some(Slot::Audit) => self.audit_progress(progress),
            Event::Progress(_) if slot == Some(Slot::Live) => {}
            Event::Progress(progress) => self.progress(progress, now, out),
            Event::SoFar(_) | Event::SnapshotReady(_) => self.hear_main(event, out),
            Event::Failed(problem) => self.fail(slot, problem, out),
            other => return (effects, Some(other)),
        }
        (effects, None)
    }

    fn fail(&mut self, slot: Option<Slot>, problem: Problem, out: &mut Vec<Effect>) {
        match problem.code.as_str() {
            "engine.gone" => return self.lose(),
            "engine.stopped" => return self.restart(problem, out),
            _ => {}
        }
        match slot {
            Some(Slot::Session) => self.session = Session::Failed(Rc::new(problem)),
            Some(Slot::Main) => self.fail_main(problem),
            Some(Slot::Overview) => Rc::make_mut(&mut self.main).overview.fail(problem),
            Some(Slot::Rows) => Rc::make_mut(&mut self.inventory).window.fail(problem),
            Some(Slot::Policy) => Rc::make_mut(&mut self.pane).view.fail(problem),
            Some(Slot::Raw) => Rc::make_mut(&mut self.pane).raw.fail(problem),
            Some(Slot::Baseline) => Rc::make_mut(&mut self.compare).baseline.fail(problem),
            Some(Slot::Compared) => Rc::make_mut(&mut self.compare).summary.fail(problem),
            Some(Slot::CompareRows) => Rc::make_mut(&mut self.compare).window.fail(problem),
            Some(Slot::CompareDetail) => Rc::make_mut(&mut self.compare).detail.fail(problem),
            Some(Slot::AuditEvent) => Rc::make_mut(&mut self.analysis).event.fail(problem),
            Some(Slot::Analysis) => Rc::make_mut(&mut self.analysis).answer.fail(problem),
            Some(Slot::Score) => Rc::make_mut(&mut self.analysis).score.fail(problem),
            Some(Slot::Sides) => Rc::make_mut(&mut self.analysis).sides.fail(problem),
            Some(Slot::Audit) => {
                let audit = Rc::make_mut(&mut self.audit);
                audit.progress = None;
                audit.read.fail(problem);
            }
            Some(Slot::Live) => Rc::make_mut(&mut self.live).answer.fail(problem),
            Some(Slot::Deviations) => Rc::make_mut(&mut self.analysis).deviations.fail(problem),
            Some(Slot::Accept) => {
                Rc::make_mut(&mut self.analysis).refused = Some(Rc::new(problem));
            }
            Some(Slot::AddSide) => {
                Rc::make_mut(&mut self.analysis).adding -= 1;
                self.toast(format!("{} {}", problem.what, problem.remedy), true, out);
            }
            Some(Slot::Report) => {
                let reports = Rc::make_mut(&mut self.reports);
                reports.writing = None;
                reports.problem = Some(Rc::new(problem));
            }
            Some(Slot::Ledger) => Rc::make_mut(&mut self.trust).ledger.fail(problem),
            Some(Slot::SoFar | Slot::Suggest | Slot::Find | Slot::Pick) => {}
            Some(
                Slot::Save
                | Slot::CopyRows
                | Slot::PickRows
                | Slot::ExportRows
                | Slot::Unaccept
                | Slot::Tell,
            )
            | None => {
                self.toast(format!("{} {}", problem.what, problem.remedy), true, out);
            }
        }
    }

    /// All that the engine held is gone.
    fn lose(&mut self) {
        *self = Self {
            boot: Boot::Lost,
            route: self.route.clone(),
            theme: self.theme,
            offline: self.offline,
            ..Self::default()
        };
    }

    /// The engine stopped and starts again by itself: `Ready` follows.
    fn restart(&mut self, problem: Problem, out: &mut Vec<Effect>) {
        // Each request that was under way says so; once is enough.
        if self.boot == Boot::Starting {
            return;
        }
        self.forget();
        self.boot = Boot::Starting;
        self.session = Session::Out;
        Rc::make_mut(&mut self.main).info.fail(problem);
        out.push(Effect::Forget);
    }

    /// Nothing of a tenant stays; settings of the screen do.
    fn forget(&mut self) {
        self.main = Rc::default();
        self.inventory = Rc::default();
        self.pane = Rc::default();
        self.compare = Rc::default();
        self.analysis = Rc::default();
        self.audit = Rc::default();
        self.live = Rc::default();
        self.reports = Rc::default();
        self.palette = Rc::default();
        self.overlay = None;
    }
}
