//! Asked for. Their calls come from the catalog; what stands here is beside it.

use super::{Entry, delegated};

pub(super) const ROWS: &[Entry] = &[
    Entry {
        allows: "Read Intune’s configuration and compliance policies and whom they are assigned to; also devices, users’ basic properties and FileVault recovery keys. Custom profiles’ secret values can be read in plain text.",
        examples: &[
            "GET /beta/deviceManagement/configurationSettings",
            "GET /beta/deviceManagement/configurationSettings/{id}",
            "GET /beta/deviceManagement/configurationCategories",
            "GET /beta/deviceManagement/configurationCategories/{id}",
            "GET /beta/deviceManagement/complianceSettings",
            "GET /beta/deviceManagement/complianceSettings/{id}",
            "GET /beta/deviceManagement/reusableSettings",
            "GET /beta/deviceManagement/reusableSettings/{id}",
            "GET /beta/deviceManagement/groupPolicyDefinitions",
            "GET /beta/deviceManagement/groupPolicyDefinitions/{id}",
            "GET /beta/deviceManagement/groupPolicyDefinitions/{id}/presentations",
        ],
        smaller: "None: Microsoft has no smaller permission for policies.",
        ..delegated("DeviceManagementConfiguration.Read.All", 3, true, 18)
    },
    Entry {
        allows: "Read apps, app protection and app configuration policies with their assignments, and Intune’s audit events.",
        smaller: "None for apps. Microsoft names this one as the least for Intune’s audit events.",
        ..delegated("DeviceManagementApps.Read.All", 3, true, 0)
    },
    Entry {
        allows: "Read how Intune itself is set up: enrollment, Autopilot, connectors, terms of use, branding.",
        smaller: "None.",
        ..delegated("DeviceManagementServiceConfig.Read.All", 3, true, 3)
    },
    Entry {
        allows: "Read Intune’s scripts with their text.",
        smaller: "None: it opens nothing else.",
        ..delegated("DeviceManagementScripts.Read.All", 3, true, 0)
    },
    Entry {
        allows: "Read Intune’s roles, role assignments, scope tags and approval requests.",
        smaller: "None. DeviceManagementConfiguration.Read.All opens some of the same lists, and far more.",
        ..delegated("DeviceManagementRBAC.Read.All", 3, true, 4)
    },
    Entry {
        allows: "Sign in, read the signed-in person’s own profile and groups, and basic properties of the organization.",
        examples: &["GET /v1.0/organization"],
        smaller: "None: Microsoft’s smallest.",
        ..delegated("User.Read", 2, false, 0)
    },
    Entry {
        allows: "List groups and read their basic properties. Not their members’ mail, files or calendars.",
        smaller: "None: Microsoft’s smallest for groups.",
        ..delegated("Group.ReadBasic.All", 2, true, 0)
    },
    Entry {
        allows: "Read all policies of the directory, Conditional Access with its exclusions among them.",
        smaller: "None: by Microsoft’s metadata nothing smaller lists Conditional Access policies.",
        ..delegated("Policy.Read.All", 3, true, 8)
    },
    Entry {
        allows: "Read the authentication contexts that Conditional Access can demand.",
        smaller: "None.",
        ..delegated("AuthenticationContext.Read.All", 3, true, 0)
    },
    Entry {
        allows: "Read terms of use agreements.",
        smaller: "None.",
        ..delegated("Agreement.Read.All", 3, true, 0)
    },
    Entry {
        allows: "Read the directory’s roles, and who holds them.",
        smaller: "None that reads custom roles.",
        ..delegated("RoleManagement.Read.Directory", 3, true, 0)
    },
    Entry {
        allows: "Read which authentication methods are allowed and for whom.",
        smaller: "None.",
        ..delegated("Policy.Read.AuthenticationMethod", 3, true, 0)
    },
    Entry {
        allows: "Read who may join and register devices.",
        smaller: "None.",
        ..delegated("Policy.Read.DeviceConfiguration", 3, true, 0)
    },
    Entry {
        allows: "Read the staged rollout of cloud authentication.",
        smaller: "None.",
        ..delegated("Policy.Read.HybridAuthentication", 3, true, 0)
    },
    Entry {
        allows: "Read the policies about consent and permission grants.",
        smaller: "None.",
        ..delegated("Policy.Read.PermissionGrant", 3, true, 0)
    },
    Entry {
        allows: "Read administrative units and their members.",
        smaller: "None.",
        ..delegated("AdministrativeUnit.Read.All", 3, true, 0)
    },
    Entry {
        allows: "Read the rules for activating directory roles.",
        smaller: "None.",
        ..delegated("RoleManagementPolicy.Read.Directory", 3, true, 0)
    },
    Entry {
        allows: "Read the properties of Intune’s devices and what they report; also actions on them, see the number of acting calls.",
        smaller: "None for clean-up rules, the only thing that is read with it. Devices themselves are not read.",
        ..delegated("DeviceManagementManagedDevices.Read.All", 3, true, 7)
    },
    Entry {
        allows: "Read the directory’s audit log and the sign-in log.",
        smaller: "None: Microsoft has no permission for the audit log alone, nor for one app’s sign-ins.",
        ..delegated("AuditLog.Read.All", 3, true, 0)
    },
    Entry {
        allows: "Read all applications and service principals, and who is assigned to them.",
        smaller: "None: by Microsoft’s metadata nothing smaller opens one app alone.",
        ..delegated("Application.Read.All", 3, true, 0)
    },
    Entry {
        allows: "Read the whole directory: users, groups, apps, roles and grants.",
        smaller: "None for the list of grants. The same list can be had without giving it to this app: the page “Who can use this app here” has the commands.",
        ..delegated("Directory.Read.All", 3, true, 0)
    },
    Entry {
        allows: "Read who is in which group for a time, by Privileged Identity Management, as far as the person may see it.",
        smaller: "None.",
        ..delegated("PrivilegedAssignmentSchedule.Read.AzureADGroup", 3, true, 0)
    },
    Entry {
        allows: "Read who can activate a membership of which group, as far as the person may see it.",
        smaller: "None.",
        ..delegated(
            "PrivilegedEligibilitySchedule.Read.AzureADGroup",
            3,
            true,
            0,
        )
    },
    Entry {
        allows: "Read the properties of Cloud PCs.",
        smaller: "None.",
        ..delegated("CloudPC.Read.All", 3, false, 0)
    },
    Entry {
        allows: "Read the certification authorities of Cloud PKI.",
        smaller: "None.",
        ..delegated("DeviceManagementCloudCA.Read.All", 3, true, 0)
    },
    Entry {
        allows: "Read configuration monitors and their results.",
        smaller: "None.",
        ..delegated("ConfigurationMonitoring.Read.All", 3, true, 0)
    },
];
