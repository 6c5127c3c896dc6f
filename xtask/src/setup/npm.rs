//! Packages from npm, by the lock file of `tests/e2e`: wasm-opt for the build, playwright-core and axe-core for the tests.

use std::path::PathBuf;

use super::system;
use crate::fail::Failure;
use crate::paths::{e2e, on_path};
use crate::run::{command, quietly};

/// Where npm puts their programs.
pub fn bin() -> PathBuf {
    e2e().join("node_modules/.bin")
}

/// True when the packages of the present lock file are there. npm keeps a copy of the lock file that it installed.
pub fn is_ready() -> bool {
    let read = |file: &str| {
        std::fs::metadata(e2e().join(file))
            .and_then(|m| m.modified())
            .ok()
    };
    let installed = read("node_modules/.package-lock.json");
    let wanted = read("package-lock.json");
    on_path("node").is_some() && installed.is_some() && installed >= wanted
}

/// Installs Node where it is missing, then the packages.
pub fn install() -> Result<(), Failure> {
    if on_path("node").is_none() || on_path("npm").is_none() {
        system::apt(&["nodejs", "npm"], "Node 20 with npm")?;
    }
    let mut npm = command("npm");
    npm.current_dir(e2e())
        .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
    quietly("npm", &mut npm)
}
