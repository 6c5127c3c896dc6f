//! `cargo run -p plumbline-fuzz -- TARGET SECONDS [SEED] [FOLDER …]`: mutates the corpus, and other folders' files.
//!
//! An input that makes the reader panic is written to `crash-TARGET.bin`, and the exit code is 1.

#![allow(clippy::print_stdout)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use plumbline_fuzz::{Numbers, TARGETS, mutate, run};

/// The largest file that is taken as a start.
const LARGEST: u64 = 1 << 16;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let target = words.first().map_or("", String::as_str);
    let seconds = words.get(1).and_then(|word| word.parse().ok());
    let (true, Some(seconds)) = (TARGETS.contains(&target), seconds) else {
        eprintln!("TARGET ({}) and SECONDS are needed.", TARGETS.join(", "));
        return ExitCode::FAILURE;
    };
    let seed = words.get(2).and_then(|word| word.parse().ok()).unwrap_or(1);
    let own = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(target);
    let mut corpus = Vec::new();
    gather(&own, &mut corpus);
    for folder in words.iter().skip(3) {
        gather(Path::new(folder), &mut corpus);
    }
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut numbers = Numbers(seed);
    let (mut runs, mut slowest) = (0u64, Duration::ZERO);
    while Instant::now() < end {
        let one = &corpus[numbers.below(corpus.len())];
        let other = &corpus[numbers.below(corpus.len())];
        let input = mutate(&mut numbers, one, other);
        let start = Instant::now();
        if catch_unwind(AssertUnwindSafe(|| run(target, &input))).is_err() {
            let path = format!("crash-{target}.bin");
            eprintln!("crash after {runs} inputs: {path}");
            if let Err(error) = std::fs::write(&path, &input) {
                eprintln!("{error}");
            }
            return ExitCode::FAILURE;
        }
        slowest = slowest.max(start.elapsed());
        runs += 1;
    }
    println!(
        "{target}: {runs} inputs from {} files in {seconds} s, no crash, slowest {slowest:?}",
        corpus.len()
    );
    ExitCode::SUCCESS
}

fn gather(folder: &Path, corpus: &mut Vec<Vec<u8>>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            gather(&path, corpus);
        } else if path.metadata().is_ok_and(|file| file.len() <= LARGEST) {
            corpus.extend(std::fs::read(&path));
        }
    }
}
