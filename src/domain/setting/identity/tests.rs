#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;

use super::table::{Map, TYPES};
use super::*;
use crate::setting::setting;
use crate::snapshot::Definition;

fn text(text: &str) -> Value {
    Value::Text(Arc::from(text))
}

fn shown(setting: &Setting, names: &AdmxNames) -> String {
    let facets = facets(setting, names);
    let parts = facets
        .iter()
        .map(|f| format!("{}={}", f.key, f.value.as_deref().unwrap_or("?")));
    parts.collect::<Vec<_>>().join(" ")
}

#[test]
fn every_carrier_of_one_setting_says_the_same() {
    let names = AdmxNames::new(
        [(
            &"device_vendor_msft_policy_config_chromeintunev1~policy~googlechrome_sslversionmin"
                .to_owned(),
            &Definition {
                name: "Minimum SSL version enabled".to_owned(),
                category: "Google › Google Chrome".to_owned(),
                ..Definition::default()
            },
        )]
        .into_iter(),
    );
    let choice = |id: &str, suffix: &str| {
        let item = format!("{id}_{suffix}");
        setting(Carrier::Catalog, id, Value::Choice(Arc::from(item)))
    };
    let camera = "vendor_msft_policy_config_camera_allowcamera=0";
    let chrome = "vendor_msft_policy_config_chromeintunev1~policy~googlechrome_sslversionmin";
    let cases = [
        (
            choice("device_vendor_msft_policy_config_camera_allowcamera", "0"),
            camera.to_owned(),
        ),
        (
            setting(
                Carrier::OmaUri,
                "device/vendor/msft/policy/config/camera/allowcamera",
                Value::Int(0),
            ),
            camera.to_owned(),
        ),
        (
            setting(
                Carrier::OmaUri,
                "vendor/msft/policy/config/camera/allowcamera",
                Value::Int(0),
            ),
            camera.to_owned(),
        ),
        (
            setting(
                Carrier::Property,
                "windows10GeneralConfiguration/cameraBlocked",
                Value::Bool(true),
            ),
            camera.to_owned(),
        ),
        (
            setting(
                Carrier::Intent,
                "deviceConfiguration--windows10GeneralConfiguration_cameraBlocked",
                Value::Bool(true),
            ),
            camera.to_owned(),
        ),
        (
            setting(
                Carrier::OmaUri,
                "user/vendor/msft/policy/config/a/b",
                Value::Bool(true),
            ),
            "user_vendor_msft_policy_config_a_b=true".to_owned(),
        ),
        (
            setting(
                Carrier::Plist,
                "com.apple.applicationaccess/allowCamera",
                Value::Bool(false),
            ),
            "com.apple.applicationaccess_allowcamera=false".to_owned(),
        ),
        (
            choice("com.apple.applicationaccess_allowcamera", "false"),
            "com.apple.applicationaccess_allowcamera=false".to_owned(),
        ),
        (
            setting(
                Carrier::Admx,
                "admx:machine/google/google chrome/minimum ssl version enabled",
                Value::Bool(true),
            ),
            format!("{chrome}=1"),
        ),
        (
            setting(
                Carrier::OmaUri,
                "device/vendor/msft/policy/config/chromeintunev1~policy~googlechrome/sslversionmin",
                text("<enabled/> <data id=\"SSLVersionMin\" value=\"tls1.2\"/>"),
            ),
            format!("{chrome}=1 {chrome}_sslversionmin=tls1.2"),
        ),
        (
            setting(
                Carrier::Intent,
                "deviceConfiguration--windows10GeneralConfiguration_x",
                text("y"),
            ),
            "windows10GeneralConfiguration/x=y".to_owned(),
        ),
        (
            setting(
                Carrier::Property,
                "windows10GeneralConfiguration/x",
                text("y"),
            ),
            "windows10GeneralConfiguration/x=y".to_owned(),
        ),
        (
            setting(Carrier::Intent, "groupPolicy--x_y", text("z")),
            String::new(),
        ),
    ];
    for (setting, wanted) in cases {
        assert_eq!(shown(&setting, &names), wanted, "{setting:?}");
    }
}

#[test]
fn values_of_other_forms_are_not_compared() {
    for (a, b, wanted) in [
        (Some("1"), Some("1"), Some(true)),
        (Some("1"), Some("2"), Some(false)),
        (Some("true"), Some("1"), None),
        (Some("a"), Some("b"), Some(false)),
        (None, Some("1"), None),
    ] {
        assert_eq!(agree(a, b), wanted);
    }
}

#[test]
fn admx_data_is_read_and_other_xml_is_left_alone() {
    type Parts = Option<Vec<(&'static str, &'static str)>>;
    let cases: [(&str, Parts); 6] = [
        ("<disabled/>", Some(vec![("", "0")])),
        ("<Enabled />", Some(vec![("", "1")])),
        (
            "<enabled/><data id=\"L\" value=\"1&#xF000;b&#xF000;2&#xF000;a&amp;\"/>",
            Some(vec![("", "1"), ("L", "a&\nb")]),
        ),
        ("<data id='x' value='1'/>", None),
        ("<rules/>", None),
        ("plain", None),
    ];
    for (text, wanted) in cases {
        let wanted = wanted.map(|list| {
            list.into_iter()
                .map(|(k, v)| (k, v.to_owned()))
                .collect::<Vec<_>>()
        });
        assert_eq!(admx::data(text), wanted, "{text}");
    }
}

#[test]
fn what_is_alike_is_told_and_not_paired() {
    let pairs = [
        (
            setting(
                Carrier::OmaUri,
                "device/vendor/msft/policy/config/chrome~policy~googlechrome/a",
                text("x"),
            ),
            setting(
                Carrier::Catalog,
                "device_vendor_msft_policy_config_chromeintunev1~policy~googlechrome_a",
                text("x"),
            ),
        ),
        (
            setting(
                Carrier::Catalog,
                "user_vendor_msft_policy_config_a_b",
                Value::Int(1),
            ),
            setting(
                Carrier::OmaUri,
                "device/vendor/msft/policy/config/a/b",
                Value::Int(1),
            ),
        ),
        (
            setting(
                Carrier::Property,
                "windows10CompliancePolicy/passwordMinimumLength",
                Value::Int(8),
            ),
            setting(
                Carrier::Property,
                "windows10GeneralConfiguration/passwordMinimumLength",
                Value::Int(8),
            ),
        ),
        (
            setting(
                Carrier::Plist,
                "com.microsoft.Edge/SSLVersionMin",
                text("x"),
            ),
            setting(
                Carrier::Catalog,
                "com.apple.managedclient.preferences_sslversionmin",
                text("x"),
            ),
        ),
    ];
    let names = AdmxNames::default();
    for (a, b) in pairs {
        let (x, y) = (kin(&a).unwrap(), kin(&b).unwrap());
        assert_eq!(x.0, y.0);
        assert!(!x.1.is_empty());
        assert_ne!(facets(&a, &names)[0].key, facets(&b, &names)[0].key);
    }
}

/// Each CSP path of the table is one of the settings catalog's, with the table's values among its options.
#[test]
fn the_table_holds_against_the_settings_catalog() {
    let Some(shared) = crate::setting::shared() else {
        return;
    };
    let mut packed = Vec::new();
    let folder = shared.join("data/cipp-definitions");
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path().join("definitions.jsonl.gz");
        if file.exists() {
            packed = std::fs::read(file).unwrap();
        }
    }
    // The gzip header of this file has no optional fields but perhaps a name.
    let mut start = 10;
    if packed[3] & 8 != 0 {
        start += packed[start..].iter().position(|b| *b == 0).unwrap() + 1;
    }
    let bytes = miniz_oxide::inflate::decompress_to_vec(&packed[start..]).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let mut known = std::collections::HashMap::new();
    for line in text.lines() {
        let id = line.split("\"id\":\"").nth(1).unwrap();
        known.insert(
            id.split('"').next().unwrap().to_lowercase(),
            line.to_lowercase(),
        );
    }
    let mut wrong = Vec::new();
    for (kind, rows) in TYPES {
        for (property, path, map) in *rows {
            let key = table::key(path);
            let line = known
                .get(&key)
                .or_else(|| known.get(&format!("device_{key}")));
            let Some(line) = line else {
                wrong.push(format!("{kind}/{property}: {key}"));
                continue;
            };
            let words: Vec<&str> = match map {
                Map::Same => continue,
                Map::On(word) => vec![word],
                Map::Words(words) => words.iter().map(|(_, word)| *word).collect(),
            };
            for word in words {
                if !line.contains(&format!("{key}_{word}\"")) {
                    wrong.push(format!("{kind}/{property}: {key} has no {word}"));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Each property of the table is one of Graph's.
#[test]
fn the_table_holds_against_the_metadata_of_graph() {
    let Some(shared) = crate::setting::shared() else {
        return;
    };
    let text = std::fs::read_to_string(shared.join("graph/entity-types.json")).unwrap();
    for (kind, rows) in TYPES {
        assert!(text.contains(kind), "{kind}");
        for (property, _, map) in *rows {
            assert!(
                text.contains(&format!("\"{property}\"")),
                "{kind}/{property}"
            );
            if let Map::Words(words) = map {
                for (word, _) in *words {
                    assert!(text.contains(&format!("\"{word}\"")), "{property}: {word}");
                }
            }
        }
    }
}

#[test]
fn one_text_of_attack_surface_reduction_sets_each_of_its_rules() {
    let names = AdmxNames::default();
    let node = "vendor_msft_policy_config_defender_attacksurfacereductionrules";
    let oma = |value: &str| {
        let id = "device/vendor/msft/policy/config/defender/attacksurfacereductionrules";
        shown(&setting(Carrier::OmaUri, id, text(value)), &names)
    };
    let usb = "blockuntrustedunsignedprocessesthatrunfromusb";
    let id = format!("device_{node}_{usb}");
    let choice = Value::Choice(Arc::from(format!("{id}_audit")));
    let catalog = shown(&setting(Carrier::Catalog, &id, choice), &names);
    assert_eq!(oma("{B2B3F03D-6A65-4F7B-A9C7-1C7EF74A9BA4}=2"), catalog);
    assert_eq!(
        oma(
            "b2b3f03d-6a65-4f7b-a9c7-1c7ef74a9ba4=6| 11111111-2222-3333-4444-555555555555=1 |26190899-1602-49e8-8b27-eb1d0a1ce869=5|"
        ),
        format!("{node}_{usb}=warn {node}_11111111-2222-3333-4444-555555555555=block")
    );
    // Not such a text: the whole node, as it is.
    assert_eq!(oma("on"), format!("{node}=on"));
}

#[test]
fn each_rule_of_attack_surface_reduction_has_one_guid() {
    let mut names: Vec<&str> = asr::RULES.iter().map(|(_, name)| *name).collect();
    let mut guids: Vec<&str> = asr::RULES.iter().map(|(guid, _)| *guid).collect();
    for list in [&mut names, &mut guids] {
        list.sort_unstable();
        list.dedup();
        assert_eq!(list.len(), asr::RULES.len());
    }
    assert!(guids.iter().all(|guid| guid.len() == 36));
}
