//! The one fetch of the engine, in a browser: what ends it, and how that is told.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use plumbline::engine::http::{Http, HttpError};
use wasm_bindgen_test::wasm_bindgen_test;

const PLENTY: usize = 1 << 20;

fn base() -> String {
    let location = web_sys::window().unwrap().location();
    format!("{}/", location.origin().unwrap())
}

#[wasm_bindgen_test]
async fn an_answer_comes_whole_or_not_at_all() {
    let http = Http::default();
    let answer = http.site(&base(), "", PLENTY, "test").await.unwrap();
    assert_eq!(answer.status, 200);
    assert!(answer.text().contains("<html"), "{}", answer.text());
    assert!(answer.header("content-type").starts_with("text/html"));
    let cut = http.site(&base(), "", 10, "test").await;
    assert_eq!(cut.err(), Some(HttpError::TooLarge));
    let ledger = http.ledger();
    assert_eq!(
        ledger.iter().map(|l| l.status).collect::<Vec<_>>(),
        [200, 0]
    );
}

/// The browser throws in several ways; none of them may end the engine.
#[wasm_bindgen_test]
async fn what_cannot_be_fetched_is_an_error_and_no_panic() {
    let http = Http::default();
    let foreign = "http://localhost:1/".to_owned();
    let named = base().replace("://", "://me:secret@");
    for base in [foreign, named, "http://[".to_owned(), "nothing:".to_owned()] {
        let answer = http.site(&base, "x", PLENTY, "test").await;
        assert_eq!(answer.err(), Some(HttpError::Unreachable), "{base}");
    }
}

#[wasm_bindgen_test]
async fn what_is_aborted_says_so() {
    let http = Http::default();
    let base = base();
    let mut call = pin!(http.site(&base, "", PLENTY, "test"));
    poll_fn(|context| {
        assert!(call.as_mut().poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
    http.abort();
    assert_eq!(call.await.err(), Some(HttpError::Cancelled));
    // What comes after is not touched by it.
    assert!(http.site(&base, "", PLENTY, "test").await.is_ok());
}
