//! What the pages of Trust show of the app and of the person: read when such a page is opened.

use std::rc::Rc;

use domain::protocol::{LivePage, RIGHTS_DAYS, Request};

use super::{Effect, Loadable, Model, Slot, Status};
use crate::ui::route::Route;

/// The last page that was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Live {
    /// Which; `None`: none yet.
    pub page: Option<LivePage>,
    /// What it shows, packed as a message is: the page itself unpacks it.
    pub answer: Loadable<Vec<u8>>,
    /// On the page of rights: of how many days; 0: what is there is not of now.
    pub days: u32,
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
        // As the comparer answers what was read.
        live.days = RIGHTS_DAYS;
        out.push(Effect::Ask(Slot::Live, Request::ReadLive(page)));
    }

    /// Rights for the days of the address: read when nothing is there, else only counted anew.
    pub(super) fn want_rights(&mut self, out: &mut Vec<Effect>) {
        self.want_live(LivePage::Rights, out);
        let Route::Rights(days) = self.route else {
            return;
        };
        if self.live.answer.status == Status::Ready && self.live.days != days {
            let live = Rc::make_mut(&mut self.live);
            live.days = days;
            live.answer.load();
            out.push(Effect::Ask(Slot::Live, Request::Rights(days)));
        }
    }

    pub(super) fn hear_live(&mut self, packed: Vec<u8>, out: &mut Vec<Effect>) {
        Rc::make_mut(&mut self.live).answer.put(packed);
        self.count_again(out);
    }

    /// Other events, other days: what is shown of rights is worked out anew.
    pub(super) fn count_again(&mut self, out: &mut Vec<Effect>) {
        if matches!(self.route, Route::Rights(_)) {
            self.want_rights(out);
        }
    }
}
