//! Which properties hold a secret. They are never shown and never compared.

use std::borrow::Cow;

use super::names::HIDDEN;
use super::{decode_text, encode_base64};
use crate::json::{Json, Object};
use crate::plist;

/// Properties of Intune and Entra objects that are secrets, whatever their name ends with.
const NAMES: &[&str] = &[
    "activationLockBypassCode",
    "hardwareHash",
    "qrCodeContent",
    "qrCodeImage",
    "secretText",
    "tokenValue",
];

/// Ends of names that mean a secret when the value is a text: `preSharedKey`, `adDomainPassword`,
/// `sharedSecret`, `vppToken.token`.
const ENDS: &[&str] = &[
    "password",
    "passphrase",
    "presharedkey",
    "privatekey",
    "secret",
    "sharedkey",
    "token",
];

/// Ends that count only on a type that Plumbline does not know.
const GUESSED_ENDS: &[&str] = &["credential", "key", "passcode", "pin", "psk", "hash"];

/// True when a property of this name and value is a secret. `guess`: the object's type is unknown.
pub fn is_secret(name: &str, value: &Json<'_>, guess: bool) -> bool {
    if NAMES.contains(&name) {
        return true;
    }
    let Some(text) = value.str() else {
        return false;
    };
    !text.is_empty() && (ends(ENDS, name) || (guess && ends(GUESSED_ENDS, name)))
}

/// Replaces every secret of a document by words, for showing it. `guess`: its type is unknown.
/// Answers how many there were.
pub fn hide_secrets(document: &mut Json<'_>, guess: bool) -> u32 {
    match document {
        Json::Array(items) => items.iter_mut().map(|item| hide_secrets(item, guess)).sum(),
        Json::Object(object) => {
            let holder = holds_secret(object);
            let mut hidden = 0;
            for (name, value) in &mut object.0 {
                let own = holder && name == "value";
                if !value.is_null() && (own || is_secret(name, value, guess)) {
                    *value = Json::String(Cow::Borrowed(HIDDEN));
                    hidden += 1;
                } else if let Some((profile, secrets)) = profile(name, value) {
                    *value = Json::String(Cow::Owned(profile));
                    hidden += secrets;
                } else {
                    hidden += hide_secrets(value, guess);
                }
            }
            hidden
        }
        _ => 0,
    }
}

/// An Apple profile in base64 without its secrets, when it holds some.
fn profile(name: &str, value: &Json<'_>) -> Option<(String, u32)> {
    if !matches!(name, "payload" | "configurationXml") {
        return None;
    }
    let text = decode_text(value.str()?)?;
    let keys = super::profile::KEYS.iter().any(|kind| text.contains(kind));
    let secret =
        |key: &str| ends(ENDS, key) || key == "Challenge" || (keys && key == "PayloadContent");
    let (text, secrets) = plist::replace(&text, secret, HIDDEN)?;
    (secrets > 0).then(|| (encode_base64(text.as_bytes()), secrets))
}

/// True for an object whose `value` is a secret: an encrypted OMA-URI row, or a secret value of
/// the settings catalog, whose state says how far it is encrypted.
pub(super) fn holds_secret(object: &Object<'_>) -> bool {
    let text = |name: &str| object.get(name).and_then(Json::str).unwrap_or("");
    object.get("valueState").is_some()
        || text("@odata.type").ends_with("SecretSettingValue")
        || !text("secretReferenceValueId").is_empty()
        || object.get("isEncrypted").and_then(Json::bool) == Some(true)
}

fn ends(ends: &[&str], name: &str) -> bool {
    ends.iter().any(|end| {
        name.len() >= end.len()
            && name
                .get(name.len() - end.len()..)
                .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    })
}
