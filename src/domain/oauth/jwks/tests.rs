#![allow(clippy::unwrap_used)]
use super::*;
use crate::oauth::encode::base64url;

const TENANT: &str = "7c1d9a52-4e0b-4b86-9a3f-5d2e8c6f1a70";
const ISSUER: &str = "https://login.microsoftonline.com/7c1d9a52-4e0b-4b86-9a3f-5d2e8c6f1a70/v2.0";

fn modulus(bits: usize) -> String {
    let mut bytes = vec![0xffu8; bits / 8];
    bytes[0] = 0x80;
    base64url(&bytes)
}

fn key(kid: &str, n: &str, e: &str, more: &str) -> String {
    format!(r#"{{"kty":"RSA","kid":"{kid}","n":"{n}","e":"{e}"{more}}}"#)
}

fn found(keys: &[String], kid: Option<&str>) -> Result<Jwk, KeyError> {
    let set = format!("{{\"keys\":[{}]}}", keys.join(","));
    choose(&set, kid, ISSUER, TENANT)
}

#[test]
fn one_fit_key_of_the_right_issuer_and_no_other() {
    let n = modulus(2048);
    let good = |kid: &str| key(kid, &n, "AQAB", "");
    let with = |more: &str| vec![key("k", &n, "AQAB", more)];
    let template = r#","use":"sig","alg":"RS256","x5c":["x"],"issuer":"https://login.microsoftonline.com/{tenantid}/v2.0""#;
    let k = Some("k");
    type Case = (u32, Result<Jwk, KeyError>, Result<(), KeyError>);
    let cases: Vec<Case> = vec![
        (0, found(&[good("k"), good("l")], k), Ok(())),
        (0, found(&with(template), k), Ok(())),
        (26, found(&[good("l")], k), Err(KeyError::UnknownKid)),
        (26, found(&[], k), Err(KeyError::UnknownKid)),
        (27, found(&[good("k")], None), Ok(())),
        (
            27,
            found(&[good("k"), good("l")], None),
            Err(KeyError::Ambiguous),
        ),
        (
            28,
            found(&[good("k"), good("k")], k),
            Err(KeyError::Ambiguous),
        ),
        (29, found(&with(r#","use":"enc""#), k), Err(KeyError::Unfit)),
        (
            29,
            found(&[good("k").replace("RSA", "EC")], k),
            Err(KeyError::Unfit),
        ),
        (
            29,
            found(&with(r#","alg":"HS256""#), k),
            Err(KeyError::Unfit),
        ),
        (
            30,
            found(&[key("k", &modulus(1024), "AQAB", "")], k),
            Err(KeyError::Unfit),
        ),
        // 2048 bits long by its zeros.
        (
            30,
            found(
                &[key(
                    "k",
                    &base64url(&[&[0u8; 128][..], &[0xff; 128]].concat()),
                    "AQAB",
                    "",
                )],
                k,
            ),
            Err(KeyError::Unfit),
        ),
        (
            30,
            found(&[key("k", &n, "AQ", "")], k),
            Err(KeyError::Unfit),
        ),
        (
            30,
            found(&[key("k", &n, "AA", "")], k),
            Err(KeyError::Unfit),
        ),
        (
            30,
            found(&[key("k", &n, "BA", "")], k),
            Err(KeyError::Unfit),
        ),
        (30, found(&[key("k", &n, "", "")], k), Err(KeyError::Unfit)),
        (
            31,
            found(
                &with(r#","issuer":"https://login.microsoftonline.com/other/v2.0""#),
                k,
            ),
            Err(KeyError::OtherIssuer),
        ),
        (
            34,
            found(&[key("k", &format!("{n}=="), "AQAB", "")], k),
            Err(KeyError::Unfit),
        ),
        (
            36,
            choose("<html>", k, ISSUER, TENANT),
            Err(KeyError::Unreadable),
        ),
        (
            36,
            choose("{}", k, ISSUER, TENANT),
            Err(KeyError::Unreadable),
        ),
        (
            36,
            choose(r#"{"keys":{}}"#, k, ISSUER, TENANT),
            Err(KeyError::Unreadable),
        ),
    ];
    for (at, (case, found, expect)) in cases.into_iter().enumerate() {
        assert_eq!(found.map(drop), expect, "line {at}, case {case}");
    }
}
