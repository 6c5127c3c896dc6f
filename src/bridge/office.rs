//! The office worker: a report's windows go in, a file comes out. It lives for one report.

use std::cell::RefCell;
use std::rc::Rc;

use domain::problem::Problem;
use domain::protocol::{Event, File, Job, OfficeJob, ReportFormat};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ErrorEvent, MessageEvent, Worker};

use super::{boot, bytes};

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

/// What the worker makes known.
pub(super) enum Said {
    /// A window is written: one more can come.
    More,
    /// `Writing` many times, then `Download` or `Failed`.
    Event(Event),
}

struct Running {
    job: Job,
    /// None until its files are there.
    worker: Option<Held>,
    /// It listens.
    listens: bool,
    /// What came before it listened: a window or two.
    waiting: Vec<OfficeJob>,
    /// The name of the file to be; its bytes come from the worker.
    file: File,
}

/// A worker with its listeners, which live as long as it does.
struct Held {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Office {
    /// Gives the worker a window of a report. The first one starts a worker, and its `tell` hears everything.
    pub fn write(self: &Rc<Self>, job: Job, window: OfficeJob, tell: impl Fn(Said) + 'static) {
        if self.is_with(job) {
            return self.give(window, &tell);
        }
        self.stop();
        *self.0.borrow_mut() = Some(Running {
            job,
            worker: None,
            listens: false,
            waiting: vec![window],
            file: File::default(),
        });
        let office = self.clone();
        spawn_local(async move {
            let started = boot::start_worker("office").await;
            let still = office.is_with(job);
            match started {
                Ok(worker) if still => office.adopt(worker, Rc::new(tell)),
                Ok(worker) => worker.terminate(),
                Err(error) if still => {
                    office.stop();
                    tell(Said::Event(Event::Failed(problem(&format!("{error:?}")))));
                }
                Err(_) => {}
            }
        });
    }

    fn is_with(&self, job: Job) -> bool {
        self.0.borrow().as_ref().is_some_and(|r| r.job == job)
    }

    fn adopt(self: &Rc<Self>, worker: Worker, tell: Rc<dyn Fn(Said)>) {
        let (office, say) = (self.clone(), tell.clone());
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            office.hear(&message.data(), &*say);
        });
        let office = self.clone();
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |error: ErrorEvent| {
            // Handled here: the page itself did not fail.
            error.prevent_default();
            office.stop();
            tell(Said::Event(Event::Failed(problem(&error.message()))));
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

    /// A number: it listens (0), or a window is written. Bytes: the file. Words: why there is none.
    fn hear(&self, data: &JsValue, tell: &dyn Fn(Said)) {
        if let Some(bytes) = bytes::taken(data) {
            let file = self.stop();
            tell(Said::Event(Event::Download(File {
                bytes,
                ..file.unwrap_or_default()
            })));
        } else if let Some(word) = data.as_f64() {
            if word != 0.0 {
                return tell(Said::More);
            }
            let waiting = self.0.borrow_mut().as_mut().map(|running| {
                running.listens = true;
                std::mem::take(&mut running.waiting)
            });
            for window in waiting.unwrap_or_default() {
                self.give(window, tell);
            }
        } else {
            self.stop();
            let why = data.as_string().unwrap_or_default();
            tell(Said::Event(Event::Failed(problem(&why))));
        }
    }

    /// Sends a window, or keeps it until the worker listens.
    fn give(&self, window: OfficeJob, tell: &dyn Fn(Said)) {
        let done = window.done;
        if let Some(running) = &mut *self.0.borrow_mut() {
            match &running.worker {
                Some(held) if running.listens => {
                    let bytes = Uint8Array::from(window.file.bytes.as_slice());
                    let mark = JsValue::from(mark(window.format));
                    let message = Array::of3(&mark, &bytes, &JsValue::from(window.last));
                    let transfer = Array::of1(&bytes.buffer());
                    drop(held.worker.post_message_with_transfer(&message, &transfer));
                    running.file = File {
                        bytes: Vec::new(),
                        ..window.file
                    };
                }
                _ => return running.waiting.push(window),
            }
        }
        tell(Said::Event(Event::Writing(done.0, done.1)));
    }

    /// Ends the report of this job, when the worker has it.
    pub fn cancel(&self, job: Job) -> bool {
        let is_it = self.is_with(job);
        if is_it {
            self.stop();
        }
        is_it
    }

    /// Ends the worker, and with it all the memory that it took. The file, without bytes, when one was under way.
    pub fn stop(&self) -> Option<File> {
        let mut running = self.0.take()?;
        if let Some(held) = running.worker.take() {
            held.worker.terminate();
            // This may run inside the worker's own listener: it is dropped when the call is over.
            spawn_local(async move { drop(held) });
        }
        Some(running.file)
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
