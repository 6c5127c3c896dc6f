//! Dates in the person's locale, ISO 8601 on hover.

use yew::prelude::*;

use crate::ui::dom::intl;
use crate::ui::words;

/// A day.
pub fn day(iso: &str) -> Html {
    time(iso, intl::day(iso))
}

/// A day and a time with its zone.
pub fn minute(iso: &str) -> Html {
    time(iso, intl::minute(iso))
}

/// How old something is: `2 h 11 min`.
pub fn age(iso: &str) -> Html {
    match intl::age_minutes(iso) {
        Some(minutes @ 0..2_880) => time(iso, words::duration(minutes.saturating_mul(60).max(60))),
        Some(minutes) => time(iso, format!("{} days", minutes / 1_440)),
        None => html! {},
    }
}

fn time(iso: &str, words: String) -> Html {
    if iso.is_empty() {
        return html! {};
    }
    html! { <time datetime={iso.to_owned()} title={iso.to_owned()}>{ words }</time> }
}
