//! Words for what a comparison found: names, values, reasons.

use std::collections::HashMap;

use super::{At, Comparison, Line, NONE, Pair, PairedBy, rules};
use crate::policy::Policy;
use crate::problem::cut;
use crate::protocol::State;
use crate::setting::names::{self, Definitions};
use crate::setting::{Carrier, Setting, Value};
use crate::snapshot::{Gap, Snapshot};

/// The most bytes of a value in a table.
const SHORT: usize = 240;

/// A comparison together with the sides it was made from.
#[derive(Clone, Copy)]
pub struct Sides<'s> {
    /// The baseline.
    pub left: &'s Snapshot,
    /// The tenant.
    pub right: &'s Snapshot,
    /// What was found.
    pub found: &'s Comparison,
}

/// Words for the settings of one side.
#[derive(Clone, Copy)]
pub struct Namer<'s> {
    /// The side.
    pub side: &'s Snapshot,
}

impl<'s> Namer<'s> {
    fn sides(self) -> Sides<'s> {
        static NOTHING: Comparison = Comparison::EMPTY;
        Sides {
            left: self.side,
            right: self.side,
            found: &NOTHING,
        }
    }

    /// Human name.
    pub fn name(self, setting: &Setting) -> String {
        self.sides().name(setting)
    }

    /// Category.
    pub fn category(self, policy: &Policy, setting: &Setting) -> String {
        self.sides().category(policy, setting)
    }

    /// A value in words, for a table.
    pub fn short(self, setting: &Setting) -> String {
        self.sides().short(setting)
    }
}

impl<'s> Sides<'s> {
    /// The two settings of a line.
    pub(crate) fn settings(&self, line: &Line) -> (Option<&'s Setting>, Option<&'s Setting>) {
        (at(self.left, line.left), at(self.right, line.right))
    }

    /// One setting of a line: the left side's, or else the right side's.
    pub(crate) fn either(&self, line: &Line) -> Option<(&'s Policy, &'s Setting)> {
        let (side, (policy, setting)) = match line.left.1 {
            NONE => (self.right, line.right),
            _ => (self.left, line.left),
        };
        let policy = side.policies.get(policy as usize)?;
        Some((policy, policy.settings.get()?.get(setting as usize)?))
    }

    /// The definitions that know a setting: the tenant's before the baseline's.
    pub(crate) fn definitions(&self, setting: &Setting) -> &'s Definitions {
        match names::definition(setting, &self.right.definitions) {
            Some(_) => &self.right.definitions,
            None => &self.left.definitions,
        }
    }

    pub(crate) fn name(&self, setting: &Setting) -> String {
        names::name(setting, self.definitions(setting)).into_owned()
    }

    /// Names of the settings above one, outermost first.
    pub(crate) fn path(&self, policy: &Policy, setting: &Setting) -> String {
        let settings = policy.settings.get().map_or(&[][..], Vec::as_slice);
        let mut names = Vec::new();
        let mut above = setting.parent;
        while let Some(parent) = above.and_then(|at| settings.get(at as usize)) {
            names.push(self.name(parent));
            above = parent.parent;
        }
        names.reverse();
        names.join(" › ")
    }

    /// The category; that of the outermost setting where the setting has none.
    pub(crate) fn category(&self, policy: &Policy, setting: &Setting) -> String {
        let settings = policy.settings.get().map_or(&[][..], Vec::as_slice);
        let mut at = Some(setting);
        while let Some(one) = at {
            let category = names::category(one, self.definitions(one));
            if !category.is_empty() {
                return category;
            }
            at = one.parent.and_then(|above| settings.get(above as usize));
        }
        policy.row.name.to_owned()
    }

    /// A value in words, whole.
    pub(super) fn value(&self, setting: &Setting) -> String {
        match named(&setting.value, setting.carrier, self) {
            Some(words) => words,
            None => names::value(setting, self.definitions(setting)).into_owned(),
        }
    }

    /// A value in words, for a table.
    pub(crate) fn short(&self, setting: &Setting) -> String {
        let words = self.value(setting);
        let first = words.lines().next().unwrap_or_default();
        let cut = cut(first, SHORT);
        if cut.len() < words.trim_end().len() {
            format!("{cut}…")
        } else {
            cut.to_owned()
        }
    }

    /// Why a line is what it is, where that is not plain to see.
    pub(super) fn because(&self, line: &Line) -> String {
        if let Some(rule) = line.rule {
            let place = self.elsewhere(line);
            return match place.is_empty() {
                true => rule.words().to_owned(),
                false => format!("{} {place}.", rule.words()),
            };
        }
        let (left, right) = self.settings(line);
        let secret = |s: Option<&Setting>| s.is_some_and(|s| rules::hides(&s.value));
        if line.state == State::Unknown {
            let pair = &self.found.pairs[line.pair as usize];
            return match &pair.gap {
                _ if secret(left) || secret(right) => {
                    "It holds a secret: secrets are neither shown nor compared.".to_owned()
                }
                Some(gap) => sentence(gap),
                None => String::new(),
            };
        }
        match line.elsewhere {
            true => self.elsewhere(line),
            false => super::carriers::hint(line, self.left, self.right, self.found.admx.as_ref()),
        }
    }

    /// Which other policy sets it; empty for what the pair itself has.
    fn elsewhere(&self, line: &Line) -> String {
        if !line.elsewhere {
            return String::new();
        }
        let pair = &self.found.pairs[line.pair as usize];
        let (side, at) = match self.settings(line) {
            (Some(_), Some(_)) if pair.right != line.right.0 => (self.right, line.right),
            _ => (self.left, line.left),
        };
        format!(
            "Set by another policy of {}: {}",
            side.label,
            name_at(side, at)
        )
    }

    /// Name of a pair: the left side's policy, or the only one.
    pub(super) fn title(&self, pair: &Pair) -> &'s str {
        match pair.left {
            NONE => name_at(self.right, (pair.right, 0)),
            left => name_at(self.left, (left, 0)),
        }
    }

    /// What there is to say about a pair beside its name.
    pub(super) fn note(&self, pair: &Pair) -> String {
        let only = |side: &Snapshot| match &pair.gap {
            Some(gap) => format!("Only in {}. {}", side.label, sentence(gap)),
            None => format!("Only in {}", side.label),
        };
        let how = match (pair.by, &pair.gap) {
            (Some(_), Some(gap)) => return sentence(gap),
            (None, _) if pair.right == NONE => return only(self.left),
            (None, _) => return only(self.right),
            (Some(by), None) => by,
        };
        let how = match how {
            PairedBy::Id => "paired by id",
            PairedBy::Name => "paired by name",
            PairedBy::NameWithoutVersion => "paired by name without version",
            PairedBy::Settings => "paired by what they set",
            PairedBy::Hand => "picked by hand",
        };
        let other = name_at(self.right, (pair.right, 0));
        if other == self.title(pair) {
            how.to_owned()
        } else {
            format!("{other} ({how})")
        }
    }

    /// What is unknown, and why: one sentence for each cause.
    pub fn unknown(&self) -> Vec<String> {
        let mut out = Vec::new();
        for side in [self.left, self.right] {
            for read in &side.coverage {
                if let Some(gap) = &read.gap {
                    let name = crate::catalog::row(&read.row).map_or(read.row.as_str(), |r| r.name);
                    out.push(format!("{name} of {}: {}", side.label, sentence(gap)));
                }
            }
        }
        let mut policies: Vec<(String, u32)> = Vec::new();
        for pair in self.found.pairs.iter().filter(|p| p.by.is_some()) {
            if let Some(gap) = &pair.gap {
                let words = sentence(gap);
                match policies.iter_mut().find(|(known, _)| *known == words) {
                    Some((_, count)) => *count += 1,
                    None => policies.push((words, 1)),
                }
            }
        }
        out.extend(policies.into_iter().map(|(words, count)| {
            format!(
                "{} whose settings are not known: {words}",
                plural(count, "pair of policies", "pairs of policies")
            )
        }));
        let secrets = self.found.lines.iter().filter(|line| {
            let (l, r) = self.settings(line);
            let secret = |s: Option<&Setting>| s.is_some_and(|s| rules::hides(&s.value));
            line.state == State::Unknown && !line.echo && (secret(l) || secret(r))
        });
        match secrets.count() as u32 {
            0 => {}
            count => out.push(format!(
                "{} not compared, because they hold secrets.",
                plural(count, "setting", "settings")
            )),
        }
        out
    }
}

fn plural(count: u32, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn at(side: &Snapshot, (policy, setting): At) -> Option<&Setting> {
    let policy = side.policies.get(policy as usize)?;
    policy.settings.get()?.get(setting as usize)
}

pub(super) fn name_at(side: &Snapshot, (policy, _): At) -> &str {
    side.policies
        .get(policy as usize)
        .map_or("", |policy| policy.name.as_str())
}

/// A gap as a sentence.
pub(super) fn sentence(gap: &Gap) -> String {
    if gap.detail.is_empty() {
        format!("{}.", gap.reason.words())
    } else {
        format!("{} ({}).", gap.reason.words(), gap.detail)
    }
}

/// Ids of groups, locations and apps with their names, where either side knows one.
fn named(value: &Value, carrier: Carrier, sides: &Sides) -> Option<String> {
    if carrier != Carrier::Property {
        return None;
    }
    let name = |id: &str, names: &HashMap<String, String>| names.get(id).cloned();
    let look = |value: &Value| -> Option<String> {
        let Value::Text(id) = value else { return None };
        let found = (id.len() == 36)
            .then(|| name(id, &sides.right.names).or_else(|| name(id, &sides.left.names)));
        found.flatten().map(|name| format!("{name} ({id})"))
    };
    match value {
        Value::List(items) => {
            let words: Vec<Option<String>> = items.iter().map(look).collect();
            words.iter().any(Option::is_some).then(|| {
                let words = words.into_iter().zip(items).map(|(found, item)| {
                    found.unwrap_or_else(|| names::raw_value(item).into_owned())
                });
                words.collect::<Vec<_>>().join(", ")
            })
        }
        one => look(one),
    }
}
