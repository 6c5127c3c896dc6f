//! The emulator as a program: what the demo runs.

use std::io::Write as _;
use std::process::ExitCode;

use plumbline_emulator::{Options, start};

fn main() -> ExitCode {
    let running = match Options::from_args(std::env::args().skip(1)) {
        Ok(options) => start(options).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    match running {
        Ok(running) => {
            let mut out = std::io::stdout().lock();
            // Whoever started it waits for this line; when nobody reads it, serving goes on.
            let _ = writeln!(out, "listening on {}", running.base);
            let _ = out.flush();
            drop(out);
            running.wait();
            ExitCode::SUCCESS
        }
        Err(words) => {
            let _ = writeln!(std::io::stderr(), "{words}");
            ExitCode::from(2)
        }
    }
}
