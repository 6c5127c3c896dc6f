//! Delegated permissions that are said to read, and are not asked for.

use super::{Answer, Entry, delegated};

pub(super) const ROWS: &[Entry] = &[
    Entry {
        allows: "Act as the signed-in person in the directory: everything that the person may do, changes included. For a Global Administrator that is everything.",
        purpose: "A shortcut instead of a list of permissions.",
        examples: &[
            "POST /v1.0/devices",
            "PATCH /v1.0/devices/{id}",
            "DELETE /v1.0/devices/{id}",
        ],
        smaller: "The permissions that name what is read.",
        answer: Answer::Never("Each thing that is read has a permission of its own above."),
        ..delegated("Directory.AccessAsUser.All", 3, true, 3)
    },
    Entry {
        allows: "Read all groups with everything in them: members, conversations, calendars, files.",
        purpose: "Names of groups.",
        examples: &["GET /v1.0/groups", "GET /v1.0/groups/{id}"],
        smaller: "Group.ReadBasic.All.",
        answer: Answer::Never(
            "Group.ReadBasic.All, which does not open a group’s mail, files and plans.",
        ),
        ..delegated("Group.Read.All", 3, true, 0)
    },
    Entry {
        allows: "Read all groups’ properties and members.",
        purpose: "Who is in an assigned group.",
        examples: &[
            "GET /v1.0/groups/{id}/members",
            "GET /v1.0/groups/{id}/owners",
        ],
        smaller: "GroupMember.ReadBasic.All.",
        answer: Answer::Never(
            "Members are read for groups with roles in Intune only; Group.ReadBasic.All opens them.",
        ),
        ..delegated("GroupMember.Read.All", 3, true, 0)
    },
    Entry {
        allows: "Read who is in a group, but for groups with hidden members.",
        purpose: "Who is in an assigned group.",
        examples: &[
            "GET /v1.0/groups/{id}/members",
            "GET /v1.0/groups/{id}/transitiveMembers",
        ],
        smaller: "None.",
        answer: Answer::Never(
            "Members are read for groups with roles in Intune only; Group.ReadBasic.All opens them.",
        ),
        ..delegated("GroupMember.ReadBasic.All", 3, true, 0)
    },
    Entry {
        allows: "Read names, user names and mail addresses of all users.",
        purpose: "Names of users.",
        examples: &["GET /v1.0/users", "GET /v1.0/users/{id}"],
        smaller: "None: Microsoft’s smallest for users.",
        answer: Answer::Never(
            "Read are the names of people with roles in Intune, and of those for whom this app was granted something, only; Intune’s own permissions open them. A person that a policy names is shown by the id.",
        ),
        ..delegated("User.ReadBasic.All", 2, false, 0)
    },
    Entry {
        allows: "Read all users’ full profiles.",
        purpose: "Names of users, their managers and devices.",
        examples: &["GET /v1.0/users", "GET /v1.0/users/{id}/manager"],
        smaller: "User.ReadBasic.All.",
        answer: Answer::Never("Profiles are not read."),
        ..delegated("User.Read.All", 3, true, 0)
    },
    Entry {
        allows: "Read the properties of all devices of the directory.",
        purpose: "Why a device is in a group.",
        examples: &["GET /v1.0/devices", "GET /v1.0/devices/{id}"],
        smaller: "None.",
        answer: Answer::Never("Devices are not read."),
        ..delegated("Device.Read.All", 2, true, 0)
    },
    Entry {
        allows: "Evaluate Conditional Access and read authentication contexts.",
        purpose: "Conditional Access.",
        examples: &[
            "POST /v1.0/identity/conditionalAccess/evaluate",
            "GET /v1.0/identity/conditionalAccess/authenticationContextClassReferences",
        ],
        smaller: "AuthenticationContext.Read.All for the contexts.",
        answer: Answer::Never(
            "By Microsoft’s metadata it does not list Conditional Access policies: Policy.Read.All does.",
        ),
        ..delegated("Policy.Read.ConditionalAccess", 3, false, 1)
    },
    Entry {
        allows: "Read the properties of the organization, its branding and its subscriptions.",
        purpose: "The tenant’s name.",
        examples: &["GET /v1.0/organization", "GET /v1.0/subscribedSkus"],
        smaller: "User.Read, for the name.",
        answer: Answer::Never("User.Read opens the tenant’s name."),
        ..delegated("Organization.Read.All", 3, true, 0)
    },
    Entry {
        allows: "Read a partner’s customers, relationships and access assignments.",
        purpose: "A list of customers to choose a tenant from.",
        examples: &[
            "GET /v1.0/tenantRelationships/delegatedAdminCustomers",
            "GET /v1.0/tenantRelationships/delegatedAdminRelationships",
            "GET /v1.0/tenantRelationships/delegatedAdminRelationships/{id}/accessAssignments",
        ],
        smaller: "None.",
        answer: Answer::Never("The tenant stands in config.json, by its id or its domain."),
        ..delegated("DelegatedAdminRelationship.Read.All", 3, true, 0)
    },
    Entry {
        allows: "Read the local administrator passwords (LAPS) of devices.",
        purpose: "Help desk.",
        examples: &["GET /v1.0/directory/deviceLocalCredentials/{id}"],
        smaller: "DeviceLocalCredential.ReadBasic.All, without passwords.",
        answer: Answer::Never("No recovery secret is ever read."),
        ..delegated("DeviceLocalCredential.Read.All", 3, true, 0)
    },
    Entry {
        allows: "Read BitLocker recovery keys.",
        purpose: "Help desk.",
        examples: &[],
        smaller: "BitlockerKey.ReadBasic.All, without keys.",
        answer: Answer::Never("No recovery secret is ever read."),
        ..delegated("BitlockerKey.Read.All", 3, true, 0)
    },
];
