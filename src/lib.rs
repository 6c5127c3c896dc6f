//! Plumbline: see `src/ARCHITECTURE.md`.

#[cfg(feature = "quick")]
extern crate domain_quick as domain;

pub mod bridge;
#[cfg(target_arch = "wasm32")]
pub mod comparer;
#[cfg(all(target_arch = "wasm32", not(feature = "quick")))]
pub mod engine;
#[cfg(not(feature = "quick"))]
pub mod ui;
#[cfg(target_arch = "wasm32")]
pub mod worker;
