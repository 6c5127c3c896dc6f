//! `cargo xtask compare A B`: two folders or files compared by the same code as in the browser.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use domain::baseline::{self, Entry};
use domain::diff::{self, Comparison, NONE};
use domain::protocol::{CompareOptions, State};
use domain::report::state_words;
use domain::snapshot::{Finding, Snapshot};

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
    let (words, code) = outcome(left.as_ref(), right.as_ref(), json)?;
    // Whoever reads may stop early (`| head`); the exit code tells the outcome all the same.
    let _ = std::io::stdout().write_all(words.as_bytes());
    Ok(ExitCode::from(code))
}

/// What is printed, and the exit code.
fn outcome(left: &Path, right: &Path, json: bool) -> Result<(String, u8), Failure> {
    let (left, right) = (side(left)?, side(right)?);
    let comparison = diff::compare(&left, &right, &CompareOptions::default());
    let words = if json {
        diff::summary::json(&left, &right, &comparison).to_pretty() + "\n"
    } else {
        text(&left, &right, &comparison)
    };
    let empty = [&left, &right].map(|side| side.policies.is_empty());
    for (side, _) in [&left, &right]
        .iter()
        .zip(empty)
        .filter(|(_, empty)| *empty)
    {
        eprintln!(
            "Not comparable: no policy was read from {}. Give a folder or a zip of exported policies.",
            side.label
        );
    }
    let same = comparison
        .pairs
        .iter()
        .all(|pair| pair.state == State::Same);
    let code = if empty.contains(&true) {
        2
    } else {
        u8::from(!same)
    };
    Ok((words, code))
}

fn usage(words: &str) -> Failure {
    Failure::Usage(words.to_owned())
}

/// Everything below a path as one side. What of it cannot be read is a finding.
///
/// # Errors
/// When the path itself cannot be read.
pub fn side(path: &Path) -> Result<Snapshot, Failure> {
    let (mut entries, mut findings) = (Vec::new(), Vec::new());
    match path.is_dir() {
        true => walk(path, "", &mut entries, &mut findings).map_err(Failure::file(path))?,
        false => entries.push(Entry {
            path: name(path),
            bytes: fs::read(path).map_err(Failure::file(path))?,
        }),
    }
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    let mut side = baseline::read(entries, &name(path)).snapshot;
    let count = u32::try_from(findings.len()).unwrap_or(u32::MAX);
    side.files.given += count;
    side.files.unreadable += count;
    side.findings.append(&mut findings);
    side.findings
        .sort_by(|a, b| (&a.file, &a.place).cmp(&(&b.file, &b.place)));
    Ok(side)
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// Collects the files of a folder. Links are not followed.
fn walk(
    folder: &Path,
    above: &str,
    entries: &mut Vec<Entry>,
    findings: &mut Vec<Finding>,
) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        let own = format!("{above}{}", name(&path));
        let read = match () {
            () if kind.is_symlink() => continue,
            () if kind.is_dir() => walk(&path, &format!("{own}/"), entries, findings),
            // A pipe would be waited for.
            () if !kind.is_file() => Err(io::Error::other("it is no file")),
            () => fs::read(&path).map(|bytes| {
                entries.push(Entry {
                    path: own.clone(),
                    bytes,
                });
            }),
        };
        if let Err(error) = read {
            findings.push(Finding {
                file: own,
                place: String::new(),
                problem: format!("It cannot be read from the disk: {error}."),
                remedy: "Give this account the right to read it, or take it out of the folder."
                    .to_owned(),
            });
        }
    }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::path::PathBuf;

    use super::*;

    const POLICY: &str = r#"{"id":"1","name":"Edge","platforms":"windows10","technologies":"mdm","settings":[{"settingInstance":{"settingDefinitionId":"a","simpleSettingValue":{"value":1}}}]}"#;

    /// A folder of these files.
    fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let path =
            std::env::temp_dir().join(format!("plumbline-compare-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("below")).unwrap();
        for (name, text) in files {
            fs::write(path.join(name), text).unwrap();
        }
        path
    }

    #[test]
    fn the_exit_code_says_same_different_or_not_comparable() {
        let one = folder("one", &[("below/a.json", POLICY)]);
        let two = folder("two", &[("b.json", &POLICY.replace(":1}", ":2}"))]);
        let none = folder("none", &[]);
        let prose = folder("prose", &[("a.md", "# Edge")]);
        let cases = [
            (&one, &one, 0),
            (&one, &two, 1),
            (&one, &none, 2),
            (&none, &one, 2),
            (&prose, &one, 2),
            (&none, &none, 2),
        ];
        for (left, right, wanted) in cases {
            for json in [true, false] {
                let (words, code) = outcome(left, right, json).unwrap();
                assert_eq!(code, wanted, "{left:?} {right:?}");
                assert!(!words.is_empty());
            }
        }
        let missing = one.join("missing");
        let error = outcome(&missing, &one, true).unwrap_err();
        assert!(error.to_string().contains("missing"), "{error}");
        let file = outcome(&one.join("below/a.json"), &one, false).unwrap();
        assert_eq!(file.1, 0, "a file by itself");
    }

    #[test]
    fn the_json_is_as_it_is_promised() {
        let left = folder(
            "left",
            &[
                ("a.json", POLICY),
                ("bad.json", "{\"name\": \n,}"),
                ("readme.md", "x"),
            ],
        );
        let right = folder("right", &[("a.json", &POLICY.replace(":1}", ":2}"))]);
        #[cfg(unix)]
        let _socket = std::os::unix::net::UnixListener::bind(left.join("below/s.json")).unwrap();
        let (words, code) = outcome(&left, &right, true).unwrap();
        assert_eq!(code, 1);
        let json: serde_json::Value = serde_json::from_str(&words).unwrap();
        let odd = u64::from(cfg!(unix));
        let files = serde_json::json!({"given": 3 + odd, "read": 1, "not_policy": 1, "unreadable": 1 + odd});
        assert_eq!(json["left"]["files"], files);
        for (side, policies) in [("left", 1), ("right", 1)] {
            assert_eq!(json[side]["policies"], policies);
            assert_eq!(json[side]["settings"], 1);
        }
        let findings = json["left"]["findings"].as_array().unwrap();
        assert_eq!(findings.len() as u64, 1 + odd);
        for finding in findings {
            for key in ["file", "place", "problem", "remedy"] {
                assert!(finding[key].is_string(), "{finding}");
            }
            assert!(!finding["remedy"].as_str().unwrap().is_empty());
        }
        assert_eq!(findings[0]["file"], "bad.json");
        assert_eq!(findings[0]["place"], "line 2, column 1");
        let of = |name: &str, keys: [&str; 5]| keys.map(|key| json[name][key].as_u64().unwrap());
        let policies = of(
            "policies",
            ["paired", "same", "changed", "added", "removed"],
        );
        assert_eq!(policies, [1, 0, 1, 0, 0]);
        let settings = of(
            "settings",
            ["same", "different", "missing", "extra", "unknown"],
        );
        assert_eq!(settings, [0, 1, 0, 0, 0]);
        assert_eq!(json["changed"], serde_json::json!(["Edge"]));
    }
}
