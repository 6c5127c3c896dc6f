//! What an administrator has to accept before people can sign in, and the way to ask for it.
//!
//! Entra documentation: "Admin consent on the Microsoft identity platform".

use super::client::Asking;
use super::encode::form;
use super::error::{EntraError, SignInError};
use super::redirect::RedirectError;
use super::token::TokenError;
use super::transaction::Transaction;
use crate::permission;

/// True when what stopped a sign-in is that nobody consented. Only offers a link; nothing is decided on it.
pub fn is_missing(error: &SignInError) -> bool {
    let (SignInError::Redirect(RedirectError::Entra { error, .. })
    | SignInError::Token(TokenError::Entra(error))) = error
    else {
        return false;
    };
    let EntraError {
        error,
        suberror,
        codes,
        ..
    } = &**error;
    [error, suberror]
        .iter()
        .any(|text| *text == "consent_required")
        || codes
            .iter()
            .any(|code| matches!(code, 65001 | 65004 | 90094 | 90095))
}

/// What an administrator is asked to accept.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Origin of the login service.
    pub login: &'a str,
    /// Origin of the Graph whose scopes these are.
    pub graph: &'a str,
    /// GUID, domain or `organizations`.
    pub tenant: &'a str,
    /// Client id and Graph scopes.
    pub asking: &'a Asking,
    /// The redirect URI, as registered.
    pub redirect_uri: &'a str,
}

impl<'a> From<&'a Transaction> for Wanted<'a> {
    fn from(asked: &'a Transaction) -> Self {
        Self {
            login: &asked.login,
            graph: &asked.graph,
            tenant: &asked.tenant,
            asking: &asked.asking,
            redirect_uri: &asked.redirect_uri,
        }
    }
}

/// The page on which an administrator accepts, for the whole tenant, exactly these permissions.
///
/// The tenant is the one that was asked; Entra takes `organizations` too. There is no `state`: the answer
/// goes to another person's browser, and proves nothing.
pub fn url(wanted: Wanted<'_>) -> String {
    let query = form(&[
        ("client_id", wanted.asking.client_id()),
        ("scope", &wanted.asking.scope_parameter(wanted.graph)),
        ("redirect_uri", wanted.redirect_uri),
    ]);
    format!(
        "{}/{}/v2.0/adminconsent?{query}",
        wanted.login, wanted.tenant
    )
}

/// The request in words, for a mail or a ticket.
pub fn letter(wanted: Wanted<'_>) -> String {
    let mut out = format!(
        "Plumbline at {} shows and compares the configuration of Intune and Entra in the browser. It sends \
         nothing anywhere but to Microsoft, and only reads. It asks for these delegated permissions of \
         Microsoft Graph, and cannot see more than the person who signs in:\n\n",
        wanted.redirect_uri
    );
    for name in wanted.asking.scopes() {
        let why = permission::scope(name).map_or("", |scope| scope.why);
        out.push_str("- ");
        out.push_str(name);
        out.push_str(if why.is_empty() { "" } else { ": " });
        out.push_str(why);
        out.push('\n');
    }
    out.push_str("\nAn administrator accepts them for the organization here:\n");
    out.push_str(&url(wanted));
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::oauth::encode::from_form;
    use crate::oauth::transaction::sample;

    fn refused(error: &str, description: &str, suberror: &str) -> SignInError {
        SignInError::Redirect(RedirectError::Entra {
            error: Box::new(EntraError::from_redirect(error, description, suberror, "")),
            silent: false,
        })
    }

    #[test]
    fn only_missing_consent_offers_the_link() {
        for (error, description, suberror, expect) in [
            ("consent_required", "AADSTS65001: …", "", true),
            ("access_denied", "AADSTS90094: …", "", true),
            ("access_denied", "AADSTS65004: …", "", true),
            ("invalid_grant", "", "consent_required", true),
            ("access_denied", "AADSTS53003: …", "", false),
            ("login_required", "AADSTS50058: …", "", false),
        ] {
            let found = is_missing(&refused(error, description, suberror));
            assert_eq!(found, expect, "{error} {description}");
        }
        assert!(!is_missing(&SignInError::NoClient));
    }

    #[test]
    fn the_link_names_exactly_what_was_asked_for() {
        let asked = sample();
        let url = url((&asked).into());
        let (page, query) = url.split_once('?').unwrap();
        assert_eq!(
            page,
            "https://login.microsoftonline.com/organizations/v2.0/adminconsent"
        );
        let query = from_form(query).unwrap();
        let get = |name| query.iter().find(|(n, _)| n == name).unwrap().1.as_ref();
        assert_eq!(get("client_id"), asked.asking.client_id());
        assert_eq!(get("redirect_uri"), asked.redirect_uri);
        assert_eq!(get("scope"), asked.scope_parameter());
        assert_eq!(query.len(), 3);
        let letter = letter((&asked).into());
        assert!(
            letter.contains(&url)
                && letter.contains("DeviceManagementConfiguration.Read.All: Reads")
        );
    }
}
