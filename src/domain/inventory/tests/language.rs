//! The query language, case by case.

use super::{policy, tenant};
use crate::inventory::Index;
use crate::protocol::{RowsQuery, RowsWindow, SuggestQuery};

fn ask(query: &str) -> RowsWindow {
    let snapshot = tenant();
    let ask = RowsQuery {
        query: query.into(),
        count: 100,
        ..RowsQuery::default()
    };
    Index::new(&snapshot).rows(&snapshot, &ask)
}

/// Ids of the rows, in the order of the list.
fn ids(query: &str) -> String {
    ask(query).rows.iter().map(|row| row.id.as_str()).collect()
}

#[test]
fn every_field_and_sign() {
    // By name: Alien thing, CA014, mac compliance, Script, VPP DACH, WIN Edge.
    for (query, expect) in [
        ("", "362451"),
        ("   ", "362451"),
        ("edge", "1"),
        ("EDGE hard", "1"),
        ("\"edge hardening\"", "1"),
        ("\"hardening edge\"", ""),
        ("edge -hardening", ""),
        ("-edge", "36245"),
        ("high", "21"),
        ("cloudblock", "21"),
        ("cloud high", "21"),
        ("hello", "4"),
        ("CA014:", "6"),
        ("platform:windows", "41"),
        ("platform:win,mac", "2451"),
        ("platform:iOS", "5"),
        ("platform:all", "36"),
        ("-platform:windows", "3625"),
        ("assigned:yes", "61"),
        ("assigned:no", "2"),
        ("assigned:unknown", "34"),
        ("assigned:never", "5"),
        ("assigned:\"pilot ring\"", "1"),
        ("assigned:glass", "61"),
        ("assigned:\"all users\"", "6"),
        ("type:compliance", "2"),
        ("type!=compliance", "36451"),
        ("type=settingsCatalog", "1"),
        ("type:macOSCompliancePolicy", "2"),
        ("area:apps", "5"),
        ("tag:default", "1"),
        ("tag:plants", "2"),
        ("name~edge", "1"),
        ("name=\"vpp dach\"", "5"),
        ("name=vpp", ""),
        ("id:3", "3"),
        ("description:security", "2"),
        ("setting:cloud", "1"),
        ("setting:\"cloud block level\"", "1"),
        ("setting=timeout", "1"),
        ("setting=time", ""),
        ("value:high", "1"),
        ("setting:cloud value:high", "1"),
        ("setting:timeout value:high", ""),
        ("-setting:cloud", "36245"),
        ("value:50", "1"),
        ("value:hush", ""),
        ("settings>1", "621"),
        ("settings=2", "21"),
        ("settings<=1", "345"),
        ("modified>2026-01-01", "61"),
        ("modified>2025-06", "61"),
        ("modified>=2025-06", "621"),
        ("modified<2026", "2"),
        ("modified<=2025-05", ""),
        ("modified:2025-06-01", "2"),
        ("modified:2026", "61"),
        ("modified:7d", "1"),
        ("modified>30d", "61"),
        ("modified<30d", "2"),
        ("created:2026-01", "1"),
        ("is:unknown", "34"),
        ("is:unassigned", "2"),
        ("is:assigned", "61"),
        ("is:incomplete", ""),
        ("platform:", "362451"),
        ("sort:type", "526341"),
        ("sort:-settings", "621345"),
        ("sort:modified", "345261"),
        ("-", "362451"),
    ] {
        let got = ask(query);
        let sorted = query.starts_with("sort");
        let mut found: Vec<char> = ids(query).chars().collect();
        let mut wanted: Vec<char> = expect.chars().collect();
        if !sorted {
            found.sort_unstable();
            wanted.sort_unstable();
        }
        assert_eq!(found, wanted, "{query}");
        assert_eq!(got.complaints, [], "{query}");
        assert_eq!(
            (got.total, got.matching as usize),
            (6, expect.len()),
            "{query}"
        );
    }
    assert_eq!(ids(""), "362451");
}

#[test]
fn what_is_not_understood_is_said_and_changes_nothing_else() {
    for (query, word, part, expect) in [
        ("colour:red", "colour:red", "no field “colour”", ""),
        (
            "platform:amiga edge",
            "platform:amiga",
            "Windows, macOS",
            "1",
        ),
        (
            "modified>yesterday edge",
            "modified>yesterday",
            "is no date",
            "1",
        ),
        ("settings>many edge", "settings>many", "is no number", "1"),
        ("is:odd edge", "is:odd", "is:assigned", "1"),
        ("\"edge", "\"edge", "not closed", "1"),
        ("sort:colour edge", "sort:colour", "no column", "1"),
    ] {
        let got = ask(query);
        assert_eq!(got.complaints.len(), 1, "{query}");
        assert_eq!(got.complaints[0].0, word, "{query}");
        assert!(
            got.complaints[0].1.contains(part),
            "{query}: {:?}",
            got.complaints
        );
        assert_eq!(ids(query), expect, "{query}");
    }
}

#[test]
fn a_row_says_why_it_is_there() {
    for (query, id, expect) in [
        ("edge", "1", ""),
        ("high", "1", "Cloud Block Level: High"),
        ("high", "2", "Description: High security"),
        ("setting:timeout", "1", "Timeout: 50"),
        ("hello", "4", "Script content: echo hello"),
        ("value:high", "1", "Cloud Block Level: High"),
        ("platform:windows", "1", ""),
    ] {
        let got = ask(query);
        let row = got.rows.iter().find(|row| row.id == id).unwrap();
        assert_eq!(row.matched, expect, "{query}");
    }
}

#[test]
fn groups_are_not_counted_as_policies() {
    let mut snapshot = tenant();
    for id in ["g8", "g9"] {
        let document = format!(r#"{{"id": "{id}", "displayName": "{id}"}}"#);
        snapshot.policies.push(policy("groups", &document));
    }
    let ask = SuggestQuery {
        query: "type:".into(),
        cursor: 5,
    };
    let got = Index::new(&snapshot).suggest(&snapshot, &ask);
    let of = |insert: &str| got.iter().find(|one| one.insert == insert).unwrap();
    assert_eq!(of("type:Groups").meaning, "2 groups");
    assert_eq!(of("type:\"Compliance policies\"").meaning, "1 policy");
}

#[test]
fn completions_of_the_word_at_the_cursor() {
    let snapshot = tenant();
    let index = Index::new(&snapshot);
    for (query, cursor, expect) in [
        ("pl", 2, "platform:"),
        ("edge -as", 8, "-assigned:"),
        ("platform:w", 10, "platform:windows"),
        ("platform:windows,m", 18, "platform:windows,macos"),
        ("tag:pl", 6, "tag:Plants"),
        ("assigned:pil", 12, "assigned:\"Pilot ring\""),
        (
            "type:scr",
            8,
            "type:\"Platform scripts (Windows PowerShell)\"",
        ),
        ("sort:-m", 7, "sort:-modified"),
        ("𝄞 is:un", 8, "is:unassigned"),
        ("edge assigned:\"pilot r", 22, "assigned:\"Pilot ring\""),
    ] {
        let ask = SuggestQuery {
            query: query.into(),
            cursor,
        };
        let got = index.suggest(&snapshot, &ask);
        assert!(
            got.iter()
                .any(|one| one.insert == expect && !one.meaning.is_empty()),
            "{query}: {got:?}"
        );
        assert!(got.len() <= 12);
    }
    let nothing = SuggestQuery {
        query: String::new(),
        cursor: 99,
    };
    assert_eq!(index.suggest(&snapshot, &nothing).len(), 12);
}

#[test]
fn the_word_at_the_cursor() {
    for (query, cursor, expect) in [
        ("edge type:app", 2, "edge"),
        ("edge type:app", 5, "type:app"),
        ("edge type:app", 13, "type:app"),
        ("edge  type", 5, ""),
        ("tag:\"a b\" c", 7, "tag:\"a b\""),
        ("𝄞x y", 3, "𝄞x"),
        ("", 0, ""),
        ("é", 99, "é"),
    ] {
        let (from, to) = crate::inventory::word_at(query, cursor);
        assert_eq!(&query[from..to], expect, "{query} {cursor}");
    }
}

#[test]
fn foreign_queries_do_no_harm() {
    for query in [
        "\"",
        "\"\"",
        "-\"\"",
        ":",
        "::",
        "a:\"b c",
        "modified>99999999d",
        "modified>é2026-01-0",
        "settings>99999999999999999999",
        "-----",
        "name:,,,",
        "ß İ",
        "\0",
        "x:\u{202e}",
        "modified:2026-13",
        "modified:20-6-01-01",
        "sort:",
        "sort:-",
    ] {
        ask(query);
    }
}
