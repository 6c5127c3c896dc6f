//! The same setting in another policy: a baseline does not care what the tenant's policy is called.
//!
//! What one policy of a pair lacks is looked for in all policies of its side. Found with the same
//! value it is the same (set elsewhere). Found with another value, where it has no counterpart of its
//! own either, it is different. Every setting is counted once, and the same seen from either side.

use crate::arrange::Arrange;

use super::canon::{Canon, Node, VOID};
use super::{At, Line, NONE};
use crate::hash::QuickSet;
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
    l.arrange_by_key(|(_, n)| key(n));
    r.arrange_by_key(|(_, n)| key(n));
    join(
        lines,
        &mut l,
        &mut r,
        |n| (n.path, n.row, n.value),
        State::Same,
    );
    let wanted: QuickSet<u32> = l.iter().chain(&r).map(|(_, node)| node.path).collect();
    let (in_left, in_right) = (places(left, &wanted), places(right, &wanted));
    let counted = Counted::new(lines);
    resolve(lines, &mut l, &in_right, &counted.right);
    resolve(lines, &mut r, &in_left, &counted.left);
    l.retain(|(_, n)| n.row == 0);
    r.retain(|(_, n)| n.row == 0);
    join(lines, &mut l, &mut r, |n| (n.path, 0, 0), State::Different);
}

/// Settings that have a line of their own which says that they are the same.
struct Counted {
    left: QuickSet<At>,
    right: QuickSet<At>,
}

impl Counted {
    fn new(lines: &[Line]) -> Self {
        let same = || {
            lines
                .iter()
                .filter(|line| line.state == State::Same && !line.echo)
        };
        Self {
            left: same().map(|line| line.left).collect(),
            right: same().map(|line| line.right).collect(),
        }
    }
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
        done.arrange();
        list.retain(|(line, _)| done.binary_search(line).is_err());
    }
}

/// Finds any policy of the other side that sets the same, and takes the setting off the list.
fn resolve(
    lines: &mut [Line],
    open: &mut Vec<(usize, Node)>,
    places: &[Place],
    counted: &QuickSet<At>,
) {
    let key = |p: &Place| (p.path, p.row, p.value);
    open.retain(|(line, node)| {
        let wanted = (node.path, node.row, node.value);
        let from = places.partition_point(|p| key(p) < wanted);
        let mut found = places[from..].iter().take_while(|p| key(p) == wanted);
        let Some(first) = found.next() else {
            return true;
        };
        // One that is counted already says the same a second time.
        let twin = std::iter::once(first)
            .chain(found)
            .find(|place| counted.contains(&place.at));
        let line = &mut lines[*line];
        let at = twin.unwrap_or(first).at;
        if line.left.0 == NONE {
            line.left = at;
        } else {
            line.right = at;
        }
        line.state = if node.secret || node.partly {
            State::Unknown
        } else {
            State::Same
        };
        line.elsewhere = true;
        line.echo = twin.is_some();
        false
    });
}

fn secret_or(x: &Node, y: &Node, state: State) -> State {
    let partly = state == State::Same && (x.partly || y.partly);
    if x.secret || y.secret || partly {
        State::Unknown
    } else {
        state
    }
}

/// Where settings of these paths stand on a side.
fn places(canons: &[Canon], wanted: &QuickSet<u32>) -> Vec<Place> {
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
    list.arrange_by_key(|p| (p.path, p.row, p.value, p.hash, p.at));
    list
}
