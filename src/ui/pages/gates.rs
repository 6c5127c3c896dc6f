//! Pages in place of all others: no configuration, no engine, no session, nothing open.

use std::rc::Rc;

use domain::oauth::way::{Way, letter, way};
use domain::problem::Problem;
use domain::protocol::{ConsentNeeded, Locked};
use yew::prelude::*;

use crate::bridge::sign_in::base;
use crate::ui::components::{
    button, copy_button, failed_page, icon, id_chip, link_button, note, pick_button, whole_page,
};
use crate::ui::effects::Purpose;
use crate::ui::route::Route;
use crate::ui::state::{Action, MainAction, SessionAction};

/// Around a page without rail and top bar.
fn alone(content: Html) -> Html {
    html! {
        <div class="start alone">
            <header><a class="brand-word" href={Route::Start.hash()}>{ "Plumbline" }</a></header>
            <main id="main" tabindex="-1"><div class="sheet">{ content }</div></main>
        </div>
    }
}

fn sign_in(words: &'static str) -> Html {
    let features = Vec::new();
    button(
        "pri",
        "windows",
        words,
        Action::Session(SessionAction::SignIn { features }),
    )
}

fn demo() -> Html {
    button(
        "",
        "",
        "Open the demo snapshot",
        Action::Main(MainAction::Demo),
    )
}

/// The configuration names nothing that could be used.
pub fn misconfigured(problems: &Rc<Vec<Problem>>) -> Html {
    let values = problems.iter().map(|problem| {
        html! {
            <li class="note bad">{ icon("warning") }<div>
                <p><b>{ &problem.what }</b></p><p>{ &problem.remedy }</p>
                if !problem.detail.is_empty() { <p class="mono soft">{ &problem.detail }</p> }
                <p>{ id_chip(&problem.code, "Code") }</p>
            </div></li>
        }
    });
    alone(html! {
        <div class="state bad" role="alert">
            { icon("warning") }<h1>{ "This site is not set up" }</h1>
            <p>{ "Its " }<code>{ "config.json" }</code>{ " cannot be used. Nothing was sent anywhere. Whoever hosts this site can mend it:" }</p>
            <ul>{ for values }</ul>
            <p class="row">{ link_button("pri", "", &Route::SetUp, "Set up this site") }<a class="btn" href="./">{ "Load the page again" }</a></p>
        </div>
    })
}

/// The engine stopped.
pub fn lost() -> Html {
    alone(html! {
        <div class="state bad" role="alert">
            { icon("warning") }<h1>{ "The engine stopped" }</h1>
            <p>{ "The part of this page that reads and compares ended. What was open in it is gone; nothing in a tenant was changed." }</p>
            <p class="row"><a class="btn pri" href="./">{ "Load the page again" }</a></p>
        </div>
    })
}

/// On the way to Microsoft's page, or back.
pub fn signing_in(back: bool) -> Html {
    let (title, words) = if back {
        (
            "Signing in",
            "The answer of Microsoft Entra is being checked.",
        )
    } else {
        (
            "To Microsoft’s sign-in page",
            "You leave this page and come back.",
        )
    };
    alone(html! {
        <div class="state" role="status">
            { icon("windows") }<h1>{ title }</h1><p class="soft">{ words }</p><progress aria-label={title}/>
        </div>
    })
}

/// The file with all pages but the first is on its way.
pub fn coming() -> Html {
    alone(html! { <div class="state" role="status"><progress aria-label="Loading"/></div> })
}

/// That file did not come.
pub fn not_here(again: Callback<MouseEvent>) -> Html {
    alone(html! {
        <div class="state bad" role="alert">
            { icon("warning") }<h1>{ "A part of this site did not load" }</h1>
            <p>{ "The network is gone, or the file is not the one that was built. What is open stays open." }</p>
            <p class="row"><button type="button" class="btn pri" onclick={again}>{ "Try again" }</button></p>
        </div>
    })
}

/// A sign-in that did not succeed; with what an administrator needs where consent was missing.
pub fn sign_in_failed(problem: &Problem, needed: Option<&Rc<ConsentNeeded>>) -> Html {
    let first = match way(problem) {
        Way::SignIn => html! {},
        Way::SetUp => link_button("pri", "", &Route::SetUp, "Set up this site"),
        Way::Administrator => copy_button(
            &letter(problem, &base()),
            "Copy for your administrator",
            "Text",
        ),
    };
    let page = failed_page(
        problem,
        "",
        html! {
            <>
                { first }{ sign_in("Sign in again") }{ demo() }
                { link_button("ghost", "", &Route::Start, "Start page") }
            </>
        },
    );
    alone(html! { <>{ page }{ needed.map(|needed| for_administrators(needed)) }</> })
}

/// The request in words, to be sent; and the page itself, for who may accept.
fn for_administrators(needed: &ConsentNeeded) -> Html {
    html! {
        <section class="body stack" aria-labelledby="h-ask">
            <h2 id="h-ask">{ "For your administrator" }</h2>
            <pre class="code" tabindex="0">{ &needed.letter }</pre>
            <p class="row">
                { copy_button(&needed.letter, "Copy this text", "Request") }
                <a class="btn" href={needed.url.clone()} rel="noreferrer">{ "I am an administrator: accept at Microsoft" }</a>
            </p>
        </section>
    }
}

/// Above a page whose session is over: why, and the way on.
pub fn session_over(problem: &Problem, open: bool) -> Html {
    let save = Action::Main(MainAction::Save);
    note(
        "warn",
        "clock",
        html! {
            <>
                <p role="alert"><b>{ &problem.what }</b>{ " " }{ &problem.remedy }</p>
                <p class="row">
                    { sign_in("Sign in again to go on") }
                    if open { { button("", "download", "Save the snapshot", save) } }
                </p>
            </>
        },
    )
}

/// There was a session.
pub fn locked(locked: &Rc<Locked>) -> Html {
    let (title, why) = match &locked.problem {
        None => (
            "Locked",
            html! { <p class="soft">{ "The token and everything that was read are thrown away." }</p> },
        ),
        Some(problem) => (
            "Signed out",
            html! {
                <><p role="alert"><b>{ &problem.what }</b>{ " " }{ &problem.remedy }</p>
                <p class="soft">{ "The token and everything that was read are thrown away." }</p></>
            },
        ),
    };
    let url = &locked.logout_url;
    alone(whole_page(
        "",
        "lock",
        title,
        html! {
            <>
                { why }
                <p class="row">
                    { sign_in("Sign in again") }
                    if !url.is_empty() { <a class="btn" href={url.clone()} rel="noreferrer">{ "End the session at Microsoft too" }</a> }
                    { link_button("ghost", "", &Route::Start, "Start page") }
                </p>
            </>
        },
    ))
}

/// An address of no page.
pub fn nowhere() -> Html {
    whole_page(
        "",
        "info",
        "No such page",
        html! {
            <>
                <p class="soft">{ "This address leads nowhere. It may be from another version of Plumbline." }</p>
                <p class="row">{ link_button("", "overview", &Route::Overview, "Overview") }{ link_button("ghost", "", &Route::Start, "Start page") }</p>
            </>
        },
    )
}

/// What was to be opened did not open.
pub fn not_opened(problem: &Problem, kept: bool, signed_in: bool) -> Html {
    let kept = if kept {
        "Kept: what was open before. Nothing was changed."
    } else {
        ""
    };
    let again = signed_in.then(|| {
        button(
            "pri",
            "refresh",
            "Read the tenant again",
            Action::Main(MainAction::ReadTenant),
        )
    });
    failed_page(
        problem,
        kept,
        html! {
            <>
                { again }
                { pick_button("", "folder", "Open other files", Purpose::Main, false) }
                { demo() }
                { link_button("ghost", "", &Route::Start, "Start page") }
            </>
        },
    )
}

/// An address of a page, and nothing to show on it.
pub fn nothing_open(signed_in: bool) -> Html {
    let first = if signed_in {
        button(
            "pri",
            "refresh",
            "Read the tenant",
            Action::Main(MainAction::ReadTenant),
        )
    } else {
        sign_in("Sign in with Microsoft")
    };
    whole_page(
        "",
        "policy",
        "Nothing is open yet",
        html! {
            <>
                <p class="soft">{ "Nothing of a tenant is kept between visits. Open the tenant, a snapshot or exported files, and this address shows what it names." }</p>
                <p class="row">{ first }{ pick_button("", "folder", "Open my files", Purpose::Main, false) }{ demo() }</p>
            </>
        },
    )
}
