//! What happened between two snapshots of a tenant: what changed, when, and by whom.

use crate::arrange::Arrange;
use crate::audit::Trail;
use crate::diff::{NONE, Pair, Sides};
use crate::policy::{Assignment, Known, Policy};
use crate::protocol::{DriftKind, DriftLine, State, StateCounts};

/// Every policy that is not as it was, the newest change first. The left side is the earlier one.
pub fn find(sides: Sides<'_>, trail: &Trail) -> Vec<DriftLine> {
    let mut out: Vec<DriftLine> = sides
        .found
        .pairs
        .iter()
        .filter_map(|p| line(sides, trail, p))
        .collect();
    out.arrange_by(|a, b| b.when.cmp(&a.when).then_with(|| a.after.cmp(&b.after)));
    out
}

fn line(sides: Sides<'_>, trail: &Trail, pair: &Pair) -> Option<DriftLine> {
    let left = sides.left.policies.get(pair.left as usize);
    let right = sides.right.policies.get(pair.right as usize);
    let mut counts = StateCounts::NONE;
    let (from, to) = (pair.lines.0 as usize, pair.lines.1 as usize);
    for line in sides.found.lines.get(from..to).unwrap_or(&[]) {
        counts.add(line.state);
    }
    let mut assignments = false;
    let kind = match (left, right) {
        _ if pair.state == State::Unknown => DriftKind::Unknown,
        (None, _) => DriftKind::Added,
        (_, None) => DriftKind::Removed,
        (Some(l), Some(r)) => {
            assignments = moved(l, r);
            if assignments || pair.state == State::Different {
                DriftKind::Changed
            } else if l.name != r.name {
                DriftKind::Renamed
            } else {
                return None;
            }
        }
    };
    let name = |policy: Option<&Policy>| policy.map_or(String::new(), |p| p.name.clone());
    let policy = right.or(left)?;
    let authors = trail.authors(policy, sides.left, sides.right);
    Some(DriftLine {
        kind,
        before: name(left),
        after: name(right),
        type_name: policy.row.name.to_owned(),
        first_line: (to > from && pair.lines.0 != NONE).then_some(pair.lines.0),
        counts,
        assignments,
        when: match (authors.when.as_str(), right) {
            ("", Some(right)) => right.modified.clone(),
            (when, _) => when.to_owned(),
        },
        who: authors.names,
        unknown: authors.unknown,
        policy: policy.id.clone().unwrap_or_default(),
        events: authors.events,
    })
}

/// True when both sides know whom the policy reaches, and it is not the same.
fn moved(left: &Policy, right: &Policy) -> bool {
    let (Known::Yes(l), Known::Yes(r)) = (&left.assignments, &right.assignments) else {
        return false;
    };
    // One by one: neither side's list is long, and its order says nothing.
    let less = |a: &[Assignment], b: &[Assignment]| a.iter().any(|one| !b.contains(one));
    less(l, r) || less(r, l)
}
