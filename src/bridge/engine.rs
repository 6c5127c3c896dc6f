//! Starting the engine, asking it, hearing from it, and starting it again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::problem::Problem;
use domain::protocol::{Event, Job, Request, Start, VERSION};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ErrorEvent, MessageEvent, Worker};

use super::boot;
use super::codec::{self, Frame};
use super::office::{self, Office};
use super::sign_in::base;

/// Crashes after which the engine is not started again.
const RESTARTS: u32 = 3;

/// The page's handle on the engine. Clones are the same engine.
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

struct Inner {
    on_event: Box<dyn Fn(Job, Event)>,
    next: Cell<Job>,
    crashes: Cell<u32>,
    /// Asked and not answered.
    pending: RefCell<Vec<Job>>,
    worker: RefCell<Option<Running>>,
    /// What was asked before the engine listened.
    waiting: RefCell<Vec<Vec<u8>>>,
    /// Writes Excel and Word.
    office: Rc<Office>,
}

/// A worker with its listeners, which live as long as it does.
struct Running {
    worker: Worker,
    listens: bool,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Engine {
    /// Starts the engine. `on_event` hears everything: the job that an event answers (0: none) and the event.
    ///
    /// The first event is `Ready` or `Misconfigured`. When the engine crashes, every job that is not
    /// answered ends with `Failed`, code `engine.stopped`, and so does job 0; the engine is started again
    /// and says `Ready` once more. Everything that it held is gone then, the session included.
    pub fn start(on_event: impl Fn(Job, Event) + 'static) -> Self {
        let engine = Self(Rc::new(Inner {
            on_event: Box::new(on_event),
            next: Cell::new(1),
            crashes: Cell::new(0),
            pending: RefCell::default(),
            worker: RefCell::default(),
            waiting: RefCell::default(),
            office: Rc::default(),
        }));
        engine.0.spawn();
        engine
    }

    /// Sends a request. Its events carry the number that this returns.
    pub fn ask(&self, request: &Request) -> Job {
        if let Request::Cancel(job) = request
            && self.0.office.cancel(*job)
        {
            self.0.deliver(*job, Event::Failed(office::cancelled()));
        }
        let job = self.0.next.get();
        self.0.next.set(job.checked_add(1).unwrap_or(1));
        match request {
            // Nobody waits for what was given up, and neither of these has an answer.
            Request::Cancel(old) => self.0.pending.borrow_mut().retain(|other| other != old),
            Request::Reading(_) => {}
            _ => self.0.pending.borrow_mut().push(job),
        }
        match codec::encode(job, request) {
            Ok(frame) => self.0.post(frame),
            Err(error) => self.0.deliver(job, Event::Failed(error.into())),
        }
        job
    }

    /// Ends a job, if it is still under way.
    pub fn cancel(&self, job: Job) {
        if self.0.pending.borrow().contains(&job) {
            self.ask(&Request::Cancel(job));
        }
    }
}

impl Inner {
    fn spawn(self: &Rc<Self>) {
        let start = Request::Start(Start {
            version: VERSION,
            base: base(),
        });
        // Goes before whatever was asked meanwhile.
        if let Ok(frame) = codec::encode(0, &start) {
            self.waiting.borrow_mut().insert(0, frame);
        }
        let inner = self.clone();
        spawn_local(async move {
            match boot::start_engine().await {
                Ok(worker) => inner.adopt(worker),
                Err(error) => inner.give_up(&format!("{error:?}")),
            }
        });
    }

    fn adopt(self: &Rc<Self>, worker: Worker) {
        let inner = self.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            inner.hear(&message.data());
        });
        let inner = self.clone();
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |error: ErrorEvent| {
            // Handled here: the page itself did not fail.
            error.prevent_default();
            inner.clone().crashed(&error.message());
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        *self.worker.borrow_mut() = Some(Running {
            worker,
            listens: false,
            _on_message: on_message,
            _on_error: on_error,
        });
    }

    fn hear(self: &Rc<Self>, data: &JsValue) {
        let Some(bytes) = data.dyn_ref::<Uint8Array>() else {
            return;
        };
        match codec::decode::<Event>(&bytes.to_vec()) {
            Ok(Frame::Hello) => self.listens(),
            Ok(Frame::Message(job, Event::Office(given))) => {
                let inner = self.clone();
                self.office
                    .write(job, given, move |event| inner.deliver(job, event));
            }
            Ok(Frame::Message(job, event)) => self.deliver(job, event),
            Err(error) => self.deliver(0, Event::Failed(error.into())),
        }
    }

    fn listens(&self) {
        if let Some(running) = &mut *self.worker.borrow_mut() {
            running.listens = true;
        }
        for frame in self.waiting.take() {
            self.post(frame);
        }
    }

    fn post(&self, frame: Vec<u8>) {
        match &*self.worker.borrow() {
            Some(running) if running.listens => {
                let bytes = Uint8Array::from(frame.as_slice());
                let transfer = Array::of1(&bytes.buffer());
                drop(running.worker.post_message_with_transfer(&bytes, &transfer));
            }
            _ => self.waiting.borrow_mut().push(frame),
        }
    }

    fn deliver(&self, job: Job, event: Event) {
        if !event.has_more() {
            self.pending.borrow_mut().retain(|other| *other != job);
        }
        (self.on_event)(job, event);
    }

    fn crashed(self: Rc<Self>, what: &str) {
        // Two errors of one worker are one crash: the first ends it.
        let Some(running) = self.worker.take() else {
            return;
        };
        running.worker.terminate();
        // This runs inside the worker's own listener: it is dropped when the call is over.
        spawn_local(async move { drop(running) });
        self.waiting.borrow_mut().clear();
        self.crashes.set(self.crashes.get() + 1);
        if self.crashes.get() > RESTARTS {
            self.give_up(what);
            return;
        }
        self.fail_pending(&Problem::new(
            "engine.stopped",
            "The part that reads and compares stopped and was started again. What it held is gone.",
            "Sign in or open your files again. Nothing in the tenant was changed.",
        )
        .with_detail(what));
        self.spawn();
    }

    fn give_up(&self, what: &str) {
        self.waiting.borrow_mut().clear();
        self.fail_pending(
            &Problem::new(
                "engine.gone",
                "The part that reads and compares does not start.",
                "Reload the page; if it stays, a file of the site is missing or was altered.",
            )
            .with_detail(what),
        );
    }

    fn fail_pending(&self, problem: &Problem) {
        let pending = self.pending.take();
        for job in pending.into_iter().chain([0]) {
            (self.on_event)(job, Event::Failed(problem.clone()));
        }
    }
}
