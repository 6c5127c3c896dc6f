//! The bundled demo snapshot is what the product reads from the emulator's demo tenant.
//!
//! `PLUMBLINE_WRITE=1 cargo test -p plumbline --test it demo` writes it anew.

use std::path::PathBuf;

use domain::catalog;
use domain::policy::dates;
use domain::snapshot::{Source, file};
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

#[test]
fn the_demo_snapshot_is_what_the_demo_tenant_gives_and_is_small() {
    let made = made();
    if std::env::var_os("PLUMBLINE_WRITE").is_some() {
        std::fs::create_dir_all(path().parent().unwrap()).unwrap();
        std::fs::write(path(), &made).unwrap();
    }
    let kept = std::fs::read_to_string(path()).unwrap_or_default();
    assert!(
        kept == made,
        "static/demo/demo.json is not what is read today; write it anew with PLUMBLINE_WRITE=1"
    );
    let snapshot = file::read(&kept, Source::Demo).unwrap();
    assert!(snapshot.policies.len() > 200);
    assert!(
        snapshot
            .coverage
            .iter()
            .filter(|read| read.gap.is_some())
            .count()
            <= 1
    );
    let packed = miniz_oxide::deflate::compress_to_vec(kept.as_bytes(), 9).len();
    assert!(packed <= LIMIT, "{packed} bytes compressed");
}
