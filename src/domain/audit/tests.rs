#![allow(clippy::unwrap_used)]

mod list;

use super::*;
use crate::catalog;
use crate::json::Json;
use crate::policy::Policy;
use crate::protocol::AuditQuery;
use crate::setting::names::HIDDEN;
use crate::snapshot::{Gap, Reason, Snapshot, Tenant};

const ID: &str = "3A2C62DB-5318-420d-8d74-23affee5d9d5";
const OTHER: &str = "99999999-5318-420d-8d74-23affee5d9d5";

fn intune(id: &str, at: &str, who: &str, more: &str) -> String {
    format!(
        r#"{{"id":"{id}","activityDateTime":"{at}","activity":"Patch It","activityResult":"Success",
        "actor":{{"userPrincipalName":{who}}},"resources":[{{"resourceId":"{ID}","displayName":"Edge"}}]{more}}}"#
    )
}

fn read(log: AuditLog, gap: Option<Reason>) -> AuditRead {
    AuditRead {
        log,
        events: 0,
        from: "2026-10-01T00:00:00Z".to_owned(),
        to: "2026-11-01T00:00:00Z".to_owned(),
        at: "2026-11-02T00:00:00Z".to_owned(),
        gap: gap.map(|reason| Gap {
            reason,
            detail: String::new(),
        }),
    }
}

fn trail(events: &[String]) -> Trail {
    let mut trail = Trail::default();
    trail.take(7, AuditLog::Intune, &format!("[{}]", events.join(",")));
    trail.end(7, "t", &[read(AuditLog::Intune, None)]);
    trail
}

fn side(taken_at: &str) -> Snapshot {
    Snapshot {
        taken_at: taken_at.to_owned(),
        tenant: Tenant {
            id: "t".to_owned(),
            ..Tenant::default()
        },
        ..Snapshot::default()
    }
}

fn policy(row: &str, modified: &str) -> Policy {
    let row = catalog::row(row).unwrap();
    let text = format!(
        r#"{{"id":"{}","name":"Edge","displayName":"Edge","lastModifiedDateTime":"{modified}","modifiedDateTime":"{modified}"}}"#,
        ID.to_ascii_lowercase()
    );
    let document = Json::parse(&text).unwrap();
    crate::policy::read(row, &document, text.as_str().into(), "", Vec::new())
}

#[test]
fn who_did_it_is_a_person_an_application_or_an_id() {
    for (log, json, name, app, through) in [
        (
            AuditLog::Intune,
            r#"{"actor":{"userPrincipalName":"ada@x.example","applicationDisplayName":"Portal"}}"#,
            "ada@x.example",
            false,
            "Portal",
        ),
        (
            AuditLog::Intune,
            r#"{"actor":{"userPrincipalName":"","applicationDisplayName":"<b>App</b>"}}"#,
            "<b>App</b>",
            true,
            "",
        ),
        (
            AuditLog::Intune,
            r#"{"actor":{"servicePrincipalName":"spn","userPrincipalName":null}}"#,
            "spn",
            true,
            "",
        ),
        (
            AuditLog::Intune,
            r#"{"actor":{"userId":"u-1"}}"#,
            "u-1",
            false,
            "",
        ),
        (AuditLog::Intune, r#"{"actor":null}"#, "", false, ""),
        (AuditLog::Intune, r#"{"actor":[7]}"#, "", false, ""),
        (
            AuditLog::Directory,
            r#"{"initiatedBy":{"app":null,"user":{"userPrincipalName":"bo@x.example"}}}"#,
            "bo@x.example",
            false,
            "",
        ),
        (
            AuditLog::Directory,
            r#"{"initiatedBy":{"user":{"displayName":null,"id":"u-2"}}}"#,
            "u-2",
            false,
            "",
        ),
        (
            AuditLog::Directory,
            r#"{"initiatedBy":{"app":{"displayName":"Sync"}}}"#,
            "Sync",
            true,
            "",
        ),
        (AuditLog::Directory, r#"{}"#, "", false, ""),
    ] {
        let events = read::events(log, &format!("[{json}]"));
        let actor = &events[0].actor;
        assert_eq!(
            (actor.name.as_str(), actor.app, actor.through.as_str()),
            (name, app, through),
            "{json}"
        );
    }
}

#[test]
fn what_is_no_event_does_no_harm() {
    for text in ["", "{", "[]", "7", "[7,null,\"x\"]", "{\"value\":[]}"] {
        assert!(read::events(AuditLog::Intune, text).is_empty(), "{text}");
        assert!(read::events(AuditLog::Directory, text).is_empty(), "{text}");
    }
    let odd = r#"[{"id":7,"resources":{"a":1},"activityDateTime":"soon","activityResult":[]}]"#;
    let events = read::events(AuditLog::Intune, odd);
    assert_eq!(
        (
            events[0].id.as_str(),
            events[0].at.as_str(),
            events[0].failed
        ),
        ("", "", false)
    );
    let long = format!(r#"[{{"activity":"{}"}}]"#, "ü".repeat(9_000));
    assert!(read::events(AuditLog::Intune, &long)[0].activity.len() <= 1_000);
}

#[test]
fn values_are_read_out_of_their_json_and_secrets_stay_hidden() {
    let shown = |name: &str, value: &str| {
        let value = Json::String(value.into()).to_text();
        let text = format!(
            r#"[{{"targetResources":[{{"modifiedProperties":[{{"displayName":"{name}","oldValue":null,"newValue":{value}}}]}}]}}]"#
        );
        let events = read::events(AuditLog::Directory, &text);
        let change = events[0].resources[0].changes[0].clone();
        assert_eq!(change.before, None);
        change.after.unwrap()
    };
    for (name, value, expect) in [
        ("state", "enabled", "enabled"),
        ("state", r#""enabled""#, "enabled"),
        ("state", "", ""),
        ("list", r#"["a"]"#, "[\n  \"a\"\n]"),
        ("Name", "[Ring 1] Edge", "[Ring 1] Edge"),
        ("WifiProfile.PreSharedKey", "tide", HIDDEN),
        ("omaSettings[0].secret", "tide", HIDDEN),
        ("preSharedKey", "", ""),
    ] {
        assert_eq!(shown(name, value), expect, "{name} {value}");
    }
    let document = shown(
        "Profile",
        r#"{"ssid":"Quay","preSharedKey":"tide","deep":[{"password":"and"}]}"#,
    );
    assert!(
        document.contains("Quay") && !document.contains("tide") && !document.contains("and"),
        "{document}"
    );
    let cut_off = shown("Profile", r#"{"preSharedKey":"tide","x"#);
    assert!(!cut_off.contains("tide"), "{cut_off}");
}

#[test]
fn a_policy_s_authors_are_those_between_the_two_snapshots() {
    let events = [
        intune(
            "1",
            "2026-10-05T10:00:00.1234567Z",
            r#""ada@x.example""#,
            "",
        ),
        intune("2", "2026-10-20T12:00:00Z", r#""bo@x.example""#, ""),
        intune("3", "2026-10-21T12:00:00Z", r#""ada@x.example""#, ""),
        // Too early, too late, not done, about another.
        intune("4", "2026-10-01T10:00:00Z", r#""early@x.example""#, ""),
        intune("5", "2026-10-30T10:00:00Z", r#""late@x.example""#, ""),
        intune("6", "2026-10-22T10:00:00Z", r#""failed@x.example""#, "").replace("Success", "Fail"),
        intune("7", "2026-10-22T10:00:00Z", r#""other@x.example""#, "").replace(ID, OTHER),
        // Once more, from a page that came twice.
        intune("3", "2026-10-21T12:00:00Z", r#""ada@x.example""#, ""),
    ];
    let trail = trail(&events);
    let policy = policy("settingsCatalog", "2026-10-21T12:00:00Z");
    let (from, to) = (side("2026-10-02T00:00:00Z"), side("2026-10-25T00:00:00Z"));
    let authors = trail.authors(&policy, &from, &to);
    assert_eq!(authors.names, ["ada@x.example", "bo@x.example"]);
    assert_eq!(
        (
            authors.when.as_str(),
            authors.events,
            authors.unknown.as_str()
        ),
        ("2026-10-21T12:00:00Z", 3, "")
    );
    assert_eq!(trail.about(OTHER).count(), 1);
    assert_eq!(trail.about("0").count(), 0);
}

#[test]
fn what_is_not_known_has_its_reason() {
    let intune_policy = policy("settingsCatalog", "2026-10-21T12:00:00Z");
    let entra_policy = policy("conditionalAccess", "2026-10-21T12:00:00Z");
    let old = policy("conditionalAccess", "2026-10-02T00:00:00Z");
    let (from, to) = (side("2026-10-02T00:00:00Z"), side("2026-10-25T00:00:00Z"));
    let with = |reads: &[AuditRead], tenant: &str| {
        let mut trail = Trail::default();
        trail.end(1, tenant, reads);
        trail
    };
    let both = [
        read(AuditLog::Intune, None),
        read(AuditLog::Directory, None),
    ];
    for (trail, policy, from, to, expect) in [
        (
            Trail::default(),
            &intune_policy,
            &from,
            &to,
            "Intune’s audit log was not read",
        ),
        (
            Trail::default(),
            &intune_policy,
            &side(""),
            &to,
            "a side has no date",
        ),
        (
            with(&both[..1], "t"),
            &entra_policy,
            &from,
            &to,
            "Entra’s audit log was not read",
        ),
        (
            with(&both, "other"),
            &intune_policy,
            &from,
            &to,
            "the audit log that was read is another tenant’s",
        ),
        (
            with(&[read(AuditLog::Intune, Some(Reason::Scope))], "t"),
            &intune_policy,
            &from,
            &to,
            "Intune’s audit log is not whole: the permission to read it was not given",
        ),
        (
            with(&both, "t"),
            &intune_policy,
            &side("2026-09-01T00:00:00Z"),
            &to,
            "Intune’s audit log was read for another time",
        ),
        (
            with(&both, "t"),
            &old,
            &from,
            &to,
            "Entra’s audit log is kept for 30 days",
        ),
        (
            with(&both, "t"),
            &intune_policy,
            &from,
            &to,
            "Intune’s audit log has no event about it",
        ),
    ] {
        let authors = trail.authors(policy, from, to);
        assert_eq!((authors.names.len(), authors.unknown.as_str()), (0, expect));
    }
}

#[test]
fn a_newer_read_takes_the_place_of_the_older_and_another_tenant_of_all() {
    let mut trail = trail(&[intune(
        "1",
        "2026-10-05T10:00:00Z",
        r#""ada@x.example""#,
        "",
    )]);
    let page = |name: &str| {
        format!(
            "[{}]",
            intune("2", "2026-10-06T10:00:00Z", &format!("\"{name}\""), "")
        )
    };
    let names = |trail: &Trail| {
        trail
            .about(ID)
            .map(|e| e.actor.name.clone())
            .collect::<Vec<_>>()
    };
    // A read that was given up leaves nothing.
    trail.take(8, AuditLog::Intune, &page("given-up"));
    trail.take(9, AuditLog::Intune, &page("bo"));
    trail.end(9, "t", &[read(AuditLog::Intune, None)]);
    assert_eq!(names(&trail), ["bo"]);
    trail.end(10, "t", &[read(AuditLog::Directory, None)]);
    assert_eq!((names(&trail).len(), trail.reads().len()), (1, 2));
    trail.end(11, "u", &[read(AuditLog::Directory, None)]);
    assert_eq!((names(&trail).len(), trail.reads().len()), (0, 1));
}
