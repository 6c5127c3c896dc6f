//! Dates in the person's locale, ISO 8601 on hover.

use yew::prelude::*;

use crate::ui::dom::intl;
use crate::ui::words;

/// A day.
pub fn day(iso: &str) -> Html {
    time(iso, intl::day(iso))
}

/// A day without a time: the same day in every zone.
pub fn last_day(day: &str) -> Html {
    time(day, intl::day(&format!("{day}T12:00:00")))
}

/// A day and a time with its zone.
pub fn minute(iso: &str) -> Html {
    time(iso, intl::minute(iso))
}

/// How old something is: `2 h 11 min old`.
pub fn age(iso: &str) -> Html {
    match intl::age_minutes(iso) {
        Some(minutes @ 0..2_880) => {
            let words = words::duration(minutes.saturating_mul(60).max(60));
            time(iso, format!("{words} old"))
        }
        Some(minutes) => time(iso, format!("{} days old", minutes / 1_440)),
        // Made up, or by a clock that is ahead of this one.
        None => html! { <>{ "of " }{ day(iso) }</> },
    }
}

fn time(iso: &str, words: String) -> Html {
    if iso.is_empty() {
        return html! {};
    }
    html! { <time datetime={iso.to_owned()} title={iso.to_owned()}>{ words }</time> }
}
