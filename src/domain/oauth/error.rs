//! What Entra said, and the words for every way in which a sign-in fails.

use super::id_token::IdTokenError;
use super::jwks::KeyError;
use super::redirect::RedirectError;
use super::token::TokenError;
use super::transaction::TransactionError;
use crate::json::Json;
use crate::problem::{DETAIL_LIMIT, Problem, cut};

/// An OAuth error as Entra writes it, from the redirect or from the token endpoint. All of it is foreign text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntraError {
    /// RFC 6749 `error`: what decisions are made on.
    pub error: String,
    /// Entra's `suberror`; may be empty.
    pub suberror: String,
    /// AADSTS numbers. Hints for the words only: Microsoft may change them.
    pub codes: Vec<u32>,
    /// A claims challenge to send with the next sign-in; may be empty.
    pub claims: String,
    /// Shown as text, cut to 2 kB. Holds the correlation id, trace id and time.
    pub description: String,
}

impl EntraError {
    /// From the parameters of a redirect.
    pub fn from_redirect(error: &str, description: &str, suberror: &str, claims: &str) -> Self {
        Self {
            error: cut(error, 100).to_owned(),
            suberror: cut(suberror, 100).to_owned(),
            codes: codes_in(description),
            claims: cut(claims, super::challenge::LIMIT).to_owned(),
            description: cut(description, DETAIL_LIMIT).to_owned(),
        }
    }

    /// From a token endpoint's body. `None` when it has no `error`.
    pub fn from_body(json: &Json<'_>) -> Option<Self> {
        let text = |name: &str| json.str_at(name).unwrap_or_default();
        let mut error = Self::from_redirect(
            json.str_at("error")?,
            text("error_description"),
            text("suberror"),
            text("claims"),
        );
        if let Some(codes) = json.get("error_codes").and_then(Json::array) {
            error.codes = codes
                .iter()
                .filter_map(|code| u32::try_from(code.int()?).ok())
                .collect();
        }
        // The description usually ends with these; where it does not, they are needed for a support case.
        for name in ["correlation_id", "trace_id", "timestamp"] {
            let value = text(name);
            if !value.is_empty() && !error.description.contains(value) {
                let line = format!(" {name}: {}", cut(value, 100));
                error.description.push_str(&line);
            }
        }
        Some(error)
    }

    /// What can be done about it. Decided on `error`, `suberror` and `claims`, never on a number.
    pub fn kind(&self) -> Kind {
        const INTERACTIVE: [&str; 6] = [
            "interaction_required",
            "login_required",
            "consent_required",
            "account_selection_required",
            "bad_token",
            "ui_not_allowed",
        ];
        if !self.claims.is_empty() {
            return Kind::Claims;
        }
        match self.error.as_str() {
            "access_denied" => Kind::Declined,
            "temporarily_unavailable" | "server_error" => Kind::Unavailable,
            "invalid_grant" => Kind::Interactive,
            error if INTERACTIVE.contains(&error) => Kind::Interactive,
            _ => Kind::Other,
        }
    }
}

/// The classes of refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Sign in again, with the claims that were asked for.
    Claims,
    /// Sign in again; a person has to see it.
    Interactive,
    /// The person, or a policy, said no.
    Declined,
    /// Try again later.
    Unavailable,
    /// An administrator has to change something.
    Other,
}

/// The numbers of `AADSTS…` in a text, at most eight.
fn codes_in(text: &str) -> Vec<u32> {
    text.split("AADSTS")
        .skip(1)
        .filter_map(|rest| {
            let end = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            rest[..end].parse().ok()
        })
        .take(8)
        .collect()
}

/// Everything that can end a sign-in without a session.
#[derive(Debug)]
pub enum SignInError {
    /// The redirect response.
    Redirect(RedirectError),
    /// The token endpoint's answer.
    Token(TokenError),
    /// The ID token.
    IdToken(IdTokenError),
    /// The signing keys.
    Keys(KeyError),
    /// The browser could not reach the login service, or was not allowed to read its answer.
    Unreachable(Service),
    /// The answer was too large, cut, or too slow.
    Unreadable(Service),
    /// Signed in as another person or in another tenant than before (case 64).
    OtherPerson,
    /// A new sign-in did not satisfy what Graph asks for (case 67).
    ChallengeRepeated,
    /// Somebody signed out, or signed in anew, before this sign-in was finished.
    Superseded,
    /// What was read is another tenant's than the ID token's (case 75).
    OtherTenantData,
    /// No client id is configured.
    NoClient,
    /// The configuration changed while the person was away (case 49).
    OtherCloud,
    /// No WebCrypto: not a secure context (case 77).
    NoCrypto,
}

/// Who did not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// The token endpoint.
    Token,
    /// The signing keys.
    Keys,
}

const AGAIN: &str = "Start again with the sign-in button.";

impl From<SignInError> for Problem {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Redirect(error) => redirect(error),
            SignInError::Token(error) => token(error),
            SignInError::IdToken(error) => id_token(error),
            SignInError::Keys(error) => keys(error),
            SignInError::Unreachable(Service::Token) => Self::new(
                "auth.token_unreachable",
                "The login service could not be reached, or did not let this page read its answer.",
                "Check the network. If it is up, the redirect URI is probably not registered as a \
                 single-page application (AADSTS9002326): move it to that platform in the app registration.",
            ),
            SignInError::Unreachable(Service::Keys) => Self::new(
                "auth.keys_unreachable",
                "The login service's signing keys could not be fetched, so the sign-in could not be verified.",
                "Check that the network lets this page reach the login service, then sign in again.",
            ),
            SignInError::Unreadable(_) => Self::new(
                "auth.unreadable_answer",
                "The login service's answer was too large, cut off or too slow.",
                "Sign in again. If it happens again, a proxy on the way changes the answers.",
            ),
            SignInError::OtherPerson => Self::new(
                "auth.other_person",
                "A different person or tenant signed in than before. Everything that was read has been dropped.",
                AGAIN,
            ),
            SignInError::ChallengeRepeated => Self::new(
                "auth.challenge_repeated",
                "A policy of the tenant asks for something that signing in again did not give.",
                "Ask your administrator which Conditional Access policy applies to this app.",
            ),
            SignInError::Superseded => Self::new(
                "auth.superseded",
                "Somebody signed out or signed in again before this sign-in was finished.",
                AGAIN,
            ),
            SignInError::OtherTenantData => Self::new(
                "auth.other_tenant_data",
                "Microsoft Graph answered for another tenant than the one that was signed in to. The session was closed and everything that was read was dropped.",
                "Sign in again. If it happens again, a proxy on the way changes the answers.",
            ),
            SignInError::NoClient => Self::new(
                "auth.no_client",
                "This site is not set up for signing in.",
                "Set \"clientId\" in config.json, or open the demo or your own files.",
            ),
            SignInError::OtherCloud => Self::new(
                "auth.other_cloud",
                "The answer belongs to a sign-in with other settings than the site's present ones.",
                AGAIN,
            ),
            SignInError::NoCrypto => Self::new(
                "auth.no_crypto",
                "This browser offers no WebCrypto here, without which no sign-in is safe.",
                "Open the site by https, or on localhost.",
            ),
        }
    }
}

fn redirect(error: RedirectError) -> Problem {
    let (code, what) = match error {
        RedirectError::Entra { error, .. } => return entra(&error),
        RedirectError::Unreadable => (
            "auth.response_unreadable",
            "The sign-in response could not be read.",
        ),
        RedirectError::Duplicate(name) => {
            return Problem::new(
                "auth.response_duplicate",
                "The sign-in response says something twice and was ignored.",
                AGAIN,
            )
            .with_detail(name);
        }
        RedirectError::NoState | RedirectError::NotAsked => (
            "auth.response_not_asked",
            "A sign-in response arrived that this tab did not ask for. It was ignored.",
        ),
        RedirectError::StateMismatch => (
            "auth.state_mismatch",
            "The sign-in response belongs to another sign-in. It was ignored.",
        ),
        RedirectError::Record(TransactionError::Stale) => (
            "auth.response_stale",
            "The sign-in took longer than ten minutes, so its response is not used any more.",
        ),
        RedirectError::Record(TransactionError::Unreadable) => (
            "auth.record_unreadable",
            "This tab's record of the sign-in could not be read.",
        ),
        RedirectError::CodeAndError => (
            "auth.response_contradicts",
            "The sign-in response says both yes and no and was ignored.",
        ),
        RedirectError::AdminConsent => (
            "auth.admin_answered",
            "Microsoft says that an administrator answered the request for permissions. That opens no session: the sign-in shows what was given.",
        ),
        RedirectError::Neither => (
            "auth.response_empty",
            "The sign-in response holds neither a yes nor a no. Nothing was changed.",
        ),
    };
    Problem::new(code, what, AGAIN)
}

fn token(error: TokenError) -> Problem {
    match error {
        TokenError::Entra(error) => entra(&error),
        TokenError::Unavailable(status) => Problem::new(
            "auth.unavailable",
            "The login service is overloaded or out of order.",
            "Wait a minute, then sign in again.",
        )
        .with_detail(&format!("status {status}")),
        TokenError::NotJson => Problem::new(
            "auth.answer_not_json",
            "The login service's answer is not what it should be.",
            "Sign in again. If it happens again, a proxy on the way changes the answers.",
        ),
        TokenError::Status(status) => Problem::new(
            "auth.answer_status",
            "The login service refused without saying why.",
            AGAIN,
        )
        .with_detail(&format!("status {status}")),
        wrong => Problem::new(
            "auth.answer_incomplete",
            "The login service's answer lacks something that a sign-in needs.",
            AGAIN,
        )
        .with_detail(match wrong {
            TokenError::TokenType => "token_type",
            TokenError::NoIdToken => "id_token",
            TokenError::NoAccessToken => "access_token",
            _ => "expires_in",
        }),
    }
}

fn id_token(error: IdTokenError) -> Problem {
    let clock = |minutes: u32, way: &str| {
        Problem::new(
            "auth.clock",
            format!("This computer's clock is about {minutes} minutes {way} the login service's."),
            "Set the clock of this computer, then sign in again.",
        )
    };
    let name = match error {
        IdTokenError::Expired(minutes) => return clock(minutes, "ahead of"),
        IdTokenError::NotYet(minutes) => return clock(minutes, "behind"),
        IdTokenError::PersonalAccount => {
            return Problem::new(
                "auth.personal_account",
                "That is a personal Microsoft account.",
                "Sign in with a work or school account.",
            );
        }
        IdTokenError::OtherTenant => {
            return Problem::new(
                "auth.other_tenant",
                "That account belongs to another tenant than the one this site is set up for.",
                "Choose an account of the tenant in config.json.",
            );
        }
        IdTokenError::Malformed => "format",
        IdTokenError::Header => "header",
        IdTokenError::Version => "ver",
        IdTokenError::Tenant => "tid",
        IdTokenError::Issuer => "iss",
        IdTokenError::Audience => "aud",
        IdTokenError::Nonce => "nonce",
        IdTokenError::Subject => "oid, sub",
        IdTokenError::Times => "exp, iat",
        IdTokenError::Signature => "signature",
        IdTokenError::AccessToken => "at_hash",
    };
    Problem::new(
        "auth.id_token",
        "The proof of who signed in does not hold. No session was opened and nothing was read.",
        "Sign in again. If it happens again, tell your administrator what stands below.",
    )
    .with_detail(name)
}

fn keys(error: KeyError) -> Problem {
    Problem::new(
        "auth.keys",
        "The login service's signing keys do not fit the sign-in. No session was opened.",
        "Sign in again. If it happens again, tell your administrator what stands below.",
    )
    .with_detail(match error {
        KeyError::Unreadable => "key set unreadable",
        KeyError::UnknownKid => "unknown kid",
        KeyError::Ambiguous => "ambiguous kid",
        KeyError::Unfit => "key unfit",
        KeyError::OtherIssuer => "key of another issuer",
    })
}

/// Words for what Entra said: by its number where one is known, else by its kind.
fn entra(error: &EntraError) -> Problem {
    let (code, what, remedy) = error
        .codes
        .iter()
        .find_map(|number| super::aadsts::words(*number))
        .unwrap_or_else(|| by_kind(error.kind()));
    Problem::new(code, what, remedy).with_detail(&format!("{}: {}", error.error, error.description))
}

const fn by_kind(kind: Kind) -> super::aadsts::Words {
    match kind {
        Kind::Claims => (
            "auth.claims",
            "A policy of the tenant asks for more before it lets you in.",
            "Sign in again; Microsoft will ask for what is missing.",
        ),
        Kind::Interactive => (
            "auth.interaction",
            "Microsoft wants to see you before it goes on.",
            AGAIN,
        ),
        Kind::Declined => (
            "auth.declined",
            "The sign-in was declined. Nothing was changed.",
            AGAIN,
        ),
        Kind::Unavailable => (
            "auth.unavailable",
            "The login service is overloaded or out of order.",
            "Wait a minute, then sign in again.",
        ),
        Kind::Other => (
            "auth.refused",
            "Microsoft refused the sign-in.",
            "Give what stands below to your administrator.",
        ),
    }
}
