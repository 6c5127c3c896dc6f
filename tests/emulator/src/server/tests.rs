#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Running, start};
use crate::bench::*;
use crate::options::Options;
use crate::tenant::GeneratorOptions;

fn running(latency_ms: u64) -> Running {
    let generator = GeneratorOptions {
        policies: 1,
        devices: 1,
        groups: 4,
        users: 4,
        ..GeneratorOptions::default()
    };
    start(Options {
        generator,
        latency_ms,
        ..options()
    })
    .unwrap()
}

/// What a raw socket gets: head and body.
fn raw(running: &Running, target: &str, bearer: &str) -> (String, Vec<u8>) {
    let address = running.base.strip_prefix("http://localhost:").unwrap();
    let mut stream = TcpStream::connect(format!("127.0.0.1:{address}")).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    write!(stream, "GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: {bearer}\r\n\r\n").unwrap();
    let mut bytes = Vec::new();
    // A connection that is cut may end with an error; what came before counts.
    let _ = stream.read_to_end(&mut bytes);
    match bytes.windows(4).position(|window| window == b"\r\n\r\n") {
        Some(at) => (
            String::from_utf8_lossy(&bytes[..at]).to_lowercase(),
            bytes[at + 4..].to_vec(),
        ),
        None => (String::new(), bytes),
    }
}

fn length(head: &str) -> usize {
    let (_, rest) = head.split_once("content-length: ").expect("a length");
    rest.lines().next().unwrap().trim().parse().unwrap()
}

#[test]
fn deliveries_on_the_wire() {
    let running = running(0);
    let bearer = bearer(
        &running.emulator,
        READER,
        &["DeviceManagementConfiguration.Read.All"],
    );
    let target = "/beta/deviceManagement/configurationPolicies?$top=5";
    let order = |delivery: &str| {
        let order = format!(
            r#"{{"rules": [{{"path": "/deviceManagement/configurationPolicies", "delivery": "{delivery}"}}]}}"#
        );
        send(&running.emulator, "POST", "/__emulator/faults", &[], &order);
        raw(&running, target, &bearer)
    };
    let (head, whole) = order("whole");
    assert!(
        head.starts_with("http/1.1 200") && length(&head) == whole.len(),
        "{head}"
    );
    assert!(serde_json::from_slice::<Value>(&whole).is_ok());
    assert_eq!(order("dropped"), (String::new(), Vec::new()));
    let (head, cut) = order("cut");
    assert!(
        length(&head) == cut.len() && serde_json::from_slice::<Value>(&cut).is_err(),
        "well-formed HTTP, not JSON"
    );
    let (head, broken) = order("broken");
    assert!(
        length(&head) > broken.len(),
        "{} of {}",
        broken.len(),
        length(&head)
    );
    let begin = Instant::now();
    let (_, slow) = order("slow");
    assert!(
        begin.elapsed() > Duration::from_millis(1_500)
            && serde_json::from_slice::<Value>(&slow).is_ok()
    );
    running.stop();
}

#[test]
fn latency_is_graphs_alone() {
    let running = running(300);
    let begin = Instant::now();
    assert!(raw(&running, "/beta/me", "").0.starts_with("http/1.1 401"));
    assert!(begin.elapsed() >= Duration::from_millis(300));
    let begin = Instant::now();
    assert!(
        raw(&running, "/organizations/discovery/v2.0/keys", "")
            .0
            .starts_with("http/1.1 200")
    );
    assert!(begin.elapsed() < Duration::from_millis(300));
}

#[test]
fn a_port_in_use_is_said() {
    let running = running(0);
    let port = running.base.rsplit(':').next().unwrap().parse().unwrap();
    let error = start(Options { port, ..options() }).unwrap_err();
    assert!(error.to_string().contains("--port"), "{error}");
}
