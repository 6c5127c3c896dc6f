//! Lists of objects: what Graph answers, and what starter kits are.

use super::{Dialect, Kind, Outcome, Reader, graph, sidecar, skip};
use crate::json::{Json, Reader as JsonReader};

/// What a list turned out to hold.
#[derive(Default)]
struct Found {
    all: usize,
    read: usize,
    /// Why the last of the others is no policy.
    why: &'static str,
    /// Places of the others.
    odd: Vec<String>,
}

impl Reader {
    /// Reads the objects of a list, which is a document's root or one of its members. `root` has OData's annotations left
    /// out, and each object's document is to have them: the text is read again, one object at a time, so that a list of
    /// thousands never stands in memory as one tree.
    pub(super) fn list(&mut self, path: &str, root: Json, text: &str) -> Outcome {
        let context = root.str_at("@odata.context").unwrap_or_default().to_owned();
        let (key, items) = graph::list(&root).unwrap_or(("", root.elements()));
        if sidecar::is_definition_values(items) {
            return self.definition_values(path, text);
        }
        if !key.is_empty() && root.get("@odata.nextLink").is_some() {
            self.finding(
                path,
                "@odata.nextLink".to_owned(),
                "The list goes on after this file: only its first page was saved.".to_owned(),
                "Export the pages that follow as well.".to_owned(),
            );
        }
        // Of members of one name the last counts.
        let named = |object: &crate::json::Object| object.iter().filter(|(k, _)| *k == key).count();
        let mut before = root.object().map_or(0, named);
        drop(root);
        let mut found = Found::default();
        let read = JsonReader::all(text, |file| {
            let mut one = |file: &mut JsonReader<'_>| {
                let item = file.value()?;
                self.item(path, &context, key, &item, &mut found);
                Ok(())
            };
            if key.is_empty() {
                return file.elements(one);
            }
            file.members(|file, name| {
                before -= usize::from(name == key);
                match name == key && before == 0 {
                    true => file.elements(&mut one),
                    false => file.skip().map(drop),
                }
            })
        });
        match read {
            Ok(()) => self.listed(path, key, found),
            Err(error) => skip::not_json(path, &error),
        }
    }

    fn definition_values(&mut self, path: &str, text: &str) -> Outcome {
        let root = match Json::parse(text) {
            Ok(root) => root,
            Err(error) => return skip::not_json(path, &error),
        };
        let items = graph::list(&root).map_or(root.elements(), |(_, items)| items);
        let document = sidecar::definition_values_policy(path, items);
        if let Some(row) = crate::catalog::row("administrativeTemplates") {
            self.policy(path, row, &document, &document.to_text());
        }
        Outcome::Read(Dialect::IntuneBackupAndRestore)
    }

    fn item(&mut self, path: &str, context: &str, key: &str, item: &Json, found: &mut Found) {
        let mut place = format!("{path} › {key}[{}]", found.all);
        found.all += 1;
        let kind = match self.detector.kind(item, context, path) {
            // Starter kits list groups without an id.
            Kind::Other(_) if key == "groups" && item.str_at("displayName").is_some() => {
                Kind::Group
            }
            kind => kind,
        };
        match kind {
            Kind::Object(row) => self.policy(&place, row, item, &item.to_text()),
            Kind::Group => self.group(item),
            Kind::Other(words) => {
                found.why = words;
                found.odd.push(place.split_off(path.len() + " › ".len()));
                return;
            }
        }
        found.read += 1;
    }

    /// Only when there is no policy among them is the file not one.
    fn listed(&mut self, path: &str, key: &str, found: Found) -> Outcome {
        if found.read == 0 {
            let why = if found.all == 0 {
                "an empty list"
            } else {
                found.why
            };
            return Outcome::NotAPolicy(format!("a list: {why}"));
        }
        if let Some(place) = found.odd.first() {
            self.finding(
                path,
                place.clone(),
                format!(
                    "{} of {} elements are not policies.",
                    found.odd.len(),
                    found.all
                ),
                "Nothing needs to be done if they were not meant to be compared.".to_owned(),
            );
        }
        Outcome::Read(match key {
            "groups" | "filters" => Dialect::HydrationKit,
            _ => Dialect::GraphList,
        })
    }
}
