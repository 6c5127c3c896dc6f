//! What the page sees of a comparison: a summary, windows of lines, one line whole.

use crate::arrange::Arrange;
use std::collections::HashMap;

use super::words::{Sides, name_at};
use super::{Line, lines};
use crate::protocol::{
    CompareDetail, CompareLine, CompareOptions, CompareQuery, CompareSummary, CompareWindow,
    GroupBy, RuleView, SettingLine, State, StateCounts,
};
use crate::report::STATES;
use crate::setting::{Setting, names};
use crate::snapshot::Snapshot;

/// The most policies that are listed beside one setting.
const ELSEWHERE: usize = 50;

/// How far apart the sides are.
pub fn summary(sides: Sides, options: &CompareOptions) -> CompareSummary {
    CompareSummary {
        left: sides.left.label.clone(),
        right: sides.right.label.clone(),
        settings: sides.found.settings,
        policies: sides.found.policies,
        rules: rules(sides, options),
        unknown: sides.unknown(),
    }
}

/// The normaliser rules, with what each suppressed.
pub fn rules(sides: Sides, options: &CompareOptions) -> Vec<RuleView> {
    let view = |(rule, hits): &(super::Rule, u32)| RuleView {
        id: rule.id().to_owned(),
        words: rule.words().to_owned(),
        hits: *hits,
        counted: rule.noise().is_none(),
        on: !options.rules_off.iter().any(|off| off == rule.id()),
    };
    sides.found.hits.iter().map(view).collect()
}

/// What makes windows quick: groups, search texts, and the lines of the last query.
#[derive(Debug, Default)]
pub struct Rows {
    groups: HashMap<GroupBy, Groups>,
    texts: Vec<String>,
    last: Option<(CompareQuery, Vec<bool>, Shown)>,
}

/// Lines in groups.
#[derive(Debug, Default)]
struct Groups {
    list: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    title: String,
    note: String,
    state: State,
    counts: StateCounts,
    lines: Vec<u32>,
}

/// Entries of a table in order, and how many of them are settings.
#[derive(Debug, Default)]
struct Shown {
    entries: Vec<Entry>,
    settings: u32,
}

#[derive(Debug, Clone, Copy)]
enum Entry {
    Group(u32),
    Line(u32),
}

impl Rows {
    /// A window of the table. The first call for a query does the work, the next ones only the window's.
    /// `left_out`: lines that are not shown; empty: none.
    pub fn window(
        &mut self,
        sides: Sides,
        query: &CompareQuery,
        left_out: &[bool],
    ) -> CompareWindow {
        let same = |known: &CompareQuery| {
            (&known.text, &known.states, known.group, &known.folded)
                == (&query.text, &query.states, query.group, &query.folded)
        };
        let known = self.last.as_ref();
        if !known.is_some_and(|(known, out, _)| same(known) && out == left_out) {
            let shown = self.show(sides, query, left_out);
            self.last = Some((query.clone(), left_out.to_vec(), shown));
        }
        let Some((.., shown)) = &self.last else {
            return CompareWindow::default();
        };
        let groups = self.groups.get(&query.group);
        let from = (query.from as usize).min(shown.entries.len());
        let to = from.saturating_add(query.count as usize);
        let window = &shown.entries[from..to.min(shown.entries.len())];
        let line = |entry: &Entry| match entry {
            Entry::Line(index) => {
                let line = &sides.found.lines[*index as usize];
                Some(CompareLine::Setting(setting_line(sides, *index, line)))
            }
            Entry::Group(number) => {
                let group = groups?.list.get(*number as usize)?;
                Some(CompareLine::Group {
                    number: *number,
                    title: group.title.clone(),
                    note: group.note.clone(),
                    state: group.state,
                    counts: group.counts,
                    folded: query.folded.contains(number),
                })
            }
        };
        CompareWindow {
            matching: shown.entries.len() as u32,
            settings: shown.settings,
            from: from as u32,
            lines: window.iter().filter_map(line).collect(),
        }
    }

    fn show(&mut self, sides: Sides, query: &CompareQuery, left_out: &[bool]) -> Shown {
        let groups = self
            .groups
            .entry(query.group)
            .or_insert_with(|| group(sides, query.group));
        let words: Vec<String> = query
            .text
            .split_whitespace()
            .map(str::to_lowercase)
            .collect();
        if !words.is_empty() && self.texts.is_empty() {
            self.texts = texts(sides);
        }
        let wanted = |state: State| match query.states.as_slice() {
            [] => state != State::Same,
            states => states.contains(&state),
        };
        let mut shown = Shown::default();
        for (number, group) in (0u32..).zip(&groups.list) {
            let title = group.title.to_lowercase();
            let rest: Vec<&String> = words.iter().filter(|w| !title.contains(*w)).collect();
            let has = |text: &String| rest.iter().all(|word| text.contains(word.as_str()));
            let lines = group.lines.iter().copied().filter(|index| {
                wanted(sides.found.lines[*index as usize].state)
                    && left_out.get(*index as usize) != Some(&true)
                    && self
                        .texts
                        .get(*index as usize)
                        .is_none_or(|t| rest.is_empty() || has(t))
            });
            let first = shown.entries.len();
            shown.entries.push(Entry::Group(number));
            let before = shown.settings;
            let folded = query.folded.contains(&number);
            for index in lines {
                shown.settings += 1;
                if !folded {
                    shown.entries.push(Entry::Line(index));
                }
            }
            // A pair without settings to show is still a pair that is missing or unknown.
            let alone = group.lines.is_empty() && wanted(group.state) && rest.is_empty();
            if shown.settings == before && !alone {
                shown.entries.truncate(first);
            }
        }
        shown
    }
}

/// Lower-case text of each line, to be searched.
fn texts(sides: Sides) -> Vec<String> {
    let text = |line: &Line| {
        let mut text = String::new();
        if let Some((policy, setting)) = sides.either(line) {
            let (left, right) = sides.settings(line);
            let parts = [
                sides.name(setting),
                sides.path(policy, setting),
                setting.id.to_string(),
                left.map(|s| sides.short(s)).unwrap_or_default(),
                right.map(|s| sides.short(s)).unwrap_or_default(),
                name_at(sides.left, line.left).to_owned(),
                name_at(sides.right, line.right).to_owned(),
            ];
            text = parts.join("\n").to_lowercase();
        }
        text
    };
    sides.found.lines.iter().map(text).collect()
}

fn group(sides: Sides, by: GroupBy) -> Groups {
    let mut list = Vec::new();
    if by == GroupBy::Policy {
        for pair in &sides.found.pairs {
            let lines: Vec<u32> = (pair.lines.0..pair.lines.1).collect();
            list.push(Group {
                title: sides.title(pair).to_owned(),
                note: sides.note(pair),
                state: pair.state,
                counts: counts(sides, &lines),
                lines,
            });
        }
        return Groups { list };
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (index, line) in (0u32..).zip(&sides.found.lines) {
        let Some((policy, setting)) = sides.either(line).filter(|_| !line.echo) else {
            continue;
        };
        let (key, title, note) = match by {
            GroupBy::Category => {
                let category = sides.category(policy, setting);
                (category.clone(), category, String::new())
            }
            _ => (
                format!("{:?}{}", setting.carrier, setting.id),
                sides.name(setting),
                setting.id.to_string(),
            ),
        };
        let at = *seen.entry(key).or_insert_with(|| {
            list.push(Group {
                title,
                note,
                state: State::Same,
                counts: StateCounts::default(),
                lines: Vec::new(),
            });
            list.len() - 1
        });
        list[at].lines.push(index);
    }
    for group in &mut list {
        group.counts = counts(sides, &group.lines);
        group.state = STATES
            .into_iter()
            .find(|state| group.counts.of(*state) > 0)
            .unwrap_or(State::Same);
    }
    list.arrange_by_cached_key(|group| (group.title.to_lowercase(), group.note.clone()));
    Groups { list }
}

fn counts(sides: Sides, lines: &[u32]) -> StateCounts {
    let mut counts = StateCounts::default();
    for index in lines {
        counts.add(sides.found.lines[*index as usize].state);
    }
    counts
}

/// A line as the table shows it.
pub(crate) fn setting_line(sides: Sides, index: u32, line: &Line) -> SettingLine {
    let (left, right) = sides.settings(line);
    let (name, path, category) = match sides.either(line) {
        Some((policy, setting)) => (
            sides.name(setting),
            sides.path(policy, setting),
            sides.category(policy, setting),
        ),
        None => Default::default(),
    };
    let short = |setting: Option<&Setting>| setting.map(|s| sides.short(s)).unwrap_or_default();
    let long = |setting: Option<&Setting>| setting.is_some_and(|s| names::is_long(&s.value));
    SettingLine {
        index,
        state: line.state,
        name,
        path,
        category,
        left: short(left),
        right: short(right),
        left_policy: name_at(sides.left, line.left).to_owned(),
        right_policy: name_at(sides.right, line.right).to_owned(),
        rule: line.rule.map_or("", super::Rule::id).to_owned(),
        long: long(left) || long(right),
        accepted: false,
        severity: None,
    }
}

/// All there is to say about one line; `None` when there is no such line.
pub fn detail(sides: Sides, index: u32) -> Option<CompareDetail> {
    let line = sides.found.lines.get(index as usize)?;
    let (_, setting) = sides.either(line)?;
    let (left, right) = sides.settings(line);
    let definitions = sides.definitions(setting);
    let pair = sides.found.pairs.get(line.pair as usize);
    let is = |policy: u32| (policy != super::NONE).then_some(policy);
    Some(CompareDetail {
        line: setting_line(sides, index, line),
        id: setting.id.to_string(),
        description: names::description(setting, definitions).to_owned(),
        csp: names::csp(setting, definitions),
        left_raw: raw(left),
        right_raw: raw(right),
        lines: text_diff(left, right),
        because: sides.because(line),
        elsewhere: elsewhere(sides, line, setting),
        policies: (
            is(line.left.0).or(pair.and_then(|pair| is(pair.left))),
            is(line.right.0).or(pair.and_then(|pair| is(pair.right))),
        ),
        deviations: Vec::new(),
    })
}

fn raw(setting: Option<&Setting>) -> String {
    setting.map_or(String::new(), |s| names::raw_value(&s.value).into_owned())
}

/// Long texts and lists line by line; empty for what fits in a cell, and where there is nothing to tell.
pub(super) fn text_diff(left: Option<&Setting>, right: Option<&Setting>) -> Vec<(char, String)> {
    let long = |s: Option<&Setting>| {
        s.is_some_and(|s| {
            names::is_long(&s.value)
                || matches!(&s.value, crate::setting::Value::List(items) if items.len() > 3)
        })
    };
    if !long(left) && !long(right) {
        return Vec::new();
    }
    let sorted = |setting: Option<&Setting>| {
        let text = raw(setting);
        match setting.map(|s| &s.value) {
            // The order of a list does not count; sorted, only what was added or removed shows.
            Some(crate::setting::Value::List(_)) => {
                let mut items: Vec<&str> = text.lines().collect();
                items.arrange();
                items.join("\n")
            }
            _ => text,
        }
    };
    lines::diff(&sorted(left), &sorted(right))
}

/// Other policies of either side that set the same.
fn elsewhere(sides: Sides, line: &Line, setting: &Setting) -> Vec<(String, String, String)> {
    let mut out = Vec::new();
    let both: [(&str, &Snapshot, u32); 2] = [
        ("baseline", sides.left, line.left.0),
        ("tenant", sides.right, line.right.0),
    ];
    for (side, snapshot, own) in both {
        for (at, policy) in (0u32..).zip(&snapshot.policies) {
            let settings = policy.settings.get().map_or(&[][..], Vec::as_slice);
            let same = |s: &&Setting| s.carrier == setting.carrier && s.id == setting.id;
            if let Some(found) = settings.iter().find(same)
                && at != own
                && out.len() < ELSEWHERE
            {
                out.push((side.to_owned(), policy.name.clone(), sides.short(found)));
            }
        }
    }
    out
}
