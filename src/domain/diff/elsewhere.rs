//! The same setting in another policy: a baseline does not care what the tenant's policy is called.
//!
//! What one policy of a pair lacks is looked for in all policies of its side. Found with the same
//! value it is the same (set elsewhere), found with another value it is different.

use std::collections::HashSet;

use super::canon::{Canon, Node, VOID};
use super::{At, Line, NONE};
use crate::protocol::State;

/// A setting of a side, in an order in which all of one path stand together.
struct Place {
    path: u32,
    row: u32,
    value: u32,
    hash: u64,
    at: At,
}

/// Looks for what is missing or extra in the other policies of the other side.
pub(super) fn look(lines: &mut [Line], left: &[Canon], right: &[Canon]) {
    let open = |state| -> Vec<usize> {
        (0..lines.len())
            .filter(|n| lines[*n].state == state)
            .collect()
    };
    let (missing, extra) = (open(State::Missing), open(State::Extra));
    if missing.is_empty() && extra.is_empty() {
        return;
    }
    let node = |canons: &[Canon], (policy, setting): At| -> Node {
        canons[policy as usize].nodes[setting as usize]
    };
    let key = |n: &Node| (n.path, n.row, n.value, n.hash);
    // What left lacks and right has too much, with the same value: one setting that moved.
    let mut l: Vec<(usize, Node)> = missing
        .iter()
        .map(|n| (*n, node(left, lines[*n].left)))
        .collect();
    let mut r: Vec<(usize, Node)> = extra
        .iter()
        .map(|n| (*n, node(right, lines[*n].right)))
        .collect();
    l.sort_by_key(|(_, n)| key(n));
    r.sort_by_key(|(_, n)| key(n));
    join(
        lines,
        &mut l,
        &mut r,
        |n| (n.path, n.row, n.value),
        State::Same,
    );
    let wanted: HashSet<u32> = l.iter().chain(&r).map(|(_, node)| node.path).collect();
    let (in_left, in_right) = (places(left, &wanted), places(right, &wanted));
    resolve(lines, &mut l, &in_right, State::Same);
    resolve(lines, &mut r, &in_left, State::Same);
    l.retain(|(_, n)| n.row == 0);
    r.retain(|(_, n)| n.row == 0);
    join(lines, &mut l, &mut r, |n| (n.path, 0, 0), State::Different);
    resolve(lines, &mut l, &in_right, State::Different);
    resolve(lines, &mut r, &in_left, State::Different);
}

/// Joins open settings of both sides that have one key, and takes them off the lists.
fn join(
    lines: &mut [Line],
    l: &mut Vec<(usize, Node)>,
    r: &mut Vec<(usize, Node)>,
    key: impl Fn(&Node) -> (u32, u32, u32),
    state: State,
) {
    let (mut i, mut j) = (0, 0);
    let mut done: [Vec<usize>; 2] = Default::default();
    while let (Some((a, x)), Some((b, y))) = (l.get(i), r.get(j)) {
        match key(x).cmp(&key(y)) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                let (here, there) = (lines[*a].left, lines[*b].right);
                for (line, echo) in [(*a, false), (*b, true)] {
                    let line = &mut lines[line];
                    (line.left, line.right) = (here, there);
                    line.state = secret_or(x, y, state);
                    line.elsewhere = true;
                    line.echo = echo;
                }
                done[0].push(*a);
                done[1].push(*b);
                i += 1;
                j += 1;
            }
        }
    }
    for (list, done) in [l, r].into_iter().zip(&mut done) {
        done.sort_unstable();
        list.retain(|(line, _)| done.binary_search(line).is_err());
    }
}

/// Finds any policy of the other side that has the setting, and takes it off the list.
fn resolve(lines: &mut [Line], open: &mut Vec<(usize, Node)>, places: &[Place], state: State) {
    open.retain(|(line, node)| {
        let key = |p: &Place| match state {
            State::Same => (p.path, p.row, p.value),
            _ => (p.path, p.row, 0),
        };
        let wanted = match state {
            State::Same => (node.path, node.row, node.value),
            _ => (node.path, 0, 0),
        };
        let from = places.partition_point(|p| key(p) < wanted);
        let Some(found) = places.get(from).filter(|p| key(p) == wanted) else {
            return true;
        };
        let line = &mut lines[*line];
        if line.left.0 == NONE {
            line.left = found.at;
        } else {
            line.right = found.at;
        }
        line.state = if node.secret { State::Unknown } else { state };
        line.elsewhere = true;
        false
    });
}

fn secret_or(x: &Node, y: &Node, state: State) -> State {
    if x.secret || y.secret {
        State::Unknown
    } else {
        state
    }
}

/// Where settings of these paths stand on a side.
fn places(canons: &[Canon], wanted: &HashSet<u32>) -> Vec<Place> {
    let mut list: Vec<Place> = Vec::new();
    for (policy, canon) in canons.iter().enumerate() {
        for (setting, node) in canon.nodes.iter().enumerate() {
            if node.value != VOID && node.tree != VOID && wanted.contains(&node.path) {
                list.push(Place {
                    path: node.path,
                    row: node.row,
                    value: node.value,
                    hash: node.hash,
                    at: (policy as u32, setting as u32),
                });
            }
        }
    }
    list.sort_unstable_by_key(|p| (p.path, p.row, p.value, p.hash, p.at));
    list
}
