//! Whom policies reach, and whether two of them can meet on one device or user.
//!
//! Members of groups are not known here: two groups may share members, and the answer is then "maybe".

use crate::catalog::{Assigned, UNKNOWN};
use crate::policy::{Assignment, GroupRef, Known, Policy, Target};
use crate::protocol::{Overlap, Reach};

/// Whom a policy reaches, and the same in words.
pub fn reach(policy: &Policy) -> (Reach, String) {
    if policy.row.assigned == Assigned::Never && policy.row.id != UNKNOWN.id {
        return (Reach::All, "The whole tenant".to_owned());
    }
    let list = match &policy.assignments {
        Known::Yes(list) => list,
        Known::No(gap) => return (Reach::Unknown, gap.reason.words().to_owned()),
    };
    let has = |target: Target| {
        list.iter()
            .any(|a| a.target == target && a.filter.is_none())
    };
    let groups = |excluded: bool| {
        let group = |a: &&Assignment| match a.target {
            Target::Group(_) => !excluded,
            Target::ExcludedGroup(_) => excluded,
            _ => false,
        };
        list.iter().filter(group).count()
    };
    let (included, excluded) = (groups(false), groups(true));
    let filtered = list.iter().any(|a| a.filter.is_some());
    let mut words: Vec<String> = Vec::new();
    for (target, name) in [
        (Target::AllUsers, "all users"),
        (Target::AllDevices, "all devices"),
    ] {
        if list.iter().any(|a| a.target == target) {
            words.push(name.to_owned());
        }
    }
    let number = |n: usize| format!("{n} group{}", if n == 1 { "" } else { "s" });
    if included > 0 {
        words.push(number(included));
    }
    if list.iter().any(|a| matches!(a.target, Target::Other(..))) {
        words.push("a target of another kind".to_owned());
    }
    if words.is_empty() {
        return (Reach::Nobody, "Nobody".to_owned());
    }
    let mut text = words.join(", ");
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if excluded > 0 {
        text.push_str(&format!(", without {}", number(excluded)));
    }
    if filtered {
        text.push_str(", filtered");
    }
    let all = has(Target::AllUsers) || has(Target::AllDevices);
    let reach = if all && excluded == 0 {
        Reach::All
    } else {
        Reach::Some
    };
    (reach, text)
}

/// Whether two policies can meet, and why, without a full stop.
pub fn overlap(a: &Policy, b: &Policy) -> (Overlap, &'static str) {
    let (Known::Yes(a), Known::Yes(b)) = (&a.assignments, &b.assignments) else {
        return (
            Overlap::Unknown,
            "The assignments of a policy are not known",
        );
    };
    let (ours, theirs) = (included(a), included(b));
    if ours.is_empty() || theirs.is_empty() {
        return (Overlap::No, "A policy reaches nobody");
    }
    let left: Vec<&Assignment> = ours.into_iter().filter(|one| !shut_out(one, b)).collect();
    let right: Vec<&Assignment> = theirs.into_iter().filter(|one| !shut_out(one, a)).collect();
    if left.is_empty() || right.is_empty() {
        return (
            Overlap::No,
            "A policy leaves out the groups that the other reaches",
        );
    }
    let sure = left.iter().any(|x| {
        right
            .iter()
            .any(|y| x.filter.is_none() && y.filter.is_none() && same(&x.target, &y.target))
    });
    let exclusions = a
        .iter()
        .chain(b)
        .any(|one| matches!(one.target, Target::ExcludedGroup(_)));
    match (sure, exclusions) {
        (true, false) => (Overlap::Yes, "They reach the same targets"),
        (true, true) => (
            Overlap::Yes,
            "They reach the same targets but for excluded groups",
        ),
        _ => (
            Overlap::Maybe,
            "They reach different groups or filters, whose members are not compared",
        ),
    }
}

fn included(list: &[Assignment]) -> Vec<&Assignment> {
    let included = |a: &&Assignment| !matches!(a.target, Target::ExcludedGroup(_));
    list.iter().filter(included).collect()
}

/// True when the other policy excludes the very group that this one reaches.
fn shut_out(one: &Assignment, other: &[Assignment]) -> bool {
    let Target::Group(group) = &one.target else {
        return false;
    };
    other
        .iter()
        .any(|a| matches!(&a.target, Target::ExcludedGroup(out) if alike(group, out)))
}

fn same(a: &Target, b: &Target) -> bool {
    match (a, b) {
        (Target::Group(a), Target::Group(b)) => alike(a, b),
        (a, b) => a == b,
    }
}

fn alike(a: &GroupRef, b: &GroupRef) -> bool {
    if a.id.is_empty() || b.id.is_empty() {
        !a.name.is_empty() && a.name.eq_ignore_ascii_case(&b.name)
    } else {
        a.id.eq_ignore_ascii_case(&b.id)
    }
}
