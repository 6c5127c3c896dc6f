//! Who asks Entra, and for what: the reader's app registration reads, the writer's writes, and neither can ask
//! with the other's id.
//!
//! Entra puts every scope that was ever consented for a client id into each of its tokens, whatever was asked
//! for this time. So a session that only reads needs a client id that nobody ever consented to write with: two
//! registrations, and no way to build a request of the one with a scope of the other.
//!
//! ```compile_fail,E0308
//! # use plumbline_domain::oauth::client::{Asking, Reader};
//! # use plumbline_domain::permission::WriteScope;
//! fn reader_asks_to_write(reader: &Reader, scope: WriteScope) -> Asking {
//!     Asking::read(reader, &[scope])
//! }
//! ```
//!
//! ```compile_fail,E0308
//! # use plumbline_domain::oauth::client::{Asking, Reader};
//! # use plumbline_domain::permission::WriteScope;
//! fn readers_id_where_the_writers_belongs(reader: &Reader, scope: WriteScope) -> Asking {
//!     Asking::write(reader, &[], &[scope])
//! }
//! ```

use crate::permission::{self, ReadScope, WriteScope};
use crate::protocol::Ready;

/// The application (client) id of the registration that reads; empty when nobody can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader(String);

/// The application (client) id of the registration that writes. Never the reader's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer(String);

/// The registrations that a configuration names. `None` when both are one: then the reader's tokens could write.
pub(super) fn registrations(
    reader: &str,
    writer: Option<&str>,
) -> Option<(Reader, Option<Writer>)> {
    if writer.is_some_and(|writer| writer.eq_ignore_ascii_case(reader)) {
        return None;
    }
    let writer = writer.map(|writer| Writer(writer.to_owned()));
    Some((Reader(reader.to_owned()), writer))
}

/// The page's word for it, which is the engine's: what the configuration names.
impl From<&Ready> for Reader {
    fn from(ready: &Ready) -> Self {
        Self(ready.client_id.clone())
    }
}

impl Reader {
    /// The id.
    pub fn id(&self) -> &str {
        &self.0
    }
}

impl Writer {
    /// The id.
    pub fn id(&self) -> &str {
        &self.0
    }
}

/// A client id with scopes that it may be asked with. Every request to Entra is built from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    client_id: String,
    scopes: Vec<String>,
}

impl Asking {
    /// A session that reads.
    pub fn read(reader: &Reader, scopes: &[ReadScope]) -> Self {
        Self {
            client_id: reader.0.clone(),
            scopes: scopes.iter().map(|scope| scope.name().to_owned()).collect(),
        }
    }

    /// A session that writes: a sign-in of its own, which a person sees. Nothing in Plumbline opens one yet.
    pub fn write(writer: &Writer, reads: &[ReadScope], writes: &[WriteScope]) -> Self {
        let reads = reads.iter().map(|scope| scope.name());
        Self {
            client_id: writer.0.clone(),
            scopes: reads
                .chain(writes.iter().map(|scope| scope.name()))
                .map(str::to_owned)
                .collect(),
        }
    }

    /// As a record of this tab says it: to be held against the configuration with [`Self::is_readers`].
    pub(super) const fn recorded(client_id: String, scopes: Vec<String>) -> Self {
        Self { client_id, scopes }
    }

    /// True for what [`Self::read`] makes for this reader. Whoever can write to this tab's storage could put
    /// another client id or a scope that writes into the record.
    pub fn is_readers(&self, reader: &Reader) -> bool {
        self.client_id == reader.0
            && !self
                .scopes
                .iter()
                .any(|scope| permission::can_change(scope))
    }

    /// The application (client) id.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// Graph scopes, without host.
    pub fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// The `scope` parameter: OpenID Connect's two and Graph's, each with its host. `graph`: its origin.
    pub fn scope_parameter(&self, graph: &str) -> String {
        let mut out = String::from("openid profile");
        for name in &self.scopes {
            for part in [" ", graph, "/", name] {
                out.push_str(part);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests;
