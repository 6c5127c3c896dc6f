use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde_json::Value;

use crate::accounts::TENANT_ID;
use crate::bench::*;
use crate::entra::idtoken::DEFECTS;
use crate::http::{Request, from_base64url};
use crate::options::{CLIENT_ID, Options};

#[test]
fn a_code_becomes_a_token() {
    let emulator = emulator(options());
    let code = code(&emulator, READER, &[("client_info", "1")]);
    let (response, body) = redeem(&emulator, &token_form(&code, &[]));
    assert_eq!(response.status, 200);
    assert_eq!(body["token_type"], "Bearer");
    assert_eq!(
        body["scope"],
        "openid profile https://graph.microsoft.com/User.Read"
    );
    assert!(body["expires_in"].is_u64() && body["client_info"].is_string());
    assert!(
        body.get("refresh_token").is_none(),
        "offline_access was not asked for"
    );
    let issued = json_of(&get(&emulator, "/__emulator/issued", &[]));
    assert_eq!(issued["codes"], serde_json::json!([code]));
    assert_eq!(issued["access_tokens"][0], body["access_token"]);
    assert_eq!(issued["id_tokens"][0], body["id_token"]);
}

#[test]
fn refusals() {
    let emulator = emulator(options());
    let other_verifier = "z".repeat(50);
    let cases: [(&str, &str, u32, &str); 14] = [
        ("grant_type", "-", 900_144, "invalid_request"),
        ("grant_type", "password", 70_003, "unsupported_grant_type"),
        ("client_id", "-", 900_144, "invalid_request"),
        (
            "client_id",
            "11111111-1111-4111-8111-111111111111",
            700_016,
            "unauthorized_client",
        ),
        ("client_secret", "s", 700_025, "invalid_client"),
        ("code", "-", 900_144, "invalid_request"),
        ("code", "1.unknown", 70_000, "invalid_grant"),
        ("redirect_uri", "-", 900_144, "invalid_request"),
        (
            "redirect_uri",
            "http://localhost:8080/auth",
            500_112,
            "invalid_client",
        ),
        (
            "redirect_uri",
            "https://evil.example/",
            50_011,
            "invalid_request",
        ),
        ("code_verifier", "-", 9_002_325, "invalid_request"),
        ("code_verifier", &other_verifier, 501_481, "invalid_grant"),
        (
            "scope",
            "https://graph.microsoft.com/User.Read https://management.azure.com/user_impersonation",
            28_000,
            "invalid_scope",
        ),
        (
            "scope",
            "https://graph.microsoft.com/DeviceManagementApps.Read.All",
            65_001,
            "invalid_grant",
        ),
    ];
    let code = code(&emulator, READER, &[]);
    for (name, given, number, error) in cases {
        let (response, body) = redeem(&emulator, &token_form(&code, &[(name, given)]));
        assert_eq!(response.status, 400, "{name}={given}");
        assert_eq!(body["error"], error, "{name}={given}");
        assert_eq!(body["error_codes"][0], number, "{name}={given}");
        let words = body["error_description"].as_str().unwrap();
        assert!(
            words.starts_with(&format!("AADSTS{number}: ")) && words.contains("Trace ID: "),
            "{words}"
        );
        for name in ["timestamp", "trace_id", "correlation_id"] {
            assert!(body[name].is_string(), "{name}");
        }
    }
    let (response, _) = redeem(&emulator, &token_form(&code, &[]));
    assert_eq!(response.status, 200, "refusals do not use the code up");
}

#[test]
fn a_code_works_once_and_ten_minutes() {
    let emulator = emulator(options());
    let first = code(&emulator, READER, &[]);
    assert_eq!(redeem(&emulator, &token_form(&first, &[])).0.status, 200);
    assert_eq!(
        redeem(&emulator, &token_form(&first, &[])).1["error_codes"][0],
        54_005
    );
    let second = code(&emulator, READER, &[]);
    emulator.clock.advance(600_000);
    let third = code(&emulator, READER, &[]);
    emulator.clock.advance(1_000);
    assert_eq!(
        redeem(&emulator, &token_form(&second, &[])).1["error_codes"][0],
        70_008
    );
    assert_eq!(redeem(&emulator, &token_form(&third, &[])).0.status, 200);
}

#[test]
fn only_the_sites_own_origin_gets_in_and_reads_the_answer() {
    let emulator = emulator(options());
    let form = token_form(&code(&emulator, READER, &[]), &[]);
    let target = "/organizations/oauth2/v2.0/token";
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    let none = send(&emulator, "POST", target, &[kind], &form);
    assert_eq!(json_of(&none)["error_codes"][0], 9_002_327);
    for origin in ["https://evil.example", "http://localhost:8081", "null"] {
        let answer = send(
            &emulator,
            "POST",
            target,
            &[kind, ("Origin", origin)],
            &form,
        );
        assert_eq!(json_of(&answer)["error_codes"][0], 9_002_326, "{origin}");
        assert!(
            answer.header("access-control-allow-origin").is_none(),
            "{origin}"
        );
        let preflight = send(&emulator, "OPTIONS", target, &[("Origin", origin)], "");
        assert!(
            preflight.header("access-control-allow-origin").is_none(),
            "{origin}"
        );
    }
    let (answer, _) = redeem(&emulator, &form);
    assert_eq!(answer.header("access-control-allow-origin"), Some(SITE));
    let bad = redeem(&emulator, &form).0;
    assert_eq!(
        (bad.status, bad.header("access-control-allow-origin")),
        (400, Some(SITE)),
        "errors are readable too"
    );
    assert!(answer.header("access-control-allow-credentials").is_none());
    for path in [
        "discovery/v2.0/keys",
        "v2.0/.well-known/openid-configuration",
    ] {
        let answer = get(
            &emulator,
            &format!("/organizations/{path}"),
            &[("Origin", "https://evil.example")],
        );
        assert_eq!(
            answer.header("access-control-allow-origin"),
            Some("*"),
            "{path}"
        );
    }
}

#[test]
fn grants_only_grow_and_every_token_has_them_all() {
    let emulator = emulator(options());
    let scope = |name: &str| format!("openid https://graph.microsoft.com/{name}");
    bearer(
        &emulator,
        READER,
        &["DeviceManagementConfiguration.ReadWrite.All"],
    );
    let second = code(&emulator, READER, &[("scope", &scope("User.Read"))]);
    let (_, body) = redeem(&emulator, &token_form(&second, &[]));
    assert_eq!(
        body["scope"],
        "openid https://graph.microsoft.com/DeviceManagementConfiguration.ReadWrite.All https://graph.microsoft.com/User.Read"
    );
    let other = code(&emulator, INTUNE, &[("scope", &scope("User.Read"))]);
    let (_, body) = redeem(&emulator, &token_form(&other, &[]));
    assert_eq!(
        body["scope"], "openid https://graph.microsoft.com/User.Read",
        "per person"
    );
}

#[test]
fn refresh_tokens_end_a_day_after_the_first() {
    let emulator = emulator(options());
    let code = code(
        &emulator,
        READER,
        &[(
            "scope",
            "openid offline_access https://graph.microsoft.com/User.Read",
        )],
    );
    let (_, body) = redeem(&emulator, &token_form(&code, &[]));
    let first = body["refresh_token"].as_str().unwrap().to_owned();
    let refresh = |token: &str| {
        redeem(
            &emulator,
            &token_form(
                "-",
                &[("grant_type", "refresh_token"), ("refresh_token", token)],
            ),
        )
        .1
    };
    emulator.clock.advance(80_000_000);
    let second = refresh(&first)["refresh_token"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        refresh(&first)["access_token"].is_string(),
        "rotation does not revoke"
    );
    emulator.clock.advance(7_000_000);
    assert_eq!(refresh(&second)["error_codes"][0], 700_084);
}

/// Payload of an ID token whose signature is right by the JWKS; `None` when it is wrong.
fn verified(jwks: &Value, token: &str) -> Option<Value> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (head, payload) = signed.split_once('.')?;
    let json = |part: &str| serde_json::from_slice::<Value>(&from_base64url(part)?).ok();
    let header = json(head)?;
    let key = &jwks["keys"][0];
    if header["alg"] != "RS256" || header["kid"] != key["kid"] || header.get("crit").is_some() {
        return None;
    }
    let part = |name: &str| from_base64url(key[name].as_str()?);
    let public = RsaPublicKeyComponents {
        n: part("n")?,
        e: part("e")?,
    };
    public
        .verify(
            &RSA_PKCS1_2048_8192_SHA256,
            signed.as_bytes(),
            &from_base64url(signature)?,
        )
        .ok()?;
    json(payload)
}

/// True when an ID token is what a careful client accepts.
fn acceptable(base: &str, claims: &Value) -> bool {
    let number = |name: &str| claims[name].as_u64();
    claims["iss"] == format!("{base}/{TENANT_ID}/v2.0")
        && claims["tid"] == TENANT_ID
        && claims["aud"] == CLIENT_ID
        && claims["nonce"] == "the-nonce"
        && claims["ver"] == "2.0"
        && claims["oid"].is_string()
        && claims["sub"].is_string()
        && number("exp").is_some_and(|exp| exp > NOW)
        && number("nbf").is_some_and(|nbf| nbf <= NOW)
}

#[test]
fn id_tokens_are_right_and_every_defect_makes_them_wrong() {
    let emulator = emulator(options());
    let jwks = json_of(&get(
        &emulator,
        &format!("/{TENANT_ID}/discovery/v2.0/keys"),
        &[],
    ));
    let issue = || {
        let code = code(&emulator, READER, &[]);
        redeem(&emulator, &token_form(&code, &[])).1["id_token"]
            .as_str()
            .map(str::to_owned)
    };
    let good = verified(&jwks, &issue().unwrap()).expect("a good signature");
    assert!(acceptable(&emulator.base, &good), "{good}");
    assert_eq!(good["name"], "Rosa Lindqvist");
    for (name, _) in DEFECTS {
        let order = format!("{{\"defect\": \"{name}\"}}");
        assert_eq!(
            send(&emulator, "POST", "/__emulator/id-token", &[], &order).status,
            200
        );
        let accepted = issue()
            .and_then(|token| verified(&jwks, &token))
            .is_some_and(|claims| acceptable(&emulator.base, &claims));
        assert!(!accepted, "{name}");
    }
}

#[test]
fn metadata_names_this_address_only() {
    let emulator = emulator(options());
    let root = |tenant: &str| {
        json_of(&get(
            &emulator,
            &format!("/{tenant}/v2.0/.well-known/openid-configuration"),
            &[],
        ))
    };
    assert_eq!(
        root("organizations")["issuer"],
        format!("{}/{{tenantid}}/v2.0", emulator.base)
    );
    let own = root(TENANT_ID);
    assert_eq!(own["issuer"], format!("{}/{TENANT_ID}/v2.0", emulator.base));
    for name in [
        "token_endpoint",
        "jwks_uri",
        "authorization_endpoint",
        "end_session_endpoint",
    ] {
        assert!(
            own[name].as_str().unwrap().starts_with(&emulator.base),
            "{name}"
        );
    }
}

#[test]
fn behind_other_names_every_address_is_of_them() {
    let emulator = emulator(Options {
        login_origin: Some("https://login.microsoftonline.com".to_owned()),
        graph_origin: Some("https://graph.microsoft.com".to_owned()),
        ..options()
    });
    let code = code(&emulator, READER, &[]);
    let (_, body) = redeem(&emulator, &token_form(&code, &[]));
    assert_eq!(
        claims_of(&body)["iss"],
        format!("https://login.microsoftonline.com/{TENANT_ID}/v2.0")
    );
    let me = |bearer: &str| get(&emulator, "/v1.0/me", &[("Authorization", bearer)]);
    let token = body["access_token"].as_str().unwrap();
    let own = json_of(&me(&format!("Bearer {token}")));
    let context = own["@odata.context"].as_str().unwrap();
    assert!(
        context.starts_with("https://graph.microsoft.com/v1.0/"),
        "{context}"
    );
    let refused = me("Bearer nobody's");
    let challenge = refused.header("WWW-Authenticate").unwrap();
    assert!(
        challenge.contains("\"https://login.microsoftonline.com/common/"),
        "{challenge}"
    );
}

#[test]
fn a_token_of_another_provider_is_taken_when_graph_is_told_of_it() {
    let emulator = emulator(options());
    let me = |bearer: &str| get(&emulator, "/v1.0/me", &[("Authorization", bearer)]).status;
    assert_eq!(me("Bearer foreign"), 401);
    let tell = |body: Value| {
        let request = Request {
            method: "POST".to_owned(),
            path: "/__emulator/token".to_owned(),
            body: body.to_string().into_bytes(),
            ..Request::default()
        };
        emulator.answer(&request).status
    };
    assert_eq!(
        tell(serde_json::json!({"token": "foreign", "user": "nobody", "scopes": []})),
        400
    );
    let good = serde_json::json!({"token": "foreign", "user": READER, "scopes": ["User.Read"]});
    assert_eq!(tell(good), 200);
    assert_eq!(me("Bearer foreign"), 200);
    let groups = get(
        &emulator,
        "/v1.0/groups",
        &[("Authorization", "Bearer foreign")],
    );
    assert_eq!(
        groups.status, 403,
        "it reaches what its scopes reach, and no more"
    );
}
