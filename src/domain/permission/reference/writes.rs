//! Delegated permissions that change things.

use super::{Answer, Entry, delegated};

const NOTHING_WRITES: Answer = Answer::Never(
    "Plumbline has no feature that writes. If one comes, it signs in with a client id of its own.",
);
const PORTAL: Answer = Answer::Never("Done in Microsoft’s own admin center.");

pub(super) const ROWS: &[Entry] = &[
    Entry {
        allows: "Create, change, assign and delete Intune’s configuration and compliance policies; also act on devices and delete them.",
        purpose: "Import and deployment of policies; export jobs of reports.",
        examples: &[
            "POST /beta/deviceManagement/configurationPolicies",
            "PATCH /beta/deviceManagement/configurationPolicies/{id}",
            "DELETE /beta/deviceManagement/configurationPolicies/{id}",
            "POST /beta/deviceManagement/configurationPolicies/{id}/assign",
        ],
        smaller: "DeviceManagementConfiguration.Read.All.",
        answer: NOTHING_WRITES,
        ..delegated("DeviceManagementConfiguration.ReadWrite.All", 3, true, 318)
    },
    Entry {
        allows: "Create, change, assign and delete apps and app policies. An app runs as SYSTEM on every device that it is assigned to.",
        purpose: "Packaging and deployment of apps.",
        examples: &[
            "POST /beta/deviceAppManagement/mobileApps",
            "PATCH /beta/deviceAppManagement/mobileApps/{id}",
            "POST /beta/deviceAppManagement/mobileApps/{id}/assign",
        ],
        smaller: "DeviceManagementApps.Read.All.",
        answer: NOTHING_WRITES,
        ..delegated("DeviceManagementApps.ReadWrite.All", 3, true, 227)
    },
    Entry {
        allows: "Change how Intune is set up: enrollment, Autopilot, connectors, notifications.",
        purpose: "Import of Autopilot devices and enrollment profiles.",
        examples: &[
            "POST /v1.0/deviceManagement/notificationMessageTemplates",
            "PATCH /v1.0/organization/{id}",
        ],
        smaller: "DeviceManagementServiceConfig.Read.All.",
        answer: NOTHING_WRITES,
        ..delegated("DeviceManagementServiceConfig.ReadWrite.All", 3, true, 118)
    },
    Entry {
        allows: "Create, change, assign and delete Intune’s scripts, which run as SYSTEM or root.",
        purpose: "Deployment of scripts and remediations.",
        examples: &[
            "POST /beta/deviceManagement/deviceManagementScripts",
            "PATCH /beta/deviceManagement/deviceManagementScripts/{id}",
            "POST /beta/deviceManagement/deviceManagementScripts/{id}/assign",
        ],
        smaller: "DeviceManagementScripts.Read.All.",
        answer: NOTHING_WRITES,
        ..delegated("DeviceManagementScripts.ReadWrite.All", 3, true, 37)
    },
    Entry {
        allows: "Change, delete and wipe devices.",
        purpose: "Clean-up of devices, remote actions.",
        examples: &[
            "PATCH /v1.0/deviceManagement/managedDevices/{id}",
            "DELETE /v1.0/deviceManagement/managedDevices/{id}",
            "POST /v1.0/deviceManagement/managedDevices/{id}/wipe",
        ],
        smaller: "DeviceManagementManagedDevices.Read.All.",
        answer: NOTHING_WRITES,
        ..delegated("DeviceManagementManagedDevices.ReadWrite.All", 3, true, 35)
    },
    Entry {
        allows: "Act on devices: lock, restart, retire, reset the passcode.",
        purpose: "Remote actions.",
        examples: &[
            "POST /v1.0/deviceManagement/managedDevices/{id}/remoteLock",
            "POST /v1.0/deviceManagement/managedDevices/{id}/retire",
        ],
        smaller: "None: it does nothing else.",
        answer: PORTAL,
        ..delegated(
            "DeviceManagementManagedDevices.PrivilegedOperations.All",
            3,
            true,
            28,
        )
    },
    Entry {
        allows: "Change Intune’s roles, who holds them, and scope tags: whoever has it can raise their own rights in Intune.",
        purpose: "Deployment of roles and scope tags.",
        examples: &[
            "POST /beta/deviceManagement/roleAssignments",
            "PATCH /beta/deviceManagement/roleDefinitions/{id}",
        ],
        smaller: "DeviceManagementRBAC.Read.All.",
        answer: PORTAL,
        ..delegated("DeviceManagementRBAC.ReadWrite.All", 3, true, 34)
    },
    Entry {
        allows: "Create, change and delete groups and everything in them, those included that exempt people from Conditional Access.",
        purpose: "Creating groups that policies are assigned to.",
        examples: &["POST /v1.0/groups", "DELETE /v1.0/groups/{id}"],
        smaller: "Group.ReadBasic.All.",
        answer: PORTAL,
        ..delegated("Group.ReadWrite.All", 4, true, 6)
    },
    Entry {
        allows: "Add members to groups and remove them.",
        purpose: "Assigning by group.",
        examples: &["POST /v1.0/groups/{id}/members/$ref"],
        smaller: "None.",
        answer: PORTAL,
        ..delegated("GroupMember.ReadWrite.All", 4, true, 2)
    },
    Entry {
        allows: "Change Conditional Access: whoever has it can lock everybody out, or let anybody in.",
        purpose: "Deployment of Conditional Access.",
        examples: &[
            "POST /v1.0/identity/conditionalAccess/policies",
            "PATCH /v1.0/identity/conditionalAccess/policies/{id}",
        ],
        smaller: "Policy.Read.All.",
        answer: PORTAL,
        ..delegated("Policy.ReadWrite.ConditionalAccess", 3, true, 15)
    },
    Entry {
        allows: "Change almost everything in the directory.",
        purpose: "A shortcut instead of a list of permissions.",
        examples: &["DELETE /v1.0/directory/deletedItems/{id}"],
        smaller: "The permissions that name what is changed.",
        answer: PORTAL,
        ..delegated("Directory.ReadWrite.All", 4, true, 23)
    },
    Entry {
        allows: "Change directory roles and who holds them.",
        purpose: "Role management.",
        examples: &["POST /v1.0/roleManagement/directory/roleAssignments"],
        smaller: "RoleManagement.Read.Directory.",
        answer: PORTAL,
        ..delegated("RoleManagement.ReadWrite.Directory", 4, true, 14)
    },
    Entry {
        allows: "Change apps and service principals, and add credentials to them.",
        purpose: "Registering apps.",
        examples: &[
            "POST /v1.0/servicePrincipals",
            "PATCH /v1.0/applications/{id}",
        ],
        smaller: "None.",
        answer: PORTAL,
        ..delegated("Application.ReadWrite.All", 3, true, 8)
    },
    Entry {
        allows: "Give any application permission to any app: the whole tenant.",
        purpose: "Consent management.",
        examples: &["POST /v1.0/servicePrincipals/{id}/appRoleAssignments"],
        smaller: "None.",
        answer: PORTAL,
        ..delegated("AppRoleAssignment.ReadWrite.All", 3, true, 2)
    },
    Entry {
        allows: "Give any delegated permission to any app, for everybody.",
        purpose: "Consent management.",
        examples: &["POST /v1.0/oauth2PermissionGrants"],
        smaller: "None.",
        answer: PORTAL,
        ..delegated("DelegatedPermissionGrant.ReadWrite.All", 4, true, 3)
    },
];
