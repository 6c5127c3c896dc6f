//! Overview, one policy and the global search.

use super::{policy, tenant};
use crate::baseline::{self, Entry};
use crate::inventory::{Index, overview, view};
use crate::protocol::AssignedState;
use crate::protocol::RowsQuery;
use crate::setting::{Carrier, each_file, shared};
use crate::snapshot::{Definition, Gap, Reason, Snapshot, TypeRead};

#[test]
fn the_overview_counts() {
    let mut snapshot = tenant();
    for (row, reason) in [
        ("remediations", Reason::Scope),
        ("powershellScripts", Reason::Reading),
    ] {
        let detail = String::new();
        snapshot.coverage.push(TypeRead {
            row: row.into(),
            read: 0,
            gap: Some(Gap { reason, detail }),
        });
    }
    let got = overview(&snapshot);
    assert_eq!((got.info.policies, got.info.gaps), (6, 1));
    assert_eq!((got.unassigned, got.assignment_unknown), (1, 2));
    let types: Vec<_> = got
        .types
        .iter()
        .map(|t| (t.row.as_str(), t.count))
        .collect();
    assert_eq!(
        types,
        [
            ("settingsCatalog", 1),
            ("compliancePolicies", 1),
            ("powershellScripts", 1),
            ("remediations", 0),
            ("vppTokens", 1),
            ("conditionalAccess", 1),
            ("unknown", 1),
        ]
    );
    let platforms: Vec<_> = got
        .platforms
        .iter()
        .map(|(n, c)| (n.as_str(), *c))
        .collect();
    assert_eq!(
        platforms,
        [
            ("Windows", 2),
            ("macOS", 2),
            ("iOS/iPadOS", 1),
            ("All platforms", 2)
        ]
    );
    let changed: Vec<_> = got.changed.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(changed, ["1", "6"]);
    assert_eq!(got.expiring.len(), 1);
    assert_eq!(
        (got.expiring[0].date.as_str(), got.expiring[0].days),
        ("2026-11-17T08:14:07Z", -3)
    );
}

#[test]
fn assignments_in_words() {
    let snapshot = tenant();
    let words: Vec<_> = (0..)
        .zip(&snapshot.policies)
        .map(|(at, one)| view::row(&snapshot, at, one))
        .map(|row| (row.assigned, row.assigned_to))
        .collect();
    let expect = [
        (AssignedState::Assigned, "1 group, 1 excluded"),
        (AssignedState::Unassigned, ""),
        (AssignedState::Unknown, ""),
        (AssignedState::Unknown, ""),
        (AssignedState::NotAssignable, ""),
        (AssignedState::Assigned, "All users, 1 excluded"),
    ];
    for (got, (state, text)) in words.iter().zip(expect) {
        assert_eq!((got.0, got.1.as_str()), (state, text));
    }
}

#[test]
fn a_policy_with_names_instead_of_ids() {
    let snapshot = tenant();
    let got = view::policy(&snapshot, 0, &snapshot.policies[0]);
    let lines = got.assignments.unwrap();
    assert_eq!(
        (lines[0].target.as_str(), lines[0].name.as_str()),
        ("Group", "Pilot ring")
    );
    assert_eq!(
        lines[0].filter,
        Some(("Corporate".to_owned(), "Include".to_owned()))
    );
    assert!(lines[1].excluded);
    let settings = got.settings.unwrap();
    assert_eq!(settings[0].name, "Cloud Block Level");
    assert_eq!(settings[0].value, "High");
    assert_eq!(settings[0].raw_value, "cloudblock_2");
    assert_eq!(settings[1].raw_value, "");
    assert_eq!(got.head.scope_tags, "Default");
}

#[test]
fn what_is_of_one_category_stands_together() {
    let setting = |id: &str, below: &str| {
        format!(
            r#"{{"settingInstance": {{"settingDefinitionId": "{id}", "choiceSettingValue": {{"value": "{id}_1", "children": [{below}]}}}}}}"#
        )
    };
    let below = r#"{"settingDefinitionId": "b2", "simpleSettingValue": {"value": 1}}"#;
    let settings = [
        setting("a1", ""),
        setting("b1", below),
        setting("a3", ""),
        setting("b4", ""),
    ];
    let text = format!(
        r#"{{"id": "1", "name": "n", "settings": [{}]}}"#,
        settings.join(",")
    );
    let mut snapshot = Snapshot {
        policies: vec![policy("settingsCatalog", &text)],
        ..Snapshot::default()
    };
    for (id, category) in [
        ("a1", "A"),
        ("b1", "B"),
        ("b2", "C"),
        ("a3", "A"),
        ("b4", "B"),
    ] {
        let category = category.to_owned();
        let definition = Definition {
            category,
            ..Definition::default()
        };
        snapshot.definitions.insert(id.to_owned(), definition);
    }
    let view = view::policy(&snapshot, 0, &snapshot.policies[0]);
    let ids: Vec<String> = view
        .settings
        .unwrap()
        .into_iter()
        .map(|one| one.id)
        .collect();
    assert_eq!(ids, ["a1", "a3", "b1", "b2", "b4"]);
}

#[test]
fn values_that_are_ids_have_names() {
    const GROUP: &str = "0a1b2c3d-0000-4000-8000-000000000001";
    let mut snapshot = tenant();
    snapshot.names.insert(GROUP.into(), "Break glass".into());
    snapshot.policies = vec![policy(
        "conditionalAccess",
        &format!(
            r#"{{"displayName": "n", "one": "{GROUP}", "many": ["All", "{GROUP}"], "tag": "7"}}"#
        ),
    )];
    let got = view::policy(&snapshot, 0, &snapshot.policies[0]);
    let words: Vec<_> = got.settings.unwrap();
    let words: Vec<_> = words.iter().map(|s| s.value.as_str()).collect();
    assert_eq!(words, ["Break glass", "All, Break glass", "7"]);
}

#[test]
fn only_excluded_is_nobody() {
    let only = policy(
        "deviceConfigurations",
        r##"{"assignments": [{"target": {"@odata.type":
        "#microsoft.graph.exclusionGroupAssignmentTarget", "groupId": "g"}}]}"##,
    );
    assert_eq!(view::assigned_state(&only), AssignedState::Unassigned);
}

#[test]
fn the_global_search_ranks() {
    let snapshot = tenant();
    let mut index = Index::new(&snapshot);
    let titles = |index: &mut Index, text: &str| -> Vec<String> {
        let hits = index.find(&snapshot, text).into_iter();
        hits.map(|hit| format!("{}: {}", hit.kind, hit.title))
            .collect()
    };
    for (text, expect) in [
        ("edge", &["Policy: WIN Edge hardening"][..]),
        ("2", &["Policy: mac compliance"]),
        ("cloud", &["Setting: Cloud Block Level"]),
        ("cloudblock", &["Setting: Cloud Block Level"]),
        ("level block", &["Setting: Cloud Block Level"]),
        ("glass", &["Group: Break glass"]),
        ("pass", &["Setting: Password required"]),
        ("", &[]),
        ("   ", &[]),
        ("nowhere", &[]),
    ] {
        assert_eq!(titles(&mut index, text), expect, "{text}");
    }
    assert_eq!(index.find(&snapshot, "pass")[0].index, 1);
}

/// Published documents of every type, real and made up: all are read, shown and found.
#[test]
fn every_published_document_is_shown() {
    let Some(shared) = shared() else {
        println!("skipped: no shared folder beside the repository");
        return;
    };
    let mut entries = Vec::new();
    for source in [
        "graph-docs-examples",
        "graph-fixtures-terraform-m365",
        "ca-nis2-clutch2view",
        "ca-alexfilipin",
        "microsoft-intune-config-frameworks",
        "intune-hydration-kit",
    ] {
        each_file(&shared.join("data").join(source), &mut |path| {
            entries.push(Entry {
                path: path.to_string_lossy().into_owned(),
                bytes: std::fs::read(path).unwrap(),
            });
        });
    }
    let snapshot = baseline::read(entries, "all").snapshot;
    assert!(snapshot.policies.len() > 500);
    let mut index = Index::new(&snapshot);
    for (at, policy) in (0..).zip(&snapshot.policies) {
        let view = view::policy(&snapshot, at, policy);
        assert!(!view.head.name.is_empty() && !view.head.kind.is_empty());
        for setting in view.settings.unwrap_or_default() {
            assert!(!setting.name.is_empty(), "{}: {}", policy.place, setting.id);
        }
        assert!(!view::document(policy).is_empty());
        // The first property that has a text is found by it.
        let settings = policy.settings.get().map_or(&[][..], Vec::as_slice);
        let setting = settings.iter().find(|s| s.carrier == Carrier::Property);
        if let Some(setting) = setting.filter(|_| at % 50 == 0) {
            let ask = RowsQuery {
                query: format!("setting:\"{}\"", setting.id),
                count: u32::MAX,
                ..RowsQuery::default()
            };
            let rows = index.rows(&snapshot, &ask).rows;
            assert!(rows.iter().any(|row| row.index == at), "{}", setting.id);
        }
    }
    let counted: u32 = overview(&snapshot).types.iter().map(|one| one.count).sum();
    assert_eq!(counted as usize, snapshot.policies.len());
}
