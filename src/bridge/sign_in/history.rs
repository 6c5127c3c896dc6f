//! That this tab is signed in, as a note in its history entry.
//!
//! A reload keeps the entry's state; a new visit, another tab and another site do not see it.

use std::cell::RefCell;

use domain::oauth::session::LoopGuard;
use wasm_bindgen::prelude::*;
use web_sys::History;

/// The note begins with this; then times of attempts, a line break, and the login hint.
const MARK: &str = "plumbline.signed-in\n";

#[derive(Default)]
struct Tab {
    /// Set while signed in.
    login_hint: Option<String>,
    guard: LoopGuard,
    on_hash_change: Option<Closure<dyn FnMut()>>,
}

thread_local! {
    static TAB: RefCell<Tab> = RefCell::default();
}

/// The login hint, when this load is a reload of a signed-in tab and no loop.
pub(super) fn resume() -> Option<String> {
    let history = history()?;
    let note = history.state().ok()?.as_string()?;
    let (attempts, login_hint) = note.strip_prefix(MARK)?.split_once('\n')?;
    // Used up: going back to this entry does not start it again.
    write(&history, &JsValue::NULL);
    TAB.with_borrow_mut(|tab| {
        tab.guard = read(attempts);
        let now = js_sys::Date::now() as u64;
        tab.guard.allow(now).then(|| login_hint.to_owned())
    })
}

/// Takes over the attempts of the page that left for the login page.
pub(super) fn carry(attempts: &str) {
    TAB.with_borrow_mut(|tab| tab.guard = read(attempts));
}

/// The attempts of the last minute, as text.
pub(super) fn attempts() -> String {
    TAB.with_borrow(|tab| {
        let times = tab.guard.attempts().iter().map(u64::to_string);
        times.collect::<Vec<_>>().join(",")
    })
}

/// Writes the note, now and into every entry that the router makes.
pub(super) fn stay(login_hint: &str) {
    TAB.with_borrow_mut(|tab| {
        tab.login_hint = Some(login_hint.to_owned());
        if tab.on_hash_change.is_none() {
            let listener = Closure::<dyn FnMut()>::new(note);
            if let Some(window) = web_sys::window() {
                let callback = listener.as_ref().unchecked_ref();
                drop(window.add_event_listener_with_callback("hashchange", callback));
            }
            tab.on_hash_change = Some(listener);
        }
    });
    note();
}

/// Removes the note from this entry, and writes no more.
pub(super) fn forget() {
    TAB.with_borrow_mut(|tab| tab.login_hint = None);
    if let Some(history) = history() {
        write(&history, &JsValue::NULL);
    }
}

/// The hash of the address, with `#`; empty when there is none.
pub(super) fn route() -> String {
    web_sys::window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

fn note() {
    let hint = TAB.with_borrow(|tab| tab.login_hint.clone());
    if let (Some(history), Some(hint)) = (history(), hint) {
        let note = format!("{MARK}{}\n{hint}", attempts());
        write(&history, &note.into());
    }
}

fn read(attempts: &str) -> LoopGuard {
    LoopGuard::new(
        attempts
            .split(',')
            .filter_map(|at| at.parse().ok())
            .collect(),
    )
}

/// Without a URL: the address stays as it is.
fn write(history: &History, state: &JsValue) {
    drop(history.replace_state(state, ""));
}

fn history() -> Option<History> {
    web_sys::window()?.history().ok()
}
