//! Graph's own shapes around objects: lists and error bodies.

use crate::json::Json;

/// Properties that hold a list of objects: Graph's, and those of starter kits.
const LISTS: [&str; 3] = ["value", "groups", "filters"];

/// The list that a document is, with the property it stands in.
pub(super) fn list<'j, 'a>(root: &'j Json<'a>) -> Option<(&'static str, &'j [Json<'a>])> {
    let object = root.object()?;
    LISTS.iter().find_map(|key| {
        // An object with a name of its own that has such a property is not a list.
        let own = ["displayName", "name", "@odata.type"];
        if own.iter().any(|key| object.get(key).is_some()) {
            return None;
        }
        Some((*key, object.get(key)?.array()?))
    })
}

/// The message of an error that a tool saved instead of an object.
pub(super) fn error_body(root: &Json) -> Option<String> {
    let error = root.get("error")?;
    let code = error.str_at("code")?;
    let message = error.str_at("message").unwrap_or_default();
    Some(format!(
        "The file holds an error of Microsoft Graph: {code} {}",
        crate::problem::cut(message, 200)
    ))
}
