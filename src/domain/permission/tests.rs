#![allow(clippy::unwrap_used)]
use super::route::{SECRET_CHILDREN, paths_of};
use super::*;
use crate::catalog::{self, ApiVersion};

const ID: &str = "3a2c62db-5318-420d-8d74-23affee5d9d5";

#[test]
fn every_path_of_the_catalog_can_be_read_in_both_key_forms() {
    for row in catalog::rows() {
        for template in paths_of(row) {
            let mut path = String::new();
            let mut rest = template.as_str();
            while let Some((before, after)) = rest.split_once('{') {
                path.push_str(before);
                path.push_str(ID);
                rest = after.split_once('}').unwrap().1;
            }
            path.push_str(rest);
            let keyed = path.replace(&format!("/{ID}"), &format!("('{ID}')"));
            for path in [&path, &keyed] {
                let route = is_read_route(Method::Get, row.version, path);
                assert!(route.is_some(), "{}: {path}", row.id);
                assert!(
                    is_read_route(Method::Post, row.version, path).is_none(),
                    "{}: POST {path}",
                    row.id
                );
                assert!(!route.unwrap().template().contains(ID));
            }
        }
    }
}

#[test]
fn what_is_not_in_the_table_is_not_a_read() {
    use ApiVersion::{Beta, V1};
    use Method::{Get, Post};
    let item = format!("/deviceManagement/configurationPolicies/{ID}");
    for (method, version, path) in [
        (Post, Beta, item.clone()),
        (Post, Beta, format!("{item}/assign")),
        (Post, Beta, "/deviceManagement/configurationPolicies".into()),
        (
            Post,
            Beta,
            format!("/deviceManagement/managedDevices/{ID}/wipe"),
        ),
        (
            Post,
            Beta,
            format!("/deviceManagement/managedDevices/{ID}/rotateLocalAdminPassword"),
        ),
        (
            Post,
            Beta,
            format!(
                "/deviceManagement/deviceManagementScripts/{ID}/deviceRunStates/{ID}/managedDevice/rotateLocalAdminPassword"
            ),
        ),
        (
            Post,
            Beta,
            "/deviceManagement/managedDevices/executeAction".into(),
        ),
        (
            Get,
            Beta,
            format!(
                "/deviceManagement/deviceConfigurations/{ID}/getOmaSettingPlainTextValue(secretReferenceValueId='x')"
            ),
        ),
        (
            Get,
            Beta,
            format!("/deviceManagement/managedDevices/{ID}/getFileVaultKey"),
        ),
        (Get, V1, "/deviceLocalCredentials".into()),
        // Neither the beginning nor the end makes a route.
        (Get, Beta, format!("/x{item}")),
        (Get, Beta, format!("{item}/settings/{ID}/x")),
        (Get, Beta, item.trim_start_matches('/').into()),
        // A path that a server or a URL parser would read differently.
        (Get, Beta, format!("{item}/../../managedDevices")),
        (Get, Beta, format!("{item}/%2e%2e/settings")),
        (
            Get,
            Beta,
            "/deviceManagement/configurationPolicies/a%2fassign".into(),
        ),
        (
            Get,
            Beta,
            "/deviceManagement/configurationPolicies/a%252fassign".into(),
        ),
        (Get, Beta, "/deviceManagement//configurationPolicies".into()),
        (Get, Beta, "/deviceManagement\\configurationPolicies".into()),
        (
            Get,
            Beta,
            "/deviceManagement/configurationPolicies/a b".into(),
        ),
        (
            Get,
            Beta,
            "/deviceManagement/configurationPolicies/\u{202e}".into(),
        ),
        (
            Get,
            Beta,
            "/deviceManagement/configurationPolicies?$top=1".into(),
        ),
        (
            Get,
            Beta,
            "/deviceManagement/configurationPolicies('a'".into(),
        ),
        (
            Get,
            Beta,
            "/deviceManagement/configurationPolicies('')".into(),
        ),
        // What is no id of an object: a function without its parentheses, a cast, a name behind an escape.
        (Get, V1, "/groups/delta".into()),
        (Get, V1, "/groups/%24count".into()),
        (Get, V1, "/groups/d%65lta".into()),
        (Get, V1, "/groups/a%".into()),
        (Get, V1, "/groups/a%+f".into()),
        (
            Get,
            Beta,
            "/deviceManagement/assignmentFilters/getState".into(),
        ),
        (
            Get,
            Beta,
            "/deviceAppManagement/mobileApps/graph.winGetApp".into(),
        ),
        (Get, V1, "/$batch".into()),
        (Get, V1, String::new()),
        (Get, V1, "/".into()),
    ] {
        assert_eq!(is_read_route(method, version, &path), None, "{path}");
    }
}

#[test]
fn the_explicit_reads_are_there_in_both_versions() {
    for version in [ApiVersion::V1, ApiVersion::Beta] {
        let batch = is_read_route(Method::Post, version, "/$batch").unwrap();
        assert!(batch.is_batch());
        for (method, path) in [
            (Method::Post, "/directoryObjects/getByIds"),
            (Method::Get, "/organization"),
            (Method::Get, "/groups('x')/transitiveMembers"),
            (Method::Get, "/deviceManagement/configurationSettings/x_y_z"),
            (Method::Get, "/devicemanagement/configurationcategories"),
        ] {
            let route = is_read_route(method, version, path);
            assert!(route.is_some_and(|route| !route.is_batch()), "{path}");
        }
    }
}

#[test]
fn secret_children_are_the_catalogs_own() {
    for name in SECRET_CHILDREN {
        assert!(
            catalog::rows()
                .flat_map(|row| row.children)
                .any(|child| child.path.starts_with(name)),
            "{name} is not in the catalog any more"
        );
    }
}

#[test]
fn every_feature_asks_for_known_scopes_that_only_read() {
    for feature in FEATURES {
        for name in feature.scopes {
            let scope = scope(name).unwrap();
            assert!(!can_change(name), "{name}");
            assert!(scope.why.ends_with('.') && scope.level <= 3, "{name}");
        }
    }
    // Scopes with which a stolen token takes the tenant over, or that open mail and files.
    for forbidden in [
        "Directory.AccessAsUser.All",
        "Directory.ReadWrite.All",
        "Group.Read.All",
        "Group.ReadWrite.All",
        "AppRoleAssignment.ReadWrite.All",
        "DelegatedPermissionGrant.ReadWrite.All",
        "Application.ReadWrite.All",
        "DeviceLocalCredential.Read.All",
        "BitlockerKey.Read.All",
        "offline_access",
    ] {
        assert!(scope(forbidden).is_none(), "{forbidden}");
    }
}

/// The widest read: for one list that nothing smaller opens, asked for alone and never at sign-in.
#[test]
fn the_whole_directory_is_asked_for_by_one_feature_and_for_one_list() {
    let wide = "Directory.Read.All";
    let with: Vec<&Feature> = FEATURES
        .iter()
        .filter(|f| f.scopes.contains(&wide))
        .collect();
    assert_eq!(with.len(), 1);
    assert_eq!((with[0].scopes, with[0].default), (&[wide][..], false));
    let rows = catalog::rows().filter(|row| row.scopes.contains(&wide));
    assert_eq!(rows.count(), 0);
    let live = LIVE.iter().filter(|route| route.scopes[0] == wide);
    let paths: Vec<&str> = live.map(|route| route.path).collect();
    assert_eq!(paths, ["/servicePrincipals/{id}/oauth2PermissionGrants"]);
}

#[test]
fn every_live_route_can_be_read_and_its_scope_belongs_to_a_feature() {
    for live in LIVE {
        let path = live.path.replace("{id}", ID).replace("{app}", ID);
        assert!(
            is_read_route(Method::Get, live.version, &path).is_some(),
            "{path}"
        );
        assert!(
            is_read_route(Method::Post, live.version, &path).is_none(),
            "{path}"
        );
        assert!(
            FEATURES.iter().any(|f| f.scopes.contains(&live.scope())),
            "{path}"
        );
    }
    for path in [
        format!("/servicePrincipals/{ID}/owners"),
        format!("/servicePrincipals('{ID}')/synchronization"),
        "/servicePrincipals".to_owned(),
        "/users".to_owned(),
        format!("/users/{ID}/manager"),
        format!("/users('{ID}')/messages"),
        "/servicePrincipals(appId='')".to_owned(),
        "/servicePrincipals(appId='a'b')".to_owned(),
        format!("/servicePrincipals/{ID}/appRoleAssignedTo/{ID}"),
        format!("/servicePrincipals(appId='{ID}')/appRoleAssignments"),
        "/oauth2PermissionGrants".to_owned(),
    ] {
        assert_eq!(
            is_read_route(Method::Get, ApiVersion::V1, &path),
            None,
            "{path}"
        );
    }
}

#[test]
fn scopes_that_change_are_recognised_by_name() {
    for name in [
        "DeviceManagementConfiguration.ReadWrite.All",
        "DeviceManagementManagedDevices.PrivilegedOperations.All",
        "Directory.AccessAsUser.All",
        "Mail.Send",
    ] {
        assert!(can_change(name), "{name}");
    }
    for scope in SCOPES {
        assert!(!can_change(scope.name), "{}", scope.name);
    }
}

/// A type whose scope no feature asks for can never be read: it must be known here, and why.
#[test]
fn every_scope_of_the_catalog_belongs_to_a_feature() {
    // Graph serves the Apple push certificate to write scopes only; shown as not readable.
    let never = ["DeviceManagementServiceConfig.ReadWrite.All"];
    for row in catalog::rows() {
        for name in row.scopes {
            assert!(
                never.contains(name) || FEATURES.iter().any(|f| f.scopes.contains(name)),
                "{}: {name}",
                row.id
            );
        }
    }
}

#[test]
fn features_give_each_scope_once() {
    assert!(scopes_of(&["nothing"]).is_empty());
    let all: Vec<&str> = FEATURES.iter().map(|f| f.id).collect();
    let scopes = scopes_of(&all);
    let mut unique = scopes.clone();
    unique.sort_unstable_by_key(|scope| scope.name());
    unique.dedup();
    assert_eq!(scopes.len(), unique.len());
}
