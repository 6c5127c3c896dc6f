//! What an export says of itself, and the table of groups that IntuneManagement reads.

use std::borrow::Cow;

use super::{Exported, Form};
use crate::json::{Json, Object};
use crate::policy::Policy;
use crate::snapshot::Snapshot;

/// A policy that was written.
pub(super) struct Line<'p> {
    pub file: String,
    pub policy: &'p Policy,
    pub secrets: u32,
}

fn text(value: &str) -> Json<'static> {
    Json::String(Cow::Owned(value.to_owned()))
}

fn object(members: Vec<(&'static str, Json<'static>)>) -> Json<'static> {
    let members = members.into_iter();
    Json::Object(Object(
        members
            .map(|(key, value)| (Cow::Borrowed(key), value))
            .collect(),
    ))
}

fn number(value: u32) -> Json<'static> {
    Json::Int(i64::from(value))
}

/// `manifest.json`: each file with its policy, what was left out, and how many secrets.
pub(super) fn write(snapshot: &Snapshot, form: Form, lines: &[Line<'_>], out: &Exported) -> String {
    let mut lines: Vec<&Line<'_>> = lines.iter().collect();
    crate::arrange::Arrange::arrange_by(lines.as_mut_slice(), |a, b| a.file.cmp(&b.file));
    let policies = lines.iter().map(|line| {
        let mut members = vec![
            ("file", text(&line.file)),
            ("type", text(line.policy.row.name)),
            ("name", text(&line.policy.name)),
        ];
        if let Some(id) = &line.policy.id {
            members.push(("id", text(id)));
        }
        if line.secrets > 0 {
            members.push(("secretsLeftOut", number(line.secrets)));
        }
        if line.policy.assignments.get().is_none() {
            members.push(("assignments", text("unknown")));
        }
        object(members)
    });
    let left_out = out.left_out.iter().map(|one| {
        object(vec![
            ("type", text(one.kind)),
            ("name", text(&one.name)),
            ("why", text(one.why)),
        ])
    });
    object(vec![
        ("plumblineExport", Json::Int(1)),
        ("form", text(form.id())),
        ("source", text(&snapshot.label)),
        ("takenAt", text(&snapshot.taken_at)),
        ("policies", Json::Array(policies.collect())),
        ("leftOut", Json::Array(left_out.collect())),
        ("secretsLeftOut", number(out.secrets)),
        (
            "secrets",
            text("Secrets are never written: each stands as \u{201c}Hidden (secret)\u{201d} and has to be entered again before an import."),
        ),
    ])
    .to_pretty()
}

/// `MigrationTable.json`: what the ids of groups are called.
pub(super) fn migration_table(snapshot: &Snapshot, groups: &[(String, String)]) -> String {
    let objects = groups.iter().map(|(id, name)| {
        object(vec![
            ("DisplayName", text(name)),
            ("Id", text(id)),
            ("Type", text("Group")),
        ])
    });
    object(vec![
        ("TenantId", text(&snapshot.tenant.id)),
        ("Organization", text(&snapshot.tenant.name)),
        ("Objects", Json::Array(objects.collect())),
    ])
    .to_pretty()
}
