//! Microsoft Graph as state machines: what to ask, in which order, how fast, and what answers mean.
//!
//! Nothing here sends anything. [`Reading`] says what to send and takes what came back; the engine
//! is the one that sends. Time is an argument, so the tests read a tenant in a virtual minute.
//!
//! Reading order: [`url`], [`page`], [`batch`], [`error`] (single messages), [`budget`], [`retry`],
//! [`scheduler`] (when they are sent), `plan` and `reading` (what is asked).

pub mod batch;
pub mod budget;
mod definitions;
pub mod error;
pub mod page;
mod plan;
mod reading;
pub mod retry;
pub mod scheduler;
#[cfg(test)]
mod sim;
pub mod url;

pub use reading::Reading;
