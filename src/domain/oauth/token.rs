//! The token endpoint: what is sent to redeem a code, and what an answer must look like.

use super::challenge;
use super::cloud::Cloud;
use super::encode::form;
use super::error::EntraError;
use super::transaction::Transaction;
use crate::json::Json;
use crate::secret::Secret;

/// The most of an answer that is read, in bytes (case 53).
pub const LIMIT: usize = 256 * 1024;

/// A token is believed to last at most a week; Entra's longest (CAE) last 28 hours.
const LONGEST_LIFE: i64 = 7 * 24 * 3600;

/// The body that redeems a code. It holds the code and the verifier, hence a [`Secret`].
pub fn request(transaction: &Transaction, code: &Secret) -> Secret {
    let scope = transaction.scope_parameter();
    let claims = challenge::merge(&transaction.claims);
    Secret::new(form(&[
        ("client_id", transaction.asking.client_id()),
        ("grant_type", "authorization_code"),
        ("code", code.expose()),
        ("redirect_uri", &transaction.redirect_uri),
        ("code_verifier", transaction.verifier.expose()),
        ("scope", &scope),
        ("claims", &claims),
        ("client_info", "1"),
    ]))
}

/// A token response that keeps the rules. A refresh token in it is dropped unread (case 65): none was asked for.
#[derive(Debug)]
pub struct Tokens {
    /// Opaque: never parsed.
    pub access_token: Secret,
    /// Not yet verified; see [`super::id_token`].
    pub id_token: Secret,
    /// Scopes of the access token as the response says them, without this cloud's Graph host,
    /// and without OpenID Connect's own.
    pub scopes: Vec<String>,
    /// Seconds.
    pub expires_in: u32,
}

/// Why an answer of the token endpoint opens no session.
#[derive(Debug, PartialEq, Eq)]
pub enum TokenError {
    /// Not JSON, or not an object: an HTML page of a proxy, a cut answer.
    NotJson,
    /// `token_type` is not `Bearer`.
    TokenType,
    /// No `id_token`.
    NoIdToken,
    /// No `access_token`.
    NoAccessToken,
    /// `expires_in` is not a number of seconds that a token can last.
    ExpiresIn,
    /// 429 or 5xx: try again later, by hand.
    Unavailable(u16),
    /// A status that has no meaning here, without an OAuth error in the body.
    Status(u16),
    /// Entra said no.
    Entra(Box<EntraError>),
}

/// Reads an answer: its status, its content type and its text.
pub fn read(
    status: u16,
    content_type: &str,
    body: &str,
    cloud: &Cloud,
) -> Result<Tokens, TokenError> {
    if status == 429 || status >= 500 {
        return Err(TokenError::Unavailable(status));
    }
    let mime = content_type.split(';').next().unwrap_or_default().trim();
    if !mime.eq_ignore_ascii_case("application/json") {
        return Err(TokenError::NotJson);
    }
    let json = Json::parse(body).map_err(|_| TokenError::NotJson)?;
    if json.object().is_none() {
        return Err(TokenError::NotJson);
    }
    if status != 200 || json.get("error").is_some() {
        return Err(match EntraError::from_body(&json) {
            Some(error) => TokenError::Entra(Box::new(error)),
            None => TokenError::Status(status),
        });
    }
    tokens(&json, cloud)
}

fn tokens(json: &Json<'_>, cloud: &Cloud) -> Result<Tokens, TokenError> {
    let secret = |name: &str| {
        json.str_at(name)
            .filter(|text| !text.is_empty())
            .map(|text| Secret::new(text.to_owned()))
    };
    if !json
        .str_at("token_type")
        .is_some_and(|kind| kind.eq_ignore_ascii_case("bearer"))
    {
        return Err(TokenError::TokenType);
    }
    let expires_in = json
        .get("expires_in")
        .and_then(Json::int)
        .filter(|seconds| (1..=LONGEST_LIFE).contains(seconds))
        .and_then(|seconds| u32::try_from(seconds).ok())
        .ok_or(TokenError::ExpiresIn)?;
    Ok(Tokens {
        access_token: secret("access_token").ok_or(TokenError::NoAccessToken)?,
        id_token: secret("id_token").ok_or(TokenError::NoIdToken)?,
        scopes: scopes(json.str_at("scope").unwrap_or_default(), cloud),
        expires_in,
    })
}

fn scopes(text: &str, cloud: &Cloud) -> Vec<String> {
    text.split_ascii_whitespace()
        .map(|scope| cloud.short_scope(scope))
        .filter(|scope| {
            !["openid", "profile", "email", "offline_access"]
                .iter()
                .any(|own| own.eq_ignore_ascii_case(scope))
        })
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests;
