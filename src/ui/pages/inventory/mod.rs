//! The list of everything, and a policy beside it.

mod query;
mod source;

use std::rc::Rc;

use domain::protocol::{RowsWindow, SnapshotInfo};
use yew::prelude::*;

use super::policy::Policy;
use crate::ui::components::table::{Column, Table, column_menu, source as rows};
use crate::ui::components::{Splitter, button, failed, icon_s, link, on, state_page, toggle};
use crate::ui::dom::intl;
use crate::ui::route::{List, Route};
use crate::ui::state::table::TableMsg;
use crate::ui::state::{Action, Inventory as State, InventoryAction, Pane, Which};
use query::QueryField;
use source::Rows;

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the address says.
    pub list: List,
    /// The list.
    pub inventory: Rc<State>,
    /// The policy beside it.
    pub pane: Rc<Pane>,
    /// What is open.
    pub snapshot: Rc<SnapshotInfo>,
    /// It is the beginning of what is being read.
    pub so_far: bool,
}

const COLUMNS: &[Column] = &[
    Column {
        id: "name",
        title: "Name",
        class: "c-name",
        sorts: true,
    },
    Column {
        id: "assigned",
        title: "Assigned",
        class: "c-asg",
        sorts: true,
    },
    Column {
        id: "type",
        title: "Type",
        class: "c-type",
        sorts: true,
    },
    Column {
        id: "platform",
        title: "Platform",
        class: "c-plat",
        sorts: true,
    },
    Column {
        id: "settings",
        title: "Settings",
        class: "c-n num",
        sorts: true,
    },
    Column {
        id: "tags",
        title: "Scope tags",
        class: "c-tag",
        sorts: true,
    },
    Column {
        id: "modified",
        title: "Modified",
        class: "c-mod num",
        sorts: true,
    },
];

/// The page.
#[component]
pub fn Inventory(props: &Props) -> Html {
    let open = props.list.policy.is_some();
    html! {
        <>
            <div class={classes!("over", open.then_some("list-only"))}>
                { title(props) }
                <div class="toolbar" role="toolbar" aria-label="Policies">
                    <QueryField text={props.list.query.clone()} inventory={props.inventory.clone()}/>
                    { menus() }{ unknown(&props.list) }
                    <span class="grow w-s"/>
                    { selection(props) }
                    { column_menu(Which::Inventory, COLUMNS, &props.inventory.table) }
                    { button("ghost w-s", "download", "Save as CSV", Action::Inventory(InventoryAction::Export)) }
                </div>
                { complaints(props.inventory.window.get()) }
            </div>
            <div class={classes!("split", open.then_some("beside"))}>
                { table(props) }
                if open {
                    <Splitter/>
                    <Policy pane={props.pane.clone()}/>
                }
            </div>
        </>
    }
}

fn title(props: &Props) -> Html {
    let counts = props.inventory.window.get().map(|w| {
        let (total, matching) = w.directory;
        let of = format!(" of {} policies", intl::number(w.total - total));
        let apart = format!(" · {} of {} groups", intl::number(matching), intl::number(total));
        html! { <><b>{ intl::number(w.matching - matching) }</b>{ of }if total > 0 { <span class="quiet">{ apart }</span> }</> }
    });
    let gaps = (props.snapshot.gaps > 0).then(|| {
        let words = format!(" · {} types could not be read whole ", props.snapshot.gaps);
        html! { <><span class="quiet">{ words }</span>{ link(&Route::Overview, "Why") }</> }
    });
    let so_far = if props.so_far { " so far" } else { "" };
    html! { <div class="title"><h1>{ "Inventory" }</h1><p role="status">{ counts }{ so_far }{ gaps }</p></div> }
}

/// Columns that are filtered by choosing a value: what pressing one writes into the query.
fn menus() -> Html {
    let menus = [
        ("Assigned", "assigned:"),
        ("Platform", "platform:"),
        ("Type", "type:"),
        ("Scope tag", "tag:"),
    ];
    let menus = menus.map(|(title, word)| {
        let action = Action::Inventory(InventoryAction::Filter(word));
        html! {
            <button type="button" class="btn w-s" title={format!("Filter by {}", title.to_lowercase())} onclick={on(action)}>
                { title }{ icon_s("chev-down") }
            </button>
        }
    });
    html! { { for menus } }
}

/// What could not be read is a word of the query: pressing this writes it there, or takes it away.
fn unknown(list: &List) -> Html {
    const WORD: &str = "is:unknown";
    let mut words: Vec<&str> = list.query.split_whitespace().collect();
    let has = words.contains(&WORD);
    words.retain(|word| *word != WORD);
    if !has {
        words.push(WORD);
    }
    let to = Route::Inventory(List {
        query: words.join(" "),
        ..list.clone()
    });
    let content = html! { <>{ icon_s("m-unkn") }{ "Unknown" }</> };
    toggle(has, "w-s", content, Action::Go(to))
}

fn selection(props: &Props) -> Html {
    let n = props.inventory.table.count();
    if n == 0 {
        return html! {};
    }
    let clear = Action::Table {
        which: Which::Inventory,
        msg: TableMsg::Clear,
    };
    html! {
        <>
            <span class="label" role="status">{ intl::number(n) }{ " selected" }</span>
            if n == 2 { { button("", "compare", "Compare the two", Action::Inventory(InventoryAction::Compare)) } }
            { button("ghost", "copy", "Copy", Action::Inventory(InventoryAction::Copy)) }
            { button("ghost", "", "Clear", clear) }
        </>
    }
}

fn complaints(window: Option<&RowsWindow>) -> Html {
    let Some(window) = window.filter(|w| !w.complaints.is_empty()) else {
        return html! {};
    };
    let lines = window
        .complaints
        .iter()
        .map(|(word, why)| html! { <li><code>{ word }</code>{ ": " }{ why }</li> });
    html! { <ul class="complaints" id="complaints">{ for lines }</ul> }
}

fn table(props: &Props) -> Html {
    let inventory = &props.inventory;
    if let Some(problem) = inventory.window.problem() {
        return html! { <div class="scroll">{ failed(problem, "", html! {}) }</div> };
    }
    let window = inventory.window.value.clone();
    if let Some(w) = window.as_ref().filter(|w| w.matching == 0) {
        return html! { <div class="scroll">{ empty(w, &props.list) }</div> };
    }
    let open = window.as_ref().and_then(|w| place(w, props));
    html! {
        <Table which={Which::Inventory} name="Policies" class="big" source={rows(Rows { window, list: props.list.clone() })}
            columns={COLUMNS} state={inventory.table.clone()} sort={props.list.order()} selects=true {open}
            on_sort={(|id| Action::Inventory(InventoryAction::Sort(id))) as fn(&'static str) -> Action}
            on_open={Action::Inventory(InventoryAction::Open)} on_copy={Action::Inventory(InventoryAction::Copy)}/>
    }
}

/// The row of the policy that stands beside the list, if it is in the window.
fn place(window: &RowsWindow, props: &Props) -> Option<u32> {
    props.list.policy.as_ref()?;
    let index = props.pane.view.get()?.head.index;
    let at = window.rows.iter().position(|row| row.index == index)?;
    Some(window.from + u32::try_from(at).ok()?)
}

fn empty(window: &RowsWindow, list: &List) -> Html {
    if window.total == 0 {
        return state_page(
            "",
            "inventory",
            "No policies",
            html! {
                <p class="soft">{ "Nothing that could be read is a policy. The overview says what was read and what was not." }</p>
            },
        );
    }
    let clear = Action::Go(Route::Inventory(List {
        query: String::new(),
        ..list.clone()
    }));
    let (groups, _) = window.directory;
    let policies = intl::number(window.total - groups);
    let of = match groups {
        0 => format!("None of {policies} policies matches "),
        _ => format!(
            "None of {policies} policies and {} groups matches ",
            intl::number(groups)
        ),
    };
    state_page(
        "",
        "filter",
        "No policy matches",
        html! {
            <>
                <p class="soft">{ of }<code>{ &list.query }</code>{ "." }</p>
                <p class="row">{ button("", "", "Clear the filter", clear) }</p>
            </>
        },
    )
}
