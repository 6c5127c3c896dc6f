//! Sign, word and colour together: for the five comparison states and the four assignment states.

use domain::protocol::{AssignedState, RowView, State};
use yew::prelude::*;

use super::icon_s;
use crate::ui::dom::intl;
use crate::ui::words::{self, Mark};

/// A comparison state.
pub fn mark(state: State) -> Html {
    let Mark { class, icon, word } = words::state(state);
    html! { <span class={classes!("st", class)}>{ icon_s(icon) }<span class="w">{ word }</span></span> }
}

/// A comparison state with a number before the word.
pub fn mark_counted(state: State, n: u32) -> Html {
    let Mark { class, icon, word } = words::state(state);
    html! { <span class={classes!("st", class)}>{ icon_s(icon) }<span class="w">{ intl::number(n) }{ " " }{ word }</span></span> }
}

/// A sign with words of its own.
pub fn sign(class: &'static str, icon: &'static str, words: impl Into<AttrValue>) -> Html {
    let words: AttrValue = words.into();
    html! { <span class={classes!("st", class)}>{ icon_s(icon) }<span class="w">{ words }</span></span> }
}

/// Whom a policy reaches.
pub fn assigned_mark(row: &RowView) -> Html {
    let Mark { class, icon, word } = words::assigned(row.assigned);
    let words = if row.assigned == AssignedState::Assigned && !row.assigned_to.is_empty() {
        AttrValue::from(row.assigned_to.clone())
    } else {
        AttrValue::from(word)
    };
    html! { <span class={classes!("st", "as", class)}>{ icon_s(icon) }{ words }</span> }
}

/// A few words in a box.
pub fn badge(class: &'static str, words: impl Into<AttrValue>) -> Html {
    let words: AttrValue = words.into();
    html! { <span class={classes!("badge", class)}>{ words }</span> }
}

/// A few words in a box behind a symbol.
pub fn badge_mark(class: &'static str, icon: &'static str, words: impl Into<AttrValue>) -> Html {
    let words: AttrValue = words.into();
    html! { <span class={classes!("badge", class)}>{ icon_s(icon) }{ words }</span> }
}
