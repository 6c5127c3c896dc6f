//! Which properties hold a secret. They are never shown and never compared.

use std::borrow::Cow;

use super::binary::{
    decode_base64, decode_text, encode_base64, is_text_in_base64, text_of_bytes as text_of,
};
use super::in_text;
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

/// How the type of a secret value of the settings catalog ends.
const SECRET_VALUE: &str = "SecretSettingValue";

/// Lists of names and values of a VPN client that is not Microsoft's: what they mean only its vendor knows.
const PAIRS: &[&str] = &["customData", "customKeyValueData"];

/// Command lines of apps, in which passwords are handed over.
const COMMANDS: &[&str] = &["installCommandLine", "uninstallCommandLine"];

/// Ends that count only on a type that Plumbline does not know.
const GUESSED_ENDS: &[&str] = &["credential", "key", "passcode", "pin", "psk", "hash"];

/// True when a property of this name and value is a secret. `guess`: the object's type is unknown.
pub fn is_secret(name: &str, value: &Json<'_>, guess: bool) -> bool {
    NAMES.contains(&name)
        || value
            .str()
            .is_some_and(|text| !text.is_empty() && secret_text(name, text, guess))
}

fn secret_text(name: &str, text: &str, guess: bool) -> bool {
    ends(ENDS, name) || guess && ends(GUESSED_ENDS, name) || text == HIDDEN
}

/// True when [`hide_secrets`] would find something in a document, or may: the quick question, for every document
/// that is read. What is common in documents is let through by its name's length and first letter.
pub fn has_secrets(document: &Json<'_>, guess: bool) -> bool {
    asks(document, guess, false)
}

/// `choice`: it is the value of a choice, which is the id of an option.
fn asks(document: &Json<'_>, guess: bool, choice: bool) -> bool {
    match document {
        Json::Array(items) => items.iter().any(|item| asks(item, guess, choice)),
        Json::Object(object) => object.iter().any(|(name, value)| match value {
            Json::String(text) => match (name.len(), name.as_bytes().first()) {
                (2, _) => false,
                (5, Some(b'v')) => !choice && may_value(name, text),
                (11, Some(b'@')) => text.ends_with(SECRET_VALUE),
                (12 | 19, _) if name.ends_with("Id") || name.starts_with('#') => {
                    label(text) && takes_text(object)
                }
                _ => tells(name, text, guess),
            },
            Json::Null => name == "valueState",
            Json::Array(_) | Json::Object(_) => {
                let choice = matches!((name.len(), name.as_bytes().first()), (18 | 28, Some(b'c')));
                NAMES.contains(&name)
                    || PAIRS.contains(&name)
                    || labels(name, value)
                    || asks(value, guess, choice)
            }
            _ => NAMES.contains(&name) || name == "valueState" || encrypted(name, value),
        }),
        _ => false,
    }
}

/// True for an instance or a presentation that takes a text: a choice among options is no secret, whatever its name.
fn takes_text(object: &Object<'_>) -> bool {
    let takes = |name: &str| matches!(name, "value" | "valueJson") || is_simple(name);
    object.iter().any(|(name, _)| takes(name))
}

/// A collection of texts is none, whatever it is called: `…_createtoken` lists people.
fn is_simple(name: &str) -> bool {
    name == "simpleSettingValue"
}

/// True for a text under a name that is a secret, says that its neighbour is one, or may hold one.
fn tells(name: &str, text: &str, guess: bool) -> bool {
    !text.is_empty()
        && (matches!(name, "valueState" | "secretReferenceValueId")
            || holds_text(name)
            || secret_text(name, text, guess)
            || NAMES.contains(&name))
}

fn may_value(name: &str, text: &str) -> bool {
    text == HIDDEN || is_key(name, text) || in_text::may(text)
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
                } else if let Some((rest, secrets)) =
                    profile(name, value).or_else(|| text_with(name, value))
                {
                    *value = Json::String(Cow::Owned(rest));
                    hidden += secrets;
                } else {
                    let named = named && is_simple(name) || PAIRS.contains(&&**name);
                    hidden += hide(value, guess, named);
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
    // What XML begins with, as it is and in base64: `<`, and the byte order marks of UTF-8 and UTF-16.
    name == "value"
        && text.len() > KEY.len()
        && match text.as_bytes()[0] {
            b'P' | b'7' | b'/' | b'_' => decode_text(text).is_some_and(|text| text.contains(KEY)),
            _ => text.contains('<') && text.contains(KEY),
        }
}

/// True for a script, a layout or a command line, in which a secret may stand among other words.
fn holds_text(name: &str) -> bool {
    is_text_in_base64(name) || COMMANDS.contains(&name)
}

/// Such a text without its secrets, when it holds some; in base64 where it was.
fn text_with(name: &str, value: &Json<'_>) -> Option<(String, u32)> {
    let written = value.str()?;
    if name == "value" {
        return in_text::may(written).then(|| in_text::hide(written))?;
    }
    if !holds_text(name) {
        return None;
    }
    match decode_text(written).filter(|_| is_text_in_base64(name)) {
        Some(text) => {
            let (text, hidden) = in_text::hide(&text)?;
            Some((encode_base64(text.as_bytes()), hidden))
        }
        None => in_text::hide(written),
    }
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
        "@odata.type" => value.str().is_some_and(|text| text.ends_with(SECRET_VALUE)),
        "secretReferenceValueId" => value.str().is_some_and(|text| !text.is_empty()),
        _ => encrypted(name, value),
    })
}

fn encrypted(name: &str, value: &Json<'_>) -> bool {
    name == "isEncrypted" && value.bool() == Some(true)
}

/// True for an object that says by its definition's id, or by the label of a presentation, that its text is a
/// secret, whatever its type says.
fn names_secret(object: &Object<'_>) -> bool {
    object.iter().any(|(name, value)| match name {
        "settingDefinitionId" | "definitionId" | "#Presentation_Label" => {
            value.str().is_some_and(label)
        }
        _ => labels(name, value),
    })
}

/// True for the definition of a presentation whose label says that its text is a secret.
fn labels(name: &str, value: &Json<'_>) -> bool {
    name == "presentation" && value.str_at("label").is_some_and(label)
}

/// True for a definition's id or a label that ends as a secret's name does.
fn label(text: &str) -> bool {
    match text.as_bytes().last() {
        Some(b':' | b' ') => ends(ENDS, text.trim_end_matches([':', ' '])),
        _ => ends(ENDS, text),
    }
}

/// True when a name ends with one of these, in any case. Nearly all are let through by their last two bytes.
pub(super) fn ends(ends: &[&str], name: &str) -> bool {
    let last = name
        .as_bytes()
        .last_chunk()
        .map(|pair: &[u8; 2]| pair.map(|b| b | 0x20));
    let may = |end: &&&str| end.as_bytes().last_chunk() == last.as_ref();
    ends.iter().filter(may).any(|end| {
        name.len() >= end.len()
            && name
                .get(name.len() - end.len()..)
                .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    })
}
