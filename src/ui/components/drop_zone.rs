//! Where files are dropped or chosen.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::icon_s;
use crate::ui::effects::{Purpose, gather, gather_drop};

/// What a drop zone needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// True: a baseline; false: the main side.
    pub baseline: bool,
    /// The line below the head.
    pub hint: AttrValue,
}

/// A place that takes files, folders and zips, dropped or chosen.
#[component]
pub fn DropZone(props: &Props) -> Html {
    let over = use_state_eq(|| false);
    let purpose = if props.baseline {
        Purpose::Baseline
    } else {
        Purpose::Main
    };
    let hold = |now: bool| {
        let over = over.setter();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(now);
        })
    };
    let ondrop = {
        let over = over.setter();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            event.stop_propagation();
            over.set(false);
            if let Some(data) = event.data_transfer() {
                gather_drop(&data, purpose);
            }
        })
    };
    html! {
        <div class={classes!("drop", over.then_some("over"))} ondragenter={hold(true)} ondragover={hold(true)} ondragleave={hold(false)} {ondrop}>
            <b>{ "Drop a folder, a zip or files here" }</b>
            <span>{ props.hint.clone() }</span>
            <span class="row">
                { pick_button("", "upload", "Choose files", purpose, false) }
                { pick_button("", "folder", "Choose a folder", purpose, true) }
            </span>
        </div>
    }
}

/// A button that opens the browser's own dialog for files or a folder.
pub fn pick_button(
    class: &'static str,
    symbol: &'static str,
    words: &'static str,
    purpose: Purpose,
    folder: bool,
) -> Html {
    let onchange = Callback::from(move |event: Event| {
        let field = event
            .target()
            .and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
        if let Some(field) = field {
            if let Some(list) = field.files().filter(|list| list.length() > 0) {
                gather(&list, purpose);
            }
            // The same file can be chosen again.
            field.set_value("");
        }
    });
    html! {
        <label class={classes!("btn", "pick", class)}>
            { icon_s(symbol) }{ words }
            <input type="file" class="vh" multiple=true webkitdirectory={folder} {onchange}/>
        </label>
    }
}
