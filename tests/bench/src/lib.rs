//! Bytes to result: the comparison as one function that a browser can time.
#![cfg(target_arch = "wasm32")]

use domain::baseline::{self, Entry};
use domain::diff;
use domain::protocol::CompareOptions;
use wasm_bindgen::prelude::*;

/// The files of one side, handed over one by one.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Side(Vec<Entry>);

#[wasm_bindgen]
impl Side {
    /// A side without files.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    pub fn add(&mut self, path: String, bytes: Vec<u8>) {
        self.0.push(Entry { path, bytes });
    }
}

/// Reads both sides and compares them. The number of policies that changed, as a check on the work.
#[wasm_bindgen]
pub fn compare(left: Side, right: Side) -> u32 {
    let left = baseline::read(left.0, "left").snapshot;
    let right = baseline::read(right.0, "right").snapshot;
    diff::compare(&left, &right, &CompareOptions::default())
        .policies
        .different
}
