//! From a document, children inlined, to a [`Policy`].

use std::sync::Arc;

use super::{Known, Policy, assignments, dates};
use crate::catalog::{PlatformFrom, Platforms, Row, UNKNOWN};
use crate::json::{Json, Object};
use crate::setting::{Interner, Noise, flatten, flatten_with, has_secrets, hide_secrets};
use crate::snapshot::{Gap, Reason};

/// Reads a document as a policy of this row. It cannot fail: what is not there is unknown.
///
/// `raw` is the document's text. `place` is the path in the dropped files, empty for a tenant.
/// `gaps` are what could not be read of it: the child's name (`assignments`, `settings`,
/// `definitionValues` …, or empty for the item itself) and the reason.
/// Reading many? Use [`read_with`] and keep the interner.
pub fn read(
    row: &'static Row,
    document: &Json<'_>,
    raw: Arc<str>,
    place: &str,
    gaps: Vec<(String, Gap)>,
) -> Policy {
    read_with(&mut Interner::default(), row, document, raw, place, gaps)
}

/// As [`read`], with the ids of settings shared between all policies of one interner.
pub fn read_with(
    ids: &mut Interner,
    row: &'static Row,
    document: &Json<'_>,
    raw: Arc<str>,
    place: &str,
    mut gaps: Vec<(String, Gap)>,
) -> Policy {
    let empty = Object::default();
    let object = document.object().unwrap_or(&empty);
    let odata_type = text(object, "@odata.type")
        .trim_start_matches('#')
        .trim_start_matches("microsoft.graph.")
        .to_owned();
    let assignments = match take(&mut gaps, |name| name == "assignments") {
        Some(gap) => Known::No(gap),
        None => assignments::assignments(row, object, !place.is_empty()),
    };
    let settings = match take(&mut gaps, |name| name.is_empty() || carries(row, name)) {
        Some(gap) => Known::No(gap),
        None if lacks_settings(row, object) => Known::No(Gap {
            reason: if place.is_empty() {
                Reason::NotRead
            } else {
                Reason::NotInFile
            },
            detail: String::new(),
        }),
        None => Known::Yes(flatten(row, type_name(row, &odata_type), document, ids)),
    };
    Policy {
        row,
        id: Some(text(object, "id").to_owned()).filter(|id| !id.is_empty()),
        name: name(row, object, place),
        description: text(object, "description").to_owned(),
        platforms: platforms(row, object, &odata_type),
        created: dates::normalise(text(object, "createdDateTime")),
        modified: match dates::normalise(text(object, "lastModifiedDateTime")) {
            none if none.is_empty() => dates::normalise(text(object, "modifiedDateTime")),
            date => date,
        },
        scope_tags: scope_tags(row, object),
        odata_type,
        assignments,
        settings,
        gaps,
        place: place.to_owned(),
        raw,
    }
}

/// As [`read_with`], of a document that a file brought: no secret in it is kept, so that none can be shown or written.
pub fn read_file(
    ids: &mut Interner,
    row: &'static Row,
    document: &Json<'_>,
    raw: Arc<str>,
    place: &str,
    gaps: Vec<(String, Gap)>,
) -> Policy {
    let guess = row.id == UNKNOWN.id;
    if has_secrets(document, guess)
        && let Ok(mut whole) = Json::parse(&raw)
        && hide_secrets(&mut whole, guess) > 0
    {
        let raw = whole.to_text().into();
        return read_with(ids, row, &whole, raw, place, gaps);
    }
    read_with(ids, row, document, raw, place, gaps)
}

/// The policy with more of its document among its settings. The same where the document cannot be read.
pub fn reread(ids: &mut Interner, policy: &Policy, keep: Noise) -> Policy {
    let mut policy = policy.clone();
    let raw = Arc::clone(&policy.raw);
    if let (Known::Yes(settings), Ok(document)) = (&mut policy.settings, Json::parse(&raw)) {
        let name = type_name(policy.row, &policy.odata_type);
        *settings = flatten_with(policy.row, name, &document, ids, keep);
    }
    policy
}

fn text<'a>(object: &'a Object<'_>, key: &str) -> &'a str {
    object.get_any_case(key).and_then(Json::str).unwrap_or("")
}

/// Takes the first gap whose name fits out of the list.
fn take(gaps: &mut Vec<(String, Gap)>, fits: impl Fn(&str) -> bool) -> Option<Gap> {
    let at = gaps.iter().position(|(name, _)| fits(name))?;
    Some(gaps.remove(at).1)
}

/// True for a child without which the policy's settings are not whole.
fn carries(row: &Row, child: &str) -> bool {
    matches!(
        child,
        "settings" | "definitionValues" | "presentationValues"
    ) && row.children.iter().any(|known| known.name == child)
}

/// True when the settings of this type are a child, and the document has none.
fn lacks_settings(row: &Row, object: &Object<'_>) -> bool {
    row.children.iter().any(|child| {
        let present = |key| object.get(key).is_some_and(|value| !value.is_null());
        !child.optional
            && match child.name {
                "settings" => !present("settings") && !present("settingsDelta"),
                "definitionValues" => !present("definitionValues"),
                _ => false,
            }
    })
}

/// The first segment of property ids: a type that has no derived types is always called the same,
/// whether or not the export kept `@odata.type`.
fn type_name<'a>(row: &'a Row, odata_type: &'a str) -> &'a str {
    match row.odata_types {
        [] if !row.graph_type.is_empty() => row.graph_type,
        [only] => only,
        _ if odata_type.is_empty() => row.graph_type,
        _ => odata_type,
    }
}

fn name(row: &Row, object: &Object<'_>, place: &str) -> String {
    if row.name_property.is_empty() {
        return row.name.to_owned();
    }
    let file = place.rsplit('/').next().unwrap_or("");
    let file = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    [
        text(object, row.name_property),
        text(object, "displayName"),
        text(object, "name"),
        file,
    ]
    .into_iter()
    .find(|name| !name.trim().is_empty())
    .map_or_else(
        || numbered(row, text(object, "id")),
        |name| match is_guid(name) || name == text(object, "id") {
            true => numbered(row, name),
            false => name.to_owned(),
        },
    )
}

/// What has no name but an id: the type says what it is.
fn numbered(row: &Row, id: &str) -> String {
    match id.trim() {
        "" => row.name.to_owned(),
        id => format!("{} {id}", row.name),
    }
}

fn is_guid(text: &str) -> bool {
    let fits = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.bytes().enumerate().all(fits)
}

fn platforms(row: &Row, object: &Object<'_>, odata_type: &str) -> Platforms {
    match row.platform {
        PlatformFrom::Fixed(platforms) => platforms,
        PlatformFrom::OdataType if odata_type.is_empty() => Platforms::from_prefix(row.graph_type),
        PlatformFrom::OdataType => Platforms::from_prefix(odata_type),
        PlatformFrom::Property(property) => object
            .get_any_case(property)
            .map_or(&[][..], Json::elements)
            .iter()
            .filter_map(Json::str)
            .map(Platforms::from_names)
            .fold(Platforms::ALL, Platforms::and),
    }
}

fn scope_tags(row: &Row, object: &Object<'_>) -> Vec<String> {
    [row.scope_tags, "roleScopeTagIds", "roleScopeTags"]
        .into_iter()
        .filter(|property| !property.is_empty())
        .find_map(|property| object.get_any_case(property))
        .map_or(&[][..], Json::elements)
        .iter()
        .filter_map(|tag| match tag {
            Json::String(tag) => Some(tag.as_ref().to_owned()),
            Json::Int(tag) => Some(tag.to_string()),
            _ => None,
        })
        .collect()
}
