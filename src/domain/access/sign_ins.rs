//! Who signed in to the app, read out of Entra's sign-in log.

use super::{known_of, text};
use crate::arrange::Arrange;
use crate::json::Json;
use crate::permission::Live;
use crate::protocol::{AppSignIn, Known, LiveRead, PolicyResult, SignInEnd};
use crate::snapshot::Reason;

/// Entra's numbers for sign-ins at which it asked for something more: what came of it is a sign-in of its own.
/// Entra: "Sign-in logs", status "Interrupted", and "Microsoft Entra authentication and authorization error codes".
const ASKED: [(i64, &str); 16] = [
    (16_000, "asked which account"),
    (50_058, "no session at Microsoft in that browser"),
    (50_072, "asked to set up a second factor"),
    (50_074, "asked for a second factor"),
    (50_076, "asked for a second factor"),
    (50_078, "asked for a second factor again"),
    (50_079, "asked to set up a second factor"),
    (50_097, "asked for a registered device"),
    (50_125, "asked for a new password"),
    (50_129, "asked for a registered device"),
    (50_140, "asked whether to stay signed in"),
    (50_144, "asked for a new password"),
    (50_158, "sent on to another service for a second factor"),
    (65_001, "asked for consent"),
    (90_094, "needs an administrator’s consent"),
    (90_095, "asked administrators for consent"),
];

/// Entra's numbers for what was refused.
const REFUSED: [(i64, &str); 20] = [
    (50_020, "the account is not in this tenant"),
    (50_034, "the account is not in this tenant"),
    (50_053, "too many wrong tries, or a blocked address"),
    (50_055, "the password has expired"),
    (50_057, "the account is disabled"),
    (50_105, "not assigned to the app"),
    (50_126, "wrong name or password"),
    (50_173, "the session was revoked"),
    (51_004, "the account is not in this tenant"),
    (53_000, "the device is not compliant"),
    (53_001, "the device is not managed"),
    (53_002, "Conditional Access asks for an approved app"),
    (53_003, "blocked by Conditional Access"),
    (53_004, "blocked until a second factor is set up"),
    (65_004, "the person declined the permissions"),
    (70_043, "the session ended by a policy"),
    (500_121, "the second factor failed or was not given"),
    (530_032, "blocked by a policy of the tenant"),
    (700_016, "the app is not in this tenant"),
    (7_000_112, "the app is disabled in this tenant"),
];

/// Of all registrations together, the newest first.
pub(super) fn sign_ins(reads: &[LiveRead], apps: &[&str]) -> Known<Vec<AppSignIn>> {
    let mut out = Known {
        value: Vec::new(),
        gap: None,
    };
    for app in apps {
        let found = known_of(reads, Some(app), Live::SignIns, |json| sign_in(json, app));
        out.value.extend(found.value);
        // That there are more is said last: a refusal must not hide behind it.
        out.gap = match (out.gap, found.gap) {
            (Some(more), Some(other)) if more.reason == Reason::NotRead => Some(other),
            (first, other) => first.or(other),
        };
    }
    out.value
        .arrange_by_cached_key(|one| std::cmp::Reverse(one.at.clone()));
    out
}

fn sign_in(json: &Json<'_>, app: &str) -> Option<AppSignIn> {
    json.str_at("id")?;
    let status = json.get("status");
    let code = status.and_then(|status| status.get("errorCode")?.int());
    let (end, why) = end(code);
    let theirs = || status.map_or_else(String::new, |status| text(status, "failureReason"));
    let place = json.get("location").map(|place| {
        let parts = ["city", "countryOrRegion"].map(|name| place.str_at(name).unwrap_or_default());
        let said = parts.into_iter().filter(|part| !part.is_empty());
        said.collect::<Vec<&str>>().join(", ")
    });
    Some(AppSignIn {
        app: app.to_owned(),
        name: text(json, "userDisplayName"),
        user: text(json, "userPrincipalName"),
        at: text(json, "createdDateTime"),
        end,
        code: code.unwrap_or_default(),
        why: match (end, why) {
            (SignInEnd::In | SignInEnd::Unknown, _) => String::new(),
            (_, "") => theirs(),
            (_, ours) => ours.to_owned(),
        },
        policies: match json.str_at("conditionalAccessStatus") {
            Some("success") => PolicyResult::Passed,
            Some("failure") => PolicyResult::Failed,
            Some("notApplied") => PolicyResult::None,
            _ => PolicyResult::Unknown,
        },
        place: place.unwrap_or_default(),
    })
}

/// A missing number is no success: an answer that does not say how it ended leaves it unknown.
fn end(code: Option<i64>) -> (SignInEnd, &'static str) {
    let Some(code) = code else {
        return (SignInEnd::Unknown, "");
    };
    let words = |list: &[(i64, &'static str)]| {
        let found = list.iter().find(|(number, _)| *number == code);
        found.map(|(_, words)| *words)
    };
    match (code, words(&ASKED), words(&REFUSED)) {
        (0, ..) => (SignInEnd::In, ""),
        (_, Some(words), _) => (SignInEnd::Asked, words),
        (.., words) => (SignInEnd::Refused, words.unwrap_or_default()),
    }
}
