//! Every tool's form of the same policy is the same policy.

use super::{CATALOG, entry};
use crate::baseline::{Baseline, Dialect, read};
use crate::json::Json;
use crate::setting::{Carrier, Value};

/// A text as a JSON string.
fn quoted(text: &str) -> String {
    Json::String(text.into()).to_text()
}

fn one(path: &str, text: &str) -> Baseline {
    let out = read(vec![entry(path, text)], "");
    let findings = &out.snapshot.findings;
    assert_eq!(out.snapshot.policies.len(), 1, "{path}: {findings:?}");
    out
}

#[test]
fn a_policy_is_the_same_in_every_tools_form() {
    let template = format!(
        r#"{{"Displayname":"Edge","Description":"","RAWJson":{},"Type":"Catalog","GUID":"g"}}"#,
        quoted(CATALOG)
    );
    let row = format!(
        r#"{{"PartitionKey":"IntuneTemplate","RowKey":"g","GUID":"g","JSON":{}}}"#,
        quoted(&template)
    );
    let shade = format!(
        r#"{{"_exportedBy":"IntuneShade","_exportedAt":"2026-01-01","_version":1,"groups":[{{"id":"g1","displayName":"All PCs"}}],"filters":[],"policies":[{}]}}"#,
        CATALOG.replacen('{', r#"{"_policyType":"configurationPolicies","#, 1)
    );
    let toolz = format!(
        r#"{{"ExportedAt":"x","TenantName":"t","Items":[{{"Name":"Edge","Type":"Settings Catalog","PolicyData":{CATALOG}}}]}}"#
    );
    let toolz_text = toolz.replace(CATALOG, &quoted(CATALOG));
    let snapshot = crate::snapshot::file::write(&one("a.json", CATALOG).snapshot);
    let yaml = "id: '1'\nname: Edge\nplatforms: windows10\ntechnologies: mdm\nsettings:\n- id: '0'\n  settingInstance:\n    settingDefinitionId: edge_a\n    choiceSettingValue:\n      value: edge_a_1\n      children: []\n";
    let cases = [
        ("a.json", template.as_str(), Dialect::Cipp),
        ("a.json", &row, Dialect::Cipp),
        ("a.json", &shade, Dialect::IntuneShade),
        ("a.json", &toolz, Dialect::InToolz),
        ("a.json", &toolz_text, Dialect::InToolz),
        ("a.plumbline.json", &snapshot, Dialect::Snapshot),
        ("Settings Catalog/Edge_mdm.yaml", yaml, Dialect::GraphObject),
    ];
    let wanted = one("a.json", CATALOG).snapshot.policies;
    for (path, text, dialect) in cases {
        let out = one(path, text);
        let policy = &out.snapshot.policies[0];
        assert_eq!(out.dialects, [(dialect, 1)], "{dialect:?}");
        assert_eq!(policy.row.id, wanted[0].row.id, "{dialect:?}");
        assert_eq!(policy.name, "Edge", "{dialect:?}");
        assert_eq!(policy.settings, wanted[0].settings, "{dialect:?}");
    }
    let out = one("a.json", &shade);
    assert_eq!(out.snapshot.names["g1"], "All PCs");
}

#[test]
fn a_template_of_values_has_them_and_its_name() {
    let raw = r#"{"added":[{"enabled":true,"definition@odata.bind":"https://graph.microsoft.com/beta/deviceManagement/groupPolicyDefinitions('d')"}],"updated":[],"deletedIds":[]}"#;
    let template = format!(
        r#"{{"Displayname":"Office","RAWJson":{},"Type":"Admin"}}"#,
        quoted(raw)
    );
    let out = one("t.json", &template);
    let policy = &out.snapshot.policies[0];
    assert_eq!(policy.name, "Office");
    assert_eq!(policy.row.id, "administrativeTemplates");
    assert_eq!(policy.settings.get().unwrap().len(), 1);
    let broken = r#"{"Displayname":"x","RAWJson":"{\"name\":","Type":"Catalog"}"#;
    let out = read(vec![entry("t.json", broken)], "");
    assert!(
        out.snapshot.findings[0]
            .place
            .starts_with("RAWJson, line 1")
    );
}

const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
<key>PayloadDisplayName</key><string>Screen saver</string>
<key>PayloadScope</key><string>System</string>
<key>PayloadContent</key><array>
<dict><key>PayloadType</key><string>com.apple.screensaver</string><key>PayloadUUID</key><string>u</string>
<key>idleTime</key><integer>600</integer><key>askForPassword</key><true/></dict>
<dict><key>PayloadType</key><string>com.apple.ManagedClient.preferences</string><key>PayloadContent</key>
<dict><key>com.x.app</key><dict><key>Forced</key><array><dict><key>mcx_preference_settings</key>
<dict><key>rules</key><array><dict><key>name</key><string>a</string></dict></array></dict></dict></array></dict></dict></dict>
<dict><key>PayloadType</key><string>com.apple.wifi.managed</string><key>Password</key><string>hush</string></dict>
</array></dict></plist>"#;

#[test]
fn each_key_of_a_profile_is_a_setting() {
    let out = one("mobileconfig/Screen saver.mobileconfig", PROFILE);
    let policy = &out.snapshot.policies[0];
    let settings = policy.settings.get().unwrap();
    let value = |id: &str| {
        let found = settings.iter().find(|s| s.id.as_ref() == id);
        let found = found.unwrap_or_else(|| panic!("no {id} in {settings:#?}"));
        assert_eq!(found.carrier, Carrier::Plist);
        found.value.clone()
    };
    assert_eq!(value("com.apple.screensaver/idleTime"), Value::Int(600));
    assert_eq!(
        value("com.apple.screensaver/askForPassword"),
        Value::Bool(true)
    );
    assert_eq!(value("com.x.app/rules/name"), Value::Text("a".into()));
    assert_eq!(value("com.apple.wifi.managed/Password"), Value::Secret);
    assert_eq!(
        value("Configuration/PayloadScope"),
        Value::Text("System".into())
    );
    assert!(!settings.iter().any(|s| s.id.contains("PayloadUUID")));
    let plist = one(
        "com.x.app.plist",
        "<plist><dict><key>rules</key><array/></dict></plist>",
    );
    let settings = plist.snapshot.policies[0].settings.get().unwrap();
    assert!(settings.iter().any(|s| s.id.as_ref() == "com.x.app/rules"));
}

#[test]
fn a_profile_that_a_policy_holds_is_not_counted_again() {
    let policy = format!(
        r##"{{"@odata.type":"#microsoft.graph.macOSCustomConfiguration","displayName":"S","payloadFileName":"s.mobileconfig","payload":"{}"}}"##,
        crate::setting::encode_base64(PROFILE.as_bytes())
    );
    let out = read(
        vec![
            entry("Device Configurations/mobileconfig/s.mobileconfig", PROFILE),
            entry("Device Configurations/S.json", &policy),
        ],
        "",
    );
    assert_eq!(out.snapshot.policies.len(), 1);
    assert_eq!(out.snapshot.files.read, 2);
}

#[test]
fn a_policy_called_settings_is_not_a_second_copy() {
    let out = read(
        vec![
            entry("Edge.json", CATALOG),
            entry("Edge_Settings.json", CATALOG),
        ],
        "",
    );
    assert_eq!(out.snapshot.policies.len(), 2);
}
