//! The rules of an ID token (OpenID Connect Core §3.1.3.7, Entra's "ID token claims reference").
//!
//! The claims are judged here; the signature is judged by WebCrypto in the engine. An [`Identity`] comes
//! only out of [`Candidate::verified`], so no claim can be used before both have passed.

use super::cloud::Cloud;
use super::encode::{from_base64url, is_guid};
use crate::json::Json;
use crate::secret::Secret;

/// Difference between the clocks that is forgiven, in seconds.
pub const SKEW: i64 = 300;

/// The tenant of personal Microsoft accounts.
const CONSUMERS: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

const HEADER_LIMIT: usize = 2 * 1024;
const PAYLOAD_LIMIT: usize = 16 * 1024;

/// What a token must say to belong to a sign-in.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Whose login service was asked.
    pub cloud: &'a Cloud,
    /// The tenant that was asked: GUID, domain or `organizations`.
    pub tenant: &'a str,
    /// Application (client) id.
    pub client_id: &'a str,
    /// The transaction's nonce.
    pub nonce: &'a str,
    /// Wall clock in seconds since 1970.
    pub now: i64,
}

/// Who signed in. The user is `tenant_id` and `object_id`; the names are for show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// `tid`.
    pub tenant_id: String,
    /// `oid`.
    pub object_id: String,
    /// `sub`.
    pub subject: String,
    /// `name`; may be empty.
    pub name: String,
    /// `preferred_username`; may be empty.
    pub username: String,
    /// The `login_hint` claim, or the user name: names the account at the next sign-in.
    pub login_hint: String,
}

impl Identity {
    /// The user as one text without spaces: object id and tenant, as Microsoft's libraries write it.
    pub fn person(&self) -> String {
        format!("{}.{}", self.object_id, self.tenant_id)
    }
}

/// A token whose claims have passed and whose signature has not been looked at.
#[derive(Debug)]
pub struct Candidate {
    /// `header.payload`: the bytes that were signed.
    pub signed: Secret,
    /// The RS256 signature.
    pub signature: Vec<u8>,
    /// Which key signed it.
    pub kid: Option<String>,
    /// `iss`.
    pub issuer: String,
    /// Hash of the access token, where the authority sends one.
    pub at_hash: Option<String>,
    identity: Identity,
}

impl Candidate {
    /// Whose keys to fetch: a GUID.
    pub fn tenant_id(&self) -> &str {
        &self.identity.tenant_id
    }

    /// The identity, when the signature is the chosen key's.
    pub fn verified(self, signature_is_good: bool) -> Result<Identity, IdTokenError> {
        if signature_is_good {
            Ok(self.identity)
        } else {
            Err(IdTokenError::Signature)
        }
    }
}

/// Why an ID token opens no session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdTokenError {
    /// Not three parts of strict base64url, too long, not JSON, or JSON with duplicate names.
    Malformed,
    /// `alg` is not RS256, `typ` is not JWT, or `crit` asks for something unknown.
    Header,
    /// `ver` is not 2.0.
    Version,
    /// `tid` is missing or not a GUID.
    Tenant,
    /// A personal Microsoft account.
    PersonalAccount,
    /// Not the tenant that was asked.
    OtherTenant,
    /// `iss` is not exactly this cloud's issuer for `tid`.
    Issuer,
    /// `aud` is not exactly this application.
    Audience,
    /// `nonce` is not this sign-in's.
    Nonce,
    /// `oid` or `sub` is missing.
    Subject,
    /// `exp`, `nbf` or `iat` is missing or not a number.
    Times,
    /// Ended so many minutes ago, by this machine's clock.
    Expired(u32),
    /// Begins so many minutes from now, by this machine's clock.
    NotYet(u32),
    /// The signature is not the key's.
    Signature,
    /// `at_hash` is of another access token.
    AccessToken,
}

/// Reads a token and judges its claims.
pub fn read(token: &Secret, expected: &Expected<'_>) -> Result<Candidate, IdTokenError> {
    let text = token.expose();
    let mut parts = text.split('.');
    let (Some(header), Some(payload), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(IdTokenError::Malformed);
    };
    let header_text = part(header, HEADER_LIMIT)?;
    let kid = check_header(&parse(&header_text)?)?;
    let payload_text = part(payload, PAYLOAD_LIMIT)?;
    let claims = parse(&payload_text)?;
    let identity = check_claims(&claims, expected)?;
    Ok(Candidate {
        signed: Secret::new(format!("{header}.{payload}")),
        signature: from_base64url(signature)
            .filter(|bytes| !bytes.is_empty())
            .ok_or(IdTokenError::Malformed)?,
        kid,
        issuer: expected.cloud.issuer(&identity.tenant_id),
        at_hash: claims.str_at("at_hash").map(str::to_owned),
        identity,
    })
}

fn part(text: &str, limit: usize) -> Result<String, IdTokenError> {
    if text.len() > limit {
        return Err(IdTokenError::Malformed);
    }
    from_base64url(text)
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or(IdTokenError::Malformed)
}

fn parse(text: &str) -> Result<Json<'_>, IdTokenError> {
    Json::parse(text)
        .ok()
        .filter(|json| json.object().is_some() && !has_duplicates(json))
        .ok_or(IdTokenError::Malformed)
}

/// True when any object in it has a name twice (case 35): readers differ on which one counts.
fn has_duplicates(json: &Json<'_>) -> bool {
    match json {
        Json::Object(object) => object.0.iter().enumerate().any(|(at, (name, value))| {
            object.0[..at].iter().any(|(other, _)| other == name) || has_duplicates(value)
        }),
        Json::Array(items) => items.iter().any(has_duplicates),
        _ => false,
    }
}

/// The `kid`. `jku`, `x5u`, `jwk` and `x5c` are not read (case 32): keys come from the authority alone.
fn check_header(header: &Json<'_>) -> Result<Option<String>, IdTokenError> {
    let typ_is_jwt = header
        .get("typ")
        .is_none_or(|typ| typ.str().is_some_and(|typ| typ.eq_ignore_ascii_case("JWT")));
    if header.str_at("alg") != Some("RS256") || !typ_is_jwt || header.get("crit").is_some() {
        return Err(IdTokenError::Header);
    }
    match header.get("kid") {
        None => Ok(None),
        Some(Json::String(kid)) if !kid.is_empty() => Ok(Some(kid.to_string())),
        Some(_) => Err(IdTokenError::Header),
    }
}

fn check_claims(claims: &Json<'_>, expected: &Expected<'_>) -> Result<Identity, IdTokenError> {
    let text = |name: &str| claims.str_at(name).unwrap_or_default();
    if text("ver") != "2.0" {
        return Err(IdTokenError::Version);
    }
    let tenant_id = check_tenant(text("tid"), expected.tenant)?;
    if text("iss") != expected.cloud.issuer(&tenant_id) {
        return Err(IdTokenError::Issuer);
    }
    // An array is refused even when it names this application alone: Entra sends a string.
    if expected.client_id.is_empty() || text("aud") != expected.client_id {
        return Err(IdTokenError::Audience);
    }
    if expected.nonce.is_empty() || text("nonce") != expected.nonce {
        return Err(IdTokenError::Nonce);
    }
    check_times(claims, expected.now)?;
    let (object_id, subject) = (text("oid"), text("sub"));
    if !is_guid(object_id) || subject.is_empty() {
        return Err(IdTokenError::Subject);
    }
    let username = text("preferred_username");
    Ok(Identity {
        tenant_id,
        object_id: object_id.to_ascii_lowercase(),
        subject: subject.to_owned(),
        name: text("name").to_owned(),
        username: username.to_owned(),
        login_hint: claims.str_at("login_hint").unwrap_or(username).to_owned(),
    })
}

fn check_tenant(tid: &str, asked: &str) -> Result<String, IdTokenError> {
    if !is_guid(tid) {
        return Err(IdTokenError::Tenant);
    }
    if tid.eq_ignore_ascii_case(CONSUMERS) {
        return Err(IdTokenError::PersonalAccount);
    }
    if is_guid(asked) && !tid.eq_ignore_ascii_case(asked) {
        return Err(IdTokenError::OtherTenant);
    }
    Ok(tid.to_owned())
}

fn check_times(claims: &Json<'_>, now: i64) -> Result<(), IdTokenError> {
    let time = |name: &str| claims.get(name).and_then(Json::int);
    let (Some(exp), Some(iat)) = (time("exp"), time("iat")) else {
        return Err(IdTokenError::Times);
    };
    let nbf = match claims.get("nbf") {
        None => iat,
        Some(nbf) => nbf.int().ok_or(IdTokenError::Times)?,
    };
    let ahead = iat.max(nbf).saturating_sub(now);
    if ahead > SKEW {
        return Err(IdTokenError::NotYet(minutes(ahead)));
    }
    let past = now.saturating_sub(exp);
    if past >= SKEW {
        return Err(IdTokenError::Expired(minutes(past)));
    }
    Ok(())
}

fn minutes(seconds: i64) -> u32 {
    u32::try_from(seconds / 60).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
