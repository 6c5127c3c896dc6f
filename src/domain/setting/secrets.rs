//! Which properties hold a secret. They are never shown and never compared.

use crate::json::Json;

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

fn ends(ends: &[&str], name: &str) -> bool {
    ends.iter().any(|end| {
        name.len() >= end.len()
            && name
                .get(name.len() - end.len()..)
                .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    })
}
