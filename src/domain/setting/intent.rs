//! Legacy endpoint security: instances with a definition id and a value as JSON text.
//!
//! Graph: `deviceManagementSettingInstance`. Exports have them under `settings` or `settingsDelta`.

use super::flatten::{At, Flat, scalar};
use super::{Carrier, Value};
use crate::json::{Json, Object};

/// True when the collection holds instances of intents.
pub(super) fn has_instances(value: &Json<'_>) -> bool {
    value
        .elements()
        .iter()
        .any(|element| element.get("definitionId").is_some())
}

impl Flat<'_> {
    /// Reads an array of instances, or one.
    pub fn intents(&mut self, at: At, value: &Json<'_>) {
        for element in value.elements() {
            if let Some(object) = element.object() {
                self.intent(at, object);
            }
        }
    }

    fn intent(&mut self, at: At, object: &Object<'_>) {
        let id = object.get("definitionId").and_then(Json::str).unwrap_or("");
        let id = self.ids.get(id);
        let index = self.push(at, id.clone(), Carrier::Intent, Value::Group);
        let value = object.get("value");
        if let Some(value) = value.filter(|value| has_instances(value)) {
            return self.intents(at.below(index, 0), value);
        }
        // Both members say the same; the text keeps what PowerShell flattens in the other.
        let text = object.get("valueJson").and_then(Json::str);
        let parsed = text.and_then(|text| Json::parse(text).ok());
        match (parsed, value, text) {
            (Some(value), _, _) => self.intent_value(index, at, &id, &value),
            (None, Some(value), _) => self.intent_value(index, at, &id, value),
            (None, None, Some(text)) => {
                self.intent_value(index, at, &id, &Json::String(text.into()))
            }
            (None, None, None) => self.fill(index, Value::Null),
        }
    }

    fn intent_value(&mut self, index: u32, at: At, id: &str, value: &Json<'_>) {
        if let Some(value) = scalar(value) {
            return self.fill(index, value);
        }
        let list: Option<Vec<Value>> = value.elements().iter().map(scalar).collect();
        match list {
            Some(list) => self.fill(index, Value::List(list)),
            None => {
                let first = self.settings.len();
                let mut path = String::from(id);
                for (row, element) in value.elements().iter().enumerate() {
                    let below = at.below(index, row);
                    match element.object() {
                        Some(object) => {
                            for (key, value) in object.iter() {
                                if !super::flatten::noise(key) {
                                    self.property(below, &mut path, key, value, false);
                                }
                            }
                        }
                        None => self.property(below, &mut path, "value", element, false),
                    }
                }
                for setting in self.settings.iter_mut().skip(first) {
                    setting.carrier = Carrier::Intent;
                }
            }
        }
    }
}
