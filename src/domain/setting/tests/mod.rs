#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod carriers;
mod exports;

pub(crate) use exports::{each_file, shared};
