//! Two sides compared: policies paired, settings brought side by side, each with a state.
//!
//! Nothing here knows a name to show or a format to write: [`Comparison`] holds positions in the
//! two snapshots it was made from, and `view` and `report` put words to them.

mod canon;
mod carriers;
mod elsewhere;
pub mod lines;
mod name;
mod pair;
pub mod report;
mod rules;
pub mod summary;
pub mod suppressed;
mod tree;
pub mod view;
mod words;

use std::collections::HashSet;

pub use pair::PairedBy;

pub use rules::{Rule, Rules};
pub use words::{Namer, Sides};

use crate::policy::{Known, Policy};
use crate::protocol::{CompareOptions, State, StateCounts};
use crate::setting::identity::AdmxNames;
use crate::snapshot::{Gap, Snapshot};

/// No policy, no setting.
pub const NONE: u32 = u32::MAX;

/// A setting: position of its policy in the snapshot, and of the setting in the policy.
pub type At = (u32, u32);

/// Two policies, or one that has no counterpart.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Position in the left snapshot, or [`NONE`].
    pub left: u32,
    /// Position in the right snapshot, or [`NONE`].
    pub right: u32,
    /// How they were paired; `None` for one without counterpart.
    pub by: Option<PairedBy>,
    /// State of the two policies as such: what other policies set does not count here.
    pub state: State,
    /// Where its lines begin in [`Comparison::lines`], and where they end.
    pub lines: (u32, u32),
    /// Why the pair is not known.
    pub gap: Option<Gap>,
}

/// A setting on both sides, or on one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Position of the pair.
    pub pair: u32,
    /// The left side's setting, or `(NONE, NONE)`.
    pub left: At,
    /// The right side's setting, or `(NONE, NONE)`.
    pub right: At,
    /// What it is.
    pub state: State,
    /// The rule that made it the same.
    pub rule: Option<Rule>,
    /// True when the counterpart is in a policy that is not the pair's.
    pub elsewhere: bool,
    /// True when another line stands for the same two settings: shown below its policy, not counted.
    pub echo: bool,
}

/// The outcome.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// In the order of the left side's policies; what only the right side has follows.
    pub pairs: Vec<Pair>,
    /// In the order of the pairs.
    pub lines: Vec<Line>,
    /// How often each rule made a difference disappear.
    pub hits: Vec<(Rule, u32)>,
    /// Settings by state, echoes left out.
    pub settings: StateCounts,
    /// Policies by state.
    pub policies: StateCounts,
    /// What administrative templates are called in the settings catalog, where a side has some.
    pub(crate) admx: Option<AdmxNames>,
}

impl Comparison {
    /// Nothing compared.
    pub(crate) const EMPTY: Self = Self {
        pairs: Vec::new(),
        lines: Vec::new(),
        hits: Vec::new(),
        settings: StateCounts::NONE,
        policies: StateCounts::NONE,
        admx: None,
    };
}

/// Compares two sides.
pub fn compare(left: &Snapshot, right: &Snapshot, options: &CompareOptions) -> Comparison {
    Work::new(left, right, options).run()
}

/// Compares two policies that a person picked, whatever they are called. Positions are those of the two
/// snapshots, which hold one policy each.
pub fn compare_picked(left: &Snapshot, right: &Snapshot, options: &CompareOptions) -> Comparison {
    let mut work = Work::new(left, right, options);
    let pairs = [(0, 0, PairedBy::Hand)];
    work.walk(&pairs);
    if work.rules.on(Rule::Carrier) {
        work.out.admx = carriers::look(&mut work.out.lines, left, right);
    }
    work.sum_up(&pairs);
    work.out
}

struct Work<'s> {
    left: &'s Snapshot,
    right: &'s Snapshot,
    rules: Rules,
    only_left_types: bool,
    canons: [Vec<canon::Canon>; 2],
    out: Comparison,
    reordered: u32,
}

impl<'s> Work<'s> {
    fn new(left: &'s Snapshot, right: &'s Snapshot, options: &CompareOptions) -> Self {
        let rules = Rules::without(options.rules_off.iter().map(String::as_str));
        let mut symbols = canon::Symbols::new(rules);
        let mut canons =
            |side: &Snapshot| side.policies.iter().map(|p| symbols.policy(p)).collect();
        Self {
            left,
            right,
            rules,
            only_left_types: options.only_baseline_types,
            canons: [canons(left), canons(right)],
            out: Comparison::default(),
            reordered: 0,
        }
    }

    fn run(mut self) -> Comparison {
        let pairs = pair::pair(
            &pair::Side {
                policies: &self.left.policies,
                canons: &self.canons[0],
            },
            &pair::Side {
                policies: &self.right.policies,
                canons: &self.canons[1],
            },
            self.rules,
        );
        self.walk(&pairs);
        elsewhere::look(&mut self.out.lines, &self.canons[0], &self.canons[1]);
        if self.rules.on(Rule::Carrier) {
            self.out.admx = carriers::look(&mut self.out.lines, self.left, self.right);
        }
        self.unread_types();
        self.sum_up(&pairs);
        self.out
    }

    /// Compares each pair, then what has no counterpart.
    fn walk(&mut self, pairs: &[pair::Pair]) {
        let mut taken: [Vec<bool>; 2] = [
            vec![false; self.left.policies.len()],
            vec![false; self.right.policies.len()],
        ];
        for (l, r, by) in pairs {
            taken[0][*l as usize] = true;
            taken[1][*r as usize] = true;
            self.one(*l, *r, Some(*by));
        }
        for l in (0..self.left.policies.len() as u32).filter(|n| !taken[0][*n as usize]) {
            self.one(l, NONE, None);
        }
        let types: HashSet<&str> = self.left.policies.iter().map(|p| p.row.list).collect();
        for r in (0..self.right.policies.len() as u32).filter(|n| !taken[1][*n as usize]) {
            let row = self.right.policies[r as usize].row;
            // A tenant's groups say nothing against a baseline that has none.
            if !(self.only_left_types || row.directory) || types.contains(row.list) {
                self.one(NONE, r, None);
            }
        }
    }

    fn one(&mut self, l: u32, r: u32, by: Option<PairedBy>) {
        static NOTHING: canon::Canon = canon::Canon { nodes: Vec::new() };
        let half = |side: usize, policies: &'s [Policy], at: u32| match policies.get(at as usize) {
            Some(policy) => (policy.settings.get().map_or(&[][..], Vec::as_slice), side),
            None => (&[][..], side),
        };
        let (settings_l, _) = half(0, &self.left.policies, l);
        let (settings_r, _) = half(1, &self.right.policies, r);
        let first = self.out.lines.len();
        let gap = gap(&self.left.policies, l).or_else(|| gap(&self.right.policies, r));
        let mut walk = tree::Walk {
            left: tree::Half {
                policy: l,
                settings: settings_l,
                canon: self.canons[0].get(l as usize).unwrap_or(&NOTHING),
            },
            right: tree::Half {
                policy: r,
                settings: settings_r,
                canon: self.canons[1].get(r as usize).unwrap_or(&NOTHING),
            },
            rules: self.rules,
            pair: self.out.pairs.len() as u32,
            lines: &mut self.out.lines,
            unpaired: by.is_none(),
            reordered: 0,
        };
        walk.run();
        self.reordered += walk.reordered;
        let lines = &mut self.out.lines[first..];
        if gap.is_some() && by.is_some() {
            lines
                .iter_mut()
                .for_each(|line| line.state = State::Unknown);
        }
        let changed = |line: &Line| !matches!(line.state, State::Same | State::Unknown);
        let state = match (l, r) {
            _ if gap.is_some() && by.is_some() => State::Unknown,
            (NONE, _) => State::Extra,
            (_, NONE) => State::Missing,
            _ if lines.iter().any(changed) => State::Different,
            _ => State::Same,
        };
        let last = self.out.lines.len();
        self.out.pairs.push(Pair {
            left: l,
            right: r,
            by,
            state,
            lines: (first as u32, last as u32),
            gap,
        });
    }

    /// A policy is not missing on a side whose list of its type was not read to the end.
    fn unread_types(&mut self) {
        let unread = |side: &Snapshot, policy: &Policy| {
            let lists = |row: &str| crate::catalog::row(row).map(|row| row.list);
            side.coverage
                .iter()
                .filter(|read| lists(&read.row) == Some(policy.row.list))
                .find_map(|read| read.gap.clone())
        };
        for pair in &mut self.out.pairs {
            let gap = match (pair.left, pair.right) {
                (l, NONE) => unread(self.right, &self.left.policies[l as usize]),
                (NONE, r) => unread(self.left, &self.right.policies[r as usize]),
                _ => None,
            };
            let Some(gap) = gap else { continue };
            pair.state = State::Unknown;
            pair.gap = Some(gap);
            for line in &mut self.out.lines[pair.lines.0 as usize..pair.lines.1 as usize] {
                if matches!(line.state, State::Missing | State::Extra) {
                    line.state = State::Unknown;
                }
            }
        }
    }

    fn sum_up(&mut self, pairs: &[pair::Pair]) {
        for line in self.out.lines.iter().filter(|line| !line.echo) {
            self.out.settings.add(line.state);
        }
        for pair in &self.out.pairs {
            self.out.policies.add(pair.state);
        }
        let by_version = pairs
            .iter()
            .filter(|(_, _, by)| *by == PairedBy::NameWithoutVersion)
            .count() as u32;
        self.out.hits = Rule::ALL
            .into_iter()
            .map(|rule| {
                let lines = self.out.lines.iter().filter(|l| l.rule == Some(rule));
                let more = match rule {
                    Rule::Order => self.reordered,
                    Rule::NameVersion => by_version,
                    _ => 0,
                };
                (rule, lines.count() as u32 + more)
            })
            .collect();
    }
}

/// Why a policy's settings are not known.
fn gap(policies: &[Policy], at: u32) -> Option<Gap> {
    match &policies.get(at as usize)?.settings {
        Known::Yes(_) => None,
        Known::No(gap) => Some(gap.clone()),
    }
}
