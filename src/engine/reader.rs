//! Reads the tenant: sends what [`Reading`] says, hands back what came, tells the page how far it is.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::rc::Rc;

use domain::graph::Reading;
use domain::graph::scheduler::{HttpRequest, Response, Step};
use domain::permission::Method;
use domain::problem::Problem;
use domain::protocol::{Event, Job, ReadControl};
use domain::snapshot::Reason;
use wasm_bindgen_futures::spawn_local;

use super::clock;
use super::host::Engine;
use super::http::{Answer, GraphCall, HttpError};
use super::signal::Signal;

/// Between two reports of progress, in milliseconds.
const REPORT_MS: u64 = 100;
/// A report at least this often, so that seconds count down while Graph asks to wait.
const BEAT_MS: u64 = 1_000;
/// Work between two looks at what the page wants, in milliseconds.
const SLICE_MS: u64 = 12;
/// How long a read waits for a new session after the token has ended, in milliseconds.
const SESSION_WAIT_MS: u64 = 120_000;

/// The read under way, if there is one.
#[derive(Default)]
pub struct Reader(RefCell<Option<Rc<Current>>>);

struct Current {
    job: Job,
    reading: RefCell<Reading>,
    arrivals: RefCell<VecDeque<(u32, Result<Answer, HttpError>)>>,
    signal: Signal,
    /// Nobody wants the result any more.
    dropped: Cell<bool>,
    reported: Cell<u64>,
}

/// Why a read does not begin or has no result.
enum ReadError {
    NoSession,
    UnderWay,
    Refused,
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NoSession => Self::new(
                "read.no_session",
                "Nobody is signed in.",
                "Sign in, then read the tenant.",
            ),
            ReadError::UnderWay => Self::new(
                "read.under_way",
                "The tenant is being read already.",
                "Wait for it, or cancel it first.",
            ),
            ReadError::Refused => Self::new(
                "read.refused",
                "Microsoft Graph stopped accepting the session while the tenant was read. What was read was dropped.",
                "Sign in again, then read the tenant again.",
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

    /// Ends the read of this job, if it is the one under way.
    pub fn cancel(&self, job: Job) {
        let ours = self
            .0
            .borrow()
            .as_ref()
            .is_some_and(|current| current.job == job);
        if ours {
            self.control(ReadControl::Cancel);
        }
    }

    /// Ends the read under way without a result: the session is closed.
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
        Ok(current) => match drive(&engine, &current).await {
            Ok(true) => finish(&engine, &current),
            Ok(false) => return,
            Err(error) => Event::Failed(error.into()),
        },
        Err(error) => Event::Failed(error.into()),
    };
    engine.port.send(job, &event);
}

fn begin(engine: &Engine, job: Job) -> Result<Rc<Current>, ReadError> {
    let mut place = engine.reader.0.borrow_mut();
    if place.is_some() {
        return Err(ReadError::UnderWay);
    }
    let origin = engine.graph_origin().filter(|_| engine.session.is_open());
    let origin = origin.ok_or(ReadError::NoSession)?;
    let reading = Reading::new(&origin, &engine.session.scopes(), seed());
    let current = Rc::new(Current {
        job,
        reading: RefCell::new(reading),
        arrivals: RefCell::default(),
        signal: Signal::default(),
        dropped: Cell::new(false),
        reported: Cell::new(0),
    });
    *place = Some(current.clone());
    Ok(current)
}

/// Goes on until everything is read (true) or nobody wants it any more (false).
async fn drive(engine: &Rc<Engine>, current: &Rc<Current>) -> Result<bool, ReadError> {
    let mut slice = clock::monotonic();
    loop {
        while let Some((id, arrival)) = take(current) {
            current.hand_back(id, arrival);
            report(engine, current, false);
            if clock::monotonic() - slice > SLICE_MS {
                clock::sleep(0).await;
                slice = clock::monotonic();
            }
        }
        if current.dropped.get() {
            return Ok(false);
        }
        let now = clock::monotonic();
        let step = current.reading.borrow_mut().next(now);
        match step {
            Step::Done => return Ok(true),
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
                report(engine, current, false);
            }
            Step::Renew(claims) => renew(engine, current, &claims).await?,
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
        why: "read the tenant",
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

/// The token is not good any more. One that has ended may be replaced by a new sign-in of the same
/// person while the read waits; one that Graph refuses ends the session and the read.
async fn renew(engine: &Engine, current: &Current, claims: &str) -> Result<(), ReadError> {
    if engine.session.usable_ms() > 0 {
        engine.reader.drop_it();
        engine.token_refused(claims);
        return Err(ReadError::Refused);
    }
    let start = clock::monotonic();
    while engine.session.usable_ms() == 0 && !current.dropped.get() {
        if clock::monotonic() - start > SESSION_WAIT_MS {
            current.reading.borrow_mut().end(Reason::SignedOut);
            return Ok(());
        }
        report(engine, current, true);
        current.signal.wait(BEAT_MS).await;
        let ended = current.reading.borrow_mut().next(clock::monotonic()) == Step::Done;
        if ended {
            return Ok(());
        }
    }
    current.reading.borrow_mut().renewed();
    Ok(())
}

fn report(engine: &Engine, current: &Current, waits_for_session: bool) {
    let now = clock::monotonic();
    if now - current.reported.get() < REPORT_MS || current.dropped.get() {
        return;
    }
    current.reported.set(now);
    let mut progress = current.reading.borrow_mut().progress(now);
    if waits_for_session {
        progress.doing = "The session has ended. Waiting for a new sign-in".to_owned();
    }
    engine.port.send(current.job, &Event::Progress(progress));
}

fn finish(engine: &Engine, current: &Rc<Current>) -> Event {
    current.reported.set(0);
    report(engine, current, false);
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
    Event::SnapshotReady(engine.desk.borrow_mut().set_main(snapshot))
}

/// Only spreads second tries: the clock is random enough.
fn seed() -> u64 {
    clock::now().wall.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
