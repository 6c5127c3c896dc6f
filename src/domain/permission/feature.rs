//! Features: parts of the product with scopes of their own, asked for when they are opened.

use super::scope::ReadScope;

/// A part of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// Stable name, in `config.json` and in addresses.
    pub id: &'static str,
    /// Words on screen.
    pub name: &'static str,
    /// Names of [`super::SCOPES`].
    pub scopes: &'static [&'static str],
    /// True when it is part of an ordinary sign-in.
    pub default: bool,
}

/// All features, in the order of the screen.
pub const FEATURES: &[Feature] = &[
    Feature {
        id: "inventory",
        name: "Intune configuration",
        scopes: &[
            "DeviceManagementConfiguration.Read.All",
            "DeviceManagementApps.Read.All",
            "DeviceManagementServiceConfig.Read.All",
            "DeviceManagementScripts.Read.All",
            "DeviceManagementRBAC.Read.All",
            "User.Read",
        ],
        default: true,
    },
    Feature {
        id: "groups",
        name: "Names of groups",
        scopes: &["Group.ReadBasic.All"],
        default: true,
    },
    Feature {
        id: "access",
        name: "Conditional Access",
        scopes: &[
            "Policy.Read.All",
            "AuthenticationContext.Read.All",
            "Agreement.Read.All",
            "RoleManagement.Read.Directory",
        ],
        default: true,
    },
    Feature {
        id: "directory",
        name: "More directory policies",
        scopes: &[
            "Policy.Read.AuthenticationMethod",
            "Policy.Read.DeviceConfiguration",
            "Policy.Read.HybridAuthentication",
            "Policy.Read.PermissionGrant",
            "AdministrativeUnit.Read.All",
            "RoleManagementPolicy.Read.Directory",
        ],
        default: false,
    },
    Feature {
        id: "devices",
        name: "Device clean-up rules",
        scopes: &["DeviceManagementManagedDevices.Read.All"],
        default: false,
    },
    Feature {
        id: "audit",
        name: "Who changed what in Intune",
        scopes: &["DeviceManagementApps.Read.All"],
        default: false,
    },
    Feature {
        id: "directory-audit",
        name: "Who changed what in Entra",
        scopes: &["AuditLog.Read.All"],
        default: false,
    },
    Feature {
        id: "app-access",
        name: "Who can use this app",
        scopes: &["Application.Read.All"],
        default: false,
    },
    Feature {
        id: "app-grants",
        name: "What this app was granted",
        scopes: &["Directory.Read.All"],
        default: false,
    },
    Feature {
        id: "app-sign-ins",
        name: "Who signed in to this app",
        scopes: &["AuditLog.Read.All"],
        default: false,
    },
    Feature {
        id: "my-roles",
        name: "What may I do",
        scopes: &[
            "RoleManagement.Read.Directory",
            "DeviceManagementRBAC.Read.All",
            "User.Read",
        ],
        default: false,
    },
    Feature {
        id: "my-groups",
        name: "Groups that I can activate",
        scopes: &[
            "PrivilegedAssignmentSchedule.Read.AzureADGroup",
            "PrivilegedEligibilitySchedule.Read.AzureADGroup",
        ],
        default: false,
    },
    Feature {
        id: "rights",
        name: "Over-privileged administrators",
        scopes: &[
            "DeviceManagementRBAC.Read.All",
            "RoleManagement.Read.Directory",
            "DeviceManagementApps.Read.All",
            "Group.ReadBasic.All",
        ],
        default: false,
    },
    Feature {
        id: "services",
        name: "Windows 365, Cloud PKI and configuration monitors",
        scopes: &[
            "CloudPC.Read.All",
            "DeviceManagementCloudCA.Read.All",
            "ConfigurationMonitoring.Read.All",
        ],
        default: false,
    },
];

/// The feature of this id.
pub fn feature(id: &str) -> Option<&'static Feature> {
    FEATURES.iter().find(|feature| feature.id == id)
}

/// The scopes of these features, each once, in the order of the table. Unknown ids have none.
pub fn scopes_of(features: &[&str]) -> Vec<ReadScope> {
    let mut scopes = Vec::new();
    for feature in FEATURES.iter().filter(|f| features.contains(&f.id)) {
        for scope in feature.scopes.iter().filter_map(|n| ReadScope::named(n)) {
            if !scopes.contains(&scope) {
                scopes.push(scope);
            }
        }
    }
    scopes
}
