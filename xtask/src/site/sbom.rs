//! The bill of materials: every crate that the site's modules are compiled from, in the words of CycloneDX 1.5.
//!
//! <https://cyclonedx.org/docs/1.5/json/>. Without time and serial number, so that the same source gives the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::fail::Failure;
use crate::paths;
use crate::run::{command, output};

/// The file's name in the site.
pub const NAME: &str = "sbom.cdx.json";

/// The packages that `index.html` compiles.
const SHIPPED: [&str; 2] = ["plumbline", "plumbline-office"];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dep>,
}

#[derive(Deserialize)]
struct Dep {
    pkg: String,
    dep_kinds: Vec<DepKind>,
}

#[derive(Deserialize)]
struct DepKind {
    kind: Option<String>,
}

/// The bill of this repository's site, built from this commit.
///
/// # Errors
/// Cargo does not tell what the packages are, or tells it in words that are not known here.
pub fn bill(commit: &str) -> Result<String, Failure> {
    let mut cargo = command("cargo");
    cargo.args(["metadata", "--format-version", "1", "--locked"]);
    cargo.args(["--features", "plumbline/quick"]);
    cargo.args(["--filter-platform", "wasm32-unknown-unknown"]);
    let manifest = paths::root().join("Cargo.toml");
    let text = output(&mut cargo)
        .ok_or_else(|| Failure::content(&manifest, "`cargo metadata` cannot read it."))?;
    let metadata: Metadata = serde_json::from_str(&text)
        .map_err(|e| Failure::content(&manifest, format!("`cargo metadata`: {e}")))?;
    let lock = paths::root().join("Cargo.lock");
    let lock = fs::read_to_string(&lock).map_err(Failure::file(&lock))?;
    let bill = written(&metadata, &checksums(&lock), commit);
    Ok(format!("{bill:#}\n"))
}

/// Name and version of each package of a Cargo.lock with the hash of its archive.
fn checksums(lock: &str) -> BTreeMap<(&str, &str), &str> {
    let blocks = lock.split("[[package]]");
    blocks
        .filter_map(|b| {
            Some((
                (field(b, "name")?, field(b, "version")?),
                field(b, "checksum")?,
            ))
        })
        .collect()
}

/// The text after `name = ` in a block of a Cargo.lock.
fn field<'l>(block: &'l str, name: &str) -> Option<&'l str> {
    let line = block.lines().find_map(|l| l.strip_prefix(name))?;
    line.strip_prefix(" = \"")?.strip_suffix('"')
}

/// What is compiled into the modules, and what only runs while they are compiled: procedural macros, build scripts and
/// what these need.
fn reached(metadata: &Metadata, build: bool) -> BTreeSet<&str> {
    let by_id: BTreeMap<&str, &Package> = metadata
        .packages
        .iter()
        .map(|p| (p.id.as_str(), p))
        .collect();
    let nodes: BTreeMap<&str, &Node> = metadata
        .resolve
        .nodes
        .iter()
        .map(|n| (n.id.as_str(), n))
        .collect();
    let roots = metadata.packages.iter().filter(|p| p.source.is_none());
    let mut open: Vec<&str> = roots
        .filter(|p| SHIPPED.contains(&p.name.as_str()))
        .map(|p| p.id.as_str())
        .collect();
    let mut seen: BTreeSet<&str> = open.iter().copied().collect();
    while let Some(id) = open.pop() {
        let deps = nodes.get(id).map_or(&[][..], |n| &n.deps);
        for dep in deps {
            let normal = dep.dep_kinds.iter().any(|k| k.kind.is_none());
            let for_build = dep
                .dep_kinds
                .iter()
                .any(|k| k.kind.as_deref() == Some("build"));
            let package = by_id.get(dep.pkg.as_str());
            let shipped = normal && !package.is_some_and(|p| is_macro(p));
            if (shipped || build && (normal || for_build)) && seen.insert(dep.pkg.as_str()) {
                open.push(dep.pkg.as_str());
            }
        }
    }
    seen
}

fn is_macro(package: &Package) -> bool {
    let mut kinds = package.targets.iter().flat_map(|t| &t.kind);
    kinds.any(|kind| kind == "proc-macro")
}

fn written(metadata: &Metadata, checksums: &BTreeMap<(&str, &str), &str>, commit: &str) -> Value {
    let shipped = reached(metadata, false);
    let all = reached(metadata, true);
    let mut packages: Vec<&Package> = metadata
        .packages
        .iter()
        .filter(|p| all.contains(p.id.as_str()))
        .collect();
    packages.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    let reference = |p: &Package| format!("pkg:cargo/{}@{}", p.name, p.version);
    let by_id: BTreeMap<&str, String> = packages
        .iter()
        .map(|p| (p.id.as_str(), reference(p)))
        .collect();
    let components: Vec<Value> = packages
        .iter()
        .map(|p| {
            let mut component = json!({
                "type": "library",
                "bom-ref": reference(p),
                "name": p.name,
                "version": p.version,
                "purl": reference(p),
                "scope": if shipped.contains(p.id.as_str()) { "required" } else { "excluded" },
            });
            if let Some(licence) = &p.license {
                component["licenses"] = json!([{ "expression": licence.replace('/', " OR ") }]);
            }
            if let Some(hash) = checksums.get(&(p.name.as_str(), p.version.as_str())) {
                component["hashes"] = json!([{ "alg": "SHA-256", "content": hash }]);
            }
            component
        })
        .collect();
    let mut nodes: Vec<&Node> = metadata
        .resolve
        .nodes
        .iter()
        .filter(|n| all.contains(n.id.as_str()))
        .collect();
    nodes.sort_by_key(|n| by_id.get(n.id.as_str()));
    let dependencies: Vec<Value> = nodes
        .iter()
        .map(|n| {
            let on: BTreeSet<&String> = n
                .deps
                .iter()
                .filter_map(|d| by_id.get(d.pkg.as_str()))
                .collect();
            json!({ "ref": by_id.get(n.id.as_str()), "dependsOn": on })
        })
        .collect();
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": {
            "type": "application",
            "bom-ref": "plumbline",
            "name": "Plumbline",
            "version": env!("CARGO_PKG_VERSION"),
            "licenses": [{ "expression": "MIT OR Apache-2.0" }],
            "properties": [{ "name": "plumbline:commit", "value": commit }],
        } },
        "components": components,
        "dependencies": dependencies,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::Value;

    use super::{bill, checksums};

    #[test]
    fn a_hash_belongs_to_its_own_version() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nchecksum = \"11\"\n\n\
                    [[package]]\nname = \"a\"\nversion = \"2.0.0\"\nchecksum = \"22\"\n\n\
                    [[package]]\nname = \"own\"\nversion = \"0.1.0\"\n";
        let sums = checksums(lock);
        assert_eq!(sums.get(&("a", "2.0.0")), Some(&"22"));
        assert_eq!(sums.len(), 2);
    }

    #[test]
    fn every_crate_of_the_site_is_in_it_with_licence_and_hash() {
        let text = bill("unknown").unwrap();
        let bill: Value = serde_json::from_str(&text).unwrap();
        let commit = &bill["metadata"]["component"]["properties"][0];
        assert_eq!(commit["name"], "plumbline:commit");
        assert_eq!(commit["value"], "unknown");
        let components = bill["components"].as_array().unwrap();
        let one = |name: &str| components.iter().find(|c| c["name"] == name);
        for (name, scope) in [
            ("yew", "required"),
            ("rust_xlsxwriter", "required"),
            ("plumbline-domain-quick", "required"),
            ("syn", "excluded"),
        ] {
            assert_eq!(one(name).unwrap()["scope"], scope, "{name}");
        }
        for name in ["tokio", "brotli", "plumbline-emulator", "proptest"] {
            assert!(one(name).is_none(), "{name} is of the tools or tests");
        }
        for c in components {
            assert!(c["licenses"].is_array(), "{} has no licence", c["name"]);
            let own = c["name"].as_str().unwrap().starts_with("plumbline");
            assert!(own || c["hashes"].is_array(), "{} has no hash", c["name"]);
        }
        assert!(!text.contains(env!("CARGO_MANIFEST_DIR")));
    }
}
