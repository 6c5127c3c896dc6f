//! Writing a snapshot file.

use super::super::{Definition, FileCounts, Finding, Gap, Snapshot, Source, Tenant};
use super::{REASONS, VERSION};
use crate::arrange::Arrange;
use crate::json::{Reader, push_quoted};
use crate::policy::{Known, Policy};

/// The file's text. The same snapshot gives the same bytes.
pub fn write(snapshot: &Snapshot) -> String {
    part(snapshot, &snapshot.policies, true)
}

/// The text of a file with these policies of the snapshot, and what else it says, or nothing else.
pub(super) fn part(snapshot: &Snapshot, policies: &[Policy], else_too: bool) -> String {
    let size: usize = policies.iter().map(|policy| policy.raw.len() + 128).sum();
    let mut out = String::with_capacity(size + 65_536);
    out += &format!("{{\"plumblineSnapshot\":{VERSION}");
    if else_too {
        before(&mut out, snapshot);
    }
    list(&mut out, "policies", "\n", policies, write_policy);
    if else_too {
        after(&mut out, snapshot);
    }
    out.push_str("\n}\n");
    out
}

fn before(out: &mut String, snapshot: &Snapshot) {
    let Tenant { id, name, domain } = &snapshot.tenant;
    texts(
        out,
        ",\n",
        &[
            ("label", &snapshot.label),
            ("source", source_name(snapshot.source)),
            ("takenAt", &snapshot.taken_at),
        ],
    );
    *out += ",\n\"tenant\":";
    object(out, &[("id", id), ("name", name), ("domain", domain)]);
    list(out, "coverage", "", &snapshot.coverage, |out, read| {
        texts(out, "{", &[("row", &read.row)]);
        *out += &format!(",\"read\":{}", read.read);
        if let Some(gap) = &read.gap {
            *out += ",\"gap\":";
            write_gap(out, gap);
        }
        out.push('}');
    });
}

fn after(out: &mut String, snapshot: &Snapshot) {
    let definitions = sorted(snapshot.definitions.iter());
    map(out, "definitions", &definitions, |out, definition| {
        write_definition(out, definition);
    });
    let names = sorted(snapshot.names.iter());
    map(out, "names", &names, |out, name| push_quoted(out, name));
    let groups = sorted(snapshot.groups.iter());
    if !groups.is_empty() {
        map(out, "groups", &groups, |out, group| out.push_str(group));
    }
    let FileCounts {
        given,
        read,
        not_policy,
        unreadable,
    } = snapshot.files;
    *out += &format!(
        ",\n\"files\":{{\"given\":{given},\"read\":{read},\"not_policy\":{not_policy},\"unreadable\":{unreadable}}}"
    );
    list(out, "findings", "", &snapshot.findings, |out, finding| {
        let Finding {
            file,
            place,
            problem,
            remedy,
        } = finding;
        object(
            out,
            &[
                ("file", file),
                ("place", place),
                ("problem", problem),
                ("remedy", remedy),
            ],
        );
    });
}

/// Members that are texts, the first after `before`, the others after a comma or, in the file's own object, on lines
/// of their own.
fn texts(out: &mut String, before: &str, members: &[(&str, &str)]) {
    let between = if before == "{" { "," } else { before };
    for (number, (name, text)) in members.iter().enumerate() {
        *out += if number == 0 { before } else { between };
        push_quoted(out, name);
        out.push(':');
        push_quoted(out, text);
    }
}

fn object(out: &mut String, members: &[(&str, &str)]) {
    texts(out, "{", members);
    out.push('}');
}

/// A member of the file's own object that is an array; each of its elements after `before`.
fn list<T>(
    out: &mut String,
    name: &str,
    before: &str,
    items: &[T],
    mut one: impl FnMut(&mut String, &T),
) {
    *out += &format!(",\n\"{name}\":[");
    for (number, item) in items.iter().enumerate() {
        *out += if number == 0 { "" } else { "," };
        *out += before;
        one(out, item);
    }
    out.push(']');
}

/// Members in the order of their names: the same snapshot, the same bytes.
fn sorted<'s, T>(members: impl Iterator<Item = (&'s String, T)>) -> Vec<(&'s String, T)> {
    let mut members: Vec<_> = members.collect();
    members.arrange_by(|a, b| a.0.cmp(b.0));
    members
}

/// A member of the file's own object that is an object with any names.
fn map<T>(
    out: &mut String,
    name: &str,
    members: &[(&String, T)],
    mut one: impl FnMut(&mut String, &T),
) {
    *out += &format!(",\n\"{name}\":{{");
    for (number, (name, value)) in members.iter().enumerate() {
        *out += if number == 0 { "" } else { "," };
        push_quoted(out, name);
        out.push(':');
        one(out, value);
    }
    out.push('}');
}

fn write_gap(out: &mut String, gap: &Gap) {
    let name = REASONS.iter().find(|(reason, _)| *reason == gap.reason);
    let reason = ("reason", name.map_or("notRead", |(_, name)| *name));
    match gap.detail.as_str() {
        "" => object(out, &[reason]),
        detail => object(out, &[reason, ("detail", detail)]),
    }
}

fn write_definition(out: &mut String, definition: &Definition) {
    texts(
        out,
        "{",
        &[
            ("name", &definition.name),
            ("description", &definition.description),
            ("category", &definition.category),
            ("csp", &definition.csp),
        ],
    );
    *out += ",\"options\":[";
    for (number, (id, name)) in definition.options.iter().enumerate() {
        *out += if number == 0 { "[" } else { ",[" };
        push_quoted(out, id);
        out.push(',');
        push_quoted(out, name);
        out.push(']');
    }
    out.push_str("]}");
}

fn write_policy(out: &mut String, policy: &Policy) {
    let mut gaps: Vec<(&str, &Gap)> = policy
        .gaps
        .iter()
        .map(|(name, gap)| (name.as_str(), gap))
        .collect();
    // Empty: the content as a whole. It is what the settings are read from.
    if let Known::No(gap) = &policy.settings {
        gaps.insert(0, ("", gap));
    }
    if let Known::No(gap) = &policy.assignments {
        gaps.push(("assignments", gap));
    }
    texts(out, "{", &[("row", policy.row.id)]);
    if !policy.place.is_empty() {
        texts(out, ",", &[("place", &policy.place)]);
    }
    for (number, (name, gap)) in gaps.iter().enumerate() {
        *out += if number == 0 { ",\"gaps\":[[" } else { ",[" };
        push_quoted(out, name);
        out.push(',');
        write_gap(out, gap);
        out.push(']');
    }
    if !gaps.is_empty() {
        out.push(']');
    }
    if Reader::all(&policy.raw, Reader::skip).is_ok() {
        // A line break inside would be harmless; outside of strings it is only noise.
        out.push_str(",\"document\":");
        out.push_str(policy.raw.trim());
    } else {
        texts(out, ",", &[("text", &policy.raw)]);
    }
    out.push('}');
}

const fn source_name(source: Source) -> &'static str {
    match source {
        Source::Files => "files",
        Source::Tenant => "tenant",
        Source::Saved => "saved",
        Source::Demo => "demo",
    }
}
