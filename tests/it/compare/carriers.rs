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

/// Property of `windows10GeneralConfiguration`, and the CSP's area and name; on is 0 there.
const SWITCHES: [(&str, &str, &str); 5] = [
    ("cameraBlocked", "Camera", "AllowCamera"),
    ("bluetoothBlocked", "Connectivity", "AllowBluetooth"),
    ("bluetoothBlockAdvertising", "Bluetooth", "AllowAdvertising"),
    (
        "bluetoothBlockDiscoverableMode",
        "Bluetooth",
        "AllowDiscoverableMode",
    ),
    ("bluetoothBlockPrePairing", "Bluetooth", "AllowPrepairing"),
];

/// One switch in the carrier of that number; a template cannot say that something is allowed.
fn carried(switch: usize, carrier: usize, value: &str) -> String {
    let (property, area, name) = SWITCHES[switch];
    let id = format!("device_vendor_msft_policy_config_{area}_{name}").to_lowercase();
    let uri = |scope| format!("./{scope}Vendor/MSFT/Policy/Config/{area}/{name}");
    match carrier {
        0 if value == "0" => format!(
            r##"{{"@odata.type":"#microsoft.graph.windows10GeneralConfiguration","displayName":"Template","{property}":true}}"##
        ),
        0 | 1 => catalog(&id, value),
        2 => oma(&uri("Device/"), "Integer", value),
        _ => oma(&uri(""), "Integer", value),
    }
}

#[test]
fn the_same_switches_are_the_same_whatever_carries_each() {
    // All pairs of carriers, each switch in its turn with the next pair.
    for shift in 0..16 {
        let pair = |switch: usize| ((shift + switch * 5) % 4, ((shift + switch * 3) / 4) % 4);
        let all = 0..SWITCHES.len();
        let left: Vec<String> = all.clone().map(|s| carried(s, pair(s).0, "0")).collect();
        let right: Vec<String> = all.clone().map(|s| carried(s, pair(s).1, "0")).collect();
        let mut right: Vec<String> = right.into_iter().rev().collect();
        let compare = |left: &[String], right: &[String]| {
            let left: Vec<&str> = left.iter().map(String::as_str).collect();
            let right: Vec<&str> = right.iter().map(String::as_str).collect();
            compare(&left, &right).settings
        };
        let s = compare(&left, &right);
        assert_eq!(
            [s.same, s.different, s.missing, s.extra],
            [5, 0, 0, 0],
            "{left:?} {right:?}"
        );
        // One switch turned: found, and nothing else.
        let turned = shift % SWITCHES.len();
        right[SWITCHES.len() - 1 - turned] = carried(turned, 1 + shift % 3, "1");
        let s = compare(&left, &right);
        assert_eq!(
            [s.same, s.different, s.missing, s.extra],
            [4, 1, 0, 0],
            "{left:?} {right:?}"
        );
    }
}

#[test]
fn a_custom_profile_names_the_device_or_leaves_it_out() {
    let uri = |scope: &str| format!("./{scope}Vendor/MSFT/Policy/Config/Camera/AllowCamera");
    let (named, short) = (
        oma(&uri("Device/"), "Integer", "0"),
        oma(&uri(""), "Integer", "0"),
    );
    let s = compare(&[&named], &[&short]).settings;
    assert_eq!([s.same, s.different, s.missing, s.extra], [1, 0, 0, 0]);
    let s = compare(&[&named], &[&oma(&uri(""), "Integer", "1")]).settings;
    assert_eq!([s.same, s.different, s.missing, s.extra], [0, 1, 0, 0]);
}

#[test]
fn attack_surface_reduction_in_one_text_is_compared_rule_by_rule() {
    let node = "device_vendor_msft_policy_config_defender_attacksurfacereductionrules";
    let rule = |name: &str, state: &str| catalog(&format!("{node}_{name}"), state);
    let left = [
        rule("blockuntrustedunsignedprocessesthatrunfromusb", "block"),
        rule("blockwebshellcreationforservers", "audit"),
        rule("blockrebootingmachineinsafemode", "warn"),
    ];
    let right = oma(
        "./Vendor/MSFT/Policy/Config/Defender/AttackSurfaceReductionRules",
        "String",
        r#""b2b3f03d-6a65-4f7b-a9c7-1c7ef74a9ba4=1|a8f5898e-1dc8-49a9-9878-85004b8a61e6=1""#,
    );
    let left: Vec<&str> = left.iter().map(String::as_str).collect();
    let s = compare(&left, &[&right]).settings;
    assert_eq!([s.same, s.different, s.missing, s.extra], [1, 1, 1, 0]);
}
