//! The only place that touches the document by hand: focus, sizes, clipboard, downloads, listeners.
//!
//! A missing element is not an error: what was to be focused or measured may be gone already.

pub mod files;
pub mod intl;
pub mod site;

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, EventTarget, HtmlElement, Window};

use crate::ui::state::{Stored, Theme};

/// The window.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// An element by id.
pub fn by_id(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// Moves the focus to an element by id.
pub fn focus(id: &str) {
    if let Some(element) = by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Brings an element into view, with the least scrolling.
pub fn reveal(element: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Sets a CSS property of one element: through the object model, which the page's policy allows.
pub fn set(element: &Element, property: &str, value: &str) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.style().set_property(property, value);
    }
}

/// What stands after `#` in the address bar.
pub fn hash() -> String {
    window()
        .and_then(|w| w.location().hash().ok())
        .unwrap_or_default()
}

/// Shows another address.
pub fn show_address(hash: &str, replace: bool) {
    let Some(history) = window().and_then(|w| w.history().ok()) else {
        return;
    };
    // The note that this tab is signed in goes along.
    let state = history.state().unwrap_or(JsValue::NULL);
    let _ = if replace {
        history.replace_state_with_url(&state, "", Some(hash))
    } else {
        history.push_state_with_url(&state, "", Some(hash))
    };
}

/// The title of the window.
pub fn title(text: &str) {
    if let Some(document) = document() {
        document.set_title(text);
    }
}

/// Light or dark, against the system's choice.
pub fn theme(theme: Theme) {
    if let Some(root) = document().and_then(|d| d.document_element()) {
        let _ = match theme {
            Theme::System => root.remove_attribute("data-theme"),
            Theme::Light => root.set_attribute("data-theme", "light"),
            Theme::Dark => root.set_attribute("data-theme", "dark"),
        };
    }
}

/// What the browser keeps for this site.
pub fn stored() -> Stored {
    let count = |storage: Option<web_sys::Storage>| {
        storage.and_then(|s| s.length().ok()).unwrap_or_default()
    };
    let cookies = document()
        .and_then(|d| d.dyn_into::<web_sys::HtmlDocument>().ok())
        .and_then(|d| d.cookie().ok())
        .unwrap_or_default();
    let window = window();
    Stored {
        cookies: u32::from(!cookies.is_empty()),
        local: count(
            window
                .as_ref()
                .and_then(|w| w.local_storage().ok().flatten()),
        ),
        session: count(window.and_then(|w| w.session_storage().ok().flatten())),
    }
}

thread_local! {
    static VIOLATIONS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Notes what the policy of the page refuses, from now on: at most a hundred.
pub fn watch_policy(window: &Window) {
    listen(
        window,
        "securitypolicyviolation",
        |event: web_sys::Event| {
            let text = |name: &str| {
                let found = js_sys::Reflect::get(&event, &name.into());
                found.ok().and_then(|v| v.as_string()).unwrap_or_default()
            };
            let words = text("effectiveDirective") + " " + &text("blockedURI");
            VIOLATIONS.with_borrow_mut(|seen| {
                if seen.len() < 100 {
                    seen.push(words);
                }
            });
        },
    );
}

/// What the policy of the page has refused.
pub fn violations() -> Vec<String> {
    VIOLATIONS.with_borrow(Clone::clone)
}

/// Listens for ever.
pub fn listen<E: JsCast + 'static>(
    target: &EventTarget,
    name: &str,
    mut heard: impl FnMut(E) + 'static,
) {
    let closure = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        heard(event.unchecked_into());
    });
    let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Does something later.
pub fn later(ms: i32, then: impl FnOnce() + 'static) {
    if let Some(window) = window() {
        let then = Closure::once_into_js(then);
        let _ =
            window.set_timeout_with_callback_and_timeout_and_arguments_0(then.unchecked_ref(), ms);
    }
}

/// Puts text on the clipboard.
pub fn copy(text: &str) {
    if let Some(window) = window() {
        let _ = window.navigator().clipboard().write_text(text);
    }
}

/// True in a field that takes text: letters are not commands there.
pub fn is_typing(target: Option<EventTarget>) -> bool {
    target
        .and_then(|t| t.dyn_into::<Element>().ok())
        .is_some_and(|e| {
            e.matches("input:not([type=checkbox],[type=radio],[type=file]),textarea,select")
                .unwrap_or(false)
        })
}

/// Closes menus that are open, but the one around an element. Choosing an entry closes its own too.
pub fn close_menus(but: Option<EventTarget>) {
    let but = but.and_then(|t| t.dyn_into::<Element>().ok());
    let inside = but.filter(|e| !matches!(e.closest(".opt, .opts a"), Ok(Some(_))));
    let Some(open) = document().and_then(|d| d.query_selector_all("details.menu[open]").ok())
    else {
        return;
    };
    for at in 0..open.length() {
        if let Some(menu) = open.get(at)
            && !menu.contains(inside.as_deref())
            && let Some(menu) = menu.dyn_ref::<Element>()
        {
            let _ = menu.remove_attribute("open");
        }
    }
}
