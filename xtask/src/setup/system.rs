//! What comes from the system's package manager: a browser, Node, Debian's Rust.

use std::path::PathBuf;
use std::sync::Mutex;

use crate::fail::Failure;
use crate::paths::on_path;
use crate::run::{command, output, quietly};

/// apt takes one at a time.
static APT: Mutex<()> = Mutex::new(());

/// Names under which Chromium and its kin are installed.
const BROWSERS: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
];

/// The browser that tests run in: `CHROMIUM`, or the first on `PATH`.
pub fn browser() -> Option<PathBuf> {
    let set = std::env::var_os("CHROMIUM")
        .map(PathBuf::from)
        .filter(|p| p.is_file());
    set.or_else(|| BROWSERS.iter().find_map(|name| on_path(name)))
}

/// Debian packages of the browser and its driver that are missing.
pub fn browser_packages() -> Vec<&'static str> {
    let mut packages = Vec::new();
    if browser().is_none() {
        packages.push("chromium");
    }
    if on_path("chromedriver").is_none() && std::env::var_os("CHROMEDRIVER").is_none() {
        packages.push("chromium-driver");
    }
    packages
}

/// Installs the missing ones.
pub fn install_browser(packages: &[&str]) -> Result<(), Failure> {
    apt(packages, "Chromium and chromedriver")
}

/// Installs Debian packages, where this is Debian or its kin and we are root. `what` is for the sentence otherwise.
pub fn apt(packages: &[&str], what: &str) -> Result<(), Failure> {
    let missing: Vec<&str> = packages
        .iter()
        .filter(|p| !is_installed(p))
        .copied()
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let root = output(command("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    if !root || on_path("apt-get").is_none() {
        return Err(Failure::Missing {
            what: what.to_owned(),
            remedy: format!(
                "Install it and try again; Debian calls it {}.",
                missing.join(", ")
            ),
        });
    }
    let _one = APT
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut get = command("apt-get");
    get.env("DEBIAN_FRONTEND", "noninteractive");
    get.args(["install", "--yes", "--no-install-recommends"])
        .args(&missing);
    if quietly("apt", &mut get).is_ok() {
        return Ok(());
    }
    // The lists may be missing or old.
    quietly("apt lists", command("apt-get").arg("update"))?;
    let mut again = command("apt-get");
    again.env("DEBIAN_FRONTEND", "noninteractive");
    again
        .args(["install", "--yes", "--no-install-recommends"])
        .args(&missing);
    quietly("apt", &mut again)
}

fn is_installed(package: &str) -> bool {
    let mut query = command("dpkg-query");
    output(query.args(["--show", "--showformat=${Status}", package]))
        .is_some_and(|s| s.ends_with("ok installed"))
}
