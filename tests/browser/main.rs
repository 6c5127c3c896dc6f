//! In headless Chromium, by wasm-bindgen-test: what needs a browser and not a whole site. Natively there is nothing here.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Without `boot.js` there is no engine, and that is an error and not a hang or a panic.
#[wasm_bindgen_test]
async fn no_engine_without_boot() {
    assert!(plumbline::bridge::start_engine().await.is_err());
    assert!(plumbline::bridge::take_sign_in_response().is_none());
}
