//! What whoever hosts a site, or lets it into a tenant, has to do: the app registrations in every tool's own words,
//! the consent that follows from the features, `config.json`, and what is still wrong with a site as it stands.
//!
//! Entra documentation: "Microsoft Graph app manifest", "Redirect URI (reply URL) restrictions and limitations",
//! "Admin consent on the Microsoft identity platform".

mod access;
pub mod check;
mod ids;
pub mod loaded;
pub mod policy;
mod snippets;
pub mod sums;

pub use access::CONDITIONAL_ACCESS;
pub use ids::id_of;
pub use snippets::{TOOLS, Tool, connect, snippet};

use crate::json::quoted;
use crate::oauth::client::{Asking, Reader};
use crate::oauth::cloud::Cloud;
use crate::oauth::config;
use crate::oauth::consent::{self, Wanted};
use crate::permission::{FEATURES, scopes_of};

/// Which of the two registrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Its tokens only read: nobody ever consents to anything else for its id.
    Reader,
    /// For a session that writes. Nothing does yet: it has no permission at all.
    Writer,
}

impl Role {
    /// The name of the registration.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reader => "Plumbline",
            Self::Writer => "Plumbline (writes)",
        }
    }

    /// The same where a tool wants a name without spaces.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Reader => "plumbline-reader",
            Self::Writer => "plumbline-writer",
        }
    }
}

/// What is to be set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Where people sign in.
    pub cloud: Cloud,
    /// Address of the site's folder: the redirect URI.
    pub address: String,
    /// GUID, verified domain or `organizations`, as typed.
    pub tenant: String,
    /// The reader's client id, as typed.
    pub reader: String,
    /// The writer's client id, as typed; empty for none.
    pub writer: String,
    /// Ids of the features that are wanted.
    pub features: Vec<&'static str>,
}

impl Plan {
    /// Names of the permissions that the registration is asked with.
    pub fn scopes(&self, role: Role) -> Vec<&'static str> {
        match role {
            Role::Reader => scopes_of(&self.features)
                .into_iter()
                .map(|scope| scope.name())
                .collect(),
            Role::Writer => Vec::new(),
        }
    }

    /// `config.json` for it. Values as typed: see [`Plan::reader`].
    pub fn config(&self) -> String {
        let mut out = format!(
            "{{\n  \"version\": 1,\n  \"cloud\": {},\n  \"tenant\": {},\n  \"clientId\": {}",
            quoted(&self.cloud.id),
            quoted(self.tenant.trim()),
            quoted(self.reader.trim())
        );
        if !self.writer.trim().is_empty() {
            out.push_str(",\n  \"writerClientId\": ");
            out.push_str(&quoted(self.writer.trim()));
        }
        if self.features.len() < FEATURES.len() {
            let names: Vec<String> = self.features.iter().map(|id| quoted(id)).collect();
            out.push_str(",\n  \"features\": [");
            out.push_str(&names.join(", "));
            out.push(']');
        }
        out.push_str("\n}\n");
        out
    }

    /// The reader of the plan, when [`Plan::config`] could be used; else what is wrong with it.
    ///
    /// # Errors
    /// One for each value.
    pub fn reader(&self) -> Result<Reader, Vec<config::ConfigError>> {
        config::parse(&self.config()).map(|config| config.reader)
    }

    /// The page on which an administrator accepts exactly what the chosen features need, for the whole tenant.
    /// `None` while tenant or client id cannot be used.
    pub fn consent(&self) -> Option<String> {
        let reader = self
            .reader()
            .ok()
            .filter(|reader| !reader.id().is_empty())?;
        let asking = Asking::read(&reader, &scopes_of(&self.features));
        Some(consent::url(Wanted {
            login: &self.cloud.login,
            graph: &self.cloud.graph,
            tenant: self.tenant.trim(),
            asking: &asking,
            redirect_uri: &self.address,
        }))
    }
}

#[cfg(test)]
mod tests;
