//! What is said of a right, event by event.

use super::super::events::{Shows, leaves_events, only_reads, shows};
use super::*;

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn an_event_shows_a_right_or_is_strange() {
    for (kind, operation, category, expect) in [
        (
            "ManagedDevice",
            "syncDevice",
            "Device",
            &["RemoteTasks_SyncDevice"][..],
        ),
        (
            "ManagedDevice",
            "Patch",
            "Device",
            &["ManagedDevices_Update"],
        ),
        (
            "ManagedDevice",
            "Delete",
            "Device",
            &["ManagedDevices_Delete"],
        ),
        (
            "ManagedDevice",
            "initiateOnDemandProactiveRemediation",
            "Device",
            &[],
        ),
        (
            "Windows10GeneralConfiguration",
            "Patch",
            "DeviceConfiguration",
            &["DeviceConfigurations_Update"],
        ),
        (
            "Microsoft.Management.Services.Api.DeviceConfiguration",
            "Create",
            "",
            &["DeviceConfigurations_Create"],
        ),
        // The same end in another category is something else.
        (
            "DeviceEnrollmentLimitConfiguration",
            "Patch",
            "Enrollment",
            &[],
        ),
        (
            "DeviceManagementConfigurationPolicy",
            "Delete",
            "DeviceConfiguration",
            &["DeviceConfigurations_Delete", "SecurityBaselines_Delete"],
        ),
        (
            "DeviceManagementConfigurationPolicyAssignment",
            "Create",
            "DeviceConfiguration",
            &["DeviceConfigurations_Assign", "SecurityBaselines_Assign"],
        ),
        (
            "DeviceConfiguration",
            "assign",
            "DeviceConfiguration",
            &["DeviceConfigurations_Assign"],
        ),
        (
            "Windows10CompliancePolicy",
            "Patch",
            "Compliance",
            &[
                "DeviceCompliancePolices_Update",
                "DeviceCompliancePolicies_Update",
            ],
        ),
        (
            "Win32LobApp",
            "Create",
            "Application",
            &["MobileApps_Create"],
        ),
        (
            "MobileAppAssignment",
            "Delete",
            "Application",
            &["MobileApps_Assign"],
        ),
        (
            "IosManagedAppProtection",
            "Patch",
            "Application",
            &["ManagedApps_Update"],
        ),
        ("RoleDefinition", "Create", "Role", &["Roles_Create"]),
        ("RoleAssignment", "Delete", "Role", &["Roles_Assign"]),
        (
            "DeviceConfiguration",
            "SetReference",
            "DeviceConfiguration",
            &[],
        ),
        ("", "", "", &[]),
        ("Assignment", "Create", "", &[]),
        ("Berth", "Moor", "Harbour", &[]),
    ] {
        let trail = trail(
            &[event(&ada(), "11-10", (kind, operation, category, true))],
            None,
        );
        let expect = match expect {
            [] => Shows::Strange,
            some => Shows::OneOf(
                some.iter()
                    .map(|name| format!("Microsoft.Intune_{name}"))
                    .collect(),
            ),
        };
        assert_eq!(
            shows(&trail.events()[0]),
            expect,
            "{operation} {kind} {category}"
        );
    }
    // An action says in its first word what it was.
    let action = event(&ada(), "11-10", SYNC).replace(
        r#""activityOperationType":"syncDevice""#,
        r#""activityOperationType":"Action""#,
    );
    let trail = trail(&[action], None);
    assert_eq!(
        shows(&trail.events()[0]),
        Shows::OneOf(texts(&["Microsoft.Intune_RemoteTasks_SyncDevice"]))
    );
}

#[test]
fn only_what_leaves_a_known_event_can_be_called_unused() {
    for (right, leaves, reads) in [
        ("Microsoft.Intune_RemoteTasks_Wipe", true, false),
        ("Microsoft.Intune_RemoteTasks_GetFileVaultKey", false, false),
        ("Microsoft.Intune_ManagedDevices_Update", true, false),
        (
            "Microsoft.Intune_ManagedDevices_SetPrimaryUser",
            false,
            false,
        ),
        ("Microsoft.Intune_ManagedDevices_Read", false, true),
        ("Microsoft.Intune_ManagedDevices_ViewReports", false, true),
        (
            "Microsoft.Intune_DeviceCompliancePolices_Assign",
            true,
            false,
        ),
        ("Microsoft.Intune_CloudAttach_RunScript", false, false),
        ("Microsoft.Intune", false, false),
        ("", false, false),
    ] {
        assert_eq!(
            (leaves_events(right), only_reads(right)),
            (leaves, reads),
            "{right}"
        );
    }
}

#[test]
fn a_right_is_used_unused_or_unknown() {
    let trail = trail(
        &[
            event(&ada(), "11-10", SYNC),
            event(&ada(), "11-12", SYNC),
            event(&ada(), "09-22", SYNC),
        ],
        None,
    );
    let rights = rights(&desk(&["own"]), &trail, 30);
    assert_eq!(
        (
            rights.log.whole,
            rights.log.events,
            rights.total,
            rights.excessive
        ),
        (true, 2, 1, 1)
    );
    let (used, unused, unknown) = said(&rights, "ada@x.example");
    assert_eq!(used, ["Remote tasks: sync device"]);
    // What the role forbids is not held; what only reads is not counted.
    assert_eq!(unused, ["Managed devices: update"]);
    assert_eq!(
        unknown,
        [("Cloud attach: run script".to_owned(), Doubt::Event)]
    );
    let ada = &rights.holders[0];
    assert_eq!(
        (ada.held, ada.used[0].events, ada.used[0].last.as_str()),
        (3, 2, "2026-11-12T10:00:00Z")
    );
    // The help desk operator's two rights hold what was used, and are fewer.
    assert_eq!(ada.enough.as_deref(), Some("Help Desk Operator"));
    assert_eq!(
        (
            ada.roles[0].name.as_str(),
            ada.roles[0].by.as_str(),
            ada.roles[0].entra
        ),
        ("the own", DESK, false)
    );
}

#[test]
fn what_is_not_certain_is_unknown_with_its_reason() {
    let sync = event(&ada(), "11-10", SYNC);
    let odd = event(&ada(), "11-11", ("Berth", "Moor", "Harbour", true));
    let tried = event(&ada(), "11-11", ("ManagedDevice", "Patch", "Device", false));
    let nobody = event("", "11-11", SYNC);
    for (events, gap, days, expect) in [
        (vec![], None, 60, None),
        (vec![sync.clone()], None, 60, None),
        (vec![sync.clone(), odd], None, 60, Some(Doubt::Strange)),
        (vec![sync.clone(), tried], None, 60, Some(Doubt::Tried)),
        (vec![sync.clone(), nobody], None, 60, Some(Doubt::Actor)),
        (
            vec![sync.clone()],
            because(Reason::Scope),
            60,
            Some(Doubt::Log),
        ),
        // A page was lost.
        (
            vec![sync.clone()],
            because(Reason::Failed),
            7,
            Some(Doubt::Log),
        ),
        // Read for 60 days only.
        (vec![sync.clone()], None, 61, Some(Doubt::Log)),
        (vec![sync.clone()], None, 4_000, Some(Doubt::Log)),
        // Cut off: what is newer than the oldest that came is whole.
        (
            vec![sync.clone()],
            because(Reason::NotRead),
            60,
            Some(Doubt::Log),
        ),
        (vec![sync.clone()], because(Reason::NotRead), 7, None),
    ] {
        let said_of = trail(&events, gap.clone());
        let rights = rights(&desk(&["own"]), &said_of, days);
        let (_, unused, unknown) = said(&rights, "ada@x.example");
        let update = unknown
            .iter()
            .find(|(name, _)| name == "Managed devices: update");
        assert_eq!(
            update.map(|(_, doubt)| *doubt),
            expect,
            "{events:?} {gap:?} {days}"
        );
        assert_eq!(
            unused.contains(&"Managed devices: update".to_owned()),
            expect.is_none()
        );
        let enough = rights.holders.iter().find_map(|one| one.enough.clone());
        assert_eq!(
            enough.is_some(),
            expect.is_none() && rights.log.events > 0,
            "{events:?} {gap:?} {days}"
        );
    }
    let never = rights(&desk(&["own"]), &Trail::default(), 60);
    assert!(!never.log.read && never.excessive == 0);
    assert!(
        said(&never, "ada@x.example")
            .2
            .iter()
            .all(|(_, doubt)| *doubt == Doubt::Log)
    );
}

#[test]
fn an_event_of_two_rights_is_the_one_that_is_held() {
    let policy = event(
        &ada(),
        "11-10",
        (
            "DeviceManagementConfigurationPolicy",
            "Patch",
            "DeviceConfiguration",
            true,
        ),
    );
    let trail = trail(&[policy], None);
    let one = rights(&desk(&["pm"]), &trail, 60);
    assert_eq!(
        said(&one, "ada@x.example").0,
        ["Device configurations: update"]
    );
    assert_eq!(one.holders[0].enough, None, "nothing smaller");
    let both = rights(&desk(&["pm", "sm"]), &trail, 60);
    let (used, unused, unknown) = said(&both, "ada@x.example");
    assert!(used.is_empty());
    assert_eq!(
        unused,
        [
            "Device configurations: create",
            "Device configurations: assign"
        ]
    );
    assert_eq!(unknown.len(), 2);
    assert!(unknown.iter().all(|(_, doubt)| *doubt == Doubt::Several));
    // Without knowing all that is held, nobody can say which it was.
    let mut reads = desk(&["pm"]);
    reads[3].gap = because(Reason::Role);
    let part = rights(&reads, &trail, 60);
    assert_eq!(part.gaps[0].0, RightsPart::Assignments);
    assert!(said(&part, "ada@x.example").0.is_empty());
}

/// A quick look at the time it takes: the reader's own bound is a fifth of this.
#[test]
fn a_hundred_thousand_events_are_read_through_once() {
    let one = |n: u32| {
        event(&ada(), &format!("11-{:02}", 1 + n % 15), SYNC)
            .replace(r#""id":""#, &format!(r#""id":"{n}-"#))
    };
    let events: Vec<String> = (0..100_000).map(one).collect();
    let rights = rights(&desk(&["own"]), &trail(&events, None), 60);
    assert_eq!(
        (rights.log.events, rights.holders[0].used[0].events),
        (100_000, 100_000)
    );
}
