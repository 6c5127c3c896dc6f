//! The rows that are in view, and a little around them.

use std::rc::Rc;

use yew::prelude::*;

use super::{Props, Row, Rows, scroll};

/// Rows drawn beyond the view on each side, so that scrolling by lines shows no gap.
const AROUND: u32 = 6;

/// Rows that are drawn before it is known how many fit.
const AT_FIRST: u32 = 40;

/// What was drawn last: the rows, and what they were drawn from.
pub struct Drawn {
    range: (u32, u32),
    source: Rows,
    /// Rows around the view are still to be drawn.
    pub bare: bool,
}

/// First row and row behind the last to draw now. What leaves most of the rows as they are draws some around the
/// view too. After a jump, or with another list, those wait: what is in view is to be seen first.
pub fn drawn(props: &Props, last: &mut Option<Drawn>) -> (u32, u32) {
    let state = &props.state;
    let total = props.source.total();
    let visible = match state.visible {
        0 => AT_FIRST,
        known => known,
    };
    let (first, end) = (
        state.first,
        state.first.saturating_add(visible + scroll::STEP),
    );
    let bare = last.as_ref().is_none_or(|last| {
        let kept = end
            .min(last.range.1)
            .saturating_sub(first.max(last.range.0));
        last.source != props.source || kept < visible / 2
    });
    let around = if bare { 0 } else { AROUND };
    let range = (
        first.saturating_sub(around).min(total),
        end.saturating_add(around).min(total),
    );
    *last = Some(Drawn {
        range,
        source: props.source.clone(),
        bare,
    });
    range
}

/// The rows from and to.
pub fn rows(props: &Props, from: u32, to: u32) -> Html {
    let columns: Rc<[(usize, &'static str)]> = props.shown().map(|(at, c)| (at, c.class)).collect();
    // Rows that go lend their elements to those that come.
    let slots = props.state.visible.max(AT_FIRST) + scroll::STEP + 2 * AROUND;
    let line = |at| {
        let line = LineProps {
            source: props.source.clone(),
            at,
            id: props.row_id(at),
            columns: columns.clone(),
            current: at == props.state.cursor,
            selected: props.selects.then(|| props.state.is_selected(at)),
            open: props.open == Some(at),
            tree: props.tree,
            across: props.across(),
            wide: props.wide,
        };
        html! { <Line key={at % slots} ..line/> }
    };
    (from..to).map(line).collect()
}

/// What a row is drawn from.
#[derive(Properties, Clone, PartialEq)]
struct LineProps {
    source: Rows,
    at: u32,
    id: String,
    /// Place of a column's content in the row, and its class.
    columns: Rc<[(usize, &'static str)]>,
    /// The cursor is here.
    current: bool,
    /// `None`: rows cannot be selected.
    selected: Option<bool>,
    open: bool,
    tree: bool,
    /// See [`Props::across`].
    across: (usize, usize),
    wide: bool,
}

/// A component, so that scrolling draws the rows that come and leaves the others as they are.
#[component]
fn Line(props: &LineProps) -> Html {
    match props.source.row(props.at) {
        Some(row) => draw(props, row),
        None => waiting(props),
    }
}

fn draw(props: &LineProps, row: Row) -> Html {
    let tabindex = if props.current { "0" } else { "-1" };
    let columns = props.columns.len() + usize::from(props.selected.is_some());
    let level = props
        .tree
        .then_some(if row.heading.is_some() { "1" } else { "2" });
    let expanded = row.heading.map(|open| if open { "true" } else { "false" });
    let chosen = props.selected.map(|is| if is { "true" } else { "false" });
    let mut cells = row.cells;
    let content = if row.heading.is_some() {
        html! { <td colspan={columns.to_string()} role={props.tree.then_some("gridcell")}>{ cells.pop() }</td> }
    } else {
        let select = props.selected.map(|is| select_box(is, &row.name));
        html! { <>{ select }{ for each(props, &mut cells) }</> }
    };
    html! {
        <tr id={props.id.clone()} class={classes!("r", row.class, props.open.then_some("open"))} {tabindex}
            data-at={props.at.to_string()} aria-rowindex={(props.at + 2).to_string()} aria-selected={chosen} aria-level={level}
            aria-expanded={expanded} aria-current={props.open.then_some("true")}>
            { content }
        </tr>
    }
}

/// The cells of a row. In place of those that are not drawn stands one as wide as they are.
fn each(props: &LineProps, cells: &mut [Html]) -> Vec<Html> {
    let (from, to) = props.across;
    let all = props.columns.len();
    let (from, to) = (from.min(all), to.min(all));
    let mut out = Vec::with_capacity(to - from + 3);
    let gap = |columns: usize| {
        (columns > 0)
            .then(|| html! { <td class="gap" colspan={columns.to_string()} aria-hidden="true"/> })
    };
    for (order, (place, class)) in props.columns.iter().enumerate() {
        let number = props.wide.then(|| (order + 1).to_string());
        let mut content = || cells.get_mut(*place).map(std::mem::take);
        if order == 0 && !props.tree {
            out.push(
                html! { <th scope="row" class={*class} aria-colindex={number}>{ content() }</th> },
            );
            out.extend(gap(from.saturating_sub(1)));
        } else if order < to && (order >= from || order == 0) {
            out.push(html! { <td class={*class} aria-colindex={number}>{ content() }</td> });
        }
    }
    out.extend(gap(all - to));
    out
}

fn select_box(selected: bool, name: &AttrValue) -> Html {
    html! {
        <td class="c-sel"><input type="checkbox" tabindex="-1" checked={selected} aria-label={format!("Select {name}")}/></td>
    }
}

/// A row that is on its way.
fn waiting(props: &LineProps) -> Html {
    let columns = props.columns.len() + usize::from(props.selected.is_some());
    html! {
        <tr class="r waits" aria-rowindex={(props.at + 2).to_string()}>
            <td colspan={columns.to_string()}><span class="vh">{ "Loading" }</span></td>
        </tr>
    }
}

impl Default for Row {
    fn default() -> Self {
        Self {
            class: "",
            cells: Vec::new(),
            heading: None,
            name: AttrValue::from(""),
        }
    }
}
