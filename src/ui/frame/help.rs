//! The keys.

use yew::prelude::*;

use crate::ui::components::icon_button;
use crate::ui::state::{Action, ShellAction};

const KEYS: [(&str, &str); 16] = [
    ("Ctrl K", "Search pages, policies, settings and actions"),
    ("/", "Filter the list"),
    ("j  k", "Next and previous row"),
    ("o  Enter", "Open the row"),
    ("a", "Accept the difference, with a reason"),
    ("e", "From a comparison to its evidence: the reports"),
    ("Esc", "Close what is beside the list"),
    ("↑ ↓", "Move row by row"),
    ("PgUp PgDn", "Move page by page"),
    ("Home End", "First and last row"),
    ("Space", "Select the row"),
    ("Shift ↑ ↓", "Select a range"),
    ("Ctrl A", "Select all rows"),
    ("Ctrl C", "Copy the selected rows, tab-separated"),
    ("← →", "On the edge of a column or a pane: its width"),
    ("?", "This page"),
];

/// The list of keys.
pub fn help() -> Html {
    let lines = KEYS.iter().map(|(keys, words)| {
        let keys = keys
            .split("  ")
            .map(|key| html! { <><kbd>{ key }</kbd>{ " " }</> });
        html! { <><dt>{ for keys }</dt><dd>{ *words }</dd></> }
    });
    html! {
        <>
            <header class="row"><h2 class="dt">{ "Keys" }</h2><span class="grow"/>{ icon_button("close", "Close", Action::Shell(ShellAction::Shut)) }</header>
            <div class="body"><dl class="kv eq">{ for lines }</dl></div>
        </>
    }
}
