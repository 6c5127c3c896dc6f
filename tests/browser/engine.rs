//! The page's handle, without a site around it.

use std::cell::RefCell;
use std::rc::Rc;

use domain::protocol::{Event, Request};
use plumbline::bridge::sign_in::{Arrival, arrive};
use plumbline::bridge::{Engine, codec};
use wasm_bindgen_test::wasm_bindgen_test;

/// Without `boot.js` there is no engine: every job ends with a problem, and nothing hangs or panics.
#[wasm_bindgen_test]
async fn no_engine_without_boot() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let hear = {
        let heard = heard.clone();
        move |job, event| {
            if let Event::Failed(problem) = event {
                heard.borrow_mut().push((job, problem.code));
            }
        }
    };
    let engine = Engine::start(hear, |frame, heard| heard(codec::rest(&frame)));
    let job = engine.ask(&Request::Overview);
    plumbline::engine::clock::sleep(50).await;
    let gone = "engine.gone".to_owned();
    assert_eq!(*heard.borrow(), [(job, gone.clone()), (0, gone)]);
    assert!(matches!(arrive(), Arrival::Visit));
}
