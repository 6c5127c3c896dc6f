#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod language;
mod many;
mod views;

use crate::catalog::{self, UNKNOWN};
use crate::json::Json;
use crate::policy::{Policy, read};
use crate::snapshot::{Definition, Gap, Reason, Snapshot, Source};

/// A policy of this row from its document.
fn policy(row: &str, text: &str) -> Policy {
    let row = catalog::row(row).unwrap_or(&UNKNOWN);
    read(row, &Json::parse(text).unwrap(), text.into(), "", vec![])
}

/// A small tenant with one of each thing that a query can ask for.
fn tenant() -> Snapshot {
    let unread = vec![(
        "assignments".to_owned(),
        Gap {
            reason: Reason::Failed,
            detail: "503".into(),
        },
    )];
    let fourth =
        r#"{"id": "4", "displayName": "Script: Printers", "scriptContent": "ZWNobyBoZWxsbw=="}"#;
    let mut snapshot = Snapshot {
        label: "Contoso".into(),
        source: Source::Tenant,
        taken_at: "2026-11-20T08:14:07Z".into(),
        policies: vec![
            policy(
                "settingsCatalog",
                r##"{"id": "1", "name": "WIN Edge hardening",
              "platforms": "windows10", "roleScopeTagIds": ["0"],
              "createdDateTime": "2026-01-05T00:00:00Z",
              "lastModifiedDateTime": "2026-11-19T10:00:00.1234567Z",
              "assignments": [{"target": {"@odata.type": "#microsoft.graph.groupAssignmentTarget",
                "groupId": "g1", "deviceAndAppManagementAssignmentFilterId": "f1",
                "deviceAndAppManagementAssignmentFilterType": "include"}},
                {"target": {"@odata.type": "#microsoft.graph.exclusionGroupAssignmentTarget",
                "groupId": "g2"}}],
              "settings": [{"settingInstance": {"settingDefinitionId": "cloudblock",
                "choiceSettingValue": {"value": "cloudblock_2"}}},
                {"settingInstance": {"settingDefinitionId": "timeout",
                "simpleSettingValue": {"value": 50}}}]}"##,
            ),
            policy(
                "compliancePolicies",
                r##"{"id": "2", "displayName": "mac compliance",
              "@odata.type": "#microsoft.graph.macOSCompliancePolicy", "roleScopeTagIds": ["7"],
              "description": "High security", "lastModifiedDateTime": "2025-06-01T00:00:00Z",
              "assignments": [], "passwordRequired": true, "note": "cloudblock"}"##,
            ),
            policy(
                "appleMdm",
                r#"{"id": "3", "displayName": "Alien thing",
              "lastModifiedDateTime": "0001-01-01T00:00:00Z", "odd": "x"}"#,
            ),
            read(
                catalog::row("powershellScripts").unwrap(),
                &Json::parse(fourth).unwrap(),
                fourth.into(),
                "",
                unread,
            ),
            policy(
                "vppTokens",
                r#"{"id": "5", "displayName": "VPP DACH",
              "expirationDateTime": "2026-11-17T08:14:07Z", "token": "hush"}"#,
            ),
            policy(
                "conditionalAccess",
                r#"{"id": "6", "displayName": "CA014: Require MFA",
              "state": "enabled", "modifiedDateTime": "2026-10-31T23:59:59Z",
              "conditions": {"users": {"includeUsers": ["All"], "excludeGroups": ["g2"]}}}"#,
            ),
        ],
        ..Snapshot::default()
    };
    for (id, name) in [
        ("g1", "Pilot ring"),
        ("g2", "Break glass"),
        ("f1", "Corporate"),
        ("7", "Plants"),
    ] {
        snapshot.names.insert(id.into(), name.into());
    }
    snapshot.definitions.insert(
        "cloudblock".into(),
        Definition {
            name: "Cloud Block Level".into(),
            options: vec![("cloudblock_2".into(), "High".into())],
            ..Definition::default()
        },
    );
    snapshot
}
