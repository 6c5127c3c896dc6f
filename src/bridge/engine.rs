//! Starting the workers, asking them, hearing from them, and starting them again.

use std::cell::Cell;
use std::rc::Rc;

use domain::problem::Problem;
use domain::protocol::{Event, Job, Request, Start, VERSION};
use web_sys::MessageChannel;

use super::codec::{self, CodecError, Frame};
use super::hand::{Hand, Name, Owner};
use super::office::{self, Office, Said};
use super::sign_in::base;

/// Crashes after which a worker is not started again.
const RESTARTS: u32 = 3;

/// The page's handle on the engine and on the comparer beside it. Clones are the same.
#[derive(Clone)]
pub struct Engine(Rc<Inner>);

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Engine")
    }
}

impl PartialEq for Engine {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Reads an event that the start page does not know ([`codec::rest`]), at once or when it can, and hands it on.
pub type Rest = fn(Vec<u8>, Heard);
/// What is done with an event once it is read.
pub type Heard = Box<dyn FnOnce(Result<Event, CodecError>)>;

struct Inner {
    on_event: Box<dyn Fn(Job, Event)>,
    rest: Rest,
    next: Cell<Job>,
    crashes: Cell<u32>,
    engine: Hand,
    /// Started when it is first asked.
    comparer: Hand,
    /// Writes Excel and Word.
    office: Rc<Office>,
}

impl Engine {
    /// Starts the engine. `on_event` hears everything: the job that an event answers (0: none) and the event.
    ///
    /// The first event is `Ready` or `Misconfigured`. When the engine crashes, every job that is not
    /// answered ends with `Failed`, code `engine.stopped`, and so does job 0; the engine is started again
    /// and says `Ready` once more. Everything that it held is gone then, the session included. When the
    /// comparer crashes, its jobs end with `Failed`, code `comparer.stopped`; it starts again when it is asked.
    pub fn start(on_event: impl Fn(Job, Event) + 'static, rest: Rest) -> Self {
        let engine = Self(Rc::new(Inner {
            on_event: Box::new(on_event),
            rest,
            next: Cell::new(1),
            crashes: Cell::new(0),
            engine: Hand::new(Name::Engine),
            comparer: Hand::new(Name::Comparer),
            office: Rc::default(),
        }));
        engine.0.spawn();
        engine
    }

    /// Sends a request. Its events carry the number that this returns.
    pub fn ask(&self, request: &Request) -> Job {
        let inner = &self.0;
        // Before the office is asked: the comparer makes the windows, and ends too.
        let hand = inner.hand_for(request);
        if let Request::Cancel(job) = request
            && inner.office.cancel(*job)
        {
            inner.deliver(*job, Event::Failed(office::cancelled()));
        }
        let job = inner.next.get();
        inner.next.set(job.checked_add(1).unwrap_or(1));
        match request {
            // Nobody waits for what was given up, and neither of these has an answer.
            Request::Cancel(old) => hand.pending.borrow_mut().retain(|other| other != old),
            Request::Reading(_) | Request::WriteOn(_) => {}
            _ => hand.pending.borrow_mut().push(job),
        }
        match codec::encode(job, request) {
            Ok(frame) => hand.post(frame),
            Err(error) => inner.deliver(job, Event::Failed(error.into())),
        }
        job
    }
}

impl Inner {
    /// Who answers a request. The comparer is started for its first one.
    fn hand_for(self: &Rc<Self>, request: &Request) -> &Hand {
        // The engine reads, the comparer holds what comes and answers.
        let reads = matches!(request, Request::ReadAudit(_) | Request::ReadLive(_));
        if reads && !self.comparer.is_up() {
            Hand::spawn(self, |inner| &inner.comparer);
        }
        let comparer = match request {
            Request::Cancel(job) => self.comparer.pending.borrow().contains(job),
            request => !request.is_for_the_engine(),
        };
        if !comparer {
            return &self.engine;
        }
        if !self.comparer.is_up() {
            Hand::spawn(self, |inner| &inner.comparer);
        }
        &self.comparer
    }

    fn spawn(self: &Rc<Self>) {
        let start = Request::Start(Start {
            version: VERSION,
            base: base(),
        });
        if let Ok(frame) = codec::encode(0, &start) {
            self.engine.post_first(frame);
        }
        Hand::spawn(self, |inner| &inner.engine);
    }

    fn listens(&self, name: Name) {
        match name {
            Name::Engine => self.engine.listens(),
            Name::Comparer => {
                if let Ok(channel) = MessageChannel::new() {
                    self.engine.connect(channel.port1());
                    self.comparer.connect(channel.port2());
                }
                self.comparer.listens();
            }
        }
    }

    /// What the office worker made of a report.
    fn written(&self, job: Job, said: Said) {
        let next = match &said {
            Said::More => Some(Request::WriteOn(job)),
            Said::Event(Event::Failed(_)) => Some(Request::Cancel(job)),
            Said::Event(_) => None,
        };
        // Neither of these has an answer.
        if let Some(Ok(frame)) = next.map(|request| codec::encode(0, &request)) {
            self.comparer.post(frame);
        }
        if let Said::Event(event) = said {
            self.deliver(job, event);
        }
    }

    fn deliver(&self, job: Job, event: Event) {
        if !event.has_more() {
            for hand in [&self.engine, &self.comparer] {
                hand.pending.borrow_mut().retain(|other| *other != job);
            }
        }
        (self.on_event)(job, event);
    }

    fn heard(self: &Rc<Self>, job: Job, event: Result<Event, CodecError>) {
        match event {
            Ok(Event::Office(given)) => {
                // What was cancelled may still have a window on its way here.
                if self.comparer.pending.borrow().contains(&job) {
                    let inner = self.clone();
                    self.office
                        .write(job, given, move |said| inner.written(job, said));
                }
            }
            Ok(event) => self.deliver(job, event),
            Err(error) => self.deliver(0, Event::Failed(error.into())),
        }
    }

    fn crashed(self: &Rc<Self>, what: &str) {
        self.crashes.set(self.crashes.get() + 1);
        if self.crashes.get() > RESTARTS {
            self.give_up(what);
            return;
        }
        let problem = Problem::new(
            "engine.stopped",
            "The part that reads and compares stopped and was started again. What it held is gone.",
            "Sign in or open your files again. Nothing in the tenant was changed.",
        );
        self.fail_all(&problem.with_detail(what));
        self.spawn();
    }

    fn give_up(&self, what: &str) {
        let problem = Problem::new(
            "engine.gone",
            "The part that reads and compares does not start.",
            "Reload the page; if it stays, a file of the site is missing or was altered.",
        );
        self.fail_all(&problem.with_detail(what));
    }

    /// Ends every job of both workers.
    fn fail_all(&self, problem: &Problem) {
        self.comparer.end();
        self.engine.end();
        self.office.stop();
        self.fail(&self.comparer, problem);
        self.fail(&self.engine, problem);
        (self.on_event)(0, Event::Failed(problem.clone()));
    }

    fn fail(&self, hand: &Hand, problem: &Problem) {
        for job in hand.pending.take() {
            (self.on_event)(job, Event::Failed(problem.clone()));
        }
    }
}

impl Owner for Inner {
    fn hear(self: Rc<Self>, from: Name, bytes: Vec<u8>) {
        match codec::first(&bytes) {
            Ok(Frame::Hello) => self.listens(from),
            Ok(Frame::Message(job, Some(event))) => self.deliver(job, event),
            Ok(Frame::Message(job, None)) => {
                let inner = self.clone();
                (self.rest)(bytes, Box::new(move |event| inner.heard(job, event)));
            }
            Err(error) => self.deliver(0, Event::Failed(error.into())),
        }
    }

    fn gone(self: Rc<Self>, which: Name, started: bool, why: &str) {
        match which {
            Name::Engine if !started => self.give_up(why),
            // Two errors of one worker are one crash: the first ends it.
            Name::Engine => {
                if self.engine.end() {
                    self.crashed(why);
                }
            }
            Name::Comparer => {
                self.comparer.end();
                self.office.stop();
                let problem = Problem::new(
                    "comparer.stopped",
                    "The part that reads files and compares stopped. The baseline that it held is gone.",
                    "Open the files again; if it stays, reload the page.",
                );
                self.fail(&self.comparer, &problem.with_detail(why));
            }
        }
    }
}
