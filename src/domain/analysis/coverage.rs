//! For each setting of the baseline: which policies of the main side set it, to what, and for whom.

use super::conflicts::{MOST, at, state, view};
use super::index::Index;
use super::reach::reach;
use super::severity::Severities;
use super::window::Window;
use crate::arrange::Arrange;
use crate::diff::{At, Line, NONE, Namer, Sides};
use crate::protocol::{
    Cover, CoverCounts, CoverageLine, CoverageQuery, CoverageWindow, Reach, Severity, State,
};

/// A setting of the baseline.
#[derive(Debug)]
pub struct Covered {
    /// Its line in the comparison.
    pub line: u32,
    /// What became of it.
    pub cover: Cover,
    /// True when policies of the main side disagree about it.
    pub conflict: bool,
    /// How much it weighs.
    pub severity: Severity,
    places: Vec<(At, State)>,
    category: String,
    text: String,
}

/// Looks every setting of the baseline up on the main side. `index` is the main side's.
pub fn find(sides: Sides<'_>, index: &Index, severities: &Severities) -> Vec<Covered> {
    let mut out = Vec::new();
    for (number, line) in (0u32..).zip(&sides.found.lines) {
        let own = sides.found.pairs.get(line.pair as usize);
        let left = line.left.1 != NONE && own.is_some_and(|pair| pair.left == line.left.0);
        // What is as good as absent wants nothing.
        let void = line.right.1 == NONE && line.state == State::Same;
        if !left || void {
            continue;
        }
        let Some((policy, setting)) = at(sides.left, line.left) else {
            continue;
        };
        let places = places(sides, index, line);
        let category = sides.category(policy, setting);
        let names: Vec<&str> = places
            .iter()
            .filter_map(|(at, _)| Some(sides.right.policies.get(at.0 as usize)?.name.as_str()))
            .collect();
        let text = format!(
            "{}\n{}\n{category}\n{}",
            sides.name(setting),
            setting.id,
            names.join("\n")
        );
        let has = |wanted| places.iter().any(|(_, state)| *state == wanted);
        out.push(Covered {
            line: number,
            cover: cover(sides, line, &places),
            conflict: has(State::Same) && has(State::Different),
            severity: severities.of(&setting.id, &category),
            places,
            category,
            text: text.to_lowercase(),
        });
    }
    out
}

/// Where the main side sets what a line's left side sets, equal values first.
fn places(sides: Sides<'_>, index: &Index, line: &Line) -> Vec<(At, State)> {
    let key = at(sides.left, line.left).and_then(|(policy, setting)| index.key(policy, setting));
    let mut out: Vec<(At, State)> = Vec::new();
    if let Some((key, wanted)) = key {
        let found = index.places.get(&key).map_or(&[][..], Vec::as_slice);
        out.extend(
            found
                .iter()
                .map(|place| (place.at, state(wanted.as_deref(), place))),
        );
    }
    if line.right.1 != NONE {
        // The comparison knows better: its rules are the person's.
        match out.iter_mut().find(|(at, _)| *at == line.right) {
            Some((_, state)) => *state = line.state,
            None => out.push((line.right, line.state)),
        }
    }
    out.arrange_by_key(|(at, state)| (*state != State::Same, *state == State::Unknown, *at));
    out
}

fn cover(sides: Sides<'_>, line: &Line, places: &[(At, State)]) -> Cover {
    let equal = places.iter().filter(|(_, state)| *state == State::Same);
    let reaches: Vec<Reach> = equal
        .filter_map(|(at, _)| Some(reach(sides.right.policies.get(at.0 as usize)?).0))
        .collect();
    for (wanted, cover) in [
        (Reach::All, Cover::Full),
        (Reach::Some, Cover::Part),
        (Reach::Unknown, Cover::Unknown),
        (Reach::Nobody, Cover::Idle),
    ] {
        if reaches.contains(&wanted) {
            return cover;
        }
    }
    let has = |wanted| places.iter().any(|(_, state)| *state == wanted);
    if line.state == State::Unknown || has(State::Unknown) {
        Cover::Unknown
    } else if places.is_empty() {
        Cover::NotSet
    } else {
        Cover::Otherwise
    }
}

/// A window of what was found.
pub fn window(sides: Sides<'_>, found: &[Covered], query: &CoverageQuery) -> CoverageWindow {
    let mut counts = CoverCounts::default();
    let mut categories: Vec<(String, CoverCounts)> = Vec::new();
    for one in found {
        add(&mut counts, one.cover);
        let place = categories
            .iter()
            .position(|(name, _)| *name == one.category);
        let place = place.unwrap_or_else(|| {
            categories.push((one.category.clone(), CoverCounts::default()));
            categories.len() - 1
        });
        add(&mut categories[place].1, one.cover);
    }
    categories.arrange_by_cached_key(|(name, _)| name.to_lowercase());
    let window = Window {
        text: &query.text,
        from: query.from,
        count: query.count,
    };
    let cut = window.cut(found, |one, has_words| {
        (query.covers.is_empty() || query.covers.contains(&one.cover)) && has_words(&one.text)
    });
    CoverageWindow {
        counts,
        categories,
        matching: cut.matching,
        from: cut.from,
        lines: cut.rows.iter().filter_map(|one| line(sides, one)).collect(),
    }
}

fn line(sides: Sides<'_>, one: &Covered) -> Option<CoverageLine> {
    let line = sides.found.lines.get(one.line as usize)?;
    let (_, setting) = at(sides.left, line.left)?;
    let places = one.places.iter().take(MOST);
    Some(CoverageLine {
        index: one.line,
        name: sides.name(setting),
        category: one.category.clone(),
        wanted: Namer { side: sides.left }.short(setting),
        cover: one.cover,
        severity: one.severity,
        conflict: one.conflict,
        places: places
            .filter_map(|(at, state)| view(sides.right, *at, *state))
            .collect(),
    })
}

fn add(counts: &mut CoverCounts, cover: Cover) {
    let count = match cover {
        Cover::Full => &mut counts.full,
        Cover::Part => &mut counts.part,
        Cover::Idle => &mut counts.idle,
        Cover::Otherwise => &mut counts.otherwise,
        Cover::NotSet => &mut counts.not_set,
        Cover::Unknown => &mut counts.unknown,
    };
    *count += 1;
}
