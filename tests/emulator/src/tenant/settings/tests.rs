use serde_json::json;

use super::*;

#[test]
fn the_table_reads_whole_and_its_ids_are_unique() {
    let d = Dictionary::load(1);
    let lines = include_str!("../data/definitions.txt")
        .lines()
        .filter(|l| !l.trim().is_empty() && !l.starts_with("//") && !l.starts_with('#'))
        .count();
    assert_eq!(d.len(), lines);
    assert_eq!(d.by_id.len(), lines, "an id is there twice");
    for (id, options, children) in [
        (
            "device_vendor_msft_policy_config_defender_cloudblocklevel",
            4,
            0,
        ),
        (
            "device_vendor_msft_bitlocker_encryptionmethodbydrivetype",
            2,
            3,
        ),
        ("com.apple.mcx.filevault2_com.apple.mcx.filevault2", 0, 5),
        ("com.apple.mcx.filevault2_enable", 2, 0),
        ("device_vendor_msft_laps_policies_passwordagedays_aad", 0, 0),
        ("passcode_passcode", 0, 4),
        (
            "vendor_msft_firewall_mdmstore_firewallrules_{firewallrulename}_action_type",
            2,
            0,
        ),
    ] {
        let at = d.index(id).unwrap_or_else(|| panic!("{id} is missing"));
        assert_eq!(d.definitions[at].options.len(), options, "{id}");
        assert_eq!(d.definitions[at].children.len(), children, "{id}");
    }
    let depth = |mut at: usize| {
        let mut n = 1;
        while let Some(p) = d.definitions[at].parent {
            at = p;
            n += 1;
        }
        n
    };
    assert!((0..d.len()).map(depth).max() >= Some(6));
}

#[test]
fn short_forms_become_trees() {
    let d = Dictionary::load(1);
    let short = json!({
        "requiredeviceencryption": 1,
        "encryptionmethodbydrivetype": {"=": 1, "encryptionmethodwithxtsosdropdown_name": 7},
        "excludedpaths": ["C:\\A", "C:\\B"],
        "firewallrules_{firewallrulename}": [{"displayname": "x", "interfacetypes": ["lan", "wireless"]}],
        "profile_{ssid}": {"psk": "token"},
    });
    let made = settings(&d, &short, "");
    assert_eq!(made.len(), 5);
    let value = |at: usize| &made[at]["settingInstance"];
    assert_eq!(
        value(1)["choiceSettingValue"]["children"][0]["choiceSettingValue"]["value"],
        "device_vendor_msft_bitlocker_encryptionmethodbydrivetype_encryptionmethodwithxtsosdropdown_name_7"
    );
    assert_eq!(
        value(2)["simpleSettingCollectionValue"][1]["value"],
        "C:\\B"
    );
    assert_eq!(
        value(3)["groupSettingCollectionValue"][0]["children"][1]["choiceSettingCollectionValue"]
            [0]["value"],
        "vendor_msft_firewall_mdmstore_firewallrules_{firewallrulename}_interfacetypes_lan"
    );
    assert_eq!(
        value(4)["groupSettingValue"]["children"][0]["simpleSettingValue"]["valueState"],
        "encryptedValueToken"
    );
    assert_eq!(
        made[1]["+settingDefinitions"].as_array().map(Vec::len),
        Some(4)
    );
    let templated = settings(&d, &short, "t_1");
    assert!(templated[0]["settingInstance"]["settingInstanceTemplateReference"]["settingInstanceTemplateId"].is_string());
}
