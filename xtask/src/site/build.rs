//! Building the site and the programs that serve it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::commit::{self, COMMIT};
use crate::fail::Failure;
use crate::paths;
use crate::run::{command, quietly};
use crate::setup::{Machine, exe};

/// Which site is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// The one to host: small, in `dist/`.
    Release,
    /// The one that is served on this machine: quick to build, in `target/demo-site/`.
    Demo,
}

impl Site {
    /// Where it is built.
    pub fn folder(self) -> PathBuf {
        match self {
            Self::Release => paths::dist(),
            Self::Demo => paths::target().join("demo-site"),
        }
    }
}

/// Tells the hook which program cuts the page's module in two. Where it is not set, the module stays whole.
pub const SPLIT: &str = "PLUMBLINE_SPLIT";

/// Builds the site.
pub fn site(machine: &Machine, which: Site) -> Result<(), Failure> {
    match which {
        Site::Release => {
            let home = paths::cargo_home();
            quietly(
                "site",
                &mut release(machine, &paths::root(), home.as_deref())?,
            )
        }
        Site::Demo => {
            let mut trunk = machine.web(&machine.trunk);
            trunk.args(["build", "--cargo-profile", "demo", "--dist"]);
            quietly("site", trunk.arg(which.folder()))
        }
    }
}

/// Trunk, for the release site of the repository in this folder, with the sources of crates in that one.
pub fn release(machine: &Machine, root: &Path, home: Option<&Path>) -> Result<Command, Failure> {
    let mut trunk = machine.web(&machine.trunk);
    trunk.args(["build", "--release"]).current_dir(root);
    trunk.env(SPLIT, splitter()?);
    trunk.env(COMMIT, commit::of(&paths::root()));
    without_folders(&mut trunk, root, home);
    Ok(trunk)
}

/// The folders of this machine stay out of the code, so that the same source gives the same bytes in any folder, for anyone.
fn without_folders(command: &mut Command, root: &Path, home: Option<&Path>) {
    let mut flags = OsString::new();
    let mut remap = |from: &Path, to: &str| {
        if !flags.is_empty() {
            flags.push("\u{1f}");
        }
        flags.push("--remap-path-prefix=");
        flags.push(from);
        flags.push("=");
        flags.push(to);
    };
    remap(root, "/src");
    if let Some(home) = home {
        remap(&home.join("registry/src"), "/crates");
    }
    command.env("CARGO_ENCODED_RUSTFLAGS", flags);
}

/// Compiles what Trunk will ask for, without Trunk: it can begin while Trunk is still being installed.
pub fn site_crates(machine: &Command, which: Site) -> Result<(), Failure> {
    // As `index.html` has them.
    const MODULES: [&[&str]; 3] = [
        &["plumbline", "--bin", "app", "--bin", "engine"],
        &["plumbline-office", "--bin", "office"],
        &["plumbline", "--bin", "comparer", "--features", "quick"],
    ];
    let profile = match which {
        Site::Release => "release",
        Site::Demo => "demo",
    };
    for module in MODULES {
        let mut cargo = command(machine.get_program());
        for (name, value) in machine.get_envs() {
            match value {
                Some(value) => cargo.env(name, value),
                None => cargo.env_remove(name),
            };
        }
        if which == Site::Release {
            without_folders(&mut cargo, &paths::root(), paths::cargo_home().as_deref());
        }
        cargo.args(["build", "--profile", profile]);
        cargo.args(["--target", "wasm32-unknown-unknown"]);
        quietly("site crates", cargo.arg("--package").args(module))?;
    }
    Ok(())
}

/// The emulator. Its file.
pub fn emulator(profile: &str) -> Result<PathBuf, Failure> {
    native("plumbline-emulator", profile)
}

fn splitter() -> Result<PathBuf, Failure> {
    native("plumbline-split", "dev")
}

/// A program of this workspace, of the same name as its package. Its file.
fn native(program: &str, profile: &str) -> Result<PathBuf, Failure> {
    let mut cargo = command("cargo");
    cargo.args(["build", "--package", program, "--bin", program]);
    quietly(program, cargo.args(["--profile", profile]))?;
    let dir = if profile == "dev" { "debug" } else { profile };
    Ok(paths::target().join(dir).join(exe(program)))
}
