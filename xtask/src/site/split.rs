//! The page's module in two: what the start page needs, and the screens behind it (`xtask/split`).

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use super::build::SPLIT;
use crate::fail::Failure;
use crate::paths;
use crate::run::{command, quietly};

/// Functions with this in their symbol's name are where the module is cut: `ui::later::gate`.
const GATE: &str = "2ui5later4gate";

/// As Trunk calls it for the other modules.
const OPTIONS: [&str; 7] = [
    "-Oz",
    "--low-memory-unused",
    "--strip-producers",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
];

/// Cuts the screens off, where the build is to be small, and makes both parts small. The new file.
pub fn screens(dir: &Path, app: &Path) -> Result<Option<PathBuf>, Failure> {
    let Some(program) = env::var_os(SPLIT) else {
        return Ok(None);
    };
    // Trunk works with a copy that wasm-bindgen has been through; this is what the linker wrote.
    let linked = paths::target().join("wasm32-unknown-unknown/release/app.wasm");
    let screens = dir.join("screens.wasm");
    let mut split = command(program);
    split.arg(&linked).arg(app).arg(GATE).args([app, &screens]);
    quietly("split", &mut split)?;
    thread::scope(|scope| {
        let later = scope.spawn(|| quietly("wasm-opt screens", &mut small(&screens)));
        let first = quietly("wasm-opt app", &mut small(app));
        first.and(later.join().unwrap_or(Err(Failure::Tests)))
    })?;
    Ok(Some(screens))
}

fn small(module: &Path) -> Command {
    let mut opt = command("wasm-opt");
    opt.args(OPTIONS).arg(module).arg("-o").arg(module);
    opt
}
