//! The site's own files, and whether the page's policy holds in here.

use domain::oauth::config::{self, Config};
use domain::problem::Problem;
use wasm_bindgen_futures::JsFuture;

use super::http::{Http, HttpError};
use crate::worker::port::Port;

/// True when the browser refuses in this worker what the page's policy forbids.
///
/// `data:` is not in `connect-src`, needs no network, and so cannot leak anything where the policy does not hold.
pub async fn policy_is_enforced(port: &Port) -> bool {
    JsFuture::from(port.scope().fetch_with_str("data:,policy-probe"))
        .await
        .is_err()
}

/// What the browser says this worker loaded. Addresses of Graph have ids in them: of what is not below the site's folder
/// only the origin is told.
pub fn loaded(port: &Port, base: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for (mut address, _) in crate::bridge::loaded(port.scope().performance()) {
        if !address.starts_with(base) {
            let end = address.match_indices('/').nth(2);
            address.truncate(end.map_or(address.len(), |(at, _)| at));
        }
        if !out.contains(&address) {
            out.push(address);
        }
    }
    out
}

/// Fetches and reads `config.json` from the site's folder.
///
/// # Errors
/// One problem for each value that is wrong.
pub async fn configuration(http: &Http, base: &str) -> Result<Config, Vec<Problem>> {
    let answer = http
        .site(base, "config.json", config::LIMIT, "configuration")
        .await;
    let body = match answer {
        Ok(answer) if answer.status == 200 => answer.body,
        Ok(answer) => return Err(vec![missing(&format!("status {}", answer.status))]),
        Err(error) => return Err(vec![missing(error.code())]),
    };
    let text = String::from_utf8_lossy(&body);
    config::parse(&text).map_err(|errors| errors.into_iter().map(Problem::from).collect())
}

fn missing(detail: &str) -> Problem {
    Problem::new(
        "config.missing_file",
        "config.json could not be read from this site.",
        "Put config.json beside index.html; the release comes with one.",
    )
    .with_detail(detail)
}

impl From<HttpError> for Problem {
    fn from(error: HttpError) -> Self {
        let (what, remedy) = match error {
            HttpError::NotInReadTable => (
                "A request was stopped because it is not in the table of reads.",
                "Please report this: nothing was sent.",
            ),
            HttpError::ForeignOrigin => (
                "A request was stopped because it would have left the configured hosts.",
                "Please report this: nothing was sent.",
            ),
            HttpError::NoSession => ("There is no session.", "Sign in, then try again."),
            HttpError::Unreachable => (
                "The server could not be reached.",
                "Check the network, then try again.",
            ),
            HttpError::TooSlow => (
                "The server did not answer in time.",
                "Try again in a minute.",
            ),
            HttpError::TooLarge => (
                "The answer was larger than it may be.",
                "Try again; if it stays, a proxy on the way changes the answers.",
            ),
            HttpError::Cut => ("The answer was cut off.", "Try again."),
            HttpError::Cancelled => ("The request was cancelled.", "Start it again."),
        };
        Self::new(error.code(), what, remedy)
    }
}
