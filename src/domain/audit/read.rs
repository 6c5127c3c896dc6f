//! Events out of Graph's JSON.
//!
//! Graph: `auditEvent` (v1.0; beta has the same and more) and `directoryAudit` (v1.0).

use super::{Actor, AuditEvent, Change, Resource};
use crate::json::Json;
use crate::policy::dates;
use crate::problem::cut;
use crate::protocol::AuditLog;
use crate::setting::names::HIDDEN;
use crate::setting::{hide_secrets, is_secret};

/// The most bytes of a name, of a value, and the most resources and properties of an event.
const NAME: usize = 1_000;
const VALUE: usize = 64 * 1024;
const MOST: usize = 500;

/// The events of a page; what is no event is left out.
pub(super) fn events(log: AuditLog, text: &str) -> Vec<AuditEvent> {
    let Ok(page) = Json::parse(text) else {
        return Vec::new();
    };
    let one = |json: &Json<'_>| {
        json.object()?;
        Some(match log {
            AuditLog::Intune => intune(json),
            AuditLog::Directory => directory(json),
        })
    };
    let all = page.array().unwrap_or_default().iter();
    all.filter_map(one).collect()
}

/// Graph: `auditEvent`.
fn intune(json: &Json<'_>) -> AuditEvent {
    let result = name(json, &["activityResult"]);
    AuditEvent {
        log: AuditLog::Intune,
        id: name(json, &["id"]),
        at: when(json),
        actor: json.get("actor").map(intune_actor).unwrap_or_default(),
        activity: name(json, &["activity", "displayName", "activityType"]),
        category: name(json, &["category"]),
        component: name(json, &["componentName"]),
        operation: name(json, &["activityOperationType"]),
        failed: !result.is_empty() && !result.eq_ignore_ascii_case("success"),
        result,
        correlation: name(json, &["correlationId"]),
        resources: resources(
            json,
            "resources",
            &["resourceId"],
            &["auditResourceType", "type"],
        ),
    }
}

fn intune_actor(actor: &Json<'_>) -> Actor {
    let app = name(
        actor,
        &[
            "applicationDisplayName",
            "servicePrincipalName",
            "applicationId",
        ],
    );
    let person = name(actor, &["userPrincipalName"]);
    let alone = person.is_empty() && !app.is_empty();
    let held = actor.get("userPermissions").map(Json::elements);
    let everything = held.is_some_and(|held| held.iter().any(|one| one.str() == Some("*")));
    let id = if alone {
        ["applicationId"].as_slice()
    } else {
        &["userId", "remoteUserId"]
    };
    let id = name(actor, id);
    Actor {
        // A partner's administrator has an id here and no name.
        name: match (person.is_empty(), app.is_empty()) {
            (false, _) => person,
            (true, false) => app.clone(),
            (true, true) => id.clone(),
        },
        app: alone,
        through: if alone { String::new() } else { app },
        id,
        everything,
    }
}

/// Graph: `directoryAudit`.
fn directory(json: &Json<'_>) -> AuditEvent {
    let mut result = name(json, &["result"]);
    let failed = !result.is_empty() && !result.eq_ignore_ascii_case("success");
    let reason = name(json, &["resultReason"]);
    if !reason.is_empty() {
        result = format!("{result}: {reason}");
    }
    AuditEvent {
        log: AuditLog::Directory,
        id: name(json, &["id"]),
        at: when(json),
        actor: json.get("initiatedBy").map(initiator).unwrap_or_default(),
        activity: name(json, &["activityDisplayName"]),
        category: name(json, &["category"]),
        component: name(json, &["loggedByService"]),
        operation: name(json, &["operationType"]),
        failed,
        result,
        correlation: name(json, &["correlationId"]),
        resources: resources(json, "targetResources", &["id"], &["type"]),
    }
}

fn initiator(by: &Json<'_>) -> Actor {
    let of = |who: &str, names: &[&str]| by.get(who).map_or(String::new(), |who| name(who, names));
    let person = of("user", &["userPrincipalName", "displayName", "id"]);
    let app = of(
        "app",
        &[
            "displayName",
            "servicePrincipalName",
            "appId",
            "servicePrincipalId",
        ],
    );
    let alone = person.is_empty() && !app.is_empty();
    Actor {
        name: if alone { app.clone() } else { person },
        app: alone,
        through: if alone { String::new() } else { app },
        ..Actor::default()
    }
}

fn when(json: &Json<'_>) -> String {
    dates::normalise(json.str_at("activityDateTime").unwrap_or_default())
}

/// The first of these properties that says something.
fn name(json: &Json<'_>, names: &[&str]) -> String {
    let texts = names.iter().filter_map(|name| json.str_at(name));
    let said = texts.map(str::trim).find(|text| !text.is_empty());
    cut(said.unwrap_or_default(), NAME).to_owned()
}

fn resources(json: &Json<'_>, key: &str, id: &[&str], kind: &[&str]) -> Vec<Resource> {
    let all = json.get(key).map_or(&[][..], Json::elements).iter();
    let one = |json: &Json<'_>| {
        let changes = json.get("modifiedProperties");
        let changes = changes.map_or(&[][..], Json::elements).iter();
        Resource {
            id: name(json, id),
            name: name(json, &["displayName", "userPrincipalName"]),
            kind: name(json, kind),
            changes: changes.take(MOST).map(change).collect(),
        }
    };
    all.take(MOST).map(one).collect()
}

fn change(json: &Json<'_>) -> Change {
    let property = name(json, &["displayName"]);
    let value = |key: &str| Some(shown(&property, json.str_at(key)?));
    Change {
        before: value("oldValue"),
        after: value("newValue"),
        name: property,
    }
}

/// In place of JSON that ends in the middle.
const CUT_OFF: &str = "Not shown: it is cut off, and may hold a secret";

/// A value as it may be shown. Entra writes JSON into it, Intune sometimes.
fn shown(property: &str, value: &str) -> String {
    let last = property
        .rsplit(['.', '/', '[', ' '])
        .next()
        .unwrap_or(property);
    if !value.is_empty() && is_secret(last, &Json::String(value.into()), true) {
        return HIDDEN.to_owned();
    }
    let text = match value.trim_start().as_bytes().first() {
        Some(b'{' | b'[' | b'"') => match Json::parse(value) {
            Ok(Json::String(text)) => text.into_owned(),
            Ok(mut document) => {
                hide_secrets(&mut document, true);
                document.to_pretty()
            }
            Err(_) if value.contains("\":") => CUT_OFF.to_owned(),
            Err(_) => value.to_owned(),
        },
        _ => value.to_owned(),
    };
    cut(&text, VALUE).to_owned()
}
