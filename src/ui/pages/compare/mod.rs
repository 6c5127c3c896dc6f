//! A baseline beside the tenant, setting by setting.

mod accept;
mod choose;
mod detail;
mod gauge;
mod rules;
mod score;
mod source;
mod tabs;

use std::rc::Rc;

use domain::protocol::{GroupBy, SnapshotInfo};
use yew::prelude::*;

pub use accept::accept;
pub(super) use choose::choose;
pub use detail::diff;
pub(super) use gauge::count;
pub(super) use source::setting_row;
pub(super) use tabs::tabs;

use crate::ui::components::table::{Column, Table, source as rows};
use crate::ui::components::{
    Splitter, button, choice, chosen, failed, field_text, icon_s, link_button, state_page,
};
use crate::ui::effects::send;
use crate::ui::route::Route;
use crate::ui::state::{
    Action, Analysis, Compare as State, CompareAction, DEFAULT_STATES, GROUPS, Which,
};
use source::Lines;

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Baseline and comparison.
    pub compare: Rc<State>,
    /// Score and accepted deviations.
    pub analysis: Rc<Analysis>,
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
    let here = Route::Compare(None);
    let Some(summary) = compare.summary.value.clone() else {
        return html! { <>{ title(compare, &props.snapshot) }{ tabs(&here, &props.analysis) }{ choose(compare) }</> };
    };
    let open = props.row.is_some();
    html! {
        <>
            <div class={classes!("over", open.then_some("list-only"))}>
                { title(compare, &props.snapshot) }
                { tabs(&here, &props.analysis) }
                { gauge::gauge(&summary, compare, &props.analysis) }
                { toolbar(compare, &props.analysis) }
                if compare.rules { { rules::rules(&summary, compare, &props.analysis) } }
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

/// The title line: which sides are compared.
pub(super) fn title(compare: &State, snapshot: &SnapshotInfo) -> Html {
    let summary = compare.summary.get();
    let files = compare
        .baseline
        .get()
        .map(|b| format!(" ({} policies)", b.policies));
    html! {
        <div class="title">
            <h1>{ "Compare" }</h1>
            <p>{ summary.map_or("", |s| &s.left) }if summary.is_some() { <span class="quiet">{ files }</span>{ " with " } }{ &snapshot.label }</p>
            if summary.is_some() { { button("ghost", "", "Another baseline", say(CompareAction::Another)) } }
            if compare.summary.loading() { <span class="soft" role="status">{ "Comparing …" }</span> }
        </div>
    }
}

fn toolbar(compare: &State, analysis: &Analysis) -> Html {
    let without = compare.query.without_accepted;
    let accepted = analysis.deviations.get();
    let accepted = without || accepted.is_some_and(|d| !d.list.is_empty());
    let oninput = Callback::from(|event: InputEvent| {
        send(say(CompareAction::Query(field_text(&event))));
    });
    let onchange = Callback::from(|event: web_sys::Event| {
        if let Some((group, _)) = chosen(&event).and_then(|at| GROUPS.get(at)) {
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
            if accepted { { choice(without, "Without what is accepted", say(CompareAction::WithoutAccepted)) } }
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
    let query = &compare.query;
    let default =
        query.states == DEFAULT_STATES && query.text.is_empty() && !query.without_accepted;
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
