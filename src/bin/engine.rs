//! The engine, in a worker.

fn main() {
    #[cfg(target_arch = "wasm32")]
    wasm_bindgen_futures::spawn_local(engine::run());
}

#[cfg(target_arch = "wasm32")]
mod engine {
    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::JsFuture;

    /// Says once whether the browser refuses what the policy forbids.
    pub async fn run() {
        let Ok(scope) = js_sys::global().dyn_into::<web_sys::DedicatedWorkerGlobalScope>() else {
            return;
        };
        let refused = JsFuture::from(scope.fetch_with_str("data:,"))
            .await
            .is_err();
        let word = if refused { "enforced" } else { "not enforced" };
        drop(scope.post_message(&JsValue::from_str(word)));
    }
}
