//! The only place that sends anything, and the only one that attaches a token.
//!
//! A request to Graph passes three checks before the token is touched: its origin is the configured one
//! by construction (a path is given, never a URL), the path is in the read table, and so is every part of
//! a batch. The browser's policy (`connect-src`) is the second wall. `exchange` has the fetch itself.

mod exchange;

use std::cell::{Cell, RefCell};

use domain::oauth::cloud::Cloud;
use domain::oauth::token;
use domain::permission::{self, Method};
use domain::protocol::LedgerEntry;
use domain::secret::Secret;
use web_sys::{AbortController, Headers, RequestMode};

use self::exchange::{Deadline, Sending, exchange};
use super::clock;
use super::ledger::Ledger;
use super::session::Session;

/// The most of a Graph answer that is read, in bytes. A full page of settings has about 5 MB.
const GRAPH_LIMIT: usize = 64 * 1024 * 1024;
const GRAPH_TIMEOUT_MS: i32 = 100_000;
const LOGIN_TIMEOUT_MS: i32 = 30_000;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HttpError {
    /// Not in the read table. Nothing was sent.
    NotInReadTable,
    /// Not below the configured origin. Nothing was sent.
    ForeignOrigin,
    /// No token, or one that has ended. Nothing was sent.
    NoSession,
    /// No network, a redirect, or CORS: the browser does not tell which.
    Unreachable,
    /// No complete answer in time.
    TooSlow,
    /// More bytes than allowed.
    TooLarge,
    /// The connection ended within the answer.
    Cut,
    /// Ended by [`Http::abort`].
    Cancelled,
}

impl HttpError {
    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotInReadTable => "http.not_in_read_table",
            Self::ForeignOrigin => "http.foreign_origin",
            Self::NoSession => "http.no_session",
            Self::Unreachable => "http.unreachable",
            Self::TooSlow => "http.too_slow",
            Self::TooLarge => "http.too_large",
            Self::Cut => "http.cut",
            Self::Cancelled => "http.cancelled",
        }
    }
}

/// An answer with a status, whatever it is.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Names in lower case, and values, of the headers that are used and readable.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header by its lower-case name; empty when absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .iter()
            .find(|(have, _)| have == name)
            .map_or("", |(_, value)| value)
    }

    /// The body as text; bytes that are not UTF-8 become U+FFFD.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }
}

/// A read of Graph.
#[derive(Debug, Clone, Copy)]
pub struct GraphCall<'a> {
    /// GET, or POST for `$batch` and the few other reads with a body.
    pub method: Method,
    /// Below Graph's origin, with version and query: `/beta/$batch`.
    pub path: &'a str,
    /// JSON, for POST.
    pub body: Option<&'a str>,
    /// For the ledger: why it is sent.
    pub why: &'a str,
}

/// Sends, and writes down what was sent.
#[derive(Debug, Default)]
pub struct Http {
    ledger: Ledger,
    under_way: RefCell<Vec<(u32, AbortController)>>,
    number: Cell<u32>,
}

impl Http {
    /// Sends a read to Graph with the session's token.
    ///
    /// # Errors
    /// See [`HttpError`]; an answer with an error status is an answer.
    pub async fn graph(&self, session: &Session, call: GraphCall<'_>) -> Result<Answer, HttpError> {
        let routes = permission::routes_of(call.method, call.path, call.body.unwrap_or_default())
            .ok_or(HttpError::NotInReadTable)?;
        let route = routes.first().map_or("", |route| route.template());
        let (origin, bearer) = session.bearer(clock::now()).ok_or(HttpError::NoSession)?;
        let url = graph_url(&origin, call.path)?;
        let headers = Headers::new().map_err(|_| HttpError::Unreachable)?;
        let set = |name: &str, value: &str| {
            headers
                .set(name, value)
                .map_err(|_| HttpError::ForeignOrigin)
        };
        set("Authorization", bearer.expose())?;
        set("Accept", "application/json")?;
        if call.body.is_some() {
            set("Content-Type", "application/json")?;
        }
        let sending = Sending {
            method: call.method,
            url: &url,
            origin: &origin,
            route,
            headers: Some(&headers),
            body: call.body,
            limit: GRAPH_LIMIT,
            timeout: GRAPH_TIMEOUT_MS,
            mode: RequestMode::Cors,
            why: call.why,
        };
        let answer = self.send(&sending).await;
        // The parts of a batch are requests too: each has its line.
        if let Ok(answer) = &answer {
            for part in routes.iter().skip(1) {
                self.note(&sending, part.template(), answer.status, 0, 0);
            }
        }
        answer
    }

    /// Redeems a code at the token endpoint. The body holds secrets and is not written down.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn token(
        &self,
        cloud: &Cloud,
        tenant: &str,
        body: &Secret,
    ) -> Result<Answer, HttpError> {
        let headers = Headers::new().map_err(|_| HttpError::Unreachable)?;
        headers
            .set(
                "Content-Type",
                "application/x-www-form-urlencoded;charset=utf-8",
            )
            .map_err(|_| HttpError::Unreachable)?;
        self.send(&Sending {
            method: Method::Post,
            url: &cloud.token_url(tenant),
            origin: &cloud.login,
            route: "/{tenant}/oauth2/v2.0/token",
            headers: Some(&headers),
            body: Some(body.expose()),
            limit: token::LIMIT,
            timeout: LOGIN_TIMEOUT_MS,
            mode: RequestMode::Cors,
            why: "sign-in",
        })
        .await
    }

    /// Fetches an authority's signing keys.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn keys(&self, cloud: &Cloud, tenant_id: &str) -> Result<Answer, HttpError> {
        self.send(&Sending {
            method: Method::Get,
            url: &cloud.keys_url(tenant_id),
            origin: &cloud.login,
            route: "/{tenant}/discovery/v2.0/keys",
            headers: None,
            body: None,
            limit: domain::oauth::jwks::LIMIT,
            timeout: LOGIN_TIMEOUT_MS,
            mode: RequestMode::Cors,
            why: "signing keys",
        })
        .await
    }

    /// Fetches a file of the site's own. `base` ends with a slash.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn site(
        &self,
        base: &str,
        file: &str,
        limit: usize,
        why: &str,
    ) -> Result<Answer, HttpError> {
        self.send(&Sending {
            method: Method::Get,
            url: &format!("{base}{file}"),
            origin: origin_of(base),
            route: file,
            headers: None,
            body: None,
            limit,
            timeout: GRAPH_TIMEOUT_MS,
            mode: RequestMode::SameOrigin,
            why,
        })
        .await
    }

    /// Ends every request that is under way.
    pub fn abort(&self) {
        for (_, controller) in self.under_way.take() {
            controller.abort();
        }
    }

    /// Everything that was sent since the start.
    pub fn ledger(&self) -> Vec<LedgerEntry> {
        self.ledger.entries()
    }

    async fn send(&self, sending: &Sending<'_>) -> Result<Answer, HttpError> {
        let controller = AbortController::new().map_err(|_| HttpError::Unreachable)?;
        let number = self.number.get();
        self.number.set(number.wrapping_add(1));
        self.under_way
            .borrow_mut()
            .push((number, controller.clone()));
        let started = clock::monotonic();
        let deadline = Deadline::new(&controller, sending.timeout);
        let result = exchange(sending, &controller).await;
        let aborted = controller.signal().aborted();
        self.under_way
            .borrow_mut()
            .retain(|(other, _)| *other != number);
        let result = result.map_err(|error| match (aborted, deadline.is_over()) {
            (true, true) => HttpError::TooSlow,
            (true, false) if error != HttpError::TooLarge => HttpError::Cancelled,
            _ => error,
        });
        let (status, bytes) = result
            .as_ref()
            .map_or((0, 0), |answer| (answer.status, answer.body.len()));
        self.note(sending, sending.route, status, bytes, started);
        result
    }

    fn note(&self, sending: &Sending<'_>, route: &str, status: u16, bytes: usize, started: u64) {
        let now = clock::monotonic();
        let start = if started == 0 { now } else { started };
        let small = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
        self.ledger.note(LedgerEntry {
            at: small(start),
            method: sending.method.name().to_owned(),
            origin: sending.origin.to_owned(),
            route: route.to_owned(),
            status,
            bytes: small(bytes as u64),
            took: small(now - start),
            why: sending.why.to_owned(),
        });
    }
}

/// A Graph URL from a path: it cannot have another origin.
///
/// # Errors
/// [`HttpError::ForeignOrigin`] for what is no path, or has characters that a browser would change.
pub fn graph_url(origin: &str, path: &str) -> Result<String, HttpError> {
    if path.starts_with('/') && path.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(format!("{origin}{path}"))
    } else {
        Err(HttpError::ForeignOrigin)
    }
}

fn origin_of(base: &str) -> &str {
    let start = base.find("://").map_or(0, |at| at + 3);
    let end = base[start..].find('/').map_or(base.len(), |at| start + at);
    &base[..end]
}
