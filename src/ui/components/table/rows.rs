//! The rows that are in view, and a little around them.

use yew::prelude::*;

use super::{Props, Row};

/// Rows drawn beyond the view on each side, so that scrolling by lines shows no gap.
const AROUND: u32 = 6;

/// First row and row behind the last that are drawn.
pub fn drawn(props: &Props) -> (u32, u32) {
    let state = &props.state;
    let total = props.source.total();
    let from = state.first.saturating_sub(AROUND).min(total);
    let to = state
        .first
        .saturating_add(state.visible.max(40))
        .saturating_add(AROUND)
        .min(total);
    (from, to)
}

/// The rows from and to.
pub fn rows(props: &Props, from: u32, to: u32) -> Html {
    (from..to)
        .map(|at| match props.source.row(at) {
            Some(row) => draw(props, at, row),
            None => waiting(props, at),
        })
        .collect()
}

fn draw(props: &Props, at: u32, row: Row) -> Html {
    let tabindex = if at == props.state.cursor { "0" } else { "-1" };
    let selected = props.selects && props.state.is_selected(at);
    let open = props.open == Some(at);
    let columns = props.shown().count() + usize::from(props.selects);
    let level = props
        .tree
        .then_some(if row.heading.is_some() { "1" } else { "2" });
    let expanded = row.heading.map(|open| if open { "true" } else { "false" });
    let chosen = if props.selects {
        Some(if selected { "true" } else { "false" })
    } else {
        None
    };
    let mut cells = row.cells;
    let content = if row.heading.is_some() {
        html! { <td colspan={columns.to_string()} role={props.tree.then_some("gridcell")}>{ cells.pop() }</td> }
    } else {
        let select = props.selects.then(|| select_box(selected, &row.name));
        let shown = props.shown().enumerate().map(|(order, (place, column))| {
            let content = cells.get_mut(place).map(std::mem::take);
            if order == 0 && !props.tree {
                html! { <th scope="row" class={column.class}>{ content }</th> }
            } else {
                html! { <td class={column.class}>{ content }</td> }
            }
        });
        html! { <>{ select }{ for shown }</> }
    };
    html! {
        <tr key={row.key} id={props.row_id(at)} class={classes!("r", row.class, open.then_some("open"))} {tabindex}
            data-at={at.to_string()} aria-rowindex={(at + 2).to_string()} aria-selected={chosen} aria-level={level}
            aria-expanded={expanded} aria-current={open.then_some("true")}>
            { content }
        </tr>
    }
}

fn select_box(selected: bool, name: &AttrValue) -> Html {
    html! {
        <td class="c-sel"><input type="checkbox" tabindex="-1" checked={selected} aria-label={format!("Select {name}")}/></td>
    }
}

/// A row that is on its way.
fn waiting(props: &Props, at: u32) -> Html {
    let columns = props.shown().count() + usize::from(props.selects);
    html! {
        <tr key={format!("w{at}")} class="r waits" aria-rowindex={(at + 2).to_string()}>
            <td colspan={columns.to_string()}><span class="vh">{ "Loading" }</span></td>
        </tr>
    }
}

impl Default for Row {
    fn default() -> Self {
        Self {
            key: String::new(),
            class: "",
            cells: Vec::new(),
            heading: None,
            name: AttrValue::from(""),
        }
    }
}
