//! The office worker: a report's parts go in, a file comes out. It lives for one report.

use std::cell::RefCell;
use std::rc::Rc;

use domain::problem::Problem;
use domain::protocol::{Event, File, Job, OfficeJob, ReportFormat};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ErrorEvent, MessageEvent, Worker};

use super::boot;

/// What the worker is told first: which format.
const fn mark(format: ReportFormat) -> u32 {
    match format {
        ReportFormat::Word => 2,
        _ => 1,
    }
}

/// The report that is with the worker, if there is one.
#[derive(Default)]
pub(super) struct Office(RefCell<Option<Running>>);

struct Running {
    job: Job,
    /// None until its files are there.
    worker: Option<Held>,
}

/// A worker with its listeners, which live as long as it does.
struct Held {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Office {
    /// Starts a worker and gives it the report. `tell` hears `Writing` many times, then `Download` or `Failed`.
    pub fn write(self: &Rc<Self>, job: Job, given: OfficeJob, tell: impl Fn(Event) + 'static) {
        self.stop();
        *self.0.borrow_mut() = Some(Running { job, worker: None });
        let office = self.clone();
        spawn_local(async move {
            let started = boot::start_worker("office").await;
            let still = office.0.borrow().as_ref().is_some_and(|r| r.job == job);
            match started {
                Ok(worker) if still => office.hand_over(worker, given, Rc::new(tell)),
                Ok(worker) => worker.terminate(),
                Err(error) if still => {
                    office.stop();
                    tell(Event::Failed(problem(&format!("{error:?}"))));
                }
                Err(_) => {}
            }
        });
    }

    fn hand_over(self: &Rc<Self>, worker: Worker, given: OfficeJob, tell: Rc<dyn Fn(Event)>) {
        let OfficeJob { format, file } = given;
        let File { path, mime, bytes } = file;
        let (office, say) = (self.clone(), tell.clone());
        let parts = RefCell::new(Some((mark(format), bytes)));
        let to = worker.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            let data = message.data();
            if let Some(bytes) = data.dyn_ref::<Uint8Array>() {
                office.stop();
                say(Event::Download(File {
                    path: path.clone(),
                    mime: mime.clone(),
                    bytes: bytes.to_vec(),
                }));
            } else if let Some(done) = data.as_f64() {
                match parts.take() {
                    // Its first word: it listens.
                    Some((mark, bytes)) => {
                        let bytes = Uint8Array::from(bytes.as_slice());
                        let message = Array::of2(&JsValue::from(mark), &bytes);
                        let transfer = Array::of1(&bytes.buffer());
                        drop(to.post_message_with_transfer(&message, &transfer));
                    }
                    None => say(Event::Writing(done as u32, 1000)),
                }
            } else {
                office.stop();
                say(Event::Failed(problem(
                    &data.as_string().unwrap_or_default(),
                )));
            }
        });
        let office = self.clone();
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |error: ErrorEvent| {
            // Handled here: the page itself did not fail.
            error.prevent_default();
            office.stop();
            tell(Event::Failed(problem(&error.message())));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        if let Some(running) = &mut *self.0.borrow_mut() {
            running.worker = Some(Held {
                worker,
                _on_message: on_message,
                _on_error: on_error,
            });
        }
    }

    /// Ends the report of this job, when the worker has it.
    pub fn cancel(&self, job: Job) -> bool {
        let is_it = self.0.borrow().as_ref().is_some_and(|r| r.job == job);
        if is_it {
            self.stop();
        }
        is_it
    }

    /// Ends the worker, and with it all the memory that it took.
    pub fn stop(&self) {
        if let Some(Running {
            worker: Some(held), ..
        }) = self.0.take()
        {
            held.worker.terminate();
            // This may run inside the worker's own listener: it is dropped when the call is over.
            spawn_local(async move { drop(held) });
        }
    }
}

/// Cancelled on the way.
pub(super) fn cancelled() -> Problem {
    Problem::new(
        "report.cancelled",
        "The report was cancelled.",
        "Write it again when you want it.",
    )
}

fn problem(detail: &str) -> Problem {
    Problem::new(
        "report.office",
        "The part that writes Excel and Word stopped.",
        "Try it again, leave chapters out, or take HTML: what was read is still here.",
    )
    .with_detail(detail)
}
