//! What a document holds: one object, a list, other documents wrapped in a tool's own, or nothing.

use std::sync::Arc;

use super::wrapped::{self, Wrapped};
use super::{Dialect, Kind, Outcome, Reader, graph, migration_table, sidecar, skip};
use crate::catalog::Row;
use crate::json::Json;
use crate::policy;

impl Reader {
    /// Reads a JSON document by what its root is.
    pub(super) fn json(&mut self, path: &str, root: &Json, text: &Arc<str>) -> Outcome {
        if let Some(outcome) = self.sidecar(path, root) {
            return outcome;
        }
        match root {
            // A tool's text of a document, saved as one JSON string.
            Json::String(inner) => match Json::parse_lean(inner) {
                Ok(json @ (Json::Object(_) | Json::Array(_))) => {
                    self.json(path, &json, &Arc::from(inner.as_ref()))
                }
                Err(error) if inner.trim_start().starts_with(['{', '[']) => {
                    skip::not_json(path, &error)
                }
                _ => Outcome::NotAPolicy("a single text".to_owned()),
            },
            Json::Array(_) => self.whole_list(path, text),
            Json::Object(_) => self.object(path, root, text),
            _ => Outcome::NotAPolicy("a single value".to_owned()),
        }
    }

    fn object(&mut self, path: &str, root: &Json, text: &Arc<str>) -> Outcome {
        if let Some(names) = migration_table::names(root) {
            self.out.snapshot.names.extend(names);
            return Outcome::Read(Dialect::IntuneManagement);
        }
        if let Some(problem) = graph::error_body(root) {
            return Outcome::unreadable(
                "error",
                problem,
                "This is an answer of Graph that says what went wrong: export the object again.",
            );
        }
        match wrapped::open(root) {
            Ok(Some(wrapped)) => return self.wrapped(path, &wrapped),
            Ok(None) => {}
            Err((place, error)) => return skip::not_json_at(place, &error),
        }
        if graph::list(root).is_some() {
            return self.whole_list(path, text);
        }
        match self.detector.kind(root, "", path) {
            Kind::Object(row) => {
                self.policy(path, row, root, text);
                Outcome::Read(Dialect::of(root))
            }
            Kind::Group => {
                self.group(root);
                Outcome::Read(Dialect::of(root))
            }
            Kind::Other(why) => Outcome::NotAPolicy(why.to_owned()),
        }
    }

    /// Reads a list again with nothing left out: its objects' documents are cut out of it.
    fn whole_list(&mut self, path: &str, text: &str) -> Outcome {
        let root = match Json::parse(text) {
            Ok(root) => root,
            Err(error) => return skip::not_json(path, &error),
        };
        let Some((key, items)) = graph::list(&root) else {
            return self.list(path, root.elements(), "", "");
        };
        if root.get("@odata.nextLink").is_some() {
            self.finding(
                path,
                "@odata.nextLink".to_owned(),
                "The list goes on after this file: only its first page was saved.".to_owned(),
                "Export the pages that follow as well.".to_owned(),
            );
        }
        let context = root.str_at("@odata.context").unwrap_or_default();
        self.list(path, items, context, key)
    }

    /// Reads the objects of a list. Only when there is none is the file not a policy.
    fn list(&mut self, path: &str, items: &[Json], context: &str, key: &str) -> Outcome {
        if sidecar::is_definition_values(items) {
            let document = sidecar::definition_values_policy(path, items);
            let text: Arc<str> = document.to_text().into();
            if let Some(row) = crate::catalog::row("administrativeTemplates") {
                self.policy(path, row, &document, &text);
            }
            return Outcome::Read(Dialect::IntuneBackupAndRestore);
        }
        let mut read = 0;
        let mut why = "an empty list";
        let mut odd = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let place = format!("{path} › {key}[{at}]");
            let kind = match self.detector.kind(item, context, path) {
                // Starter kits list groups without an id.
                Kind::Other(_) if key == "groups" && item.str_at("displayName").is_some() => {
                    Kind::Group
                }
                kind => kind,
            };
            match kind {
                Kind::Object(row) => {
                    let text: Arc<str> = item.to_text().into();
                    self.policy(&place, row, item, &text);
                    read += 1;
                }
                Kind::Group => {
                    self.group(item);
                    read += 1;
                }
                Kind::Other(words) => {
                    why = words;
                    odd.push(format!("{key}[{at}]"));
                }
            }
        }
        if read == 0 {
            return Outcome::NotAPolicy(format!("a list: {why}"));
        }
        if let Some(place) = odd.first() {
            self.finding(
                path,
                place.clone(),
                format!(
                    "{} of {} elements are not policies.",
                    odd.len(),
                    items.len()
                ),
                "Nothing needs to be done if they were not meant to be compared.".to_owned(),
            );
        }
        Outcome::Read(match key {
            "groups" | "filters" => Dialect::HydrationKit,
            _ => Dialect::GraphList,
        })
    }

    /// Reads what a tool wrapped in its own document.
    fn wrapped(&mut self, path: &str, wrapped: &Wrapped) -> Outcome {
        for (id, name) in &wrapped.names {
            let names = &mut self.out.snapshot.names;
            names.insert(id.clone(), name.clone());
        }
        let mut odd = Vec::new();
        for item in &wrapped.items {
            let place = if item.place.is_empty() {
                path.to_owned()
            } else {
                format!("{path} › {}", item.place)
            };
            let text: Arc<str> = item.document.to_text().into();
            let kind = match self.detector.kind(&item.document, "", path) {
                Kind::Other(_) => self.detector.named(&item.kind, &item.document),
                kind => kind,
            };
            match kind {
                Kind::Object(row) => self.policy(&place, row, &item.document, &text),
                Kind::Group => self.group(&item.document),
                Kind::Other(_) => odd.push(item.place.clone()),
            }
        }
        if odd.len() == wrapped.items.len() && wrapped.names.is_empty() {
            return Outcome::NotAPolicy("a tool's document without a policy in it".to_owned());
        }
        if let Some(place) = odd.first() {
            self.finding(
                path,
                place.clone(),
                format!(
                    "{} of {} elements are of a kind that Plumbline does not know.",
                    odd.len(),
                    wrapped.items.len()
                ),
                "Export these objects with another tool, or as JSON from the admin centre."
                    .to_owned(),
            );
        }
        Outcome::Read(wrapped.dialect)
    }

    fn group(&mut self, group: &Json) {
        if let (Some(id), Some(name)) = (group.str_at("id"), group.str_at("displayName")) {
            let snapshot = &mut self.out.snapshot;
            snapshot.names.insert(id.to_owned(), name.to_owned());
            snapshot.groups.insert(id.to_owned(), group.to_text());
        }
    }

    pub(super) fn policy(
        &mut self,
        place: &str,
        row: &'static Row,
        document: &Json,
        text: &Arc<str>,
    ) {
        let path = place.split_once(" › ").map_or(place, |(path, _)| path);
        if let Some(text) = super::apple::held(document) {
            self.profiles.insert(text);
        }
        let policy = match self.sidecars.complete(path, row, document) {
            Some(whole) => {
                let text: Arc<str> = whole.to_text().into();
                policy::read_file(&mut self.ids, row, &whole, text, place, Vec::new())
            }
            None => policy::read_file(
                &mut self.ids,
                row,
                document,
                text.clone(),
                place,
                Vec::new(),
            ),
        };
        self.out.snapshot.policies.push(policy);
    }

    /// Handles a file that only goes with another one.
    fn sidecar(&mut self, path: &str, root: &Json) -> Option<Outcome> {
        if sidecar::is_assignments(path) && sidecar::are_targets(root) {
            self.sidecars.keep_assignments(path, root);
            return Some(Outcome::Read(Dialect::IntuneBackupAndRestore));
        }
        // The settings of an intent a second time: counted once. A policy can be called so, too.
        let named = ["displayName", "name"].map(|key| root.get(key).is_some());
        (named == [false, false] && self.sidecars.is_twin(path))
            .then_some(Outcome::Read(Dialect::IntuneManagement))
    }
}
