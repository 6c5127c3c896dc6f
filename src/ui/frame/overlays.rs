//! What lies over the page, as a native modal dialog: focus stays inside, Esc closes.

use std::rc::Rc;

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::help::help;
use super::palette::Search;
use crate::ui::effects::send;
use crate::ui::pages;
use crate::ui::seal;
use crate::ui::state::{Action, Analysis, Model, Overlay, Palette, ShellAction};

#[derive(Properties)]
struct Props {
    overlay: Option<Overlay>,
    palette: Rc<Palette>,
    /// What is being accepted.
    analysis: Rc<Analysis>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        self.overlay == other.overlay
            && Rc::ptr_eq(&self.palette, &other.palette)
            && Rc::ptr_eq(&self.analysis, &other.analysis)
    }
}

/// The dialog, shut while nothing lies over the page.
pub fn overlays(model: &Model) -> Html {
    html! { <Overlays overlay={model.overlay} palette={model.palette.clone()} analysis={model.analysis.clone()}/> }
}

#[component]
fn Overlays(props: &Props) -> Html {
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with(props.overlay, move |overlay| {
            if let Some(dialog) = place.cast::<HtmlDialogElement>() {
                if overlay.is_none() {
                    dialog.close();
                } else if !dialog.open() {
                    let _ = dialog.show_modal();
                }
            }
        });
    }
    // Pressing beside it closes it, as Esc does.
    let onclick = {
        let place = place.clone();
        Callback::from(move |event: MouseEvent| {
            let dialog = place
                .cast::<HtmlDialogElement>()
                .map(web_sys::EventTarget::from);
            if dialog.is_some() && event.target() == dialog {
                send(Action::Shell(ShellAction::Shut));
            }
        })
    };
    let onclose = Callback::from(|_: Event| send(Action::Shell(ShellAction::Shut)));
    let (class, name, content) = match props.overlay {
        Some(Overlay::Search) => (
            "palette",
            "Search",
            html! { <Search palette={props.palette.clone()}/> },
        ),
        Some(Overlay::Help) => ("", "Keys", help()),
        Some(Overlay::Ask(feature)) => ("", "A permission", pages::ask_for(feature)),
        Some(Overlay::Accept) => ("", "Accept this difference", pages::accept(&props.analysis)),
        Some(Overlay::Seal) => ("", "Encrypt what is saved", seal::choose()),
        Some(Overlay::Unseal) => ("", "Open an encrypted file", seal::open()),
        None => ("", "", html! {}),
    };
    html! {
        <dialog ref={place} class={classes!("dlg", class)} aria-label={name} {onclick} {onclose}>{ content }</dialog>
    }
}
