//! Windows 365.
//!
//! Paths, queries and scopes: Microsoft Graph API reference, pages of each resource type.

use crate::catalog::{Area, Assigned, DEFAULT, PlatformFrom, Platforms, Row};

pub(super) static ROWS: &[Row] = &[
    Row {
        id: "w365Provisioning",
        name: "Windows 365 provisioning policies",
        area: Area::Windows365,
        graph_type: "cloudPcProvisioningPolicy",
        list: "/deviceManagement/virtualEndpoint/provisioningPolicies",
        list_query: "$expand=assignments",
        item: "/deviceManagement/virtualEndpoint/provisioningPolicies/{id}",
        item_query: "$expand=assignments",
        platform: PlatformFrom::Fixed(Platforms::WINDOWS),
        assigned: Assigned::Collection { expanded: true },
        scope_tags: "scopeIds",
        scopes: &["CloudPC.Read.All"],
        volatile: &["imageDisplayName"],
        ..DEFAULT
    },
    Row {
        id: "w365UserSettings",
        name: "Windows 365 user settings",
        area: Area::Windows365,
        graph_type: "cloudPcUserSetting",
        list: "/deviceManagement/virtualEndpoint/userSettings",
        list_query: "$expand=assignments",
        item: "/deviceManagement/virtualEndpoint/userSettings/{id}",
        item_query: "$expand=assignments",
        platform: PlatformFrom::Fixed(Platforms::WINDOWS),
        assigned: Assigned::Collection { expanded: true },
        scopes: &["CloudPC.Read.All"],
        ..DEFAULT
    },
];
