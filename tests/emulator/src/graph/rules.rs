//! Single faults that a test orders through the control endpoint.

use serde_json::Value;

use super::{GraphAnswer, GraphRequest};
use crate::http::Delivery;

/// One ordered fault.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Method, or empty for all.
    pub method: String,
    /// Start of the path below the version.
    pub path: String,
    /// How many more requests it meets.
    pub times: u32,
    /// The answer instead of the real one.
    pub answer: Option<GraphAnswer>,
    /// How the bytes leave, for whole HTTP answers.
    pub delivery: Delivery,
}

impl Rule {
    /// Reads `{"method"?, "path", "times"?, "status"?, "code"?, "message"?, "headers"?, "body"?, "delivery"?}`.
    /// `None` when it names no path, or a delivery that does not exist.
    pub fn read(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
        let delivery = match text("delivery") {
            "" | "whole" => Delivery::Whole,
            "slow" => Delivery::Slow,
            "cut" => Delivery::Cut,
            "broken" => Delivery::Broken,
            "dropped" => Delivery::Dropped,
            _ => return None,
        };
        let status = value
            .get("status")
            .and_then(Value::as_u64)
            .and_then(|status| u16::try_from(status).ok());
        let answer = status.map(|status| {
            let mut answer = match value.get("body") {
                Some(body) => GraphAnswer::status(status, body.clone()),
                None => GraphAnswer::error(status, text("code"), text("message")),
            };
            for (name, value) in value
                .get("headers")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                answer = answer.with_header(name, value.as_str().unwrap_or_default());
            }
            answer
        });
        let path = text("path").to_owned();
        let times = value.get("times").and_then(Value::as_u64).unwrap_or(1);
        (!path.is_empty()).then(|| Self {
            method: text("method").to_owned(),
            path,
            times: u32::try_from(times).unwrap_or(u32::MAX),
            answer,
            delivery,
        })
    }

    /// True when the request is one that the rule means.
    pub fn applies(&self, request: &GraphRequest) -> bool {
        self.means(&request.method, &request.path)
    }

    /// The same, of method and path.
    pub fn means(&self, method: &str, path: &str) -> bool {
        self.times > 0
            && (self.method.is_empty() || self.method == method)
            && path.starts_with(&self.path)
    }

    /// Uses it once.
    pub fn take(&mut self) -> Option<GraphAnswer> {
        self.times = self.times.saturating_sub(1);
        self.answer.clone()
    }
}
