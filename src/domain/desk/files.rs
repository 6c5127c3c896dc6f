//! Files that a person opens: a saved snapshot, or exports of any dialect.

use super::DeskError;
use crate::baseline::{self, Baseline, Entry};
use crate::convert::{self, Form};
use crate::problem::Problem;
use crate::protocol::{BaselineInfo, File};
use crate::snapshot::{FileCounts, Snapshot, Source, file};

/// Reads what a person opened or dropped.
///
/// # Errors
/// Only when a saved snapshot is damaged or too new; every other bad file is a finding.
pub(super) fn read(files: Vec<File>) -> Result<Baseline, Problem> {
    if let [one] = files.as_slice()
        && let Some(text) = snapshot_text(&one.bytes)
    {
        let mut snapshot = file::read(text, Source::Saved)?;
        if snapshot.label.is_empty() {
            snapshot.label = one.path.clone();
        }
        if snapshot.files == FileCounts::default() {
            (snapshot.files.given, snapshot.files.read) = (1, 1);
        }
        return Ok(Baseline {
            snapshot,
            ..Baseline::default()
        });
    }
    let label = label(&files);
    let entries = files
        .into_iter()
        .map(|file| Entry {
            path: file.path,
            bytes: file.bytes,
        })
        .collect();
    Ok(baseline::read(entries, &label))
}

fn snapshot_text(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(64)];
    head.iter().find(|b| !b.is_ascii_whitespace())?;
    let text = std::str::from_utf8(bytes).ok()?;
    file::is_snapshot(text).then_some(text)
}

/// The name of the only file, the folder that all files stand in, or their number.
fn label(files: &[File]) -> String {
    let folder = |file: &File| file.path.split_once('/').map(|(top, _)| top.to_owned());
    match files {
        [] => String::new(),
        [one] => {
            let name = one.path.rsplit('/').next().unwrap_or(&one.path);
            name.strip_suffix(".zip").unwrap_or(name).to_owned()
        }
        [first, rest @ ..] => match folder(first) {
            Some(top) if rest.iter().all(|file| folder(file).as_ref() == Some(&top)) => top,
            _ => format!("{} files", files.len()),
        },
    }
}

/// What was read, in numbers.
pub(super) fn info(baseline: &Baseline) -> BaselineInfo {
    let Baseline {
        snapshot, dialects, ..
    } = baseline;
    let files = snapshot.files;
    let settings = snapshot.proper().filter_map(|p| p.settings.get());
    BaselineInfo {
        label: snapshot.label.clone(),
        dialects: dialects
            .iter()
            .map(|(dialect, count)| (dialect.label().to_owned(), *count))
            .collect(),
        policies: snapshot.proper().count() as u32,
        settings: settings.map(Vec::len).sum::<usize>() as u32,
        files: (files.given, files.read, files.not_policy, files.unreadable),
        findings: snapshot
            .findings
            .iter()
            .map(crate::inventory::view::finding)
            .collect(),
    }
}

/// A side's policies as a zip of another tool's files. Its name does not say whose they are.
pub(super) fn export(snapshot: &Snapshot, form: Form) -> Result<File, DeskError> {
    let written = convert::export(snapshot, form);
    if written.policies == 0 {
        return Err(DeskError::NothingToExport);
    }
    let bytes = convert::zip(&written.files).ok_or(DeskError::TooLarge)?;
    Ok(File {
        path: format!("policies-{}.zip", form.id()),
        mime: "application/zip".to_owned(),
        bytes,
    })
}

/// The main side as a file to keep. Its name says when, and never whose it is.
pub(super) fn save(snapshot: &Snapshot) -> File {
    let day = snapshot.taken_at.get(..10).unwrap_or_default();
    let dash = if day.is_empty() { "" } else { "-" };
    File {
        path: format!("snapshot{dash}{day}.plumbline.json"),
        mime: "application/json".to_owned(),
        bytes: file::write(snapshot).into_bytes(),
    }
}
