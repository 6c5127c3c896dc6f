//! Entra's errors: AADSTS code, OAuth error, words.
//!
//! Codes: learn.microsoft.com/entra/identity-platform/reference-error-codes.

use serde_json::{Value, json};

use crate::clock;
use crate::random;

/// One refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntraError {
    /// AADSTS number.
    pub code: u32,
    /// OAuth `error`.
    pub error: &'static str,
    /// Entra's `suberror`, or empty.
    pub suberror: &'static str,
    /// Words after `AADSTSnnn: `.
    pub message: String,
    /// Claims challenge as JSON text, or empty.
    pub claims: String,
}

/// Code, `error`, `suberror`, words. `{}` is filled by [`EntraError::about`].
const TABLE: &[(u32, &str, &str, &str)] = &[
    (
        16000,
        "interaction_required",
        "",
        "Either multiple user identities are available for the current request or selected account is not supported for the scenario.",
    ),
    (
        28000,
        "invalid_scope",
        "",
        "Provided value for the input parameter scope is not valid because it contains more than one resource. Scope {} is not valid.",
    ),
    (
        50011,
        "invalid_request",
        "",
        "The redirect URI '{}' specified in the request does not match the redirect URIs configured for the application.",
    ),
    (
        50020,
        "invalid_request",
        "",
        "User account '{}' does not exist in tenant and cannot access the application in that tenant.",
    ),
    (
        50053,
        "access_denied",
        "",
        "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.",
    ),
    (50057, "access_denied", "", "The user account is disabled."),
    (
        50058,
        "login_required",
        "",
        "A silent sign-in request was sent but no user is signed in.",
    ),
    (
        50076,
        "interaction_required",
        "basic_action",
        "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '00000003-0000-0000-c000-000000000000'.",
    ),
    (
        50105,
        "access_denied",
        "",
        "Your administrator has configured the application to block users unless they are specifically granted ('assigned') access to the application. The signed in user is blocked because they are not a direct member of a group with access.",
    ),
    (
        50147,
        "invalid_request",
        "",
        "The size of the code challenge parameter is not valid.",
    ),
    (
        50158,
        "interaction_required",
        "",
        "External security challenge not satisfied. User will be redirected to another page or authentication provider to satisfy additional authentication challenges.",
    ),
    (
        50196,
        "invalid_request",
        "",
        "The server terminated an operation because it encountered a client request loop.",
    ),
    (
        53000,
        "interaction_required",
        "message_only",
        "Device is not in required device state: compliant. Conditional Access policy requires a compliant device, and the device is not compliant.",
    ),
    (
        53003,
        "access_denied",
        "message_only",
        "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
    ),
    (
        530032,
        "access_denied",
        "message_only",
        "Access has been blocked by security policy.",
    ),
    (
        54005,
        "invalid_grant",
        "",
        "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
    ),
    (
        65001,
        "consent_required",
        "consent_required",
        "The user or administrator has not consented to use the application. Send an interactive authorization request for this user and resource.",
    ),
    (
        65004,
        "access_denied",
        "",
        "User declined to consent to access the app.",
    ),
    (
        70000,
        "invalid_grant",
        "",
        "The provided value for the 'code' parameter is not valid.",
    ),
    (
        70003,
        "unsupported_grant_type",
        "",
        "The app requested an unsupported grant type '{}'.",
    ),
    (
        70008,
        "invalid_grant",
        "",
        "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.",
    ),
    (
        70011,
        "invalid_scope",
        "",
        "The provided value for the input parameter 'scope' is not valid. The scope '{}' is not valid.",
    ),
    (
        90002,
        "invalid_request",
        "",
        "Tenant '{}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.",
    ),
    (
        90015,
        "invalid_request",
        "",
        "Requested query string is too long.",
    ),
    (90023, "invalid_request", "", "{}"),
    (
        90033,
        "temporarily_unavailable",
        "",
        "A transient error has occurred. Please try again.",
    ),
    (
        90094,
        "access_denied",
        "",
        "Admin consent is required for the permissions requested by this application.",
    ),
    (
        90095,
        "access_denied",
        "",
        "Admin consent is required for the permissions requested by this application. An administrator approval request was sent.",
    ),
    (
        500011,
        "invalid_resource",
        "",
        "The resource principal named {} was not found in the tenant.",
    ),
    (
        500112,
        "invalid_client",
        "",
        "The reply address '{}' does not match the reply address provided when requesting Authorization code.",
    ),
    (
        500113,
        "invalid_request",
        "",
        "No reply address is registered for the application.",
    ),
    (
        500212,
        "access_denied",
        "",
        "The user's administrator has set an outbound access policy that does not allow access to the resource tenant.",
    ),
    (
        501481,
        "invalid_grant",
        "",
        "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
    ),
    (
        501491,
        "invalid_request",
        "",
        "Invalid size of Code_Challenge parameter.",
    ),
    (
        650053,
        "invalid_client",
        "",
        "The application asked for scope '{}' that doesn't exist on the resource '00000003-0000-0000-c000-000000000000'. Contact the app vendor.",
    ),
    (
        700016,
        "unauthorized_client",
        "",
        "Application with identifier '{}' was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.",
    ),
    (
        700025,
        "invalid_client",
        "",
        "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
    ),
    (
        700051,
        "unsupported_response_type",
        "",
        "response_type '{}' is not enabled for the application.",
    ),
    (
        700084,
        "invalid_grant",
        "",
        "The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page.",
    ),
    (
        900144,
        "invalid_request",
        "",
        "The request body must contain the following parameter: '{}'.",
    ),
    (
        9000411,
        "invalid_request",
        "",
        "The request is not properly formatted. The parameter '{}' is duplicated.",
    ),
    (
        9002325,
        "invalid_request",
        "",
        "Proof Key for Code Exchange is required for cross-origin authorization code redemption.",
    ),
    (
        9002326,
        "invalid_request",
        "",
        "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '{}'.",
    ),
    (
        9002327,
        "invalid_request",
        "",
        "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
    ),
    (
        9002332,
        "invalid_request",
        "",
        "Application is configured for use by Azure Active Directory users only. Please do not use the /consumers endpoint to serve this request.",
    ),
];

impl EntraError {
    /// The error with this code; an unknown code is `access_denied`.
    pub fn new(code: u32) -> Self {
        Self::about(code, "")
    }

    /// The error with this code, about a value.
    pub fn about(code: u32, value: &str) -> Self {
        let (_, error, suberror, words) = TABLE
            .iter()
            .find(|(known, ..)| *known == code)
            .copied()
            .unwrap_or((code, "access_denied", "", "The request was refused."));
        Self {
            code,
            error,
            suberror,
            message: words.replace("{}", value),
            claims: String::new(),
        }
    }

    /// The same at the token endpoint, where what needs a person is `invalid_grant`, but for MFA.
    #[must_use]
    pub fn at_token(mut self) -> Self {
        if matches!(
            self.error,
            "consent_required" | "login_required" | "access_denied"
        ) {
            self.error = "invalid_grant";
        }
        self
    }

    /// `error_description` with a fresh trace id.
    pub fn description(&self, now: u64) -> String {
        self.traced(&random::guid(), &random::guid(), now)
    }

    fn traced(&self, trace: &str, correlation: &str, now: u64) -> String {
        format!(
            "AADSTS{}: {} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {}",
            self.code,
            self.message,
            clock::entra_date(now)
        )
    }

    /// The token endpoint's JSON body.
    pub fn json(&self, now: u64) -> Value {
        let (trace, correlation) = (random::guid(), random::guid());
        let mut body = json!({
            "error": self.error,
            "error_description": self.traced(&trace, &correlation, now),
            "error_codes": [self.code],
            "timestamp": clock::entra_date(now),
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": format!("https://login.microsoftonline.com/error?code={}", self.code),
        });
        if !self.suberror.is_empty() {
            body["suberror"] = self.suberror.into();
        }
        if !self.claims.is_empty() {
            body["claims"] = self.claims.as_str().into();
        }
        body
    }

    /// The parameters of a redirect response.
    pub fn parameters(&self, now: u64) -> Vec<(&'static str, String)> {
        let mut out = vec![
            ("error", self.error.to_owned()),
            ("error_description", self.description(now)),
        ];
        if !self.suberror.is_empty() {
            out.push(("error_subcode", self.suberror.to_owned()));
            out.push(("suberror", self.suberror.to_owned()));
        }
        if !self.claims.is_empty() {
            out.push(("claims", self.claims.clone()));
        }
        out
    }
}
