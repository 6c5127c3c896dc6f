//! The negative cases and the promises, each with the tests that hold it: printed by the test run, and a part of SECURITY.md.
//!
//! A test is named by its file and its own words, and must be there: a promise whose test was renamed or removed fails here.

#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

mod cases;
mod peers;
mod promised;

/// What holds something: tests, or nothing yet and why.
#[derive(Debug, Clone, Copy)]
pub enum Held {
    /// Each as `file: words of the test`.
    By(&'static [&'static str]),
    /// Why no test can or does hold it.
    Not(&'static str),
}

const START: &str =
    "<!-- promises: written by PLUMBLINE_BLESS=1 cargo test --test it promises -->\n";
const END: &str = "<!-- end -->";

#[test]
fn every_negative_case_has_its_test() {
    let numbers: Vec<u32> = cases::CASES.iter().map(|(number, ..)| *number).collect();
    assert_eq!(numbers, (1..=86).collect::<Vec<u32>>());
    for (number, what, held) in cases::CASES {
        exist(&format!("case {number}, {what}"), *held);
    }
    let held = cases::CASES
        .iter()
        .filter(|(.., h)| matches!(h, Held::By(_)));
    println!(
        "negative cases with a test: {} of {}",
        held.count(),
        cases::CASES.len()
    );
}

#[test]
fn every_bug_of_another_tool_has_its_test() {
    let numbers: Vec<u32> = peers::PEERS.iter().map(|(number, ..)| *number).collect();
    assert_eq!(numbers, (1..=15).collect::<Vec<u32>>());
    for (number, what, held) in peers::PEERS {
        exist(&format!("bug {number}, {what}"), *held);
        if let Held::Not(why) = held {
            println!("{number}, {what}: not tested here, {why}");
        }
    }
}

#[test]
fn every_promise_names_its_test_and_security_md_shows_them() {
    let numbers: Vec<u32> = promised::PROMISES
        .iter()
        .map(|(number, ..)| *number)
        .collect();
    assert_eq!(numbers, (1..=20).collect::<Vec<u32>>());
    for (number, what, held) in promised::PROMISES {
        exist(&format!("promise {number}, {what}"), *held);
    }
    let fresh = table();
    println!("{fresh}");
    let path = root().join("SECURITY.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text
        .split_once(START)
        .expect("SECURITY.md has a place for the promises");
    let (now, after) = rest.split_once(END).expect("which ends somewhere");
    if std::env::var_os("PLUMBLINE_BLESS").is_some() {
        std::fs::write(path, format!("{before}{START}{fresh}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(now, fresh, "PLUMBLINE_BLESS=1 writes it anew");
}

fn table() -> String {
    let mut out = String::from("| # | promise | held by |\n|---|---|---|\n");
    for (number, what, held) in promised::PROMISES {
        let by = match held {
            Held::By(tests) => tests
                .iter()
                .map(|t| format!("`{t}`"))
                .collect::<Vec<_>>()
                .join("<br>"),
            Held::Not(why) => format!("not held by a test: {why}"),
        };
        let _ = writeln!(out, "| {number} | {what} | {by} |");
    }
    let without: Vec<String> = cases::CASES
        .iter()
        .filter_map(|(number, what, held)| match held {
            Held::Not(why) => Some(format!("- {number}, {what}: {why}\n")),
            Held::By(_) => None,
        })
        .collect();
    let held = cases::CASES.len() - without.len();
    let _ = writeln!(
        out,
        "\nOf the {} negative cases that the tests number, {held} have a test of their own. The others:\n",
        cases::CASES.len()
    );
    out + &without.concat()
}

/// Fails with the first test that is not where it is said to be.
fn exist(what: &str, held: Held) {
    let Held::By(tests) = held else {
        return;
    };
    assert!(!tests.is_empty(), "{what}: no test");
    for test in tests {
        let (file, words) = test.split_once(": ").expect("file: words");
        let text = source(file);
        let function = format!("fn {}(", words.replace(' ', "_"));
        assert!(
            text.contains(&function)
                || text.contains(&format!("journey(\"{words}"))
                || text.contains(&format!("journey(`{words}")),
            "{what}: {file} has no test `{words}`"
        );
    }
}

fn source(file: &str) -> String {
    thread_local!(static READ: std::cell::RefCell<BTreeMap<PathBuf, String>> = const { std::cell::RefCell::new(BTreeMap::new()) });
    let path = root().join(file);
    READ.with_borrow_mut(|read| {
        let text = read.entry(path.clone()).or_insert_with(|| {
            std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
        });
        text.clone()
    })
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
