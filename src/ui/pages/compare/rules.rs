//! The rules that made pairs the same: what each does, how often, and its switch. What is unknown, and why.

use domain::protocol::CompareSummary;
use yew::prelude::*;

use crate::ui::components::on;
use crate::ui::dom::intl;
use crate::ui::state::{Action, Compare, CompareAction};

/// The sheet below the gauge.
pub fn rules(summary: &CompareSummary, compare: &Compare) -> Html {
    let rows = summary.rules.iter().map(|rule| {
        let action = Action::Compare(CompareAction::Rule(rule.id.clone()));
        html! {
            <li key={rule.id.clone()}>
                <label class="choice">
                    <input type="checkbox" checked={rule.on} onchange={on(action)}/>
                    <span>{ &rule.words }{ " " }if rule.counted { <b>{ intl::number(rule.hits) }</b> } else { <b>{ "not counted" }</b> }</span>
                </label>
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
