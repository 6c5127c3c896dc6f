//! The authorize URL. Entra documentation: "Microsoft identity platform and OAuth 2.0 authorization code flow".

use super::challenge;
use super::encode::form;
use super::transaction::Transaction;
use crate::protocol::Prompt;

/// What the authorize URL is made from.
#[derive(Debug)]
pub struct Authorize<'a> {
    /// The record whose state, nonce and scopes are asked with.
    pub transaction: &'a Transaction,
    /// Origin of the login service.
    pub login: &'a str,
    /// base64url of the SHA-256 of the verifier (RFC 7636, `S256`).
    pub code_challenge: &'a str,
    /// How much the person is to see.
    pub prompt: Prompt,
    /// Account to prefer, or empty. Not sent with `select_account`: Entra refuses the pair.
    pub login_hint: &'a str,
    /// JSON of a claims challenge that Graph sent, or empty.
    pub claims: &'a str,
}

impl Authorize<'_> {
    /// The URL to go to.
    ///
    /// The answer comes in the fragment, so that the code reaches no server log and no `Referer`.
    /// `offline_access` is never asked for: a refresh token that does not exist cannot be stolen.
    /// `xms_cc=cp1` declares that claims challenges are understood, which makes revocation immediate.
    pub fn url(&self) -> String {
        let transaction = self.transaction;
        let scope = transaction.scope_parameter();
        let claims = challenge::merge(self.claims);
        let mut pairs = vec![
            ("client_id", transaction.asking.client_id()),
            ("response_type", "code"),
            ("redirect_uri", transaction.redirect_uri.as_str()),
            ("response_mode", "fragment"),
            ("scope", scope.as_str()),
            ("state", transaction.state.as_str()),
            ("nonce", transaction.nonce.as_str()),
            ("code_challenge", self.code_challenge),
            ("code_challenge_method", "S256"),
            ("claims", claims.as_str()),
            ("client_info", "1"),
        ];
        match self.prompt {
            Prompt::SelectAccount => pairs.push(("prompt", "select_account")),
            Prompt::None => pairs.push(("prompt", "none")),
            Prompt::Default => {}
        }
        if !self.login_hint.is_empty() && self.prompt != Prompt::SelectAccount {
            pairs.push(("login_hint", self.login_hint));
        }
        format!(
            "{}/{}/oauth2/v2.0/authorize?{}",
            self.login,
            transaction.tenant,
            form(&pairs)
        )
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::oauth::encode::from_form;
    use crate::oauth::transaction::sample;

    fn parameters(url: &str) -> Vec<(String, String)> {
        let (_, query) = url.split_once('?').unwrap();
        from_form(query)
            .unwrap()
            .into_iter()
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect()
    }

    fn ask(prompt: Prompt, login_hint: &str, claims: &str) -> String {
        let transaction = sample();
        Authorize {
            transaction: &transaction,
            login: "https://login.microsoftonline.com",
            code_challenge: "CHALLENGE",
            prompt,
            login_hint,
            claims,
        }
        .url()
    }

    #[test]
    fn every_parameter_is_there_and_nothing_else() {
        let url = ask(Prompt::SelectAccount, "adele@contoso.example", "");
        assert!(url.starts_with(
            "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?client_id="
        ));
        let transaction = sample();
        let expect = [
            ("client_id", transaction.asking.client_id()),
            ("response_type", "code"),
            ("redirect_uri", "https://plumbline.example/"),
            ("response_mode", "fragment"),
            (
                "scope",
                "openid profile https://graph.microsoft.com/DeviceManagementConfiguration.Read.All",
            ),
            ("state", transaction.state.as_str()),
            ("nonce", transaction.nonce.as_str()),
            ("code_challenge", "CHALLENGE"),
            ("code_challenge_method", "S256"),
            (
                "claims",
                r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#,
            ),
            ("client_info", "1"),
            ("prompt", "select_account"),
        ];
        let expect: Vec<_> = expect
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        assert_eq!(parameters(&url), expect);
        assert!(!url.contains("offline_access"));
        assert!(!url.contains(transaction.verifier.expose()));
    }

    #[test]
    fn a_silent_attempt_names_the_account_and_a_challenge_is_merged() {
        let url = ask(
            Prompt::None,
            "hint",
            r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#,
        );
        let parameters = parameters(&url);
        let get = |name: &str| {
            parameters
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, v)| v.as_str())
        };
        assert_eq!(get("prompt"), Some("none"));
        assert_eq!(get("login_hint"), Some("hint"));
        assert_eq!(
            get("claims"),
            Some(
                r#"{"access_token":{"acrs":{"essential":true,"value":"c1"},"xms_cc":{"values":["cp1"]}}}"#
            )
        );
    }
}
