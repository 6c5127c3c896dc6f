//! Native tests: the rules of the house, and whole flows against the emulator.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod audit;
mod catalog;
mod compare;
mod demo;
mod permission;
mod promises;
mod reading;
mod readme;
mod sign_in;
mod supply;
mod tenant;
mod tidy;
