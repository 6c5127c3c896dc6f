//! Where the data goes, drawn: this browser, the two hosts of the configuration, and no other.

use domain::protocol::Ready;
use yew::prelude::*;

use crate::ui::components::{icon_s, link};
use crate::ui::route::Route;

/// The diagram and the promises beside it.
pub fn where_it_goes(ready: Option<&Ready>) -> Html {
    let hosts = match ready {
        Some(ready) if !ready.hosts.is_empty() => ready.hosts.clone(),
        _ => vec![
            "login.microsoftonline.com".to_owned(),
            "graph.microsoft.com".to_owned(),
        ],
    };
    let promises = [
        "No cookies, no analytics, no fonts or scripts from elsewhere.",
        "Tokens live in memory in a thread of their own, and are gone when you close the tab.",
        "Every request is listed under Trust, with method, path and status.",
        "Open source: read it, build it, host it yourself.",
    ];
    let promises = promises
        .iter()
        .map(|words| html! { <li>{ icon_s("check") }{ " " }{ *words }</li> });
    html! {
        <section class="sheet" aria-labelledby="h-where">
            <header><h2 id="h-where">{ "Where the data goes" }</h2><p class="quiet">{ "Held by the page’s security policy, tested at every start, listed under Trust." }</p></header>
            <div class="body cols">
                <figure>{ wide(&hosts) }{ narrow(&hosts) }</figure>
                <ul class="stack soft">{ for promises }</ul>
            </div>
            <footer>{ "Not promised: protection from a malicious browser extension, from a compromised computer, or from whoever hosts these files. " }{ link(&Route::Trust, "What is checked, and what cannot be") }</footer>
        </section>
    }
}

fn label(hosts: &[String]) -> String {
    format!(
        "Diagram: this browser talks to {}, and to no other host.",
        hosts.join(" and to ")
    )
}

fn wide(hosts: &[String]) -> Html {
    let boxes = hosts.iter().take(2).enumerate().map(|(at, host)| {
        let y = 30 + 50 * at;
        html! {
            <>
                <path class="hot" d={format!("M219 {}.5h105m-6-4.5 6 4.5-6 4.5", y + 20)}/>
                <rect x="324.5" y={format!("{y}.5")} width="226" height="40" rx="3"/>
                <text x="338" y={(y + 25).to_string()}>{ host }</text>
            </>
        }
    });
    html! {
        <svg class="map w" viewBox="0 0 560 190" width="100%" role="img" aria-label={label(hosts)}>
            <rect x="8.5" y="20.5" width="210" height="148" rx="3"/>
            <text x="24" y="48">{ "This browser" }</text>
            <text class="q" x="24" y="72">{ "snapshot, comparison," }</text>
            <text class="q" x="24" y="90">{ "reports, tokens: memory only" }</text>
            <text class="q" x="24" y="140">{ "written to disk: nothing," }</text>
            <text class="q" x="24" y="156">{ "until you save a file" }</text>
            { for boxes }
            <path class="off" d="M219 150.5h105"/><rect class="off" x="324.5" y="130.5" width="226" height="40" rx="3"/>
            <text class="q" x="338" y="155">{ "any other host: refused" }</text>
        </svg>
    }
}

fn narrow(hosts: &[String]) -> Html {
    let boxes = hosts.iter().take(2).enumerate().map(|(at, host)| {
        let y = 110 + 54 * at;
        html! {
            <>
                <path class="hot" d={format!("M24.5 89v{}M24.5 {}.5H48m-6-4.5 6 4.5-6 4.5", y - 69, y + 20)}/>
                <rect x="48.5" y={format!("{y}.5")} width="271" height="40" rx="3"/>
                <text x="62" y={(y + 25).to_string()}>{ host }</text>
            </>
        }
    });
    html! {
        <svg class="map s" viewBox="0 0 320 262" width="100%" role="img" aria-label={label(hosts)}>
            <rect x=".5" y=".5" width="319" height="88" rx="3"/>
            <text x="14" y="26">{ "This browser" }</text>
            <text class="q" x="14" y="48">{ "snapshot, comparison, reports, tokens:" }</text>
            <text class="q" x="14" y="64">{ "in memory, until you save a file" }</text>
            { for boxes }
            <rect class="off" x="48.5" y="218.5" width="271" height="40" rx="3"/>
            <text class="q" x="62" y="243">{ "any other host: refused" }</text>
        </svg>
    }
}
