//! Each carrier and each oddity of the exports, as small documents.

use crate::catalog::{self, UNKNOWN};
use crate::json::Json;
use crate::setting::{Interner, Setting, Value, flatten, names};

/// `depth row id = value` of each setting, in preorder.
fn lines(row: &str, type_name: &str, text: &str) -> Vec<String> {
    let row = catalog::row(row).unwrap_or(&UNKNOWN);
    let document = Json::parse(text).unwrap();
    let settings = flatten(row, type_name, &document, &mut Interner::default());
    check_tree(&settings);
    settings
        .iter()
        .map(|s| format!("{} {} {} = {}", s.depth, s.row, s.id, short(&s.value)))
        .collect()
}

/// Parents stand before their children, one level above them.
fn check_tree(settings: &[Setting]) {
    for (index, setting) in settings.iter().enumerate() {
        match setting.parent {
            None => assert_eq!(setting.depth, 0),
            Some(parent) => {
                assert!((parent as usize) < index);
                assert_eq!(settings[parent as usize].depth + 1, setting.depth);
            }
        }
    }
}

fn short(value: &Value) -> String {
    match value {
        Value::Group => "{}".into(),
        Value::Secret => "secret".into(),
        Value::Null => "null".into(),
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(short).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Choice(_) => format!("choice {}", names::raw_value(value)),
        Value::Text(_) => format!("'{}'", names::raw_value(value)),
        other => names::raw_value(other).into_owned(),
    }
}

#[test]
fn settings_catalog_instances_of_every_kind() {
    let text = r##"{"name": "n", "platforms": "windows10", "settings": [
      {"id": "0", "settingInstance": {
        "@odata.type": "#microsoft.graph.deviceManagementConfigurationChoiceSettingInstance",
        "settingDefinitionId": "Vendor_A", "settingInstanceTemplateReference": null,
        "choiceSettingValue": {"value": "Vendor_A_1", "children": [
          {"settingDefinitionId": "b", "simpleSettingValue": {"value": 7}}]}}},
      {"settingInstance": {"settingDefinitionId": "c", "simpleSettingCollectionValue": [
          {"value": "x"}, {"value": "y"}]}},
      {"settingInstance": {"settingDefinitionId": "d", "choiceSettingCollectionValue": [
          {"value": "D_1"}, {"value": "d_2", "children": [
            {"settingDefinitionId": "e", "simpleSettingValue": {"value": true}}]}]}},
      {"settingInstance": {"settingDefinitionId": "f", "groupSettingCollectionValue": [
          {"children": [{"settingDefinitionId": "g", "simpleSettingValue": {"value": "1"}}]},
          {"children": [{"settingDefinitionId": "g", "simpleSettingValue": {"value": "2"}}]}]}},
      {"settingInstance": {"settingDefinitionId": "h", "groupSettingValue":
          {"children": [{"settingDefinitionId": "i", "choiceSettingValue": {"value": "i_0"}}]}}},
      {"settingInstance": {"settingDefinitionId": "j", "simpleSettingValue":
          {"@odata.type": "#microsoft.graph.deviceManagementConfigurationSecretSettingValue",
           "value": "token", "valueState": "encryptedValueToken"}}},
      {"settingInstance": {"settingDefinitionId": "k"}},
      {"settingInstance": {"settingDefinitionId": "l", "tomorrowValue": {"inner": [
          {"settingDefinitionId": "m", "simpleSettingValue": {"value": null}}]}}}
    ]}"##;
    assert_eq!(
        lines("settingsCatalog", "", text),
        [
            "0 0 vendor_a = choice vendor_a_1",
            "1 0 b = 7",
            "0 0 c = ['x', 'y']",
            "0 0 d = [choice d_1, choice d_2]",
            "1 1 e = true",
            "0 0 f = {}",
            "1 0 g = '1'",
            "1 1 g = '2'",
            "0 0 h = {}",
            "1 0 i = choice i_0",
            "0 0 j = secret",
            "0 0 k = {}",
            "0 0 l = {}",
            "1 0 m = null",
        ]
    );
}

#[test]
fn one_setting_as_an_object_and_a_reusable_setting() {
    let one = r#"{"settings": {"settingInstance": {"settingDefinitionId": "a",
        "choiceSettingValue": {"value": "a_1", "children":
          {"settingDefinitionId": "b", "simpleSettingValue": {"value": "v"}}}}}}"#;
    assert_eq!(
        lines("settingsCatalog", "", one),
        ["0 0 a = choice a_1", "1 0 b = 'v'"]
    );
    let reusable = r#"{"displayName": "r", "settingDefinitionId": "a", "settingInstance":
        {"settingDefinitionId": "a", "simpleSettingValue": {"value": "v"}}}"#;
    assert_eq!(lines("reusableSettings", "t", reusable), ["0 0 a = 'v'"]);
}

#[test]
fn typed_objects_at_any_depth() {
    let text = r##"{"@odata.context": "c", "@odata.type": "#microsoft.graph.t", "id": "1",
      "displayName": "n", "description": "d", "roleScopeTagIds": ["0"], "version": 3,
      "createdDateTime": "x", "assignments": [], "#microsoft.graph.assign": {"target": "u"},
      "passwordRequired@odata.type": "#Boolean", "passwordRequired": true,
      "minutes": 5, "ratio": 0.5, "nothing": null, "empty": [], "list": ["a", 1],
      "nested": {"@odata.type": "#x", "inner": {"leaf": "v"}},
      "only": {"@odata.type": "#microsoft.graph.allUsers"},
      "rows": [{"name": "a", "value": 1}, "bare"],
      "scheduledActionsForRule": [{"id": "made up", "ruleName": null,
        "scheduledActionConfigurations": [{"id": "made up", "actionType": "block"}]}],
      "twice": 1, "twice": 2}"##;
    assert_eq!(
        lines("compliancePolicies", "t", text),
        [
            "0 0 t/passwordRequired = true",
            "0 0 t/minutes = 5",
            "0 0 t/ratio = 0.5",
            "0 0 t/nothing = null",
            "0 0 t/empty = []",
            "0 0 t/list = ['a', 1]",
            "0 0 t/nested = {}",
            "1 0 t/nested/inner = {}",
            "2 0 t/nested/inner/leaf = 'v'",
            "0 0 t/only = 'allUsers'",
            "0 0 t/rows = {}",
            "1 0 t/rows/name = 'a'",
            "1 0 t/rows/value = 1",
            "1 1 t/rows/value = 'bare'",
            "0 0 t/scheduledActionsForRule = {}",
            "1 0 t/scheduledActionsForRule/ruleName = null",
            "1 0 t/scheduledActionsForRule/scheduledActionConfigurations = {}",
            "2 0 t/scheduledActionsForRule/scheduledActionConfigurations/actionType = 'block'",
            "0 0 t/twice = 2",
        ]
    );
}

#[test]
fn compliance_of_the_catalog_keeps_its_actions() {
    let text = r#"{"name": "n", "platforms": "linux", "technologies": "linuxMdm",
      "settingCount": 1, "settings": [{"settingInstance": {"settingDefinitionId": "a",
        "simpleSettingValue": {"value": 1}}}],
      "scheduledActionsForRule": [{"ruleName": "r"}]}"#;
    assert_eq!(
        lines("compliancePoliciesV2", "t", text),
        [
            "0 0 a = 1",
            "0 0 t/scheduledActionsForRule = {}",
            "1 0 t/scheduledActionsForRule/ruleName = 'r'",
        ]
    );
}

#[test]
fn pascal_case_is_graphs_case() {
    let text = r#"{"Id": "1", "DisplayName": "n", "State": "enabled",
        "Conditions": {"Users": {"IncludeUsers": ["All"]}}}"#;
    assert_eq!(
        lines("conditionalAccess", "ca", text),
        [
            "0 0 ca/state = 'enabled'",
            "0 0 ca/conditions = {}",
            "1 0 ca/conditions/users = {}",
            "2 0 ca/conditions/users/includeUsers = ['All']",
        ]
    );
}

#[test]
fn custom_profiles() {
    let text = r##"{"displayName": "n", "omaSettings": [
      {"@odata.type": "#microsoft.graph.omaSettingInteger", "displayName": "A",
       "omaUri": "./Device/Vendor/MSFT/X", "value": 1},
      {"@odata.type": "#microsoft.graph.omaSettingStringXml", "omaUri": "./Vendor/Y",
       "fileName": "y.xml", "value": "PGEvPg=="},
      {"@odata.type": "#microsoft.graph.omaSettingString", "omaUri": "./Vendor/Z",
       "value": "****", "isEncrypted": true, "secretReferenceValueId": "r"},
      {"displayName": "no address", "value": true}]}"##;
    assert_eq!(
        lines("deviceConfigurations", "t", text),
        [
            "0 0 device/vendor/msft/x = 1",
            "0 0 vendor/y = '<a/>'",
            "1 0 vendor/y/filename = 'y.xml'",
            "0 0 vendor/z = secret",
            "0 0 t/omaSettings = {}",
            "1 0 t/omaSettings/displayName = 'no address'",
            "1 0 t/omaSettings/value = true",
        ]
    );
}

#[test]
fn administrative_templates_as_read_and_as_exported() {
    let read = r#"{"displayName": "n", "definitionValues": [{"id": "v", "enabled": true,
      "definition": {"id": "d", "displayName": "Home Page", "classType": "user",
        "categoryPath": "\\Edge\\Startup"},
      "presentationValues": [
        {"value": "https://x", "presentation": {"id": "p", "label": "URL"}},
        {"values": [{"name": "a", "value": null}, {"name": "b"}],
         "presentation": {"id": "q", "label": "List"}},
        {"values": [{"name": "a", "value": "1"}], "presentation": {"id": "r", "label": ""}}]}]}"#;
    let exported = r##"{"displayName": "n", "definitionValues": {"enabled": true,
      "definition@odata.bind": "https://g/beta/deviceManagement/groupPolicyDefinitions('d')",
      "#Definition_Id": "d", "#Definition_displayName": "Home Page",
      "#Definition_classType": "user", "#Definition_categoryPath": "\\Edge\\Startup",
      "presentationValues": [
        {"value": "https://x", "#Presentation_Id": "p", "#Presentation_Label": "URL"},
        {"values": [{"name": "a", "value": ""}, {"name": "b", "value": null}],
         "#Presentation_Label": "List"},
        {"values": {"name": "a", "value": "1"}, "presentation@odata.bind":
         "https://g/groupPolicyDefinitions('d')/presentations('r')"}]}}"##;
    let expect = [
        "0 0 admx:user/edge/startup/home page = true",
        "1 0 admx:user/edge/startup/home page/url = 'https://x'",
        "1 0 admx:user/edge/startup/home page/list = ['a', 'b']",
        "1 0 admx:user/edge/startup/home page/r = {}",
        "2 0 admx:user/edge/startup/home page/r/name = 'a'",
        "2 0 admx:user/edge/startup/home page/r/value = '1'",
    ];
    assert_eq!(lines("administrativeTemplates", "t", read), expect);
    assert_eq!(lines("administrativeTemplates", "t", exported), expect);
    let row = catalog::row("administrativeTemplates").unwrap();
    for text in [read, exported] {
        let document = Json::parse(text).unwrap();
        let settings = flatten(row, "t", &document, &mut Interner::default());
        let shown = |at: usize| names::category(&settings[at], &names::Definitions::new());
        assert_eq!(
            shown(0),
            "Edge › Startup",
            "as Intune writes it, not as ids do"
        );
        assert_eq!(shown(1), "");
    }
    let bare = r#"{"definitionValues": [{"enabled": false,
        "definition@odata.bind": "https://g/groupPolicyDefinitions('D-1')"}]}"#;
    assert_eq!(
        lines("administrativeTemplates", "t", bare),
        ["0 0 admx:d-1 = false"]
    );
}

#[test]
fn intents_from_settings_and_from_the_delta() {
    let text = r##"{"displayName": "n", "TemplateId": "t", "versionInfo": "2009",
      "TemplateDisplayName": "d", "settingsDelta": [
      {"id": "1", "definitionId": "dc--t_a", "valueJson": "true", "value": true},
      {"definitionId": "dc--t_b", "valueJson": "\"notConfigured\""},
      {"definitionId": "dc--t_c", "valueJson": "[\"x\",\"y\"]"},
      {"definitionId": "dc--t_d", "valueJson": "[{\"k\":1},{\"k\":2}]"},
      {"definitionId": "dc--t_e", "valueJson": "not json"},
      {"definitionId": "dc--t_f", "valueJson": null,
       "value": [{"definitionId": "dc--t_g", "valueJson": "3"}]},
      {"definitionId": "dc--t_h"}]}"##;
    assert_eq!(
        lines("endpointSecurityIntents", "t", text),
        [
            "0 0 dc--t_a = true",
            "0 0 dc--t_b = 'notConfigured'",
            "0 0 dc--t_c = ['x', 'y']",
            "0 0 dc--t_d = {}",
            "1 0 dc--t_d/k = 1",
            "1 1 dc--t_d/k = 2",
            "0 0 dc--t_e = 'not json'",
            "0 0 dc--t_f = {}",
            "1 0 dc--t_g = 3",
            "0 0 dc--t_h = null",
        ]
    );
}

#[test]
fn linux_scripts_stand_in_the_catalog() {
    let text = r#"{"settings": [
      {"settingInstance": {"settingDefinitionId": "linux_customconfig_script",
        "simpleSettingValue": {"value": "ZWNobyAx"}}},
      {"settingInstance": {"settingDefinitionId": "linux_customconfig_frequency",
        "simpleSettingValue": {"value": "1 hour"}}},
      {"settingInstance": {"settingDefinitionId": "other",
        "simpleSettingValue": {"value": "ZWNobyAx"}}}]}"#;
    assert_eq!(
        lines("linuxScripts", "t", text),
        [
            "0 0 linux_customconfig_script = 'echo 1'",
            "0 0 linux_customconfig_frequency = '1 hour'",
            "0 0 other = 'ZWNobyAx'",
        ]
    );
}

#[test]
fn scripts_are_text_and_secrets_are_not() {
    // UTF-8 with BOM, UTF-16LE with BOM, bytes that are no text, no base64 at all.
    let text = r#"{"scriptContent": "77u/ZWNobyAx", "detectionScriptContent": "//5BAEIA",
      "payload": "AAECAw==", "payloadJson": "{plain}", "content": "",
      "preSharedKey": "s", "wifiPassword": "s", "tokenValue": null, "token": "s",
      "passwordRequiredType": "alphanumeric", "clientKey": "k"}"#;
    assert_eq!(
        lines("powershellScripts", "t", text),
        [
            "0 0 t/scriptContent = 'echo 1'",
            "0 0 t/detectionScriptContent = 'AB'",
            "0 0 t/payload = 'AAECAw=='",
            "0 0 t/payloadJson = '{plain}'",
            "0 0 t/content = ''",
            "0 0 t/preSharedKey = secret",
            "0 0 t/wifiPassword = secret",
            "0 0 t/tokenValue = null",
            "0 0 t/token = secret",
            "0 0 t/passwordRequiredType = 'alphanumeric'",
            "0 0 t/clientKey = 'k'",
        ]
    );
    // A type nobody knows: names decide, and the doubt is for the secret.
    assert_eq!(
        lines("no such row", "t", r#"{"clientKey": "k", "size": 1}"#),
        ["0 0 t/clientKey = secret", "0 0 t/size = 1"]
    );
}

#[test]
fn foreign_shapes_do_no_harm() {
    for text in [
        "null",
        "[]",
        "3",
        r#"{"settings": 3}"#,
        r#"{"settings": [null, 3, {"settingDefinitionId": null}, {"settingDefinitionId": "a"}]}"#,
        r#"{"omaSettings": null, "definitionValues": "x"}"#,
        r#"{"definitionValues": [{"presentationValues": 3}, 4]}"#,
        r#"{"settings": [{"definitionId": 3}]}"#,
    ] {
        for row in [
            "settingsCatalog",
            "deviceConfigurations",
            "administrativeTemplates",
        ] {
            lines(row, "t", text);
        }
    }
}
