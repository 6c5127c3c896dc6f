//! One fetch: its options, its time limit, its size limit.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache,
    RequestCredentials, RequestInit, RequestMode, RequestRedirect, Response,
};

use super::{Answer, HttpError};
use crate::engine::clock;

/// Response headers that anybody needs. What CORS does not expose is simply absent.
const HEADERS: [&str; 6] = [
    "content-type",
    "retry-after",
    "request-id",
    "client-request-id",
    "www-authenticate",
    "location",
];

/// What is sent, and how much of an answer is read.
pub(super) struct Sending<'a> {
    pub method: &'static str,
    pub url: &'a str,
    pub origin: &'a str,
    pub route: &'a str,
    pub headers: Option<&'a Headers>,
    pub body: Option<&'a str>,
    pub limit: usize,
    pub timeout: i32,
    pub mode: RequestMode,
    pub why: &'a str,
}

/// Sends, and reads the whole answer.
pub(super) async fn exchange(
    sending: &Sending<'_>,
    controller: &AbortController,
) -> Result<Answer, HttpError> {
    let init = RequestInit::new();
    init.set_method(sending.method);
    init.set_mode(sending.mode);
    // The site's own files may stand behind a sign-in of their host; Entra and Graph see no cookie.
    init.set_credentials(if sending.mode == RequestMode::SameOrigin {
        RequestCredentials::SameOrigin
    } else {
        RequestCredentials::Omit
    });
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Error);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(&controller.signal()));
    if let Some(headers) = sending.headers {
        init.set_headers(headers);
    }
    if let Some(body) = sending.body {
        init.set_body(&JsValue::from_str(body));
    }
    let response: Response = fetch(sending.url, &init)
        .ok_or(HttpError::Unreachable)?
        .await
        .ok()
        .and_then(|response| response.dyn_into().ok())
        .ok_or(HttpError::Unreachable)?;
    let headers = HEADERS
        .iter()
        .filter_map(|name| {
            let value = response.headers().get(name).ok()??;
            Some(((*name).to_owned(), value))
        })
        .collect();
    let body = read_body(&response, sending.limit, controller).await?;
    Ok(Answer {
        status: response.status(),
        headers,
        body,
    })
}

/// `fetch` of whichever global there is: a worker, or the window of a test.
fn fetch(url: &str, init: &RequestInit) -> Option<JsFuture> {
    let global = js_sys::global();
    let fetch: Function = Reflect::get(&global, &"fetch".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let promise: Promise = fetch
        .call2(&global, &url.into(), init)
        .ok()?
        .dyn_into()
        .ok()?;
    Some(JsFuture::from(promise))
}

/// Reads the body piece by piece, so that one without an end cannot fill the memory.
async fn read_body(
    response: &Response,
    limit: usize,
    controller: &AbortController,
) -> Result<Vec<u8>, HttpError> {
    let Some(stream) = response.body() else {
        return Ok(Vec::new());
    };
    let reader: ReadableStreamDefaultReader =
        stream.get_reader().dyn_into().map_err(|_| HttpError::Cut)?;
    let mut body = Vec::new();
    loop {
        let piece = JsFuture::from(reader.read())
            .await
            .map_err(|_| HttpError::Cut)?;
        let get = |name: &str| Reflect::get(&piece, &name.into()).map_err(|_| HttpError::Cut);
        if get("done")?.is_truthy() {
            return Ok(body);
        }
        let bytes: Uint8Array = get("value")?.dyn_into().map_err(|_| HttpError::Cut)?;
        if body.len() + bytes.length() as usize > limit {
            controller.abort();
            return Err(HttpError::TooLarge);
        }
        let at = body.len();
        body.resize(at + bytes.length() as usize, 0);
        bytes.copy_to(&mut body[at..]);
    }
}

/// Aborts a request when its time is up; the timer goes with it.
pub(super) struct Deadline {
    timer: Option<JsValue>,
    over: Rc<Cell<bool>>,
    _callback: Closure<dyn FnMut()>,
}

impl Deadline {
    pub fn new(controller: &AbortController, milliseconds: i32) -> Self {
        let over = Rc::new(Cell::new(false));
        let callback = Closure::new({
            let (over, controller) = (over.clone(), controller.clone());
            move || {
                over.set(true);
                controller.abort();
            }
        });
        let timer = clock::set_timeout(callback.as_ref().unchecked_ref(), milliseconds);
        Self {
            timer,
            over,
            _callback: callback,
        }
    }

    pub fn is_over(&self) -> bool {
        self.over.get()
    }
}

impl Drop for Deadline {
    fn drop(&mut self) {
        if let Some(timer) = &self.timer {
            clock::clear_timeout(timer);
        }
    }
}
