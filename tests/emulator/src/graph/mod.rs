//! Graph, without its data: what a request and an answer are, and everything around the answers.
//!
//! The data half ([`crate::tenant`]) turns a [`GraphRequest`] into a [`GraphAnswer`]; it never sees HTTP,
//! tokens, throttling or faults.

mod access;
mod answer;
mod batch;
pub mod faults;
pub mod rules;
mod scopes;
mod service;
pub mod throttle;

#[cfg(test)]
mod tests;

pub use answer::{GraphAnswer, intune_message};

use serde_json::Value;

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallerRef {
    /// Object id of the signed-in user.
    pub oid: String,
    /// Tenant id of the token.
    pub tid: String,
}

/// One request to Graph after HTTP: also one inner request of a `$batch`.
#[derive(Debug, Clone)]
pub struct GraphRequest {
    /// `GET`, `POST`, …
    pub method: String,
    /// `v1.0` or `beta`.
    pub version: String,
    /// Decoded path below the version; starts with `/`.
    pub path: String,
    /// Decoded query options, in order.
    pub query: Vec<(String, String)>,
    /// Request headers.
    pub headers: Vec<(String, String)>,
    /// The JSON body.
    pub body: Option<Value>,
    /// Absolute URL of the service root, for nextLinks: `http://localhost:PORT`.
    pub base: String,
    /// Who calls.
    pub user: CallerRef,
}

impl GraphRequest {
    /// The first value of a query option; names are compared as written (`$top`).
    pub fn option(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        find_header(&self.headers, name)
    }

    /// True for everything but reads: what counts as a write for throttling.
    pub fn is_write(&self) -> bool {
        !matches!(self.method.as_str(), "GET" | "HEAD" | "OPTIONS")
    }

    /// True below Intune's roots.
    pub fn is_intune(&self) -> bool {
        is_intune(&self.path)
    }
}

/// True for paths that the Intune service answers rather than the directory.
pub fn is_intune(path: &str) -> bool {
    let first = path.trim_start_matches('/').split(['/', '(']).next();
    matches!(first, Some("deviceManagement" | "deviceAppManagement"))
}

/// The value of a header, whatever the case of its name.
pub fn find_header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
}
