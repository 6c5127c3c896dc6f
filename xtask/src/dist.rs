//! `cargo xtask dist`: the release site, and what it weighs.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::fail::Failure;
use crate::paths;
use crate::setup::{self, For};
use crate::site::{build, hook};
use crate::steps::Steps;

/// Everything until the start page is interactive, in bytes after brotli.
const FIRST_LOAD: usize = 160_000;

/// The same, with the engine.
const WITH_ENGINE: usize = 330_000;

/// When a file is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    First,
    Engine,
    Later,
    /// For whoever hosts the site: no page asks for it.
    Never,
}

/// One file of the site.
#[derive(Debug)]
pub struct Weight {
    name: String,
    when: When,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Builds and weighs.
pub fn run() -> Result<(), Failure> {
    let machine = setup::get(For::Site)?;
    Steps::new(1).step("The site", || build::site(&machine, build::Site::Release))?;
    let weights = weigh(&paths::dist())?;
    print(&weights);
    within_budget(&weights)
}

/// Prints both sums beside their budgets, and fails when one is over.
pub fn within_budget(weights: &[Weight]) -> Result<(), Failure> {
    let sum = |which: &[When]| {
        weights
            .iter()
            .filter(|w| which.contains(&w.when))
            .map(|w| w.brotli)
            .sum::<usize>()
    };
    let first = sum(&[When::First]);
    let engine = sum(&[When::First, When::Engine]);
    println!(
        "First load:      {:>7.1} kB brotli, at most {} kB",
        kilo(first),
        FIRST_LOAD / 1000
    );
    println!(
        "With the engine: {:>7.1} kB brotli, at most {} kB",
        kilo(engine),
        WITH_ENGINE / 1000
    );
    if first > FIRST_LOAD || engine > WITH_ENGINE {
        return Err(Failure::TooHeavy);
    }
    Ok(())
}

fn print(weights: &[Weight]) {
    println!("{:<44} {:>9} {:>9} {:>9}", "file", "raw", "gzip", "brotli");
    for w in weights {
        let when = match w.when {
            When::First => "first",
            When::Engine => "engine",
            When::Later => "when used",
            When::Never => "",
        };
        println!(
            "{:<44} {:>9} {:>9} {:>9}  {when}",
            w.name, w.raw, w.gzip, w.brotli
        );
    }
}

#[allow(clippy::cast_precision_loss)]
fn kilo(bytes: usize) -> f64 {
    bytes as f64 / 1000.0
}

/// Every file below a folder, the first that loads first.
pub fn weigh(dir: &Path) -> Result<Vec<Weight>, Failure> {
    let mut weights = Vec::new();
    for path in hook::files_below(dir)? {
        let bytes = fs::read(&path).map_err(Failure::file(&path))?;
        let name = path
            .strip_prefix(dir)
            .unwrap_or(&path)
            .to_string_lossy()
            .replace('\\', "/");
        weights.push(Weight {
            when: when(&name),
            raw: bytes.len(),
            gzip: gzip(&bytes).map_err(Failure::file(&path))?,
            brotli: brotli(&bytes).map_err(Failure::file(&path))?,
            name,
        });
    }
    weights.sort_by(|a, b| (a.when as u8, &a.name).cmp(&(b.when as u8, &b.name)));
    Ok(weights)
}

/// By its name. What has no name here loads when it is used; a test holds that against what a browser asks for.
fn when(name: &str) -> When {
    let starts = |with: &str| name.starts_with(with);
    match name {
        "index.html" | "config.json" => When::First,
        "SHA256SUMS" | "sbom.cdx.json" | "_headers" | "staticwebapp.config.json" => When::Never,
        _ if starts("app-") || starts("boot") || starts("plumbline-") => When::First,
        _ if starts("engine-") => When::Engine,
        _ => When::Later,
    }
}

fn gzip(bytes: &[u8]) -> std::io::Result<usize> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes)?;
    Ok(out.finish()?.len())
}

fn brotli(bytes: &[u8]) -> std::io::Result<usize> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params)?;
    Ok(out.len())
}
