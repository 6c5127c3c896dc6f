//! Custom profiles: one OMA-URI and one value each. Graph: `omaSetting` and its derived types.

use std::sync::Arc;

use super::flatten::{At, Flat, scalar};
use super::intern::lower;
use super::names::HIDDEN;
use super::secrets::holds_secret;
use super::{Carrier, Value, decode_text};
use crate::json::{Json, Object};

impl Flat<'_> {
    /// Reads `omaSettings`. `path` is for elements without an address, which stay properties.
    pub fn oma_settings(&mut self, path: &mut String, value: &Json<'_>) {
        for element in value.elements() {
            let uri = element.object().and_then(|o| o.get_any_case("omaUri"));
            match (element.object(), uri.and_then(Json::str)) {
                (Some(object), Some(uri)) => self.oma(object, uri),
                _ => self.property(At::TOP, path, "omaSettings", element, false),
            }
        }
    }

    fn oma(&mut self, object: &Object<'_>, uri: &str) {
        let uri = uri.trim();
        let id = self.ids.lower(uri.strip_prefix("./").unwrap_or(uri));
        let index = self.push(At::TOP, id.clone(), Carrier::OmaUri, oma_value(object));
        self.label(object.get_any_case("displayName").and_then(Json::str));
        // The name of the file a value came from; a value that is an array stays whole below.
        if let Some(file) = object.get("fileName").and_then(Json::str)
            && !file.is_empty()
        {
            let id = self.ids.get(&format!("{id}/filename"));
            let value = Value::Text(Arc::from(file));
            self.push(At::TOP.below(index, 0), id, Carrier::OmaUri, value);
            self.label(Some("File name"));
        }
    }
}

fn oma_value(object: &Object<'_>) -> Value {
    if holds_secret(object) {
        return Value::Secret;
    }
    let Some(value) = object.get_any_case("value") else {
        return Value::Null;
    };
    let kind = object.get("@odata.type").and_then(Json::str).unwrap_or("");
    match value {
        Json::String(text) if text != HIDDEN && lower(kind).ends_with("stringxml") => {
            Value::Text(decode_text(text).map_or_else(|| Arc::from(text.as_ref()), Arc::from))
        }
        other => scalar(other).unwrap_or_else(|| Value::Text(Arc::from(other.to_text()))),
    }
}
