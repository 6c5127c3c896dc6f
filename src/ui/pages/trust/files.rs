//! Every file of the site, hashed here, beside what the build said of it.

use std::rc::Rc;

use domain::protocol::{File, Ready};
use domain::report::hex;
use domain::setup::loaded::{Check, Loads, Looked};
use domain::setup::sums::read;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::bridge::sign_in::base;
use crate::ui::components::{badge, badge_mark, icon_s, id_chip};
use crate::ui::dom::{self, files, intl, site};
use crate::ui::seal::sha256;
use crate::ui::words;

/// What the section needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The engine and its configuration.
    pub ready: Option<Rc<Ready>>,
    /// What the browser says the engine loaded.
    pub loaded: Rc<Vec<String>>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
struct Found {
    /// Hash of the list.
    list: String,
    files: Vec<Looked>,
    /// Who loaded what is not in the list.
    strangers: Vec<(&'static str, String)>,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq)]
enum State {
    Asked,
    Looking,
    /// `None` where there is no list.
    Done(Option<Rc<Found>>),
}

/// The section.
#[component]
pub fn Files(props: &Props) -> Html {
    let state = use_state_eq(|| State::Asked);
    let onclick = {
        let (state, ready, loaded) = (state.setter(), props.ready.clone(), props.loaded.clone());
        Callback::from(move |_: MouseEvent| {
            state.set(State::Looking);
            let (state, ready, loaded) = (state.clone(), ready.clone(), loaded.clone());
            spawn_local(async move {
                let hosts = ready.map_or_else(Vec::new, |r| r.hosts.clone());
                state.set(State::Done(look(&hosts, &loaded).await));
            });
        })
    };
    let content = match &*state {
        State::Asked => html! {
            <p class="body soft">{ "Fetches each file of this site again and computes its hash here, beside what the build wrote into SHA256SUMS, and says which of them this page has loaded. Nothing leaves for anywhere else." }</p>
        },
        State::Looking => {
            html! { <p class="body soft" role="status">{ "Fetching and hashing …" }</p> }
        }
        State::Done(None) => {
            html! { <p class="body soft" role="status">{ "This site has no SHA256SUMS: it was not built for hosting, or the file was left out." }</p> }
        }
        State::Done(Some(found)) => table(found),
    };
    let save = match &*state {
        State::Done(Some(found)) => {
            let (found, ready) = (found.clone(), props.ready.clone());
            let onclick = Callback::from(move |_: MouseEvent| save(&found, ready.as_deref()));
            html! { <button type="button" class="btn ghost" {onclick}>{ icon_s("download") }{ "Save this check" }</button> }
        }
        _ => html! {},
    };
    html! {
        <section class="sheet after" aria-labelledby="h-f">
            <header><h2 id="h-f">{ "Files of this site" }</h2>{ built() }<span class="grow"/>
                <a href="SHA256SUMS">{ "SHA256SUMS" }</a><a href="sbom.cdx.json">{ "Bill of materials (CycloneDX)" }</a>
                <button type="button" class="btn ghost" disabled={*state == State::Looking} {onclick}>{ icon_s("refresh") }{ "Check every file" }</button>{ save }</header>
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

async fn look(hosts: &[String], engine: &[String]) -> Option<Rc<Found>> {
    let text = site::text("SHA256SUMS", true).await?;
    let list = hex(&sha256(text.as_bytes()).await.ok()?);
    let (sums, base, page) = (read(&text), base(), site::loaded());
    let loads = Loads {
        base: &base,
        page: &page,
        engine,
        hosts,
    };
    let mut files = Vec::new();
    for sum in &sums {
        // What this page runs is what the browser kept of it.
        let bytes = site::bytes(&sum.name, false).await;
        let mut found = None;
        if let Some(bytes) = bytes
            && let Ok(hash) = sha256(&bytes).await
        {
            found = Some((u32::try_from(bytes.len()).unwrap_or(u32::MAX), hex(&hash)));
        }
        files.push(Looked {
            sum: sum.clone(),
            found,
            by: loads.by(&sum.name),
        });
    }
    let strangers = loads.strangers(&sums).into_iter();
    let strangers = strangers.map(|(who, what)| (who, what.to_owned()));
    Some(Rc::new(Found {
        list,
        files,
        strangers: strangers.collect(),
    }))
}

fn save(found: &Found, ready: Option<&Ready>) {
    let commit = site::commit();
    let check = Check {
        site: &base(),
        at: &intl::now_iso(),
        version: env!("CARGO_PKG_VERSION"),
        commit: commit
            .as_ref()
            .map(|(hash, changed)| (hash.as_str(), *changed)),
        policy: &site::policy(),
        enforced: ready.is_some_and(|r| r.policy_enforced),
        refused: &dom::violations(),
        list: &found.list,
        files: &found.files,
        strangers: &found.strangers,
    };
    let file = File {
        path: "plumbline-check.json".to_owned(),
        mime: "application/json".to_owned(),
        bytes: check.document().into_bytes(),
    };
    let _ = files::download(&file, &[]);
}

fn table(found: &Found) -> Html {
    let Found {
        list,
        files,
        strangers,
    } = found;
    let good = files.iter().filter(|file| file.is_as_built()).count();
    let loaded = files.iter().filter(|file| file.by.is_some()).count();
    let row = |mark: Html, name: &str, by: Html, size: String, hash: &str| html! { <tr><td>{ mark }</td><th scope="row"><code>{ name }</code></th><td>{ by }</td><td class="num">{ size }</td><td>{ id_chip(hash, "Hash") }</td></tr> };
    let by = |who: &'static str| badge("", format!("by {who}"));
    let unknown = strangers.iter().map(|(who, what)| {
        let mark = badge_mark("bad", "warning", "not in the list");
        row(mark, what, by(who), String::new(), "")
    });
    let rows = files.iter().map(|file| {
        let loaded = file
            .by
            .map_or_else(|| html! { <span class="quiet">{ "not yet" }</span> }, by);
        let (mark, size, hash) = match &file.found {
            None => (
                badge_mark("unkn", "m-unkn", "not fetched"),
                String::new(),
                "",
            ),
            Some((size, hash)) if file.is_as_built() => (
                badge_mark("ok", "check", "as built"),
                words::bytes(*size),
                hash.as_str(),
            ),
            Some((size, hash)) => (
                badge_mark("warn", "warning", "other"),
                words::bytes(*size),
                hash.as_str(),
            ),
        };
        row(mark, &file.sum.name, loaded, size, hash)
    });
    let more = (!strangers.is_empty()).then(|| {
        html! { <p class="body" role="alert"><b>{ format!("{} loaded that the build does not have. ", strangers.len()) }</b>{ "An extension of this browser, a proxy or the host put it there." }</p> }
    });
    html! {
        <>
            <p class="body" role="status">{ format!("{good} of {} files are as they were built, {loaded} were loaded since this page was opened. ", files.len()) }
                <span class="soft">{ "config.json and index.html are made for each site: with a configuration of your own they differ from a published build’s." }</span></p>
            { more }
            <div class="scroll" role="region" aria-label="Files" tabindex="0"><table class="tbl tall folds files">
                <thead><tr><th scope="col">{ "Result" }</th><th scope="col">{ "File" }</th><th scope="col">{ "Loaded" }</th><th scope="col" class="num">{ "Size" }</th><th scope="col">{ "SHA-256 computed here" }</th></tr></thead>
                <tbody>{ for unknown }{ for rows }</tbody>
            </table></div>
            <footer>{ "Loaded: as the browser lists it for the page and for the engine; the module of another worker by the script that it starts from. SHA-256 of SHA256SUMS: " }{ id_chip(list, "Hash") }{ " A host that alters files can alter the list, and this page, too: compare from outside, by " }<code>{ "cargo xtask verify" }</code>{ " with a build of your own." }</footer>
        </>
    }
}
