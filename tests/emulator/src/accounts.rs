//! The people that the account page offers, and the tenant that they belong to.
//!
//! The data half lists the same people (same `oid`) among the tenant's users.

/// Tenant id of the demo tenant.
pub const TENANT_ID: &str = "7c1d9a52-4e0b-4b86-9a3f-5d2e8c6f1a70";
/// Its verified default domain.
pub const TENANT_DOMAIN: &str = "harbourline.example";
/// Its display name.
pub const TENANT_NAME: &str = "Harbourline Logistics";

/// What a person may do, whatever the token's scopes are:
/// delegated access is the intersection of scope and role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Global Reader: reads everything, changes nothing.
    Reader,
    /// Intune Administrator.
    IntuneAdministrator,
    /// A helpdesk person without an Intune licence and without an Intune role.
    HelpdeskUnlicensed,
    /// A guest: the directory's basics only.
    Guest,
}

/// A person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// Object id in the tenant.
    pub oid: &'static str,
    /// Display name.
    pub name: &'static str,
    /// User principal name.
    pub upn: &'static str,
    /// Words on the account page.
    pub title: &'static str,
    /// What the person may do.
    pub role: Role,
    /// AADSTS code that stops every sign-in of this person; 0: none.
    pub refused_with: u32,
}

/// Everybody whom the account page offers, in its order.
pub const ACCOUNTS: &[Account] = &[
    Account {
        oid: "1b2f6f0e-6c51-4a53-9a7d-0d3c5f9e2a11",
        name: "Rosa Lindqvist",
        upn: "rosa.lindqvist@harbourline.example",
        title: "Global Reader: sees everything, changes nothing",
        role: Role::Reader,
        refused_with: 0,
    },
    Account {
        oid: "2c3a7e1f-7d62-4b64-8b8e-1e4d6a0f3b22",
        name: "Ivo Marchetti",
        upn: "ivo.marchetti@harbourline.example",
        title: "Intune Administrator",
        role: Role::IntuneAdministrator,
        refused_with: 0,
    },
    Account {
        oid: "3d4b8f2a-8e73-4c75-9c9f-2f5e7b1a4c33",
        name: "Hana Okafor",
        upn: "hana.okafor@harbourline.example",
        title: "Helpdesk without an Intune licence",
        role: Role::HelpdeskUnlicensed,
        refused_with: 0,
    },
    Account {
        oid: "4e5c9a3b-9f84-4d86-8daf-3a6f8c2b5d44",
        name: "Gil Santoro (guest)",
        upn: "gil.santoro_partner.example#EXT#@harbourline.example",
        title: "Guest from another organization",
        role: Role::Guest,
        refused_with: 0,
    },
    Account {
        oid: "5f6dab4c-a095-4e97-9eba-4b7a9d3c6e55",
        name: "Lou Fischer",
        upn: "lou.fischer@harbourline.example",
        title: "Locked out by a Conditional Access policy",
        role: Role::Reader,
        refused_with: 53003,
    },
];

/// The account with this object id.
pub fn by_oid(oid: &str) -> Option<&'static Account> {
    ACCOUNTS.iter().find(|account| account.oid == oid)
}

/// The account that a `login_hint` names: its UPN (in any case) or its object id.
pub fn by_hint(hint: &str) -> Option<&'static Account> {
    ACCOUNTS
        .iter()
        .find(|account| account.upn.eq_ignore_ascii_case(hint) || account.oid == hint)
}
