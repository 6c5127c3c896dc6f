//! The loop: a request comes in, events go out.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::desk::Desk;
use domain::oauth::config::Config;
use domain::oauth::consent;
use domain::oauth::error::SignInError;
use domain::oauth::redirect::RedirectError;
use domain::oauth::transaction::Transaction;
use domain::permission;
use domain::problem::Problem;
use domain::protocol::{
    BeginSignIn, ConsentNeeded, Event, FeatureView, FinishSignIn, Job, Locked, Ready, Request,
    SnapshotInfo, Start, VERSION,
};
use domain::snapshot::file::{Joined, Piece, Step};
use domain::snapshot::{Snapshot, Source};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{MessageEvent, MessagePort};

use super::clock;
use super::http::Http;
use super::kept;
use super::reader::{self, Reader};
use super::session::Session;
use super::site;
use crate::bridge::bytes;
use crate::bridge::codec::{self, Frame};
use crate::worker::link::{Link, Message};
use crate::worker::port::Port;

/// Everything that the engine holds. One per worker.
#[derive(Debug)]
pub struct Engine {
    /// To the page.
    pub port: Port,
    /// To the network.
    pub http: Http,
    /// The token.
    pub session: Session,
    /// What is open.
    pub desk: RefCell<Desk>,
    /// The read under way.
    pub reader: Reader,
    /// The read of audit logs under way.
    pub audit: Reader,
    /// The read of what a page of Trust shows.
    pub live: Reader,
    /// To the comparer, once it runs.
    pub(super) link: Link,
    /// The newest job that fills the main side: an older one that ends later must not take its place.
    newest: Cell<Job>,
    /// What the newest job opens, as far as it has come from the comparer.
    coming: RefCell<Joined>,
    config: RefCell<Option<Config>>,
    base: RefCell<String>,
    policy_enforced: Cell<bool>,
}

/// Starts listening, and says so. Does nothing outside a worker.
pub fn run() {
    let Some(port) = Port::here() else {
        return;
    };
    let engine = Rc::new(Engine {
        port: port.clone(),
        http: Http::default(),
        session: Session::default(),
        desk: RefCell::default(),
        reader: Reader::default(),
        audit: Reader::default(),
        live: Reader::default(),
        link: Link::default(),
        newest: Cell::default(),
        coming: RefCell::default(),
        config: RefCell::default(),
        base: RefCell::default(),
        policy_enforced: Cell::new(false),
    });
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        let engine = engine.clone();
        let data = message.data();
        let Some(bytes) = bytes::taken(&data) else {
            return engine.link_to(data);
        };
        match codec::decode::<Request>(&bytes) {
            Ok(Frame::Hello) => {}
            Ok(Frame::Message(job, request)) => engine.take(job, request),
            Err(error) => engine.port.send(0, &Event::Failed(error.into())),
        }
    });
    port.scope()
        .set_onmessage(Some(listener.as_ref().unchecked_ref()));
    // The listener lives as long as the worker.
    listener.forget();
    port.hello();
}

impl Engine {
    fn take(self: Rc<Self>, job: Job, request: Request) {
        match request {
            Request::Start(start) => spawn_local(async move { self.start(job, &start).await }),
            Request::BeginSignIn(ask) => spawn_local(async move { self.begin(job, &ask).await }),
            Request::FinishSignIn(given) => {
                spawn_local(async move { self.finish(job, &given).await });
            }
            Request::SignOut => self.sign_out(job),
            Request::Ledger => {
                let loaded = site::loaded(&self.port, &self.base.borrow());
                let event = Event::Ledger(self.http.ledger(), loaded);
                self.port.send(job, &event);
            }
            Request::ReadTenant => {
                self.fill(job);
                spawn_local(reader::read(self, job));
            }
            Request::OpenDemo => {
                self.open_instead(job);
                spawn_local(kept::open_demo(self, job));
            }
            Request::SaveSnapshot => spawn_local(kept::save(self, job)),
            Request::SoFar => reader::so_far(&self, job),
            Request::ReadAudit(ask) => spawn_local(reader::read_logs(self, job, ask)),
            Request::ReadLive(page) => spawn_local(reader::read_live(self, job, page)),
            Request::Reading(control) => self.reader.control(control),
            Request::Cancel(job) => self.cancel(job),
            request => self.ask_the_desk(job, request),
        }
    }

    /// The page connects the comparer.
    fn link_to(self: Rc<Self>, port: JsValue) {
        let Ok(port) = port.dyn_into::<MessagePort>() else {
            return;
        };
        let engine = Rc::downgrade(&self);
        self.link.adopt(port, move |job, message| {
            if let Some(engine) = engine.upgrade() {
                engine.hear(job, message);
            }
        });
    }

    /// What the comparer says.
    fn hear(&self, job: Job, message: Message) {
        match message {
            Message::Want(from) => {
                let piece = self.desk.borrow().piece(from);
                self.link.send(job, Message::Main(piece));
            }
            // Jobs are numbered in the order in which they were asked for.
            Message::Open { saved, piece } if piece.from == 0 && job >= self.newest.get() => {
                self.open_instead(job);
                let source = if saved { Source::Saved } else { Source::Files };
                *self.coming.borrow_mut() = Joined::new(source);
                self.open_on(job, &piece);
            }
            Message::Open { piece, .. } if job == self.newest.get() => self.open_on(job, &piece),
            Message::GivenUp => self.cancel(job),
            // What goes the other way.
            _ => {}
        }
    }

    /// Takes a piece of what a person opens. After the last one it is the main side.
    fn open_on(&self, job: Job, piece: &Piece) {
        let mut coming = self.coming.borrow_mut();
        match coming.take(piece) {
            Ok(Step::Next(from)) => self.link.send(job, Message::Next(from)),
            Ok(Step::Whole) => {
                let info = self.desk.borrow_mut().set_main(coming.whole());
                self.link.send(job, Message::Opened);
                self.port.send(job, &Event::SnapshotReady(info));
            }
            Err(error) => self.port.send(job, &Event::Failed(error.into())),
        }
    }

    /// Puts a snapshot on the main side.
    pub fn set_main(&self, snapshot: Snapshot) -> SnapshotInfo {
        self.link.send(0, Message::Stale);
        self.desk.borrow_mut().set_main(snapshot)
    }

    /// This job fills the main side; 0: none does.
    fn fill(&self, job: Job) {
        self.newest.set(job);
        self.coming.take();
    }

    /// Something else is opened than the tenant that is being read.
    fn open_instead(&self, job: Job) {
        self.fill(job);
        self.reader.drop_it();
    }

    /// Nobody waits for this job any more: it must not change what is open.
    fn cancel(&self, job: Job) {
        if self.newest.get() == job {
            self.fill(0);
        }
        self.reader.cancel(job);
        self.audit.cancel(job);
        self.live.cancel(job);
    }

    /// True when no newer job fills the main side, and nobody gave this one up.
    pub fn is_newest(&self, job: Job) -> bool {
        self.newest.get() == job
    }

    async fn start(&self, job: Job, start: &Start) {
        if start.version != VERSION {
            let problem = Problem::from(codec::CodecError::Version);
            self.port.send(job, &Event::Misconfigured(vec![problem]));
            return;
        }
        *self.base.borrow_mut() = format!("{}/", self.port.origin());
        if start.base.starts_with(self.base.borrow().as_str()) {
            self.base.borrow_mut().clone_from(&start.base);
        }
        let base = self.base.borrow().clone();
        self.policy_enforced
            .set(site::policy_is_enforced(&self.port).await);
        let event = match site::configuration(&self.http, &base).await {
            Err(problems) => Event::Misconfigured(problems),
            Ok(config) => {
                let ready = self.ready(&config);
                *self.config.borrow_mut() = Some(config);
                Event::Ready(ready)
            }
        };
        self.port.send(job, &event);
    }

    fn ready(&self, config: &Config) -> Ready {
        let scopes = self.session.scopes();
        let host = |origin: &str| origin.split("://").nth(1).unwrap_or_default().to_owned();
        Ready {
            cloud: config.cloud.name.clone(),
            hosts: vec![host(&config.cloud.login), host(&config.cloud.graph)],
            client_id: config.reader.id().to_owned(),
            policy_enforced: self.policy_enforced.get(),
            features: config
                .features
                .iter()
                .filter_map(|id| permission::feature(id))
                .map(|feature| view(feature, &scopes))
                .collect(),
        }
    }

    async fn begin(&self, job: Job, ask: &BeginSignIn) {
        let event = match self.configured() {
            Ok((config, base)) => self
                .session
                .begin(&config, &base, ask)
                .await
                .map_or_else(failed, Event::SignInReady),
            Err(event) => event,
        };
        self.port.send(job, &event);
    }

    async fn finish(self: Rc<Self>, job: Job, given: &FinishSignIn) {
        let event = match self.configured() {
            Ok((config, _)) => match self.session.finish(&config, &self.http, given).await {
                Ok(account) => {
                    self.clone().watch();
                    Event::SignedIn(account)
                }
                // Nobody was asked, so nobody is told: the start page is shown, with its button.
                Err(SignInError::Redirect(RedirectError::Entra { silent: true, .. })) => {
                    Event::Locked(Locked {
                        problem: None,
                        logout_url: String::new(),
                        kept: false,
                    })
                }
                Err(SignInError::OtherPerson) => {
                    self.drop_all();
                    failed(SignInError::OtherPerson)
                }
                Err(error) => match consent_needed(error, given.transaction.as_deref()) {
                    Ok(needed) => Event::ConsentNeeded(Box::new(needed)),
                    Err(error) => failed(error),
                },
            },
            Err(event) => event,
        };
        self.port.send(job, &event);
    }

    fn sign_out(&self, job: Job) {
        let logout_url = self.session.logout_url(&self.base.borrow());
        self.session.close();
        self.drop_all();
        let locked = Locked {
            problem: None,
            logout_url,
            kept: false,
        };
        self.port.send(job, &Event::Locked(locked));
    }

    /// Drops what is being read, and what was.
    pub(super) fn drop_all(&self) {
        self.fill(0);
        self.reader.drop_it();
        self.audit.drop_it();
        self.live.drop_it();
        self.http.abort();
        self.desk.borrow_mut().clear();
        self.link.send(0, Message::Forget);
    }

    fn ask_the_desk(&self, job: Job, request: Request) {
        let event = self.desk.borrow_mut().answer(request);
        self.port.answer(job, event);
    }

    /// Address of the site's folder, with a slash at the end.
    pub fn base(&self) -> String {
        self.base.borrow().clone()
    }

    /// The configured client ids: the reader's, then the writer's where there is one.
    pub fn client_ids(&self) -> Vec<String> {
        let config = self.config.borrow();
        let Some(config) = config.as_ref() else {
            return Vec::new();
        };
        let writer = config.writer.as_ref().map(|writer| writer.id().to_owned());
        let reader = config.reader.id().to_owned();
        [Some(reader), writer].into_iter().flatten().collect()
    }

    /// The configured Graph origin, without a slash at the end.
    pub fn graph_origin(&self) -> Option<String> {
        let config = self.config.borrow();
        config.as_ref().map(|config| config.cloud.graph.clone())
    }

    fn configured(&self) -> Result<(Config, String), Event> {
        match &*self.config.borrow() {
            Some(config) => Ok((config.clone(), self.base.borrow().clone())),
            None => Err(failed(SignInError::NoClient)),
        }
    }
}

fn failed(error: SignInError) -> Event {
    Event::Failed(error.into())
}

fn view(feature: &permission::Feature, granted: &[String]) -> FeatureView {
    let has = |name: &str| granted.iter().any(|scope| scope.eq_ignore_ascii_case(name));
    FeatureView {
        id: feature.id.to_owned(),
        name: feature.name.to_owned(),
        scopes: feature
            .scopes
            .iter()
            .filter_map(|name| permission::scope(name))
            .map(|scope| (scope.name.to_owned(), scope.why.to_owned()))
            .collect(),
        granted: feature.scopes.iter().all(|name| has(name)),
    }
}

/// What an administrator needs, when nobody consented to what the sign-in of this record asked for.
fn consent_needed(error: SignInError, record: Option<&str>) -> Result<ConsentNeeded, SignInError> {
    let asked = record.filter(|_| consent::is_missing(&error));
    match asked.and_then(|record| Transaction::read(record, clock::now().wall).ok()) {
        Some(asked) => Ok(ConsentNeeded {
            problem: error.into(),
            url: consent::url((&asked).into()),
            letter: consent::letter((&asked).into()),
        }),
        None => Err(error),
    }
}
