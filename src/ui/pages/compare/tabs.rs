//! The analyses beside the list of settings: one line of links.

use yew::prelude::*;

use crate::ui::route::{Route, TABS, Tab, View};
use crate::ui::state::Analysis;

/// The line of tabs.
pub fn tabs(here: &Route, analysis: &Analysis) -> Html {
    let tab = |to: &Route, words: &'static str, count: Option<usize>, now: bool| {
        html! {
            <a href={to.hash()} aria-current={now.then_some("page")}>{ words }if let Some(n) = count { <span class="quiet">{ n }</span> }</a>
        }
    };
    let now = match here {
        Route::Analysis(view) => Some(view.tab),
        _ => None,
    };
    let accepted = analysis.deviations.get().map(|d| d.list.len());
    let others = TABS.iter().filter(|(tab, ..)| *tab != Tab::Rule);
    let others = others.map(|(one, _, words)| {
        let count = accepted.filter(|n| *one == Tab::Deviations && *n > 0);
        let to = Route::Analysis(View::of(*one));
        tab(&to, words, count, now == Some(*one))
    });
    let settings = now.is_none_or(|tab| tab == Tab::Rule);
    html! {
        <nav class="tabs" aria-label="Analyses">
            { tab(&Route::Compare(None), "Settings", None, settings) }{ for others }
        </nav>
    }
}
