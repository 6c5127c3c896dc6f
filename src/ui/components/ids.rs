//! Ids: monospaced, shortened in the middle, copied on click.

use yew::prelude::*;

use super::{icon_s, on};
use crate::ui::state::{Action, ShellAction};
use crate::ui::words::short_id;

fn copy(text: &str, what: &'static str) -> Action {
    Action::Shell(ShellAction::Copy {
        text: text.to_owned(),
        what: what.to_owned(),
    })
}

/// An id. `what`: the word for it in the confirmation: `Policy id`.
pub fn id_chip(id: &str, what: &'static str) -> Html {
    if id.is_empty() {
        return html! {};
    }
    let title = format!("Copy {id}");
    // A code is short, and made of words.
    let shown = if what == "Code" {
        id.to_owned()
    } else {
        short_id(id)
    };
    html! {
        <button type="button" class="id" {title} onclick={on(copy(id, what))}>
            <span class="vh">{ "Copy " }</span>{ shown }{ icon_s("copy") }
        </button>
    }
}

/// A button that copies a text.
pub fn copy_button(text: &str, words: &'static str, what: &'static str) -> Html {
    html! {
        <button type="button" class="btn ghost" onclick={on(copy(text, what))}>{ icon_s("copy") }{ words }</button>
    }
}
