//! What the tab keeps while the person is away at the login page.
//!
//! It is kept in sessionStorage of this tab, at most one, at most ten minutes, and is deleted before
//! anything else is done with the answer (RFC 9700 §4.7: state is for one use, a failed one too).

use crate::json::{Json, Object};
use crate::oauth::client::Asking;
use crate::oauth::encode::base64url;
use crate::protocol::Prompt;
use crate::secret::Secret;

/// Ten minutes, in milliseconds: as long as Entra keeps a code.
pub const LIFE_MS: u64 = 10 * 60 * 1000;

/// Random bytes that a transaction is made from.
pub const RANDOM_BYTES: usize = 96;

const VERSION: i64 = 2;

/// A sign-in under way.
#[derive(Debug)]
pub struct Transaction {
    /// base64url of 32 random bytes; comes back with the answer.
    pub state: String,
    /// base64url of 32 random bytes; comes back inside the ID token.
    pub nonce: String,
    /// PKCE verifier (RFC 7636): base64url of 32 random bytes, 43 characters.
    pub verifier: Secret,
    /// Origin of the login service that was asked; the answer is redeemed there and nowhere else.
    pub login: String,
    /// Origin of the Graph whose scopes were asked for.
    pub graph: String,
    /// GUID, domain or `organizations`.
    pub tenant: String,
    /// Client id and Graph scopes.
    pub asking: Asking,
    /// The redirect URI, as registered.
    pub redirect_uri: String,
    /// Hash route to come back to; parsed again by the router, never followed as a URL.
    pub route: String,
    /// How much the person was to see.
    pub prompt: Prompt,
    /// The claims challenge that this sign-in answers, or empty.
    pub claims: String,
    /// Whose session this goes on, as [`super::id_token::Identity::person`] says it; empty when anybody may sign in.
    pub person: String,
    /// Wall clock at the start, in milliseconds since 1970.
    pub created: u64,
}

/// State, nonce and verifier, from random bytes.
pub fn secrets(random: &[u8; RANDOM_BYTES]) -> (String, String, Secret) {
    (
        base64url(&random[..32]),
        base64url(&random[32..64]),
        Secret::new(base64url(&random[64..])),
    )
}

/// Why a record cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransactionError {
    /// Not a record of this version, or one that was tampered with.
    Unreadable,
    /// Older than ten minutes, or from the future.
    Stale,
}

impl Transaction {
    /// The `scope` parameter: OpenID Connect's two and Graph's, each with its host.
    pub fn scope_parameter(&self) -> String {
        self.asking.scope_parameter(&self.graph)
    }

    /// The record as text, for sessionStorage.
    pub fn write(&self) -> String {
        let mut record = Object(vec![("v".into(), Json::Int(VERSION))]);
        for (name, value) in [
            ("state", self.state.as_str()),
            ("nonce", &self.nonce),
            ("verifier", self.verifier.expose()),
            ("login", &self.login),
            ("graph", &self.graph),
            ("tenant", &self.tenant),
            ("client_id", self.asking.client_id()),
            ("redirect_uri", &self.redirect_uri),
            ("route", &self.route),
            ("prompt", prompt_name(self.prompt)),
            ("claims", &self.claims),
            ("person", &self.person),
        ] {
            record
                .0
                .push((name.into(), Json::String(value.to_owned().into())));
        }
        let scopes = self.asking.scopes().iter();
        let scopes = scopes.map(|scope| Json::String(scope.as_str().into()));
        record
            .0
            .push(("scopes".into(), Json::Array(scopes.collect())));
        let created = i64::try_from(self.created).unwrap_or(i64::MAX);
        record.0.push(("created".into(), Json::Int(created)));
        Json::Object(record).to_text()
    }

    /// Reads a record back.
    ///
    /// `now` is the wall clock in milliseconds.
    /// Fails when it is not a record of this version, or not of the last ten minutes (case 41).
    pub fn read(text: &str, now: u64) -> Result<Self, TransactionError> {
        let record = Json::parse(text).map_err(|_| TransactionError::Unreadable)?;
        let transaction = from_json(&record).ok_or(TransactionError::Unreadable)?;
        // A clock that was set back a little must not lose a sign-in; one set back for long must.
        let age = now.saturating_sub(transaction.created);
        let ahead = transaction.created.saturating_sub(now);
        if age > LIFE_MS || ahead > LIFE_MS {
            return Err(TransactionError::Stale);
        }
        Ok(transaction)
    }
}

fn from_json(record: &Json<'_>) -> Option<Transaction> {
    if record.get("v").and_then(Json::int) != Some(VERSION) {
        return None;
    }
    let text = |name: &str| record.str_at(name).map(str::to_owned);
    let scopes = record.get("scopes")?.array()?;
    let scopes = scopes
        .iter()
        .map(|scope| scope.str().map(str::to_owned))
        .collect::<Option<_>>()?;
    let transaction = Transaction {
        state: text("state")?,
        nonce: text("nonce")?,
        verifier: Secret::new(text("verifier")?),
        login: text("login")?,
        graph: text("graph")?,
        tenant: text("tenant")?,
        asking: Asking::recorded(text("client_id")?, scopes),
        redirect_uri: text("redirect_uri")?,
        route: text("route")?,
        prompt: prompt_from(record.str_at("prompt")?)?,
        claims: text("claims")?,
        person: text("person")?,
        created: record
            .get("created")
            .and_then(Json::int)
            .and_then(|at| u64::try_from(at).ok())?,
    };
    // An empty state or nonce would match an answer that has none.
    (transaction.state.len() >= 43 && transaction.nonce.len() >= 43).then_some(transaction)
}

const fn prompt_name(prompt: Prompt) -> &'static str {
    match prompt {
        Prompt::SelectAccount => "select_account",
        Prompt::None => "none",
        Prompt::Default => "default",
    }
}

fn prompt_from(name: &str) -> Option<Prompt> {
    [Prompt::SelectAccount, Prompt::None, Prompt::Default]
        .into_iter()
        .find(|prompt| prompt_name(*prompt) == name)
}

/// A record for tests.
#[cfg(test)]
pub(crate) fn sample() -> Transaction {
    let mut random = [0u8; RANDOM_BYTES];
    for (at, byte) in random.iter_mut().enumerate() {
        *byte = u8::try_from(at).unwrap_or_default();
    }
    let (state, nonce, verifier) = secrets(&random);
    Transaction {
        state,
        nonce,
        verifier,
        login: "https://login.microsoftonline.com".into(),
        graph: "https://graph.microsoft.com".into(),
        tenant: "organizations".into(),
        asking: Asking::recorded(
            "2f1c7f0e-6a55-4d0e-9f62-0c2a6f3f9a11".into(),
            vec!["DeviceManagementConfiguration.Read.All".into()],
        ),
        redirect_uri: "https://plumbline.example/".into(),
        route: "#/inventory".into(),
        prompt: Prompt::SelectAccount,
        claims: String::new(),
        person: String::new(),
        created: 1_800_000_000_000,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn state_nonce_and_verifier_are_43_characters_of_their_own() {
        let one = sample();
        for text in [one.state.as_str(), &one.nonce, one.verifier.expose()] {
            assert_eq!(text.len(), 43);
        }
        assert_ne!(one.state, one.nonce);
        assert_ne!(one.nonce, one.verifier.expose());
        assert!(!format!("{one:?}").contains(one.verifier.expose()));
    }

    #[test]
    fn a_record_comes_back_as_it_was_until_it_is_ten_minutes_old() {
        let one = sample();
        let text = one.write();
        let back = Transaction::read(&text, one.created + LIFE_MS).unwrap();
        assert_eq!(format!("{one:?}"), format!("{back:?}"));
        assert_eq!(back.verifier.expose(), one.verifier.expose());
        // Case 41: older than ten minutes; and one from a clock far ahead.
        for now in [one.created + LIFE_MS + 1, one.created - LIFE_MS - 1] {
            assert_eq!(
                Transaction::read(&text, now).err(),
                Some(TransactionError::Stale)
            );
        }
    }

    #[test]
    fn anything_else_is_not_a_record() {
        let one = sample();
        let text = one.write();
        for bad in [
            String::new(),
            "null".into(),
            "{}".into(),
            text.replace("\"v\":2", "\"v\":1"),
            text.replace(&one.state, ""),
            text.replace("\"nonce\"", "\"nouns\""),
            text.replace("select_account", "consent"),
            text.replace("\"scopes\":[", "\"scopes\":[7,"),
        ] {
            assert_eq!(
                Transaction::read(&bad, one.created).err(),
                Some(TransactionError::Unreadable),
                "{bad}"
            );
        }
    }
}
