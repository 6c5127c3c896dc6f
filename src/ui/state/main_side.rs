//! What is open: the demo, files, a saved snapshot, or the tenant as it is read.

use std::rc::Rc;

use domain::problem::Problem;
use domain::protocol::{Event, File, Overview, Progress, ReadControl, Request, SnapshotInfo};

use super::{Effect, Loadable, MainAction, Model, SessionAction, Slot};
use crate::ui::route::{Route, Tab};

/// What is open, and what is being opened.
#[derive(Debug, Clone, Default)]
pub struct Main {
    /// What is open; the last one stays while another is opened.
    pub info: Loadable<SnapshotInfo>,
    /// What is being opened, in words: `the demo snapshot`.
    pub opening: String,
    /// How far a read has come.
    pub progress: Option<Rc<Progress>>,
    /// The overview page.
    pub overview: Loadable<Overview>,
    /// What is open is the beginning of what is being read.
    pub so_far: bool,
    /// When it was last asked for, in milliseconds since 1970, and how many requests were answered then.
    looked: Option<(f64, u32)>,
}

/// The same for whoever draws what is open. How far a read has come is told many times a second: whoever shows
/// that looks at [`Main::progress`] apart.
impl PartialEq for Main {
    fn eq(&self, other: &Self) -> bool {
        self.info == other.info
            && self.opening == other.opening
            && self.overview == other.overview
            && self.so_far == other.so_far
    }
}

/// Between two looks at what is so far, in milliseconds. A small tenant is whole before the first.
const LOOK_MS: f64 = 3_000.0;

impl Model {
    pub(super) fn on_main(&mut self, action: MainAction, out: &mut Vec<Effect>) {
        let (words, request) = match action {
            MainAction::Demo => ("the demo snapshot".to_owned(), Request::OpenDemo),
            MainAction::Files(files) if files.is_empty() => {
                self.toast("There was no file in it.".to_owned(), true, out);
                return;
            }
            MainAction::Files(files) => (name(&files), Request::OpenFiles(files)),
            MainAction::ReadTenant if self.renews_first() => {
                let features = Vec::new();
                return self.on_session(SessionAction::SignIn { features }, out);
            }
            MainAction::ReadTenant => ("the tenant".to_owned(), Request::ReadTenant),
            MainAction::Reading(control) => {
                if control == ReadControl::Pause || control == ReadControl::Resume {
                    self.pause(control == ReadControl::Pause);
                }
                out.push(Effect::Ask(Slot::Tell, Request::Reading(control)));
                return;
            }
            MainAction::Look => return out.push(Effect::Ask(Slot::SoFar, Request::SoFar)),
            MainAction::Save => {
                out.push(Effect::Ask(Slot::Save, Request::SaveSnapshot));
                return;
            }
            MainAction::Export(options) => {
                out.push(Effect::Ask(Slot::Save, Request::Export(options)));
                return;
            }
        };
        let main = Rc::make_mut(&mut self.main);
        main.info.load();
        main.opening = words;
        main.progress = None;
        main.looked = None;
        out.push(Effect::Ask(Slot::Main, request));
        if matches!(self.route, Route::Start | Route::Nowhere) {
            self.go(Route::Overview, out);
        }
    }

    pub(super) fn drop_files(&mut self, files: Vec<File>, out: &mut Vec<Effect>) {
        self.gathering = false;
        let view = match &self.route {
            Route::Analysis(view) => Some(view.tab),
            _ => None,
        };
        if self.main.info.get().is_some() && view == Some(Tab::Sides) {
            self.on_analysis(super::AnalysisAction::AddSides(files), out);
        } else if self.main.info.get().is_some() && self.route.compares() {
            self.on_compare(super::CompareAction::Baseline(files), out);
        } else {
            self.on_main(MainAction::Files(files), out);
        }
    }

    pub(super) fn hear_main(&mut self, event: Event, out: &mut Vec<Effect>) {
        let main = Rc::make_mut(&mut self.main);
        match event {
            Event::SoFar(info) if main.info.loading() => {
                main.so_far = true;
                main.info.put_part(info);
                self.refresh(out);
            }
            Event::SnapshotReady(info) => {
                let earlier = std::mem::take(main);
                main.info.put(info);
                if earlier.so_far {
                    main.overview = earlier.overview;
                } else {
                    self.inventory_anew();
                    self.pane = Rc::default();
                }
                self.compare_anew(out);
                self.analyse_anew(out);
                if earlier.so_far {
                    self.refresh(out);
                }
            }
            Event::Overview(overview) => main.overview.put(*overview),
            _ => {}
        }
    }

    /// Takes how far a read has come, and now and then what it has brought.
    pub(super) fn progress(&mut self, progress: Progress, now: f64, out: &mut Vec<Effect>) {
        let shown = self.main.so_far && self.route == Route::Overview;
        let main = Rc::make_mut(&mut self.main);
        let (at, done) = *main.looked.get_or_insert((now, progress.done));
        let due = now - at >= LOOK_MS && progress.done != done && progress.objects > 0;
        if due && (shown || main.info.get().is_none()) {
            main.looked = Some((now, progress.done));
            out.push(Effect::Ask(Slot::SoFar, Request::SoFar));
        }
        main.progress = Some(Rc::new(progress));
    }

    /// What is shown has grown: it is asked for again, and what is drawn stays until it comes.
    fn refresh(&mut self, out: &mut Vec<Effect>) {
        if self.route == Route::Overview {
            self.ask_overview(out);
        } else {
            Rc::make_mut(&mut self.main).overview = Loadable::default();
        }
        self.refresh_inventory(out);
    }

    pub(super) fn fail_main(&mut self, problem: Problem) {
        let main = Rc::make_mut(&mut self.main);
        main.progress = None;
        main.info.fail(problem);
    }

    pub(super) fn want_overview(&mut self, out: &mut Vec<Effect>) {
        if self.main.overview.get().is_none() && !self.main.overview.loading() {
            self.ask_overview(out);
        }
    }

    fn ask_overview(&mut self, out: &mut Vec<Effect>) {
        Rc::make_mut(&mut self.main).overview.load();
        out.push(Effect::Ask(Slot::Overview, Request::Overview));
    }

    /// Shows the pause at once; the engine's next progress confirms it.
    fn pause(&mut self, paused: bool) {
        if let Some(progress) = &mut Rc::make_mut(&mut self.main).progress {
            Rc::make_mut(progress).paused = paused;
        }
    }
}

/// What a set of files is called: the folder they lie in, the one file, or their number.
pub(super) fn name(files: &[File]) -> String {
    let first = files.first().map_or("", |file| file.path.as_str());
    match (files.len(), first.split_once('/')) {
        (1, _) => first.to_owned(),
        (_, Some((folder, _))) if files.iter().all(|f| f.path.starts_with(folder)) => {
            folder.to_owned()
        }
        (n, _) => format!("{n} files"),
    }
}
