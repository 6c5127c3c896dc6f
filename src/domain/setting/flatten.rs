//! From a policy's document to its settings: what a member is decides how it is read.

use std::sync::Arc;

use super::names::HIDDEN;
use super::{Carrier, Interner, Setting, Value};
use crate::catalog::{Row, UNKNOWN, VOLATILE};
use crate::json::bytes::sign;
use crate::json::{Json, Object, number};

/// Flattens a policy's document: everything it sets, in preorder, nothing dropped.
///
/// `type_name` is the first segment of property ids: the `@odata.type` without its prefix,
/// or what the row stands for where the document has none.
pub fn flatten(
    row: &Row,
    type_name: &str,
    document: &Json<'_>,
    ids: &mut Interner,
) -> Vec<Setting> {
    flatten_with(row, type_name, document, ids, Noise::NONE)
}

/// What a document says beside its settings, left out unless it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Noise(u8);

impl Noise {
    /// Settings only.
    pub const NONE: Self = Self(0);
    /// OData's annotations and actions.
    pub const ANNOTATIONS: Self = Self(1);
    /// Ids, dates, versions and counters that the service keeps.
    pub const DATES: Self = Self(2);
    /// Name, description, scope tags, the template, references to templates, audit rules.
    pub const ABOUT: Self = Self(4);

    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True when this kind is asked for.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// As [`flatten`], with what is asked for of the rest.
pub fn flatten_with(
    row: &Row,
    type_name: &str,
    document: &Json<'_>,
    ids: &mut Interner,
    keep: Noise,
) -> Vec<Setting> {
    let mut flat = Flat {
        keep,
        settings: Vec::new(),
        ids,
        guess_secrets: row.id == UNKNOWN.id,
        plain_ids: plain_ids(row),
    };
    let Some(object) = document.object() else {
        return flat.settings;
    };
    let catalog_only = row.graph_type == "deviceManagementConfigurationPolicy";
    let pascal = is_pascal(object);
    let mut path = String::from(type_name);
    for (at, (key, value)) in object.iter().enumerate() {
        let name = super::property::camel(key, pascal);
        let kind = left_out(row, &name);
        if kind.is_some_and(|kind| !keep.has(kind)) || super::property::repeated(object, at) {
            continue;
        }
        match name.as_ref() {
            "assignments" | "groupAssignments" | "settingDefinitions" => {}
            _ if kind.is_some() => flat.property(At::TOP, &mut path, &name, value, pascal),
            "settings" | "settingInstance" if super::instance::has_instances(value) => {
                flat.instances(At::TOP, value);
            }
            "settings" | "settingsDelta" if super::intent::has_instances(value) => {
                flat.intents(At::TOP, value);
            }
            "omaSettings" => flat.oma_settings(&mut path, value),
            "definitionValues" => flat.definition_values(value),
            "payload" | "configurationXml" if flat.profile(object, &name, value) => {}
            _ if catalog_only && !keep.has(Noise::ABOUT) => {}
            // A reusable setting names its definition beside the instance that names it again.
            "settingDefinitionId" if object.get("settingInstance").is_some() => {}
            _ => flat.property(At::TOP, &mut path, &name, value, pascal),
        }
    }
    flat.settings
}

/// Why a member of a policy's document says nothing about configuration, if so:
/// names, dates, scope tags, assignments, annotations, and what the row calls volatile.
fn left_out(row: &Row, name: &str) -> Option<Noise> {
    const BASE: &[&str] = &[
        "displayName",
        "description",
        "roleScopeTagIds",
        "roleScopeTags",
        "groupAssignments",
        "settingDefinitions",
        "settingCount",
    ];
    if noise(name) {
        return Some(Noise::ANNOTATIONS);
    }
    let is_about = BASE.contains(&name)
        || (!row.name_property.is_empty() && name == row.name_property)
        || (!row.scope_tags.is_empty() && name == row.scope_tags)
        || about(row, name);
    if is_about {
        return Some(Noise::ABOUT);
    }
    (matches(VOLATILE, name) || matches(row.volatile, name)).then_some(Noise::DATES)
}

/// What a policy says of its own kind beside its settings; some tools add words to it.
fn about(row: &Row, name: &str) -> bool {
    let names: &[&str] = match row.graph_type {
        "deviceManagementCompliancePolicy" => &["platforms", "technologies", "templateReference"],
        "deviceManagementIntent" => &[
            "templateId",
            "TemplateId",
            "TemplateDisplayName",
            "versionInfo",
            "platformType",
        ],
        _ => &[],
    };
    names.contains(&name)
}

/// OData's annotations and the actions that full metadata lists.
/// `x@odata.bind` stays: an export refers to certificates with it.
pub(super) fn noise(name: &str) -> bool {
    let Some(at) = sign(name.as_bytes()) else {
        return name.starts_with('#');
    };
    let from = name.get(at..).unwrap_or_default();
    name.starts_with('#')
        || (from.contains("@odata.") && !name.ends_with("@odata.bind"))
        || from.contains("@microsoft.graph.")
        || from.contains("@delta")
}

fn matches(patterns: &[&str], name: &str) -> bool {
    patterns
        .iter()
        .any(|pattern| match pattern.strip_prefix('*') {
            Some(suffix) => name.ends_with(suffix),
            None => *pattern == name,
        })
}

/// Collections whose elements carry an id that the service makes up.
fn plain_ids(row: &Row) -> Vec<&'static str> {
    row.children
        .iter()
        .filter(|child| !child.key.is_empty() && child.key != "id")
        .map(|child| child.name)
        .collect()
}

/// PowerShell's older modules write `DisplayName`, `State`, `Conditions`.
fn is_pascal(object: &Object<'_>) -> bool {
    object.get("DisplayName").is_some() && object.get("displayName").is_none()
}

/// Where the next setting goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    pub parent: Option<u32>,
    pub row: u32,
    pub depth: u16,
}

impl At {
    pub const TOP: Self = Self {
        parent: None,
        row: 0,
        depth: 0,
    };

    /// Below the setting of this index, in this element of its collection.
    pub fn below(self, parent: u32, row: usize) -> Self {
        Self {
            parent: Some(parent),
            row: row as u32,
            depth: self.depth.saturating_add(1),
        }
    }
}

/// The settings so far, and what the carriers share.
pub(super) struct Flat<'i> {
    pub settings: Vec<Setting>,
    /// What is kept beside settings.
    pub keep: Noise,
    pub ids: &'i mut Interner,
    /// The type is unknown, so that names have to tell what is a secret.
    pub guess_secrets: bool,
    /// Properties whose elements' `id` is made up by the service.
    pub plain_ids: Vec<&'static str>,
}

impl Flat<'_> {
    /// Adds a setting and answers its index.
    pub fn push(&mut self, at: At, id: Arc<str>, carrier: Carrier, value: Value) -> u32 {
        let index = self.settings.len() as u32;
        self.settings.push(Setting {
            id,
            carrier,
            parent: at.parent,
            row: at.row,
            depth: at.depth,
            value,
            label: None,
            category: None,
        });
        index
    }

    /// Gives a setting that was added its value.
    pub fn fill(&mut self, index: u32, value: Value) {
        if let Some(setting) = self.settings.get_mut(index as usize) {
            setting.value = value;
        }
    }

    /// Says in which category the setting stands that was added last.
    pub fn category(&mut self, path: &str) {
        if let (false, Some(last)) = (path.is_empty(), self.settings.last_mut()) {
            last.category = Some(self.ids.get(path));
        }
    }

    /// Names the setting that was added last.
    pub fn label(&mut self, label: Option<&str>) {
        let label = label.filter(|text| !text.is_empty());
        if let (Some(text), Some(last)) = (label, self.settings.last_mut()) {
            last.label = Some(self.ids.get(text));
        }
    }
}

/// A number, a text, a switch or null as a value, the words for a secret as one; `None` for arrays and objects.
pub(super) fn scalar(value: &Json<'_>) -> Option<Value> {
    Some(match value {
        Json::Null => Value::Null,
        Json::Bool(on) => Value::Bool(*on),
        Json::Int(number) => Value::Int(*number),
        Json::Number(text) => Value::Number(number::plain(text).into()),
        Json::String(text) if text == HIDDEN => Value::Secret,
        Json::String(text) => Value::Text(Arc::from(text.as_ref())),
        Json::Array(_) | Json::Object(_) => return None,
    })
}
