#![allow(clippy::unwrap_used, clippy::expect_used)]

mod access;
mod batches;
mod budgets;
mod failures;
