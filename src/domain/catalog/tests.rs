use super::*;
use std::collections::HashSet;

#[test]
fn ids_are_unique_and_every_row_is_complete() {
    let mut seen = HashSet::new();
    for row in rows() {
        assert!(seen.insert(row.id), "two rows are called {}", row.id);
        assert!(row.list.starts_with('/'), "{}: list path", row.id);
        assert!(!row.scopes.is_empty(), "{}: scopes", row.id);
        assert!(
            row.item.is_empty() || row.item.ends_with("{id}"),
            "{}: item path",
            row.id
        );
    }
    assert_eq!(seen.len(), 125);
}

#[test]
fn platforms_read_enums_flags_and_type_prefixes() {
    for (name, expect) in [
        ("windows10", "Windows"),
        ("windows10,macOS", "Windows, macOS"),
        ("iOS", "iOS/iPadOS"),
        ("none", "All platforms"),
        ("androidWorkProfileCompliancePolicy", "Android"),
        ("win32LobApp", "Windows"),
        ("managedIOSStoreApp", "iOS/iPadOS"),
        ("depMacOSEnrollmentProfile", "macOS"),
        ("azureADWindowsAutopilotDeploymentProfile", "Windows"),
        ("mdmWindowsInformationProtectionPolicy", "Windows"),
        ("sharedPCConfiguration", "Windows"),
        ("depEnrollmentProfile", "All platforms"),
        ("somethingOfTomorrow", "All platforms"),
    ] {
        assert_eq!(Platforms::from_names(name).to_string(), expect, "{name}");
    }
}
