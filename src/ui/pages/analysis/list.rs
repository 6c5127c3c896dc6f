//! What the lists of the analyses share: columns, rows, the filter, the pane beside them.

use domain::protocol::{Event, SideView};
use yew::prelude::*;

use super::Props;
use crate::ui::components::table::{self, Column, Row, Source, Table, address};
use crate::ui::components::{
    badge, button, chosen, failed, field_text, icon_button, icon_s, on, state_page, toggle,
};
use crate::ui::dom::intl;
use crate::ui::effects::send;
use crate::ui::route::{Route, View};
use crate::ui::state::{Action, AnalysisAction, Which};
use crate::ui::words::Mark;

/// True for a table with more columns than fit on most screens: only those in view are drawn.
pub const fn is_wide(columns: usize) -> bool {
    columns > 9
}

/// A column that nobody sorts by.
pub const fn column(id: &'static str, title: &'static str, class: &'static str) -> Column {
    Column {
        id,
        title,
        class,
        sorts: false,
    }
}

/// Rows that a function draws from the answer.
pub struct Rows {
    /// All there are.
    pub total: u32,
    /// Number of the first that is there.
    pub from: u32,
    /// The row of a number from there, and its number in the list.
    pub row: Box<dyn Fn(usize, u32) -> Option<Row>>,
    /// Titles of columns that are not known before.
    pub titles: Vec<String>,
    /// The filter, where the page itself filters.
    pub text: String,
    /// Address of the answer that they are drawn from.
    pub data: usize,
}

impl Source for Rows {
    fn total(&self) -> u32 {
        self.total
    }

    fn row(&self, at: u32) -> Option<Row> {
        (self.row)(at.checked_sub(self.from)? as usize, at)
    }

    fn stamp(&self) -> (usize, String) {
        (
            self.data,
            format!("{}\n{}", self.text, self.titles.join("\n")),
        )
    }

    fn title(&self, place: usize) -> Option<AttrValue> {
        self.titles.get(place).cloned().map(AttrValue::from)
    }
}

/// A row of cells.
pub fn row(name: &str, cells: Vec<Html>) -> Row {
    Row {
        cells,
        name: AttrValue::from(name.to_owned()),
        ..Row::default()
    }
}

/// The table, or why there is none.
pub fn list(
    props: &Props,
    name: &'static str,
    class: &'static str,
    columns: &'static [Column],
    rows: Option<Rows>,
    empty: Html,
) -> Html {
    let analysis = &props.analysis;
    if let Some(problem) = analysis.answer.problem() {
        return html! { <div class="scroll">{ failed(problem, "", html! {}) }</div> };
    }
    let rows = match rows {
        Some(rows) => rows,
        None if analysis.answer.loading() => Rows {
            total: 0,
            from: 0,
            row: Box::new(|_, _| None),
            titles: Vec::new(),
            text: String::new(),
            data: 0,
        },
        None => return html! { <div class="scroll">{ empty }</div> },
    };
    if rows.total == 0 {
        let waits = html! { <p class="state soft" role="status">{ "Working it out …" }</p> };
        let content = if analysis.answer.loading() {
            waits
        } else {
            empty
        };
        return html! { <div class="scroll">{ content }</div> };
    }
    let source = table::source(rows);
    html! {
        <Table which={Which::Analysis} {name} {class} {source} {columns} state={analysis.table.clone()}
            on_open={Action::Analysis(AnalysisAction::Open)} open={props.view.row} wide={is_wide(columns.len())}/>
    }
}

/// Rows of a list that is here whole: those of these numbers.
pub fn whole(
    view: &View,
    shown: Vec<u32>,
    data: usize,
    draw: impl Fn(u32) -> Option<Row> + 'static,
) -> Rows {
    Rows {
        total: u32::try_from(shown.len()).unwrap_or(u32::MAX),
        from: 0,
        row: Box::new(move |at, _| draw(*shown.get(at)?)),
        titles: Vec::new(),
        text: view.text.clone(),
        data,
    }
}

/// Part of a list: how many there are, the number of the first that is here, and those that are.
pub type Window<'w, T> = (u32, u32, &'w [T]);

/// Draws rows of the answer.
pub fn rows<T: 'static>(
    props: &Props,
    window: fn(&Event) -> Option<Window<'_, T>>,
    draw: fn(&T) -> Row,
) -> Option<Rows> {
    let answer = props.analysis.answer.value.clone()?;
    let (total, from, _) = window(&answer)?;
    let data = address(Some(&answer));
    let row = move |at: usize, _: u32| {
        let (_, _, lines) = window(&answer)?;
        Some(draw(lines.get(at)?))
    };
    Some(Rows {
        total,
        from,
        row: Box::new(row),
        titles: Vec::new(),
        text: String::new(),
        data,
    })
}

/// The field that filters.
pub fn filter(view: &View, words: &'static str) -> Html {
    let oninput = Callback::from(|event: InputEvent| {
        send(Action::Analysis(AnalysisAction::Text(field_text(&event))));
    });
    html! {
        <div class="query">
            { icon_s("filter") }
            <input id="query" type="text" aria-label="Filter" placeholder={words} spellcheck="false" autocomplete="off" value={view.text.clone()} {oninput}/>
        </div>
    }
}

/// A button that shows one kind of rows, with how many there are.
pub fn key(view: &View, word: &'static str, mark: Mark, n: u32) -> Html {
    let content = html! {
        <><span class={classes!("st", mark.class)}>{ icon_s(mark.icon) }<span class="w">{ mark.word }</span></span>{ " " }<b>{ intl::number(n) }</b></>
    };
    toggle(view.shows(word), "", content, go(view.toggled(word)))
}

/// Goes to another view.
pub fn go(view: View) -> Action {
    Action::Go(Route::Analysis(view))
}

/// Chooses a side.
pub fn side_choice(
    words: &'static str,
    sides: &[SideView],
    now: u32,
    to: impl Fn(u32) -> Action + 'static,
) -> Html {
    let numbers: Vec<u32> = sides.iter().map(|side| side.side).collect();
    let onchange = Callback::from(move |event: web_sys::Event| {
        if let Some(side) = chosen(&event).and_then(|at| numbers.get(at)) {
            send(to(*side));
        }
    });
    let options = sides.iter().map(|side| {
        html! { <option selected={side.side == now}>{ &side.label }{ format!(" ({} policies)", side.policies) }</option> }
    });
    html! { <label class="row label">{ words }<select class="in" {onchange}>{ for options }</select></label> }
}

/// The pane beside the list; a page of its own on a narrow screen.
pub fn pane(name: &'static str, back: &'static str, content: Html) -> Html {
    let close = Action::Analysis(AnalysisAction::Close);
    html! {
        <article class="detail" aria-label={name} tabindex="0">
            <div class="row bar-row">
                <button type="button" class="btn ghost back" onclick={on(close.clone())}>{ icon_s("chev-left") }{ back }</button>
                <span class="grow"/><span class="x">{ icon_button("close", "Close (Esc)", close) }</span>
            </div>
            { content }
        </article>
    }
}

/// Nothing is left by the filter, or there is nothing at all.
pub fn empty(view: &View, title: &'static str, words: &'static str) -> Html {
    let clean = View {
        text: String::new(),
        show: String::new(),
        row: None,
        ..view.clone()
    };
    if clean == *view {
        return state_page(
            "ok",
            "check",
            title,
            html! { <p class="soft">{ words }</p> },
        );
    }
    let clear = html! { <p class="row">{ button("", "", "Clear the filter", go(clean)) }</p> };
    state_page("", "filter", "Nothing matches", clear)
}

/// Two lines of a cell: what it is, and what is to be said about it.
pub fn two(first: &str, second: &str) -> Html {
    html! {
        <div class="two" title={first.to_owned()}><span>{ first }</span>if !second.is_empty() { <span class="why" title={second.to_owned()}>{ second }</span> }</div>
    }
}

/// A sign with its word.
pub fn marked(mark: Mark) -> Html {
    crate::ui::components::sign(mark.class, mark.icon, mark.word)
}

/// A few words in a box, where there are any.
pub fn tag(class: &'static str, words: &'static str, shown: bool) -> Html {
    if shown {
        badge(class, words)
    } else {
        html! {}
    }
}
