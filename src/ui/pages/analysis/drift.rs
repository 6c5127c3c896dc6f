//! What happened between two snapshots: what changed, when, and by whom.

use domain::policy::dates;
use domain::protocol::{DriftKind, DriftLine, Event, SideView, State};
use yew::prelude::*;

use super::list::{Rows, column, empty, filter, list, marked, row, two, whole};
use super::{Parts, Props};
use crate::ui::components::table::{Column, Row, address};
use crate::ui::components::{bars, link, minute, note};
use crate::ui::dom::intl;
use crate::ui::pages::audit;
use crate::ui::pages::compare::count;
use crate::ui::route::{Route, Tab, View};
use crate::ui::state::drifted;
use crate::ui::words;

const COLUMNS: &[Column] = &[
    column("kind", "What", "c-st"),
    column("policy", "Policy", "c-set"),
    column("changes", "Changes", "c-v"),
    column("when", "When", "c-v"),
    column("who", "Who", "c-v"),
];

/// In the order in which they are always named.
const KINDS: [DriftKind; 5] = [
    DriftKind::Changed,
    DriftKind::Added,
    DriftKind::Removed,
    DriftKind::Renamed,
    DriftKind::Unknown,
];

/// The page.
pub fn parts(props: &Props) -> Parts {
    let found = rows(props);
    let none = empty(
        &props.view,
        "Nothing changed",
        "Every policy is as it was in the earlier snapshot, assignments too.",
    );
    let lines = match props.analysis.answer.get() {
        Some(Event::Drift(lines)) => over(props, lines),
        _ => html! {},
    };
    Parts {
        over: lines,
        list: list(props, "Drift", "cmp ana", COLUMNS, found, none),
        beside: None,
    }
}

fn rows(props: &Props) -> Option<Rows> {
    let answer = props.analysis.answer.value.clone()?;
    let Event::Drift(lines) = answer.as_ref() else {
        return None;
    };
    let shown: Vec<u32> = drifted(&props.view, lines).map(|(at, _)| at).collect();
    let data = address(Some(&answer));
    Some(whole(&props.view, shown, data, move |at| {
        match answer.as_ref() {
            Event::Drift(lines) => Some(line(lines.get(at as usize)?)),
            _ => None,
        }
    }))
}

fn line(line: &DriftLine) -> Row {
    let name = if line.after.is_empty() {
        &line.before
    } else {
        &line.after
    };
    let below =
        if line.kind == DriftKind::Renamed || (line.before != *name && !line.before.is_empty()) {
            format!("was {} · {}", line.before, line.type_name)
        } else {
            line.type_name.clone()
        };
    let changes = [
        State::Different,
        State::Missing,
        State::Extra,
        State::Unknown,
    ]
    .map(|state| {
        let n = count(&line.counts, state);
        let words = match state {
            State::Different => "changed",
            State::Missing => "gone",
            State::Extra => "new",
            _ => "unknown",
        };
        (n > 0).then(|| format!("{n} {words}"))
    });
    let mut changes: Vec<String> = changes.into_iter().flatten().collect();
    if line.assignments {
        changes.push("whom it reaches".to_owned());
    }
    let when = if line.when.is_empty() {
        html! { <span class="none">{ "not known" }</span> }
    } else {
        minute(&line.when)
    };
    let who = match line.events {
        _ if line.who.is_empty() => html! {
            <div class="two"><span class="none">{ "unknown" }</span><span class="why" title={line.unknown.clone()}>{ &line.unknown }</span></div>
        },
        n => {
            let to = Route::Analysis(View {
                about: line.policy.clone(),
                ..View::of(Tab::Audit)
            });
            let events = format!(
                "{} {}",
                intl::number(n),
                words::plural(n, "event", "events")
            );
            html! { <div class="two"><span>{ line.who.join(", ") }</span><span class="why">{ link(&to, events) }</span></div> }
        }
    };
    let cells = vec![
        marked(words::drift(line.kind)),
        two(name, &below),
        two(&changes.join(", "), ""),
        when,
        who,
    ];
    row(name, cells)
}

fn over(props: &Props, lines: &[DriftLine]) -> Html {
    let counts = KINDS.map(|kind| (kind, lines.iter().filter(|l| l.kind == kind).count()));
    let counts = counts.iter().filter(|(_, n)| *n > 0);
    let counts: Vec<String> = counts
        .map(|(kind, n)| format!("{n} {}", words::drift(*kind).word))
        .collect();
    let sides = props.analysis.sides.get().map_or(&[][..], Vec::as_slice);
    let taken = |number: u32| {
        let side: Option<&SideView> = sides.iter().find(|side| side.side == number);
        side.map_or("", |side| side.taken_at.as_str())
    };
    let (from, to) = (taken(1), taken(0));
    let words = match props.audit.read.get() {
        Some(_) => "Look it up again",
        None => "Look up who changed it",
    };
    let offers = match (from, to) {
        ("", _) | (_, "") => Vec::new(),
        _ => vec![(words, from.to_owned(), to.to_owned())],
    };
    html! {
        <>
        <section class="sheet gauge" aria-label="What changed">
            <p><b>{ intl::number(u32::try_from(lines.len()).unwrap_or(u32::MAX)) }{ " policies" }</b>
                if !from.is_empty() && !to.is_empty() { { " between " }{ minute(from) }{ " and " }{ minute(to) } }
                if !counts.is_empty() { { ": " }{ counts.join(", ") } }
            </p>
            if from.is_empty() {
                { note("warn", "info", html! { <p>{ "The baseline is no snapshot with a date. Drift tells most between an earlier snapshot of this tenant and what is open: open one as the baseline." }</p> }) }
            }
            { timeline(lines) }
            { audit::reading(&props.audit, &props.session, &props.snapshot, &offers) }
            <p class="hint">{ "When: the last change in the audit log, or the one that the policy itself names." }</p>
        </section>
        <div class="toolbar">{ filter(&props.view, "Find in policies and types") }</div>
        </>
    }
}

/// The most bars of a timeline.
const MOST: i64 = 60;
const DAY: i64 = 86_400;

/// How many policies changed last on each day, or on as many days as make the bars few.
fn timeline(lines: &[DriftLine]) -> Html {
    let days: Vec<i64> = lines
        .iter()
        .filter_map(|line| Some(dates::seconds(&line.when)?.div_euclid(DAY)))
        .collect();
    let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else {
        return html! {};
    };
    let width = (last - first) / MOST + 1;
    let mut buckets = vec![0u32; usize::try_from((last - first) / width + 1).unwrap_or(1)];
    for day in &days {
        if let Some(n) = usize::try_from((day - first) / width)
            .ok()
            .and_then(|at| buckets.get_mut(at))
        {
            *n += 1;
        }
    }
    let date = |bucket: i64| intl::day(&dates::iso((first + bucket * width) * DAY + DAY / 2));
    let told: Vec<String> = (0..)
        .zip(&buckets)
        .filter(|(_, n)| **n > 0)
        .map(|(at, n)| format!("{}: {n}", date(at)))
        .collect();
    let step = if width == 1 {
        "a day".to_owned()
    } else {
        format!("{width} days")
    };
    let title = format!("Policies by their last change, a bar for {step}");
    html! {
        <figure>
            { bars(title, told.join("; "), &buckets) }
            <figcaption class="row label"><span>{ date(0) }</span><span class="grow"/><span>{ intl::day(&dates::iso(last * DAY + DAY / 2)) }</span></figcaption>
        </figure>
    }
}
