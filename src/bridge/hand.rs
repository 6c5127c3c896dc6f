//! One worker: started, heard, and what was asked before it listened.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::protocol::Job;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ErrorEvent, MessageEvent, MessagePort, Worker};

use super::{boot, bytes};

/// What a worker tells its owner.
pub trait Owner: 'static {
    /// A message that is bytes.
    fn hear(self: Rc<Self>, from: Name, bytes: Vec<u8>);
    /// The worker is gone, with the reason; `started`: it had been running.
    fn gone(self: Rc<Self>, which: Name, started: bool, why: &str);
}

/// Which worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// Sign-in, HTTP, the main side.
    Engine,
    /// Files, comparisons, reports.
    Comparer,
}

impl Name {
    const fn word(self) -> &'static str {
        match self {
            Self::Engine => "engine",
            Self::Comparer => "comparer",
        }
    }
}

/// A worker, or the place for one.
pub struct Hand {
    name: Name,
    /// Asked and not answered.
    pub pending: RefCell<Vec<Job>>,
    worker: RefCell<Option<Running>>,
    /// One is on its way.
    starting: Cell<bool>,
    /// What was asked before the worker listened.
    waiting: RefCell<Vec<Vec<u8>>>,
    /// A port that was given before the worker listened.
    port: RefCell<Option<MessagePort>>,
}

/// A worker with its listeners, which live as long as it does.
struct Running {
    worker: Worker,
    listens: bool,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Hand {
    pub fn new(name: Name) -> Self {
        Self {
            name,
            pending: RefCell::default(),
            worker: RefCell::default(),
            starting: Cell::new(false),
            waiting: RefCell::default(),
            port: RefCell::default(),
        }
    }

    /// True when a worker runs, or is on its way.
    pub fn is_up(&self) -> bool {
        self.starting.get() || self.worker.borrow().is_some()
    }

    /// Starts the worker. `hand` finds this place in its owner.
    pub fn spawn<O: Owner>(owner: &Rc<O>, hand: fn(&O) -> &Self) {
        let owner = owner.clone();
        hand(&owner).starting.set(true);
        spawn_local(async move {
            let this = hand(&owner);
            let started = boot::start_worker(this.name.word()).await;
            this.starting.set(false);
            match started {
                Ok(worker) => this.adopt(&owner, worker),
                Err(error) => owner.clone().gone(this.name, false, &format!("{error:?}")),
            }
        });
    }

    fn adopt<O: Owner>(&self, owner: &Rc<O>, worker: Worker) {
        let (name, heard) = (self.name, owner.clone());
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            if let Some(bytes) = bytes::taken(&message.data()) {
                heard.clone().hear(name, bytes);
            }
        });
        let owner = owner.clone();
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |error: ErrorEvent| {
            // Handled here: the page itself did not fail.
            error.prevent_default();
            owner.clone().gone(name, true, &error.message());
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

    /// The worker listens from now on: what waited goes out.
    pub fn listens(&self) {
        if let Some(running) = &mut *self.worker.borrow_mut() {
            running.listens = true;
        }
        if let Some(port) = self.port.take() {
            self.connect(port);
        }
        for frame in self.waiting.take() {
            self.post(frame);
        }
    }

    /// Sends a frame, or keeps it until the worker listens.
    pub fn post(&self, frame: Vec<u8>) {
        match &*self.worker.borrow() {
            Some(running) if running.listens => {
                let bytes = Uint8Array::from(frame.as_slice());
                let transfer = Array::of1(&bytes.buffer());
                drop(running.worker.post_message_with_transfer(&bytes, &transfer));
            }
            _ => self.waiting.borrow_mut().push(frame),
        }
    }

    /// Sends a frame before everything that waits.
    pub fn post_first(&self, frame: Vec<u8>) {
        self.waiting.borrow_mut().insert(0, frame);
    }

    /// Gives the worker its end of the link to the other one.
    pub fn connect(&self, port: MessagePort) {
        match &*self.worker.borrow() {
            Some(running) if running.listens => {
                let transfer = Array::of1(&port);
                drop(running.worker.post_message_with_transfer(&port, &transfer));
            }
            _ => drop(self.port.replace(Some(port))),
        }
    }

    /// Ends the worker, and forgets what waited for it. False: there was none.
    pub fn end(&self) -> bool {
        self.waiting.borrow_mut().clear();
        self.port.take();
        let Some(running) = self.worker.take() else {
            return false;
        };
        running.worker.terminate();
        // This may run inside the worker's own listener: it is dropped when the call is over.
        spawn_local(async move { drop(running) });
        true
    }
}
