//! Setting a site up, step by step, and what is still wrong with it. For whoever hosts it, or lets it into a tenant.

mod checked;
mod steps;

use std::rc::Rc;

use domain::oauth::cloud;
use domain::oauth::config::{self, Config};
use domain::permission::FEATURES;
use domain::problem::Problem;
use domain::protocol::Ready;
use domain::setup::check::worded;
use domain::setup::{Plan, Tool};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::trust::tabs;
use crate::bridge::sign_in::base;
use crate::ui::dom::site;
use crate::ui::route::Route;
use crate::ui::state::Session;

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The engine, if it started.
    pub ready: Option<Rc<Ready>>,
    /// How the last sign-in ended.
    pub session: Session,
}

/// What is typed and chosen on this page. Nothing of it is kept.
#[derive(Debug, Clone, PartialEq)]
struct Typed {
    plan: Plan,
    /// Two registrations rather than one.
    two: bool,
    tool: Tool,
}

/// `config.json` as the site serves it, once it came.
type Served = Option<Rc<Result<Config, Vec<Problem>>>>;

/// The page.
#[component]
pub fn SetUp(props: &Props) -> Html {
    let served = use_state_eq(|| Served::None);
    let typed = use_state_eq(start);
    let again = use_state_eq(|| 0u32);
    {
        let (served, typed) = (served.setter(), typed.clone());
        use_effect_with(*again, move |_| {
            spawn_local(async move {
                let found = read().await;
                if let Ok(config) = &found {
                    typed.set(filled(&typed, config));
                }
                served.set(Some(Rc::new(found)));
            });
        });
    }
    let change = {
        let typed = typed.clone();
        Callback::from(move |next: Typed| typed.set(next))
    };
    let look = {
        let again = again.clone();
        Callback::from(move |_: MouseEvent| again.set(*again + 1))
    };
    html! {
        <>
            <div class="title"><h1>{ "Set up this site" }</h1><p>{ "From an app registration to the first sign-in. Nothing that is typed here is sent or kept." }</p></div>
            { tabs(&Route::SetUp) }
            <div class="cols">
                <div class="stack">{ steps::all(&typed, &change) }</div>
                { checked::sheet(props, (*served).as_ref(), look) }
            </div>
        </>
    }
}

/// Before `config.json` has come.
fn start() -> Typed {
    let features = FEATURES.iter().filter(|feature| feature.default);
    Typed {
        plan: Plan {
            cloud: cloud::global(),
            address: base(),
            tenant: String::new(),
            reader: String::new(),
            writer: String::new(),
            features: features.map(|feature| feature.id).collect(),
        },
        two: true,
        tool: Tool::Portal,
    }
}

async fn read() -> Result<Config, Vec<Problem>> {
    match site::text("config.json", true).await {
        Some(text) => worded(config::parse(&text)),
        None => Err(vec![Problem::new(
            "config.missing_file",
            "config.json could not be fetched.",
            "Put it beside index.html.",
        )]),
    }
}

/// What the site's own configuration says, where nothing else was typed yet.
fn filled(typed: &Typed, config: &Config) -> Typed {
    let kept = |typed: &str, found: &str| if typed.is_empty() { found } else { typed }.to_owned();
    let writer = config.writer.as_ref().map_or("", |writer| writer.id());
    // A stand-in on this machine is not what somebody sets up.
    let cloud = cloud::find(&config.cloud.id);
    Typed {
        plan: Plan {
            cloud: cloud.unwrap_or_else(|| typed.plan.cloud.clone()),
            address: typed.plan.address.clone(),
            tenant: kept(&typed.plan.tenant, &config.tenant),
            reader: kept(&typed.plan.reader, config.reader.id()),
            writer: kept(&typed.plan.writer, writer),
            features: typed.plan.features.clone(),
        },
        ..typed.clone()
    }
}
