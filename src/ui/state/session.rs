//! Who is signed in, and how that came or went.

use std::rc::Rc;

use domain::problem::Problem;
use domain::protocol::{Account, BeginSignIn, ConsentNeeded, Event, Locked, Prompt, Request};

use super::{Action, Effect, MainAction, Model, SessionAction, Slot};
use crate::ui::route::Route;

/// How the session stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Session {
    /// Nobody signed in.
    #[default]
    Out,
    /// On the way to Microsoft's page.
    Leaving,
    /// Back from there; the response is being checked.
    Returning,
    /// Somebody is.
    In {
        /// Who, and what the token may do.
        account: Rc<Account>,
        /// When the token ends, milliseconds since 1970.
        until: f64,
        /// It ends within [`SHORT_S`]: a new one is fetched before a long read begins.
        short: bool,
    },
    /// The token ran out, or is not enough any more; what was read is still there.
    Expired {
        /// Who was signed in.
        account: Option<Rc<Account>>,
        /// Why, and what to do.
        problem: Rc<Problem>,
    },
    /// There was a session.
    Ended(Rc<Locked>),
    /// A sign-in did not succeed. A page with a button: nothing is tried again by itself.
    Failed(Rc<Problem>),
    /// Nobody consented to what a sign-in asked for.
    NoConsent(Rc<ConsentNeeded>),
}

/// A token that ends within so many seconds is not enough to begin a long read with.
const SHORT_S: u32 = 15 * 60;

impl Session {
    /// Who is signed in.
    pub fn account(&self) -> Option<&Rc<Account>> {
        match self {
            Self::In { account, .. } => Some(account),
            _ => None,
        }
    }

    /// Who would sign in again.
    fn person(&self) -> Option<Rc<Account>> {
        match self {
            Self::In { account, .. } => Some(account.clone()),
            Self::Expired { account, .. } => account.clone(),
            _ => None,
        }
    }
}

impl Model {
    /// True when the token should be renewed before a read: a redirect that asks nothing while there is a
    /// session at Microsoft. It leaves the page, so never while there is a baseline that would be lost.
    pub(super) fn renews_first(&self) -> bool {
        matches!(self.session, Session::In { short: true, .. })
            && self.compare.baseline.get().is_none()
    }

    pub(super) fn on_session(&mut self, action: SessionAction, out: &mut Vec<Effect>) {
        match action {
            SessionAction::SignIn { features } => {
                let person = self.session.person();
                let features = match &person {
                    Some(person) if features.is_empty() => self.features_held(person),
                    _ => features,
                };
                let route = match &self.route {
                    Route::Start | Route::Nowhere => Route::Overview,
                    route => route.clone(),
                };
                self.session = Session::Leaving;
                out.push(Effect::Ask(
                    Slot::Session,
                    Request::BeginSignIn(BeginSignIn {
                        features,
                        prompt: if person.is_some() {
                            Prompt::Default
                        } else {
                            Prompt::SelectAccount
                        },
                        route: route.hash(),
                        login_hint: person.map_or_else(String::new, |p| p.login_hint.clone()),
                        claims: String::new(),
                    }),
                ));
            }
            SessionAction::AskFor { scope } => {
                let features = self.features_with(&scope);
                self.on_session(SessionAction::SignIn { features }, out);
            }
            SessionAction::Lock => {
                out.push(Effect::Ask(Slot::Tell, Request::SignOut));
                out.push(Effect::TellTabs);
            }
            SessionAction::SignOut => {
                out.push(Effect::Ask(Slot::Session, Request::SignOut));
                out.push(Effect::TellTabs);
            }
            SessionAction::Elsewhere => {
                if self.session.person().is_some() || self.session == Session::Returning {
                    out.push(Effect::Ask(Slot::Tell, Request::SignOut));
                }
            }
            SessionAction::RunsShort => {
                if let Session::In { short, .. } = &mut self.session {
                    *short = true;
                }
            }
        }
    }

    pub(super) fn hear_session(
        &mut self,
        slot: Option<Slot>,
        event: Event,
        now: f64,
        out: &mut Vec<Effect>,
    ) {
        match event {
            Event::SignInReady(ready) => out.push(Effect::Leave(ready)),
            Event::SignedIn(account) => {
                let route = match Route::parse(&account.route) {
                    Route::Start | Route::Nowhere => Route::Overview,
                    route => route,
                };
                let until = now + f64::from(account.expires_in) * 1000.0;
                let account = Rc::new(account);
                out.push(Effect::Stay(account.clone()));
                let before = account.expires_in.saturating_sub(SHORT_S);
                out.push(Effect::Later {
                    ms: i32::try_from(before.saturating_mul(1000)).unwrap_or(i32::MAX),
                    action: Box::new(Action::Session(SessionAction::RunsShort)),
                });
                self.session = Session::In {
                    account,
                    until,
                    short: false,
                };
                // A new token can read what the last one could not.
                self.live = Rc::default();
                self.go(route, out);
                out.extend(self.apply(Action::Main(MainAction::ReadTenant)));
            }
            Event::ConsentNeeded(needed) => self.session = Session::NoConsent(Rc::new(*needed)),
            Event::Locked(locked) => {
                // Signing out also ends the session at Microsoft; locking does not.
                if slot == Some(Slot::Session) && !locked.logout_url.is_empty() {
                    out.push(Effect::Visit(locked.logout_url.clone()));
                }
                self.lock(locked, out);
            }
            _ => {}
        }
    }

    /// Ids of the features that need a scope named in a text, beside those in hand. All where none is named.
    fn features_with(&self, text: &str) -> Vec<String> {
        let features = self.ready().map_or(&[][..], |r| r.features.as_slice());
        let named =
            |scopes: &[(String, String)]| scopes.iter().any(|(s, _)| text.contains(s.as_str()));
        let none = !features.iter().any(|f| named(&f.scopes));
        let held = self.session.account().map_or(&[][..], |a| &a.scopes);
        let in_hand = |scopes: &[(String, String)]| scopes.iter().all(|(s, _)| held.contains(s));
        let wanted = features
            .iter()
            .filter(|f| none || f.granted || in_hand(&f.scopes) || named(&f.scopes));
        wanted.map(|f| f.id.clone()).collect()
    }

    /// Ids of the features whose scopes are all in hand: a renewal asks for no less, and no more.
    fn features_held(&self, account: &Account) -> Vec<String> {
        let features = self.ready().map_or(&[][..], |r| r.features.as_slice());
        let held = features.iter().filter(|f| {
            let mut scopes = f.scopes.iter();
            scopes.all(|(scope, _)| account.scopes.contains(scope))
        });
        held.map(|f| f.id.clone()).collect()
    }

    fn lock(&mut self, locked: Locked, out: &mut Vec<Effect>) {
        out.push(Effect::Forget);
        if let (true, Some(problem)) = (locked.kept, &locked.problem) {
            // `Leaving` is not disturbed: a sign-in was begun in this tab.
            if self.session != Session::Leaving {
                self.session = Session::Expired {
                    account: self.session.person(),
                    problem: Rc::new(problem.clone()),
                };
            }
            return;
        }
        out.push(Effect::DropPassphrase);
        self.forget();
        // A sign-in without a question found nobody: the start page asks.
        if self.session == Session::Returning && locked.problem.is_none() {
            self.session = Session::Out;
            return self.go(Route::Start, out);
        }
        // `Leaving` is not disturbed: a sign-in was begun in this tab.
        if self.session == Session::Leaving {
            return;
        }
        self.session = Session::Ended(Rc::new(locked));
        out.push(Effect::Focus("main"));
    }
}

/// A sign-in without anything shown, as the person who was signed in before a reload.
pub(super) fn silently(login_hint: String, route: String) -> Request {
    Request::BeginSignIn(BeginSignIn {
        features: Vec::new(),
        prompt: Prompt::None,
        route,
        login_hint,
        claims: String::new(),
    })
}
