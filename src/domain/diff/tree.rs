//! Two policies' settings, brought side by side: by id in the same place, rows by content.

use super::canon::{Canon, VOID, rows_of};
use super::rules::{self, Rule, Rules};
use super::{Line, NONE};
use crate::arrange::Arrange;
use crate::protocol::State;
use crate::setting::{Setting, Value};

/// One side of a pair of policies.
#[derive(Clone, Copy)]
pub(super) struct Half<'s> {
    pub policy: u32,
    pub settings: &'s [Setting],
    pub canon: &'s Canon,
}

/// Compares the settings of two policies, and adds a line for each.
pub(super) struct Walk<'s, 'o> {
    pub left: Half<'s>,
    pub right: Half<'s>,
    pub rules: Rules,
    pub pair: u32,
    pub lines: &'o mut Vec<Line>,
    /// True when one side has no policy at all: what is as good as absent is then not listed.
    pub unpaired: bool,
    /// Times that the order of rows was overlooked.
    pub reordered: u32,
}

/// Something that is matched by content: a setting among others of its id, or a row.
struct Item<'c> {
    hash: u64,
    tree: u32,
    nodes: &'c [u32],
    /// Subtrees below it, sorted: for likeness.
    parts: Vec<u32>,
}

impl Walk<'_, '_> {
    pub fn run(&mut self) {
        let (l, r) = (self.left.canon.roots(), self.right.canon.roots());
        self.level(&l, &r);
    }

    /// Compares settings that stand in one place, whatever their order.
    fn level(&mut self, l: &[u32], r: &[u32]) {
        let by_id = |half: &Half, list: &[u32]| {
            let node = |at: &u32| &half.canon.nodes[*at as usize];
            let mut list = list.to_vec();
            list.arrange_by_key(|at| (node(at).id, node(at).hash));
            list
        };
        let (ls, rs) = (by_id(&self.left, l), by_id(&self.right, r));
        let mut found: Vec<(u32, u32)> = Vec::with_capacity(l.len().max(r.len()));
        let (mut i, mut j) = (0, 0);
        while i < ls.len() || j < rs.len() {
            let id_l = ls.get(i).map(|at| self.left.canon.nodes[*at as usize].id);
            let id_r = rs.get(j).map(|at| self.right.canon.nodes[*at as usize].id);
            let id = match (id_l, id_r) {
                (Some(a), Some(b)) => a.min(b),
                (Some(id), None) | (None, Some(id)) => id,
                (None, None) => break,
            };
            let run = |half: &Half, list: &[u32], from: usize| {
                from + list[from..]
                    .iter()
                    .take_while(|at| half.canon.nodes[**at as usize].id == id)
                    .count()
            };
            let (to_l, to_r) = (run(&self.left, &ls, i), run(&self.right, &rs, j));
            self.same_id(&ls[i..to_l], &rs[j..to_r], &mut found);
            (i, j) = (to_l, to_r);
        }
        // In the order of the left side; what only the right side has follows in its own.
        found.arrange();
        for (l, r) in found {
            match (l, r) {
                (NONE, r) => self.alone(NONE, r),
                (l, NONE) => self.alone(l, NONE),
                (l, r) => self.both(l, r),
            }
        }
    }

    /// Matches settings of one id: usually one on each side.
    fn same_id(&self, l: &[u32], r: &[u32], found: &mut Vec<(u32, u32)>) {
        if let ([l], [r]) = (l, r) {
            return found.push((*l, *r));
        }
        let pairs = assign(&items_of(&self.left, l), &items_of(&self.right, r), true);
        found.extend(pairs.into_iter().map(|(a, b)| {
            let at = |list: &[u32], n: Option<usize>| n.map_or(NONE, |n| list[n]);
            (at(l, a), at(r, b))
        }));
    }

    /// Compares two settings of one id and all that stands below them.
    fn both(&mut self, l: u32, r: u32) {
        let (a, b) = (
            &self.left.canon.nodes[l as usize],
            &self.right.canon.nodes[r as usize],
        );
        let below = |half: &Half, at: u32, size: u32| match size {
            1 => Vec::new(),
            _ => half.canon.children(at),
        };
        let below_l = below(&self.left, l, a.size);
        let below_r = below(&self.right, r, b.size);
        let group = |half: &Half, at: u32| half.settings[at as usize].value == Value::Group;
        let only_groups = group(&self.left, l)
            && group(&self.right, r)
            && !(below_l.is_empty() && below_r.is_empty());
        if !only_groups {
            let (state, rule) = if a.secret || b.secret {
                (State::Unknown, None)
            } else if a.value != b.value {
                (State::Different, None)
            } else if a.partly || b.partly {
                (State::Unknown, None)
            } else {
                (State::Same, self.explain(l, r))
            };
            self.line(l, r, state, rule);
        }
        if below_l.is_empty() && below_r.is_empty() {
            return;
        }
        let rows_l = rows_of(self.left.settings, &below_l);
        let rows_r = rows_of(self.right.settings, &below_r);
        if rows_l.len() < 2 && rows_r.len() < 2 {
            let first = |rows: &[&[u32]]| rows.first().map_or(Vec::new(), |row| row.to_vec());
            return self.level(&first(&rows_l), &first(&rows_r));
        }
        self.rows(&rows_l, &rows_r);
    }

    /// Compares the rows of two collections as multisets.
    fn rows(&mut self, rows_l: &[&[u32]], rows_r: &[&[u32]]) {
        let items_l: Vec<Item> = rows_l.iter().map(|row| self.left.row(row)).collect();
        let items_r: Vec<Item> = rows_r.iter().map(|row| self.right.row(row)).collect();
        let pairs = if self.rules.on(Rule::Order) {
            assign(&items_l, &items_r, false)
        } else {
            by_position(items_l.len(), items_r.len())
        };
        let order: Vec<usize> = pairs
            .iter()
            .filter(|(l, _)| l.is_some())
            .filter_map(|(_, r)| *r)
            .collect();
        if !order.is_sorted() {
            self.reordered += 1;
        }
        for (a, b) in pairs {
            let row = |items: &[Item], n: Option<usize>| {
                n.map_or(Vec::new(), |n| items[n].nodes.to_vec())
            };
            let (a, b) = (row(&items_l, a), row(&items_r, b));
            self.level(&a, &b);
        }
    }

    /// A setting that only one side has, with all that stands below it.
    fn alone(&mut self, l: u32, r: u32) {
        let (half, at) = if l == NONE {
            (self.right, r)
        } else {
            (self.left, l)
        };
        let state = if l == NONE {
            State::Extra
        } else {
            State::Missing
        };
        let nodes = &half.canon.nodes;
        let end = at + nodes[at as usize].size;
        for n in at..end {
            let node = &nodes[n as usize];
            let setting = &half.settings[n as usize];
            if setting.value == Value::Group && node.size > 1 {
                continue;
            }
            let (state, rule) = if node.tree == VOID {
                if self.unpaired {
                    continue;
                }
                (State::Same, Some(rules::void_rule(setting)))
            } else if !self.unpaired && self.rules.on(Rule::Embedded) && rules::embedded(setting) {
                (State::Same, Some(Rule::Embedded))
            } else {
                (state, None)
            };
            match l {
                NONE => self.line(NONE, n, state, rule),
                _ => self.line(n, NONE, state, rule),
            }
        }
    }

    fn line(&mut self, l: u32, r: u32, state: State, rule: Option<Rule>) {
        let policy = |half: &Half, at: u32| if at == NONE { NONE } else { half.policy };
        self.lines.push(Line {
            pair: self.pair,
            left: (policy(&self.left, l), l),
            right: (policy(&self.right, r), r),
            state,
            rule,
            elsewhere: false,
            echo: false,
        });
    }

    /// The rule without which two values would differ.
    fn explain(&self, l: u32, r: u32) -> Option<Rule> {
        let (a, b) = (
            &self.left.settings[l as usize],
            &self.right.settings[r as usize],
        );
        if a.value == b.value {
            return None;
        }
        let equal = |rules: Rules| {
            let (mut x, mut y) = (Vec::new(), Vec::new());
            let there = (rules::key(a, rules, &mut x), rules::key(b, rules, &mut y));
            match there {
                (false, false) => true,
                (true, true) => x == y,
                _ => false,
            }
        };
        let alone = Rule::ALL.into_iter().find(|rule| equal(Rules::only(*rule)));
        alone.or_else(|| {
            Rule::ALL
                .into_iter()
                .find(|rule| self.rules.on(*rule) && !equal(Rules::without([rule.id()])))
        })
    }
}

impl Half<'_> {
    fn parts(&self, nodes: &[u32]) -> Vec<u32> {
        let tree = |at: &u32| self.canon.nodes[*at as usize].tree;
        let mut parts: Vec<u32> = nodes.iter().map(tree).filter(|t| *t != VOID).collect();
        parts.arrange();
        parts
    }

    fn row<'c>(&self, nodes: &'c [u32]) -> Item<'c> {
        let parts = self.parts(nodes);
        let mut hashes: Vec<u64> = nodes
            .iter()
            .map(|at| &self.canon.nodes[*at as usize])
            .filter(|node| node.tree != VOID)
            .map(|node| node.hash)
            .collect();
        hashes.arrange();
        Item {
            hash: hashes.iter().fold(1, |sum, hash| sum.rotate_left(5) ^ hash),
            tree: 0,
            nodes,
            parts,
        }
    }
}

/// Settings of one id, to be matched by content.
fn items_of<'c>(half: &Half, list: &'c [u32]) -> Vec<Item<'c>> {
    list.iter()
        .map(|at| {
            let node = &half.canon.nodes[*at as usize];
            Item {
                hash: node.hash,
                tree: node.tree,
                nodes: std::slice::from_ref(at),
                parts: half.parts(&half.canon.children(*at)),
            }
        })
        .collect()
}

/// Pairs items: equal ones first, then the most alike, then (`rest`) what is left in order.
/// The outcome does not depend on the order of either list, nor on which is left.
fn assign(l: &[Item], r: &[Item], rest: bool) -> Vec<(Option<usize>, Option<usize>)> {
    let order = |items: &[Item]| {
        let mut order: Vec<usize> = (0..items.len()).collect();
        order.arrange_by_key(|n| items[*n].hash);
        order
    };
    let (ol, or) = (order(l), order(r));
    let mut to_l = vec![None; l.len()];
    let mut to_r = vec![None; r.len()];
    let equal = |a: &Item, b: &Item| a.hash == b.hash && a.tree == b.tree && a.parts == b.parts;
    let (mut i, mut j) = (0, 0);
    while let (Some(a), Some(b)) = (ol.get(i), or.get(j)) {
        if equal(&l[*a], &r[*b]) {
            (to_l[*a], to_r[*b]) = (Some(*b), Some(*a));
            (i, j) = (i + 1, j + 1);
        } else if l[*a].hash <= r[*b].hash {
            i += 1;
        } else {
            j += 1;
        }
    }
    let left: Vec<usize> = ol.into_iter().filter(|n| to_l[*n].is_none()).collect();
    let right: Vec<usize> = or.into_iter().filter(|n| to_r[*n].is_none()).collect();
    for (a, b) in alike(l, r, &left, &right) {
        if to_l[a].is_none() && to_r[b].is_none() {
            (to_l[a], to_r[b]) = (Some(b), Some(a));
        }
    }
    if rest || (left.len() == 1 && right.len() == 1) {
        let ls: Vec<usize> = left.into_iter().filter(|n| to_l[*n].is_none()).collect();
        let rs = right.into_iter().filter(|n| to_r[*n].is_none());
        for (a, b) in ls.into_iter().zip(rs.collect::<Vec<_>>()) {
            (to_l[a], to_r[b]) = (Some(b), Some(a));
        }
    }
    let missing = (0..r.len())
        .filter(|b| to_r[*b].is_none())
        .map(|b| (None, Some(b)));
    (0..l.len())
        .map(|a| (Some(a), to_l[a]))
        .chain(missing)
        .collect()
}

/// Candidates among what has no equal, the best first.
fn alike(l: &[Item], r: &[Item], left: &[usize], right: &[usize]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize, usize, usize)> = Vec::new();
    // A part that many rows have does not tell which row is meant.
    let mut index: Vec<(u32, usize)> = Vec::new();
    for (rank, b) in right.iter().enumerate() {
        index.extend(r[*b].parts.iter().map(|part| (*part, rank)));
    }
    index.arrange();
    for (rank, a) in left.iter().enumerate() {
        let mut near: Vec<usize> = Vec::new();
        for part in &l[*a].parts {
            let from = index.partition_point(|(known, _)| known < part);
            let to = index.partition_point(|(known, _)| known <= part);
            if to - from <= 16 {
                near.extend(index[from..to].iter().map(|(_, rank)| *rank));
            }
        }
        near.arrange();
        for run in near.chunk_by(|x, y| x == y) {
            found.push((run.len(), rank, run[0], *a));
        }
    }
    // Equal likeness: by sum of ranks, which is the same seen from either side.
    found.arrange_by_key(|(shared, x, y, _)| (std::cmp::Reverse(*shared), x + y));
    found
        .into_iter()
        .map(|(_, _, y, a)| (a, right[y]))
        .collect()
}

fn by_position(l: usize, r: usize) -> Vec<(Option<usize>, Option<usize>)> {
    (0..l.max(r))
        .map(|n| ((n < l).then_some(n), (n < r).then_some(n)))
        .collect()
}
