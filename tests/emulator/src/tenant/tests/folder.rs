//! Tenants from folders of exports.

use super::*;

#[test]
fn an_export_becomes_a_tenant_that_answers() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../target")
        .join(format!("emulator-folder-{}", std::process::id()));
    fs::create_dir_all(folder.join("SettingsCatalog")).unwrap();
    let policy = json!({
        "@odata.context": "https://graph.microsoft.com/beta/$metadata#deviceManagement/configurationPolicies/$entity",
        "id": "0f0f0f0f-0000-4000-8000-000000000001", "name": "Win - Exported", "platforms": "windows10",
        "technologies": "mdm", "settingCount": 1, "templateReference": {"templateId": "", "templateFamily": "none"},
        "settings": [{"id": "0",
            "settingInstance": {
                "@odata.type": "#microsoft.graph.deviceManagementConfigurationChoiceSettingInstance",
                "settingDefinitionId": "device_vendor_msft_policy_config_x_y",
                "choiceSettingValue": {"value": "device_vendor_msft_policy_config_x_y_1", "children": []}},
            "settingDefinitions": [{"id": "device_vendor_msft_policy_config_x_y", "displayName": "Y"}]}],
        "assignments": [],
    });
    let text = format!("\u{feff}{policy}");
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(folder.join("SettingsCatalog/Win - Exported.json"), wide).unwrap();
    fs::write(folder.join("broken.json"), "{").unwrap();
    // Without assignments, as exports leave out what is empty.
    let tag = json!({"@odata.type": "#microsoft.graph.roleScopeTag", "id": "7", "displayName": "Paris",
        "description": "", "isBuiltIn": false});
    fs::write(folder.join("tag.json"), tag.to_string()).unwrap();
    let tenant = Tenant::from_folder(&folder).unwrap();
    fs::remove_dir_all(&folder).unwrap();

    let mut talk = Talk {
        tenant: &tenant,
        said: Vec::new(),
    };
    let list = "/deviceManagement/configurationPolicies";
    let (_, found) = talk.all("beta", &format!("{list}?$expand=assignments"));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["assignments"], json!([]));
    assert!(found[0].get("settings").is_none());
    let url = format!(
        "{list}/{}/settings?$expand=settingDefinitions",
        found[0]["id"].as_str().unwrap()
    );
    let (_, settings) = talk.all("beta", &url);
    assert_eq!(settings[0]["settingDefinitions"][0]["displayName"], "Y");
    let (_, plain) = talk.all("beta", url.split('?').next().unwrap());
    assert!(plain[0].get("settingDefinitions").is_none());
    assert_eq!(
        talk.get(
            "beta",
            "/deviceManagement/configurationSettings/device_vendor_msft_policy_config_x_y"
        )
        .status,
        200
    );
    let (status, none) = talk.all("beta", "/deviceManagement/roleScopeTags/7/assignments");
    assert_eq!((status, none), (200, Vec::new()));
    for row in catalog::rows().filter(|r| !r.list.contains('{')) {
        let answer = talk.get(row.version.segment(), &with(row.list, row.list_query));
        assert!(
            matches!(answer.status, 200 | 404),
            "{}: {}",
            row.id,
            answer.body
        );
    }
    assert!(Tenant::from_folder(&folder).is_err());
}

#[test]
fn published_exports_load_where_they_are_at_hand() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let shared =
        std::env::var_os("PLUMBLINE_SHARED").map_or(root, |s| PathBuf::from(s).join("data"));
    let folder = shared.join("ncsc-device-security-guidance");
    if !folder.exists() {
        println!("skipped: {} is not there", folder.display());
        return;
    }
    let tenant = Tenant::from_folder(&folder).unwrap();
    let mut talk = Talk {
        tenant: &tenant,
        said: Vec::new(),
    };
    let mut missing = BTreeSet::new();
    for row in catalog::rows() {
        read(&mut talk, row, &mut missing);
    }
    assert!(missing.len() < 125);
}
