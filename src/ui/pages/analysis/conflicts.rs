//! Settings that policies of one side set differently.

use domain::protocol::{ConflictLine, ConflictWindow, Event, Overlap};
use yew::prelude::*;

use super::list::{
    column, empty, filter, go, key, list, marked, pane, row, rows, side_choice, tag, two,
};
use super::places::places;
use super::{Parts, Props};
use crate::ui::components::id_chip;
use crate::ui::components::table::{Column, Row};
use crate::ui::dom::intl;
use crate::ui::route::View;
use crate::ui::state::OVERLAPS;
use crate::ui::words;

const COLUMNS: &[Column] = &[
    column("overlap", "Do they meet", "c-st"),
    column("setting", "Setting", "c-set"),
    column("values", "Values", "c-v"),
    column("policies", "Policies", "c-v"),
];

/// The page.
pub fn parts(props: &Props) -> Parts {
    let window = match props.analysis.answer.get() {
        Some(Event::Conflicts(window)) => Some(window),
        _ => None,
    };
    let found = rows(props, lines, line);
    let none = empty(
        &props.view,
        "No conflicts",
        "No two policies that can meet on a device or user set the same to different values.",
    );
    let main = props.view.side.unwrap_or(0) == 0;
    let beside = props.view.row.map(|row| {
        let at = window.and_then(|w| w.lines.get(row.checked_sub(w.from)? as usize));
        let content = at.map_or_else(|| html! {}, |line| whole(line, main));
        pane("Conflict", "Conflicts", content)
    });
    Parts {
        over: over(props, window),
        list: list(props, "Conflicts", "cmp ana", COLUMNS, found, none),
        beside,
    }
}

fn lines(event: &Event) -> Option<(u32, u32, &[ConflictLine])> {
    match event {
        Event::Conflicts(w) => Some((w.matching, w.from, &w.lines)),
        _ => None,
    }
}

fn line(line: &ConflictLine) -> Row {
    let mut values: Vec<&str> = Vec::new();
    for place in &line.places {
        if !values.contains(&place.value.as_str()) {
            values.push(&place.value);
        }
    }
    let names: Vec<&str> = line.places.iter().map(|p| p.name.as_str()).collect();
    let by = format!("{} policies: {}", names.len(), names.join(", "));
    let cells = vec![
        marked(words::overlap(line.overlap)),
        two(&line.name, &line.category),
        html! { <>{ two(&values.join(" ≠ "), "") }{ tag("", "lists, may be merged", line.lists) }</> },
        two(&by, &line.because),
    ];
    row(&line.name, cells)
}

fn over(props: &Props, window: Option<&ConflictWindow>) -> Html {
    let view = &props.view;
    let counts = window.map_or((0, 0, 0, 0), |w| w.counts);
    let count = |overlap| match overlap {
        Overlap::Yes => counts.0,
        Overlap::Maybe => counts.1,
        Overlap::No => counts.2,
        Overlap::Unknown => counts.3,
    };
    let keys =
        OVERLAPS.map(|(overlap, word)| key(view, word, words::overlap(overlap), count(overlap)));
    let sides = props.analysis.sides.get().map_or(&[][..], Vec::as_slice);
    let of = view.clone();
    let to = move |side: u32| {
        go(View {
            side: (side > 0).then_some(side),
            row: None,
            ..of.clone()
        })
    };
    html! {
        <>
            <section class="sheet gauge" aria-label="How many conflicts">
                <p><b>{ intl::number(counts.0) }</b>{ " settings get different values from policies that meet on the same devices or users" }
                    { format!("; {} more may.", intl::number(counts.1)) }</p>
                <div class="keys" role="group" aria-label="Show">{ for keys }</div>
            </section>
            <div class="toolbar">
                { filter(view, "Find in settings, categories and policies") }
                if sides.len() > 1 { { side_choice("In ", sides, view.side.unwrap_or(0), to) } }
            </div>
        </>
    }
}

fn whole(line: &ConflictLine, main: bool) -> Html {
    html! {
        <>
            <header><p>{ marked(words::overlap(line.overlap)) }</p><h2>{ &line.name }</h2><p class="soft">{ &line.category }</p></header>
            <section><p>{ &line.because }</p>
                if line.lists { <p class="soft">{ "These are lists: for some settings the device merges the lists of several policies." }</p> }
            </section>
            <section aria-labelledby="v-set"><h3 id="v-set">{ "Set by" }</h3>{ places(&line.places, main) }</section>
            <section>{ id_chip(&line.id, "Setting id") }</section>
        </>
    }
}
