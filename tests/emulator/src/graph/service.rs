//! A request to Graph from HTTP to the data half and back.

use serde_json::{Value, json};

use super::batch::{self, Outer};
use super::faults::{Profile, TOKEN_REQUESTS};
use super::{CallerRef, GraphAnswer, GraphRequest, access};
use crate::accounts::{self, Account, TENANT_ID};
use crate::clock;
use crate::emulator::Emulator;
use crate::entra::state::{Ended, Token};
use crate::http::{Delivery, Request, Response, decode, pairs};
use crate::random;
use crate::recording::Seen;

/// What a browser may read: `Retry-After` is not among it.
const EXPOSED: &str = "ETag, Location, Preference-Applied, Content-Range, request-id, client-request-id, ReadWriteConsistencyToken, SdkVersion, WWW-Authenticate, x-ms-client-gcc-tenant";

/// Who calls, with what.
#[derive(Debug)]
struct Caller {
    token: Token,
    account: &'static Account,
    user: CallerRef,
}

impl Emulator {
    /// The answer, when the path is one of Graph's.
    pub fn graph(&self, request: &Request) -> Option<Response> {
        let (version, path) = request.path.strip_prefix('/')?.split_once('/')?;
        if !matches!(version, "v1.0" | "beta") {
            return None;
        }
        if request.method == "OPTIONS" {
            return Some(preflight(request));
        }
        let path = format!("/{}", decode(path, false));
        let delivery = self.delivery(request, &path);
        if delivery == Delivery::Dropped {
            self.note(request, 0, false, None);
            return Some(Response {
                delivery,
                ..Response::empty(0)
            });
        }
        let id = random::guid();
        let body = read_body(request);
        let mut answer = match &body {
            Ok(body) => self.graph_answer(version, &path, request, body.clone()),
            Err(refusal) => refusal.clone(),
        };
        complete(
            &mut answer.body,
            &id,
            request.header("client-request-id"),
            self.clock.now(),
        );
        let body = body.ok().flatten();
        let url = format!("{}{}", self.graph_origin, request.target());
        let text = match &answer.body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        self.recording
            .exchange(&request.method, &url, answer.status, body.as_ref(), &text);
        self.note(request, answer.status, false, None);
        Some(self.respond(request, answer, text, &id, delivery))
    }

    fn note(&self, request: &Request, status: u16, inner: bool, url: Option<String>) {
        self.recording.seen(Seen {
            method: request.method.clone(),
            url: url.unwrap_or_else(|| format!("{}{}", self.graph_origin, request.target())),
            status,
            inner,
            at_ms: self.clock.now_ms(),
        });
    }

    fn delivery(&self, request: &Request, path: &str) -> Delivery {
        let mut faults = self.faults();
        let rule = faults
            .rules
            .iter_mut()
            .find(|rule| rule.delivery != Delivery::Whole && rule.means(&request.method, path));
        if let Some(rule) = rule {
            rule.times -= 1;
            return rule.delivery;
        }
        let body = random::hash(0, &String::from_utf8_lossy(&request.body));
        faults.delivery(&format!("{} {} {body:x}", request.method, request.target()))
    }

    fn graph_answer(
        &self,
        version: &str,
        path: &str,
        request: &Request,
        body: Option<Value>,
    ) -> GraphAnswer {
        let caller = match self.caller(request) {
            Ok(caller) => caller,
            Err(refusal) => return refusal,
        };
        if path == "/$batch" {
            if request.method != "POST" {
                return GraphAnswer::error(
                    405,
                    "MethodNotAllowed",
                    "Specified HTTP method is not allowed for the request target.",
                );
            }
            let outer = Outer {
                version,
                base: &self.graph_origin,
                user: &caller.user,
            };
            return batch::run(outer, body.as_ref(), |inner| {
                let mut answer = self.one(&caller, inner);
                complete(
                    &mut answer.body,
                    &random::guid(),
                    inner.header("client-request-id"),
                    self.clock.now(),
                );
                self.recording.seen(Seen {
                    method: inner.method.clone(),
                    url: url_of(inner),
                    status: answer.status,
                    inner: true,
                    at_ms: self.clock.now_ms(),
                });
                answer
            });
        }
        self.one(
            &caller,
            &GraphRequest {
                method: request.method.clone(),
                version: version.to_owned(),
                path: path.to_owned(),
                query: pairs(&request.query),
                headers: request.headers.clone(),
                body,
                base: self.graph_origin.clone(),
                user: caller.user.clone(),
            },
        )
    }

    /// Who the bearer token stands for, or 401.
    fn caller(&self, request: &Request) -> Result<Caller, GraphAnswer> {
        let header = request.header("authorization").unwrap_or_default();
        let given = match header.split_once(' ') {
            Some((scheme, given)) if scheme.eq_ignore_ascii_case("bearer") && !given.is_empty() => {
                given
            }
            _ => return Err(access::no_token(&self.login_origin)),
        };
        let mut faults = self.faults();
        let mut entra = self.entra_memory();
        let token = entra
            .tokens
            .get_mut(given)
            .ok_or_else(|| access::bad_token(&self.login_origin))?;
        token.requests += 1;
        let over = token.requests > TOKEN_REQUESTS && !faults.token_ended;
        match faults.profile {
            Profile::Expiry if over => token.ended = Ended::Expired,
            Profile::Cae if over && token.cp1 => token.ended = Ended::Revoked,
            _ => {}
        }
        faults.token_ended |= token.ended != Ended::No;
        if let Some(refusal) = access::ended(token, &self.login_origin, self.clock.now()) {
            return Err(refusal);
        }
        let account =
            accounts::by_oid(&token.oid).ok_or_else(|| access::bad_token(&self.login_origin))?;
        let user = CallerRef {
            oid: token.oid.clone(),
            tid: TENANT_ID.to_owned(),
        };
        Ok(Caller {
            token: token.clone(),
            account,
            user,
        })
    }

    /// One request, alone or in a batch: throttling, access, faults, data.
    fn one(&self, caller: &Caller, request: &GraphRequest) -> GraphAnswer {
        if self.throttling {
            let refusal =
                self.throttle()
                    .count(&caller.token.client_id, request, self.clock.now_ms());
            if let Some(refusal) = refusal {
                return refusal;
            }
        }
        if let Some(refusal) = access::refuse(&caller.token, caller.account, request) {
            return refusal;
        }
        if let Some(answer) = self.faults().instead(request) {
            return answer;
        }
        let asked = self.faults().before(request);
        let mut answer = self.tenant.answer(&asked);
        if is_no_route(&answer) {
            self.recording.unmatched(&request.method, &url_of(request));
        }
        self.faults().after(request, &mut answer);
        answer
    }

    fn respond(
        &self,
        request: &Request,
        answer: GraphAnswer,
        text: String,
        id: &str,
        delivery: Delivery,
    ) -> Response {
        let mut response = Response {
            status: answer.status,
            delivery,
            delay_ms: self.latency_ms,
            ..Response::default()
        };
        if !text.is_empty() {
            response.body = text.into_bytes();
            let kind = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
            response = response.with("Content-Type", kind);
        }
        response.headers.extend(answer.headers);
        response
            .with("Cache-Control", "no-cache")
            .with("Date", &clock::http_date(self.clock.now()))
            .with("OData-Version", "4.0")
            .with("request-id", id)
            .with(
                "client-request-id",
                request.header("client-request-id").unwrap_or(id),
            )
            .with(
                "x-ms-ags-diagnostic",
                "{\"ServerInfo\":{\"DataCenter\":\"Emulator\",\"Ring\":\"0\"}}",
            )
            .with("Vary", "Accept-Encoding")
            .with("Access-Control-Allow-Origin", "*")
            .with("Access-Control-Expose-Headers", EXPOSED)
    }
}

fn preflight(request: &Request) -> Response {
    let asked = request
        .header("access-control-request-headers")
        .unwrap_or_default();
    Response::empty(200)
        .with("Access-Control-Allow-Origin", "*")
        .with(
            "Access-Control-Allow-Methods",
            "GET, POST, PUT, PATCH, DELETE, OPTIONS",
        )
        .with("Access-Control-Allow-Headers", asked)
        .with("Access-Control-Max-Age", "3600")
}

fn read_body(request: &Request) -> Result<Option<Value>, GraphAnswer> {
    if request.body.is_empty() {
        return Ok(None);
    }
    let bad = |message: &str| GraphAnswer::error(400, "BadRequest", message);
    let kind = request
        .header("content-type")
        .unwrap_or_default()
        .to_ascii_lowercase();
    if !kind.starts_with("application/json") {
        return Err(bad(
            "Entity only allows writes with a JSON Content-Type header.",
        ));
    }
    serde_json::from_slice(&request.body)
        .map(Some)
        .map_err(|_| bad("Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format."))
}

/// Fills `innerError` as the service does.
fn complete(body: &mut Value, id: &str, client_id: Option<&str>, now: u64) {
    if let Some(error) = body.get_mut("error").filter(|error| error.is_object()) {
        let inner = json!({
            "date": clock::graph_date(now), "request-id": id, "client-request-id": client_id.unwrap_or(id),
        });
        match error.get_mut("innerError").and_then(Value::as_object_mut) {
            Some(known) => known.extend(
                inner
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(name, value)| (name.clone(), value.clone())),
            ),
            None => error["innerError"] = inner,
        }
    }
}

/// True when the data half does not know the path at all.
fn is_no_route(answer: &GraphAnswer) -> bool {
    answer.status == 400
        && answer
            .body
            .pointer("/error/message")
            .and_then(Value::as_str)
            .is_some_and(|message| message.starts_with("Resource not found for the segment"))
}

fn url_of(request: &GraphRequest) -> String {
    let query: Vec<String> = request
        .query
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let join = if query.is_empty() { "" } else { "?" };
    format!(
        "{}/{}{}{join}{}",
        request.base,
        request.version,
        request.path,
        query.join("&")
    )
}
