//! What the pages of Trust show of the app and of the person: read when such a page is opened.

use std::rc::Rc;

use domain::protocol::{LivePage, Request};

use super::{Effect, Loadable, Model, Slot, Status};

/// The last page that was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Live {
    /// Which; `None`: none yet.
    pub page: Option<LivePage>,
    /// What it shows, packed as a message is: the page itself unpacks it.
    pub answer: Loadable<Vec<u8>>,
}

impl Live {
    /// True when what was read is for this page, with or without what is asked for beside it.
    pub fn shows(&self, page: LivePage) -> bool {
        self.page
            .is_some_and(|shown| shown.has(page) || page.has(shown))
    }
}

impl Model {
    /// Asks for what a page shows, unless it is there or on its way.
    pub(super) fn want_live(&mut self, page: LivePage, out: &mut Vec<Effect>) {
        let known = self.live.shows(page) && self.live.answer.status != Status::Idle;
        if !known {
            self.read_live(page, out);
        }
    }

    /// Asks for it anew.
    pub(super) fn read_live(&mut self, page: LivePage, out: &mut Vec<Effect>) {
        if self.session.account().is_none() {
            return;
        }
        let live = Rc::make_mut(&mut self.live);
        // More of the same page is asked for: what is there stays until it comes.
        if !live.shows(page) {
            *live = Live::default();
        }
        live.page = Some(page);
        live.answer.load();
        out.push(Effect::Ask(Slot::Live, Request::ReadLive(page)));
    }
}
