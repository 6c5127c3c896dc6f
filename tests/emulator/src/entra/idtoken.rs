//! ID tokens: what Entra puts into them, and what tests want to be wrong with them.

use base64::Engine as _;
use ring::hmac;
use serde_json::{Value, json};

use super::key::{KID, SigningKey};
use crate::accounts::{Account, TENANT_ID};
use crate::http::base64url;

/// What is wrong with an ID token. Names are those of the control endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Defect {
    /// `iss` of another tenant.
    ForeignIssuer,
    /// `iss` with `{tenantid}` left in.
    TemplatedIssuer,
    /// `iss` with a slash at the end.
    IssuerSlash,
    /// `tid` is another tenant's, `iss` is not.
    ForeignTenant,
    /// `tid` is missing.
    NoTenant,
    /// `aud` of another client.
    ForeignAudience,
    /// `aud` as an array with a second client.
    AudienceArray,
    /// `nonce` of somebody else.
    ForeignNonce,
    /// `nonce` is missing.
    NoNonce,
    /// `exp` an hour ago.
    Expired,
    /// `exp` is missing.
    NoExpiry,
    /// `nbf` in an hour.
    NotYet,
    /// `oid` is missing.
    NoObjectId,
    /// `sub` is missing.
    NoSubject,
    /// `ver` is `1.0`.
    VersionOne,
    /// `alg` is `none`, without a signature.
    AlgNone,
    /// HS256 with the public key as the secret.
    AlgHs256,
    /// One bit of the signature is wrong.
    BadSignature,
    /// The payload was changed after signing.
    AlteredPayload,
    /// `kid` that is not in the JWKS.
    UnknownKid,
    /// `kid` is missing.
    NoKid,
    /// `crit` names an extension.
    Critical,
    /// There is no ID token in the answer.
    Missing,
}

/// Every defect with its name.
pub const DEFECTS: &[(&str, Defect)] = &[
    ("foreign-issuer", Defect::ForeignIssuer),
    ("templated-issuer", Defect::TemplatedIssuer),
    ("issuer-slash", Defect::IssuerSlash),
    ("foreign-tenant", Defect::ForeignTenant),
    ("no-tenant", Defect::NoTenant),
    ("foreign-audience", Defect::ForeignAudience),
    ("audience-array", Defect::AudienceArray),
    ("foreign-nonce", Defect::ForeignNonce),
    ("no-nonce", Defect::NoNonce),
    ("expired", Defect::Expired),
    ("no-expiry", Defect::NoExpiry),
    ("not-yet", Defect::NotYet),
    ("no-object-id", Defect::NoObjectId),
    ("no-subject", Defect::NoSubject),
    ("version-one", Defect::VersionOne),
    ("alg-none", Defect::AlgNone),
    ("alg-hs256", Defect::AlgHs256),
    ("bad-signature", Defect::BadSignature),
    ("altered-payload", Defect::AlteredPayload),
    ("unknown-kid", Defect::UnknownKid),
    ("no-kid", Defect::NoKid),
    ("critical", Defect::Critical),
    ("missing", Defect::Missing),
];

/// A tenant that is not the demo's.
const STRANGER: &str = "99999999-8888-4777-8666-555555555555";

/// What an ID token says.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The emulator's address.
    pub base: &'a str,
    /// Who signed in.
    pub account: &'a Account,
    /// For whom.
    pub client_id: &'a str,
    /// `nonce`, or empty.
    pub nonce: &'a str,
    /// True when `profile` was asked for.
    pub profile: bool,
    /// Seconds since 1970, as Entra's clock has it.
    pub now: u64,
}

/// The token in compact form; `None` when the defect is that there is none.
pub fn issue(facts: &Facts<'_>, key: &SigningKey, defect: Option<Defect>) -> Option<String> {
    let mut claims = claims(facts);
    let mut header = json!({"typ": "JWT", "alg": "RS256", "kid": KID});
    if let Some(defect) = defect {
        spoil(&mut claims, &mut header, defect, facts);
    }
    let part = |value: &Value| base64url(value.to_string().as_bytes());
    let (head, payload) = (part(&header), part(&claims));
    let signed = format!("{head}.{payload}");
    let mut signature = key.sign(signed.as_bytes());
    match defect {
        Some(Defect::Missing) => return None,
        Some(Defect::AlgNone) => return Some(format!("{signed}.")),
        Some(Defect::AlgHs256) => {
            let pem = base64::engine::general_purpose::STANDARD.encode(key.public_der());
            let secret = hmac::Key::new(hmac::HMAC_SHA256, pem.as_bytes());
            signature = hmac::sign(&secret, signed.as_bytes()).as_ref().to_vec();
        }
        Some(Defect::BadSignature) => {
            if let Some(last) = signature.last_mut() {
                *last ^= 1;
            }
        }
        Some(Defect::AlteredPayload) => {
            claims["name"] = "Somebody Else".into();
            return Some(format!(
                "{head}.{}.{}",
                part(&claims),
                base64url(&signature)
            ));
        }
        _ => {}
    }
    Some(format!("{signed}.{}", base64url(&signature)))
}

fn claims(facts: &Facts<'_>) -> Value {
    let account = facts.account;
    let mut claims = json!({
        "ver": "2.0",
        "iss": format!("{}/{TENANT_ID}/v2.0", facts.base),
        "sub": subject(account, facts.client_id),
        "aud": facts.client_id,
        "exp": facts.now + 3_900,
        "iat": facts.now - 300,
        "nbf": facts.now - 300,
        "tid": TENANT_ID,
        "oid": account.oid,
        "login_hint": login_hint(account),
        "uti": base64url(account.oid.as_bytes()),
        "rh": "0.emulator.",
    });
    if facts.profile {
        claims["name"] = account.name.into();
        claims["preferred_username"] = account.upn.into();
    }
    if !facts.nonce.is_empty() {
        claims["nonce"] = facts.nonce.into();
    }
    claims
}

/// Pairwise subject: another one for every client.
fn subject(account: &Account, client_id: &str) -> String {
    let digest = ring::digest::digest(
        &ring::digest::SHA256,
        format!("{}|{client_id}", account.oid).as_bytes(),
    );
    base64url(digest.as_ref())
}

/// The `login_hint` optional claim: opaque, and understood by authorize and logout.
pub fn login_hint(account: &Account) -> String {
    format!("O.{}", base64url(account.oid.as_bytes()))
}

fn spoil(claims: &mut Value, header: &mut Value, defect: Defect, facts: &Facts<'_>) {
    let issuer = |tenant: &str| Value::from(format!("{}/{tenant}/v2.0", facts.base));
    let mut remove = |name: &str| {
        if let Some(map) = claims.as_object_mut() {
            map.shift_remove(name);
        }
    };
    match defect {
        Defect::NoTenant => remove("tid"),
        Defect::NoNonce => remove("nonce"),
        Defect::NoExpiry => remove("exp"),
        Defect::NoObjectId => remove("oid"),
        Defect::NoSubject => remove("sub"),
        Defect::ForeignIssuer => claims["iss"] = issuer(STRANGER),
        Defect::TemplatedIssuer => claims["iss"] = issuer("{tenantid}"),
        Defect::IssuerSlash => claims["iss"] = format!("{}/{TENANT_ID}/v2.0/", facts.base).into(),
        Defect::ForeignTenant => claims["tid"] = STRANGER.into(),
        Defect::ForeignAudience => claims["aud"] = STRANGER.into(),
        Defect::AudienceArray => claims["aud"] = json!([facts.client_id, STRANGER]),
        Defect::ForeignNonce => claims["nonce"] = "bm90IHlvdXJzIGJ1dCBzb21lYm9keSBlbHNlJ3M".into(),
        Defect::Expired => claims["exp"] = (facts.now - 3_600).into(),
        Defect::NotYet => claims["nbf"] = (facts.now + 3_600).into(),
        Defect::VersionOne => claims["ver"] = "1.0".into(),
        Defect::AlgNone => header["alg"] = "none".into(),
        Defect::AlgHs256 => header["alg"] = "HS256".into(),
        Defect::UnknownKid => header["kid"] = "nobody-knows-this-key".into(),
        Defect::NoKid => {
            if let Some(map) = header.as_object_mut() {
                map.shift_remove("kid");
            }
        }
        Defect::Critical => header["crit"] = json!(["emulator"]),
        Defect::BadSignature | Defect::AlteredPayload | Defect::Missing => {}
    }
}
