//! gzip with the browser's own streams: nothing to download for it.

use domain::protocol::File;
use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader, Response};

use crate::bridge::bytes;

/// The most that packed files may unpack to together, in bytes.
const LIMIT: usize = 512 * 1024 * 1024;

/// True for the first bytes of a gzip file (RFC 1952).
fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// Compresses. `None` when the browser cannot.
pub async fn pack(bytes: &[u8]) -> Option<Vec<u8>> {
    through("CompressionStream", bytes, usize::MAX, 0).await
}

/// Decompresses up to `limit` bytes. `None` when there are more, or when it is not a whole gzip file.
async fn unpack(bytes: &[u8], limit: usize) -> Option<Vec<u8>> {
    through("DecompressionStream", bytes, limit, unpacked_size(bytes)).await
}

/// What a gzip file says that it unpacks to (RFC 1952: the last four bytes), and no more than it can.
fn unpacked_size(packed: &[u8]) -> usize {
    let size = packed.last_chunk().copied().map_or(0, u32::from_le_bytes);
    // Deflate makes 1,032 bytes of one at most.
    (size as usize).min(packed.len().saturating_mul(1_032))
}

/// The files, with packed ones unpacked. What cannot be unpacked stays as it is: it is then named
/// as a file that could not be read.
pub async fn unpacked(files: Vec<File>) -> Vec<File> {
    let mut out = Vec::with_capacity(files.len());
    let mut left = LIMIT;
    for mut given in files {
        if is_packed(&given.bytes)
            && let Some(bytes) = unpack(&given.bytes, left).await
        {
            left -= bytes.len();
            given.bytes = bytes;
            if let Some(name) = given.path.strip_suffix(".gz") {
                given.path = name.to_owned();
            }
        }
        out.push(given);
    }
    out
}

/// `size`: what is expected. A list that grows is moved at every doubling, and a worker's memory never shrinks.
async fn through(class: &str, bytes: &[u8], limit: usize, size: usize) -> Option<Vec<u8>> {
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
    out.try_reserve_exact(size.min(limit)).ok()?;
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
        bytes::release(&part);
    }
}

fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok()
}
