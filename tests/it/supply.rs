//! What is built into Plumbline comes from where it should, under licences that it may, and is no more than is needed.
//!
//! The lists are those of `deny.toml`, so that whoever has `cargo deny` checks the same. Licences are those of this machine's packages
//! and of the site's; a package of another system only is in Cargo.lock, where its name and source are checked.

#![allow(clippy::print_stdout)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use domain::json::Json;

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Crates that the site's modules are compiled from, procedural macros apart, at most.
const BUDGET: usize = 100;

/// Licences of npm's packages beside those of `deny.toml`: they are tools, and nothing of them goes out.
const TOOLS: [&str; 3] = ["BSD-2-Clause", "MPL-2.0", "0BSD"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap()
}

fn cargo(args: &[&str]) -> String {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let out = cargo.current_dir(root()).args(args).output().unwrap();
    assert!(
        out.status.success(),
        "cargo {}: {}",
        args.join(" "),
        String::from_utf8_lossy(&out.stderr)
    );
    String::from_utf8(out.stdout).unwrap()
}

/// The first quoted text of each line of a list in `deny.toml`.
fn listed(section: &str, name: &str) -> Vec<String> {
    let text = read("deny.toml");
    let (_, rest) = text.split_once(&format!("[{section}]\n")).unwrap();
    let (_, rest) = rest.split_once(&format!("{name} = [\n")).unwrap();
    let (list, _) = rest.split_once("\n]").unwrap();
    let quoted = list.lines().filter_map(|line| line.split('"').nth(1));
    let found: Vec<String> = quoted.map(str::to_owned).collect();
    assert!(found.len() > 2, "{section}, {name}: {found:?}");
    found
}

/// True when an SPDX expression can be kept with these licences alone. `/` is what old manifests write for `OR`.
fn permits(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace(" WITH ", "\u{0}");
    let mut words = spaced.split_whitespace().peekable();
    let good = any(&mut words, allowed);
    good && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any(words: &mut Words<'_>, allowed: &[String]) -> bool {
    let mut good = all(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        good |= all(words, allowed);
    }
    good
}

fn all(words: &mut Words<'_>, allowed: &[String]) -> bool {
    let mut good = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        good &= one(words, allowed);
    }
    good
}

fn one(words: &mut Words<'_>, allowed: &[String]) -> bool {
    match words.next() {
        Some("(") => {
            let good = any(words, allowed);
            words.next() == Some(")") && good
        }
        Some(licence) => allowed.contains(&licence.replace('\u{0}', " WITH ")),
        None => false,
    }
}

#[test]
fn a_licence_expression_is_read_as_spdx_means_it() {
    let allowed = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
    for (expression, good) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("MIT OR GPL-3.0-only", true),
        ("GPL-3.0-only/MIT", true),
        ("MIT AND GPL-3.0-only", false),
        ("MIT AND ISC", true),
        ("(GPL-3.0-only OR MIT) AND ISC", true),
        ("(GPL-3.0-only AND MIT) OR ISC", true),
        ("GPL-3.0-only OR MIT AND GPL-2.0-only", false),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("Apache-2.0", false),
        ("MIT)", false),
        ("", false),
    ] {
        assert_eq!(permits(expression, &allowed), good, "{expression}");
    }
}

#[test]
fn every_crate_is_under_a_licence_of_the_list() {
    let host = Command::new("rustc").arg("-vV").output().unwrap().stdout;
    let host = String::from_utf8(host).unwrap();
    let host = host.lines().find_map(|line| line.strip_prefix("host: "));
    let allowed = listed("licenses", "allow");
    let mut seen = BTreeSet::new();
    for platform in [host.unwrap(), "wasm32-unknown-unknown"] {
        let text = cargo(&[
            "metadata",
            "--format-version=1",
            "--locked",
            "--filter-platform",
            platform,
        ]);
        let metadata = Json::parse(&text).unwrap();
        for package in metadata.get("packages").and_then(Json::array).unwrap() {
            let name = package.str_at("name").unwrap();
            let licence = package.str_at("license").unwrap_or_default();
            assert!(permits(licence, &allowed), "{name}: `{licence}`");
            seen.insert(name.to_owned());
        }
    }
    println!("{} crates, each under a licence of deny.toml", seen.len());
    assert!(seen.contains("yew") && seen.contains("tokio"), "{seen:?}");
}

#[test]
fn every_crate_comes_from_crates_io_and_none_is_banned() {
    let banned = listed("bans", "deny");
    let lock = read("Cargo.lock");
    let mut count = 0;
    for block in lock.split("[[package]]\n").skip(1) {
        let field = |name: &str| {
            let line = block.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|rest| rest.strip_prefix(" = \"")?.strip_suffix('"'))
        };
        let name = field("name").unwrap();
        assert!(
            !banned.iter().any(|banned| banned == name),
            "{name} is banned by deny.toml"
        );
        match field("source") {
            Some(source) => {
                assert_eq!(source, CRATES_IO, "{name}");
                assert!(field("checksum").is_some(), "{name} has no hash");
                count += 1;
            }
            None => assert!(
                name.starts_with("plumbline") || name.starts_with("xtask"),
                "{name} comes from nowhere"
            ),
        }
    }
    assert!(count > 100, "{count}");
}

#[test]
fn no_crate_of_ours_may_have_unsafe_code() {
    let forbidden = "[workspace.lints.rust]\nunsafe_code = \"forbid\"\n";
    assert!(read("Cargo.toml").contains(forbidden));
    let text = cargo(&["metadata", "--format-version=1", "--locked", "--no-deps"]);
    let metadata = Json::parse(&text).unwrap();
    let packages = metadata.get("packages").and_then(Json::array).unwrap();
    assert!(packages.len() >= 9);
    for package in packages {
        let manifest = PathBuf::from(package.str_at("manifest_path").unwrap());
        let text = fs::read_to_string(&manifest).unwrap();
        assert!(
            text.contains("\n[lints]\nworkspace = true"),
            "{}",
            manifest.display()
        );
    }
}

#[test]
fn the_site_is_built_from_no_more_crates_than_its_budget() {
    let tree = cargo(&[
        "tree",
        "--locked",
        "--target=wasm32-unknown-unknown",
        "--edges=normal,no-proc-macro",
        "--prefix=none",
        "--format={p}",
        "--package=plumbline",
        "--package=plumbline-office",
        "--features=plumbline/quick",
    ]);
    let crates: BTreeSet<&str> = tree
        .lines()
        .map(|line| line.split(" (").next().unwrap_or(line))
        .filter(|line| !line.is_empty() && !line.starts_with("plumbline"))
        .collect();
    println!(
        "the site is built from {} crates; {BUDGET} are allowed",
        crates.len()
    );
    assert!(crates.iter().any(|name| name.starts_with("yew ")));
    assert!(
        crates.len() <= BUDGET,
        "{} crates:\n{crates:#?}",
        crates.len()
    );
}

#[test]
fn every_package_of_npm_has_its_hash_and_a_licence() {
    let text = read("tests/e2e/package-lock.json");
    let lock = Json::parse(&text).unwrap();
    let mut allowed = listed("licenses", "allow");
    allowed.extend(TOOLS.map(str::to_owned));
    let packages = lock.get("packages").and_then(Json::object).unwrap();
    for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
        let hash = package.str_at("integrity").unwrap_or_default();
        assert!(hash.starts_with("sha512-"), "{name}: {hash}");
        let licence = package.str_at("license").unwrap_or_default();
        assert!(permits(licence, &allowed), "{name}: `{licence}`");
        assert!(
            package.get("hasInstallScript").is_none(),
            "{name} runs a script when it is installed"
        );
    }
    assert!(packages.iter().count() > 5);
}
