//! Everything that Plumbline knows, as values in and values out.
//!
//! This package does no I/O and knows no browser, no async, no clock and no randomness.
//! Foreign data cannot make it fail: what it could not read comes back as a
//! [`problem::Problem`] or a [`snapshot::Finding`], beside all that it could.
//!
//! Modules in reading order: the small types, the tenant's shape, what is done with it,
//! and what crosses between the two threads.

pub mod access;
pub mod analysis;
pub mod archive;
pub mod arrange;
pub mod audit;
pub mod hash;
pub mod json;
pub mod plist;
pub mod problem;
pub mod sealed;
pub mod secret;
pub mod yaml;

pub mod baseline;
pub mod catalog;
pub mod convert;
pub mod diff;
pub mod graph;
pub mod oauth;
pub mod permission;
pub mod policy;
pub mod report;
pub mod setting;
pub mod snapshot;

pub mod inventory;

pub mod setup;

pub mod desk;
pub mod protocol;
