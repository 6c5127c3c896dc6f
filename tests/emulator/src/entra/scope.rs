//! Delegated scopes: their syntax, and those that Graph knows.
//!
//! Source: learn.microsoft.com/entra/identity-platform/scopes-oidc and learn.microsoft.com/graph/permissions-reference.

use std::collections::BTreeSet;

use super::error::EntraError;

/// A scope of Graph that can be consented to.
#[derive(Debug, Clone, Copy)]
pub struct GraphScope {
    /// `DeviceManagementApps.Read.All`
    pub name: &'static str,
    /// What it allows, for the consent page.
    pub allows: &'static str,
    /// True when only an administrator can consent.
    pub admin: bool,
}

/// Families that have a `….Read.All` and a `….ReadWrite.All`, both with admin consent.
const FAMILIES: &[(&str, &str, &str)] = &[
    (
        "DeviceManagementApps.Read.All",
        "DeviceManagementApps.ReadWrite.All",
        "Intune apps",
    ),
    (
        "DeviceManagementConfiguration.Read.All",
        "DeviceManagementConfiguration.ReadWrite.All",
        "Intune device configuration and policies",
    ),
    (
        "DeviceManagementManagedDevices.Read.All",
        "DeviceManagementManagedDevices.ReadWrite.All",
        "devices managed by Intune",
    ),
    (
        "DeviceManagementRBAC.Read.All",
        "DeviceManagementRBAC.ReadWrite.All",
        "Intune role settings",
    ),
    (
        "DeviceManagementScripts.Read.All",
        "DeviceManagementScripts.ReadWrite.All",
        "Intune scripts",
    ),
    (
        "DeviceManagementServiceConfig.Read.All",
        "DeviceManagementServiceConfig.ReadWrite.All",
        "Intune service configuration",
    ),
    (
        "DeviceManagementCloudCA.Read.All",
        "DeviceManagementCloudCA.ReadWrite.All",
        "Microsoft Cloud PKI",
    ),
    ("CloudPC.Read.All", "CloudPC.ReadWrite.All", "Cloud PCs"),
    (
        "ConfigurationMonitoring.Read.All",
        "ConfigurationMonitoring.ReadWrite.All",
        "configuration monitors",
    ),
    (
        "AdministrativeUnit.Read.All",
        "AdministrativeUnit.ReadWrite.All",
        "administrative units",
    ),
    (
        "Agreement.Read.All",
        "Agreement.ReadWrite.All",
        "terms of use",
    ),
    (
        "Application.Read.All",
        "Application.ReadWrite.All",
        "applications",
    ),
    (
        "AuthenticationContext.Read.All",
        "AuthenticationContext.ReadWrite.All",
        "authentication contexts",
    ),
    ("Device.Read.All", "Device.ReadWrite.All", "devices"),
    (
        "Directory.Read.All",
        "Directory.ReadWrite.All",
        "directory data",
    ),
    ("Domain.Read.All", "Domain.ReadWrite.All", "domains"),
    ("Group.Read.All", "Group.ReadWrite.All", "groups"),
    (
        "GroupMember.Read.All",
        "GroupMember.ReadWrite.All",
        "group memberships",
    ),
    (
        "LicenseAssignment.Read.All",
        "LicenseAssignment.ReadWrite.All",
        "licence assignments",
    ),
    (
        "Organization.Read.All",
        "Organization.ReadWrite.All",
        "the organization",
    ),
    (
        "OrganizationalBranding.Read.All",
        "OrganizationalBranding.ReadWrite.All",
        "organizational branding",
    ),
    (
        "RoleManagement.Read.Directory",
        "RoleManagement.ReadWrite.Directory",
        "directory roles",
    ),
    (
        "RoleManagementPolicy.Read.Directory",
        "RoleManagementPolicy.ReadWrite.Directory",
        "role management policies",
    ),
    (
        "RoleAssignmentSchedule.Read.Directory",
        "RoleAssignmentSchedule.ReadWrite.Directory",
        "active role assignments",
    ),
    (
        "PrivilegedAssignmentSchedule.Read.AzureADGroup",
        "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup",
        "active memberships of groups",
    ),
    (
        "PrivilegedEligibilitySchedule.Read.AzureADGroup",
        "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup",
        "eligible memberships of groups",
    ),
    (
        "RoleEligibilitySchedule.Read.Directory",
        "RoleEligibilitySchedule.ReadWrite.Directory",
        "eligible role assignments",
    ),
    (
        "Policy.Read.AuthenticationMethod",
        "Policy.ReadWrite.AuthenticationMethod",
        "authentication method policies",
    ),
    (
        "Policy.Read.ConditionalAccess",
        "Policy.ReadWrite.ConditionalAccess",
        "Conditional Access policies",
    ),
    (
        "Policy.Read.DeviceConfiguration",
        "Policy.ReadWrite.DeviceConfiguration",
        "device configuration policies of the directory",
    ),
    (
        "Policy.Read.HybridAuthentication",
        "Policy.ReadWrite.HybridAuthentication",
        "staged rollout policies",
    ),
    (
        "Policy.Read.PermissionGrant",
        "Policy.ReadWrite.PermissionGrant",
        "permission grant policies",
    ),
    ("User.Read.All", "User.ReadWrite.All", "all users' profiles"),
];

/// Scopes without a counterpart: name, what it allows, admin consent.
const SINGLE: &[(&str, &str, bool)] = &[
    ("User.Read", "Sign you in and read your profile", false),
    (
        "User.ReadBasic.All",
        "Read all users' basic profiles",
        false,
    ),
    (
        "Group.ReadBasic.All",
        "Read the basic properties of all groups",
        true,
    ),
    (
        "GroupMember.ReadBasic.All",
        "Read basic group memberships",
        true,
    ),
    ("AuditLog.Read.All", "Read audit log data", true),
    ("Policy.Read.All", "Read your organization's policies", true),
    (
        "DeviceLocalCredential.ReadBasic.All",
        "Read the metadata of device local credentials",
        true,
    ),
];

/// The Graph scope of this name, written exactly.
pub fn graph_scope(name: &str) -> Option<GraphScope> {
    if let Some((name, allows, admin)) = SINGLE.iter().find(|(known, ..)| *known == name) {
        return Some(GraphScope {
            name,
            allows,
            admin: *admin,
        });
    }
    let (read, write, what) = FAMILIES
        .iter()
        .find(|(read, write, _)| *read == name || *write == name)?;
    let name = if *read == name { read } else { write };
    Some(GraphScope {
        name,
        allows: what,
        admin: true,
    })
}

/// What the consent page says about a scope.
pub fn allows(name: &str) -> String {
    match graph_scope(name) {
        Some(scope) if SINGLE.iter().any(|(single, ..)| *single == name) => scope.allows.to_owned(),
        Some(scope) if name.contains("ReadWrite") => format!("Read and change {}", scope.allows),
        Some(scope) => format!("Read {}", scope.allows),
        None => match name {
            "openid" => "Sign you in".to_owned(),
            "profile" => "View your basic profile".to_owned(),
            "email" => "View your email address".to_owned(),
            "offline_access" => "Maintain access to data you have given it access to".to_owned(),
            other => other.to_owned(),
        },
    }
}

/// A scope parameter, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scopes {
    /// `openid`, `profile`, `email`, `offline_access`.
    pub oidc: BTreeSet<String>,
    /// Names of Graph scopes, without the resource.
    pub graph: BTreeSet<String>,
    /// The resource as it was written, with a slash at the end; empty when it was left out.
    pub prefix: String,
    /// Other resources that were named.
    pub others: BTreeSet<String>,
}

const OIDC: [&str; 4] = ["openid", "profile", "email", "offline_access"];
const GRAPH: &str = "https://graph.microsoft.com/";
/// A second resource, so that "more than one resource" can be asked for.
const OTHER_RESOURCES: [&str; 1] = ["https://management.azure.com/"];

impl Scopes {
    /// Takes a `scope` parameter apart. `graph` is the origin of the emulator's own Graph, which counts as a Graph host.
    ///
    /// # Errors
    /// 900144 (empty), 70011 (syntax), 500011 (resource), 650053 (no such scope).
    pub fn parse(text: &str, graph: &str) -> Result<Self, EntraError> {
        let own = format!("{graph}/");
        let mut out = Self::default();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            if !word
                .bytes()
                .all(|byte| (0x21..0x7f).contains(&byte) && byte != b'"' && byte != b'\\')
            {
                return Err(EntraError::about(70011, word));
            }
            if OIDC.contains(&word) {
                out.oidc.insert(word.to_owned());
                continue;
            }
            if let Some(other) = OTHER_RESOURCES
                .iter()
                .find(|other| word.starts_with(**other))
            {
                out.others.insert((*other).to_owned());
                continue;
            }
            let prefix = [GRAPH, own.as_str()]
                .into_iter()
                .find(|prefix| word.starts_with(prefix));
            if prefix.is_none() && word.contains("://") {
                return Err(EntraError::about(
                    500011,
                    word.rsplit_once('/').map_or(word, |(resource, _)| resource),
                ));
            }
            let name = word
                .strip_prefix(prefix.unwrap_or_default())
                .unwrap_or(word);
            let scope = graph_scope(name).ok_or_else(|| match name {
                ".default" => EntraError::about(70011, word),
                _ => EntraError::about(650053, name),
            })?;
            out.graph.insert(scope.name.to_owned());
            if let Some(prefix) = prefix {
                prefix.clone_into(&mut out.prefix);
            }
        }
        if out.oidc.is_empty() && out.graph.is_empty() && out.others.is_empty() {
            return Err(EntraError::about(900144, "scope"));
        }
        Ok(out)
    }

    /// What a person must have agreed to: Graph's scopes and `offline_access`.
    pub fn consentable(&self) -> BTreeSet<String> {
        let mut out = self.graph.clone();
        if self.oidc.contains("offline_access") {
            out.insert("offline_access".to_owned());
        }
        out
    }

    /// The token response's `scope`: what was asked of OpenID Connect, and everything that is granted on Graph,
    /// written as the request wrote it. `offline_access` is not repeated.
    pub fn answer(&self, granted: &BTreeSet<String>) -> String {
        let oidc = self
            .oidc
            .iter()
            .filter(|name| *name != "offline_access")
            .cloned();
        let graph = granted
            .iter()
            .filter(|name| *name != "offline_access")
            .map(|name| format!("{}{name}", self.prefix));
        oidc.chain(graph).collect::<Vec<_>>().join(" ")
    }
}
