//! What is whole before the read ends.
use super::*;

fn ids(snapshot: &Snapshot) -> Vec<&str> {
    let policies = snapshot.policies.iter();
    policies.map(|one| one.id.as_deref().unwrap()).collect()
}

#[test]
fn what_is_whole_can_be_used_and_the_rest_is_still_to_come() {
    let mut sim = Sim::new(policies(2_000, 1_000), arrives);
    let mut reading = start(&[CONFIGURATION, "Group.ReadBasic.All"]);
    assert!(reading.so_far("").is_none(), "nobody knows whose it is");

    drive(&mut reading, &mut sim, 5_000);
    let early = reading.so_far("2026-01-02T03:04:05Z").unwrap();
    assert_eq!(early.label, "Contoso");
    assert!((500..1_500).contains(&early.policies.len()));
    assert_eq!(reason(&early, "settingsCatalog"), Some(Reason::Reading));
    assert_eq!(of(&early, "settingsCatalog").read, 2_000);
    assert_eq!(
        reason(&early, "compliancePolicies"),
        None,
        "whole, and none"
    );
    for policy in &early.policies {
        assert_eq!(policy.settings.get().unwrap().len(), 2);
    }
    assert_eq!(early.definitions["def_1"].name, "Setting 1");

    drive(&mut reading, &mut sim, 30_000);
    let later = reading.so_far("").unwrap();
    assert!(later.policies.len() > early.policies.len());
    let stays = &ids(&later)[..early.policies.len()];
    assert_eq!(stays, ids(&early), "a number stays with its policy");

    drive(&mut reading, &mut sim, Ms::MAX);
    let whole = reading.finish("");
    assert_eq!(whole.policies.len(), 2_000);
    assert_eq!(reason(&whole, "settingsCatalog"), None);
}

#[test]
fn another_tenants_answers_are_not_shown_early_either() {
    let mut sim = Sim::new(policies(10, 10), arrives);
    let mut reading = start(&[CONFIGURATION]).of_tenant("another");
    drive(&mut reading, &mut sim, Ms::MAX);
    assert!(reading.is_foreign() && reading.so_far("").is_none());
}

/// A person who waits is told a time from the first answer on, and never one that is too long while lists are open.
#[test]
fn the_time_that_is_left_is_known_as_far_as_it_can_be() {
    let mut sim = Sim::new(policies(3_000, 50), arrives);
    let mut reading = start(&[CONFIGURATION]);
    let mut told = Vec::new();
    for second in 0..600 {
        drive(&mut reading, &mut sim, second * 250);
        let progress = reading.progress(sim.now);
        if progress.doing == "Reading lists" {
            assert!(progress.at_least);
            told.push((sim.now, progress.seconds_left));
        } else {
            assert!(!progress.at_least);
            break;
        }
    }
    drive(&mut reading, &mut sim, Ms::MAX);
    let known = told.iter().filter(|(_, seconds)| *seconds > 0).count();
    assert!(known > 2 && known + 1 >= told.len(), "{told:?}");
    for (at, seconds) in told {
        // Rounded up to seconds.
        let least = u64::from(seconds.saturating_sub(1)) * 1_000;
        assert!(at + least <= sim.now, "{at} {seconds} {}", sim.now);
    }
}
