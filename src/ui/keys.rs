//! Keys that work everywhere. Keys of one component are with the component.

use web_sys::KeyboardEvent;

use super::effects::{model, send};
use super::route::Route;
use super::state::table::{Step, TableMsg};
use super::state::{
    Action, AnalysisAction, CompareAction, InventoryAction, Overlay, PolicyAction, ShellAction,
    Which,
};
use super::{dom, state::Model};

/// Listens to the window.
pub fn listen() {
    if let Some(window) = dom::window() {
        dom::listen(&window, "keydown", |event: KeyboardEvent| {
            if event.default_prevented() {
                return;
            }
            let model = model();
            if let Some(action) = command(&event, &model) {
                event.prevent_default();
                send(action);
            }
        });
    }
}

fn command(event: &KeyboardEvent, model: &Model) -> Option<Action> {
    let key = event.key();
    if (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key() {
        return (key == "k").then_some(Action::Shell(ShellAction::Open(Overlay::Search)));
    }
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return None;
    }
    // A dialog has its own keys, Esc among them.
    if model.overlay.is_some() {
        return None;
    }
    if key == "Escape" {
        dom::close_menus(None);
        return escape(model);
    }
    if dom::is_typing(event.target()) {
        return None;
    }
    match key.as_str() {
        "?" => Some(Action::Shell(ShellAction::Open(Overlay::Help))),
        "/" => {
            if dom::by_id("query").is_some() {
                event.prevent_default();
                dom::focus("query");
            }
            None
        }
        "j" => step(model, Step::Down),
        "k" => step(model, Step::Up),
        "a" if matches!(model.route, Route::Compare(_)) => {
            Some(Action::Analysis(AnalysisAction::Accept))
        }
        "e" if model.route.compares() => Some(Action::Go(Route::Reports)),
        "o" => match model.route {
            Route::Inventory(_) => Some(Action::Inventory(InventoryAction::Open)),
            Route::Compare(_) => Some(Action::Compare(CompareAction::Open)),
            Route::Analysis(_) => Some(Action::Analysis(AnalysisAction::Open)),
            _ => None,
        },
        _ => None,
    }
}

fn step(model: &Model, step: Step) -> Option<Action> {
    let which = match model.route {
        Route::Inventory(_) => Which::Inventory,
        Route::Compare(_) => Which::Compare,
        Route::Analysis(_) => Which::Analysis,
        _ => return None,
    };
    let msg = TableMsg::Move {
        step,
        extend: false,
    };
    Some(Action::Table { which, msg })
}

/// Closes what is open beside the list.
fn escape(model: &Model) -> Option<Action> {
    match &model.route {
        Route::Inventory(list) if list.policy.is_some() => {
            Some(Action::Policy(PolicyAction::Close))
        }
        Route::Compare(Some(_)) => Some(Action::Compare(CompareAction::Close)),
        Route::Analysis(view) if view.row.is_some() => {
            Some(Action::Analysis(AnalysisAction::Close))
        }
        _ => None,
    }
}
