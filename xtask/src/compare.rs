//! `cargo xtask compare A B`: two folders or files compared by the same code as in the browser.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use domain::baseline::{self, Baseline, Entry};
use domain::diff::{self, Comparison, NONE, Options};
use domain::report;
use domain::snapshot::Snapshot;

/// Compares two sides and prints the outcome. 0: the same; 1: different; 2: not comparable.
pub fn run(words: &[String]) -> ExitCode {
    match compare(words) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}

fn compare(words: &[String]) -> Result<ExitCode, String> {
    let (mut paths, mut json) = (Vec::new(), false);
    let mut rest = words.iter().map(String::as_str);
    while let Some(word) = rest.next() {
        match word {
            "--format" => {
                json = match rest.next() {
                    Some("json") => true,
                    Some("text") => false,
                    _ => return Err("--format takes `json` or `text`.".to_owned()),
                }
            }
            "--format=json" => json = true,
            "--format=text" => json = false,
            option if option.starts_with("--") => {
                return Err(format!("There is no option `{option}`."));
            }
            path => paths.push(Path::new(path)),
        }
    }
    let [left, right] = paths.as_slice() else {
        return Err(
            "cargo xtask compare A B [--format json]: give two folders or zips.".to_owned(),
        );
    };
    let (left, right) = (side(left)?.snapshot, side(right)?.snapshot);
    let comparison = diff::compare(&left, &right, Options::default());
    if json {
        println!(
            "{}",
            report::json::summary(&left, &right, &comparison).to_pretty()
        );
    } else {
        print(&left, &right, &comparison);
    }
    let same = comparison
        .pairs
        .iter()
        .all(|pair| pair.state == domain::protocol::State::Same);
    Ok(ExitCode::from(
        if left.policies.is_empty() || right.policies.is_empty() {
            2
        } else {
            u8::from(!same)
        },
    ))
}

fn side(path: &Path) -> Result<Baseline, String> {
    let mut entries = Vec::new();
    walk(path, "", &mut entries).map_err(|error| format!("{}: {error}", path.display()))?;
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    let label = path.file_name().unwrap_or(path.as_os_str());
    Ok(baseline::read(entries, &label.to_string_lossy()))
}

fn walk(path: &Path, name: &str, entries: &mut Vec<Entry>) -> std::io::Result<()> {
    if !path.is_dir() {
        let own = path.file_name().unwrap_or_default().to_string_lossy();
        entries.push(Entry {
            path: if name.is_empty() {
                own.into_owned()
            } else {
                name.to_owned()
            },
            bytes: fs::read(path)?,
        });
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_type()?.is_symlink() {
            continue;
        }
        let own = entry.file_name();
        let own = own.to_string_lossy();
        let name = if name.is_empty() {
            own.into_owned()
        } else {
            format!("{name}/{own}")
        };
        walk(&entry.path(), &name, entries)?;
    }
    Ok(())
}

fn print(left: &Snapshot, right: &Snapshot, comparison: &Comparison) {
    for side in [left, right] {
        let files = side.files;
        println!(
            "{}: {} policies in {} files ({} read, {} not policies, {} not readable)",
            side.label,
            side.policies.len(),
            files.given,
            files.read,
            files.not_policy,
            files.unreadable
        );
        for finding in &side.findings {
            println!(
                "  {} {}: {} {}",
                finding.file, finding.place, finding.problem, finding.remedy
            );
        }
    }
    let (policies, settings) = (&comparison.policies, &comparison.settings);
    println!(
        "Policies: = {} same, ≠ {} different, − {} only left, + {} only right, ? {} unknown",
        policies.same, policies.different, policies.missing, policies.extra, policies.unknown
    );
    println!(
        "Settings: = {} same, ≠ {} different, − {} missing, + {} extra, ? {} unknown",
        settings.same, settings.different, settings.missing, settings.extra, settings.unknown
    );
    for pair in &comparison.pairs {
        let sign = match pair.state {
            domain::protocol::State::Same => continue,
            domain::protocol::State::Different => '≠',
            domain::protocol::State::Missing => '−',
            domain::protocol::State::Extra => '+',
            domain::protocol::State::Unknown => '?',
        };
        let name = |side: &Snapshot, at: u32| side.policies[at as usize].name.clone();
        let words = match (pair.left, pair.right) {
            (NONE, r) => name(right, r),
            (l, NONE) => name(left, l),
            (l, r) if name(left, l) == name(right, r) => name(left, l),
            (l, r) => format!("{} → {}", name(left, l), name(right, r)),
        };
        println!("{sign} {words}");
    }
}
