//! Reading a snapshot file.

use super::super::{
    Definition, FileCounts, Finding, Gap, Reason, Snapshot, Source, Tenant, TypeRead,
};
use super::{OpenError, REASONS, VERSION, is_snapshot};
use crate::catalog::{self, UNKNOWN};
use crate::json::{Flaw, Json, JsonError, Object, Reader};
use crate::policy::{self, Policy};
use crate::setting::Interner;

/// Reads a file's text. `source` is what the snapshot is from now on ([`Source::Saved`], [`Source::Demo`]).
pub fn read(text: &str, source: Source) -> Result<Snapshot, OpenError> {
    let mut snapshot = Snapshot {
        source,
        ..Snapshot::default()
    };
    into(&mut snapshot, &mut Interner::default(), text)?;
    Ok(snapshot)
}

/// Reads a file's text into a snapshot: its policies after those that are there, in place of everything else what the text
/// says of it.
pub(super) fn into(
    snapshot: &mut Snapshot,
    ids: &mut Interner,
    text: &str,
) -> Result<(), OpenError> {
    if !is_snapshot(text) {
        return Err(OpenError::NotASnapshot);
    }
    let text = text.trim_start_matches('\u{feff}');
    let mut newer = None;
    let whole = Reader::all(text, |file| {
        file.members(|file, name| {
            match &*name {
                "plumblineSnapshot" => match u32::try_from(file.int()?) {
                    Ok(version) if version <= VERSION => {}
                    version => {
                        newer = Some(version.unwrap_or(u32::MAX));
                        // What follows may be anything.
                        return Err(Flaw::Kind);
                    }
                },
                "policies" => file.elements(|file| {
                    snapshot.policies.push(read_policy(ids, file)?);
                    Ok(())
                })?,
                name => rest(snapshot, name, &file.value()?),
            }
            Ok(())
        })
    });
    match (newer, whole) {
        (Some(version), _) => Err(OpenError::Newer(version)),
        (None, Ok(())) => Ok(()),
        (None, Err(JsonError { line, column, .. })) => Err(OpenError::Damaged(line, column)),
    }
}

type Read<T> = Result<T, Flaw>;

/// A member of the file's own object.
fn rest(snapshot: &mut Snapshot, name: &str, value: &Json<'_>) {
    let text = || value.str().unwrap_or_default().to_owned();
    let items = || value.array().unwrap_or_default().iter();
    let members = || value.object().into_iter().flat_map(Object::iter);
    match name {
        "label" => snapshot.label = text(),
        "takenAt" => snapshot.taken_at = text(),
        "tenant" => {
            snapshot.tenant = Tenant {
                id: text_at(value, "id"),
                name: text_at(value, "name"),
                domain: text_at(value, "domain"),
            };
        }
        "coverage" => snapshot.coverage = items().map(read_type).collect(),
        "definitions" => {
            let read = |(id, line): (&str, &Json<'_>)| (id.to_owned(), read_definition(line));
            snapshot.definitions = members().map(read).collect();
        }
        "names" => {
            let named =
                |(id, name): (&str, &Json<'_>)| Some((id.to_owned(), name.str()?.to_owned()));
            snapshot.names = members().filter_map(named).collect();
        }
        "groups" => {
            let read = |(id, group): (&str, &Json<'_>)| (id.to_owned(), group.to_text());
            snapshot.groups = members().map(read).collect();
        }
        "files" => {
            snapshot.files = FileCounts {
                given: number_at(value, "given"),
                read: number_at(value, "read"),
                not_policy: number_at(value, "not_policy"),
                unreadable: number_at(value, "unreadable"),
            };
        }
        "findings" => snapshot.findings = items().map(read_finding).collect(),
        _ => {}
    }
}

fn text_at(json: &Json<'_>, name: &str) -> String {
    json.str_at(name).unwrap_or_default().to_owned()
}

fn number_at(json: &Json<'_>, name: &str) -> u32 {
    let number = json.get(name).and_then(Json::int).unwrap_or_default();
    u32::try_from(number).unwrap_or_default()
}

fn read_type(line: &Json<'_>) -> TypeRead {
    TypeRead {
        row: text_at(line, "row"),
        read: number_at(line, "read"),
        gap: line.get("gap").filter(|gap| !gap.is_null()).map(read_gap),
    }
}

/// A gap. A reason of a later version is still a reason.
fn read_gap(line: &Json<'_>) -> Gap {
    let (name, detail) = (text_at(line, "reason"), text_at(line, "detail"));
    match REASONS.iter().find(|(_, known)| *known == name) {
        Some((reason, _)) => Gap {
            reason: *reason,
            detail,
        },
        None => Gap {
            reason: Reason::NotRead,
            detail: if detail.is_empty() { name } else { detail },
        },
    }
}

fn read_definition(line: &Json<'_>) -> Definition {
    let options = line
        .get("options")
        .and_then(Json::array)
        .unwrap_or_default();
    let pair = |pair: &Json<'_>| match pair.array() {
        Some([Json::String(id), Json::String(name)]) => Some((id.to_string(), name.to_string())),
        _ => None,
    };
    Definition {
        name: text_at(line, "name"),
        description: text_at(line, "description"),
        category: text_at(line, "category"),
        csp: text_at(line, "csp"),
        options: options.iter().filter_map(pair).collect(),
    }
}

fn read_finding(line: &Json<'_>) -> Finding {
    Finding {
        file: text_at(line, "file"),
        place: text_at(line, "place"),
        problem: text_at(line, "problem"),
        remedy: text_at(line, "remedy"),
    }
}

fn read_policy<'a>(ids: &mut Interner, file: &mut Reader<'a>) -> Read<Policy> {
    let mut members = Object::default();
    let mut document = None;
    file.members(|file, name| {
        if name == "document" {
            document = Some(file.value_and_text()?);
        } else {
            members.0.push((name, file.value()?));
        }
        Ok(())
    })?;
    let line = Json::Object(members);
    let (document, raw) = document.unwrap_or_else(|| {
        let raw = line.str_at("text").unwrap_or("null");
        (Json::parse(raw).unwrap_or(Json::Null), raw)
    });
    let gaps = line.get("gaps").and_then(Json::array).unwrap_or_default();
    let gaps = gaps.iter().filter_map(|pair| match pair.array() {
        Some([Json::String(name), gap]) => Some((name.to_string(), read_gap(gap))),
        _ => None,
    });
    let row = catalog::row(line.str_at("row").unwrap_or_default()).unwrap_or(&UNKNOWN);
    let place = text_at(&line, "place");
    Ok(policy::read_file(
        ids,
        row,
        &document,
        raw.into(),
        &place,
        gaps.collect(),
    ))
}
