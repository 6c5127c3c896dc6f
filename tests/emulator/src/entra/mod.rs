//! The stand-in for Microsoft Entra ID.

pub mod ask;
mod authorize;
mod error;
pub mod idtoken;
pub mod key;
mod pages;
mod scope;
pub mod state;
mod token;

#[cfg(test)]
mod tests;

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::json;

use crate::accounts::{self, Account, TENANT_ID};
use crate::http::{Request, Response, decode, pairs};
use ask::{Back, Registration, check_tenant};
use error::EntraError;
use key::SigningKey;
use scope::Scopes;
use state::EntraState;

/// The cookie that holds a browser's session.
pub const COOKIE: &str = "EMULATOR_SESSION";

/// Entra, for the length of one request.
#[derive(Debug)]
pub struct Entra<'a> {
    /// What it remembers.
    pub memory: &'a Mutex<EntraState>,
    /// What is registered.
    pub registration: Registration,
    /// What it calls itself: the origin of its addresses and issuers.
    pub base: &'a str,
    /// Origin of the Graph whose scopes it knows.
    pub graph: &'a str,
    /// Origin of the site.
    pub site_origin: &'a str,
    /// The key that signs ID tokens.
    pub key: &'a SigningKey,
    /// Seconds since 1970.
    pub now: u64,
    /// Consent is asked for rather than given beforehand.
    pub ask_consent: bool,
    /// Who signs in without a page.
    pub auto_sign_in: Option<&'static Account>,
}

impl Entra<'_> {
    pub(crate) fn state(&self) -> MutexGuard<'_, EntraState> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> u64 {
        self.now
    }

    /// The answer, when the path is one of Entra's.
    pub fn answer(&self, request: &Request) -> Option<Response> {
        let (tenant, rest) = request.path.strip_prefix('/')?.split_once('/')?;
        let tenant = &decode(tenant, false);
        let method = request.method.as_str();
        Some(match (method, rest) {
            ("GET" | "POST", "oauth2/v2.0/authorize") => self.authorize(tenant, request),
            ("POST", "login") => self.login(tenant, request),
            ("POST", "Consent/Set") => self.consent(tenant, request),
            ("POST", "oauth2/v2.0/token") => self.token(tenant, request),
            ("OPTIONS", "oauth2/v2.0/token") => self.token_preflight(request),
            ("GET", "oauth2/v2.0/logout") => self.logout(tenant, request),
            ("GET", "discovery/v2.0/keys") => self.keys(tenant),
            ("GET", "v2.0/.well-known/openid-configuration") => self.metadata(tenant),
            ("OPTIONS", "discovery/v2.0/keys" | "v2.0/.well-known/openid-configuration") => {
                open_preflight()
            }
            ("GET" | "POST", "v2.0/adminconsent") => self.admin_consent(tenant, request),
            _ => return None,
        })
    }

    /// `{tenantid}` for `organizations` and `common`, as Entra's metadata has it.
    fn issuer(&self, tenant: &str) -> String {
        let id = if matches!(tenant, "organizations" | "common") {
            "{tenantid}"
        } else {
            TENANT_ID
        };
        format!("{}/{id}/v2.0", self.base)
    }

    fn keys(&self, tenant: &str) -> Response {
        match check_tenant(tenant) {
            Ok(()) => open(Response::json(200, &self.key.jwks(&self.issuer(tenant)))),
            Err(error) => open(Response::json(400, &error.json(self.now))),
        }
    }

    fn metadata(&self, tenant: &str) -> Response {
        if let Err(error) = check_tenant(tenant) {
            return open(Response::json(400, &error.json(self.now)));
        }
        let root = format!("{}/{tenant}", self.base);
        open(Response::json(
            200,
            &json!({
                "token_endpoint": format!("{root}/oauth2/v2.0/token"),
                "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
                "jwks_uri": format!("{root}/discovery/v2.0/keys"),
                "response_modes_supported": ["query", "fragment", "form_post"],
                "subject_types_supported": ["pairwise"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
                "scopes_supported": ["openid", "profile", "email", "offline_access"],
                "issuer": self.issuer(tenant),
                "authorization_endpoint": format!("{root}/oauth2/v2.0/authorize"),
                "end_session_endpoint": format!("{root}/oauth2/v2.0/logout"),
                "claims_supported": ["sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username", "name", "tid", "ver"],
                "tenant_region_scope": "EU",
            }),
        ))
    }

    fn logout(&self, tenant: &str, request: &Request) -> Response {
        if let Err(error) = check_tenant(tenant) {
            return pages::error(&error, self.now, None);
        }
        if let Some(cookie) = request.cookie(COOKIE) {
            self.state().sessions.remove(cookie);
        }
        let query = pairs(&request.query);
        let uri = query
            .iter()
            .find(|(name, _)| name == "post_logout_redirect_uri");
        let answer = match uri.and_then(|(_, uri)| ask::registered(&self.registration, uri)) {
            Some(uri) => {
                let state = query.iter().find(|(name, _)| name == "state");
                let fragment = false;
                let state = state.map(|(_, state)| state.clone()).unwrap_or_default();
                let back = Back {
                    redirect_uri: uri.to_owned(),
                    fragment,
                    state,
                };
                let plain = back.state.is_empty();
                Response::redirect(&if plain {
                    back.redirect_uri
                } else {
                    back.url(&[])
                })
            }
            None => pages::signed_out(),
        };
        answer.with(
            "Set-Cookie",
            &format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"),
        )
    }

    /// `adminconsent`: learn.microsoft.com/entra/identity-platform/v2-admin-consent.
    fn admin_consent(&self, tenant: &str, request: &Request) -> Response {
        let query = pairs(&request.query);
        let get = |name: &str| {
            query
                .iter()
                .find(|(key, _)| key == name)
                .map_or("", |(_, value)| value.as_str())
        };
        let client_id = get("client_id");
        let checked = check_tenant(tenant).and_then(|()| {
            if !self
                .registration
                .client_ids
                .iter()
                .any(|known| known == client_id)
            {
                return Err(EntraError::about(700016, client_id));
            }
            let uri = ask::registered(&self.registration, get("redirect_uri"))
                .ok_or_else(|| EntraError::about(50011, get("redirect_uri")))?;
            Ok((uri, Scopes::parse(get("scope"), self.graph)?))
        });
        let (uri, scopes) = match checked {
            Ok(checked) => checked,
            Err(error) => return pages::error(&error, self.now, None),
        };
        if request.method == "GET" {
            return pages::admin_consent(tenant, &request.query, &scopes);
        }
        let form = pairs(&String::from_utf8_lossy(&request.body));
        let who = form
            .iter()
            .find(|(name, _)| name == "account")
            .and_then(|(_, oid)| accounts::by_oid(oid));
        let back = Back {
            redirect_uri: uri.to_owned(),
            fragment: false,
            state: get("state").to_owned(),
        };
        let refused = match who {
            Some(account) if authorize::may_consent_for_all(account) => None,
            Some(_) => Some(EntraError::new(90094)),
            None => Some(EntraError::new(65004)),
        };
        let parameters = match refused {
            Some(error) => error.parameters(self.now),
            None => {
                let grants = &mut self.state().tenant_grants;
                grants
                    .entry(client_id.to_owned())
                    .or_default()
                    .extend(scopes.consentable());
                let scope = scopes.answer(&scopes.graph);
                vec![
                    ("admin_consent", "True".to_owned()),
                    ("tenant", TENANT_ID.to_owned()),
                    ("scope", scope),
                ]
            }
        };
        let parameters: Vec<_> = parameters
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        Response::redirect(&back.url(&parameters))
    }
}

fn open(answer: Response) -> Response {
    answer
        .with("Access-Control-Allow-Origin", "*")
        .with("Access-Control-Allow-Methods", "GET, OPTIONS")
}

fn open_preflight() -> Response {
    open(Response::empty(200)).with("Access-Control-Allow-Headers", "*")
}
