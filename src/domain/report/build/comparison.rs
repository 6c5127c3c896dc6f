//! A comparison as a report.

use super::{Accepted, Judged, Source, front, inputs, unknown};
use crate::arrange::Arrange;
use crate::diff::{Sides, report as lines};
use crate::hash::QuickMap;
use crate::protocol::{CompareOptions, ReportOptions, StateCounts};
use crate::report::model::{Cell, Chapter, Front, Grid, Picture, Place, Row, Section, Table};
use crate::report::{STATES, text};
use crate::snapshot::Snapshot;

/// A comparison, with the options that it was made with.
#[derive(Clone, Copy)]
pub struct Compared<'s> {
    /// Both sides and what was found.
    pub sides: Sides<'s>,
    /// How it was compared.
    pub options: &'s CompareOptions,
    /// What is thought of it; needed for the chapters before the body only.
    pub judged: Option<&'s Judged>,
    /// What is accepted of it; nothing, and nothing is said of it.
    pub accepted: Option<&'s Accepted>,
}

/// The most categories that are drawn; the table has all.
const DRAWN: usize = 24;

impl Source for Compared<'_> {
    fn front(&self, options: &ReportOptions) -> Front {
        let sides = self.sides;
        let contents = (0..self.sections()).filter_map(|at| lines::heading(sides, at, options));
        let mut columns = vec![
            ("state", "State", Place::Own, 12),
            ("path", "Path", Place::Before, 30),
            ("name", "Setting", Place::Own, 50),
            ("because", "Because", Place::Below, 40),
            ("category", "Category", Place::Sheet, 30),
            ("id", "Setting id", Place::Code, 40),
            ("baseline", "Baseline", Place::Own, 40),
            ("tenant", "Tenant", Place::Own, 40),
        ];
        if self.accepted.is_some() {
            // Below the state, before everything that is below the setting.
            columns.insert(1, ("accepted", "Accepted", Place::Below, 40));
        }
        let grids = vec![Grid::of("differences", "Settings", &columns)];
        let title = format!("{} compared with {}", sides.right.label, sides.left.label);
        front("comparison", title, contents.collect(), grids, options)
    }

    fn before(&self, options: &ReportOptions) -> Vec<Chapter> {
        let mut out = vec![self.summary()];
        out.extend(unknown(self.sides.unknown()));
        out.extend(self.categories());
        let judged = self.judged.iter();
        let s = &self.sides.found.settings;
        let wanted = s.total() - s.extra;
        out.extend(judged.flat_map(|judged| judged.chapters(options.redact, wanted)));
        out
    }

    fn people(&self) -> Vec<(String, String)> {
        self.judged.map_or(Vec::new(), Judged::people)
    }

    fn sections(&self) -> u32 {
        self.sides.found.pairs.len() as u32
    }

    fn section(&self, at: u32, options: &ReportOptions) -> Option<Section> {
        lines::section(self.sides, at, options, self.accepted)
    }

    fn after(&self, options: &ReportOptions) -> Vec<Chapter> {
        let sides = [("Baseline", self.sides.left), ("Tenant", self.sides.right)];
        let mut out = vec![inputs(&sides, "What was compared", options)];
        out.extend(self.rules());
        out
    }

    fn sides(&self) -> Vec<&Snapshot> {
        vec![self.sides.left, self.sides.right]
    }
}

impl Compared<'_> {
    fn summary(&self) -> Chapter {
        let found = self.sides.found;
        let s = &found.settings;
        let mut words = format!(
            "Of {} settings in {}, compared with {}: {} same, {} different, {} missing",
            text::number(s.total() - s.extra),
            self.sides.left.label,
            self.sides.right.label,
            text::number(s.same),
            text::number(s.different),
            text::number(s.missing),
        );
        if s.unknown > 0 {
            words.push_str(&format!(", {} unknown", text::number(s.unknown)));
        }
        words.push_str(&format!(". Beside them, {} extra.", text::number(s.extra)));
        let rows = STATES.map(|state| {
            Row::of(vec![
                Cell::State(state),
                Cell::Number(s.of(state)),
                Cell::Number(found.policies.of(state)),
            ])
        });
        Chapter {
            key: "summary".to_owned(),
            title: "Summary".to_owned(),
            text: vec![words],
            picture: Some(Picture::Bars {
                title: "Settings and policies by state".to_owned(),
                rows: vec![
                    ("Settings".to_owned(), *s),
                    ("Policies".to_owned(), found.policies),
                ],
                words: Vec::new(),
            }),
            tables: vec![Table {
                grid: Grid::of(
                    "states",
                    "",
                    &[
                        ("state", "State", Place::Own, 14),
                        ("settings", "Settings", Place::Number, 12),
                        ("policies", "Policies", Place::Number, 12),
                    ],
                ),
                rows: rows.to_vec(),
            }],
            ..Chapter::default()
        }
    }

    /// Coverage by category: the outermost part of each path.
    fn categories(&self) -> Option<Chapter> {
        let mut counts: QuickMap<String, StateCounts> = QuickMap::default();
        lines::categories(self.sides, |category, state| {
            let top = category.split(" › ").next().unwrap_or_default();
            counts.entry(top.to_owned()).or_default().add(state);
        });
        let mut counts: Vec<(String, StateCounts)> = counts.into_iter().collect();
        // What the baseline asks for first; a category that only has extra settings last.
        let expected = |c: &StateCounts| c.total() - c.extra;
        counts.arrange_by(|a, b| {
            (expected(&b.1), b.1.total())
                .cmp(&(expected(&a.1), a.1.total()))
                .then_with(|| a.0.cmp(&b.0))
        });
        if counts.is_empty() {
            return None;
        }
        let rows = counts.iter().map(|(name, c)| {
            let mut cells = vec![Cell::text(name.as_str())];
            cells.extend(STATES.map(|state| Cell::Number(c.of(state))));
            Row::of(cells)
        });
        let number = |key, title| (key, title, Place::Number, 12);
        let table = Table {
            grid: Grid::of(
                "categories",
                "",
                &[
                    ("category", "Category", Place::Own, 50),
                    number("different", "Different"),
                    number("missing", "Missing"),
                    number("extra", "Extra"),
                    number("unknown", "Unknown"),
                    number("same", "Same"),
                ],
            ),
            rows: rows.collect(),
        };
        let more = counts.len().saturating_sub(DRAWN);
        counts.truncate(DRAWN);
        Some(Chapter {
            key: "categories".to_owned(),
            title: "By category".to_owned(),
            text: match more {
                0 => Vec::new(),
                more => vec![format!(
                    "The picture has the {DRAWN} largest categories; the table has {more} more."
                )],
            },
            picture: Some(Picture::Bars {
                title: "Settings by category and state".to_owned(),
                rows: counts,
                words: Vec::new(),
            }),
            tables: vec![table],
            ..Chapter::default()
        })
    }

    fn rules(&self) -> Option<Chapter> {
        let rules = crate::diff::view::rules(self.sides, self.options);
        let rows: Vec<Row> = rules
            .into_iter()
            .map(|rule| {
                Row::of(vec![
                    Cell::Text(rule.id),
                    Cell::Text(rule.words),
                    match (rule.on, rule.counted) {
                        (false, _) => Cell::text("off"),
                        (true, false) => Cell::text("not counted"),
                        (true, true) => Cell::Number(rule.hits),
                    },
                ])
            })
            .collect();
        (!rows.is_empty()).then(|| Chapter {
            key: "rules".to_owned(),
            title: "Rules".to_owned(),
            tables: vec![Table {
                grid: Grid::of(
                    "rules",
                    "",
                    &[
                        ("rule", "Rule", Place::Own, 30),
                        ("words", "What it does", Place::Own, 90),
                        ("hits", "Differences suppressed", Place::Number, 22),
                    ],
                ),
                rows,
            }],
            ..Chapter::default()
        })
    }
}
