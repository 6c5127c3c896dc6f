#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod behaviour;
mod demo_baseline;
mod directory;
mod folder;
mod scale;
mod sign_ins;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use super::*;
use crate::graph::CallerRef;
use domain::catalog::{self, Row, Shape};

const BASE: &str = "http://localhost:9300";

fn tenant() -> Tenant {
    Tenant::generate(&GeneratorOptions::default())
}

fn request(method: &str, version: &str, url: &str) -> GraphRequest {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let decode = |text: &str| {
        let bytes = text.as_bytes();
        let (mut out, mut at) = (Vec::new(), 0);
        while at < bytes.len() {
            if bytes[at] == b'%' {
                out.push(u8::from_str_radix(&text[at + 1..at + 3], 16).unwrap());
                at += 3;
            } else {
                out.push(bytes[at]);
                at += 1;
            }
        }
        String::from_utf8(out).unwrap()
    };
    GraphRequest {
        method: method.to_owned(),
        version: version.to_owned(),
        path: decode(path),
        query: query
            .split('&')
            .filter_map(|o| o.split_once('='))
            .map(|(k, v)| (decode(k), decode(v)))
            .collect(),
        headers: Vec::new(),
        body: None,
        base: BASE.to_owned(),
        user: CallerRef {
            oid: crate::accounts::ACCOUNTS[0].oid.to_owned(),
            tid: crate::accounts::TENANT_ID.to_owned(),
        },
    }
}

fn status(tenant: &Tenant, version: &str, url: &str, eventual: bool) -> u16 {
    let mut request = request("GET", version, url);
    if eventual {
        request
            .headers
            .push(("consistencylevel".into(), "eventual".into()));
    }
    tenant.answer(&request).status
}

/// Asks, and keeps what was said for the judge.
struct Talk<'a> {
    tenant: &'a Tenant,
    said: Vec<String>,
}

impl Talk<'_> {
    fn get(&mut self, version: &str, url: &str) -> GraphAnswer {
        let answer = self.tenant.answer(&request("GET", version, url));
        let full = format!("{BASE}/{version}{}", super::page::encode(url, "/?&%"));
        self.said.push(
            json!({"method": "GET", "url": full, "status": answer.status, "request": null, "response": answer.body})
                .to_string(),
        );
        answer
    }

    /// All objects of a list, page after page.
    fn all(&mut self, version: &str, url: &str) -> (u16, Vec<Value>) {
        let mut next = url.to_owned();
        let mut found = Vec::new();
        loop {
            let answer = self.get(version, &next);
            if answer.status != 200 {
                return (answer.status, found);
            }
            match &answer.body["value"] {
                Value::Array(items) => found.extend(items.iter().cloned()),
                _ => found.push(answer.body.clone()),
            }
            match answer.body["@odata.nextLink"].as_str() {
                Some(link) => {
                    next = link
                        .strip_prefix(&format!("{BASE}/{version}"))
                        .unwrap()
                        .to_owned();
                }
                None => return (200, found),
            }
        }
    }
}

fn with(path: &str, query: &str) -> String {
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}

/// Reads a row as the product does: list, item, children.
fn read(talk: &mut Talk<'_>, row: &Row, missing: &mut BTreeSet<String>) {
    let version = row.version.segment();
    let parents: Vec<String> = match row.shape {
        Shape::PerParent(parent) => {
            let parent = catalog::row(parent);
            let list = parent.map_or("/organization", |p| p.list);
            let version = parent.map_or("v1.0", |p| p.version.segment());
            let (_, found) = talk.all(version, list);
            found
                .iter()
                .map(|o| o["id"].as_str().unwrap().to_owned())
                .collect()
        }
        _ => vec![String::new()],
    };
    let mut any = false;
    for parent in &parents {
        let list = row.list.replace("{parentId}", parent);
        let (status, found) = talk.all(version, &with(&list, row.list_query));
        any |= status == 200 && !found.is_empty();
        if row.shape == Shape::Singleton || row.item.is_empty() {
            continue;
        }
        for object in found.iter().take(12) {
            let key = object["id"]
                .as_str()
                .or_else(|| object["tenantId"].as_str())
                .unwrap();
            let item = row.item.replace("{parentId}", parent).replace("{id}", key);
            let answer = talk.get(version, &with(&item, row.item_query));
            assert_eq!(answer.status, 200, "{item}: {}", answer.body);
            let mut last: Vec<Value> = Vec::new();
            for child in row.children {
                if child.path.contains("odataType") {
                    continue;
                }
                let keys: Vec<String> = if child.path.contains("{}") {
                    last.iter()
                        .filter_map(|o| o["id"].as_str().map(str::to_owned))
                        .collect()
                } else {
                    vec![String::new()]
                };
                for key in keys {
                    let path = format!("{item}/{}", child.path.replace("{}", &key));
                    let (status, found) = talk.all(version, &with(&path, child.query));
                    assert!(
                        status == 200 || status == 204 || child.optional,
                        "{path}: {status}"
                    );
                    if !child.path.contains("{}") {
                        last = found;
                    }
                }
            }
        }
    }
    if !any {
        missing.insert(row.id.to_owned());
    }
}

/// Runs Microsoft's contract over what was said; skipped with a word where the tool is not.
fn judge(said: &[String], name: &str) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join("target/emulator-exchanges");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{name}.jsonl"));
    fs::write(&file, said.join("\n")).unwrap();
    let shared =
        std::env::var_os("PLUMBLINE_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let tool = shared.join("tools/graph-contract.mjs");
    if !tool.exists() {
        println!("skipped: {} is not there", tool.display());
        return;
    }
    let run = match Command::new("node").arg(&tool).arg(&file).output() {
        Ok(run) => run,
        Err(error) => {
            println!("skipped: node: {error}");
            return;
        }
    };
    let text = String::from_utf8_lossy(&run.stdout);
    assert!(
        run.status.success(),
        "{text}{}",
        String::from_utf8_lossy(&run.stderr)
    );
    println!("{text}");
}

#[test]
fn every_row_of_the_catalog_answers_as_the_contract_says() {
    let tenant = tenant();
    let mut talk = Talk {
        tenant: &tenant,
        said: Vec::new(),
    };
    let mut missing = BTreeSet::new();
    for row in catalog::rows() {
        read(&mut talk, row, &mut missing);
    }
    println!("without an object: {missing:?}");
    judge(&talk.said, "catalog");
}
