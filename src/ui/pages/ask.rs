//! The dialog that asks for what a feature needs: which permission, what for, which calls, what works without it, and what
//! to send to an administrator.

use domain::oauth::client::{Asking, Reader};
use domain::oauth::cloud::origin_of;
use domain::oauth::consent::{self, Wanted};
use domain::permission::reference::entries;
use domain::permission::{Feature, LIVE, LOGS, ReadScope, feature, holds, scope};
use domain::protocol::Ready;
use yew::prelude::*;

use crate::bridge::sign_in;
use crate::ui::components::{button, copy_button, icon_s};
use crate::ui::effects::model;
use crate::ui::state::{Action, Model, SessionAction, ShellAction};

/// Calls that are shown without a press.
const FEW: usize = 4;

/// What stands in the dialog, for the feature of this id.
pub fn ask_for(id: &'static str) -> Html {
    let Some(wanted) = feature(id) else {
        return html! {};
    };
    let model = model();
    let ready = model.ready().map(AsRef::as_ref);
    let offered = ready.is_some_and(|ready| ready.features.iter().any(|one| one.id == id));
    let missing = missing(&model, wanted);
    let ask = Action::Session(SessionAction::AskFor {
        scope: missing.join(" "),
    });
    html! {
        <>
            <header><h2 class="dt">{ "A permission for “" }{ wanted.name }{ "”" }</h2></header>
            <div class="body stack">
                { for missing.iter().map(|name| one(name)) }
                <dl class="kv"><dt>{ "Works without it" }</dt><dd>{ without(id) }</dd></dl>
                if offered {
                    <p class="soft">{ "Asking leaves this page for Microsoft’s. When you are back the tenant is read anew, and a baseline is to be opened again." }</p>
                    { for ready.map(|ready| for_administrators(&model, ready, &missing)) }
                } else {
                    <p class="soft">{ "This site’s configuration does not ask for it. Whoever hosts the site can add it: " }<code>{ id }</code>{ " in the features of its config.json." }</p>
                }
            </div>
            <footer>
                { button("", "", "Not now", Action::Shell(ShellAction::Shut)) }
                if offered { { button("pri", "", "Ask for this permission", ask) } }
            </footer>
        </>
    }
}

/// What is not in hand; all where everything is.
fn missing(model: &Model, wanted: &Feature) -> Vec<String> {
    let held = model.session.account().map_or(&[][..], |a| &a.scopes);
    let all = wanted.scopes.iter().map(|name| (*name).to_owned());
    let lacking: Vec<String> = all.clone().filter(|name| !holds(held, name)).collect();
    if lacking.is_empty() {
        all.collect()
    } else {
        lacking
    }
}

fn one(name: &str) -> Html {
    let Some(scope) = scope(name) else {
        return html! {};
    };
    let who = if scope.admin {
        "an administrator consents"
    } else {
        "each person consents"
    };
    html! {
        <dl class="kv">
            <dt>{ "Permission" }</dt><dd><code>{ scope.name }</code>{ ", delegated; " }{ who }</dd>
            <dt>{ "What for" }</dt><dd>{ scope.why }</dd>
            <dt>{ "Calls" }</dt><dd>{ calls(scope.name) }</dd>
        </dl>
    }
}

/// The requests that need it. Those that are made when a person asks for them stand alone.
fn calls(name: &str) -> Html {
    let logs = LOGS.iter().filter(|log| log.scope == name);
    let logs = logs.map(|log| format!("GET /v1.0{}", log.path));
    let live = LIVE.iter().filter(|live| live.scope() == name);
    let live = live.map(|live| format!("GET /{}{}", live.version.segment(), live.path));
    let mut calls: Vec<String> = logs.chain(live).collect();
    if calls.is_empty() {
        let entry = entries().find(|entry| entry.name == name);
        calls = entry.map(|entry| entry.calls()).unwrap_or_default();
    }
    let n = calls.len();
    let lines = calls
        .into_iter()
        .map(|call| html! { <p><code>{ call }</code></p> });
    if n <= FEW {
        return html! { <>{ for lines }</> };
    }
    html! {
        <details class="more"><summary>{ icon_s("chev-right") }{ n }{ " calls" }</summary>{ for lines }</details>
    }
}

fn without(id: &str) -> &'static str {
    match id {
        "audit" => "Everything but who changed a policy of Intune, and what it was before.",
        "directory-audit" => {
            "Everything but who changed a policy of Entra (Conditional Access and others), and what it was before. Intune’s own log needs another permission."
        }
        "app-access" => {
            "Everything but who is assigned to this app. What your own sign-in was granted stands on the page Trust."
        }
        "app-grants" => {
            "Everything but what this app was granted, and for whom. The page has commands that show it without giving this app the permission."
        }
        "app-sign-ins" => {
            "Everything but who signed in to this app. The Entra admin center has that list too."
        }
        "my-roles" => "Everything but your own roles on the page “What may I do”.",
        "my-groups" => "Everything but the groups in which you are for a time, or could be.",
        "groups" => "Everything; groups are shown by their ids.",
        _ => "Everything else. What needs it is marked as unknown, never as missing.",
    }
}

/// The request in words, to be sent; and Microsoft's page itself, for who may accept.
fn for_administrators(model: &Model, ready: &Ready, scopes: &[String]) -> Html {
    let origin = |at: usize| {
        ready
            .hosts
            .get(at)
            .map_or_else(String::new, |h| origin_of(h))
    };
    let (login, graph, site) = (origin(0), origin(1), sign_in::base());
    let account = model.session.account();
    let reads: Vec<ReadScope> = scopes
        .iter()
        .filter_map(|name| ReadScope::named(name))
        .collect();
    let asking = Asking::read(&Reader::from(ready), &reads);
    let wanted = Wanted {
        login: &login,
        graph: &graph,
        tenant: account.map_or("organizations", |account| &account.tenant_id),
        asking: &asking,
        redirect_uri: &site,
    };
    let letter = consent::letter(wanted);
    html! {
        <details class="more">
            <summary>{ icon_s("chev-right") }{ "For your administrator" }</summary>
            <div class="stack tight">
            <pre class="code" tabindex="0">{ &letter }</pre>
            <p class="row">
                { copy_button(&letter, "Copy this text", "Request") }
                <a class="btn" href={consent::url(wanted)} target="_blank" rel="noopener noreferrer">{ "I am an administrator: accept at Microsoft" }</a>
            </p>
            <p class="soft">{ "Accepting there is consent for the whole organization. Let only assigned people use the app then." }</p>
            </div>
        </details>
    }
}
