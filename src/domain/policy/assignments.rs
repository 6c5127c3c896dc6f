//! Whom a policy reaches, in the several forms of Graph and of the export tools.

use super::{Assignment, AssignmentFilter, GroupRef, Known, Target};
use crate::catalog::{Assigned, Row, UNKNOWN};
use crate::json::{Json, Object};
use crate::snapshot::{Gap, Reason};

/// Reads the assignments of a document. `in_file`: it came from an export, where a missing key
/// says nothing.
pub(super) fn assignments(
    row: &Row,
    document: &Object<'_>,
    in_file: bool,
) -> Known<Vec<Assignment>> {
    match document.get_any_case("assignments") {
        // IntuneManagement writes both: the older list repeats the newer one.
        Some(value) if !value.is_null() => return Known::Yes(list(value)),
        _ => {}
    }
    if let Some(legacy) = document.get("groupAssignments") {
        let read = legacy.elements().iter().filter_map(legacy_group);
        return Known::Yes(read.collect());
    }
    match row.assigned {
        Assigned::Embedded if has_embedded(document) => Known::Yes(embedded(document)),
        Assigned::Never if row.id != UNKNOWN.id => Known::Yes(Vec::new()),
        _ => Known::No(Gap {
            reason: if in_file {
                Reason::NotInFile
            } else {
                Reason::NotRead
            },
            detail: String::new(),
        }),
    }
}

fn list(value: &Json<'_>) -> Vec<Assignment> {
    let mut out = Vec::new();
    for element in value.elements() {
        let Some(object) = element.object() else {
            continue;
        };
        let groups = [("includeGroups", false), ("excludeGroups", true)];
        if groups.iter().any(|(key, _)| object.get(key).is_some()) {
            // Hand-written templates: an object with two lists of group ids.
            for (key, excluded) in groups {
                named_groups(object.get(key), excluded, &mut out);
            }
        } else {
            out.push(assignment(object));
        }
    }
    out
}

fn assignment(object: &Object<'_>) -> Assignment {
    let target = object
        .get_any_case("target")
        .and_then(Json::object)
        .unwrap_or(object);
    let text = |key: &str| target.get_any_case(key).and_then(Json::str).unwrap_or("");
    Assignment {
        target: self::target(target),
        intent: object
            .get_any_case("intent")
            .and_then(Json::str)
            .unwrap_or("")
            .to_owned(),
        filter: match (
            text("deviceAndAppManagementAssignmentFilterId"),
            text("deviceAndAppManagementAssignmentFilterType"),
        ) {
            ("", _) | (_, "none" | "") => None,
            (id, kind) => Some(AssignmentFilter {
                id: id.to_owned(),
                include: kind.eq_ignore_ascii_case("include"),
            }),
        },
    }
}

fn target(target: &Object<'_>) -> Target {
    let text = |key: &str| target.get_any_case(key).and_then(Json::str).unwrap_or("");
    let group = || GroupRef {
        id: text("groupId").to_owned(),
        name: match text("groupName") {
            "" => text("groupDisplayName").to_owned(),
            name => name.to_owned(),
        },
    };
    let kind = text("@odata.type").trim_start_matches("#microsoft.graph.");
    match kind {
        "allLicensedUsersAssignmentTarget" => Target::AllUsers,
        "allDevicesAssignmentTarget" => Target::AllDevices,
        "exclusionGroupAssignmentTarget" => Target::ExcludedGroup(group()),
        // Graph's virtual groups for all users and all devices.
        "groupAssignmentTarget" | "cloudPcManagementGroupAssignmentTarget" | "" => {
            match text("groupId") {
                "acacacac-9df4-4c7d-9d50-4ef0226f57a9" => Target::AllUsers,
                "adadadad-808e-44e2-905a-0b7873a8a531" => Target::AllDevices,
                "" if kind.is_empty() && text("groupName").is_empty() => {
                    Target::Other(String::new(), String::new())
                }
                _ => Target::Group(group()),
            }
        }
        _ => {
            let id = ["collectionId", "groupId", "id"].map(text);
            let id = id.into_iter().find(|id| !id.is_empty()).unwrap_or("");
            Target::Other(kind.to_owned(), id.to_owned())
        }
    }
}

/// `deviceConfigurationGroupAssignment`
fn legacy_group(element: &Json<'_>) -> Option<Assignment> {
    let group = GroupRef {
        id: element.str_at("targetGroupId")?.to_owned(),
        name: String::new(),
    };
    let excluded = element.get("excludeGroup").and_then(Json::bool) == Some(true);
    Some(plain(if excluded {
        Target::ExcludedGroup(group)
    } else {
        Target::Group(group)
    }))
}

fn has_embedded(document: &Object<'_>) -> bool {
    ["conditions", "appliesTo", "deploymentAssignments"]
        .iter()
        .any(|key| document.get_any_case(key).is_some())
}

/// Conditional Access (`conditions.users`, `conditions.clientApplications`) and the MDM and MAM
/// scopes (`appliesTo`, `includedGroups`) name people inside the object; Zebra deployments have a
/// list of their own.
fn embedded(document: &Object<'_>) -> Vec<Assignment> {
    let mut out = document
        .get("deploymentAssignments")
        .map(list)
        .unwrap_or_default();
    match document.get("appliesTo").and_then(Json::str) {
        Some("all") => out.push(plain(Target::AllUsers)),
        Some("selected") => named_groups(document.get("includedGroups"), false, &mut out),
        _ => {}
    }
    let conditions = document.get_any_case("conditions").and_then(Json::object);
    let Some(conditions) = conditions else {
        return out;
    };
    if let Some(users) = conditions.get_any_case("users").and_then(Json::object) {
        named_groups(users.get_any_case("includeGroups"), false, &mut out);
        named_groups(users.get_any_case("excludeGroups"), true, &mut out);
        for (key, kind) in [
            ("includeUsers", "user"),
            ("excludeUsers", "excludedUser"),
            ("includeRoles", "role"),
            ("excludeRoles", "excludedRole"),
        ] {
            named(users.get_any_case(key), kind, &mut out);
        }
        for (key, kind) in [
            ("includeGuestsOrExternalUsers", "guests"),
            ("excludeGuestsOrExternalUsers", "excludedGuests"),
        ] {
            if let Some(guests) = users.get_any_case(key).filter(|v| v.object().is_some()) {
                let types = guests.str_at("guestOrExternalUserTypes").unwrap_or("");
                out.push(plain(Target::Other(kind.to_owned(), types.to_owned())));
            }
        }
    }
    let workloads = conditions.get_any_case("clientApplications");
    if let Some(apps) = workloads.and_then(Json::object) {
        named(
            apps.get_any_case("includeServicePrincipals"),
            "servicePrincipal",
            &mut out,
        );
        named(
            apps.get_any_case("excludeServicePrincipals"),
            "excludedServicePrincipal",
            &mut out,
        );
    }
    out
}

/// Group ids, or group objects, as targets.
fn named_groups(value: Option<&Json<'_>>, excluded: bool, out: &mut Vec<Assignment>) {
    for element in value.map_or(&[][..], Json::elements) {
        let text = |key: &str| element.str_at(key).unwrap_or("").to_owned();
        let group = match element.str() {
            Some(id) => GroupRef {
                id: id.to_owned(),
                name: String::new(),
            },
            None => GroupRef {
                id: text("id"),
                name: text("displayName"),
            },
        };
        out.push(plain(if excluded {
            Target::ExcludedGroup(group)
        } else {
            Target::Group(group)
        }));
    }
}

/// User, role or service principal ids as targets. `None` names nobody.
fn named(value: Option<&Json<'_>>, kind: &str, out: &mut Vec<Assignment>) {
    for id in value
        .map_or(&[][..], Json::elements)
        .iter()
        .filter_map(Json::str)
    {
        match id {
            "None" => {}
            "All" if kind == "user" => out.push(plain(Target::AllUsers)),
            _ => out.push(plain(Target::Other(kind.to_owned(), id.to_owned()))),
        }
    }
}

fn plain(target: Target) -> Assignment {
    Assignment {
        target,
        intent: String::new(),
        filter: None,
    }
}
