//! Faults on demand, the same for the same seed.
//!
//! What happens to a request depends on the seed, the request itself and how often it was sent, never on the
//! order in which a client happens to send its requests. `README.md` lists the profiles for people.

use std::collections::BTreeMap;

use serde_json::Value;

use super::rules::Rule;
use super::throttle::{family, refusal};
use super::{GraphAnswer, GraphRequest, is_intune};
use crate::http::Delivery;
use crate::random::hash;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// Nothing.
    #[default]
    None,
    /// Nearly half of all requests are 429 at first.
    Storm,
    /// 503, 504, dropped, broken and slow connections.
    Flaky,
    /// JSON that ends in the middle.
    Truncated,
    /// nextLinks that lead back to the same page.
    Loop,
    /// Page 7 of every list is 500.
    Page7,
    /// The first token expires in the middle.
    Expiry,
    /// Entra's clock is twenty minutes ahead.
    Skew,
    /// The first token is challenged once (continuous access evaluation).
    Cae,
    /// Some types are 403.
    Forbidden,
    /// Every answer is slow.
    Slow,
    /// Graph is 503 throughout.
    Down,
}

/// Every profile by its name.
pub const PROFILES: &[(&str, Profile)] = &[
    ("none", Profile::None),
    ("storm", Profile::Storm),
    ("flaky", Profile::Flaky),
    ("truncated", Profile::Truncated),
    ("loop", Profile::Loop),
    ("page7", Profile::Page7),
    ("expiry", Profile::Expiry),
    ("skew", Profile::Skew),
    ("cae", Profile::Cae),
    ("forbidden", Profile::Forbidden),
    ("slow", Profile::Slow),
    ("down", Profile::Down),
];

impl Profile {
    /// The profile of this name.
    pub fn named(name: &str) -> Option<Self> {
        PROFILES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, profile)| *profile)
    }
}

/// HTTP requests that the first token serves under `expiry` and `cae`.
pub const TOKEN_REQUESTS: u64 = 4;
/// `Retry-After` in a storm: seconds, which may have a fraction.
const WAITS: [&str; 2] = ["1", "1.5"];
/// A request fails at most so often in a row.
const MOST_IN_A_ROW: u32 = 4;

/// Below these, `forbidden` refuses.
const FORBIDDEN: [&str; 4] = [
    "/deviceManagement/deviceManagementScripts",
    "/deviceManagement/deviceHealthScripts",
    "/deviceAppManagement/mobileApps",
    "/identity/conditionalAccess/policies",
];
/// The list that repeats itself under `loop` even when it has one page.
const LOOPING: &str = "/deviceManagement/configurationPolicies";

/// The token of a nextLink that leads back to the first page.
const AGAIN: &str = "again";

/// The faults of a run.
#[derive(Debug, Default)]
pub struct Faults {
    /// What goes wrong.
    pub profile: Profile,
    /// Same seed, same faults.
    pub seed: u64,
    /// Faults that tests ordered one by one; they come before the profile.
    pub rules: Vec<Rule>,
    /// True once the first token was ended by the profile.
    pub token_ended: bool,
    sent: BTreeMap<String, u32>,
    pages: BTreeMap<String, u32>,
}

fn key(request: &GraphRequest) -> String {
    let query: String = request
        .query
        .iter()
        .map(|(name, value)| format!("&{name}={value}"))
        .collect();
    format!("{} {}?{query}", request.method, request.path)
}

impl Faults {
    /// A run under a profile.
    pub fn new(profile: Profile, seed: u64) -> Self {
        Self {
            profile,
            seed,
            ..Self::default()
        }
    }

    /// How often this was sent before.
    fn attempt(&mut self, key: &str) -> u32 {
        let sent = self.sent.entry(key.to_owned()).or_default();
        *sent += 1;
        *sent - 1
    }

    /// 0..100 for the n-th sending of something.
    fn roll(&self, key: &str, attempt: u32) -> u64 {
        hash(self.seed, &format!("{key} #{attempt}")) % 100
    }

    /// How the bytes of a whole HTTP answer leave. `key` names the request with its body.
    pub fn delivery(&mut self, key: &str) -> Delivery {
        let attempt = self.attempt(&format!("wire {key}"));
        let roll = self.roll(key, attempt);
        match self.profile {
            Profile::Flaky if attempt < MOST_IN_A_ROW => match roll {
                0..5 => Delivery::Dropped,
                5..10 => Delivery::Broken,
                10..18 => Delivery::Slow,
                _ => Delivery::Whole,
            },
            Profile::Truncated if attempt < 2 && roll < 40 => Delivery::Cut,
            Profile::Slow => Delivery::Slow,
            _ => Delivery::Whole,
        }
    }

    /// An answer instead of the real one.
    pub fn instead(&mut self, request: &GraphRequest) -> Option<GraphAnswer> {
        if let Some(at) = self
            .rules
            .iter()
            .position(|rule| rule.applies(request) && rule.answer.is_some())
        {
            let answer = self.rules.get_mut(at).and_then(Rule::take);
            self.rules.retain(|rule| rule.times > 0);
            return answer;
        }
        let key = key(request);
        match self.profile {
            Profile::Storm => {
                let attempt = self.attempt(&key);
                let roll = self.roll(&key, attempt);
                (attempt < MOST_IN_A_ROW && roll < 45).then(|| {
                    refusal(
                        family(&request.path),
                        WAITS[usize::from(roll.is_multiple_of(2))],
                    )
                })
            }
            Profile::Flaky => {
                let attempt = self.attempt(&key);
                let roll = self.roll(&key, attempt);
                (attempt < MOST_IN_A_ROW).then_some(())?;
                match roll {
                    0..8 => Some(unavailable(1)),
                    8..14 => Some(GraphAnswer::error(504, "UnknownError", "")),
                    _ => None,
                }
            }
            Profile::Down => Some(unavailable(30)),
            Profile::Forbidden => FORBIDDEN
                .iter()
                .any(|prefix| request.path.starts_with(prefix))
                .then(|| forbidden(&request.path)),
            Profile::Page7 => (self.pages.get(&page_key(request)) == Some(&7)).then(server_error),
            _ => None,
        }
    }

    /// The request without what [`Self::after`] added to a link of its own making.
    pub fn before(&self, request: &GraphRequest) -> GraphRequest {
        let mut out = request.clone();
        if self.profile == Profile::Loop {
            out.query
                .retain(|(name, value)| name != "$skiptoken" || value != AGAIN);
        }
        out
    }

    /// Changes a list's nextLink, and keeps count of pages.
    pub fn after(&mut self, request: &GraphRequest, answer: &mut GraphAnswer) {
        if !matches!(self.profile, Profile::Loop | Profile::Page7)
            || answer.status != 200
            || request.method != "GET"
        {
            return;
        }
        let next = answer
            .body
            .get("@odata.nextLink")
            .and_then(Value::as_str)
            .map(str::to_owned);
        if self.profile == Profile::Page7 {
            if let Some(next) = next {
                let page = self.pages.get(&page_key(request)).copied().unwrap_or(1);
                let query = next.split_once('?').map_or("", |(_, query)| query);
                let next = GraphRequest {
                    query: crate::http::pairs(query),
                    ..request.clone()
                };
                self.pages.insert(page_key(&next), page + 1);
            }
            return;
        }
        let continued = request
            .query
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("$skiptoken"));
        if (continued && next.is_some()) || request.path == LOOPING {
            let own = request
                .query
                .iter()
                .filter(|(name, _)| !name.eq_ignore_ascii_case("$skiptoken"));
            let mut pairs: Vec<(&str, &str)> = own
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            let token = request.option("$skiptoken").unwrap_or(AGAIN);
            pairs.push(("$skiptoken", token));
            let link = format!(
                "{}/{}{}?{}",
                request.base,
                request.version,
                request.path,
                crate::http::query_of(&pairs)
            );
            answer.body["@odata.nextLink"] = link.into();
        }
    }
}

/// A page is known by its list and its token.
fn page_key(request: &GraphRequest) -> String {
    let token = request
        .query
        .iter()
        .find(|(name, _)| name.to_ascii_lowercase().starts_with("$skip"));
    format!("{} {}", request.path, token.map_or("", |(_, token)| token))
}

fn unavailable(seconds: u64) -> GraphAnswer {
    GraphAnswer::error(
        503,
        "ServiceUnavailable",
        "The service is temporarily unavailable.",
    )
    .with_header("Retry-After", &seconds.to_string())
}

fn server_error() -> GraphAnswer {
    GraphAnswer::error(
        500,
        "InternalServerError",
        "An internal server error has occurred.",
    )
}

fn forbidden(path: &str) -> GraphAnswer {
    if is_intune(path) {
        return GraphAnswer::intune_error(
            403,
            "Forbidden",
            "User is not authorized to perform this operation.",
        );
    }
    GraphAnswer::error(
        403,
        "Authorization_RequestDenied",
        "Insufficient privileges to complete the operation.",
    )
}
