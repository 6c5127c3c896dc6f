//! Accepted deviations: what somebody signed for, until when, and in which file.

use domain::protocol::{DeviationList, DeviationState, DeviationView};
use yew::prelude::*;

use super::list::{column, empty, filter, list, marked, row, two, whole};
use super::{Parts, Props};
use crate::ui::components::table::address;
use crate::ui::components::table::{Column, Row};
use crate::ui::components::{
    button, icon_button, last_day, link_button, note, pick_button, state_page,
};
use crate::ui::effects::Purpose;
use crate::ui::route::Route;
use crate::ui::state::{Action, AnalysisAction, deviating};
use crate::ui::words;

const COLUMNS: &[Column] = &[
    column("state", "State", "c-st"),
    column("setting", "Setting", "c-set"),
    column("reason", "Reason and owner", "c-v"),
    column("until", "Until", "c-v"),
];

/// The page.
pub fn parts(props: &Props) -> Parts {
    let analysis = &props.analysis;
    let rows = analysis.deviations.value.clone().map(|all| {
        let shown = deviating(&props.view, &all.list);
        let shown: Vec<u32> = shown.map(|(at, _)| at).collect();
        whole(&props.view, shown, address(Some(&all)), move |at| {
            Some(line(at, all.list.get(at as usize)?))
        })
    });
    let some = analysis
        .deviations
        .get()
        .is_some_and(|all| !all.list.is_empty());
    let none = || {
        state_page(
            "",
            "check",
            "Nothing is accepted yet",
            html! {
                <>
                    <p class="soft">{ "A difference that is meant to be one can be accepted with a reason, an owner and a last day: press “a” on it in the comparison. It then does not count in the score, and comes back when its time is over." }</p>
                    <p class="row">{ link_button("pri", "compare", &Route::Compare(None), "To the comparison") }</p>
                </>
            },
        )
    };
    let none = if some {
        empty(&props.view, "", "")
    } else {
        none()
    };
    Parts {
        over: over(props, analysis.deviations.get()),
        list: list(props, "Deviations", "cmp ana", COLUMNS, rows, none),
        beside: None,
    }
}

fn over(props: &Props, list: Option<&DeviationList>) -> Html {
    let all = list.map_or(&[][..], |list| &list.list);
    let expired = all
        .iter()
        .filter(|one| one.state == DeviationState::Expired);
    let expired = expired.count();
    let complaints = list.map_or(&[][..], |list| &list.complaints);
    let complaints = complaints.iter().map(|words| html! { <li>{ words }</li> });
    let save = Action::Analysis(AnalysisAction::SaveDeviations);
    html! {
        <div class="stack">
            if expired > 0 {
                { note("warn", "clock", html! { <p><b>{ expired }{ if expired == 1 { " deviation is" } else { " deviations are" } }{ " over" }</b>{ ": the differences count again. Accept them anew, or mend the policies." }</p> }) }
            }
            if props.analysis.unsaved {
                { note("", "info", html! { <p>{ "Not saved yet: what was accepted here is gone when the page is closed. The file can live beside the baseline, in git." }</p> }) }
            }
            <ul class="complaints">{ for complaints }</ul>
            <div class="toolbar">
                if !all.is_empty() { { filter(&props.view, "Find in settings, reasons and owners") } }
                { pick_button("", "upload", "Open a file", Purpose::Deviations, false) }
                if !all.is_empty() { { button("", "download", "Save as a file", save) } }
                <span class="hint">{ "JSON or YAML, or Open Intune Baseline’s CSV of reasons against CIS." }</span>
            </div>
        </div>
    }
}

fn line(at: u32, one: &DeviationView) -> Row {
    let deviation = &one.deviation;
    let name = if one.name.is_empty() {
        &deviation.setting
    } else {
        &one.name
    };
    let what = match (deviation.value.as_str(), deviation.policy.as_str()) {
        ("", policy) => policy.to_owned(),
        (value, "") => format!("value {value}"),
        (value, policy) => format!("value {value} · {policy}"),
    };
    let by = format!("{}, {}", deviation.owner, deviation.accepted);
    let by = by.trim_end_matches(", ");
    let back = Action::Analysis(AnalysisAction::Unaccept(at));
    let until = html! {
        <div class="row">
            if deviation.expires.is_empty() { <span class="soft">{ "no end" }</span> } else { { last_day(&deviation.expires) } }
            <span class="grow"/>{ icon_button("close", format!("Take back: {name}"), back) }
        </div>
    };
    let cells = vec![
        marked(words::deviation(one.state)),
        two(name, &what),
        two(&deviation.reason, by),
        until,
    ];
    row(name, cells)
}
