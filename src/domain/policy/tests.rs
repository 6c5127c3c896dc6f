#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::catalog::{self, Platform, UNKNOWN};
use crate::json::Json;
use crate::snapshot::Reason;

fn file(row: &str, text: &str) -> Policy {
    from(row, text, "Folder/My policy.json", vec![])
}

fn from(row: &str, text: &str, place: &str, gaps: Vec<(String, Gap)>) -> Policy {
    let row = catalog::row(row).unwrap_or(&UNKNOWN);
    read(row, &Json::parse(text).unwrap(), text.into(), place, gaps)
}

fn gap(reason: Reason) -> Gap {
    Gap {
        reason,
        detail: String::new(),
    }
}

#[test]
fn names_in_every_spelling() {
    for (row, text, expect) in [
        ("settingsCatalog", r#"{"name": " a  b "}"#, " a  b "),
        ("compliancePolicies", r#"{"displayName": "a"}"#, "a"),
        ("conditionalAccess", r#"{"DisplayName": "a"}"#, "a"),
        ("compliancePolicies", r#"{"Displayname": "a"}"#, "a"),
        ("settingsCatalog", r#"{"displayName": "a"}"#, "a"),
        ("depTokens", r#"{"tokenName": "a"}"#, "a"),
        (
            "compliancePolicies",
            r#"{"displayName": null}"#,
            "My policy",
        ),
        (
            "compliancePolicies",
            r#"{"displayName": "  "}"#,
            "My policy",
        ),
        (
            "authorizationPolicy",
            r#"{"displayName": "x"}"#,
            "Authorization policy",
        ),
        ("nobody knows", r#"{"name": "a"}"#, "a"),
        ("nobody knows", "[]", "My policy"),
    ] {
        assert_eq!(file(row, text).name, expect, "{row} {text}");
    }
    // An id is no name: the type says what it is.
    let named = |row, text| from(row, text, "", vec![]).name;
    assert_eq!(
        named("compliancePolicies", r#"{"id": "7"}"#),
        "Compliance policies 7"
    );
    let guid = "3f0e2d1c-5b6a-4798-8a90-1c2d3e4f5a6b";
    assert_eq!(
        named(
            "compliancePolicies",
            &format!(r#"{{"displayName": "{guid}"}}"#)
        ),
        format!("Compliance policies {guid}")
    );
}

#[test]
fn heads() {
    let policy = file(
        "compliancePolicies",
        r##"{"Id": "1", "@odata.type": "#microsoft.graph.macOSCompliancePolicy",
        "displayName": "n", "description": null, "createdDateTime": "/Date(1642113131445)/",
        "lastModifiedDateTime": "0001-01-01T00:00:00Z", "roleScopeTagIds": "Default"}"##,
    );
    assert_eq!(policy.id.as_deref(), Some("1"));
    assert_eq!(policy.odata_type, "macOSCompliancePolicy");
    assert!(policy.platforms.has(Platform::MacOs));
    assert_eq!(policy.created, "2022-01-13T22:32:11Z");
    assert_eq!(
        (policy.modified.as_str(), policy.description.as_str()),
        ("", "")
    );
    assert_eq!(policy.scope_tags, ["Default"]);
    let lists = file(
        "settingsCatalog",
        r#"{"id": "", "platforms": ["windows10", "macOS"], "roleScopeTagIds": ["0", 7]}"#,
    );
    assert_eq!(lists.id, None);
    assert_eq!(lists.platforms.to_string(), "Windows, macOS");
    assert_eq!(lists.scope_tags, ["0", "7"]);
    let access = file(
        "conditionalAccess",
        r#"{"modifiedDateTime": "2026-01-02T03:04:05.1Z"}"#,
    );
    assert_eq!(access.modified, "2026-01-02T03:04:05Z");
}

/// Each assignment in short, or the reason why they are not known.
fn targets(policy: &Policy) -> String {
    match &policy.assignments {
        Known::No(gap) => format!("{:?}", gap.reason),
        Known::Yes(list) => {
            let one = |one: &Assignment| {
                let filter = one.filter.as_ref();
                let filter =
                    filter.map(|f| format!(" {}{}", if f.include { "+" } else { "-" }, f.id));
                let group =
                    |sign: &str, group: &GroupRef| format!("{sign}{}{}", group.id, group.name);
                let target = match &one.target {
                    Target::AllUsers => "users".to_owned(),
                    Target::AllDevices => "devices".to_owned(),
                    Target::Group(one) => group("", one),
                    Target::ExcludedGroup(one) => group("!", one),
                    Target::Other(kind, id) => format!("{kind}={id}"),
                };
                format!("{target}{}{}", one.intent, filter.unwrap_or_default())
            };
            list.iter().map(one).collect::<Vec<_>>().join(", ")
        }
    }
}

#[test]
fn whom_it_reaches() {
    for (row, text, expect) in [
        ("compliancePolicies", "{}", "NotInFile"),
        (
            "compliancePolicies",
            r#"{"assignments": null}"#,
            "NotInFile",
        ),
        ("compliancePolicies", r#"{"assignments": []}"#, ""),
        ("vppTokens", "{}", ""),
        ("nobody knows", "{}", "NotInFile"),
        ("conditionalAccess", "{}", "NotInFile"),
        (
            "compliancePolicies",
            r##"{"assignments": [
              {"target": {"@odata.type": "#microsoft.graph.allLicensedUsersAssignmentTarget"}},
              {"target": {"@odata.type": "#microsoft.graph.allDevicesAssignmentTarget",
               "deviceAndAppManagementAssignmentFilterId": "f",
               "deviceAndAppManagementAssignmentFilterType": "exclude"}},
              {"target": {"@odata.type": "#microsoft.graph.groupAssignmentTarget", "groupId": "g",
               "deviceAndAppManagementAssignmentFilterId": null,
               "deviceAndAppManagementAssignmentFilterType": "none"}},
              {"target": {"@odata.type": "#microsoft.graph.exclusionGroupAssignmentTarget",
               "groupName": "Named", "groupType": "StaticMembership"}},
              {"target": {"@odata.type": "#microsoft.graph.groupAssignmentTarget",
               "groupId": "adadadad-808e-44e2-905a-0b7873a8a531"}},
              {"target": {"@odata.type":
               "#microsoft.graph.configurationManagerCollectionAssignmentTarget",
               "collectionId": "C1"}},
              {"target": {"@odata.type": "#microsoft.graph.tomorrowTarget", "id": "t"}}]}"##,
            "users, devices -f, g, !Named, devices, \
             configurationManagerCollectionAssignmentTarget=C1, tomorrowTarget=t",
        ),
        (
            "applications",
            r##"{"assignments": {"intent": "required", "target": {"@odata.type":
             "#microsoft.graph.groupAssignmentTarget", "groupId": "g"}}}"##,
            "grequired",
        ),
        (
            "appProtectionIos",
            r#"{"assignments": {"includeGroups": ["a"], "excludeGroups": ["b", "c"]}}"#,
            "a, !b, !c",
        ),
        (
            "deviceConfigurations",
            r#"{"groupAssignments": [{"targetGroupId": "g"},
             {"targetGroupId": "h", "excludeGroup": true}]}"#,
            "g, !h",
        ),
        (
            "conditionalAccess",
            r#"{"conditions": {"users": {"includeUsers": ["All", "u"], "excludeUsers": ["None"],
             "includeGroups": ["g"], "excludeGroups": ["h"], "includeRoles": ["r"],
             "excludeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "b2bMember"}}}}"#,
            "g, !h, users, user=u, role=r, excludedGuests=b2bMember",
        ),
        (
            "conditionalAccess",
            r#"{"DisplayName": "n", "Conditions": {"Users": {"IncludeUsers": "All"}}}"#,
            "users",
        ),
        ("mdmScope", r#"{"appliesTo": "all"}"#, "users"),
        (
            "mdmScope",
            r#"{"appliesTo": "selected", "includedGroups": [{"id": "g", "displayName": "G"}]}"#,
            "gG",
        ),
        ("mdmScope", r#"{"appliesTo": "none"}"#, ""),
    ] {
        assert_eq!(targets(&file(row, text)), expect, "{row} {text}");
    }
    let tenant = from("compliancePolicies", "{}", "", vec![]);
    assert_eq!(targets(&tenant), "NotRead");
}

#[test]
fn what_could_not_be_read_is_unknown() {
    let text = r#"{"name": "n", "assignments": [], "settings": []}"#;
    let gaps = vec![
        ("assignments".to_owned(), gap(Reason::Throttled)),
        ("settings".to_owned(), gap(Reason::Failed)),
        ("other".to_owned(), gap(Reason::Scope)),
    ];
    let policy = from("settingsCatalog", text, "", gaps);
    assert_eq!(targets(&policy), "Throttled");
    assert_eq!(policy.settings, Known::No(gap(Reason::Failed)));
    assert_eq!(policy.gaps, [("other".to_owned(), gap(Reason::Scope))]);
}

#[test]
fn settings_that_are_a_child_are_unknown_without_it() {
    for (row, text, known) in [
        (
            "settingsCatalog",
            r#"{"name": "n", "settingCount": 3}"#,
            false,
        ),
        ("settingsCatalog", r#"{"name": "n", "settings": []}"#, true),
        ("administrativeTemplates", r#"{"displayName": "n"}"#, false),
        ("endpointSecurityIntents", r#"{"settingsDelta": []}"#, true),
        ("endpointSecurityIntents", "{}", false),
        ("compliancePolicies", "{}", true),
        ("appConfigApps", "{}", true),
    ] {
        assert_eq!(
            file(row, text).settings.get().is_some(),
            known,
            "{row} {text}"
        );
    }
}

#[test]
fn a_type_without_derived_types_is_always_called_the_same() {
    let ids = |text: &str| -> Vec<String> {
        let policy = file("powershellScripts", text);
        let settings = policy.settings.get().unwrap().iter();
        settings.map(|s| s.id.as_ref().to_owned()).collect()
    };
    assert_eq!(
        ids(r##"{"@odata.type": "#microsoft.graph.deviceManagementScript", "fileName": "a"}"##),
        ids(r#"{"fileName": "a"}"#)
    );
}
