//! `cargo xtask demo`: the site against a made-up tenant, on this machine.

use std::process::{Child, Command};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use crate::args::Args;
use crate::fail::Failure;
use crate::setup::{self, For};
use crate::site::build::{self, Site};
use crate::site::server;
use crate::steps::Steps;
use crate::{run, serve};

/// Options that are the emulator's: handed on as they are.
const FOR_THE_EMULATOR: [&str; 7] = [
    "--tenant",
    "--policies",
    "--devices",
    "--groups",
    "--users",
    "--latency",
    "--faults",
];

/// Builds, starts, serves; ends with Ctrl+C.
pub fn run(args: &mut Args) -> Result<(), Failure> {
    let port: u16 = args.number("--port")?.unwrap_or(8080);
    let mut wishes = Vec::new();
    for name in FOR_THE_EMULATOR {
        if let Some(value) = args.text(name)? {
            wishes.extend([name.to_owned(), value]);
        }
    }
    args.end()?;
    let emulator_port = port
        .checked_add(1)
        .ok_or_else(|| Failure::Usage("`--port` is at most 65534.".to_owned()))?;
    // Taken first: a port in use is said before minutes of building.
    let listener = server::listen(port)?;
    drop(server::listen(emulator_port)?);

    let start = Instant::now();
    let machine = setup::get(For::Demo)?;
    let steps = Steps::new(2);
    steps.step("The site", || build::site(&machine, Site::Demo))?;
    let program = steps.step("The emulator", || build::emulator("demo"))?;

    let site_origin = format!("http://localhost:{port}");
    let emulator_origin = format!("http://localhost:{emulator_port}");
    let mut emulator = run::command(program);
    emulator
        .args([
            "--port",
            &emulator_port.to_string(),
            "--site-origin",
            &site_origin,
        ])
        // What tests attack the product with is not what a new user should meet first.
        .arg("--plain-names")
        .args(wishes);
    stop_together(&mut emulator)?;
    println!();
    println!("Plumbline:  {site_origin}/");
    println!(
        "Emulator:   {emulator_origin}/  (stands in for Microsoft Entra ID and Microsoft Graph)"
    );
    println!(
        "Ready after {:.0} s. Ctrl+C ends both.",
        start.elapsed().as_secs_f32()
    );
    server::serve(
        &listener,
        serve::emulated(Site::Demo.folder(), &emulator_origin, &emulator_origin),
    );
    Ok(())
}

/// Starts the emulator; neither outlives the other.
fn stop_together(command: &mut Command) -> Result<(), Failure> {
    let child = command.spawn().map_err(|source| Failure::Start {
        program: "The emulator".to_owned(),
        source,
    })?;
    let child = Arc::new(Mutex::new(child));
    let stop = Arc::clone(&child);
    let on_signal = move || {
        end(&stop);
        std::process::exit(130);
    };
    if ctrlc::set_handler(on_signal).is_err() {
        println!("Ctrl+C may leave the emulator running.");
    }
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(std::time::Duration::from_millis(300));
            let ended = child
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .try_wait();
            if let Ok(Some(status)) = ended {
                eprintln!("The emulator ended ({status}), so this ends too.");
                std::process::exit(1);
            }
        }
    });
    Ok(())
}

fn end(child: &Mutex<Child>) {
    let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
    drop(child.kill());
    drop(child.wait());
}
