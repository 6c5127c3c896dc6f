//! Carries out what the state asks for. The one place that spawns tasks, keeps the model and talks to the engine.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use domain::problem::Problem;
use domain::protocol::{Event, File, Job, Request, SignInReady};
use domain::sealed::is_sealed;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DataTransfer, FileList};
use yew::Callback;

use super::dom::{self, files};
use super::route::Route;
use super::state::{
    Action, AnalysisAction, CompareAction, Effect, MainAction, Model, ReportAction, SessionAction,
    ShellAction, Slot, day_of,
};
use super::{app, keys, later};
use crate::bridge::sign_in::{self, Arrival, SessionChannel, SessionNews};

/// What the page needs of the engine's handle: sends a request, gives the number its events will carry.
pub type Port = Box<dyn Fn(Request) -> Job>;

struct Store {
    model: Rc<Model>,
    waiting: VecDeque<Input>,
    /// What the screens take, until they are here.
    later: Vec<Input>,
    busy: bool,
    /// Requests under way.
    jobs: Vec<(Job, Slot)>,
    port: Option<Rc<Port>>,
    /// The other tabs of this site.
    tabs: Option<SessionChannel>,
    drawn: Option<Callback<Rc<Model>>>,
    /// The report's file as far as it has come.
    report: Vec<web_sys::Blob>,
}

/// What the model takes.
enum Input {
    Action(Action),
    Event(Option<Slot>, Event),
}

thread_local! {
    static STORE: RefCell<Store> = RefCell::new(Store {
        model: Rc::default(),
        waiting: VecDeque::new(),
        later: Vec::new(),
        busy: false,
        jobs: Vec::new(),
        port: None,
        tabs: None,
        drawn: None,
        report: Vec::new(),
    });
}

fn store<T>(with: impl FnOnce(&mut Store) -> T) -> T {
    STORE.with(|store| with(&mut store.borrow_mut()))
}

/// Starts the page. `arrival`: what brought the person here.
pub fn run(port: Port, arrival: Arrival) {
    store(|s| s.port = Some(Rc::new(port)));
    match arrival {
        Arrival::Visit => {}
        Arrival::Response(response) => send(Action::Returned(response)),
        Arrival::Reload { login_hint, route } => send(Action::Reloaded { login_hint, route }),
    }
    let tabs = SessionChannel::open(|_| send(Action::Session(SessionAction::Elsewhere)));
    store(|s| s.tabs = tabs);
    send(Action::Arrived(Route::parse(&dom::hash())));
    keys::listen();
    listen();
    let icons = dom::by_id("icons");
    yew::Renderer::<app::App>::new().render();
    // The app takes the whole body; the symbols that it names came with the page.
    if let (Some(body), Some(icons)) = (dom::document().and_then(|d| d.body()), icons) {
        let _ = body.append_child(&icons);
    }
}

/// Takes an event of the engine.
pub fn deliver(job: Job, event: Event) {
    let known = store(|s| {
        s.jobs
            .iter()
            .find(|(j, _)| *j == job)
            .map(|(_, slot)| *slot)
    });
    // An answer that a newer request made void.
    if known.is_none() && job != 0 {
        return;
    }
    if !event.has_more() {
        store(|s| s.jobs.retain(|(j, _)| *j != job));
    }
    take(Input::Event(known, event));
}

/// Something happened.
pub fn send(action: Action) {
    take(Input::Action(action));
}

fn take(input: Input) {
    let busy = store(|s| {
        s.waiting.push_back(input);
        std::mem::replace(&mut s.busy, true)
    });
    // What an effect causes is taken after it.
    if busy {
        return;
    }
    while let Some(input) = store(|s| s.waiting.pop_front()) {
        match store(|s| done(Rc::make_mut(&mut s.model), input)) {
            Ok(effects) => effects.into_iter().for_each(carry_out),
            Err(input) => store(|s| s.later.push(input)),
        }
    }
    store(|s| s.busy = false);
    redraw();
}

/// What follows; an input that only the screens take is given back while they are not here.
fn done(model: &mut Model, input: Input) -> Result<Vec<Effect>, Input> {
    let now = js_sys::Date::now();
    match input {
        Input::Action(action) if !action.waits() => Ok(model.apply_first(action)),
        Input::Action(action) if later::ready() => Ok(later::apply(model, action)),
        Input::Event(slot, event) => match model.hear_first(slot, event, now) {
            (effects, None) => Ok(effects),
            (_, Some(event)) if later::ready() => Ok(later::hear(model, slot, event, now)),
            (_, Some(event)) => Err(Input::Event(slot, event)),
        },
        input => Err(input),
    }
}

/// The screens are here, or will not come: takes what waited for them.
pub fn resume() {
    for input in store(|s| std::mem::take(&mut s.later)) {
        take(input);
    }
    redraw();
}

/// Draws the model as it is.
pub fn redraw() {
    let (drawn, model) = store(|s| (s.drawn.clone(), s.model.clone()));
    if let Some(drawn) = drawn {
        drawn.emit(model);
    }
}

/// The model now; `drawn` is told of every later one.
pub fn subscribe(drawn: Callback<Rc<Model>>) -> Rc<Model> {
    store(|s| {
        s.drawn = Some(drawn);
        s.model.clone()
    })
}

/// The model now.
pub fn model() -> Rc<Model> {
    store(|s| s.model.clone())
}

fn carry_out(effect: Effect) {
    match effect {
        Effect::Ask(slot, request) => ask(slot, request),
        Effect::Cancel(slot) => cancel(slot),
        Effect::Address { hash, replace } => dom::show_address(&hash, replace),
        Effect::Leave(ready) => leave(&ready),
        Effect::Visit(url) => drop(sign_in::go_to(&url)),
        Effect::Stay(account) => sign_in::stay(&account),
        Effect::Forget => sign_in::forget(),
        Effect::DropPassphrase => later::forget(),
        Effect::TellTabs => {
            if let Some(tabs) = store(|s| s.tabs.clone()) {
                tabs.tell(SessionNews::SignedOut);
            }
        }
        Effect::Copy(text) => dom::copy(&text),
        Effect::Download(file) => later::save(file, Vec::new()),
        Effect::Gather(bytes) => store(|s| s.report.extend(files::blob(&[], &bytes, ""))),
        Effect::DownloadReport(file) => {
            let before = store(|s| std::mem::take(&mut s.report));
            later::save(file, before);
        }
        Effect::Theme(theme) => dom::theme(theme),
        Effect::Later { ms, action } => dom::later(ms, move || send(*action)),
        Effect::Focus(id) => dom::later(0, move || dom::focus(id)),
        Effect::CountStored => send(Action::Shell(ShellAction::Stored(dom::stored()))),
    }
}

fn ask(slot: Slot, request: Request) {
    if !matches!(slot, Slot::Tell | Slot::AddSide) {
        cancel(slot);
    }
    let Some(port) = store(|s| s.port.clone()) else {
        return;
    };
    let job = port(request);
    store(|s| s.jobs.push((job, slot)));
}

/// Ends what a slot has under way; its answers are not taken any more.
fn cancel(slot: Slot) {
    let (port, old) = store(|s| {
        if slot == Slot::Report {
            s.report.clear();
        }
        let old: Vec<Job> = s
            .jobs
            .iter()
            .filter(|(_, of)| *of == slot)
            .map(|(j, _)| *j)
            .collect();
        s.jobs.retain(|(_, of)| *of != slot);
        (s.port.clone(), old)
    });
    if let Some(port) = port {
        for job in old {
            port(Request::Cancel(job));
        }
    }
}

/// Goes to the login page; a browser that keeps nothing for the tab could not come back.
fn leave(ready: &SignInReady) {
    if !sign_in::leave(ready) {
        take(Input::Event(
            Some(Slot::Session),
            Event::Failed(Problem::new(
                "auth.storage",
                "This browser keeps nothing for this site, so a sign-in could not come back to it.",
                "Allow site data for this site, or use another browser profile.",
            )),
        ));
    }
}

/// What the files are for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The main side.
    Main,
    /// A baseline.
    Baseline,
    /// What the page that is shown makes of them.
    Page,
    /// The logo of reports.
    Logo,
    /// Accepted deviations.
    Deviations,
    /// Severity rules.
    Severities,
    /// A side of the matrix.
    Side,
}

/// Fetches the bytes of picked files.
pub fn gather(list: &FileList, purpose: Purpose) {
    let found = files::picked(list);
    spawn_local(async move { hand_over(files::read(found).await, purpose) });
    send(Action::Shell(ShellAction::Gathering(true)));
}

/// Fetches the bytes of what was dropped, folders included.
pub fn gather_drop(data: &DataTransfer, purpose: Purpose) {
    let (entries, loose) = files::dropped(data);
    spawn_local(async move {
        let found = files::walk(entries, loose).await;
        hand_over(files::read(found).await, purpose);
    });
    send(Action::Shell(ShellAction::Gathering(true)));
}

/// Files that were read, to where they are for. Encrypted ones first ask for their passphrase.
pub fn hand_over(files: Result<Vec<File>, Problem>, purpose: Purpose) {
    send(Action::Shell(ShellAction::Gathering(false)));
    let files = match files {
        Ok(files) if files.iter().any(|file| is_sealed(&file.bytes)) => {
            return later::unseal(files, purpose);
        }
        files => files,
    };
    take(match (files, purpose) {
        (Ok(files), Purpose::Main) => Input::Action(Action::Main(MainAction::Files(files))),
        (Ok(files), Purpose::Baseline) => {
            Input::Action(Action::Compare(CompareAction::Baseline(files)))
        }
        (Ok(files), Purpose::Logo) => {
            Input::Action(Action::Report(ReportAction::Logo(files.into_iter().next())))
        }
        (Ok(files), Purpose::Deviations) => {
            let today = day_of(&dom::intl::now_iso()).to_owned();
            Input::Action(Action::Analysis(AnalysisAction::OpenDeviations(
                files, today,
            )))
        }
        (Ok(files), Purpose::Severities) => Input::Action(Action::Analysis(
            AnalysisAction::Severities(files.into_iter().next().unwrap_or_default()),
        )),
        (Ok(files), Purpose::Side) => {
            Input::Action(Action::Analysis(AnalysisAction::AddSides(files)))
        }
        (Ok(files), Purpose::Page) => Input::Action(Action::Dropped(files)),
        (Err(problem), Purpose::Baseline) => {
            Input::Event(Some(Slot::Baseline), Event::Failed(problem))
        }
        (Err(problem), _) => Input::Event(Some(Slot::Main), Event::Failed(problem)),
    });
}

/// The window's own events.
fn listen() {
    let Some(window) = dom::window() else {
        return;
    };
    dom::watch_policy(&window);
    dom::listen(&window, "hashchange", |_: web_sys::Event| {
        send(Action::Arrived(Route::parse(&dom::hash())));
    });
    dom::listen(&window, "online", |_: web_sys::Event| {
        send(Action::Online(true))
    });
    dom::listen(&window, "offline", |_: web_sys::Event| {
        send(Action::Online(false))
    });
    dom::listen(&window, "click", |event: web_sys::Event| {
        dom::close_menus(event.target())
    });
    // Without this a dropped file would replace the page.
    dom::listen(&window, "dragover", |event: web_sys::DragEvent| {
        event.prevent_default()
    });
    dom::listen(&window, "drop", |event: web_sys::DragEvent| {
        event.prevent_default();
        if let Some(data) = event.data_transfer() {
            gather_drop(&data, Purpose::Page);
        }
    });
}
