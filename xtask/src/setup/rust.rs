//! Rust for WebAssembly: rustup's target, or the one that is built from the system's own packages.

use std::env;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::system;
use crate::fail::Failure;
use crate::paths;
use crate::run::{command, output, quietly};

const TARGET: &str = "wasm32-unknown-unknown";

/// Name of the system's Rust among rustup's toolchains.
const LINKED: &str = "debian-web";

/// How WebAssembly is compiled on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebRust {
    /// rustup has the target, or may download it.
    Rustup,
    /// Debian's Rust, with a standard library built once from Debian's source; called through rustup.
    SystemThroughRustup,
    /// The same, without rustup.
    System,
}

impl WebRust {
    /// Decided by the setting that says whether rustup may download, never by trying.
    pub fn choose() -> Self {
        let rustup = paths::on_path("rustup").is_some();
        let may_download = env::var("RUSTUP_AUTO_INSTALL").map_or(true, |v| v != "0");
        match (rustup, may_download) {
            (true, true) => Self::Rustup,
            (true, false) => Self::SystemThroughRustup,
            (false, _) => Self::System,
        }
    }

    /// The cargo to call.
    pub fn cargo(self) -> &'static Path {
        match self {
            Self::Rustup | Self::SystemThroughRustup => Path::new("cargo"),
            Self::System => match Path::new("/usr/bin/cargo").exists() {
                true => Path::new("/usr/bin/cargo"),
                false => Path::new("cargo"),
            },
        }
    }

    /// Sets what a command needs to compile WebAssembly with this Rust.
    pub fn apply(self, command: &mut Command) {
        command.env("CARGO_TARGET_DIR", paths::web_target());
        if self == Self::SystemThroughRustup {
            command.env("RUSTUP_TOOLCHAIN", LINKED);
            // Set by `cargo run` for the other toolchain's libraries.
            command.env_remove("LD_LIBRARY_PATH");
        }
    }

    /// True when nothing is to be installed.
    pub fn is_ready(self) -> bool {
        let mut rustc = command("rustc");
        self.apply(&mut rustc);
        let Some(sysroot) = output(rustc.args(["--print", "sysroot"])) else {
            return false;
        };
        let sysroot = PathBuf::from(sysroot.trim());
        let std = has_std(&sysroot.join("lib/rustlib").join(TARGET).join("lib"));
        match self {
            Self::Rustup => std,
            Self::SystemThroughRustup => std && has(self, "clippy"),
            Self::System => std && has(self, "clippy") && has(self, "fmt"),
        }
    }

    /// What the step is called.
    pub fn words(self) -> &'static str {
        match self {
            Self::Rustup => "Rust for WebAssembly, from rustup",
            _ => "Rust for WebAssembly, from Debian's packages",
        }
    }

    /// Installs it.
    pub fn install(self) -> Result<(), Failure> {
        match self {
            Self::Rustup => quietly("rustup", command("rustup").args(["target", "add", TARGET])),
            Self::SystemThroughRustup => {
                install_from_debian()?;
                quietly(
                    "rustup link",
                    command("rustup").args(["toolchain", "link", LINKED, "/usr"]),
                )
            }
            Self::System => {
                install_from_debian()?;
                system::apt(&["rustfmt-web"], "rustfmt")
            }
        }
    }
}

fn has_std(lib: &Path) -> bool {
    let Ok(entries) = fs::read_dir(lib) else {
        return false;
    };
    entries
        .flatten()
        .any(|e| e.file_name().to_string_lossy().starts_with("libstd-"))
}

fn has(rust: WebRust, subcommand: &str) -> bool {
    let mut cargo = command(rust.cargo());
    rust.apply(&mut cargo);
    output(cargo.args([subcommand, "--version"])).is_some()
}

/// Debian's compiler comes without a standard library for WebAssembly, but with its source: it is built once and put
/// where the compiler looks for it. The linker is LLVM's own, of the compiler's LLVM version.
fn install_from_debian() -> Result<(), Failure> {
    system::apt(
        &["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy"],
        "Rust for WebAssembly",
    )?;
    let about = output(
        Command::new("/usr/bin/rustc")
            .arg("-vV")
            .env_remove("LD_LIBRARY_PATH"),
    )
    .unwrap_or_default();
    let said = |name: &str| {
        about
            .lines()
            .find_map(|l| l.strip_prefix(name))
            .map(|v| v.trim().to_owned())
    };
    let (Some(host), Some(llvm)) = (said("host:"), said("LLVM version:")) else {
        return Err(Failure::Missing {
            what: "/usr/bin/rustc".to_owned(),
            remedy: "Install Debian's package rustc-web.".to_owned(),
        });
    };
    let lld = format!("lld-{}", llvm.split('.').next().unwrap_or_default());
    system::apt(&[&lld], "the linker for WebAssembly")?;
    let rustlib = Path::new("/usr/lib/rustlib");
    let lib = rustlib.join(TARGET).join("lib");
    if !has_std(&lib) {
        build_std(&lib)?;
    }
    let bin = rustlib.join(host).join("bin");
    fs::create_dir_all(&bin).map_err(Failure::file(&bin))?;
    let link = bin.join("rust-lld");
    if !link.exists() {
        drop(fs::remove_file(&link));
        symlink(Path::new("/usr/bin").join(lld), &link).map_err(Failure::file(&link))?;
    }
    Ok(())
}

/// `-Z build-std` on an empty crate. `test` is needed by browser tests; the private dependencies of std stay invisible by
/// `-Zforce-unstable-if-unmarked`.
fn build_std(lib: &Path) -> Result<(), Failure> {
    let work = paths::web_target().join("std");
    let source = work.join("src");
    fs::create_dir_all(&source).map_err(Failure::file(&source))?;
    let manifest = work.join("Cargo.toml");
    let text = "[package]\nname = \"s\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[lib]\n[workspace]\n\
                [profile.release]\nopt-level = 3\ncodegen-units = 1\ndebug = 0\n";
    fs::write(&manifest, text).map_err(Failure::file(&manifest))?;
    let crate_file = source.join("lib.rs");
    fs::write(&crate_file, "#![no_std]\n").map_err(Failure::file(&crate_file))?;

    let mut cargo = Command::new("/usr/bin/cargo");
    cargo
        .current_dir(&work)
        .args(["build", "--release", "--target", TARGET]);
    cargo.args([
        "-Z",
        "build-std=std,panic_abort,proc_macro,test",
        "--target-dir",
        "t",
    ]);
    for gone in [
        "RUSTUP_TOOLCHAIN",
        "LD_LIBRARY_PATH",
        "RUSTC_WRAPPER",
        "CARGO_TARGET_DIR",
        "CARGO",
    ] {
        cargo.env_remove(gone);
    }
    cargo
        .env("PATH", "/usr/bin:/bin")
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTC_BOOTSTRAP", "1");
    cargo.env(
        "RUSTFLAGS",
        "-Cembed-bitcode=yes -Zforce-unstable-if-unmarked",
    );
    quietly("standard library", &mut cargo)?;

    let deps = work.join("t").join(TARGET).join("release/deps");
    fs::create_dir_all(lib).map_err(Failure::file(lib))?;
    for entry in fs::read_dir(&deps).map_err(Failure::file(&deps))?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libs-") {
            fs::copy(entry.path(), lib.join(&name)).map_err(Failure::file(lib))?;
        }
    }
    Ok(())
}
