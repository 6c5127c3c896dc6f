//! The query field with completion.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::ui::components::{icon_button, icon_s};
use crate::ui::effects::send;
use crate::ui::state::{Action, Inventory, InventoryAction};

/// What the field needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The query.
    pub text: AttrValue,
    /// Completions.
    pub inventory: Rc<Inventory>,
}

fn say(action: InventoryAction) {
    send(Action::Inventory(action));
}

/// The field.
#[component]
pub fn QueryField(props: &Props) -> Html {
    let inventory = &props.inventory;
    let open = !inventory.suggestions.is_empty();
    let oninput = Callback::from(|event: InputEvent| {
        let field = event
            .target()
            .and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
        if let Some(field) = field {
            let text = field.value();
            let cursor = field.selection_start().ok().flatten().unwrap_or(0);
            say(InventoryAction::Query { text, cursor });
        }
    });
    let onkeydown = {
        let highlight = inventory.highlight;
        Callback::from(move |event: KeyboardEvent| {
            let action = match (event.key().as_str(), highlight) {
                ("ArrowDown", _) if open => InventoryAction::Highlight(1),
                ("ArrowUp", _) if open => InventoryAction::Highlight(-1),
                ("Enter" | "Tab", Some(at)) if open => InventoryAction::Take(at),
                ("Escape", _) if open => InventoryAction::NoSuggestions,
                _ => return,
            };
            event.prevent_default();
            say(action);
        })
    };
    let onblur = Callback::from(|_: FocusEvent| say(InventoryAction::NoSuggestions));
    let clear = Action::Inventory(InventoryAction::Query {
        text: String::new(),
        cursor: 0,
    });
    html! {
        <div class="query menu">
            { icon_s("filter") }
            <input id="query" type="text" role="combobox" aria-label="Filter policies" aria-expanded={if open { "true" } else { "false" }}
                aria-controls="completions" aria-autocomplete="list" aria-activedescendant={inventory.highlight.map(option_id)}
                aria-describedby="complaints" placeholder="Filter: platform:windows name~edge"
                spellcheck="false" autocomplete="off" value={props.text.clone()} {oninput} {onkeydown} {onblur}/>
            if !props.text.is_empty() { { icon_button("close", "Clear the filter", clear) } }
            <ul class="opts pop wide" id="completions" role="listbox" aria-label="Completions" hidden={!open}>{ for options(inventory) }</ul>
        </div>
    }
}

fn option_id(at: usize) -> String {
    format!("completion-{at}")
}

fn options(inventory: &Inventory) -> impl Iterator<Item = Html> {
    inventory.suggestions.iter().enumerate().map(|(at, suggestion)| {
        // Before the field loses the focus.
        let onmousedown = Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            say(InventoryAction::Take(at));
        });
        let selected = if inventory.highlight == Some(at) { "true" } else { "false" };
        html! {
            <li id={option_id(at)} class="pickable" role="option" aria-selected={selected} {onmousedown}>
                <code>{ &suggestion.insert }</code><span class="quiet cut">{ &suggestion.meaning }</span>
            </li>
        }
    })
}
