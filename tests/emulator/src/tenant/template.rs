//! Reads the data tables in `data/` and turns their short forms into objects.
//!
//! A block is one collection: its path, what its objects have in common, and the objects.
//! Strings that start with `$` are filled in: `$ago:30` and `$in:14` (days from now), `$date:-3`,
//! `$group:Name`, `$filter:Name`, `$tag:Name`, `$ref:/path|name`, `$user:3`, `$b64:text`, `$guid:what`, `$id`.
//! `assign` is a list of targets, see [`super::assign`].

use serde_json::{Map, Value};

use super::ids::{Rng, base64, date, date_time, hash};
use super::world::World;

/// One collection's table.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// The whole JSON block.
    json: Map<String, Value>,
}

impl Block {
    /// The blocks of one data file.
    pub(super) fn all(text: &str) -> Result<Vec<Self>, serde_json::Error> {
        let blocks: Vec<Map<String, Value>> = serde_json::from_str(text)?;
        Ok(blocks.into_iter().map(|json| Self { json }).collect())
    }

    /// Path of the collection below the version.
    pub(super) fn path(&self) -> &str {
        self.str("path")
    }

    /// A string member, `""` when absent.
    pub(super) fn str(&self, name: &str) -> &str {
        self.json
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// A boolean member, false when absent.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.json.get(name) == Some(&Value::Bool(true))
    }

    /// How many of 1,000 further policies are of this collection.
    pub(super) fn weight(&self) -> usize {
        self.json
            .get("weight")
            .and_then(Value::as_u64)
            .and_then(|w| usize::try_from(w).ok())
            .unwrap_or_default()
    }

    /// Names in an array member.
    pub(super) fn names(&self, name: &str) -> Vec<&str> {
        self.json
            .get(name)
            .and_then(Value::as_array)
            .map(|names| names.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default()
    }

    /// Its objects, each over what all have in common, not yet filled in.
    pub(super) fn objects(&self) -> Vec<Map<String, Value>> {
        let common = self.json.get("common").and_then(Value::as_object);
        let objects = self.json.get("objects").and_then(Value::as_array);
        objects
            .into_iter()
            .flatten()
            .filter_map(Value::as_object)
            .map(|object| {
                let mut whole = common.cloned().unwrap_or_default();
                if let Some(Value::String(like)) = object.get("like") {
                    let shared = self.json.get("likes").and_then(|l| l.get(like));
                    whole.extend(
                        shared
                            .and_then(Value::as_object)
                            .cloned()
                            .unwrap_or_default(),
                    );
                }
                whole.extend(object.clone());
                whole.shift_remove("like");
                whole
            })
            .collect()
    }
}

/// Fills in one object: `rng` is its own stream, `id` its id.
pub(super) fn fill(world: &World, rng: &mut Rng, id: &str, value: &Value) -> Value {
    match value {
        Value::String(text) if text.starts_with('$') => text_of(world, rng, id, text),
        Value::Array(items) => items.iter().map(|v| fill(world, rng, id, v)).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (key.clone(), fill(world, rng, id, value)))
            .collect(),
        other => other.clone(),
    }
}

fn text_of(world: &World, rng: &mut Rng, id: &str, text: &str) -> Value {
    let (word, rest) = text[1..].split_once(':').unwrap_or((&text[1..], ""));
    let days = |sign: i64| {
        let days: i64 = rest.parse().unwrap_or_default();
        let at = i64::try_from(rng.clone().below(50_000)).unwrap_or_default();
        date_time(world.now - world.now.rem_euclid(86_400) + sign * days * 86_400 + 20_000 + at)
    };
    match word {
        "ago" => days(-1).into(),
        "in" => days(1).into(),
        "date" => {
            date(world.now.div_euclid(86_400) + rest.parse::<i64>().unwrap_or_default()).into()
        }
        "group" => world.groups.id_of(rest).into(),
        "filter" => world
            .named("/deviceManagement/assignmentFilters", rest)
            .into(),
        "tag" => world.tag(rest).into(),
        "user" => world.user_id(rest.parse().unwrap_or_default()).into(),
        "ref" => {
            let (path, name) = rest.split_once('|').unwrap_or((rest, ""));
            world.named(path, name).into()
        }
        "guid" => world.guid(&[hash(id), hash(rest)]).into(),
        "id" if rest.is_empty() => id.into(),
        "id" => format!("{id}{rest}").into(),
        "b64" => base64(rest.as_bytes()).into(),
        "tenant" => crate::accounts::TENANT_ID.into(),
        "domain" => crate::accounts::TENANT_DOMAIN.into(),
        "hex" => {
            let digits: usize = rest.parse().unwrap_or(40);
            let mut stream = Rng::of(&[world.seed, hash(id), hash(rest)]);
            (0..digits)
                .map(|_| char::from(*stream.pick(b"0123456789ABCDEF")))
                .collect::<String>()
                .into()
        }
        _ => text.into(),
    }
}
