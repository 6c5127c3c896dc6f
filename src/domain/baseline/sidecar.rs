//! Files that go with another file: assignments, settings a second time, values without a policy.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::catalog::{Assigned, Row};
use crate::json::{Json, Object};

/// What stands beside the policies of one import.
#[derive(Default)]
pub(super) struct Sidecars {
    paths: HashSet<String>,
    assignments: HashMap<String, Json<'static>>,
}

impl Sidecars {
    pub(super) fn new<'p>(paths: impl Iterator<Item = &'p str>) -> Self {
        Self {
            paths: paths.map(str::to_ascii_lowercase).collect(),
            assignments: HashMap::new(),
        }
    }

    /// True for `<name>_Settings.json` beside `<name>.json`.
    pub(super) fn is_twin(&self, path: &str) -> bool {
        let path = path.to_ascii_lowercase();
        path.strip_suffix("_settings.json")
            .is_some_and(|owner| self.paths.contains(&format!("{owner}.json")))
    }

    pub(super) fn keep_assignments(&mut self, path: &str, root: &Json) {
        let list = root.get("value").unwrap_or(root).clone().into_owned();
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let owner = folder.rsplit_once('/').map_or("", |(above, _)| above);
        self.assignments
            .insert(format!("{owner}/{name}").to_ascii_lowercase(), list);
    }

    /// The document with the assignments that stand beside it; `None` when there are none to add.
    pub(super) fn complete(&self, path: &str, row: &Row, document: &Json) -> Option<Json<'static>> {
        if self.assignments.is_empty()
            || row.assigned == Assigned::Never
            || document.get("assignments").is_some()
        {
            return None;
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let list = self
            .assignments
            .get(&format!("{folder}/{name}").to_ascii_lowercase())?;
        match document.clone().into_owned() {
            Json::Object(mut object) => {
                object.set("assignments", list.clone());
                Some(Json::Object(object))
            }
            _ => None,
        }
    }
}

/// True for `…/Assignments/<name>.json`.
pub(super) fn is_assignments(path: &str) -> bool {
    path.rsplit('/')
        .nth(1)
        .is_some_and(|folder| folder.eq_ignore_ascii_case("assignments"))
}

/// True when every element has a target, and for an empty list.
pub(super) fn are_targets(root: &Json) -> bool {
    let list = root.get("value").unwrap_or(root);
    let elements = list.elements();
    elements.iter().all(|item| item.get("target").is_some())
}

/// True for the values of an administrative template without the policy around them.
pub(super) fn is_definition_values(items: &[Json]) -> bool {
    !items.is_empty()
        && items
            .iter()
            .all(|item| item.get("definition@odata.bind").is_some())
}

/// The policy around such values; its name is only in the file's.
pub(super) fn definition_values_policy<'a>(path: &str, items: &[Json<'a>]) -> Json<'a> {
    let member = |key: &'static str, value| (Cow::Borrowed(key), value);
    Json::Object(Object(vec![
        member(
            "@odata.type",
            Json::String(Cow::Borrowed("#microsoft.graph.groupPolicyConfiguration")),
        ),
        member(
            "displayName",
            Json::String(Cow::Owned(stem(path).to_owned())),
        ),
        member("definitionValues", Json::Array(items.to_vec())),
    ]))
}

/// File name without folder and extension.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
