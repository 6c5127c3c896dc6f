//! The biggest tenant that is asked for. Slow without optimisation, so it is run by name:
//! `cargo test --profile host -p plumbline-emulator -- --ignored`

use std::time::Instant;

use super::*;

#[test]
#[ignore = "a big tenant: needs an optimised build"]
fn a_big_tenant_is_made_in_seconds() {
    let start = Instant::now();
    let tenant = Tenant::generate(&GeneratorOptions {
        policies: 10_000,
        devices: 100_000,
        groups: 2_000,
        users: 50_000,
        page: 1_000,
        ..GeneratorOptions::default()
    });
    println!("made in {:?}", start.elapsed());
    let mut talk = Talk {
        tenant: &tenant,
        said: Vec::new(),
    };
    for (version, url) in [
        (
            "beta",
            "/deviceManagement/configurationPolicies?$expand=assignments",
        ),
        ("beta", "/deviceManagement/managedDevices?$top=1000"),
        (
            "beta",
            "/deviceManagement/managedDevices?$filter=operatingSystem eq 'macOS'&$top=50",
        ),
        ("v1.0", "/users?$select=id,displayName&$top=999"),
        ("v1.0", "/groups?$top=999"),
    ] {
        let start = Instant::now();
        talk.said.clear();
        let (_, found) = talk.all(version, url);
        println!(
            "{:?} {} pages, {} objects: {url}",
            start.elapsed(),
            talk.said.len(),
            found.len()
        );
    }
    let (_, found) = talk.all("v1.0", "/groups?$filter=displayName eq 'SG-Entire-Company'");
    let start = Instant::now();
    let url = format!(
        "/groups/{}/transitiveMembers?$select=id&$top=999",
        found[0]["id"].as_str().unwrap()
    );
    let (_, found) = talk.all("v1.0", &url);
    println!("{:?} {} transitive members", start.elapsed(), found.len());
    assert!(found.len() > 5_000);
}
