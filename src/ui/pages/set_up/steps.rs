//! The steps, each a sheet.

use domain::oauth::cloud;
use domain::permission::{FEATURES, Feature};
use domain::protocol::File;
use domain::setup::{CONDITIONAL_ACCESS, Role, TOOLS, snippet};
use yew::prelude::*;

use super::Typed;
use crate::ui::components::{chosen, copy_button, field_text, icon_s, link};
use crate::ui::dom::files;
use crate::ui::route::Route;

type Change = Callback<Typed>;

/// All of them.
pub fn all(typed: &Typed, change: &Change) -> Html {
    html! {
        <>
            { step(1, "Choose what it is to show", what(typed, change)) }
            { step(2, "Register the app in Microsoft Entra", register(typed, change)) }
            { step(3, "Put the ids into config.json", config(typed, change)) }
            { step(4, "Let an administrator accept the permissions", consent(typed)) }
            { step(5, "Let in only whom you mean", people()) }
        </>
    }
}

fn step(number: u8, title: &'static str, content: Html) -> Html {
    let id = format!("h-step{number}");
    html! {
        <section class="sheet" aria-labelledby={id.clone()}>
            <header><h2 {id}>{ number }{ ". " }{ title }</h2></header>
            <div class="body stack">{ content }</div>
        </section>
    }
}

fn what(typed: &Typed, change: &Change) -> Html {
    let features = FEATURES.iter().map(|feature| {
        let on = typed.plan.features.contains(&feature.id);
        let (typed, change) = (typed.clone(), change.clone());
        let onchange = Callback::from(move |_: Event| change.emit(toggled(&typed, feature)));
        let n = feature.scopes.len();
        html! {
            <label class="choice"><input type="checkbox" checked={on} {onchange}/>
                <span>{ feature.name }<span class="quiet">{ format!(" · {n} {}", if n == 1 { "permission" } else { "permissions" }) }</span></span></label>
        }
    });
    let scopes = typed.plan.scopes(Role::Reader).join(", ");
    html! {
        <>
            <fieldset><legend>{ "Features" }</legend>{ for features }</fieldset>
            <p class="soft">{ "Permissions, all delegated: " }<code>{ if scopes.is_empty() { "none".to_owned() } else { scopes } }</code>{ ". " }{ link(&Route::Permissions, "Why each permission") }</p>
            <fieldset><legend>{ "Registrations" }</legend>
                { either(typed, change, true, "Two: one that only reads, one for writing. What is never consented to for the first can never be in its tokens.") }
                { either(typed, change, false, "One, for a quick start. Nothing writes yet, so it does the same today.") }
            </fieldset>
        </>
    }
}

fn toggled(typed: &Typed, feature: &Feature) -> Typed {
    let mut next = typed.clone();
    // In the order of the table.
    next.plan.features = FEATURES
        .iter()
        .map(|of| of.id)
        .filter(|id| typed.plan.features.contains(id) != (*id == feature.id))
        .collect();
    next
}

fn either(typed: &Typed, change: &Change, two: bool, words: &'static str) -> Html {
    let next = Typed {
        two,
        ..typed.clone()
    };
    let change = change.clone();
    let onchange = Callback::from(move |_: Event| change.emit(next.clone()));
    html! { <label class="choice"><input type="radio" name="registrations" checked={typed.two == two} {onchange}/><span>{ words }</span></label> }
}

fn register(typed: &Typed, change: &Change) -> Html {
    let tools = TOOLS.map(|(tool, name)| {
        let next = Typed {
            tool,
            ..typed.clone()
        };
        let change = change.clone();
        let onclick = Callback::from(move |_: MouseEvent| change.emit(next.clone()));
        let on = typed.tool == tool;
        html! { <button type="button" class="btn" aria-pressed={if on { "true" } else { "false" }} {onclick}>{ name }</button> }
    });
    let mut roles = vec![(Role::Reader, "The one that reads")];
    if typed.two {
        roles.push((
            Role::Writer,
            "The one for writing: no permission until something writes",
        ));
    }
    let texts = roles.into_iter().map(|(role, title)| {
        let text = snippet(typed.tool, role, &typed.plan);
        html! {
            <div class="stack tight">
                <div class="row"><h3>{ title }</h3><span class="grow"/>{ copy_button(&text, "Copy", "Text") }</div>
                <pre class="code snippet" tabindex="0" role="region" aria-label={title}>{ text }</pre>
            </div>
        }
    });
    html! {
        <>
            <p class="soft">{ "Redirect URI of this very site, platform Single-page application: " }<code>{ &typed.plan.address }</code>{ " " }{ copy_button(&typed.plan.address, "Copy", "Redirect URI") }</p>
            <div class="row" role="group" aria-label="Tool">{ for tools }</div>
            { for texts }
        </>
    }
}

fn config(typed: &Typed, change: &Change) -> Html {
    let text = typed.plan.config();
    let flaws = typed.plan.reader().err().unwrap_or_default();
    let flaws = flaws.into_iter().map(|flaw| {
        let problem = domain::problem::Problem::from(flaw);
        html! { <p class="err">{ problem.what }{ " " }{ problem.remedy }</p> }
    });
    let save = {
        let bytes = text.clone().into_bytes();
        Callback::from(move |_: MouseEvent| {
            let file = File {
                path: "config.json".to_owned(),
                mime: "application/json".to_owned(),
                bytes: bytes.clone(),
            };
            let _ = files::download(&file, &[]);
        })
    };
    html! {
        <>
            <div class="fields">
                { clouds(typed, change) }
                { field(typed, change, "su-tenant", "Tenant: its id, a verified domain, or organizations", |t| &mut t.plan.tenant) }
                { field(typed, change, "su-reader", "Client id of the registration that reads", |t| &mut t.plan.reader) }
                if typed.two { { field(typed, change, "su-writer", "Client id of the one for writing (may stay empty)", |t| &mut t.plan.writer) } }
            </div>
            <div role="status">{ for flaws }</div>
            <pre class="code snippet" tabindex="0" role="region" aria-label="config.json">{ &text }</pre>
            <p class="row">{ copy_button(&text, "Copy", "config.json") }
                <button type="button" class="btn ghost" onclick={save}>{ icon_s("download") }{ "Download" }</button></p>
            <p class="soft">{ "It belongs into static/config.json before the site is built: the page’s policy is made for the hosts of its cloud. With the same cloud, config.json alone can be replaced afterwards." }</p>
        </>
    }
}

fn clouds(typed: &Typed, change: &Change) -> Html {
    let onchange = {
        let (typed, change) = (typed.clone(), change.clone());
        Callback::from(move |event: Event| {
            let picked = chosen(&event).and_then(|at| cloud::find(cloud::ids().nth(at)?));
            if let Some(cloud) = picked {
                let mut next = typed.clone();
                next.plan.cloud = cloud;
                change.emit(next);
            }
        })
    };
    let options = cloud::ids().filter_map(cloud::find).map(|cloud| {
        html! { <option selected={cloud.id == typed.plan.cloud.id}>{ cloud.name }</option> }
    });
    html! { <div class="field"><label for="su-cloud">{ "Cloud" }</label><select id="su-cloud" class="in" {onchange}>{ for options }</select></div> }
}

fn field(
    typed: &Typed,
    change: &Change,
    id: &'static str,
    words: &'static str,
    of: fn(&mut Typed) -> &mut String,
) -> Html {
    let mut now = typed.clone();
    let value = of(&mut now).clone();
    let (typed, change) = (typed.clone(), change.clone());
    let oninput = Callback::from(move |event: InputEvent| {
        let mut next = typed.clone();
        *of(&mut next) = field_text(&event);
        change.emit(next);
    });
    html! { <div class="field"><label for={id}>{ words }</label><input {id} class="in" type="text" spellcheck="false" autocomplete="off" {value} {oninput}/></div> }
}

fn consent(typed: &Typed) -> Html {
    let n = typed.plan.scopes(Role::Reader).len();
    match typed.plan.consent() {
        None => {
            html! { <p class="soft">{ "The link stands here as soon as tenant and client id are in step 3." }</p> }
        }
        Some(url) => html! {
            <>
                <p class="soft">{ format!("For the whole organization, exactly the {n} permissions of the features that are chosen above. Until then each person would have to be asked, and most of these only an administrator can accept.") }</p>
                <pre class="code snippet" tabindex="0" role="region" aria-label="Consent link">{ &url }</pre>
                <p class="row">{ copy_button(&url, "Copy the link", "Link") }<a class="btn" href={url} rel="noreferrer">{ "I am an administrator: accept at Microsoft" }</a></p>
            </>
        },
    }
}

fn people() -> Html {
    html! {
        <>
            <p class="soft">{ "Consent for the organization lets everybody in it get a token, bounded by their own roles. So: Enterprise applications, Plumbline, Properties, " }<b>{ "Assignment required: Yes" }</b>{ " (the command-line texts above set it), then Users and groups. Assigning a group needs Entra ID P1, and members of nested groups are not let in." }</p>
            <p class="soft">{ "A Conditional Access policy to start from, in report-only mode. It reaches people rather than this app, because Entra judges what is called, and that is Microsoft Graph. Look into the sign-in log before it is enforced, and leave your emergency accounts out." }</p>
            <pre class="code snippet" tabindex="0" role="region" aria-label="Conditional Access policy">{ CONDITIONAL_ACCESS }</pre>
            <p>{ copy_button(CONDITIONAL_ACCESS, "Copy", "Policy") }</p>
        </>
    }
}
