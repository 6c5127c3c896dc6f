//! `cargo xtask compare A B`: two folders or files compared by the same code as in the browser.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use domain::baseline::{self, Entry};
use domain::diff::{self, Comparison, NONE};
use domain::protocol::{CompareOptions, State};
use domain::report::state_words;
use domain::snapshot::Snapshot;

use crate::args::Args;
use crate::fail::Failure;

/// Compares two sides and prints the outcome. 0: the same; 1: different; 2: not comparable.
pub fn run(args: &mut Args) -> ExitCode {
    match compare(args) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(2)
        }
    }
}

fn compare(args: &mut Args) -> Result<ExitCode, Failure> {
    let json = match args.text("--format")?.as_deref() {
        Some("json") => true,
        None | Some("text") => false,
        Some(_) => return Err(usage("`--format` takes `json` or `text`.")),
    };
    let (Some(left), Some(right)) = (args.word(), args.word()) else {
        return Err(usage("`compare` needs two folders or zips."));
    };
    args.end()?;
    let (left, right) = (side(left.as_ref())?, side(right.as_ref())?);
    let comparison = diff::compare(&left, &right, &CompareOptions::default());
    let words = if json {
        diff::summary::json(&left, &right, &comparison).to_pretty() + "\n"
    } else {
        text(&left, &right, &comparison)
    };
    // Whoever reads may stop early (`| head`); the exit code tells the outcome all the same.
    let _ = std::io::stdout().write_all(words.as_bytes());
    let same = comparison
        .pairs
        .iter()
        .all(|pair| pair.state == State::Same);
    Ok(ExitCode::from(
        if left.policies.is_empty() || right.policies.is_empty() {
            2
        } else {
            u8::from(!same)
        },
    ))
}

fn usage(words: &str) -> Failure {
    Failure::Usage(words.to_owned())
}

pub fn side(path: &Path) -> Result<Snapshot, Failure> {
    let mut entries = Vec::new();
    walk(path, "", &mut entries)?;
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    let label = path.file_name().unwrap_or(path.as_os_str());
    Ok(baseline::read(entries, &label.to_string_lossy()).snapshot)
}

/// Collects the files below a path. Links are not followed.
fn walk(path: &Path, name: &str, entries: &mut Vec<Entry>) -> Result<(), Failure> {
    if path.is_dir() {
        for entry in fs::read_dir(path).map_err(Failure::file(path))? {
            let entry = entry.map_err(Failure::file(path))?;
            if !entry.file_type().is_ok_and(|kind| kind.is_symlink()) {
                let own = entry.file_name().to_string_lossy().into_owned();
                let slash = if name.is_empty() { "" } else { "/" };
                walk(&entry.path(), &format!("{name}{slash}{own}"), entries)?;
            }
        }
        return Ok(());
    }
    let own = path.file_name().unwrap_or_default().to_string_lossy();
    entries.push(Entry {
        path: if name.is_empty() {
            own.into_owned()
        } else {
            name.to_owned()
        },
        bytes: fs::read(path).map_err(Failure::file(path))?,
    });
    Ok(())
}

/// Adds a line to a text.
macro_rules! line {
    ($out:ident, $($words:tt)*) => {{
        $out.push_str(&format!($($words)*));
        $out.push('\n');
    }};
}

fn text(left: &Snapshot, right: &Snapshot, comparison: &Comparison) -> String {
    let mut out = String::new();
    for side in [left, right] {
        let files = side.files;
        line!(
            out,
            "{}: {} policies in {} files ({} read, {} not policies, {} not readable)",
            side.label,
            side.policies.len(),
            files.given,
            files.read,
            files.not_policy,
            files.unreadable
        );
        for finding in &side.findings {
            line!(
                out,
                "  {} {}: {} {}",
                finding.file,
                finding.place,
                finding.problem,
                finding.remedy
            );
        }
    }
    let (policies, settings) = (&comparison.policies, &comparison.settings);
    line!(
        out,
        "Policies: = {} same, ≠ {} different, − {} only left, + {} only right, ? {} unknown",
        policies.same,
        policies.different,
        policies.missing,
        policies.extra,
        policies.unknown
    );
    line!(
        out,
        "Settings: = {} same, ≠ {} different, − {} missing, + {} extra, ? {} unknown",
        settings.same,
        settings.different,
        settings.missing,
        settings.extra,
        settings.unknown
    );
    for pair in &comparison.pairs {
        if pair.state == State::Same {
            continue;
        }
        let (_, sign) = state_words(pair.state);
        let name = |side: &Snapshot, at: u32| side.policies[at as usize].name.clone();
        let words = match (pair.left, pair.right) {
            (NONE, r) => name(right, r),
            (l, NONE) => name(left, l),
            (l, r) if name(left, l) == name(right, r) => name(left, l),
            (l, r) => format!("{} → {}", name(left, l), name(right, r)),
        };
        line!(out, "{sign} {words}");
    }
    out
}
