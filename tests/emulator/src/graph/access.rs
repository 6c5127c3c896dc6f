//! Who may read what: the token, its scopes, and the person's role.
//!
//! Delegated access is the intersection of scope and role
//! (learn.microsoft.com/graph/resolve-auth-errors).

use base64::Engine as _;
use serde_json::json;

use super::{GraphAnswer, GraphRequest, scopes};
use crate::accounts::{Account, Role};
use crate::entra::state::{Ended, Token};

/// Graph's own application id.
const GRAPH: &str = "00000003-0000-0000-c000-000000000000";

fn challenge(base: &str, more: &str) -> String {
    format!(
        "Bearer realm=\"\", authorization_uri=\"{base}/common/oauth2/authorize\", client_id=\"{GRAPH}\"{more}"
    )
}

fn unauthorized(base: &str, message: &str, more: &str) -> GraphAnswer {
    GraphAnswer::error(401, "InvalidAuthenticationToken", message)
        .with_header("WWW-Authenticate", &challenge(base, more))
}

/// No token was sent.
pub fn no_token(base: &str) -> GraphAnswer {
    unauthorized(base, "Access token is empty.", "")
}

/// What was sent is no token.
pub fn bad_token(base: &str) -> GraphAnswer {
    unauthorized(
        base,
        "IDX14100: JWT is not well formed, there are no dots (.).",
        "",
    )
}

/// Why this token no longer works; `None` when it does.
pub fn ended(token: &Token, base: &str, now: u64) -> Option<GraphAnswer> {
    match token.ended {
        Ended::Revoked if token.cp1 => Some(revoked(base, now)),
        Ended::No if now < token.expires => None,
        _ => Some(unauthorized(
            base,
            "Lifetime validation failed, the token is expired.",
            "",
        )),
    }
}

/// The claims challenge of continuous access evaluation.
pub fn revoked(base: &str, now: u64) -> GraphAnswer {
    let message = "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp";
    let claims = json!({"access_token": {"nbf": {"essential": true, "value": now.to_string()}}});
    let claims = base64::engine::general_purpose::STANDARD.encode(claims.to_string());
    let more = format!(
        ", errorDescription=\"{message}\", error=\"insufficient_claims\", claims=\"{claims}\""
    );
    unauthorized(base, message, &more)
}

/// POSTs that read.
fn is_reading_action(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    let name = last.rsplit('.').next().unwrap_or_default();
    [
        "getByIds",
        "checkMember",
        "retrieve",
        "getCachedReport",
        "validate",
    ]
    .iter()
    .any(|start| name.starts_with(start))
        || (path.contains("/reports/") && name.starts_with("get"))
}

/// The refusal, when scope or role do not reach.
pub fn refuse(token: &Token, account: &Account, request: &GraphRequest) -> Option<GraphAnswer> {
    let write = request.is_write() && !is_reading_action(&request.path);
    if scopes::for_read(&request.path).is_empty() {
        // Nothing is known of the path: the data half says that it does not exist.
        return None;
    }
    if !scopes::open(&request.path, write, |scope| token.scopes.contains(scope)) {
        return Some(missing_scope(request, write));
    }
    (!role_reaches(account.role, request, write)).then(|| missing_role(account.role, request))
}

fn missing_scope(request: &GraphRequest, write: bool) -> GraphAnswer {
    let accepted = scopes::accepted(&request.path, write).join(", ");
    if is_log(request) {
        let text = format!(
            "The principal does not have required Microsoft Graph permission(s): {accepted} to call this API. For more information about Microsoft Graph permissions, please visit https://aka.ms/graphpermissions."
        );
        return GraphAnswer::error(403, "Authentication_MSGraphPermissionMissing", &text);
    }
    if !request.is_intune() {
        return denied();
    }
    let text = format!(
        "Application is not authorized to perform this operation. Application must have one of the following scopes: {accepted}"
    );
    GraphAnswer::intune_error(403, "Forbidden", &text)
}

fn denied() -> GraphAnswer {
    let words = "Insufficient privileges to complete the operation.";
    GraphAnswer::error(403, "Authorization_RequestDenied", words)
}

/// Entra's logs have errors of their own.
fn is_log(request: &GraphRequest) -> bool {
    request.path.to_ascii_lowercase().starts_with("/auditlogs/")
}

fn missing_role(role: Role, request: &GraphRequest) -> GraphAnswer {
    if is_log(request) {
        let code = "Authentication_RequestFromUnsupportedUserRole";
        return GraphAnswer::error(403, code, "User is not in the allowed roles");
    }
    if !request.is_intune() {
        return denied();
    }
    let text = match role {
        Role::HelpdeskUnlicensed => {
            "User does not have a license for the Intune service, or is not authorized to perform this operation."
        }
        _ => "User is not authorized to perform this operation.",
    };
    GraphAnswer::intune_error(403, "Forbidden", text)
}

/// What the roles reach, by Entra's built-in role definitions.
fn role_reaches(role: Role, request: &GraphRequest, write: bool) -> bool {
    let path = request.path.as_str();
    let below = |prefix: &str| {
        path.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    let own = below("/me") || below("/organization");
    match role {
        Role::Reader => !write,
        Role::IntuneAdministrator => {
            // What is one's own, everybody may see.
            let mine = path.contains("filterByCurrentUser");
            let security = below("/identity/conditionalAccess")
                || (below("/identityGovernance") && !mine)
                || below("/auditLogs/signIns")
                // "List oauth2PermissionGrants": roles of the directory only.
                || path.to_ascii_lowercase().contains("/oauth2permissiongrants");
            request.is_intune() || (!write && !security)
        }
        Role::HelpdeskUnlicensed => {
            let basics = ["/users", "/groups", "/devices", "/directoryObjects"];
            let mine = path.contains("filterByCurrentUser");
            !write
                && !request.is_intune()
                && (own || mine || basics.iter().any(|prefix| below(prefix)))
        }
        Role::Guest => !write && own,
    }
}
