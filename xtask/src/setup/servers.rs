//! Web servers that a test starts from the files of `static/hosting`.
//!
//! Their packages are unpacked beside the tools, not installed: an installed server starts by itself and takes port 80.
//! A machine that cannot have them has a test that says that it was skipped.

use std::fs;
use std::path::PathBuf;

use super::system::apt;
use crate::fail::Failure;
use crate::paths::{self, on_path};
use crate::run::{command, quietly};

/// Package, a file of it by which it is known, and the variable that tells the tests of the program.
const PACKAGES: [(&str, &str, &str); 3] = [
    ("nginx", "usr/sbin/nginx", "NGINX"),
    ("nginx-common", "etc/nginx/mime.types", ""),
    ("caddy", "usr/bin/caddy", "CADDY"),
];

fn dir() -> PathBuf {
    paths::tools().join("servers")
}

/// Packages that are neither on this machine nor unpacked, where packages can be had.
pub fn missing() -> Vec<&'static str> {
    if on_path("apt-get").is_none() || on_path("dpkg-deb").is_none() {
        return Vec::new();
    }
    let here = |file: &str| PathBuf::from("/").join(file).is_file();
    let mut missing: Vec<&str> = PACKAGES
        .iter()
        .filter(|(_, file, _)| !here(file) && !dir().join(file).is_file())
        .map(|(package, ..)| *package)
        .collect();
    if on_path("openssl").is_none() {
        missing.push("openssl");
    }
    missing
}

/// Gets what can be had of them, and says what cannot.
pub fn get(packages: &[&str]) -> Result<(), Failure> {
    fs::create_dir_all(dir()).map_err(Failure::file(&dir()))?;
    let mut updated = false;
    for package in packages {
        let got = match *package {
            // It makes the test's certificate, and starts nothing.
            "openssl" => apt(&["openssl"], "openssl"),
            package => unpack(package).or_else(|failure| {
                if std::mem::replace(&mut updated, true) {
                    return Err(failure);
                }
                // The lists may be missing or old.
                quietly("apt lists", command("apt-get").arg("update"))?;
                unpack(package)
            }),
        };
        if got.is_err() {
            println!("      {package} cannot be had here: its test says that it was skipped.");
        }
    }
    Ok(())
}

fn unpack(package: &str) -> Result<(), Failure> {
    let dir = dir();
    let mut download = command("apt-get");
    quietly(
        package,
        download.args(["download", package]).current_dir(&dir),
    )?;
    let start = format!("{package}_");
    let files = fs::read_dir(&dir).map_err(Failure::file(&dir))?;
    for file in files.flatten().map(|entry| entry.path()) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(&start) && name.ends_with(".deb") {
            let mut extract = command("dpkg-deb");
            quietly(package, extract.arg("--extract").arg(&file).arg(&dir))?;
            fs::remove_file(&file).map_err(Failure::file(&file))?;
        }
    }
    Ok(())
}

/// The unpacked programs, by the variables that tell the tests of them.
pub fn variables() -> impl Iterator<Item = (&'static str, PathBuf)> {
    PACKAGES
        .iter()
        .map(|(_, file, variable)| (*variable, dir().join(file)))
        .filter(|(variable, file)| !variable.is_empty() && file.is_file())
}
