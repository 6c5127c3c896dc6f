//! What a Graph error means for a read.
//!
//! Graph: "Microsoft Graph error responses and resource types". The status and the code decide; the
//! text of the message does only where Intune and the licence checks leave no other way.

use crate::json::Json;
use crate::oauth::challenge::{self, Challenge};
use crate::problem::cut;
use crate::snapshot::{Gap, Reason};

/// What an answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// The token lacks a scope.
    Scope,
    /// The person lacks a role in Entra or a right in Intune.
    Role,
    /// The tenant lacks a licence.
    Licence,
    /// It is not there, or this cloud does not serve the type.
    NotFound,
    /// The query is not one that the service takes (400).
    Refused,
    /// Too many requests.
    Throttled,
    /// Time-out, gateway, internal error: may work a second time.
    Failed,
    /// The token has ended or is not valid.
    Expired,
    /// The token is not enough: Entra wants a new sign-in with these claims.
    Claims,
}

/// A Graph error, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphError {
    /// What it means.
    pub class: Class,
    /// HTTP status.
    pub status: u16,
    /// `error.code`; foreign text.
    pub code: String,
    /// `error.message`, the readable part; foreign text.
    pub message: String,
    /// `innerError.request-id`, for a support case; foreign text.
    pub request_id: String,
    /// For [`Class::Claims`]: the claims that a new token must have, JSON.
    pub claims: String,
}

impl GraphError {
    /// Reads status, body and `WWW-Authenticate` of an answer that is not a success.
    pub fn read(status: u16, body: &Json<'_>, www_authenticate: Option<&str>) -> Self {
        let error = body.get("error");
        let code = error.and_then(|e| e.str_at("code")).unwrap_or_default();
        let message = error.and_then(|e| e.str_at("message")).unwrap_or_default();
        let message = readable(message);
        let claims = match www_authenticate.map(challenge::read) {
            Some(Challenge::Claims(claims)) => claims,
            _ => String::new(),
        };
        Self {
            class: classify(status, code, &message, !claims.is_empty()),
            status,
            code: cut(code, 100).to_owned(),
            message: cut(&message, 400).to_owned(),
            request_id: error.map(request_id).unwrap_or_default(),
            claims,
        }
    }

    /// The same, when other requests of the batch got through with this token: some services of Intune say
    /// 401 where they mean that the person may not, and a new sign-in would not change it.
    #[must_use]
    pub fn beside_good_ones(mut self) -> Self {
        if self.class == Class::Expired && self.code != "InvalidAuthenticationToken" {
            self.class = Class::Role;
        }
        self
    }

    /// Why something is not known, with what a support case needs.
    pub fn gap(&self) -> Gap {
        let reason = match self.class {
            Class::Scope => Reason::Scope,
            Class::Role => Reason::Role,
            Class::Licence => Reason::Licence,
            Class::NotFound => Reason::NotFound,
            Class::Throttled => Reason::Throttled,
            Class::Refused | Class::Failed => Reason::Failed,
            Class::Expired | Class::Claims => Reason::SignedOut,
        };
        let mut detail = self.status.to_string();
        for (before, text) in [
            (" ", &self.code),
            (": ", &self.message),
            (" request-id ", &self.request_id),
        ] {
            if !text.is_empty() {
                detail.push_str(before);
                detail.push_str(text);
            }
        }
        Gap { reason, detail }
    }
}

/// Intune writes a JSON document into the message; the part before the operation id is for people.
fn readable(message: &str) -> String {
    let inner = if message.trim_start().starts_with('{') {
        Json::parse(message)
            .ok()
            .and_then(|json| json.str_at("Message").map(str::to_owned))
    } else {
        None
    };
    let text = inner.as_deref().unwrap_or(message);
    text.split(" - Operation ID")
        .next()
        .unwrap_or(text)
        .trim()
        .to_owned()
}

fn request_id(error: &Json<'_>) -> String {
    let inner = error.get("innerError").or_else(|| error.get("innererror"));
    let id = inner.and_then(|inner| inner.str_at("request-id"));
    cut(id.unwrap_or_default(), 64).to_owned()
}

fn classify(status: u16, code: &str, message: &str, has_claims: bool) -> Class {
    let lower = message.to_ascii_lowercase();
    let says = |needles: &[&str]| needles.iter().any(|n| lower.contains(n));
    let unlicensed = || {
        code.to_ascii_lowercase().contains("licen")
            || says(&[
                "licens",
                "premium",
                "not applicable to target tenant",
                "subscription",
            ])
    };
    match status {
        401 | 403 if has_claims || code == "insufficient_claims" => Class::Claims,
        401 => Class::Expired,
        403 if unlicensed() => Class::Licence,
        // The sign-in and audit logs' word for it.
        403 if code == "Authentication_MSGraphPermissionMissing" || says(&["scope"]) => {
            Class::Scope
        }
        403 => Class::Role,
        404 | 410 => Class::NotFound,
        400 | 501 if says(&["resource not found for the segment"]) => Class::NotFound,
        400 if unlicensed() => Class::Licence,
        408 => Class::Failed,
        429 => Class::Throttled,
        // Throttling that some Intune services wrap in another status.
        500..=599 if code == "TooManyRequests" => Class::Throttled,
        500 | 502..=599 => Class::Failed,
        _ => Class::Refused,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(status: u16, code: &str, message: &str) -> GraphError {
        let body = format!(
            r#"{{"error":{{"code":"{code}","message":{},"innererror":{{"request-id":"r-1"}}}}}}"#,
            Json::String(message.into()).to_text()
        );
        GraphError::read(status, &Json::parse(&body).unwrap(), None)
    }

    #[test]
    fn statuses_and_codes_have_a_meaning() {
        let intune = r#"{"_version":3,"Message":"Application must have one of the following scopes: A.Read.All - Operation ID (for customer support): 0 - Activity ID: 1"}"#;
        for (status, code, message, expect) in [
            (403, "Forbidden", intune, Class::Scope),
            (
                403,
                "AccessDenied",
                "required scopes are missing in the token.",
                Class::Scope,
            ),
            (
                403,
                "Forbidden",
                r#"{"Message":"User is not authorized to perform this operation - Operation ID 1"}"#,
                Class::Role,
            ),
            (
                403,
                "Authorization_RequestDenied",
                "Insufficient privileges to complete the operation.",
                Class::Role,
            ),
            (
                403,
                "Forbidden",
                "The tenant needs a Premium license.",
                Class::Licence,
            ),
            (
                400,
                "BadRequest",
                "Request not applicable to target tenant.",
                Class::Licence,
            ),
            (
                403,
                "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
                "Neither tenant is B2C or tenant doesn't have premium license",
                Class::Licence,
            ),
            (
                403,
                "Authentication_RequestFromUnsupportedUserRole",
                "User is not in the allowed roles",
                Class::Role,
            ),
            (
                403,
                "Authentication_MSGraphPermissionMissing",
                "The principal does not have required Microsoft Graph permission(s): AuditLog.Read.All to call this API.",
                Class::Scope,
            ),
            (
                400,
                "BadRequest",
                "Resource not found for the segment 'inventoryPolicies'.",
                Class::NotFound,
            ),
            (
                400,
                "BadRequest",
                "Could not find a property named 'x'.",
                Class::Refused,
            ),
            (404, "ResourceNotFound", "", Class::NotFound),
            (401, "InvalidAuthenticationToken", "expired", Class::Expired),
            (
                429,
                "TooManyRequests",
                "An error has occurred.",
                Class::Throttled,
            ),
            (503, "TooManyRequests", "", Class::Throttled),
            (504, "", "", Class::Failed),
            (500, "InternalServerError", "", Class::Failed),
            (302, "", "", Class::Refused),
        ] {
            assert_eq!(
                read(status, code, message).class,
                expect,
                "{status} {code} {message}"
            );
        }
    }

    #[test]
    fn the_detail_is_what_a_support_case_needs() {
        let error = read(
            403,
            "Forbidden",
            r#"{"Message":"Not allowed - Operation ID (for customer support): 0"}"#,
        );
        assert_eq!(
            error.gap(),
            Gap {
                reason: Reason::Role,
                detail: "403 Forbidden: Not allowed request-id r-1".to_owned()
            }
        );
        assert_eq!(GraphError::read(502, &Json::Null, None).gap().detail, "502");
    }

    #[test]
    fn a_claims_challenge_is_taken_from_the_header() {
        let header = r#"Bearer realm="", error="insufficient_claims", claims="eyJhIjp7fX0=""#;
        let error = GraphError::read(401, &Json::Null, Some(header));
        assert_eq!(
            (error.class, error.claims.as_str()),
            (Class::Claims, r#"{"a":{}}"#)
        );
        for header in [
            r#"Bearer realm="""#,
            r#"error="insufficient_claims", claims="<script>""#,
        ] {
            let error = GraphError::read(401, &Json::Null, Some(header));
            assert_eq!((error.class, error.claims.as_str()), (Class::Expired, ""));
        }
    }
}
