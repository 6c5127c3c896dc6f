//! What Trunk does not do: `Trunk.toml` calls this before and after its build.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

use super::commit;
use super::hosting;
use super::hosts::Hosts;
use super::names;
use super::page::{self, Built, Parts};
use super::sbom;
use super::split;
use crate::args::Args;
use crate::fail::Failure;
use crate::paths;
use crate::run::{command, quietly};

/// `hook pre-build` and `hook post-build`.
pub fn run(args: &mut Args) -> Result<(), Failure> {
    let stage = args.word().unwrap_or_default();
    args.end()?;
    match stage.as_str() {
        "pre-build" => one_style_sheet().and_then(|()| start_script()),
        "post-build" => finish(&staging()?),
        _ => Err(Failure::Usage(
            "The hooks are `pre-build` and `post-build`.".to_owned(),
        )),
    }
}

fn staging() -> Result<PathBuf, Failure> {
    let dir = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    dir.ok_or_else(|| Failure::Usage("This runs inside a Trunk build only.".to_owned()))
}

/// The files that `static/css/index.css` imports, in its order, as one: so that the page asks once.
fn one_style_sheet() -> Result<(), Failure> {
    let dir = paths::root().join("static/css");
    let index = dir.join("index.css");
    let order = fs::read_to_string(&index).map_err(Failure::file(&index))?;
    let mut sheet = String::new();
    let mut left: Vec<PathBuf> = files_of(&dir)?;
    for name in order.lines().filter_map(imported) {
        let file = dir.join(name);
        left.retain(|f| *f != file);
        sheet += &fs::read_to_string(&file).map_err(Failure::file(&file))?;
        sheet.push('\n');
    }
    left.retain(|f| *f != index);
    if let Some(forgotten) = left.first() {
        return Err(Failure::content(forgotten, "index.css does not import it."));
    }
    let out = paths::root().join("target/site");
    fs::create_dir_all(&out).map_err(Failure::file(&out))?;
    write(&out.join("plumbline.css"), &sheet)
}

/// `static/boot.js` without the words that are for its readers.
fn start_script() -> Result<(), Failure> {
    let from = paths::root().join("static/boot.js");
    let to = paths::root().join("target/site/boot.js");
    fs::copy(&from, &to).map_err(Failure::file(&from))?;
    smaller(&to, &[])
}

/// A script with short names and without comments. What it exports and reads from outside keeps its names.
fn smaller(script: &Path, more: &[&str]) -> Result<(), Failure> {
    let mut terser = command("terser");
    terser
        .arg(script)
        .args(["--compress", "--mangle"])
        .args(more);
    quietly("terser", terser.arg("--output").arg(script))
}

/// `name` of a line `@import "name";`.
fn imported(line: &str) -> Option<&str> {
    line.trim().strip_prefix("@import \"")?.strip_suffix("\";")
}

/// Parts, names by content, hashes into the page, and the files that go out as they are.
fn finish(dir: &Path) -> Result<(), Failure> {
    let screens = split::screens(dir, &wasm(dir, "app")?)?;
    for name in ["app", "engine", "office", "comparer"] {
        let glue = glue(dir, name)?;
        short_names(&wasm(dir, name)?, &glue)?;
        smaller(&glue, &["--module"])?;
    }
    let parts = Parts {
        app: renamed(dir, &glue(dir, "app")?, "app", "js")?,
        app_wasm: renamed(dir, &wasm(dir, "app")?, "app", "wasm")?,
        screens: match screens {
            Some(screens) => Some(renamed(dir, &screens, "screens", "wasm")?),
            None => None,
        },
        engine: renamed(dir, &glue(dir, "engine")?, "engine", "js")?,
        engine_wasm: renamed(dir, &wasm(dir, "engine")?, "engine", "wasm")?,
        office: renamed(dir, &glue(dir, "office")?, "office", "js")?,
        office_wasm: renamed(dir, &wasm(dir, "office")?, "office", "wasm")?,
        comparer: renamed(dir, &glue(dir, "comparer")?, "comparer", "js")?,
        comparer_wasm: renamed(dir, &wasm(dir, "comparer")?, "comparer", "wasm")?,
    };
    let page = dir.join("index.html");
    let html = fs::read_to_string(&page).map_err(Failure::file(&page))?;
    let hosts = Hosts::of_config(&paths::root().join("static/config.json"))?;
    let icons = paths::root().join("static/icons.svg");
    let symbols = fs::read_to_string(&icons).map_err(Failure::file(&icons))?;
    let commit = commit::here()?;
    let html = page::fill(&html, &parts, &commit, &symbols, &hosts).map_err(|mark| {
        Failure::content(
            &page,
            format!("`<meta name=\"{mark}\">` is not in it once."),
        )
    })?;
    write(&page, &html)?;
    copy_static(&paths::root().join("static"), dir)?;
    write(&dir.join(sbom::NAME), &sbom::bill(&commit)?)?;
    for (name, text) in hosting::in_site(&hosts) {
        write(&dir.join(name), &text)?;
    }
    checksums(dir)
}

/// `<name>.js`, or with Trunk's hash in it. The workers' start in `boot.js` needs its one default export.
fn glue(dir: &Path, name: &str) -> Result<PathBuf, Failure> {
    let path = one(dir, |file| is_of(file, name, ".js"), &format!("{name}.js"))?;
    let text = fs::read_to_string(&path).map_err(Failure::file(&path))?;
    if text.matches(" as default").count() != 1 {
        return Err(Failure::content(
            &path,
            "wasm-bindgen's glue has not one default export any more.",
        ));
    }
    if dir.join("snippets").exists() {
        return Err(Failure::content(
            &path,
            "a crate brought JavaScript of its own, which a worker cannot load.",
        ));
    }
    Ok(path)
}

fn short_names(wasm: &Path, glue: &Path) -> Result<(), Failure> {
    let module = fs::read(wasm).map_err(Failure::file(wasm))?;
    let text = fs::read_to_string(glue).map_err(Failure::file(glue))?;
    let (module, text) = names::shorten(&module, &text).ok_or_else(|| {
        Failure::content(
            glue,
            "wasm-bindgen's glue does not list its imports any more.",
        )
    })?;
    fs::write(wasm, module).map_err(Failure::file(wasm))?;
    write(glue, &text)
}

fn wasm(dir: &Path, name: &str) -> Result<PathBuf, Failure> {
    one(
        dir,
        |file| is_of(file, name, "_bg.wasm"),
        &format!("{name}_bg.wasm"),
    )
}

/// True for `name.js` and `name-<hex>.js`.
fn is_of(file: &str, name: &str, ending: &str) -> bool {
    let Some(stem) = file
        .strip_suffix(ending)
        .and_then(|stem| stem.strip_prefix(name))
    else {
        return false;
    };
    stem.is_empty()
        || stem
            .strip_prefix('-')
            .is_some_and(|h| h.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn one(dir: &Path, is_it: impl Fn(&str) -> bool, what: &str) -> Result<PathBuf, Failure> {
    let mut found = files_of(dir)?;
    found.retain(|f| f.file_name().and_then(|n| n.to_str()).is_some_and(&is_it));
    match found.as_slice() {
        [path] => Ok(path.clone()),
        _ => Err(Failure::content(
            dir,
            format!("{} files look like {what}; one was expected.", found.len()),
        )),
    }
}

fn renamed(dir: &Path, from: &Path, name: &str, ending: &str) -> Result<Built, Failure> {
    let bytes = fs::read(from).map_err(Failure::file(from))?;
    let name = format!("{name}-{}.{ending}", &hex(&Sha256::digest(&bytes))[..16]);
    fs::rename(from, dir.join(&name)).map_err(Failure::file(from))?;
    Ok(Built {
        name,
        integrity: format!("sha384-{}", STANDARD.encode(Sha384::digest(&bytes))),
    })
}

/// Everything of `static/` that is not handled otherwise: the configuration, pictures, the demo.
fn copy_static(from: &Path, to: &Path) -> Result<(), Failure> {
    const HANDLED: [&str; 4] = ["css", "boot.js", "hosting", "icons.svg"];
    for entry in fs::read_dir(from).map_err(Failure::file(from))? {
        let entry = entry.map_err(Failure::file(from))?;
        if !HANDLED.iter().any(|h| entry.file_name() == *h) {
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    if !from.is_dir() {
        fs::copy(from, to).map_err(Failure::file(from))?;
        return Ok(());
    }
    fs::create_dir_all(to).map_err(Failure::file(to))?;
    for entry in fs::read_dir(from).map_err(Failure::file(from))? {
        let entry = entry.map_err(Failure::file(from))?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

/// `SHA256SUMS` over the whole site, in the format of `sha256sum -c`.
pub fn checksums(dir: &Path) -> Result<(), Failure> {
    let mut files = files_below(dir)?;
    files.sort();
    let mut sums = String::new();
    for file in files {
        let bytes = fs::read(&file).map_err(Failure::file(&file))?;
        let name = file
            .strip_prefix(dir)
            .unwrap_or(&file)
            .to_string_lossy()
            .replace('\\', "/");
        sums += &format!("{}  {name}\n", hex(&Sha256::digest(&bytes)));
    }
    write(&dir.join("SHA256SUMS"), &sums)
}

/// Every file below a folder.
pub fn files_below(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = files_of(dir)?;
    for entry in fs::read_dir(dir).map_err(Failure::file(dir))? {
        let path = entry.map_err(Failure::file(dir))?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        }
    }
    Ok(files)
}

/// The files of a folder, or none if it is not there.
fn files_of(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !dir.exists() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).map_err(Failure::file(dir))? {
        let path = entry.map_err(Failure::file(dir))?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    Ok(files)
}

/// Bytes in hexadecimal, small letters.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(Failure::file(path))
}
