//! Reading baselines and comparing them: answers that are known, and what must always hold.

mod analysis;
mod carriers;
mod desk;
mod deviations;
mod known;
mod peers;
mod properties;
mod small;
mod sources;
mod templates;

use std::fs;
use std::path::{Path, PathBuf};

use domain::baseline::{self, Baseline, Entry};
use domain::desk::{Comparer, Desk};
use domain::diff::{self, Comparison};
use domain::protocol::{CompareOptions, Event, File, SnapshotInfo};
use domain::snapshot::Source;
use domain::snapshot::file::{Joined, Step};

/// The folder of published exports, when it is there. Says so when it is not.
fn shared(below: &str) -> Option<PathBuf> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::var_os("PLUMBLINE_SHARED").map_or_else(
        || repository.parent().unwrap_or(repository).join("shared"),
        PathBuf::from,
    );
    let path = folder.join("data").join(below);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped: no {below} in a shared folder beside the repository");
    None
}

/// Reads a folder as a baseline.
fn folder(path: &Path) -> Baseline {
    let mut entries = Vec::new();
    walk(path, "", &mut entries);
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    baseline::read(entries, "folder")
}

fn walk(path: &Path, name: &str, entries: &mut Vec<Entry>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            let entry = entry.unwrap();
            let own = entry.file_name().to_string_lossy().into_owned();
            let slash = if name.is_empty() { "" } else { "/" };
            walk(&entry.path(), &format!("{name}{slash}{own}"), entries);
        }
    } else {
        entries.push(Entry {
            path: name.to_owned(),
            bytes: fs::read(path).unwrap(),
        });
    }
}

fn compare(left: &Baseline, right: &Baseline) -> Comparison {
    diff::compare(&left.snapshot, &right.snapshot, &CompareOptions::default())
}

/// Names of the policies of the left side that have a counterpart and differ.
fn changed(left: &Baseline, comparison: &Comparison) -> Vec<String> {
    let name = |at: u32| left.snapshot.policies[at as usize].name.clone();
    comparison
        .pairs
        .iter()
        .filter(|pair| pair.by.is_some() && pair.state == domain::protocol::State::Different)
        .map(|pair| name(pair.left))
        .collect()
}

/// Opens files as the main side, the way the two workers do it.
fn open(comparer: &mut Comparer, files: Vec<File>) -> Option<Event> {
    let (_, info) = open_both(comparer, files);
    Some(Event::SnapshotReady(info))
}

/// The same, with what the engine holds then.
fn open_both(comparer: &mut Comparer, files: Vec<File>) -> (Desk, SnapshotInfo) {
    comparer.open(files).unwrap();
    let mut coming = Joined::default();
    let mut from = 0;
    loop {
        let (saved, piece) = comparer.opened(from).unwrap();
        if from == 0 {
            coming = Joined::new(if saved { Source::Saved } else { Source::Files });
        }
        match coming.take(&piece).unwrap() {
            Step::Next(next) => from = next,
            Step::Whole => break,
        }
    }
    let mut desk = Desk::default();
    let info = desk.set_main(coming.whole());
    assert!(comparer.keep_opened());
    (desk, info)
}

/// Hands the engine's main side over to the comparer. How many pieces it took.
pub fn hand_over(desk: &Desk, comparer: &mut Comparer) -> u32 {
    comparer.await_main();
    let (mut from, mut pieces) = (0, 0);
    while let Some(piece) = desk.piece(from) {
        pieces += 1;
        match comparer.take_main(&piece).unwrap() {
            Step::Next(next) => from = next,
            Step::Whole => break,
        }
    }
    pieces
}
