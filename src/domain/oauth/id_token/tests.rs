#![allow(clippy::unwrap_used)]
use super::*;
use crate::oauth::cloud::{self, Cloud};
use crate::oauth::encode::base64url;

const TENANT: &str = "7c1d9a52-4e0b-4b86-9a3f-5d2e8c6f1a70";
const OTHER: &str = "11111111-2222-4333-8444-555555555555";
const CLIENT: &str = "2f1c7f0e-6a55-4d0e-9f62-0c2a6f3f9a11";
const NOW: i64 = 1_800_000_000;
const HEADER: &str = r#"{"typ":"JWT","alg":"RS256","kid":"k1"}"#;

fn claims() -> String {
    format!(
        r#"{{"ver":"2.0","iss":"https://login.microsoftonline.com/{TENANT}/v2.0","tid":"{TENANT}","aud":"{CLIENT}","nonce":"N1","iat":{iat},"nbf":{iat},"exp":{exp},"oid":"1b2f6f0e-6c51-4a53-9a7d-0d3c5f9e2a11","sub":"S","name":"Rosa","preferred_username":"rosa@contoso.example"}}"#,
        iat = NOW - 300,
        exp = NOW + 3600,
    )
}

fn jwt(header: &str, payload: &str) -> Secret {
    Secret::new(format!(
        "{}.{}.{}",
        base64url(header.as_bytes()),
        base64url(payload.as_bytes()),
        base64url(b"signature")
    ))
}

fn judge(token: &Secret, tenant: &str, cloud: &Cloud) -> Result<Candidate, IdTokenError> {
    let expected = Expected {
        cloud,
        tenant,
        client_id: CLIENT,
        nonce: "N1",
        now: NOW,
    };
    read(token, &expected)
}

fn refused(token: &Secret, tenant: &str) -> Option<IdTokenError> {
    judge(token, tenant, &cloud::find("global").unwrap()).err()
}

#[test]
fn a_good_token_gives_an_identity_once_its_signature_is_good() {
    let global = cloud::find("global").unwrap();
    for tenant in [
        "organizations",
        TENANT,
        &TENANT.to_uppercase(),
        "contoso.example",
    ] {
        let candidate = judge(&jwt(HEADER, &claims()), tenant, &global).unwrap();
        assert_eq!(candidate.kid.as_deref(), Some("k1"));
        assert_eq!(candidate.tenant_id(), TENANT);
        assert_eq!(candidate.signature, b"signature");
        let identity = candidate.verified(true).unwrap();
        assert_eq!(identity.login_hint, "rosa@contoso.example");
        assert_eq!(identity.subject, "S");
    }
    // Cases 24 and 25: what WebCrypto says decides.
    let candidate = judge(&jwt(HEADER, &claims()), TENANT, &global).unwrap();
    assert_eq!(candidate.verified(false), Err(IdTokenError::Signature));
}

/// Cases 1 to 20: each changes one thing in a token that is good otherwise.
#[test]
fn one_wrong_claim_is_enough() {
    use IdTokenError::*;
    let iss = format!("https://login.microsoftonline.com/{TENANT}/v2.0");
    let iss = iss.as_str();
    let quoted = format!("\"{CLIENT}\"");
    let quoted = quoted.as_str();
    let number = |name: &str, seconds: i64| format!("\"{name}\":{seconds}");
    let (iat, nbf, exp) = (
        number("iat", NOW - 300),
        number("nbf", NOW - 300),
        number("exp", NOW + 3600),
    );
    let at = |name: &str, seconds: i64| number(name, NOW + seconds);
    let cases: Vec<(u32, &str, String, IdTokenError)> = vec![
        (
            1,
            iss,
            format!("https://login.microsoftonline.com/{OTHER}/v2.0"),
            Issuer,
        ),
        (
            2,
            iss,
            format!("https://login.microsoftonline.us/{TENANT}/v2.0"),
            Issuer,
        ),
        (
            3,
            iss,
            "https://login.microsoftonline.com/{tenantid}/v2.0".into(),
            Issuer,
        ),
        (4, iss, format!("{iss}/"), Issuer),
        (4, iss, format!("https://sts.windows.net/{TENANT}/"), Issuer),
        (5, "\"tid\":\"7c1d9a52", "\"tid\":\"7c1d9a53".into(), Issuer),
        (6, "\"tid\"", "\"other\"".into(), Tenant),
        (6, "\"tid\":\"7c1d9a52", "\"tid\":\"7c1d9a5".into(), Tenant),
        (8, TENANT, CONSUMERS.into(), PersonalAccount),
        (9, CLIENT, OTHER.into(), Audience),
        (10, quoted, format!("[\"{CLIENT}\",\"{OTHER}\"]"), Audience),
        (10, quoted, format!("[\"{CLIENT}\"]"), Audience),
        (11, "\"aud\"", "\"other\"".into(), Audience),
        (12, "\"N1\"", "\"N2\"".into(), Nonce),
        (13, "\"nonce\"", "\"other\"".into(), Nonce),
        (14, "\"N1\"", "\"N0\"".into(), Nonce),
        (15, &exp, at("exp", -300), Expired(5)),
        (15, &exp, at("exp", -86_400), Expired(1440)),
        (16, "\"exp\"", "\"other\"".into(), Times),
        (16, &exp, format!("\"exp\":\"{}\"", NOW + 3600), Times),
        (16, &exp, "\"exp\":1e400".into(), Malformed),
        (16, &exp, "\"exp\":1e30".into(), Times),
        (17, &nbf, at("nbf", 301), NotYet(5)),
        (17, &nbf, "\"nbf\":\"soon\"".into(), Times),
        (18, "\"iat\"", "\"other\"".into(), Times),
        (18, &iat, at("iat", 3600), NotYet(60)),
        (19, "\"sub\":\"S\"", "\"sub\":\"\"".into(), Subject),
        (19, "\"sub\"", "\"other\"".into(), Subject),
        (19, "\"oid\"", "\"other\"".into(), Subject),
        (20, "\"ver\":\"2.0\"", "\"ver\":\"1.0\"".into(), Version),
        (20, "\"ver\"", "\"other\"".into(), Version),
        (
            35,
            "{\"ver\"",
            format!("{{\"aud\":\"{OTHER}\",\"ver\""),
            Malformed,
        ),
        (
            35,
            "{\"ver\"",
            "{\"x\":{\"a\":1,\"a\":2},\"ver\"".into(),
            Malformed,
        ),
    ];
    for (case, from, to, expect) in cases {
        let good = claims();
        assert!(
            good.contains(from),
            "case {case}: {from} is not in the token"
        );
        let token = jwt(HEADER, &good.replace(from, &to));
        assert_eq!(
            refused(&token, "organizations"),
            Some(expect),
            "case {case}: {to}"
        );
    }
    // Case 7.
    assert_eq!(refused(&jwt(HEADER, &claims()), OTHER), Some(OtherTenant));
    // Within the skew.
    for (from, to) in [(&exp, at("exp", -299)), (&iat, at("iat", 300))] {
        assert_eq!(
            refused(&jwt(HEADER, &claims().replace(from.as_str(), &to)), TENANT),
            None
        );
    }
}

/// Cases 21 to 23 and 32 to 34: the frame around the claims.
#[test]
fn one_wrong_thing_about_the_frame_is_enough() {
    use IdTokenError::{Header, Malformed};
    let good = claims();
    for (case, header, expect) in [
        (21, r#"{"alg":"none"}"#, Some(Header)),
        (21, r#"{"alg":"None","kid":"k1"}"#, Some(Header)),
        (22, r#"{"alg":"HS256","kid":"k1"}"#, Some(Header)),
        (23, r#"{"alg":"ES256","kid":"k1"}"#, Some(Header)),
        (23, r#"{"alg":"PS256","kid":"k1"}"#, Some(Header)),
        (23, r#"{"kid":"k1"}"#, Some(Header)),
        (23, r#"{"alg":["RS256"],"kid":"k1"}"#, Some(Header)),
        (27, r#"{"alg":"RS256","kid":""}"#, Some(Header)),
        (27, r#"{"alg":"RS256","kid":7}"#, Some(Header)),
        (
            33,
            r#"{"alg":"RS256","kid":"k1","crit":["exp"]}"#,
            Some(Header),
        ),
        (
            35,
            r#"{"alg":"none","alg":"RS256","kid":"k1"}"#,
            Some(Malformed),
        ),
        (
            0,
            r#"{"alg":"RS256","typ":"at+jwt","kid":"k1"}"#,
            Some(Header),
        ),
        (0, "[]", Some(Malformed)),
        (27, r#"{"alg":"RS256"}"#, None),
        // Case 32: a key that the token brings along is not even looked at.
        (
            32,
            r#"{"alg":"RS256","kid":"k1","jku":"https://evil.example/k","x5u":"https://evil.example/c","jwk":{"kty":"RSA"}}"#,
            None,
        ),
    ] {
        assert_eq!(
            refused(&jwt(header, &good), TENANT),
            expect,
            "case {case}: {header}"
        );
    }
    let (h, p, s) = (
        base64url(HEADER.as_bytes()),
        base64url(good.as_bytes()),
        base64url(b"signature"),
    );
    for (case, text) in [
        (21, format!("{h}.{p}.")),
        (21, format!("{h}.{p}")),
        (34, format!("{h}.{p}.{s}.{s}")),
        (34, format!("{h}.{p}.{s}.{s}.{s}")),
        (34, format!("{h}.{p}.{s}=")),
        (34, format!("{h}.{p}.{s} ")),
        (34, format!(" {h}.{p}.{s}")),
        (34, format!("{h}.{p}.{s}\n")),
        (34, format!("{h}.{p}.{}+", s)),
        (34, format!("{h}.{p}.Zh")),
        (0, format!("{h}.{}.{s}", "A".repeat(PAYLOAD_LIMIT + 1))),
        (0, format!("{}.{p}.{s}", "A".repeat(HEADER_LIMIT + 1))),
        (0, format!("{h}.{}.{s}", base64url(&[0xff, 0xfe]))),
        (0, String::new()),
    ] {
        assert_eq!(
            refused(&Secret::new(text), TENANT),
            Some(Malformed),
            "case {case}"
        );
    }
}
