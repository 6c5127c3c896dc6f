//! The hosts that a configuration talks to.

use std::path::Path;

use domain::oauth::cloud::Cloud;
use domain::oauth::config;
use domain::problem::Problem;

use crate::fail::Failure;

/// Login and Graph origins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hosts {
    pub login: String,
    pub graph: String,
}

impl Hosts {
    /// The hosts of a cloud by its name in config.json.
    #[cfg(test)]
    pub fn of_cloud(name: &str) -> Option<Self> {
        domain::oauth::cloud::find(name).map(Self::from)
    }

    /// An emulator serves both on one origin.
    #[cfg(test)]
    pub fn emulator(origin: &str) -> Self {
        Self {
            login: origin.to_owned(),
            graph: origin.to_owned(),
        }
    }

    /// The hosts of a config.json, read as the engine reads it. Fails with everything that is wrong with it.
    pub fn of_config(path: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path).map_err(Failure::file(path))?;
        match config::parse(&text) {
            Ok(config) => Ok(config.cloud.into()),
            Err(errors) => {
                let words = errors.into_iter().map(|error| Problem::from(error).what);
                Err(Failure::content(path, words.collect::<Vec<_>>().join("\n")))
            }
        }
    }
}

impl From<Cloud> for Hosts {
    fn from(cloud: Cloud) -> Self {
        Self {
            login: cloud.login,
            graph: cloud.graph,
        }
    }
}
