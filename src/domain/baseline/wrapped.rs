//! Documents of other tools with Graph's objects inside: CIPP, IntuneShade, InToolz.

use std::borrow::Cow;

use super::Dialect;
use crate::json::{Json, JsonError, Object};

/// What such a document holds.
pub(super) struct Wrapped {
    pub dialect: Dialect,
    pub items: Vec<Item>,
    /// Ids and names of groups and filters that come with it.
    pub names: Vec<(String, String)>,
}

/// One object of Graph.
pub(super) struct Item {
    pub document: Json<'static>,
    /// The tool's own word for what it is; may be empty.
    pub kind: String,
    /// Where in the document; empty: it is the only one.
    pub place: String,
}

/// JSON inside of a text that is broken: in which member, and how.
type Broken = (&'static str, JsonError);

/// Opens a document of one of these tools. `None`: it is none of them.
pub(super) fn open(root: &Json) -> Result<Option<Wrapped>, Broken> {
    if let Some(template) = cipp(root)? {
        return Ok(Some(template));
    }
    Ok(shade(root).or_else(|| toolz(root)))
}

/// A row of CIPP's template store, or the template inside of one.
///
/// `{"PartitionKey", "RowKey", "JSON": "{\"Displayname\", \"RAWJson\": \"…\", \"Type\"}"}`
fn cipp(root: &Json) -> Result<Option<Wrapped>, Broken> {
    let row = root.get("PartitionKey").is_some();
    let inner = match root.str_at("JSON") {
        Some(text) if row => Some(Json::parse(text).map_err(|error| ("JSON", error))?),
        _ => None,
    };
    let template = inner.as_ref().unwrap_or(root);
    let Some(object) = template.object() else {
        return Ok(None);
    };
    let text = |key| object.get_any_case(key).and_then(Json::str);
    let (document, kind) = match text("RAWJson") {
        Some(raw) => {
            let place = if row { "JSON › RAWJson" } else { "RAWJson" };
            let policy = Json::parse(raw).map_err(|error| (place, error))?;
            (policy.into_owned(), text("Type").unwrap_or_default())
        }
        // A row of another kind holds the object itself (Conditional Access, groups).
        None if row && inner.is_some() => (template.clone().into_owned(), ""),
        None => return Ok(None),
    };
    let kind = match kind {
        "Catalog" => "configurationPolicies",
        "Device" => "deviceConfigurations",
        "Admin" => "groupPolicyConfigurations",
        other => other,
    };
    let name = text("Displayname");
    let item = Item {
        document: named(values(document), name, text("Description")),
        kind: kind.to_owned(),
        place: String::new(),
    };
    Ok(Some(Wrapped {
        dialect: Dialect::Cipp,
        items: vec![item],
        names: Vec::new(),
    }))
}

/// An administrative template as the call that sets its values: `{"added": [ … ]}`.
fn values(document: Json<'static>) -> Json<'static> {
    match document {
        Json::Object(Object(members)) if members.iter().any(|(key, _)| key == "added") => {
            let wanted = members.into_iter().filter(|(key, _)| key == "added");
            let values = wanted.map(|(_, value)| (Cow::Borrowed("definitionValues"), value));
            Json::Object(Object(values.collect()))
        }
        other => other,
    }
}

/// The object with a name, when it has none.
fn named(document: Json<'static>, name: Option<&str>, words: Option<&str>) -> Json<'static> {
    let Json::Object(mut object) = document else {
        return document;
    };
    for (keys, value) in [
        (&["displayName", "name"][..], name),
        (&["description"], words),
    ] {
        let has = |key: &&str| object.get_any_case(key).and_then(Json::str).is_some();
        if let (false, Some(value), Some(key)) = (keys.iter().any(has), value, keys.first()) {
            object.set(key, Json::String(Cow::Owned(value.to_owned())));
        }
    }
    Json::Object(object)
}

/// `{"_exportedBy": "IntuneShade", "groups": [], "filters": [], "policies": [{"_policyType", …}]}`
fn shade(root: &Json) -> Option<Wrapped> {
    let by = root.str_at("_exportedBy")?;
    let policies = root.get("policies")?.elements();
    if !by.eq_ignore_ascii_case("IntuneShade") {
        return None;
    }
    let mut names = Vec::new();
    let mut items = Vec::new();
    for list in ["groups", "filters"] {
        let elements = root.get(list).map_or(&[][..], Json::elements);
        for (at, element) in elements.iter().enumerate() {
            if let (Some(id), Some(name)) = (element.str_at("id"), element.str_at("displayName")) {
                names.push((id.to_owned(), name.to_owned()));
            }
            if element.get("rule").is_some() {
                items.push(Item {
                    document: element.clone().into_owned(),
                    kind: "assignmentFilters".to_owned(),
                    place: format!("{list}[{at}]"),
                });
            }
        }
    }
    for (at, element) in policies.iter().enumerate() {
        let kind = element.str_at("_policyType").unwrap_or_default().to_owned();
        let mut document = element.clone().into_owned();
        if let Json::Object(Object(members)) = &mut document {
            members.retain(|(key, _)| !key.starts_with('_'));
        }
        items.push(Item {
            document,
            kind,
            place: format!("policies[{at}]"),
        });
    }
    Some(Wrapped {
        dialect: Dialect::IntuneShade,
        items,
        names,
    })
}

/// `{"ExportedAt", "TenantName", "Items": [{"Name", "Type", "Id", "Description", "PolicyData"}]}`
fn toolz(root: &Json) -> Option<Wrapped> {
    let list = root.get("Items")?.array()?;
    root.get("ExportedAt")?;
    let mut items = Vec::new();
    for (at, element) in list.iter().enumerate() {
        let data = element.get("PolicyData")?;
        let data = match data.str().map(Json::parse) {
            Some(Ok(parsed)) => parsed.into_owned(),
            _ => data.clone().into_owned(),
        };
        items.push(Item {
            document: named(data, element.str_at("Name"), element.str_at("Description")),
            kind: element.str_at("Type").unwrap_or_default().to_owned(),
            place: format!("Items[{at}]"),
        });
    }
    Some(Wrapped {
        dialect: Dialect::InToolz,
        items,
        names: Vec::new(),
    })
}
