//! What each person of the account page may do: roles of the directory, memberships of Privileged Identity Management.
//!
//! The reader has a role that does not end, and one to activate; the Intune administrator activated theirs this morning;
//! the helpdesk person is eligible for a group; the guest has nothing.

use serde_json::{Value, json};

use super::Tenant;
use super::collection::{Collection, Source};
use super::ids::{date_time, hash};
use super::people;
use super::world::World;
use crate::accounts::ACCOUNTS;
use crate::clock::Clock;

const HOUR: i64 = 3_600;
/// Seconds that are left whenever somebody asks: an activation that is over is not served. Names with `%` stay here.
const LEFT: &str = "%left";
const INTUNE_ADMINISTRATOR: (&str, &str) = (
    "3a2c62db-5318-420d-8d74-23affee5d9d5",
    "Intune Administrator",
);
const GLOBAL_READER: (&str, &str) = ("f2ef992c-3afb-46b9-b7cf-a126ee74c451", "Global Reader");
const SECURITY_READER: (&str, &str) = ("5d6b6bb7-de71-4623-b4af-96380a352509", "Security Reader");

/// Adds the schedules, none of which is in the tables.
pub(super) fn add(tenant: &mut Tenant) {
    let world = &tenant.world;
    let active = [
        (0, GLOBAL_READER, "Assigned", None),
        (1, INTUNE_ADMINISTRATOR, "Activated", Some(3 * HOUR + 700)),
    ];
    let eligible = [
        (0, SECURITY_READER, None),
        (1, INTUNE_ADMINISTRATOR, Some(200 * 24 * HOUR)),
    ];
    let active = active.map(|(who, what, how, ends)| {
        let mut row = role(world, who, what, ends);
        row["assignmentType"] = how.into();
        row["roleAssignmentOriginId"] = world.guid(&[hash(what.0), who as u64, 2]).into();
        row["roleAssignmentScheduleId"] = world.guid(&[hash(what.0), who as u64, 3]).into();
        row
    });
    let eligible = eligible.map(|(who, what, ends)| {
        let mut row = role(world, who, what, ends);
        row["roleEligibilityScheduleId"] = world.guid(&[hash(what.0), who as u64, 4]).into();
        row
    });
    let mut member = group(world, 1, Some(2 * HOUR));
    member["assignmentType"] = "activated".into();
    member["assignmentScheduleId"] = format!("{}_member", world.user_id(1)).into();
    let mut can = group(world, 2, None);
    can["eligibilityScheduleId"] = format!("{}_member", world.user_id(2)).into();
    let directory = "/roleManagement/directory/role";
    let groups = "/identityGovernance/privilegedAccess/group";
    for (path, rows) in [
        (
            format!("{directory}AssignmentScheduleInstances"),
            active.to_vec(),
        ),
        (
            format!("{directory}EligibilityScheduleInstances"),
            eligible.to_vec(),
        ),
        (
            format!("{groups}/assignmentScheduleInstances"),
            vec![member],
        ),
        (format!("{groups}/eligibilityScheduleInstances"), vec![can]),
    ] {
        let mut collection = Collection::stored(&path, "v1.0", 0);
        rows.into_iter().for_each(|row| collection.push(row));
        tenant.add(collection);
    }
}

fn role(world: &World, who: usize, (id, name): (&str, &str), ends: Option<i64>) -> Value {
    json!({
        "id": world.guid(&[hash(id), who as u64, 1]), "appScopeId": null, "directoryScopeId": "/",
        "principalId": world.user_id(who), "roleDefinitionId": id, "memberType": "Direct",
        "startDateTime": date_time(world.now - 5 * HOUR), "endDateTime": null, LEFT: ends,
        "+roleDefinition": {"id": id, "templateId": id, "displayName": name, "description": "", "isBuiltIn": true,
            "isEnabled": true, "resourceScopes": ["/"], "version": "1"},
        "+principal": {"@odata.type": "#microsoft.graph.user", "id": world.user_id(who),
            "displayName": ACCOUNTS.get(who).map(|one| one.name), "userPrincipalName": people::upn(world.seed, who)},
    })
}

fn group(world: &World, who: usize, ends: Option<i64>) -> Value {
    let at = usize::from(who != 1);
    let of = world
        .groups
        .get(at)
        .map(|group| people::group(world, at, group));
    let of = of.unwrap_or_default();
    json!({
        "id": format!("{}_member_{who}", world.user_id(who)), "accessId": "member", "memberType": "direct",
        "groupId": of["id"], "principalId": world.user_id(who), "startDateTime": date_time(world.now - 5 * HOUR),
        "endDateTime": null, LEFT: ends, "+group": of,
    })
}

/// Rows of the person who asks: `filterByCurrentUser(on='principal')`.
pub(super) fn own(collection: &Collection, oid: &str) -> Vec<Value> {
    let Source::Stored(rows, _) = &collection.source else {
        return Vec::new();
    };
    let own = |row: &&Value| row["principalId"].as_str() == Some(oid);
    let mut rows: Vec<Value> = rows.iter().filter(own).cloned().collect();
    let now = i64::try_from(Clock::system().now()).unwrap_or_default();
    for row in &mut rows {
        if let Some(left) = row[LEFT].as_i64() {
            row["endDateTime"] = date_time(now + left).into();
        }
    }
    rows
}
