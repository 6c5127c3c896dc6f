//! What comes later: everything that is reached only through the gates.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::Refused;
use crate::linked::{Linked, Node};
use crate::module::Module;

/// Which functions and which bytes of memory are not needed at once.
#[derive(Debug, Default)]
pub struct Plan {
    /// By index in the module; those that the module imports are never in it.
    pub functions: BTreeSet<u32>,
    /// Those of `functions` that the first part calls.
    pub gates: BTreeSet<u32>,
    /// Addresses, in order, without overlaps.
    pub data: Vec<Range<u32>>,
}

impl Plan {
    /// `gate`: a piece of the symbol names of the functions behind which things may come later.
    ///
    /// # Errors
    /// No function has such a name.
    pub fn make(linked: &Linked, module: &Module<'_>, gate: &str) -> Result<Self, Refused> {
        let mut by_name: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (index, name) in &module.names {
            by_name.entry(name).or_default().push(*index);
        }
        let is_gate = |name: &str| name.contains(gate);
        if !by_name.keys().any(|name| is_gate(name)) {
            return Err(Refused::NoGate(gate.to_owned()));
        }
        let mut reach = Reach {
            linked,
            module,
            by_name: &by_name,
            is_gate: &is_gate,
            functions: BTreeSet::new(),
            data: BTreeSet::new(),
        };
        reach.everything_at_once();
        let (now, data) = (reach.functions, reach.data);
        let later: BTreeSet<u32> = module.defined().filter(|f| !now.contains(f)).collect();
        let gates = now
            .iter()
            .filter_map(|f| module.calls.get(f))
            .flatten()
            .copied()
            .filter(|f| later.contains(f))
            .collect();
        Ok(Self {
            functions: later,
            gates,
            data: only_later(linked, &data),
        })
    }
}

struct Reach<'a> {
    linked: &'a Linked,
    module: &'a Module<'a>,
    by_name: &'a BTreeMap<&'a str, Vec<u32>>,
    is_gate: &'a dyn Fn(&str) -> bool,
    functions: BTreeSet<u32>,
    data: BTreeSet<usize>,
}

enum Step {
    Function(u32),
    Data(usize),
}

impl Reach<'_> {
    /// From what the outside calls, and from what the linker does not know: what wasm-bindgen added.
    fn everything_at_once(&mut self) {
        let module = self.module;
        let known = |f: &u32| {
            let name = module.names.get(f);
            name.is_some_and(|name| {
                self.linked.functions.contains(name)
                    && self
                        .by_name
                        .get(name.as_str())
                        .is_some_and(|all| all.len() == 1)
            })
        };
        let mut open: Vec<Step> = module.roots.iter().copied().map(Step::Function).collect();
        open.extend(module.defined().filter(|f| !known(f)).map(Step::Function));
        while let Some(step) = open.pop() {
            let node = match step {
                Step::Function(f) if self.functions.insert(f) => {
                    for callee in module.calls.get(&f).into_iter().flatten() {
                        if !self.gate(*callee) {
                            open.push(Step::Function(*callee));
                        }
                    }
                    match module.names.get(&f) {
                        Some(name) => Node::Function(name.clone()),
                        None => continue,
                    }
                }
                Step::Data(d) if self.data.insert(d) => Node::Data(d),
                _ => continue,
            };
            for next in self.linked.edges.get(&node).into_iter().flatten() {
                match next {
                    Node::Data(d) => open.push(Step::Data(*d)),
                    Node::Function(name) if (self.is_gate)(name) => {}
                    Node::Function(name) => {
                        let all = self.by_name.get(name.as_str()).into_iter().flatten();
                        open.extend(all.copied().map(Step::Function));
                    }
                }
            }
        }
    }

    fn gate(&self, function: u32) -> bool {
        let name = self.module.names.get(&function);
        name.is_some_and(|name| (self.is_gate)(name))
    }
}

/// The addresses of data that is not needed at once, without any byte that is.
pub fn only_later(linked: &Linked, now: &BTreeSet<usize>) -> Vec<Range<u32>> {
    let mut marks: BTreeMap<u32, (i64, i64)> = BTreeMap::new();
    for (piece, range) in linked.data.iter().enumerate() {
        let needed = now.contains(&piece);
        for (at, by) in [(range.start, 1), (range.end, -1)] {
            let mark = marks.entry(at).or_default();
            if needed {
                mark.0 += by;
            } else {
                mark.1 += by;
            }
        }
    }
    let mut found: Vec<Range<u32>> = Vec::new();
    let (mut needed, mut later, mut from) = (0, 0, 0);
    for (at, (n, l)) in marks {
        if needed == 0 && later > 0 && from < at {
            match found.last_mut() {
                Some(last) if last.end == from => last.end = at,
                _ => found.push(from..at),
            }
        }
        (needed, later, from) = (needed + n, later + l, at);
    }
    found
}
