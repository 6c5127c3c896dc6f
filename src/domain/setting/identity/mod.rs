//! The same setting in another kind of policy.
//!
//! A setting is what it sets on the device: a node of a configuration service provider (Windows), a key of
//! a payload (Apple). Settings catalog, custom OMA-URI, templates, intents, administrative templates and
//! configuration profiles only carry it. Most of it is derived by rule, for a CSP path is written in the id;
//! properties of templates need [`table`]. Where it is not sure, [`kin`] says so and nothing is paired.

mod admx;
mod asr;
mod table;

use std::borrow::Cow;

pub use admx::AdmxNames;

use super::{Carrier, Setting, Value};

/// One thing that a setting sets, in words that all carriers share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet<'s> {
    /// What is set: `vendor_msft_policy_config_area_name`, `user_vendor_…`, `com.apple.payload_key`,
    /// or `odataType/property` where no CSP path is known.
    pub key: Cow<'s, str>,
    /// To what: a number, `true`, `false`, a text, a list line by line in order. `None`: a secret, or a form
    /// that cannot be compared.
    pub value: Option<Cow<'s, str>>,
}

/// What a setting sets. Empty: it has no identity outside its own kind of policy.
/// A custom profile's row that holds an ADMX-backed policy, or all rules of attack surface reduction, sets several things at once.
pub fn facets<'s>(setting: &'s Setting, names: &'s AdmxNames) -> Vec<Facet<'s>> {
    let one = |key: Cow<'s, str>, value| vec![Facet { key, value }];
    match setting.carrier {
        Carrier::Catalog => match setting.value {
            Value::Group => Vec::new(),
            _ => one(device(&setting.id).into(), plain(setting)),
        },
        Carrier::OmaUri => oma(setting),
        Carrier::Plist => one(plist(&setting.id).into(), plain(setting)),
        Carrier::Property => property(&setting.id, &setting.value).into_iter().collect(),
        Carrier::Intent => match intent(&setting.id) {
            Some(path) => property(&path, &setting.value)
                .map(|facet| Facet {
                    key: facet.key.into_owned().into(),
                    value: facet.value.map(|value| value.into_owned().into()),
                })
                .into_iter()
                .collect(),
            None => Vec::new(),
        },
        Carrier::Admx => match setting.parent {
            None => names.catalog_id(&setting.id),
            Some(_) => names.element_id(&setting.id),
        }
        .map(|id| Facet {
            key: device(id).into(),
            value: match &setting.value {
                Value::Bool(on) => Some(if *on { "1" } else { "0" }.into()),
                _ => plain(setting),
            },
        })
        .into_iter()
        .collect(),
    }
}

/// Whether two values of one key are equal. `None`: they are written in forms that cannot be compared.
pub fn agree(a: Option<&str>, b: Option<&str>) -> Option<bool> {
    let (a, b) = (a?, b?);
    let kind = |text: &str| match text {
        "true" | "false" => 1,
        _ if text.parse::<i64>().is_ok() => 2,
        _ => 3,
    };
    (a == b || kind(a) == kind(b)).then(|| a == b)
}

/// The device's CSP paths stand in the catalog with and without `device_`: `./Vendor` is `./Device/Vendor`.
fn device(id: &str) -> &str {
    match id.strip_prefix("device_") {
        Some(rest) if rest.starts_with("vendor_") => rest,
        _ => id,
    }
}

/// A value without what its carrier adds.
fn plain(setting: &Setting) -> Option<Cow<'_, str>> {
    Some(match &setting.value {
        Value::Choice(item) => {
            let suffix = item.strip_prefix(setting.id.as_ref());
            Cow::Borrowed(suffix.and_then(|s| s.strip_prefix('_')).unwrap_or(item))
        }
        Value::Text(text) => Cow::Borrowed(text.trim_end()),
        Value::Int(number) => Cow::Owned(number.to_string()),
        Value::Bool(on) => Cow::Borrowed(if *on { "true" } else { "false" }),
        Value::List(items) => {
            let prefix = format!("{}_", setting.id);
            let mut lines: Vec<String> = items
                .iter()
                .map(|item| {
                    let text = super::names::raw_value(item).into_owned();
                    text.strip_prefix(&prefix)
                        .map_or(text.clone(), str::to_owned)
                })
                .collect();
            crate::arrange::Arrange::arrange(lines.as_mut_slice());
            Cow::Owned(lines.join("\n"))
        }
        Value::Number(_) | Value::Group | Value::Null | Value::Secret => return None,
    })
}

/// `device/vendor/msft/policy/config/area/name` is `device_vendor_msft_policy_config_area_name`.
fn oma(setting: &Setting) -> Vec<Facet<'_>> {
    let id = setting.id.replace('/', "_");
    let key = device(&id).to_owned();
    if setting.parent.is_some() {
        return Vec::new();
    }
    if let Value::Text(text) = &setting.value
        && let Some(parts) = admx::data(text)
    {
        return parts
            .into_iter()
            .map(|(element, value)| Facet {
                key: match element {
                    "" => key.clone(),
                    element => format!("{key}_{}", element.to_ascii_lowercase()),
                }
                .into(),
                value: Some(value.into()),
            })
            .collect();
    }
    if let Value::Text(text) = &setting.value
        && let Some(rules) = asr::rules(&key, text)
    {
        let facet = |(key, state): (String, String)| Facet {
            key: key.into(),
            value: Some(state.into()),
        };
        return rules.into_iter().map(facet).collect();
    }
    vec![Facet {
        key: key.into(),
        value: plain(setting),
    }]
}

/// `com.apple.applicationaccess/allowCamera` is `com.apple.applicationaccess_allowcamera`.
fn plist(id: &str) -> String {
    id.replace('/', "_").to_ascii_lowercase()
}

/// `deviceConfiguration--windows10GeneralConfiguration_passwordRequired` is the property of that type:
/// the intent's definitions were made from the templates' types. Other prefixes are not.
fn intent(id: &str) -> Option<String> {
    let (kind, property) = id.strip_prefix("deviceConfiguration--")?.split_once('_')?;
    Some(format!("{kind}/{property}"))
}

/// A template's property: its CSP path where the table has it, else the property itself.
fn property<'s>(id: &str, value: &Value) -> Option<Facet<'s>> {
    match table::find(id) {
        Some(row) => Some(Facet {
            key: table::key(row.1).into(),
            value: row.2.map(value).map(Cow::Owned),
        }),
        None => {
            let text = match value {
                Value::Group => return None,
                Value::Choice(text) | Value::Text(text) => Some(text.trim_end().to_owned()),
                Value::Secret | Value::Null => None,
                Value::List(items) => {
                    let mut lines: Vec<String> = items
                        .iter()
                        .map(|item| super::names::raw_value(item).into_owned())
                        .collect();
                    crate::arrange::Arrange::arrange(lines.as_mut_slice());
                    Some(lines.join("\n"))
                }
                other => Some(super::names::raw_value(other).into_owned()),
            };
            Some(Facet {
                key: id.to_owned().into(),
                value: text.map(Cow::Owned),
            })
        }
    }
}

/// What may be the same setting and is not paired: the part of the identity that is alike, and why alike
/// is not the same. Two settings whose first parts are equal are kin.
pub fn kin(setting: &Setting) -> Option<(String, &'static str)> {
    let id = setting.id.as_ref();
    match setting.carrier {
        Carrier::Catalog | Carrier::OmaUri => {
            let path = id.replace('/', "_");
            if let Some(key) = path.strip_prefix("com.apple.managedclient.preferences_") {
                return Some((
                    format!("mac:{key}"),
                    "the catalog does not say which app's preferences it writes",
                ));
            }
            let key = device(&path);
            if let Some((app, rest)) = key.split_once("~policy~") {
                let area = app.rsplit_once("config_").map_or("", |(head, _)| head);
                return Some((
                    format!("csp:{}{rest}", area.trim_start_matches("user_")),
                    "the ADMX file was ingested under another name, or for users instead of devices",
                ));
            }
            let bare = key.strip_prefix("user_").unwrap_or(key);
            bare.starts_with("vendor_").then(|| {
                (
                    format!("csp:{bare}"),
                    "one is set for users and the other for devices",
                )
            })
        }
        Carrier::Plist => {
            let key = id.rsplit_once('/')?.1.to_ascii_lowercase();
            Some((
                format!("mac:{key}"),
                "the catalog does not say which app's preferences it writes",
            ))
        }
        Carrier::Property => {
            let (kind, name) = id.split_once('/')?;
            let compliance = kind.ends_with("CompliancePolicy");
            let stem = kind
                .trim_end_matches("CompliancePolicy")
                .trim_end_matches("GeneralDeviceConfiguration")
                .trim_end_matches("GeneralConfiguration");
            (compliance || stem != kind).then(|| {
                (
                    format!("property:{stem}/{name}"),
                    "a compliance policy checks the value and does not set it",
                )
            })
        }
        Carrier::Admx => Some((
            format!("admx:{}", id.rsplit('/').next().unwrap_or(id)),
            "two administrative templates have this name in different categories",
        )),
        Carrier::Intent => None,
    }
}

#[cfg(test)]
mod tests;
