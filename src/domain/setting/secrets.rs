//! Which properties hold a secret. They are never shown and never compared.

use std::borrow::Cow;

use super::binary::{decode_base64, decode_text, encode_base64, text_of_bytes as text_of};
use super::names::HIDDEN;
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
    !text.is_empty() && (ends(ENDS, name) || (guess && ends(GUESSED_ENDS, name)) || text == HIDDEN)
}

/// True when [`hide_secrets`] would find something in a document, or may: the quick question, for every document
/// that is read.
pub fn has_secrets(document: &Json<'_>, guess: bool) -> bool {
    match document {
        Json::Array(items) => items.iter().any(|item| has_secrets(item, guess)),
        Json::Object(object) => {
            let found = |(name, value): (&str, &Json<'_>)| match value {
                Json::String(text) => {
                    is_secret(name, value, guess) || is_profile(name) || is_key(name, text)
                }
                Json::Null => false,
                _ => NAMES.contains(&name) || has_secrets(value, guess),
            };
            holds_secret(object) || names_secret(object) || object.iter().any(found)
        }
        _ => false,
    }
}

/// Replaces every secret of a document by words, for showing it. `guess`: its type is unknown.
/// Answers how many there were.
pub fn hide_secrets(document: &mut Json<'_>, guess: bool) -> u32 {
    hide(document, guess, false)
}

/// `named`: what stands around it says that a text called `value` is a secret.
fn hide(document: &mut Json<'_>, guess: bool, named: bool) -> u32 {
    match document {
        Json::Array(items) => items.iter_mut().map(|item| hide(item, guess, named)).sum(),
        Json::Object(object) => {
            let holder = holds_secret(object);
            let named = named || names_secret(object);
            let mut hidden = 0;
            for (name, value) in &mut object.0 {
                let text = value.str().is_some_and(|text| !text.is_empty());
                let own = (name == "value" && (holder || named && text))
                    || (name == "valueJson" && named && text)
                    || value.str().is_some_and(|text| is_key(name, text));
                if !value.is_null() && (own || is_secret(name, value, guess)) {
                    *value = Json::String(Cow::Borrowed(HIDDEN));
                    hidden += 1;
                } else if let Some((profile, secrets)) = profile(name, value) {
                    *value = Json::String(Cow::Owned(profile));
                    hidden += secrets;
                } else {
                    hidden += hide(value, guess, named && name == "simpleSettingValue");
                }
            }
            hidden
        }
        _ => 0,
    }
}

/// True for a WLAN profile with its key, as an OMA-URI carries one (`WlanXml`; Microsoft's WLAN_profile schema).
fn is_key(name: &str, text: &str) -> bool {
    const KEY: &str = "<keyMaterial>";
    name == "value"
        && text.len() > KEY.len()
        && (text.contains(KEY)
            || (!text.contains(['<', ' '])
                && decode_text(text).is_some_and(|text| text.contains(KEY))))
}

fn is_profile(name: &str) -> bool {
    matches!(name, "payload" | "configurationXml")
}

/// An Apple profile in base64 without its secrets, when it holds some. One that is signed is left out whole: it is not
/// the same profile without its signature.
fn profile(name: &str, value: &Json<'_>) -> Option<(String, u32)> {
    if !is_profile(name) {
        return None;
    }
    let bytes = decode_base64(value.str()?)?;
    let keys = |text: &str| super::profile::KEYS.iter().any(|kind| text.contains(kind));
    let Some(text) = text_of(&bytes) else {
        // CMS (RFC 5652): the property list stands in it as it is.
        let text = String::from_utf8_lossy(&bytes);
        let mut names = text.split("</key>").map(str::trim_end);
        let secret = keys(&text) || names.any(is_secret_key);
        return secret.then(|| (HIDDEN.to_owned(), 1));
    };
    let keys = keys(&text);
    let secret = |key: &str| is_secret_key(key) || (keys && key == "PayloadContent");
    let (text, secrets) = plist::replace(&text, secret, HIDDEN)?;
    (secrets > 0).then(|| (encode_base64(text.as_bytes()), secrets))
}

/// True for a key of a payload, or a text that ends with it.
fn is_secret_key(key: &str) -> bool {
    ends(ENDS, key) || key.ends_with("Challenge")
}

/// True for an object whose `value` is a secret: an encrypted OMA-URI row, or a secret value of
/// the settings catalog, whose state says how far it is encrypted.
pub(super) fn holds_secret(object: &Object<'_>) -> bool {
    object.iter().any(|(name, value)| match name {
        "valueState" => true,
        "@odata.type" => value
            .str()
            .is_some_and(|text| text.ends_with("SecretSettingValue")),
        "secretReferenceValueId" => value.str().is_some_and(|text| !text.is_empty()),
        "isEncrypted" => value.bool() == Some(true),
        _ => false,
    })
}

/// True for an object that says by its definition's id, or by the label of a presentation, that its text is a
/// secret, whatever its type says.
fn names_secret(object: &Object<'_>) -> bool {
    let says =
        |text: Option<&str>| text.is_some_and(|text| ends(ENDS, text.trim_end_matches([':', ' '])));
    object.iter().any(|(name, value)| match name {
        "settingDefinitionId" | "definitionId" | "#Presentation_Label" => says(value.str()),
        "presentation" => says(value.str_at("label")),
        _ => false,
    })
}

fn ends(ends: &[&str], name: &str) -> bool {
    ends.iter().any(|end| {
        name.len() >= end.len()
            && name
                .get(name.len() - end.len()..)
                .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    })
}
