//! The token endpoint: `POST /{tenant}/oauth2/v2.0/token`.
//!
//! Order and codes of the checks: learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow.

use ring::digest;
use serde_json::{Value, json};

use super::Entra;
use super::ask::{check_tenant, declares_cp1, registered};
use super::authorize::client_info;
use super::error::EntraError;
use super::idtoken::{self, Facts};
use super::scope::Scopes;
use super::state::{
    CAE_TOKEN_SECONDS, CODE_SECONDS, Code, Ended, EntraState, REFRESH_SECONDS, Refresh,
    TOKEN_SECONDS, Token,
};
use crate::accounts;
use crate::http::{Request, Response, base64url, pairs};
use crate::random;

/// A form with each parameter at most once.
struct Form(Vec<(String, String)>);

impl Form {
    fn read(request: &Request) -> Result<Self, EntraError> {
        let kind = request.header("content-type").unwrap_or_default();
        if !kind
            .trim()
            .to_ascii_lowercase()
            .starts_with("application/x-www-form-urlencoded")
        {
            return Err(EntraError::about(900144, "grant_type"));
        }
        let all = pairs(&String::from_utf8_lossy(&request.body));
        let twice = all
            .iter()
            .find(|(name, _)| all.iter().filter(|(other, _)| other == name).count() > 1);
        match twice {
            Some((name, _)) => Err(EntraError::about(9000411, name)),
            None => Ok(Self(all)),
        }
    }

    fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }

    fn need(&self, name: &str) -> Result<&str, EntraError> {
        match self.get(name) {
            "" => Err(EntraError::about(900144, name)),
            value => Ok(value),
        }
    }
}

impl Entra<'_> {
    /// The token endpoint. Only the site's own origin gets CORS headers.
    pub fn token(&self, tenant: &str, request: &Request) -> Response {
        let origin = request.header("origin");
        let answer = match self.redeem(tenant, request, origin) {
            Ok(body) => Response::json(200, &body),
            Err(error) => Response::json(
                if error.code == 90033 { 503 } else { 400 },
                &error.at_token().json(self.now()),
            ),
        };
        self.with_cors(answer, origin)
            .with("Pragma", "no-cache")
            .with("x-ms-request-id", &random::guid())
    }

    /// `OPTIONS` of the token endpoint.
    pub fn token_preflight(&self, request: &Request) -> Response {
        let origin = request.header("origin");
        let answer = self.with_cors(Response::empty(200), origin);
        if answer.header("access-control-allow-origin").is_none() {
            return answer;
        }
        let asked = request
            .header("access-control-request-headers")
            .unwrap_or_default();
        answer
            .with("Access-Control-Allow-Methods", "POST, OPTIONS")
            .with("Access-Control-Allow-Headers", asked)
            .with("Access-Control-Max-Age", "86400")
    }

    fn with_cors(&self, answer: Response, origin: Option<&str>) -> Response {
        match origin.filter(|origin| *origin == self.site_origin) {
            Some(origin) => answer
                .with("Access-Control-Allow-Origin", origin)
                .with(
                    "Access-Control-Expose-Headers",
                    "Content-Length,Content-Encoding,x-ms-request-id",
                )
                .with("Vary", "Origin"),
            None => answer,
        }
    }

    fn redeem(
        &self,
        tenant: &str,
        request: &Request,
        origin: Option<&str>,
    ) -> Result<Value, EntraError> {
        check_tenant(tenant)?;
        let form = Form::read(request)?;
        let grant_type = form.need("grant_type")?;
        if !matches!(grant_type, "authorization_code" | "refresh_token") {
            return Err(EntraError::about(70003, grant_type));
        }
        let client_id = form.need("client_id")?;
        if !self
            .registration
            .client_ids
            .iter()
            .any(|known| known.eq_ignore_ascii_case(client_id))
        {
            return Err(EntraError::about(700016, client_id));
        }
        if !form.get("client_secret").is_empty() || !form.get("client_assertion").is_empty() {
            return Err(EntraError::new(700025));
        }
        let origin = origin.ok_or_else(|| EntraError::new(9002327))?;
        if origin != self.site_origin {
            return Err(EntraError::about(9002326, origin));
        }
        if let Some(code) = EntraState::ordered(&mut self.state().knobs.token_error) {
            return Err(EntraError::new(code));
        }
        match grant_type {
            "refresh_token" => self.refresh(&form, client_id),
            _ => self.code_grant(&form, client_id),
        }
    }

    fn code_grant(&self, form: &Form, client_id: &str) -> Result<Value, EntraError> {
        let given = form.need("code")?;
        let uri = form.need("redirect_uri")?;
        let uri =
            registered(&self.registration, uri).ok_or_else(|| EntraError::about(50011, uri))?;
        let code = self.state().codes.get(given).cloned();
        let code = code
            .filter(|code| code.client_id == client_id)
            .ok_or_else(|| EntraError::new(70000))?;
        if code.used {
            return Err(EntraError::new(54005));
        }
        if self.now() > code.issued + CODE_SECONDS {
            return Err(EntraError::new(70008));
        }
        if code.redirect_uri != uri {
            return Err(EntraError::about(500112, uri));
        }
        let verifier = form.get("code_verifier");
        if verifier.is_empty() {
            return Err(EntraError::new(9002325));
        }
        if !proves(verifier, &code.challenge) {
            return Err(EntraError::new(501481));
        }
        self.check_scopes(form, &code)?;
        let cp1 = code.cp1 || declares_cp1(form.get("claims"))?;
        // Marked under the lock: of two simultaneous redemptions one wins.
        if let Some(stored) = self.state().codes.get_mut(given) {
            if stored.used {
                return Err(EntraError::new(54005));
            }
            stored.used = true;
        }
        let code = Code { cp1, ..code };
        let expires = self.now() + REFRESH_SECONDS;
        self.issue(&code, expires)
    }

    fn refresh(&self, form: &Form, client_id: &str) -> Result<Value, EntraError> {
        let given = form.need("refresh_token")?;
        let known = self.state().refresh.get(given).cloned();
        let known = known
            .filter(|known| known.code.client_id == client_id)
            .ok_or_else(|| EntraError::new(70000))?;
        if self.now() > known.expires {
            return Err(EntraError::new(700084));
        }
        self.check_scopes(form, &known.code)?;
        // The old one goes on working: Entra rotates without revoking.
        self.issue(&known.code, known.expires)
    }

    /// A token is for one resource, and for scopes that were agreed to.
    fn check_scopes(&self, form: &Form, code: &Code) -> Result<(), EntraError> {
        let scopes = match form.get("scope") {
            "" => code.scopes.clone(),
            text => Scopes::parse(text, self.graph)?,
        };
        let resources = scopes.others.len() + usize::from(!scopes.graph.is_empty());
        if resources > 1 {
            return Err(EntraError::about(28000, form.get("scope")));
        }
        let granted = self.state().granted(&code.oid, &code.client_id);
        if scopes.consentable().is_subset(&granted) {
            Ok(())
        } else {
            Err(EntraError::new(65001))
        }
    }

    fn issue(&self, code: &Code, refresh_expires: u64) -> Result<Value, EntraError> {
        let account = accounts::by_oid(&code.oid).ok_or_else(|| EntraError::new(50057))?;
        let now = self.now();
        let granted = self.state().granted(&code.oid, &code.client_id);
        let life = if code.cp1 {
            CAE_TOKEN_SECONDS
        } else {
            TOKEN_SECONDS
        };
        let access_token = random::token("emulator.");
        let mut state = self.state();
        state.tokens.insert(
            access_token.clone(),
            Token {
                oid: code.oid.clone(),
                client_id: code.client_id.clone(),
                scopes: granted.clone(),
                issued: now,
                expires: now + life,
                cp1: code.cp1,
                requests: 0,
                ended: Ended::No,
            },
        );
        let mut body = json!({
            "token_type": "Bearer",
            "scope": code.scopes.answer(&granted),
            "expires_in": life,
            "ext_expires_in": life,
            "access_token": access_token,
        });
        if code.scopes.oidc.contains("offline_access") {
            let token = random::token("r.");
            body["refresh_token"] = token.as_str().into();
            state.refresh.insert(
                token,
                Refresh {
                    code: code.clone(),
                    expires: refresh_expires,
                },
            );
        }
        if code.scopes.oidc.contains("openid") {
            let facts = Facts {
                base: self.base,
                account,
                client_id: &code.client_id,
                nonce: &code.nonce,
                profile: code.scopes.oidc.contains("profile"),
                now: now.saturating_add_signed(state.knobs.skew),
            };
            if let Some(token) = idtoken::issue(&facts, self.key, state.knobs.defect) {
                body["id_token"] = token.as_str().into();
                state.id_tokens.push(token);
            }
        }
        if code.client_info {
            body["client_info"] = client_info(account).into();
        }
        Ok(body)
    }
}

/// RFC 7636 §4.6, with the length and alphabet of §4.1.
fn proves(verifier: &str, challenge: &str) -> bool {
    let written = verifier
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
    (43..=128).contains(&verifier.len())
        && written
        && base64url(digest::digest(&digest::SHA256, verifier.as_bytes()).as_ref()) == challenge
}
