//! Compliance.
//!
//! Paths, queries and scopes: Microsoft Graph API reference, pages of each resource type.

use super::endpoint_security::SETTINGS;
use crate::catalog::{Area, Assigned, Child, DEFAULT, PlatformFrom, Platforms, Row};

pub(super) static ROWS: &[Row] = &[
    Row {
        id: "compliancePolicies",
        name: "Compliance policies",
        area: Area::Compliance,
        graph_type: "deviceCompliancePolicy",
        list: "/deviceManagement/deviceCompliancePolicies",
        list_query: "$expand=assignments",
        item: "/deviceManagement/deviceCompliancePolicies/{id}",
        item_query: "$expand=assignments,scheduledActionsForRule($expand=scheduledActionConfigurations)",
        item_needed: true,
        platform: PlatformFrom::OdataType,
        odata_types: &[
            "androidCompliancePolicy",
            "androidDeviceOwnerCompliancePolicy",
            "androidForWorkCompliancePolicy",
            "androidWorkProfileCompliancePolicy",
            "aospDeviceOwnerCompliancePolicy",
            "defaultDeviceCompliancePolicy",
            "iosCompliancePolicy",
            "macOSCompliancePolicy",
            "windows10CompliancePolicy",
            "windows10MobileCompliancePolicy",
            "windows81CompliancePolicy",
            "windowsPhone81CompliancePolicy",
        ],
        assigned: Assigned::Collection { expanded: true },
        scope_tags: "roleScopeTagIds",
        scopes: &["DeviceManagementConfiguration.Read.All"],
        ..DEFAULT
    },
    Row {
        id: "compliancePoliciesV2",
        name: "Compliance policies (settings catalog)",
        area: Area::Compliance,
        graph_type: "deviceManagementCompliancePolicy",
        list: "/deviceManagement/compliancePolicies",
        list_query: "$expand=assignments",
        item: "/deviceManagement/compliancePolicies/{id}",
        item_query: "$expand=assignments,scheduledActionsForRule($expand=scheduledActionConfigurations)",
        item_needed: true,
        name_property: "name",
        platform: PlatformFrom::Property("platforms"),
        children: SETTINGS,
        assigned: Assigned::Collection { expanded: true },
        scope_tags: "roleScopeTagIds",
        scopes: &["DeviceManagementConfiguration.Read.All"],
        volatile: &["settingCount", "isAssigned", "creationSource"],
        ..DEFAULT
    },
    Row {
        id: "complianceScripts",
        name: "Compliance scripts (Windows)",
        area: Area::Compliance,
        graph_type: "deviceComplianceScript",
        list: "/deviceManagement/deviceComplianceScripts",
        item: "/deviceManagement/deviceComplianceScripts/{id}",
        item_needed: true,
        platform: PlatformFrom::Fixed(Platforms::WINDOWS),
        scope_tags: "roleScopeTagIds",
        scopes: &["DeviceManagementScripts.Read.All"],
        ..DEFAULT
    },
    Row {
        id: "notificationTemplates",
        name: "Compliance notification templates",
        area: Area::Compliance,
        graph_type: "notificationMessageTemplate",
        list: "/deviceManagement/notificationMessageTemplates",
        list_query: "$expand=localizedNotificationMessages",
        item: "/deviceManagement/notificationMessageTemplates/{id}",
        item_query: "$expand=localizedNotificationMessages",
        children: &[Child {
            name: "localizedNotificationMessages",
            path: "localizedNotificationMessages",
            query: "",
            key: "locale",
            optional: false,
            when: "",
        }],
        scope_tags: "roleScopeTagIds",
        scopes: &["DeviceManagementServiceConfig.Read.All"],
        ..DEFAULT
    },
];
