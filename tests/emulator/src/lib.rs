//! A stand-in for Microsoft Entra ID and Microsoft Graph on localhost.
//!
//! It is as strict as the real services, so that what passes here passes there.
//! `README.md` beside this package says what it serves, what it refuses and how to make it fail.

pub mod accounts;
#[cfg(test)]
mod bench;
mod clock;
mod control;
mod emulator;
pub mod entra;
pub mod graph;
pub mod http;
mod options;
mod random;
pub mod reader;
mod recording;
mod server;
pub mod tenant;

pub use clock::Clock;
pub use emulator::{Emulator, StartError};
pub use options::{CLIENT_ID, Options, UsageError};
pub use recording::{Recording, Seen};
pub use server::{Running, start};
