//! Start, sign-in, reading.

use serde::{Deserialize, Serialize};

use crate::problem::Problem;
use crate::snapshot::Gap;

/// What the page knows and the engine does not.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Start {
    /// [`super::VERSION`] of the page.
    pub version: u32,
    /// Address of the site's folder, with a slash at the end: `https://plumbline.example/`.
    pub base: String,
}

/// The engine is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ready {
    /// Words for the chosen cloud: `Microsoft Entra (global)`.
    pub cloud: String,
    /// Host names that this configuration talks to: login, Graph.
    pub hosts: Vec<String>,
    /// The client id in use; empty when only files and the demo can be opened.
    pub client_id: String,
    /// True when a request that the policy must refuse was refused by the browser.
    pub policy_enforced: bool,
    /// The features that the configuration offers, with what each asks for.
    pub features: Vec<FeatureView>,
}

/// A part of the product with scopes of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeatureView {
    /// Stable name.
    pub id: String,
    /// Words on screen.
    pub name: String,
    /// Scope and the reason for it.
    pub scopes: Vec<(String, String)>,
    /// True when the session's token has all of them.
    pub granted: bool,
}

/// Asks for an authorize URL.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BeginSignIn {
    /// Feature ids whose scopes are to be asked for; empty: the default ones.
    pub features: Vec<String>,
    /// How much the person is to see.
    pub prompt: Prompt,
    /// Where to come back to: a hash route of this app, parsed again on return.
    pub route: String,
    /// Account to prefer, for a silent attempt after a reload: [`Account::login_hint`] of this tab's own earlier session.
    pub login_hint: String,
    /// JSON of a claims challenge, or empty.
    pub claims: String,
}

/// OpenID Connect `prompt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Prompt {
    /// `select_account`: a person pressed the button.
    SelectAccount,
    /// `none`: at most once after a reload.
    None,
    /// Not sent: Entra decides.
    Default,
}

/// Where to go, and what to keep in sessionStorage meanwhile.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignInReady {
    /// The authorize URL.
    pub url: String,
    /// The transaction record, versioned JSON. Holds the PKCE verifier: kept in this tab only, deleted on return.
    pub transaction: String,
}

/// The redirect response, out of the address bar.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FinishSignIn {
    /// The fragment without `#`.
    pub response: String,
    /// The record of this tab, if there was one.
    pub transaction: Option<String>,
}

/// Who is signed in, and what the token may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Display name, from the ID token.
    pub name: String,
    /// `preferred_username`; for show, never for identity.
    pub username: String,
    /// Tenant GUID.
    pub tenant_id: String,
    /// Scopes of the token as the token response says them.
    pub scopes: Vec<String>,
    /// Asked for and not granted.
    pub missing: Vec<String>,
    /// Scopes that can change things although this session only reads.
    pub excess: Vec<String>,
    /// Seconds until the token ends, counted from the event.
    pub expires_in: u32,
    /// Where to go back to.
    pub route: String,
    /// For a silent sign-in after a reload. To the page a text without a meaning; to the engine whose session it
    /// was, a space, and what the login service knows the account by.
    pub login_hint: String,
}

/// Why there is no session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locked {
    /// `None`: the person signed out or locked.
    pub problem: Option<Problem>,
    /// Where the session at Microsoft can be ended; empty if there was none.
    pub logout_url: String,
    /// True when what was read stays: the token ran out, or is not enough any more, while somebody was
    /// working. A session that was revoked, locked or signed out takes everything with it.
    pub kept: bool,
}

/// A sign-in that did not succeed because nobody consented to what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentNeeded {
    /// What Entra said, and what to do.
    pub problem: Problem,
    /// Entra's page on which an administrator accepts exactly these scopes for the whole tenant.
    pub url: String,
    /// The request in words, with reasons and the address: to be copied and sent.
    pub letter: String,
}

/// Steers the read under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadControl {
    /// Sends nothing new.
    Pause,
    /// Goes on.
    Resume,
    /// Ends it; what was read stays, the rest is marked as cancelled.
    Cancel,
}

/// How far a read has come. Sent at most four times a second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What is being read, in words.
    pub doing: String,
    /// Requests answered.
    pub done: u32,
    /// Requests known of so far.
    pub total: u32,
    /// Objects read.
    pub objects: u32,
    /// Seconds left as far as can be said; 0: not known yet.
    pub seconds_left: u32,
    /// True while lists are open: what lies below their objects comes on top of the seconds.
    pub at_least: bool,
    /// Seconds until the next request may be sent, when Graph asked to wait.
    pub waiting: u32,
    /// True when a person paused it.
    pub paused: bool,
    /// Per type: row id, name, objects read, state.
    pub types: Vec<TypeProgress>,
}

/// How far one type has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeProgress {
    /// Catalog row.
    pub row: String,
    /// Words on screen.
    pub name: String,
    /// Objects read.
    pub read: u32,
    /// True when nothing more is to come.
    pub done: bool,
    /// Why it is not whole.
    pub gap: Option<Gap>,
}

/// One line of the ledger: every request since the start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerEntry {
    /// Milliseconds since the start.
    pub at: u32,
    /// HTTP method.
    pub method: String,
    /// Origin.
    pub origin: String,
    /// The read table's template, or the site's own path.
    pub route: String,
    /// HTTP status; 0: no answer.
    pub status: u16,
    /// Bytes of the answer.
    pub bytes: u32,
    /// Milliseconds it took.
    pub took: u32,
    /// Why it was sent.
    pub why: String,
}
