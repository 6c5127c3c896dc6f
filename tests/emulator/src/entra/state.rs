//! What Entra remembers: sessions, codes, tokens and grants.

use std::collections::{BTreeMap, BTreeSet};

use super::idtoken::Defect;
use super::scope::Scopes;
use crate::random;

/// Seconds that a code lives.
pub const CODE_SECONDS: u64 = 600;
/// Seconds that an access token lives, and one of a client that declared `cp1`.
pub const TOKEN_SECONDS: u64 = 4_200;
/// Long-lived, because it can be revoked at once (continuous access evaluation).
pub const CAE_TOKEN_SECONDS: u64 = 86_000;
/// Seconds that an SPA's refresh token lives, counted from the first one.
pub const REFRESH_SECONDS: u64 = 86_400;

/// What a code stands for.
#[derive(Debug, Clone)]
pub struct Code {
    /// Client that asked.
    pub client_id: String,
    /// Redirect URI of the authorize request.
    pub redirect_uri: String,
    /// Scopes asked for.
    pub scopes: Scopes,
    /// `nonce`, or empty.
    pub nonce: String,
    /// PKCE challenge (S256).
    pub challenge: String,
    /// Who signed in.
    pub oid: String,
    /// Seconds since 1970.
    pub issued: u64,
    /// True once redeemed.
    pub used: bool,
    /// The client declared `cp1`.
    pub cp1: bool,
    /// `client_info=1` was sent.
    pub client_info: bool,
}

/// Why a token no longer works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It works.
    No,
    /// As if its time were over.
    Expired,
    /// Revoked under continuous access evaluation: the next request gets a claims challenge.
    Revoked,
}

/// What an access token stands for.
#[derive(Debug, Clone)]
pub struct Token {
    /// Whose it is.
    pub oid: String,
    /// Client it was issued to.
    pub client_id: String,
    /// Everything granted when it was issued.
    pub scopes: BTreeSet<String>,
    /// Seconds since 1970.
    pub issued: u64,
    /// Seconds since 1970.
    pub expires: u64,
    /// Can be challenged.
    pub cp1: bool,
    /// Graph requests answered so far.
    pub requests: u64,
    /// Why it no longer works.
    pub ended: Ended,
}

/// What a refresh token stands for.
#[derive(Debug, Clone)]
pub struct Refresh {
    /// The redeemed code's facts.
    pub code: Code,
    /// Seconds since 1970; the same for every successor.
    pub expires: u64,
}

/// Errors that tests ordered.
#[derive(Debug, Clone, Default)]
pub struct Knobs {
    /// AADSTS code and how many authorize requests get it.
    pub authorize_error: Option<(u32, u32)>,
    /// AADSTS code and how many token requests get it.
    pub token_error: Option<(u32, u32)>,
    /// What is wrong with the ID tokens.
    pub defect: Option<Defect>,
    /// Seconds by which Entra's clock is ahead of everybody's.
    pub skew: i64,
}

/// Everything that Entra remembers.
#[derive(Debug, Default)]
pub struct EntraState {
    /// Session cookie → object ids, the latest last.
    pub sessions: BTreeMap<String, Vec<String>>,
    /// Codes.
    pub codes: BTreeMap<String, Code>,
    /// Access tokens.
    pub tokens: BTreeMap<String, Token>,
    /// ID tokens, in the order in which they were handed out.
    pub id_tokens: Vec<String>,
    /// Refresh tokens.
    pub refresh: BTreeMap<String, Refresh>,
    /// (object id, client) → scopes that the person agreed to, ever.
    pub user_grants: BTreeMap<(String, String), BTreeSet<String>>,
    /// client → scopes that an administrator agreed to for everybody.
    pub tenant_grants: BTreeMap<String, BTreeSet<String>>,
    /// Errors that tests ordered.
    pub knobs: Knobs,
}

impl EntraState {
    /// Everything granted to a client for a person.
    pub fn granted(&self, oid: &str, client_id: &str) -> BTreeSet<String> {
        let own = self
            .user_grants
            .get(&(oid.to_owned(), client_id.to_owned()));
        let all = self.tenant_grants.get(client_id);
        own.into_iter().chain(all).flatten().cloned().collect()
    }

    /// Adds to what a person agreed to. Grants only grow.
    pub fn grant(&mut self, oid: &str, client_id: &str, scopes: &BTreeSet<String>) {
        self.user_grants
            .entry((oid.to_owned(), client_id.to_owned()))
            .or_default()
            .extend(scopes.iter().cloned());
    }

    /// Signs a person in to a browser session; answers the cookie's value.
    pub fn sign_in(&mut self, cookie: Option<&str>, oid: &str) -> String {
        let cookie = cookie
            .filter(|cookie| self.sessions.contains_key(*cookie))
            .map_or_else(|| random::token("s"), str::to_owned);
        let people = self.sessions.entry(cookie.clone()).or_default();
        people.retain(|known| known != oid);
        people.push(oid.to_owned());
        cookie
    }

    /// Object ids signed in to a browser session.
    pub fn signed_in(&self, cookie: Option<&str>) -> Vec<String> {
        cookie
            .and_then(|cookie| self.sessions.get(cookie))
            .cloned()
            .unwrap_or_default()
    }

    /// Counts an ordered error down; answers its code while there are any left.
    pub fn ordered(knob: &mut Option<(u32, u32)>) -> Option<u32> {
        let (code, times) = knob.as_mut()?;
        let code = *code;
        *times = times.saturating_sub(1);
        if *times == 0 {
            *knob = None;
        }
        Some(code)
    }
}
