//! When requests are sent: batches, budgets, second tries, pauses. A state machine without I/O.
//!
//! Ask with [`Scheduler::ask`], send what [`Scheduler::next`] says, hand back what came with
//! [`Scheduler::on_response`] or [`Scheduler::on_failure`]. Every ask gets exactly one [`Answer`]:
//! what Graph said, or the reason why it is not known.

use std::collections::{HashMap, VecDeque};

use super::batch::{self, Inner};
use super::budget::{Budget, Family};
use super::error::{Class, GraphError};
use super::retry::{self, FAILED_LIMIT, Jitter, MALFORMED_LIMIT, Ms, THROTTLED_LIMIT};
use super::url;
use crate::catalog::ApiVersion;
use crate::json::Json;
use crate::snapshot::{Gap, Reason};

mod message;
mod queue;

pub use message::{Answer, HttpRequest, Priority, Response, Step};

/// Batches under way at once. Intune slows down well before its published budget when more are.
pub const FLIGHTS: usize = 5;
/// Renewals of the token without a single answer in between, before the rest is given up.
const FRUITLESS_LIMIT: u8 = 3;

/// Names an ask. Numbered from 0 in the order of asking.
pub type AskId = u32;

#[derive(Debug)]
struct Ask {
    version: ApiVersion,
    url: String,
    family: Family,
    priority: Priority,
    throttled: u8,
    failed: u8,
    /// How many may share a batch with it: less after a batch of it failed as a whole.
    company: u8,
}

#[derive(Debug)]
struct Flight {
    asks: Vec<AskId>,
    token: u32,
    sent_at: Ms,
}

#[derive(Debug, PartialEq)]
enum Token {
    Good,
    /// Refused, with the claims of the challenge; not said yet.
    Refused(String),
    /// Said; waiting for a new one.
    Renewing,
}

/// See the module.
#[derive(Debug)]
pub struct Scheduler {
    /// `None` once answered.
    asks: Vec<Option<Ask>>,
    /// By priority, family and version.
    queues: [VecDeque<AskId>; 30],
    delayed: Vec<(Ms, AskId)>,
    flights: HashMap<u32, Flight>,
    next_flight: u32,
    budget: Budget,
    jitter: Jitter,
    token: Token,
    token_number: u32,
    fruitless: u8,
    paused: bool,
    answered: u32,
    /// Smoothed time of a batch.
    latency: Ms,
}

impl Scheduler {
    /// `seed` is random; it only spreads second tries.
    pub fn new(seed: u64) -> Self {
        Self {
            asks: Vec::new(),
            queues: std::array::from_fn(|_| VecDeque::new()),
            delayed: Vec::new(),
            flights: HashMap::new(),
            next_flight: 1,
            budget: Budget::default(),
            jitter: Jitter::new(seed),
            token: Token::Good,
            token_number: 0,
            fruitless: 0,
            paused: false,
            answered: 0,
            latency: 0,
        }
    }

    /// Asks for a URL below the version segment, encoded (see [`url::build`]).
    pub fn ask(&mut self, version: ApiVersion, url: String, priority: Priority) -> AskId {
        let id = self.asks.len() as AskId;
        self.asks.push(Some(Ask {
            version,
            family: Family::of(&url),
            url,
            priority,
            throttled: 0,
            failed: 0,
            company: batch::LIMIT as u8,
        }));
        self.enqueue(id);
        id
    }

    /// Sends nothing new until [`Self::resume`]. Answers of what is under way still count.
    pub fn pause(&mut self) {
        self.paused = true;
    }

    /// Goes on.
    pub fn resume(&mut self) {
        self.paused = false;
    }

    /// True between [`Self::pause`] and [`Self::resume`].
    pub fn is_paused(&self) -> bool {
        self.paused
    }

    /// There is a new token.
    pub fn renewed(&mut self) {
        self.token = Token::Good;
        self.token_number += 1;
    }

    /// Ends everything that is not answered yet with this reason. Late answers are ignored.
    pub fn abandon(&mut self, gap: &Gap) -> Vec<Answer<'static>> {
        self.queues.iter_mut().for_each(VecDeque::clear);
        self.delayed.clear();
        self.flights.clear();
        let open = (0..self.asks.len() as AskId).filter(|id| self.is_open(*id));
        let open: Vec<AskId> = open.collect();
        open.into_iter()
            .filter_map(|ask| self.answer(ask, Err(gap.clone())))
            .collect()
    }

    /// Asks answered, and asks made.
    pub fn counts(&self) -> (u32, u32) {
        (self.answered, self.asks.len() as u32)
    }

    /// What to do now.
    pub fn next(&mut self, now: Ms) -> Step {
        if self.answered as usize == self.asks.len() {
            return Step::Done;
        }
        if let Token::Refused(claims) = &mut self.token {
            let claims = std::mem::take(claims);
            self.token = Token::Renewing;
            return Step::Renew(claims);
        }
        if self.paused || self.token != Token::Good {
            return Step::Wait(Ms::MAX);
        }
        self.release_delayed(now);
        let mut requests = Vec::new();
        while self.flights.len() < FLIGHTS {
            match self.form_batch(now) {
                Some(request) => requests.push(request),
                None => break,
            }
        }
        if requests.is_empty() {
            Step::Wait(self.wake_at(now))
        } else {
            Step::Send(requests)
        }
    }

    /// An answer with a status came. Unknown ids are ignored.
    pub fn on_response<'a>(&mut self, id: u32, now: Ms, response: Response<'a>) -> Vec<Answer<'a>> {
        let Some(flight) = self.flights.remove(&id) else {
            return Vec::new();
        };
        let took = now.saturating_sub(flight.sent_at);
        self.latency = if self.latency == 0 {
            took
        } else {
            (self.latency * 7 + took) / 8
        };
        if response.status == 200 {
            let body = std::str::from_utf8(response.body).unwrap_or_default();
            return match batch::read(body) {
                Ok(inner) => self.take_inner(&flight, inner, now),
                Err(batch::NotABatch) => self.split(&flight, now, &malformed()),
            };
        }
        let body = std::str::from_utf8(response.body).unwrap_or_default();
        let body = Json::parse(body).unwrap_or(Json::Null);
        let error = GraphError::read(response.status, &body, response.header("WWW-Authenticate"));
        match error.class {
            // The batch itself was not taken: one of its requests may be the reason.
            Class::Refused | Class::NotFound | Class::Failed => {
                self.split(&flight, now, &error.gap())
            }
            _ => {
                let wait = response.header("Retry-After").and_then(retry::retry_after);
                let asks = flight.asks.iter();
                let answers =
                    asks.filter_map(|ask| self.take_error(*ask, &flight, &error, wait, now));
                answers.collect()
            }
        }
    }

    /// No answer came: a time-out, a cut connection. `code` is shown to the person.
    pub fn on_failure(&mut self, id: u32, now: Ms, code: &str) -> Vec<Answer<'static>> {
        let Some(flight) = self.flights.remove(&id) else {
            return Vec::new();
        };
        self.split(&flight, now, &failed(code))
    }

    fn take_inner<'a>(
        &mut self,
        flight: &Flight,
        inner: Vec<Inner<'a>>,
        now: Ms,
    ) -> Vec<Answer<'a>> {
        let mut answers = Vec::with_capacity(inner.len());
        let mut left = flight.asks.clone();
        let any_good = inner.iter().any(|one| (200..300).contains(&one.status));
        for one in inner {
            // An id that was not asked, or was answered already, is not an answer.
            let Some(at) = left.iter().position(|ask| *ask == one.id) else {
                continue;
            };
            left.swap_remove(at);
            if (200..300).contains(&one.status) {
                self.fruitless = 0;
                answers.extend(self.answer(one.id, Ok(one.body)));
            } else {
                let mut error =
                    GraphError::read(one.status, &one.body, one.www_authenticate.as_deref());
                if any_good {
                    error = error.beside_good_ones();
                }
                let wait = one.retry_after.as_deref().and_then(retry::retry_after);
                answers.extend(self.take_error(one.id, flight, &error, wait, now));
            }
        }
        let gap = failed("no answer in the batch");
        for ask in left {
            answers.extend(self.try_again(ask, now, FAILED_LIMIT, &gap));
        }
        answers
    }

    fn take_error(
        &mut self,
        id: AskId,
        flight: &Flight,
        error: &GraphError,
        wait: Option<Ms>,
        now: Ms,
    ) -> Option<Answer<'static>> {
        match error.class {
            Class::Throttled => self.throttled(id, error, wait, now),
            Class::Failed => {
                let ask = self.asks.get_mut(id as usize)?.as_mut()?;
                if error.status == 504
                    && !url::is_object(ask.version, &ask.url)
                    && let Some(smaller) = url::smaller_pages(&ask.url)
                {
                    ask.url = smaller;
                }
                self.try_again(id, now, FAILED_LIMIT, &error.gap())
            }
            Class::Expired | Class::Claims => {
                if flight.token == self.token_number && self.token == Token::Good {
                    self.token = Token::Refused(error.claims.clone());
                    self.fruitless += 1;
                }
                if self.fruitless > FRUITLESS_LIMIT {
                    self.token = Token::Good;
                    return self.answer(id, Err(error.gap()));
                }
                self.enqueue(id);
                None
            }
            _ => self.answer(id, Err(error.gap())),
        }
    }

    fn throttled(
        &mut self,
        id: AskId,
        error: &GraphError,
        wait: Option<Ms>,
        now: Ms,
    ) -> Option<Answer<'static>> {
        let jitter = self.jitter.byte();
        let ask = self.asks.get_mut(id as usize)?.as_mut()?;
        ask.throttled += 1;
        if ask.throttled >= THROTTLED_LIMIT {
            return self.answer(id, Err(error.gap()));
        }
        let wait = match wait {
            Some(wait) => retry::obey(wait, jitter),
            None => retry::back_off(ask.throttled, jitter),
        };
        let family = ask.family;
        self.budget.throttled(family, now, now + wait);
        self.delayed.push((now + wait, id));
        None
    }

    /// A batch failed as a whole: its requests come back in smaller company.
    fn split(&mut self, flight: &Flight, now: Ms, gap: &Gap) -> Vec<Answer<'static>> {
        let limit = if gap.reason == Reason::Malformed {
            MALFORMED_LIMIT
        } else {
            FAILED_LIMIT
        };
        let company = (flight.asks.len() as u8).div_ceil(5).max(1);
        let mut answers = Vec::new();
        for id in &flight.asks {
            if let Some(Some(ask)) = self.asks.get_mut(*id as usize) {
                ask.company = company;
            }
            answers.extend(self.try_again(*id, now, limit, gap));
        }
        answers
    }

    fn try_again(&mut self, id: AskId, now: Ms, limit: u8, gap: &Gap) -> Option<Answer<'static>> {
        let jitter = self.jitter.byte();
        let ask = self.asks.get_mut(id as usize)?.as_mut()?;
        ask.failed += 1;
        if ask.failed >= limit {
            return self.answer(id, Err(gap.clone()));
        }
        let wait = retry::back_off(ask.failed, jitter) / 2;
        self.delayed.push((now + wait, id));
        None
    }

    fn answer<'a>(&mut self, id: AskId, result: Result<Json<'a>, Gap>) -> Option<Answer<'a>> {
        self.asks.get_mut(id as usize)?.take()?;
        self.answered += 1;
        Some(Answer { ask: id, result })
    }

    fn is_open(&self, id: AskId) -> bool {
        matches!(self.asks.get(id as usize), Some(Some(_)))
    }
}

fn malformed() -> Gap {
    Gap {
        reason: Reason::Malformed,
        detail: "the answer is not a batch, or is cut off".to_owned(),
    }
}

fn failed(detail: &str) -> Gap {
    Gap {
        reason: Reason::Failed,
        detail: detail.to_owned(),
    }
}

#[cfg(test)]
mod tests;
