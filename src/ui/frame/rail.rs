//! The pages, one level.

use yew::prelude::*;

use crate::ui::components::icon;
use crate::ui::route::Route;
use crate::ui::words;

/// What the rail needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Where.
    pub route: Route,
    /// Something is open.
    pub open: bool,
}

/// The rail: beside the page, narrow with symbols only, below it on a phone.
#[component]
pub fn Rail(props: &Props) -> Html {
    let pages = [
        ("overview", Route::Overview),
        ("inventory", Route::inventory("")),
        ("compare", Route::Compare(None)),
        ("reports", Route::Reports),
        ("trust", Route::Trust),
    ];
    let items = pages.iter().map(|(symbol, to)| {
        let here = std::mem::discriminant(to) == std::mem::discriminant(&props.route)
            || (to.compares() && props.route.compares())
            || (to.trusts() && props.route.trusts());
        let words = words::page(to);
        html! {
            <li><a href={to.hash()} title={words} aria-current={here.then_some("page")}>
                { icon(symbol) }<span class="t">{ words }</span>
            </a></li>
        }
    });
    html! {
        <nav class="rail" aria-label="Main">
            <a class="brand" href={Route::Start.hash()} title="Start page"><span class="t">{ "Plumbline" }</span></a>
            <ul>{ for items }</ul>
            <p class="foot label">{ env!("CARGO_PKG_VERSION") }{ " · " }<kbd>{ "?" }</kbd>{ " for keys" }</p>
        </nav>
    }
}
