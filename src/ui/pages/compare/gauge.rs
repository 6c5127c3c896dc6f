//! How far apart the sides are, in one line and one bar.

use domain::protocol::{CompareSummary, State, StateCounts};
use yew::prelude::*;

use super::score;
use crate::ui::components::{bar, mark, toggle};
use crate::ui::dom::intl;
use crate::ui::state::{Action, Analysis, Compare, CompareAction};
use crate::ui::words;

/// The number of a state.
pub fn count(counts: &StateCounts, state: State) -> u32 {
    match state {
        State::Same => counts.same,
        State::Different => counts.different,
        State::Missing => counts.missing,
        State::Extra => counts.extra,
        State::Unknown => counts.unknown,
    }
}

/// The sheet.
pub fn gauge(summary: &CompareSummary, compare: &Compare, analysis: &Analysis) -> Html {
    let counts = &summary.settings;
    // The bar is the baseline. What only the tenant has would make it one colour: it has its number.
    let expected = words::STATES.map(|state| match state {
        State::Extra => ("", 0),
        state => (words::state(state).class, count(counts, state)),
    });
    let whole: u32 = expected.iter().map(|(_, n)| n).sum();
    let name = words::STATES
        .map(|s| format!("{} {}", count(counts, s), words::state(s).word))
        .join(", ");
    let keys = words::STATES.map(|state| {
        let shown = compare.query.states.contains(&state);
        let content =
            html! { <>{ mark(state) }{ " " }<b>{ intl::number(count(counts, state)) }</b></> };
        toggle(
            shown,
            "",
            content,
            Action::Compare(CompareAction::Show(state)),
        )
    });
    let hits: u32 = summary.rules.iter().filter(|r| r.on).map(|r| r.hits).sum();
    let rules = Callback::from(|_: MouseEvent| {
        crate::ui::effects::send(Action::Compare(CompareAction::Rules))
    });
    html! {
        <section class="sheet gauge" aria-label="How far apart">
            { line(summary, whole) }
            { score::line(analysis) }
            { bar("big-bar", 14, whole, &expected, Some(name)) }
            <div class="row">
                <div class="keys" role="group" aria-label="Show">{ for keys }</div>
                <span class="grow"/>
                <button type="button" class="lnk label" aria-expanded={if compare.rules { "true" } else { "false" }} onclick={rules}>
                    { format!("{} pairs are the same by a rule", intl::number(hits)) }
                </button>
            </div>
            { score::whole(analysis, whole) }
        </section>
    }
}

fn line(summary: &CompareSummary, expected: u32) -> Html {
    let counts = &summary.settings;
    let unknown = (counts.unknown > 0).then(|| {
        let why = summary.unknown.first().cloned().unwrap_or_default();
        html! { <>{ " " }<b>{ intl::number(counts.unknown) }{ " cannot be told" }</b>{ ". " }{ why }</> }
    });
    html! {
        <p>
            <b>{ intl::number(counts.same) }</b>
            { format!(" of the baseline’s {} settings are the same. {} more stand only in the tenant.", intl::number(expected), intl::number(counts.extra)) }
            { unknown }
        </p>
    }
}
