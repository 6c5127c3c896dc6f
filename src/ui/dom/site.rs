//! The site's own files, fetched again by the page to be looked at. Only what lies in the site's folder.

use gloo_net::http::Request;
use web_sys::{RequestCache, RequestCredentials, RequestRedirect};

use crate::bridge::sign_in::base;

/// A file of the site. `fresh`: from the server, whatever the browser kept. `None` where it is not there.
pub async fn bytes(path: &str, fresh: bool) -> Option<Vec<u8>> {
    let cache = if fresh {
        RequestCache::NoStore
    } else {
        RequestCache::Default
    };
    let answer = Request::get(&format!("{}{path}", base()))
        .cache(cache)
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Error)
        .send()
        .await
        .ok()?;
    if !answer.ok() {
        return None;
    }
    answer.binary().await.ok()
}

/// The same as text.
pub async fn text(path: &str, fresh: bool) -> Option<String> {
    String::from_utf8(bytes(path, fresh).await?).ok()
}

/// The commit that this site was built from, and true where its sources were changed after it. `None` where the source did
/// not come out of git.
pub fn commit() -> Option<(String, bool)> {
    let build = super::document()?.query_selector("meta[name=plumbline-build]");
    let text = build.ok()??.get_attribute("data-commit")?;
    let (hash, changed) = match text.strip_suffix("-changed") {
        Some(hash) => (hash, true),
        None => (text.as_str(), false),
    };
    (hash != "unknown").then(|| (hash.to_owned(), changed))
}

/// The policy that stands in the page; empty where there is none.
pub fn policy() -> String {
    let query = "meta[http-equiv=Content-Security-Policy]";
    let found = super::document().and_then(|d| d.query_selector(query).ok().flatten());
    found
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default()
}
