//! One policy's document in the form that is asked for.

use std::borrow::Cow;

use super::Form;
use crate::catalog::UNKNOWN;
use crate::json::{Json, Object};
use crate::policy::Policy;
use crate::setting::hide_secrets;

/// A document to be written.
pub(super) struct Document {
    pub json: Json<'static>,
    /// The text of `<name>_Settings.json`, which IntuneManagement reads beside an intent.
    pub twin: Option<String>,
    /// Secrets that were replaced by words.
    pub secrets: u32,
}

/// What the admin centre writes of a settings catalog policy, in its order.
const IMPORT: &[&str] = &[
    "@odata.context",
    "createdDateTime",
    "creationSource",
    "description",
    "lastModifiedDateTime",
    "name",
    "platforms",
    "priorityMetaData",
    "roleScopeTagIds",
    "settingCount",
    "technologies",
    "id",
    "templateReference",
    "settings",
];

/// The document of a policy.
pub(super) fn of(policy: &Policy, form: Form) -> Result<Document, &'static str> {
    let parsed = Json::parse(&policy.raw).map_err(|_| "Its document is not JSON.")?;
    let Json::Object(mut object) = parsed.into_owned() else {
        return Err("Its document is not an object.");
    };
    clean(&mut object);
    name(policy, &mut object);
    let mut json = Json::Object(object);
    let secrets = hide_secrets(&mut json, policy.row.id == UNKNOWN.id);
    let Json::Object(mut object) = json else {
        return Err("Its document is not an object.");
    };
    typed(policy, &mut object);
    if form != Form::Graph {
        bound(&mut object);
    }
    let mut twin = None;
    match form {
        Form::Import => import(policy, &mut object),
        Form::IntuneManagement if policy.row.id == "endpointSecurityIntents" => {
            twin = settings(&object);
        }
        _ => {}
    }
    Ok(Document {
        json: Json::Object(object),
        twin,
        secrets,
    })
}

/// Takes out OData's links and actions, on every level: they say nothing outside of their tenant.
fn clean(object: &mut Object<'_>) {
    const LINKS: [&str; 5] = [
        "@odata.associationLink",
        "@odata.navigationLink",
        "@odata.editLink",
        "@odata.etag",
        "@odata.id",
    ];
    object.0.retain(|(key, _)| {
        !key.starts_with("#microsoft.graph.") && !LINKS.iter().any(|end| key.ends_with(end))
    });
    for (_, value) in &mut object.0 {
        clean_value(value);
    }
}

fn clean_value(value: &mut Json<'_>) {
    match value {
        Json::Object(object) => clean(object),
        Json::Array(items) => items.iter_mut().for_each(clean_value),
        _ => {}
    }
}

/// A policy whose name was only in the file's gets it inside.
fn name(policy: &Policy, object: &mut Object<'static>) {
    let named = ["displayName", "name"]
        .into_iter()
        .chain([policy.row.name_property])
        .filter_map(|key| object.get_any_case(key))
        .any(|name| name.str().is_some_and(|name| !name.trim().is_empty()));
    let key = match policy.row.name_property {
        "" => return,
        key => key,
    };
    if !named {
        object.set(key, Json::String(Cow::Owned(policy.name.clone())));
    }
}

/// Says what the object is in the two ways that Graph does: by its type and by its list.
fn typed(policy: &Policy, object: &mut Object<'static>) {
    let row = policy.row;
    if object.get("@odata.type").is_none() && !row.graph_type.is_empty() {
        let known = match row.odata_types {
            [only] => only,
            _ => row.graph_type,
        };
        let name = format!("#microsoft.graph.{known}");
        first(object, "@odata.type", name);
    }
    if !row.list.is_empty() {
        let version = row.version.segment();
        let list = row.list.trim_start_matches('/');
        let context = format!("https://graph.microsoft.com/{version}/$metadata#{list}/$entity");
        first(object, "@odata.context", context);
    }
}

fn first(object: &mut Object<'static>, key: &'static str, text: String) {
    object.0.retain(|(known, _)| known != key);
    let value = Json::String(Cow::Owned(text));
    object.0.insert(0, (Cow::Borrowed(key), value));
}

/// Administrative templates: a definition that was read with its value becomes a reference to it,
/// which is what Graph takes, beside the words that IntuneManagement keeps.
fn bound(object: &mut Object<'static>) {
    let Some((_, values)) = object
        .0
        .iter_mut()
        .find(|(key, _)| key == "definitionValues")
    else {
        return;
    };
    for value in members(values) {
        let id = refer(
            value,
            "definition",
            "https://graph.microsoft.com/beta/deviceManagement/groupPolicyDefinitions('{}')",
            "#Definition_",
            &["id", "displayName", "classType", "categoryPath"],
        );
        let definition = id.or_else(|| {
            let bind = value.get("definition@odata.bind").and_then(Json::str)?;
            bind.rsplit('\'').nth(1).map(str::to_owned)
        });
        let Some(definition) = definition else {
            continue;
        };
        let path = format!(
            "https://graph.microsoft.com/beta/deviceManagement/groupPolicyDefinitions('{definition}')/presentations('{{}}')"
        );
        let presentations = value
            .0
            .iter_mut()
            .find(|(key, _)| key == "presentationValues");
        if let Some((_, values)) = presentations {
            for value in members(values) {
                refer(
                    value,
                    "presentation",
                    &path,
                    "#Presentation_",
                    &["id", "label"],
                );
            }
        }
    }
}

/// Replaces an expanded object by a reference and its words. Answers its id.
fn refer(
    value: &mut Object<'static>,
    key: &str,
    path: &str,
    prefix: &str,
    words: &[&str],
) -> Option<String> {
    let expanded = value.get(key)?.object()?.clone();
    let id = expanded.get("id").and_then(Json::str)?.to_owned();
    value.0.retain(|(known, _)| known != key);
    value.set(
        &format!("{key}@odata.bind"),
        Json::String(Cow::Owned(path.replace("{}", &id))),
    );
    for word in words {
        if let Some(text) = expanded.get(word) {
            let name = match *word {
                "id" => "Id",
                "label" => "Label",
                other => other,
            };
            value.set(&format!("{prefix}{name}"), text.clone());
        }
    }
    Some(id)
}

fn members<'v>(value: &'v mut Json<'static>) -> Vec<&'v mut Object<'static>> {
    let one = |value: &'v mut Json<'static>| match value {
        Json::Object(object) => Some(object),
        _ => None,
    };
    match value {
        Json::Array(items) => items.iter_mut().filter_map(one).collect(),
        other => one(other).into_iter().collect(),
    }
}

/// The admin centre's own form: its properties in its order, no assignments.
fn import(policy: &Policy, object: &mut Object<'static>) {
    if policy.row.id != "settingsCatalog" {
        object.0.retain(|(key, _)| key != "assignments");
        return;
    }
    let mut old = std::mem::take(&mut object.0);
    for wanted in IMPORT {
        if let Some(at) = old.iter().rposition(|(key, _)| key == wanted) {
            object.0.push(old.swap_remove(at));
        }
    }
}

/// `{"settings": […]}`
fn settings(object: &Object<'static>) -> Option<String> {
    let list = object
        .get("settings")
        .or_else(|| object.get("settingsDelta"))?;
    let members = vec![(Cow::Borrowed("settings"), list.clone())];
    Some(Json::Object(Object(members)).to_pretty())
}
