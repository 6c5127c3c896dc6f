//! The authorize endpoint and the pages behind it.
//!
//! `GET|POST /{tenant}/oauth2/v2.0/authorize?…` answers a code, an error, or a page.
//! The pages post to `/{tenant}/login?…` (an account) and `/{tenant}/Consent/Set?…` (a decision),
//! with the authorize request's own query, so that nothing is remembered in between but the session.

use std::collections::BTreeSet;

use super::ask::{Ask, Prompt, Refused, check_tenant};
use super::error::EntraError;
use super::state::{Code, EntraState};
use super::{COOKIE, Entra, pages};
use crate::accounts::{self, Account, Role};
use crate::http::{Request, Response, base64url, from_base64url, pairs};
use crate::random;

/// The account that a `login_hint` names: UPN, object id, or the opaque claim.
pub fn hinted(hint: &str) -> Option<&'static Account> {
    let opaque = hint
        .strip_prefix("O.")
        .and_then(from_base64url)
        .and_then(|bytes| String::from_utf8(bytes).ok());
    accounts::by_hint(opaque.as_deref().unwrap_or(hint))
}

/// True when the person may consent for the organization.
pub fn may_consent_for_all(account: &Account) -> bool {
    account.role == Role::IntuneAdministrator
}

impl Entra<'_> {
    /// The authorize endpoint.
    pub fn authorize(&self, tenant: &str, request: &Request) -> Response {
        let query = self.parameters(request);
        let ask = match self.ask(tenant, &query) {
            Ok(ask) => ask,
            Err(answer) => return answer,
        };
        if let Some(code) = EntraState::ordered(&mut self.state().knobs.authorize_error) {
            return self.back(&ask, &EntraError::new(code));
        }
        let people = self.state().signed_in(request.cookie(COOKIE));
        let hint = hinted(&ask.login_hint);
        let session = match (hint, people.as_slice()) {
            (Some(account), people) => people
                .iter()
                .any(|oid| oid == account.oid)
                .then_some(account),
            (None, [oid]) => accounts::by_oid(oid),
            (None, _) => None,
        };
        if ask.prompt == Prompt::None {
            return match session {
                Some(account) => self.silent(&ask, account),
                None if people.len() > 1 && ask.login_hint.is_empty() => {
                    self.back(&ask, &EntraError::new(16000))
                }
                None => self.back(&ask, &EntraError::new(50058)),
            };
        }
        let automatic = self.auto_sign_in.filter(|_| ask.prompt != Prompt::Login);
        let single = session.filter(|_| matches!(ask.prompt, Prompt::Absent | Prompt::Consent));
        match automatic.or(single) {
            Some(account) => self.signed_in(tenant, &query, &ask, account, request.cookie(COOKIE)),
            None => pages::accounts(tenant, &query, hint, &people),
        }
    }

    /// An account was chosen on the page.
    pub fn login(&self, tenant: &str, request: &Request) -> Response {
        let ask = match self.ask(tenant, &request.query) {
            Ok(ask) => ask,
            Err(answer) => return answer,
        };
        let form = pairs(&String::from_utf8_lossy(&request.body));
        let chosen = form.iter().find(|(name, _)| name == "account");
        match chosen.and_then(|(_, oid)| accounts::by_oid(oid)) {
            Some(account) => self.signed_in(
                tenant,
                &request.query,
                &ask,
                account,
                request.cookie(COOKIE),
            ),
            None if form.iter().any(|(name, _)| name == "cancel") => {
                self.back(&ask, &EntraError::new(65004))
            }
            None => pages::accounts(tenant, &request.query, hinted(&ask.login_hint), &[]),
        }
    }

    /// A decision was made on the consent page.
    pub fn consent(&self, tenant: &str, request: &Request) -> Response {
        let ask = match self.ask(tenant, &request.query) {
            Ok(ask) => ask,
            Err(answer) => return answer,
        };
        let form = pairs(&String::from_utf8_lossy(&request.body));
        let accepted = form
            .iter()
            .any(|(name, value)| name == "decision" && value == "accept");
        let oid = form
            .iter()
            .find(|(name, _)| name == "account")
            .map_or("", |(_, oid)| oid);
        let people = self.state().signed_in(request.cookie(COOKIE));
        let account =
            accounts::by_oid(oid).filter(|account| people.iter().any(|oid| oid == account.oid));
        let Some(account) = account else {
            return self.back(&ask, &EntraError::new(50058));
        };
        if !accepted || self.needs_administrator(&ask, account) {
            return self.back(&ask, &EntraError::new(65004));
        }
        self.state()
            .grant(account.oid, &ask.client_id, &ask.scopes.consentable());
        self.code(&ask, account)
    }

    /// The request's parameters: the query, or the form of a POST.
    fn parameters(&self, request: &Request) -> String {
        if request.method == "POST" {
            return String::from_utf8_lossy(&request.body).into_owned();
        }
        request.query.clone()
    }

    fn ask(&self, tenant: &str, query: &str) -> Result<Ask, Response> {
        check_tenant(tenant).map_err(|error| pages::error(&error, self.now(), None))?;
        Ask::parse(query, &self.registration).map_err(|refused| match refused {
            Refused::Page(error) => pages::error(&error, self.now(), None),
            Refused::Redirect(back, error) => self.redirect(&back, &error),
        })
    }

    fn redirect(&self, back: &super::ask::Back, error: &EntraError) -> Response {
        let parameters = error.parameters(self.now());
        let parameters: Vec<_> = parameters
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        Response::redirect(&back.url(&parameters))
    }

    fn back(&self, ask: &Ask, error: &EntraError) -> Response {
        self.redirect(&ask.back(), error)
    }

    fn missing(&self, ask: &Ask, account: &Account) -> BTreeSet<String> {
        let granted = self.state().granted(account.oid, &ask.client_id);
        ask.scopes
            .consentable()
            .difference(&granted)
            .cloned()
            .collect()
    }

    fn needs_administrator(&self, ask: &Ask, account: &Account) -> bool {
        let admin =
            |name: &String| super::scope::graph_scope(name).is_some_and(|scope| scope.admin);
        !may_consent_for_all(account) && self.missing(ask, account).iter().any(admin)
    }

    /// `prompt=none` with a session: a code, or an error that says what a person would have to do.
    fn silent(&self, ask: &Ask, account: &Account) -> Response {
        if account.refused_with != 0 {
            return self.back(ask, &EntraError::new(account.refused_with));
        }
        if self.ask_consent && !self.missing(ask, account).is_empty() {
            return self.back(ask, &EntraError::new(65001));
        }
        self.code(ask, account)
    }

    fn signed_in(
        &self,
        tenant: &str,
        query: &str,
        ask: &Ask,
        account: &Account,
        cookie: Option<&str>,
    ) -> Response {
        if account.refused_with != 0 {
            let error = EntraError::new(account.refused_with);
            let back = self.back(ask, &error);
            return pages::error(&error, self.now(), back.header("location"));
        }
        let cookie = self.state().sign_in(cookie, account.oid);
        let ask_now = ask.prompt == Prompt::Consent
            || (self.ask_consent && !self.missing(ask, account).is_empty());
        let answer = if !ask_now {
            self.code(ask, account)
        } else if self.needs_administrator(ask, account) {
            pages::needs_administrator(tenant, query, account)
        } else {
            pages::consent(tenant, query, account, &ask.scopes)
        };
        answer.with(
            "Set-Cookie",
            &format!("{COOKIE}={cookie}; Path=/; HttpOnly; SameSite=Lax"),
        )
    }

    /// A code for the person. Unless consent is asked for, what was asked is granted.
    fn code(&self, ask: &Ask, account: &Account) -> Response {
        let code = random::token("1.");
        let mut state = self.state();
        if !self.ask_consent {
            state.grant(account.oid, &ask.client_id, &ask.scopes.consentable());
        }
        state.codes.insert(
            code.clone(),
            Code {
                client_id: ask.client_id.clone(),
                redirect_uri: ask.redirect_uri.clone(),
                scopes: ask.scopes.clone(),
                nonce: ask.nonce.clone(),
                challenge: ask.challenge.clone(),
                oid: account.oid.to_owned(),
                issued: self.now(),
                used: false,
                cp1: ask.cp1,
                client_info: ask.client_info,
            },
        );
        drop(state);
        let session = random::guid();
        let mut parameters = vec![("code", code.as_str())];
        let info = client_info(account);
        if ask.client_info {
            parameters.push(("client_info", &info));
        }
        parameters.push(("session_state", &session));
        Response::redirect(&ask.back().url(&parameters))
    }
}

/// `client_info`: base64url of `{uid, utid}`.
pub fn client_info(account: &Account) -> String {
    let info = serde_json::json!({"uid": account.oid, "utid": accounts::TENANT_ID});
    base64url(info.to_string().as_bytes())
}
