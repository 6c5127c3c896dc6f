//! The head: names, order, widths.

use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};
use yew::prelude::*;

use super::{Column, Props};
use crate::ui::components::{icon_s, on};
use crate::ui::dom;
use crate::ui::effects::send;
use crate::ui::state::Action;
use crate::ui::state::table::TableMsg;

/// Narrowest and widest column, in pixels.
const RANGE: (i32, i32) = (56, 1_200);

/// The `colgroup`: widths are set on it.
pub fn columns(props: &Props) -> Html {
    let prefix = props.prefix();
    html! {
        <colgroup>
            if props.selects { <col class="k-sel"/> }
            { for props.shown().map(|(_, column)| html! {
                <col id={format!("{prefix}-col-{}", column.id)} class={column.class.replace("c-", "k-")}/>
            }) }
        </colgroup>
    }
}

/// Widths that a person chose.
pub fn apply_widths(props: &Props) {
    for (id, px) in &props.state.widths {
        if let Some(col) = dom::by_id(&format!("{}-col-{id}", props.prefix())) {
            dom::set(&col, "width", &format!("{px}px"));
        }
    }
}

/// The row of heads.
pub fn head(props: &Props) -> Html {
    let all = props.selects.then(|| select_all(props));
    html! {
        <thead>
            <tr aria-rowindex="1">
                { all }
                { for props.shown().enumerate().map(|(order, (place, column))| cell(props, order, place, column)) }
            </tr>
        </thead>
    }
}

fn select_all(props: &Props) -> Html {
    let (rows, selected) = (props.source.total(), props.state.count());
    let action = Action::Table {
        which: props.which,
        msg: TableMsg::All,
    };
    html! {
        <th class="c-sel" scope="col">
            <input type="checkbox" aria-label="Select all" checked={rows > 0 && selected == rows} onchange={on(action)}/>
        </th>
    }
}

fn cell(props: &Props, order: usize, place: usize, column: &'static Column) -> Html {
    let title = props.source.title(place);
    let title = title.unwrap_or(AttrValue::Static(column.title));
    let sorted = props.sort.as_ref().filter(|(id, _)| id == column.id);
    let (symbol, sort) = match sorted {
        Some((_, false)) => ("sort-up", Some("ascending")),
        Some((_, true)) => ("sort-down", Some("descending")),
        None => ("sort", None),
    };
    let words = match (props.on_sort, column.sorts) {
        (Some(sort), true) => html! {
            <button type="button" class="th" onclick={on(sort(column.id))}>{ title.clone() }{ icon_s(symbol) }</button>
        },
        _ => html! { { title.clone() } },
    };
    let number = props.wide.then(|| (order + 1).to_string());
    html! {
        <th class={column.class} scope="col" aria-colindex={number} aria-sort={sort}>{ words }{ grip(props, column, &title) }</th>
    }
}

/// The edge of a head: dragged, or moved by arrow keys. A narrow column hides nothing: the whole text is shown on
/// hover and beside the list.
fn grip(props: &Props, column: &'static Column, title: &AttrValue) -> Html {
    let (which, id) = (props.which, column.id);
    let set = move |px: i32| {
        let px = px.clamp(RANGE.0, RANGE.1).unsigned_abs();
        let msg = TableMsg::Width { id, px };
        send(Action::Table { which, msg });
    };
    let onpointerdown = Callback::from(|event: PointerEvent| {
        if let Some(target) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) {
            let _ = target.set_pointer_capture(event.pointer_id());
        }
        event.prevent_default();
    });
    let onpointermove = Callback::from(move |event: PointerEvent| {
        if event.buttons() & 1 == 1
            && let Some((left, _)) = edges(event.target())
        {
            set(event.client_x() - left);
        }
    });
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowLeft" => -16,
            "ArrowRight" => 16,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        if let Some((left, right)) = edges(event.target()) {
            set(right - left + by);
        }
    });
    let now = props.state.widths.iter().find(|(of, _)| *of == id);
    html! {
        <span class="grip" role="separator" tabindex="0" aria-orientation="vertical" aria-label={format!("Width of {title}")}
            aria-valuemin={RANGE.0.to_string()} aria-valuemax={RANGE.1.to_string()} aria-valuenow={now.map_or(160, |(_, px)| *px).to_string()}
            {onpointerdown} {onpointermove} {onkeydown}/>
    }
}

/// Left and right edge of the head around a grip, in pixels of the screen.
#[allow(clippy::cast_possible_truncation)]
fn edges(grip: Option<web_sys::EventTarget>) -> Option<(i32, i32)> {
    let head = grip?.dyn_into::<Element>().ok()?.parent_element()?;
    let around = head.get_bounding_client_rect();
    Some((around.left() as i32, around.right() as i32))
}
