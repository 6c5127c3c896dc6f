//! What it is, three ways in, what it asks for, where the data goes.

mod map;

use std::rc::Rc;

use domain::protocol::Ready;
use yew::prelude::*;

use crate::ui::components::{button, icon_s, link, pick_button};
use crate::ui::effects::Purpose;
use crate::ui::route::Route;
use crate::ui::state::{Action, Main, MainAction, SessionAction};

/// What the start page needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The engine and its configuration.
    pub ready: Option<Rc<Ready>>,
    /// What is open already.
    pub main: Rc<Main>,
    /// Files are being fetched.
    pub gathering: bool,
}

/// The start page.
#[component]
pub fn Start(props: &Props) -> Html {
    html! {
        <div class="start">
            <header><b>{ "Plumbline" }</b><span class="grow"/>{ link(&Route::Trust, "Trust") }{ resume(&props.main) }</header>
            <main id="main" tabindex="-1">
                <div class="hang">
                    <svg class="line" aria-hidden="true"><svg width="16" height="100%"><path class="cord" d="M8.5 0V4000"/></svg></svg>
                    <div class="stack">
                        <h1 class="lead">{ "See how far a tenant stands from plumb." }</h1>
                        <p class="prose soft">
                            { "Plumbline reads an Intune and Entra tenant, compares it setting by setting with a baseline, and writes the report. It is a page of static files: there is no server behind it, so " }
                            <b>{ "nothing of your tenant leaves this browser" }</b>{ "." }
                        </p>
                    </div>
                    { ways(props) }
                    <svg class="line" aria-hidden="true"><svg y="100%" overflow="visible"><g transform="translate(.5 -14)"><path class="bob" d="M6.7 0h2.6v2l3 1.8L8 14 3.7 3.8l3-1.8z"/></g></svg></svg>
                </div>
                <div class="stack start-more">
                    { asks(props.ready.as_deref()) }
                    { map::where_it_goes(props.ready.as_deref()) }
                    <p class="label">{ "Plumbline " }{ env!("CARGO_PKG_VERSION") }{ " · MIT or Apache-2.0 · Not a Microsoft product." }</p>
                </div>
            </main>
        </div>
    }
}

fn resume(main: &Main) -> Html {
    match main.info.get() {
        Some(info) => {
            html! { <a class="cut" href={Route::Overview.hash()}>{ "Back to " }{ &info.label }</a> }
        }
        None => html! {},
    }
}

fn ways(props: &Props) -> Html {
    html! {
        <div class="ways">
            <section aria-labelledby="w1">
                <h2 id="w1">{ "Look at the demo" }</h2>
                <p class="soft">{ "A made-up tenant with a few deliberate faults. No account, nothing to install." }</p>
                { button("pri", "", "Open the demo snapshot", Action::Main(MainAction::Demo)) }
            </section>
            <section aria-labelledby="w2">
                <h2 id="w2">{ "Work with files" }</h2>
                <p class="soft">{ "A Plumbline snapshot, or exports from IntuneManagement, Open Intune Baseline, Graph or the Intune admin center. Folder, files or zip; also dropped anywhere on this page." }</p>
                if props.gathering { <p role="status">{ "Opening the files …" }</p> }
                <span class="row pair">
                    { pick_button("", "upload", "Open my files", Purpose::Main, false) }
                    { pick_button("ghost", "folder", "A folder", Purpose::Main, true) }
                </span>
            </section>
            { tenant(props.ready.as_deref()) }
        </div>
    }
}

fn tenant(ready: Option<&Ready>) -> Html {
    let features = Vec::new();
    let sign_in = Action::Session(SessionAction::SignIn { features });
    let (words, press) = match ready {
        Some(ready) if ready.client_id.is_empty() => (
            "This site has no app registration, so nobody can sign in here.",
            html! { <a class="btn" href={Route::SetUp.hash()}>{ "Set up this site" }</a> },
        ),
        ready => (
            "You sign in on Microsoft’s page. An administrator’s consent is needed once. Read only: a request that is not in the read table is not sent.",
            html! {
                <button class="btn" type="button" disabled={ready.is_none()} onclick={crate::ui::components::on(sign_in)}>
                    { icon_s("windows") }{ "Sign in with Microsoft" }
                </button>
            },
        ),
    };
    html! {
        <section aria-labelledby="w3"><h2 id="w3">{ "Read your tenant" }</h2><p class="soft">{ words }</p>{ press }</section>
    }
}

fn asks(ready: Option<&Ready>) -> Html {
    let Some(ready) = ready else {
        return html! {};
    };
    let rows = ready.features.iter().flat_map(|feature| {
        feature.scopes.iter().enumerate().map(|(at, (scope, why))| {
            let name = (at == 0).then(|| {
                html! { <th scope="rowgroup" rowspan={feature.scopes.len().to_string()}>{ &feature.name }</th> }
            });
            html! { <tr>{ name }<td><code>{ scope }</code></td><td>{ why }</td></tr> }
        })
    });
    html! {
        <section class="sheet" aria-labelledby="h-ask">
            <header><h2 id="h-ask">{ "What it asks for" }</h2><p class="quiet">{ "Never a permission to write. Each with its reason." }</p></header>
            <div class="scroll" role="region" aria-label="Permissions" tabindex="0"><table class="tbl tall asks">
                <thead><tr><th scope="col">{ "For" }</th><th scope="col">{ "Permission" }</th><th scope="col">{ "Why" }</th></tr></thead>
                <tbody>{ for rows }</tbody>
            </table></div>
            <footer>{ link(&Route::Permissions, "Why each permission, with its calls, and what is never asked for") }</footer>
        </section>
    }
}
