//! The delegated scopes of Microsoft Graph that Plumbline knows to ask for.

/// A delegated scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// Graph's name of it.
    pub name: &'static str,
    /// Why it is asked for: one sentence, for the person who decides.
    pub why: &'static str,
    /// Microsoft's own privilege level, 1 (least) to 5. Graph permissions reference.
    pub level: u8,
    /// True when an administrator must consent.
    pub admin: bool,
}

const fn scope_row(name: &'static str, level: u8, why: &'static str) -> Scope {
    Scope {
        name,
        why,
        level,
        admin: true,
    }
}

/// Every scope that may ever be asked for. All of them read.
pub const SCOPES: &[Scope] = &[
    scope_row(
        "DeviceManagementConfiguration.Read.All",
        3,
        "Reads policies: settings catalog, configuration profiles, endpoint security, compliance and filters.",
    ),
    scope_row(
        "DeviceManagementApps.Read.All",
        3,
        "Reads apps, app protection and app configuration policies, Intune’s audit log, and the names of people with roles in Intune or for whom this app was granted something.",
    ),
    scope_row(
        "DeviceManagementServiceConfig.Read.All",
        3,
        "Reads enrollment, Autopilot, connectors, branding and terms of use.",
    ),
    scope_row(
        "DeviceManagementScripts.Read.All",
        3,
        "Reads platform scripts, remediations and custom attribute scripts with their text.",
    ),
    scope_row(
        "DeviceManagementRBAC.Read.All",
        3,
        "Reads Intune roles, role assignments and scope tags.",
    ),
    scope_row(
        "DeviceManagementManagedDevices.Read.All",
        3,
        "Reads device clean-up rules.",
    ),
    scope_row(
        "DeviceManagementCloudCA.Read.All",
        3,
        "Reads the certification authorities of Microsoft Cloud PKI.",
    ),
    Scope {
        admin: false,
        ..scope_row(
            "CloudPC.Read.All",
            3,
            "Reads Windows 365 provisioning policies and user settings.",
        )
    },
    scope_row(
        "Group.ReadBasic.All",
        2,
        "Reads the names of groups, to show whom a policy is assigned to, and who is in the groups that have roles in Intune.",
    ),
    scope_row(
        "Policy.Read.All",
        3,
        "Reads Conditional Access and the other policies of the directory.",
    ),
    scope_row(
        "Policy.Read.AuthenticationMethod",
        3,
        "Reads which authentication methods are allowed.",
    ),
    scope_row(
        "Policy.Read.DeviceConfiguration",
        3,
        "Reads who may join and register devices.",
    ),
    scope_row(
        "Policy.Read.HybridAuthentication",
        3,
        "Reads staged rollout of cloud authentication.",
    ),
    scope_row(
        "Policy.Read.PermissionGrant",
        3,
        "Reads the policies that say which consent people may give.",
    ),
    scope_row(
        "Agreement.Read.All",
        3,
        "Reads terms of use agreements that Conditional Access refers to.",
    ),
    scope_row(
        "AuthenticationContext.Read.All",
        3,
        "Reads the authentication contexts that Conditional Access refers to.",
    ),
    scope_row(
        "AdministrativeUnit.Read.All",
        3,
        "Reads administrative units and their members.",
    ),
    scope_row(
        "RoleManagement.Read.Directory",
        3,
        "Reads directory roles, to name them in Conditional Access, which you have or can activate, and who has those that open Intune.",
    ),
    scope_row(
        "RoleManagementPolicy.Read.Directory",
        3,
        "Reads the rules for activating directory roles.",
    ),
    scope_row(
        "ConfigurationMonitoring.Read.All",
        3,
        "Reads the configuration monitors of tenant configuration management.",
    ),
    scope_row(
        "AuditLog.Read.All",
        3,
        "Reads Entra’s audit log: who changed a policy of the directory, and how; and who signed in to this app, when a person asks for that. No other sign-ins are read, and no addresses.",
    ),
    scope_row(
        "Application.Read.All",
        3,
        "Reads this app’s own registration in your tenant, who is assigned to it, and the names of the APIs that it was granted something on.",
    ),
    scope_row(
        "Directory.Read.All",
        3,
        "Reads what this app was granted, for whom. Microsoft has no smaller permission for that list; nothing else of the directory is read with it.",
    ),
    scope_row(
        "PrivilegedAssignmentSchedule.Read.AzureADGroup",
        3,
        "Reads in which groups you are for a time, by Privileged Identity Management.",
    ),
    scope_row(
        "PrivilegedEligibilitySchedule.Read.AzureADGroup",
        3,
        "Reads which memberships of groups you can activate.",
    ),
    Scope {
        name: "User.Read",
        why: "Reads your own profile and groups, and the name of the tenant.",
        level: 2,
        admin: false,
    },
];

/// The scope of this name, in any letter case.
pub fn scope(name: &str) -> Option<&'static Scope> {
    SCOPES
        .iter()
        .find(|scope| scope.name.eq_ignore_ascii_case(name))
}

/// True when the token has this scope, or the one that also writes.
pub fn holds(scopes: &[String], needed: &str) -> bool {
    let writes = needed.replacen(".Read.", ".ReadWrite.", 1);
    scopes.iter().any(|scope| {
        let name = scope.rsplit('/').next().unwrap_or(scope);
        name.eq_ignore_ascii_case(needed) || name.eq_ignore_ascii_case(&writes)
    })
}

/// What a writer's registration may be asked with, and a reader's never. Nothing asks for them yet.
pub const WRITES: &[&str] = &[
    "DeviceManagementConfiguration.ReadWrite.All",
    "DeviceManagementApps.ReadWrite.All",
    "DeviceManagementServiceConfig.ReadWrite.All",
    "DeviceManagementScripts.ReadWrite.All",
];

/// The name of a scope of [`SCOPES`]: it reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadScope(&'static str);

/// The name of a scope of [`WRITES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteScope(&'static str);

impl ReadScope {
    /// The scope of this name, in any letter case.
    pub fn named(name: &str) -> Option<Self> {
        scope(name).map(|scope| Self(scope.name))
    }

    /// Graph's name of it.
    pub const fn name(self) -> &'static str {
        self.0
    }
}

impl WriteScope {
    /// The scope of this name, in any letter case.
    pub fn named(name: &str) -> Option<Self> {
        let mut writes = WRITES.iter();
        writes
            .find(|write| write.eq_ignore_ascii_case(name))
            .map(|write| Self(write))
    }

    /// Graph's name of it.
    pub const fn name(self) -> &'static str {
        self.0
    }
}

// A scope that changes something, among those that read, does not compile.
const _: () = {
    let mut at = 0;
    while at < SCOPES.len() {
        assert!(!can_change(SCOPES[at].name));
        at += 1;
    }
};

/// Words in the name of a scope that lets its holder change something.
const CHANGING: [&str; 9] = [
    "write",
    "privilegedoperations",
    "accessasuser",
    "manage.",
    "fullcontrol",
    ".send",
    ".create",
    ".invite",
    "revokesessions",
];

/// True when a token with this scope can change things by the scope's own name.
///
/// A false answer is no promise: see the module's head.
pub const fn can_change(name: &str) -> bool {
    let mut at = 0;
    while at < CHANGING.len() {
        if contains(name.as_bytes(), CHANGING[at].as_bytes()) {
            return true;
        }
        at += 1;
    }
    false
}

/// True when a word, in small letters, is in a text, in any letter case. The library's own cannot run while it compiles.
const fn contains(text: &[u8], word: &[u8]) -> bool {
    let mut from = 0;
    while from + word.len() <= text.len() {
        let mut same = 0;
        while same < word.len() && text[from + same].to_ascii_lowercase() == word[same] {
            same += 1;
        }
        if same == word.len() {
            return true;
        }
        from += 1;
    }
    false
}
