//! The signing keys of an authority (RFC 7517), and which of them signed a token.

use super::encode::from_base64url;
use crate::json::Json;

/// The most of a key set that is read, in bytes (case 36). Entra's has about 10 kB.
pub const LIMIT: usize = 1024 * 1024;

/// An RSA public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jwk {
    /// Key id.
    pub kid: String,
    /// Modulus, base64url as given.
    pub n: String,
    /// Exponent, base64url as given.
    pub e: String,
    /// Entra's extension: the issuer whose tokens this key signs. May hold `{tenantid}`. Empty: not said.
    pub issuer: String,
}

/// Why a key set has no key for a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyError {
    /// Not JSON, or no `keys` array (case 36).
    Unreadable,
    /// No key of this id: the authority may have changed its keys, so the set is fetched once more (case 26).
    UnknownKid,
    /// Several keys of this id, or a token without `kid` and several keys (cases 27, 28).
    Ambiguous,
    /// The key is not for RSA signatures, or is too weak (cases 29, 30).
    Unfit,
    /// The key signs for another issuer (case 31).
    OtherIssuer,
}

/// Finds the one key that may have signed a token of this `kid` and `iss`.
///
/// Strictness follows Entra's "signing key issuer" rule and NIST's 2048 bits.
pub fn choose(
    key_set: &str,
    kid: Option<&str>,
    issuer: &str,
    tenant_id: &str,
) -> Result<Jwk, KeyError> {
    let json = Json::parse(key_set).map_err(|_| KeyError::Unreadable)?;
    let keys = json
        .get("keys")
        .and_then(Json::array)
        .ok_or(KeyError::Unreadable)?;
    let mut candidates = keys
        .iter()
        .filter(|key| kid.is_none_or(|kid| key.str_at("kid") == Some(kid)));
    let key = candidates.next().ok_or(KeyError::UnknownKid)?;
    if candidates.next().is_some() {
        return Err(KeyError::Ambiguous);
    }
    let jwk = fit(key).ok_or(KeyError::Unfit)?;
    let key_issuer = jwk.issuer.replace("{tenantid}", tenant_id);
    if !key_issuer.is_empty() && key_issuer != issuer {
        return Err(KeyError::OtherIssuer);
    }
    Ok(jwk)
}

fn fit(key: &Json<'_>) -> Option<Jwk> {
    let allows = |name: &str, value: &str| key.get(name).is_none_or(|v| v.str() == Some(value));
    if key.str_at("kty") != Some("RSA") || !allows("use", "sig") || !allows("alg", "RS256") {
        return None;
    }
    let (n, e) = (key.str_at("n")?, key.str_at("e")?);
    (bits(n)? >= 2048 && (2..=64).contains(&bits(e)?) && is_odd(e)?).then(|| Jwk {
        kid: key.str_at("kid").unwrap_or_default().to_owned(),
        n: n.to_owned(),
        e: e.to_owned(),
        issuer: key.str_at("issuer").unwrap_or_default().to_owned(),
    })
}

/// Length of an unsigned big-endian number in bits.
fn bits(number: &str) -> Option<usize> {
    let bytes = from_base64url(number)?;
    let start = bytes.iter().position(|byte| *byte != 0)?;
    Some((bytes.len() - start) * 8 - bytes[start].leading_zeros() as usize)
}

fn is_odd(number: &str) -> Option<bool> {
    Some(from_base64url(number)?.last()? & 1 == 1)
}

#[cfg(test)]
mod tests;
