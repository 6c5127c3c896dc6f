//! The page.

fn main() {
    #[cfg(target_arch = "wasm32")]
    wasm_bindgen_futures::spawn_local(page::run());
}

#[cfg(target_arch = "wasm32")]
mod page {
    use wasm_bindgen::prelude::*;

    /// Starts the engine and shows what it says.
    pub async fn run() {
        let said = match plumbline::bridge::start_engine().await {
            Ok(engine) => first_message(&engine).await,
            Err(error) => format!("{error:?}"),
        };
        let body = web_sys::window()
            .and_then(|w| w.document())
            .and_then(|d| d.body());
        if let Some(body) = body {
            body.set_text_content(Some(&said));
        }
    }

    async fn first_message(engine: &web_sys::Worker) -> String {
        let message = js_sys::Promise::new(&mut |resolve, _| {
            let listen = Closure::once_into_js(move |event: web_sys::MessageEvent| {
                drop(resolve.call1(&JsValue::UNDEFINED, &event.data()));
            });
            engine.set_onmessage(listen.dyn_ref());
        });
        let said = wasm_bindgen_futures::JsFuture::from(message).await;
        said.ok().and_then(|m| m.as_string()).unwrap_or_default()
    }
}
