//! Which policies of a side set what, by identity.

use crate::diff::At;
use crate::hash::QuickMap;
use crate::policy::Policy;
use crate::setting::identity::{self, AdmxNames};
use crate::setting::{Carrier, Setting, Value};
use crate::snapshot::Snapshot;

/// Where a side sets something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Policy and setting.
    pub at: At,
    /// The value in words that all carriers share; `None`: a secret, or not comparable.
    pub value: Option<String>,
}

/// A side's settings by what they set.
#[derive(Debug, Default)]
pub struct Index {
    /// In the order of the policies. An administrative template's name is looked up in the side's definitions.
    pub places: QuickMap<String, Vec<Place>>,
    names: AdmxNames,
}

impl Index {
    /// Indexes all settings that a device takes from one policy or another. What belongs to one object
    /// (a rule of a firewall, an element of a collection, a Conditional Access policy) is not among them.
    pub fn new(side: &Snapshot) -> Self {
        let settings = side.policies.iter().filter_map(|p| p.settings.get());
        let admx = settings.flatten().any(|s| s.carrier == Carrier::Admx);
        let names = match admx {
            true => AdmxNames::new(side.definitions.iter()),
            false => AdmxNames::default(),
        };
        let mut index = Self {
            places: QuickMap::default(),
            names,
        };
        for (policy, number) in side.policies.iter().zip(0u32..) {
            let settings = policy.settings.get().map_or(&[][..], Vec::as_slice);
            for (setting, place) in settings.iter().zip(0u32..) {
                for (key, value) in keys(policy, setting, &index.names) {
                    let place = Place {
                        at: (number, place),
                        value,
                    };
                    index.places.entry(key).or_default().push(place);
                }
            }
        }
        index
    }

    /// What a setting of this or another side is looked up with.
    pub fn key(&self, policy: &Policy, setting: &Setting) -> Option<(String, Option<String>)> {
        keys(policy, setting, &self.names).into_iter().next()
    }
}

fn keys(policy: &Policy, setting: &Setting, names: &AdmxNames) -> Vec<(String, Option<String>)> {
    if !shared(policy, setting) {
        return Vec::new();
    }
    let facets = identity::facets(setting, names);
    if facets.is_empty() {
        return Vec::new();
    }
    let owned = |facet: identity::Facet<'_>| {
        (
            facet.key.into_owned(),
            facet.value.map(|value| value.into_owned()),
        )
    };
    facets.into_iter().map(owned).collect()
}

/// True for a setting of the device, of which there is one, whichever policy sets it.
fn shared(policy: &Policy, setting: &Setting) -> bool {
    const KINDS: &[&str] = &[
        "GeneralConfiguration",
        "GeneralDeviceConfiguration",
        "EndpointProtectionConfiguration",
        "IdentityProtectionConfiguration",
        "UpdateForBusinessConfiguration",
        "DeliveryOptimizationConfiguration",
        "DeviceFeaturesConfiguration",
        "SoftwareUpdateConfiguration",
        "CompliancePolicy",
    ];
    if setting.row != 0 || matches!(setting.value, Value::Group) {
        return false;
    }
    match setting.carrier {
        // One node for each element of a collection, under a name of its own.
        Carrier::Catalog => {
            let id = setting.id.replace("{tenantid}", "");
            !id.contains('{') && !id.contains("_item_")
        }
        Carrier::Property => {
            let kind = setting.id.split('/').next().unwrap_or("");
            setting.id.matches('/').count() == 1
                && policy.row.list != "managedAppPolicies"
                && KINDS.iter().any(|end| kind.ends_with(end))
                && !nothing(&setting.value)
        }
        Carrier::Intent => !nothing(&setting.value),
        Carrier::OmaUri | Carrier::Admx | Carrier::Plist => true,
    }
}

/// "Not configured" in a typed object.
fn nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Text(text) => {
            text.is_empty()
                || text.eq_ignore_ascii_case("notConfigured")
                || text.as_ref() == "deviceDefault"
        }
        Value::List(items) => items.is_empty(),
        _ => false,
    }
}
