//! `cargo xtask test`: everything that must hold before a change is merged.

use std::path::Path;
use std::time::Instant;

use crate::args::Args;
use crate::dist;
use crate::fail::Failure;
use crate::paths;
use crate::run::{command, watch};
use crate::setup::{self, For, Machine};
use crate::site::{again, build};

const TARGET: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

/// What the runners have counted so far.
#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    passed: u32,
    failed: u32,
}

/// Part of the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Lint,
    Native,
    Browser,
    EndToEnd,
    Again,
}

const PARTS: [(&str, Part); 5] = [
    ("lint", Part::Lint),
    ("native", Part::Native),
    ("browser", Part::Browser),
    ("e2e", Part::EndToEnd),
    ("again", Part::Again),
];

/// All parts in this order, or the one of `--only`. Ends at the first that fails. The last line is `N passed, N failed`.
pub fn run(args: &mut Args) -> Result<(), Failure> {
    let only = args.text("--only")?;
    args.end()?;
    let parts: Vec<Part> = match &only {
        None => PARTS.iter().map(|(_, part)| *part).collect(),
        Some(name) => PARTS
            .iter()
            .filter(|(n, _)| n == name)
            .map(|(_, part)| *part)
            .collect(),
    };
    if parts.is_empty() {
        return Err(Failure::Usage(
            "The parts are lint, native, browser, e2e and again.".to_owned(),
        ));
    }
    let mut count = Count::default();
    let done = all(&parts, &mut count);
    if let Err(failure) = &done {
        eprintln!("{failure}");
        // A step that failed without a count, a lint for instance, is one failure.
        count.failed = count.failed.max(1);
    }
    println!("{} passed, {} failed", count.passed, count.failed);
    done.map_err(|_| Failure::Tests)
}

fn all(parts: &[Part], count: &mut Count) -> Result<(), Failure> {
    heading("What the tests need");
    let machine = setup::get(For::Tests)?;
    for part in parts {
        match part {
            Part::Lint => lint(&machine, count)?,
            Part::Native => native(count)?,
            Part::Browser => browser(&machine, count)?,
            Part::EndToEnd => end_to_end(&machine, count)?,
            Part::Again => again(&machine, count)?,
        }
    }
    Ok(())
}

fn heading(words: &str) {
    println!("\n== {words}");
}

/// One runner: its words on screen, its counts added, its seconds said.
fn step(
    words: &str,
    command: &mut std::process::Command,
    count: &mut Count,
) -> Result<(), Failure> {
    heading(words);
    let start = Instant::now();
    let good = watch(command, |line| count.add(line))?;
    println!("{words}: {:.1} s", start.elapsed().as_secs_f32());
    if good { Ok(()) } else { Err(Failure::Tests) }
}

fn lint(machine: &Machine, count: &mut Count) -> Result<(), Failure> {
    step(
        "Format",
        command("cargo").args(["fmt", "--all", "--check"]),
        count,
    )?;
    let deny = ["--", "-D", "warnings"];
    let mut native = command("cargo");
    native
        .args(["clippy", "--quiet", "--workspace", "--all-targets"])
        // The sources of `domain`, whose tests are run there.
        .args(["--exclude", "plumbline-domain-quick"])
        .args(deny);
    step("Clippy, native", &mut native, count)?;
    let mut web = machine.web_cargo();
    web.args([
        "clippy",
        "--quiet",
        "--package",
        "plumbline",
        "--lib",
        "--bins",
        "--test",
        "browser",
    ]);
    step("Clippy, WebAssembly", web.args(TARGET).args(deny), count)?;
    let mut quick = machine.web_cargo();
    quick.args(["clippy", "--quiet", "--package", "plumbline"]);
    quick.args(["--bin", "comparer", "--features", "quick"]);
    step("Clippy, the comparer", quick.args(TARGET).args(deny), count)
}

fn native(count: &mut Count) -> Result<(), Failure> {
    step(
        "Native tests",
        command("cargo").args(["test", "--workspace"]),
        count,
    )?;
    // Once more, said aloud and not counted: what is promised, and which test holds it.
    let mut aloud = command("cargo");
    aloud.args(["test", "--quiet", "--package", "plumbline", "--test", "it"]);
    let good = watch(
        aloud.args(["promises", "--", "--nocapture", "--test-threads=1"]),
        |_| {},
    )?;
    if good { Ok(()) } else { Err(Failure::Tests) }
}

fn browser(machine: &Machine, count: &mut Count) -> Result<(), Failure> {
    let mut cargo = machine.web_cargo();
    cargo
        .args(["test", "--package", "plumbline", "--test", "browser"])
        .args(TARGET);
    step("In the browser", &mut cargo, count)
}

fn end_to_end(machine: &Machine, count: &mut Count) -> Result<(), Failure> {
    heading("The release site and the emulator");
    let start = Instant::now();
    build::site(machine, build::Site::Release)?;
    dist::within_budget(&dist::weigh(&paths::dist())?)?;
    let emulator = build::emulator("dev")?;
    println!(
        "The release site and the emulator: {:.1} s",
        start.elapsed().as_secs_f32()
    );
    let mut node = command("node");
    node.current_dir(paths::e2e())
        // Each test has its own site, emulator and browser, and mostly waits: two files at a time.
        .args(["--test", "--test-reporter=spec", "--test-concurrency=2"]);
    for file in test_files(&paths::e2e())? {
        node.arg(file);
    }
    node.env("PLUMBLINE_XTASK", paths::tools().join(setup::exe("xtask")));
    node.env("PLUMBLINE_EMULATOR", emulator);
    if let Some(browser) = setup::browser() {
        node.env("CHROMIUM", browser);
    }
    node.envs(setup::servers());
    step("End to end", &mut node, count)
}

/// The same source in another folder gives the same site: what is hosted can be checked by whoever builds it.
fn again(machine: &Machine, count: &mut Count) -> Result<(), Failure> {
    heading("The release site once more, from another folder");
    let start = Instant::now();
    if !paths::dist().join("SHA256SUMS").is_file() {
        build::site(machine, build::Site::Release)?;
    }
    again::same(machine)?;
    count.passed += 1;
    println!(
        "The release site once more, from another folder: {:.1} s",
        start.elapsed().as_secs_f32()
    );
    Ok(())
}

fn test_files(dir: &Path) -> Result<Vec<String>, Failure> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir)
        .map_err(Failure::file(dir))?
        .flatten()
    {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".test.mjs") {
            files.push(name);
        }
    }
    files.sort();
    Ok(files)
}

impl Count {
    /// Adds the counts in a line of a runner's summary: cargo's and wasm-bindgen's `test result:`, or Node's `ℹ pass`.
    fn add(&mut self, line: &str) {
        let before = |word: &str| -> u32 {
            let Some((head, _)) = line.split_once(word) else {
                return 0;
            };
            head.split_whitespace()
                .last()
                .and_then(|n| n.parse().ok())
                .unwrap_or(0)
        };
        let after = |word: &str| -> u32 {
            line.strip_prefix(word)
                .and_then(|n| n.trim().parse().ok())
                .unwrap_or(0)
        };
        if line.starts_with("test result: ") {
            self.passed += before(" passed;");
            self.failed += before(" failed;");
        } else {
            self.passed += after("ℹ pass ");
            self.failed += after("ℹ fail ") + after("ℹ cancelled ");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn every_runner_is_counted() {
        let mut count = Count::default();
        let lines = [
            "running 3 tests",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out",
            "ℹ tests 5",
            "ℹ pass 4",
            "ℹ fail 1",
            "ℹ cancelled 0",
        ];
        for line in lines {
            count.add(line);
        }
        assert_eq!(
            count,
            Count {
                passed: 19,
                failed: 3
            }
        );
    }
}
