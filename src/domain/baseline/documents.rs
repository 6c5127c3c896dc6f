//! What a document holds: one object, a list, other documents wrapped in a tool's own, or nothing.

use super::wrapped::{self, Wrapped};
use super::{Dialect, Kind, Outcome, Reader, graph, migration_table, sidecar, skip};
use crate::catalog::Row;
use crate::json::Json;
use crate::policy;

impl Reader {
    /// Reads a JSON document by what its root is.
    pub(super) fn json(&mut self, path: &str, root: Json, text: &str) -> Outcome {
        if let Some(outcome) = self.sidecar(path, &root) {
            return outcome;
        }
        match root {
            // A tool's text of a document, saved as one JSON string.
            Json::String(inner) => match Json::parse_lean(&inner) {
                Ok(json @ (Json::Object(_) | Json::Array(_))) => self.json(path, json, &inner),
                Err(error) if inner.trim_start().starts_with(['{', '[']) => {
                    skip::not_json(path, &error)
                }
                _ => Outcome::NotAPolicy("a single text".to_owned()),
            },
            Json::Array(_) => self.list(path, root, text),
            Json::Object(_) => self.object(path, root, text),
            _ => Outcome::NotAPolicy("a single value".to_owned()),
        }
    }

    fn object(&mut self, path: &str, root: Json, text: &str) -> Outcome {
        if let Some(names) = migration_table::names(&root) {
            self.out.snapshot.names.extend(names);
            return Outcome::Read(Dialect::IntuneManagement);
        }
        if let Some(problem) = graph::error_body(&root) {
            return Outcome::unreadable(
                "error",
                problem,
                "This is an answer of Graph that says what went wrong: export the object again.",
            );
        }
        match wrapped::open(&root) {
            Ok(Some(wrapped)) => return self.wrapped(path, &wrapped),
            Ok(None) => {}
            Err((place, error)) => return skip::not_json_at(place, &error),
        }
        if graph::list(&root).is_some() {
            return self.list(path, root, text);
        }
        match self.detector.kind(&root, "", path) {
            Kind::Object(row) => {
                self.policy(path, row, &root, text);
                Outcome::Read(Dialect::of(&root))
            }
            Kind::Group => {
                self.group(&root);
                Outcome::Read(Dialect::of(&root))
            }
            Kind::Other(why) => Outcome::NotAPolicy(why.to_owned()),
        }
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
            let text = item.document.to_text();
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

    pub(super) fn group(&mut self, group: &Json) {
        if let (Some(id), Some(name)) = (group.str_at("id"), group.str_at("displayName")) {
            let snapshot = &mut self.out.snapshot;
            snapshot.names.insert(id.to_owned(), name.to_owned());
            snapshot.groups.insert(id.to_owned(), group.to_text());
        }
    }

    pub(super) fn policy(&mut self, place: &str, row: &'static Row, document: &Json, text: &str) {
        let path = place.split_once(" › ").map_or(place, |(path, _)| path);
        if let Some(text) = super::apple::held(document) {
            self.profiles.insert(text);
        }
        let policy = match self.sidecars.complete(path, row, document) {
            Some(whole) => {
                let text = whole.to_text().into();
                policy::read_file(&mut self.ids, row, &whole, text, place, Vec::new())
            }
            None => {
                let text = text.into();
                policy::read_file(&mut self.ids, row, document, text, place, Vec::new())
            }
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
