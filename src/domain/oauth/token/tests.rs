#![allow(clippy::unwrap_used)]
use super::*;
use crate::oauth::cloud;
use crate::oauth::encode::from_form;
use crate::oauth::error::Kind;
use crate::oauth::transaction::sample;

const GOOD: &str = r#"{"token_type":"Bearer","scope":"openid profile https://graph.microsoft.com/DeviceManagementConfiguration.Read.All User.Read","expires_in":4523,"ext_expires_in":4523,"access_token":"AT","id_token":"a.b.c"}"#;

fn answer(status: u16, content_type: &str, body: &str) -> Result<Tokens, TokenError> {
    read(status, content_type, body, &cloud::find("global").unwrap())
}

fn json(body: &str) -> Result<Tokens, TokenError> {
    answer(200, "application/json; charset=utf-8", body)
}

#[test]
fn the_code_is_redeemed_with_everything_that_binds_it() {
    let record = sample();
    let body = request(&record, &Secret::new("0.A&X".into()));
    let pairs = from_form(body.expose()).unwrap();
    let get = |name: &str| {
        let mut found = pairs.iter().filter(|(n, _)| n == name);
        let value = found.next().map(|(_, v)| v.to_string());
        assert!(found.next().is_none(), "{name} twice");
        value.unwrap_or_default()
    };
    assert_eq!(get("grant_type"), "authorization_code");
    assert_eq!(get("code"), "0.A&X");
    assert_eq!(get("code_verifier"), record.verifier.expose());
    assert_eq!(get("redirect_uri"), record.redirect_uri);
    assert_eq!(get("client_id"), record.asking.client_id());
    assert!(get("claims").contains("cp1"));
    assert!(!get("scope").contains("offline_access"));
    assert!(!format!("{body:?}").contains("0.A"));
}

#[test]
fn a_good_answer_is_read_and_a_refresh_token_is_dropped() {
    let tokens = json(GOOD).unwrap();
    assert_eq!(
        tokens.scopes,
        ["DeviceManagementConfiguration.Read.All", "User.Read"]
    );
    assert_eq!(tokens.expires_in, 4523);
    assert_eq!(tokens.access_token.expose(), "AT");
    // Case 65: nothing of it is kept anywhere in the value.
    let with = GOOD.replace("{\"token", "{\"refresh_token\":\"RT\",\"token");
    let tokens = json(&with).unwrap();
    assert!(!format!("{tokens:?}").contains("RT"));
}

#[test]
fn anything_else_is_refused() {
    let without = |name: &str| GOOD.replace(&format!("\"{name}\""), "\"other\"");
    let expires =
        |value: &str| GOOD.replace("\"expires_in\":4523", &format!("\"expires_in\":{value}"));
    let cases: Vec<(u32, Result<Tokens, TokenError>, TokenError)> = vec![
        (53, answer(200, "text/html", "<html>"), TokenError::NotJson),
        (53, answer(200, "", GOOD), TokenError::NotJson),
        (53, json("<html>"), TokenError::NotJson),
        (53, json(&GOOD[..GOOD.len() - 1]), TokenError::NotJson),
        (53, json("[]"), TokenError::NotJson),
        (
            54,
            json(&GOOD.replace("Bearer", "mac")),
            TokenError::TokenType,
        ),
        (54, json(&without("token_type")), TokenError::TokenType),
        (55, json(&without("id_token")), TokenError::NoIdToken),
        (55, json(&GOOD.replace("a.b.c", "")), TokenError::NoIdToken),
        (
            56,
            json(&without("access_token")),
            TokenError::NoAccessToken,
        ),
        (57, json(&expires("0")), TokenError::ExpiresIn),
        (57, json(&expires("-1")), TokenError::ExpiresIn),
        (57, json(&expires("\"4523\"")), TokenError::ExpiresIn),
        (
            57,
            json(&expires("9007199254740992")),
            TokenError::ExpiresIn,
        ),
        (57, json(&expires("4523.5")), TokenError::ExpiresIn),
        (57, json(&without("expires_in")), TokenError::ExpiresIn),
        (
            62,
            answer(429, "application/json", "{}"),
            TokenError::Unavailable(429),
        ),
        (
            62,
            answer(503, "text/html", "busy"),
            TokenError::Unavailable(503),
        ),
        (
            0,
            answer(400, "application/json", "{}"),
            TokenError::Status(400),
        ),
        (
            0,
            answer(302, "application/json", GOOD),
            TokenError::Status(302),
        ),
    ];
    for (at, (case, found, expect)) in cases.into_iter().enumerate() {
        assert_eq!(found.err(), Some(expect), "line {at}, case {case}");
    }
}

/// Cases 51, 60, 61 and 63: decided on `error`, `suberror` and `claims`; the number only chooses the words.
#[test]
fn refusals_are_told_apart() {
    use crate::oauth::error::SignInError;
    use crate::problem::Problem;
    let cases = [
        (
            51,
            r#"{"error":"invalid_grant","error_codes":[501481],"error_description":"AADSTS501481"}"#,
            Kind::Interactive,
            "auth.code_refused",
        ),
        (
            60,
            r#"{"error":"interaction_required","suberror":"basic_action","claims":"{\"access_token\":{}}","error_codes":[50076]}"#,
            Kind::Claims,
            "auth.second_factor",
        ),
        (
            61,
            r#"{"error":"invalid_grant","error_codes":[700084]}"#,
            Kind::Interactive,
            "auth.ended",
        ),
        (
            61,
            r#"{"error":"invalid_grant","error_codes":[50173]}"#,
            Kind::Interactive,
            "auth.ended",
        ),
        (
            62,
            r#"{"error":"temporarily_unavailable"}"#,
            Kind::Unavailable,
            "auth.unavailable",
        ),
        (
            63,
            r#"{"error":"invalid_request","error_codes":[9002326]}"#,
            Kind::Other,
            "auth.not_spa",
        ),
        (
            0,
            r#"{"error":"access_denied","error_codes":[53003]}"#,
            Kind::Declined,
            "auth.blocked",
        ),
        (
            0,
            r#"{"error":"something_new","error_codes":["x",-1]}"#,
            Kind::Other,
            "auth.refused",
        ),
    ];
    for (case, body, kind, code) in cases {
        let Err(TokenError::Entra(error)) = answer(400, "application/json", body) else {
            unreachable!("case {case}: {body}");
        };
        assert_eq!(error.kind(), kind, "case {case}");
        let problem = Problem::from(SignInError::Token(TokenError::Entra(error)));
        assert_eq!(problem.code, code, "case {case}");
        assert!(!problem.remedy.is_empty());
    }
}

#[test]
fn ids_for_a_support_case_are_kept() {
    let body = r#"{"error":"invalid_client","error_description":"AADSTS700016: no. Trace ID: t-1","trace_id":"t-1","correlation_id":"c-1","timestamp":"2026-01-01 00:00:00Z"}"#;
    let Err(TokenError::Entra(error)) = answer(400, "application/json", body) else {
        unreachable!("a refusal was expected");
    };
    assert_eq!(
        error.description,
        "AADSTS700016: no. Trace ID: t-1 correlation_id: c-1 timestamp: 2026-01-01 00:00:00Z"
    );
    assert_eq!(error.codes, [700_016]);
}
