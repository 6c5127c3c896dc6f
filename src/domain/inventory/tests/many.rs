//! Large inventories: right in every window, and quick.

use std::fmt::Write as _;
use std::time::Instant;

use crate::catalog;
use crate::inventory::Index;
use crate::json::Json;
use crate::policy::read_with;
use crate::protocol::RowsQuery;
use crate::setting::Interner;
use crate::snapshot::Snapshot;

/// A small generator: the same numbers in every run.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

fn many(policies: usize, settings: usize) -> Snapshot {
    let mut seeded = Seeded(0x5EED);
    let mut snapshot = Snapshot::default();
    let mut ids = Interner::default();
    let row = catalog::row("settingsCatalog").unwrap();
    for number in 0..policies {
        let mut text = format!(
            r#"{{"id": "{number}", "name": "Policy {} number {number}", "platforms": "{}",
            "lastModifiedDateTime": "2026-{:02}-01T00:00:00Z", "assignments": [], "settings": ["#,
            seeded.below(50),
            ["windows10", "macOS", "iOS"][seeded.below(3) as usize],
            1 + seeded.below(12),
        );
        for at in 0..settings {
            let comma = if at > 0 { "," } else { "" };
            let id = seeded.below(3000);
            let _ = write!(
                text,
                r#"{comma}{{"settingInstance": {{"settingDefinitionId":
                "device_vendor_msft_policy_config_area{}_setting{id}", "simpleSettingValue":
                {{"value": "value {}"}}}}}}"#,
                id % 40,
                seeded.below(20_000)
            );
        }
        text.push_str("]}");
        let document = Json::parse(&text).unwrap();
        let policy = read_with(&mut ids, row, &document, text.as_str().into(), "", vec![]);
        snapshot.policies.push(policy);
    }
    snapshot
}

fn ask(query: &str, from: u32, count: u32) -> RowsQuery {
    RowsQuery {
        query: query.into(),
        sort: None,
        from,
        count,
    }
}

#[test]
fn windows_over_a_hundred_thousand_rows_add_up() {
    let snapshot = many(100_000, 1);
    let mut index = Index::new(&snapshot);
    for query in [
        "",
        "platform:macos",
        "number 7",
        "modified:2026-03 sort:-modified",
    ] {
        let whole = index.rows(&snapshot, &ask(query, 0, u32::MAX));
        assert_eq!(whole.rows.len() as u32, whole.matching, "{query}");
        assert_eq!(whole.total, 100_000);
        let mut seeded = Seeded(7);
        for _ in 0..50 {
            let from = seeded.below(u64::from(whole.matching) + 10) as u32;
            let count = seeded.below(60) as u32;
            let window = index.rows(&snapshot, &ask(query, from, count));
            assert_eq!(window.from, from.min(whole.matching));
            let end = (from.saturating_add(count)).min(whole.matching);
            let expect = &whole.rows[window.from as usize..end.max(window.from) as usize];
            assert_eq!(window.rows, expect, "{query} {from} {count}");
        }
    }
    let sorted = index.rows(&snapshot, &ask("", 0, u32::MAX)).rows;
    assert!(
        sorted
            .windows(2)
            .all(|pair| pair[0].name.to_lowercase() <= pair[1].name.to_lowercase())
    );
}

#[test]
fn the_index_finds_what_a_plain_scan_finds() {
    let snapshot = many(400, 12);
    let mut index = Index::new(&snapshot);
    let mut seeded = Seeded(11);
    for _ in 0..60 {
        let word = match seeded.below(3) {
            0 => format!("value {}", seeded.below(200)),
            1 => format!("setting{}", seeded.below(3000)),
            _ => format!("number {}", seeded.below(400)),
        };
        let plain = snapshot.policies.iter().filter(|policy| {
            policy.name.to_lowercase().contains(&word)
                || policy.settings.get().unwrap().iter().any(|setting| {
                    let value = crate::setting::names::raw_value(&setting.value);
                    setting.id.contains(&word) || value.contains(&word)
                })
        });
        let expect: Vec<_> = plain.filter_map(|policy| policy.id.clone()).collect();
        let window = index.rows(&snapshot, &ask(&format!("\"{word}\""), 0, u32::MAX));
        let mut got: Vec<_> = window.rows.into_iter().map(|row| row.id).collect();
        got.sort_by_key(|id| id.parse::<u32>().unwrap());
        assert_eq!(got, expect, "{word}");
    }
}

/// Run by hand with `--release -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn how_long_queries_take() {
    let snapshot = many(10_000, 100);
    let timed = |what: &str, work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        println!("{what}: {:?}", start.elapsed());
    };
    let mut index = Index::default();
    timed("heads", &mut || index = Index::new(&snapshot));
    for query in [
        "setting1 value",
        "value 19",
        "area7 value",
        "platform:mac value:777 setting:area3",
        "",
    ] {
        timed(query, &mut || {
            index.rows(&snapshot, &ask(query, 0, 50));
        });
        timed("  scrolled", &mut || {
            index.rows(&snapshot, &ask(query, 100, 50));
        });
    }
    timed("find", &mut || {
        index.find(&snapshot, "area7");
    });
}
