//! Every permission, what it allows, and our answer: for who decides about consent.

use domain::permission::reference::{
    ACTING_CALLS, Answer, Entry, GROUPS, KNOWN_CALLS, asked_when, document,
};
use domain::protocol::File;
use yew::prelude::*;

use super::trust::tabs;
use crate::ui::components::{badge, badge_mark, field_text, icon_s, link};
use crate::ui::dom::{files, intl};
use crate::ui::route::Route;

/// The page. It needs nothing of a tenant.
#[component]
pub fn Permissions() -> Html {
    let text = use_state_eq(String::new);
    let open = use_state_eq(|| false);
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| text.set(field_text(&event)))
    };
    let all = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let save = Callback::from(|_: MouseEvent| {
        let _ = files::download(
            &File {
                path: "plumbline-permissions.md".to_owned(),
                mime: "text/markdown".to_owned(),
                bytes: document(env!("CARGO_PKG_VERSION")).into_bytes(),
            },
            &[],
        );
    });
    let words = text.to_lowercase();
    let groups: Vec<Html> = GROUPS
        .iter()
        .enumerate()
        .filter_map(|(at, (title, entries))| group(at, title, entries, &words, *open))
        .collect();
    let nothing = groups
        .is_empty()
        .then(|| html! { <p class="soft" role="status">{ "No permission has these words." }</p> });
    html! {
        <>
            <div class="title"><h1>{ "Why each permission" }</h1><p>{ "What is asked for, when, and what never is." }</p></div>
            { tabs(&Route::Permissions) }
            <div class="toolbar">
                <div class="query">{ icon_s("search") }
                    <input id="query" type="text" aria-label="Find a permission" placeholder="Find a permission, a call or a word" spellcheck="false"
                        autocomplete="off" value={(*text).clone()} {oninput}/></div>
                <button type="button" class="btn" aria-pressed={if *open { "true" } else { "false" }} onclick={all}>{ "Show all calls" }</button>
                <button type="button" class="btn" onclick={save}>{ icon_s("download") }{ "Download for a consent review" }</button>
            </div>
            <div class="stack">{ reading() }{ for groups }{ nothing }</div>
        </>
    }
}

/// What holds reading, with the number.
fn reading() -> Html {
    let known = intl::number(u32::from(KNOWN_CALLS));
    html! {
        <section class="sheet" aria-labelledby="h-read">
            <header><h2 id="h-read">{ "Read permissions do not only read" }</h2></header>
            <div class="body stack soft">
                <p>{ "All that is asked for is delegated: a signed-in person’s own roles bound it. By Microsoft’s own metadata (" }{ known }{ " calls of it, which the tests walk) these permissions together still open " }
                    <b>{ ACTING_CALLS }{ " acting calls" }</b>{ ", for example to rotate a local administrator’s password." }</p>
                <p>{ "Plumbline cannot send any of them: the engine sends only what is in its read table, method and whole path, whatever the token allows. A stolen token is not held by that table." }</p>
                <p>{ link(&Route::Trust, "Permissions in hand and requests sent") }</p>
            </div>
        </section>
    }
}

fn group(at: usize, title: &str, entries: &[Entry], words: &str, open: bool) -> Option<Html> {
    let found: Vec<Html> = entries
        .iter()
        .filter_map(|entry| one(entry, words, open))
        .collect();
    let n = found.len();
    let id = format!("h-g{at}");
    (n > 0).then(|| {
        html! {
            <section class="sheet" aria-labelledby={id.clone()}>
                <header><h2 {id}>{ title }</h2><p class="quiet">{ n }</p></header>
                { for found }
            </section>
        }
    })
}

fn one(entry: &Entry, words: &str, open: bool) -> Option<Html> {
    let calls = entry.calls();
    let has = |text: &str| text.to_lowercase().contains(words);
    let texts = [
        entry.name,
        entry.kind.label(),
        entry.allows,
        entry.purpose(),
    ];
    if !texts.into_iter().any(has) && !calls.iter().any(|call| has(call)) {
        return None;
    }
    let consent = if entry.admin {
        "an administrator"
    } else {
        "each person"
    };
    let level = entry
        .level
        .map(|level| badge("line", format!("level {level} of 5")));
    let acts = (entry.acts > 0)
        .then(|| badge_mark("warn", "warning", format!("{} acting calls", entry.acts)));
    Some(html! {
        <div class="body stack permission" key={entry.name}>
            <h3 class="row"><code>{ entry.name }</code>{ badge("line", entry.kind.label()) }{ level }{ acts }</h3>
            <dl class="kv">
                <dt>{ "Allows" }</dt><dd>{ entry.allows }</dd>
                <dt>{ entry.purpose_label() }</dt><dd>{ entry.purpose() }</dd>
                <dt>{ "Our answer" }</dt><dd>{ answer(entry) }</dd>
                <dt>{ "Consents" }</dt><dd>{ consent }</dd>
                <dt>{ "Smaller" }</dt><dd>{ entry.smaller }</dd>
            </dl>
            { listed(&calls, open) }
        </div>
    })
}

fn answer(entry: &Entry) -> Html {
    match entry.answer {
        Answer::Never(instead) => html! { <><b>{ "Never. " }</b>{ instead }</> },
        Answer::Asked => {
            let lines = entry.features().map(|feature| {
                html! { <p><b>{ "Asked for " }{ asked_when(feature) }</b>{ ", by “" }{ feature.name }{ "”" }</p> }
            });
            html! { <>{ for lines }</> }
        }
    }
}

fn listed(calls: &[String], open: bool) -> Html {
    if calls.is_empty() {
        return html! {};
    }
    let lines = calls
        .iter()
        .map(|call| html! { <li><code>{ call }</code></li> });
    html! {
        <details class="more" {open}>
            <summary>{ icon_s("chev-right") }{ calls.len() }{ if calls.len() == 1 { " call" } else { " calls" } }</summary>
            <ul class="calls">{ for lines }</ul>
        </details>
    }
}
