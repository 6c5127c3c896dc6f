//! The worker's I/O: HTTP, session, WebCrypto, the loop that answers the page.
//!
//! [`host`] receives a request and answers with events. [`http`] sends everything that is sent, and is the
//! only place where a token is attached. [`session`] keeps the token. [`crypto`] and [`clock`] are the
//! browser's randomness, signatures and time, as values that `domain` can take. `over` is how a session ends by
//! itself. No yew, no DOM.

pub mod crypto;
pub mod host;
pub mod http;
mod kept;
mod ledger;
mod over;
mod reader;
pub mod session;
mod signal;
mod site;

pub use crate::worker::clock;
pub use host::run;
