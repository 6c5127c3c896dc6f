//! The release site once more, from another folder: the same bytes, or it could not be checked by anyone.

use std::fs;
use std::path::{Path, PathBuf};

use super::build;
use crate::fail::Failure;
use crate::paths;
use crate::run::quietly;
use crate::setup::{Machine, exe};

/// What a build makes or fetches, and a copy does without.
const MADE: [&str; 5] = ["target", "dist", ".git", "node_modules", "again"];

/// Builds the site from a copy of the repository in another folder, with Cargo's sources under another name, and holds
/// the two lists of hashes together.
///
/// # Errors
/// The build's; [`Failure::Differs`] with the names of the files that are not the same.
pub fn same(machine: &Machine) -> Result<(), Failure> {
    let copy = paths::target().join("again/built/somewhere/else");
    if copy.exists() {
        fs::remove_dir_all(&copy).map_err(Failure::file(&copy))?;
    }
    copy_tree(&paths::root(), &copy)?;
    let hook = copy.join("target/tools");
    fs::create_dir_all(&hook).map_err(Failure::file(&hook))?;
    let program = paths::tools().join(exe("xtask"));
    fs::copy(&program, hook.join(exe("xtask"))).map_err(Failure::file(&program))?;
    let home = other_name(&copy)?;
    let mut trunk = build::release(machine, &copy, home.as_deref())?;
    trunk.env("CARGO_TARGET_DIR", copy.join("target/web"));
    if let Some(home) = home {
        trunk.env("CARGO_HOME", home);
    }
    quietly("site, from another folder", &mut trunk)?;
    let first = sums(&paths::dist())?;
    let second = sums(&copy.join("dist"))?;
    let only = |of: &[String], other: &[String]| -> Vec<String> {
        of.iter().filter(|l| !other.contains(l)).cloned().collect()
    };
    let mut differ = only(&first, &second);
    differ.extend(only(&second, &first));
    fs::remove_dir_all(&copy).map_err(Failure::file(&copy))?;
    if differ.is_empty() {
        println!("{} files, all of them the same.", first.len());
        return Ok(());
    }
    Err(Failure::Differs(differ))
}

/// Cargo's folder under another name, where the system has such names.
fn other_name(copy: &Path) -> Result<Option<PathBuf>, Failure> {
    let home = paths::cargo_home().filter(|home| home.is_dir());
    #[cfg(unix)]
    if let Some(home) = &home {
        let name = copy.join("target/another-cargo-home");
        std::os::unix::fs::symlink(home, &name).map_err(Failure::file(&name))?;
        return Ok(Some(name));
    }
    Ok(home)
}

/// The lines of `SHA256SUMS`.
fn sums(dist: &Path) -> Result<Vec<String>, Failure> {
    let file = dist.join("SHA256SUMS");
    let text = fs::read_to_string(&file).map_err(Failure::file(&file))?;
    Ok(text.lines().map(str::to_owned).collect())
}

fn copy_tree(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to).map_err(Failure::file(to))?;
    for entry in fs::read_dir(from).map_err(Failure::file(from))? {
        let entry = entry.map_err(Failure::file(from))?;
        if MADE.iter().any(|made| entry.file_name() == *made) {
            continue;
        }
        let (path, copy): (PathBuf, PathBuf) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_tree(&path, &copy)?;
        } else {
            fs::copy(&path, &copy).map_err(Failure::file(&path))?;
        }
    }
    Ok(())
}
