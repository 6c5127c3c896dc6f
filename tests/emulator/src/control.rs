//! What tests steer by: everything below `/__emulator/`.

use serde_json::{Value, json};

use crate::accounts::{ACCOUNTS, TENANT_ID};
use crate::emulator::Emulator;
use crate::entra::idtoken::DEFECTS;
use crate::entra::state::{Ended, TOKEN_SECONDS, Token};
use crate::graph::faults::{PROFILES, Profile};
use crate::graph::rules::Rule;
use crate::http::{Request, Response};

/// A control request that makes no sense, in words.
struct Nonsense(String);

impl Emulator {
    /// The answer, when the path is a control path. Without CORS headers: pages have no business here.
    pub fn control(&self, request: &Request) -> Option<Response> {
        let what = request.path.strip_prefix("/__emulator/")?;
        if request.method == "GET" {
            return self.show(what);
        }
        let body = match request.body.as_slice() {
            [] => Value::Null,
            bytes => match serde_json::from_slice(bytes) {
                Ok(body) => body,
                Err(error) => return Some(problem(&error.to_string())),
            },
        };
        Some(match self.steer(what, &body) {
            Ok(()) => Response::json(200, &self.state()),
            Err(Nonsense(words)) => problem(&words),
        })
    }

    fn show(&self, what: &str) -> Option<Response> {
        Some(match what {
            "exchanges" => Response::text(
                200,
                "application/jsonl; charset=utf-8",
                self.recording.jsonl(),
            ),
            "unmatched" => {
                let all = self.recording.all_unmatched();
                let all: Vec<Value> = all
                    .iter()
                    .map(|(method, url)| json!({"method": method, "url": url}))
                    .collect();
                Response::json(200, &all.into())
            }
            "requests" => {
                let all: Vec<Value> = self
                    .recording
                    .all_seen()
                    .iter()
                    .map(|seen| json!({"method": seen.method, "url": seen.url, "status": seen.status, "inner": seen.inner, "at": seen.at_ms}))
                    .collect();
                Response::json(200, &all.into())
            }
            "issued" => {
                let entra = self.entra_memory();
                let codes: Vec<&String> = entra.codes.keys().collect();
                let access: Vec<&String> = entra.tokens.keys().collect();
                let all =
                    json!({"codes": codes, "access_tokens": access, "id_tokens": entra.id_tokens});
                Response::json(200, &all)
            }
            "state" => Response::json(200, &self.state()),
            _ => return None,
        })
    }

    fn state(&self) -> Value {
        let faults = self.faults();
        let profile = PROFILES
            .iter()
            .find(|(_, profile)| *profile == faults.profile)
            .map(|(name, _)| *name);
        let accounts: Vec<Value> = ACCOUNTS
            .iter()
            .map(|account| json!({"oid": account.oid, "name": account.name, "upn": account.upn, "title": account.title}))
            .collect();
        json!({
            "base": self.base,
            "tenant": TENANT_ID,
            "client_ids": self.options().client_ids,
            "site_origin": self.options().site_origin,
            "faults": profile,
            "seed": faults.seed,
            "rules": faults.rules.len(),
            "now": self.clock.now(),
            "unmatched": self.recording.all_unmatched().len(),
            "forgotten": self.recording.forgotten(),
            "accounts": accounts,
        })
    }

    fn steer(&self, what: &str, body: &Value) -> Result<(), Nonsense> {
        match what {
            "reset" => self.reset(),
            "advance" => {
                let seconds = body
                    .get("seconds")
                    .and_then(Value::as_f64)
                    .filter(|seconds| *seconds >= 0.0);
                let seconds = seconds.ok_or_else(|| Nonsense("say {\"seconds\": N}".to_owned()))?;
                self.clock.advance(
                    std::time::Duration::from_secs_f64(seconds)
                        .as_millis()
                        .try_into()
                        .unwrap_or(0),
                );
            }
            "faults" => self.order_faults(body)?,
            "revoke" => self.end_tokens(body)?,
            "token" => self.take_token(body)?,
            "authorize-error" => {
                self.entra_memory().knobs.authorize_error = Some(error_knob(body)?)
            }
            "token-error" => self.entra_memory().knobs.token_error = Some(error_knob(body)?),
            "id-token" => {
                let name = text(body, "defect");
                let defect = DEFECTS
                    .iter()
                    .find(|(known, _)| *known == name)
                    .map(|(_, defect)| *defect);
                if defect.is_none() && name != "none" {
                    let known: Vec<&str> = DEFECTS.iter().map(|(name, _)| *name).collect();
                    return Err(Nonsense(format!("defect is none, {}", known.join(", "))));
                }
                self.entra_memory().knobs.defect = defect;
            }
            _ => return Err(Nonsense(format!("there is no control {what}"))),
        }
        Ok(())
    }

    /// `{"profile"?, "seed"?, "rules"?: […]}`; rules alone leave the profile as it is.
    fn order_faults(&self, body: &Value) -> Result<(), Nonsense> {
        if let Some(name) = body.get("profile").and_then(Value::as_str) {
            let profile = Profile::named(name).ok_or_else(|| {
                let known: Vec<&str> = PROFILES.iter().map(|(name, _)| *name).collect();
                Nonsense(format!("profile is one of {}", known.join(", ")))
            })?;
            let seed = body.get("seed").and_then(Value::as_u64).unwrap_or(1);
            self.set_faults(profile, seed);
        }
        for rule in body
            .get("rules")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let rule = Rule::read(rule).ok_or_else(|| Nonsense(format!("no rule: {rule}")))?;
            self.faults().rules.push(rule);
        }
        Ok(())
    }

    /// `{"user"?: UPN or object id, "how": "expired" | "revoked"}`; `sessions: true` ends browser sessions too.
    fn end_tokens(&self, body: &Value) -> Result<(), Nonsense> {
        let ended = match text(body, "how") {
            "" | "revoked" => Ended::Revoked,
            "expired" => Ended::Expired,
            other => return Err(Nonsense(format!("how is revoked or expired, not {other}"))),
        };
        let user = text(body, "user");
        let user = crate::accounts::by_hint(user).map_or(user, |account| account.oid);
        let mut entra = self.entra_memory();
        for token in entra
            .tokens
            .values_mut()
            .filter(|token| user.is_empty() || token.oid == user)
        {
            token.ended = ended;
        }
        if body.get("sessions") == Some(&Value::Bool(true)) {
            entra.sessions.clear();
        }
        Ok(())
    }

    /// `{"token", "user": UPN or object id, "client_id"?, "scopes": ["User.Read", …]}`: Graph takes it from now on,
    /// as one that another identity provider issued.
    fn take_token(&self, body: &Value) -> Result<(), Nonsense> {
        let (token, user) = (text(body, "token"), text(body, "user"));
        let account = crate::accounts::by_hint(user);
        let (Some(account), Some(scopes), false) = (
            account,
            body.get("scopes").and_then(Value::as_array),
            token.is_empty(),
        ) else {
            return Err(Nonsense(
                "say {\"token\", \"user\", \"scopes\": […]}, the user one of the tenant's"
                    .to_owned(),
            ));
        };
        let now = self.clock.now();
        let token_of = Token {
            oid: account.oid.to_owned(),
            client_id: text(body, "client_id").to_owned(),
            scopes: scopes
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            issued: now,
            expires: now + TOKEN_SECONDS,
            cp1: false,
            requests: 0,
            ended: Ended::No,
        };
        self.entra_memory()
            .tokens
            .insert(token.to_owned(), token_of);
        Ok(())
    }
}

fn text<'a>(body: &'a Value, name: &str) -> &'a str {
    body.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// `{"code": 53003, "times"?: 1}`
fn error_knob(body: &Value) -> Result<(u32, u32), Nonsense> {
    let number = |name: &str| {
        body.get(name)
            .and_then(Value::as_u64)
            .and_then(|number| u32::try_from(number).ok())
    };
    let code =
        number("code").ok_or_else(|| Nonsense("say {\"code\": AADSTS number}".to_owned()))?;
    Ok((code, number("times").unwrap_or(1).max(1)))
}

fn problem(words: &str) -> Response {
    Response::json(400, &json!({"problem": words}))
}
