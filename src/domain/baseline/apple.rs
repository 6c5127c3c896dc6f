//! Apple's files: `.mobileconfig` and `.plist`, as the objects that Intune makes of them.
//!
//! Graph: `macOSCustomConfiguration`, `iosCustomConfiguration` (a whole profile) and
//! `macOSCustomAppConfiguration` (the preferences of one app, called after its bundle id).

use std::borrow::Cow;

use super::sidecar::stem;
use super::{Dialect, Outcome, Reader, TextError, decode};
use crate::json::{Json, Object};
use crate::plist;
use crate::setting::{decode_text, encode_base64};

/// True for a file that is one of Apple's by its name.
pub(super) fn is_profile(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    path.ends_with(".mobileconfig") || path.ends_with(".plist")
}

/// The text of the profile that a policy holds.
pub(super) fn held(document: &Json) -> Option<String> {
    let kind = document.str_at("@odata.type")?;
    if !kind.ends_with("CustomConfiguration") {
        return None;
    }
    let text = decode_text(document.str_at("payload")?)?;
    Some(text.trim().replace("\r\n", "\n"))
}

impl Reader {
    pub(super) fn apple(&mut self, path: &str, bytes: Vec<u8>) -> Outcome {
        if let Some(outcome) = packed(&bytes) {
            return outcome;
        }
        let text = match decode(bytes) {
            Ok(text) => text.text,
            Err(TextError::Binary) => {
                return Outcome::unreadable(
                    "",
                    "The file has the name of a profile and holds something else.",
                    "Export the profile again, or take the file out.",
                );
            }
            Err(TextError::NotUtf8(at) | TextError::NotUtf16(at)) => {
                return Outcome::unreadable(
                    format!("byte {at}"),
                    "The profile's text is neither UTF-8 nor UTF-16.",
                    "Save the file as UTF-8.",
                );
            }
        };
        if self
            .profiles
            .contains(text.trim().replace("\r\n", "\n").as_str())
        {
            // A backup's second copy of a profile that one of its policies holds.
            return Outcome::Read(Dialect::Apple);
        }
        let list = match plist::parse(&text) {
            Ok(list) => list,
            Err(error) => {
                let (line, column) = plist::place(&text, error.at);
                return Outcome::unreadable(
                    format!("line {line}, column {column}"),
                    format!("The property list has {}.", error.what),
                    "Correct the file at this place: devices refuse such a profile too.",
                );
            }
        };
        let profile = list.root.get("PayloadContent").is_some()
            || list.root.str_at("PayloadType") == Some("Configuration");
        if list.root.object().is_none() {
            return Outcome::NotAPolicy("a property list that sets nothing".to_owned());
        }
        if list.fragment {
            self.finding(
                path,
                String::new(),
                "The file has keys and values without the root of a property list; it was read as the preferences of an app."
                    .to_owned(),
                "Nothing needs to be done for Intune, which takes preference files like that."
                    .to_owned(),
            );
        }
        let document = if profile {
            profile_policy(path, &text, &list.root)
        } else {
            preferences(path, &text)
        };
        let raw = document.to_text();
        if let Some(row) = crate::catalog::row("deviceConfigurations") {
            self.policy(path, row, &document, &raw);
        }
        Outcome::Read(Dialect::Apple)
    }
}

/// Forms that hold no text.
fn packed(bytes: &[u8]) -> Option<Outcome> {
    let signed = matches!(bytes, [0x30, 0x80..=0x84, ..]);
    let text = bytes.starts_with(b"bplist");
    let (problem, remedy) = match (signed, text) {
        (true, _) => (
            "The profile is signed; only the form without a signature is read.",
            "Take the profile that was uploaded to Intune, or remove the signature with `security cms -D -i FILE`.",
        ),
        (_, true) => (
            "The property list is in Apple's binary form.",
            "Convert it with `plutil -convert xml1 FILE`.",
        ),
        _ => return None,
    };
    Some(Outcome::unreadable("byte 0", problem, remedy))
}

fn object(members: Vec<(&'static str, String)>) -> Json<'static> {
    let members = members
        .into_iter()
        .map(|(key, text)| (Cow::Borrowed(key), Json::String(Cow::Owned(text))));
    Json::Object(Object(members.collect()))
}

fn profile_policy(path: &str, text: &str, root: &Json) -> Json<'static> {
    let name = root.str_at("PayloadDisplayName").map(str::trim);
    let name = name.filter(|name| !name.is_empty()).unwrap_or(stem(path));
    // 1 iPhone, 2 iPad; a profile that does not say is taken as one for Mac.
    let mobile = matches!(
        root.get("TargetDeviceType").and_then(Json::int),
        Some(1 | 2)
    );
    let kind = if mobile { "ios" } else { "macOS" };
    object(vec![
        (
            "@odata.type",
            format!("#microsoft.graph.{kind}CustomConfiguration"),
        ),
        ("displayName", stem(path).to_owned()),
        ("payloadName", name.to_owned()),
        ("payloadFileName", file_name(path).to_owned()),
        ("payload", encode_base64(text.as_bytes())),
    ])
}

fn preferences(path: &str, text: &str) -> Json<'static> {
    let bundle = stem(path).to_owned();
    object(vec![
        (
            "@odata.type",
            "#microsoft.graph.macOSCustomAppConfiguration".to_owned(),
        ),
        ("displayName", bundle.clone()),
        ("bundleId", bundle),
        ("fileName", file_name(path).to_owned()),
        ("configurationXml", encode_base64(text.as_bytes())),
    ])
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
