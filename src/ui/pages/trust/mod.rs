//! What this page has done, and what holds it.

mod files;
mod held;
mod holds;

use domain::arrange::Arrange;
use std::rc::Rc;

use domain::protocol::{LedgerEntry, RIGHTS_DAYS, Ready};
use yew::prelude::*;

use files::Files;
use held::Held;
use holds::Holds;

use crate::ui::components::table::{Column, Row, Source, Table, address, source as rows};
use crate::ui::components::{badge, badge_mark, button, link};
use crate::ui::dom::intl;
use crate::ui::route::Route;
use crate::ui::state::{
    Action, Main, Session, SessionAction, ShellAction, Stored, Trust as State, Which,
};
use crate::ui::words;

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The engine and its configuration.
    pub ready: Option<Rc<Ready>>,
    /// Who.
    pub session: Session,
    /// Ledger and storage.
    pub trust: Rc<State>,
    /// What is open.
    pub main: Rc<Main>,
    /// Files are saved encrypted.
    pub sealed: bool,
}

/// The page.
#[component]
pub fn Trust(props: &Props) -> Html {
    let entries = props.trust.ledger.get().map_or(&[][..], Vec::as_slice);
    html! {
        <>
            <div class="title"><h1>{ "Trust" }</h1><p>{ "What this page has done, and what holds it." }</p><span class="grow"/>
                { button("ghost", "refresh", "Look again", Action::Shell(ShellAction::Ledger)) }</div>
            { tabs(&Route::Trust) }
            { figures(entries, props.trust.stored) }
            <div class="cols">
                <div class="stack"><Holds ready={props.ready.clone()}/>{ scopes(props) }</div>
                <div class="stack"><Held stored={props.trust.stored.unwrap_or_default()} saved={props.trust.saved}/>{ memory(props) }</div>
            </div>
            <Files ready={props.ready.clone()} loaded={props.trust.loaded.clone()}/>
            { ledger(props) }
        </>
    }
}

/// The pages of Trust, as a line of links.
pub fn tabs(here: &Route) -> Html {
    let tab = |to: Route, words: &'static str| {
        let now = std::mem::discriminant(&to) == std::mem::discriminant(here);
        html! { <a href={to.hash()} aria-current={now.then_some("page")}>{ words }</a> }
    };
    html! {
        <nav class="tabs" aria-label="Trust">
            { tab(Route::Trust, "What this page has done") }
            { for [Route::Access, Route::Mine, Route::Rights(RIGHTS_DAYS), Route::Permissions, Route::SetUp, Route::Threats].map(|to| { let words = words::page(&to); tab(to, words) }) }
        </nav>
    }
}

fn figures(entries: &[LedgerEntry], stored: Option<Stored>) -> Html {
    let mut hosts: Vec<&str> = entries.iter().map(|e| e.origin.as_str()).collect();
    hosts.arrange();
    hosts.dedup();
    let kept = stored.map_or(0, |s| s.cookies + s.local + s.session);
    let figure = |n: usize, words: &'static str| {
        let n = intl::number(u32::try_from(n).unwrap_or(u32::MAX));
        html! { <div><dt>{ words }</dt><dd>{ n }</dd></div> }
    };
    html! {
        <dl class="figs">
            { figure(entries.len(), "requests sent") }
            { figure(hosts.len(), "origins reached") }
            { figure(kept as usize, "items kept by the page") }
        </dl>
    }
}

fn scopes(props: &Props) -> Html {
    let Some(account) = props.session.account() else {
        return html! {
            <section class="sheet" aria-labelledby="h-s"><header><h2 id="h-s">{ "Permissions in hand" }</h2></header>
                <p class="body soft">{ "None: nobody is signed in. " }{ link(&Route::Permissions, "Why each permission") }</p></section>
        };
    };
    let why = |scope: &str| {
        let features = props
            .ready
            .iter()
            .flat_map(|r| &r.features)
            .flat_map(|f| &f.scopes);
        features
            .filter(|(s, _)| s.eq_ignore_ascii_case(scope))
            .map(|(_, why)| why.clone())
            .next()
            .unwrap_or_default()
    };
    let row = |scope: &String, mark: Html| html! { <tr><td>{ mark }</td><th scope="row"><code>{ scope }</code></th><td>{ why(scope) }</td></tr> };
    let granted = account.scopes.iter().map(|scope| {
        let excess = account.excess.contains(scope);
        row(
            scope,
            if excess {
                badge_mark("warn", "warning", "can change things")
            } else {
                badge_mark("ok", "check", "granted")
            },
        )
    });
    let missing = account
        .missing
        .iter()
        .map(|scope| row(scope, badge_mark("unkn", "m-unkn", "not granted")));
    html! {
        <section class="sheet" aria-labelledby="h-s">
            <header><h2 id="h-s">{ "Permissions in hand" }</h2><p class="quiet">{ "as the token response said" }</p></header>
            <table class="tbl tall stacks"><thead class="vh"><tr><th scope="col">{ "State" }</th><th scope="col">{ "Permission" }</th><th scope="col">{ "Used for" }</th></tr></thead><tbody>{ for granted }{ for missing }</tbody></table>
            <footer>{ "Plumbline sends only what is in its read table, whatever the token allows. " }{ link(&Route::Permissions, "Why each permission") }</footer>
        </section>
    }
}

fn memory(props: &Props) -> Html {
    let token = match &props.session {
        Session::In { until, .. } => format!("1, ends {}", intl::moment(*until)),
        _ => "none".to_owned(),
    };
    let open = props.main.info.get().map_or("nothing".to_owned(), |i| {
        format!("{}, {} policies", i.label, intl::number(i.policies))
    });
    let lock = props.session.account().is_some().then(|| {
        button(
            "",
            "lock",
            "Lock and forget",
            Action::Session(SessionAction::Lock),
        )
    });
    html! {
        <section class="sheet" aria-labelledby="h-m">
            <header><h2 id="h-m">{ "In memory" }</h2></header>
            <div class="body stack"><dl class="kv eq">
                <dt>{ "Access token" }</dt><dd>{ token }</dd><dt>{ "Refresh token" }</dt><dd>{ "none, never asked for" }</dd>
                <dt>{ "Passphrase" }</dt><dd>{ if props.sealed { "1, for files that are saved" } else { "none" } }</dd><dt>{ "Open" }</dt><dd>{ open }</dd>
            </dl><p class="row">{ lock }</p></div>
        </section>
    }
}

const COLUMNS: &[Column] = &[
    Column {
        id: "route",
        title: "Path",
        class: "c-route mono",
        sorts: false,
    },
    Column {
        id: "method",
        title: "Method",
        class: "c-method",
        sorts: false,
    },
    Column {
        id: "status",
        title: "Answer",
        class: "c-status",
        sorts: false,
    },
    Column {
        id: "origin",
        title: "Origin",
        class: "c-origin",
        sorts: false,
    },
    Column {
        id: "at",
        title: "At",
        class: "c-time num",
        sorts: false,
    },
    Column {
        id: "took",
        title: "Took",
        class: "c-time num",
        sorts: false,
    },
    Column {
        id: "bytes",
        title: "Size",
        class: "c-time num",
        sorts: false,
    },
    Column {
        id: "why",
        title: "Why",
        class: "c-why",
        sorts: false,
    },
];

/// The ledger, newest first.
struct Entries(Rc<Vec<LedgerEntry>>);

impl Source for Entries {
    fn total(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    fn stamp(&self) -> (usize, String) {
        (address(Some(&self.0)), String::new())
    }

    fn row(&self, at: u32) -> Option<Row> {
        let entry = self.0.get(self.0.len().checked_sub(at as usize + 1)?)?;
        Some(Row {
            cells: vec![
                html! { <span title={entry.route.clone()}>{ &entry.route }</span> },
                badge("line", entry.method.clone()),
                answer(entry.status),
                html! { { &entry.origin } },
                html! { { format!("{}.{} s", intl::number(entry.at / 1000), entry.at % 1000 / 100) } },
                html! { { format!("{} ms", intl::number(entry.took)) } },
                html! { { words::bytes(entry.bytes) } },
                html! { <span title={entry.why.clone()}>{ &entry.why }</span> },
            ],
            ..Row::default()
        })
    }
}

fn answer(status: u16) -> Html {
    match status {
        0 => badge_mark("bad", "warning", "none"),
        429 => badge_mark("warn", "clock", "429"),
        200..400 => badge_mark("ok", "check", status.to_string()),
        _ => badge_mark("bad", "warning", status.to_string()),
    }
}

fn ledger(props: &Props) -> Html {
    let content = match &props.trust.ledger.value {
        Some(entries) if !entries.is_empty() => html! {
            <Table which={Which::Ledger} name="Requests" class="big ledger" source={rows(Entries(entries.clone()))} columns={COLUMNS} state={props.trust.table.clone()}/>
        },
        _ => html! { <p class="body soft">{ "No request was sent yet." }</p> },
    };
    html! {
        <section class="sheet after ledger-sheet" aria-labelledby="h-l">
            <header><h2 id="h-l">{ "Requests" }</h2><p class="quiet">{ "Newest first. Addresses are templates: ids are left out." }</p><span class="grow"/>
                { button("ghost", "download", "Save as CSV", Action::Shell(ShellAction::SaveLedger)) }</header>
            { content }
        </section>
    }
}
