//! Apple configuration profiles: each key of each payload is a setting.
//!
//! Graph carries them as base64: `macOSCustomConfiguration.payload`, `iosCustomConfiguration.payload`
//! (a whole profile), `macOSCustomAppConfiguration.configurationXml` (the keys of one app).
//! Payload keys: Apple's Configuration Profile Reference.

use super::flatten::{At, Flat};
use super::{Carrier, Value, decode_text};
use crate::json::{Json, Object};
use crate::plist;

/// Keys that say what a payload is, not what it sets.
const ABOUT: &[&str] = &[
    "PayloadContent",
    "PayloadDescription",
    "PayloadDisplayName",
    "PayloadEnabled",
    "PayloadIdentifier",
    "PayloadOrganization",
    "PayloadType",
    "PayloadUUID",
    "PayloadVersion",
];

/// Payload types whose content is key material.
pub(super) const KEYS: &[&str] = &["com.apple.security.pkcs12", "com.apple.security.acme"];

/// The app whose preferences a payload of managed preferences sets.
const MANAGED: &str = "com.apple.ManagedClient.preferences";

impl Flat<'_> {
    /// Reads a profile or the preferences of an app out of base64. False: it is neither, and
    /// nothing was added.
    pub fn profile(&mut self, document: &Object<'_>, name: &str, value: &Json<'_>) -> bool {
        let kind = document
            .get("@odata.type")
            .and_then(Json::str)
            .unwrap_or_default();
        let kind = kind.trim_start_matches("#microsoft.graph.");
        let app = match (kind, name) {
            ("macOSCustomConfiguration" | "iosCustomConfiguration", "payload") => None,
            ("macOSCustomAppConfiguration", "configurationXml") => {
                document.get("bundleId").and_then(Json::str)
            }
            _ => return false,
        };
        let text = value.str().and_then(decode_text);
        let Some(Ok(list)) = text.as_deref().map(plist::parse) else {
            return false;
        };
        let Some(root) = list.root.object() else {
            return false;
        };
        let first = self.settings.len();
        match (app, root.get("PayloadContent")) {
            (Some(app), _) => self.keys(app, root),
            (None, Some(payloads)) => {
                self.payload("Configuration", root);
                for payload in payloads.elements().iter().filter_map(Json::object) {
                    let kind = payload.get("PayloadType").and_then(Json::str);
                    self.payload(kind.unwrap_or("Payload"), payload);
                }
            }
            (None, None) => self.payload("Configuration", root),
        }
        for setting in self.settings.iter_mut().skip(first) {
            setting.carrier = Carrier::Plist;
        }
        true
    }

    fn payload(&mut self, kind: &str, payload: &Object<'_>) {
        let content = payload.get("PayloadContent");
        match content.and_then(Json::object) {
            Some(domains) if kind == MANAGED => self.managed(domains),
            _ if KEYS.contains(&kind) && content.is_some() => {
                let id = self.ids.get(&format!("{kind}/PayloadContent"));
                self.push(At::TOP, id, Carrier::Plist, Value::Secret);
            }
            _ if kind != "Configuration" => {
                if let Some(content) = content {
                    self.key(kind, "PayloadContent", content);
                }
            }
            _ => {}
        }
        self.keys(kind, payload);
    }

    /// `PayloadContent` → domain → `Forced` → `mcx_preference_settings`: the same keys as a payload
    /// of the domain's own type.
    fn managed(&mut self, domains: &Object<'_>) {
        for (domain, ways) in domains.iter() {
            for (way, list) in ways.object().into_iter().flat_map(Object::iter) {
                for element in list.elements() {
                    let keys = element.get("mcx_preference_settings");
                    match keys.and_then(Json::object) {
                        Some(keys) if way == "Forced" => self.keys(domain, keys),
                        Some(keys) => self.keys(&format!("{domain}/{way}"), keys),
                        None => self.key(domain, way, element),
                    }
                }
            }
        }
    }

    fn keys(&mut self, kind: &str, keys: &Object<'_>) {
        for (key, value) in keys.iter() {
            let off = key == "PayloadEnabled" && value.bool() == Some(false);
            if off || !ABOUT.contains(&key) {
                self.key(kind, key, value);
            }
        }
    }

    fn key(&mut self, kind: &str, key: &str, value: &Json<'_>) {
        let secret = key == "Challenge" && value.str().is_some();
        if secret {
            let id = self.ids.get(&format!("{kind}/{key}"));
            self.push(At::TOP, id, Carrier::Plist, Value::Secret);
        } else {
            let mut path = kind.to_owned();
            self.property(At::TOP, &mut path, key, value, false);
        }
    }
}
