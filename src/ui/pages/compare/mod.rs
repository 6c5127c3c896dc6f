//! A baseline beside the tenant, setting by setting.

mod choose;
mod detail;
mod gauge;
mod rules;
mod source;

use std::rc::Rc;

use domain::protocol::{CompareSummary, GroupBy, SnapshotInfo};
use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::ui::components::table::{Column, Table, source as rows};
use crate::ui::components::{
    Splitter, button, choice, failed, field_text, icon_s, link_button, state_page,
};
use crate::ui::effects::send;
use crate::ui::route::Route;
use crate::ui::state::{Action, Compare as State, CompareAction, DEFAULT_STATES, GROUPS, Which};
use source::Lines;

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Baseline and comparison.
    pub compare: Rc<State>,
    /// The setting beside the list.
    pub row: Option<u32>,
    /// What is open.
    pub snapshot: Rc<SnapshotInfo>,
}

const COLUMNS: &[Column] = &[
    Column {
        id: "state",
        title: "State",
        class: "c-st",
        sorts: false,
    },
    Column {
        id: "setting",
        title: "Setting",
        class: "c-set",
        sorts: false,
    },
    Column {
        id: "left",
        title: "Baseline",
        class: "c-v",
        sorts: false,
    },
    Column {
        id: "right",
        title: "Tenant",
        class: "c-v",
        sorts: false,
    },
];

/// The page.
#[component]
pub fn Compare(props: &Props) -> Html {
    let compare = &props.compare;
    let Some(summary) = compare.summary.value.clone() else {
        return choose::choose(compare, &props.snapshot);
    };
    let open = props.row.is_some();
    html! {
        <>
            <div class={classes!("over", open.then_some("list-only"))}>
                { title(&summary, compare) }
                { gauge::gauge(&summary, compare) }
                { toolbar(compare) }
                if compare.rules { { rules::rules(&summary, compare) } }
            </div>
            <div class={classes!("split", open.then_some("beside"))}>
                { table(props) }
                if open { <Splitter/>{ detail::detail(compare) } }
            </div>
        </>
    }
}

fn say(action: CompareAction) -> Action {
    Action::Compare(action)
}

fn title(summary: &CompareSummary, compare: &State) -> Html {
    let files = compare
        .baseline
        .get()
        .map(|b| format!(" ({} policies)", b.policies));
    html! {
        <div class="title">
            <h1>{ "Compare" }</h1>
            <p>{ &summary.left }<span class="quiet">{ files }</span>{ " with " }{ &summary.right }</p>
            { button("ghost", "", "Another baseline", say(CompareAction::Another)) }
            if compare.summary.loading() { <span class="soft" role="status">{ "Comparing …" }</span> }
        </div>
    }
}

fn toolbar(compare: &State) -> Html {
    let oninput = Callback::from(|event: InputEvent| {
        send(say(CompareAction::Query(field_text(&event))));
    });
    let onchange = Callback::from(|event: Event| {
        let chosen = event
            .target()
            .and_then(|t| t.dyn_into::<web_sys::HtmlSelectElement>().ok());
        let at = chosen.and_then(|s| usize::try_from(s.selected_index()).ok());
        if let Some((group, _)) = at.and_then(|at| GROUPS.get(at)) {
            send(say(CompareAction::Group(*group)));
        }
    });
    let options = GROUPS.iter().map(|(group, words)| {
        let selected = *group == compare.query.group;
        html! { <option {selected}>{ *words }</option> }
    });
    let types = choice(
        compare.options.only_baseline_types,
        "Only types of the baseline",
        say(CompareAction::BaselineTypesOnly),
    );
    html! {
        <div class="toolbar" role="toolbar" aria-label="Comparison">
            <div class="query">
                { icon_s("filter") }
                <input id="query" type="text" aria-label="Filter settings" placeholder="Find in names and values" spellcheck="false" autocomplete="off"
                    value={compare.query.text.clone()} {oninput}/>
            </div>
            <label class="row label">{ "Group by " }<select class="in" {onchange}>{ for options }</select></label>
            { types }
            <span class="grow w-s"/>
            { link_button("", "download", &Route::Reports, "Report") }
        </div>
    }
}

fn table(props: &Props) -> Html {
    let compare = &props.compare;
    if let Some(problem) = compare.summary.problem().or(compare.window.problem()) {
        return html! { <div class="scroll">{ failed(problem, "", html! {}) }</div> };
    }
    let window = compare.window.value.clone();
    if window.as_ref().is_some_and(|w| w.matching == 0) {
        return html! { <div class="scroll">{ empty(compare) }</div> };
    }
    let source = Lines {
        window,
        by_policy: compare.query.group == GroupBy::Policy,
    };
    let open = props.row.and_then(|row| source.place(row));
    html! {
        <Table which={Which::Compare} name="Settings" class="cmp" source={rows(source)} columns={COLUMNS}
            state={compare.table.clone()} on_open={say(CompareAction::Open)} tree=true {open}/>
    }
}

fn empty(compare: &State) -> Html {
    let default = compare.query.states == DEFAULT_STATES && compare.query.text.is_empty();
    if default {
        return state_page(
            "ok",
            "m-same",
            "Nothing differs",
            html! {
                <p class="soft">{ "Every setting of the baseline is in the tenant with the same value, and the tenant has no other." }</p>
            },
        );
    }
    let clear = say(CompareAction::Query(String::new()));
    let all = say(CompareAction::Only(DEFAULT_STATES.to_vec()));
    state_page(
        "",
        "filter",
        "No setting matches",
        html! {
            <p class="row">{ button("", "", "Clear the text", clear) }{ button("ghost", "", "Show all that is not the same", all) }</p>
        },
    )
}

/// The same words in the empty state and on the start page.
pub(super) fn dialects() -> Html {
    html! {
        <p class="hint">{ icon_s("info") }{ " IntuneManagement, Open Intune Baseline, Intune admin center, Graph JSON, or a Plumbline snapshot. Nothing is uploaded." }</p>
    }
}
