//! Where things are.

use std::env;
use std::path::{Path, PathBuf};

/// The repository's folder. Inside a Trunk build, the one that Trunk builds.
pub fn root() -> PathBuf {
    if let Some(built) = env::var_os("TRUNK_SOURCE_DIR") {
        return PathBuf::from(built);
    }
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// Cargo's folder for native code.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// Cargo's folder for WebAssembly: its own, so that neither waits for the other's lock.
pub fn web_target() -> PathBuf {
    target().join("web")
}

/// Tools that were built for this clone. Trunk.toml names a file in it, so it does not move.
pub fn tools() -> PathBuf {
    root().join("target/tools")
}

/// The built site.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The end-to-end tests and their npm packages.
pub fn e2e() -> PathBuf {
    root().join("tests/e2e")
}

/// Where tools are kept for the next clone; `None` where there is no home.
pub fn cache() -> Option<PathBuf> {
    let set = |name| {
        env::var_os(name)
            .filter(|v| !v.is_empty())
            .map(PathBuf::from)
    };
    let base = set("XDG_CACHE_HOME")
        .or_else(|| set("LOCALAPPDATA"))
        .or_else(|| set("HOME").map(|home| home.join(".cache")))?;
    Some(base.join("plumbline-tools"))
}

/// Where Cargo keeps the sources of crates; `None` where there is no home.
pub fn cargo_home() -> Option<PathBuf> {
    let set = |name| env::var_os(name).filter(|v| !v.is_empty());
    let home = || set("HOME").or_else(|| set("USERPROFILE"));
    set("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(home()?).join(".cargo")))
}

/// The first program of that name on `PATH`.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?)
        .map(|dir| dir.join(&name))
        .find(|path| path.is_file())
}
