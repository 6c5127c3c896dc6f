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
