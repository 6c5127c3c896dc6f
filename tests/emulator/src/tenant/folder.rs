//! A tenant from a folder of exports, in any dialect that the product reads.
//!
//! What the product's own reader takes for a policy becomes an object of its row's collection;
//! its children go back to where Graph has them.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use domain::baseline::{self, Entry, FILE_LIMIT};
use domain::catalog::{Assigned, Row};
use domain::policy::Policy;
use serde_json::{Map, Value};

use super::Tenant;
use super::build;
use super::collection::Collection;
use super::ids::hash;
use super::options::{FolderError, GeneratorOptions};
use super::world::World;

/// Navigation properties below navigation properties.
const NESTED: &[&str] = &[
    "definition",
    "presentation",
    "presentationValues",
    "presentations",
    "settingDefinitions",
    "scheduledActionConfigurations",
];

/// What lists leave out.
const ITEM_ONLY: &[&str] = &[
    "scriptContent",
    "detectionScriptContent",
    "remediationScriptContent",
    "themeColorLogo",
    "lightBackgroundLogo",
    "landingPageCustomizedImage",
];

/// The tenant that these files describe: their policies, and some made-up people.
pub(super) fn load(folder: &Path) -> Result<Tenant, FolderError> {
    let mut entries = Vec::new();
    read(folder, folder, &mut entries)?;
    let label = folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let found = baseline::read(entries, &label).snapshot;
    if found.policies.is_empty() {
        return Err(FolderError::Empty);
    }
    let options = GeneratorOptions {
        policies: 0,
        hostile: false,
        ..GeneratorOptions::default()
    };
    let mut world = World::new(&options);
    for (id, name) in &found.names {
        world.groups.know(id, name);
    }
    let mut tenant = build::people(world);
    let mut definitions = Vec::new();
    let mut ids = HashSet::new();
    for policy in &found.policies {
        if policy.row.list.is_empty() || policy.row.list.contains('{') {
            continue;
        }
        let Ok(Value::Object(document)) = serde_json::from_str(&policy.raw) else {
            continue;
        };
        harvest(&document, &mut definitions, &mut HashSet::new());
        let object = object(&tenant.world, policy, document, &mut ids);
        place(&mut tenant, policy.row, object);
    }
    super::definitions::add(&mut tenant, definitions);
    build::rest(&mut tenant);
    Ok(tenant)
}

/// Every file below the folder. Links are not followed; what is too big for the reader is left out.
fn read(root: &Path, folder: &Path, entries: &mut Vec<Entry>) -> Result<(), FolderError> {
    let mut found: Vec<_> = fs::read_dir(folder)
        .and_then(Iterator::collect)
        .map_err(FolderError::Unreadable)?;
    found.sort_by_key(fs::DirEntry::path);
    for entry in found {
        let path = entry.path();
        let kind = entry.file_type().map_err(FolderError::Unreadable)?;
        if kind.is_dir() {
            read(root, &path, entries)?;
        } else if kind.is_file() {
            let size = entry.metadata().map_or(u64::MAX, |m| m.len());
            if size <= FILE_LIMIT as u64 {
                let name = path.strip_prefix(root).unwrap_or(&path);
                let path_text = name.to_string_lossy().replace('\\', "/");
                let bytes = fs::read(&path).map_err(FolderError::Unreadable)?;
                entries.push(Entry {
                    path: path_text,
                    bytes,
                });
            }
        }
    }
    Ok(())
}

fn object(
    world: &World,
    policy: &Policy,
    document: Map<String, Value>,
    ids: &mut HashSet<String>,
) -> Value {
    let row = policy.row;
    let names = navigation(row);
    let mut out = Map::new();
    let key = |map: &Map<String, Value>| map.get("id").and_then(Value::as_str).map(str::to_owned);
    // Two exports of one tenant may hold the same object twice: the second gets an id of its own.
    let id = key(&document)
        .or_else(|| policy.id.clone())
        .filter(|id| !ids.contains(&id.to_lowercase()))
        .unwrap_or_else(|| world.guid(&[hash(&policy.place), hash(&policy.name)]));
    ids.insert(id.to_lowercase());
    out.insert("id".into(), id.into());
    for (key, value) in document {
        if key == "id" || key.starts_with('#') || (key.contains('@') && key != "@odata.type") {
            continue;
        }
        if names.iter().any(|n| *n == key) {
            out.insert(format!("+{key}"), marked(listed(&value)));
        } else if row.item_needed && ITEM_ONLY.contains(&key.as_str()) {
            out.insert(format!("-{key}"), value);
        } else {
            out.insert(key, marked(value));
        }
    }
    for name in names {
        let key = format!("+{name}");
        if !out.contains_key(&key) {
            out.insert(key, Value::Array(Vec::new()));
        }
    }
    if row.odata_types.is_empty() {
        out.shift_remove("@odata.type");
    }
    Value::Object(out)
}

/// PowerShell writes an array of one as the element.
fn listed(value: &Value) -> Value {
    match value {
        Value::Null => Value::Array(Vec::new()),
        Value::Array(_) => value.clone(),
        one => Value::Array(vec![one.clone()]),
    }
}

/// Marks what Graph shows only with `$expand`, and drops the links of a full export, at any depth.
fn marked(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(marked).collect(),
        Value::Object(members) => members
            .into_iter()
            .filter(|(key, _)| {
                !key.starts_with('#') && (!key.contains('@') || key == "@odata.type")
            })
            .map(|(key, value)| {
                let mark = if NESTED.contains(&key.as_str()) {
                    "+"
                } else {
                    ""
                };
                (format!("{mark}{key}"), marked(value))
            })
            .collect(),
        other => other,
    }
}

/// The navigation properties of a row: its children, what its queries expand, and assignments.
fn navigation(row: &Row) -> Vec<&'static str> {
    let children = row
        .children
        .iter()
        .map(|c| c.path)
        .filter(|p| !p.contains('/'));
    let expanded = [row.list_query, row.item_query]
        .into_iter()
        .flat_map(expands);
    let assigned = matches!(row.assigned, Assigned::Collection { .. }).then_some("assignments");
    let mut names: Vec<&str> = children
        .chain(expanded)
        .chain(assigned)
        .filter(|name| !NESTED.contains(name) && !ITEM_ONLY.contains(name) && !name.contains('('))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The names in a query's `$expand`, nested ones too.
pub(super) fn expands(query: &'static str) -> Vec<&'static str> {
    query
        .split('&')
        .filter_map(|option| option.strip_prefix("$expand="))
        .flat_map(|list| list.split([',', '(', ')']))
        .map(|name| name.strip_prefix("$expand=").unwrap_or(name))
        .map(|name| name.rsplit('/').next().unwrap_or(name))
        .filter(|name| !name.is_empty())
        .collect()
}

fn place(tenant: &mut Tenant, row: &Row, object: Value) {
    let at = match tenant.by_path.get(&row.list.to_lowercase()) {
        Some(at) => *at,
        None => {
            let page = tenant.world.options.page;
            let mut collection = Collection::stored(row.list, row.version.segment(), page);
            collection.graph_type = row.graph_type.to_owned();
            collection.navigation = navigation(row).into_iter().map(str::to_owned).collect();
            tenant.add(collection)
        }
    };
    tenant.collections[at].1.push(object);
}

/// The setting definitions that exports carry along.
fn harvest(document: &Map<String, Value>, found: &mut Vec<Value>, seen: &mut HashSet<String>) {
    let settings = document.get("settings").map(listed);
    for setting in settings.iter().filter_map(Value::as_array).flatten() {
        let definitions = setting.get("settingDefinitions").map(listed);
        for definition in definitions.iter().filter_map(Value::as_array).flatten() {
            if let Some(id) = definition["id"].as_str()
                && seen.insert(id.to_owned())
            {
                found.push(definition.clone());
            }
        }
    }
}
