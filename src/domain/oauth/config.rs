//! `config.json`: what a self-hoster edits.
//!
//! ```json
//! { "version": 1, "cloud": "global", "tenant": "organizations",
//!   "clientId": "2f1c7f0e-6a55-4d0e-9f62-0c2a6f3f9a11",
//!   "writerClientId": "7d3a1b52-0c94-4b0f-8a51-6f7e2d9c4b10", "features": ["inventory", "groups"] }
//! ```
//!
//! `features` and `writerClientId` may be left out. `"clientId": ""` means that only files and the demo can be opened.
//! `clientId` is the reader's registration, `writerClientId` a second one, for a session that writes: nothing does yet, and
//! until something does the id is only looked up, where the page "Who can use this app here" is opened, and must not be the
//! reader's. `"cloud": "custom"` takes both origins from
//! `custom`, and only loopback ones: the demo and the tests.

use super::client::{Reader, Writer, registrations};
use super::cloud::{self, Cloud};
use super::encode::is_guid;
use crate::json::Json;
use crate::permission;
use crate::problem::Problem;

/// The most of `config.json` that is read, in bytes.
pub const LIMIT: usize = 64 * 1024;

/// A valid configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where people sign in, and where Graph is.
    pub cloud: Cloud,
    /// GUID, verified domain or `organizations`.
    pub tenant: String,
    /// The registration that reads.
    pub reader: Reader,
    /// The registration that writes, where there is one.
    pub writer: Option<Writer>,
    /// Ids of the features that are offered.
    pub features: Vec<&'static str>,
}

/// What is wrong with one value of `config.json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigError {
    /// Not JSON: what the parser said.
    NotJson(String),
    /// JSON, and not an object.
    NotAnObject,
    /// A name that means nothing here.
    UnknownKey(String),
    /// A name that must be there.
    Missing(&'static str),
    /// A value that cannot be used: name, value as written.
    Wrong(&'static str, String),
}

const KEYS: [&str; 7] = [
    "version",
    "cloud",
    "tenant",
    "clientId",
    "writerClientId",
    "features",
    "custom",
];
const CUSTOM_KEYS: [&str; 3] = ["login", "graph", "name"];

/// Reads the configuration. Fails with everything that is wrong with it, not only the first.
pub fn parse(text: &str) -> Result<Config, Vec<ConfigError>> {
    let json = Json::parse(text.trim_start_matches('\u{feff}'))
        .map_err(|error| vec![ConfigError::NotJson(error.to_string())])?;
    let Some(object) = json.object() else {
        return Err(vec![ConfigError::NotAnObject]);
    };
    let mut errors: Vec<ConfigError> = object
        .iter()
        .filter(|(name, _)| !KEYS.contains(name))
        .map(|(name, _)| ConfigError::UnknownKey(name.to_owned()))
        .collect();
    let mut keep = |error| errors.push(error);

    if json.get("version").and_then(Json::int) != Some(1) {
        keep(wrong(&json, "version"));
    }
    let cloud = read_cloud(&json, &mut keep);
    let tenant = json
        .str_at("tenant")
        .filter(|tenant| is_tenant(tenant))
        .map(str::to_owned);
    if tenant.is_none() {
        keep(wrong(&json, "tenant"));
    }
    let registrations = read_registrations(&json, &mut keep);
    let features = read_features(&json, &mut keep);
    match (cloud, tenant, registrations) {
        (Some(cloud), Some(tenant), Some((reader, writer))) if errors.is_empty() => Ok(Config {
            cloud,
            tenant,
            reader,
            writer,
            features,
        }),
        _ => Err(errors),
    }
}

fn read_registrations(
    json: &Json<'_>,
    keep: &mut impl FnMut(ConfigError),
) -> Option<(Reader, Option<Writer>)> {
    let reader = json
        .str_at("clientId")
        .filter(|id| id.is_empty() || is_client_id(id));
    if reader.is_none() {
        keep(wrong(json, "clientId"));
    }
    const WRITER: &str = "writerClientId";
    let writer = json.str_at(WRITER).filter(|id| is_client_id(id));
    let found = registrations(reader.unwrap_or_default(), writer);
    if found.is_none() || (writer.is_none() && json.get(WRITER).is_some()) {
        keep(wrong(json, WRITER));
    }
    reader.and(found)
}

fn read_cloud(json: &Json<'_>, keep: &mut impl FnMut(ConfigError)) -> Option<Cloud> {
    let Some(id) = json.str_at("cloud") else {
        keep(wrong(json, "cloud"));
        return None;
    };
    if id != "custom" {
        // Read and found unused, a `custom` would be believed to be in force.
        if json.get("custom").is_some() {
            keep(ConfigError::UnknownKey("custom".to_owned()));
        }
        let found = cloud::find(id);
        if found.is_none() {
            keep(wrong(json, "cloud"));
        }
        return found;
    }
    let Some(custom) = json
        .get("custom")
        .filter(|custom| custom.object().is_some())
    else {
        keep(wrong(json, "custom"));
        return None;
    };
    for (name, _) in custom.object().into_iter().flat_map(|object| object.iter()) {
        if !CUSTOM_KEYS.contains(&name) {
            keep(ConfigError::UnknownKey(format!("custom.{name}")));
        }
    }
    let text = |name: &str| custom.str_at(name).unwrap_or_default();
    let found = Cloud::on_loopback(text("name"), text("login"), text("graph"));
    if found.is_none() {
        keep(ConfigError::Wrong("custom", custom.to_text()));
    }
    found
}

fn read_features(json: &Json<'_>, keep: &mut impl FnMut(ConfigError)) -> Vec<&'static str> {
    let Some(value) = json.get("features") else {
        return permission::FEATURES
            .iter()
            .map(|feature| feature.id)
            .collect();
    };
    let Some(items) = value.array() else {
        keep(wrong(json, "features"));
        return Vec::new();
    };
    let mut features = Vec::new();
    for item in items {
        match item.str().and_then(permission::feature) {
            Some(feature) if !features.contains(&feature.id) => features.push(feature.id),
            Some(_) => {}
            None => keep(ConfigError::Wrong("features", item.to_text())),
        }
    }
    features
}

fn wrong(json: &Json<'_>, name: &'static str) -> ConfigError {
    match json.get(name) {
        None => ConfigError::Missing(name),
        Some(value) => ConfigError::Wrong(name, value.to_text()),
    }
}

/// A GUID other than the all-zero placeholder.
fn is_client_id(text: &str) -> bool {
    is_guid(text) && text.bytes().any(|byte| !matches!(byte, b'0' | b'-'))
}

/// `organizations`, a GUID, or a domain name. `common` and `consumers` let personal accounts in.
fn is_tenant(text: &str) -> bool {
    text == "organizations" || is_guid(text) || is_domain(text)
}

fn is_domain(text: &str) -> bool {
    text.len() <= 253
        && text.contains('.')
        && text.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
}

impl From<ConfigError> for Problem {
    fn from(error: ConfigError) -> Self {
        match error {
            ConfigError::NotJson(detail) => Self::new(
                "config.not_json",
                "config.json is not valid JSON.",
                "Correct it at the place named below; comments and trailing commas are not allowed.",
            )
            .with_detail(&detail),
            ConfigError::NotAnObject => Self::new(
                "config.not_an_object",
                "config.json does not hold an object.",
                "Start from the config.json that comes with the release.",
            ),
            ConfigError::UnknownKey(name) => Self::new(
                "config.unknown_key",
                "config.json has a name that has no effect.",
                format!(
                    "Remove it, or correct its spelling. Known names: {}.",
                    KEYS.join(", ")
                ),
            )
            .with_detail(&name),
            ConfigError::Missing(name) => Self::new(
                "config.missing",
                format!("config.json has no \"{name}\"."),
                remedy(name),
            ),
            ConfigError::Wrong(name, value) => Self::new(
                "config.wrong",
                format!("config.json has a \"{name}\" that cannot be used."),
                remedy(name),
            )
            .with_detail(&value),
        }
    }
}

/// What a value must be.
fn remedy(name: &str) -> String {
    match name {
        "version" => "Set \"version\" to 1.".to_owned(),
        "cloud" => format!(
            "Set \"cloud\" to one of: {}.",
            cloud::ids().collect::<Vec<_>>().join(", ")
        ),
        "tenant" => "Set \"tenant\" to your tenant's id (a GUID), to one of its verified domains, or to \"organizations\" for any work or school account.".to_owned(),
        "clientId" => "Set \"clientId\" to the Application (client) id of your app registration, or to \"\" when nobody is to sign in.".to_owned(),
        "writerClientId" => "Leave \"writerClientId\" out, or set it to the id of a second app registration: a token of the one that reads must never be able to write.".to_owned(),
        "features" => format!(
            "Leave \"features\" out, or list some of: {}.",
            permission::FEATURES
                .iter()
                .map(|feature| feature.id)
                .collect::<Vec<_>>()
                .join(", ")
        ),
        _ => "\"custom\" needs \"login\" and \"graph\", each the origin of a server on this machine (http://localhost:9300). For Microsoft's own clouds set \"cloud\" to its name.".to_owned(),
    }
}

#[cfg(test)]
mod tests;
