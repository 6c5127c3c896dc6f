//! In headless Chromium, by wasm-bindgen-test: what needs a browser and not a whole site. Natively there is nothing here.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used)]

use wasm_bindgen_test::wasm_bindgen_test_configure;

mod crypto;
mod engine;
mod http;
mod origin;

wasm_bindgen_test_configure!(run_in_browser);
