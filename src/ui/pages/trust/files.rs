//! Every file of the site, hashed here, beside what the build said of it.

use std::rc::Rc;

use domain::report::hex;
use domain::setup::sums::{Sum, read};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::ui::components::{badge_mark, icon_s, id_chip};
use crate::ui::dom::site;
use crate::ui::seal::sha256;
use crate::ui::words;

/// A file that was looked at.
#[derive(Debug, Clone, PartialEq)]
struct Looked {
    sum: Sum,
    /// Size, and hash; `None` where it could not be fetched.
    found: Option<(u32, String)>,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq)]
enum State {
    Asked,
    Looking,
    /// Hash of the list, and the files; `None` where there is no list.
    Done(Option<(String, Rc<Vec<Looked>>)>),
}

/// The section.
#[component]
pub fn Files() -> Html {
    let state = use_state_eq(|| State::Asked);
    let onclick = {
        let state = state.setter();
        Callback::from(move |_: MouseEvent| {
            state.set(State::Looking);
            let state = state.clone();
            spawn_local(async move { state.set(State::Done(look().await)) });
        })
    };
    let content = match &*state {
        State::Asked => html! {
            <p class="body soft">{ "Fetches each file of this site again and computes its hash here, beside what the build wrote into SHA256SUMS. Nothing leaves for anywhere else." }</p>
        },
        State::Looking => {
            html! { <p class="body soft" role="status">{ "Fetching and hashing …" }</p> }
        }
        State::Done(None) => {
            html! { <p class="body soft" role="status">{ "This site has no SHA256SUMS: it was not built for hosting, or the file was left out." }</p> }
        }
        State::Done(Some((list, files))) => table(list, files),
    };
    html! {
        <section class="sheet after" aria-labelledby="h-f">
            <header><h2 id="h-f">{ "Files of this site" }</h2>{ built() }<span class="grow"/>
                <a href="SHA256SUMS">{ "SHA256SUMS" }</a><a href="sbom.cdx.json">{ "Bill of materials" }</a>
                <button type="button" class="btn ghost" disabled={*state == State::Looking} {onclick}>{ icon_s("refresh") }{ "Check every file" }</button></header>
            { content }
        </section>
    }
}

/// Which build this is.
fn built() -> Html {
    let commit = match site::commit() {
        Some((hash, changed)) => {
            let after = changed.then(|| badge_mark("warn", "warning", "changed after it"));
            html! { <>{ " · commit " }{ id_chip(&hash, "Commit") }{ " " }{ after }</> }
        }
        None => html! { " · commit unknown: the source did not come out of git" },
    };
    html! { <p class="quiet">{ concat!("Plumbline ", env!("CARGO_PKG_VERSION")) }{ commit }</p> }
}

async fn look() -> Option<(String, Rc<Vec<Looked>>)> {
    let text = site::text("SHA256SUMS", true).await?;
    let list = hex(&sha256(text.as_bytes()).await.ok()?);
    let mut out = Vec::new();
    for sum in read(&text) {
        // What this page runs is what the browser kept of it.
        let bytes = site::bytes(&sum.name, false).await;
        let mut found = None;
        if let Some(bytes) = bytes
            && let Ok(hash) = sha256(&bytes).await
        {
            found = Some((u32::try_from(bytes.len()).unwrap_or(u32::MAX), hex(&hash)));
        }
        out.push(Looked { sum, found });
    }
    Some((list, Rc::new(out)))
}

fn table(list: &str, files: &[Looked]) -> Html {
    let same = |file: &&Looked| {
        file.found
            .as_ref()
            .is_some_and(|(_, hash)| *hash == file.sum.hash)
    };
    let good = files.iter().filter(same).count();
    let rows = files.iter().map(|file| {
        let (mark, size, hash) = match &file.found {
            None => (badge_mark("unkn", "m-unkn", "not fetched"), String::new(), ""),
            Some((size, hash)) if *hash == file.sum.hash => {
                (badge_mark("ok", "check", "as built"), words::bytes(*size), hash.as_str())
            }
            Some((size, hash)) => {
                (badge_mark("warn", "warning", "other"), words::bytes(*size), hash.as_str())
            }
        };
        html! { <tr><td>{ mark }</td><th scope="row"><code>{ &file.sum.name }</code></th><td class="num">{ size }</td><td>{ id_chip(hash, "Hash") }</td></tr> }
    });
    html! {
        <>
            <p class="body" role="status">{ format!("{good} of {} files are as they were built. ", files.len()) }
                <span class="soft">{ "config.json and index.html are made for each site: with a configuration of your own they differ from a published build’s." }</span></p>
            <div class="scroll" role="region" aria-label="Files" tabindex="0"><table class="tbl tall files">
                <thead><tr><th scope="col">{ "Result" }</th><th scope="col">{ "File" }</th><th scope="col" class="num">{ "Size" }</th><th scope="col">{ "SHA-256 computed here" }</th></tr></thead>
                <tbody>{ for rows }</tbody>
            </table></div>
            <footer>{ "SHA-256 of SHA256SUMS: " }{ id_chip(list, "Hash") }{ " A host that alters files can alter the list, and this page, too: compare from outside, by " }<code>{ "cargo xtask verify" }</code>{ " with a build of your own." }</footer>
        </>
    }
}
