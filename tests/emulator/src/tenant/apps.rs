//! Plumbline's own enterprise applications: who is assigned to them, and what they were granted.
//!
//! A tenant that was set up in a hurry: everybody can sign in, an older version's permissions are still granted, and an API
//! of another time has a grant for the whole organization. The one for writing was set up with care.

use domain::permission::{FEATURES, scopes_of};
use serde_json::{Value, json};

use super::Tenant;
use super::collection::Source;
use super::ids::{date_time, hash};
use super::people;
use super::world::World;
use crate::accounts::{ACCOUNTS, TENANT_ID};
use crate::options::{CLIENT_ID, WRITER_ID};

const PATH: &str = "/serviceprincipals";
const DAY: i64 = 86_400;

/// Puts the applications among the service principals, where there are any.
pub(super) fn add(tenant: &mut Tenant) {
    let Some(at) = tenant.by_path.get(PATH).copied() else {
        return;
    };
    let world = &tenant.world;
    let (id, writer) = (
        world.guid(&[hash("own app")]),
        world.guid(&[hash("own app for writing")]),
    );
    let mut app = principal(&id, CLIENT_ID, "Plumbline", false);
    app["+appRoleAssignedTo"] = assigned(world, &id);
    app["+oauth2PermissionGrants"] = grants(world, &id);
    let mut writing = principal(&writer, WRITER_ID, "Plumbline (writing)", true);
    let first = assigned(world, &writer)
        .as_array_mut()
        .map(|rows| rows.remove(0));
    writing["+appRoleAssignedTo"] = Value::from_iter(first);
    writing["+oauth2PermissionGrants"] = json!([]);
    tenant.collections[at].1.push(app);
    tenant.collections[at].1.push(writing);
}

fn principal(id: &str, client_id: &str, name: &str, required: bool) -> Value {
    json!({
        "id": id, "deletedDateTime": null, "accountEnabled": true, "alternativeNames": [],
        "appId": client_id, "appDisplayName": name, "displayName": name,
        "appOwnerOrganizationId": TENANT_ID, "appRoleAssignmentRequired": required,
        "servicePrincipalNames": [client_id], "servicePrincipalType": "Application",
        "signInAudience": "AzureADMyOrg", "tags": ["WindowsAzureActiveDirectoryIntegratedApp"],
        "verifiedPublisher": {"displayName": null, "verifiedPublisherId": null, "addedDateTime": null},
        "keyCredentials": [], "passwordCredentials": [],
    })
}

fn assigned(world: &World, app: &str) -> Value {
    let row = |principal: String, name: &Value, kind: &str, days: i64| {
        json!({
            "id": world.guid(&[hash("assigned"), hash(app), hash(&principal)]), "deletedDateTime": null,
            "appRoleId": "00000000-0000-0000-0000-000000000000",
            "createdDateTime": date_time(world.now - days * DAY),
            "principalDisplayName": name, "principalId": principal, "principalType": kind,
            "resourceDisplayName": "Plumbline", "resourceId": app,
        })
    };
    let mut out = Vec::new();
    for (at, days) in [(0, 210), (1, 12)] {
        if let Some(group) = world.groups.get(at) {
            let group = people::group(world, at, group);
            let id = group["id"].as_str().unwrap_or_default().to_owned();
            out.push(row(id, &group["displayName"], "Group", days));
        }
    }
    for (at, days) in [(0, 200), (1, 199), (6, 340)] {
        if at < world.user_count() {
            let user = people::user(world, at);
            out.push(row(world.user_id(at), &user["displayName"], "User", days));
        }
    }
    out.into()
}

/// Who signs in here has what a sign-in asks for; of people who do not, an older version's permissions are left.
fn grants(world: &World, app: &str) -> Value {
    let graph = world.named("/servicePrincipals", "Microsoft Graph");
    let old = world.guid(&[hash("Windows Azure Active Directory")]);
    let row = |everyone: bool, person: Option<String>, resource: &str, scope: &str| {
        json!({
            "id": format!("{:016x}{:016x}", hash(app) ^ hash(resource), hash(person.as_deref().unwrap_or_default())),
            "clientId": app, "consentType": if everyone { "AllPrincipals" } else { "Principal" },
            "principalId": person, "resourceId": resource, "scope": scope,
        })
    };
    let default: Vec<&str> = FEATURES
        .iter()
        .filter(|f| f.default)
        .map(|f| f.id)
        .collect();
    let default: Vec<&str> = scopes_of(&default)
        .into_iter()
        .map(|scope| scope.name())
        .collect();
    let default = format!("openid profile {}", default.join(" "));
    let mut out = vec![
        row(true, None, &graph, "openid profile User.Read"),
        row(true, None, &old, "User.Read Directory.AccessAsUser.All"),
    ];
    for (at, scope) in [
        (0, default.as_str()),
        (1, &default),
        (
            ACCOUNTS.len() + 1,
            "openid profile User.Read DeviceManagementConfiguration.ReadWrite.All Group.Read.All",
        ),
        (
            ACCOUNTS.len() + 2,
            "openid profile offline_access User.Read",
        ),
    ] {
        if at < world.user_count() {
            out.push(row(false, Some(world.user_id(at)), &graph, scope));
        }
    }
    // Of a person who is gone.
    let gone = world.guid(&[hash("left the company")]);
    out.push(row(false, Some(gone), &graph, "openid profile User.Read"));
    out.into()
}

/// `/servicePrincipals(appId='…')` is the same as by the object's id. Graph: "Get servicePrincipal".
pub(super) fn by_id(tenant: &Tenant, path: &str) -> Option<String> {
    let (app, rest) = path
        .strip_prefix("/servicePrincipals(appId='")?
        .split_once("')")?;
    let (_, collection) = tenant.collections.get(*tenant.by_path.get(PATH)?)?;
    let Source::Stored(objects, _) = &collection.source else {
        return None;
    };
    let found = objects
        .iter()
        .find(|one| one["appId"].as_str() == Some(app));
    let id = found.map_or(app, |one| one["id"].as_str().unwrap_or_default());
    Some(format!("/servicePrincipals/{id}{rest}"))
}
