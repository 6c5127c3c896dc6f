//! Trunk and wasm-bindgen: found on `PATH`, in this clone or in the cache of earlier clones, else compiled.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::fail::Failure;
use crate::paths;
use crate::run::{command, output, quietly};

/// The version that Trunk.toml is written for.
const TRUNK: &str = "0.21.14";

/// A program of one exact version.
#[derive(Debug)]
pub struct Tool {
    program: &'static str,
    package: &'static str,
    version: String,
    /// Arguments of `cargo install` beside the version.
    options: &'static [&'static str],
    minutes: u32,
    found: Option<PathBuf>,
}

/// Trunk. It only ever works offline here, so it comes without TLS.
pub fn trunk() -> Tool {
    let options = &["--locked", "--no-default-features"];
    Tool::find("trunk", "trunk", TRUNK.to_owned(), options, 4)
}

/// wasm-bindgen of the very version that the site's crate has: the two share a format without promises.
pub fn wasm_bindgen() -> Result<Tool, Failure> {
    let lock = paths::root().join("Cargo.lock");
    let text = fs::read_to_string(&lock).map_err(Failure::file(&lock))?;
    let version = locked_version(&text, "wasm-bindgen")
        .ok_or_else(|| Failure::content(&lock, "wasm-bindgen is not in it."))?;
    Ok(Tool::find(
        "wasm-bindgen",
        "wasm-bindgen-cli",
        version,
        &[],
        2,
    ))
}

/// The version of a package in a Cargo.lock.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines
        .nth(1)?
        .strip_prefix("version = \"")?
        .strip_suffix('"')?;
    Some(version.to_owned())
}

/// The program's file name on this system.
pub fn exe(program: &str) -> String {
    format!("{program}{}", env::consts::EXE_SUFFIX)
}

/// Puts this program where Trunk.toml calls its hooks.
pub fn place_hook() -> Result<(), Failure> {
    let dir = paths::tools();
    fs::create_dir_all(&dir).map_err(Failure::file(&dir))?;
    let me = env::current_exe().map_err(Failure::file(&dir))?;
    let to = dir.join(exe("xtask"));
    // A new file beside the old one, so that a running hook keeps its own.
    let new = dir.join("xtask.new");
    fs::copy(&me, &new).map_err(Failure::file(&me))?;
    fs::rename(&new, &to).map_err(Failure::file(&to))
}

impl Tool {
    fn find(
        program: &'static str,
        package: &'static str,
        version: String,
        options: &'static [&'static str],
        minutes: u32,
    ) -> Self {
        let mut tool = Self {
            program,
            package,
            version,
            options,
            minutes,
            found: None,
        };
        let on_path = paths::on_path(program).and_then(|p| p.parent().map(Path::to_owned));
        let places = [on_path, Some(tool.own()), tool.cached()];
        tool.found = places.into_iter().flatten().find(|dir| tool.is_in(dir));
        tool
    }

    /// Its folder in this clone.
    fn own(&self) -> PathBuf {
        paths::tools().join(self.folder()).join("bin")
    }

    fn cached(&self) -> Option<PathBuf> {
        Some(paths::cache()?.join(self.folder()).join("bin"))
    }

    fn folder(&self) -> String {
        format!("{}-{}", self.program, self.version)
    }

    fn is_in(&self, dir: &Path) -> bool {
        let file = dir.join(exe(self.program));
        let said = file
            .is_file()
            .then(|| output(command(file).arg("--version")))
            .flatten();
        said.is_some_and(|said| said.split_whitespace().nth(1) == Some(&self.version))
    }

    /// True when it need not be installed.
    pub fn is_ready(&self) -> bool {
        self.found.is_some()
    }

    /// What the step is called.
    pub fn words(&self) -> String {
        format!(
            "{} {}, compiled once: about {} minutes",
            self.package, self.version, self.minutes
        )
    }

    /// The folder that it is in, after [`Tool::install`] at the latest.
    pub fn dir(&self) -> Result<PathBuf, Failure> {
        let own = self.own();
        let found = self
            .found
            .clone()
            .or_else(|| self.is_in(&own).then_some(own));
        found.ok_or_else(|| Failure::Missing {
            what: format!("{} {}", self.program, self.version),
            remedy: format!(
                "Try `cargo install {} --version {}`.",
                self.package, self.version
            ),
        })
    }

    /// Compiles it for this clone, and keeps a copy for the next.
    pub fn install(&self) -> Result<(), Failure> {
        let root = paths::tools().join(self.folder());
        let mut cargo = command("cargo");
        cargo
            .args(["install", self.package, "--version", &self.version])
            .args(self.options);
        cargo.arg("--root").arg(&root);
        cargo.env("CARGO_TARGET_DIR", paths::tools().join("build"));
        // A tool that runs for a second is not worth minutes of optimising.
        for (name, value) in [
            ("OPT_LEVEL", "0"),
            ("LTO", "off"),
            ("CODEGEN_UNITS", "16"),
            ("DEBUG", "false"),
            ("PANIC", "abort"),
        ] {
            cargo.env(format!("CARGO_PROFILE_RELEASE_{name}"), value);
        }
        quietly(self.program, &mut cargo)?;
        // A cache that cannot be written costs the next clone its minutes, nothing else.
        if let Some(cached) = self.cached() {
            drop(copy_programs(&self.own(), &cached));
        }
        Ok(())
    }
}

fn copy_programs(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn the_version_is_that_of_the_whole_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(
            locked_version(lock, "wasm-bindgen").as_deref(),
            Some("0.2.130")
        );
        assert_eq!(locked_version(lock, "yew"), None);
    }
}
