//! `cargo xtask bench`: the numbers, as ratios in one run where they can be.

use std::path::PathBuf;
use std::process::Command;

use crate::args::Args;
use crate::fail::Failure;
use crate::run::{command, quietly, watch};
use crate::setup::{self, For, Machine};
use crate::site::build;
use crate::{dist, paths};

/// The two exports that are compared when none are named, below the folder of shared test data.
const EXPORTS: [&str; 2] = [
    "data/open-intune-baseline/windows-v3.5",
    "data/open-intune-baseline/windows-v3.6",
];

/// One of the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Sizes,
    Compare,
    Read,
    Page,
    Report,
    Sides,
}

const ALL: [(&str, What); 6] = [
    ("sizes", What::Sizes),
    ("compare", What::Compare),
    ("read", What::Read),
    ("page", What::Page),
    ("report", What::Report),
    ("sides", What::Sides),
];

/// All numbers in this order, or the one of `--only`.
pub fn run(args: &mut Args) -> Result<(), Failure> {
    let only = args.text("--only")?;
    let left = args.text("--left")?;
    let right = args.text("--right")?;
    args.end()?;
    let wanted: Vec<What> = ALL
        .iter()
        .filter(|(name, _)| only.as_deref().is_none_or(|only| only == *name))
        .map(|(_, what)| *what)
        .collect();
    if wanted.is_empty() {
        return Err(Failure::Usage(
            "The numbers are sizes, compare, read, page, report and sides.".to_owned(),
        ));
    }
    let machine = setup::get(For::Tests)?;
    // All but the comparison are of the site as it is shipped.
    if wanted.iter().any(|what| *what != What::Compare) {
        build::site(&machine, build::Site::Release)?;
    }
    for what in wanted {
        match what {
            What::Sizes => dist::within_budget(&dist::weigh(&paths::dist())?)?,
            What::Compare => compare(&machine, left.clone(), right.clone())?,
            What::Read => in_the_site("bench/read.mjs")?,
            What::Page => in_the_site("bench/page.mjs")?,
            What::Report => in_the_site("bench/report.mjs")?,
            What::Sides => in_the_site("bench/sides.mjs")?,
        }
    }
    Ok(())
}

/// A script that uses the built site in a browser, against an emulator that is quick to answer.
fn in_the_site(script: &str) -> Result<(), Failure> {
    let emulator = build::emulator("host")?;
    let mut node = command("node");
    node.arg(script)
        .env("PLUMBLINE_XTASK", paths::tools().join(setup::exe("xtask")))
        .env("PLUMBLINE_EMULATOR", emulator);
    timed(&mut node)
}

/// Builds the comparison as the product builds it, and times it in the browser.
fn compare(machine: &Machine, left: Option<String>, right: Option<String>) -> Result<(), Failure> {
    let Some(folders) = sides(left, right) else {
        println!(
            "skipped: no shared test data beside the repository; name two folders with --left and --right"
        );
        return Ok(());
    };
    let package = package(machine)?;
    let mut node = command("node");
    timed(node.arg("bench/compare.mjs").arg(package).args(&folders))?;
    deepdiff(&folders)
}

/// Times PyPI's deepdiff on the same folders, where Python can install it: beside the result, never a part of it.
fn deepdiff(folders: &[PathBuf; 2]) -> Result<(), Failure> {
    let into = paths::target().join("bench/python");
    let mut pip = command("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--upgrade", "--target"])
        .arg(&into)
        .arg("deepdiff==9.1.0");
    if !into.join("deepdiff").is_dir() && quietly("deepdiff", &mut pip).is_err() {
        println!("PyPI's deepdiff is not compared: Python's pip could not install it.");
        return Ok(());
    }
    let mut python = command("python3");
    python
        .arg("bench/deepdiff.py")
        .args(folders)
        .env("PYTHONPATH", into);
    timed(&mut python)
}

fn sides(left: Option<String>, right: Option<String>) -> Option<[PathBuf; 2]> {
    if let (Some(left), Some(right)) = (left, right) {
        return Some([left.into(), right.into()]);
    }
    let shared = std::env::var_os("PLUMBLINE_SHARED")
        .map_or_else(|| paths::root().join("../shared"), PathBuf::from);
    let sides = EXPORTS.map(|below| shared.join(below));
    sides.iter().all(|side| side.is_dir()).then_some(sides)
}

/// The comparison as a module of its own: same profile, same wasm-bindgen, same wasm-opt as the engine's.
fn package(machine: &Machine) -> Result<PathBuf, Failure> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let mut cargo = machine.web_cargo();
    cargo.args([
        "build",
        "--release",
        "--package",
        "plumbline-bench",
        "--target",
        TARGET,
    ]);
    quietly("bench", &mut cargo)?;
    let dir = paths::target().join("bench");
    let module = paths::web_target()
        .join(TARGET)
        .join("release/plumbline_bench.wasm");
    let mut bindgen = machine.web("wasm-bindgen");
    bindgen
        .args(["--target", "web", "--no-typescript", "--out-dir"])
        .arg(&dir)
        .arg(module);
    quietly("wasm-bindgen", &mut bindgen)?;
    let wasm = dir.join("plumbline_bench_bg.wasm");
    let mut opt = machine.web("wasm-opt");
    opt.arg("-Oz").arg(&wasm).arg("-o").arg(&wasm);
    quietly("wasm-opt", &mut opt)?;
    Ok(dir)
}

fn timed(script: &mut Command) -> Result<(), Failure> {
    script.current_dir(paths::e2e());
    if let Some(browser) = setup::browser() {
        script.env("CHROMIUM", browser);
    }
    if watch(script, |_| {})? {
        Ok(())
    } else {
        Err(Failure::Tests)
    }
}
