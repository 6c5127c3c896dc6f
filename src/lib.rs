//! Plumbline: see `src/ARCHITECTURE.md`.

pub mod bridge;
#[cfg(target_arch = "wasm32")]
pub mod comparer;
#[cfg(target_arch = "wasm32")]
pub mod engine;
pub mod ui;
#[cfg(target_arch = "wasm32")]
pub mod worker;
