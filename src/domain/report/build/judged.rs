//! What is thought of a comparison: the score, who sets what the baseline wants, what somebody accepted.

use super::changed;
use crate::hash::{QuickMap, QuickSet};
use crate::protocol::{
    Cover, CoverCounts, CoverageLine, CoverageWindow, Deviation, DeviationList, DeviationState,
    DriftLine, Score, Severity, State, StateCounts,
};
use crate::report::model::{Cell, Chapter, Grid, Picture, Place, Row, Table};
use crate::report::text;

/// Lines of a comparison that somebody accepted, by their number: by whom, until when and why.
pub type Accepted = QuickMap<u32, String>;

/// What is said of a line that these deviations accept.
pub fn accepted_words(deviations: impl Iterator<Item = Deviation>) -> String {
    let one = |one: Deviation| {
        let end = match one.expires.as_str() {
            "" => "without end".to_owned(),
            day => format!("until {day}"),
        };
        format!("Accepted by {}, {end}: {}", one.owner, one.reason)
    };
    let all: Vec<String> = deviations.map(one).collect();
    all.join("\n")
}

/// What the analyses say of a comparison.
#[derive(Debug)]
pub struct Judged {
    /// How far apart.
    pub score: Score,
    /// Every setting of the baseline.
    pub coverage: CoverageWindow,
    /// What was accepted.
    pub deviations: DeviationList,
    /// What happened between the two sides, where an audit log says who did it; else empty.
    pub drift: Vec<DriftLine>,
}

/// The most policies that are named for one setting.
const NAMED: usize = 5;
/// The most categories that are drawn; the table has all.
const DRAWN: usize = 24;

impl Judged {
    /// The chapters. `redact`: without names of people; `wanted`: settings that the baseline has.
    pub(super) fn chapters(&self, redact: bool, wanted: u32) -> Vec<Chapter> {
        let mut out = vec![score(&self.score, wanted), coverage(&self.coverage)];
        if !self.deviations.list.is_empty() {
            out.push(self.accepted(redact));
        }
        out.extend(changed::chapter(&self.drift, redact));
        out
    }

    /// Whom a report without names must not name: who answers for a deviation, who changed something.
    pub(super) fn people(&self) -> Vec<(String, String)> {
        let mut out: Vec<(String, String)> = Vec::new();
        let mut seen: QuickSet<&str> = QuickSet::default();
        for one in &self.deviations.list {
            let owner = one.deviation.owner.as_str();
            if seen.insert(owner) {
                out.push((owner.to_owned(), format!("«owner {}»", seen.len())));
            }
        }
        out.extend(changed::people(&self.drift));
        out
    }

    fn accepted(&self, redact: bool) -> Chapter {
        let people = self.people();
        let owner = |name: &str| {
            let instead = people.iter().find(|(known, _)| known == name && redact);
            Cell::text(instead.map_or(name, |(_, instead)| instead))
        };
        let rows = self.deviations.list.iter().map(|view| {
            let one = &view.deviation;
            let name = if view.name.is_empty() {
                &one.setting
            } else {
                &view.name
            };
            Row::of(vec![
                Cell::text(name.as_str()),
                Cell::text(match view.state {
                    DeviationState::Holds => "accepted",
                    DeviationState::Expired => "over: counts again",
                    DeviationState::Unused => "not met in this comparison",
                }),
                Cell::text(one.reason.as_str()),
                owner(&one.owner),
                Cell::text(one.accepted.as_str()),
                Cell::text(one.expires.as_str()),
                Cell::text(one.value.as_str()),
                Cell::text(one.policy.as_str()),
                Cell::text(one.setting.as_str()),
            ])
        });
        let grid = Grid::of(
            "deviations",
            "",
            &[
                ("setting", "Setting", Place::Own, 40),
                ("state", "State", Place::Own, 20),
                ("reason", "Reason", Place::Own, 50),
                ("owner", "Owner", Place::Own, 24),
                ("accepted", "Accepted", Place::Own, 12),
                ("expires", "Last day", Place::Own, 12),
                ("value", "Accepted value", Place::Sheet, 30),
                ("policy", "Policy of the baseline", Place::Sheet, 30),
                ("id", "What is set", Place::Sheet, 40),
            ],
        );
        let over = self.deviations.list.iter();
        let over = over.filter(|one| one.state == DeviationState::Expired);
        let over = over.count() as u32;
        Chapter {
            key: "deviations".to_owned(),
            title: "Accepted deviations".to_owned(),
            text: match over {
                0 => Vec::new(),
                over => vec![format!(
                    "{} of them are over: their differences count again.",
                    text::number(over)
                )],
            },
            tables: vec![Table {
                grid,
                rows: rows.collect(),
            }],
            ..Chapter::default()
        }
    }
}

fn share(per_mille: u32) -> String {
    format!("{}.{} %", per_mille / 10, per_mille % 10)
}

fn score(score: &Score, wanted: u32) -> Chapter {
    let mut words = match score.per_mille {
        Some(n) => format!("{} by weight", share(n)),
        None => "Nothing counts, so there is no score".to_owned(),
    };
    if let Some((low, high)) = score.range.filter(|(low, high)| low != high) {
        words.push_str(&format!(
            "; between {} and {}, since not all is known",
            share(low),
            share(high)
        ));
    }
    words.push('.');
    let weighed = [
        ("As wanted", score.met, "for it"),
        ("Different or missing", score.open, "against it"),
        ("Accepted", score.accepted, "not counted"),
        ("Unknown", score.unknown, "not counted, and could move it"),
    ];
    let weighed = weighed.map(|(words, (settings, weight), counts)| {
        vec![
            Cell::text(words),
            Cell::Number(settings),
            Cell::Number(weight),
            Cell::text(counts),
        ]
    });
    let counted = [score.met, score.open, score.accepted, score.unknown];
    let counted: u32 = counted.iter().map(|(settings, _)| settings).sum();
    let silent = wanted.saturating_sub(counted + score.ignored);
    let others = [
        ("Left out by a severity rule", score.ignored, "not counted"),
        ("As good as absent on both sides", silent, "not counted"),
        ("Only in the tenant", score.extra, "never counted"),
    ];
    // The settings add up with that line, and where nothing is so there is none to say.
    let others = others
        .iter()
        .filter(|(words, n, _)| *n > 0 || !words.starts_with("As good"));
    let others = others.map(|&(words, settings, counts)| {
        vec![
            Cell::text(words),
            Cell::Number(settings),
            Cell::None,
            Cell::text(counts),
        ]
    });
    let severities = ["High, weighs 10", "Medium, weighs 3", "Low, weighs 1"];
    let severities = severities.iter().zip(score.by_severity);
    let severities = severities.map(|(words, (met, open))| {
        Row::of(vec![
            Cell::text(*words),
            Cell::Number(met),
            Cell::Number(open),
        ])
    });
    Chapter {
        key: "score".to_owned(),
        title: "Score".to_owned(),
        text: std::iter::once(words)
            .chain(score.words.iter().cloned())
            .collect(),
        tables: vec![
            Table {
                grid: Grid::of(
                    "score",
                    "What counts",
                    &[
                        ("what", "Settings of the baseline", Place::Own, 36),
                        ("settings", "Number", Place::Number, 12),
                        ("weight", "Weight", Place::Number, 12),
                        ("counts", "In the score", Place::Own, 30),
                    ],
                ),
                rows: weighed.into_iter().chain(others).map(Row::of).collect(),
            },
            Table {
                grid: Grid::of(
                    "severities",
                    "By severity",
                    &[
                        ("severity", "Severity", Place::Own, 24),
                        ("met", "As wanted", Place::Number, 12),
                        ("open", "Not as wanted", Place::Number, 14),
                    ],
                ),
                rows: severities.collect(),
            },
        ],
        ..Chapter::default()
    }
}

const COVERS: [(Cover, &str, &str); 6] = [
    (Cover::Full, "everybody", "Everybody"),
    (Cover::Part, "some", "Some"),
    (Cover::Idle, "nobody", "Nobody"),
    (Cover::Otherwise, "other", "Other value"),
    (Cover::NotSet, "notset", "Not set"),
    (Cover::Unknown, "unknown", "Unknown"),
];

fn counts(c: &CoverCounts) -> [u32; 6] {
    [c.full, c.part, c.idle, c.otherwise, c.not_set, c.unknown]
}

fn coverage(window: &CoverageWindow) -> Chapter {
    let all = counts(&window.counts);
    let parts = COVERS.iter().zip(all);
    let parts = parts.map(|((_, _, words), n)| format!("{} {n}", words.to_lowercase()));
    let parts: Vec<String> = parts.collect();
    let words = format!(
        "For whom each of the {} settings that the baseline asks for is as wanted: {}.",
        text::number(all.iter().sum()),
        parts.join(", ")
    );
    let number =
        |(_, key, title): (Cover, &'static str, &'static str)| (key, title, Place::Number, 12);
    let mut columns = vec![("category", "Category", Place::Own, 50)];
    columns.extend(COVERS.map(number));
    let categories = window.categories.iter().map(|(name, of)| {
        let mut cells = vec![Cell::text(name.as_str())];
        cells.extend(counts(of).map(Cell::Number));
        Row::of(cells)
    });
    let settings = Grid::of(
        "coverage",
        "Setting by setting",
        &[
            ("name", "Setting", Place::Own, 50),
            ("category", "Category", Place::Below, 30),
            ("cover", "As wanted for", Place::Own, 14),
            ("severity", "Severity", Place::Own, 10),
            ("wanted", "Baseline", Place::Own, 30),
            ("policies", "Set by", Place::Own, 60),
            ("conflict", "Policies disagree", Place::Sheet, 16),
        ],
    );
    Chapter {
        key: "coverage".to_owned(),
        title: "Coverage".to_owned(),
        text: vec![words],
        picture: Some(picture(window)),
        tables: vec![
            Table {
                grid: Grid::of("coverage-categories", "By category", &columns),
                rows: categories.collect(),
            },
            Table {
                grid: settings,
                rows: window.lines.iter().map(setting).collect(),
            },
        ],
        ..Chapter::default()
    }
}

/// The colours of the five states for what became of the settings.
fn picture(window: &CoverageWindow) -> Picture {
    let bar = |c: &CoverCounts| StateCounts {
        same: c.full,
        extra: c.part,
        different: c.otherwise,
        missing: c.idle + c.not_set,
        unknown: c.unknown,
    };
    let categories = window.categories.iter().take(DRAWN);
    let categories = categories.map(|(name, counts)| (name.clone(), bar(counts)));
    let words = [
        (State::Same, "for everybody"),
        (State::Extra, "for some"),
        (State::Different, "other value"),
        (State::Missing, "not set, or for nobody"),
        (State::Unknown, "unknown"),
    ];
    Picture::Bars {
        title: "Settings of the baseline by category, and for whom they are as wanted".to_owned(),
        rows: std::iter::once(("All".to_owned(), bar(&window.counts)))
            .chain(categories)
            .collect(),
        words: words.map(|(state, words)| (state, words.to_owned())).into(),
    }
}

fn setting(line: &CoverageLine) -> Row {
    let word = COVERS.iter().find(|(cover, ..)| *cover == line.cover);
    let places = line.places.iter().take(NAMED);
    let places = places.map(|p| format!("{} = {} ({})", p.name, p.value, p.reach_words));
    let mut places: Vec<String> = places.collect();
    match line.places.len() {
        0 => places.push("no policy".to_owned()),
        n if n > NAMED => places.push(format!("and {} more", n - NAMED)),
        _ => {}
    }
    Row::of(vec![
        Cell::text(line.name.as_str()),
        Cell::text(line.category.as_str()),
        Cell::text(word.map_or("", |(.., words)| words)),
        Cell::text(match line.severity {
            Severity::Ignored => "not counted",
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
        }),
        Cell::text(line.wanted.as_str()),
        Cell::text(places.join("; ")),
        Cell::text(if line.conflict { "yes" } else { "" }),
    ])
}
