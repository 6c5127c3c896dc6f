//! Rights against events: what is used, unused, and unknown.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use super::*;
use crate::access::tests::read;
use crate::permission::Live;
use crate::protocol::{AuditLog, AuditRead, LiveRead, RightsPart};
use crate::snapshot::{Gap, Reason};

mod said;
mod who;

pub(super) const DESK: &str = "aaaaaaaa-0000-4000-8000-000000000001";
pub(super) const ADA: &str = "aaaaaaaa-0000-4000-8000-00000000000a";
pub(super) const BO: &str = "aaaaaaaa-0000-4000-8000-00000000000b";
const TO: &str = "2026-11-20T00:00:00Z";

pub(super) fn because(reason: Reason) -> Option<Gap> {
    Some(Gap {
        reason,
        detail: String::new(),
    })
}

fn definition(id: &str, name: &str, built_in: bool, allowed: &[&str], denied: &[&str]) -> String {
    let list = |names: &[&str]| {
        let names: Vec<String> = names
            .iter()
            .map(|n| format!("\"Microsoft.Intune_{n}\""))
            .collect();
        names.join(",")
    };
    format!(
        r#"{{"id":"{id}","displayName":"{name}","isBuiltIn":{built_in},"rolePermissions":[{{"resourceActions":[
            {{"allowedResourceActions":[{}],"notAllowedResourceActions":[{}]}}]}}]}}"#,
        list(allowed),
        list(denied)
    )
}

/// Three built-in roles and one of the tenant's own.
pub(super) fn roles() -> LiveRead {
    let all = [
        definition(
            "op",
            "Help Desk Operator",
            true,
            &[
                "ManagedDevices_Read",
                "RemoteTasks_RebootNow",
                "RemoteTasks_SyncDevice",
            ],
            &[],
        ),
        definition(
            "pm",
            "Policy and Profile manager",
            true,
            &[
                "DeviceConfigurations_Read",
                "DeviceConfigurations_Create",
                "DeviceConfigurations_Update",
                "DeviceConfigurations_Assign",
            ],
            &[],
        ),
        definition(
            "sm",
            "Endpoint Security Manager",
            true,
            &["SecurityBaselines_Update", "ManagedDevices_Read"],
            &[],
        ),
        definition(
            "own",
            "Port IT",
            false,
            &[
                "ManagedDevices_Update",
                "RemoteTasks_SyncDevice",
                "RemoteTasks_Wipe",
                "CloudAttach_RunScript",
            ],
            &["RemoteTasks_Wipe"],
        ),
    ];
    read(Live::IntuneRoles, &[&format!("[{}]", all.join(","))], None)
}

pub(super) fn assigned(rows: &[(&str, &str)]) -> Vec<LiveRead> {
    let row = |(role, group): &(&str, &str)| {
        format!(
            r#"{{"id":"a-{role}","members":["{group}"],"roleDefinition":{{"id":"{role}","displayName":"the {role}"}}}}"#
        )
    };
    let rows: Vec<String> = rows.iter().map(row).collect();
    vec![
        read(Live::IntuneAssignments, &["[]"], None),
        read(
            Live::IntuneAssignment,
            &[&format!("[{}]", rows.join(","))],
            None,
        ),
    ]
}

pub(super) fn members(group: &str, rows: &[(&str, &str)], gap: Option<Gap>) -> LiveRead {
    let row = |(id, upn): &(&str, &str)| {
        format!(
            r##"{{"@odata.type":"#microsoft.graph.user","id":"{id}","displayName":null,"userPrincipalName":"{upn}"}}"##
        )
    };
    let rows: Vec<String> = rows.iter().map(row).collect();
    LiveRead {
        of: group.to_owned(),
        ..read(Live::GroupMembers, &[&format!("[{}]", rows.join(","))], gap)
    }
}

/// Nobody has a role of the directory.
pub(super) fn no_directory() -> Vec<LiveRead> {
    [
        Live::DirectoryAssignments,
        Live::DirectoryEligible,
        Live::Person,
    ]
    .map(|what| read(what, &["[]"], None))
    .into()
}

/// Ada by the help desk, with these roles.
pub(super) fn desk(roles_of: &[&str]) -> Vec<LiveRead> {
    let rows: Vec<(&str, &str)> = roles_of.iter().map(|role| (*role, DESK)).collect();
    let mut reads = vec![roles(), members(DESK, &[(ADA, "ada@x.example")], None)];
    reads.extend(assigned(&rows));
    reads.extend(no_directory());
    reads
}

/// Kind, operation, category, whether it did succeed; by an actor, as JSON.
pub(super) fn event(
    actor: &str,
    at: &str,
    (kind, operation, category, done): (&str, &str, &str, bool),
) -> String {
    format!(
        r#"{{"id":"{at}{kind}{operation}","activity":"{operation} {kind}","activityDateTime":"2026-{at}T10:00:00Z","activityOperationType":"{operation}",
            "category":"{category}","activityResult":"{}","actor":{{{actor}}},"resources":[{{"auditResourceType":"{kind}","resourceId":"x"}}]}}"#,
        if done { "Success" } else { "Fail" }
    )
}

pub(super) fn ada() -> String {
    format!(
        r#""userPrincipalName":"ada@x.example","userId":"{ADA}","applicationDisplayName":"Portal","userPermissions":["*"]"#
    )
}

pub(super) fn trail(events: &[String], gap: Option<Gap>) -> Trail {
    let mut trail = Trail::default();
    trail.take(7, AuditLog::Intune, &format!("[{}]", events.join(",")));
    let read = AuditRead {
        log: AuditLog::Intune,
        events: events.len() as u32,
        from: "2026-09-21T00:00:00Z".to_owned(),
        to: TO.to_owned(),
        at: TO.to_owned(),
        gap,
    };
    trail.end(7, "t", &[read]);
    trail
}

pub(super) const SYNC: (&str, &str, &str, bool) = ("ManagedDevice", "syncDevice", "Device", true);

/// What is said of a holder: used, unused, unknown, each as “kind: action”.
pub(super) fn said(
    rights: &Rights,
    name: &str,
) -> (Vec<String>, Vec<String>, Vec<(String, Doubt)>) {
    let one = rights
        .holders
        .iter()
        .find(|one| one.name == name || one.id == name);
    let one = one.unwrap_or_else(|| panic!("{name} in {:#?}", rights.holders));
    let word = |right: u32| {
        let name = &rights.names[right as usize];
        format!("{}: {}", name.kind, name.action)
    };
    (
        one.used.iter().map(|used| word(used.right)).collect(),
        one.unused.iter().map(|right| word(*right)).collect(),
        one.unknown
            .iter()
            .map(|(right, doubt)| (word(*right), *doubt))
            .collect(),
    )
}
