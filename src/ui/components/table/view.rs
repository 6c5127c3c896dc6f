//! The component: draws, and reports what a person does.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::{Column, Props, head, ordered, rows, scroll};
use crate::ui::components::{choice, icon_button, icon_s};
use crate::ui::dom;
use crate::ui::effects::send;
use crate::ui::state::table::{Step, TableMsg, TableState, shifted};
use crate::ui::state::{Action, Which};

/// Milliseconds after which the rows around the view are drawn.
const AROUND_AFTER: i32 = 120;

/// See the head of this module.
#[component]
pub fn Table(props: &Props) -> Html {
    let place = use_node_ref();
    let row = use_state_eq(|| scroll::ROW);
    // The row of the cursor takes the focus as soon as it is drawn.
    let wants_focus = use_mut_ref(|| false);
    let total = props.source.total();
    let last = use_mut_ref(|| None::<rows::Drawn>);
    let again = use_force_update();
    let reported = use_mut_ref(|| true);
    let (from, to) = rows::drawn(props, &mut last.borrow_mut());
    if last.borrow().as_ref().is_some_and(|last| last.bare) {
        dom::later(AROUND_AFTER, move || again.force_update());
    }

    {
        let (place, row, props) = (place.clone(), row.clone(), props.clone());
        use_effect(move || {
            if let Some(scroller) = place.cast::<Element>() {
                head::apply_widths(&props);
                if let Some(height) = scroll::measure(&scroller) {
                    row.set(height);
                }
                scroll::report(&scroller, *row, &props);
            }
        });
    }
    {
        let (place, row, wants_focus) = (place.clone(), row.clone(), wants_focus.clone());
        let cursor = props.state.cursor;
        use_effect_with(props.state.reveal, move |reveal| {
            if let (Some(scroller), 1..) = (place.cast::<Element>(), *reveal) {
                scroll::reveal(&scroller, *row, cursor);
                *wants_focus.borrow_mut() = true;
            }
        });
    }
    {
        let (id, wants_focus) = (props.row_id(props.state.cursor), wants_focus.clone());
        use_effect(move || {
            if *wants_focus.borrow()
                && let Some(row) = dom::by_id(&id).and_then(|e| e.dyn_into::<HtmlElement>().ok())
            {
                let options = web_sys::FocusOptions::new();
                options.set_prevent_scroll(true);
                let _ = row.focus_with_options(&options);
                *wants_focus.borrow_mut() = false;
            }
        });
    }

    let onscroll = {
        let (place, row, props) = (place.clone(), row.clone(), props.clone());
        Callback::from(move |_: Event| {
            // Not in the task of the frame that has just been scrolled: drawing and laying out share no task then.
            if !reported.replace(false) {
                return;
            }
            let (place, row, props) = (place.clone(), row.clone(), props.clone());
            let reported = reported.clone();
            dom::later(0, move || {
                reported.replace(true);
                if let Some(scroller) = place.cast::<Element>() {
                    scroll::report(&scroller, *row, &props);
                }
            });
        })
    };
    let inside = (from..to).contains(&props.state.cursor);
    let tabindex = if inside { "-1" } else { "0" };
    let label = format!("{}, {total} rows", props.name);
    let columns = props.wide.then(|| props.shown().count().to_string());
    let widened = (!props.state.widths.is_empty()).then_some("widened");
    html! {
        <div ref={place} class="scroll table" role="region" aria-label={label} {tabindex} {onscroll} onkeydown={on_key(props)}>
            <table class={classes!("tbl", props.class, widened)} role={if props.tree { "treegrid" } else { "grid" }} aria-label={props.name}
                aria-rowcount={(total + 1).to_string()} aria-colcount={columns} aria-multiselectable={props.selects.then_some("true")}>
                { head::columns(props) }
                { head::head(props) }
                { scroll::room(from, *row) }
                <tbody onclick={on_click(props)}>{ rows::rows(props, from, to) }</tbody>
                { scroll::room(total - to, *row) }
            </table>
        </div>
    }
}

fn on_key(props: &Props) -> Callback<KeyboardEvent> {
    let props = props.clone();
    Callback::from(move |event: KeyboardEvent| {
        let tell = |msg| {
            let which = props.which;
            Action::Table { which, msg }
        };
        let step = |step| {
            let extend = event.shift_key() && props.selects;
            Some(tell(TableMsg::Move { step, extend }))
        };
        if dom::is_typing(event.target()) {
            return;
        }
        let with_ctrl = event.ctrl_key() || event.meta_key();
        // A head's button and a box have Enter and Space of their own.
        let own = event
            .target()
            .and_then(|t| t.dyn_into::<Element>().ok())
            .is_some_and(|e| e.matches("button,a,input").unwrap_or(false));
        let action = match event.key().as_str() {
            "ArrowDown" => step(Step::Down),
            "ArrowUp" => step(Step::Up),
            "PageDown" => step(Step::PageDown),
            "PageUp" => step(Step::PageUp),
            "Home" => step(Step::First),
            "End" => step(Step::Last),
            "Enter" if !own => props.on_open.clone(),
            " " if !own && props.selects => Some(tell(TableMsg::Toggle)),
            " " if !own => props.on_open.clone(),
            "a" if with_ctrl && props.selects => Some(tell(TableMsg::All)),
            "c" if with_ctrl && props.state.count() > 0 => props.on_copy.clone(),
            "Escape" if props.state.count() > 0 => Some(tell(TableMsg::Clear)),
            _ => None,
        };
        if let Some(action) = action {
            event.prevent_default();
            send(action);
        }
    })
}

fn on_click(props: &Props) -> Callback<MouseEvent> {
    let props = props.clone();
    Callback::from(move |event: MouseEvent| {
        let Some(target) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else {
            return;
        };
        let at = target
            .closest("tr[data-at]")
            .ok()
            .flatten()
            .and_then(|row| row.get_attribute("data-at"))
            .and_then(|at| at.parse::<u32>().ok());
        let Some(row) = at else {
            return;
        };
        let boxed = target.matches("input, .c-sel").unwrap_or(false);
        let linked = target.closest("a,button").ok().flatten().is_some();
        let extend = event.shift_key() && props.selects;
        let toggle = props.selects && (boxed || event.ctrl_key() || event.meta_key());
        let msg = TableMsg::Point {
            row,
            extend,
            toggle: toggle && !linked,
        };
        send(Action::Table {
            which: props.which,
            msg,
        });
        if !linked
            && !extend
            && !toggle
            && let Some(open) = &props.on_open
        {
            send(open.clone());
        }
    })
}

/// The menu that shows, hides and moves columns. The first column stays.
pub fn column_menu(which: Which, columns: &'static [Column], state: &TableState) -> Html {
    let order: Vec<&'static str> = ordered(columns, state)
        .iter()
        .skip(1)
        .map(|(_, c)| c.id)
        .collect();
    let say = |msg| Action::Table { which, msg };
    let lines = ordered(columns, state)
        .into_iter()
        .skip(1)
        .enumerate()
        .map(|(at, (_, column))| {
            let shown = !state.hidden.contains(&column.id);
            let step = |right, symbol, to| {
                let order = shifted(&order, &state.hidden, at, right)?;
                Some(icon_button(
                    symbol,
                    format!("Move {} to the {to}", column.title),
                    say(TableMsg::Order(order)),
                ))
            };
            let msg = TableMsg::Column {
                id: column.id,
                shown: !shown,
            };
            html! {
                <li key={column.id} class="column">
                    { choice(shown, column.title, say(msg)) }<span class="grow"/>
                    { step(false, "chev-up", "left") }{ step(true, "chev-down", "right") }
                </li>
            }
        });
    html! {
        <details class="menu w-s">
            <summary class="btn ghost">{ icon_s("columns") }{ "Columns" }</summary>
            <div class="pop"><ul class="opts">{ for lines }</ul></div>
        </details>
    }
}
