//! Settings catalog and endpoint security: the policies that share one list, and older intents.
//!
//! Paths, queries and scopes: Microsoft Graph API reference, pages of each resource type.

use crate::catalog::{Area, Assigned, Child, DEFAULT, PlatformFrom, Row, Split};

/// What is below a policy of the settings catalog.
pub(super) const SETTINGS: &[Child] = &[Child {
    name: "settings",
    path: "settings",
    query: "$expand=settingDefinitions&$top=1000",
    key: "settingInstance.settingDefinitionId",
    optional: false,
    when: "",
}];

/// `deviceManagementConfigurationPolicy`, whatever its template family is. The family tells the
/// rows apart; a family of tomorrow belongs to the settings catalog.
pub(super) const CONFIGURATION_POLICY: Row = Row {
    graph_type: "deviceManagementConfigurationPolicy",
    list: "/deviceManagement/configurationPolicies",
    list_query: "$expand=assignments",
    item: "/deviceManagement/configurationPolicies/{id}",
    item_query: "$expand=assignments",
    name_property: "name",
    platform: PlatformFrom::Property("platforms"),
    children: SETTINGS,
    assigned: Assigned::Collection { expanded: true },
    scope_tags: "roleScopeTagIds",
    scopes: &["DeviceManagementConfiguration.Read.All"],
    volatile: &[
        "settingCount",
        "isAssigned",
        "creationSource",
        "priorityMetaData",
    ],
    ..DEFAULT
};

pub(super) static ROWS: &[Row] = &[
    Row {
        id: "settingsCatalog",
        name: "Settings catalog policies",
        area: Area::Devices,
        ..CONFIGURATION_POLICY
    },
    Row {
        id: "esAntivirus",
        name: "Endpoint security - Antivirus",
        area: Area::Devices,
        split: Split::TemplateFamily("endpointSecurityAntivirus"),
        ..CONFIGURATION_POLICY
    },
    Row {
        id: "esDiskEncryption",
        name: "Endpoint security - Disk encryption",
        area: Area::Devices,
        split: Split::TemplateFamily("endpointSecurityDiskEncryption"),
        ..CONFIGURATION_POLICY
    },
    Row {
        id: "esFirewall",
        name: "Endpoint security - Firewall",
        area: Area::Devices,
        split: Split::TemplateFamily("endpointSecurityFirewall"),
        ..CONFIGURATION_POLICY
    },
    Row {
        id: "esEdr",
        name: "Endpoint security - Endpoint detection and response",
        area: Area::Devices,
        split: Split::TemplateFamily("endpointSecurityEndpointDetectionAndResponse"),
        ..CONFIGURATION_POLICY
    },
    Row {
        id: "esAsr",
        name: "Endpoint security - Attack surface reduction",
        area: Area::Devices,
        split: Split::TemplateFamily("endpointSecurityAttackSurfaceReduction"),
        ..CONFIGURATION_POLICY
    },
    Row {
        id: "esAccountProtection",
        name: "Endpoint security - Account protection",
        area: Area::Devices,
        split: Split::TemplateFamily("endpointSecurityAccountProtection"),
        ..CONFIGURATION_POLICY
    },
    Row {
        id: "esAppControl",
        name: "Endpoint security - App control for business",
        area: Area::Devices,
        split: Split::TemplateFamily("endpointSecurityApplicationControl"),
        ..CONFIGURATION_POLICY
    },
    Row {
        id: "esEpm",
        name: "Endpoint security - Endpoint privilege management",
        area: Area::Devices,
        split: Split::TemplateFamily("endpointSecurityEndpointPrivilegeManagement"),
        ..CONFIGURATION_POLICY
    },
    Row {
        id: "securityBaselines",
        name: "Security baselines (settings catalog)",
        area: Area::Devices,
        split: Split::TemplateFamily("baseline"),
        ..CONFIGURATION_POLICY
    },
    Row {
        id: "linuxScripts",
        name: "Linux shell scripts",
        area: Area::Devices,
        split: Split::TemplateFamily("deviceConfigurationScripts"),
        ..CONFIGURATION_POLICY
    },
];
