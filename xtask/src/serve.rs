//! `cargo xtask serve`: a built site with the production headers, for the end-to-end tests and for a look.

use std::io::Write;
use std::path::PathBuf;

use crate::args::Args;
use crate::fail::Failure;
use crate::paths;
use crate::site::hosts::Hosts;
use crate::site::server::{self, Site};

/// Serves until it is ended. The first line printed is the address.
pub fn run(args: &mut Args) -> Result<(), Failure> {
    let dir = args.text("--dir")?.map_or_else(paths::dist, PathBuf::from);
    let port = args.number("--port")?.unwrap_or(8080);
    let emulator = args.text("--emulator")?;
    let login = args.text("--login")?;
    args.end()?;
    let page = dir.join("index.html");
    if !page.is_file() {
        return Err(Failure::content(
            &page,
            "there is no built site here; `cargo xtask dist` builds one.",
        ));
    }
    let listener = server::listen(port)?;
    let port = listener.local_addr().map_or(port, |address| address.port());
    let site = match emulator {
        Some(origin) => emulated(dir, login.as_deref().unwrap_or(&origin), &origin),
        None => Site {
            hosts: Hosts::of_config(&dir.join("config.json"))?,
            config: None,
            dir,
        },
    };
    println!("http://localhost:{port}/");
    drop(std::io::stdout().flush());
    server::serve(&listener, site);
    Ok(())
}

/// The site as it is for stand-ins of Microsoft's login service and of Graph: one origin when one emulator is both.
pub fn emulated(dir: PathBuf, login: &str, graph: &str) -> Site {
    Site {
        hosts: Hosts {
            login: login.to_owned(),
            graph: graph.to_owned(),
        },
        config: Some(demo_config(login, graph)),
        dir,
    }
}

/// The client id that the emulator has registered unless it is told otherwise.
const DEMO_CLIENT: &str = "c0a51b2e-3d4f-4f6a-8b7c-9d0e1f2a3b4c";

/// The configuration that names the emulator instead of Microsoft; all else is as a self-hoster writes it.
fn demo_config(login: &str, graph: &str) -> String {
    serde_json::json!({
        "version": 1,
        "cloud": "custom",
        "custom": { "name": "Emulator on this machine", "login": login, "graph": graph },
        "tenant": "organizations",
        "clientId": DEMO_CLIENT,
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::demo_config;

    #[test]
    fn the_demo_runs_on_a_configuration_that_the_engine_takes() {
        let config = domain::oauth::config::parse(&demo_config(
            "http://localhost:8082",
            "http://localhost:8081",
        ))
        .unwrap();
        assert_eq!(config.cloud.graph, "http://localhost:8081");
        assert!(!config.reader.id().is_empty());
    }
}
