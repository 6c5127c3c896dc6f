//! What the page does for a sign-in.
//!
//! In the order of things: [`arrive`] says what brought the person here; for a sign-in the engine gives a
//! `SignInReady`, with which the page [`leave`]s; back again, [`arrive`] gives the `FinishSignIn` for the
//! engine; on `SignedIn` the page calls [`stay`], on `Locked` [`forget`]. [`SessionChannel`] tells the
//! other tabs. Between two sign-ins nothing is in any storage: that a tab was signed in is a note in its
//! own history entry, which a reload keeps.

mod channel;
mod history;
mod store;

use domain::protocol::{Account, FinishSignIn, SignInReady};

pub use channel::{SessionChannel, SessionNews};

use super::boot;

/// What brought the person here.
#[derive(Debug)]
pub enum Arrival {
    /// An ordinary visit.
    Visit,
    /// The login page's response: give it to the engine.
    Response(FinishSignIn),
    /// A reload of a tab that was signed in: ask once for a silent sign-in (`Prompt::None`) with this hint.
    Reload {
        /// For `BeginSignIn::login_hint`.
        login_hint: String,
        /// For `BeginSignIn::route`: the hash of the address.
        route: String,
    },
}

/// Says what brought the person here. To be called once, when the page starts.
///
/// The transaction record is deleted before anything is done with the response. A silent attempt is offered
/// at most once for each load, and not more than three times a minute.
pub fn arrive() -> Arrival {
    let record = store::take();
    if let Some(response) = boot::take_sign_in_response() {
        if let Some(record) = &record {
            history::carry(&record.attempts);
        }
        return Arrival::Response(FinishSignIn {
            response,
            transaction: record.map(|record| record.transaction),
        });
    }
    match history::resume() {
        Some(login_hint) => Arrival::Reload {
            login_hint,
            route: history::route(),
        },
        None => Arrival::Visit,
    }
}

/// Keeps the transaction record and goes to the login page. False when this browser keeps nothing for the
/// tab (case 78): then a sign-in cannot come back.
pub fn leave(ready: &SignInReady) -> bool {
    let kept = store::put(&ready.transaction, &history::attempts());
    kept && go_to(&ready.url)
}

/// Goes to an address of the configured login service (`SignInReady::url`, `Locked::logout_url`).
pub fn go_to(url: &str) -> bool {
    web_sys::window().is_some_and(|window| window.location().assign(url).is_ok())
}

/// Notes in this tab's history entries that it is signed in, so that a reload can sign in by itself.
pub fn stay(account: &Account) {
    history::stay(&account.login_hint);
}

/// Takes the note away: after this a reload shows the start page.
pub fn forget() {
    history::forget();
}

/// Address of the site's folder, with a slash at the end. It is also the redirect URI to register.
pub fn base() -> String {
    let Some(window) = web_sys::window() else {
        return String::new();
    };
    let location = window.location();
    let origin = location.origin().unwrap_or_default();
    let path = location.pathname().unwrap_or_default();
    let folder = path.rfind('/').map_or("", |at| &path[..at]);
    format!("{origin}{folder}/")
}
