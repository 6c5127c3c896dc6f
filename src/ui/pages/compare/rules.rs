//! The rules that made pairs the same: what each does, how often, and its switch. What is unknown, and why.

use domain::protocol::{CompareSummary, RuleView};
use yew::prelude::*;

use crate::ui::components::on;
use crate::ui::dom::intl;
use crate::ui::route::{Route, Tab, View};
use crate::ui::state::{Action, Analysis, Compare, CompareAction};

/// The sheet below the gauge.
pub fn rules(summary: &CompareSummary, compare: &Compare, analysis: &Analysis) -> Html {
    let rows = summary.rules.iter().map(|rule| {
        let action = Action::Compare(CompareAction::Rule(rule.id.clone()));
        html! {
            <li key={rule.id.clone()} class="row">
                <label class="choice grow">
                    <input type="checkbox" checked={rule.on} onchange={on(action)}/><span>{ &rule.words }</span>
                </label>
                if rule.on { { shown(rule, analysis) } } else { <span class="label">{ "off" }</span> }
            </li>
        }
    });
    let unknown = summary.unknown.iter().map(|why| html! { <li>{ why }</li> });
    html! {
        <section class="sheet rules" aria-label="Rules">
            <header><h2>{ "Same by a rule" }</h2><p class="quiet">{ "These pairs would differ byte by byte. Switched off, a rule’s pairs count as different." }</p></header>
            <ul class="body" aria-busy={compare.summary.loading().then_some("true")}>{ for rows }</ul>
            if !summary.unknown.is_empty() {
                <header><h2>{ "Unknown, and why" }</h2></header><ul class="body stack tight soft">{ for unknown }</ul>
            }
            if let Some(info) = compare.baseline.get() { { super::choose::read(info) } }
        </section>
    }
}

/// How many pairs a rule made the same, and the way to all that it suppressed.
fn shown(rule: &RuleView, analysis: &Analysis) -> Html {
    let asked = analysis.suppressed.iter().find(|(id, _)| *id == rule.id);
    let words = match asked {
        Some((_, n)) => format!("{} suppressed", intl::number(*n)),
        None if rule.counted => format!("{} pairs", intl::number(rule.hits)),
        None => String::new(),
    };
    let to = Route::Analysis(View {
        rule: rule.id.clone(),
        ..View::of(Tab::Rule)
    });
    html! {
        <span class="row label"><span>{ words }</span><a href={to.hash()} title={rule.words.clone()}>{ "Show" }<span class="vh">{ ": " }{ &rule.words }</span></a></span>
    }
}
