//! JSON as it was written: borrowed where it can be, keys in their order, numbers exact.
//!
//! A tree of its own, because a baseline of several megabytes is read twice as fast when strings borrow from
//! the text, because duplicate keys must be seen (the last wins, as in a browser), and because the order of
//! keys is what a person who reads the raw document expects. A reader and a writer of its own, because the
//! engine is much lighter for it (`src/decisions/size.md`); `tests` hold both against `serde_json`.

pub mod bytes;
mod flaw;
pub mod number;
mod read;
mod scalar;
mod write;

use std::borrow::Cow;

pub use flaw::{Flaw, JsonError};
pub use read::Reader;
pub use write::{push_quoted, quoted};

/// A JSON value that borrows from the text it was read from.
#[derive(Debug, Clone, PartialEq)]
pub enum Json<'a> {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number that is a 64-bit integer.
    Int(i64),
    /// Any other number, as it was written.
    Number(Cow<'a, str>),
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
    pub fn parse(text: &'a str) -> Result<Self, JsonError> {
        Reader::all(text, Reader::value)
    }

    /// Parses a text and leaves out OData's annotations that nothing is read from: exports with full
    /// metadata are mostly these. Kept are types, references (`…@odata.bind`), and, near the top,
    /// what tells where an object comes from.
    pub fn parse_lean(text: &'a str) -> Result<Self, JsonError> {
        Reader::over(text, true, Reader::value)
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
            Self::Number(n) => Json::Number(Cow::Owned(n.into_owned())),
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
        let mut out = String::new();
        write::push(&mut out, self, None);
        out
    }

    /// The value as indented JSON text, for reading.
    pub fn to_pretty(&self) -> String {
        let mut out = String::new();
        write::push(&mut out, self, Some(0));
        out
    }
}

#[cfg(test)]
mod tests;
