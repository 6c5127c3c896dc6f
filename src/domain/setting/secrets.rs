//! Which properties hold a secret. They are never shown and never compared.

use std::borrow::Cow;

use super::names::HIDDEN;
use crate::json::{Json, Object};

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
pub fn hide_secrets(document: &mut Json<'_>, guess: bool) {
    match document {
        Json::Array(items) => items.iter_mut().for_each(|item| hide_secrets(item, guess)),
        Json::Object(object) => {
            let holder = holds_secret(object);
            for (name, value) in &mut object.0 {
                let own = holder && name == "value";
                if !value.is_null() && (own || is_secret(name, value, guess)) {
                    *value = Json::String(Cow::Borrowed(HIDDEN));
                } else {
                    hide_secrets(value, guess);
                }
            }
        }
        _ => {}
    }
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
