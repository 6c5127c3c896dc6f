//! What the tests of this package share: a stand-in without a socket, and a client that knows the way in.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::{Arc, LazyLock};

use ring::digest;
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::emulator::Emulator;
use crate::http::{Request, Response, base64url, from_base64url, pairs, query_of};
use crate::options::{CLIENT_ID, Options};
use crate::tenant::{GeneratorOptions, Tenant};

/// Origin of the site in tests.
pub const SITE: &str = "http://localhost:8080";
/// Moment at which frozen clocks stand: 2026-11-21T01:30:02Z.
pub const NOW: u64 = 1_795_224_602;
/// A PKCE verifier.
pub const VERIFIER: &str = "0123456789-._~abcdefghijklmnopqrstuvwxyzABCDEFGHIJ";
/// Object ids, as on the account page.
pub const READER: &str = "1b2f6f0e-6c51-4a53-9a7d-0d3c5f9e2a11";
pub const INTUNE: &str = "2c3a7e1f-7d62-4b64-8b8e-1e4d6a0f3b22";
pub const HELPDESK: &str = "3d4b8f2a-8e73-4c75-9c9f-2f5e7b1a4c33";
pub const GUEST: &str = "4e5c9a3b-9f84-4d86-8daf-3a6f8c2b5d44";
pub const LOCKED: &str = "5f6dab4c-a095-4e97-9eba-4b7a9d3c6e55";

/// Options with a small tenant and a clock that stands still.
pub fn options() -> Options {
    Options {
        generator: GeneratorOptions {
            policies: 40,
            devices: 20,
            groups: 12,
            users: 30,
            seed: 7,
            ..GeneratorOptions::default()
        },
        clock: Clock::frozen(NOW * 1_000),
        ..Options::default()
    }
}

/// Made once: nothing in it changes.
static TENANT: LazyLock<Arc<Tenant>> =
    LazyLock::new(|| Arc::new(Tenant::generate(&options().generator)));

/// A stand-in without a socket.
pub fn emulator(options: Options) -> Emulator {
    Emulator::with_tenant(options, 9_299, Arc::clone(&TENANT)).unwrap()
}

/// The challenge of [`VERIFIER`].
pub fn challenge() -> String {
    base64url(digest::digest(&digest::SHA256, VERIFIER.as_bytes()).as_ref())
}

/// A good authorize request, with some parameters replaced (or left out, when the value is `-`).
pub fn authorize_query(changes: &[(&str, &str)]) -> String {
    let challenge = challenge();
    let mut all = vec![
        ("client_id", CLIENT_ID),
        ("response_type", "code"),
        ("redirect_uri", "http://localhost:8080/"),
        ("response_mode", "fragment"),
        (
            "scope",
            "openid profile https://graph.microsoft.com/User.Read",
        ),
        ("state", "the-state"),
        ("nonce", "the-nonce"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in changes {
        all.retain(|(known, _)| known != name);
        if *value != "-" {
            all.push((name, value));
        }
    }
    query_of(&all)
}

/// A GET.
pub fn get(emulator: &Emulator, target: &str, headers: &[(&str, &str)]) -> Response {
    send(emulator, "GET", target, headers, "")
}

/// Any request.
pub fn send(
    emulator: &Emulator,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Response {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    emulator.answer(&Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body: body.as_bytes().to_vec(),
    })
}

/// The parameters of a redirect.
pub fn redirected(response: &Response) -> Vec<(String, String)> {
    let location = response.header("location").expect("a redirect");
    pairs(location.split(['#', '?']).nth(1).unwrap_or_default())
}

/// The value of a parameter, or empty.
pub fn value(parameters: &[(String, String)], name: &str) -> String {
    parameters
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.clone())
        .unwrap_or_default()
}

/// Chooses an account on the page.
pub fn choose(emulator: &Emulator, query: &str, oid: &str) -> Response {
    send(
        emulator,
        "POST",
        &format!("/organizations/login?{query}"),
        &[],
        &format!("account={oid}"),
    )
}

/// A code for a person.
pub fn code(emulator: &Emulator, oid: &str, changes: &[(&str, &str)]) -> String {
    value(
        &redirected(&choose(emulator, &authorize_query(changes), oid)),
        "code",
    )
}

/// What the ID token of a token response says, its signature unread.
pub fn claims_of(body: &Value) -> Value {
    let payload = body["id_token"].as_str().and_then(|t| t.split('.').nth(1));
    serde_json::from_slice(&from_base64url(payload.unwrap()).unwrap()).unwrap()
}

/// A good token request, with some parameters replaced.
pub fn token_form(code: &str, changes: &[(&str, &str)]) -> String {
    let mut all = vec![
        ("grant_type", "authorization_code"),
        ("client_id", CLIENT_ID),
        ("code", code),
        ("redirect_uri", "http://localhost:8080/"),
        ("code_verifier", VERIFIER),
    ];
    for (name, value) in changes {
        all.retain(|(known, _)| known != name);
        if *value != "-" {
            all.push((name, value));
        }
    }
    query_of(&all)
}

/// Redeems at the token endpoint from the site's origin.
pub fn redeem(emulator: &Emulator, form: &str) -> (Response, Value) {
    let headers = [
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Origin", SITE),
    ];
    let response = send(
        emulator,
        "POST",
        "/organizations/oauth2/v2.0/token",
        &headers,
        form,
    );
    let body = json_of(&response);
    (response, body)
}

/// A body as JSON.
pub fn json_of(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap_or(Value::Null)
}

/// A bearer header for a person with Graph scopes.
pub fn bearer(emulator: &Emulator, oid: &str, scopes: &[&str]) -> String {
    let graph: String = scopes
        .iter()
        .map(|scope| format!(" https://graph.microsoft.com/{scope}"))
        .collect();
    let claims = json!({"access_token": {"xms_cc": {"values": ["cp1"]}}}).to_string();
    let code = code(
        emulator,
        oid,
        &[
            ("scope", &format!("openid profile{graph}")),
            ("claims", &claims),
        ],
    );
    let (_, body) = redeem(emulator, &token_form(&code, &[]));
    format!("Bearer {}", body["access_token"].as_str().expect("a token"))
}
