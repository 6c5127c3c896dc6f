//! gzip with the browser's own streams: nothing to download for it.

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader, Response};

/// True for the first bytes of a gzip file (RFC 1952).
pub fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// Compresses. `None` when the browser cannot.
pub async fn pack(bytes: &[u8]) -> Option<Vec<u8>> {
    through("CompressionStream", bytes, usize::MAX).await
}

/// Decompresses up to `limit` bytes. `None` when there are more, or when it is not a whole gzip file.
pub async fn unpack(bytes: &[u8], limit: usize) -> Option<Vec<u8>> {
    through("DecompressionStream", bytes, limit).await
}

async fn through(class: &str, bytes: &[u8], limit: usize) -> Option<Vec<u8>> {
    let class: Function = get(&js_sys::global(), class)?.dyn_into().ok()?;
    let stream = Reflect::construct(&class, &Array::of1(&"gzip".into())).ok()?;
    let input = Uint8Array::from(bytes);
    let source = Response::new_with_opt_js_u8_array(Some(&input))
        .ok()?
        .body()?;
    let pipe: Function = get(&source, "pipeThrough")?.dyn_into().ok()?;
    let output: ReadableStream = pipe.call1(&source, &stream).ok()?.dyn_into().ok()?;
    let reader: ReadableStreamDefaultReader = output.get_reader().dyn_into().ok()?;
    let mut out = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read()).await.ok()?;
        if get(&chunk, "done")?.is_truthy() {
            return Some(out);
        }
        let part: Uint8Array = get(&chunk, "value")?.dyn_into().ok()?;
        if part.length() as usize > limit - out.len() {
            drop(reader.cancel());
            return None;
        }
        let start = out.len();
        out.resize(start + part.length() as usize, 0);
        part.copy_to(&mut out[start..]);
    }
}

fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok()
}
