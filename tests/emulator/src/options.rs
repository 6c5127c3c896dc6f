//! What the emulator is started with.

use std::fmt;
use std::path::PathBuf;

use crate::accounts::{self, Account};
use crate::clock::Clock;
use crate::graph::faults::Profile;
use crate::tenant::GeneratorOptions;

/// The client id that is registered unless another one is given.
pub const CLIENT_ID: &str = "c0a51b2e-3d4f-4f6a-8b7c-9d0e1f2a3b4c";

/// Client id of a second registration that the tenant has an enterprise application of. Nobody can sign in with it here.
pub const WRITER_ID: &str = "d1b62c3f-4e50-4071-9c8d-0e1f203a4b5d";

/// Everything that can be chosen.
#[derive(Debug)]
pub struct Options {
    /// Port on the loopback address; 0: any free one.
    pub port: u16,
    /// Origin of the site: the SPA platform's redirect URIs are `/` and `/auth` below it.
    pub site_origin: String,
    /// Origin that the login half calls itself, when something before it answers to another name.
    pub login_origin: Option<String>,
    /// The same for Graph.
    pub graph_origin: Option<String>,
    /// More redirect URIs, exact.
    pub redirect_uris: Vec<String>,
    /// Registered client ids.
    pub client_ids: Vec<String>,
    /// How big the generated tenant is.
    pub generator: GeneratorOptions,
    /// A folder of exports instead of a generated tenant.
    pub tenant: Option<PathBuf>,
    /// Milliseconds before every answer of Graph.
    pub latency_ms: u64,
    /// What goes wrong.
    pub faults: Profile,
    /// A file to which every exchange is appended.
    pub record: Option<PathBuf>,
    /// Who signs in without seeing the account page.
    pub auto_sign_in: Option<&'static Account>,
    /// Consent is asked for rather than given beforehand.
    pub ask_consent: bool,
    /// Budgets hold. False only for measurements of something else.
    pub throttling: bool,
    /// The clock.
    pub clock: Clock,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            site_origin: "http://localhost:8080".to_owned(),
            login_origin: None,
            graph_origin: None,
            redirect_uris: Vec::new(),
            client_ids: vec![CLIENT_ID.to_owned()],
            generator: GeneratorOptions::default(),
            tenant: None,
            latency_ms: 0,
            faults: Profile::None,
            record: None,
            auto_sign_in: None,
            ask_consent: false,
            throttling: true,
            clock: Clock::system(),
        }
    }
}

/// The flags, for people.
pub const USAGE: &str = "\
plumbline-emulator --port P --site-origin ORIGIN
  --login-origin ORIGIN  what login calls itself, behind something that answers to that name; --graph-origin: Graph
  --policies N --devices N --groups N --users N --seed S   size of the generated tenant
  --page N               policies on a page of a list (100; the service has 1,000)
  --tenant FOLDER        a folder of exports instead
  --latency MS           before every answer of Graph
  --faults PROFILE       none, storm, flaky, truncated, loop, page7, expiry, skew, cae, forbidden, slow, down
  --record FILE          append every exchange as a JSON line
  --auto-sign-in USER    skip the account page (a user principal name)
  --ask-consent          show consent pages instead of consent given beforehand
  --client-id GUID       register another client id (repeatable)
  --redirect-uri URI     register another redirect URI (repeatable)
  --no-throttling        without Graph's budgets
  --plain-names          without the names that try to break what shows them";

/// The flags make no sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UsageError {
    /// A flag that does not exist.
    Unknown(String),
    /// A flag without its value.
    Missing(String),
    /// A value that the flag cannot take.
    Invalid(String, String),
}

impl fmt::Display for UsageError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(flag) => write!(out, "there is no flag {flag}")?,
            Self::Missing(flag) => write!(out, "{flag} needs a value")?,
            Self::Invalid(flag, value) => write!(out, "{flag} cannot be {value:?}")?,
        }
        write!(out, "\n{USAGE}")
    }
}

impl std::error::Error for UsageError {}

impl Options {
    /// Reads flags, without the program's name.
    ///
    /// # Errors
    /// [`UsageError`]
    pub fn from_args(args: impl IntoIterator<Item = String>) -> Result<Self, UsageError> {
        let mut out = Self::default();
        let mut args = args.into_iter();
        while let Some(flag) = args.next() {
            match flag.as_str() {
                "--ask-consent" => out.ask_consent = true,
                "--no-throttling" => out.throttling = false,
                "--plain-names" => out.generator.hostile = false,
                _ => {
                    let value = args.next();
                    out.take(&flag, value)?;
                }
            }
        }
        Ok(out)
    }

    fn take(&mut self, flag: &str, value: Option<String>) -> Result<(), UsageError> {
        const FLAGS: [&str; 17] = [
            "--port",
            "--site-origin",
            "--login-origin",
            "--graph-origin",
            "--policies",
            "--devices",
            "--groups",
            "--users",
            "--seed",
            "--page",
            "--tenant",
            "--latency",
            "--faults",
            "--record",
            "--auto-sign-in",
            "--client-id",
            "--redirect-uri",
        ];
        if !FLAGS.contains(&flag) {
            return Err(UsageError::Unknown(flag.to_owned()));
        }
        let value = value.ok_or_else(|| UsageError::Missing(flag.to_owned()))?;
        let invalid = || UsageError::Invalid(flag.to_owned(), value.clone());
        let number = || value.parse::<usize>().map_err(|_| invalid());
        match flag {
            "--port" => self.port = value.parse().map_err(|_| invalid())?,
            "--site-origin" => value
                .trim_end_matches('/')
                .clone_into(&mut self.site_origin),
            "--login-origin" => self.login_origin = Some(value.trim_end_matches('/').to_owned()),
            "--graph-origin" => self.graph_origin = Some(value.trim_end_matches('/').to_owned()),
            "--policies" => self.generator.policies = number()?,
            "--devices" => self.generator.devices = number()?,
            "--groups" => self.generator.groups = number()?,
            "--users" => self.generator.users = number()?,
            "--seed" => self.generator.seed = value.parse().map_err(|_| invalid())?,
            "--page" => self.generator.page = number()?,
            "--tenant" => self.tenant = Some(PathBuf::from(value)),
            "--latency" => self.latency_ms = value.parse().map_err(|_| invalid())?,
            "--faults" => self.faults = Profile::named(&value).ok_or_else(invalid)?,
            "--record" => self.record = Some(PathBuf::from(value)),
            "--auto-sign-in" => {
                self.auto_sign_in = Some(accounts::by_hint(&value).ok_or_else(invalid)?)
            }
            "--client-id" => self.client_ids.push(value),
            _ => self.redirect_uris.push(value),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::graph::faults::PROFILES;

    fn read(line: &str) -> Result<Options, UsageError> {
        Options::from_args(line.split(' ').map(str::to_owned))
    }

    #[test]
    fn every_profile_is_in_the_usage() {
        for (name, _) in PROFILES {
            assert!(USAGE.contains(name), "{name}");
        }
    }

    #[test]
    fn flags() {
        let options = read("--port 9201 --site-origin http://localhost:8081/ --faults storm --policies 7 --ask-consent").unwrap();
        assert_eq!(
            (options.port, options.site_origin.as_str()),
            (9201, "http://localhost:8081")
        );
        assert_eq!(
            (options.faults, options.generator.policies),
            (Profile::Storm, 7)
        );
        assert!(options.ask_consent);
        assert_eq!(
            read("--port").unwrap_err(),
            UsageError::Missing("--port".to_owned())
        );
        assert_eq!(
            read("--frob 1").unwrap_err(),
            UsageError::Unknown("--frob".to_owned())
        );
        assert!(matches!(
            read("--faults rain").unwrap_err(),
            UsageError::Invalid(..)
        ));
        assert!(matches!(
            read("--auto-sign-in nobody@example").unwrap_err(),
            UsageError::Invalid(..)
        ));
    }
}
