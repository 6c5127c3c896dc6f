//! What the signed-in person may do.

use super::*;
use crate::access::mine;

const HELP: &str = "44444444-4444-4444-8444-444444444444";

fn none(what: Live) -> LiveRead {
    read(what, &["[]"], None)
}

fn member_of_help() -> LiveRead {
    let page = format!(r#"[{{"id":"{HELP}","displayName":"Help desk"}}]"#);
    read(Live::MemberOf, &[&page], None)
}

/// An assignment whose members are these.
fn assigned_to(members: &str) -> LiveRead {
    let page = format!(
        r#"[{{"id":"a","displayName":"Desk","members":[{members}],"scopeType":"resourceScope","scopeMembers":["x","y"],
            "roleDefinition":{{"id":"r","displayName":"Operator"}},"roleScopeTags":[{{"id":"2","displayName":"North"}}]}}]"#
    );
    read(Live::IntuneAssignment, &[&page], None)
}

fn roles() -> LiveRead {
    let page = r#"[{"id":"r","rolePermissions":[{"resourceActions":[
        {"allowedResourceActions":["Microsoft.Intune_ManagedDevices_Read","Microsoft.Intune_ManagedDevices_Update","Microsoft.Intune_RemoteTasks_SyncDevice","Microsoft.Intune_ManagedDevices_Read"],
         "notAllowedResourceActions":["Microsoft.Intune_RemoteTasks_Wipe"]}]}]}]"#;
    read(Live::IntuneRoles, &[page], None)
}

#[test]
fn roles_of_the_directory_say_how_long_and_what_they_open_in_intune() {
    let page = r#"[
        {"roleDefinitionId":"x","roleDefinition":{"templateId":"3A2C62DB-5318-420d-8d74-23affee5d9d5","displayName":"Intune Administrator"},
         "assignmentType":"Activated","memberType":"Group","directoryScopeId":"/","endDateTime":"2026-11-21T20:00:00Z"},
        {"roleDefinitionId":"y","roleDefinition":{"displayName":"a custom role"},"assignmentType":"Assigned","memberType":"Direct",
         "directoryScopeId":"/administrativeUnits/1","endDateTime":null}]"#;
    let rights = mine(&[read(Live::ActiveRoles, &[page], None)]);
    let [custom, intune] = &rights.roles.value[..] else {
        panic!("{:?}", rights.roles)
    };
    assert_eq!(
        (
            custom.name.as_str(),
            custom.in_intune.as_str(),
            custom.activated,
            custom.until.as_str()
        ),
        ("a custom role", "", false, "")
    );
    assert_eq!(custom.place, "/administrativeUnits/1");
    assert_eq!(intune.in_intune, "Everything in Intune");
    assert!(intune.activated && intune.by_group);
    assert_eq!(intune.until, "2026-11-21T20:00:00Z");
    assert_eq!(rights.eligible_roles.gap.unwrap().reason, Reason::NotRead);
}

#[test]
fn an_intune_role_is_ones_own_by_a_group() {
    for (members, own) in [
        (format!(r#""{HELP}""#), 1),
        (format!(r#""{}","other""#, HELP.to_uppercase()), 1),
        (r#""other""#.to_owned(), 0),
        (String::new(), 0),
    ] {
        let rights = mine(&[
            member_of_help(),
            none(Live::IntuneAssignments),
            roles(),
            assigned_to(&members),
        ]);
        assert_eq!(
            (rights.intune.value.len(), &rights.intune.gap),
            (own, &None),
            "{members}"
        );
        let Some(role) = rights.intune.value.first() else {
            continue;
        };
        assert_eq!(
            (role.role.as_str(), role.assignment.as_str()),
            ("Operator", "Desk")
        );
        assert_eq!(
            (role.over.as_str(), &role.tags[..], &role.by[..]),
            (
                "2 groups",
                &["North".to_owned()][..],
                &["Help desk".to_owned()][..]
            )
        );
        let words = |rights: &[(String, Vec<String>)]| -> Vec<String> {
            rights
                .iter()
                .map(|(kind, actions)| format!("{kind}: {}", actions.join(", ")))
                .collect()
        };
        assert_eq!(
            words(&role.rights),
            ["Managed devices: read, update", "Remote tasks: sync device"]
        );
        assert_eq!(words(&role.denied), ["Remote tasks: wipe"]);
    }
}

/// Without the person's groups nobody can say which assignments are theirs.
#[test]
fn roles_that_cannot_be_told_are_unknown_not_none() {
    let refused = |what| {
        let gap = Gap {
            reason: Reason::Role,
            detail: String::new(),
        };
        read(what, &[], Some(gap))
    };
    let all = [
        Live::MemberOf,
        Live::IntuneAssignments,
        Live::IntuneRoles,
        Live::IntuneAssignment,
    ];
    for missing in all {
        let reads: Vec<LiveRead> = all
            .into_iter()
            .map(|what| {
                if what == missing {
                    refused(what)
                } else {
                    none(what)
                }
            })
            .collect();
        let gap = mine(&reads).intune.gap;
        assert_eq!(gap.map(|gap| gap.reason), Some(Reason::Role), "{missing:?}");
    }
}

#[test]
fn a_membership_is_activated_or_assigned() {
    for (how, expect) in [("activated", true), ("assigned", false), ("", false)] {
        let page = format!(
            r#"[{{"groupId":"g","group":{{"displayName":"G"}},"accessId":"owner","assignmentType":"{how}"}}]"#
        );
        let rights = mine(&[read(Live::ActiveGroups, &[&page], None)]);
        let one = &rights.groups.value[0];
        assert_eq!(
            (one.activated, one.owner, one.name.as_str()),
            (expect, true, "G"),
            "{how}"
        );
    }
}
