//! An authorize request, checked as Entra checks it.

use serde_json::Value;

use super::error::EntraError;
use super::scope::Scopes;
use crate::accounts::{TENANT_DOMAIN, TENANT_ID};
use crate::http::{pairs, query_of};

/// The registrations and the address that requests are checked against.
#[derive(Debug, Clone)]
pub struct Registration {
    /// Client ids that exist.
    pub client_ids: Vec<String>,
    /// Exact redirect URIs of the SPA platform.
    pub redirect_uris: Vec<String>,
    /// Origin of Graph, by which its scopes are named.
    pub graph: String,
}

/// OpenID Connect `prompt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// Not sent.
    Absent,
    /// `none`
    None,
    /// `login`
    Login,
    /// `select_account`
    SelectAccount,
    /// `consent`
    Consent,
}

/// A request that may be answered.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Registered client.
    pub client_id: String,
    /// Registered address.
    pub redirect_uri: String,
    /// True: `response_mode=fragment`.
    pub fragment: bool,
    /// `state`, or empty.
    pub state: String,
    /// `nonce`, or empty.
    pub nonce: String,
    /// Scopes.
    pub scopes: Scopes,
    /// PKCE challenge.
    pub challenge: String,
    /// `prompt`
    pub prompt: Prompt,
    /// `login_hint`, or empty.
    pub login_hint: String,
    /// `claims` declared `xms_cc` = `cp1`.
    pub cp1: bool,
    /// `client_info=1`
    pub client_info: bool,
}

/// Why a request may not be answered.
#[derive(Debug, Clone)]
pub enum Refused {
    /// On Entra's own page: the address to go back to is not known to be the client's.
    Page(EntraError),
    /// At the client's address.
    Redirect(Box<Back>, Box<EntraError>),
}

/// Where and how to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Back {
    /// Registered address.
    pub redirect_uri: String,
    /// True: `response_mode=fragment`.
    pub fragment: bool,
    /// `state`, or empty.
    pub state: String,
}

impl Back {
    /// The address with the parameters of an answer, and `state`.
    pub fn url(&self, parameters: &[(&str, &str)]) -> String {
        let mut all = parameters.to_vec();
        if !self.state.is_empty() {
            all.push(("state", &self.state));
        }
        let query = query_of(&all);
        if self.fragment {
            return format!("{}#{query}", self.redirect_uri);
        }
        let join = if self.redirect_uri.contains('?') {
            '&'
        } else {
            '?'
        };
        format!("{}{join}{query}", self.redirect_uri)
    }
}

/// The tenant segment of a path: 90002 for a stranger, 9002332 for `consumers`.
///
/// # Errors
/// See above.
pub fn check_tenant(segment: &str) -> Result<(), EntraError> {
    let known = ["organizations", "common", TENANT_ID, TENANT_DOMAIN];
    if known
        .iter()
        .any(|known| known.eq_ignore_ascii_case(segment))
    {
        return Ok(());
    }
    Err(match segment {
        "consumers" => EntraError::new(9002332),
        other => EntraError::about(90002, other),
    })
}

/// Entra strips what looks like markup from `state`.
fn strip_markup(state: &str) -> String {
    let mut depth = 0_u32;
    state
        .chars()
        .filter(|character| match character {
            '<' => {
                depth += 1;
                false
            }
            '>' if depth > 0 => {
                depth -= 1;
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// The registered form of a redirect URI: Entra adds the slash that a bare origin lacks.
pub fn registered<'a>(registration: &'a Registration, uri: &str) -> Option<&'a str> {
    registration
        .redirect_uris
        .iter()
        .find(|known| {
            *known == uri
                || known
                    .strip_suffix('/')
                    .is_some_and(|bare| bare == uri && bare.matches('/').count() == 2)
        })
        .map(String::as_str)
}

impl Ask {
    /// Checks a query.
    ///
    /// # Errors
    /// [`Refused`], in the order in which Entra finds them: client and address first.
    pub fn parse(query: &str, registration: &Registration) -> Result<Self, Refused> {
        if query.len() > 8_000 {
            return Err(Refused::Page(EntraError::new(90015)));
        }
        let given = pairs(query);
        let get = |name: &str| {
            given
                .iter()
                .find(|(key, _)| key == name)
                .map_or("", |(_, value)| value.as_str())
        };
        if let Some((name, _)) = given
            .iter()
            .find(|(name, _)| given.iter().filter(|(other, _)| other == name).count() > 1)
        {
            return Err(Refused::Page(EntraError::about(9000411, name)));
        }
        let page = |code, about: &str| Refused::Page(EntraError::about(code, about));
        let client_id = get("client_id");
        if client_id.is_empty() {
            return Err(page(900144, "client_id"));
        }
        if !registration
            .client_ids
            .iter()
            .any(|known| known.eq_ignore_ascii_case(client_id))
        {
            return Err(page(700016, client_id));
        }
        let uri = get("redirect_uri");
        if uri.is_empty() {
            return Err(page(900144, "redirect_uri"));
        }
        let Some(redirect_uri) = registered(registration, uri) else {
            return Err(page(50011, uri));
        };
        let back = Back {
            redirect_uri: redirect_uri.to_owned(),
            fragment: get("response_mode") == "fragment",
            state: strip_markup(get("state")),
        };
        Self::rest(&get, client_id, &back, &registration.graph)
            .map_err(|error| Refused::Redirect(Box::new(back), Box::new(error)))
    }

    fn rest<'a>(
        get: &impl Fn(&str) -> &'a str,
        client_id: &str,
        back: &Back,
        graph: &str,
    ) -> Result<Self, EntraError> {
        match get("response_type") {
            "code" => {}
            "" => return Err(EntraError::about(900144, "response_type")),
            other => return Err(EntraError::about(700051, other)),
        }
        if !matches!(get("response_mode"), "" | "query" | "fragment") {
            return Err(EntraError::about(
                90023,
                "Unsupported 'response_mode' value.",
            ));
        }
        let scopes = Scopes::parse(get("scope"), graph)?;
        let challenge = get("code_challenge");
        if challenge.is_empty() || get("code_challenge_method") != "S256" {
            return Err(EntraError::new(9002325));
        }
        let written = challenge
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        if challenge.len() != 43 || !written {
            return Err(EntraError::new(501491));
        }
        let prompt = match get("prompt") {
            "" => Prompt::Absent,
            "none" => Prompt::None,
            "login" => Prompt::Login,
            "select_account" => Prompt::SelectAccount,
            "consent" => Prompt::Consent,
            _ => return Err(EntraError::about(90023, "Unsupported 'prompt' value.")),
        };
        let login_hint = get("login_hint");
        if prompt == Prompt::SelectAccount && !login_hint.is_empty() {
            let words =
                "The parameters 'login_hint' and 'prompt=select_account' cannot be combined.";
            return Err(EntraError::about(90023, words));
        }
        Ok(Self {
            client_id: client_id.to_owned(),
            redirect_uri: back.redirect_uri.clone(),
            fragment: back.fragment,
            state: back.state.clone(),
            nonce: get("nonce").to_owned(),
            scopes,
            challenge: challenge.to_owned(),
            prompt,
            login_hint: login_hint.to_owned(),
            cp1: declares_cp1(get("claims"))?,
            client_info: get("client_info") == "1",
        })
    }

    /// Where and how to answer.
    pub fn back(&self) -> Back {
        Back {
            redirect_uri: self.redirect_uri.clone(),
            fragment: self.fragment,
            state: self.state.clone(),
        }
    }
}

/// True when a `claims` parameter declares the client capability `cp1`.
///
/// # Errors
/// 90023 when it is no JSON object.
pub fn declares_cp1(claims: &str) -> Result<bool, EntraError> {
    if claims.is_empty() {
        return Ok(false);
    }
    match serde_json::from_str::<Value>(claims) {
        Ok(value @ Value::Object(_)) => Ok(value
            .pointer("/access_token/xms_cc/values")
            .and_then(Value::as_array)
            .is_some_and(|values| values.iter().any(|value| value == "cp1"))),
        _ => Err(EntraError::about(
            90023,
            "The 'claims' parameter is not a JSON object.",
        )),
    }
}
