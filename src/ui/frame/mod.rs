//! What stands around every page: rail, top bar, confirmations, what lies over it.

mod help;
mod overlays;
mod palette;
mod rail;
mod toasts;
mod top;

pub use overlays::overlays;
pub use rail::Rail;
pub use toasts::Toasts;
pub use top::TopBar;
