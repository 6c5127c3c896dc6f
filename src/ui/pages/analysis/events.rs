//! The audit logs as a list: who changed what and when, with before and after beside it.

use domain::policy::dates;
use domain::protocol::{AuditChange, AuditDetail, AuditLine, AuditResource, Event};
use yew::prelude::*;

use super::list::{Rows, empty, filter, go, pane, row, rows, tag, two};
use super::{Parts, Props};
use crate::ui::components::table::{Column, Row, Table, source};
use crate::ui::components::{badge, button, failed, id_chip, link_button, minute, sign, toggle};
use crate::ui::dom::intl;
use crate::ui::pages::audit;
use crate::ui::pages::compare::diff;
use crate::ui::route::{Route, Tab, View};
use crate::ui::state::{Action, AnalysisAction, Which, sorted};

const fn sorting(id: &'static str, title: &'static str, class: &'static str) -> Column {
    Column {
        id,
        title,
        class,
        sorts: true,
    }
}

const COLUMNS: &[Column] = &[
    sorting("at", "When", "c-v"),
    sorting("who", "Who", "c-v"),
    sorting("what", "What", "c-v"),
    sorting("object", "Object", "c-set"),
];

/// How far back, in days.
const BACK: [(&str, i64); 4] = [
    ("7 days", 7),
    ("30 days", 30),
    ("90 days", 90),
    ("A year", 365),
];

/// The page.
pub fn parts(props: &Props) -> Parts {
    let found = rows(props, lines, line);
    let beside = props.view.row.map(|_| {
        let content = props.analysis.event.draw("Reading the event", whole);
        pane("Event", "Audit", content)
    });
    Parts {
        over: over(props),
        list: list(props, found),
        beside,
    }
}

fn lines(event: &Event) -> Option<(u32, u32, &[AuditLine])> {
    match event {
        Event::Audit(w) => Some((w.matching, w.from, &w.lines)),
        _ => None,
    }
}

fn line(line: &AuditLine) -> Row {
    let log = if line.intune { "Intune" } else { "Entra" };
    let who = if line.who.is_empty() {
        html! { <span class="none">{ "the log does not say" }</span> }
    } else {
        two(&line.who, if line.app { "application" } else { "" })
    };
    let kind = match line.more {
        0 => line.kind.clone(),
        n => format!("{} · and {n} more", line.kind),
    };
    let cells = vec![
        html! { <div class="two"><span>{ minute(&line.at) }</span><span class="why">{ log }</span></div> },
        who,
        html! { <>{ two(&line.what, "") }{ tag("warn", "did not succeed", line.failed) }</> },
        two(&line.object, &kind),
    ];
    row(&line.what, cells)
}

fn list(props: &Props, found: Option<Rows>) -> Html {
    let analysis = &props.analysis;
    if let Some(problem) = analysis.answer.problem() {
        return html! { <div class="scroll">{ failed(problem, "", html! {}) }</div> };
    }
    let nothing = |words: Html| html! { <div class="scroll">{ words }</div> };
    match found {
        Some(found) if found.total > 0 => {
            let (column, down) = sorted(&props.view);
            html! {
                <Table which={Which::Analysis} name="Audit events" class="cmp ana audit" source={source(found)} columns={COLUMNS}
                    state={analysis.table.clone()} on_open={Action::Analysis(AnalysisAction::Open)} open={props.view.row}
                    sort={Some((column.to_owned(), down))} on_sort={Some(sort as fn(&'static str) -> Action)}/>
            }
        }
        None => nothing(html! { <p class="state soft" role="status">{ "One moment …" }</p> }),
        Some(_) if props.audit.read.get().is_none() => nothing(
            html! { <p class="state soft">{ "No audit log was read yet. Choose above how far back." }</p> },
        ),
        Some(_) if !props.view.about.is_empty() => nothing(
            html! { <p class="state soft">{ "No event that was read is about this object." }</p> },
        ),
        Some(_) => nothing(empty(
            &props.view,
            "No events",
            "The logs have no event in this time.",
        )),
    }
}

fn sort(column: &'static str) -> Action {
    Action::Analysis(AnalysisAction::Sort(column))
}

fn over(props: &Props) -> Html {
    let view = &props.view;
    let window = match props.analysis.answer.get() {
        Some(Event::Audit(window)) => Some(window),
        _ => None,
    };
    let shown = |word, words| {
        toggle(
            view.shows(word),
            "",
            html! { { words } },
            go(view.toggled(word)),
        )
    };
    let all = View {
        about: String::new(),
        row: None,
        ..view.clone()
    };
    let (total, matching) = window.map_or((0, 0), |w| (w.total, w.matching));
    html! {
        <>
            <section class="sheet gauge" aria-label="Audit logs">
                <p role="status"><b>{ intl::number(matching) }</b>{ format!(" of {} events", intl::number(total)) }
                    if !view.about.is_empty() { { " are about one object " }{ id_chip(&view.about, "Object id") }{ button("ghost", "", "Show all", go(all)) } }</p>
                // The comparer takes what is read: it has to be there first.
                if window.is_some() { { audit::reading(&props.audit, &props.session, &props.snapshot, &back()) } }
            </section>
            <div class="toolbar">
                { filter(view, "Find in people, activities and objects") }
                <div class="keys" role="group" aria-label="Show">{ shown("intune", "Intune") }{ shown("entra", "Entra") }{ shown("failed", "did not succeed") }</div>
            </div>
        </>
    }
}

/// What can be read: the words of a button, from when, until when.
fn back() -> Vec<(&'static str, String, String)> {
    let to = intl::now_iso();
    let now = dates::seconds(&to).unwrap_or_default();
    let one =
        |(words, days): (&'static str, i64)| (words, dates::iso(now - days * 86_400), to.clone());
    BACK.map(one).into()
}

fn whole(event: &AuditDetail) -> Html {
    let line = &event.line;
    let facts = event.facts.iter().filter(|(_, text)| !text.is_empty());
    html! {
        <>
            <header><p>{ badge("line", if line.intune { "Intune" } else { "Entra" }) }{ tag("warn", "did not succeed", line.failed) }</p>
                <h2>{ &line.what }</h2></header>
            <section aria-labelledby="e-who"><h3 id="e-who">{ "Who and when" }</h3><dl class="kv eq">
                <dt>{ "Who" }</dt><dd>{ if line.who.is_empty() { "The log does not say" } else { &line.who } }</dd>
                if !event.through.is_empty() { <dt>{ "With" }</dt><dd>{ &event.through }</dd> }
                <dt>{ "When" }</dt><dd>{ minute(&line.at) }</dd>
                { for facts.map(|(name, text)| html! { <><dt>{ name }</dt><dd>{ text }</dd></> }) }
            </dl></section>
            { for event.resources.iter().map(resource) }
        </>
    }
}

fn resource(of: &AuditResource) -> Html {
    let name = if of.name.is_empty() {
        "Without a name"
    } else {
        &of.name
    };
    let about = View {
        about: of.id.clone(),
        ..View::of(Tab::Audit)
    };
    html! {
        <section><h3>{ name }</h3>
            <p class="soft">{ &of.kind }</p>
            if !of.id.is_empty() {
                <p class="row">{ id_chip(&of.id, "Object id") }
                    { link_button("", "policy", &Route::policy(&of.id, 0), "Open in the inventory") }
                    { link_button("", "clock", &Route::Analysis(about), "All its events") }</p>
            }
            if of.changes.is_empty() { <p class="soft">{ "The log names no property." }</p> }
            else { { for of.changes.iter().map(change) } }
        </section>
    }
}

fn change(of: &AuditChange) -> Html {
    let value = |word: &'static str, value: &Option<String>| {
        let shown = match value.as_deref() {
            None => html! { <span class="none">{ "not said" }</span> },
            Some("") => html! { <span class="none">{ "empty" }</span> },
            Some(text) => html! { { text } },
        };
        html! { <><dt>{ word }</dt><dd class="wrap">{ shown }</dd></> }
    };
    html! {
        <div class="stack tight">
            <p>{ sign("diff", "m-diff", of.name.clone()) }</p>
            if of.lines.is_empty() { <dl class="kv eq">{ value("Before", &of.before) }{ value("After", &of.after) }</dl> }
            else { { diff(&of.lines, ["Before", "After"]) } }
        </div>
    }
}
