//! What is still wrong with a site, from what the page can see of it.

use crate::oauth::config::{Config, ConfigError};
use crate::problem::Problem;

/// What the page can see.
#[derive(Debug)]
pub struct Seen<'a> {
    /// Address of the site's folder: the redirect URI that is sent.
    pub address: &'a str,
    /// `config.json` as the site serves it; a list of one [`Problem`] when it could not be fetched.
    pub config: Result<Config, Vec<Problem>>,
    /// The policy that stands in the page.
    pub policy: &'a str,
    /// True when the policy was found in force in the engine; `None` when the engine did not start.
    pub enforced: Option<bool>,
    /// How the last sign-in in this tab ended, if there was one.
    pub sign_in: SignIn<'a>,
}

/// How the last sign-in in this tab ended.
#[derive(Debug, Clone, Copy)]
pub enum SignIn<'a> {
    /// There was none.
    None,
    /// Somebody is signed in; permissions that were asked for and not given.
    Good(&'a [String]),
    /// It failed.
    Failed(&'a Problem),
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// As it should be.
    Good,
    /// To be known; works.
    Note,
    /// To be mended.
    Wrong,
    /// Cannot be seen from here yet.
    Unknown,
}

/// One line of the check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// How it ended.
    pub verdict: Verdict,
    /// What was looked at.
    pub what: &'static str,
    /// What was found, and what to do where that is something.
    pub found: String,
}

/// Redirect URIs of work and school accounts may have so many characters.
const LONGEST: usize = 256;

/// Everything that can be checked, in the order in which it is to be mended.
pub fn check(seen: &Seen<'_>) -> Vec<Check> {
    let mut out = vec![address(seen.address)];
    let mut put = |verdict, what, found: String| {
        out.push(Check {
            verdict,
            what,
            found,
        });
    };
    match &seen.config {
        Err(problems) => {
            for problem in problems {
                let found = format!("{} {} {}", problem.what, problem.remedy, problem.detail);
                put(Verdict::Wrong, "config.json", found.trim_end().to_owned());
            }
        }
        Ok(config) => {
            put(
                Verdict::Good,
                "config.json",
                format!(
                    "Valid. {} of its features are offered.",
                    config.features.len()
                ),
            );
            out.push(reader(config));
            out.push(writer(config));
            out.push(tenant(config));
            out.push(hosts(config, seen.policy));
        }
    }
    out.push(enforced(seen.enforced));
    out.push(sign_in(seen.sign_in));
    out
}

fn line(verdict: Verdict, what: &'static str, found: impl Into<String>) -> Check {
    Check {
        verdict,
        what,
        found: found.into(),
    }
}

/// Entra documentation: "Redirect URI (reply URL) restrictions and limitations".
fn address(address: &str) -> Check {
    const WHAT: &str = "Redirect URI";
    let (scheme, rest) = address.split_once("://").unwrap_or_default();
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let here = name == "localhost";
    if scheme != "https" && !(scheme == "http" && here) {
        return line(
            Verdict::Wrong,
            WHAT,
            format!("Entra takes https only, or http on localhost. This is {address}"),
        );
    }
    if address.len() > LONGEST || path.contains(['!', '$', '\'', '(', ')', ',', ';', '*']) {
        return line(
            Verdict::Wrong,
            WHAT,
            format!(
                "Entra does not take this address: it is longer than {LONGEST} characters, or its path has one of ! $ ' ( ) , ; *. This is {address}"
            ),
        );
    }
    if !path.is_empty() {
        return line(
            Verdict::Note,
            WHAT,
            format!(
                "{address} shares its origin with whatever else is on {host}, which could reach into this page. An origin of its own is safer."
            ),
        );
    }
    line(
        Verdict::Good,
        WHAT,
        format!(
            "{address}, on an origin of its own. Whether it is registered, only Entra knows: a sign-in tells."
        ),
    )
}

fn reader(config: &Config) -> Check {
    let id = config.reader.id();
    if id.is_empty() {
        return line(
            Verdict::Wrong,
            "Registration that reads",
            "\"clientId\" is empty: nobody can sign in here. Put the id of the registration into config.json.",
        );
    }
    line(Verdict::Good, "Registration that reads", id)
}

fn writer(config: &Config) -> Check {
    let found = match &config.writer {
        Some(writer) => format!(
            "{}, never used for reading. Nothing writes yet.",
            writer.id()
        ),
        None => "None. Nothing writes yet, so none is needed.".to_owned(),
    };
    line(Verdict::Good, "Registration that writes", found)
}

fn tenant(config: &Config) -> Check {
    if config.tenant == "organizations" {
        return line(
            Verdict::Note,
            "Tenant",
            "Any organization: the registration must be for several tenants, and each customer’s administrator consents. For one tenant put its id into config.json.",
        );
    }
    line(Verdict::Good, "Tenant", config.tenant.as_str())
}

/// The policy is written when the site is built: a configuration that was changed afterwards talks to hosts that it forbids.
fn hosts(config: &Config, policy: &str) -> Check {
    const WHAT: &str = "Cloud and policy";
    let allowed: Vec<&str> = policy
        .split(';')
        .filter_map(|rule| rule.trim().strip_prefix("connect-src "))
        .flat_map(str::split_whitespace)
        .collect();
    let cloud = &config.cloud;
    let missing: Vec<&str> = [cloud.login.as_str(), cloud.graph.as_str()]
        .into_iter()
        .filter(|host| !allowed.contains(host))
        .collect();
    if allowed.is_empty() {
        return line(
            Verdict::Wrong,
            WHAT,
            "This page has no policy that says whom it may talk to. Serve index.html as it was built.",
        );
    }
    if !missing.is_empty() {
        return line(
            Verdict::Wrong,
            WHAT,
            format!(
                "The page’s policy does not let it talk to {}. It was built for another cloud: build it again with this config.json.",
                missing.join(" and ")
            ),
        );
    }
    line(
        Verdict::Good,
        WHAT,
        format!(
            "{}: the policy lets the page talk to {} and to itself.",
            cloud.name,
            allowed[1..].join(" and ")
        ),
    )
}

fn enforced(enforced: Option<bool>) -> Check {
    const WHAT: &str = "Policy in the engine";
    match enforced {
        Some(true) => line(
            Verdict::Good,
            WHAT,
            "In force: a request that it forbids was refused.",
        ),
        Some(false) => line(
            Verdict::Wrong,
            WHAT,
            "Not in force: this browser does not pass a page’s policy on to a worker. Send it as a header too; the ready files are in static/hosting.",
        ),
        None => line(Verdict::Unknown, WHAT, "The engine has not started."),
    }
}

fn sign_in(sign_in: SignIn<'_>) -> Check {
    const WHAT: &str = "Last sign-in";
    match sign_in {
        SignIn::None => line(
            Verdict::Unknown,
            WHAT,
            "None in this tab. Sign in, and whatever Entra refuses stands here.",
        ),
        SignIn::Good([]) => line(
            Verdict::Good,
            WHAT,
            "Everything that was asked for was given.",
        ),
        SignIn::Good(missing) => line(
            Verdict::Note,
            WHAT,
            format!("Works. Not given: {}.", missing.join(", ")),
        ),
        SignIn::Failed(problem) => line(
            Verdict::Wrong,
            WHAT,
            format!("{} {}", problem.what, problem.remedy),
        ),
    }
}

/// What is wrong with a configuration, in words.
pub fn worded(config: Result<Config, Vec<ConfigError>>) -> Result<Config, Vec<Problem>> {
    config.map_err(|errors| errors.into_iter().map(Problem::from).collect())
}
