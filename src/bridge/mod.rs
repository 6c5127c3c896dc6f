//! The page's handle on the engine, and on the comparer beside it.
//!
//! [`Engine::start`] brings the engine up and streams its events to one callback; [`Engine::ask`] sends a
//! request and gives the number that its events carry. [`sign_in`] has what the page does for a sign-in:
//! what brought the person here, leaving for the login page, staying signed in over a reload, and telling
//! the other tabs. [`codec`] is shared with the worker and is tested natively.
//!
//! The worker is made by `static/boot.js` (its head says the whole contract): the frozen global `plumbline` has
//! `startWorker(name): Promise<Worker>`, read in `boot`. A worker says by a hello that it listens; nothing is posted before it.
//! A panic or a rejected promise in a worker arrives as its `error` event, and it is started again.
//! The comparer is started by the first request that is for it; the two workers then talk over a `MessageChannel`
//! of their own, so that what they hold never crosses the page.

#[cfg(target_arch = "wasm32")]
pub mod bytes;
pub mod codec;

#[cfg(all(target_arch = "wasm32", not(feature = "quick")))]
mod boot;
#[cfg(all(target_arch = "wasm32", not(feature = "quick")))]
mod engine;
#[cfg(all(target_arch = "wasm32", not(feature = "quick")))]
mod hand;
#[cfg(all(target_arch = "wasm32", not(feature = "quick")))]
mod loaded;
#[cfg(all(target_arch = "wasm32", not(feature = "quick")))]
mod office;
#[cfg(all(target_arch = "wasm32", not(feature = "quick")))]
pub mod sign_in;

#[cfg(all(target_arch = "wasm32", not(feature = "quick")))]
pub use boot::{load_screens, show_panics};
#[cfg(all(target_arch = "wasm32", not(feature = "quick")))]
pub use engine::{Engine, Heard};
#[cfg(all(target_arch = "wasm32", not(feature = "quick")))]
pub use loaded::loaded;
