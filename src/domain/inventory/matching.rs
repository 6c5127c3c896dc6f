//! Which policies a query leaves, and why.

use super::Index;
use super::bits::Bits;
use super::fields::{self, Field, Op};
use super::query::{Query, Term};
use super::texts::Texts;
use super::view;
use crate::policy::{Assignment, Policy, Target};
use crate::problem::cut;
use crate::protocol::AssignedState;
use crate::setting::names;
use crate::snapshot::Snapshot;

/// The most that is shown of a value that matched, in bytes.
const EXCERPT: usize = 120;

/// Where the settings that a term looks for stand in the haystacks.
#[derive(Debug)]
pub(super) struct Marks {
    /// Fits by its name; everything where the term asks for a value only.
    names: Bits,
    /// Fits by its value; everything where the term asks for a name only.
    values: Bits,
    /// The term looks anywhere: name or value.
    either: bool,
    /// The text itself, for a term that looks anywhere.
    needle: String,
}

impl Marks {
    fn fits(&self, name: u32, value: u32) -> bool {
        let (name, value) = (
            self.names.has(name as usize),
            self.values.has(value as usize),
        );
        if self.either {
            name || value
        } else {
            name && value
        }
    }
}

/// The policies that a query leaves, and what to look for when asked why.
pub(super) fn evaluate(
    index: &mut Index,
    snapshot: &Snapshot,
    query: &mut Query,
) -> (Bits, Vec<Marks>) {
    let mut left = Bits::new(snapshot.policies.len(), true);
    let mut marks = Vec::new();
    let mut same_setting = Vec::new();
    let Query {
        terms, complaints, ..
    } = query;
    for term in terms {
        match term.field {
            None => {
                let (found, mark) = anywhere(index, snapshot, term);
                left.keep(&found, term.negated);
                if !term.negated {
                    marks.push(mark);
                }
            }
            Some(Field::Setting | Field::Value) => {
                let mark = setting_marks(index.texts(snapshot), term);
                if term.negated {
                    let found = index.texts(snapshot).policies(|n, v| mark.fits(n, v));
                    left.keep(&found, true);
                } else {
                    same_setting.push(mark);
                }
            }
            Some(field) => match test(index, snapshot, field, term) {
                Ok(found) => left.keep(&found, term.negated),
                Err(sentence) => complaints.push((term.written.clone(), sentence)),
            },
        }
    }
    // `setting:cloud value:high` asks for one setting that is both.
    if let Some(first) = same_setting.pop() {
        let mut all = first;
        for other in same_setting {
            all.names.keep(&other.names, false);
            all.values.keep(&other.values, false);
        }
        let found = index.texts(snapshot).policies(|n, v| all.fits(n, v));
        left.keep(&found, false);
        marks.push(all);
    }
    (left, marks)
}

fn anywhere(index: &mut Index, snapshot: &Snapshot, term: &Term) -> (Bits, Marks) {
    let needle = term.values.first().cloned().unwrap_or_default();
    let texts = index.texts(snapshot);
    let marks = Marks {
        names: texts.names.holding(&needle),
        values: texts.values.holding(&needle),
        either: true,
        needle,
    };
    let mut found = if marks.names.is_empty() && marks.values.is_empty() {
        Bits::new(snapshot.policies.len(), false)
    } else {
        texts.policies(|name, value| marks.fits(name, value))
    };
    let names = index.names.holding(&marks.needle);
    let about = index.about.holding(&marks.needle);
    for policy in 0..snapshot.policies.len() {
        if names.has(policy) || about.has(policy) {
            found.set(policy);
        }
    }
    (found, marks)
}

fn setting_marks(texts: &Texts, term: &Term) -> Marks {
    let haystack = match term.field {
        Some(Field::Setting) => &texts.names,
        _ => &texts.values,
    };
    let mut found = Bits::new(haystack.len(), false);
    for value in &term.values {
        let holding = haystack.holding(value);
        for number in 0..haystack.len() {
            let fits = holding.has(number)
                && (term.op != Op::Equal || haystack.get(number).split('\n').any(|t| t == value));
            if fits {
                found.set(number);
            }
        }
    }
    let (names, values) = match term.field {
        Some(Field::Setting) => (found, Bits::new(texts.values.len(), true)),
        _ => (Bits::new(texts.names.len(), true), found),
    };
    Marks {
        names,
        values,
        either: false,
        needle: String::new(),
    }
}

/// A term of one field, policy by policy. The error is the sentence of the complaint.
fn test(index: &Index, snapshot: &Snapshot, field: Field, term: &Term) -> Result<Bits, String> {
    let mut found = Bits::new(snapshot.policies.len(), false);
    for value in &term.values {
        let fits = predicate(index, snapshot, field, term.op, value)?;
        for (at, policy) in snapshot.policies.iter().enumerate() {
            if fits(at, policy) {
                found.set(at);
            }
        }
    }
    Ok(found)
}

type Predicate<'a> = Box<dyn Fn(usize, &Policy) -> bool + 'a>;

fn predicate<'a>(
    index: &'a Index,
    snapshot: &'a Snapshot,
    field: Field,
    op: Op,
    value: &'a str,
) -> Result<Predicate<'a>, String> {
    let text = move |text: &str| {
        let text = super::haystack::needle(text);
        if op == Op::Equal {
            text == value
        } else {
            text.contains(value)
        }
    };
    Ok(match field {
        Field::Name => {
            let names = index.names.holding(value);
            Box::new(move |at, _| {
                names.has(at) && (op != Op::Equal || index.names.get(at) == value)
            })
        }
        Field::Type => Box::new(move |_, policy| {
            text(view::kind(policy)) || text(policy.row.id) || text(&policy.odata_type)
        }),
        Field::Area => Box::new(move |_, policy| text(policy.row.area.label())),
        Field::Tag => Box::new(move |_, policy| {
            policy.scope_tags.iter().any(|tag| {
                let name = snapshot.names.get(tag).map_or("", String::as_str);
                text(tag) || text(name) || (tag == "0" && text("Default"))
            })
        }),
        Field::Id => Box::new(move |_, policy| policy.id.as_deref().is_some_and(text)),
        Field::File => Box::new(move |_, policy| text(&policy.place)),
        Field::Description => Box::new(move |_, policy| text(&policy.description)),
        Field::Platform => platform(value)?,
        Field::Assigned => assigned(snapshot, value, Box::new(text)),
        Field::Modified | Field::Created => date(index, field, op, value)?,
        Field::Settings => {
            let number: i64 = value
                .parse()
                .map_err(|_| format!("“{value}” is no number. Write settings>50."))?;
            Box::new(move |_, policy| {
                view::settings(policy).is_some_and(|count| op.holds(i64::from(count), number))
            })
        }
        Field::Is => is(value)?,
        // Both are looked up in the settings' texts.
        Field::Setting | Field::Value => Box::new(|_, _| false),
    })
}

fn platform<'a>(value: &str) -> Result<Predicate<'a>, String> {
    if matches!(value, "all" | "any" | "none") {
        return Ok(Box::new(|_, policy| policy.platforms.is_all()));
    }
    let platform = fields::platform(value).ok_or_else(|| {
        format!(
            "No platform is called “{value}”. There are Windows, macOS, iOS, Android, Linux, ChromeOS, tvOS, visionOS and all."
        )
    })?;
    Ok(Box::new(move |_, policy| policy.platforms.has(platform)))
}

fn assigned<'a>(
    snapshot: &'a Snapshot,
    value: &str,
    text: Box<dyn Fn(&str) -> bool + 'a>,
) -> Predicate<'a> {
    let state = match value {
        "yes" | "true" => AssignedState::Assigned,
        "no" | "false" | "none" => AssignedState::Unassigned,
        "unknown" => AssignedState::Unknown,
        "never" => AssignedState::NotAssignable,
        _ => {
            return Box::new(move |_, policy| {
                let list = policy.assignments.get().map_or(&[][..], Vec::as_slice);
                list.iter().any(|one| names_target(snapshot, one, &text))
            });
        }
    };
    Box::new(move |_, policy| view::assigned_state(policy) == state)
}

fn names_target(snapshot: &Snapshot, one: &Assignment, text: &dyn Fn(&str) -> bool) -> bool {
    let named = |id: &str| text(id) || snapshot.names.get(id).is_some_and(|name| text(name));
    match &one.target {
        Target::AllUsers => text("All users"),
        Target::AllDevices => text("All devices"),
        Target::Group(group) | Target::ExcludedGroup(group) => {
            text(&group.name) || named(&group.id)
        }
        Target::Other(_, id) => named(id),
    }
}

fn date<'a>(index: &'a Index, field: Field, op: Op, value: &str) -> Result<Predicate<'a>, String> {
    let stretch = fields::stretch(value, index.now)
        .ok_or_else(|| format!("“{value}” is no date. Write 2026-01-31, 2026-01, 2026 or 30d."))?;
    let dates = match field {
        Field::Created => &index.created,
        _ => &index.modified,
    };
    Ok(Box::new(move |at, _| {
        let moment = dates.get(at).copied().flatten();
        moment.is_some_and(|moment| op.holds_in(moment, stretch))
    }))
}

fn is<'a>(value: &str) -> Result<Predicate<'a>, String> {
    let state = match value {
        "assigned" => AssignedState::Assigned,
        "unassigned" => AssignedState::Unassigned,
        "unknown" => {
            return Ok(Box::new(|_, policy| {
                policy.assignments.get().is_none() || incomplete(policy)
            }));
        }
        "incomplete" => return Ok(Box::new(|_, policy| incomplete(policy))),
        _ => {
            return Err(format!(
                "“is:{value}” is not known. There are is:assigned, is:unassigned, is:unknown and is:incomplete."
            ));
        }
    };
    Ok(Box::new(move |_, policy| {
        view::assigned_state(policy) == state
    }))
}

fn incomplete(policy: &Policy) -> bool {
    policy.settings.get().is_none() || !policy.gaps.is_empty()
}

/// Why a policy is in the result, when it is not by its name: setting and value.
pub(super) fn because(
    index: &mut Index,
    snapshot: &Snapshot,
    marks: &[Marks],
    at: usize,
    policy: &Policy,
) -> String {
    for mark in marks {
        let by_name = mark.either && index.names.get(at).contains(mark.needle.as_str());
        if by_name {
            continue;
        }
        let pairs = index.texts(snapshot).of(at);
        let place = pairs
            .iter()
            .position(|(name, value)| mark.fits(*name, *value));
        let settings = policy.settings.get().map_or(&[][..], Vec::as_slice);
        if let Some(setting) = place.and_then(|place| settings.get(place)) {
            let name = names::name(setting, &snapshot.definitions);
            let value = names::value(setting, &snapshot.definitions);
            return match value.as_ref() {
                "" => name.into_owned(),
                value => format!("{name}: {}", excerpt(value, &mark.needle)),
            };
        }
        if mark.either {
            let holds = |text: &str| super::haystack::needle(text).contains(mark.needle.as_str());
            if holds(&policy.description) {
                return format!(
                    "Description: {}",
                    excerpt(&policy.description, &mark.needle)
                );
            }
            return match policy.id.as_deref() {
                Some(id) if holds(id) => format!("Id: {id}"),
                _ => format!("File: {}", policy.place),
            };
        }
    }
    String::new()
}

/// The part of a text around what was looked for, on one line.
fn excerpt(text: &str, needle: &str) -> String {
    let at = super::haystack::needle(text).find(needle).unwrap_or(0);
    let mut from = if at + needle.len() > EXCERPT {
        at.saturating_sub(30)
    } else {
        0
    };
    while from < text.len() && !text.is_char_boundary(from) {
        from += 1;
    }
    let part = text.get(from..).unwrap_or(text);
    let mut out = String::new();
    if from > 0 {
        out.push('…');
    }
    let kept = cut(part, EXCERPT);
    for word in kept.split_whitespace() {
        if !out.is_empty() && !out.ends_with('…') {
            out.push(' ');
        }
        out.push_str(word);
    }
    if kept.len() < part.len() {
        out.push('…');
    }
    out
}
