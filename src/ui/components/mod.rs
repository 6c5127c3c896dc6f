//! What pages are made of. Small things are functions that give markup; what has a life of its own is a component.

mod bar;
mod drop_zone;
mod ids;
mod marks;
mod notes;
mod split;
pub mod table;
mod times;

use yew::prelude::*;

pub use bar::{bar, bars, hatch};
pub use drop_zone::{DropZone, pick_button};
pub use ids::{copy_button, id_chip};
pub use marks::{assigned_mark, badge, badge_mark, mark, mark_counted, sign};
pub use notes::{failed, failed_page, note, problem_note, state_page, whole_page};
pub use split::Splitter;
pub use times::{age, day, last_day, minute};

use super::dom;
use super::effects::send;
use super::route::Route;
use super::state::Action;

/// A symbol of the sprite, 20 px. Decoration: the words stand beside it.
pub fn icon(name: &'static str) -> Html {
    drawn(name, "i")
}

/// A symbol of the sprite, 16 px.
pub fn icon_s(name: &'static str) -> Html {
    drawn(name, "i i-s")
}

fn drawn(name: &'static str, class: &'static str) -> Html {
    let mut href = String::from("#s-");
    href.push_str(name);
    html! { <svg {class} aria-hidden="true"><use href={href}/></svg> }
}

/// A button, not a link: what stands after `#` is the address of a page.
pub fn skip() -> Html {
    let onclick = Callback::from(|_: MouseEvent| dom::focus("main"));
    html! { <button type="button" class="skip" {onclick}>{ "Skip to content" }</button> }
}

/// A callback that says an action.
pub fn on<E>(action: Action) -> Callback<E> {
    Callback::from(move |_| send(action.clone()))
}

/// A button with words, and a symbol before them where one helps.
pub fn button(
    class: &'static str,
    symbol: &'static str,
    words: impl Into<AttrValue>,
    action: Action,
) -> Html {
    let words: AttrValue = words.into();
    let symbol = if symbol.is_empty() {
        html! {}
    } else {
        icon_s(symbol)
    };
    html! {
        <button type="button" class={classes!("btn", class)} onclick={on(action)}>{ symbol }{ words }</button>
    }
}

/// A button that shows only its symbol; its name is read aloud and shown on hover.
pub fn icon_button(symbol: &'static str, name: impl Into<AttrValue>, action: Action) -> Html {
    let name: AttrValue = name.into();
    html! {
        <button type="button" class="btn ghost ic" title={name.clone()} onclick={on(action)}>
            { icon_s(symbol) }<span class="vh">{ name }</span>
        </button>
    }
}

/// A button that is on or off.
pub fn toggle(pressed: bool, class: &'static str, content: Html, action: Action) -> Html {
    html! {
        <button type="button" class={classes!("btn", class)} aria-pressed={if pressed { "true" } else { "false" }} onclick={on(action)}>
            { content }
        </button>
    }
}

/// A box with its words.
pub fn choice(checked: bool, words: &'static str, action: Action) -> Html {
    html! {
        <label class="choice"><input type="checkbox" {checked} onchange={on(action)}/>{ words }</label>
    }
}

/// A box with its words in a form, which reads it by its name.
pub fn choice_field(name: &'static str, words: &'static str) -> Html {
    html! { <label class="choice"><input type="checkbox" {name}/>{ words }</label> }
}

/// A link to a place of this app.
pub fn link(to: &Route, words: impl Into<AttrValue>) -> Html {
    let words: AttrValue = words.into();
    html! { <a href={to.hash()}>{ words }</a> }
}

/// A link that looks like a button.
pub fn link_button(
    class: &'static str,
    symbol: &'static str,
    to: &Route,
    words: &'static str,
) -> Html {
    let symbol = if symbol.is_empty() {
        html! {}
    } else {
        icon_s(symbol)
    };
    html! { <a class={classes!("btn", class)} href={to.hash()}>{ symbol }{ words }</a> }
}

/// The place of the option that a list was set to.
pub fn chosen(event: &web_sys::Event) -> Option<usize> {
    use wasm_bindgen::JsCast;
    let list = event
        .target()?
        .dyn_into::<web_sys::HtmlSelectElement>()
        .ok()?;
    usize::try_from(list.selected_index()).ok()
}

/// The text of a field.
pub fn field_text(event: &InputEvent) -> String {
    use wasm_bindgen::JsCast;
    event
        .target()
        .and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok())
        .map(|field| field.value())
        .unwrap_or_default()
}
