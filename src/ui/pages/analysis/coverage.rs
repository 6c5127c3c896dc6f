//! For each setting of the baseline: which policies set it, to what, and whom they reach.

use domain::protocol::{Cover, CoverCounts, CoverageLine, CoverageWindow, Event};
use yew::prelude::*;

use super::list::{column, empty, filter, key, list, marked, pane, row, rows, tag, two};
use super::places::{names, places};
use super::{Parts, Props};
use crate::ui::components::table::{Column, Row};
use crate::ui::components::{bar, icon_s, link, link_button};
use crate::ui::dom::intl;
use crate::ui::route::{Route, View};
use crate::ui::state::COVERS;
use crate::ui::words;

const COLUMNS: &[Column] = &[
    column("cover", "As wanted for", "c-st"),
    column("setting", "Setting", "c-set"),
    column("wanted", "Baseline", "c-v"),
    column("places", "Set by", "c-v"),
];

fn count(counts: &CoverCounts, cover: Cover) -> u32 {
    match cover {
        Cover::Full => counts.full,
        Cover::Part => counts.part,
        Cover::Idle => counts.idle,
        Cover::Otherwise => counts.otherwise,
        Cover::NotSet => counts.not_set,
        Cover::Unknown => counts.unknown,
    }
}

fn sum(counts: &CoverCounts) -> u32 {
    COVERS.iter().map(|(cover, _)| count(counts, *cover)).sum()
}

/// The page.
pub fn parts(props: &Props) -> Parts {
    let window = match props.analysis.answer.get() {
        Some(Event::Coverage(window)) => Some(window),
        _ => None,
    };
    let found = rows(props, lines, line);
    let none = empty(
        &props.view,
        "The baseline has no settings",
        "Nothing of it could be looked up in the tenant.",
    );
    let beside = props.view.row.map(|row| {
        let at = window.and_then(|w| w.lines.get(row.checked_sub(w.from)? as usize));
        pane("Setting", "Coverage", at.map_or_else(|| html! {}, whole))
    });
    Parts {
        over: window.map_or_else(|| html! {}, |window| over(props, window)),
        list: list(props, "Coverage", "cmp ana", COLUMNS, found, none),
        beside,
    }
}

fn lines(event: &Event) -> Option<(u32, u32, &[CoverageLine])> {
    match event {
        Event::Coverage(w) => Some((w.matching, w.from, &w.lines)),
        _ => None,
    }
}

fn line(line: &CoverageLine) -> Row {
    let below = format!("{} · {}", words::severity(line.severity), line.category);
    let set = line.places.first().map_or("", |place| &place.reach_words);
    let by =
        html! { <>{ two(&names(&line.places), set) }{ tag("warn", "conflict", line.conflict) }</> };
    let cells = vec![
        marked(words::cover(line.cover)),
        two(&line.name, &below),
        two(&line.wanted, ""),
        by,
    ];
    row(&line.name, cells)
}

fn segments(counts: &CoverCounts) -> Vec<(&'static str, u32)> {
    let one = |(cover, _): &(Cover, _)| (words::cover_bar(*cover), count(counts, *cover));
    COVERS.iter().map(one).collect()
}

/// The same as the picture, for who cannot see it.
fn told(name: &str, counts: &CoverCounts) -> String {
    let words =
        COVERS.map(|(cover, _)| format!("{} {}", count(counts, cover), words::cover(cover).word));
    format!("{name}: {}", words.join(", "))
}

fn over(props: &Props, window: &CoverageWindow) -> Html {
    let (counts, view) = (&window.counts, &props.view);
    let all = sum(counts);
    let keys =
        COVERS.map(|(cover, word)| key(view, word, words::cover(cover), count(counts, cover)));
    html! {
        <>
            <section class="sheet gauge" aria-label="How far the baseline reaches">
                <p><b>{ intl::number(counts.full) }</b>{ format!(" of the {} settings that the baseline asks for are as wanted for everybody, {} for some.", intl::number(all), intl::number(counts.part)) }
                    if counts.unknown > 0 { { " " }<b>{ intl::number(counts.unknown) }{ " cannot be told" }</b>{ "." } }
                </p>
                { bar("big-bar", 14, all, &segments(counts), Some(told("All settings", counts))) }
                <div class="keys" role="group" aria-label="Show">{ for keys }</div>
                { categories(view, window) }
            </section>
            <div class="toolbar">{ filter(view, "Find in settings, categories and policies") }</div>
        </>
    }
}

/// A bar and its numbers for each category.
fn categories(view: &View, window: &CoverageWindow) -> Html {
    let heads = COVERS.map(
        |(cover, _)| html! { <th scope="col" class="num c-min">{ words::cover(cover).word }</th> },
    );
    let lines = window.categories.iter().map(|(name, counts)| {
        let to = View {
            text: name.clone(),
            row: None,
            ..view.clone()
        };
        let numbers = COVERS.map(|(cover, _)| html! { <td class="num c-min">{ intl::number(count(counts, cover)) }</td> });
        html! {
            <tr key={name.clone()}>
                <th scope="row">{ link(&Route::Analysis(to), name.clone()) }</th>
                <td class="c-bar">{ bar("", 8, sum(counts), &segments(counts), Some(told(name, counts))) }</td>
                { for numbers }
            </tr>
        }
    });
    html! {
        <details class="more">
            <summary>{ icon_s("chev-right") }{ format!("By category ({})", window.categories.len()) }</summary>
            <div class="scroll categories" tabindex="0" role="region" aria-label="By category"><table class="tbl">
                <thead><tr><th scope="col">{ "Category" }</th><th scope="col" class="c-bar">{ "Reach" }</th>{ for heads }</tr></thead>
                <tbody>{ for lines }</tbody>
            </table></div>
        </details>
    }
}

fn whole(line: &CoverageLine) -> Html {
    html! {
        <>
            <header><p>{ marked(words::cover(line.cover)) }</p><h2>{ &line.name }</h2><p class="soft">{ &line.category }</p></header>
            <section><h3>{ "Baseline" }</h3><pre class="code">{ &line.wanted }</pre></section>
            <section aria-labelledby="v-set"><h3 id="v-set">{ "Set by" }{ tag("warn", "conflict", line.conflict) }</h3>{ places(&line.places, true) }</section>
            <section><p class="row">{ link_button("", "compare", &Route::Compare(Some(line.index)), "In the comparison") }</p></section>
        </>
    }
}
