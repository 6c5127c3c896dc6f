//! What the browser keeps for this site, of every kind, and what its policy refused.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use crate::ui::dom;
use crate::ui::state::Stored;

/// A kind of storage, and how many things are in it; `None` where this browser does not say.
type Kind = (&'static str, Option<u32>);

/// What is asked of the browser: name on screen, object of the window, method.
const ASKED: [(&str, &[&str], &str); 3] = [
    ("IndexedDB", &["indexedDB"], "databases"),
    ("Cache storage", &["caches"], "keys"),
    (
        "Service workers",
        &["navigator", "serviceWorker"],
        "getRegistrations",
    ),
];

/// What the section needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What was counted at once.
    pub stored: Stored,
    /// Files that were saved.
    pub saved: u32,
}

/// The section.
#[component]
pub fn Held(props: &Props) -> Html {
    let more = use_state_eq(Vec::<Kind>::new);
    {
        let more = more.setter();
        use_effect_with(props.stored, move |_| {
            spawn_local(async move { more.set(count().await) });
        });
    }
    let Stored {
        cookies,
        local,
        session,
    } = props.stored;
    let items = |n: u32| format!("{n} {}", if n == 1 { "item" } else { "items" });
    let others = more.iter().map(|(name, n)| {
        let n = n.map_or("this browser does not say".to_owned(), items);
        html! { <><dt>{ *name }</dt><dd>{ n }</dd></> }
    });
    html! {
        <section class="sheet" aria-labelledby="h-st">
            <header><h2 id="h-st">{ "Stored on this computer" }</h2></header>
            <div class="body"><dl class="kv eq">
                <dt>{ "Cookies" }</dt><dd>{ cookies }</dd>
                <dt>{ "localStorage" }</dt><dd>{ items(local) }</dd>
                <dt>{ "sessionStorage" }</dt><dd>{ items(session) }{ " " }<span class="quiet">{ "(1 while a sign-in is under way)" }</span></dd>
                { for others }
                <dt>{ "Saved by you" }</dt><dd>{ props.saved }{ if props.saved == 1 { " file" } else { " files" } }</dd>
            </dl></div>
        </section>
    }
}

async fn count() -> Vec<Kind> {
    let mut out = Vec::with_capacity(ASKED.len());
    for (name, path, method) in ASKED {
        out.push((name, listed(path, method).await));
    }
    out
}

/// How long the list is that a method of the browser gives.
async fn listed(path: &[&str], method: &str) -> Option<u32> {
    let mut at: JsValue = dom::window()?.into();
    for name in path {
        at = Reflect::get(&at, &(*name).into()).ok()?;
    }
    let method: Function = Reflect::get(&at, &method.into()).ok()?.dyn_into().ok()?;
    let promise: Promise = method.call0(&at).ok()?.dyn_into().ok()?;
    let list: Array = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    Some(list.length())
}
