//! Scripts and remediations.
//!
//! Paths, queries and scopes: Microsoft Graph API reference, pages of each resource type.

use crate::catalog::{Area, Assigned, DEFAULT, PlatformFrom, Platforms, Row};

pub(super) static ROWS: &[Row] = &[
    Row {
        id: "powershellScripts",
        name: "Platform scripts (Windows PowerShell)",
        area: Area::Scripts,
        graph_type: "deviceManagementScript",
        list: "/deviceManagement/deviceManagementScripts",
        list_query: "$expand=assignments",
        item: "/deviceManagement/deviceManagementScripts/{id}",
        item_query: "$expand=assignments",
        item_needed: true,
        platform: PlatformFrom::Fixed(Platforms::WINDOWS),
        assigned: Assigned::Collection { expanded: true },
        scope_tags: "roleScopeTagIds",
        scopes: &["DeviceManagementScripts.Read.All"],
        ..DEFAULT
    },
    Row {
        id: "shellScripts",
        name: "Shell scripts (macOS)",
        area: Area::Scripts,
        graph_type: "deviceShellScript",
        list: "/deviceManagement/deviceShellScripts",
        list_query: "$expand=assignments",
        item: "/deviceManagement/deviceShellScripts/{id}",
        item_query: "$expand=assignments",
        item_needed: true,
        platform: PlatformFrom::Fixed(Platforms::MACOS),
        assigned: Assigned::Collection { expanded: true },
        scope_tags: "roleScopeTagIds",
        scopes: &["DeviceManagementScripts.Read.All"],
        ..DEFAULT
    },
    Row {
        id: "customAttributes",
        name: "Custom attributes (macOS)",
        area: Area::Scripts,
        graph_type: "deviceCustomAttributeShellScript",
        list: "/deviceManagement/deviceCustomAttributeShellScripts",
        list_query: "$expand=assignments",
        item: "/deviceManagement/deviceCustomAttributeShellScripts/{id}",
        item_query: "$expand=assignments",
        item_needed: true,
        platform: PlatformFrom::Fixed(Platforms::MACOS),
        assigned: Assigned::Collection { expanded: true },
        scope_tags: "roleScopeTagIds",
        scopes: &["DeviceManagementScripts.Read.All"],
        ..DEFAULT
    },
    Row {
        id: "remediations",
        name: "Remediations (device health scripts)",
        area: Area::Scripts,
        graph_type: "deviceHealthScript",
        list: "/deviceManagement/deviceHealthScripts",
        list_query: "$expand=assignments",
        item: "/deviceManagement/deviceHealthScripts/{id}",
        item_query: "$expand=assignments",
        item_needed: true,
        platform: PlatformFrom::Fixed(Platforms::WINDOWS),
        assigned: Assigned::Collection { expanded: true },
        scope_tags: "roleScopeTagIds",
        scopes: &["DeviceManagementScripts.Read.All"],
        volatile: &["highestAvailableVersion", "isGlobalScript"],
        ..DEFAULT
    },
];
