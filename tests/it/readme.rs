//! What the README says of the code is held against the code.

use std::fmt::Write;

use domain::permission::reference::asked_when;
use domain::permission::{FEATURES, scope};

const START: &str = "<!-- permissions: written from src/domain/permission by PLUMBLINE_BLESS=1 cargo test --test it readme -->\n";
const END: &str = "<!-- end -->";

#[test]
fn the_permissions_are_those_of_the_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let (before, rest) = readme
        .split_once(START)
        .expect("the README has a place for the permissions");
    let (table, after) = rest.split_once(END).expect("which ends somewhere");
    let fresh = permissions();
    if std::env::var_os("PLUMBLINE_BLESS").is_some() {
        std::fs::write(path, format!("{before}{START}{fresh}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(table, fresh, "PLUMBLINE_BLESS=1 writes it anew");
}

/// One table: a line for each scope of each feature.
fn permissions() -> String {
    let mut out = String::from(
        "| feature | permission | why | administrator consents | asked for |\n|---|---|---|---|---|\n",
    );
    for feature in FEATURES {
        let when = asked_when(feature);
        for name in feature.scopes {
            let scope = scope(name).expect("every scope of a feature is described");
            let admin = if scope.admin { "yes" } else { "no" };
            let _ = writeln!(
                out,
                "| {} | `{}` | {} | {admin} | {when} |",
                feature.name, scope.name, scope.why
            );
        }
    }
    out
}
