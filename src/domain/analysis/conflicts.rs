//! Settings that two policies of one side set differently.

use super::index::{Index, Place};
use super::reach::{overlap, reach};
use super::window::Window;
use crate::arrange::Arrange;
use crate::diff::{At, Namer};
use crate::policy::Policy;
use crate::protocol::{ConflictLine, ConflictQuery, ConflictWindow, Overlap, PlaceView, State};
use crate::setting::identity::agree;
use crate::setting::{Setting, Value};
use crate::snapshot::Snapshot;

/// The most policies that are listed below one setting.
pub(super) const MOST: usize = 50;

/// A setting with more than one value.
#[derive(Debug)]
pub struct Conflict {
    places: Vec<Place>,
    /// Whether any two that disagree can meet, and why.
    pub overlap: (Overlap, &'static str),
    name: String,
    text: String,
}

/// All conflicts of a side, the worst first.
pub fn find(side: &Snapshot, index: &Index) -> Vec<Conflict> {
    let namer = Namer { side };
    let mut out: Vec<Conflict> = Vec::new();
    for places in index.places.values() {
        let one = places.first().and_then(|p| p.value.as_ref());
        let equal = |p: &Place| agree(one.map(String::as_str), p.value.as_deref()) != Some(false);
        if places.iter().all(equal) {
            continue;
        }
        let Some(overlap) = worst(side, places) else {
            continue;
        };
        let Some((policy, setting)) = at(side, places[0].at) else {
            continue;
        };
        let name = namer.name(setting);
        let names: Vec<&str> = places
            .iter()
            .filter_map(|p| Some(side.policies.get(p.at.0 as usize)?.name.as_str()))
            .collect();
        let text = format!(
            "{name}\n{}\n{}\n{}",
            setting.id,
            namer.category(policy, setting),
            names.join("\n")
        );
        out.push(Conflict {
            places: places.clone(),
            overlap,
            name,
            text: text.to_lowercase(),
        });
    }
    out.arrange_by_cached_key(|c| (rank(c.overlap.0), c.name.to_lowercase(), c.places[0].at));
    out
}

fn rank(overlap: Overlap) -> u8 {
    match overlap {
        Overlap::Yes => 0,
        Overlap::Maybe => 1,
        Overlap::Unknown => 2,
        Overlap::No => 3,
    }
}

/// The most that two policies which disagree can meet. `None`: those that disagree are one policy.
fn worst(side: &Snapshot, places: &[Place]) -> Option<(Overlap, &'static str)> {
    let mut found: Option<(Overlap, &'static str)> = None;
    // A setting that thousands of policies set is looked at from those that stand first.
    let few = &places[..places.len().min(MOST)];
    for (n, a) in few.iter().enumerate() {
        for b in &few[n + 1..] {
            if a.at.0 == b.at.0 || agree(a.value.as_deref(), b.value.as_deref()) != Some(false) {
                continue;
            }
            let pair = (
                side.policies.get(a.at.0 as usize)?,
                side.policies.get(b.at.0 as usize)?,
            );
            let next = overlap(pair.0, pair.1);
            if found.is_none_or(|known| rank(next.0) < rank(known.0)) {
                found = Some(next);
            }
        }
    }
    found
}

/// A window of a side's conflicts.
pub fn window(side: &Snapshot, found: &[Conflict], query: &ConflictQuery) -> ConflictWindow {
    let mut counts = (0, 0, 0, 0);
    for conflict in found {
        match conflict.overlap.0 {
            Overlap::Yes => counts.0 += 1,
            Overlap::Maybe => counts.1 += 1,
            Overlap::No => counts.2 += 1,
            Overlap::Unknown => counts.3 += 1,
        }
    }
    let window = Window {
        text: &query.text,
        from: query.from,
        count: query.count,
    };
    let cut = window.cut(found, |c, has_words| {
        let overlap = match query.overlaps.as_slice() {
            [] => c.overlap.0 != Overlap::No,
            some => some.contains(&c.overlap.0),
        };
        overlap && has_words(&c.text)
    });
    ConflictWindow {
        counts,
        matching: cut.matching,
        from: cut.from,
        lines: cut.rows.iter().filter_map(|c| line(side, c)).collect(),
    }
}

fn line(side: &Snapshot, conflict: &Conflict) -> Option<ConflictLine> {
    let namer = Namer { side };
    let first = conflict.places.first()?;
    let (policy, setting) = at(side, first.at)?;
    let places = conflict.places.iter().take(MOST);
    Some(ConflictLine {
        name: conflict.name.clone(),
        id: setting.id.to_string(),
        category: namer.category(policy, setting),
        overlap: conflict.overlap.0,
        because: format!("{}.", conflict.overlap.1),
        lists: matches!(setting.value, Value::List(_)),
        places: places
            .filter_map(|p| view(side, p.at, state(first.value.as_deref(), p)))
            .collect(),
    })
}

/// A place as the page shows it.
pub(super) fn view(side: &Snapshot, place: At, state: State) -> Option<PlaceView> {
    let (policy, setting) = at(side, place)?;
    let (reach, reach_words) = reach(policy);
    Some(PlaceView {
        policy: place.0,
        name: policy.name.clone(),
        value: Namer { side }.short(setting),
        state,
        reach,
        reach_words,
    })
}

/// How a place's value stands to another.
pub(super) fn state(wanted: Option<&str>, place: &Place) -> State {
    match agree(wanted, place.value.as_deref()) {
        Some(true) => State::Same,
        Some(false) => State::Different,
        None => State::Unknown,
    }
}

/// A policy and its setting.
pub(super) fn at(side: &Snapshot, (policy, setting): At) -> Option<(&Policy, &Setting)> {
    let policy = side.policies.get(policy as usize)?;
    Some((policy, policy.settings.get()?.get(setting as usize)?))
}
