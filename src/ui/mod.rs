//! What is drawn.
//!
//! [`state`] is the page as a value: actions in, a new value and [`state::Effect`]s out. It knows neither
//! the browser nor the framework, so it is tested natively. [`route`], [`words`] and [`apart`](mod@apart) are as pure.
//! Everything else runs in the browser only: `effects` carries out what the state asks for and is the only
//! place that talks to the engine; `dom` is the only place that touches the document by hand.

pub mod apart;
pub mod route;
pub mod state;
pub mod words;

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod components;
#[cfg(target_arch = "wasm32")]
mod dom;
#[cfg(target_arch = "wasm32")]
mod effects;
#[cfg(target_arch = "wasm32")]
mod frame;
#[cfg(target_arch = "wasm32")]
mod framed;
#[cfg(target_arch = "wasm32")]
mod keys;
#[cfg(target_arch = "wasm32")]
mod later;
#[cfg(target_arch = "wasm32")]
mod pages;
#[cfg(target_arch = "wasm32")]
mod seal;

#[cfg(target_arch = "wasm32")]
pub use effects::{Port, deliver, run};
#[cfg(target_arch = "wasm32")]
pub use later::read;
