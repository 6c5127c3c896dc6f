//! What an analysis asks for, and what of its answer is there.

use domain::protocol::{
    Accept, AuditLog, AuditQuery, ConflictQuery, Cover, CoverageQuery, DeviationView, DriftLine,
    Event, File, MatrixQuery, Overlap, PickedPolicies, Request, SettingLine, State,
};

use super::Analysis;
use crate::ui::route::{Tab, View};

/// Words of the address for [`Cover`].
pub const COVERS: [(Cover, &str); 6] = [
    (Cover::Full, "all"),
    (Cover::Part, "some"),
    (Cover::Idle, "nobody"),
    (Cover::Otherwise, "other"),
    (Cover::NotSet, "notset"),
    (Cover::Unknown, "unknown"),
];

/// Words of the address for [`Overlap`].
pub const OVERLAPS: [(Overlap, &str); 4] = [
    (Overlap::Yes, "yes"),
    (Overlap::Maybe, "maybe"),
    (Overlap::Unknown, "unknown"),
    (Overlap::No, "no"),
];

fn chosen<T: Copy, const N: usize>(view: &View, words: [(T, &str); N]) -> Vec<T> {
    let chosen = words.iter().filter(|(_, word)| view.shows(word));
    chosen.map(|(value, _)| *value).collect()
}

impl Analysis {
    /// Rows of the answer.
    pub fn total(&self, view: &View) -> u32 {
        let count = match (view.tab, self.answer.get()) {
            (Tab::Deviations, _) => {
                let all = self.deviations.get().map_or(&[][..], |d| &d.list);
                deviating(view, all).count()
            }
            (_, Some(Event::Coverage(window))) => return window.matching,
            (_, Some(Event::Conflicts(window))) => return window.matching,
            (_, Some(Event::Matrix(window))) => return window.matching,
            (_, Some(Event::Audit(window))) => return window.matching,
            (_, Some(Event::CompareRows(window))) => window.lines.len(),
            (_, Some(Event::Drift(lines))) => drifted(view, lines).count(),
            (_, Some(Event::Picked(view_of))) => picked(view, &view_of.lines).count(),
            _ => 0,
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// First row that is there, and how many; `None` for what comes whole.
    pub(super) fn window(&self) -> Option<(u32, usize)> {
        match self.answer.get()? {
            Event::Coverage(window) => Some((window.from, window.lines.len())),
            Event::Conflicts(window) => Some((window.from, window.lines.len())),
            Event::Matrix(window) => Some((window.from, window.rows.len())),
            Event::Audit(window) => Some((window.from, window.lines.len())),
            _ => None,
        }
    }

    /// The sides of the matrix: the one to compare with first.
    pub fn columns(&self, view: &View) -> Vec<u32> {
        let all = self.sides.get().map_or(&[][..], Vec::as_slice);
        let numbers = || all.iter().map(|side| side.side);
        let first = view.side.filter(|side| numbers().any(|n| n == *side));
        let first = first.or_else(|| numbers().find(|n| *n == 1));
        let first = first.or_else(|| numbers().next());
        let others = numbers().filter(|n| Some(*n) != first);
        first.into_iter().chain(others).collect()
    }

    pub(super) fn request(&self, view: &View, from: u32, count: u32) -> Option<Request> {
        let text = view.text.clone();
        Some(match view.tab {
            Tab::Coverage => Request::Coverage(CoverageQuery {
                text,
                covers: chosen(view, COVERS),
                from,
                count,
            }),
            Tab::Conflicts => Request::Conflicts(ConflictQuery {
                side: view.side.unwrap_or(0),
                text,
                overlaps: chosen(view, OVERLAPS),
                from,
                count,
            }),
            Tab::Sides => {
                let sides = self.columns(view);
                if sides.len() < 2 {
                    return None;
                }
                Request::Matrix(MatrixQuery {
                    sides,
                    text,
                    differing: !view.shows("same"),
                    from,
                    count,
                })
            }
            Tab::Drift => Request::Drift,
            Tab::Audit => Request::Audit(AuditQuery {
                text,
                about: view.about.clone(),
                log: match (view.shows("intune"), view.shows("entra")) {
                    (true, false) => Some(AuditLog::Intune),
                    (false, true) => Some(AuditLog::Directory),
                    _ => None,
                },
                failed: view.shows("failed"),
                sort: view.sort.clone(),
                from,
                count,
            }),
            Tab::Deviations => return None,
            Tab::Rule => Request::Suppressed(view.rule.clone()),
            // One alone is compared with itself: its name comes with the answer.
            Tab::Policies => Request::ComparePicked(PickedPolicies {
                left: view.picked[0].or(view.picked[1])?,
                right: view.picked[1].or(view.picked[0])?,
                rules_off: Vec::new(),
            }),
        })
    }
}

/// Rows of a list that is here whole, with their numbers: those that have each word of the filter in one of their texts.
fn matching<'l, T>(
    view: &View,
    all: &'l [T],
    texts: impl Fn(&T) -> Vec<&str>,
) -> impl Iterator<Item = (u32, &'l T)> {
    let words = view.text.split_whitespace();
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    (0u32..).zip(all).filter(move |(_, one)| {
        let texts = texts(one).join("\n").to_lowercase();
        words.iter().all(|word| texts.contains(word.as_str()))
    })
}

/// The lines of the drift that the filter leaves.
pub fn drifted<'l>(
    view: &View,
    lines: &'l [DriftLine],
) -> impl Iterator<Item = (u32, &'l DriftLine)> {
    matching(view, lines, |line| {
        let own = [&line.before, &line.after, &line.type_name, &line.unknown];
        own.into_iter()
            .chain(&line.who)
            .map(String::as_str)
            .collect()
    })
}

/// The deviations that the filter leaves.
pub fn deviating<'l>(
    view: &View,
    all: &'l [DeviationView],
) -> impl Iterator<Item = (u32, &'l DeviationView)> {
    matching(view, all, |view| {
        let one = &view.deviation;
        vec![
            &view.name,
            &one.setting,
            &one.reason,
            &one.owner,
            &one.policy,
            &one.value,
        ]
    })
}

/// The settings of two policies that are shown.
pub fn picked<'l>(
    view: &'l View,
    lines: &'l [SettingLine],
) -> impl Iterator<Item = &'l SettingLine> {
    let same = view.shows("same");
    lines
        .iter()
        .filter(move |line| same || line.state != State::Same)
}

/// Each snapshot or zip of several is a side of its own; loose files and folders are one.
pub(super) fn sides(files: Vec<File>) -> Vec<Vec<File>> {
    let whole = |file: &File| {
        !file.path.contains('/')
            && [".zip", ".plumbline.json", ".plumbline.json.gz"]
                .iter()
                .any(|end| file.path.ends_with(end))
    };
    if files.is_empty() {
        Vec::new()
    } else if files.iter().all(whole) {
        files.into_iter().map(|file| vec![file]).collect()
    } else {
        vec![files]
    }
}

/// A day of an ISO 8601 time.
pub fn day_of(iso: &str) -> &str {
    iso.get(..10).unwrap_or("")
}

/// An acceptance as a form gives it; the line is added by the model.
pub fn signed([reason, owner, expires]: [String; 3], any_value: bool, now: &str) -> Accept {
    Accept {
        line: 0,
        any_value,
        reason,
        owner,
        expires,
        today: day_of(now).to_owned(),
    }
}
