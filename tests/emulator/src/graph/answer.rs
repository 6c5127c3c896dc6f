//! An answer of Graph, and the shapes of its errors.

use serde_json::{Value, json};

/// What Graph answers, before HTTP.
#[derive(Debug, Clone, PartialEq)]
pub struct GraphAnswer {
    /// HTTP status.
    pub status: u16,
    /// JSON body; `Null` for an empty one (204).
    pub body: Value,
    /// Headers beside those that every answer has.
    pub headers: Vec<(String, String)>,
}

impl GraphAnswer {
    /// 200 with a body.
    pub fn ok(body: Value) -> Self {
        Self::status(200, body)
    }

    /// A status with a body.
    pub fn status(status: u16, body: Value) -> Self {
        Self {
            status,
            body,
            headers: Vec::new(),
        }
    }

    /// An error in Graph's shape. The server fills `innerError` (date, ids).
    pub fn error(status: u16, code: &str, message: &str) -> Self {
        Self::status(
            status,
            json!({"error": {"code": code, "message": message, "innerError": {}}}),
        )
    }

    /// An error of the Intune service: a JSON document inside `error.message`.
    pub fn intune_error(status: u16, code: &str, text: &str) -> Self {
        Self::error(status, code, &intune_message(text))
    }

    /// 404 as the service that owns the path says it.
    pub fn not_found(path: &str) -> Self {
        if super::is_intune(path) {
            return Self::intune_error(404, "ResourceNotFound", "An error has occurred");
        }
        let name = path.rsplit('/').next().unwrap_or_default();
        Self::error(
            404,
            "Request_ResourceNotFound",
            &format!(
                "Resource '{name}' does not exist or one of its queried reference-property objects are not present."
            ),
        )
    }

    /// 400 for a path that no part of the service knows.
    pub fn no_such_segment(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or_default();
        Self::error(
            400,
            "BadRequest",
            &format!("Resource not found for the segment '{name}'."),
        )
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// The document that Intune writes into `error.message`.
pub fn intune_message(text: &str) -> String {
    format!(
        "{{\r\n  \"_version\": 3,\r\n  \"Message\": {},\r\n  \"CustomApiErrorPhrase\": \"\",\r\n  \"RetryAfter\": null,\r\n  \"ErrorSourceService\": \"\",\r\n  \"HttpHeaders\": \"{{}}\"\r\n}}",
        Value::from(format!(
            "{text} - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000 - Activity ID: 00000000-0000-0000-0000-000000000000 - Url: https://fef.emulator.example/"
        ))
    )
}
