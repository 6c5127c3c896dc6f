//! The bundled demo snapshot is what the product reads from the emulator's demo tenant.
//!
//! `PLUMBLINE_WRITE=1 cargo test -p plumbline --test it demo` writes it anew.

use std::path::PathBuf;

use domain::catalog;
use domain::policy::dates;
use domain::protocol::RowsQuery;
use domain::snapshot::{Snapshot, Source, file};
use emulator::reader;
use emulator::tenant::{GeneratorOptions, Tenant};

/// What a page may load at the first click on the demo, compressed.
const LIMIT: usize = 400_000;

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("static/demo/demo.json")
}

fn made() -> String {
    let options = GeneratorOptions {
        hostile: false,
        page: 1_000,
        ..GeneratorOptions::default()
    };
    let mut scopes: Vec<String> = catalog::rows()
        .flat_map(|row| row.scopes.iter().map(|scope| (*scope).to_owned()))
        .collect();
    // A Global Reader's session: what nobody would grant for reading stays out, and is said.
    scopes.retain(|scope| !scope.contains("ReadWrite"));
    let tenant = Tenant::generate(&options);
    let (mut snapshot, _) = reader::read(&tenant, &scopes, &dates::iso(options.now));
    snapshot.source = Source::Demo;
    file::write(&snapshot)
}

fn open(text: &str) -> Snapshot {
    file::read(text, Source::Demo).unwrap()
}

/// The types that there is something of.
fn types(snapshot: &Snapshot) -> Vec<&str> {
    let rows = snapshot.coverage.iter().filter(|read| read.read > 0);
    rows.map(|read| read.row.as_str()).collect()
}

#[test]
fn the_demo_snapshot_has_every_type_of_the_demo_tenant_and_is_small() {
    let made = made();
    if std::env::var_os("PLUMBLINE_WRITE").is_some() {
        std::fs::create_dir_all(path().parent().unwrap()).unwrap();
        std::fs::write(path(), &made).unwrap();
    }
    let kept = std::fs::read_to_string(path()).unwrap_or_default();
    if kept != made {
        eprintln!(
            "static/demo/demo.json is older than the demo tenant; PLUMBLINE_WRITE=1 writes it anew"
        );
    }
    let (kept_side, made_side) = (open(&kept), open(&made));
    assert_eq!(
        types(&kept_side),
        types(&made_side),
        "a type is missing: write it anew with PLUMBLINE_WRITE=1"
    );
    assert!(kept_side.policies.len() > 200);
    let gaps = kept_side.coverage.iter().filter(|read| read.gap.is_some());
    assert!(gaps.count() <= 1);
    let packed = miniz_oxide::deflate::compress_to_vec(kept.as_bytes(), 9).len();
    assert!(packed <= LIMIT, "{packed} bytes compressed");
}

#[test]
fn groups_are_shown_and_counted_apart_from_policies() {
    let snapshot = open(&made());
    let groups = snapshot.policies.iter().filter(|p| p.row.id == "groups");
    let groups = u32::try_from(groups.count()).unwrap();
    let all = u32::try_from(snapshot.policies.len()).unwrap();
    assert!(groups > 0);
    let overview = domain::inventory::overview(&snapshot);
    assert_eq!(overview.info.policies, all - groups);
    let mut index = domain::inventory::Index::new(&snapshot);
    let mut ask = |query: &str| {
        let query = query.to_owned();
        let window = index.rows(
            &snapshot,
            &RowsQuery {
                query,
                ..RowsQuery::default()
            },
        );
        (window.total, window.matching, window.directory)
    };
    assert_eq!(ask(""), (all, all, (groups, groups)));
    assert_eq!(ask("type=groups"), (all, groups, (groups, groups)));
    assert_eq!(ask("platform:linux").2, (groups, 0));
}
