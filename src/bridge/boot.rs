//! What `static/boot.js` offers.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Worker;

/// A new worker under the page's policy: `engine`, `comparer` or `office`.
///
/// # Errors
/// The worker's files are missing or were altered, or this page was not started by `boot.js`.
pub async fn start_worker(name: &str) -> Result<Worker, JsValue> {
    let (boot, start) = function("startWorker")?;
    let started: Promise = start.call1(&boot, &name.into())?.dyn_into()?;
    JsFuture::from(started).await?.dyn_into()
}

/// Fetches the part of the page that is not needed for the start page. At once when it is here, or was never apart.
///
/// # Errors
/// The file is missing, was altered, or the network is gone.
pub async fn load_screens() -> Result<(), JsValue> {
    let loading: Promise = call("loadScreens")?.dyn_into()?;
    JsFuture::from(loading).await.map(drop)
}

/// The redirect response that was in the address bar, once.
pub fn take_sign_in_response() -> Option<String> {
    call("takeSignInResponse").ok()?.as_string()
}

/// From now on a panic of the page becomes the crash page, with the panic's words.
pub fn show_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let words = JsValue::from_str(&panic.to_string());
        drop(function("crash").and_then(|(boot, crash)| crash.call1(&boot, &words)));
    }));
}

fn call(name: &str) -> Result<JsValue, JsValue> {
    let (boot, function) = function(name)?;
    function.call0(&boot)
}

/// `boot.js`'s global, and a function of it.
fn function(name: &str) -> Result<(JsValue, Function), JsValue> {
    let boot = Reflect::get(&js_sys::global(), &JsValue::from_str("plumbline"))?;
    let function: Function = Reflect::get(&boot, &JsValue::from_str(name))?.dyn_into()?;
    Ok((boot, function))
}
