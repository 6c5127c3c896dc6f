//! The top bar: what is open, search, how old it is, account.

use std::rc::Rc;

use domain::protocol::SnapshotInfo;
use yew::prelude::*;

use crate::ui::components::{age, icon_button, icon_s, on};
use crate::ui::dom::intl;
use crate::ui::route::Route;
use crate::ui::state::{
    Action, Main, MainAction, Overlay, Session, SessionAction, ShellAction, Theme,
};

/// What the top bar needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is open.
    pub main: Rc<Main>,
    /// Who.
    pub session: Session,
    /// Light or dark.
    pub theme: Theme,
    /// No network.
    pub offline: bool,
}

/// The top bar.
#[component]
pub fn TopBar(props: &Props) -> Html {
    let search = on(Action::Shell(ShellAction::Open(Overlay::Search)));
    html! {
        <header class="top">
            { tenant(props.main.info.get()) }
            <span class="grow"/>
            <button class="find" type="button" onclick={search} aria-keyshortcuts="Control+K">
                { icon_s("search") }<span class="cut">{ "Search policies and settings" }</span><span class="grow w-s"/><kbd class="w-m">{ "Ctrl K" }</kbd>
            </button>
            if props.offline {
                <span class="badge warn">{ icon_s("offline") }<span class="w-m">{ "No connection" }</span></span>
            }
            { snapshot(props) }
            { account(props) }
        </header>
    }
}

fn tenant(info: Option<&SnapshotInfo>) -> Html {
    let Some(info) = info else {
        return html! { <div class="tenant"><b class="cut">{ "Nothing open" }</b></div> };
    };
    // A colour of its own for every tenant, so that two windows are never confused.
    let key = if info.tenant_id.is_empty() {
        &info.label
    } else {
        &info.tenant_id
    };
    let colour = ["t1", "t2", "t3", "t4"][key.bytes().map(usize::from).sum::<usize>() % 4];
    let (symbol, word, title) = match info.source.as_str() {
        "tenant" => (
            "lock",
            "read",
            "Only requests in the read table can be sent",
        ),
        "demo" => ("policy", "demo", "A made-up tenant"),
        _ => ("folder", "files", "Opened from files"),
    };
    html! {
        <div class={classes!("tenant", colour)}>
            <span class="dot" aria-hidden="true"/><b class="cut" title={info.label.clone()}>{ &info.label }</b>
            <span class="quiet w-m cut">{ &info.domain }</span>
            <span class="badge line" {title}>{ icon_s(symbol) }{ word }</span>
        </div>
    }
}

fn snapshot(props: &Props) -> Html {
    let Some(info) = props.main.info.get() else {
        return html! {};
    };
    let may_read = props.session.account().is_some() && !props.main.info.loading();
    let again = may_read.then(|| {
        icon_button(
            "refresh",
            "Read the tenant again",
            Action::Main(MainAction::ReadTenant),
        )
    });
    html! {
        <div class="snap">
            if !info.taken_at.is_empty() { <span class="w-m">{ "Snapshot " }{ age(&info.taken_at) }</span> }
            { again }
        </div>
    }
}

fn account(props: &Props) -> Html {
    let name = match &props.session {
        Session::In { account, .. } => format!("Account: {}", account.username),
        _ => "Account and theme".to_owned(),
    };
    html! {
        <details class="menu">
            <summary class="btn ghost ic" title={name.clone()}>{ icon_s("user") }<span class="vh">{ name }</span></summary>
            <div class="pop"><ul class="opts">
                { who(&props.session) }
                <li><a href={Route::Trust.hash()}>{ icon_s("shield") }{ "Permissions in hand" }</a></li>
                if props.main.info.get().is_some() { { entry("download", "Save the snapshot", Action::Main(MainAction::Save)) } }
                { doors(&props.session) }
                <li class="label">{ "Theme" }</li>
                { theme(props.theme, Theme::System, "As the system") }
                { theme(props.theme, Theme::Light, "Light") }
                { theme(props.theme, Theme::Dark, "Dark") }
            </ul></div>
        </details>
    }
}

fn who(session: &Session) -> Html {
    let Session::In { account, until, .. } = session else {
        return html! { <li class="label">{ "Nobody is signed in" }</li> };
    };
    let n = account.scopes.len();
    html! {
        <>
            <li class="label">{ &account.username }</li>
            <li class="label">{ n }{ " permissions in hand, until " }{ intl::moment(*until) }</li>
        </>
    }
}

/// Locking and signing out, or signing in.
fn doors(session: &Session) -> Html {
    if session.account().is_some() {
        return html! {
            <>
                { entry("lock", "Lock", Action::Session(SessionAction::Lock)) }
                { entry("external", "Sign out and forget", Action::Session(SessionAction::SignOut)) }
            </>
        };
    }
    let features = Vec::new();
    entry(
        "windows",
        "Sign in with Microsoft",
        Action::Session(SessionAction::SignIn { features }),
    )
}

fn theme(now: Theme, theme: Theme, words: &'static str) -> Html {
    let action = Action::Shell(ShellAction::Theme(theme));
    let pressed = if now == theme { "true" } else { "false" };
    html! {
        <li><button type="button" class="opt" aria-pressed={pressed} onclick={on(action)}>
            { icon_s(if now == theme { "check" } else { "blank" }) }{ words }
        </button></li>
    }
}

fn entry(symbol: &'static str, words: &'static str, action: Action) -> Html {
    html! { <li><button type="button" class="opt" onclick={on(action)}>{ icon_s(symbol) }{ words }</button></li> }
}
