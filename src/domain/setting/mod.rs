//! What a policy sets: every kind of policy flattened into the same tree of settings.

mod admx;
mod binary;
mod flatten;
pub mod identity;
mod in_text;
mod instance;
mod intent;
mod intern;
pub mod names;
mod oma;
mod profile;
mod property;
mod secrets;

use std::sync::Arc;

pub use binary::{decode_text, encode_base64};
pub use flatten::{Noise, flatten, flatten_with};
pub use intern::Interner;
pub use secrets::{has_secrets, hide_secrets, is_secret};

/// One setting of one policy. A policy's settings stand in preorder: parents before children.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// What is set, whatever the policy is called. See [`Setting::id`]'s forms in [`Carrier`].
    pub id: Arc<str>,
    /// Which kind of document carried it.
    pub carrier: Carrier,
    /// Index of the setting above it in the same policy.
    pub parent: Option<u32>,
    /// Which element of the parent's collection it belongs to, from 0; 0 where the parent has one.
    pub row: u32,
    /// 0 at the top.
    pub depth: u16,
    /// The value.
    pub value: Value,
    /// The name that the document itself gives it: the display name of an OMA-URI row, of an
    /// administrative template or of one of its presentations. `None` elsewhere. Never compared.
    pub label: Option<Arc<str>>,
    /// The category that the document itself names: the path of an administrative template, steps joined
    /// by ` › `. `None` elsewhere. Never compared.
    pub category: Option<Arc<str>>,
}

/// What kind of document carries a setting, and with it the form of its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Carrier {
    /// `settingDefinitionId`, lower case.
    Catalog,
    /// A property of a typed object: `odataType/property/path`, as written in Graph.
    Property,
    /// `omaUri`, without the leading `./`, lower case.
    OmaUri,
    /// An administrative template: `admx:class/category/path/name`, lower case, or
    /// `admx:` + definition id where the document names no more. Below it: `/` + presentation label or id.
    Admx,
    /// An intent's `definitionId`.
    Intent,
    /// A payload key of a configuration profile: `payloadType/key`.
    Plist,
}

/// The value of a setting.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// It only groups what stands below it.
    Group,
    /// An option's `itemId`, lower case.
    Choice(Arc<str>),
    /// A text.
    Text(Arc<str>),
    /// A whole number.
    Int(i64),
    /// Any other number, in one form for all ways to write it (see [`crate::json::number::plain`]).
    Number(Arc<str>),
    /// A switch.
    Bool(bool),
    /// Present and null.
    Null,
    /// A collection of simple values; the order counts only where the row says so.
    List(Vec<Value>),
    /// A secret, or a reference to one: never shown, never compared as equal or different.
    Secret,
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::{each_file, setting, shared};
