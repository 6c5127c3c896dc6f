//! Administrative templates: definition values with their presentation values.
//!
//! Graph: `groupPolicyDefinitionValue` with `$expand=definition`. Exports replace the expanded
//! objects by `#Definition_*` and `#Presentation_*` members beside an `@odata.bind`.

use std::sync::Arc;

use super::flatten::{At, Flat, scalar};
use super::{Carrier, Value};
use crate::json::{Json, Object};

impl Flat<'_> {
    /// Reads `definitionValues`: an array, or the only element.
    pub fn definition_values(&mut self, value: &Json<'_>) {
        for element in value.elements() {
            if let Some(object) = element.object() {
                self.definition_value(object);
            }
        }
    }

    fn definition_value(&mut self, object: &Object<'_>) {
        let definition = object.get("definition");
        let find = |inside: &str, beside: &str| {
            definition
                .and_then(|d| d.str_at(inside))
                .or_else(|| object.get(beside).and_then(Json::str))
                .unwrap_or("")
        };
        let name = find("displayName", "#Definition_displayName");
        let class = find("classType", "#Definition_classType");
        let category = find("categoryPath", "#Definition_categoryPath").trim_matches('\\');
        let id = if name.is_empty() {
            let bound = bound_id(object, "definition@odata.bind");
            let id = find("id", "#Definition_Id");
            format!("admx:{}", if id.is_empty() { bound } else { id })
        } else {
            format!("admx:{class}/{}/{name}", category.replace('\\', "/"))
        };
        let id = self.ids.get(&id.to_lowercase());
        let value = object
            .get("enabled")
            .and_then(scalar)
            .unwrap_or(Value::Null);
        let index = self.push(At::TOP, id.clone(), Carrier::Admx, value);
        self.label(Some(name));
        self.category(&category.replace('\\', " › "));
        let Some(presentations) = object.get("presentationValues") else {
            return;
        };
        let presentations = presentations.elements();
        for value in presentations.iter().filter_map(Json::object) {
            let label = presentation_label(value);
            let twins = presentations
                .iter()
                .filter_map(Json::object)
                .filter(|other| presentation_label(other) == label)
                .count();
            let segment = if label.is_empty() || twins > 1 {
                presentation_id(value)
            } else {
                label
            };
            let id = self.ids.get(&format!("{id}/{}", segment.to_lowercase()));
            self.presentation_value(At::TOP.below(index, 0), id, label, value);
        }
    }

    fn presentation_value(&mut self, at: At, id: Arc<str>, label: &str, object: &Object<'_>) {
        let pairs = object.get("values").map(Json::elements);
        let value = match pairs {
            None => object.get("value").and_then(scalar).unwrap_or(Value::Null),
            Some(items) if items.iter().all(is_bare) => Value::List(
                items
                    .iter()
                    .filter_map(|item| scalar(item.get("name").unwrap_or(item)))
                    .collect(),
            ),
            Some(_) => Value::Group,
        };
        let grouped = value == Value::Group;
        let index = self.push(at, id.clone(), Carrier::Admx, value);
        self.label(Some(label));
        if !grouped {
            return;
        }
        for (row, pair) in pairs.unwrap_or(&[]).iter().enumerate() {
            for (member, words) in [("name", "Name"), ("value", "Value")] {
                let value = pair.get(member).and_then(scalar).unwrap_or(Value::Null);
                let id = self.ids.get(&format!("{id}/{member}"));
                self.push(at.below(index, row), id, Carrier::Admx, value);
                self.label(Some(words));
            }
        }
    }
}

/// An element of a list that is a name and nothing else.
fn is_bare(item: &Json<'_>) -> bool {
    match item.object() {
        None => true,
        Some(pair) => match pair.get("value") {
            None | Some(Json::Null) => true,
            Some(value) => value.str() == Some(""),
        },
    }
}

fn presentation_label<'a>(object: &'a Object<'_>) -> &'a str {
    object
        .get("presentation")
        .and_then(|p| p.str_at("label"))
        .or_else(|| object.get("#Presentation_Label").and_then(Json::str))
        .unwrap_or("")
        .trim()
}

fn presentation_id<'a>(object: &'a Object<'_>) -> &'a str {
    object
        .get("presentation")
        .and_then(|p| p.str_at("id"))
        .or_else(|| object.get("#Presentation_Id").and_then(Json::str))
        .unwrap_or_else(|| bound_id(object, "presentation@odata.bind"))
}

/// The id in `…/groupPolicyDefinitions('id')`, the last one when there are several.
fn bound_id<'a>(object: &'a Object<'_>, member: &str) -> &'a str {
    object
        .get(member)
        .and_then(Json::str)
        .and_then(|url| url.rsplit('\'').nth(1))
        .unwrap_or("")
}
