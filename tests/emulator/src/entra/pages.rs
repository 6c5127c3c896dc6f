//! The pages that a person sees. No script, nothing from elsewhere, usable by keyboard alone.

use super::error::EntraError;
use super::scope::{Scopes, allows};
use crate::accounts::{ACCOUNTS, Account, TENANT_NAME};
use crate::http::{Response, escape_html};

const STYLE: &str = include_str!("page.css");

fn page(status: u16, title: &str, body: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"icon\" href=\"data:,\"><style>{STYLE}</style></head><body><main>\
         <p class=\"standin\">Demo stand-in for Microsoft Entra ID. No password, no real account.</p>\
         <h1>{title}</h1>{body}</main></body></html>"
    );
    Response::html(status, html)
        .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'")
        .with("X-Frame-Options", "DENY")
        .with("X-Content-Type-Options", "nosniff")
        .with("Referrer-Policy", "strict-origin-when-cross-origin")
        .with("Cross-Origin-Opener-Policy", "same-origin")
}

/// "Pick an account". The hinted person comes first and has the focus.
pub fn accounts(
    tenant: &str,
    query: &str,
    hint: Option<&Account>,
    signed_in: &[String],
) -> Response {
    let mut people: Vec<&Account> = ACCOUNTS.iter().collect();
    people.sort_by_key(|account| hint.is_none_or(|hint| hint.oid != account.oid));
    let buttons: String = people
        .iter()
        .enumerate()
        .map(|(index, account)| {
            let state = if signed_in.iter().any(|oid| oid == account.oid) { " · signed in" } else { "" };
            format!(
                "<button name=\"account\" value=\"{}\"{}><strong>{}</strong><span>{}</span><span>{}{state}</span></button>",
                account.oid,
                if index == 0 { " autofocus" } else { "" },
                escape_html(account.name),
                escape_html(account.upn),
                escape_html(account.title),
            )
        })
        .collect();
    page(
        200,
        "Pick an account",
        &format!(
            "<p>to sign in to Plumbline at {TENANT_NAME}</p>\
             <form method=\"post\" action=\"/{}/login?{}\">{buttons}\
             <button class=\"plain\" name=\"cancel\" value=\"1\">Cancel</button></form>",
            escape_html(tenant),
            escape_html(query)
        ),
    )
}

/// "Permissions requested".
pub fn consent(tenant: &str, query: &str, account: &Account, scopes: &Scopes) -> Response {
    let names = scopes.graph.iter().chain(scopes.oidc.iter());
    let rows: String = names
        .map(|name| {
            format!(
                "<li><strong>{}</strong><span>{}</span></li>",
                escape_html(&allows(name)),
                escape_html(name)
            )
        })
        .collect();
    page(
        200,
        "Permissions requested",
        &format!(
            "<p>{} · Plumbline would like to:</p><ul>{rows}</ul>\
             <form method=\"post\" action=\"/{}/Consent/Set?{}\">\
             <input type=\"hidden\" name=\"account\" value=\"{}\">\
             <button name=\"decision\" value=\"accept\" autofocus>Accept</button>\
             <button class=\"plain\" name=\"decision\" value=\"decline\">Cancel</button></form>",
            escape_html(account.upn),
            escape_html(tenant),
            escape_html(query),
            account.oid
        ),
    )
}

/// "Need admin approval" (AADSTS90094).
pub fn needs_administrator(tenant: &str, query: &str, account: &Account) -> Response {
    page(
        200,
        "Need admin approval",
        &format!(
            "<p>{} · Plumbline needs permission to access resources in your organization that only an admin can grant. \
             AADSTS90094.</p>\
             <form method=\"post\" action=\"/{1}/Consent/Set?{2}\">\
             <input type=\"hidden\" name=\"account\" value=\"{3}\">\
             <button name=\"decision\" value=\"decline\" autofocus>Return to the application without granting consent</button></form>\
             <form method=\"post\" action=\"/{1}/login?{2}\">\
             <button class=\"plain\" name=\"other\" value=\"1\">Sign in with another account</button></form>",
            escape_html(account.upn),
            escape_html(tenant),
            escape_html(query),
            account.oid
        ),
    )
}

/// The admin consent page: an administrator accepts for everybody.
pub fn admin_consent(tenant: &str, query: &str, scopes: &Scopes) -> Response {
    let rows: String = scopes
        .graph
        .iter()
        .map(|name| {
            format!(
                "<li><strong>{}</strong><span>{name}</span></li>",
                escape_html(&allows(name))
            )
        })
        .collect();
    let buttons: String = ACCOUNTS
        .iter()
        .map(|account| {
            format!(
                "<button name=\"account\" value=\"{}\"><strong>Accept as {}</strong><span>{}</span></button>",
                account.oid,
                escape_html(account.name),
                escape_html(account.title)
            )
        })
        .collect();
    page(
        200,
        "Permissions requested for your organization",
        &format!(
            "<p>Everybody in {TENANT_NAME} could then use Plumbline to:</p><ul>{rows}</ul>\
             <form method=\"post\" action=\"/{}/v2.0/adminconsent?{}\">{buttons}\
             <button class=\"plain\" name=\"decline\" value=\"1\">Cancel</button></form>",
            escape_html(tenant),
            escape_html(query)
        ),
    )
}

/// "Sorry, but we're having trouble signing you in". With an address, a way back to the application.
pub fn error(error: &EntraError, now: u64, back: Option<&str>) -> Response {
    let back = back.map_or_else(String::new, |address| {
        format!(
            "<p><a class=\"button\" href=\"{}\" autofocus>Return to the application</a></p>",
            escape_html(address)
        )
    });
    page(
        if back.is_empty() { 400 } else { 200 },
        "Sorry, but we’re having trouble signing you in.",
        &format!("<p>{}</p>{back}", escape_html(&error.description(now))),
    )
}

/// After signing out without an address to go to.
pub fn signed_out() -> Response {
    page(
        200,
        "You signed out of your account",
        "<p>It’s a good idea to close all browser windows.</p>",
    )
}
