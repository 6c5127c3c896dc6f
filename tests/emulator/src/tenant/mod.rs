//! The tenant's data: what Graph answers with.

use std::fmt;
use std::path::Path;

use crate::graph::{GraphAnswer, GraphRequest};

/// How big a generated tenant is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratorOptions {
    /// Policies, over all kinds.
    pub policies: usize,
    /// Managed devices.
    pub devices: usize,
    /// Groups.
    pub groups: usize,
    /// Users.
    pub users: usize,
    /// Same seed, same tenant.
    pub seed: u64,
}

impl Default for GeneratorOptions {
    fn default() -> Self {
        Self {
            policies: 120,
            devices: 400,
            groups: 60,
            users: 300,
            seed: 1,
        }
    }
}

/// Why a folder could not be opened as a tenant.
#[derive(Debug)]
pub enum FolderError {
    /// The folder cannot be read.
    Unreadable(std::io::Error),
}

impl fmt::Display for FolderError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(out, "the folder cannot be read: {error}"),
        }
    }
}

impl std::error::Error for FolderError {}

/// A tenant's data.
#[derive(Debug)]
pub struct Tenant {}

impl Tenant {
    /// A tenant made up from a seed.
    pub fn generate(_options: &GeneratorOptions) -> Self {
        Self {}
    }

    /// A tenant from a folder of exports.
    ///
    /// # Errors
    /// [`FolderError`]
    pub fn from_folder(folder: &Path) -> Result<Self, FolderError> {
        std::fs::read_dir(folder).map_err(FolderError::Unreadable)?;
        Ok(Self {})
    }

    /// What Graph answers. `no_such_segment` for a path that nothing serves: the server notes it as unmatched.
    pub fn answer(&self, request: &GraphRequest) -> GraphAnswer {
        GraphAnswer::no_such_segment(&request.path)
    }
}
