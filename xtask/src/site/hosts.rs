//! The hosts that a configuration talks to.

use std::path::Path;

use serde_json::Value;

use crate::fail::Failure;

/// Login and Graph origins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hosts {
    pub login: String,
    pub graph: String,
}

/// `cloud` of config.json, login origin, Graph origin.
/// Source: learn.microsoft.com/entra/identity-platform/authentication-national-cloud and graph/deployments.
const CLOUDS: [(&str, &str, &str); 4] = [
    (
        "global",
        "https://login.microsoftonline.com",
        "https://graph.microsoft.com",
    ),
    (
        "gcc-high",
        "https://login.microsoftonline.us",
        "https://graph.microsoft.us",
    ),
    (
        "dod",
        "https://login.microsoftonline.us",
        "https://dod-graph.microsoft.us",
    ),
    (
        "china",
        "https://login.partner.microsoftonline.cn",
        "https://microsoftgraph.chinacloudapi.cn",
    ),
];

impl Hosts {
    /// The hosts of a cloud by its name in config.json.
    pub fn of_cloud(name: &str) -> Option<Self> {
        let (_, login, graph) = CLOUDS.iter().find(|(cloud, ..)| *cloud == name)?;
        Some(Self {
            login: (*login).to_owned(),
            graph: (*graph).to_owned(),
        })
    }

    /// An emulator serves both on one origin.
    pub fn emulator(origin: &str) -> Self {
        Self {
            login: origin.to_owned(),
            graph: origin.to_owned(),
        }
    }

    /// The hosts of a config.json. A file that is not there means the global cloud.
    pub fn of_config(path: &Path) -> Result<Self, Failure> {
        if !path.exists() {
            return Self::of_cloud("global")
                .ok_or_else(|| Failure::content(path, "no global cloud"));
        }
        let text = std::fs::read_to_string(path).map_err(Failure::file(path))?;
        let config: Value =
            serde_json::from_str(&text).map_err(|e| Failure::content(path, e.to_string()))?;
        let cloud = config
            .get("cloud")
            .and_then(Value::as_str)
            .unwrap_or("global");
        let known = CLOUDS.map(|(name, ..)| name).join(", ");
        Self::of_cloud(cloud).ok_or_else(|| {
            Failure::content(
                path,
                format!("`cloud` is `{cloud}`; it must be one of {known}."),
            )
        })
    }
}
