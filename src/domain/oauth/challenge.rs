//! Claims challenges: Graph refuses a token and says what a new one must have (CAE, authentication context).
//!
//! Entra documentation: "Claims challenges, claims requests and client capabilities".
//! Of a challenge only `claims` is used. `authorization_uri` is ignored: an authority comes from the
//! configuration and from nowhere else.

use super::encode::from_base64_any;
use super::error::SignInError;
use super::redirect::RedirectError;
use super::token::TokenError;
use crate::json::{Json, Object};

/// The most of a challenge that is read, in bytes of JSON.
pub const LIMIT: usize = 4096;

/// What Graph's `WWW-Authenticate` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Challenge {
    /// A token with these claims: JSON of an object, to be sent with the next sign-in.
    Claims(String),
    /// Nothing that can be acted on: the token is simply not accepted any more.
    None,
    /// A challenge that is not what the documentation promises; never sent anywhere.
    Malformed,
}

/// Reads a `WWW-Authenticate` header. Several headers arrive joined by commas; the first
/// `insufficient_claims` with readable claims wins.
pub fn read(header: &str) -> Challenge {
    let mut found = Challenge::None;
    let mut claims = None;
    let mut error = None;
    for parameter in parameters(header) {
        match parameter {
            Parameter::Scheme => (claims, error) = (None, None),
            Parameter::Pair("claims", value) => claims = Some(value),
            Parameter::Pair("error", value) => error = Some(value),
            Parameter::Pair(..) => continue,
        }
        if let (Some(encoded), Some("insufficient_claims")) = (claims, error) {
            match decode(encoded) {
                Some(text) => return Challenge::Claims(text),
                None => found = Challenge::Malformed,
            }
        }
    }
    found
}

fn decode(encoded: &str) -> Option<String> {
    if encoded.len() > LIMIT * 2 {
        return None;
    }
    let text = String::from_utf8(from_base64_any(encoded)?).ok()?;
    is_object(&text).then_some(text)
}

fn is_object(text: &str) -> bool {
    text.len() <= LIMIT && Json::parse(text).is_ok_and(|json| json.object().is_some())
}

/// A piece of a `WWW-Authenticate` header.
enum Parameter<'a> {
    /// A word without a value: the name of a scheme begins a new challenge.
    Scheme,
    /// `name=value`, quotes removed. Escapes inside quotes are left as they are: no value that is used has any.
    Pair(&'a str, &'a str),
}

/// Splits a header into its schemes and parameters (RFC 9110 §11.6.1), quotes respected.
fn parameters(header: &str) -> Vec<Parameter<'_>> {
    let mut out = Vec::new();
    let mut rest = header;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let end = rest.find([' ', '\t', ',', '=']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if name.is_empty() && after.is_empty() {
            return out;
        }
        let Some(value) = after.trim_start().strip_prefix('=') else {
            out.push(Parameter::Scheme);
            rest = after;
            continue;
        };
        let value = value.trim_start();
        if let Some(quoted) = value.strip_prefix('"') {
            let end = quoted.find('"').unwrap_or(quoted.len());
            out.push(Parameter::Pair(name, &quoted[..end]));
            rest = quoted.get(end + 1..).unwrap_or_default();
        } else {
            let end = value.find([' ', '\t', ',']).unwrap_or(value.len());
            out.push(Parameter::Pair(name, &value[..end]));
            rest = &value[end..];
        }
    }
}

/// The `claims` parameter: a challenge, or nothing, with the declaration that challenges are understood.
///
/// A challenge that is not an object is left out, not repaired.
pub fn merge(challenge: &str) -> String {
    let parsed = (!challenge.is_empty() && is_object(challenge))
        .then(|| Json::parse(challenge).ok())
        .flatten();
    let mut root = match parsed {
        Some(Json::Object(object)) => object,
        _ => Object::default(),
    };
    let mut access = match root.get("access_token") {
        Some(Json::Object(object)) => object.clone(),
        _ => Object::default(),
    };
    let capability = Json::Array(vec![Json::String("cp1".into())]);
    let values = Json::Object(Object(vec![("values".into(), capability)]));
    access.set("xms_cc", values);
    root.set("access_token", Json::Object(access));
    Json::Object(root).to_text()
}

/// True when a challenge says that the token was revoked (its `nbf`), not that a policy asks for more.
///
/// Entra documentation: "Claims challenges": critical events and a changed place of the network ask for a
/// token made later; a step-up asks for `acrs`.
pub fn revokes(claims: &str) -> bool {
    Json::parse(claims).is_ok_and(|json| {
        let access = json.get("access_token");
        access.is_some_and(|access| access.get("nbf").is_some())
    })
}

/// The claims that Entra wants the next sign-in to ask for (case 60); empty when there are none.
pub fn wanted_by(error: &SignInError) -> &str {
    match error {
        SignInError::Redirect(RedirectError::Entra { error, .. })
        | SignInError::Token(TokenError::Entra(error)) => &error.claims,
        _ => "",
    }
}

/// Remembers which challenges were answered, so that the same one is not answered twice (case 67).
#[derive(Debug, Default)]
pub struct Answered(Vec<String>);

impl Answered {
    /// Notes a challenge. False when it was noted before: a new sign-in did not satisfy it.
    pub fn is_new(&mut self, claims: &str) -> bool {
        if self.0.iter().any(|known| known == claims) {
            return false;
        }
        self.0.push(claims.to_owned());
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::encode::base64url;
    use crate::oauth::error::EntraError;

    const REVOKED: &str = r#"{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}"#;

    fn header(claims: &str) -> String {
        format!(
            "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", \
             client_id=\"00000003-0000-0000-c000-000000000000\", error=\"insufficient_claims\", claims=\"{claims}\""
        )
    }

    /// Cases 66, 68, 69, 70.
    #[test]
    fn only_readable_claims_are_a_challenge() {
        let good = base64url(REVOKED.as_bytes());
        let claims = |text: &str| Challenge::Claims(text.to_owned());
        let big = base64url(format!("{{\"a\":\"{}\"}}", "x".repeat(LIMIT)).as_bytes());
        let cases = [
            (66, header(&good), claims(REVOKED)),
            (66, header(&format!("{good}==")), claims(REVOKED)),
            (
                66,
                format!("Bearer claims=\"{good}\", error=\"insufficient_claims\""),
                claims(REVOKED),
            ),
            (68, header("%%%"), Challenge::Malformed),
            (68, header(&base64url(b"[1]")), Challenge::Malformed),
            (68, header(&base64url(b"not json")), Challenge::Malformed),
            (68, header(&base64url(&[0xff, 0xfe])), Challenge::Malformed),
            (68, header(&big), Challenge::Malformed),
            (68, header(&"A".repeat(100_000)), Challenge::Malformed),
            (
                69,
                format!("Basic realm=\"x\", {}", header(&good)),
                claims(REVOKED),
            ),
            (
                69,
                format!("{}, {}", header("!!"), header(&good)),
                claims(REVOKED),
            ),
            // The error of one challenge does not speak for the claims of another.
            (
                69,
                format!("Bearer error=\"insufficient_claims\", Other claims=\"{good}\""),
                Challenge::None,
            ),
            (
                70,
                header(&good).replace("login.microsoftonline.com", "evil.example"),
                claims(REVOKED),
            ),
            (
                0,
                "Bearer realm=\"\", error=\"invalid_token\"".into(),
                Challenge::None,
            ),
            (0, String::new(), Challenge::None),
            (0, "Bearer error=\"insuff".into(), Challenge::None),
            (0, "=,=,\"".into(), Challenge::None),
        ];
        for (case, text, expect) in cases {
            assert_eq!(read(&text), expect, "case {case}: {text}");
        }
    }

    #[test]
    fn the_capability_is_always_declared() {
        for (challenge, expect) in [
            ("", r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#),
            ("[]", r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#),
            (
                r#"{"access_token":{"xms_cc":{"values":["none"]}}}"#,
                r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#,
            ),
            (
                r#"{"id_token":{"x":null},"access_token":7}"#,
                r#"{"id_token":{"x":null},"access_token":{"xms_cc":{"values":["cp1"]}}}"#,
            ),
        ] {
            assert_eq!(merge(challenge), expect);
        }
    }

    #[test]
    fn a_revoked_token_is_told_from_one_that_is_not_enough() {
        let step_up = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;
        for (claims, expect) in [
            (REVOKED, true),
            (step_up, false),
            ("", false),
            ("[]", false),
        ] {
            assert_eq!(revokes(claims), expect, "{claims}");
        }
    }

    /// Case 60.
    #[test]
    fn claims_of_a_refused_sign_in_are_asked_for_next_time() {
        let claims = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;
        let error = EntraError {
            error: "interaction_required".into(),
            claims: claims.into(),
            ..EntraError::default()
        };
        let silent = false;
        let error = Box::new(error);
        let redirect = RedirectError::Entra {
            error: error.clone(),
            silent,
        };
        assert_eq!(
            wanted_by(&SignInError::Token(TokenError::Entra(error))),
            claims
        );
        assert_eq!(wanted_by(&SignInError::Redirect(redirect)), claims);
        assert_eq!(wanted_by(&SignInError::NoClient), "");
    }

    /// Case 67.
    #[test]
    fn the_same_challenge_is_answered_once() {
        let mut answered = Answered::default();
        assert!(answered.is_new(REVOKED));
        assert!(!answered.is_new(REVOKED));
        assert!(answered.is_new("{}"));
    }
}
