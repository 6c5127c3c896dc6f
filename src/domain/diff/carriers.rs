//! The same setting in another kind of policy: what pairing by id leaves open, looked for by what it sets.
//!
//! Only here, after everything of one kind has been paired: the identity of [`crate::setting::identity`]
//! tells that a custom profile's OMA-URI and the settings catalog write the same node of a CSP.

use super::rules::{Rule, hides};
use super::{At, Line, NONE};
use crate::arrange::Arrange;
use crate::hash::{QuickMap, QuickSet};
use crate::protocol::State;
use crate::setting::identity::{self, AdmxNames, kin};
use crate::setting::{Carrier, Setting};
use crate::snapshot::Snapshot;

/// The one carrier that has several ids for one setting: `./Vendor/…` is `./Device/Vendor/…`.
const SEVERAL_IDS: Carrier = Carrier::OmaUri;

/// An open line, and what it sets.
struct Open {
    line: usize,
    left: bool,
    carrier: Carrier,
    facets: Vec<(String, Option<String>)>,
}

/// A setting of a side, by what it sets.
struct Place {
    at: At,
    carrier: Carrier,
    value: Option<String>,
    /// Its own line, where that is open.
    open: Option<usize>,
}

type Places = QuickMap<String, Vec<Place>>;

/// Resolves what is missing or extra and set by another kind of policy on the other side.
///
/// Answers what administrative templates are called in the settings catalog, where a side has some.
pub(super) fn look(lines: &mut [Line], left: &Snapshot, right: &Snapshot) -> Option<AdmxNames> {
    let carriers = [carriers(left), carriers(right)];
    let state = |line: &Line| matches!(line.state, State::Missing | State::Extra);
    let all = carriers[0] | carriers[1];
    let several = all.count_ones() > 1 || all == 1 << SEVERAL_IDS as u8;
    // One kind of policy on both sides, or nothing open: there is nothing to look for.
    if !several || !lines.iter().any(state) {
        return None;
    }
    let admx = all & 1 << Carrier::Admx as u8 != 0;
    let names = match admx {
        true => AdmxNames::of(&left.definitions, &right.definitions),
        false => AdmxNames::default(),
    };
    let mut open: Vec<Open> = Vec::new();
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| state(line)) {
        let is_left = line.left.1 != NONE;
        let (side, at) = match is_left {
            true => (left, line.left),
            false => (right, line.right),
        };
        let Some(setting) = setting(side, at).filter(|s| s.row == 0) else {
            continue;
        };
        let facets: Vec<(String, Option<String>)> = facets(setting, &names);
        if !facets.is_empty() {
            open.push(Open {
                line: number,
                left: is_left,
                carrier: setting.carrier,
                facets,
            });
        }
    }
    // What has most to say stands last: it is shown, and its parts are counted.
    open.arrange_by_cached_key(|o| (o.facets.len(), o.facets.clone(), o.line));
    let places = [
        places(left, &names, &open, lines, true),
        places(right, &names, &open, lines, false),
    ];
    resolve(lines, &open, &places);
    admx.then_some(names)
}

fn resolve(lines: &mut [Line], open: &[Open], places: &[Places; 2]) {
    let counted: QuickSet<(bool, At)> = lines
        .iter()
        .filter(|line| !line.echo && line.state == State::Same)
        .flat_map(|line| [(true, line.left), (false, line.right)])
        .collect();
    // Settings that a counted line of the other side stands for already.
    let mut told: QuickSet<(bool, At)> = QuickSet::default();
    for one in open {
        let there = &places[usize::from(one.left)];
        let mut found: Vec<(Option<bool>, &Place)> = Vec::new();
        for (key, value) in &one.facets {
            let candidates = there.get(key).map_or(&[][..], Vec::as_slice);
            let best = candidates
                .iter()
                .filter(|place| place.carrier != one.carrier || one.carrier == SEVERAL_IDS)
                .map(|place| {
                    (
                        identity::agree(value.as_deref(), place.value.as_deref()),
                        place,
                    )
                })
                // Equal before unknown before different; what is different must be open itself.
                .filter(|(equal, place)| *equal == Some(true) || place.open.is_some())
                .min_by_key(|(equal, place)| {
                    (*equal != Some(true), *equal == Some(false), place.at)
                });
            found.extend(best);
        }
        let Some((_, first)) = found.first() else {
            continue;
        };
        let whole = found.len() == one.facets.len();
        let line = &mut lines[one.line];
        let (own, other) = match one.left {
            true => (line.left, &mut line.right),
            false => (line.right, &mut line.left),
        };
        *other = first.at;
        line.state = if found.iter().any(|(equal, _)| *equal == Some(false)) || !whole {
            State::Different
        } else if found.iter().any(|(equal, _)| equal.is_none()) {
            State::Unknown
        } else {
            State::Same
        };
        if line.state == State::Same {
            line.rule = Some(Rule::Carrier);
        }
        line.elsewhere = true;
        line.echo = told.contains(&(one.left, own))
            || counted.contains(&(!one.left, first.at)) && line.state == State::Same;
        if !line.echo {
            told.extend(found.iter().map(|(_, place)| (!one.left, place.at)));
        }
    }
}

fn facets(setting: &Setting, names: &AdmxNames) -> Vec<(String, Option<String>)> {
    let secret = hides(&setting.value);
    identity::facets(setting, names)
        .into_iter()
        .map(|facet| {
            let value = facet.value.map(|value| value.into_owned());
            (facet.key.into_owned(), value.filter(|_| !secret))
        })
        .collect()
}

/// Where a side sets what the other side's open lines ask for.
fn places(side: &Snapshot, names: &AdmxNames, open: &[Open], lines: &[Line], left: bool) -> Places {
    let mut wanted: Places = QuickMap::default();
    let mut asked: [bool; 8] = [false; 8];
    for one in open.iter().filter(|one| one.left != left) {
        asked[one.carrier as usize] = true;
        for (key, _) in &one.facets {
            wanted.entry(key.clone()).or_default();
        }
    }
    if wanted.is_empty() {
        return wanted;
    }
    let own: QuickMap<At, usize> = open
        .iter()
        .filter(|one| one.left == left)
        .map(|one| {
            let line = &lines[one.line];
            (if left { line.left } else { line.right }, one.line)
        })
        .collect();
    let only = |carrier: Carrier| (0..8).all(|n| asked[n] == (n == carrier as usize));
    for (policy, number) in side.policies.iter().zip(0u32..) {
        let settings = policy.settings.get().map_or(&[][..], Vec::as_slice);
        for (setting, place) in settings.iter().zip(0u32..) {
            let alone = setting.carrier != SEVERAL_IDS && only(setting.carrier);
            if alone || setting.row != 0 {
                continue;
            }
            let at = (number, place);
            for (key, value) in facets(setting, names) {
                if let Some(list) = wanted.get_mut(&key) {
                    list.push(Place {
                        at,
                        carrier: setting.carrier,
                        value,
                        open: own.get(&at).copied(),
                    });
                }
            }
        }
    }
    wanted
}

/// Which kinds of carriers a side has, as bits.
fn carriers(side: &Snapshot) -> u8 {
    let settings = side.policies.iter().filter_map(|p| p.settings.get());
    settings
        .flatten()
        .fold(0, |bits, s| bits | 1 << s.carrier as u8)
}

fn setting(side: &Snapshot, (policy, setting): At) -> Option<&Setting> {
    side.policies
        .get(policy as usize)?
        .settings
        .get()?
        .get(setting as usize)
}

/// Says what may be the same as a line that has no counterpart, and why it is not paired. Empty: nothing is.
pub(super) fn hint(
    line: &Line,
    left: &Snapshot,
    right: &Snapshot,
    names: Option<&AdmxNames>,
) -> String {
    if !matches!(line.state, State::Missing | State::Extra) {
        return String::new();
    }
    let (own, other, at) = match line.left.1 {
        NONE => (right, left, line.right),
        _ => (left, right, line.left),
    };
    let Some(setting) = setting(own, at) else {
        return String::new();
    };
    let kin_of = kin(setting);
    // Elements of the catalog that a field of this policy is already.
    let fields = own.policies.get(at.0 as usize);
    let fields = fields.and_then(|policy| policy.settings.get()).into_iter();
    let told: Vec<&str> = names.map_or(Vec::new(), |names| {
        let fields = fields.flatten().filter(|s| s.carrier == Carrier::Admx);
        fields.filter_map(|s| names.element_id(&s.id)).collect()
    });
    for policy in &other.policies {
        let settings = policy.settings.get().map_or(&[][..], Vec::as_slice);
        for twin in settings {
            if (twin.carrier, &twin.id) == (setting.carrier, &setting.id) {
                continue;
            }
            let why = match &kin_of {
                Some((key, why)) if kin(twin).is_some_and(|(other, _)| other == *key) => why,
                _ if names.is_some_and(|names| elements(names, setting, twin, &told)) => ELEMENT,
                _ => continue,
            };
            return format!(
                "Perhaps the same as {} in {}; not paired, because {why}.",
                twin.id, policy.name
            );
        }
    }
    String::new()
}

const ELEMENT: &str =
    "it is a field of the same policy, and no field or several of it have this label";

/// True for a field of an administrative template and one of the same policy in the catalog, in any order, when
/// neither is known to be another one.
fn elements(names: &AdmxNames, one: &Setting, other: &Setting, told: &[&str]) -> bool {
    let template = |field: &Setting| field.carrier == Carrier::Admx && field.parent.is_some();
    let (field, element) = match (template(one), template(other)) {
        (true, false) => (one, other),
        (false, true) => (other, one),
        _ => return false,
    };
    let policy = field.id.rsplit_once('/').map_or("", |(policy, _)| policy);
    element.carrier == Carrier::Catalog
        && names.holds(policy, &element.id)
        && names.element_id(&field.id).is_none()
        && !told.contains(&element.id.as_ref())
}
