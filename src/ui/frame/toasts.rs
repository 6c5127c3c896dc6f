//! Confirmations of what a person just did.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::components::{icon_s, on};
use crate::ui::state::{Action, ShellAction, Toast};

/// What the toasts need.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The newest last.
    pub toasts: Rc<Vec<Toast>>,
}

/// A live region: what comes into it is read aloud.
#[component]
pub fn Toasts(props: &Props) -> Html {
    let toasts = props.toasts.iter().map(|toast| {
        let gone = on(Action::Shell(ShellAction::ToastGone(toast.id)));
        html! {
            <div class="toast" key={toast.id}>
                { icon_s(if toast.bad { "warning" } else { "check" }) }
                <span>{ &toast.text }</span>
                <button type="button" class="btn ghost ic" onclick={gone}>{ icon_s("close") }<span class="vh">{ "Close" }</span></button>
            </div>
        }
    });
    html! { <div class="toasts" role="status" aria-live="polite">{ for toasts }</div> }
}
