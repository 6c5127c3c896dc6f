//! The overview page: counts, what is not assigned, what changed lately, what ends soon.

use crate::arrange::Arrange;
use crate::catalog::{self, Area, Assigned, Platform, Row, UNKNOWN};
use crate::json::Json;
use crate::policy::{Policy, dates};
use crate::protocol::{AssignedState, Expiry, Overview, RowView, TypeCount};
use crate::snapshot::Snapshot;

use super::view;

const DAY: i64 = 86_400;
/// How far back "changed lately" goes, in days.
const LATELY: i64 = 30;
/// How many changed policies are listed.
const CHANGED: usize = 12;
/// Properties that say when a token, a certificate or a profile ends.
const ENDS: &[&str] = &[
    "tokenExpirationDateTime",
    "expirationDateTime",
    "validityEndDateTime",
    "certExpiryTime",
];

/// Counts a snapshot. Reads every policy once.
pub fn overview(snapshot: &Snapshot) -> Overview {
    let states: Vec<AssignedState> = snapshot.policies.iter().map(view::assigned_state).collect();
    let number = |state| states.iter().filter(|one| **one == state).count() as u32;
    let (changed_lately, changed) = changed(snapshot);
    Overview {
        info: view::info(snapshot),
        types: types(snapshot, &states),
        platforms: platforms(snapshot),
        unassigned: number(AssignedState::Unassigned),
        assignment_unknown: number(AssignedState::Unknown),
        changed_lately,
        changed,
        expiring: expiring(snapshot),
    }
}

fn types(snapshot: &Snapshot, states: &[AssignedState]) -> Vec<TypeCount> {
    let mut counts: Vec<TypeCount> = catalog::rows()
        .chain(std::iter::once(&UNKNOWN))
        .map(type_count)
        .collect();
    for (policy, state) in snapshot.policies.iter().zip(states) {
        let row = policy.row.id;
        if let Some(count) = counts.iter_mut().find(|count| count.row == row) {
            count.count += 1;
            count.assigned += u32::from(*state == AssignedState::Assigned);
            count.unknown += u32::from(*state == AssignedState::Unknown);
        }
    }
    for read in &snapshot.coverage {
        if let Some(count) = counts.iter_mut().find(|count| count.row == read.row) {
            count.gap.clone_from(&read.gap);
        }
    }
    counts.retain(|count| count.count > 0 || count.gap.is_some());
    counts
}

fn type_count(row: &Row) -> TypeCount {
    TypeCount {
        row: row.id.to_owned(),
        name: row.name.to_owned(),
        area: row.area.label().to_owned(),
        count: 0,
        assigned: 0,
        unknown: 0,
        assignable: row.assigned != Assigned::Never,
        directory: row.directory,
        gap: None,
    }
}

/// A policy for two platforms counts for both.
fn platforms(snapshot: &Snapshot) -> Vec<(String, u32)> {
    let number =
        |fits: &dyn Fn(&Policy) -> bool| snapshot.proper().filter(|one| fits(one)).count() as u32;
    let mut counts: Vec<(String, u32)> = Platform::EACH
        .into_iter()
        .map(|platform| {
            let count = number(&|policy| policy.platforms.has(platform));
            (platform.label().to_owned(), count)
        })
        .collect();
    counts.push((
        "All platforms".to_owned(),
        number(&|p| p.platforms.is_all()),
    ));
    counts.retain(|(_, count)| *count > 0);
    counts
}

/// How many, and the newest first. ISO dates in UTC sort as text.
fn changed(snapshot: &Snapshot) -> (u32, Vec<RowView>) {
    let Some(taken) = dates::seconds(&snapshot.taken_at) else {
        return (0, Vec::new());
    };
    let since = dates::iso(taken - LATELY * DAY);
    let mut found: Vec<(u32, &Policy)> = (0..)
        .zip(&snapshot.policies)
        .filter(|(_, policy)| policy.modified > since)
        .collect();
    found.arrange_by(|(_, a), (_, b)| b.modified.cmp(&a.modified));
    let all = found.len() as u32;
    found.truncate(CHANGED);
    let newest = found.into_iter();
    let rows = newest.map(|(index, policy)| view::row(snapshot, index, policy));
    (all, rows.collect())
}

/// Everything with an end, the first to end first. Files have no day to count from.
fn expiring(snapshot: &Snapshot) -> Vec<Expiry> {
    let Some(taken) = dates::seconds(&snapshot.taken_at) else {
        return Vec::new();
    };
    let mut found: Vec<Expiry> = (0..)
        .zip(&snapshot.policies)
        .filter_map(|(index, policy)| {
            let end = end(policy)?;
            Some(Expiry {
                policy: index,
                name: policy.name.clone(),
                kind: view::kind(policy).to_owned(),
                date: dates::iso(end),
                days: i32::try_from((end - taken).div_euclid(DAY)).unwrap_or(i32::MAX),
            })
        })
        .collect();
    found.arrange_by(|a, b| a.date.cmp(&b.date));
    found
}

/// When a policy ends, read off its document. `9999…` is Graph's "never".
fn end(policy: &Policy) -> Option<i64> {
    const NEVER: i64 = 253_000_000_000;
    // Settings have no end; looking for one in thousands of long documents would take seconds.
    // A group's expiration is the directory's own business.
    let may_end = matches!(
        policy.row.area,
        Area::Apps | Area::Enrollment | Area::Tenant
    ) && !policy.row.directory
        && policy.row.graph_type != "deviceManagementConfigurationPolicy";
    if !may_end || !ENDS.iter().any(|name| policy.raw.contains(name)) {
        return None;
    }
    let document = Json::parse(&policy.raw).ok()?;
    ENDS.iter()
        .find_map(|name| dates::seconds(document.str_at(name)?))
        .filter(|end| *end < NEVER)
}
