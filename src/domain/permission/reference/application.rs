//! Application permissions, which connectors ask for and a client in a browser never can: they are given to
//! a service that proves itself with a secret or a certificate, and they hold without any person.

use super::{Answer, Entry, Kind, delegated};

const NO_SECRET: Answer =
    Answer::Never("A page in a browser can hold no secret, so this kind cannot be used by it.");

/// Administrators consent to every application permission. Our metadata has levels for delegated ones only.
const fn application(name: &'static str) -> Entry {
    Entry {
        kind: Kind::Application,
        level: None,
        answer: NO_SECRET,
        ..delegated(name, 0, true, 0)
    }
}

pub(super) const ROWS: &[Entry] = &[
    Entry {
        allows: "Read all devices of Intune, at any time, without a person.",
        purpose: "Connectors of threat defense and inventory: which devices are managed and compliant.",
        examples: &[
            "GET /v1.0/deviceManagement/managedDevices",
            "GET /v1.0/users/{id}/managedDevices",
        ],
        smaller: "The delegated permission of the same name, within a person’s roles.",
        ..application("DeviceManagementManagedDevices.Read.All")
    },
    Entry {
        allows: "Change, delete and wipe any device of Intune, at any time, without a person.",
        purpose: "Connectors that act on devices.",
        examples: &[
            "PATCH /v1.0/deviceManagement/managedDevices/{id}",
            "DELETE /v1.0/deviceManagement/managedDevices/{id}",
            "POST /v1.0/deviceManagement/managedDevices/{id}/wipe",
        ],
        smaller: "DeviceManagementManagedDevices.Read.All.",
        ..application("DeviceManagementManagedDevices.ReadWrite.All")
    },
    Entry {
        allows: "Read all apps, app policies and app registrations of Intune without a person.",
        purpose: "Connectors: which devices use managed apps without being enrolled.",
        examples: &[
            "GET /beta/deviceAppManagement/managedAppRegistrations",
            "GET /v1.0/users/{id}/managedAppRegistrations",
        ],
        smaller: "The delegated permission of the same name, within a person’s roles.",
        ..application("DeviceManagementApps.Read.All")
    },
    Entry {
        allows: "Deploy, change and delete apps without a person.",
        purpose: "Services that package and update apps.",
        examples: &[
            "POST /beta/deviceAppManagement/mobileApps",
            "POST /beta/deviceAppManagement/mobileApps/{id}/assign",
        ],
        smaller: "DeviceManagementApps.Read.All.",
        ..application("DeviceManagementApps.ReadWrite.All")
    },
    Entry {
        allows: "Read all devices of the directory without a person.",
        purpose: "Connectors: the list of devices to enroll, and what changed in it.",
        examples: &[
            "GET /v1.0/devices",
            "GET /v1.0/devices/{id}",
            "GET /v1.0/devices/delta()",
        ],
        smaller: "None.",
        ..application("Device.Read.All")
    },
    Entry {
        allows: "Read all groups’ properties and members without a person.",
        purpose: "Connectors: whom to enroll, by group, and what changed.",
        examples: &[
            "GET /v1.0/groups",
            "GET /v1.0/groups/delta()",
            "GET /v1.0/groups/{id}/members",
        ],
        smaller: "None that reads members.",
        ..application("GroupMember.Read.All")
    },
    Entry {
        allows: "Read all users’ full profiles without a person.",
        purpose: "Connectors: the users whose devices are enrolled.",
        examples: &["GET /v1.0/users", "GET /v1.0/users/{id}/ownedDevices"],
        smaller: "User.ReadBasic.All.",
        ..application("User.Read.All")
    },
    Entry {
        allows: "Read all applications and service principals without a person.",
        purpose: "Connectors: the address of Intune’s own API for the tenant stands below a service principal.",
        examples: &[
            "GET /v1.0/servicePrincipals",
            "GET /v1.0/servicePrincipals/{id}/endpoints",
        ],
        smaller: "None.",
        ..application("Application.Read.All")
    },
    Entry {
        allows: "Read the whole directory without a person.",
        purpose: "A shortcut instead of devices, groups and users.",
        examples: &[
            "GET /v1.0/directoryObjects/{id}",
            "GET /v1.0/oauth2PermissionGrants",
        ],
        smaller: "Device.Read.All, GroupMember.Read.All, User.Read.All.",
        ..application("Directory.Read.All")
    },
    Entry {
        allows: "Read the properties of the organization without a person.",
        purpose: "The tenant’s name, domains and subscriptions.",
        examples: &["GET /v1.0/organization", "GET /v1.0/subscribedSkus"],
        smaller: "None.",
        ..application("Organization.Read.All")
    },
    Entry {
        kind: Kind::Connector,
        allows: "Send devices’ threat and compliance state to Intune. It belongs to Intune’s own API, not to Graph.",
        purpose: "Partners of threat defense and compliance: a device that they hold to be at risk fails its compliance policy.",
        smaller: "None: it reads nothing.",
        ..application("update_device_health")
    },
];
