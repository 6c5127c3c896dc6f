#![allow(clippy::unwrap_used, clippy::expect_used)]

mod authorize;
mod tokens;
