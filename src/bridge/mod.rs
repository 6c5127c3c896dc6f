//! The page's handle on the engine.
//!
//! The worker is made by `static/boot.js` (its head says the whole contract): the frozen global `plumbline` has
//! `startEngine(): Promise<Worker>`, read once here with `js_sys::Reflect`. A rejected promise is a file that is missing
//! or altered. The engine sends `Event::Ready` first: nothing is posted before it. A panic or a rejected promise in the
//! engine arrives as the worker's `error` event. To start again: `terminate()`, then `startEngine()` once more.
//!
//! The engine finds out whether the page's policy binds it with a request that needs no network: `fetch("data:,")` is
//! refused by `connect-src` where the policy is enforced, and answered where it is not.

mod boot;

pub use boot::{start_engine, take_sign_in_response};
