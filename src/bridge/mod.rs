//! The page's handle on the engine.
//!
//! [`Engine::start`] brings the engine up and streams its events to one callback; [`Engine::ask`] sends a
//! request and gives the number that its events carry. [`sign_in`] has what the page does for a sign-in:
//! what brought the person here, leaving for the login page, staying signed in over a reload, and telling
//! the other tabs. [`codec`] is shared with the worker and is tested natively.
//!
//! The worker is made by `static/boot.js` (its head says the whole contract): the frozen global `plumbline` has
//! `startEngine(): Promise<Worker>`, read in `boot`. The engine says by a hello that it listens; nothing is posted before it.
//! A panic or a rejected promise in the engine arrives as the worker's `error` event, and the engine is started again.

pub mod codec;

#[cfg(target_arch = "wasm32")]
mod boot;
#[cfg(target_arch = "wasm32")]
mod engine;
#[cfg(target_arch = "wasm32")]
mod office;
#[cfg(target_arch = "wasm32")]
pub mod sign_in;

#[cfg(target_arch = "wasm32")]
pub use boot::show_panics;
#[cfg(target_arch = "wasm32")]
pub use engine::Engine;
