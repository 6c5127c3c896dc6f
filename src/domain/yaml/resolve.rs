//! What a plain scalar means.

use std::borrow::Cow;

use crate::json::{Json, number};

/// What a plain text means: YAML 1.1 as PyYAML resolves it; dates stay text.
pub(super) fn resolve(text: &str) -> Json<'static> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Json::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => {
            return Json::Bool(true);
        }
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => {
            return Json::Bool(false);
        }
        _ => {}
    }
    number(text).unwrap_or_else(|| Json::String(Cow::Owned(text.to_owned())))
}

fn number(text: &str) -> Option<Json<'static>> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let clean = |text: &str| text.replace('_', "");
    if let Some(hex) = digits.strip_prefix("0x") {
        let number = i64::from_str_radix(&clean(hex), 16).ok()?;
        return Some(Json::Int(if text.starts_with('-') {
            -number
        } else {
            number
        }));
    }
    let first = digits.bytes().next()?;
    let plain = |b: u8| b.is_ascii_digit() || b == b'_';
    if first.is_ascii_digit() && digits.bytes().all(plain) {
        // A leading zero is octal in YAML 1.1.
        if first == b'0' && digits.len() > 1 {
            let number = i64::from_str_radix(&clean(digits), 8).ok()?;
            return Some(Json::Int(if text.starts_with('-') {
                -number
            } else {
                number
            }));
        }
        return clean(text).parse().ok().map(Json::Int);
    }
    let numeric = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'-' | b'+');
    let float = (first.is_ascii_digit() || first == b'.')
        && digits.contains('.')
        && digits.bytes().any(|b| b.is_ascii_digit())
        && digits.bytes().all(numeric);
    let written = float.then(|| number::json(text)).flatten()?;
    Some(Json::Number(Cow::Owned(written)))
}
