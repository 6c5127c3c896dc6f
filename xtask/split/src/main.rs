//! `plumbline-split LINKED MODULE GATE FIRST LATER`

use std::fs;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [linked, module, gate, first, later] = args.as_slice() else {
        eprintln!("plumbline-split LINKED MODULE GATE FIRST LATER");
        return ExitCode::from(2);
    };
    let read = |file: &String| fs::read(file).map_err(|error| format!("{file}: {error}"));
    let write = |file: &String, bytes: &[u8]| {
        fs::write(file, bytes).map_err(|error| format!("{file}: {error}"))
    };
    let done = read(linked)
        .and_then(|linked| Ok((linked, read(module)?)))
        .and_then(|(linked, bytes)| {
            plumbline_split::split(&linked, &bytes, gate).map_err(|why| format!("{module}: {why}."))
        })
        .and_then(|halves| {
            write(first, &halves.first)?;
            write(later, &halves.later)
        });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
