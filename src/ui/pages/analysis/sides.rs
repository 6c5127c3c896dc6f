//! Settings down, sides across: up to twenty snapshots or baselines against one.

use domain::protocol::{Event, MOST_SIDES, MatrixCell, MatrixWindow, SideView, State, StateCounts};
use yew::prelude::*;

use super::list::{Rows, column, empty, filter, go, is_wide, list, row, two};
use super::{Parts, Props};
use crate::ui::components::table::{self, Column, address};
use crate::ui::components::{
    badge, choice, day, icon_button, icon_s, pick_button, state_page, toggle,
};
use crate::ui::dom::intl;
use crate::ui::effects::Purpose;
use crate::ui::pages::compare::count;
use crate::ui::route::View;
use crate::ui::state::{Action, AnalysisAction};
use crate::ui::words;

const fn side(id: &'static str) -> Column {
    column(id, "", "c-side")
}

static COLUMNS: [Column; MOST_SIDES + 1] = [
    column("setting", "Setting", "c-name"),
    side("0"),
    side("1"),
    side("2"),
    side("3"),
    side("4"),
    side("5"),
    side("6"),
    side("7"),
    side("8"),
    side("9"),
    side("10"),
    side("11"),
    side("12"),
    side("13"),
    side("14"),
    side("15"),
    side("16"),
    side("17"),
    side("18"),
    side("19"),
];

/// The page.
pub fn parts(props: &Props) -> Parts {
    let (view, analysis) = (&props.view, &props.analysis);
    let answer = analysis.answer.value.clone();
    let window = match answer.as_deref() {
        Some(Event::Matrix(window)) => Some(window),
        _ => None,
    };
    let columns = window.map_or(1, |w| w.columns.len() + 1).min(COLUMNS.len());
    let sides = analysis.sides.get().map_or(&[][..], Vec::as_slice);
    let order = analysis.columns(view);
    let titles = order.iter().map(|side| label(sides, *side));
    let titles = std::iter::once("Setting".to_owned())
        .chain(titles)
        .collect();
    let (from, to) = match is_wide(columns) {
        true => table::across(&analysis.table),
        false => (0, usize::MAX),
    };
    let found = window.zip(answer.clone()).map(|(window, answer)| Rows {
        data: address(Some(&answer)),
        total: window.matching,
        from: window.from,
        titles,
        text: String::new(),
        row: Box::new(move |at, _| {
            let Event::Matrix(window) = answer.as_ref() else {
                return None;
            };
            let line = window.rows.get(at)?;
            let head = std::iter::once(two(&line.name, &line.category));
            let cells = line.cells.iter().enumerate();
            // What is not in view is not drawn.
            let cells = cells.map(|(n, one)| match (from..to).contains(&(n + 1)) {
                true => cell(n == 0, one),
                false => Html::default(),
            });
            Some(row(&line.name, head.chain(cells).collect()))
        }),
    });
    let none = if sides.len() < 2 {
        alone()
    } else {
        empty(
            view,
            "Nothing differs",
            "Every side has the same settings with the same values.",
        )
    };
    Parts {
        over: over(props, sides, &order, window),
        list: list(
            props,
            "Settings by side",
            "mtx",
            &COLUMNS[..columns],
            found,
            none,
        ),
        beside: None,
    }
}

fn alone() -> Html {
    state_page(
        "",
        "columns",
        "One side is open",
        html! { <p class="soft">{ "Add snapshots of other tenants, older snapshots or baselines: up to twenty are compared setting by setting. Files stay in this browser." }</p> },
    )
}

/// What a side is called; its number too, where another is called the same.
fn label(sides: &[SideView], number: u32) -> String {
    let own = sides.iter().find(|side| side.side == number);
    let own = own.map_or(String::new(), |side| side.label.clone());
    match sides.iter().filter(|side| side.label == own).count() {
        0 | 1 => own,
        _ => format!("{own} ({})", number + 1),
    }
}

/// A value, and how it stands to the first side's: sign, word and colour.
fn cell(first: bool, cell: &MatrixCell) -> Html {
    if cell.policies == 0 && cell.state == State::Same {
        return html! { <span class="none">{ "not set" }</span> };
    }
    let value = if cell.policies == 0 {
        "not set"
    } else {
        &cell.value
    };
    let mark = words::state(cell.state);
    let sign = (!first && cell.state != State::Same).then(|| {
        html! { <span class={classes!("st", mark.class)}>{ icon_s(mark.icon) }<span class="vh">{ mark.word }{ " " }</span></span> }
    });
    html! { <div class="mc" title={value.to_owned()}>{ sign }<span>{ value }</span></div> }
}

fn over(props: &Props, sides: &[SideView], order: &[u32], window: Option<&MatrixWindow>) -> Html {
    let view = &props.view;
    let chips = sides.iter().map(|one| {
        let place = order.iter().position(|side| *side == one.side);
        let counts = place.and_then(|at| window?.columns.get(at));
        let counts = counts.filter(|_| place > Some(0)).map(|(_, counts)| counts);
        chip(view, one, &label(sides, one.side), place == Some(0), counts)
    });
    let full = sides.len() >= MOST_SIDES;
    html! {
        <>
            <ul class="chips" aria-label="Sides">{ for chips }</ul>
            <div class="toolbar">
                if sides.len() > 1 {
                    { filter(view, "Find in settings and categories") }
                    { choice(view.shows("same"), "Also what is the same everywhere", go(view.toggled("same"))) }
                }
                if full { <span class="hint">{ "No more than twenty sides." }</span> } else {
                    { pick_button("", "upload", "Add files", Purpose::Side, false) }{ pick_button("", "folder", "Add a folder", Purpose::Side, true) }
                }
                if props.analysis.adding > 0 { <span class="soft" role="status">{ format!("Reading {} …", props.analysis.adding) }</span> }
            </div>
        </>
    }
}

/// A side: what it is, how far from the first, and what can be done with it.
fn chip(
    view: &View,
    one: &SideView,
    label: &str,
    first: bool,
    counts: Option<&StateCounts>,
) -> Html {
    let to = View {
        side: Some(one.side),
        row: None,
        ..view.clone()
    };
    let remove = Action::Analysis(AnalysisAction::RemoveSide(one.side));
    html! {
        <li class="sheet" key={one.side}>
            <b class="cut" title={label.to_owned()}>{ label }</b>
            <span class="label">{ format!("{} policies ", intl::number(one.policies)) }{ day(&one.taken_at) }</span>
            if let Some(counts) = counts { { badge("", format!("{} differ", intl::number(differing(counts)))) } }
            { toggle(first, "ghost", html! { { "Against this" } }, go(to)) }
            if one.side > 1 { { icon_button("close", format!("Remove {label}"), remove) } }
        </li>
    }
}

fn differing(counts: &StateCounts) -> u32 {
    let all = words::STATES.iter().filter(|state| **state != State::Same);
    all.map(|state| count(counts, *state)).sum()
}
