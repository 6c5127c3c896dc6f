//! What came back from the authorize endpoint, in the fragment.
//!
//! Every string in it may have been written by an attacker: nothing of it is followed, and what is shown
//! is shown as text.

use super::encode::from_form;
use super::error::EntraError;
use super::transaction::{Transaction, TransactionError};
use crate::secret::Secret;

/// The most of a response that is read, in bytes. Entra's codes have about 1 kB.
const LIMIT: usize = 16 * 1024;

/// A response that belongs to a sign-in of this tab.
#[derive(Debug)]
pub struct Accepted {
    /// What to redeem.
    pub code: Secret,
    /// The sign-in that it answers.
    pub transaction: Transaction,
}

/// Why a response opens no session.
#[derive(Debug, PartialEq, Eq)]
pub enum RedirectError {
    /// Not `name=value` pairs, too long, or in the query where the fragment was asked for.
    Unreadable,
    /// A parameter that occurs twice.
    Duplicate(&'static str),
    /// No `state`.
    NoState,
    /// A state of another sign-in, or of nobody's.
    StateMismatch,
    /// This tab has no sign-in under way.
    NotAsked,
    /// The record of this tab cannot be used.
    Record(TransactionError),
    /// Both a code and an error.
    CodeAndError,
    /// Neither a code nor an error: it proves nothing.
    Neither,
    /// The answer to an administrator who followed the consent link. It proves nothing either, and comes
    /// without a sign-in of this tab (case 50): what is granted is seen at the next sign-in.
    AdminConsent,
    /// Entra said no. With `prompt=none` that is an ordinary answer.
    Entra {
        /// What Entra said.
        error: Box<EntraError>,
        /// True when no person was asked (`prompt=none`).
        silent: bool,
    },
}

/// The parameters that are used. Each at most once (case 43).
const USED: [&str; 6] = [
    "code",
    "state",
    "error",
    "error_description",
    "suberror",
    "claims",
];

/// Reads the response, the fragment without `#`, against the record of this tab.
///
/// `now` is the wall clock in milliseconds. The state is compared before anything else is believed,
/// an error included: an error of a foreign sign-in is not this person's error.
pub fn accept(response: &str, record: Option<&str>, now: u64) -> Result<Accepted, RedirectError> {
    if response.len() > LIMIT {
        return Err(RedirectError::Unreadable);
    }
    // Entra answers an administrator's consent in the query, and everything that was asked for in the fragment.
    let in_query = response.starts_with('?');
    let text = response.strip_prefix('?').unwrap_or(response);
    let pairs = from_form(text).ok_or(RedirectError::Unreadable)?;
    let has = |wanted: &str| pairs.iter().any(|(name, _)| name == wanted);
    if has("admin_consent") && !has("code") {
        return Err(RedirectError::AdminConsent);
    }
    if in_query {
        return Err(RedirectError::Unreadable);
    }
    let mut values: [Option<&str>; USED.len()] = [None; USED.len()];
    for (name, value) in &pairs {
        if let Some(at) = USED.iter().position(|used| used == name) {
            if values[at].is_some() {
                return Err(RedirectError::Duplicate(USED[at]));
            }
            values[at] = Some(value);
        }
    }
    let [code, state, error, description, suberror, claims] = values;
    let state = state
        .filter(|state| !state.is_empty())
        .ok_or(RedirectError::NoState)?;
    let record = record.ok_or(RedirectError::NotAsked)?;
    let transaction = Transaction::read(record, now).map_err(RedirectError::Record)?;
    if !same(state, &transaction.state) {
        return Err(RedirectError::StateMismatch);
    }
    match (code.filter(|code| !code.is_empty()), error) {
        (Some(_), Some(_)) => Err(RedirectError::CodeAndError),
        (Some(code), None) => Ok(Accepted {
            code: Secret::new(code.to_owned()),
            transaction,
        }),
        (None, Some(error)) => Err(RedirectError::Entra {
            error: Box::new(EntraError::from_redirect(
                error,
                description.unwrap_or_default(),
                suberror.unwrap_or_default(),
                claims.unwrap_or_default(),
            )),
            silent: transaction.prompt == crate::protocol::Prompt::None,
        }),
        (None, None) => Err(RedirectError::Neither),
    }
}

/// Compares without telling by its duration where the first difference is.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one
            .bytes()
            .zip(other.bytes())
            .fold(0, |difference, (a, b)| difference | (a ^ b))
            == 0
}

#[cfg(test)]
mod tests;
