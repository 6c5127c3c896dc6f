//! What is there at once: the start page, and what comes before anything is open.

use std::rc::Rc;

use yew::prelude::*;

use super::components::{hatch, skip};
use super::effects::subscribe;
use super::frame::Toasts;
use super::route::Route;
use super::state::{Boot, Model, Session};
use super::{dom, later, pages, words};

/// The app.
#[component]
pub fn App() -> Html {
    let model = use_state(|| None::<Rc<Model>>);
    {
        let setter = model.setter();
        use_effect_with((), move |()| {
            let drawn = {
                let setter = setter.clone();
                Callback::from(move |model: Rc<Model>| setter.set(Some(model)))
            };
            setter.set(Some(subscribe(drawn)));
        });
    }
    // The start page stands: time for what comes after it.
    let ready = (*model).as_ref().is_some_and(|m| m.ready().is_some());
    use_effect_with(ready, |ready| {
        if *ready {
            later::come();
        }
    });
    let Some(model) = (*model).clone() else {
        return html! {};
    };
    dom::title(&title(&model));
    html! { <>{ hatch() }{ at_once(&model) }{ later::overlays(&model) }</> }
}

/// The start page and the way to Microsoft's are there at once, everything else comes when it is first asked for.
fn at_once(model: &Rc<Model>) -> Html {
    let content = match (&model.boot, &model.session) {
        (Boot::Misconfigured(_) | Boot::Lost, _) => return later::whole(model),
        (_, Session::Leaving) => pages::signing_in(false),
        (_, Session::Returning) => pages::signing_in(true),
        (_, Session::Failed(_) | Session::NoConsent(_)) => return later::whole(model),
        _ if model.route == Route::Start => html! {
            <pages::Start ready={model.ready().cloned()} main={model.main.clone()} gathering={model.gathering}/>
        },
        _ => return later::whole(model),
    };
    html! { <>{ skip() }{ content }<Toasts toasts={model.toasts.clone()}/></> }
}

fn title(model: &Model) -> String {
    let page = words::page(&model.route);
    match model.main.info.get() {
        Some(info) if !info.label.is_empty() => format!("{page} · {} · Plumbline", info.label),
        _ if model.route == Route::Start => {
            "Plumbline: read, compare and document an Intune tenant in this browser".to_owned()
        }
        _ => format!("{page} · Plumbline"),
    }
}
