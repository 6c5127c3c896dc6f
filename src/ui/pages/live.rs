//! What the live pages of Trust share: signed out, on its way, unknown, long lists.

use domain::protocol::{Known, LivePage};
use domain::snapshot::{Gap, Reason};
use serde::de::DeserializeOwned;
use yew::prelude::*;

use super::trust::tabs;
use crate::bridge::codec::{self, Frame};
use crate::ui::components::{button, problem_note, sign, state_page};
use crate::ui::dom::intl;
use crate::ui::route::Route;
use crate::ui::state::{Action, Live, Model, Overlay, SessionAction, ShellAction};
use crate::ui::words::{self, Press};

/// Rows of a list that are drawn; the rest is counted.
pub const MOST: usize = 200;

/// Head of a page: title, one line about it, and what reads it anew.
pub fn head(model: &Model, route: &Route, page: LivePage) -> Html {
    let again = Action::ReadLive(page);
    let again = || button("ghost", "refresh", "Read again", again);
    html! {
        <>
            <div class="title"><h1>{ words::page(route) }</h1><p>{ "Read live, when you open this page. Nothing is changed from here." }</p>
                { for model.session.account().map(|_| again()) }</div>
            { tabs(route) }
        </>
    }
}

/// Nobody is signed in.
pub fn signed_out(why: &'static str) -> Html {
    let features = Vec::new();
    let sign_in = Action::Session(SessionAction::SignIn { features });
    state_page(
        "",
        "lock",
        "Nobody is signed in",
        html! {
            <><p class="soft">{ why }</p>
            <p class="row">{ button("pri", "windows", "Sign in with Microsoft", sign_in) }</p></>
        },
    )
}

/// What was read, unpacked; or that it is on its way, or why it did not come.
pub fn read<T: DeserializeOwned>(
    live: &Live,
    page: LivePage,
    draw: impl FnOnce(T) -> Html,
) -> Html {
    if !live.shows(page) {
        return html! {};
    }
    let problem = live
        .answer
        .problem()
        .map(|problem| problem_note(problem, html! {}));
    let content = match live.answer.get().map(|bytes| codec::decode::<T>(bytes)) {
        Some(Ok(Frame::Message(_, value))) => draw(value),
        None if live.answer.loading() => {
            html! { <div class="state" role="status"><p class="soft">{ "Reading from Microsoft Graph" }</p><progress aria-label="Reading"/></div> }
        }
        _ => html! {},
    };
    html! { <>{ problem }{ content }</> }
}

/// A sheet with its heading, and a few quiet words beside it.
pub fn sheet(
    id: &'static str,
    title: &'static str,
    quiet: impl Into<AttrValue>,
    content: Html,
) -> Html {
    let quiet: AttrValue = quiet.into();
    html! {
        <section class="sheet" aria-labelledby={id}>
            <header><h2 {id}>{ title }</h2><p class="quiet">{ quiet }</p></header>
            { content }
        </section>
    }
}

/// What reading something takes.
#[derive(Clone, Copy)]
pub struct Takes {
    /// The page that reads it.
    pub page: LivePage,
    /// The feature that asks for its permission.
    pub feature: &'static str,
    /// Roles that may, for a sentence.
    pub roles: &'static str,
}

/// Why something is not known, and what to press or whom to ask.
pub fn unknown(gap: &Gap, takes: Takes) -> Html {
    let (why, press) = words::gap(gap);
    let ask = Action::Shell(ShellAction::Open(Overlay::Ask(takes.feature)));
    let press = match press {
        Press::AskForScope => button("", "", "What it takes", ask),
        Press::ReadAgain => button("", "refresh", "Read again", Action::ReadLive(takes.page)),
        Press::SignIn | Press::Nothing => html! {},
    };
    html! {
        <div class="body stack tight wraps">
            <p class="row"><span class="grow">{ sign("unkn", "m-unkn", "Unknown") }{ " " }{ why }
                if gap.reason == Reason::Role { { " Whoever has one of these roles can: " }{ takes.roles }{ "." } }</span>{ press }</p>
            if !gap.detail.is_empty() { <p class="mono soft">{ &gap.detail }</p> }
        </div>
    }
}

/// How many, as far as it is known.
pub fn counted<T>(list: &Known<Vec<T>>) -> String {
    match (&list.gap, list.value.len()) {
        (None, n) => intl::number(n as u32),
        (Some(_), 0) => String::new(),
        (Some(_), n) => format!("at least {}", intl::number(n as u32)),
    }
}

/// That a list goes on behind its last row.
pub fn more(n: usize) -> Html {
    if n <= MOST {
        return html! {};
    }
    html! { <p class="body soft">{ "and " }{ intl::number((n - MOST) as u32) }{ " more" }</p> }
}
