//! Settings catalog: trees of setting instances.
//!
//! Graph: `deviceManagementConfigurationSettingInstance` and its derived types. The member that
//! holds the value tells the type, so that documents without `@odata.type` are read as well.

use std::sync::Arc;

use super::flatten::{At, Flat, Noise, scalar};
use super::secrets::holds_secret;
use super::{Carrier, Value, decode_text};
use crate::json::{Json, Object};

/// True when `settings` (or `settingInstance`) holds instances of the settings catalog.
pub(super) fn has_instances(value: &Json<'_>) -> bool {
    value.elements().iter().any(|element| {
        element.get("settingDefinitionId").is_some()
            || element
                .get("settingInstance")
                .is_some_and(|instance| instance.get("settingDefinitionId").is_some())
    })
}

impl Flat<'_> {
    /// Reads an array of settings, of instances, or one of them.
    pub fn instances(&mut self, at: At, value: &Json<'_>) {
        for element in value.elements() {
            match element.get("settingInstance") {
                Some(instance) => self.instance(at, instance),
                None => self.instance(at, element),
            }
        }
    }

    fn instance(&mut self, at: At, value: &Json<'_>) {
        let Some(object) = value.object() else { return };
        let Some(id) = object.get("settingDefinitionId").and_then(Json::str) else {
            return self.strays(at, object);
        };
        let id = self.ids.lower(id);
        let index = self.push(at, id, Carrier::Catalog, Value::Group);
        let below = |row| at.below(index, row);
        for (key, value) in object.iter() {
            match key {
                "choiceSettingValue" => {
                    let choice = value.get("value").unwrap_or(&Json::Null);
                    let choice = choice_value(self, choice);
                    self.fill(index, choice);
                    self.children(below(0), value);
                }
                "simpleSettingValue" => {
                    let simple = simple_value(value);
                    self.fill(index, self.script(index, simple));
                    self.children(below(0), value);
                }
                "choiceSettingCollectionValue" => {
                    let elements = value.elements();
                    let mut list = Vec::with_capacity(elements.len());
                    for element in elements {
                        let choice = element.get("value").unwrap_or(element);
                        list.push(choice_value(self, choice));
                    }
                    self.fill(index, Value::List(list));
                    for (row, element) in elements.iter().enumerate() {
                        self.children(below(row), element);
                    }
                }
                "simpleSettingCollectionValue" => {
                    let list = value.elements().iter().map(simple_value).collect();
                    self.fill(index, Value::List(list));
                }
                "groupSettingValue" | "groupSettingCollectionValue" => {
                    for (row, element) in value.elements().iter().enumerate() {
                        self.children(below(row), element);
                    }
                }
                "children" => self.instances(below(0), value),
                "settingInstanceTemplateReference" | "auditRuleInformation"
                    if self.keep.has(Noise::ABOUT) && !value.is_null() =>
                {
                    let mut path = self.settings[index as usize].id.to_string();
                    self.property(below(0), &mut path, key, value, false);
                }
                _ => self.stray(below(0), value),
            }
        }
    }

    /// Linux scripts and compliance rules stand in the catalog as base64.
    fn script(&self, index: u32, value: Value) -> Value {
        let setting = self.settings.get(index as usize);
        let linux = setting.is_some_and(|setting| {
            let custom = setting.id.starts_with("linux_custom");
            custom && (setting.id.contains("script") || setting.id.ends_with("rules"))
        });
        let text = match &value {
            Value::Text(text) if linux => decode_text(text),
            _ => None,
        };
        text.map_or(value, |text| Value::Text(Arc::from(text)))
    }

    /// The instances below one value.
    fn children(&mut self, at: At, value: &Json<'_>) {
        if let Some(children) = value.get("children") {
            self.instances(at, children);
        }
    }

    /// Looks for instances where no type of today keeps them, so that none is dropped.
    fn strays(&mut self, at: At, object: &Object<'_>) {
        for (_, value) in object.iter() {
            self.stray(at, value);
        }
    }

    fn stray(&mut self, at: At, value: &Json<'_>) {
        match value {
            Json::Array(items) => items.iter().for_each(|item| self.stray(at, item)),
            Json::Object(object) if object.get("settingDefinitionId").is_some() => {
                self.instance(at, value);
            }
            Json::Object(object) => self.strays(at, object),
            _ => {}
        }
    }
}

/// An option's `itemId`. PowerShell may have turned one into a number or a switch.
fn choice_value(flat: &mut Flat<'_>, value: &Json<'_>) -> Value {
    match value {
        Json::String(item) => Value::Choice(flat.ids.lower(item)),
        other => scalar(other).unwrap_or(Value::Null),
    }
}

/// A simple value: `{"@odata.type": …, "value": …}`, or the bare value.
/// Secrets carry `valueState`, and their value is a token or the clear text.
fn simple_value(value: &Json<'_>) -> Value {
    let Some(object) = value.object() else {
        return scalar(value).unwrap_or(Value::Null);
    };
    if holds_secret(object) {
        return Value::Secret;
    }
    match object.get("value") {
        None => Value::Null,
        Some(value) => scalar(value).unwrap_or_else(|| Value::Text(Arc::from(value.to_text()))),
    }
}
