#![allow(clippy::unwrap_used)]
use std::collections::{BTreeMap, HashMap};

use super::super::{Definition, FileCounts, Finding, Gap, Snapshot, Source, Tenant, TypeRead};
use super::*;
use crate::catalog::{self, UNKNOWN};
use crate::json::Json;
use crate::policy::{self, Known, Policy};
use crate::setting::Interner;

fn policy(row: &str, document: &str, gaps: &[(&str, Reason)], place: &str) -> Policy {
    let gaps = gaps.iter().map(|(name, reason)| {
        (
            (*name).to_owned(),
            Gap {
                reason: *reason,
                detail: "d \"x\"".to_owned(),
            },
        )
    });
    let row = catalog::row(row).unwrap_or(&UNKNOWN);
    let json = Json::parse(document).unwrap_or(Json::Null);
    policy::read_with(
        &mut Interner::default(),
        row,
        &json,
        document.into(),
        place,
        gaps.collect(),
    )
}

fn snapshot() -> Snapshot {
    let setting = r##"{"id":"p","name":"P","assignments":[{"target":{"@odata.type":"#microsoft.graph.allDevicesAssignmentTarget"}}],"settings":[{"settingInstance":{"settingDefinitionId":"a","simpleSettingValue":{"value":1.50}}}]}"##;
    let reasons = REASONS.iter().map(|(reason, _)| TypeRead {
        row: "settingsCatalog".into(),
        read: 3,
        gap: Some(Gap {
            reason: *reason,
            detail: String::new(),
        }),
    });
    Snapshot {
        label: "Contoso \u{2028} \"quoted\"".into(),
        source: Source::Tenant,
        taken_at: "2026-01-02T03:04:05Z".into(),
        tenant: Tenant {
            id: "t".into(),
            name: "Contoso".into(),
            domain: "c.example".into(),
        },
        coverage: reasons
            .chain([TypeRead {
                row: "groups".into(),
                read: 0,
                gap: None,
            }])
            .collect(),
        policies: vec![
            policy("settingsCatalog", setting, &[], ""),
            policy(
                "settingsCatalog",
                r#"{"id":"q"}"#,
                &[
                    ("settings", Reason::Throttled),
                    ("assignments", Reason::Role),
                ],
                "",
            ),
            policy(
                "powershellScripts",
                r#"{"id":"s","n":12345678901234567890,"f":1.0e5}"#,
                &[("", Reason::NotFound)],
                "",
            ),
            policy(
                "endpointSecurityIntents",
                r#"{"id":"i"}"#,
                &[("categories", Reason::Failed)],
                "folder/file.json",
            ),
            policy(
                "of tomorrow",
                "{\n \"id\": \"u\",\n \"x\": [1]\n}",
                &[],
                "folder/file.json",
            ),
            policy("settingsCatalog", "not json", &[], "x"),
        ],
        definitions: HashMap::from([(
            "a".into(),
            Definition {
                name: "A".into(),
                options: vec![("a_1".into(), "One".into())],
                ..Definition::default()
            },
        )]),
        names: HashMap::from([("g".into(), "Group".into()), ("h".into(), "Other".into())]),
        groups: HashMap::from([("h".into(), r#"{"id":"h","displayName":"Other"}"#.into())]),
        files: FileCounts {
            given: 3,
            read: 1,
            not_policy: 1,
            unreadable: 1,
        },
        findings: vec![Finding {
            file: "f".into(),
            place: "1:2".into(),
            problem: "p".into(),
            remedy: "r".into(),
        }],
    }
}

/// Everything but the order in maps.
fn describe(snapshot: &Snapshot) -> String {
    let definitions: BTreeMap<_, _> = snapshot.definitions.iter().collect();
    let names: BTreeMap<_, _> = snapshot.names.iter().collect();
    format!(
        "{}|{}|{:?}|{:#?}|{:#?}|{definitions:?}|{names:?}|{:?}|{:?}|{:?}",
        snapshot.label,
        snapshot.taken_at,
        snapshot.tenant,
        snapshot.coverage,
        snapshot.policies,
        snapshot.groups,
        snapshot.files,
        snapshot.findings
    )
}

#[test]
fn what_is_saved_is_what_is_opened() {
    let saved = snapshot();
    let text = write(&saved);
    assert!(is_snapshot(&text));
    let opened = read(&text, Source::Saved).unwrap();
    assert_eq!(opened.source, Source::Saved);
    assert_eq!(describe(&opened), describe(&saved));
    assert_eq!(
        write(&Snapshot {
            source: Source::Tenant,
            ..opened
        }),
        text,
        "and the same bytes again"
    );
    assert!(Json::parse(&text).is_ok(), "other tools can read it");
}

#[test]
fn unknown_is_kept_as_unknown() {
    let opened = read(&write(&snapshot()), Source::Saved).unwrap();
    let Known::No(settings) = &opened.policies[1].settings else {
        panic!()
    };
    let Known::No(assignments) = &opened.policies[1].assignments else {
        panic!()
    };
    assert_eq!(
        (settings.reason, assignments.reason),
        (Reason::Throttled, Reason::Role)
    );
}

#[test]
fn older_readers_and_newer_files() {
    let newer = r#"{"plumblineSnapshot":2,"policies":"something else"}"#;
    assert_eq!(read(newer, Source::Saved).err(), Some(OpenError::Newer(2)));

    let additions = r#"{"plumblineSnapshot":1,"label":"L","new":[1],"coverage":[{"row":"x","read":1,"new":1,"gap":{"reason":"ofTomorrow"}}],
        "policies":[{"row":"ofTomorrow","document":{"id":"1"},"new":true},{"row":"settingsCatalog"}]}"#;
    let opened = read(additions, Source::Saved).unwrap();
    assert_eq!(opened.policies.len(), 2);
    assert_eq!(opened.policies[0].row.id, "unknown");
    let gap = opened.coverage[0].gap.clone().unwrap();
    assert_eq!(
        (gap.reason, gap.detail.as_str()),
        (Reason::NotRead, "ofTomorrow")
    );
}

#[test]
fn a_file_is_of_no_read_under_way() {
    let coverage = vec![TypeRead {
        row: "settingsCatalog".into(),
        read: 3,
        gap: Some(Gap {
            reason: Reason::Reading,
            detail: String::new(),
        }),
    }];
    let text = write(&Snapshot {
        coverage,
        ..Snapshot::default()
    });
    let opened = read(&text, Source::Saved).unwrap();
    let gap = opened.coverage[0].gap.as_ref().unwrap();
    assert_eq!((gap.reason, gap.detail.as_str()), (Reason::NotRead, ""));
}

#[test]
fn what_is_no_snapshot_is_said_to_be_none() {
    for (text, expect) in [
        ("", OpenError::NotASnapshot),
        ("[]", OpenError::NotASnapshot),
        (r#"{"policies":[]}"#, OpenError::NotASnapshot),
        (r#"{"plumblineSnapshot":"x"}"#, OpenError::Damaged(1, 24)),
        (
            "{\"plumblineSnapshot\":1,\n\"label\":",
            OpenError::Damaged(2, 8),
        ),
    ] {
        let error = read(text, Source::Saved).err().unwrap();
        assert_eq!(error, expect, "{text}");
        assert!(!Problem::from(error).remedy.is_empty());
    }
    assert!(read("\u{feff} {\"plumblineSnapshot\":1}", Source::Saved).is_ok());
}

/// In the file a document stands three levels deeper than by itself.
#[test]
fn a_document_as_deep_as_any_that_is_read_is_saved_and_opened() {
    for (depth, reads) in [(128, true), (129, false)] {
        let inner = "[".repeat(depth - 1) + &"]".repeat(depth - 1);
        let document = format!(r#"{{"id":"p","x":{inner}}}"#);
        assert_eq!(Json::parse(&document).is_ok(), reads);
        let mut side = Snapshot::default();
        side.policies
            .push(policy("unknown", &document, &[], "a.json"));
        let again = read(&write(&side), Source::Saved).unwrap();
        assert_eq!(*again.policies[0].raw, *document, "{depth}");
    }
}

fn joined(of: &[(u32, &Snapshot)]) -> (Snapshot, Vec<u32>) {
    let mut joined = Joined::new(Source::Tenant);
    let (mut from, mut asked) = (0, Vec::new());
    for at in 0.. {
        let (number, snapshot) = of[at.min(of.len() - 1)];
        asked.push(from);
        match joined.take(&piece(snapshot, number, from)).unwrap() {
            Step::Next(next) => from = next,
            Step::Whole => break,
        }
    }
    (joined.whole(), asked)
}

/// So many policies, each of 400 kB.
fn large(name: &str, policies: u32) -> Snapshot {
    let document = |n: u32| {
        format!(
            r#"{{"id":"{n}","name":"{name}","settings":[],"x":"{}"}}"#,
            "x".repeat(400_000)
        )
    };
    Snapshot {
        policies: (0..policies)
            .map(|n| policy("settingsCatalog", &document(n), &[], ""))
            .collect(),
        ..snapshot()
    }
}

#[test]
fn pieces_put_together_are_the_snapshot() {
    let small = snapshot();
    let (whole, asked) = joined(&[(1, &small)]);
    assert_eq!((describe(&whole), asked.len()), (describe(&small), 1));

    let large = large("a", 8);
    let (whole, asked) = joined(&[(1, &large)]);
    assert_eq!(asked, [0, 3, 6], "a piece is some 1 MB");
    assert_eq!(describe(&whole), describe(&large));
    assert_eq!(whole.source, Source::Tenant);

    let empty = Snapshot::default();
    assert_eq!(describe(&joined(&[(1, &empty)]).0), describe(&empty));
}

#[test]
fn pieces_of_two_snapshots_are_never_mixed() {
    let (first, second) = (large("a", 8), large("b", 5));
    // Another one takes its place after the first piece.
    let (whole, asked) = joined(&[(1, &first), (2, &second)]);
    assert_eq!(asked, [0, 3, 0, 3]);
    assert_eq!(describe(&whole), describe(&second));
}
