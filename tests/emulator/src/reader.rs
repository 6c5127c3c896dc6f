//! Reads a tenant the way the product does, in this process and without waiting.
//!
//! [`domain::graph::Reading`] says what to send; each batch is answered by [`Tenant::answer`] with its
//! answers in another order. For the whole-flow tests and for the bundled demo snapshot.

use domain::graph::Reading;
use domain::graph::scheduler::{HttpRequest, Response, Step};
use domain::permission::{Method, routes_of};
use domain::protocol::{AuditAsk, AuditLog, AuditRead};
use domain::snapshot::Snapshot;
use serde_json::{Value, json};

use crate::accounts::{ACCOUNTS, TENANT_ID};
use crate::graph::{CallerRef, GraphAnswer, GraphRequest};
use crate::tenant::Tenant;

/// The origin that links of the tenant carry here.
pub const ORIGIN: &str = "https://graph.emulator.example";

/// A snapshot of everything that these scopes allow, and how many requests that took.
pub fn read(tenant: &Tenant, scopes: &[String], taken_at: &str) -> (Snapshot, usize) {
    read_with(scopes, taken_at, |request| tenant.answer(request))
}

/// As [`read`], with each answer from a function: for faults.
pub fn read_with(
    scopes: &[String],
    taken_at: &str,
    answer: impl FnMut(&GraphRequest) -> GraphAnswer,
) -> (Snapshot, usize) {
    let mut reading = Reading::new(ORIGIN, scopes, 1);
    let sent = drive(&mut reading, answer);
    (reading.finish(taken_at), sent)
}

/// The pages of audit logs, and how each log was read.
pub fn read_logs(
    scopes: &[String],
    ask: &AuditAsk,
    read_at: &str,
    answer: impl FnMut(&GraphRequest) -> GraphAnswer,
) -> (Vec<(AuditLog, String)>, Vec<AuditRead>) {
    let mut reading = Reading::of_logs(ORIGIN, scopes, ask, 1);
    drive(&mut reading, answer);
    (reading.log_pages(), reading.logs_read(read_at))
}

/// Goes on to the end; gives how many requests that took.
fn drive(reading: &mut Reading, mut answer: impl FnMut(&GraphRequest) -> GraphAnswer) -> usize {
    let (mut now, mut sent) = (0, 0);
    loop {
        match reading.next(now) {
            Step::Done => return sent,
            Step::Renew(_) => reading.renewed(),
            Step::Wait(until) => now = now.max(until),
            Step::Send(requests) => {
                for request in requests {
                    sent += request.inner.len();
                    now += 1;
                    // As the engine does: what is not in the read table is not sent.
                    if routes_of(Method::Post, &request.path, &request.body).is_none() {
                        reading.on_failure(request.id, now, "http.not_in_read_table");
                        continue;
                    }
                    let body = batch(&request, &mut answer).to_string();
                    let response = Response {
                        status: 200,
                        headers: &[],
                        body: body.as_bytes(),
                    };
                    reading.on_response(request.id, now, response);
                }
            }
        }
    }
}

fn batch(request: &HttpRequest, answer: &mut impl FnMut(&GraphRequest) -> GraphAnswer) -> Value {
    let body: Value = serde_json::from_str(&request.body).unwrap_or_default();
    let mut responses: Vec<Value> = Vec::new();
    for inner in body["requests"].as_array().into_iter().flatten() {
        let url = inner["url"].as_str().unwrap_or_default();
        let one = answer(&request_of(url, request.version.segment()));
        let headers: serde_json::Map<String, Value> = one
            .headers
            .into_iter()
            .map(|(name, value)| (name, value.into()))
            .collect();
        let response =
            json!({"id": inner["id"], "status": one.status, "headers": headers, "body": one.body});
        // The service answers in any order; here always in another one than asked.
        responses.insert(responses.len() / 2, response);
    }
    json!({ "responses": responses })
}

fn request_of(url: &str, version: &str) -> GraphRequest {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let options = query
        .split('&')
        .filter(|option| !option.is_empty())
        .map(|option| {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            (decode(name), decode(value))
        });
    GraphRequest {
        method: "GET".to_owned(),
        version: version.to_owned(),
        path: decode(path),
        query: options.collect(),
        headers: Vec::new(),
        body: None,
        base: ORIGIN.to_owned(),
        user: CallerRef {
            oid: ACCOUNTS[0].oid.to_owned(),
            tid: TENANT_ID.to_owned(),
        },
    }
}

/// `%41` → `A`.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = (*first == b'%').then(|| tail.get(..2)).flatten();
        let hex = hex.and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
