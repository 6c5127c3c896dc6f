//! The worker's end of the bridge.

use domain::problem::Problem;
use domain::protocol::{Event, Job};
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DedicatedWorkerGlobalScope;

use crate::bridge::codec;

/// Posts events to the page.
#[derive(Debug, Clone)]
pub struct Port(DedicatedWorkerGlobalScope);

impl Port {
    /// The port of this worker; `None` when this is not a worker.
    pub fn here() -> Option<Self> {
        js_sys::global().dyn_into().ok().map(Self)
    }

    /// The worker itself.
    pub fn scope(&self) -> &DedicatedWorkerGlobalScope {
        &self.0
    }

    /// The origin of the page that started this worker.
    pub fn origin(&self) -> String {
        Reflect::get(&self.0, &"origin".into())
            .ok()
            .and_then(|origin| origin.as_string())
            .unwrap_or_default()
    }

    /// Tells the page that requests can be sent now.
    pub fn hello(&self) {
        self.post(&codec::hello());
    }

    /// Answers a job; 0 for what no job asked for.
    pub fn send(&self, job: Job, event: &Event) {
        match codec::encode(job, event) {
            Ok(frame) => self.post(&frame),
            // Out of memory is the only way here; the page learns it from the error event.
            Err(error) => wasm_bindgen::throw_str(error.code()),
        }
    }

    /// Answers a job; `None`: this worker does not know the request.
    pub fn answer(&self, job: Job, event: Option<Event>) {
        let unknown = || {
            Event::Failed(Problem::new(
                "worker.unknown_request",
                "The part that was asked does not know this request.",
                "Reload the page; if it stays, the site's files are of different builds.",
            ))
        };
        self.send(job, &event.unwrap_or_else(unknown));
    }

    /// Moves the bytes to the page: the buffer is transferred, not copied again.
    fn post(&self, frame: &[u8]) {
        let bytes = Uint8Array::from(frame);
        let transfer = Array::of1(&bytes.buffer());
        let message: &JsValue = &bytes;
        drop(self.0.post_message_with_transfer(message, &transfer));
    }
}
