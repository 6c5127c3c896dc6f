//! Diffs whose answer is written down: `data/README.md` of the shared folder, "Diffs with a known answer".

use std::collections::BTreeMap;

use domain::diff::{NONE, PairedBy};
use domain::protocol::State;

use super::{changed, compare, folder, shared};

#[test]
fn open_intune_baseline_3_5_to_3_6_changes_eight_policies() {
    let Some(data) = shared("open-intune-baseline") else {
        return;
    };
    let left = folder(&data.join("windows-v3.5/WINDOWS"));
    let right = folder(&data.join("windows-v3.6/WINDOWS"));
    let found = compare(&left, &right);
    let names = changed(&left, &found);
    let wanted = [
        "Defender Antivirus - D - Additional Configuration",
        "Security Hardening",
        "Power and Device Lock",
        "Microsoft Edge - D - Security",
        "Microsoft Edge - D - Updates",
        "Microsoft Edge - U - User Experience",
        "Microsoft Office - U - Config and Experience",
        "Copilot",
    ];
    assert_eq!(names.len(), wanted.len(), "{names:?}");
    for wanted in wanted {
        assert!(names.iter().any(|name| name.contains(wanted)), "{wanted}");
    }
    // By id: 64 in both (one of them stands twice on the right, so it is paired by name), 4 added,
    // 1 removed; the removed one was created again under the same name, and the one that stands
    // twice makes a policy more than there are ids.
    let by = |how| found.pairs.iter().filter(|p| p.by == Some(how)).count();
    assert_eq!((by(PairedBy::Id), by(PairedBy::Name)), (63, 2));
    assert_eq!((found.policies.missing, found.policies.extra), (0, 4));
    assert_eq!((found.policies.same, found.policies.different), (57, 8));
}

#[test]
fn conditional_access_differs_in_fifteen_policies_and_not_in_what_graph_added() {
    let Some(data) = shared("ca-baseline-j0eyv") else {
        return;
    };
    let mut left = folder(&data.join("2025-03-06-e2fe1f8"));
    let right = folder(&data.join("2026-07-22-67c82f5"));
    // One id stands on two files of the left side. The written answer takes the older of them;
    // with both there, the one of the same name is paired, and it is the same.
    let policies = &mut left.snapshot.policies;
    policies.retain(|policy| !policy.name.ends_with("BLOCK-HighRiskUser"));
    let found = compare(&left, &right);
    let mut differing = BTreeMap::<&str, usize>::new();
    let (mut by_id, mut policies) = (0, 0);
    for pair in &found.pairs {
        let Some(policy) = left.snapshot.policies.get(pair.left as usize) else {
            continue;
        };
        if pair.by != Some(PairedBy::Id) || policy.row.id != "conditionalAccess" {
            continue;
        }
        by_id += 1;
        policies += usize::from(pair.state == State::Different);
        for line in &found.lines[pair.lines.0 as usize..pair.lines.1 as usize] {
            if line.state == State::Same {
                continue;
            }
            let (side, at) = if line.left.1 == NONE {
                (&right, line.right)
            } else {
                (&left, line.left)
            };
            let settings = side.snapshot.policies[at.0 as usize].settings.get();
            let id = &settings.unwrap()[at.1 as usize].id;
            let property = id.rsplit('/').next().unwrap();
            let known = [
                "excludeGroups",
                "includeRoles",
                "clientAppTypes",
                "includeGroups",
                "signInRiskLevels",
                "state",
            ];
            let known = known.into_iter().find(|known| *known == property);
            *differing
                .entry(known.unwrap_or("something else"))
                .or_default() += 1;
        }
    }
    assert_eq!((by_id, policies), (24, 15));
    let wanted = [
        ("clientAppTypes", 1),
        ("excludeGroups", 10),
        ("includeGroups", 1),
        ("includeRoles", 6),
        ("signInRiskLevels", 1),
        ("state", 1),
    ];
    assert_eq!(differing, BTreeMap::from(wanted));
}

#[test]
fn a_backup_without_assignments_is_no_difference_and_renames_are_found() {
    let Some(data) = shared("intunecd-ces2026") else {
        return;
    };
    let left = folder(&data.join("2025-12-08-fd7741d"));
    let right = folder(&data.join("2026-02-05-a05355a"));
    let found = compare(&left, &right);
    let file = |side: &domain::snapshot::Snapshot, at: u32| {
        let policy = &side.policies[at as usize];
        policy
            .place
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let (mut one_name, mut renamed) = (0, Vec::new());
    for pair in found.pairs.iter().filter(|pair| pair.by.is_some()) {
        let names = (
            file(&left.snapshot, pair.left),
            file(&right.snapshot, pair.right),
        );
        if names.0 == names.1 {
            one_name += 1;
        } else {
            renamed.push(names);
        }
    }
    assert_eq!((one_name, renamed.len()), (34, 5), "{renamed:#?}");
    assert_eq!(found.policies.missing, 3);
    let byod = renamed
        .iter()
        .filter(|(l, r)| l.replace("_D_BYOD_", "_U_BYOD_") == *r);
    assert_eq!(byod.count(), 4, "{renamed:#?}");
}

#[test]
fn the_same_files_in_other_bytes_and_forms_are_the_same() {
    let Some(data) = shared("open-intune-baseline") else {
        return;
    };
    let plain = folder(&data.join("windows-v3.6"));
    let zipped = folder(&data.join("windows-v3.6-as-downloaded-zip"));
    let found = compare(&plain, &zipped);
    let pairs = found.pairs.iter().filter(|pair| pair.by.is_some());
    assert_eq!(pairs.count(), zipped.snapshot.policies.len());
    let (policies, settings) = (found.policies, found.settings);
    assert_eq!(
        (policies.different, policies.extra, policies.unknown),
        (0, 0, 0)
    );
    assert_eq!((settings.different, settings.extra), (0, 0));

    let native = folder(&data.join("windows-v3.6/MACOS/NativeImport"));
    let tool = folder(&data.join("windows-v3.6/MACOS/IntuneManagement/SettingsCatalog"));
    let found = compare(&native, &tool);
    assert_eq!((found.policies.same, found.policies.different), (16, 1));
    assert!(changed(&native, &found)[0].contains("MAU Configuration"));
    assert_eq!(found.settings.different, 3);
}

#[test]
fn every_source_is_the_same_as_itself_and_every_file_is_accounted_for() {
    let Some(data) = shared("") else { return };
    for source in std::fs::read_dir(&data).unwrap() {
        let path = source.unwrap().path();
        if !path.is_dir() {
            continue;
        }
        let side = folder(&path);
        let files = side.snapshot.files;
        let listed = files.read + files.not_policy + files.unreadable;
        assert_eq!(files.given, listed, "{}", path.display());
        assert_eq!(side.set_aside.len() as u32, files.not_policy);
        let found = compare(&side, &side);
        let odd = found
            .lines
            .iter()
            .find(|line| !matches!(line.state, State::Same | State::Unknown));
        assert_eq!(odd, None, "{}", path.display());
    }
}
