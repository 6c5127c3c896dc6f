//! Two policies picked by hand; and the differences that one rule suppressed.

use std::rc::Rc;

use domain::protocol::{Event, Hit, PickedView, SettingLine, SideView};
use yew::prelude::*;

use super::list::{Rows, column, empty, go, list, side_choice};
use super::{Parts, Props};
use crate::ui::components::table::Column;
use crate::ui::components::table::address;
use crate::ui::components::{
    button, choice, field_text, icon_s, link_button, mark_counted, note, state_page,
};
use crate::ui::effects::send;
use crate::ui::pages::compare::{count, setting_row};
use crate::ui::route::{Route, View};
use crate::ui::state::{Action, Analysis, AnalysisAction, picked};
use crate::ui::words;

const COLUMNS: &[Column] = &[
    column("state", "State", "c-st"),
    column("setting", "Setting", "c-set"),
    column("left", "Left", "c-v"),
    column("right", "Right", "c-v"),
];

/// The page of two policies.
pub fn parts(props: &Props) -> Parts {
    let view = &props.view;
    let answer = props.analysis.answer.value.clone();
    let both = match answer.as_deref() {
        Some(Event::Picked(both)) => Some(both),
        _ => None,
    };
    // Asked for one alone, its name is told.
    let names = both.map_or(["", ""], |both| [&both.left, &both.right]);
    let both = both.filter(|_| view.picked.iter().all(Option::is_some));
    let over = html! {
        <>
            <div class="pickers">{ picker(props, 0, names[0]) }{ picker(props, 1, names[1]) }</div>
            if let Some(both) = both { { summary(view, both) } }
        </>
    };
    let none = match both {
        Some(_) => empty_pair(view),
        None => state_page(
            "",
            "compare",
            "Pick two policies",
            html! { <p class="soft">{ "Of the tenant, the baseline or another side: they are compared setting by setting." }</p> },
        ),
    };
    let rows = both.map(|both| {
        let shown: Vec<SettingLine> = picked(view, &both.lines).cloned().collect();
        settings(Rc::new(shown), true)
    });
    Parts {
        over,
        list: list(props, "Settings", "cmp", COLUMNS, rows, none),
        beside: None,
    }
}

/// Rows of settings.
fn settings(lines: Rc<Vec<SettingLine>>, by_policy: bool) -> Rows {
    Rows {
        data: address(Some(&lines)),
        total: u32::try_from(lines.len()).unwrap_or(u32::MAX),
        from: 0,
        row: Box::new(move |at, _| Some(setting_row(lines.get(at)?, by_policy))),
        titles: Vec::new(),
        text: String::new(),
    }
}

fn empty_pair(view: &View) -> Html {
    state_page(
        "ok",
        "m-same",
        "Nothing differs",
        html! { <p class="row">{ button("", "", "Show all settings", go(view.toggled("same"))) }</p> },
    )
}

fn summary(view: &View, both: &PickedView) -> Html {
    let marks = words::STATES.map(|state| mark_counted(state, count(&both.counts, state)));
    html! {
        <>
            if !both.unknown.is_empty() { { note("unkn", "m-unkn", html! { <p>{ &both.unknown }</p> }) } }
            <div class="toolbar"><span class="row label marks">{ for marks }</span>
                { choice(view.shows("same"), "Also what is the same", go(view.toggled("same"))) }</div>
        </>
    }
}

/// One of the two: its name, or where to find it.
fn picker(props: &Props, place: usize, name: &str) -> Html {
    let (view, analysis) = (&props.view, &props.analysis);
    let title = if place == 0 { "Left" } else { "Right" };
    let with = |policy: Option<(u32, u32)>| {
        let mut to = view.clone();
        to.picked[place] = policy;
        to.row = None;
        Route::Analysis(to)
    };
    if let Some((side, policy)) = view.picked[place] {
        let sides = analysis.sides.get().map_or(&[][..], Vec::as_slice);
        let side = sides.iter().find(|one| one.side == side);
        let words = if name.is_empty() {
            format!("Policy {}", policy + 1)
        } else {
            name.to_owned()
        };
        return html! {
            <section class="sheet" aria-label={title}>
                <header><h2>{ words }</h2></header>
                <p class="body row"><span class="soft grow">{ side.map_or("", |one| &one.label) }</span>{ button("ghost", "", "Pick another", Action::Go(with(None))) }</p>
            </section>
        };
    }
    // One search at a time: the right one waits for the left.
    if place == 1 && view.picked[0].is_none() {
        return html! { <section class="sheet" aria-label={title}><p class="body soft">{ "Pick the left one first." }</p></section> };
    }
    let options = analysis
        .found
        .iter()
        .map(|hit| option(hit, &with(Some((analysis.find.0, hit.index)))));
    html! {
        <section class="sheet" aria-label={title}>
            <header><h2>{ title }</h2></header>
            <div class="body stack">{ search(analysis) }<ul class="hits" aria-label="Policies">{ for options }</ul></div>
        </section>
    }
}

fn option(hit: &Hit, to: &Route) -> Html {
    html! { <li><a href={to.hash()}>{ &hit.title }</a>{ " " }<span class="quiet">{ &hit.context }</span></li> }
}

fn search(analysis: &Analysis) -> Html {
    let sides: &[SideView] = analysis.sides.get().map_or(&[], Vec::as_slice);
    let (side, text) = analysis.find.clone();
    let find = |side, text| Action::Analysis(AnalysisAction::Find(side, text));
    let oninput = Callback::from(move |event: InputEvent| send(find(side, field_text(&event))));
    let onfocus = {
        let text = text.clone();
        Callback::from(move |_: FocusEvent| send(find(side, text.clone())))
    };
    let typed = text.clone();
    html! {
        <div class="row">
            <div class="query grow">{ icon_s("search") }
                <input id="query" type="text" aria-label="Find a policy" placeholder="Find a policy by its name" spellcheck="false" autocomplete="off" value={text} {oninput} {onfocus}/></div>
            if sides.len() > 1 { { side_choice("in ", sides, side, move |side| find(side, typed.clone())) } }
        </div>
    }
}

/// The page of what one rule suppressed.
pub fn rule(props: &Props) -> Parts {
    let window = match props.analysis.answer.get() {
        Some(Event::CompareRows(window)) => Some(window),
        _ => None,
    };
    let summary = props.compare.summary.get();
    let rule = summary.and_then(|s| s.rules.iter().find(|rule| rule.id == props.view.rule));
    let rows = window.map(|window| {
        let lines = window.lines.iter().filter_map(|line| match line {
            domain::protocol::CompareLine::Setting(line) => Some(line.clone()),
            domain::protocol::CompareLine::Group { .. } => None,
        });
        settings(Rc::new(lines.collect()), false)
    });
    let shown = rows.as_ref().map_or(0, |rows| rows.total);
    let all = window.map_or(0, |window| window.matching);
    Parts {
        over: html! {
            <section class="sheet gauge" aria-label="The rule">
                <p><b>{ rule.map_or("", |rule| &rule.words) }</b></p>
                <p class="row"><span class="soft">{ format!("Without this rule these {all} would differ, what only one side has counted too.") }
                        if shown < all { { format!(" The first {shown} are shown.") } }</span>
                    { link_button("ghost", "chev-left", &Route::Compare(None), "All settings") }</p>
            </section>
        },
        list: list(
            props,
            "Same by a rule",
            "cmp",
            BY_RULE,
            rows,
            empty(
                &props.view,
                "The rule suppressed nothing",
                "Both sides are the same without it.",
            ),
        ),
        beside: None,
    }
}

const BY_RULE: &[Column] = &[
    column("state", "Would be", "c-st"),
    column("setting", "Setting", "c-set"),
    column("left", "Baseline", "c-v"),
    column("right", "Tenant", "c-v"),
];
