//! What is written is read again as the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod round_trip;

use super::*;
use crate::archive;
use crate::baseline::{self, Entry};

fn entry(path: &str, text: &str) -> Entry {
    Entry {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }
}

fn text(out: &Exported, path: &str) -> String {
    let file = out.files.iter().find(|file| file.path == path);
    let file = file.unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(file.bytes.clone()).unwrap()
}

#[test]
fn the_archive_is_one_that_is_opened_again() {
    let files: Vec<Written> = ["a/é.json", "b/empty.json"]
        .iter()
        .zip([b"{}".to_vec(), Vec::new()])
        .map(|(path, bytes)| Written {
            path: (*path).to_owned(),
            bytes,
        })
        .collect();
    let bytes = zip(&files).unwrap();
    assert_eq!(bytes, zip(&files).unwrap());
    let (opened, odd) = archive::open(&bytes, "x.zip", archive::Limits::default()).unwrap();
    assert!(odd.is_empty());
    let opened: Vec<(String, Vec<u8>)> = opened.into_iter().map(|f| (f.path, f.bytes)).collect();
    let wanted: Vec<(String, Vec<u8>)> = files.into_iter().map(|f| (f.path, f.bytes)).collect();
    assert_eq!(opened, wanted);
}

#[test]
fn secrets_are_never_written() {
    let profile = "<plist><dict><key>PayloadContent</key><array><dict><key>PayloadType</key><string>com.apple.wifi.managed</string><key>SSID</key><string>guest</string><key>Password</key><string>hush &amp; more</string></dict></array></dict></plist>";
    let payload = crate::setting::encode_base64(profile.as_bytes());
    let read = baseline::read(
        vec![
            entry(
                "w.json",
                r##"{"@odata.type":"#microsoft.graph.windowsWifiConfiguration","id":"1","displayName":"W","preSharedKey":"hush"}"##,
            ),
            entry(
                "m.json",
                &format!(
                    r##"{{"@odata.type":"#microsoft.graph.macOSCustomConfiguration","id":"2","displayName":"M","payload":"{payload}"}}"##
                ),
            ),
            entry(
                "o.json",
                r##"{"@odata.type":"#microsoft.graph.windows10CustomConfiguration","id":"3","displayName":"O","omaSettings":[{"omaUri":"./a","isEncrypted":true,"value":"hush"}]}"##,
            ),
        ],
        "",
    );
    for form in [Form::Graph, Form::IntuneManagement] {
        let out = export(&read.snapshot, form);
        assert_eq!((out.policies, out.secrets), (3, 3));
        for file in &out.files {
            let text = String::from_utf8(file.bytes.clone()).unwrap();
            assert!(!text.contains("hush"), "{}", file.path);
            assert!(!text.contains(&payload), "{}", file.path);
        }
        let manifest = text(&out, "manifest.json");
        assert!(manifest.contains(r#""secretsLeftOut": 3"#), "{manifest}");
        let folder = folder(read.snapshot.policies[0].row, form);
        let written = text(&out, &format!("{folder}/M.json"));
        let json = crate::json::Json::parse(&written).unwrap();
        let profile = crate::setting::decode_text(json.str_at("payload").unwrap()).unwrap();
        assert!(
            profile.contains("guest") && profile.contains("Hidden"),
            "{profile}"
        );
    }
}

#[test]
fn what_cannot_be_written_is_named_with_the_reason() {
    let read = baseline::read(
        vec![
            entry(
                "a.json",
                r#"{"@odata.context":"https://graph.microsoft.com/beta/$metadata#deviceManagement/configurationPolicies/$entity","id":"1","name":"Edge"}"#,
            ),
            entry(
                "b.json",
                r##"{"@odata.type":"#microsoft.graph.iosCompliancePolicy","id":"2","displayName":"iOS"}"##,
            ),
        ],
        "",
    );
    let out = export(&read.snapshot, Form::Import);
    assert_eq!((out.policies, out.left_out.len()), (0, 2));
    let manifest = text(&out, "manifest.json");
    assert!(manifest.contains("were not read") && manifest.contains("import settings catalog"));
    let again = baseline::read(vec![entry("manifest.json", &manifest)], "");
    assert!(again.set_aside[0].1.contains("manifest"));
}

const GROUP: &str = r#"{"id":"g1","displayName":"Pilot: PCs","groupTypes":["DynamicMembership"],"membershipRule":"(device.x -eq 1)","securityEnabled":true,"mailEnabled":false}"#;
const ASSIGNED: &str = r##"{"id":"1","name":"Edge","platforms":"windows10","technologies":"mdm","settings":[],"assignments":[{"target":{"@odata.type":"#microsoft.graph.groupAssignmentTarget","groupId":"g1"}}]}"##;

/// IntuneManagement makes a group that another tenant lacks from `Groups/<name>.json`.
#[test]
fn groups_go_with_the_policies_that_name_them() {
    let policy = baseline::read(vec![entry("Edge.json", ASSIGNED)], "").snapshot;
    let files = vec![entry("Edge.json", ASSIGNED), entry("Groups/x.json", GROUP)];
    let read = baseline::read(files, "").snapshot;
    let mut tenant = policy.clone();
    let row = crate::catalog::row("groups").unwrap();
    let group = Json::parse(GROUP).unwrap();
    let group = policy::read(row, &group, GROUP.into(), "", Vec::new());
    tenant.policies.push(group);
    tenant
        .names
        .insert("g1".to_owned(), "Pilot: PCs".to_owned());
    assert_eq!(read.policies.len(), 1, "a group is no policy of a file");

    let written = export(&read, Form::IntuneManagement);
    assert_eq!((written.policies, written.left_out.len()), (1, 0));
    let paths: Vec<&str> = written.files.iter().map(|f| f.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "Groups/Pilot PCs.json",
            "MigrationTable.json",
            "SettingsCatalog/Edge.json",
            "manifest.json"
        ]
    );
    assert!(text(&written, "MigrationTable.json").contains(r#""DisplayName": "Pilot: PCs""#));
    let group = text(&written, "Groups/Pilot PCs.json");
    for part in ["(device.x -eq 1)", "DynamicMembership", r#""id": "g1""#] {
        assert!(group.contains(part), "{group}");
    }
    // Read from files or from Graph: the same export, which is read as the same again.
    assert_eq!(export(&tenant, Form::IntuneManagement).files, written.files);
    let entries = written.files.iter().map(|f| Entry {
        path: f.path.clone(),
        bytes: f.bytes.clone(),
    });
    let again = baseline::read(entries.collect(), "").snapshot;
    assert_eq!(again.findings, []);
    assert_eq!(export(&again, Form::IntuneManagement).files, written.files);
    // A snapshot file keeps them.
    let text = crate::snapshot::file::write(&again);
    let saved = crate::snapshot::file::read(&text, crate::snapshot::Source::Saved).unwrap();
    assert_eq!(export(&saved, Form::IntuneManagement).files, written.files);
    // Without the group's document there is its name only, and nothing is made up.
    let named = export(&policy, Form::IntuneManagement);
    assert!(!named.files.iter().any(|f| f.path.starts_with("Groups/")));
    // The admin centres import no groups: nothing was lost that they could take.
    assert_eq!(export(&tenant, Form::Import).left_out, []);
}
