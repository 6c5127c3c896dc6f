//! Everything that is open, written down: each policy, what it sets in words, whom it reaches.

use super::{Source, front, inputs, plural, unknown};
use crate::arrange::Arrange;
use crate::hash::QuickMap;
use crate::inventory::view;
use crate::protocol::{
    AssignedState, AssignmentView, PolicyView, ReportOptions, SettingView, State, StateCounts,
};
use crate::report::model::{Cell, Chapter, Front, Grid, Picture, Place, Row, Section, Table};
use crate::report::text;
use crate::snapshot::{Gap, Snapshot};

/// The whole of one side.
#[derive(Debug, Clone, Copy)]
pub struct Documented<'s>(pub &'s Snapshot);

/// The most types that are drawn; the table has all.
const DRAWN: usize = 30;

impl Source for Documented<'_> {
    fn front(&self, options: &ReportOptions) -> Front {
        let policies = (0..).zip(&self.0.policies);
        let contents = policies.map(|(at, policy)| (at, policy.name.clone(), None));
        let title = format!("Configuration of {}", self.0.label);
        front("documentation", title, contents.collect(), grids(), options)
    }

    fn before(&self, _: &ReportOptions) -> Vec<Chapter> {
        let mut out = vec![self.summary()];
        out.extend(unknown(self.unknown()));
        out
    }

    fn sections(&self) -> u32 {
        self.0.policies.len() as u32
    }

    fn section(&self, at: u32, options: &ReportOptions) -> Option<Section> {
        let policy = self.0.policies.get(at as usize)?;
        let whole = view::policy(self.0, at, policy);
        let without = |key: &str| options.without.iter().any(|other| other == key);
        Some(Section {
            number: at,
            title: whole.head.name.clone(),
            state: None,
            note: whole.description.trim().to_owned(),
            parts: vec![
                vec![facts(&whole, options)],
                match &whole.assignments {
                    Ok(list) if !without("assignments") => list.iter().map(assignment).collect(),
                    _ => Vec::new(),
                },
                match whole.settings {
                    Ok(list) if !without("settings") => settings(list),
                    _ => Vec::new(),
                },
            ],
        })
    }

    fn after(&self, options: &ReportOptions) -> Vec<Chapter> {
        vec![inputs(&[("Tenant", self.0)], "What was read", options)]
    }

    fn sides(&self) -> Vec<&Snapshot> {
        vec![self.0]
    }
}

fn grids() -> Vec<Grid> {
    let mut facts = Grid::of(
        "policies",
        "Policies",
        &[
            ("type", "Type", Place::Own, 34),
            ("platform", "Platform", Place::Own, 18),
            ("assigned", "Assigned", Place::Own, 30),
            ("settingCount", "Settings", Place::Own, 12),
            ("scopeTags", "Scope tags", Place::Own, 20),
            ("created", "Created", Place::Own, 21),
            ("modified", "Modified", Place::Own, 21),
            ("unknown", "Unknown", Place::Own, 40),
            ("place", "File", Place::Own, 40),
            ("id", "Id", Place::Own, 38),
        ],
    );
    facts.facts = true;
    let assignments = Grid::of(
        "assignments",
        "Assignments",
        &[
            ("target", "Assigned to", Place::Own, 24),
            ("name", "Name", Place::Own, 40),
            ("id", "Id", Place::Code, 38),
            ("intent", "Intent", Place::Own, 16),
            ("filter", "Filter", Place::Own, 30),
        ],
    );
    let settings = Grid::of(
        "settings",
        "Settings",
        &[
            ("path", "Path", Place::Before, 34),
            ("name", "Setting", Place::Own, 50),
            ("category", "Category", Place::Sheet, 34),
            ("id", "Setting id", Place::Code, 40),
            ("value", "Value", Place::Own, 60),
        ],
    );
    vec![facts, assignments, settings]
}

fn facts(whole: &PolicyView, options: &ReportOptions) -> Row {
    let head = &whole.head;
    let dated = |date: &str| {
        if options.generated_at.is_empty() {
            Cell::None
        } else {
            Cell::text(date)
        }
    };
    let assigned = match (&whole.assignments, head.assigned) {
        (Err(gap), _) => Cell::Text(format!("Unknown: {}", sentence(gap))),
        (_, AssignedState::NotAssignable) => Cell::text("Cannot be assigned"),
        (_, AssignedState::Unassigned) if head.assigned_to.is_empty() => Cell::text("Not assigned"),
        (_, AssignedState::Unassigned) => {
            Cell::Text(format!("Not assigned ({})", head.assigned_to))
        }
        _ => Cell::text(head.assigned_to.as_str()),
    };
    let gaps: Vec<String> = whole
        .gaps
        .iter()
        .map(|(what, gap)| format!("{what}: {}", sentence(gap)))
        .collect();
    Row::of(vec![
        Cell::text(head.kind.as_str()),
        Cell::text(head.platform.as_str()),
        assigned,
        match &whole.settings {
            Ok(list) => Cell::Number(list.len() as u32),
            Err(gap) => Cell::Text(format!("Unknown: {}", sentence(gap))),
        },
        Cell::text(head.scope_tags.as_str()),
        dated(&whole.created),
        dated(&head.modified),
        Cell::text(gaps.join("\n")),
        Cell::text(whole.place.as_str()),
        Cell::text(head.id.as_str()),
    ])
}

fn assignment(one: &AssignmentView) -> Row {
    let filter = one
        .filter
        .as_ref()
        .map_or(String::new(), |(name, way)| format!("{way} {name}"));
    Row::of(vec![
        Cell::text(one.target.as_str()),
        Cell::text(one.name.as_str()),
        Cell::text(one.id.as_str()),
        Cell::text(one.intent.as_str()),
        Cell::text(filter),
    ])
}

/// Settings in preorder; the names above each are its path.
fn settings(list: Vec<SettingView>) -> Vec<Row> {
    let mut above: Vec<String> = Vec::new();
    let mut rows = Vec::with_capacity(list.len());
    for one in list {
        above.truncate(usize::from(one.depth));
        let path = above.join(" › ");
        above.push(one.name.clone());
        rows.push(Row::of(vec![
            Cell::text(path),
            Cell::Text(one.name),
            Cell::text(one.category),
            Cell::Text(one.id),
            Cell::text(one.value),
        ]));
    }
    rows
}

fn sentence(gap: &Gap) -> String {
    match gap.detail.as_str() {
        "" => format!("{}.", gap.reason.words()),
        detail => format!("{} ({detail}).", gap.reason.words()),
    }
}

/// What the summary says of one type.
#[derive(Default)]
struct Kind {
    assigned: u32,
    unassigned: u32,
    other: u32,
    unknown: u32,
    settings: u32,
}

impl Documented<'_> {
    fn summary(&self) -> Chapter {
        let mut kinds: QuickMap<&str, Kind> = QuickMap::default();
        let (mut settings, mut assigned) = (0, 0);
        for policy in &self.0.policies {
            let kind = kinds.entry(view::kind(policy)).or_default();
            match view::assigned_state(policy) {
                AssignedState::Assigned => {
                    kind.assigned += 1;
                    assigned += 1;
                }
                AssignedState::Unassigned => kind.unassigned += 1,
                AssignedState::NotAssignable => kind.other += 1,
                AssignedState::Unknown => kind.unknown += 1,
            }
            let count = view::settings(policy).unwrap_or(0);
            kind.settings += count;
            settings += count;
        }
        let mut kinds: Vec<(&str, Kind)> = kinds.into_iter().collect();
        kinds.arrange_by(|a, b| a.0.cmp(b.0));
        let rows = kinds.iter().map(|(name, k)| {
            let numbers = [k.assigned, k.unassigned, k.other, k.unknown, k.settings];
            let mut cells = vec![Cell::text(*name)];
            cells.extend(numbers.map(Cell::Number));
            Row::of(cells)
        });
        let number = |key, title| (key, title, Place::Number, 14);
        let table = Table {
            grid: Grid::of(
                "types",
                "",
                &[
                    ("type", "Type", Place::Own, 50),
                    number("assigned", "Assigned"),
                    number("notAssigned", "Not assigned"),
                    number("notAssignable", "Cannot be assigned"),
                    number("unknown", "Unknown"),
                    number("settings", "Settings"),
                ],
            ),
            rows: rows.collect(),
        };
        let drawn = kinds.iter().map(|(name, k)| {
            let counts = StateCounts {
                same: k.assigned,
                different: k.unassigned,
                extra: k.other,
                unknown: k.unknown,
                missing: 0,
            };
            ((*name).to_owned(), counts)
        });
        let mut drawn: Vec<_> = drawn.collect();
        drawn.arrange_by(|a, b| b.1.total().cmp(&a.1.total()).then_with(|| a.0.cmp(&b.0)));
        drawn.truncate(DRAWN);
        let word = |state, word: &str| (state, word.to_owned());
        Chapter {
            key: "summary".to_owned(),
            title: "Summary".to_owned(),
            text: vec![format!(
                "{} of {} types with {}. {} assigned to somebody.",
                plural(self.0.policies.len() as u32, "object", "objects"),
                text::number(kinds.len() as u32),
                plural(settings, "setting", "settings"),
                text::number(assigned),
            )],
            picture: Some(Picture::Bars {
                title: "Objects by type and whether they are assigned".to_owned(),
                rows: drawn,
                words: vec![
                    word(State::Same, "Assigned"),
                    word(State::Different, "Not assigned"),
                    word(State::Extra, "Cannot be assigned"),
                    word(State::Unknown, "Unknown"),
                ],
            }),
            tables: vec![table],
            ..Chapter::default()
        }
    }

    /// What is unknown: types that were not read whole, and policies of which something is not known.
    fn unknown(&self) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for read in &self.0.coverage {
            if let Some(gap) = &read.gap {
                let name = crate::catalog::row(&read.row).map_or(read.row.as_str(), |r| r.name);
                out.push(format!("{name}: {}", sentence(gap)));
            }
        }
        let mut counted: Vec<(String, u32)> = Vec::new();
        for policy in &self.0.policies {
            let gap = |known: Option<&Gap>, what: &str| {
                known.map(|gap| format!("{what}: {}", sentence(gap)))
            };
            let assignments = match &policy.assignments {
                crate::policy::Known::No(gap) => Some(gap),
                crate::policy::Known::Yes(_) => None,
            };
            let settings = match &policy.settings {
                crate::policy::Known::No(gap) => Some(gap),
                crate::policy::Known::Yes(_) => None,
            };
            let more = policy.gaps.iter().map(|(what, one)| gap(Some(one), what));
            let own = [gap(assignments, "assignments"), gap(settings, "settings")];
            for words in own.into_iter().chain(more).flatten() {
                match counted.iter_mut().find(|(known, _)| *known == words) {
                    Some((_, count)) => *count += 1,
                    None => counted.push((words, 1)),
                }
            }
        }
        out.extend(
            counted
                .into_iter()
                .map(|(words, count)| format!("{}, {words}", plural(count, "object", "objects"))),
        );
        let unread = self.0.files.unreadable;
        if unread > 0 {
            out.push(format!(
                "{} could not be read.",
                plural(unread, "file", "files")
            ));
        }
        out
    }
}
