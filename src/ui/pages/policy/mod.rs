//! One policy: whom it reaches, what it sets, its properties, its document.

mod settings;

use std::rc::Rc;

use domain::protocol::{AssignmentView, PolicyView};
use domain::snapshot::Gap;
use yew::prelude::*;

use crate::ui::components::{
    assigned_mark, badge_mark, button, copy_button, icon_button, icon_s, id_chip, link_button,
    minute, note, toggle,
};
use crate::ui::dom::{self, intl};
use crate::ui::route::{Route, Tab, View};
use crate::ui::state::{Action, Pane, PolicyAction};
use crate::ui::words;

/// What the pane needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The policy.
    pub pane: Rc<Pane>,
}

/// The pane beside the list; a page of its own on a narrow screen.
#[component]
pub fn Policy(props: &Props) -> Html {
    let pane = &props.pane;
    html! {
        <article class="detail" aria-label="Policy" tabindex="0">
            { bar(pane) }
            { pane.view.draw("Opening the policy", |view| html! {
                <>
                    { head(view) }
                    { tabs(view) }
                    { assignments(view) }
                    { settings::section(pane) }
                    { properties(view) }
                    { document(pane) }
                </>
            }) }
        </article>
    }
}

fn bar(pane: &Pane) -> Html {
    let back = Callback::from(|_: MouseEvent| {
        crate::ui::effects::send(Action::Policy(PolicyAction::Close))
    });
    let kind = pane
        .view
        .get()
        .map(|view| view.head.kind.clone())
        .unwrap_or_default();
    let here = dom::window()
        .and_then(|w| w.location().href().ok())
        .unwrap_or_default();
    html! {
        <div class="row bar-row">
            <button type="button" class="btn ghost back" onclick={back}>{ icon_s("chev-left") }{ "Inventory" }</button>
            <span class="crumbs w-m">{ kind }</span><span class="grow"/>
            { copy_button(&here, "Link", "Link to this policy") }
            <span class="x">{ icon_button("close", "Close (Esc)", Action::Policy(PolicyAction::Close)) }</span>
        </div>
    }
}

fn head(view: &PolicyView) -> Html {
    let row = &view.head;
    let with = Route::Analysis(View {
        picked: [Some((0, row.index)), None],
        ..View::of(Tab::Policies)
    });
    let events = Route::Analysis(View {
        about: row.id.clone(),
        ..View::of(Tab::Audit)
    });
    html! {
        <header>
            <h2>{ &row.name }</h2>
            <div class="row">
                if !row.platform.is_empty() { { badge_mark("", words::platform_icon(&row.platform), row.platform.clone()) } }
                <span class="badge">{ assigned_mark(row) }</span>
            </div>
            <div class="row">
                { button("", "download", "Save JSON", Action::Policy(PolicyAction::SaveRaw)) }
                { link_button("", "compare", &with, "Compare with …") }
                if !row.id.is_empty() { { link_button("", "clock", &events, "Audit events") } }
            </div>
            { for view.gaps.iter().map(|(child, gap)| gap_note(child, gap)) }
        </header>
    }
}

/// A part that is not known, and why.
fn gap_note(what: &str, gap: &Gap) -> Html {
    note(
        "unkn",
        "m-unkn",
        html! {
            <p><b>{ what }{ " not known." }</b>{ " " }{ words::gap(gap).0 }{ " " }<span class="mono">{ &gap.detail }</span></p>
        },
    )
}

fn tabs(view: &PolicyView) -> Html {
    let count = |n: Option<usize>| n.map_or("?".to_owned(), |n| n.to_string());
    let tab = |to: &'static str, words: &'static str, n: Option<String>| {
        let onclick = Callback::from(move |_: MouseEvent| {
            if let Some(section) = dom::by_id(to) {
                section.scroll_into_view();
                dom::focus(to);
            }
        });
        html! { <button type="button" {onclick}>{ words }if let Some(n) = n { { " " }<span class="quiet">{ n }</span> }</button> }
    };
    html! {
        <nav class="tabs" aria-label="Parts of this policy">
            { tab("p-asg", "Assignments", Some(count(view.assignments.as_ref().ok().map(Vec::len)))) }
            { tab("p-set", "Settings", Some(view.head.settings.map_or("?".to_owned(), intl::number))) }
            { tab("p-prop", "Properties", None) }
            { tab("p-raw", "JSON", None) }
        </nav>
    }
}

fn assignments(view: &PolicyView) -> Html {
    let content = match &view.assignments {
        Err(gap) => gap_note("Assignments are", gap),
        Ok(list) if list.is_empty() => {
            let mark = words::assigned(view.head.assigned);
            html! { <p><span class={classes!("st", "as", mark.class)}>{ icon_s(mark.icon) }{ mark.word }</span></p> }
        }
        Ok(list) => {
            // Apps only: nothing else is required or available.
            let intents = list.iter().any(|one| !one.intent.is_empty());
            html! {
            <table class="tbl tall">
                <thead><tr><th scope="col">{ "Group" }</th><th scope="col">{ "Filter" }</th>
                    if intents { <th scope="col">{ "Intent" }</th> }
                </tr></thead>
                <tbody>{ for list.iter().map(|one| assignment(one, intents)) }</tbody>
            </table>
            }
        }
    };
    html! { <section id="p-asg" tabindex="-1" aria-labelledby="h-a"><h3 id="h-a">{ "Assignments" }</h3>{ content }</section> }
}

fn assignment(one: &AssignmentView, intents: bool) -> Html {
    let symbol = if one.excluded { "a-out" } else { "a-in" };
    let name = if one.name.is_empty() {
        one.target.clone()
    } else {
        one.name.clone()
    };
    // Where nobody is named, the kind of target says so itself.
    let says = one.name.is_empty() && one.target.starts_with("Excluded");
    // A group whose name could not be read is shown by its id.
    let nameless = one.name.is_empty() && !one.id.is_empty();
    let filter = one.filter.as_ref().map_or_else(
        || html! { <span class="quiet">{ "none" }</span> },
        |(name, mode)| html! { <>{ mode }{ " " }<b>{ name }</b></> },
    );
    html! {
        <tr>
            <th scope="row"><span class="st as wrap">{ icon_s(symbol) }<span>
                { name }if one.excluded && !says { { " " }<span class="quiet">{ "excluded" }</span> }
                if nameless { <br/>{ id_chip(&one.id, "Group id") } }
            </span></span></th>
            <td>{ filter }</td>
            if intents { <td>{ &one.intent }</td> }
        </tr>
    }
}

fn properties(view: &PolicyView) -> Html {
    let row = &view.head;
    let line =
        |title: &'static str, content: Html| html! { <><dt>{ title }</dt><dd>{ content }</dd></> };
    let text = |title: &'static str, text: &str| {
        if text.is_empty() {
            html! {}
        } else {
            line(title, html! { { text } })
        }
    };
    html! {
        <section id="p-prop" tabindex="-1" aria-labelledby="h-p"><h3 id="h-p">{ "Properties" }</h3>
            <dl class="kv eq">
                { text("Type", &row.kind) }
                { text("Graph type", &view.odata_type) }
                { text("Scope tags", &row.scope_tags) }
                if !row.modified.is_empty() { { line("Modified", minute(&row.modified)) } }
                if !view.created.is_empty() { { line("Created", minute(&view.created)) } }
                { text("Description", &view.description) }
                { text("File", &view.place) }
                if !row.id.is_empty() { { line("Id", id_chip(&row.id, "Policy id")) } }
            </dl>
        </section>
    }
}

fn document(pane: &Pane) -> Html {
    let shown = pane.raw.get().is_some() || pane.raw.loading();
    let content = if shown || pane.raw.problem().is_some() {
        pane.raw.draw("Fetching the document", |text| html! {
            <>
                <p>{ copy_button(text, "Copy JSON", "The document") }</p>
                <pre class="code" tabindex="0" role="region" aria-label="Document">{ text }</pre>
            </>
        })
    } else {
        toggle(
            false,
            "",
            html! { { "Show the document" } },
            Action::Policy(PolicyAction::Raw),
        )
    };
    html! { <section id="p-raw" tabindex="-1" aria-labelledby="h-j"><h3 id="h-j">{ "JSON" }</h3>{ content }</section> }
}
