//! JSON as it was written: borrowed where it can be, keys in their order, numbers exact.
//!
//! `serde_json` does the parsing; this tree replaces its `Value` because a baseline of several
//! megabytes is read twice as fast when strings borrow from the text, because duplicate keys must
//! be seen (the last wins, as in a browser), and because the order of keys is what a person
//! who reads the raw document expects.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// A JSON value that borrows from the text it was read from.
#[derive(Debug, Clone, PartialEq)]
pub enum Json<'a> {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number that is a 64-bit integer.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// A string.
    String(Cow<'a, str>),
    /// An array.
    Array(Vec<Json<'a>>),
    /// An object, keys in the order of the text.
    Object(Object<'a>),
}

/// An object's members, in the order of the text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Object<'a>(pub Vec<(Cow<'a, str>, Json<'a>)>);

impl<'a> Object<'a> {
    /// The member of this name. With duplicate keys the last wins, as `JSON.parse` has it.
    pub fn get(&self, key: &str) -> Option<&Json<'a>> {
        self.0.iter().rev().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    /// The member of this name in any letter case, an exact match first.
    pub fn get_any_case(&self, key: &str) -> Option<&Json<'a>> {
        self.get(key).or_else(|| {
            self.0
                .iter()
                .rev()
                .find(|(k, _)| k.eq_ignore_ascii_case(key))
                .map(|(_, v)| v)
        })
    }

    /// Name and value of each member, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json<'a>)> {
        self.0.iter().map(|(k, v)| (k.as_ref(), v))
    }

    /// Sets a member, replacing one of the same name.
    pub fn set(&mut self, key: &str, value: Json<'a>) {
        match self.0.iter_mut().rev().find(|(k, _)| k == key) {
            Some((_, old)) => *old = value,
            None => self.0.push((Cow::Owned(key.to_owned()), value)),
        }
    }
}

impl<'a> Json<'a> {
    /// Parses a text. The error names line and column.
    pub fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// Parses a text and leaves out OData's annotations that nothing is read from: exports with full
    /// metadata are mostly these. Kept are types, references (`…@odata.bind`), and, near the top,
    /// what tells where an object comes from.
    pub fn parse_lean(text: &'a str) -> Result<Self, serde_json::Error> {
        let mut source = serde_json::Deserializer::from_str(text);
        let root = Tree {
            lean: true,
            depth: 0,
        };
        let value = root.deserialize(&mut source)?;
        source.end()?;
        Ok(value)
    }

    /// The member of this name, when this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Json<'a>> {
        self.object().and_then(|o| o.get(key))
    }

    /// The string, when this is one.
    pub fn str(&self) -> Option<&str> {
        match self {
            Self::String(s) => Some(s),
            _ => None,
        }
    }

    /// The string member of this name.
    pub fn str_at(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Json::str)
    }

    /// The integer, when this is one.
    pub fn int(&self) -> Option<i64> {
        match self {
            Self::Int(n) => Some(*n),
            _ => None,
        }
    }

    /// The boolean, when this is one.
    pub fn bool(&self) -> Option<bool> {
        match self {
            Self::Bool(b) => Some(*b),
            _ => None,
        }
    }

    /// The elements, when this is an array.
    pub fn array(&self) -> Option<&[Json<'a>]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The elements of an array, or the thing itself as the only element:
    /// PowerShell writes an array of one as the element. `null` has none.
    pub fn elements(&self) -> &[Json<'a>] {
        match self {
            Self::Array(items) => items,
            Self::Null => &[],
            one => std::slice::from_ref(one),
        }
    }

    /// The members, when this is an object.
    pub fn object(&self) -> Option<&Object<'a>> {
        match self {
            Self::Object(o) => Some(o),
            _ => None,
        }
    }

    /// True for `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The same value with nothing borrowed.
    pub fn into_owned(self) -> Json<'static> {
        match self {
            Self::Null => Json::Null,
            Self::Bool(b) => Json::Bool(b),
            Self::Int(n) => Json::Int(n),
            Self::Float(n) => Json::Float(n),
            Self::String(s) => Json::String(Cow::Owned(s.into_owned())),
            Self::Array(items) => Json::Array(items.into_iter().map(Json::into_owned).collect()),
            Self::Object(o) => Json::Object(Object(
                o.0.into_iter()
                    .map(|(k, v)| (Cow::Owned(k.into_owned()), v.into_owned()))
                    .collect(),
            )),
        }
    }

    /// The value as compact JSON text.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The value as indented JSON text, for reading.
    pub fn to_pretty(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Json<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Tree {
            lean: false,
            depth: 0,
        }
        .deserialize(deserializer)
    }
}

/// A key that borrows when the text has no escape in it.
struct Key<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a property name")
            }
            fn visit_borrowed_str<E>(self, v: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(v)))
            }
            fn visit_str<E>(self, v: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(v.to_owned())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

/// Reads one value; `depth` counts the objects around it.
#[derive(Clone, Copy)]
struct Tree {
    lean: bool,
    depth: u8,
}

impl Tree {
    /// True for a member that nothing is read from.
    fn leaves_out(self, key: &str) -> bool {
        if !self.lean {
            return false;
        }
        if key.starts_with('#') {
            // Actions (`#microsoft.graph.assign`); `#Definition_…` and the like are a tool's own.
            return key.starts_with("#microsoft.graph");
        }
        match key.as_bytes().iter().position(|byte| *byte == b'@') {
            None => false,
            Some(0) => self.depth > 2 && key.starts_with("@odata.") && key != "@odata.type",
            Some(at) => {
                let annotation = &key[at..];
                annotation.starts_with("@odata.")
                    && annotation != "@odata.bind"
                    && !(self.depth <= 2 && key == "assignments@odata.context")
            }
        }
    }
}

impl<'de> DeserializeSeed<'de> for Tree {
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Json::Null)
    }
    fn visit_bool<E>(self, v: bool) -> Result<Self::Value, E> {
        Ok(Json::Bool(v))
    }
    fn visit_i64<E>(self, v: i64) -> Result<Self::Value, E> {
        Ok(Json::Int(v))
    }
    fn visit_u64<E>(self, v: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(v).map_or(Json::Float(v as f64), Json::Int))
    }
    fn visit_f64<E>(self, v: f64) -> Result<Self::Value, E> {
        Ok(Json::Float(v))
    }
    fn visit_borrowed_str<E>(self, v: &'de str) -> Result<Self::Value, E> {
        Ok(Json::String(Cow::Borrowed(v)))
    }
    fn visit_str<E>(self, v: &str) -> Result<Self::Value, E> {
        Ok(Json::String(Cow::Owned(v.to_owned())))
    }
    fn visit_string<E>(self, v: String) -> Result<Self::Value, E> {
        Ok(Json::String(Cow::Owned(v)))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        let inner = Self {
            depth: self.depth.saturating_add(1),
            ..self
        };
        while let Some(Key(key)) = map.next_key()? {
            if inner.leaves_out(&key) {
                map.next_value::<IgnoredAny>()?;
            } else {
                members.push((key, map.next_value_seed(inner)?));
            }
        }
        Ok(Json::Object(Object(members)))
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(b) => serializer.serialize_bool(*b),
            Self::Int(n) => serializer.serialize_i64(*n),
            Self::Float(n) => serializer.serialize_f64(*n),
            Self::String(s) => serializer.serialize_str(s),
            Self::Array(items) => {
                let mut seq = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    seq.serialize_element(item)?;
                }
                seq.end()
            }
            Self::Object(Object(members)) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_lean_read_keeps_what_says_something() {
        let text = r##"{"@odata.context":"c","x@odata.type":"#String","#microsoft.graph.assign":{"a":[1]},
            "#Definition_Id":"d","certificate@odata.bind":"b","assignments@odata.context":"a",
            "value":[{"@odata.id":"i","a":{"@odata.type":"t","@odata.id":"i","mail":"a@b"}}]}"##;
        let wanted = r##"{"@odata.context":"c","#Definition_Id":"d","certificate@odata.bind":"b","assignments@odata.context":"a","value":[{"@odata.id":"i","a":{"@odata.type":"t","mail":"a@b"}}]}"##;
        assert_eq!(Json::parse_lean(text).unwrap().to_text(), wanted);
        let whole = Json::parse(text).unwrap();
        assert!(whole.get("#microsoft.graph.assign").is_some());
        assert!(Json::parse_lean("{} x").is_err());
    }
}
