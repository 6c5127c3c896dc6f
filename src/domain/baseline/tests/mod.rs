//! Every file ends in one list; every dialect ends in the same policy.
#![allow(clippy::unwrap_used)]

use super::*;

mod dialects;
mod oddities;
mod secrets;

fn entry(path: &str, text: &str) -> Entry {
    Entry {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }
}

const CATALOG: &str = r#"{"id":"1","name":"Edge","platforms":"windows10","technologies":"mdm","settings":[{"id":"0","settingInstance":{"settingDefinitionId":"edge_a","choiceSettingValue":{"value":"edge_a_1","children":[]}}}]}"#;

#[test]
fn every_file_ends_in_one_list() {
    // Path, content, which list, what the reason or the problem says.
    let cases = [
        ("a.json", CATALOG, "read", ""),
        ("policies.txt", CATALOG, "read", ""),
        (
            "list.json",
            r#"{"value":[{"id":"1","displayName":"x","conditions":{},"grantControls":{}},7]}"#,
            "read",
            "",
        ),
        (
            "array.json",
            r#"[{"id":"1","displayName":"x","conditions":{},"grantControls":{}}]"#,
            "read",
            "",
        ),
        (
            "MigrationTable.json",
            r#"{"TenantId":"t","Organization":"o","Objects":[{"Id":"g","DisplayName":"Group","Type":"Group"}]}"#,
            "read",
            "",
        ),
        (
            "Groups/x.json",
            r#"{"id":"h","displayName":"Other","securityEnabled":true,"mailEnabled":false}"#,
            "read",
            "",
        ),
        (
            "text.json",
            r#""{ \"name\":\"x\",\"settings\":[{\"definitionId\":\"d\",\"valueJson\":\"1\"}]}""#,
            "read",
            "",
        ),
        (
            "rules.json",
            r#"{"Rules":[]}"#,
            "aside",
            "custom compliance",
        ),
        (
            "report.json",
            r#"[{"groupName":"x","assignedTo":{}}]"#,
            "aside",
            "a list",
        ),
        ("empty.json", r#"{"value":[]}"#, "aside", "empty list"),
        ("note.json", "\"a note\"", "aside", "single text"),
        ("readme.md", "# Read me", "aside", "document"),
        ("script.ps1", "[CmdletBinding()] param()", "aside", "script"),
        (
            "x.mobileconfig",
            "<?xml version=\"1.0\"?><plist><dict><key>PayloadContent</key><array/></dict></plist>",
            "read",
            "",
        ),
        (
            "y.mobileconfig",
            "<?xml version=\"1.0\"?><plist><dict><key>a</key>",
            "bad",
            "property list",
        ),
        ("com.x.plist", "bplist00", "bad", "binary"),
        ("__MACOSX/._a.json", "x", "aside", "left"),
        (
            "cut.json",
            "{\"name\": \"x\",\n \"settings\": [",
            "bad",
            "Not valid JSON",
        ),
        ("comma.json", "{\"name\": \"x\",}", "bad", "trailing comma"),
        ("nothing.json", "", "bad", "empty"),
        ("odd.json", "<html>", "bad", "does not begin"),
        ("backup.yaml", "a: b", "aside", "without a property"),
        ("cut.yaml", "a: 'b", "bad", "YAML"),
        (
            "edge.yaml",
            "displayName: x\n'@odata.type': '#microsoft.graph.iosCompliancePolicy'\n",
            "read",
            "",
        ),
        ("inner.zip", "PK", "bad", "archive"),
        (
            "error.json",
            r#"{"error":{"code":"Forbidden","message":"no"}}"#,
            "bad",
            "Forbidden",
        ),
    ];
    for (path, text, list, words) in cases {
        let out = read(vec![entry(path, text)], "");
        let files = out.snapshot.files;
        assert_eq!(files.given, 1, "{path}");
        let wanted = match list {
            "read" => (1, 0, 0),
            "aside" => (0, 1, 0),
            _ => (0, 0, 1),
        };
        assert_eq!(
            (files.read, files.not_policy, files.unreadable),
            wanted,
            "{path}"
        );
        let said = match list {
            "aside" => out.set_aside[0].1.clone(),
            "bad" => out.snapshot.findings[0].problem.clone(),
            _ => String::new(),
        };
        assert!(said.contains(words), "{path}: {said}");
        for finding in &out.snapshot.findings {
            assert!(!finding.remedy.is_empty(), "{path}");
        }
    }
}

#[test]
fn a_finding_names_the_place() {
    let out = read(
        vec![entry("x.json", "{\n  \"name\": \"x\"\n  \"id\": 1 }")],
        "",
    );
    let finding = &out.snapshot.findings[0];
    assert_eq!(finding.place, "line 3, column 3");
    let list = r#"{"value":[{"displayName":"x","conditions":{},"grantControls":{}},{"odd":1}]}"#;
    let out = read(vec![entry("list.json", list)], "");
    assert_eq!(out.snapshot.findings[0].place, "value[1]");
    assert_eq!(out.snapshot.policies[0].place, "list.json › value[0]");
}

#[test]
fn settings_that_stand_in_two_files_are_counted_once() {
    let policy = r##"{"@odata.type":"#microsoft.graph.deviceManagementIntent","displayName":"AV","settings":[{"definitionId":"d","valueJson":"1"}]}"##;
    let twin = r#""{\"settings\":[{\"definitionId\":\"d\",\"valueJson\":\"1\"}]}""#;
    let both = read(
        vec![
            entry("EndpointSecurity/AV.json", policy),
            entry("EndpointSecurity/AV_Settings.json", twin),
        ],
        "",
    );
    assert_eq!(both.snapshot.policies.len(), 1);
    assert_eq!(both.snapshot.files.read, 2);
    let alone = read(vec![entry("EndpointSecurity/AV_Settings.json", twin)], "");
    assert_eq!(alone.snapshot.policies.len(), 1);
}

#[test]
fn assignments_beside_a_policy_become_its_own() {
    let targets = r##"[{"target":{"@odata.type":"#microsoft.graph.allDevicesAssignmentTarget"}}]"##;
    let out = read(
        vec![
            entry("Settings Catalog/Edge.json", CATALOG),
            entry("Settings Catalog/Assignments/Edge.json", targets),
        ],
        "",
    );
    let assignments = out.snapshot.policies[0].assignments.get().unwrap();
    assert_eq!(assignments.len(), 1);
    assert_eq!(out.snapshot.files.read, 2);
    let alone = read(vec![entry("Settings Catalog/Edge.json", CATALOG)], "");
    assert!(alone.snapshot.policies[0].assignments.get().is_none());
}

#[test]
fn values_of_a_template_without_a_policy_get_the_name_of_the_file() {
    let values = r#"[{"enabled":true,"definition@odata.bind":"https://graph.microsoft.com/beta/deviceManagement/groupPolicyDefinitions('d')"}]"#;
    let out = read(
        vec![entry("Administrative Templates/Office.json", values)],
        "",
    );
    let policy = &out.snapshot.policies[0];
    assert_eq!(
        (policy.name.as_str(), policy.row.id),
        ("Office", "administrativeTemplates")
    );
    assert_eq!(policy.settings.get().unwrap().len(), 1);
}

#[test]
fn hostile_nesting_is_a_finding() {
    let deep = format!("{}1{}", "[".repeat(5000), "]".repeat(5000));
    let out = read(vec![entry("deep.json", &deep)], "");
    assert!(out.snapshot.findings[0].problem.contains("nested"));
}

#[test]
fn a_zip_is_opened_in_place_and_a_broken_one_is_a_finding() {
    let packed = stored_zip("pack/Edge.json", CATALOG.as_bytes());
    let zip = |bytes: Vec<u8>| Entry {
        path: "baseline.zip".to_owned(),
        bytes,
    };
    let out = read(vec![zip(packed.clone())], "");
    assert_eq!(
        out.snapshot.policies[0].place,
        "baseline.zip/pack/Edge.json"
    );
    assert_eq!((out.snapshot.files.given, out.snapshot.files.read), (1, 1));
    let out = read(
        vec![zip(packed[..40].to_vec()), entry("a.json", CATALOG)],
        "",
    );
    let files = out.snapshot.files;
    assert_eq!((files.given, files.read, files.unreadable), (2, 1, 1));
}

/// A zip with one entry that is not compressed.
fn stored_zip(name: &str, content: &[u8]) -> Vec<u8> {
    let crc = !content.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 }
        })
    });
    let sizes = [content.len() as u32, content.len() as u32];
    let mut shared = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    shared.extend(crc.to_le_bytes());
    shared.extend(sizes.iter().flat_map(|n| n.to_le_bytes()));
    shared.extend((name.len() as u16).to_le_bytes());
    shared.extend([0, 0]);
    let mut zip = [b"PK\x03\x04".as_slice(), &shared, name.as_bytes(), content].concat();
    let start = zip.len() as u32;
    zip.extend([b"PK\x01\x02".as_slice(), &[20, 0], &shared, &[0; 14]].concat());
    zip.extend(name.as_bytes());
    let size = zip.len() as u32 - start;
    zip.extend([b"PK\x05\x06".as_slice(), &[0, 0, 0, 0, 1, 0, 1, 0]].concat());
    zip.extend(size.to_le_bytes());
    zip.extend(start.to_le_bytes());
    zip.extend([0, 0]);
    zip
}

#[test]
fn a_zero_byte_is_no_text_wherever_it_stands() {
    for (path, text) in [
        ("a.json", "{\"name\": \"a\0\"}"),
        ("a.json", "{\"name\": \"a\"}\0"),
        ("a.json", "\0\0\0\0{}"),
        ("a.json", "[1,\0]"),
    ] {
        let out = read(vec![entry(path, text)], "");
        let finding = &out.snapshot.findings[0];
        assert!(
            finding.problem.contains("something else"),
            "{text:?}: {finding:?}"
        );
    }
    for path in ["a.yaml", "a.bin"] {
        let out = read(vec![entry(path, "{\"name\": \"a\0\"}")], "");
        assert_eq!(out.snapshot.files.not_policy, 1, "{path}");
    }
}
