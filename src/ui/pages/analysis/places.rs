//! The policies that set a setting: to what, and for whom.

use domain::protocol::PlaceView;
use yew::prelude::*;

use super::list::marked;
use crate::ui::components::{link, mark};
use crate::ui::route::Route;
use crate::ui::words;

/// The table. `main`: they are of the main side, and can be opened.
pub fn places(list: &[PlaceView], main: bool) -> Html {
    if list.is_empty() {
        return html! { <p class="quiet">{ "No policy sets it." }</p> };
    }
    let rows = list.iter().map(|place| {
        html! {
            <tr>
                <th scope="row">if main { { link(&Route::policy("", place.policy), place.name.clone()) } } else { { &place.name } }</th>
                <td>{ mark(place.state) }<br/>{ &place.value }</td>
                <td>{ marked(words::reach(place.reach)) }<br/><span class="soft">{ &place.reach_words }</span></td>
            </tr>
        }
    });
    html! {
        <table class="tbl tall"><thead><tr><th scope="col">{ "Policy" }</th><th scope="col">{ "Value" }</th><th scope="col">{ "Reaches" }</th></tr></thead>
            <tbody>{ for rows }</tbody></table>
    }
}

/// The names of policies, in a cell.
pub fn names(list: &[PlaceView]) -> String {
    match list {
        [] => "no policy".to_owned(),
        [one] => one.name.clone(),
        [one, rest @ ..] => format!("{} and {} more", one.name, rest.len()),
    }
}
