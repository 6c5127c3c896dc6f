//! Audit logs: to their end, or incomplete with the reason.

use super::*;
use crate::protocol::{AuditAsk, AuditLog};

const APPS: &str = "DeviceManagementApps.Read.All";

fn ask(logs: &[AuditLog]) -> AuditAsk {
    AuditAsk {
        logs: logs.to_vec(),
        from: "2026-10-01T00:00:00.123Z".to_owned(),
        to: "2026-11-01T02:00:00+02:00".to_owned(),
    }
}

fn logs(scopes: &[&str], ask: &AuditAsk) -> Reading {
    let scopes: Vec<String> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    Reading::of_logs(ORIGIN, &scopes, ask, 3)
}

/// Goes on to the end; what `answer` says nothing to is an empty list.
fn drive_on(reading: &mut Reading, mut answer: impl FnMut(&str) -> Option<Reply>) {
    let answer = move |_: Ms, url: &str| answer(url).unwrap_or_else(|| Reply::ok(EMPTY));
    drive(reading, &mut Sim::new(answer, arrives), Ms::MAX);
}

fn gaps(reading: &Reading) -> Vec<Option<(Reason, String)>> {
    let read = reading.logs_read("now");
    read.into_iter()
        .map(|read| read.gap.map(|gap| (gap.reason, gap.detail)))
        .collect()
}

#[test]
fn a_log_is_followed_to_its_end_and_its_pages_are_handed_on() {
    let mut reading = logs(&[APPS], &ask(&[AuditLog::Intune]));
    let mut asked = Vec::new();
    drive_on(&mut reading, |url| {
        asked.push(url.to_owned());
        if url.contains("skiptoken") {
            return Some(Reply::ok(r#"{"value":[{"id":"3"}]}"#));
        }
        url.starts_with("/deviceManagement/auditEvents").then(|| {
            let next = format!("{ORIGIN}/v1.0/deviceManagement/auditEvents?$skiptoken=2");
            Reply::ok(format!(
                r#"{{"value":[{{"id":"1"}},{{"id":"2"}}],"@odata.nextLink":"{next}"}}"#
            ))
        })
    });
    let first = "/deviceManagement/auditEvents?$filter=activityDateTime%20ge%202026-10-01T00:00:00Z%20and%20activityDateTime%20le%202026-11-01T00:00:00Z&$orderby=activityDateTime%20desc";
    assert!(asked.iter().any(|url| url == first), "{asked:?}");
    assert_eq!(gaps(&reading), [None]);
    let read = reading.logs_read("now");
    assert_eq!(
        (read[0].events, read[0].to.as_str()),
        (3, "2026-11-01T00:00:00Z")
    );
    let pages = reading.log_pages();
    let texts: Vec<&str> = pages.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, [r#"[{"id":"1"},{"id":"2"}]"#, r#"[{"id":"3"}]"#]);
    assert!(reading.log_pages().is_empty());
}

#[test]
fn what_is_not_whole_says_why() {
    let both = ask(&[AuditLog::Intune, AuditLog::Directory]);
    let mut reading = logs(&[APPS], &both);
    let mut urls = 0;
    drive_on(&mut reading, |url| {
        urls += usize::from(url.starts_with("/auditLogs"));
        url.contains("auditEvents").then(|| {
            let message = "User is not authorized to perform this operation";
            Reply::error(403, "Forbidden", message)
        })
    });
    let found = gaps(&reading);
    assert_eq!(found[0].as_ref().unwrap().0, Reason::Role);
    assert_eq!(
        found[1],
        Some((Reason::Scope, "AuditLog.Read.All".to_owned()))
    );
    assert_eq!(urls, 0, "what the token cannot read is not asked for");

    for (next, expect) in [
        (
            "https://evil.example/v1.0/deviceManagement/auditEvents",
            "nextLink: foreign origin",
        ),
        (
            "ORIGIN/v1.0/deviceManagement/managedDevices/1/getFileVaultKey",
            "not in the read table",
        ),
    ] {
        let mut reading = logs(&[APPS], &ask(&[AuditLog::Intune]));
        let next = next.replace("ORIGIN", ORIGIN);
        drive_on(&mut reading, |url| {
            let page = format!(r#"{{"value":[{{"id":"1"}}],"@odata.nextLink":"{next}"}}"#);
            url.contains("auditEvents").then(|| Reply::ok(page))
        });
        assert_eq!(
            gaps(&reading),
            [Some((Reason::Malformed, expect.to_owned()))]
        );
    }

    let mut never = ask(&[AuditLog::Intune]);
    never.from = "x' or 1 eq 1".to_owned();
    let mut reading = logs(&[APPS], &never);
    drive_on(&mut reading, |url| {
        assert!(!url.contains("audit"), "{url}");
        None
    });
    assert_eq!(gaps(&reading)[0].as_ref().unwrap().0, Reason::Malformed);
}

#[test]
fn a_log_without_end_is_cut_and_a_cancelled_one_says_so() {
    let mut reading = logs(&[APPS], &ask(&[AuditLog::Intune]));
    let items = vec![r#"{"id":"x"}"#; 5_000].join(",");
    let mut page = 0;
    drive_on(&mut reading, |url| {
        url.contains("auditEvents").then(|| {
            page += 1;
            let next = format!("{ORIGIN}/v1.0/deviceManagement/auditEvents?$skiptoken={page}");
            Reply::ok(format!(
                r#"{{"value":[{items}],"@odata.nextLink":"{next}"}}"#
            ))
        })
    });
    assert_eq!(page, 4);
    assert_eq!(gaps(&reading)[0].as_ref().unwrap().0, Reason::NotRead);

    let mut reading = logs(&[APPS], &ask(&[AuditLog::Intune]));
    reading.end(Reason::Cancelled);
    assert_eq!(gaps(&reading)[0].as_ref().unwrap().0, Reason::Cancelled);
}
