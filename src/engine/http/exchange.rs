//! One fetch: its options, its time limit, its size limit.

use std::cell::Cell;
use std::rc::Rc;

use domain::permission::Method;
use gloo_net::http::{Request, Response};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache,
    RequestCredentials, RequestMode, RequestRedirect,
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
    pub method: Method,
    pub url: &'a str,
    pub origin: &'a str,
    pub route: &'a str,
    /// Checked when they were set: gloo's own setter throws on a value that is none.
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
    let response = request(sending, controller)
        .ok_or(HttpError::Unreachable)?
        .send()
        .await
        .map_err(|_| HttpError::Unreachable)?;
    let given = response.headers();
    let headers = HEADERS
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), given.get(name)?)))
        .collect();
    let body = read_body(&response, sending.limit, controller).await?;
    Ok(Answer {
        status: response.status(),
        headers,
        body,
    })
}

/// The request, with everything that must hold for every one. `None` when the browser takes no such URL.
fn request(sending: &Sending<'_>, controller: &AbortController) -> Option<Request> {
    let builder = match sending.method {
        Method::Get => Request::get(sending.url),
        Method::Post => Request::post(sending.url),
    };
    // The site's own files may stand behind a sign-in of their host; Entra and Graph see no cookie.
    let credentials = if sending.mode == RequestMode::SameOrigin {
        RequestCredentials::SameOrigin
    } else {
        RequestCredentials::Omit
    };
    let mut builder = builder
        .mode(sending.mode)
        .credentials(credentials)
        .cache(RequestCache::NoStore)
        .redirect(RequestRedirect::Error)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(&controller.signal()));
    if let Some(headers) = sending.headers {
        builder = builder.headers(gloo_net::http::Headers::from_raw(headers.clone()));
    }
    match sending.body {
        Some(body) => builder.body(body),
        None => builder.build(),
    }
    .ok()
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

/// Aborts a request when its time is up; the timer goes with it. Never with a reason of its own: gloo
/// takes nothing but an error, which the browser's is.
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
