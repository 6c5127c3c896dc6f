//! What the pages of Trust read live: route and scope.
//!
//! They are read when a person asks for them, and answered by the comparer; nothing of them is kept.

use crate::catalog::ApiVersion;
use crate::protocol::LivePage;

/// What a route answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Live {
    /// The app's service principal. Graph: `servicePrincipal`.
    Principal,
    /// Who is assigned to it. Graph: `appRoleAssignment`.
    Assigned,
    /// What it was granted. Graph: `oAuth2PermissionGrant`.
    Grants,
    /// The person's groups and roles, those inside groups too. Graph: `directoryObject`.
    MemberOf,
    /// Roles of the directory that are active. Graph: `unifiedRoleAssignmentScheduleInstance`.
    ActiveRoles,
    /// Roles that can be activated. Graph: `unifiedRoleEligibilityScheduleInstance`.
    EligibleRoles,
    /// Memberships of PIM that are active. Graph: `privilegedAccessGroupAssignmentScheduleInstance`.
    ActiveGroups,
    /// Memberships that can be activated. Graph: `privilegedAccessGroupEligibilityScheduleInstance`.
    EligibleGroups,
    /// Intune's roles, with what they allow. Graph: `roleDefinition`.
    IntuneRoles,
    /// Intune's role assignments, without what they hold.
    IntuneAssignments,
    /// One of them whole. Graph: `deviceAndAppManagementRoleAssignment`.
    IntuneAssignment,
}

/// A route that a page reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveRoute {
    /// Which page.
    pub page: LivePage,
    /// What it answers with.
    pub what: Live,
    /// Which version of Graph.
    pub version: ApiVersion,
    /// Below the version, as in the read table; `{app}` is the app's client id, `{id}` the id of what it lies below.
    pub path: &'static str,
    /// Asked for each object that this route answers with.
    pub below: Option<Live>,
    /// Without `?`; may be empty.
    pub query: &'static str,
    /// Scopes of which any one opens it; the first is asked for. Graph permissions reference.
    pub scopes: &'static [&'static str],
}

impl LiveRoute {
    /// The scope that is asked for.
    pub fn scope(&self) -> &'static str {
        self.scopes.first().copied().unwrap_or_default()
    }
}

/// All of them. A service principal can be named by its `appId` (Graph: "Get servicePrincipal").
pub const LIVE: &[LiveRoute] = &[
    LiveRoute {
        page: LivePage::App,
        what: Live::Principal,
        version: ApiVersion::V1,
        path: "/servicePrincipals(appId='{app}')",
        below: None,
        query: "$select=id,displayName,accountEnabled,appRoleAssignmentRequired,appOwnerOrganizationId,verifiedPublisher",
        scopes: &["Application.Read.All", "Directory.Read.All"],
    },
    LiveRoute {
        page: LivePage::App,
        what: Live::Assigned,
        version: ApiVersion::V1,
        path: "/servicePrincipals/{id}/appRoleAssignedTo",
        below: Some(Live::Principal),
        query: "$top=999",
        scopes: &["Application.Read.All", "Directory.Read.All"],
    },
    LiveRoute {
        page: LivePage::App,
        what: Live::Grants,
        version: ApiVersion::V1,
        path: "/servicePrincipals/{id}/oauth2PermissionGrants",
        below: Some(Live::Principal),
        query: "",
        scopes: &["Directory.Read.All"],
    },
    LiveRoute {
        page: LivePage::Mine,
        what: Live::MemberOf,
        version: ApiVersion::V1,
        path: "/me/transitiveMemberOf",
        below: None,
        query: "$select=id,displayName&$top=999",
        scopes: &["User.Read"],
    },
    LiveRoute {
        page: LivePage::Mine,
        what: Live::ActiveRoles,
        version: ApiVersion::V1,
        path: "/roleManagement/directory/roleAssignmentScheduleInstances/filterByCurrentUser(on='principal')",
        below: None,
        query: "$expand=roleDefinition",
        // Asked for at sign-in already, for Conditional Access: one permission less.
        scopes: &[
            "RoleManagement.Read.Directory",
            "RoleAssignmentSchedule.Read.Directory",
        ],
    },
    LiveRoute {
        page: LivePage::Mine,
        what: Live::EligibleRoles,
        version: ApiVersion::V1,
        path: "/roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')",
        below: None,
        query: "$expand=roleDefinition",
        scopes: &[
            "RoleManagement.Read.Directory",
            "RoleEligibilitySchedule.Read.Directory",
        ],
    },
    LiveRoute {
        page: LivePage::Mine,
        what: Live::ActiveGroups,
        version: ApiVersion::V1,
        path: "/identityGovernance/privilegedAccess/group/assignmentScheduleInstances/filterByCurrentUser(on='principal')",
        below: None,
        query: "$expand=group",
        scopes: &["PrivilegedAssignmentSchedule.Read.AzureADGroup"],
    },
    LiveRoute {
        page: LivePage::Mine,
        what: Live::EligibleGroups,
        version: ApiVersion::V1,
        path: "/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances/filterByCurrentUser(on='principal')",
        below: None,
        query: "$expand=group",
        scopes: &["PrivilegedEligibilitySchedule.Read.AzureADGroup"],
    },
    LiveRoute {
        page: LivePage::Mine,
        what: Live::IntuneRoles,
        version: ApiVersion::Beta,
        path: "/deviceManagement/roleDefinitions",
        below: None,
        query: "",
        scopes: &["DeviceManagementRBAC.Read.All"],
    },
    LiveRoute {
        page: LivePage::Mine,
        what: Live::IntuneAssignments,
        version: ApiVersion::Beta,
        path: "/deviceManagement/roleAssignments",
        below: None,
        query: "",
        scopes: &["DeviceManagementRBAC.Read.All"],
    },
    LiveRoute {
        page: LivePage::Mine,
        what: Live::IntuneAssignment,
        version: ApiVersion::Beta,
        path: "/deviceManagement/roleAssignments/{id}",
        below: Some(Live::IntuneAssignments),
        query: "$expand=roleDefinition,microsoft.graph.deviceAndAppManagementRoleAssignment/roleScopeTags",
        scopes: &["DeviceManagementRBAC.Read.All"],
    },
];
