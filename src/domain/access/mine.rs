//! What the signed-in person may do: roles of the directory, memberships, roles of Intune with what they allow.

use super::{known, text};
use crate::arrange::Arrange;
use crate::json::Json;
use crate::permission::Live;
use crate::protocol::{Known, LiveRead, MyGroup, MyIntuneRole, MyRights, MyRole};

/// What roles of the directory open in Intune, by template id. Intune: "Role-based access control", built-in roles of
/// Microsoft Entra with access to Intune.
const IN_INTUNE: [(&str, &str); 7] = [
    (
        "62e90394-69f5-4237-9190-012177145e10",
        "Everything in Intune",
    ),
    (
        "3a2c62db-5318-420d-8d74-23affee5d9d5",
        "Everything in Intune",
    ),
    (
        "194ae4cb-b126-40b2-bd5b-6091b380977d",
        "Reads Intune, changes endpoint security",
    ),
    ("5f2222b1-57c3-48ba-8ad5-d4759f1fde6f", "Reads Intune"),
    ("5d6b6bb7-de71-4623-b4af-96380a352509", "Reads Intune"),
    ("f2ef992c-3afb-46b9-b7cf-a126ee74c451", "Reads Intune"),
    ("729827e3-9c14-49f7-bb1b-9608f156bbb8", "Reads Intune"),
];

/// Puts together what was read.
pub fn mine(reads: &[LiveRead]) -> MyRights {
    let member_of = known(reads, Live::MemberOf, |json| {
        Some((json.str_at("id")?.to_owned(), text(json, "displayName")))
    });
    MyRights {
        roles: sorted(known(reads, Live::ActiveRoles, role), |one| &one.name),
        eligible_roles: sorted(known(reads, Live::EligibleRoles, role), |one| &one.name),
        intune: intune(reads, &member_of),
        groups: sorted(known(reads, Live::ActiveGroups, group), |one| &one.name),
        eligible_groups: sorted(known(reads, Live::EligibleGroups, group), |one| &one.name),
    }
}

fn sorted<T>(mut list: Known<Vec<T>>, name: impl Fn(&T) -> &String) -> Known<Vec<T>> {
    list.value
        .arrange_by_cached_key(|one| name(one).to_lowercase());
    list
}

/// Roles say `Activated`, groups `activated`.
fn activated(json: &Json<'_>) -> bool {
    let how = json.str_at("assignmentType").unwrap_or_default();
    how.eq_ignore_ascii_case("activated")
}

fn role(json: &Json<'_>) -> Option<MyRole> {
    let id = json.str_at("roleDefinitionId")?;
    let definition = json.get("roleDefinition");
    let template = definition.and_then(|one| one.str_at("templateId"));
    let id = template.unwrap_or(id);
    let opens = IN_INTUNE
        .iter()
        .find(|(role, _)| role.eq_ignore_ascii_case(id));
    let place = json
        .str_at("directoryScopeId")
        .or(json.str_at("appScopeId"));
    Some(MyRole {
        id: id.to_owned(),
        name: definition.map_or_else(String::new, |one| text(one, "displayName")),
        in_intune: opens.map_or("", |(_, words)| words).to_owned(),
        activated: activated(json),
        by_group: json.str_at("memberType") == Some("Group"),
        place: place.unwrap_or_default().to_owned(),
        until: text(json, "endDateTime"),
    })
}

fn group(json: &Json<'_>) -> Option<MyGroup> {
    Some(MyGroup {
        id: json.str_at("groupId")?.to_owned(),
        name: json
            .get("group")
            .map_or_else(String::new, |one| text(one, "displayName")),
        owner: json.str_at("accessId") == Some("owner"),
        activated: activated(json),
        until: text(json, "endDateTime"),
    })
}

/// An assignment is the person's by a group. Without the person's groups nobody can say which are.
fn intune(
    reads: &[LiveRead],
    member_of: &Known<Vec<(String, String)>>,
) -> Known<Vec<MyIntuneRole>> {
    let list = known(reads, Live::IntuneAssignments, |_| Some(()));
    let roles = known(reads, Live::IntuneRoles, |json| {
        Some((json.str_at("id")?.to_owned(), rights(json)))
    });
    let each = known(reads, Live::IntuneAssignment, |json| {
        Some(assignment(json, &member_of.value, &roles.value))
    });
    let gaps = [&member_of.gap, &list.gap, &each.gap, &roles.gap];
    // What lies below an empty list was never asked for, and there is nothing there.
    let gap = gaps.into_iter().flatten().next().cloned();
    let mine = each.value.into_iter().flatten();
    let whole = Known {
        value: mine.collect(),
        gap,
    };
    sorted(whole, |one| &one.role)
}

fn assignment(
    json: &Json<'_>,
    groups: &[(String, String)],
    roles: &[(String, (Rights, Rights))],
) -> Option<MyIntuneRole> {
    let members = json.get("members").map(Json::elements).unwrap_or_default();
    let members = members.iter().filter_map(Json::str);
    let mine = |id: &str| {
        groups
            .iter()
            .find(|(group, _)| group.eq_ignore_ascii_case(id))
    };
    let by: Vec<String> = members
        .filter_map(mine)
        .map(|(id, name)| if name.is_empty() { id } else { name }.clone())
        .collect();
    if by.is_empty() {
        return None;
    }
    let definition = json.get("roleDefinition").unwrap_or(&Json::Null);
    let tags = json
        .get("roleScopeTags")
        .map(Json::elements)
        .unwrap_or_default();
    // What is expanded may leave out what the role allows.
    let id = definition.str_at("id").unwrap_or_default();
    let known = roles.iter().find(|(role, _)| role == id);
    let (rights, denied) = known.map_or_else(|| rights(definition), |(_, all)| all.clone());
    Some(MyIntuneRole {
        role: text(definition, "displayName"),
        assignment: text(json, "displayName"),
        by,
        over: over(json),
        tags: tags.iter().map(|tag| text(tag, "displayName")).collect(),
        rights,
        denied,
    })
}

/// Graph: `roleAssignmentScopeType`.
fn over(json: &Json<'_>) -> String {
    let members = json
        .get("scopeMembers")
        .map(Json::elements)
        .unwrap_or_default();
    match (json.str_at("scopeType").unwrap_or_default(), members.len()) {
        ("allDevices", _) => "all devices".to_owned(),
        ("allLicensedUsers", _) => "all licensed users".to_owned(),
        ("allDevicesAndLicensedUsers", _) => "all devices and all licensed users".to_owned(),
        (_, 1) => "one group".to_owned(),
        (_, n) => format!("{n} groups"),
    }
}

/// Kinds of objects, each with its actions.
type Rights = Vec<(String, Vec<String>)>;

/// What a role allows, and what it forbids.
fn rights(definition: &Json<'_>) -> (Rights, Rights) {
    let sorted = |names: Vec<String>| {
        let mut out = Vec::new();
        names.iter().for_each(|name| add(&mut out, name));
        out
    };
    let (allowed, denied) = actions(definition);
    (sorted(allowed), sorted(denied))
}

/// What a role allows, and what it forbids, by Intune's names. `permissions` is the older name of the same.
pub(super) fn actions(definition: &Json<'_>) -> (Vec<String>, Vec<String>) {
    let permissions = ["rolePermissions", "permissions"]
        .into_iter()
        .filter_map(|name| definition.get(name))
        .find(|list| !list.elements().is_empty());
    let (mut allowed, mut denied) = (Vec::new(), Vec::new());
    for permission in permissions.map(Json::elements).unwrap_or_default() {
        let actions = permission.get("resourceActions").map(Json::elements);
        for action in actions.unwrap_or_default() {
            for (name, out) in [
                ("allowedResourceActions", &mut allowed),
                ("notAllowedResourceActions", &mut denied),
            ] {
                let names = action.get(name).map(Json::elements).unwrap_or_default();
                out.extend(names.iter().filter_map(Json::str).map(str::to_owned));
            }
        }
    }
    (allowed, denied)
}

/// `Microsoft.Intune_ManagedDevices_Read`: “Managed devices”, “read”.
pub(super) fn in_words(name: &str) -> (String, String) {
    let name = name.strip_prefix("Microsoft.Intune").unwrap_or(name);
    let name = name.trim_start_matches(['_', '/']);
    let (kind, action) = name.rsplit_once(['_', '/']).unwrap_or(("Others", name));
    (sentence(kind), sentence(action).to_lowercase())
}

fn add(out: &mut Rights, name: &str) {
    let (kind, action) = in_words(name);
    match out.iter_mut().find(|(known, _)| *known == kind) {
        Some((_, actions)) if actions.contains(&action) => {}
        Some((_, actions)) => actions.push(action),
        None => out.push((kind, vec![action])),
    }
}

/// `ManagedDevices` as “Managed devices”; capitals beside each other stay one word.
fn sentence(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len() + 4);
    for (at, c) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]);
        let after = letters.get(at + 1);
        let begins = c.is_uppercase()
            && (before.is_some_and(|b| b.is_lowercase() || b.is_ascii_digit())
                || (before.is_some_and(char::is_uppercase)
                    && after.is_some_and(|a| a.is_lowercase())));
        if matches!(c, '_' | '/' | '-') {
            out.push(' ');
        } else if begins {
            let acronym = after.is_none_or(|a| a.is_uppercase());
            out.push(' ');
            out.extend(if acronym {
                vec![*c]
            } else {
                c.to_lowercase().collect()
            });
        } else {
            out.push(*c);
        }
    }
    out
}
