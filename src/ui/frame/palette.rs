//! Global search: a field and a list, by keyboard.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::components::{field_text, icon_s};
use crate::ui::dom;
use crate::ui::effects::send;
use crate::ui::state::{Action, Palette, ShellAction};

/// What the search needs.
#[derive(Properties)]
pub struct Props {
    /// What was searched and found.
    pub palette: Rc<Palette>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.palette, &other.palette)
    }
}

/// The search field and what it finds.
#[component]
pub fn Search(props: &Props) -> Html {
    let palette = &props.palette;
    use_effect_with((), |()| dom::focus("find"));
    use_effect_with(palette.highlight, |at| {
        if let Some(option) = at.and_then(|at| dom::by_id(&option_id(at))) {
            dom::reveal(&option);
        }
    });
    let oninput = Callback::from(|event: InputEvent| {
        send(Action::Shell(ShellAction::Search(field_text(&event))));
    });
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        let action = match event.key().as_str() {
            "ArrowDown" => ShellAction::Highlight(1),
            "ArrowUp" => ShellAction::Highlight(-1),
            "Enter" => ShellAction::Run(None),
            _ => return,
        };
        event.prevent_default();
        send(Action::Shell(action));
    });
    let active = palette.highlight.map(option_id);
    html! {
        <>
            <div class="query">
                { icon_s("search") }
                <input id="find" type="text" role="combobox" aria-expanded="true" aria-controls="found" aria-autocomplete="list" aria-activedescendant={active}
                    aria-label="Search pages, policies, settings and actions" placeholder="Search pages, policies, settings, actions"
                    spellcheck="false" autocomplete="off" value={palette.text.clone()} {oninput} {onkeydown}/>
            </div>
            <ul class="opts" id="found" role="listbox" aria-label="Found">{ for options(palette) }</ul>
        </>
    }
}

fn option_id(at: usize) -> String {
    format!("found-{at}")
}

fn options(palette: &Palette) -> impl Iterator<Item = Html> {
    let mut kind = "";
    palette.entries.iter().enumerate().map(move |(at, entry)| {
        let heading = (entry.kind != kind).then(|| {
            html! { <li class="label" role="presentation">{ &entry.kind }</li> }
        });
        kind = &entry.kind;
        let onclick = Callback::from(move |_: MouseEvent| {
            send(Action::Shell(ShellAction::Run(Some(at))));
        });
        let selected = palette.highlight == Some(at);
        html! {
            <>
                { heading }
                <li id={option_id(at)} class="pickable" role="option" aria-selected={if selected { "true" } else { "false" }} {onclick}>
                    { icon_s(entry.icon) }<span class="grow cut">{ &entry.title }</span><span class="quiet cut">{ &entry.context }</span>
                </li>
            </>
        }
    })
}
