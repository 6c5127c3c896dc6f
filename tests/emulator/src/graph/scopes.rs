//! Which delegated scopes open a path.
//!
//! A table by path prefix, from the permissions tables of the Graph API reference.
//! Only the reads are listed: `X.Read.All` stands for `X.ReadWrite.All` too; a write needs the latter.

/// Path prefix (whole segments), scopes of which any one opens a read.
const TABLE: &[(&str, &[&str])] = &[
    ("/me", &["User.Read"]),
    (
        "/organization",
        &[
            "User.Read",
            "User.Read.All",
            "Organization.Read.All",
            "Directory.Read.All",
            CONFIG,
            SERVICE,
        ],
    ),
    (
        "/users",
        &[
            "User.ReadBasic.All",
            "User.Read.All",
            "Directory.Read.All",
            CONFIG,
            SERVICE,
            DEVICES,
            APPS,
        ],
    ),
    (
        "/groups",
        &[
            "Group.ReadBasic.All",
            "Group.Read.All",
            "GroupMember.Read.All",
            "Directory.Read.All",
        ],
    ),
    ("/devices", &["Device.Read.All", "Directory.Read.All"]),
    ("/directoryObjects", &["Directory.Read.All"]),
    (
        "/directory/administrativeUnits",
        &["AdministrativeUnit.Read.All", "Directory.Read.All"],
    ),
    (
        "/directoryRoles",
        &["RoleManagement.Read.Directory", "Directory.Read.All"],
    ),
    (
        "/roleManagement/directory",
        &["RoleManagement.Read.Directory", "Directory.Read.All"],
    ),
    (
        "/roleManagement/directory/roleEligibilityScheduleInstances",
        &[
            "RoleEligibilitySchedule.Read.Directory",
            "RoleManagement.Read.Directory",
        ],
    ),
    (
        "/roleManagement/directory/roleAssignmentScheduleInstances",
        &[
            "RoleAssignmentSchedule.Read.Directory",
            "RoleManagement.Read.Directory",
        ],
    ),
    (
        "/identityGovernance/privilegedAccess/group/assignmentScheduleInstances",
        &["PrivilegedAssignmentSchedule.Read.AzureADGroup"],
    ),
    (
        "/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances",
        &["PrivilegedEligibilitySchedule.Read.AzureADGroup"],
    ),
    ("/roleManagement/deviceManagement", &[RBAC]),
    (
        "/applications",
        &["Application.Read.All", "Directory.Read.All"],
    ),
    (
        "/servicePrincipals",
        &["Application.Read.All", "Directory.Read.All"],
    ),
    ("/oauth2PermissionGrants", &["Directory.Read.All"]),
    ("/domains", &["Domain.Read.All", "Directory.Read.All"]),
    (
        "/subscribedSkus",
        &[
            "LicenseAssignment.Read.All",
            "Organization.Read.All",
            "Directory.Read.All",
        ],
    ),
    ("/auditLogs", &["AuditLog.Read.All"]),
    (
        "/admin/configurationManagement",
        &["ConfigurationMonitoring.Read.All"],
    ),
    ("/identityGovernance/termsOfUse", &["Agreement.Read.All"]),
    ("/identity/conditionalAccess", &["Policy.Read.All"]),
    (
        "/identity/conditionalAccess/policies",
        &["Policy.Read.All", "Policy.Read.ConditionalAccess"],
    ),
    (
        "/identity/conditionalAccess/namedLocations",
        &["Policy.Read.All", "Policy.Read.ConditionalAccess"],
    ),
    (
        "/identity/conditionalAccess/authenticationContextClassReferences",
        &[
            "AuthenticationContext.Read.All",
            "Policy.Read.All",
            "Policy.Read.ConditionalAccess",
        ],
    ),
    (
        "/identity/conditionalAccess/authenticationStrength",
        &["Policy.Read.AuthenticationMethod", "Policy.Read.All"],
    ),
    ("/policies", &["Policy.Read.All"]),
    (
        "/policies/authenticationMethodsPolicy",
        &["Policy.Read.AuthenticationMethod", "Policy.Read.All"],
    ),
    (
        "/policies/authenticationStrengthPolicies",
        &["Policy.Read.AuthenticationMethod", "Policy.Read.All"],
    ),
    (
        "/policies/deviceRegistrationPolicy",
        &["Policy.Read.DeviceConfiguration", "Policy.Read.All"],
    ),
    (
        "/policies/featureRolloutPolicies",
        &["Policy.Read.HybridAuthentication", "Policy.Read.All"],
    ),
    (
        "/policies/permissionGrantPolicies",
        &["Policy.Read.PermissionGrant", "Policy.Read.All"],
    ),
    (
        "/policies/roleManagementPolicies",
        &[
            "RoleManagementPolicy.Read.Directory",
            "RoleManagement.Read.Directory",
        ],
    ),
    (
        "/policies/roleManagementPolicyAssignments",
        &[
            "RoleManagementPolicy.Read.Directory",
            "RoleManagement.Read.Directory",
        ],
    ),
    ("/deviceAppManagement", &[APPS]),
    ("/deviceAppManagement/policySets", &[CONFIG, APPS]),
    (
        "/deviceAppManagement/targetedManagedAppConfigurations",
        &[APPS, CONFIG],
    ),
    (
        "/deviceAppManagement/windowsManagedAppProtections",
        &[APPS, CONFIG],
    ),
    ("/deviceAppManagement/vppTokens", &[SERVICE]),
    ("/deviceManagement", &[CONFIG]),
    ("/deviceManagement/deviceManagementScripts", &[SCRIPTS]),
    ("/deviceManagement/deviceShellScripts", &[SCRIPTS]),
    (
        "/deviceManagement/deviceCustomAttributeShellScripts",
        &[SCRIPTS],
    ),
    ("/deviceManagement/deviceHealthScripts", &[SCRIPTS]),
    ("/deviceManagement/deviceComplianceScripts", &[SCRIPTS]),
    ("/deviceManagement/intuneBrandingProfiles", &[APPS]),
    ("/deviceManagement/auditEvents", &[APPS]),
    ("/deviceManagement/managedDevices", &[DEVICES]),
    ("/deviceManagement/managedDeviceOverview", &[DEVICES]),
    ("/deviceManagement/managedDeviceCleanupRules", &[DEVICES]),
    ("/deviceManagement/detectedApps", &[DEVICES]),
    ("/deviceManagement/autopilotEvents", &[DEVICES]),
    ("/deviceManagement/troubleshootingEvents", &[DEVICES]),
    ("/deviceManagement/roleAssignments", &[RBAC]),
    ("/deviceManagement/roleDefinitions", &[RBAC]),
    ("/deviceManagement/roleScopeTags", &[RBAC, CONFIG]),
    ("/deviceManagement/resourceOperations", &[RBAC]),
    (
        "/deviceManagement/operationApprovalPolicies",
        &[RBAC, CONFIG],
    ),
    (
        "/deviceManagement/operationApprovalRequests",
        &[RBAC, CONFIG],
    ),
    ("/deviceManagement/virtualEndpoint", &["CloudPC.Read.All"]),
    (
        "/deviceManagement/monitoring",
        &["CloudPC.Read.All", CONFIG],
    ),
    (
        "/deviceManagement/cloudCertificationAuthority",
        &["DeviceManagementCloudCA.Read.All"],
    ),
    (
        "/deviceManagement/applePushNotificationCertificate",
        &[
            CONFIG,
            DEVICES,
            "DeviceManagementServiceConfig.ReadWrite.All",
        ],
    ),
    (
        "/deviceManagement/appleUserInitiatedEnrollmentProfiles",
        &[SERVICE],
    ),
    ("/deviceManagement/complianceManagementPartners", &[SERVICE]),
    ("/deviceManagement/conditionalAccessSettings", &[SERVICE]),
    ("/deviceManagement/depOnboardingSettings", &[SERVICE]),
    (
        "/deviceManagement/deviceEnrollmentConfigurations",
        &[SERVICE],
    ),
    ("/deviceManagement/deviceManagementPartners", &[SERVICE]),
    ("/deviceManagement/exchangeConnectors", &[SERVICE]),
    ("/deviceManagement/importedDeviceIdentities", &[SERVICE]),
    (
        "/deviceManagement/importedWindowsAutopilotDeviceIdentities",
        &[SERVICE],
    ),
    (
        "/deviceManagement/mobileThreatDefenseConnectors",
        &[SERVICE],
    ),
    ("/deviceManagement/notificationMessageTemplates", &[SERVICE]),
    ("/deviceManagement/remoteAssistancePartners", &[SERVICE]),
    ("/deviceManagement/remoteAssistanceSettings", &[SERVICE]),
    ("/deviceManagement/resourceAccessProfiles", &[SERVICE]),
    ("/deviceManagement/serviceNowConnections", &[SERVICE]),
    ("/deviceManagement/termsAndConditions", &[SERVICE]),
    (
        "/deviceManagement/windowsAutopilotDeploymentProfiles",
        &[SERVICE],
    ),
    (
        "/deviceManagement/windowsAutopilotDeviceIdentities",
        &[SERVICE],
    ),
    ("/deviceManagement/windowsAutopilotSettings", &[SERVICE]),
];

const APPS: &str = "DeviceManagementApps.Read.All";
const CONFIG: &str = "DeviceManagementConfiguration.Read.All";
const DEVICES: &str = "DeviceManagementManagedDevices.Read.All";
const RBAC: &str = "DeviceManagementRBAC.Read.All";
const SCRIPTS: &str = "DeviceManagementScripts.Read.All";
const SERVICE: &str = "DeviceManagementServiceConfig.Read.All";

/// The singleton itself, which several scopes open.
const ROOT: &[&str] = &[APPS, RBAC, CONFIG, SERVICE, DEVICES];

/// Below items of a prefix, a segment with scopes of its own.
const SEGMENTS: &[(&str, &str, &[&str])] = &[
    (
        "/servicePrincipals",
        "oauth2PermissionGrants",
        &["Directory.Read.All"],
    ),
    ("/groups", "members", MEMBERS),
    ("/groups", "transitiveMembers", MEMBERS),
    ("/groups", "memberOf", MEMBERS),
    ("/groups", "transitiveMemberOf", MEMBERS),
    (
        "/directory/administrativeUnits",
        "scopedRoleMembers",
        &["RoleManagement.Read.Directory", "Directory.Read.All"],
    ),
];

const MEMBERS: &[&str] = &[
    "GroupMember.ReadBasic.All",
    "GroupMember.Read.All",
    "Group.ReadBasic.All",
    "Group.Read.All",
    "Directory.Read.All",
];

/// Scopes of which any one opens a read of this path; empty for a path that no row covers.
pub fn for_read(path: &str) -> &'static [&'static str] {
    let own = SEGMENTS.iter().find(|(prefix, segment, _)| {
        covers(prefix, path) && path.split('/').any(|part| part == *segment)
    });
    if let Some((.., scopes)) = own {
        return scopes;
    }
    if path.trim_end_matches('/') == "/deviceManagement" {
        return ROOT;
    }
    TABLE
        .iter()
        .filter(|(prefix, _)| covers(prefix, path))
        .max_by_key(|(prefix, _)| prefix.len())
        .map_or(&[], |(_, scopes)| scopes)
}

/// True when the prefix ends at a segment's end: a slash, a key in parentheses, or nothing.
fn covers(prefix: &str, path: &str) -> bool {
    path.get(..prefix.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        && matches!(path.as_bytes().get(prefix.len()), None | Some(b'/' | b'('))
}

/// `X.ReadWrite.Y` for `X.Read.Y`; the basic reads have none.
pub fn writing(scope: &str) -> String {
    scope.replacen(".Read.", ".ReadWrite.", 1)
}

/// True when the scopes of a token open a path.
pub fn open(path: &str, write: bool, granted: impl Fn(&str) -> bool) -> bool {
    for_read(path).iter().any(|scope| {
        let writing = writing(scope);
        let can_write = scope.contains("ReadWrite") || writing != *scope;
        (can_write && granted(&writing)) || (!write && granted(scope))
    })
}

/// The accepted scopes, for an error's words.
pub fn accepted(path: &str, write: bool) -> Vec<String> {
    let mut out = Vec::new();
    for scope in for_read(path) {
        if !write {
            out.push((*scope).to_owned());
        }
        let writing = writing(scope);
        if writing != *scope {
            out.push(writing);
        }
    }
    out
}
