//! One setting, whatever kind of policy carries it.

use domain::baseline::{self, Baseline, Entry};
use domain::diff::Comparison;
use domain::protocol::{CompareOptions, State};

fn side(documents: &[&str]) -> Baseline {
    let entries = (0..).zip(documents).map(|(number, text)| Entry {
        path: format!("{number}.json"),
        bytes: text.as_bytes().to_vec(),
    });
    let side = baseline::read(entries.collect(), "side");
    assert_eq!(
        side.snapshot.policies.len(),
        documents.len(),
        "{:?}",
        side.snapshot.findings
    );
    side
}

fn compare(left: &[&str], right: &[&str]) -> Comparison {
    let (left, right) = (side(left), side(right));
    let options = CompareOptions::default();
    let found = domain::diff::compare(&left.snapshot, &right.snapshot, &options);
    let back = domain::diff::compare(&right.snapshot, &left.snapshot, &options);
    let (a, b) = (found.settings, back.settings);
    assert_eq!(
        (a.same, a.different, a.missing, a.extra, a.unknown),
        (b.same, b.different, b.extra, b.missing, b.unknown)
    );
    found
}

fn catalog(id: &str, choice: &str) -> String {
    format!(
        r#"{{"name":"Catalog","platforms":"windows10","technologies":"mdm","settings":[{{"settingInstance":{{"settingDefinitionId":"{id}","choiceSettingValue":{{"value":"{id}_{choice}","children":[]}}}}}}]}}"#
    )
}

fn oma(uri: &str, kind: &str, value: &str) -> String {
    format!(
        r##"{{"@odata.type":"#microsoft.graph.windows10CustomConfiguration","displayName":"Custom","omaSettings":[{{"@odata.type":"#microsoft.graph.omaSetting{kind}","displayName":"row","omaUri":"{uri}","value":{value}}}]}}"##
    )
}

const CAMERA: &str = "device_vendor_msft_policy_config_camera_allowcamera";
const TEMPLATE: &str = r##"{"@odata.type":"#microsoft.graph.windows10GeneralConfiguration","displayName":"Template","cameraBlocked":true}"##;

#[test]
fn a_csp_path_is_one_setting_in_the_catalog_a_custom_profile_and_a_template() {
    let catalog_0 = catalog(CAMERA, "0");
    let oma_0 = oma(
        "./Device/Vendor/MSFT/Policy/Config/Camera/AllowCamera",
        "Integer",
        "0",
    );
    let oma_1 = oma(
        "./Vendor/MSFT/Policy/Config/Camera/AllowCamera",
        "Integer",
        "1",
    );
    let user = oma(
        "./User/Vendor/MSFT/Policy/Config/Camera/AllowCamera",
        "Integer",
        "0",
    );
    // same, different, missing, extra
    let cases: [(&str, &str, [u32; 4]); 6] = [
        (&catalog_0, &oma_0, [1, 0, 0, 0]),
        (&catalog_0, &oma_1, [0, 1, 0, 0]),
        (&catalog_0, TEMPLATE, [1, 0, 0, 0]),
        (TEMPLATE, &oma_0, [1, 0, 0, 0]),
        (TEMPLATE, &oma_1, [0, 1, 0, 0]),
        // For users and for devices: not the same, and it is said.
        (&catalog_0, &user, [0, 0, 1, 1]),
    ];
    for (left, right, wanted) in cases {
        let s = compare(&[left], &[right]).settings;
        assert_eq!(
            [s.same, s.different, s.missing, s.extra],
            wanted,
            "{left} {right}"
        );
    }
}

#[test]
fn an_admx_backed_row_is_a_policy_and_its_elements() {
    let id = "device_vendor_msft_policy_config_edge~policy~edge_tls";
    let catalog = |element: &str| {
        format!(
            r#"{{"name":"Catalog","platforms":"windows10","technologies":"mdm","settings":[{{"settingInstance":{{"settingDefinitionId":"{id}","choiceSettingValue":{{"value":"{id}_1","children":[{{"settingDefinitionId":"{id}_level","choiceSettingValue":{{"value":"{id}_level_{element}","children":[]}}}}]}}}}}}]}}"#
        )
    };
    let oma = oma(
        "./Device/Vendor/MSFT/Policy/Config/Edge~Policy~Edge/Tls",
        "String",
        r#""<enabled/><data id=\"Level\" value=\"12\"/>""#,
    );
    let found = compare(&[&catalog("12")], &[&oma]).settings;
    assert_eq!(
        (found.same, found.different, found.missing, found.extra),
        (2, 0, 0, 0)
    );
    let found = compare(&[&catalog("13")], &[&oma]).settings;
    assert_eq!(
        (found.same, found.different, found.missing, found.extra),
        (1, 1, 0, 0)
    );
}

#[test]
fn an_intent_is_the_template_its_definitions_were_made_from() {
    let intent = |value: &str| {
        format!(
            r##"{{"@odata.type":"#microsoft.graph.deviceManagementIntent","displayName":"Intent","templateId":"x","settings":[{{"@odata.type":"#microsoft.graph.deviceManagementBooleanSettingInstance","definitionId":"deviceConfiguration--windows10GeneralConfiguration_cameraBlocked","valueJson":"{value}"}}]}}"##
        )
    };
    let found = compare(&[&intent("true")], &[TEMPLATE]).settings;
    assert_eq!((found.same, found.missing, found.extra), (1, 0, 0));
    let found = compare(&[&intent("true")], &[&catalog(CAMERA, "1")]).settings;
    assert_eq!((found.different, found.missing, found.extra), (1, 0, 0));
}

#[test]
fn the_rule_can_be_switched_off_and_each_line_names_it() {
    let (left, right) = (side(&[&catalog(CAMERA, "0")]), side(&[TEMPLATE]));
    let off = CompareOptions {
        rules_off: vec!["carrier".to_owned()],
        ..CompareOptions::default()
    };
    let found = domain::diff::compare(&left.snapshot, &right.snapshot, &off);
    assert_eq!((found.settings.missing, found.settings.extra), (1, 1));
    let found = domain::diff::compare(&left.snapshot, &right.snapshot, &CompareOptions::default());
    let line = found
        .lines
        .iter()
        .find(|l| l.state == State::Same && !l.echo)
        .unwrap();
    assert_eq!(line.rule.unwrap().id(), "carrier");
    assert!(line.elsewhere);
}

#[test]
fn an_embedded_authentication_strength_is_the_one_referred_to() {
    let policy = |strength: &str| {
        format!(
            r#"{{"displayName":"CA","state":"enabled","conditions":{{"users":{{"includeUsers":["All"]}}}},"grantControls":{{"operator":"OR","builtInControls":[],"authenticationStrength":{strength}}}}}"#
        )
    };
    let whole = |one: &str| {
        policy(&format!(
            r#"{{"id":"s1","displayName":"Strong","policyType":"custom","allowedCombinations":["{one}"]}}"#
        ))
    };
    let found = compare(&[&policy(r#"{"id":"s1"}"#)], &[&whole("fido2")]).settings;
    assert_eq!((found.different, found.missing, found.extra), (0, 0, 0));
    let found = compare(&[&policy(r#"{"id":"s2"}"#)], &[&whole("fido2")]).settings;
    assert_eq!((found.different, found.missing, found.extra), (1, 0, 0));
    let found = compare(&[&whole("password")], &[&whole("fido2")]).settings;
    assert_eq!((found.different, found.missing, found.extra), (1, 0, 0));
}
