//! The global search: policies, settings and groups, the best ones first.

use crate::arrange::Arrange;
use std::collections::HashMap;

use super::Index;
use super::bits::Bits;
use super::haystack::needle;
use super::{texts::Texts, view};
use crate::policy::Target;
use crate::protocol::Hit;
use crate::setting::names;
use crate::snapshot::Snapshot;

/// The most hits in all.
const MOST: usize = 50;
/// The most of one kind while others want room.
const EACH: usize = 20;

impl Index {
    /// Finds all words of a text in names of policies, of settings and of assigned groups.
    pub fn find(&mut self, snapshot: &Snapshot, text: &str) -> Vec<Hit> {
        let text = needle(text.trim());
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.is_empty() {
            return Vec::new();
        }
        let policies = self.policies(snapshot, &text, &words);
        let settings = self.settings(snapshot, &text, &words);
        let groups = groups(snapshot, &text, &words);
        let mut hits: Vec<Hit> = Vec::new();
        let mut rest: Vec<Hit> = Vec::new();
        for kind in [policies, settings, groups] {
            let mut kind = kind.into_iter();
            hits.extend(kind.by_ref().take(EACH.min(MOST - hits.len())));
            rest.extend(kind);
        }
        rest.truncate(MOST - hits.len());
        hits.extend(rest);
        hits
    }

    fn policies(&self, snapshot: &Snapshot, text: &str, words: &[&str]) -> Vec<Hit> {
        let mut found: Vec<(u32, usize)> = (0..self.names.len())
            .filter_map(|at| {
                let name = self.names.get(at);
                // An id that was pasted is as good as a name.
                let known = self.about.get(at).split('\n').nth(1) == Some(text);
                let rank = if known {
                    Some(0)
                } else {
                    rank(name, text, words)
                };
                rank.map(|rank| (rank, at))
            })
            .collect();
        sort(&mut found, |at| self.names.get(*at));
        let hit = |(_, at): (u32, usize)| {
            let policy = snapshot.policies.get(at)?;
            Some(Hit {
                kind: "Policy".to_owned(),
                title: policy.name.clone(),
                context: view::kind(policy).to_owned(),
                index: at as u32,
                id: policy.id.clone().unwrap_or_default(),
            })
        };
        found.into_iter().filter_map(hit).collect()
    }

    fn settings(&mut self, snapshot: &Snapshot, text: &str, words: &[&str]) -> Vec<Hit> {
        let texts: &Texts = self.texts(snapshot);
        // Human name and id both count; the name decides how good it is.
        let mut found: Vec<(u32, usize)> = (0..texts.names.len())
            .filter_map(|number| {
                let both = texts.names.get(number);
                let name = both.split('\n').next().unwrap_or(both);
                let rank = rank(name, text, words);
                let rank = rank.or_else(|| self::rank(both, text, words).map(|_| WORST));
                rank.map(|rank| (rank, number))
            })
            .collect();
        sort(&mut found, |number| texts.names.get(*number));
        found.truncate(MOST);
        let mut uses: HashMap<u32, (u32, usize, usize)> = HashMap::new();
        let mut wanted = Bits::new(texts.names.len(), false);
        found.iter().for_each(|(_, number)| wanted.set(*number));
        for policy in 0..snapshot.policies.len() {
            for (place, (name, _)) in texts.of(policy).iter().enumerate() {
                if wanted.has(*name as usize) {
                    let entry = uses.entry(*name).or_insert((0, policy, place));
                    // One policy can set the same thing many times, in the rows of a collection.
                    if entry.0 == 0 || entry.1 != policy {
                        entry.0 += 1;
                    }
                }
            }
        }
        let hit = |(_, number): (u32, usize)| {
            let (count, at, place) = uses.get(&(number as u32))?;
            let policy = snapshot.policies.get(*at)?;
            let setting = policy.settings.get()?.get(*place)?;
            Some(Hit {
                kind: "Setting".to_owned(),
                title: names::name(setting, &snapshot.definitions).into_owned(),
                context: match count {
                    1 => policy.name.clone(),
                    _ => format!("{} and more", policy.name),
                },
                index: *at as u32,
                id: policy.id.clone().unwrap_or_default(),
            })
        };
        found.into_iter().filter_map(hit).collect()
    }
}

/// Groups that policies are assigned to, with the first such policy to open.
fn groups(snapshot: &Snapshot, text: &str, words: &[&str]) -> Vec<Hit> {
    let mut seen: HashMap<&str, (u32, usize)> = HashMap::new();
    for (at, policy) in snapshot.policies.iter().enumerate() {
        for assignment in policy.assignments.get().map_or(&[][..], Vec::as_slice) {
            let (Target::Group(group) | Target::ExcludedGroup(group)) = &assignment.target else {
                continue;
            };
            let name = match group.name.as_str() {
                "" => snapshot.names.get(&group.id).map(String::as_str),
                name => Some(name),
            };
            if let Some(name) = name {
                seen.entry(name).or_insert((0, at)).0 += 1;
            }
        }
    }
    let mut found: Vec<(u32, &str)> = seen
        .keys()
        .filter_map(|name| rank(&needle(name), text, words).map(|rank| (rank, *name)))
        .collect();
    sort(&mut found, |name| *name);
    let hit = |(_, name): (u32, &str)| {
        let (count, at) = seen.get(name)?;
        let policy = snapshot.policies.get(*at)?;
        Some(Hit {
            kind: "Group".to_owned(),
            title: name.to_owned(),
            context: match count {
                1 => "1 assignment".to_owned(),
                count => format!("{count} assignments"),
            },
            index: *at as u32,
            id: policy.id.clone().unwrap_or_default(),
        })
    };
    found.into_iter().filter_map(hit).collect()
}

/// The rank of a setting whose id has the words, but whose name has not.
const WORST: u32 = 5;

/// 0: it is the text. 1: it begins with it. 2: a word begins with it. 3: it holds it.
/// 4: it holds all words. `None`: it does not.
fn rank(name: &str, text: &str, words: &[&str]) -> Option<u32> {
    if !words.iter().all(|word| name.contains(word)) {
        return None;
    }
    Some(match name.find(text) {
        Some(0) if name.len() == text.len() => 0,
        Some(0) => 1,
        Some(at) => {
            let before = name.get(..at).and_then(|head| head.chars().next_back());
            if before.is_some_and(char::is_alphanumeric) {
                3
            } else {
                2
            }
        }
        None => 4,
    })
}

/// The best first, then the shorter name, then by name.
fn sort<'a, T>(found: &mut [(u32, T)], name: impl Fn(&T) -> &'a str) {
    found.arrange_by(|(rank_a, a), (rank_b, b)| {
        let (a, b) = (name(a), name(b));
        let order = rank_a.cmp(rank_b).then(a.len().cmp(&b.len()));
        order.then_with(|| a.cmp(b))
    });
}
