//! The known answers again, small and made up here, for where the published exports are not.

use domain::baseline::{self, Baseline, Entry};
use domain::diff::{Comparison, PairedBy};
use domain::protocol::State;

use super::{changed, compare};

fn entry(path: &str, text: &str) -> Entry {
    Entry {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }
}

/// A settings catalog policy as IntuneManagement writes it.
fn catalog(id: &str, name: &str, choice: &str) -> Entry {
    let text = format!(
        r##"{{"@odata.type":"#microsoft.graph.deviceManagementConfigurationPolicy","@odata.editLink":"x",
        "id":"{id}","name":"{name}","lastModifiedDateTime@odata.type":"#DateTimeOffset","lastModifiedDateTime":"2026-01-01T00:00:00Z",
        "platforms":"windows10","technologies":"mdm","settings":[{{"@odata.id":"y","id":"0","settingInstance":{{
        "@odata.type":"#microsoft.graph.deviceManagementConfigurationChoiceSettingInstance","settingDefinitionId":"device_{choice}",
        "choiceSettingValue":{{"value":"device_{choice}_1","children":[]}}}}}}]}}"##
    );
    entry(&format!("SettingsCatalog/{name}.json"), &text)
}

fn read(entries: Vec<Entry>) -> Baseline {
    baseline::read(entries, "made up")
}

fn by(found: &Comparison, how: PairedBy) -> usize {
    found.pairs.iter().filter(|p| p.by == Some(how)).count()
}

#[test]
fn a_release_pairs_by_id_then_name_and_never_loses_a_policy() {
    let left = read(vec![
        catalog("1", "Edge - v3.5", "edge_a"),
        catalog("2", "LAPS - v3.1", "laps_a"),
        catalog("3", "Privacy - v3.2", "privacy_a"),
    ]);
    let right = read(vec![
        catalog("1", "Edge - v3.6", "edge_b"),
        catalog("2", "LAPS - v3.1", "laps_a"),
        catalog("2", "LAPS (24H2+) - v3.6", "laps_b"),
        catalog("9", "Privacy - v3.2", "privacy_a"),
    ]);
    let found = compare(&left, &right);
    assert_eq!(
        (by(&found, PairedBy::Id), by(&found, PairedBy::Name)),
        (1, 2)
    );
    assert_eq!(changed(&left, &found), ["Edge - v3.5"]);
    assert_eq!((found.policies.missing, found.policies.extra), (0, 1));
}

#[test]
fn what_graph_added_to_a_policy_is_no_difference() {
    let old = r#"{"id":"1","displayName":"CA001","state":"enabled","conditions":{"users":{"includeUsers":["All"],"excludeGroups":["g2","g1"]},"clientAppTypes":["all"]},"grantControls":{"operator":"OR","builtInControls":["mfa"]}}"#;
    let new = r#"{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identity/conditionalAccess/policies/$entity","id":"1","displayName":"CA001","modifiedDateTime":"2026-01-01T00:00:00Z","state":"enabled","partialEnablementStrategy":null,"sessionControls":null,"conditions":{"agentIdRiskLevels":null,"users":{"includeUsers":["All"],"includeGroups":[],"excludeGroups":["g1","g2"],"excludeGuestsOrExternalUsers":null},"clientAppTypes":["all"],"locations":null},"grantControls":{"operator":"OR","builtInControls":["mfa"],"authenticationStrength@odata.context":"x","authenticationStrength":null}}"#;
    let side = |text: &str| read(vec![entry("ConditionalAccess/CA001.json", text)]);
    let found = compare(&side(old), &side(new));
    assert_eq!(found.policies.same, 1, "{:?}", found.lines);
    assert!(
        found
            .hits
            .iter()
            .any(|(rule, hits)| rule.id() == "empty" && *hits > 0)
    );
    let changed = new.replace(r#"["g1","g2"]"#, r#"["g1","g3"]"#);
    let found = compare(&side(old), &side(&changed));
    assert_eq!((found.policies.different, found.settings.different), (1, 1));
}

#[test]
fn a_rule_that_is_switched_off_shows_what_it_suppressed() {
    let side = |groups: &str| {
        let text = format!(
            r#"{{"displayName":"CA","conditions":{{"users":{{"excludeGroups":{groups}}}}},"grantControls":{{"operator":"OR"}}}}"#
        );
        read(vec![entry("CA.json", &text)])
    };
    let cases = [
        ("order", r#"["a","b"]"#, r#"["b","a"]"#),
        ("empty", "[]", "null"),
        ("form", r#"["a"]"#, r#""a""#),
    ];
    for (rule, left, right) in cases {
        let (left, right) = (side(left), side(right));
        let found = compare(&left, &right);
        assert_eq!(found.settings.different, 0, "{rule}");
        let line = found.lines.iter().find(|line| line.rule.is_some()).unwrap();
        assert_eq!(line.rule.unwrap().id(), rule);
        let options = domain::protocol::CompareOptions {
            rules_off: vec![rule.to_owned()],
            ..Default::default()
        };
        let found = domain::diff::compare(&left.snapshot, &right.snapshot, &options);
        assert_eq!(found.settings.different, 1, "{rule}");
    }
}

#[test]
fn a_backup_without_ids_and_assignments_is_compared_by_what_it_sets() {
    let policy = |name: &str, assignments: &str, value: u32| {
        entry(
            &format!("Device Configurations/{name}.json"),
            &format!(
                r##"{{"@odata.type":"#microsoft.graph.windows10GeneralConfiguration","displayName":"{name}","roleScopeTagIds":["Default"],"passwordMinimumLength":{value},"cameraBlocked":true{assignments}}}"##
            ),
        )
    };
    let assigned = r##","assignments":[{"target":{"@odata.type":"#microsoft.graph.allDevicesAssignmentTarget"}}]"##;
    let left = read(vec![
        policy("WIN_D_BYOD", "", 8),
        policy("WIN_Same", "", 12),
    ]);
    let right = read(vec![
        policy("WIN_U_BYOD", assigned, 8),
        policy("WIN_Same", assigned, 12),
    ]);
    let found = compare(&left, &right);
    assert_eq!(
        (by(&found, PairedBy::Name), by(&found, PairedBy::Settings)),
        (1, 1)
    );
    assert_eq!((found.policies.same, found.policies.different), (2, 0));
}

#[test]
fn other_bytes_and_forms_of_a_policy_are_the_same() {
    let tool = catalog("1", "Edge", "edge_a");
    let text = String::from_utf8(tool.bytes.clone()).unwrap();
    let portal = r##"{"@odata.context":"https://graph.microsoft.com/beta/$metadata#deviceManagement/configurationPolicies/$entity","id":"1","name":"Edge","platforms":"windows10","technologies":"mdm","settings":[{"id":"0","settingInstance":{"@odata.type":"#microsoft.graph.deviceManagementConfigurationChoiceSettingInstance","settingDefinitionId":"device_edge_a","auditRuleInformation":null,"choiceSettingValue":{"value":"device_edge_a_1","settingValueTemplateReference":null,"children":[]}}}]}"##;
    let utf16: Vec<u8> = format!("\u{feff}{}", text.replace('\n', "\r\n"))
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let forms = [
        text.clone().into_bytes(),
        utf16,
        format!("\u{feff}{portal}").into_bytes(),
        format!(r#"{{"value":[{portal}]}}"#).into_bytes(),
        format!("[{text}]").into_bytes(),
    ];
    let left = read(vec![tool]);
    for bytes in forms {
        let right = read(vec![Entry {
            path: "Edge_2025-09-01T08_16_40.399Z.json".to_owned(),
            bytes,
        }]);
        let found = compare(&left, &right);
        assert_eq!(found.pairs.len(), 1);
        assert_eq!(found.pairs[0].state, State::Same, "{:?}", found.lines);
        assert_eq!(found.settings.same, 1);
    }
}

#[test]
fn secrets_and_gaps_are_unknown_never_same_or_different() {
    let wifi = |key: &str| {
        let text = format!(
            r##"{{"@odata.type":"#microsoft.graph.windowsWifiConfiguration","displayName":"Wi-Fi","ssid":"x","preSharedKey":"{key}"}}"##
        );
        read(vec![entry("Wi-Fi.json", &text)])
    };
    for other in ["hush", "other"] {
        let found = compare(&wifi("hush"), &wifi(other));
        assert_eq!((found.settings.unknown, found.settings.different), (1, 0));
    }
    let without = r#"{"@odata.context":"https://graph.microsoft.com/beta/$metadata#deviceManagement/configurationPolicies/$entity","id":"1","name":"Edge"}"#;
    let left = read(vec![catalog("1", "Edge", "edge_a")]);
    let right = read(vec![entry("Edge.json", without)]);
    let found = compare(&left, &right);
    assert_eq!((found.policies.unknown, found.settings.unknown), (1, 1));
    assert_eq!(found.settings.missing, 0);
}

#[test]
fn scripts_with_a_secret_are_compared_but_for_it() {
    use domain::setting::encode_base64;
    let script = |password: &str, rest: &str| {
        let code = format!("$password = '{password}'\n{rest}");
        let text = format!(
            r##"{{"@odata.type":"#microsoft.graph.deviceManagementScript","displayName":"S","fileName":"s.ps1","scriptContent":"{}"}}"##,
            encode_base64(code.as_bytes())
        );
        read(vec![entry("S.json", &text)])
    };
    let states = |right: &Baseline| {
        let found = compare(&script("abc123", "exit 0"), right);
        let settings = found.settings;
        (settings.unknown, settings.different, settings.same)
    };
    assert_eq!(states(&script("abc123", "exit 0")), (1, 0, 1));
    assert_eq!(states(&script("other1", "exit 0")), (1, 0, 1));
    assert_eq!(states(&script("abc123", "exit 1")), (0, 1, 1));
    let kept = script("abc123", "exit 0").snapshot.policies[0].raw.clone();
    assert!(!kept.contains(&encode_base64(b"$password = 'abc123'\nexit 0")));
}

#[test]
fn a_type_that_was_not_read_is_unknown_and_not_missing() {
    use domain::snapshot::{Gap, Reason, TypeRead};
    let left = read(vec![catalog("1", "Edge", "edge_a")]);
    let mut right = read(vec![catalog("2", "Office", "office_a")]);
    right.snapshot.coverage.push(TypeRead {
        row: "settingsCatalog".to_owned(),
        read: 1,
        gap: Some(Gap {
            reason: Reason::Scope,
            detail: "DeviceManagementConfiguration.Read.All".to_owned(),
        }),
    });
    let found = compare(&left, &right);
    assert_eq!((found.policies.missing, found.policies.unknown), (0, 1));
    assert_eq!((found.settings.missing, found.settings.unknown), (0, 1));
}
