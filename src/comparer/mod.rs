//! The second worker: reads files, compares, writes reports. It has no token and sends nothing anywhere.
//!
//! It is loaded when it is first needed. The main side comes from the engine over the link, in pieces, when a comparison
//! asks for it and it changed since; what was opened here goes there the same way, and stays.

mod writing;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::access;
use domain::desk::Comparer;
use domain::permission::LIVE;
use domain::problem::Problem;
use domain::protocol::{Event, Job, LivePage, RIGHTS_DAYS, Request};
use domain::snapshot::file::{OpenError, Step};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{MessageEvent, MessagePort};

use crate::bridge::bytes;
use crate::bridge::codec::{self, Frame};
use crate::worker::gzip;
use crate::worker::link::{Link, Message};
use crate::worker::port::Port;

struct Host {
    port: Port,
    link: Link,
    desk: RefCell<Comparer>,
    /// The report under way.
    writing: Cell<Option<Job>>,
    /// The main side is the engine's.
    fresh: Cell<bool>,
    /// A piece of the main side is on its way.
    pulling: Cell<bool>,
    /// What waits for the main side.
    waiting: RefCell<Vec<(Job, Request)>>,
    /// The newest job that opens files, and the newest that brings a baseline: an older one that ends later
    /// must not take its place.
    newest: [Cell<Job>; 2],
}

/// Places in [`Host::newest`].
const MAIN: usize = 0;
const BASELINE: usize = 1;

/// Starts listening, and says so. Does nothing outside a worker.
pub fn run() {
    let Some(port) = Port::here() else {
        return;
    };
    let host = Rc::new(Host {
        port: port.clone(),
        link: Link::default(),
        desk: RefCell::default(),
        writing: Cell::new(None),
        fresh: Cell::new(false),
        pulling: Cell::new(false),
        waiting: RefCell::default(),
        newest: Default::default(),
    });
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        let host = host.clone();
        let data = message.data();
        match bytes::taken(&data) {
            Some(bytes) => host.take(&bytes),
            None => host.link_to(data),
        }
    });
    port.scope()
        .set_onmessage(Some(listener.as_ref().unchecked_ref()));
    // The listener lives as long as the worker.
    listener.forget();
    port.hello();
}

impl Host {
    fn link_to(self: Rc<Self>, port: JsValue) {
        let Ok(port) = port.dyn_into::<MessagePort>() else {
            return;
        };
        let host = Rc::downgrade(&self);
        self.link.adopt(port, move |job, message| {
            if let Some(host) = host.upgrade() {
                host.hear(job, message);
            }
        });
    }

    fn take(self: Rc<Self>, frame: &[u8]) {
        let (job, request) = match codec::decode::<Request>(frame) {
            Ok(Frame::Hello) => return,
            Ok(Frame::Message(job, request)) => (job, request),
            Err(error) => return self.port.send(0, &Event::Failed(error.into())),
        };
        match request {
            Request::Cancel(job) => self.cancel(job),
            Request::WriteOn(report) => {
                // The window before this may have been the last.
                if self.writing.get() == Some(report) {
                    spawn_local(async move { self.write_on(report, 1).await });
                }
            }
            Request::OpenFiles(files) => {
                self.newest[MAIN].set(job);
                spawn_local(async move {
                    let files = gzip::unpacked(files).await;
                    if self.newest[MAIN].get() != job {
                        return;
                    }
                    let opened = self.desk.borrow_mut().open(files);
                    match opened {
                        Ok(()) => self.hand_over(job, 0),
                        Err(problem) => self.port.send(job, &Event::Failed(problem)),
                    }
                });
            }
            Request::AddSide(files) => spawn_local(async move {
                self.answer(job, Request::AddSide(gzip::unpacked(files).await));
            }),
            Request::AddBaseline(files) => {
                self.newest[BASELINE].set(job);
                spawn_local(async move {
                    let files = gzip::unpacked(files).await;
                    if self.newest[BASELINE].get() == job {
                        self.answer(job, Request::AddBaseline(files));
                    }
                });
            }
            request if request.needs_the_main_side() && !self.fresh.get() => {
                self.waiting.borrow_mut().push((job, request));
                if !self.pulling.replace(true) {
                    self.desk.borrow_mut().await_main();
                    self.link.send(0, Message::Want(0));
                }
            }
            request => self.go(job, request),
        }
    }

    /// Does what needs nothing more.
    fn go(self: Rc<Self>, job: Job, request: Request) {
        match request {
            Request::Rights(days) => self.rights(job, days),
            Request::Report(options) => spawn_local(async move { self.write(job, options).await }),
            request => self.answer(job, request),
        }
    }

    /// What the engine says.
    fn hear(self: Rc<Self>, job: Job, message: Message) {
        match message {
            Message::Main(None) => self.main_is_here(Ok(())),
            Message::Main(Some(piece)) => {
                let step = self.desk.borrow_mut().take_main(&piece);
                match step {
                    Ok(Step::Next(from)) => self.link.send(0, Message::Want(from)),
                    Ok(Step::Whole) => self.main_is_here(Ok(())),
                    Err(error) => self.main_is_here(Err(error)),
                }
            }
            Message::Next(from) => self.hand_over(job, from),
            Message::Opened if self.newest[MAIN].get() == job => {
                let kept = self.desk.borrow_mut().keep_opened();
                self.fresh.set(kept);
            }
            Message::Stale | Message::Opened => {
                self.fresh.set(false);
                self.desk.borrow_mut().stale();
            }
            Message::Forget => {
                self.fresh.set(false);
                self.newest.iter().for_each(|newest| newest.set(0));
                self.desk.borrow_mut().clear();
            }
            Message::Audit(log, text) => self.desk.borrow_mut().take_audit(job, log, &text),
            Message::AuditEnd(tenant, reads) => {
                self.desk.borrow_mut().end_audit(job, &tenant, &reads);
                self.port.send(job, &Event::AuditRead(reads));
            }
            Message::Live(reads) => {
                let page = reads.first().and_then(|read| LIVE.get(read.route as usize));
                match page.map(|route| route.page) {
                    Some(LivePage::Rights) => {
                        self.desk.borrow_mut().take_roles(reads);
                        self.rights(job, RIGHTS_DAYS);
                    }
                    Some(LivePage::Mine) => self.live(job, &access::mine(&reads)),
                    _ => self.live(job, &access::app(&reads)),
                }
            }
            Message::Want(_) | Message::Open { .. } | Message::GivenUp => {}
        }
    }

    /// Answers with what a page of Trust shows: only that page unpacks it.
    fn live(&self, job: Job, shown: &impl Serialize) {
        let event = match codec::encode(0, shown) {
            Ok(bytes) => Event::Live(bytes),
            Err(error) => Event::Failed(error.into()),
        };
        self.port.send(job, &event);
    }

    fn rights(&self, job: Job, days: u32) {
        let rights = self.desk.borrow().rights(days);
        self.live(job, &rights);
    }

    /// The main side has come, or cannot be read: what waited for it goes on.
    fn main_is_here(self: Rc<Self>, taken: Result<(), OpenError>) {
        self.pulling.set(false);
        self.fresh.set(taken.is_ok());
        for (job, request) in self.waiting.take() {
            match &taken {
                Ok(()) => self.clone().go(job, request),
                Err(error) => {
                    let problem = Problem::from(error.clone());
                    self.port.send(job, &Event::Failed(problem));
                }
            }
        }
    }

    /// Gives the engine a piece of what this job opens.
    fn hand_over(&self, job: Job, from: u32) {
        if self.newest[MAIN].get() == job
            && let Some((saved, piece)) = self.desk.borrow().opened(from)
        {
            self.link.send(job, Message::Open { saved, piece });
        }
    }

    /// Nobody waits for this job any more.
    fn cancel(&self, job: Job) {
        self.stop_writing(job);
        if self.newest[MAIN].get() == job {
            self.desk.borrow_mut().drop_opened();
            self.link.send(job, Message::GivenUp);
        }
        for newest in &self.newest {
            if newest.get() == job {
                newest.set(0);
            }
        }
        self.waiting.borrow_mut().retain(|(other, _)| *other != job);
    }

    fn answer(&self, job: Job, request: Request) {
        let event = self.desk.borrow_mut().answer(request);
        self.port.answer(job, event);
    }
}
