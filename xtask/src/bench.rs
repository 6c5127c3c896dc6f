//! `cargo xtask bench`: the numbers, as ratios in one run.

use std::path::{Path, PathBuf};

use crate::args::Args;
use crate::fail::Failure;
use crate::paths;
use crate::run::{command, quietly, watch};
use crate::setup::{self, For, Machine};

/// The two exports that are compared when none are named, below the folder of shared test data.
const EXPORTS: [&str; 2] = [
    "data/open-intune-baseline/windows-v3.5",
    "data/open-intune-baseline/windows-v3.6",
];

/// Builds the comparison as the product builds it, and times it in the browser.
pub fn run(args: &mut Args) -> Result<(), Failure> {
    let left = args.text("--left")?;
    let right = args.text("--right")?;
    args.end()?;
    let machine = setup::get(For::Tests)?;
    let package = package(&machine)?;
    match sides(left, right) {
        Some([left, right]) => compare(&package, &left, &right),
        None => {
            println!(
                "skipped: no shared test data beside the repository; name two folders with --left and --right"
            );
            Ok(())
        }
    }
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

fn compare(package: &Path, left: &Path, right: &Path) -> Result<(), Failure> {
    let mut node = command("node");
    node.current_dir(paths::e2e())
        .arg("bench.mjs")
        .args([package, left, right]);
    if let Some(browser) = setup::browser() {
        node.env("CHROMIUM", browser);
    }
    if watch(&mut node, |_| {})? {
        Ok(())
    } else {
        Err(Failure::Tests)
    }
}
