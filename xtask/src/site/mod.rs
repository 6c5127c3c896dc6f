//! The built site: how it is made, which policy and headers it has, and a server with them.

pub mod again;
pub mod build;
pub mod commit;
pub mod headers;
pub mod hook;
pub mod hosting;
pub mod hosts;
mod names;
pub mod page;
pub mod policy;
mod sbom;
pub mod server;
mod split;
