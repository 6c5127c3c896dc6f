//! The inventory: one list of everything, searched over names, settings and values.

mod overview;
pub mod view;

pub use overview::overview;
