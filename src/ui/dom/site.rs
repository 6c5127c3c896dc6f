//! The site's own files, fetched again by the page to be looked at. Only what lies in the site's folder.

use std::cell::RefCell;
use std::ops::RangeInclusive;

use gloo_net::http::{Request, Response};
use web_sys::{Performance, RequestCache, RequestCredentials, RequestRedirect};

use crate::bridge::sign_in::base;

/// Address of a fetch of this file's own, and from when to when it was under way.
type Own = (String, RangeInclusive<f64>);

thread_local! {
    static OWN: RefCell<Vec<Own>> = const { RefCell::new(Vec::new()) };
}

/// A file of the site. `fresh`: from the server, whatever the browser kept. `None` where it is not there.
pub async fn bytes(path: &str, fresh: bool) -> Option<Vec<u8>> {
    asked(path, fresh).await?.binary().await.ok()
}

/// The policy that the host sends as a header with the page, now. `None` where it sends none.
pub async fn sent_policy() -> Option<String> {
    let answer = asked("", true).await?;
    answer.headers().get("content-security-policy")
}

async fn asked(path: &str, fresh: bool) -> Option<Response> {
    let cache = if fresh {
        RequestCache::NoStore
    } else {
        RequestCache::Default
    };
    let address = format!("{}{path}", base());
    let from = clock().map_or(0.0, |clock| clock.now());
    let answer = Request::get(&address)
        .cache(cache)
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Error)
        .send()
        .await;
    let until = clock().map_or(0.0, |clock| clock.now());
    OWN.with_borrow_mut(|own| own.push((address, from..=until)));
    answer.ok().filter(Response::ok)
}

/// The same as text.
pub async fn text(path: &str, fresh: bool) -> Option<String> {
    String::from_utf8(bytes(path, fresh).await?).ok()
}

/// Every address that the page loaded, but for what was fetched here to be looked at.
pub fn loaded() -> Vec<String> {
    let mut all = crate::bridge::loaded(clock());
    OWN.with_borrow(|own| {
        all.retain(|(address, at)| {
            !own.iter()
                .any(|(a, time)| a == address && time.contains(at))
        });
    });
    all.into_iter().map(|(address, _)| address).collect()
}

fn clock() -> Option<Performance> {
    super::window()?.performance()
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

/// True when the browser enforces a policy on this page that came in a header. It takes the nonce of each element away then,
/// and leaves it where there is none or only one in the page: HTML, "Nonce hiding",
/// <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#nonce-attributes>. Nothing is refused by looking.
pub fn has_header_policy() -> bool {
    let Some(document) = super::document() else {
        return false;
    };
    let (Ok(probe), Some(body)) = (document.create_element("span"), document.body()) else {
        return false;
    };
    let set = probe.set_attribute("nonce", "probe");
    let put = body.append_child(&probe);
    let hidden = probe
        .get_attribute("nonce")
        .is_some_and(|left| left.is_empty());
    probe.remove();
    set.is_ok() && put.is_ok() && hidden
}
