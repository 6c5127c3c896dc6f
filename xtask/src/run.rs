//! Other programs.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::fail::Failure;
use crate::{paths, steps};

/// A command in the repository's folder.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(paths::root());
    command
}

/// The command as a person would type it.
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|w| w.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

fn not_started(command: &Command, source: std::io::Error) -> Failure {
    Failure::Start {
        program: command.get_program().to_string_lossy().into_owned(),
        source,
    }
}

/// What it prints, or `None` when it is not there or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let out = command.stderr(Stdio::null()).output().ok()?;
    out.status
        .success()
        .then(|| String::from_utf8_lossy(&out.stdout).into_owned())
}

/// Runs it with its words in a log; says every 20 seconds how far it is, and on failure shows the end of the log.
pub fn quietly(name: &str, command: &mut Command) -> Result<(), Failure> {
    let log = log_file(name)?;
    let out = File::create(&log).map_err(Failure::file(&log))?;
    let err = out.try_clone().map_err(Failure::file(&log))?;
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(out)
        .stderr(err)
        .spawn()
        .map_err(|e| not_started(command, e))?;
    let mut said = start;
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|e| not_started(command, e))? {
            break status;
        }
        if said.elapsed() > Duration::from_secs(20) {
            said = Instant::now();
            steps::still(name, start.elapsed(), &last_line(&log));
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    if status.success() {
        return Ok(());
    }
    let text = fs::read_to_string(&log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    Err(Failure::Program {
        line: line(command),
        tail: lines[lines.len().saturating_sub(40)..].join("\n"),
    })
}

fn log_file(name: &str) -> Result<PathBuf, Failure> {
    let dir = paths::tools().join("log");
    fs::create_dir_all(&dir).map_err(Failure::file(&dir))?;
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    Ok(dir.join(plain + ".txt"))
}

fn last_line(log: &Path) -> String {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    text.lines()
        .rev()
        .find(|l| !l.trim().is_empty())
        .unwrap_or("")
        .trim()
        .to_owned()
}

/// Runs it on this terminal and hands over each line of its standard output as it comes. True when it ended well.
pub fn watch(command: &mut Command, mut each: impl FnMut(&str)) -> Result<bool, Failure> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| not_started(command, e))?;
    if let Some(out) = child.stdout.take() {
        for line in BufReader::new(out).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            each(&line);
        }
    }
    Ok(child.wait().map_err(|e| not_started(command, e))?.success())
}
