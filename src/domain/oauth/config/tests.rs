#![allow(clippy::unwrap_used)]
use super::*;

const GOOD: &str = r#"{"version":1,"cloud":"global","tenant":"organizations","clientId":"2f1c7f0e-6a55-4d0e-9f62-0c2a6f3f9a11"}"#;

fn codes(text: &str) -> Vec<(String, String)> {
    let errors = parse(text).err().unwrap_or_default();
    errors
        .into_iter()
        .map(|error| {
            let problem = Problem::from(error);
            assert!(!problem.remedy.is_empty());
            (problem.code, format!("{} {}", problem.what, problem.detail))
        })
        .collect()
}

#[test]
fn the_smallest_configuration_offers_every_feature() {
    let config = parse(GOOD).unwrap();
    assert_eq!(config.cloud.graph, "https://graph.microsoft.com");
    assert_eq!(config.features.len(), permission::FEATURES.len());
    assert!(parse(&format!("\u{feff}{GOOD}")).is_ok());
}

#[test]
fn everything_that_may_be_said_is_understood() {
    for (from, to) in [
        ("organizations", "7c1d9a52-4e0b-4b86-9a3f-5d2e8c6f1a70"),
        ("organizations", "contoso.onmicrosoft.com"),
        ("global", "gcc-high"),
        ("global", "dod"),
        ("global", "china"),
        ("2f1c7f0e-6a55-4d0e-9f62-0c2a6f3f9a11", ""),
        (
            "\"version\"",
            "\"features\":[\"inventory\",\"inventory\"],\"version\"",
        ),
        (
            "\"version\"",
            "\"writerClientId\":\"7d3a1b52-0c94-4b0f-8a51-6f7e2d9c4b10\",\"version\"",
        ),
    ] {
        assert!(parse(&GOOD.replace(from, to)).is_ok(), "{to}");
    }
    let custom = GOOD.replace(
        "\"global\"",
        r#""custom","custom":{"login":"http://localhost:9300","graph":"http://localhost:9301","name":"Demo"}"#,
    );
    let config = parse(&custom).unwrap();
    assert_eq!(config.cloud.id, "custom");
    assert_eq!(config.cloud.issuer("t"), "http://localhost:9300/t/v2.0");
}

#[test]
fn each_wrong_value_is_named() {
    for (from, to, code, name) in [
        ("\"version\":1", "\"version\":2", "config.wrong", "version"),
        ("\"version\":1,", "", "config.missing", "version"),
        ("global", "Global", "config.wrong", "cloud"),
        ("\"cloud\":\"global\",", "", "config.missing", "cloud"),
        ("\"organizations\"", "\"common\"", "config.wrong", "tenant"),
        (
            "\"organizations\"",
            "\"consumers\"",
            "config.wrong",
            "tenant",
        ),
        (
            "\"organizations\"",
            "\"a/../b.c\"",
            "config.wrong",
            "tenant",
        ),
        ("\"organizations\"", "\"-a.b\"", "config.wrong", "tenant"),
        ("\"organizations\"", "7", "config.wrong", "tenant"),
        ("2f1c7f0e", "2f1c7f0", "config.wrong", "clientId"),
        (
            "2f1c7f0e-6a55-4d0e-9f62-0c2a6f3f9a11",
            "00000000-0000-0000-0000-000000000000",
            "config.wrong",
            "clientId",
        ),
        ("clientId", "clientID", "config.missing", "clientId"),
        ("clientId", "clientID", "config.unknown_key", "clientID"),
        (
            "\"version\"",
            "\"writerClientId\":\"2F1C7F0E-6a55-4d0e-9f62-0c2a6f3f9a11\",\"version\"",
            "config.wrong",
            "writerClientId",
        ),
        (
            "\"version\"",
            "\"writerClientId\":\"\",\"version\"",
            "config.wrong",
            "writerClientId",
        ),
        (
            "\"version\"",
            "\"features\":[\"wipe\"],\"version\"",
            "config.wrong",
            "wipe",
        ),
        (
            "\"version\"",
            "\"features\":\"inventory\",\"version\"",
            "config.wrong",
            "features",
        ),
        ("\"global\"", "\"custom\"", "config.missing", "custom"),
        (
            "\"global\"",
            r#""custom","custom":{"login":"https://evil.example","graph":"http://localhost:1","name":"x"}"#,
            "config.wrong",
            "evil.example",
        ),
        (
            "\"global\"",
            r#""custom","custom":{"login":"http://localhost:1","graph":"http://localhost:1","host":"x"}"#,
            "config.unknown_key",
            "custom.host",
        ),
        (
            "\"version\"",
            r#""custom":{"login":"http://localhost:1","graph":"http://localhost:1"},"version""#,
            "config.unknown_key",
            "custom",
        ),
    ] {
        let found = codes(&GOOD.replace(from, to));
        assert!(
            found
                .iter()
                .any(|(c, text)| c == code && text.contains(name)),
            "{to}: {found:?}"
        );
    }
    assert_eq!(codes("{")[0].0, "config.not_json");
    assert_eq!(codes("[]")[0].0, "config.not_an_object");
    assert_eq!(codes("{}").len(), 4);
}
