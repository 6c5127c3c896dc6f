//! A setting in words: from its definition where there is one, else read off its id.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Carrier, Setting, Value};
use crate::snapshot::Definition;

/// Setting definitions by lower-case id, as [`crate::snapshot::Snapshot::definitions`] has them.
pub type Definitions = HashMap<String, Definition>;

/// What a secret is shown as.
pub const HIDDEN: &str = "Hidden (secret)";
/// What a present null is shown as.
pub const NOT_CONFIGURED: &str = "Not configured";

/// A text of more bytes, or of several lines, is shown in a block of its own.
const LONG: usize = 200;

/// The definition of a setting of the catalog, when it is known.
pub fn definition<'a>(setting: &Setting, definitions: &'a Definitions) -> Option<&'a Definition> {
    match setting.carrier {
        Carrier::Catalog => definitions.get(setting.id.as_ref()),
        // The id stands as the document writes it.
        Carrier::Intent => definitions.get(&setting.id.to_ascii_lowercase()),
        _ => None,
    }
}

/// The human name. Never empty.
pub fn name<'a>(setting: &'a Setting, definitions: &'a Definitions) -> Cow<'a, str> {
    if let Some(known) = definition(setting, definitions).filter(|known| !known.name.is_empty()) {
        return Cow::Borrowed(&known.name);
    }
    match &setting.label {
        Some(label) => Cow::Borrowed(label),
        None => Cow::Owned(name_of_id(setting.carrier, &setting.id)),
    }
}

/// The category path: the definition's, or what the document itself names. Empty where unknown.
pub fn category(setting: &Setting, definitions: &Definitions) -> String {
    if let Some(known) = definition(setting, definitions) {
        return known.category.clone();
    }
    match setting.carrier {
        Carrier::Catalog => split_catalog(&setting.id)
            .0
            .map(sentence)
            .unwrap_or_default(),
        _ => setting.category.as_deref().unwrap_or_default().to_owned(),
    }
}

/// The description; empty where unknown.
pub fn description<'a>(setting: &Setting, definitions: &'a Definitions) -> &'a str {
    definition(setting, definitions).map_or("", |known| &known.description)
}

/// The CSP path: the definition's, or the OMA-URI itself. Empty where unknown.
pub fn csp(setting: &Setting, definitions: &Definitions) -> String {
    match setting.carrier {
        Carrier::OmaUri => format!("./{}", setting.id),
        _ => definition(setting, definitions).map_or_else(String::new, |known| known.csp.clone()),
    }
}

/// The value in words; empty for a group.
pub fn value<'a>(setting: &'a Setting, definitions: &'a Definitions) -> Cow<'a, str> {
    words(&setting.value, setting, definitions)
}

/// The value as the document writes it; empty for a group and for a secret.
pub fn raw_value(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Group | Value::Secret => Cow::Borrowed(""),
        Value::Choice(text) | Value::Text(text) | Value::Number(text) => Cow::Borrowed(text),
        Value::Int(number) => Cow::Owned(number.to_string()),
        Value::Bool(true) => Cow::Borrowed("true"),
        Value::Bool(false) => Cow::Borrowed("false"),
        Value::Null => Cow::Borrowed("null"),
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(raw_value).collect();
            Cow::Owned(items.join("\n"))
        }
    }
}

/// True for base64 of something that is no text: an icon, a certificate.
pub fn is_binary(value: &Value) -> bool {
    let Value::Text(text) = value else {
        return false;
    };
    let base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    text.len() > LONG && text.bytes().all(base64)
}

/// Size and checksum (FNV-1a), so that two of them can be told apart.
fn binary_words(base64: &str) -> String {
    let bytes = base64.trim_end_matches('=').len() * 3 / 4;
    let sum = base64.bytes().fold(0x811C_9DC5_u32, |sum, byte| {
        (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    format!("Binary data, {bytes} bytes, checksum {sum:08x}")
}

/// True for a text that needs a block of its own: a script, XML.
pub fn is_long(value: &Value) -> bool {
    match value {
        Value::Text(text) => {
            let many = text.len() > LONG || text.trim_end().contains('\n');
            many && !is_binary(value)
        }
        _ => false,
    }
}

/// The label of an option, by its lower-case id.
fn option<'a>(setting: &Setting, item: &str, definitions: &'a Definitions) -> Option<&'a str> {
    let known = definition(setting, definitions)?;
    let (_, label) = known.options.iter().find(|(id, _)| id == item)?;
    (!label.is_empty()).then_some(label.as_str())
}

fn words<'a>(value: &'a Value, setting: &'a Setting, definitions: &'a Definitions) -> Cow<'a, str> {
    match value {
        Value::Choice(item) => match option(setting, item, definitions) {
            Some(label) => Cow::Borrowed(label),
            None => Cow::Owned(name_of_option(&setting.id, item)),
        },
        Value::Bool(on) => Cow::Borrowed(match (setting.carrier, on) {
            (Carrier::Admx, true) => "Enabled",
            (Carrier::Admx, false) => "Disabled",
            (Carrier::OmaUri | Carrier::Plist, true) => "True",
            (Carrier::OmaUri | Carrier::Plist, false) => "False",
            (_, true) => "Yes",
            (_, false) => "No",
        }),
        Value::Null => Cow::Borrowed(NOT_CONFIGURED),
        Value::Secret => Cow::Borrowed(HIDDEN),
        Value::Text(text) if text.is_empty() => Cow::Borrowed("(empty)"),
        Value::Text(text) if is_binary(value) => Cow::Owned(binary_words(text)),
        Value::Text(text) => match setting.carrier {
            Carrier::Intent => {
                let label = option(setting, &text.to_ascii_lowercase(), definitions);
                Cow::Borrowed(label.or_else(|| enum_words(text)).unwrap_or(text))
            }
            Carrier::Property => Cow::Borrowed(enum_words(text).unwrap_or(text)),
            _ => Cow::Borrowed(text),
        },
        Value::List(items) if items.is_empty() => Cow::Borrowed("None"),
        Value::List(items) => {
            let items: Vec<_> = items
                .iter()
                .map(|item| words(item, setting, definitions))
                .collect();
            Cow::Owned(items.join(", "))
        }
        other => raw_value(other),
    }
}

/// Members of Graph's enums that Intune has words of its own for.
fn enum_words(text: &str) -> Option<&'static str> {
    Some(match text {
        "notConfigured" => NOT_CONFIGURED,
        "deviceDefault" => "Device default",
        "userDefined" => "User defined",
        "enabled" | "enable" => "Enabled",
        "disabled" | "disable" => "Disabled",
        "enabledForReportingButNotEnforced" => "Report-only",
        _ => return None,
    })
}

/// A name read off an id, for a setting without definition and label.
pub fn name_of_id(carrier: Carrier, id: &str) -> String {
    let name = match carrier {
        Carrier::Catalog => {
            let (area, rest) = split_catalog(id);
            match area {
                Some(area) => format!("{}: {}", sentence(area), plain(rest)),
                None => sentence(rest),
            }
        }
        Carrier::Property => {
            let last = id.rsplit('/').next().unwrap_or(id);
            match last.strip_suffix("@odata.bind") {
                Some(name) => format!("{} (reference)", sentence(name)),
                None => sentence(last),
            }
        }
        Carrier::Intent => {
            let last = id.rsplit(['/', '_']).next().unwrap_or(id);
            sentence(last.rsplit("--").next().unwrap_or(last))
        }
        Carrier::OmaUri => {
            let mut parts = id.rsplit('/').filter(|part| !part.is_empty());
            match (parts.next(), parts.next()) {
                (Some(last), Some(area)) => format!("{}: {last}", sentence(area)),
                _ => id.to_owned(),
            }
        }
        Carrier::Admx | Carrier::Plist => {
            let last = id.rsplit('/').next().unwrap_or(id);
            sentence(last.strip_prefix("admx:").unwrap_or(last))
        }
    };
    if name.trim().is_empty() {
        id.to_owned()
    } else {
        name
    }
}

/// Area and rest of a settings catalog id: `…_policy_config_defender_allowarchivescanning` →
/// `defender`, `allowarchivescanning`.
fn split_catalog(id: &str) -> (Option<&str>, &str) {
    const PREFIXES: &[&str] = &[
        "device_vendor_msft_policy_config_",
        "user_vendor_msft_policy_config_",
        "vendor_msft_policy_config_",
        "device_vendor_msft_policy_",
        "user_vendor_msft_policy_",
        "device_vendor_msft_",
        "user_vendor_msft_",
        "vendor_msft_",
    ];
    let rest = PREFIXES
        .iter()
        .find_map(|prefix| id.strip_prefix(prefix))
        .unwrap_or(id);
    // ADMX-backed: `microsoft_edge~policy~microsoft_edge~startup_homepage`.
    let cut = match rest.find('~') {
        Some(_) => rest.rfind('~').and_then(|at| {
            let tail = rest.get(at..)?.find('_')?;
            Some(at + tail)
        }),
        None => rest.find('_'),
    };
    match cut.and_then(|at| Some((rest.get(..at)?, rest.get(at + 1..)?))) {
        Some((area, rest)) if !area.is_empty() && !rest.is_empty() => (Some(area), rest),
        _ => (None, rest),
    }
}

/// An option in words: what its id adds to the setting's id.
fn name_of_option(setting: &str, item: &str) -> String {
    let rest = item
        .strip_prefix(setting)
        .map_or(item, |rest| rest.trim_start_matches('_'));
    match rest {
        "" => item.to_owned(),
        "notconfigured" => NOT_CONFIGURED.to_owned(),
        _ => sentence(rest),
    }
}

/// Names and abbreviations that have a spelling of their own, as identifiers split them.
const SPELLINGS: &[(&str, &str)] = &[
    ("32 bit", "32-bit"),
    ("64 bit", "64-bit"),
    ("bit locker", "BitLocker"),
    ("bitlocker", "BitLocker"),
    ("wi fi", "Wi-Fi"),
    ("wifi", "Wi-Fi"),
    ("mac os", "macOS"),
    ("macos", "macOS"),
    ("ios", "iOS"),
    ("os", "OS"),
    ("dma", "DMA"),
    ("dns", "DNS"),
    ("eap", "EAP"),
    ("id", "ID"),
    ("ids", "IDs"),
    ("ip", "IP"),
    ("laps", "LAPS"),
    ("mdm", "MDM"),
    ("mfa", "MFA"),
    ("nfc", "NFC"),
    ("pin", "PIN"),
    ("sku", "SKU"),
    ("skus", "SKUs"),
    ("sms", "SMS"),
    ("ssid", "SSID"),
    ("tls", "TLS"),
    ("tpm", "TPM"),
    ("uac", "UAC"),
    ("uri", "URI"),
    ("url", "URL"),
    ("urls", "URLs"),
    ("usb", "USB"),
    ("vpn", "VPN"),
    ("xml", "XML"),
];

/// Words of an identifier, first letter large: `passwordMinimumLength` → `Password minimum length`.
fn sentence(identifier: &str) -> String {
    let words = plain(identifier);
    let mut out = String::with_capacity(words.len());
    let mut rest = words.as_str();
    while !rest.is_empty() {
        let spelled = SPELLINGS.iter().find(|(plain, _)| {
            starts_without_case(rest, plain)
                && !rest[plain.len()..].starts_with(char::is_alphanumeric)
        });
        let (word, length) = match spelled {
            Some((plain, own)) => (*own, plain.len()),
            None => {
                let end = rest.find(' ').unwrap_or(rest.len());
                (&rest[..end], end)
            }
        };
        let mut chars = word.chars();
        match chars.next() {
            Some(first) if out.is_empty() && spelled.is_none() => {
                out.extend(first.to_uppercase().chain(chars));
            }
            _ => out.push_str(word),
        }
        rest = &rest[length..];
        if rest.starts_with(' ') {
            out.push(' ');
            rest = &rest[1..];
        }
    }
    out
}

fn starts_without_case(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// Words of an identifier: split where case changes, `_` as a space, `~` as a step.
/// Acronyms keep their case: `isMDMEnabled` → `is MDM enabled`.
fn plain(identifier: &str) -> String {
    let chars: Vec<char> = identifier.chars().collect();
    let mut out = String::with_capacity(identifier.len() + 8);
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied();
        let after = chars.get(at + 1).copied();
        let lower = |c: Option<char>| c.is_some_and(char::is_lowercase);
        let upper = |c: Option<char>| c.is_some_and(char::is_uppercase);
        match c {
            '_' => out.push(' '),
            '~' => out.push_str(" › "),
            _ if c.is_uppercase() => {
                let starts = lower(before)
                    || before.is_some_and(|c| c.is_ascii_digit())
                    || (upper(before) && lower(after));
                if starts {
                    out.push(' ');
                }
                if starts && !upper(after) {
                    out.extend(c.to_lowercase());
                } else {
                    out.push(c);
                }
            }
            _ => {
                if c.is_ascii_digit() && is_number(&chars, at) {
                    out.push(' ');
                }
                out.push(c);
            }
        }
    }
    out
}

/// True where a word ends and a number of its own begins: `runAs32Bit`, and not `sha256Hash` or `oAuth2Grant`.
fn is_number(chars: &[char], at: usize) -> bool {
    let letters = chars[..at].iter().rev().take_while(|c| c.is_lowercase());
    let start = at.saturating_sub(letters.count() + 1);
    let word: String = chars[start..at].iter().collect::<String>().to_lowercase();
    let next = chars[at..].iter().find(|c| !c.is_ascii_digit());
    let long = word.len() > 4 || word.len() == 4 && word != "auth" && word != "base";
    next.is_some_and(|c| c.is_uppercase()) && (long || matches!(word.as_str(), "as" | "on"))
}

#[cfg(test)]
mod tests;
