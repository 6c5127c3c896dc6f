//! The office worker: windows of one report in (format, some of its parts, whether they are the last), a number for
//! each that is written, and then the file out.

fn main() {
    #[cfg(target_arch = "wasm32")]
    worker::run();
}

#[cfg(target_arch = "wasm32")]
mod worker {
    use domain::protocol::ReportFormat;
    use js_sys::{Array, Uint8Array};
    use office::{Office, OfficeError};
    use wasm_bindgen::JsValue;
    use wasm_bindgen::prelude::*;
    use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

    /// Starts listening, and says so by a number. Does nothing outside a worker.
    pub fn run() {
        let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
            return;
        };
        let own = scope.clone();
        let mut office = None;
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            let Some(window) = window(&message.data()) else {
                return;
            };
            match write(&mut office, window) {
                Ok(None) => drop(own.post_message(&JsValue::from(1))),
                Ok(Some(file)) => {
                    let bytes = Uint8Array::from(file.as_slice());
                    let transfer = Array::of1(&bytes.buffer());
                    drop(own.post_message_with_transfer(&bytes, &transfer));
                }
                Err(error) => drop(own.post_message(&JsValue::from_str(&error.to_string()))),
            }
        });
        scope.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        // The listener lives as long as the worker.
        listener.forget();
        drop(scope.post_message(&JsValue::from(0)));
    }

    struct Window {
        format: ReportFormat,
        parts: Vec<u8>,
        last: bool,
    }

    fn window(data: &JsValue) -> Option<Window> {
        let message = data.dyn_ref::<Array>()?;
        let format = match message.get(0).as_f64() {
            Some(2.0) => ReportFormat::Word,
            _ => ReportFormat::Excel,
        };
        let parts = message.get(1).dyn_into::<Uint8Array>().ok()?.to_vec();
        let last = message.get(2).as_bool()?;
        Some(Window {
            format,
            parts,
            last,
        })
    }

    /// Writes a window; the file after the last one.
    fn write(office: &mut Option<Office>, window: Window) -> Result<Option<Vec<u8>>, OfficeError> {
        let under_way = office.get_or_insert_with(|| Office::new(window.format));
        under_way.take(&window.parts)?;
        match office.take() {
            Some(whole) if window.last => whole.finish().map(Some),
            more => {
                *office = more;
                Ok(None)
            }
        }
    }
}
