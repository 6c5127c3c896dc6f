//! Reads the tenant: sends what [`Reading`] says, hands back what came, tells the page how far it is.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::rc::Rc;

use domain::graph::Reading;
use domain::graph::scheduler::{HttpRequest, Response, Step};
use domain::inventory::view;
use domain::permission::Method;
use domain::problem::Problem;
use domain::protocol::{AuditAsk, Event, Job, LivePage, ReadControl, SnapshotInfo};
use domain::snapshot::{Reason, Source};
use wasm_bindgen_futures::spawn_local;

use super::clock;
use super::host::Engine;
use super::http::{Answer, GraphCall, HttpError};
use super::signal::Signal;
use crate::worker::link::Message;

/// Between two reports of progress, in milliseconds.
const REPORT_MS: u64 = 250;
/// A report at least this often, so that seconds count down while Graph asks to wait.
const BEAT_MS: u64 = 1_000;
/// Work between two looks at what the page wants, in milliseconds.
const SLICE_MS: u64 = 12;

/// The read under way, if there is one.
#[derive(Default)]
pub struct Reader(RefCell<Option<Rc<Current>>>);

struct Current {
    job: Job,
    /// For the ledger.
    why: &'static str,
    reading: RefCell<Reading>,
    arrivals: RefCell<VecDeque<(u32, Result<Answer, HttpError>)>>,
    signal: Signal,
    /// Nobody wants the result any more.
    dropped: Cell<bool>,
    reported: Cell<u64>,
    /// Nothing else was open when it began: what it brings may be used before it ends.
    first: bool,
    /// When what is so far was last put together, and how long that took.
    looked: Cell<(u64, u64)>,
}

/// Why a read does not begin or has no result.
enum ReadError {
    NoSession,
    NothingYet,
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NoSession => Self::new(
                "read.no_session",
                "Nobody is signed in.",
                "Sign in, then read the tenant.",
            ),
            ReadError::NothingYet => Self::new(
                "read.nothing_yet",
                "Nothing of this read can be shown before its end.",
                "Wait until it is whole.",
            ),
        }
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reader(…)")
    }
}

impl Reader {
    /// Pauses, resumes or ends the read under way.
    pub fn control(&self, control: ReadControl) {
        if let Some(current) = &*self.0.borrow() {
            let mut reading = current.reading.borrow_mut();
            match control {
                ReadControl::Pause => reading.pause(),
                ReadControl::Resume => reading.resume(),
                ReadControl::Cancel => reading.end(Reason::Cancelled),
            }
            current.reported.set(0);
            current.signal.raise();
        }
    }

    /// Ends the read under way: what was read is opened, the rest gets this reason.
    pub fn end(&self, reason: Reason) {
        if let Some(current) = &*self.0.borrow() {
            current.reading.borrow_mut().end(reason);
            current.signal.raise();
        }
    }

    /// Ends the read of this job without a result: nobody waits for it.
    pub fn cancel(&self, job: Job) {
        let ours = self.0.borrow().as_ref().is_some_and(|c| c.job == job);
        if ours {
            self.drop_it();
        }
    }

    fn take_up(&self, job: Job, reading: Reading, why: &'static str, first: bool) -> Rc<Current> {
        let current = Rc::new(Current {
            job,
            why,
            reading: RefCell::new(reading),
            arrivals: RefCell::default(),
            signal: Signal::default(),
            dropped: Cell::new(false),
            reported: Cell::new(0),
            first,
            looked: Cell::default(),
        });
        *self.0.borrow_mut() = Some(current.clone());
        current
    }

    /// Ends the read under way without a result.
    pub fn drop_it(&self) {
        if let Some(current) = self.0.take() {
            current.dropped.set(true);
            current.signal.raise();
        }
    }
}

/// Reads the whole tenant, and opens what was read.
pub async fn read(engine: Rc<Engine>, job: Job) {
    let event = match begin(&engine, job) {
        Ok(current) => {
            if !drive(&engine, &current).await {
                return;
            }
            finish(&engine, &current)
        }
        Err(error) => Event::Failed(error.into()),
    };
    engine.port.send(job, &event);
}

/// Reads audit logs, and hands them to the comparer, which answers the page.
pub async fn read_logs(engine: Rc<Engine>, job: Job, ask: AuditAsk) {
    let plan = |origin: &str, scopes: &[String]| Reading::of_logs(origin, scopes, &ask, seed());
    let Some((current, tenant)) =
        beside(&engine, job, &engine.audit, plan, "read audit events").await
    else {
        return;
    };
    current.reported.set(0);
    report(&engine, &current);
    engine.audit.0.take();
    let reads = current.reading.borrow().logs_read(&clock::iso_now());
    engine.link.send(job, Message::AuditEnd(tenant, reads));
}

/// Reads what a page of Trust shows, and hands it to the comparer, which answers the page.
pub async fn read_live(engine: Rc<Engine>, job: Job, page: LivePage) {
    let client_ids = engine.client_ids();
    let plan = |origin: &str, scopes: &[String]| {
        Reading::of_live(origin, scopes, page, &client_ids, seed())
    };
    let Some((current, _)) = beside(&engine, job, &engine.live, plan, "read who may do what").await
    else {
        return;
    };
    engine.live.0.take();
    let reads = current.reading.borrow_mut().live_read();
    engine.link.send(job, Message::Live(reads));
}

/// Reads lists beside the tenant to their end. `None`: nobody is signed in, which the page is told, or nobody wants them
/// any more. With the tenant's id.
async fn beside(
    engine: &Rc<Engine>,
    job: Job,
    reader: &Reader,
    plan: impl FnOnce(&str, &[String]) -> Reading,
    why: &'static str,
) -> Option<(Rc<Current>, String)> {
    reader.drop_it();
    let origin = engine.graph_origin().filter(|_| engine.session.is_open());
    let Some(origin) = origin else {
        let problem = ReadError::NoSession.into();
        engine.port.send(job, &Event::Failed(problem));
        return None;
    };
    let tenant = engine.session.tenant_id();
    let reading = plan(&origin, &engine.session.scopes()).of_tenant(&tenant);
    let current = reader.take_up(job, reading, why, false);
    drive(engine, &current).await.then_some((current, tenant))
}

/// Opens what the read under way has brought so far.
pub fn so_far(engine: &Engine, job: Job) {
    let event = match look(engine) {
        Ok(info) => Event::SoFar(info),
        Err(error) => Event::Failed(error.into()),
    };
    engine.port.send(job, &event);
}

/// Copies and indexes everything, which holds the read up: never for more than a twentieth of the time.
fn look(engine: &Engine) -> Result<SnapshotInfo, ReadError> {
    let current = engine.reader.0.borrow().clone();
    let current = current.filter(|current| current.first);
    let current = current.ok_or(ReadError::NothingYet)?;
    let now = clock::monotonic();
    let (at, took) = current.looked.get();
    let open = engine.desk.borrow().main().map(view::info);
    if let Some(open) = open
        && now - at < 20 * took
    {
        return Ok(open);
    }
    let whole = current.reading.borrow().so_far(&clock::iso_now());
    let info = engine
        .desk
        .borrow_mut()
        .set_main(whole.ok_or(ReadError::NothingYet)?);
    let end = clock::monotonic();
    current.looked.set((end, end - now));
    Ok(info)
}

fn begin(engine: &Engine, job: Job) -> Result<Rc<Current>, ReadError> {
    // A second read takes the place of the first.
    engine.reader.drop_it();
    let origin = engine.graph_origin().filter(|_| engine.session.is_open());
    let origin = origin.ok_or(ReadError::NoSession)?;
    let tenant = engine.session.tenant_id();
    let mut reading = Reading::new(&origin, &engine.session.scopes(), seed()).of_tenant(&tenant);
    let desk = engine.desk.borrow();
    let earlier = desk
        .main()
        .filter(|open| open.source == Source::Tenant && open.tenant.id == tenant);
    if let Some(earlier) = earlier {
        reading = reading.knowing(earlier);
    }
    let first = desk.main().is_none();
    Ok(engine
        .reader
        .take_up(job, reading, "read the tenant", first))
}

/// Goes on until everything is read (true) or nobody wants it any more (false).
async fn drive(engine: &Rc<Engine>, current: &Rc<Current>) -> bool {
    let mut slice = clock::monotonic();
    loop {
        while let Some((id, arrival)) = take(current) {
            current.hand_back(id, arrival);
            if current.reading.borrow().is_foreign() {
                engine.other_tenant();
                return false;
            }
            report(engine, current);
            if clock::monotonic() - slice > SLICE_MS {
                clock::sleep(0).await;
                slice = clock::monotonic();
            }
        }
        if current.dropped.get() {
            return false;
        }
        let now = clock::monotonic();
        let step = current.reading.borrow_mut().next(now);
        match step {
            Step::Done => return true,
            Step::Send(requests) => {
                for request in requests {
                    spawn_local(send(engine.clone(), current.clone(), request));
                }
            }
            Step::Wait(until) => {
                current
                    .signal
                    .wait(until.saturating_sub(now).min(BEAT_MS))
                    .await;
                slice = clock::monotonic();
                report(engine, current);
            }
            // A new token needs the person, and the way to one leaves this page: what is there is opened.
            Step::Renew(claims) => {
                if !engine.session.is_open() || engine.token_refused(&claims) {
                    current.reading.borrow_mut().end(Reason::SignedOut);
                }
            }
        }
    }
}

fn take(current: &Current) -> Option<(u32, Result<Answer, HttpError>)> {
    current.arrivals.borrow_mut().pop_front()
}

async fn send(engine: Rc<Engine>, current: Rc<Current>, request: HttpRequest) {
    let call = GraphCall {
        method: Method::Post,
        path: &request.path,
        body: Some(&request.body),
        why: current.why,
    };
    let arrival = engine.http.graph(&engine.session, call).await;
    current
        .arrivals
        .borrow_mut()
        .push_back((request.id, arrival));
    current.signal.raise();
}

impl Current {
    fn hand_back(&self, id: u32, arrival: Result<Answer, HttpError>) {
        let now = clock::monotonic();
        let mut reading = self.reading.borrow_mut();
        match arrival {
            Ok(answer) => {
                let (status, headers) = (answer.status, &answer.headers);
                let body = &answer.body;
                reading.on_response(
                    id,
                    now,
                    Response {
                        status,
                        headers,
                        body,
                    },
                );
            }
            // The token ended before Graph could say so.
            Err(HttpError::NoSession) => {
                let (status, headers, body) = (401, &[][..], &[][..]);
                reading.on_response(
                    id,
                    now,
                    Response {
                        status,
                        headers,
                        body,
                    },
                );
            }
            Err(error) => reading.on_failure(id, now, error.code()),
        }
    }
}

fn report(engine: &Engine, current: &Current) {
    let now = clock::monotonic();
    if now - current.reported.get() < REPORT_MS || current.dropped.get() {
        return;
    }
    current.reported.set(now);
    let progress = current.reading.borrow_mut().progress(now);
    engine.port.send(current.job, &Event::Progress(progress));
    // What does not stay here goes on as it comes.
    let pages = current.reading.borrow_mut().log_pages();
    for (log, text) in pages {
        engine.link.send(current.job, Message::Audit(log, text));
    }
}

fn finish(engine: &Engine, current: &Rc<Current>) -> Event {
    current.reported.set(0);
    report(engine, current);
    engine.reader.0.take();
    let empty = Reading::new("", &[], 0);
    let reading = current.reading.replace(empty);
    let mut snapshot = reading.finish(&clock::iso_now());
    let tenant_id = engine.session.tenant_id();
    if snapshot.tenant.id.is_empty() {
        snapshot.tenant.id.clone_from(&tenant_id);
    }
    if snapshot.label.is_empty() {
        snapshot.label = tenant_id;
    }
    Event::SnapshotReady(engine.set_main(snapshot))
}

/// Only spreads second tries: the clock is random enough.
fn seed() -> u64 {
    clock::now().wall.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
