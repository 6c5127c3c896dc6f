//! Bytes on their way between JavaScript and a module.

use js_sys::{Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// The bytes of a message, which are gone from it then. `None`: it is not one of bytes.
pub fn taken(message: &JsValue) -> Option<Vec<u8>> {
    let bytes = message.dyn_ref::<Uint8Array>()?;
    let own = bytes.to_vec();
    release(bytes);
    Some(own)
}

/// Gives the memory of bytes back at once, where the browser can (`ArrayBuffer.prototype.transfer`): some tens of megabytes
/// go by in pieces before the browser looks for what nobody needs.
pub fn release(bytes: &Uint8Array) {
    let buffer = bytes.buffer();
    let transfer = Reflect::get(&buffer, &"transfer".into());
    if let Ok(Ok(transfer)) = transfer.map(JsCast::dyn_into::<Function>) {
        let _ = transfer.call1(&buffer, &0.into());
    }
}
