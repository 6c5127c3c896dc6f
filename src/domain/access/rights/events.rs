//! Which right an event of Intune's audit log shows in use.
//!
//! Microsoft documents neither list against the other. What stands here follows from the names: an event names the type
//! of Graph's object (`auditResourceType`) and the operation, a right the kind of object and the action. An event that no
//! row fits is not known, and then nobody can say that a right was not used.
//!
//! Several names in a row are several rights that may be meant: those that no role of the tenant has drop out.

use crate::audit::AuditEvent;

/// What an event says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shows {
    /// One of these rights was used, by Intune's names.
    OneOf(Vec<String>),
    /// Nothing that is known.
    Strange,
}

const CONFIGURATIONS: &[&str] = &["DeviceConfigurations"];
/// A settings catalog policy can be one of endpoint security: which, the log does not say.
const EITHER: &[&str] = &["DeviceConfigurations", "SecurityBaselines"];
/// Endpoint security has rights of its own for parts of it.
const SECURITY: [&str; 9] = [
    "SecurityBaseline",
    "EndpointDetection",
    "AttackSurface",
    "AppControl",
    "Antivirus",
    "Firewall",
    "DiskEncryption",
    "AccountProtection",
    "EndpointProtection",
];
/// Microsoft's spelling is without an i.
const COMPLIANCE: &[&str] = &["DeviceCompliancePolices", "DeviceCompliancePolicies"];
const APPS: &[&str] = &["MobileApps"];
const MANAGED_APPS: &[&str] = &["ManagedApps"];
const ROLES: &[&str] = &["Roles"];
const FILTERS: &[&str] = &["AssignmentFilter", "AssignmentFilters", "Filters"];

/// Types of objects by their name in the log, in lower case, and the kind of object of the right.
const TYPES: &[(&str, &[&str])] = &[
    ("deviceconfiguration", CONFIGURATIONS),
    ("grouppolicyconfiguration", CONFIGURATIONS),
    ("devicemanagementscript", CONFIGURATIONS),
    ("deviceshellscript", CONFIGURATIONS),
    ("devicemanagementconfigurationpolicy", EITHER),
    ("devicemanagementintent", &["SecurityBaselines"]),
    ("devicecompliancepolicy", COMPLIANCE),
    ("devicemanagementcompliancepolicy", COMPLIANCE),
    ("mobileapp", APPS),
    ("managedapppolicy", MANAGED_APPS),
    ("targetedmanagedappconfiguration", MANAGED_APPS),
    ("roledefinition", ROLES),
    ("deviceandappmanagementroledefinition", ROLES),
    ("deviceandappmanagementassignmentfilter", FILTERS),
    ("termsandconditions", &["TermsAndConditions"]),
    ("policyset", &["PolicySets"]),
    ("manageddevice", &["ManagedDevices"]),
];

/// Ends of the names of types, for those that have one for each platform: category, end, kind of object. The log names
/// the type itself (`Windows10GeneralConfiguration`).
const ENDS: &[(&str, &str, &[&str])] = &[
    ("deviceconfiguration", "configuration", CONFIGURATIONS),
    ("deviceconfiguration", "certificateprofile", CONFIGURATIONS),
    ("deviceconfiguration", "rootcertificate", CONFIGURATIONS),
    ("compliance", "compliancepolicy", COMPLIANCE),
    ("application", "managedappprotection", MANAGED_APPS),
    ("application", "lobapp", APPS),
    ("application", "storeapp", APPS),
    ("application", "vppapp", APPS),
    ("application", "webapp", APPS),
    ("application", "wingetapp", APPS),
    ("application", "suiteapp", APPS),
];

/// Actions on a device that have a right of the same name.
const TASKS: [&str; 14] = [
    "SyncDevice",
    "RebootNow",
    "ShutDown",
    "RemoteLock",
    "Wipe",
    "Retire",
    "ResetPasscode",
    "LocateDevice",
    "EnableLostMode",
    "DisableLostMode",
    "SetDeviceName",
    "RotateBitLockerKeys",
    "RotateLocalAdminPassword",
    "RequestRemoteAssistance",
];

const PREFIX: &str = "Microsoft.Intune_";

/// What an event shows.
pub(super) fn shows(event: &AuditEvent) -> Shows {
    // An event about several objects names the one that was changed first.
    let kind = event.resources.first().map_or("", |one| one.kind.as_str());
    let kind = kind.rsplit('.').next().unwrap_or(kind).to_ascii_lowercase();
    let operation = verb(event);
    if kind == "roleassignment" || kind == "deviceandappmanagementroleassignment" {
        return named(ROLES, "Assign");
    }
    // Of an assignment's own life only its object counts.
    let assigned = kind
        .strip_suffix("assignments")
        .or(kind.strip_suffix("assignment"));
    let (kind, action) = match (assigned, operation) {
        (Some(kind), _) => (kind, Some("Assign")),
        (None, operation) => (kind.as_str(), crud(operation)),
    };
    if kind == "manageddevice" && action.is_none() {
        let task = TASKS
            .iter()
            .find(|task| task.eq_ignore_ascii_case(operation));
        return task.map_or(Shows::Strange, |task| named(&["RemoteTasks"], task));
    }
    let category = event.category.as_str();
    let by_name = TYPES.iter().find(|(name, _)| *name == kind);
    let by_end = || {
        ENDS.iter()
            .find(|(of, end, _)| category.eq_ignore_ascii_case(of) && kind.ends_with(end))
    };
    let things = by_name
        .map(|(_, things)| *things)
        .or_else(|| by_end().map(|(.., things)| *things));
    match (things, action) {
        (Some(things), Some(action)) => named(things, action),
        _ => Shows::Strange,
    }
}

fn named(things: &[&str], action: &str) -> Shows {
    let name = |thing: &&str| format!("{PREFIX}{thing}_{action}");
    Shows::OneOf(things.iter().map(name).collect())
}

/// The operation: `Patch`, or for an action the first word of the activity (`syncDevice ManagedDevice`).
fn verb(event: &AuditEvent) -> &str {
    match event.operation.as_str() {
        "" | "Action" | "action" => event.activity.split(' ').next().unwrap_or_default(),
        operation => operation,
    }
}

fn crud(operation: &str) -> Option<&'static str> {
    let is = |words: &[&str]| {
        words
            .iter()
            .any(|word| word.eq_ignore_ascii_case(operation))
    };
    match operation {
        _ if is(&["Create"]) => Some("Create"),
        _ if is(&["Delete"]) => Some("Delete"),
        _ if is(&["Patch", "Update", "Put"]) => Some("Update"),
        // `assign`, `assignDeviceManagementConfigurationPolicy`
        _ if operation.to_ascii_lowercase().starts_with("assign") => Some("Assign"),
        _ => None,
    }
}

/// True for a right whose use leaves an event that this table knows: only of such a one can be said that it was not used.
pub(super) fn leaves_events(right: &str) -> bool {
    let Some((thing, action)) = parts(right) else {
        return false;
    };
    let typed = TYPES.iter().map(|(_, things)| things);
    let mut all = typed.chain(ENDS.iter().map(|(.., things)| things));
    match thing {
        "RemoteTasks" => TASKS.contains(&action),
        // A device comes by itself, and is assigned to nobody.
        "ManagedDevices" => ["Update", "Delete"].contains(&action),
        _ => {
            ["Create", "Delete", "Update", "Assign"].contains(&action)
                && all.any(|things| things.contains(&thing))
        }
    }
}

/// True for a right that only looks: using it leaves no event.
pub(super) fn only_reads(right: &str) -> bool {
    let (_, action) = parts(right).unwrap_or(("", right));
    ["Read", "View"]
        .into_iter()
        .any(|start| action.starts_with(start))
}

/// True when an event that shows one of `names` may have used this right all the same.
pub(super) fn may_be_meant(right: &str, names: &[String]) -> bool {
    if names.iter().any(|name| name == right) {
        return true;
    }
    let secures = |name: &str| {
        parts(name).is_some_and(|(thing, _)| SECURITY.iter().any(|start| thing.starts_with(start)))
    };
    // Part of endpoint security, and the same action.
    let same = |name: &String| {
        secures(name) && parts(name).map(|(_, action)| action) == parts(right).map(|(_, a)| a)
    };
    secures(right) && names.iter().any(same)
}

fn parts(right: &str) -> Option<(&str, &str)> {
    right.strip_prefix(PREFIX)?.rsplit_once('_')
}
