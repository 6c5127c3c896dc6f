//! JSON batching: learn.microsoft.com/graph/json-batching.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{CallerRef, GraphAnswer, GraphRequest};
use crate::http::{decode, pairs};
use crate::random;

/// Requests in one batch.
const MOST: usize = 20;

/// One request of a batch, before it is answered.
#[derive(Debug)]
struct Step {
    id: String,
    depends_on: Vec<String>,
    request: GraphRequest,
}

/// What all inner requests share.
#[derive(Debug, Clone, Copy)]
pub struct Outer<'a> {
    /// `v1.0` or `beta`
    pub version: &'a str,
    /// The emulator's address.
    pub base: &'a str,
    /// Who calls.
    pub user: &'a CallerRef,
}

fn bad(message: &str) -> GraphAnswer {
    GraphAnswer::error(400, "BadRequest", message)
}

/// Answers a batch; `answer` answers each inner request.
pub fn run(
    outer: Outer<'_>,
    body: Option<&Value>,
    mut answer: impl FnMut(&GraphRequest) -> GraphAnswer,
) -> GraphAnswer {
    let steps = match read(outer, body) {
        Ok(steps) => steps,
        Err(refusal) => return refusal,
    };
    let mut status: BTreeMap<String, u16> = BTreeMap::new();
    let mut responses = Vec::with_capacity(steps.len());
    let mut waiting: Vec<&Step> = steps.iter().collect();
    while !waiting.is_empty() {
        let (ready, rest): (Vec<&Step>, Vec<&Step>) = waiting
            .into_iter()
            .partition(|step| step.depends_on.iter().all(|id| status.contains_key(id)));
        if ready.is_empty() {
            return bad("The batch request has circular dependencies.");
        }
        for step in ready {
            let failed = step
                .depends_on
                .iter()
                .any(|id| status.get(id).is_none_or(|status| *status >= 400));
            let given = if failed {
                GraphAnswer::error(
                    424,
                    "FailedDependency",
                    "One of the requests that this request depends on has failed.",
                )
            } else {
                answer(&step.request)
            };
            status.insert(step.id.clone(), given.status);
            responses.push(response(step, given));
        }
        waiting = rest;
    }
    // The order of answers means nothing, and nobody may come to rely on it.
    responses.sort_by_key(|response| random::hash(1, response["id"].as_str().unwrap_or_default()));
    GraphAnswer::ok(json!({ "responses": responses }))
}

fn response(step: &Step, answer: GraphAnswer) -> Value {
    let mut headers = Map::new();
    headers.insert("Cache-Control".to_owned(), "no-cache".into());
    if !answer.body.is_null() {
        let kind = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
        headers.insert("Content-Type".to_owned(), kind.into());
    }
    for (name, value) in answer.headers {
        headers.insert(name, value.into());
    }
    let mut out = json!({"id": step.id, "status": answer.status, "headers": headers});
    if !answer.body.is_null() {
        out["body"] = answer.body;
    }
    out
}

fn read(outer: Outer<'_>, body: Option<&Value>) -> Result<Vec<Step>, GraphAnswer> {
    let requests = body
        .and_then(|body| body.get("requests"))
        .and_then(Value::as_array)
        .ok_or_else(|| bad("Invalid batch payload format."))?;
    if requests.is_empty() {
        return Err(bad("Invalid batch payload format."));
    }
    if requests.len() > MOST {
        return Err(bad(
            "Number of batch request steps exceeds the maximum value of 20.",
        ));
    }
    let mut seen = BTreeSet::new();
    let mut steps = Vec::with_capacity(requests.len());
    for item in requests {
        let step = step(outer, item)?;
        if !seen.insert(step.id.to_ascii_lowercase()) {
            return Err(bad(&format!(
                "Request Id {} has to be unique in a batch.",
                step.id
            )));
        }
        steps.push(step);
    }
    let known: BTreeSet<&str> = steps.iter().map(|step| step.id.as_str()).collect();
    for step in &steps {
        if step
            .depends_on
            .iter()
            .any(|id| !known.contains(id.as_str()) || *id == step.id)
        {
            return Err(bad(&format!(
                "Request id {} depends on a request that is not in the batch.",
                step.id
            )));
        }
    }
    Ok(steps)
}

fn step(outer: Outer<'_>, item: &Value) -> Result<Step, GraphAnswer> {
    let text = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default();
    let (id, method, url) = (text("id"), text("method").to_ascii_uppercase(), text("url"));
    if id.is_empty()
        || url.is_empty()
        || !matches!(method.as_str(), "GET" | "POST" | "PATCH" | "PUT" | "DELETE")
    {
        return Err(bad("Invalid batch payload format."));
    }
    if url.contains("://") || url.starts_with("//") {
        return Err(bad(&format!(
            "Request id {id}: the url must be relative to the service root."
        )));
    }
    let headers: Vec<(String, String)> = item
        .get("headers")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect();
    let body = item.get("body").cloned();
    let has_type = headers
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let writes = matches!(method.as_str(), "POST" | "PATCH" | "PUT");
    if (body.is_some() && !has_type) || (writes && body.is_none()) {
        return Err(bad(&format!(
            "Write request id : {id} does not contain Content-Type header or body."
        )));
    }
    if !writes && body.is_some() {
        return Err(bad(&format!(
            "Request id : {id} has a body that its method does not allow."
        )));
    }
    let depends_on = match item.get("dependsOn") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(ids)) if ids.iter().all(Value::is_string) => ids
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        Some(_) => return Err(bad("Invalid batch payload format.")),
    };
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    Ok(Step {
        id: id.to_owned(),
        depends_on,
        request: GraphRequest {
            method,
            version: outer.version.to_owned(),
            path: format!("/{}", decode(path.trim_start_matches('/'), false)),
            query: pairs(query),
            headers,
            body,
            base: outer.base.to_owned(),
            user: outer.user.clone(),
        },
    })
}
