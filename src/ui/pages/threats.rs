//! The threat model: what a standard says against this kind of client, point by point, and what is not promised.

use yew::prelude::*;

use super::trust::tabs;
use crate::ui::components::link;
use crate::ui::route::Route;

/// RFC 10017 (BCP 212), "OAuth 2.0 for Browser-Based Applications", of the architecture without a backend.
const WARNING: &str = "this architecture is not recommended for business applications, sensitive applications, and applications that handle personal data";

/// What the RFC fears, what holds against it here, and what stays.
const POINTS: &[(&str, &str, &str)] = &[
    (
        "Malicious code in the page takes the token, once",
        "No code of others is loaded: no script, font or image from another origin, by a policy without inline script and without eval, with Trusted Types. Every file is checked against its hash before it runs. The token is in the memory of a worker that has the same policy; nothing that crosses to the page can carry it.",
        "An extension of the browser runs beside the page and is bound by none of this.",
    ),
    (
        "It stays and takes each new token",
        "Nothing stays: no service worker, no storage but the record of a sign-in while one is under way, no refresh token. A reload starts from the files of the site.",
        "Whoever can change those files on the server can change what runs. Host them yourself and compare their hashes.",
    ),
    (
        "It gets new tokens by a silent sign-in in a hidden frame",
        "The policy allows no frames and no form targets. Entra shows its pages in no frame. The only silent sign-in is a redirect of the whole tab, at most three a minute, and only for who was signed in.",
        "A popup or a redirect would still be possible for code that runs in the page, and a person would see it.",
    ),
    (
        "It uses the person’s browser to send requests",
        "The engine sends only what is in its read table: method and whole path, to the configured Graph origin. It has no request that changes anything.",
        "Code that runs in the page could ask the engine to read what it reads anyway, and lead the tab to another address with it: no policy of today’s browsers forbids navigation.",
    ),
    (
        "A stolen refresh token lives for a day, and Entra does not notice its second use",
        "None is asked for (offline_access is never sent), and one that came unasked is dropped unread.",
        "A stolen access token works until it ends or is revoked; continuous access evaluation makes that minutes for the events that it covers.",
    ),
    (
        "The sign-in response is stolen or injected",
        "Authorization code with PKCE S256; state, nonce and verifier from 256 random bits each, for one use within ten minutes in one tab. The response leaves the address bar before anything else runs, and no address is sent along to anybody.",
        "Nothing known.",
    ),
    (
        "Another application on the same origin reaches in",
        "The site is meant for an origin of its own, and the set-up page says when it has none.",
        "GitHub Pages without a domain of its own shares one among all projects of its owner.",
    ),
    (
        "The token can do more than the feature needs",
        "Permissions are asked for feature by feature. The registration that reads is never consented to write: for that there is a second one.",
        "Microsoft’s permissions that read open acting calls too, and a token that is stolen is not held by our read table. The person’s own roles bound it.",
    ),
];

/// What nobody should rely on.
const NOT_PROMISED: &[&str] = &[
    "Protection from an extension of the browser, or from a computer that somebody else controls.",
    "Protection from whoever hosts the files. They can be compared with a build of your own, from outside the page; a page that was altered can say anything about itself.",
    "Protection of a person who accepts permissions for another application on Microsoft’s pages.",
    "That a secret leaves no copy in memory which the browser manages, or which the system wrote to its swap file.",
    "Anything about files after they were downloaded. Snapshots and reports can be encrypted with a passphrase; what holds then is the passphrase.",
    "That a client in the browser is as good as one with a backend, for an organization that trusts its backend more than its administrators’ browsers.",
];

/// The page. It needs nothing of a tenant.
pub fn threats() -> Html {
    let points = POINTS.iter().map(|(fear, holds, stays)| {
        html! { <tr><th scope="row">{ *fear }</th><td>{ *holds }</td><td class="soft">{ *stays }</td></tr> }
    });
    let not = NOT_PROMISED
        .iter()
        .map(|words| html! { <li>{ *words }</li> });
    html! {
        <>
            <div class="title"><h1>{ "Threat model" }</h1><p>{ "What speaks against a client like this one, and what is done about it." }</p></div>
            { tabs(&Route::Threats) }
            <div class="stack">
                <section class="sheet" aria-labelledby="h-rfc">
                    <header><h2 id="h-rfc">{ "What the standard says" }</h2></header>
                    <div class="body stack">
                        <p class="soft">{ "RFC 10017 (BCP 212), OAuth 2.0 for Browser-Based Applications, ranks three architectures. The one without a backend is last, and of it the RFC says:" }</p>
                        <blockquote>{ "“" }{ WARNING }{ "”" }</blockquote>
                        <p>{ "Plumbline is such a client, on purpose. A backend would hold the tokens and see the data of every tenant that uses it: one more party to trust, and one place to attack for all of them. Without one there is nothing of ours that could be breached, asked for data or switched off. What that costs is below, point by point." }</p>
                    </div>
                </section>
                <section class="sheet" aria-labelledby="h-points">
                    <header><h2 id="h-points">{ "Point by point" }</h2></header>
                    <div class="scroll" role="region" aria-label="Threats" tabindex="0"><table class="tbl tall folds threats">
                        <thead><tr><th scope="col">{ "Threat" }</th><th scope="col">{ "What holds" }</th><th scope="col">{ "What stays" }</th></tr></thead>
                        <tbody>{ for points }</tbody>
                    </table></div>
                    <footer>{ "Each promise and the test that holds it: SECURITY.md, beside the source. " }{ link(&Route::Trust, "What this page has done") }{ " · " }{ link(&Route::Permissions, "Why each permission") }</footer>
                </section>
                <section class="sheet" aria-labelledby="h-not">
                    <header><h2 id="h-not">{ "Not promised" }</h2></header>
                    <ul class="body stack dots">{ for not }</ul>
                </section>
            </div>
        </>
    }
}
