//! `cargo xtask routes FILE`: holds recorded requests against the read table, with the code that the engine asks before it sends.

use std::fs;
use std::path::PathBuf;

use domain::permission::{Method, routes_of};
use serde_json::Value;

use crate::args::Args;
use crate::fail::Failure;

/// Reads the emulator's recording, one exchange a line. Fails with every request that is not in the table.
pub fn run(args: &mut Args) -> Result<(), Failure> {
    let file = args.word().map(PathBuf::from);
    args.end()?;
    let file =
        file.ok_or_else(|| Failure::Usage("`routes` needs the file of a recording.".to_owned()))?;
    let text = fs::read_to_string(&file).map_err(Failure::file(&file))?;
    let mut refused = Vec::new();
    let mut count = 0;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let exchange: Value =
            serde_json::from_str(line).map_err(|e| Failure::content(&file, e.to_string()))?;
        count += 1;
        if !is_read(&exchange) {
            refused.push(format!("{} {}", exchange["method"], exchange["url"]));
        }
    }
    if refused.is_empty() {
        println!("{count} requests, all in the read table.");
        return Ok(());
    }
    refused.sort();
    refused.dedup();
    Err(Failure::content(
        &file,
        format!("not in the read table:\n{}", refused.join("\n")),
    ))
}

fn is_read(exchange: &Value) -> bool {
    let method = match exchange["method"].as_str() {
        Some("GET") => Method::Get,
        Some("POST") => Method::Post,
        _ => return false,
    };
    let url = exchange["url"].as_str().unwrap_or_default();
    let path = url
        .split_once("://")
        .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    let body = match &exchange["request"] {
        Value::Null => String::new(),
        body => body.to_string(),
    };
    path.is_some_and(|path| routes_of(method, path, &body).is_some())
}

#[cfg(test)]
mod tests {
    use super::is_read;
    use serde_json::json;

    #[test]
    fn a_write_in_a_recording_is_found() {
        let url = "http://localhost:1/beta/deviceManagement/configurationPolicies";
        assert!(is_read(
            &json!({ "method": "GET", "url": format!("{url}?$top=5"), "request": null })
        ));
        for method in ["POST", "PATCH", "DELETE"] {
            assert!(
                !is_read(&json!({ "method": method, "url": url, "request": {} })),
                "{method}"
            );
        }
        let batch = json!({ "requests": [{ "id": "1", "method": "DELETE", "url": "/deviceManagement/configurationPolicies/1" }] });
        assert!(!is_read(
            &json!({ "method": "POST", "url": "http://localhost:1/beta/$batch", "request": batch })
        ));
    }
}
