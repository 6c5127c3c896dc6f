//! Which policy of one side stands for which of the other.
//!
//! By id where it is unambiguous, then by name, then by name without version, then by what they set.

use crate::arrange::Arrange;
use std::cmp::Ordering;
use std::collections::HashMap;

use super::canon::{Canon, VOID};
use super::name;
use super::rules::{Rule, Rules};
use crate::hash::QuickMap;
use crate::policy::Policy;

/// How two policies were found to belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PairedBy {
    /// The same id, which no other policy has.
    Id,
    /// The same name.
    Name,
    /// The same name but for its version or a tool's mark.
    NameWithoutVersion,
    /// Most of their settings.
    Settings,
    /// A person picked them.
    Hand,
}

/// A pair, by position in each list.
pub(super) type Pair = (u32, u32, PairedBy);

/// Likeness from which two policies of different names are one.
const ALIKE: f64 = 0.2;
/// A setting that this many policies have tells nothing about which one is meant.
const COMMON: usize = 64;

/// What pairing needs to know of a side.
pub(super) struct Side<'s> {
    pub policies: &'s [Policy],
    pub canons: &'s [Canon],
}

/// Pairs the policies of two sides; each is in at most one pair.
pub(super) fn pair(left: &Side, right: &Side, rules: Rules) -> Vec<Pair> {
    let mut state = State {
        pairs: Vec::new(),
        free: [
            vec![true; left.policies.len()],
            vec![true; right.policies.len()],
        ],
        features: Default::default(),
        canons: [left.canons, right.canons],
        rank: [rank(left), rank(right)],
        spread: QuickMap::default(),
    };
    let id = |p: &Policy| p.id.as_ref().map(|id| id.to_ascii_lowercase());
    state.unique(left, right, id);
    state.named(left, right, PairedBy::Name, |p| name::plain(&p.name));
    if rules.on(Rule::NameVersion) {
        state.named(left, right, PairedBy::NameWithoutVersion, |p| {
            name::unversioned(&p.name)
        });
    }
    state.alike(left, right);
    state.pairs.arrange_by_key(|(l, r, _)| (*l, *r));
    state.pairs
}

/// Sorted pairs of path and value: what a policy sets, without what is as good as absent.
type Features = Vec<(u32, u32)>;

struct State<'s> {
    pairs: Vec<Pair>,
    free: [Vec<bool>; 2],
    canons: [&'s [Canon]; 2],
    /// Worked out once it is asked for: most policies are paired by id or name.
    features: [Vec<Features>; 2],
    /// Position in an order that depends on content only.
    rank: [Vec<u32>; 2],
    /// In how many policies of both sides a path (value [`VOID`]), or a path with a value, is found.
    spread: QuickMap<(u32, u32), u32>,
}

/// Policies of different lists are never the same.
fn list(policy: &Policy) -> &str {
    match policy.row.list {
        "" => &policy.odata_type,
        list => list,
    }
}

impl State<'_> {
    fn take(&mut self, l: u32, r: u32, by: PairedBy) {
        if self.free[0][l as usize] && self.free[1][r as usize] {
            self.free[0][l as usize] = false;
            self.free[1][r as usize] = false;
            self.pairs.push((l, r, by));
        }
    }

    fn is_free(&self, side: usize, at: u32) -> bool {
        self.free[side][at as usize]
    }

    /// Pairs by a key that only one policy on each side has.
    fn unique(&mut self, left: &Side, right: &Side, key: impl Fn(&Policy) -> Option<String>) {
        let mut seen: HashMap<String, [Vec<u32>; 2]> = HashMap::new();
        for (side, policies) in [left.policies, right.policies].into_iter().enumerate() {
            for (at, policy) in policies.iter().enumerate() {
                if let Some(key) = key(policy) {
                    seen.entry(key).or_default()[side].push(at as u32);
                }
            }
        }
        let mut found: Vec<(u32, u32)> = seen
            .into_values()
            .filter_map(|[l, r]| match (l.as_slice(), r.as_slice()) {
                ([l], [r]) => Some((*l, *r)),
                _ => None,
            })
            .filter(|(l, r)| {
                list(&left.policies[*l as usize]) == list(&right.policies[*r as usize])
            })
            .collect();
        found.arrange();
        for (l, r) in found {
            self.take(l, r, PairedBy::Id);
        }
    }

    /// Pairs by name within a list; among several of one name, those that are most alike.
    fn named(&mut self, left: &Side, right: &Side, by: PairedBy, key: impl Fn(&Policy) -> String) {
        let mut seen: HashMap<(&str, String), [Vec<u32>; 2]> = HashMap::new();
        for (side, policies) in [left.policies, right.policies].into_iter().enumerate() {
            for (at, policy) in policies.iter().enumerate() {
                let at = at as u32;
                if self.is_free(side, at) {
                    let key = (list(policy), key(policy));
                    seen.entry(key).or_default()[side].push(at);
                }
            }
        }
        let mut found = Vec::new();
        for [ls, rs] in seen.into_values() {
            if let ([l], [r]) = (ls.as_slice(), rs.as_slice()) {
                found.push((1.0, *l, *r));
                continue;
            }
            if ls.is_empty() || rs.is_empty() {
                continue;
            }
            self.spread();
            // Many of one name: only those next to each other in rank are looked at.
            for (n, l) in ls.iter().enumerate() {
                for (m, r) in rs.iter().enumerate() {
                    if ls.len() * rs.len() <= COMMON * COMMON || n.abs_diff(m) < 8 {
                        found.push((self.score(*l, *r), *l, *r));
                    }
                }
            }
        }
        self.greedy(found, by);
    }

    /// Pairs what is left by what it sets.
    fn alike(&mut self, left: &Side, right: &Side) {
        let mut index: QuickMap<(u32, u32), Vec<u32>> = QuickMap::default();
        if !self.free.iter().all(|side| side.contains(&true)) {
            return;
        }
        self.spread();
        for at in 0..right.policies.len() as u32 {
            if self.is_free(1, at) {
                for (path, value) in &self.features[1][at as usize] {
                    index.entry((*path, *value)).or_default().push(at);
                    index.entry((*path, VOID)).or_default().push(at);
                }
            }
        }
        let mut found = Vec::new();
        for l in (0..left.policies.len() as u32).filter(|l| self.free[0][*l as usize]) {
            let mut near: Vec<u32> = self.features[0][l as usize]
                .iter()
                .flat_map(|(path, value)| [(*path, *value), (*path, VOID)])
                .filter_map(|key| index.get(&key))
                .filter(|list| list.len() <= COMMON)
                .flatten()
                .copied()
                .collect();
            near.arrange();
            near.dedup();
            for r in near {
                let (a, b) = (&left.policies[l as usize], &right.policies[r as usize]);
                let score = self.score(l, r);
                if list(a) == list(b) && a.platforms == b.platforms && score >= ALIKE {
                    found.push((score, l, r));
                }
            }
        }
        self.greedy(found, PairedBy::Settings);
    }

    /// Takes the best first. Candidates of equal score that share a policy differ in the sum of
    /// their ranks, so that the outcome depends neither on the side nor on the order of files.
    fn greedy(&mut self, mut found: Vec<(f64, u32, u32)>, by: PairedBy) {
        let sum = |l: u32, r: u32| self.rank[0][l as usize] + self.rank[1][r as usize];
        found.arrange_by(|a, b| {
            b.0.total_cmp(&a.0)
                .then_with(|| sum(a.1, a.2).cmp(&sum(b.1, b.2)))
        });
        for (_, l, r) in found {
            self.take(l, r, by);
        }
    }

    /// Counts how far each setting is spread, once it is asked for.
    fn spread(&mut self) {
        if !self.features[0].is_empty() {
            return;
        }
        self.features = self.canons.map(features);
        for (path, value) in self.features.iter().flatten().flatten() {
            *self.spread.entry((*path, *value)).or_default() += 1;
            *self.spread.entry((*path, VOID)).or_default() += 1;
        }
    }

    /// What a setting tells about which policy is meant: little when every policy has it.
    fn weight(&self, path: u32, value: u32) -> f64 {
        let policies = self.spread.get(&(path, value)).copied();
        1.0 / f64::from(policies.unwrap_or(1).max(1))
    }

    /// How alike two policies are, from 0 to 1: what they share of what either has, settings and
    /// values each by its weight.
    fn score(&self, l: u32, r: u32) -> f64 {
        let (a, b) = (&self.features[0][l as usize], &self.features[1][r as usize]);
        let (mut shared, mut all) = (0.0, 0.0);
        let (mut at, mut bt) = (0, 0);
        loop {
            let (x, y) = (a.get(at), b.get(bt));
            let order = match (x, y) {
                (Some(x), Some(y)) => x.0.cmp(&y.0),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => break,
            };
            let own = |feature: Option<&(u32, u32)>, here: bool| match feature {
                Some((path, value)) if here => self.weight(*path, *value),
                _ => 0.0,
            };
            let path = x.filter(|_| order.is_le()).or(y).map_or(0, |f| f.0);
            let path = self.weight(path, VOID);
            let (of_x, of_y) = (own(x, order.is_le()), own(y, order.is_ge()));
            all += path;
            if order.is_eq() {
                shared += path;
            }
            if order.is_eq() && x == y {
                shared += of_x;
                all += of_x;
            } else {
                all += of_x + of_y;
            }
            at += usize::from(order.is_le());
            bt += usize::from(order.is_ge());
        }
        if all == 0.0 { 1.0 } else { shared / all }
    }
}

fn features(canons: &[Canon]) -> Vec<Features> {
    canons
        .iter()
        .map(|canon| {
            let mut list: Features = canon
                .nodes
                .iter()
                .filter(|node| node.tree != VOID)
                .map(|node| (node.path, node.value))
                .collect();
            list.arrange();
            list
        })
        .collect()
}

fn rank(side: &Side) -> Vec<u32> {
    let hash = |canon: &Canon| {
        let hashes = canon.nodes.iter().map(|node| node.hash);
        hashes.fold(0u64, |sum, hash| sum.wrapping_add(hash))
    };
    let mut order: Vec<u32> = (0..side.policies.len() as u32).collect();
    order.arrange_by_cached_key(|at| {
        let policy = &side.policies[*at as usize];
        (name::plain(&policy.name), hash(&side.canons[*at as usize]))
    });
    let mut rank = vec![0; order.len()];
    for (position, at) in order.into_iter().enumerate() {
        rank[at as usize] = position as u32;
    }
    rank
}
