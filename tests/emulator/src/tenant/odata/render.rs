//! What an object looks like in an answer.
//!
//! Stored objects mark their members: `+name` is a navigation property (only with `$expand`, or by path),
//! `-name` is null in lists and whole on the item, `~name` is null unless `$select` names it,
//! `?name` is absent unless `$select` names it, `%name` is the emulator's own and never leaves.

use serde_json::{Map, Value};

use super::query::Query;

/// Where an object is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the `value` of a list.
    List,
    /// On its own.
    Item,
}

/// Finds a navigation property that is not stored with its object.
pub(crate) trait Navigate {
    /// The property of this name, when there is one.
    fn navigate(&self, object: &Value, name: &str) -> Option<Value>;
}

/// The object after `$select` and `$expand`.
pub(crate) fn object(
    stored: &Value,
    query: &Query,
    place: Place,
    context: &str,
    navigate: &dyn Navigate,
) -> Value {
    let Value::Object(members) = stored else {
        return stored.clone();
    };
    let mut out = Map::new();
    for (key, value) in members {
        let mut chars = key.chars();
        match chars.next() {
            Some('+' | '%') => {}
            Some('-') => {
                let name = chars.as_str();
                if selected(query, name) {
                    let hidden = place == Place::List;
                    out.insert(
                        name.to_owned(),
                        if hidden { Value::Null } else { plain(value) },
                    );
                }
            }
            Some('~') => {
                let name = chars.as_str();
                if query.select.iter().any(|s| last(s) == name) {
                    out.insert(name.to_owned(), plain(value));
                } else if query.select.is_empty() {
                    out.insert(name.to_owned(), Value::Null);
                }
            }
            Some('?') => {
                let name = chars.as_str();
                if query.select.iter().any(|s| last(s) == name) {
                    out.insert(name.to_owned(), plain(value));
                }
            }
            _ if key.contains('@') || selected(query, key) => {
                out.insert(key.clone(), plain(value));
            }
            _ => {}
        }
    }
    for (path, inner) in &query.expand {
        let name = last(path);
        let found = match stored.get(format!("+{name}")) {
            Some(value) => value.clone(),
            None => match navigate.navigate(stored, name) {
                Some(value) => value,
                None => continue,
            },
        };
        out.insert(
            format!("{name}@odata.context"),
            format!("{context}/{name}").into(),
        );
        out.insert(name.to_owned(), expanded(&found, inner, context, navigate));
    }
    Value::Object(out)
}

fn expanded(value: &Value, query: &Query, context: &str, navigate: &dyn Navigate) -> Value {
    match value {
        Value::Array(items) => items
            .iter()
            .filter(|item| query.filter.as_ref().is_none_or(|f| f.accepts(item)))
            .take(query.top.unwrap_or(usize::MAX))
            .map(|item| object(item, query, Place::Item, context, navigate))
            .collect(),
        one => object(one, query, Place::Item, context, navigate),
    }
}

/// The value without the emulator's marks, at any depth.
pub(crate) fn plain(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .filter(|(key, _)| !key.starts_with(['+', '%', '?']))
            .map(|(key, value)| (key.trim_start_matches(['-', '~']).to_owned(), plain(value)))
            .collect(),
        Value::Array(items) => items.iter().map(plain).collect(),
        other => other.clone(),
    }
}

fn selected(query: &Query, name: &str) -> bool {
    query.select.is_empty()
        || query
            .select
            .iter()
            .any(|s| last(s) == name || s.split('/').next() == Some(name))
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
