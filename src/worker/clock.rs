//! The browser's two clocks, and waiting.

use domain::oauth::session::Now;
use js_sys::{Date, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What both clocks say.
pub fn now() -> Now {
    Now {
        monotonic: monotonic(),
        wall: Date::now() as u64,
    }
}

/// Milliseconds of a clock that only runs forward: `performance.now()`.
pub fn monotonic() -> u64 {
    let performance = Reflect::get(&js_sys::global(), &"performance".into());
    performance
        .ok()
        .and_then(|performance| performance.dyn_into::<web_sys::Performance>().ok())
        .map_or(0, |performance| performance.now() as u64)
}

/// The time as ISO 8601 in UTC.
pub fn iso_now() -> String {
    Date::new_0().to_iso_string().into()
}

/// Waits. At most 24 days: the browser's timers hold no more.
pub async fn sleep(milliseconds: u64) {
    let wait = i32::try_from(milliseconds).unwrap_or(i32::MAX);
    let promise = Promise::new(&mut |resolve, _| {
        // A timer that cannot be set ends the wait at once.
        if set_timeout(&resolve, wait).is_none() {
            drop(resolve.call0(&JsValue::UNDEFINED));
        }
    });
    drop(JsFuture::from(promise).await);
}

/// `setTimeout` of whichever global there is; the timer's number.
pub(crate) fn set_timeout(callback: &Function, milliseconds: i32) -> Option<JsValue> {
    let global = js_sys::global();
    let set: Function = Reflect::get(&global, &"setTimeout".into())
        .ok()?
        .dyn_into()
        .ok()?;
    set.call2(&global, callback, &JsValue::from(milliseconds))
        .ok()
}

/// `clearTimeout`.
#[cfg(not(feature = "quick"))]
pub(crate) fn clear_timeout(timer: &JsValue) {
    let global = js_sys::global();
    if let Ok(clear) = Reflect::get(&global, &"clearTimeout".into())
        && let Ok(clear) = clear.dyn_into::<Function>()
    {
        drop(clear.call1(&global, timer));
    }
}
