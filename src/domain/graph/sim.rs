//! A Graph that answers in virtual time, for tests: latency, throttling, failures, any order.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use super::retry::{Jitter, Ms};
use super::scheduler::{HttpRequest, Response};
use crate::json::Json;

/// What the fake says to one inner request.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    /// JSON text.
    pub body: String,
}

impl Reply {
    pub fn ok(body: impl Into<String>) -> Self {
        Self {
            status: 200,
            headers: Vec::new(),
            body: body.into(),
        }
    }

    pub fn error(status: u16, code: &str, message: &str) -> Self {
        let message = Json::String(message.into()).to_text();
        Self {
            status,
            headers: Vec::new(),
            body: format!(r#"{{"error":{{"code":"{code}","message":{message}}}}}"#),
        }
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

/// What happens to a whole batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Arrives,
    Lost,
    Truncated,
    Status(u16),
}

pub struct Sim<F, G> {
    pub now: Ms,
    pub latency: Ms,
    pub answer: F,
    pub fate: G,
    /// Time and path of every inner request.
    pub sent: Vec<(Ms, String)>,
    pub most_flights: usize,
    pub order: Jitter,
    pub under_way: Vec<(Ms, HttpRequest)>,
}

/// How a batch came back.
pub enum Arrival {
    Response(u32, u16, Vec<u8>),
    Failure(u32),
}

impl<F: FnMut(Ms, &str) -> Reply, G: FnMut(Ms, &HttpRequest) -> Fate> Sim<F, G> {
    pub fn new(answer: F, fate: G) -> Self {
        Self {
            now: 0,
            latency: 80,
            answer,
            fate,
            sent: Vec::new(),
            most_flights: 0,
            order: Jitter::new(7),
            under_way: Vec::new(),
        }
    }

    pub fn send(&mut self, requests: Vec<HttpRequest>) {
        for request in requests {
            assert!(request.inner.len() <= 20);
            for url in &request.inner {
                self.sent.push((self.now, url.clone()));
            }
            self.under_way.push((self.now + self.latency, request));
        }
        self.most_flights = self.most_flights.max(self.under_way.len());
    }

    /// Goes on to the next arrival, or to `until` when that is earlier.
    pub fn wait(&mut self, until: Ms) -> Option<Arrival> {
        let next = (0..self.under_way.len()).min_by_key(|i| self.under_way[*i].0);
        match next {
            Some(i) if self.under_way[i].0 <= until => {
                let (due, request) = self.under_way.remove(i);
                self.now = self.now.max(due);
                Some(self.arrive(&request))
            }
            _ => {
                assert_ne!(
                    until,
                    Ms::MAX,
                    "waits for an answer and nothing is under way"
                );
                self.now = self.now.max(until);
                None
            }
        }
    }

    fn arrive(&mut self, request: &HttpRequest) -> Arrival {
        match (self.fate)(self.now, request) {
            Fate::Lost => return Arrival::Failure(request.id),
            Fate::Status(status) => return Arrival::Response(request.id, status, Vec::new()),
            Fate::Arrives | Fate::Truncated => {}
        }
        let body = Json::parse(&request.body).unwrap();
        let mut answers: Vec<String> = Vec::new();
        for inner in body.get("requests").unwrap().elements() {
            let url = inner.str_at("url").unwrap();
            let reply = (self.answer)(self.now, url);
            let mut headers = String::new();
            for (name, value) in &reply.headers {
                let value = Json::String(value.as_str().into()).to_text();
                write!(
                    headers,
                    "{}\"{name}\":{value}",
                    if headers.is_empty() { "" } else { "," }
                )
                .unwrap();
            }
            let at = usize::from(self.order.byte()) % (answers.len() + 1);
            let id = inner.str_at("id").unwrap();
            let (status, body) = (reply.status, &reply.body);
            answers.insert(
                at,
                format!(
                    r#"{{"id":"{id}","status":{status},"headers":{{{headers}}},"body":{body}}}"#
                ),
            );
        }
        let mut text = format!(r#"{{"responses":[{}]}}"#, answers.join(","));
        if (self.fate)(self.now, request) == Fate::Truncated {
            text.truncate(text.len() / 2);
        }
        Arrival::Response(request.id, 200, text.into_bytes())
    }
}

/// A response without headers.
pub fn plain(status: u16, body: &[u8]) -> Response<'_> {
    Response {
        status,
        headers: &[],
        body,
    }
}
