//! What comparing two policies does not tell: who sets a setting, to what, and for whom.

pub mod conflicts;
pub mod coverage;
mod deviation_file;
pub mod deviations;
pub mod drift;
mod index;
pub mod matrix;
pub mod reach;
pub mod score;
pub mod severity;
mod window;

pub use index::{Index, Place};
