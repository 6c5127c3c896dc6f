//! The audit logs: events that fit the objects' own dates, as long as Microsoft keeps them.
//!
//! Every object that was created or changed in that time has an event for it, by a person or an application;
//! some changes failed, some objects are deleted since, and some events are about no policy.

use serde_json::{Value, json};

use super::Tenant;
use super::collection::{Collection, Source};
use super::ids::{Rng, date_time, hash};
use super::people;
use super::world::World;
use crate::accounts::ACCOUNTS;

/// Intune's log.
pub(super) const INTUNE: &str = "/deviceManagement/auditEvents";
/// Entra's log.
pub(super) const DIRECTORY: &str = "/auditLogs/directoryAudits";

const DAY: i64 = 86_400;
/// Days for which each log is kept.
const KEPT: (i64, i64) = (365, 30);
/// An application's name that tries to break what shows it.
const HOSTILE_APP: &str = "<img src=x onerror=alert(2)> \u{202e}ppa";

/// One of the service desk's group.
const DESK: usize = 9;

/// What is known of an object that an event is about.
struct About {
    id: String,
    name: String,
    kind: String,
    directory: bool,
    /// As objects of its type say it: `lastModifiedDateTime` or `modifiedDateTime`.
    changed: i64,
    created: Option<i64>,
}

/// Adds both logs, unless they are there.
pub(super) fn add(tenant: &mut Tenant) {
    let page = tenant.world.options.page;
    let (mut intune, mut directory) = (
        Collection::stored(INTUNE, "both", page),
        Collection::stored(DIRECTORY, "v1.0", page),
    );
    intune.graph_type = "auditEvent".to_owned();
    directory.graph_type = "directoryAudit".to_owned();
    let objects = tenant.collections.iter().flat_map(|(_, c)| objects(c));
    let (mut mine, mut entras) = (Vec::new(), Vec::new());
    for about in objects {
        let events = events(&tenant.world, &about);
        if about.directory {
            entras.extend(events);
        } else {
            mine.extend(events);
        }
    }
    mine.extend(others(&tenant.world));
    mine.extend(desk(&tenant.world));
    mine.into_iter().for_each(|event| intune.push(event));
    entras.into_iter().for_each(|event| directory.push(event));
    tenant.add(intune);
    tenant.add(directory);
}

/// Objects that say when they were changed.
fn objects(collection: &Collection) -> Vec<About> {
    let directory = match collection.path.split('/').nth(1) {
        Some("deviceManagement" | "deviceAppManagement") => false,
        Some("identity" | "policies") => true,
        _ => return Vec::new(),
    };
    let Source::Stored(objects, _) = &collection.source else {
        return Vec::new();
    };
    let about = |object: &Value| {
        let text = |name: &str| object.get(name).and_then(Value::as_str);
        let at = |name: &str| domain::policy::dates::seconds(text(name)?);
        Some(About {
            id: text("id").filter(|id| id.len() >= 32)?.to_owned(),
            name: text("name")
                .or_else(|| text("displayName"))
                .unwrap_or_default()
                .to_owned(),
            kind: kind(&collection.path, object),
            directory,
            changed: at("lastModifiedDateTime").or_else(|| at("modifiedDateTime"))?,
            created: at("createdDateTime"),
        })
    };
    objects.iter().filter_map(about).collect()
}

/// The log's word for a type.
fn kind(path: &str, object: &Value) -> String {
    let of = object.get("@odata.type").and_then(Value::as_str);
    let last = path.rsplit('/').next().unwrap_or_default();
    match (last, of) {
        ("configurationPolicies", _) => "DeviceManagementConfigurationPolicy".to_owned(),
        ("policies", _) => "Policy".to_owned(),
        (_, Some(name)) => capital(name.rsplit('.').next().unwrap_or(name)),
        (name, None) => capital(name.strip_suffix('s').unwrap_or(name)),
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn events(world: &World, about: &About) -> Vec<Value> {
    let mut rng = world.rng(&[hash("audit"), hash(&about.id)]);
    let kept = world.now - DAY * if about.directory { KEPT.1 } else { KEPT.0 };
    let mut out = Vec::new();
    let mut say = |at: i64, verb: &str, failed: bool, changes: Value| {
        if at > kept && at <= world.now {
            let event = Event {
                at,
                verb,
                failed,
                changes,
                about,
                number: out.len() as u64,
            };
            out.push(event.json(world, &mut rng));
        }
    };
    if let Some(created) = about.created {
        say(
            created,
            "Create",
            false,
            json!([change("DisplayName", None, Some(&about.name))]),
        );
    }
    if about.created != Some(about.changed) {
        // A first try that did not go through, and what did.
        if hash(&about.id).is_multiple_of(9) {
            say(about.changed - 240, "Patch", true, json!([]));
        }
        say(about.changed, "Patch", false, changes(about));
    }
    out
}

/// What a change changed: a name, a document, now and then a secret.
fn changes(about: &About) -> Value {
    if about.directory {
        let (old, new) = (
            json!({"id": about.id, "displayName": about.name, "state": "enabledForReportingButNotEnforced"}),
            json!({"id": about.id, "displayName": about.name, "state": "enabled"}),
        );
        return json!([change(
            "ConditionalAccessPolicy",
            Some(&old.to_string()),
            Some(&new.to_string())
        )]);
    }
    let mut out = vec![
        change(
            "Name",
            Some(&format!("{} (draft)", about.name)),
            Some(&about.name),
        ),
        change("DeviceManagementAPIVersion", None, Some("5026-10-01")),
    ];
    if hash(&about.id).is_multiple_of(4) {
        out.push(change(
            "WifiProfile.PreSharedKey",
            Some("tide-AND-1"),
            Some("tide-AND-2"),
        ));
    }
    out.into()
}

fn change(name: &str, old: Option<&str>, new: Option<&str>) -> Value {
    json!({"displayName": name, "oldValue": old, "newValue": new})
}

struct Event<'a> {
    at: i64,
    verb: &'a str,
    failed: bool,
    changes: Value,
    about: &'a About,
    number: u64,
}

/// Who did it: mostly the administrator, now and then somebody else or a pipeline.
enum Who {
    Person(usize),
    App(&'static str),
}

impl Event<'_> {
    fn json(self, world: &World, rng: &mut Rng) -> Value {
        let who = match rng.below(10) {
            0 | 1 => Who::Person(ACCOUNTS.len() + rng.below(3)),
            2 => Who::App("Configuration pipeline"),
            3 if world.options.hostile => Who::App(HOSTILE_APP),
            _ => Who::Person(1),
        };
        let (about, number) = (self.about, self.number);
        let guid = |what: &str| world.guid(&[hash(what), hash(&about.id), number]);
        if self.about.directory {
            self.directory(world, &who, guid("entra"), guid("corr"))
        } else {
            self.intune(world, &who, guid("intune"), guid("corr"))
        }
    }

    fn intune(self, world: &World, who: &Who, id: String, correlation: String) -> Value {
        let (about, kind) = (self.about, &self.about.kind);
        let activity = format!("{} {kind}", self.verb);
        json!({
            "id": id,
            "displayName": activity,
            "componentName": "DeviceConfiguration",
            "activity": activity,
            "activityDateTime": date_time(self.at),
            "activityType": activity,
            "activityOperationType": self.verb,
            "activityResult": if self.failed { "Fail" } else { "Success" },
            "correlationId": correlation,
            "category": category(kind),
            "actor": intune_actor(world, who),
            "resources": [{
                "displayName": about.name, "auditResourceType": kind, "resourceId": about.id,
                "modifiedProperties": self.changes,
            }],
        })
    }

    fn directory(self, world: &World, who: &Who, id: String, correlation: String) -> Value {
        let (verb, operation) = match self.verb {
            "Create" => ("Add", "Add"),
            _ => ("Update", "Update"),
        };
        json!({
            "id": id,
            "category": "Policy",
            "correlationId": correlation,
            "result": if self.failed { "failure" } else { "success" },
            "resultReason": if self.failed { "Microsoft.Online.Security.ValidationException" } else { "" },
            "activityDisplayName": format!("{verb} conditional access policy"),
            "activityDateTime": date_time(self.at),
            "loggedByService": "Conditional Access",
            "operationType": operation,
            "initiatedBy": initiator(world, who),
            "targetResources": [{
                "id": self.about.id, "displayName": self.about.name, "type": "Policy",
                "userPrincipalName": null, "groupType": null, "modifiedProperties": self.changes,
            }],
            "additionalDetails": [],
        })
    }
}

/// Intune's own word for the part of it that a type belongs to.
fn category(kind: &str) -> &'static str {
    match kind {
        "ManagedDevice" => "Device",
        _ if kind.starts_with("Role") || kind.contains("RoleDefinition") => "Role",
        _ if kind.contains("CompliancePolicy") => "Compliance",
        _ if kind.contains("Enrollment") || kind.contains("Autopilot") => "Enrollment",
        _ if kind.contains("App") => "Application",
        _ => "DeviceConfiguration",
    }
}

fn intune_actor(world: &World, who: &Who) -> Value {
    match who {
        Who::Person(at) => json!({
            "auditActorType": "ItPro", "userPermissions": ["*"],
            "applicationId": "5926fc8e-304e-4f59-8bed-58ca97cc39a4",
            "applicationDisplayName": "Microsoft Intune portal extension",
            "userPrincipalName": people::upn(world.seed, *at), "servicePrincipalName": null,
            "ipAddress": null, "userId": world.user_id(*at),
        }),
        Who::App(name) => json!({
            "auditActorType": "Application", "userPermissions": [],
            "applicationId": world.guid(&[hash(name)]), "applicationDisplayName": name,
            "userPrincipalName": null, "servicePrincipalName": name, "ipAddress": null, "userId": null,
        }),
    }
}

fn initiator(world: &World, who: &Who) -> Value {
    match who {
        Who::Person(at) => json!({"app": null, "user": {
            "id": world.user_id(*at), "displayName": null,
            "userPrincipalName": people::upn(world.seed, *at), "ipAddress": "198.51.100.20",
        }}),
        Who::App(name) => json!({"user": null, "app": {
            "appId": world.guid(&[hash(name)]), "displayName": name,
            "servicePrincipalId": world.guid(&[hash(name), 1]), "servicePrincipalName": null,
        }}),
    }
}

/// Somebody of the service desk, who only ever synchronizes devices, and once tried to change one.
fn desk(world: &World) -> Vec<Value> {
    let one = |number: u64| {
        let tried = number == 0;
        let about = About {
            id: world.guid(&[hash("desk"), number]),
            name: format!("WIN-{:04}", 100 + number),
            kind: "ManagedDevice".to_owned(),
            directory: false,
            changed: 0,
            created: None,
        };
        let guid = |what: &str| world.guid(&[hash(what), hash(&about.id), number]);
        let event = Event {
            at: world.now - DAY * (2 + number as i64),
            verb: if tried { "Patch" } else { "syncDevice" },
            failed: tried,
            changes: json!([]),
            about: &about,
            number,
        };
        event.intune(world, &Who::Person(DESK), guid("intune"), guid("corr"))
    };
    (0..4).map(one).collect()
}

/// What is about no object that is there: deleted policies, actions on devices.
fn others(world: &World) -> Vec<Value> {
    let mut out = Vec::new();
    for number in 0..12_u64 {
        let mut rng = world.rng(&[hash("gone"), number]);
        let (name, kind, verb) = match number % 3 {
            0 => (
                "Retired profile",
                "DeviceManagementConfigurationPolicy",
                "Delete",
            ),
            1 => ("WIN-0042", "ManagedDevice", "syncDevice"),
            _ => ("Retired app assignment", "MobileAppAssignment", "Delete"),
        };
        let about = About {
            id: world.guid(&[hash("gone"), number]),
            name: format!("{name} {number}"),
            kind: kind.to_owned(),
            directory: false,
            changed: 0,
            created: None,
        };
        let event = Event {
            at: world.now - 3_600 * (1 + rng.below(900) as i64),
            verb,
            failed: false,
            changes: json!([change("DisplayName", Some(&about.name), None)]),
            about: &about,
            number,
        };
        out.push(event.json(world, &mut rng));
    }
    out
}
