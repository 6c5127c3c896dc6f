//! The whole stand-in: everything that it remembers, and which part answers a path.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::clock::Clock;
use crate::entra::Entra;
use crate::entra::ask::Registration;
use crate::entra::key::SigningKey;
use crate::entra::state::EntraState;
use crate::graph::faults::{Faults, Profile};
use crate::graph::throttle::Throttle;
use crate::http::{Request, Response};
use crate::options::Options;
use crate::recording::Recording;
use crate::tenant::{FolderError, Tenant};

/// Seconds by which Entra's clock is ahead under the `skew` profile. Its tokens are five minutes older than they
/// are, and a client forgives five more: ten would not be seen.
const SKEW: i64 = 1_200;

/// Why there is no emulator.
#[derive(Debug)]
pub enum StartError {
    /// The signing key is unreadable.
    Key,
    /// The tenant's folder is unreadable.
    Tenant(FolderError),
    /// The recording's file cannot be opened.
    Record(std::io::Error),
    /// The port cannot be had.
    Port(u16, std::io::Error),
    /// There is no runtime to serve with.
    Runtime(std::io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key => write!(out, "the signing key in keys/ is no RSA key in PKCS #8"),
            Self::Tenant(error) => write!(out, "--tenant: {error}"),
            Self::Record(error) => write!(out, "--record: {error}"),
            Self::Port(port, error) => {
                write!(out, "port {port}: {error}; choose another with --port")
            }
            Self::Runtime(error) => write!(out, "no threads to serve with: {error}"),
        }
    }
}

impl std::error::Error for StartError {}

/// The stand-in, without its socket.
#[derive(Debug)]
pub struct Emulator {
    /// `http://localhost:PORT`
    pub base: String,
    /// What login calls itself: the same, unless something before it has another name.
    pub login_origin: String,
    /// What Graph calls itself.
    pub graph_origin: String,
    /// The clock.
    pub clock: Clock,
    /// What was asked and answered.
    pub recording: Recording,
    pub(crate) tenant: Arc<Tenant>,
    pub(crate) latency_ms: u64,
    pub(crate) throttling: bool,
    options: Options,
    key: SigningKey,
    entra: Mutex<EntraState>,
    faults: Mutex<Faults>,
    throttle: Mutex<Throttle>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Emulator {
    /// A stand-in at this port.
    ///
    /// # Errors
    /// [`StartError`], but for the port.
    pub fn new(options: Options, port: u16) -> Result<Self, StartError> {
        let tenant = match &options.tenant {
            Some(folder) => Tenant::from_folder(folder).map_err(StartError::Tenant)?,
            None => Tenant::generate(&options.generator),
        };
        Self::with_tenant(options, port, Arc::new(tenant))
    }

    /// A stand-in for a tenant that is there already.
    ///
    /// # Errors
    /// [`StartError`], but for port and tenant.
    pub fn with_tenant(
        mut options: Options,
        port: u16,
        tenant: Arc<Tenant>,
    ) -> Result<Self, StartError> {
        let recording = match &options.record {
            Some(file) => Recording::to_file(file).map_err(StartError::Record)?,
            None => Recording::default(),
        };
        let throttle = Throttle::new(options.generator.users);
        let base = format!("http://localhost:{port}");
        let named = |origin: &Option<String>| origin.clone().unwrap_or_else(|| base.clone());
        let emulator = Self {
            login_origin: named(&options.login_origin),
            graph_origin: named(&options.graph_origin),
            base,
            clock: std::mem::take(&mut options.clock),
            recording,
            tenant,
            latency_ms: options.latency_ms,
            throttling: options.throttling,
            key: SigningKey::committed().map_err(|_| StartError::Key)?,
            entra: Mutex::default(),
            faults: Mutex::default(),
            throttle: Mutex::new(throttle),
            options,
        };
        emulator.reset();
        Ok(emulator)
    }

    /// Forgets everything that happened: sessions, grants, tokens, budgets, faults, recording.
    pub fn reset(&self) {
        *lock(&self.entra) = EntraState::default();
        lock(&self.throttle).clear();
        self.set_faults(self.options.faults, self.options.generator.seed);
        self.recording.clear();
    }

    /// Starts a fault profile anew.
    pub fn set_faults(&self, profile: Profile, seed: u64) {
        *lock(&self.faults) = Faults::new(profile, seed);
        lock(&self.entra).knobs.skew = if profile == Profile::Skew { SKEW } else { 0 };
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        lock(&self.faults)
    }

    pub(crate) fn throttle(&self) -> MutexGuard<'_, Throttle> {
        lock(&self.throttle)
    }

    pub(crate) fn entra_memory(&self) -> MutexGuard<'_, EntraState> {
        lock(&self.entra)
    }

    /// The options it was started with.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Answers a request: control, Graph, Entra, or 404.
    pub fn answer(&self, request: &Request) -> Response {
        if let Some(answer) = self.control(request) {
            return answer;
        }
        if let Some(answer) = self.graph(request) {
            return answer;
        }
        if let Some(answer) = self.entra().answer(request) {
            return answer;
        }
        // Browsers ask for it by themselves.
        if request.path != "/favicon.ico" {
            let url = format!("{}{}", self.base, request.target());
            self.recording.unmatched(&request.method, &url);
        }
        Response::text(
            404,
            "text/plain; charset=utf-8",
            "Nothing is served here.\n".to_owned(),
        )
    }

    fn entra(&self) -> Entra<'_> {
        let origin = &self.options.site_origin;
        let mut redirect_uris = vec![format!("{origin}/"), format!("{origin}/auth")];
        redirect_uris.extend(self.options.redirect_uris.iter().cloned());
        Entra {
            memory: &self.entra,
            registration: Registration {
                client_ids: self.options.client_ids.clone(),
                redirect_uris,
                graph: self.graph_origin.clone(),
            },
            base: &self.login_origin,
            graph: &self.graph_origin,
            site_origin: origin,
            key: &self.key,
            now: self.clock.now(),
            ask_consent: self.options.ask_consent,
            auto_sign_in: self.options.auto_sign_in,
        }
    }
}
