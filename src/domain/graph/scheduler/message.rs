//! What goes into the scheduler and what comes out of it.

use super::{AskId, Ms};
use crate::catalog::ApiVersion;
use crate::json::Json;
use crate::snapshot::Gap;

/// What is asked first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// Lists and their further pages: they say how much there is to do.
    List,
    /// What is below a policy.
    Child,
    /// Names of what policies point to.
    Name,
}

/// What to do now.
#[derive(Debug, PartialEq)]
pub enum Step {
    /// Send these, all at once, then ask again.
    Send(Vec<HttpRequest>),
    /// Nothing to send before this time, or before an answer comes; `u64::MAX`: only an answer,
    /// `resume` or `renewed` brings it on.
    Wait(Ms),
    /// The token is not good any more. Said once; call `renewed` or
    /// `abandon`. The text is the claims of a challenge (JSON), or empty.
    Renew(String),
    /// Every ask has its answer.
    Done,
}

/// A batch to send: POST, with `Content-Type: application/json` and the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// Hand it back with the answer.
    pub id: u32,
    /// Below Graph's origin: `/beta/$batch`.
    pub path: String,
    /// JSON.
    pub body: String,
    /// The version that all inner requests have.
    pub version: ApiVersion,
    /// Relative URLs of the inner GET requests, for the route check and the ledger.
    pub inner: Vec<String>,
}

/// What came back for an [`HttpRequest`].
#[derive(Debug, Clone, Copy)]
pub struct Response<'a> {
    /// HTTP status.
    pub status: u16,
    /// Names in any case, and values.
    pub headers: &'a [(String, String)],
    /// The body as it came.
    pub body: &'a [u8],
}

impl<'a> Response<'a> {
    pub(super) fn header(&self, name: &str) -> Option<&'a str> {
        let found = self
            .headers
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// What happened to an ask.
#[derive(Debug)]
pub struct Answer<'a> {
    /// Which one.
    pub ask: AskId,
    /// The body, or why there is none.
    pub result: Result<Json<'a>, Gap>,
}
