//! The events as a list: found, ordered, cut into windows; and one of them whole.

use super::{AuditEvent, Change, Resource, Trail};
use crate::arrange::Arrange;
use crate::diff::lines;
use crate::protocol::{
    AuditChange, AuditDetail, AuditLine, AuditLog, AuditQuery, AuditResource, AuditWindow,
};

impl Trail {
    /// The part of the list that a screen asks for.
    pub fn window(&self, query: &AuditQuery) -> AuditWindow {
        let words = query.text.split_whitespace();
        let words: Vec<String> = words.map(str::to_lowercase).collect();
        let shown = |event: &AuditEvent| {
            query.log.is_none_or(|log| event.log == log)
                && (!query.failed || event.failed)
                && (query.about.is_empty() || names(event, &query.about))
                && (words.is_empty() || has(event, &words))
        };
        let all = (0u32..).zip(&self.events);
        let mut found: Vec<(u32, &AuditEvent)> = all.filter(|(_, event)| shown(event)).collect();
        let (column, down) = match query.sort.strip_prefix('-') {
            Some(column) => (column, true),
            None => (query.sort.as_str(), false),
        };
        let key = |event: &AuditEvent| match column {
            "who" => event.actor.name.to_lowercase(),
            "what" => event.activity.to_lowercase(),
            "object" => object(event).0.to_lowercase(),
            _ => event.at.clone(),
        };
        // As they are kept: the newest first.
        if !matches!(query.sort.as_str(), "" | "-at") {
            found.arrange_by_cached_key(|(_, event)| key(event));
            if down {
                found.reverse();
            }
        }
        let from = (query.from as usize).min(found.len());
        let rows = found.iter().skip(from).take(query.count as usize);
        AuditWindow {
            total: self.events.len() as u32,
            matching: found.len() as u32,
            from: from as u32,
            lines: rows.map(|(index, event)| line(*index, event)).collect(),
        }
    }

    /// An event, by its number in [`AuditLine::index`].
    pub fn detail(&self, index: u32) -> Option<AuditDetail> {
        let event = self.events.get(index as usize)?;
        Some(AuditDetail {
            line: line(index, event),
            through: event.actor.through.clone(),
            facts: [
                ("Category", &event.category),
                ("Component", &event.component),
                ("Operation", &event.operation),
                ("Result", &event.result),
                ("Correlation id", &event.correlation),
            ]
            .map(|(name, text)| (name.to_owned(), text.clone()))
            .into(),
            resources: event.resources.iter().map(resource).collect(),
        })
    }
}

fn names(event: &AuditEvent, id: &str) -> bool {
    let mut resources = event.resources.iter();
    resources.any(|resource| resource.id.eq_ignore_ascii_case(id))
}

fn has(event: &AuditEvent, words: &[String]) -> bool {
    let mut text = format!(
        "{}\n{}\n{}\n{}\n",
        event.actor.name, event.actor.through, event.activity, event.category
    );
    for resource in &event.resources {
        text.push_str(&resource.name);
        text.push('\n');
        text.push_str(&resource.kind);
        text.push('\n');
    }
    let text = text.to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

/// Name and type of the first object with a name.
fn object(event: &AuditEvent) -> (&str, &str) {
    let named = event.resources.iter().find(|one| !one.name.is_empty());
    let first = named.or(event.resources.first());
    first.map_or(("", ""), |one| (one.name.as_str(), one.kind.as_str()))
}

fn line(index: u32, event: &AuditEvent) -> AuditLine {
    let (object, kind) = object(event);
    AuditLine {
        index,
        intune: event.log == AuditLog::Intune,
        at: event.at.clone(),
        who: event.actor.name.clone(),
        app: event.actor.app,
        what: event.activity.clone(),
        object: object.to_owned(),
        kind: kind.to_owned(),
        more: (event.resources.len() as u32).saturating_sub(1),
        failed: event.failed,
    }
}

fn resource(of: &Resource) -> AuditResource {
    AuditResource {
        id: of.id.clone(),
        name: of.name.clone(),
        kind: of.kind.clone(),
        changes: of.changes.iter().map(change).collect(),
    }
}

/// Values of several lines are shown line by line.
fn change(of: &Change) -> AuditChange {
    let (before, after) = (of.before.as_deref(), of.after.as_deref());
    let (old, new) = (before.unwrap_or_default(), after.unwrap_or_default());
    let long = old.contains('\n') || new.contains('\n');
    AuditChange {
        name: of.name.clone(),
        before: of.before.clone().filter(|_| !long),
        after: of.after.clone().filter(|_| !long),
        lines: if long {
            lines::diff(old, new)
        } else {
            Vec::new()
        },
    }
}
