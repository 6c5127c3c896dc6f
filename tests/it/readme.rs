//! What the README says of the code is held against the code.

use std::fmt::Write;

use domain::permission::reference::{Answer, asked_when, entries};
use domain::permission::{FEATURES, scope};

const PERMISSIONS: &str = "<!-- permissions: written from src/domain/permission by PLUMBLINE_BLESS=1 cargo test --test it readme -->\n";
const ANSWERS: &str = "<!-- answers: written from src/domain/permission by PLUMBLINE_BLESS=1 cargo test --test it readme -->\n";
const END: &str = "<!-- end -->";

#[test]
fn the_permissions_are_those_of_the_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    for (start, fresh) in [(PERMISSIONS, permissions()), (ANSWERS, answers())] {
        let readme = std::fs::read_to_string(path).unwrap();
        let (before, rest) = readme.split_once(start).expect("the README has a place");
        let (table, after) = rest.split_once(END).expect("which ends somewhere");
        if std::env::var_os("PLUMBLINE_BLESS").is_some() {
            std::fs::write(path, format!("{before}{start}{fresh}{END}{after}")).unwrap();
        } else {
            assert_eq!(table, fresh, "PLUMBLINE_BLESS=1 writes it anew");
        }
    }
}

/// Every permission of the reference with our answer.
fn answers() -> String {
    let mut out = String::from("| permission | type | level | our answer |\n|---|---|---|---|\n");
    for entry in entries() {
        let level = entry
            .level
            .map_or("–".to_owned(), |level| level.to_string());
        let answer = match entry.answer {
            Answer::Asked => "Asked for, see above.".to_owned(),
            Answer::Never(instead) => format!("Never. {instead}"),
        };
        let kind = entry.kind.label();
        let _ = writeln!(out, "| `{}` | {kind} | {level} | {answer} |", entry.name);
    }
    out
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
