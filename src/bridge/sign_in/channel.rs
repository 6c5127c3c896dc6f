//! What the tabs of this site tell each other: that somebody signed out or locked.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

const NAME: &str = "plumbline.session";

/// News from another tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionNews {
    /// Signed out at Microsoft, or about to: drop the session here too (`Request::SignOut`).
    SignedOut,
    /// Locked on purpose: drop the session here too.
    Locked,
}

impl SessionNews {
    const fn word(self) -> &'static str {
        match self {
            Self::SignedOut => "signed-out",
            Self::Locked => "locked",
        }
    }
}

/// The channel. Same origin only, words only: nothing of a tenant or a person goes over it.
#[derive(Clone)]
pub struct SessionChannel(Rc<Open>);

struct Open {
    channel: BroadcastChannel,
    _listener: Closure<dyn FnMut(MessageEvent)>,
}

impl std::fmt::Debug for SessionChannel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionChannel")
    }
}

impl SessionChannel {
    /// Opens the channel; `on_news` hears the other tabs, never this one. `None` where the browser has none.
    pub fn open(on_news: impl Fn(SessionNews) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(NAME).ok()?;
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            let word = message.data().as_string();
            let known = [SessionNews::SignedOut, SessionNews::Locked];
            if let Some(news) = known
                .into_iter()
                .find(|news| word.as_deref() == Some(news.word()))
            {
                on_news(news);
            }
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        Some(Self(Rc::new(Open {
            channel,
            _listener: listener,
        })))
    }

    /// Tells the other tabs.
    pub fn tell(&self, news: SessionNews) {
        drop(self.0.channel.post_message(&news.word().into()));
    }
}
