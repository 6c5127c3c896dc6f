//! Completion for the query language.

use crate::arrange::Arrange;
use std::collections::BTreeMap;

use super::fields::Field;
use super::{Index, query, view};
use crate::catalog::Platform;
use crate::policy::{Policy, Target};
use crate::protocol::{SuggestQuery, Suggestion};
use crate::snapshot::Snapshot;

/// The most suggestions.
const MOST: usize = 12;

impl Index {
    /// What can stand instead of the word at the cursor. The cursor counts UTF-16 units, as the
    /// browser does. A suggestion replaces the whole word, its `-` included.
    pub fn suggest(&self, snapshot: &Snapshot, ask: &SuggestQuery) -> Vec<Suggestion> {
        let cursor = byte_of(&ask.query, ask.cursor);
        let (from, _) = word_at(&ask.query, ask.cursor);
        let typed = ask.query.get(from..cursor).unwrap_or("");
        let minus = if typed.starts_with('-') { "-" } else { "" };
        let typed = typed.trim_start_matches('-');
        let found = match query::split(typed) {
            None => fields(typed),
            Some((key, _, value)) => {
                let sign_end = typed.len() - value.len();
                let head = typed.get(..sign_end).unwrap_or("");
                // After a comma, the next alternative.
                let (kept, part) = match value.rfind(',') {
                    Some(comma) => value.split_at(comma + 1),
                    None => ("", value),
                };
                let part = super::haystack::needle(part.trim_matches('"'));
                self.values(snapshot, key)
                    .into_iter()
                    .filter(|(value, _)| super::haystack::needle(value).contains(&part))
                    .take(MOST)
                    .map(|(value, meaning)| (format!("{head}{kept}{}", quoted(&value)), meaning))
                    .collect()
            }
        };
        found
            .into_iter()
            .map(|(insert, meaning)| Suggestion {
                insert: format!("{minus}{insert}"),
                meaning,
            })
            .collect()
    }

    /// Values of a field with what they mean or how many policies have them, most first.
    fn values(&self, snapshot: &Snapshot, key: &str) -> Vec<(String, String)> {
        let fixed = |values: &[(&str, &str)]| {
            let own = |(value, words): &(&str, &str)| ((*value).to_owned(), (*words).to_owned());
            values.iter().map(own).collect()
        };
        let Some(field) = Field::named(key) else {
            return if key.eq_ignore_ascii_case("sort") {
                fixed(&[
                    ("name", "By name"),
                    ("-modified", "Changed last first"),
                    ("type", "By type"),
                    ("platform", "By platform"),
                    ("-settings", "Most settings first"),
                    ("assigned", "By assignment"),
                ])
            } else {
                Vec::new()
            };
        };
        let policies = &snapshot.policies;
        match field {
            Field::Platform => {
                let count = |platform: Platform| {
                    let number = snapshot
                        .proper()
                        .filter(|p| p.platforms.has(platform))
                        .count();
                    let name = match platform {
                        Platform::Ios => "ios",
                        other => other.label(),
                    };
                    (name.to_lowercase(), number)
                };
                let mut counts: Vec<_> = Platform::EACH.into_iter().map(count).collect();
                let all = snapshot.proper().filter(|p| p.platforms.is_all()).count();
                counts.push(("all".to_owned(), all));
                counts.retain(|(_, number)| *number > 0);
                counted(counts)
            }
            Field::Type => {
                let mut kinds = tally(policies.iter().map(view::kind));
                for (kind, words) in &mut kinds {
                    let apart = |p: &&Policy| p.row.directory && view::kind(p) == kind;
                    if policies.iter().any(|p| apart(&p)) {
                        let own = kind.to_lowercase();
                        *words = words.replace("policies", &own);
                        *words = words.replace("policy", own.trim_end_matches('s'));
                    }
                }
                kinds
            }
            Field::Area => tally(policies.iter().map(|policy| policy.row.area.label())),
            Field::Tag => tally(policies.iter().flat_map(|policy| {
                policy
                    .scope_tags
                    .iter()
                    .map(|tag| match snapshot.names.get(tag) {
                        Some(name) => name.as_str(),
                        None if tag == "0" => "Default",
                        None => tag,
                    })
            })),
            Field::Assigned => {
                let mut values = fixed(&[
                    ("yes", "Assigned to somebody"),
                    ("no", "Assigned to nobody"),
                    ("unknown", "Could not be read"),
                    ("never", "The type cannot be assigned"),
                ]);
                values.extend(tally(targets(snapshot)));
                values
            }
            Field::Is => fixed(&[
                ("assigned", "Assigned to somebody"),
                ("unassigned", "Assigned to nobody"),
                ("unknown", "Something of it could not be read"),
                ("incomplete", "Its settings could not be read whole"),
            ]),
            Field::Modified | Field::Created => fixed(&[
                ("7d", "In the last 7 days"),
                ("30d", "In the last 30 days"),
                ("1y", "In the last 365 days"),
            ]),
            _ => Vec::new(),
        }
    }
}

/// Where the word at the cursor begins and ends, in bytes: what a suggestion replaces.
/// Spaces inside of quotation marks belong to the word. The cursor counts UTF-16 units.
pub fn word_at(query: &str, cursor: u32) -> (usize, usize) {
    let cursor = byte_of(query, cursor);
    query::words(query)
        .iter()
        .map(|word| (word.at, word.at + word.written.len()))
        .find(|(from, to)| (*from..=*to).contains(&cursor))
        .unwrap_or((cursor, cursor))
}

fn targets(snapshot: &Snapshot) -> impl Iterator<Item = &str> {
    let assignments = snapshot.policies.iter().filter_map(|p| p.assignments.get());
    assignments.flatten().filter_map(|one| match &one.target {
        Target::AllUsers => Some("All users"),
        Target::AllDevices => Some("All devices"),
        Target::Group(group) | Target::ExcludedGroup(group) => match group.name.as_str() {
            "" => snapshot.names.get(&group.id).map(String::as_str),
            name => Some(name),
        },
        Target::Other(..) => None,
    })
}

fn fields(typed: &str) -> Vec<(String, String)> {
    let typed = typed.to_ascii_lowercase();
    Field::EACH
        .iter()
        .map(|(_, name, meaning)| (*name, *meaning))
        .chain([("sort", "Order of the list")])
        .filter(|(name, _)| name.starts_with(&typed))
        .take(MOST)
        .map(|(name, meaning)| (format!("{name}:"), meaning.to_owned()))
        .collect()
}

fn tally<'a>(values: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let own = |(value, number): (&str, usize)| (value.to_owned(), number);
    counted(counts.into_iter().map(own).collect())
}

fn counted(mut counts: Vec<(String, usize)>) -> Vec<(String, String)> {
    counts.arrange_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    let words = |number: usize| match number {
        1 => "1 policy".to_owned(),
        number => format!("{number} policies"),
    };
    counts
        .into_iter()
        .map(|(value, number)| (value, words(number)))
        .collect()
}

fn quoted(value: &str) -> String {
    let plain = !value.contains(|c: char| c.is_whitespace() || c == ',' || c == '"');
    match plain {
        true => value.to_owned(),
        false => format!("\"{}\"", value.replace('"', "")),
    }
}

/// Where the browser's position in UTF-16 units is in bytes.
fn byte_of(text: &str, position: u32) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= position as usize {
            return at;
        }
        units += c.len_utf16();
    }
    text.len()
}
