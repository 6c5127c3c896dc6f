//! Who is signed in, and how that came or went.

use std::rc::Rc;

use domain::problem::Problem;
use domain::protocol::{Account, BeginSignIn, EXPIRED, Event, Locked, Prompt, Request};

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
    },
    /// The token ran out; what was read is still there.
    Expired,
    /// There was a session.
    Ended(Rc<Locked>),
    /// A sign-in did not succeed. A page with a button: nothing is tried again by itself.
    Failed(Rc<Problem>),
}

impl Session {
    /// Who is signed in.
    pub fn account(&self) -> Option<&Rc<Account>> {
        match self {
            Self::In { account, .. } => Some(account),
            _ => None,
        }
    }
}

impl Model {
    pub(super) fn on_session(&mut self, action: SessionAction, out: &mut Vec<Effect>) {
        match action {
            SessionAction::SignIn { features } => {
                let again = self.session.account().is_some();
                let route = match &self.route {
                    Route::Start | Route::Nowhere => Route::Overview,
                    route => route.clone(),
                };
                self.session = Session::Leaving;
                out.push(Effect::Ask(
                    Slot::Session,
                    Request::BeginSignIn(BeginSignIn {
                        features,
                        prompt: if again {
                            Prompt::Default
                        } else {
                            Prompt::SelectAccount
                        },
                        route: route.hash(),
                        login_hint: String::new(),
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
                if self.session.account().is_some() {
                    out.push(Effect::Ask(Slot::Tell, Request::SignOut));
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
                self.session = Session::In { account, until };
                self.go(route, out);
                out.extend(self.apply(Action::Main(MainAction::ReadTenant)));
            }
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

    fn lock(&mut self, locked: Locked, out: &mut Vec<Effect>) {
        out.push(Effect::Forget);
        if let Some(problem) = locked.problem.as_ref().filter(|p| p.code == EXPIRED) {
            self.session = Session::Expired;
            self.toast(format!("{} {}", problem.what, problem.remedy), true, out);
            return;
        }
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
