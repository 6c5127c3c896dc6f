//! Building the site and the programs that serve it.

use std::path::PathBuf;
use std::process::Command;

use crate::fail::Failure;
use crate::paths;
use crate::run::{command, quietly};
use crate::setup::Machine;

/// The release site in `dist/`.
pub fn site(machine: &Machine) -> Result<(), Failure> {
    let mut trunk = machine.web(&machine.trunk);
    trunk
        .args(["build", "--release"])
        .env("RUST_BACKTRACE", "0");
    quietly("site", &mut trunk)
}

/// Compiles what Trunk will ask for, without Trunk: it can begin while Trunk is still being installed.
pub fn site_crates(machine: &Command) -> Result<(), Failure> {
    let mut cargo = command(machine.get_program());
    for (name, value) in machine.get_envs() {
        match value {
            Some(value) => cargo.env(name, value),
            None => cargo.env_remove(name),
        };
    }
    cargo.args(["build", "--release", "--bins"]);
    cargo.args(["--package", "plumbline", "--package", "plumbline-office"]);
    quietly(
        "site crates",
        cargo.args(["--target", "wasm32-unknown-unknown"]),
    )
}

/// The emulator, quick to run. Its file.
pub fn emulator(profile: &str) -> Result<PathBuf, Failure> {
    let mut cargo = command("cargo");
    cargo.args([
        "build",
        "--package",
        "plumbline-emulator",
        "--bin",
        "plumbline-emulator",
        "--profile",
        profile,
    ]);
    quietly("emulator", &mut cargo)?;
    let dir = if profile == "dev" { "debug" } else { profile };
    let name = format!("plumbline-emulator{}", std::env::consts::EXE_SUFFIX);
    Ok(paths::target().join(dir).join(name))
}
