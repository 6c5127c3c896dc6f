//! The table says what Microsoft's metadata says, and asks for what the features ask for.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use domain::permission::reference::{Answer, Entry, Kind, document, entries};
use domain::permission::{FEATURES, SCOPES, read_table, scopes_of};

use super::{Metadata, metadata, normal, ours};

/// Permissions with which a stolen token takes the tenant over, changes something, or opens what is in groups.
fn is_forbidden(name: &str) -> bool {
    let never = [
        "Directory.AccessAsUser.All",
        "Group.Read.All",
        "DeviceLocalCredential.Read.All",
        "BitlockerKey.Read.All",
        "offline_access",
    ];
    never.contains(&name) || name.contains("Write") || name.contains("PrivilegedOperations")
}

/// Calls of ours that the metadata does not give to the permission of their type, and what it has instead.
/// Where Graph refuses one, the type is shown as partly unknown, with the reason.
const OTHERWISE: &[(&str, &str)] = &[
    (
        "/beta/deviceManagement/certificateConnectorDetails/{}",
        "the list only",
    ),
    (
        "/beta/deviceManagement/exchangeConnectors/{}",
        "the list only",
    ),
    (
        "/beta/deviceManagement/zebraFotaDeployments/{}",
        "the list only",
    ),
    ("/beta/deviceManagement/inventoryPolicies", "nothing"),
    ("/beta/deviceManagement/inventoryPolicies/{}", "nothing"),
    (
        "/beta/deviceManagement/inventoryPolicies/{}/assignments",
        "nothing",
    ),
    (
        "/beta/deviceManagement/inventoryPolicies/{}/settings",
        "nothing",
    ),
    (
        "/beta/deviceAppManagement/mobileApps/{}/microsoft.graph.{}/contentVersions",
        "one row for each type of app",
    ),
    (
        "/beta/deviceManagement/roleScopeTags/{}/assignments",
        "DeviceManagementRBAC.Read.All",
    ),
    (
        "/v1.0/directory/administrativeUnits/{}/scopedRoleMembers",
        "RoleManagement.Read.Directory",
    ),
    (
        "/v1.0/roleManagement/directory/roleAssignmentScheduleInstances/filterByCurrentUser(on='principal')",
        "the same with a parameter",
    ),
    (
        "/v1.0/roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')",
        "the same with a parameter",
    ),
    (
        "/v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleInstances/filterByCurrentUser(on='principal')",
        "the same with a parameter",
    ),
    (
        "/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances/filterByCurrentUser(on='principal')",
        "the same with a parameter",
    ),
    (
        "/v1.0/policies/featureRolloutPolicies/{}",
        "the list for reading, the item for writing",
    ),
];

#[test]
fn levels_consent_and_calls_are_microsofts() {
    let Some(metadata) = metadata() else { return };
    let mut wrong = Vec::new();
    for entry in entries() {
        check(metadata, entry, &mut wrong);
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn check(metadata: &Metadata, entry: &Entry, wrong: &mut Vec<String>) {
    let name = entry.name;
    let delegated = entry.kind == Kind::Delegated;
    if delegated {
        let Some(scope) = metadata.scopes.iter().find(|scope| scope.name == name) else {
            return wrong.push(format!("{name} is not in the metadata"));
        };
        if entry.level.map(i64::from) != scope.level || Some(entry.admin) != scope.admin {
            wrong.push(format!(
                "{name}: level {:?}, admin {:?}",
                scope.level, scope.admin
            ));
        }
        let alone = BTreeSet::from([name]);
        let acting = metadata
            .calls
            .iter()
            .filter(|call| call.acts() && call.is_open_to(&alone));
        let acting = acting.count();
        if usize::from(entry.acts) != acting {
            wrong.push(format!(
                "{name} opens {acting} acting calls, not {}",
                entry.acts
            ));
        }
    } else if entry.level.is_some() || !entry.admin || entry.acts != 0 {
        wrong.push(format!("{name}: the metadata says nothing of this"));
    }
    for call in entry.calls() {
        let call = normal(&call);
        let (method, template) = call.split_once(' ').unwrap();
        // The application permission's own acceptance is not in the metadata; that there is such a call is.
        let found = metadata.calls.iter().any(|known| {
            known.method == method
                && known.template == template
                && (!delegated || known.accepted.iter().any(|scope| scope == name))
        });
        let otherwise = OTHERWISE.iter().any(|(path, _)| *path == template);
        if found == otherwise {
            wrong.push(format!("{name}: {call}"));
        }
    }
}

#[test]
fn what_is_asked_for_is_in_the_table_and_nothing_else_is() {
    let named = |answer: fn(&Entry) -> bool| -> BTreeSet<&str> {
        let delegated = entries().filter(|entry| entry.kind == Kind::Delegated);
        delegated
            .filter(|entry| answer(entry))
            .map(|entry| entry.name)
            .collect()
    };
    assert_eq!(named(|entry| entry.answer == Answer::Asked), ours());
    let never = named(|entry| entry.answer != Answer::Asked);
    assert!(never.is_disjoint(&ours()));
    assert_eq!(
        SCOPES
            .iter()
            .map(|scope| scope.name)
            .collect::<BTreeSet<_>>(),
        ours()
    );
    for entry in entries() {
        assert_eq!(
            entry.features().next().is_some(),
            entry.answer == Answer::Asked
        );
        for words in [entry.allows, entry.purpose(), entry.smaller] {
            assert!(words.ends_with('.'), "{}: {words:?}", entry.name);
        }
        let twice = entries().filter(|e| (e.name, e.kind) == (entry.name, entry.kind));
        assert_eq!(twice.count(), 1, "{}", entry.name);
        // Said once, or two places could say different things.
        if let Some(scope) = SCOPES
            .iter()
            .find(|s| s.name == entry.name && entry.kind == Kind::Delegated)
        {
            assert_eq!(
                (Some(scope.level), scope.admin),
                (entry.level, entry.admin),
                "{}",
                scope.name
            );
        }
    }
}

/// The list of issue 4, so that a reviewer finds each line of another product's request.
#[test]
fn what_products_in_this_space_ask_for_is_there() {
    let has = |name: &str, kind: Kind| {
        assert!(
            entries().any(|e| e.name == name && e.kind == kind),
            "{name} {kind:?}"
        );
    };
    for area in [
        "Configuration",
        "Apps",
        "ServiceConfig",
        "Scripts",
        "ManagedDevices",
    ] {
        for act in ["Read", "ReadWrite"] {
            has(
                &format!("DeviceManagement{area}.{act}.All"),
                Kind::Delegated,
            );
        }
    }
    for name in [
        "Group.Read.All",
        "Group.ReadWrite.All",
        "User.ReadBasic.All",
        "User.Read",
        "Directory.AccessAsUser.All",
        "Policy.Read.ConditionalAccess",
        "DelegatedAdminRelationship.Read.All",
    ] {
        has(name, Kind::Delegated);
    }
    for name in [
        "DeviceManagementManagedDevices.Read.All",
        "DeviceManagementManagedDevices.ReadWrite.All",
        "DeviceManagementApps.Read.All",
        "DeviceManagementApps.ReadWrite.All",
        "Device.Read.All",
        "GroupMember.Read.All",
        "User.Read.All",
        "Application.Read.All",
        "Directory.Read.All",
        "Organization.Read.All",
    ] {
        has(name, Kind::Application);
    }
    has("update_device_health", Kind::Connector);
}

#[test]
fn what_is_forbidden_is_in_no_feature_and_no_configuration() {
    for feature in FEATURES {
        for scope in feature.scopes {
            assert!(!is_forbidden(scope), "{}: {scope}", feature.id);
        }
    }
    // A configuration names features, never permissions.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/config.json");
    let text = fs::read_to_string(folder).unwrap();
    let config = domain::oauth::config::parse(&text).unwrap();
    let scopes = scopes_of(&config.features);
    assert!(!scopes.iter().any(|scope| is_forbidden(scope.name())));
    for entry in entries().filter(|entry| is_forbidden(entry.name)) {
        assert!(!text.contains(entry.name), "{}", entry.name);
        assert_ne!(entry.answer, Answer::Asked, "{}", entry.name);
    }
}

/// A request that no permission of the table is said to be for could not be explained to anybody.
#[test]
fn every_named_call_of_ours_can_be_sent() {
    let table: BTreeSet<String> = read_table()
        .map(|(method, template)| normal(&format!("{} {template}", method.name())))
        .collect();
    for entry in entries().filter(|entry| entry.answer == Answer::Asked) {
        let calls = entry.calls();
        assert!(!calls.is_empty(), "{}", entry.name);
        for call in calls {
            assert!(table.contains(&normal(&call)), "{}: {call}", entry.name);
        }
    }
}

#[test]
fn the_document_has_every_entry_and_is_the_same_each_time() {
    let text = document("1.2.3");
    assert_eq!(text, document("1.2.3"));
    for entry in entries() {
        let title = format!("### `{}` ({})\n", entry.name, entry.kind.label());
        assert_eq!(text.matches(&title).count(), 1, "{}", entry.name);
    }
}

/// A manifest names permissions by Microsoft's ids.
#[test]
fn a_manifest_has_the_ids_of_the_metadata() {
    let Some(metadata) = metadata() else {
        return;
    };
    for scope in SCOPES {
        let known = metadata
            .scopes
            .iter()
            .find(|known| known.name == scope.name);
        let id = known.map_or("", |known| known.id.as_str());
        let own = domain::setup::id_of(scope.name);
        assert_eq!(own.unwrap_or_default(), id, "{}", scope.name);
    }
}
