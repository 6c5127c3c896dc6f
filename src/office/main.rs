//! The office worker: one message in (the format, and the parts of a report), thousandths and then the file out.

fn main() {
    #[cfg(target_arch = "wasm32")]
    worker::run();
}

#[cfg(target_arch = "wasm32")]
mod worker {
    use js_sys::{Array, Uint8Array};
    use wasm_bindgen::JsValue;
    use wasm_bindgen::prelude::*;
    use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

    /// Starts listening, and says so by a number. Does nothing outside a worker.
    pub fn run() {
        let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
            return;
        };
        let own = scope.clone();
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            write(&own, &message.data());
        });
        scope.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        // The listener lives as long as the worker.
        listener.forget();
        drop(scope.post_message(&JsValue::from(0)));
    }

    fn write(scope: &DedicatedWorkerGlobalScope, data: &JsValue) {
        let Some(pair) = data.dyn_ref::<Array>() else {
            return;
        };
        let Ok(bytes) = pair.get(1).dyn_into::<Uint8Array>() else {
            return;
        };
        let parts = bytes.to_vec();
        let mut progress = |done: u32| drop(scope.post_message(&JsValue::from(done)));
        let written = if pair.get(0).as_f64() == Some(2.0) {
            office::document(&parts, &mut progress)
        } else {
            office::workbook(&parts, &mut progress)
        };
        match written {
            Ok(file) => {
                let bytes = Uint8Array::from(file.as_slice());
                let transfer = Array::of1(&bytes.buffer());
                drop(scope.post_message_with_transfer(&bytes, &transfer));
            }
            Err(error) => drop(scope.post_message(&JsValue::from_str(&error.to_string()))),
        }
    }
}
