//! What a tenant is made from.

use std::fmt;

/// How big a generated tenant is, and what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratorOptions {
    /// Policies of the kinds that tenants have many of: settings catalog, profiles, compliance, ADMX, scripts, apps,
    /// app protection, Conditional Access. There are never fewer than the hand-written ones (some 130);
    /// some 140 objects of the other kinds come on top.
    pub policies: usize,
    /// Managed devices.
    pub devices: usize,
    /// Groups.
    pub groups: usize,
    /// Users.
    pub users: usize,
    /// Same seed, same tenant.
    pub seed: u64,
    /// Names that try to break what shows them (markup, bidi override, formulas, very long …).
    /// They are easy to tell: see `data/hostile.json`. Off for pictures.
    pub hostile: bool,
    /// The moment that all dates are relative to, in seconds since 1970.
    pub now: i64,
    /// Default page size of Intune's lists. The service has 1,000; less exercises paging.
    pub page: usize,
}

impl Default for GeneratorOptions {
    fn default() -> Self {
        Self {
            policies: 260,
            devices: 1_000,
            groups: 120,
            users: 400,
            seed: 1,
            hostile: true,
            now: 1_795_248_000,
            page: 100,
        }
    }
}

/// Why a folder could not be opened as a tenant.
#[derive(Debug)]
pub enum FolderError {
    /// The folder cannot be read.
    Unreadable(std::io::Error),
    /// There is no policy in it that could be read.
    Empty,
}

impl fmt::Display for FolderError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(out, "the folder cannot be read: {error}"),
            Self::Empty => write!(out, "the folder has no policy in it that could be read"),
        }
    }
}

impl std::error::Error for FolderError {}
