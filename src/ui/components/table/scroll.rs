//! Pixels: what is in view, room for the rows that are not drawn, bringing the cursor into view.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};
use yew::prelude::*;

use super::Props;
use crate::ui::dom;
use crate::ui::effects::send;
use crate::ui::state::Action;
use crate::ui::state::table::TableMsg;

/// Height of a row until one was measured.
pub const ROW: f64 = 32.0;

/// Rows between two reports while a list is scrolled: each report draws.
pub const STEP: u32 = 4;

/// Height of a row as it is drawn now.
pub fn measure(scroller: &Element) -> Option<f64> {
    let row = scroller.query_selector("tr.r").ok()??;
    let height = row.get_bounding_client_rect().height();
    (height > 4.0).then_some(height)
}

/// Tells which rows are in view, when that changed.
// Rows of a screen and pixels of a list: far inside the range.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn report(scroller: &Element, row: f64, props: &Props) {
    let first = (f64::from(scroller.scroll_top()) / row) as u32 / STEP * STEP;
    let visible = (f64::from(scroller.client_height()) / row).ceil() as u32 + 1;
    if (first, visible) != (props.state.first, props.state.visible) {
        keep_focus(
            scroller,
            props,
            (first, first.saturating_add(visible + STEP)),
        );
        let msg = TableMsg::View { first, visible };
        tell(props, msg);
    }
    if props.wide
        && let Some((from, to)) = columns(scroller)
        && props.state.across != Some((from, to))
    {
        tell(props, TableMsg::Across(from, to));
    }
}

fn tell(props: &Props, msg: TableMsg) {
    let which = props.which;
    send(Action::Table { which, msg });
}

/// Columns in view, from and to, by their heads, which are all drawn. The first one stays where it is.
fn columns(scroller: &Element) -> Option<(u32, u32)> {
    let heads = scroller.query_selector_all("thead th").ok()?;
    let around = scroller.get_bounding_client_rect();
    let edges = (1..heads.length()).filter_map(|at| {
        let head = heads.get(at)?.dyn_into::<Element>().ok()?;
        let edge = head.get_bounding_client_rect();
        let seen = edge.right() > around.left() && edge.left() < around.right();
        seen.then_some(at)
    });
    let (mut from, mut to) = (u32::MAX, 0);
    for at in edges {
        (from, to) = (from.min(at), at + 1);
    }
    (to > 0).then_some((from, to))
}

/// Room for rows that are not drawn. It comes with the rows, not after them: effects run later, and a frame in
/// between would show a list that is too short and scroll it to its end. An attribute, because the policy
/// refuses styles in markup.
pub fn room(rows: u32, row: f64) -> Html {
    // Whole pixels, and no code to write fractions.
    #[allow(clippy::cast_possible_truncation)]
    let height = (f64::from(rows) * row) as i64;
    html! { <tbody aria-hidden="true"><tr><td><svg width="1" height={height.to_string()}/></td></tr></tbody> }
}

/// Scrolls as little as brings the row of the cursor below the head and above the edge.
#[allow(clippy::cast_possible_truncation)]
pub fn reveal(scroller: &Element, row: f64, cursor: u32) {
    let head = scroller
        .query_selector("thead")
        .ok()
        .flatten()
        .map_or(row, |head| head.get_bounding_client_rect().height());
    let top = f64::from(cursor) * row;
    let now = f64::from(scroller.scroll_top());
    let room = f64::from(scroller.client_height()) - head - row;
    if top < now {
        scroller.set_scroll_top(top as i32);
    } else if top > now + room {
        scroller.set_scroll_top((top - room).ceil() as i32);
    }
}

/// A row that has the focus and is about to go hands it to the table, whose keys go on from the cursor.
fn keep_focus(scroller: &Element, props: &Props, (from, to): (u32, u32)) {
    let cursor = props.state.cursor;
    if (from..to).contains(&cursor) {
        return;
    }
    let row = dom::by_id(&props.row_id(cursor));
    let focused = dom::document().and_then(|d| d.active_element());
    if row.is_some()
        && row == focused
        && let Some(scroller) = scroller.dyn_ref::<HtmlElement>()
    {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = scroller.focus_with_options(&options);
    }
}
