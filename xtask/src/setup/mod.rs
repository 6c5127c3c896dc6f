//! What is missing gets installed. What is on the machine in the right version is used.

mod npm;
mod rust;
mod servers;
mod system;
mod tools;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use crate::fail::Failure;
use crate::site::build::Site;
use crate::steps::Steps;
use crate::{paths, run, site};

pub use rust::WebRust;
pub use servers::variables as servers;
pub use system::browser;
pub use tools::exe;

/// Everything that the commands call, found or installed.
#[derive(Debug)]
pub struct Machine {
    /// How to compile WebAssembly here.
    pub rust: WebRust,
    /// Trunk.
    pub trunk: PathBuf,
    /// `PATH` with every tool on it.
    path: OsString,
}

/// Which tools a command needs beside what the build needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// The site.
    Site,
    /// The site and the emulator.
    Demo,
    /// The tests: a browser with its driver and web servers too.
    Tests,
}

impl Machine {
    /// A program for the WebAssembly half, in its own target folder.
    pub fn web(&self, program: impl AsRef<Path>) -> Command {
        let mut command = run::command(program.as_ref());
        self.rust.apply(&mut command);
        command.env("PATH", &self.path);
        command
    }

    /// Cargo for the WebAssembly half.
    pub fn web_cargo(&self) -> Command {
        self.web(self.rust.cargo())
    }
}

/// `cargo xtask setup`.
pub fn everything() -> Result<(), Failure> {
    get(For::Tests).map(|_| println!("Everything is there."))
}

/// Installs what is missing. Independent steps run in two threads: one compiles tools, one fetches packages and compiles the site's crates.
pub fn get(what: For) -> Result<Machine, Failure> {
    let rust = WebRust::choose();
    let trunk = tools::trunk();
    let bindgen = tools::wasm_bindgen()?;
    let node_ready = npm::is_ready();
    let rust_ready = rust.is_ready();
    let missing = [rust_ready, trunk.is_ready(), bindgen.is_ready(), node_ready];
    let browser = if what == For::Tests {
        system::browser_packages()
    } else {
        Vec::new()
    };
    let servers = if what == For::Tests {
        servers::missing()
    } else {
        Vec::new()
    };
    let mut count = missing.iter().filter(|ready| !**ready).count()
        + usize::from(!browser.is_empty())
        + usize::from(!servers.is_empty());
    // Worth a step of its own only while the tools compile beside it.
    let ahead = !trunk.is_ready();
    let emulator_ahead = ahead && what == For::Demo;
    count += usize::from(ahead) + usize::from(emulator_ahead);
    let steps = Steps::new(count);

    thread::scope(|scope| {
        let compiling = scope.spawn(|| -> Result<(), Failure> {
            for tool in [&trunk, &bindgen] {
                if !tool.is_ready() {
                    steps.step(&tool.words(), || tool.install())?;
                }
            }
            Ok(())
        });
        let fetching = || -> Result<(), Failure> {
            if !rust_ready {
                steps.step(rust.words(), || rust.install())?;
            }
            if !browser.is_empty() {
                steps.step("Chromium, for the tests", || {
                    system::install_browser(&browser)
                })?;
            }
            if !servers.is_empty() {
                steps.step("nginx and Caddy, for the tests", || servers::get(&servers))?;
            }
            if !node_ready {
                steps.step(
                    "Packages from npm: wasm-opt, playwright-core, axe-core",
                    npm::install,
                )?;
            }
            if ahead {
                let mut cargo = run::command(rust.cargo());
                rust.apply(&mut cargo);
                let which = match what {
                    For::Demo => Site::Demo,
                    _ => Site::Release,
                };
                steps.step("The site's crates", || {
                    site::build::site_crates(&cargo, which)
                })?;
            }
            if emulator_ahead {
                steps.step("The emulator", || site::build::emulator("demo"))?;
            }
            Ok(())
        };
        let fetched = fetching();
        let compiled = compiling.join().unwrap_or(Err(Failure::Tests));
        fetched.and(compiled)
    })?;
    tools::place_hook()?;
    Ok(Machine {
        path: path_with(&[trunk.dir()?, bindgen.dir()?, npm::bin()])?,
        trunk: trunk.dir()?.join(tools::exe("trunk")),
        rust,
    })
}

fn path_with(first: &[PathBuf]) -> Result<OsString, Failure> {
    let old = env::var_os("PATH").unwrap_or_default();
    let dirs = first.iter().cloned().chain(env::split_paths(&old));
    env::join_paths(dirs).map_err(|e| Failure::content(&paths::tools(), e.to_string()))
}
