//! A tenant, a baseline, an export: one shape for everything that can stand on a side of a comparison.

pub mod assemble;
pub mod file;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::policy::Policy;

/// All that is known of one side.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// What it is called on screen: the tenant's name, the folder's or the file's.
    pub label: String,
    /// Where it came from.
    pub source: Source,
    /// When it was read, ISO 8601 in UTC; empty for files.
    pub taken_at: String,
    /// The tenant, when there is one.
    pub tenant: Tenant,
    /// For each type that was asked for: what came back.
    pub coverage: Vec<TypeRead>,
    /// The policies, in the order they were read.
    pub policies: Vec<Policy>,
    /// Setting definitions by lower-case id: names, descriptions, options.
    pub definitions: HashMap<String, Definition>,
    /// Names of groups, filters, scope tags and apps by id.
    pub names: HashMap<String, String>,
    /// Documents of groups that files brought, as JSON text by id. A tenant's groups are policies of a row of their own.
    pub groups: HashMap<String, String>,
    /// What happened to each file given; zero for a tenant.
    pub files: FileCounts,
    /// What could not be read, file by file.
    pub findings: Vec<Finding>,
}

impl Snapshot {
    /// Policies without what they only refer to (see [`crate::catalog::Row::directory`]): what is counted.
    pub fn proper(&self) -> impl Iterator<Item = &Policy> {
        self.policies.iter().filter(|policy| !policy.row.directory)
    }
}

/// Where a [`Snapshot`] came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Source {
    /// Files that a person dropped.
    #[default]
    Files,
    /// Read from Microsoft Graph in this session.
    Tenant,
    /// A snapshot file, opened again.
    Saved,
    /// The bundled demo snapshot.
    Demo,
}

/// Which tenant.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tenant {
    /// GUID.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Default domain.
    pub domain: String,
}

/// What came back for one catalog row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeRead {
    /// [`crate::catalog::Row::id`].
    pub row: String,
    /// Objects that were read.
    pub read: u32,
    /// Why the list is not whole; `None`: read to its end.
    pub gap: Option<Gap>,
}

/// Why something is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// The class.
    pub reason: Reason,
    /// Error code, request id, scope name … foreign text, cut; may be empty.
    pub detail: String,
}

/// The classes of not knowing. Each has words of its own on screen and in reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reason {
    /// The export does not say (a key is missing).
    NotInFile,
    /// 403: the token lacks the scope.
    Scope,
    /// 403: the person lacks the Entra or Intune role.
    Role,
    /// 403 or 400: the tenant lacks the licence.
    Licence,
    /// 404 for something that should be there, or a type that this cloud does not serve.
    NotFound,
    /// Given up after repeated 429.
    Throttled,
    /// 5xx, time-out, cut connection, after all retries.
    Failed,
    /// An answer that is not what Graph promises: truncated JSON, a repeating nextLink, a foreign host.
    Malformed,
    /// The session ended before it was read.
    SignedOut,
    /// A person pressed cancel.
    Cancelled,
    /// Not asked for.
    NotRead,
    /// A read is under way and has not come to its end. A file says [`Self::NotRead`] instead.
    Reading,
}

impl Reason {
    /// What happened, in words, without a full stop.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotInFile => "The file does not say",
            Self::Scope => "The permission to read it was not given",
            Self::Role => "The signed-in account's role may not read it",
            Self::Licence => "The tenant has no licence for it",
            Self::NotFound => "The service does not have it",
            Self::Throttled => "The service asked to wait too often",
            Self::Failed => "The service did not answer",
            Self::Malformed => "The service answered with something that is not what it promises",
            Self::SignedOut => "The session ended before it was read",
            Self::Cancelled => "The read was cancelled",
            Self::NotRead => "It was not read",
            Self::Reading => "It has not been read yet",
        }
    }
}

/// Name and options of a setting. Graph: `deviceManagementConfigurationSettingDefinition`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Definition {
    /// Display name.
    pub name: String,
    /// Description, plain text.
    pub description: String,
    /// Category path, outermost first, joined by ` › `; empty where unknown.
    pub category: String,
    /// `baseUri` + `offsetUri`; empty where unknown.
    pub csp: String,
    /// Lower-case `itemId` and display name of each option.
    pub options: Vec<(String, String)>,
}

/// Every file given ends in one of these; the last three add up to the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FileCounts {
    /// Files given, archives opened.
    pub given: u32,
    /// Read as policies (or as something that goes with them: assignments, a migration table).
    pub read: u32,
    /// Understood, and not a policy.
    pub not_policy: u32,
    /// Not understood; each has a [`Finding`].
    pub unreadable: u32,
}

/// Something in a file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Path of the file as given.
    pub file: String,
    /// Where in it: a line and column, a JSON path, an entry; may be empty.
    pub place: String,
    /// One sentence.
    pub problem: String,
    /// One sentence.
    pub remedy: String,
}
