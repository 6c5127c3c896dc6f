//! Typed objects: every property is a setting, nested objects and collections become children.

use std::borrow::Cow;
use std::sync::Arc;

use super::flatten::{At, Flat, Noise, noise, scalar};
use super::names::HIDDEN;
use super::{Carrier, Value, binary, secrets};
use crate::json::{Json, Object};

/// Dates and versions that the service keeps in nested objects too.
const NESTED_NOISE: &[&str] = &[
    "createdDateTime",
    "lastModifiedDateTime",
    "modifiedDateTime",
    "settingDefinitions",
];

/// Collections whose elements' `id` the service makes up, on any type.
const MADE_UP_IDS: &[&str] = &[
    "scheduledActionsForRule",
    "scheduledActionConfigurations",
    "apps",
];

impl Flat<'_> {
    /// Reads a member as a setting. `path` is the id of the object it stands in.
    pub fn property(
        &mut self,
        at: At,
        path: &mut String,
        name: &str,
        value: &Json<'_>,
        pascal: bool,
    ) {
        let length = path.len();
        path.push('/');
        path.push_str(name);
        if !value.is_null() && secrets::is_secret(name, value, self.guess_secrets) {
            let id = self.ids.get(path);
            self.push(at, id, Carrier::Property, Value::Secret);
        } else {
            self.value(at, path, name, value, pascal);
        }
        path.truncate(length);
    }

    fn value(&mut self, at: At, path: &mut String, name: &str, value: &Json<'_>, pascal: bool) {
        let id = self.ids.get(path);
        match value {
            Json::String(text) => {
                let value = binary::text_of(name, text);
                self.push(at, id, Carrier::Property, Value::Text(Arc::from(value)));
            }
            Json::Array(items) => match items.iter().map(scalar).collect() {
                Some(list) => {
                    self.push(at, id, Carrier::Property, Value::List(list));
                }
                None => self.rows(at, id, path, name, items, pascal),
            },
            Json::Object(object) => {
                let index = self.push(at, id, Carrier::Property, Value::Group);
                self.members(at.below(index, 0), path, name, object, pascal);
                self.only_a_type(index, object);
            }
            other => {
                let value = scalar(other).unwrap_or(Value::Null);
                self.push(at, id, Carrier::Property, value);
            }
        }
    }

    /// A collection of objects: a group with one row of children for each element.
    fn rows(
        &mut self,
        at: At,
        id: Arc<str>,
        path: &mut String,
        name: &str,
        items: &[Json<'_>],
        pascal: bool,
    ) {
        let index = self.push(at, id, Carrier::Property, Value::Group);
        for (row, item) in items.iter().enumerate() {
            let below = at.below(index, row);
            match item {
                Json::Object(object) => self.members(below, path, name, object, pascal),
                other => self.property(below, path, "value", other, pascal),
            }
        }
    }

    fn members(
        &mut self,
        at: At,
        path: &mut String,
        owner: &str,
        object: &Object<'_>,
        pascal: bool,
    ) {
        let holder = secrets::holds_secret(object);
        let made_up = MADE_UP_IDS.contains(&owner) || self.plain_ids.contains(&owner);
        for (number, (key, value)) in object.iter().enumerate() {
            let name = camel(key, pascal);
            let dated = NESTED_NOISE.contains(&name.as_ref())
                || (made_up && matches!(name.as_ref(), "id" | "version"));
            let left_out = (noise(&name) && !self.keep.has(Noise::ANNOTATIONS))
                || (dated && !self.keep.has(Noise::DATES));
            if left_out || repeated(object, number) {
                continue;
            }
            match holder && name == "value" && !value.is_null() {
                true => self.property(at, path, &name, &Json::String(HIDDEN.into()), pascal),
                false => self.property(at, path, &name, value, pascal),
            }
        }
    }

    /// An object that is nothing but its type says something by it: `{"@odata.type": "#…allUsers"}`.
    fn only_a_type(&mut self, index: u32, object: &Object<'_>) {
        let alone = self.settings.len() == index as usize + 1;
        let name = object.get("@odata.type").and_then(Json::str);
        if let (true, Some(name), Some(setting)) =
            (alone, name, self.settings.get_mut(index as usize))
        {
            let name = name.trim_start_matches("#microsoft.graph.");
            setting.value = Value::Text(Arc::from(name));
        }
    }
}

/// True when a later member has the same name: the last one wins.
pub(super) fn repeated(object: &Object<'_>, number: usize) -> bool {
    match object.0.get(number..) {
        Some([(key, _), later @ ..]) => later.iter().any(|(other, _)| other == key),
        _ => false,
    }
}

/// A property's name as Graph writes it.
pub(super) fn camel(key: &str, pascal: bool) -> Cow<'_, str> {
    if pascal && key.starts_with(|first: char| first.is_ascii_uppercase()) {
        let mut name = key.to_owned();
        name[..1].make_ascii_lowercase();
        Cow::Owned(name)
    } else {
        Cow::Borrowed(key)
    }
}
