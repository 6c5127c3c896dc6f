//! The frame and what stands in it: everything behind the start page.

use std::rc::Rc;

use yew::prelude::*;

use super::components::skip;
use super::frame::{Rail, Toasts, TopBar};
use super::route::Route;
use super::state::{Boot, Model, Session};
use super::{pages, seal};

/// Everything but the start page.
pub fn whole(model: &Rc<Model>) -> Html {
    let content = match (&model.boot, &model.session) {
        // What is wrong is mended there.
        _ if model.route == Route::SetUp => return framed(model),
        (Boot::Misconfigured(problems), _) => pages::misconfigured(problems),
        (Boot::Lost, _) => pages::lost(),
        (_, Session::Failed(problem)) => pages::sign_in_failed(problem, None),
        (_, Session::NoConsent(needed)) => pages::sign_in_failed(&needed.problem, Some(needed)),
        (_, Session::Ended(locked)) => pages::locked(locked),
        _ => return framed(model),
    };
    html! { <>{ skip() }{ content }<Toasts toasts={model.toasts.clone()}/></> }
}

fn framed(model: &Rc<Model>) -> Html {
    let fits = matches!(model.route, Route::Inventory(_)) || model.route.compares();
    html! {
        <>
            { skip() }
            <div class={classes!("app", fits.then_some("fit"))}>
                <TopBar main={model.main.clone()} session={model.session.clone()} theme={model.theme} offline={model.offline}/>
                <Rail route={model.route.clone()} open={model.main.info.get().is_some()}/>
                <main id="main" tabindex="-1">{ session_over(model) }{ meanwhile(model) }{ page(model) }</main>
            </div>
            <Toasts toasts={model.toasts.clone()}/>
        </>
    }
}

/// The session ended while somebody was working: what stands below stays until they leave.
fn session_over(model: &Model) -> Html {
    match &model.session {
        Session::Expired { problem, .. } => {
            pages::session_over(problem, model.main.info.get().is_some())
        }
        _ => html! {},
    }
}

/// Something is being opened.
fn busy(model: &Model) -> bool {
    model.gathering || model.main.info.loading()
}

/// What was open before stays in use while something else is being opened.
fn meanwhile(model: &Model) -> Html {
    match model.main.info.get() {
        Some(info) if busy(model) => pages::meanwhile(model, info),
        _ => html! {},
    }
}

fn page(model: &Rc<Model>) -> Html {
    if model.route == Route::Nowhere {
        return pages::nowhere();
    }
    match model.route {
        Route::Permissions => return html! { <pages::Permissions/> },
        Route::Access => return pages::access(model),
        Route::Threats => return pages::threats(),
        Route::SetUp => {
            return html! { <pages::SetUp ready={model.ready().cloned()} session={model.session.clone()}/> };
        }
        _ => {}
    }
    if model.route == Route::Mine {
        return pages::mine(model);
    }
    if let Route::Rights(days) = model.route {
        return pages::rights(model, days);
    }
    if model.route == Route::Trust {
        return html! {
            <pages::Trust ready={model.ready().cloned()} session={model.session.clone()} trust={model.trust.clone()}
                main={model.main.clone()} sealed={seal::is_on()}/>
        };
    }
    let info = &model.main.info;
    if busy(model) && info.get().is_none() {
        return html! { <pages::Reading main={model.main.clone()} gathering={model.gathering} offline={model.offline}/> };
    }
    if let Some(problem) = info.problem() {
        let kept = info.get().is_some();
        return pages::not_opened(problem, kept, model.session.account().is_some());
    }
    let Some(snapshot) = info.value.clone() else {
        return pages::nothing_open(model.session.account().is_some());
    };
    match &model.route {
        Route::Inventory(list) => html! {
            <pages::Inventory list={list.clone()} inventory={model.inventory.clone()} pane={model.pane.clone()} {snapshot} so_far={model.main.so_far}/>
        },
        Route::Compare(row) => html! {
            <pages::Compare compare={model.compare.clone()} analysis={model.analysis.clone()} row={*row} {snapshot}/>
        },
        Route::Analysis(view) => html! {
            <pages::Analysis view={view.clone()} compare={model.compare.clone()} analysis={model.analysis.clone()}
                audit={model.audit.clone()} session={model.session.clone()} {snapshot}/>
        },
        Route::Reports => html! {
            <pages::Reports reports={model.reports.clone()} compare={model.compare.clone()} sealed={seal::is_on()} {snapshot}/>
        },
        _ => {
            html! { <pages::Overview main={model.main.clone()} ready={model.ready().cloned()} signed_in={model.session.account().is_some()}/> }
        }
    }
}
