//! What is not needed for the start page, and comes as a file of its own when it is first asked for.
//!
//! The release build puts everything that is reached only through [`gate`] into a second module (`xtask/split`). A gate may
//! be passed when that module is there, never before: so only this file calls them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::protocol::{Event, File};
use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;
use yew::prelude::*;

use super::effects::Purpose;
use super::state::{Action, Effect, Model, ShellAction, Slot};
use super::{effects, pages};
use crate::bridge::{self, Heard};

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Absent,
    Coming,
    Here,
    Failed,
}

thread_local! {
    /// Events that only the screens can read.
    static UNREAD: RefCell<Vec<(Vec<u8>, Heard)>> = const { RefCell::new(Vec::new()) };
    static PART: Cell<Part> = const { Cell::new(Part::Absent) };
}

/// Every page but the start page.
pub fn whole(model: &Rc<Model>) -> Html {
    match here() {
        Part::Here => gate::whole(model),
        Part::Failed => pages::not_here(Callback::from(|_| come())),
        _ => pages::coming(),
    }
}

/// What lies over a page.
pub fn overlays(model: &Rc<Model>) -> Html {
    match PART.get() {
        Part::Here => gate::overlays(model),
        _ => {
            if model.overlay.is_some() {
                here();
            }
            html! {}
        }
    }
}

/// What is saved, its own bytes after those `before`. Whoever saves came here by a page, so that part is there.
pub fn save(file: File, before: Vec<Blob>) {
    if PART.get() == Part::Here {
        gate::save(file, before);
    }
}

/// Files that are encrypted: asks for their passphrase.
pub fn unseal(files: Vec<File>, purpose: Purpose) {
    spawn_local(async move {
        if bridge::load_screens().await.is_ok() {
            PART.set(Part::Here);
            gate::unseal(files, purpose);
        } else {
            effects::send(Action::Shell(ShellAction::Said(
                "A part of this site did not load, so the file was not opened.",
            )));
        }
    });
}

/// Nothing that was typed stays.
pub fn forget() {
    if PART.get() == Part::Here {
        gate::forget();
    }
}

/// How far it is, and on its way if it was not.
fn here() -> Part {
    if PART.get() == Part::Absent {
        come();
    }
    PART.get()
}

/// True when it is here; on its way if it was not.
pub fn ready() -> bool {
    here() == Part::Here
}

/// What [`Model::apply`] does, when it is here.
pub fn apply(model: &mut Model, action: Action) -> Vec<Effect> {
    gate::apply(model, action)
}

/// What [`Model::hear`] does, when it is here.
pub fn hear(model: &mut Model, slot: Option<Slot>, event: Event, now: f64) -> Vec<Effect> {
    gate::hear(model, slot, event, now)
}

/// Fetches it. To be called early by who knows that it will be needed.
pub fn come() {
    if matches!(PART.get(), Part::Coming | Part::Here) {
        return;
    }
    PART.set(Part::Coming);
    spawn_local(async {
        let come = bridge::load_screens().await;
        PART.set(if come.is_ok() {
            Part::Here
        } else {
            Part::Failed
        });
        effects::resume();
        if PART.get() == Part::Here {
            for (frame, heard) in UNREAD.take() {
                heard(gate::read(&frame));
            }
        }
    });
}

/// Reads an event that the start page does not know, when it is here.
pub fn read(frame: Vec<u8>, heard: Heard) {
    if ready() {
        heard(gate::read(&frame));
    } else {
        UNREAD.with_borrow_mut(|unread| unread.push((frame, heard)));
    }
}

/// Behind these functions lies what comes later. The build knows them by their path.
mod gate {
    use super::{Action, Blob, Effect, Event, File, Html, Model, Purpose, Rc, Slot};
    use crate::bridge::codec::{self, CodecError};
    use crate::ui::{frame, framed, seal};

    #[inline(never)]
    pub fn whole(model: &Rc<Model>) -> Html {
        framed::whole(model)
    }

    #[inline(never)]
    pub fn read(frame: &[u8]) -> Result<Event, CodecError> {
        codec::rest(frame)
    }

    #[inline(never)]
    pub fn apply(model: &mut Model, action: Action) -> Vec<Effect> {
        model.apply(action)
    }

    #[inline(never)]
    pub fn hear(model: &mut Model, slot: Option<Slot>, event: Event, now: f64) -> Vec<Effect> {
        model.hear(slot, event, now)
    }

    #[inline(never)]
    pub fn overlays(model: &Rc<Model>) -> Html {
        frame::overlays(model)
    }

    #[inline(never)]
    pub fn save(file: File, before: Vec<Blob>) {
        seal::save(file, before);
    }

    #[inline(never)]
    pub fn unseal(files: Vec<File>, purpose: Purpose) {
        seal::ask(files, purpose);
    }

    #[inline(never)]
    pub fn forget() {
        seal::forget();
    }
}
