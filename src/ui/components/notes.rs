//! What went wrong, what is empty, what is missing: with the remedy.

use domain::problem::Problem;
use yew::prelude::*;

use super::{icon, id_chip};
use crate::ui::state::Loadable;

/// A note beside what it is about.
pub fn note(class: &'static str, symbol: &'static str, content: Html) -> Html {
    html! { <div class={classes!("note", class)}>{ icon(symbol) }<div>{ content }</div></div> }
}

/// A problem as a note: what happened, the remedy, what can be pressed.
pub fn problem_note(problem: &Problem, press: Html) -> Html {
    note(
        "bad",
        "warning",
        html! {
            <>
                <p role="alert"><b>{ &problem.what }</b>{ " " }{ &problem.remedy }</p>
                { detail(problem) }
                <p class="row">{ press }{ id_chip(&problem.code, "Code") }</p>
            </>
        },
    )
}

fn detail(problem: &Problem) -> Html {
    if problem.detail.is_empty() {
        return html! {};
    }
    html! { <p class="mono soft">{ &problem.detail }</p> }
}

/// In place of content: why there is none and what to do.
pub fn state_page(
    class: &'static str,
    symbol: &'static str,
    title: impl Into<AttrValue>,
    content: Html,
) -> Html {
    stated("h2", class, symbol, title.into(), content)
}

/// In place of a whole page.
pub fn whole_page(
    class: &'static str,
    symbol: &'static str,
    title: impl Into<AttrValue>,
    content: Html,
) -> Html {
    stated("h1", class, symbol, title.into(), content)
}

fn stated(
    heading: &'static str,
    class: &'static str,
    symbol: &'static str,
    title: AttrValue,
    content: Html,
) -> Html {
    html! {
        <div class={classes!("state", class)}>
            { icon(symbol) }<@{heading}>{ title }</@>{ content }
        </div>
    }
}

/// A problem in place of content.
pub fn failed(problem: &Problem, kept: &'static str, press: Html) -> Html {
    state_page(
        "bad",
        "warning",
        problem.what.clone(),
        what_to_do(problem, kept, press),
    )
}

/// A problem in place of a whole page.
pub fn failed_page(problem: &Problem, kept: &'static str, press: Html) -> Html {
    whole_page(
        "bad",
        "warning",
        problem.what.clone(),
        what_to_do(problem, kept, press),
    )
}

fn what_to_do(problem: &Problem, kept: &'static str, press: Html) -> Html {
    html! {
        <>
            <p role="alert">{ &problem.remedy }</p>
            { detail(problem) }
            if !kept.is_empty() { <p class="soft">{ kept }</p> }
            <p class="row">{ press }{ id_chip(&problem.code, "Code") }</p>
        </>
    }
}

/// What a value that is not there yet looks like.
impl<T> Loadable<T> {
    /// Draws the value; while there is none, that it is on its way or why it did not come.
    pub fn draw(&self, what: &'static str, with: impl FnOnce(&T) -> Html) -> Html {
        if let Some(problem) = self.problem() {
            return failed(problem, "", html! {});
        }
        match self.get() {
            Some(value) => with(value),
            None => html! { <p class="state soft" role="status">{ what }{ " …" }</p> },
        }
    }
}
