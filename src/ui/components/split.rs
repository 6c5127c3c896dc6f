//! The edge between list and detail: dragged, or moved by arrow keys.

use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};
use yew::prelude::*;

use crate::ui::dom;

/// Narrowest and widest detail, in pixels.
const RANGE: (i32, i32) = (320, 900);

/// A separator that sets `--detail` on the element around it.
#[component]
pub fn Splitter() -> Html {
    let width = use_state_eq(|| 480);
    let place = use_node_ref();
    let resize = {
        let (width, place) = (width.clone(), place.clone());
        Callback::from(move |px: i32| {
            let px = px.clamp(RANGE.0, RANGE.1);
            width.set(px);
            let around = place.cast::<Element>().and_then(|e| e.parent_element());
            if let Some(around) = around {
                dom::set(&around, "--detail", &format!("{px}px"));
            }
        })
    };
    let onpointerdown = Callback::from(|event: PointerEvent| {
        if let Some(target) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) {
            let _ = target.set_pointer_capture(event.pointer_id());
        }
    });
    let onpointermove = {
        let (resize, place) = (resize.clone(), place.clone());
        Callback::from(move |event: PointerEvent| {
            if event.buttons() & 1 == 0 {
                return;
            }
            let around = place.cast::<Element>().and_then(|e| e.parent_element());
            if let Some(around) = around {
                // Pixels of a screen.
                #[allow(clippy::cast_possible_truncation)]
                let right = around.get_bounding_client_rect().right() as i32;
                resize.emit(right - event.client_x());
            }
        })
    };
    let onkeydown = {
        let now = *width;
        Callback::from(move |event: KeyboardEvent| {
            let px = match event.key().as_str() {
                "ArrowLeft" => now + 24,
                "ArrowRight" => now - 24,
                "Home" => RANGE.1,
                "End" => RANGE.0,
                _ => return,
            };
            event.prevent_default();
            resize.emit(px);
        })
    };
    html! {
        <div ref={place} class="edge" role="separator" tabindex="0" aria-orientation="vertical" aria-label="Width of the detail"
            aria-valuenow={width.to_string()} aria-valuemin={RANGE.0.to_string()} aria-valuemax={RANGE.1.to_string()}
            {onpointerdown} {onpointermove} {onkeydown}/>
    }
}
