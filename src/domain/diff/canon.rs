//! Settings in the form in which equal is one comparison of numbers.
//!
//! Every distinct id, value and subtree gets a number (hash consing), so that two subtrees are
//! equal exactly when their numbers are, whatever stands in them, and in whatever order.

use crate::arrange::Arrange;

use super::rules::{self, Rule, Rules};
use crate::hash::{self, Positions, QuickMap};
use crate::policy::Policy;
use crate::setting::{Carrier, Setting};

/// Number of a subtree that is as good as absent.
pub(super) const VOID: u32 = 0;

/// Hands out the numbers.
pub(super) struct Symbols {
    /// Numbers handed out.
    count: u32,
    /// Where in `bytes` each text ends, and its number.
    texts: Vec<(usize, u32)>,
    bytes: Vec<u8>,
    known: Positions,
    /// Two numbers as one: an id below a path, and an id with its value and nothing below.
    paths: QuickMap<u64, u32>,
    leaves: QuickMap<u64, u32>,
    /// Numbers and hashes of ids that were met: an id is one allocation for all policies of a read.
    ids: QuickMap<(Carrier, *const u8), (u32, u64)>,
    buffer: Vec<u8>,
    rules: Rules,
}

/// One setting, as numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// Carrier and id.
    pub id: u32,
    /// Ids from the top to here.
    pub path: u32,
    /// The value alone, under the rules.
    pub value: u32,
    /// Id, value and everything below, under the rules; [`VOID`]: as good as absent.
    pub tree: u32,
    /// Content of the subtree as a hash that does not depend on what was read before.
    /// Only for an order that is the same on both sides.
    pub hash: u64,
    /// Settings in the subtree, itself counted.
    pub size: u32,
    /// The row of a collection with several rows that it stands in (the outermost), else 0.
    pub row: u32,
    /// Holds a secret.
    pub secret: bool,
    /// A text from which a secret was taken out.
    pub partly: bool,
}

/// A policy's settings, as numbers.
#[derive(Debug, Default)]
pub(super) struct Canon {
    pub nodes: Vec<Node>,
}

impl Canon {
    /// Indices of the settings at the top.
    pub fn roots(&self) -> Vec<u32> {
        self.siblings(0, self.nodes.len() as u32)
    }

    /// Indices of the settings right below one.
    pub fn children(&self, of: u32) -> Vec<u32> {
        self.siblings(of + 1, of + self.nodes[of as usize].size)
    }

    fn siblings(&self, from: u32, to: u32) -> Vec<u32> {
        let mut list = Vec::new();
        let mut at = from;
        while at < to {
            list.push(at);
            at += self.nodes[at as usize].size.max(1);
        }
        list
    }
}

impl Symbols {
    pub fn new(rules: Rules) -> Self {
        Self {
            count: VOID,
            texts: Vec::new(),
            bytes: Vec::new(),
            known: Positions::default(),
            paths: QuickMap::default(),
            leaves: QuickMap::default(),
            ids: QuickMap::default(),
            buffer: Vec::new(),
            rules,
        }
    }

    /// The number of what stands in the buffer, whose hash is this.
    fn take(&mut self, hash: u64) -> u32 {
        let is = |at: usize| {
            let from = if at == 0 { 0 } else { self.texts[at - 1].0 };
            hash::same(&self.bytes[from..self.texts[at].0], &self.buffer)
        };
        if let Some(at) = self.known.find(hash, is) {
            return self.texts[at].1;
        }
        self.count += 1;
        self.bytes.extend_from_slice(&self.buffer);
        self.texts.push((self.bytes.len(), self.count));
        self.known.push(hash);
        self.count
    }

    fn numbers(&mut self, tag: u8, numbers: impl IntoIterator<Item = u32>) -> u32 {
        self.buffer.clear();
        self.buffer.push(tag);
        for number in numbers {
            self.buffer.extend_from_slice(&number.to_le_bytes());
        }
        self.take(hash::of(&self.buffer))
    }

    /// A policy's settings as numbers.
    pub fn policy(&mut self, policy: &Policy) -> Canon {
        let settings = match policy.settings.get() {
            Some(settings) => settings.as_slice(),
            None => &[],
        };
        let mut canon = Canon {
            nodes: settings.iter().map(|s| self.leaf(s)).collect(),
        };
        for at in (0..settings.len()).rev() {
            self.subtree(&mut canon, settings, at);
        }
        self.paths(&mut canon, settings);
        canon
    }

    fn leaf(&mut self, setting: &Setting) -> Node {
        let (id, id_hash) = self.id(setting);
        self.buffer.clear();
        self.buffer.push(b'=');
        let there = rules::key(setting, self.rules, &mut self.buffer);
        let hash = hash::of(&self.buffer);
        let value = if there { self.take(hash) } else { VOID };
        let hash = mix(id_hash, hash);
        Node {
            id,
            path: 0,
            value,
            tree: VOID,
            hash,
            size: 1,
            row: 0,
            secret: rules::is_secret(&setting.value),
            partly: rules::is_partly_secret(&setting.value),
        }
    }

    fn id(&mut self, setting: &Setting) -> (u32, u64) {
        // The snapshots outlive the comparison, so that an address stays that of one id.
        let key = (setting.carrier, setting.id.as_ptr());
        if let Some(known) = self.ids.get(&key) {
            return *known;
        }
        self.buffer.clear();
        self.buffer.push(b'#');
        self.buffer.push(setting.carrier as u8);
        self.buffer.extend_from_slice(setting.id.as_bytes());
        let hash = hash::of(&self.buffer);
        let found = (self.take(hash), hash);
        self.ids.insert(key, found);
        found
    }

    /// Completes a node whose children are complete.
    fn subtree(&mut self, canon: &mut Canon, settings: &[Setting], at: usize) {
        // Preorder: all that stands below has added its size already.
        if let Some(parent) = settings[at].parent {
            canon.nodes[parent as usize].size += canon.nodes[at].size;
        }
        let children = match canon.nodes[at].size {
            1 => Vec::new(),
            _ => canon.children(at as u32),
        };
        let mut rows: Vec<(u64, u32)> = Vec::new();
        for row in rows_of(settings, &children) {
            let mut below: Vec<(u64, u32)> = row
                .iter()
                .map(|child| &canon.nodes[*child as usize])
                .filter(|child| child.tree != VOID)
                .map(|child| (child.hash, child.tree))
                .collect();
            if !below.is_empty() {
                below.arrange();
                let hash = below.iter().fold(7, |hash, (h, _)| mix(hash, *h));
                rows.push((
                    hash,
                    self.numbers(b'r', below.into_iter().map(|(_, tree)| tree)),
                ));
            }
        }
        if self.rules.on(Rule::Order) {
            rows.arrange();
        }
        let node = canon.nodes[at];
        let group = settings[at].value == crate::setting::Value::Group;
        let nothing =
            rows.is_empty() && (node.value == VOID || group && self.rules.on(Rule::Empty));
        let hash = rows.iter().fold(node.hash, |hash, (h, _)| mix(hash, *h));
        let tree = if nothing {
            VOID
        } else if rows.is_empty() {
            pair(&mut self.leaves, &mut self.count, (node.id, node.value))
        } else {
            let head = [node.id, node.value];
            self.numbers(
                b'n',
                head.into_iter().chain(rows.into_iter().map(|(_, row)| row)),
            )
        };
        canon.nodes[at].hash = hash;
        canon.nodes[at].tree = tree;
    }

    /// Paths and rows, from the top down.
    fn paths(&mut self, canon: &mut Canon, settings: &[Setting]) {
        for at in 0..settings.len() {
            let parent = settings[at]
                .parent
                .map(|parent| canon.nodes[parent as usize]);
            let above = parent.map_or(0, |parent| parent.path);
            let path = (above, canon.nodes[at].id);
            canon.nodes[at].path = pair(&mut self.paths, &mut self.count, path);
            canon.nodes[at].row = match parent {
                Some(parent) if parent.row != 0 => parent.row,
                _ => canon.nodes[at].row,
            };
            if canon.nodes[at].size < 3 {
                continue;
            }
            let children = canon.children(at as u32);
            let rows = rows_of(settings, &children);
            if rows.len() < 2 || canon.nodes[at].row != 0 {
                continue;
            }
            for row in rows {
                let mut trees: Vec<u32> =
                    row.iter().map(|c| canon.nodes[*c as usize].tree).collect();
                trees.arrange();
                let number = self.numbers(b'o', trees);
                for child in row {
                    canon.nodes[*child as usize].row = number;
                }
            }
        }
    }
}

/// Children of one setting, by the element of its collection that they belong to.
pub(super) fn rows_of<'c>(settings: &[Setting], children: &'c [u32]) -> Vec<&'c [u32]> {
    children
        .chunk_by(|a, b| settings[*a as usize].row == settings[*b as usize].row)
        .collect()
}

/// The number of two numbers.
fn pair(known: &mut QuickMap<u64, u32>, count: &mut u32, of: (u32, u32)) -> u32 {
    *known
        .entry(u64::from(of.0) << 32 | u64::from(of.1))
        .or_insert_with(|| {
            *count += 1;
            *count
        })
}

fn mix(a: u64, b: u64) -> u64 {
    (a.rotate_left(23) ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
