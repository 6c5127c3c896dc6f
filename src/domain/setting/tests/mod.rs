#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod carriers;
mod exports;
mod in_text;

pub(crate) use exports::{each_file, shared};

use std::sync::Arc;

use super::{Carrier, Setting, Value};

/// A setting that stands alone.
pub(crate) fn setting(carrier: Carrier, id: &str, value: Value) -> Setting {
    Setting {
        id: Arc::from(id),
        carrier,
        parent: None,
        row: 0,
        depth: 0,
        value,
        label: None,
        category: None,
    }
}
