//! One task waits for a word from another, or for a time to pass.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use wasm_bindgen_futures::spawn_local;

use super::clock;

/// Raised by many, waited for by one. Stays raised until somebody waited.
#[derive(Debug, Default, Clone)]
pub struct Signal(Rc<State>);

#[derive(Debug, Default)]
struct State {
    raised: Cell<bool>,
    waker: RefCell<Option<Waker>>,
    /// When the earliest timer ends; 0: there is none.
    timer: Cell<u64>,
}

impl Signal {
    /// Ends the wait, or the next one.
    pub fn raise(&self) {
        self.0.raised.set(true);
        let waker = self.0.waker.take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Waits for [`Self::raise`], at most so many milliseconds. May end early.
    pub async fn wait(&self, milliseconds: u64) {
        let end = clock::monotonic() + milliseconds;
        // One timer is enough while it ends no later than this one would.
        if self.0.timer.get() == 0 || self.0.timer.get() > end {
            self.0.timer.set(end);
            let signal = self.clone();
            spawn_local(async move {
                clock::sleep(milliseconds).await;
                if signal.0.timer.get() == end {
                    signal.0.timer.set(0);
                }
                signal.raise();
            });
        }
        poll_fn(|context| {
            if self.0.raised.replace(false) {
                return Poll::Ready(());
            }
            *self.0.waker.borrow_mut() = Some(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}
