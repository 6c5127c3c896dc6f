//! `cargo xtask`: set-up and every developer command.
//!
//! One file for each command. What it prints is for a person; only the last line of `test` is a format.

#![allow(clippy::print_stdout)]

mod args;
mod bench;
mod compare;
mod convert;
mod demo;
mod dist;
mod fail;
mod paths;
mod routes;
mod run;
mod serve;
mod setup;
mod site;
mod steps;
mod test;
mod verify;

use std::process::ExitCode;

use args::Args;
use fail::Failure;

const USAGE: &str = "\
cargo xtask demo [--port N] [--tenant FOLDER] [--policies N] [--devices N] [--groups N] [--users N]
                 [--latency MS] [--faults PROFILE]
                                    build the site, run it against a made-up tenant
cargo xtask test [--only lint|native|browser|e2e|again]
                                    everything that must hold before a change is merged
cargo xtask compare A B [--format json]
                                    two folders or zips compared; 0: the same, 1: different, 2: not comparable
cargo xtask convert SOURCE --to intunemanagement|import|graph OUT.zip
                                    a folder's or zip's policies written as another tool's files
cargo xtask dist                    the release site in dist/, and its sizes
cargo xtask verify URL-or-FOLDER [--build FOLDER]
                                    is a deployed site what dist/ holds, file for file and header for header?
cargo xtask bench [--only sizes|compare|read|page|report] [--left FOLDER --right FOLDER]
                                    the numbers: what the site weighs, a comparison against JSON.parse, a read against
                                    what Graph's budgets allow, tasks that block the page
cargo xtask setup                   only install what the others need
cargo xtask hosting                 the header files in static/hosting, for the cloud in static/config.json
cargo xtask routes FILE             requests that an emulator recorded, held against the read table
cargo xtask serve [--dir FOLDER] [--port N] [--emulator ORIGIN [--login ORIGIN]]
                                    a built site with the production headers";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let mut args = Args::new(words);
    let done = match command.as_str() {
        "setup" => args.end().and_then(|()| setup::everything()),
        "demo" => demo::run(&mut args),
        "compare" => return compare::run(&mut args),
        "convert" => convert::run(&mut args),
        "bench" => bench::run(&mut args),
        "dist" => args.end().and_then(|()| dist::run()),
        "hosting" => args.end().and_then(|()| site::hosting::write()),
        "routes" => routes::run(&mut args),
        "serve" => serve::run(&mut args),
        "test" => test::run(&mut args),
        "verify" => verify::run(&mut args),
        "hook" => site::hook::run(&mut args),
        "" | "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(Failure::Usage(format!("There is no command `{other}`."))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Tests) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("{failure}");
            if matches!(failure, Failure::Usage(_)) {
                eprintln!("\n{USAGE}");
            }
            ExitCode::FAILURE
        }
    }
}
