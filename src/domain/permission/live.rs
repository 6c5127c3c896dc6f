//! What the pages of Trust read live: route and scope.
//!
//! They are read when a person asks for them, and answered by the comparer; nothing of them is kept.

use crate::catalog::ApiVersion;
use crate::json::Json;
use crate::protocol::LivePage;

/// What a route answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Live {
    /// The app's service principal. Graph: `servicePrincipal`.
    Principal,
    /// Who is assigned to it. Graph: `appRoleAssignment`.
    Assigned,
    /// What it was granted. Graph: `oAuth2PermissionGrant`.
    Grants,
    /// On which API: its name. Graph: `servicePrincipal`.
    Api,
    /// Who signed in to it. Graph: `signIn`.
    SignIns,
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
    /// Who has a role of the directory that opens all of Intune. Graph: `unifiedRoleAssignment`.
    DirectoryAssignments,
    /// Who can activate one. Graph: `unifiedRoleEligibilityScheduleInstance`.
    DirectoryEligible,
    /// Everybody in a group, those of groups inside too. Graph: `directoryObject`.
    GroupMembers,
    /// A person's name. Graph: `user`.
    Person,
}

impl Live {
    /// True for a list that each object above has: who is in which group must not be mixed up.
    pub const fn is_list_of_its_own(self) -> bool {
        matches!(self, Self::GroupMembers)
    }

    /// True for a list that is not followed behind its first page.
    pub const fn is_newest_only(self) -> bool {
        matches!(self, Self::SignIns)
    }

    /// The ids with which this is asked for below an object of the other kind. One that cannot be read is empty.
    pub fn ids_in<'a>(self, above: Self, item: &'a Json<'_>) -> Vec<&'a str> {
        let own = |name| item.str_at(name).unwrap_or_default();
        let principal = item.get("principal");
        match (above, self) {
            (Self::IntuneAssignment, _) => {
                let members = item.get("members").map(Json::elements);
                let members = members.unwrap_or_default().iter();
                members.map(|id| id.str().unwrap_or_default()).collect()
            }
            (Self::DirectoryAssignments | Self::DirectoryEligible, Self::GroupMembers) => {
                let group = principal.is_some_and(|of| is_a(of, "group"));
                group.then(|| own("principalId")).into_iter().collect()
            }
            (Self::DirectoryAssignments | Self::DirectoryEligible, _) => {
                let nameless = principal.is_some_and(|of| is_a(of, "user") && !is_named(of));
                nameless.then(|| own("principalId")).into_iter().collect()
            }
            (Self::GroupMembers, _) => {
                let nameless = is_a(item, "user") && !is_named(item);
                nameless.then(|| own("id")).into_iter().collect()
            }
            // A grant for everybody names nobody.
            (Self::Grants, Self::Person) => item.str_at("principalId").into_iter().collect(),
            (Self::Grants, _) => item.str_at("resourceId").into_iter().collect(),
            _ => vec![own("id")],
        }
    }
}

/// True for an object of this type of Graph's.
pub fn is_a(item: &Json<'_>, kind: &str) -> bool {
    let full = item.str_at("@odata.type").unwrap_or_default();
    full.rsplit('.').next() == Some(kind)
}

/// Graph answers with the id alone where the token may not read the kind of object. Graph: "Limited information returned
/// for inaccessible member objects".
fn is_named(item: &Json<'_>) -> bool {
    ["userPrincipalName", "displayName"]
        .into_iter()
        .any(|name| item.str_at(name).is_some())
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
    /// Below the version, as in the read table; `{app}` is a client id of the app, `{id}` the id of what it lies below.
    pub path: &'static str,
    /// Asked for each object that this route answers with.
    pub below: Option<Live>,
    /// Without `?`; may be empty. `{app}` as in the path.
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
        page: LivePage::App,
        what: Live::Person,
        version: ApiVersion::V1,
        path: "/users/{id}",
        below: Some(Live::Grants),
        query: "$select=id,displayName",
        // Whoever has read grants holds the second.
        scopes: &["DeviceManagementApps.Read.All", "Directory.Read.All"],
    },
    LiveRoute {
        page: LivePage::App,
        what: Live::Api,
        version: ApiVersion::V1,
        path: "/servicePrincipals/{id}",
        below: Some(Live::Grants),
        query: "$select=id,displayName,appId",
        scopes: &["Application.Read.All", "Directory.Read.All"],
    },
    LiveRoute {
        page: LivePage::SignIns,
        what: Live::SignIns,
        version: ApiVersion::V1,
        path: "/auditLogs/signIns",
        below: None,
        // Neither the address nor the device: who, when, whether, and roughly from where is what the page shows.
        query: "$filter=appId eq '{app}'&$orderby=createdDateTime desc&$top=50&$select=id,createdDateTime,userDisplayName,userPrincipalName,status,conditionalAccessStatus,location",
        scopes: &["AuditLog.Read.All"],
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
    LiveRoute {
        page: LivePage::Rights,
        what: Live::IntuneRoles,
        version: ApiVersion::Beta,
        path: "/deviceManagement/roleDefinitions",
        below: None,
        query: "",
        scopes: &["DeviceManagementRBAC.Read.All"],
    },
    LiveRoute {
        page: LivePage::Rights,
        what: Live::IntuneAssignments,
        version: ApiVersion::Beta,
        path: "/deviceManagement/roleAssignments",
        below: None,
        query: "",
        scopes: &["DeviceManagementRBAC.Read.All"],
    },
    LiveRoute {
        page: LivePage::Rights,
        what: Live::IntuneAssignment,
        version: ApiVersion::Beta,
        path: "/deviceManagement/roleAssignments/{id}",
        below: Some(Live::IntuneAssignments),
        query: "$expand=roleDefinition",
        scopes: &["DeviceManagementRBAC.Read.All"],
    },
    LiveRoute {
        page: LivePage::Rights,
        what: Live::DirectoryAssignments,
        version: ApiVersion::V1,
        path: "/roleManagement/directory/roleAssignments",
        below: None,
        query: "$filter=roleDefinitionId in ('62e90394-69f5-4237-9190-012177145e10','3a2c62db-5318-420d-8d74-23affee5d9d5')&$expand=principal",
        scopes: &["RoleManagement.Read.Directory"],
    },
    LiveRoute {
        page: LivePage::Rights,
        what: Live::DirectoryEligible,
        version: ApiVersion::V1,
        path: "/roleManagement/directory/roleEligibilityScheduleInstances",
        below: None,
        query: "$filter=roleDefinitionId eq '62e90394-69f5-4237-9190-012177145e10'&$expand=principal",
        scopes: &[
            "RoleManagement.Read.Directory",
            "RoleEligibilitySchedule.Read.Directory",
        ],
    },
    LiveRoute {
        page: LivePage::Rights,
        what: Live::DirectoryEligible,
        version: ApiVersion::V1,
        path: "/roleManagement/directory/roleEligibilityScheduleInstances",
        below: None,
        query: "$filter=roleDefinitionId eq '3a2c62db-5318-420d-8d74-23affee5d9d5'&$expand=principal",
        scopes: &[
            "RoleManagement.Read.Directory",
            "RoleEligibilitySchedule.Read.Directory",
        ],
    },
    LiveRoute {
        page: LivePage::Rights,
        what: Live::GroupMembers,
        version: ApiVersion::V1,
        path: "/groups/{id}/transitiveMembers",
        below: Some(Live::IntuneAssignment),
        query: "$select=id,displayName,userPrincipalName&$top=999",
        scopes: MEMBERS,
    },
    LiveRoute {
        page: LivePage::Rights,
        what: Live::GroupMembers,
        version: ApiVersion::V1,
        path: "/groups/{id}/transitiveMembers",
        below: Some(Live::DirectoryAssignments),
        query: "$select=id,displayName,userPrincipalName&$top=999",
        scopes: MEMBERS,
    },
    LiveRoute {
        page: LivePage::Rights,
        what: Live::GroupMembers,
        version: ApiVersion::V1,
        path: "/groups/{id}/transitiveMembers",
        below: Some(Live::DirectoryEligible),
        query: "$select=id,displayName,userPrincipalName&$top=999",
        scopes: MEMBERS,
    },
    LiveRoute {
        page: LivePage::Rights,
        what: Live::Person,
        version: ApiVersion::V1,
        path: "/users/{id}",
        below: Some(Live::DirectoryAssignments),
        query: "$select=id,displayName,userPrincipalName",
        scopes: USERS,
    },
    LiveRoute {
        page: LivePage::Rights,
        what: Live::Person,
        version: ApiVersion::V1,
        path: "/users/{id}",
        below: Some(Live::DirectoryEligible),
        query: "$select=id,displayName,userPrincipalName",
        scopes: USERS,
    },
    LiveRoute {
        page: LivePage::Rights,
        what: Live::Person,
        version: ApiVersion::V1,
        path: "/users/{id}",
        below: Some(Live::GroupMembers),
        query: "$select=id,displayName,userPrincipalName",
        scopes: USERS,
    },
];

/// Intune's own permissions open the basics of users. Graph permissions reference, "Get user".
const USERS: &[&str] = &[
    "DeviceManagementApps.Read.All",
    "DeviceManagementConfiguration.Read.All",
    "DeviceManagementServiceConfig.Read.All",
    "DeviceManagementManagedDevices.Read.All",
];

/// Asked for at sign-in already, for the names of groups: one permission less. The others open it too.
const MEMBERS: &[&str] = &[
    "Group.ReadBasic.All",
    "GroupMember.ReadBasic.All",
    "GroupMember.Read.All",
];
