use super::*;

fn kind(json: &str, path: &str) -> &'static str {
    let Ok(json) = Json::parse(json) else {
        return "not JSON";
    };
    match Detector::default().kind(&json, "", path) {
        Kind::Object(row) => row.id,
        Kind::Group => "group",
        Kind::Other(_) => "other",
    }
}

#[test]
fn content_decides_and_the_folder_only_where_it_cannot() {
    let catalog = r#"{"name":"x","platforms":"windows10","technologies":"mdm","settings":[{"settingInstance":{"settingDefinitionId":"a"}}]}"#;
    let cases = [
        (
            r##"{"@odata.type":"#microsoft.graph.windows10CompliancePolicy"}"##,
            "SettingsCatalog/x.json",
            "compliancePolicies",
        ),
        (
            r##"{"@odata.type":"#microsoft.graph.windowsUpdateForBusinessConfiguration"}"##,
            "x.json",
            "updateRings",
        ),
        (
            r##"{"@odata.type":"#microsoft.graph.deviceManagementConfigurationPolicy","templateReference":{"templateFamily":"endpointSecurityAntivirus"}}"##,
            "x.json",
            "esAntivirus",
        ),
        (
            r##"{"@odata.type":"#microsoft.graph.deviceManagementConfigurationPolicy","templateReference":{"templateFamily":"ofTomorrow"}}"##,
            "x.json",
            "settingsCatalog",
        ),
        (
            r#"{"@odata.context":"https://graph.microsoft.com/beta/$metadata#deviceManagement/configurationPolicies/$entity","name":"x","settings":[]}"#,
            "x.txt",
            "settingsCatalog",
        ),
        (
            r#"{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identity/conditionalAccess/policies(authenticationStrength())/$entity","displayName":"x"}"#,
            "x.json",
            "conditionalAccess",
        ),
        (catalog, "ConditionalAccess/x.json", "settingsCatalog"),
        (
            r#"{"name":"x","platforms":"windows10","technologies":"mdm","settings":[{"settingInstance":{"settingDefinitionId":"a"}}],"templateReference":{"templateFamily":"endpointSecurityFirewall"}}"#,
            "Settings Catalog/x_mdm.json",
            "esFirewall",
        ),
        (
            r#"{"displayName":"x","conditions":{},"GrantControls":{}}"#,
            "x.json",
            "conditionalAccess",
        ),
        (
            r#"{"displayName":"x","settingsDelta":[{"definitionId":"d"}]}"#,
            "x.json",
            "endpointSecurityIntents",
        ),
        (r#"{"displayName":"x"}"#, "Scope Tags/x.json", "scopeTags"),
        (
            r#"{"id":"1","displayName":"x","securityEnabled":true,"mailEnabled":false}"#,
            "x.json",
            "group",
        ),
        (
            r##"{"@odata.type":"#microsoft.graph.policyOfTomorrow","displayName":"x"}"##,
            "x.json",
            "unknown",
        ),
        (
            r##"{"@odata.type":"#microsoft.graph.tomorrowCompliancePolicy","displayName":"x"}"##,
            "x.json",
            "compliancePolicies",
        ),
        (r#"{"Rules":[]}"#, "x.json", "other"),
        ("[]", "x.json", "other"),
    ];
    for (json, path, wanted) in cases {
        assert_eq!((json, kind(json, path)), (json, wanted));
    }
}
