//! Who changed what: the emulator's audit logs read as the engine does, and laid beside two snapshots of its tenant.

use std::sync::OnceLock;

use domain::audit::log_of;
use domain::desk::{Comparer, Desk};
use domain::json::Json;
use domain::permission::LOGS;
use domain::policy::{self, dates};
use domain::protocol::{
    AuditAsk, AuditLog, AuditRead, CompareOptions, DriftKind, DriftLine, Event, File, ReportFormat,
    ReportOptions, ReportWhat, Request,
};
use domain::snapshot::{Reason, Snapshot, file};
use emulator::reader;
use emulator::tenant::{GeneratorOptions, Tenant};

use crate::compare::hand_over;

const TENANT: &str = emulator::accounts::TENANT_ID;
const BOTH: [AuditLog; 2] = [AuditLog::Intune, AuditLog::Directory];
const DAY: i64 = 86_400;

/// A tenant of small pages, and its snapshot.
fn tenant() -> &'static (Tenant, Snapshot) {
    static MADE: OnceLock<(Tenant, Snapshot)> = OnceLock::new();
    MADE.get_or_init(|| {
        let tenant = Tenant::generate(&GeneratorOptions {
            page: 7,
            ..GeneratorOptions::default()
        });
        let scopes = domain::catalog::rows().flat_map(|row| row.scopes.iter());
        let scopes: Vec<String> = scopes.map(|scope| (*scope).to_owned()).collect();
        let (snapshot, _) = reader::read(&tenant, &scopes, &dates::iso(now()));
        (tenant, snapshot)
    })
}

fn now() -> i64 {
    GeneratorOptions::default().now
}

fn ask(logs: &[AuditLog], days: i64) -> AuditAsk {
    AuditAsk {
        logs: logs.to_vec(),
        from: dates::iso(now() - days * DAY),
        to: dates::iso(now()),
    }
}

fn logs(scopes: &[&str], ask: &AuditAsk) -> (Vec<(AuditLog, String)>, Vec<AuditRead>) {
    let scopes: Vec<String> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    reader::read_logs(&scopes, ask, &dates::iso(now()), |request| {
        tenant().0.answer(request)
    })
}

fn all_scopes() -> Vec<&'static str> {
    LOGS.iter().map(|log| log.scope).collect()
}

fn snapshot_file(name: &str, snapshot: &Snapshot) -> File {
    File {
        path: format!("{name}.plumbline.json"),
        mime: String::new(),
        bytes: file::write(snapshot).into_bytes(),
    }
}

/// The tenant as it is, compared with what it was: without what was changed since, and with something that is gone.
fn compared(days: i64, gone: &str) -> Comparer {
    let later = &tenant().1;
    let since = dates::iso(now() - days * DAY);
    let mut earlier = Snapshot {
        taken_at: since.clone(),
        ..later.clone()
    };
    earlier.policies.retain(|policy| policy.modified < since);
    let row = domain::catalog::row("settingsCatalog").unwrap();
    let text = format!(
        r#"{{"id":"{gone}","name":"Retired","settings":[],"lastModifiedDateTime":"2024-01-01T00:00:00Z"}}"#
    );
    let document = Json::parse(&text).unwrap();
    earlier.policies.push(policy::read(
        row,
        &document,
        text.as_str().into(),
        "",
        Vec::new(),
    ));
    let mut desk = Comparer::default();
    let mut engine = Desk::default();
    engine.set_main(later.clone());
    hand_over(&engine, &mut desk);
    let before = desk.answer(Request::AddBaseline(vec![snapshot_file(
        "earlier", &earlier,
    )]));
    assert!(matches!(before, Some(Event::BaselineReady(_))));
    let compared = desk.answer(Request::Compare(CompareOptions::default()));
    assert!(matches!(compared, Some(Event::Compared(_))));
    desk
}

fn take(desk: &mut Comparer, (pages, reads): (Vec<(AuditLog, String)>, Vec<AuditRead>)) {
    for (log, text) in pages {
        desk.take_audit(1, log, &text);
    }
    desk.end_audit(1, TENANT, &reads);
}

/// A report of the comparison as text.
fn report(desk: &mut Comparer, format: ReportFormat, redact: bool) -> String {
    let options = ReportOptions {
        what: ReportWhat::Comparison,
        format,
        redact,
        without: vec!["body".to_owned()],
        ..ReportOptions::default()
    };
    let mut event = desk.answer(Request::Report(options)).unwrap();
    while matches!(event, Event::Writing(..)) {
        event = desk.write_on();
    }
    match event {
        Event::Download(file) => String::from_utf8(file.bytes).unwrap(),
        other => panic!("{other:?}"),
    }
}

fn drift(desk: &mut Comparer) -> Vec<DriftLine> {
    match desk.answer(Request::Drift) {
        Some(Event::Drift(lines)) => lines,
        other => panic!("{other:?}"),
    }
}

/// The id of a policy that the log says was deleted.
fn deleted(pages: &[(AuditLog, String)]) -> (String, String) {
    for (_, text) in pages {
        for event in Json::parse(text).unwrap().elements() {
            if event.str_at("activity") == Some("Delete DeviceManagementConfigurationPolicy") {
                let id = event.get("resources").unwrap().elements()[0].str_at("resourceId");
                let at = event.str_at("activityDateTime").unwrap();
                return (id.unwrap().to_owned(), at.to_owned());
            }
        }
    }
    panic!("nothing was deleted");
}

#[test]
fn every_change_between_two_snapshots_has_its_author() {
    let days = 25;
    let read = logs(&all_scopes(), &ask(&BOTH, days));
    assert!(
        read.1
            .iter()
            .all(|read| read.gap.is_none() && read.events > 0),
        "{:?}",
        read.1
    );
    assert!(read.0.len() > 10, "page after page");
    let (gone, when) = deleted(&read.0);
    let mut desk = compared(days, &gone);

    // Before: when, by the document itself, and not who.
    let before = drift(&mut desk);
    assert!(!report(&mut desk, ReportFormat::Json, false).contains("by whom"));
    assert!(before.len() > 20);
    assert!(
        before
            .iter()
            .all(|line| line.who.is_empty() && line.unknown.contains("was not read"))
    );

    take(&mut desk, read);
    let after = drift(&mut desk);
    assert_eq!(after.len(), before.len());
    let policies = &tenant().1.policies;
    let mut known = [0, 0];
    for line in &after {
        if line.kind == DriftKind::Removed {
            assert_eq!((line.when.as_str(), line.events), (when.as_str(), 1));
            assert!(!line.who.is_empty());
            continue;
        }
        let policy = policies
            .iter()
            .find(|p| p.id.as_deref() == Some(&line.policy))
            .unwrap();
        assert_eq!(line.when, policy.modified, "{}", line.after);
        if policy.id.as_ref().is_some_and(|id| id.len() >= 32) {
            assert!(!line.who.is_empty(), "{}: {}", line.after, line.unknown);
            known[usize::from(log_of(policy) == AuditLog::Directory)] += 1;
        } else {
            assert!(
                line.unknown.ends_with("has no event about it"),
                "{}",
                line.unknown
            );
        }
    }
    for format in [
        ReportFormat::Html,
        ReportFormat::Markdown,
        ReportFormat::Json,
    ] {
        let plain = report(&mut desk, format, false);
        assert!(
            plain.contains("What changed, when and by whom"),
            "{format:?}"
        );
        assert!(plain.contains("ivo.marchetti"), "{format:?}");
        assert!(plain.contains("Configuration pipeline"), "{format:?}");
        let without = report(&mut desk, format, true);
        assert!(without.contains("«author 1»"), "{format:?}");
        assert!(!without.contains("ivo.marchetti"), "{format:?}");
        assert!(!without.contains("Configuration pipeline"), "{format:?}");
    }
    assert!(known[0] > 10 && known[1] > 0, "{known:?}");
    assert!(
        after
            .iter()
            .any(|line| line.who.iter().any(|who| who == "Configuration pipeline"))
    );
}

#[test]
fn what_the_log_does_not_say_is_unknown_with_the_reason() {
    // Only Intune's log, and only half the time.
    let mut desk = compared(25, "0");
    take(&mut desk, logs(&[LOGS[0].scope], &ask(&BOTH, 10)));
    let lines = drift(&mut desk);
    let reasons: Vec<&str> = lines.iter().map(|line| line.unknown.as_str()).collect();
    assert!(lines.iter().any(|line| !line.who.is_empty()));
    assert!(reasons.contains(&"Intune’s audit log was read for another time"));
    assert!(
        reasons
            .contains(&"Entra’s audit log is not whole: the permission to read it was not given")
    );
    // A session that ends takes them along.
    desk.clear();
    let (_, reads) = logs(&[], &ask(&BOTH, 10));
    let gaps: Vec<Reason> = reads
        .into_iter()
        .filter_map(|read| Some(read.gap?.reason))
        .collect();
    assert_eq!(gaps, [Reason::Scope, Reason::Scope]);
}
