//! The token in custody, and the way to one.

use std::cell::{Cell, RefCell};

use domain::oauth::authorize::Authorize;
use domain::oauth::challenge::{self, Answered};
use domain::oauth::client::Asking;
use domain::oauth::cloud::Cloud;
use domain::oauth::config::Config;
use domain::oauth::encode::{base64url, form};
use domain::oauth::error::{Service, SignInError};
use domain::oauth::id_token::{self, Candidate, Expected, Identity};
use domain::oauth::jwks::{self, Jwk, KeyError};
use domain::oauth::redirect;
use domain::oauth::session::{Expiry, Now, scopes_in_hand};
use domain::oauth::token::{self, Tokens};
use domain::oauth::transaction::{self, Transaction};
use domain::permission::{self, ReadScope};
use domain::protocol::{Account, BeginSignIn, FinishSignIn, Prompt, SignInReady};
use domain::secret::Secret;

use super::clock;
use super::crypto;
use super::http::{Http, HttpError};

/// The session, if there is one. Nothing in it leaves this thread but what [`Account`] says.
#[derive(Debug, Default)]
pub struct Session {
    open: RefCell<Option<Open>>,
    /// Tenant and person of this engine's first session: a renewal must be theirs (case 64).
    person: RefCell<Option<Identity>>,
    /// A challenge that Graph sent and the next sign-in has to answer.
    challenge: RefCell<String>,
    answered: RefCell<Answered>,
    /// Counts sessions, so that what waited for an older one knows.
    generation: Cell<u32>,
}

#[derive(Debug)]
struct Open {
    /// `Bearer …`
    bearer: Secret,
    /// Origin that it may be sent to.
    graph: String,
    login: String,
    expiry: Expiry,
    scopes: Vec<String>,
}

impl Session {
    /// The authorize URL and the record to keep meanwhile.
    ///
    /// `base` is the redirect URI: the address of the site's folder.
    ///
    /// # Errors
    /// No client id, or no WebCrypto.
    pub async fn begin(
        &self,
        config: &Config,
        base: &str,
        ask: &BeginSignIn,
    ) -> Result<SignInReady, SignInError> {
        if config.reader.id().is_empty() {
            return Err(SignInError::NoClient);
        }
        let now = clock::now();
        let claims = if ask.claims.is_empty() {
            self.challenge.borrow().clone()
        } else {
            ask.claims.clone()
        };
        let (person, login_hint) = ask.login_hint.split_once(' ').unwrap_or_default();
        let (state, nonce, verifier) = transaction::secrets(&crypto::random()?);
        let code_challenge = crypto::sha256(verifier.expose().as_bytes()).await?;
        let transaction = Transaction {
            state,
            nonce,
            verifier,
            login: config.cloud.login.clone(),
            graph: config.cloud.graph.clone(),
            tenant: self.tenant_to_ask(config),
            asking: Asking::read(&config.reader, &scopes_to_ask(config, &ask.features)),
            redirect_uri: base.to_owned(),
            route: ask.route.clone(),
            prompt: ask.prompt,
            claims,
            // Where a person chooses on Microsoft's page, the choice holds. Where nobody is asked, nobody is replaced.
            person: match ask.prompt {
                Prompt::None => person.to_owned(),
                _ => String::new(),
            },
            created: now.wall,
        };
        let url = Authorize {
            transaction: &transaction,
            login: &config.cloud.login,
            code_challenge: &base64url(&code_challenge),
            prompt: ask.prompt,
            login_hint,
            claims: &transaction.claims,
        }
        .url();
        Ok(SignInReady {
            url,
            transaction: transaction.write(),
        })
    }

    /// Redeems the response. On success the session is open; what Entra asks for otherwise is kept for the
    /// next sign-in.
    ///
    /// # Errors
    /// Everything that [`SignInError`] names; then no session is open that was not before.
    pub async fn finish(
        &self,
        config: &Config,
        http: &Http,
        given: &FinishSignIn,
    ) -> Result<Account, SignInError> {
        let finished = self.redeem(config, http, given).await;
        let claims = finished.as_ref().err().map_or("", challenge::wanted_by);
        if !claims.is_empty() {
            claims.clone_into(&mut self.challenge.borrow_mut());
        }
        finished
    }

    async fn redeem(
        &self,
        config: &Config,
        http: &Http,
        given: &FinishSignIn,
    ) -> Result<Account, SignInError> {
        let now = clock::now();
        let generation = self.generation();
        let accepted = redirect::accept(&given.response, given.transaction.as_deref(), now.wall)
            .map_err(SignInError::Redirect)?;
        let transaction = accepted.transaction;
        // Case 49: what is redeemed goes to the authority that was asked, and that is the present one.
        if transaction.login != config.cloud.login
            || transaction.graph != config.cloud.graph
            || !transaction.asking.is_readers(&config.reader)
        {
            return Err(SignInError::OtherCloud);
        }
        let body = token::request(&transaction, &accepted.code);
        let answer = http
            .token(&config.cloud, &transaction.tenant, &body)
            .await
            .map_err(|error| unanswered(error, Service::Token))?;
        // Seconds count from here: the token was made before the answer came.
        let received = clock::now();
        let tokens = token::read(
            answer.status,
            answer.header("content-type"),
            &answer.text(),
            &config.cloud,
        )
        .map_err(SignInError::Token)?;
        let expected = Expected {
            cloud: &config.cloud,
            tenant: &transaction.tenant,
            client_id: transaction.asking.client_id(),
            nonce: &transaction.nonce,
            now: i64::try_from(received.wall / 1000).unwrap_or(i64::MAX),
        };
        let identity = identify(http, &config.cloud, &tokens, &expected).await?;
        // While this waited somebody may have signed out, or in: the last word counts.
        if self.generation() != generation {
            return Err(SignInError::Superseded);
        }
        self.admit(config, &transaction, tokens, identity, received)
    }

    fn admit(
        &self,
        config: &Config,
        transaction: &Transaction,
        tokens: Tokens,
        identity: Identity,
        received: Now,
    ) -> Result<Account, SignInError> {
        let same = self.person.borrow().as_ref().is_none_or(|person| {
            person.tenant_id == identity.tenant_id
                && person.object_id == identity.object_id
                && person.subject == identity.subject
        });
        let goes_on = transaction.person.is_empty() || transaction.person == identity.person();
        if !same || !goes_on {
            self.close();
            return Err(SignInError::OtherPerson);
        }
        if !transaction.claims.is_empty() {
            self.answered.borrow_mut().is_new(&transaction.claims);
        }
        self.challenge.borrow_mut().clear();
        let hand = scopes_in_hand(&tokens.scopes, transaction.asking.scopes());
        let account = Account {
            name: identity.name.clone(),
            username: identity.username.clone(),
            tenant_id: identity.tenant_id.clone(),
            scopes: hand.granted.clone(),
            missing: hand.missing,
            excess: hand.excess,
            expires_in: tokens.expires_in,
            route: transaction.route.clone(),
            login_hint: format!("{} {}", identity.person(), identity.login_hint),
        };
        *self.open.borrow_mut() = Some(Open {
            bearer: Secret::new(format!("Bearer {}", tokens.access_token.expose())),
            graph: config.cloud.graph.clone(),
            login: config.cloud.login.clone(),
            expiry: Expiry::after(received, tokens.expires_in),
            scopes: hand.granted,
        });
        *self.person.borrow_mut() = Some(identity);
        self.generation.set(self.generation.get().wrapping_add(1));
        Ok(account)
    }

    /// Where the token may be sent, and the token as the header has it. `None` when there is none that is good.
    pub(super) fn bearer(&self, now: Now) -> Option<(String, Secret)> {
        let open = self.open.borrow();
        let open = open.as_ref().filter(|open| !open.expiry.is_over(now))?;
        Some((
            open.graph.clone(),
            Secret::new(open.bearer.expose().to_owned()),
        ))
    }

    /// Tenant GUID of the session, or of the one that has just ended; empty when there was none.
    pub fn tenant_id(&self) -> String {
        let person = self.person.borrow();
        person
            .as_ref()
            .map(|person| person.tenant_id.clone())
            .unwrap_or_default()
    }

    /// Scopes of the token; empty when there is none.
    pub fn scopes(&self) -> Vec<String> {
        let open = self.open.borrow();
        open.as_ref()
            .map(|open| open.scopes.clone())
            .unwrap_or_default()
    }

    /// True while there is a token that has not ended.
    pub fn is_open(&self) -> bool {
        self.usable_ms() > 0
    }

    /// Milliseconds for which the token can still be used.
    pub fn usable_ms(&self) -> u64 {
        let open = self.open.borrow();
        open.as_ref()
            .map_or(0, |open| open.expiry.usable_ms(clock::now()))
    }

    /// Number of the session, to recognise one that was replaced.
    pub fn generation(&self) -> u32 {
        self.generation.get()
    }

    /// Where the session at Microsoft can be ended; empty when there is none.
    pub fn logout_url(&self, base: &str) -> String {
        let person = self.person.borrow();
        let open = self.open.borrow();
        match (&*person, &*open) {
            (Some(person), Some(open)) => format!(
                "{}/{}/oauth2/v2.0/logout?{}",
                open.login,
                person.tenant_id,
                form(&[
                    ("post_logout_redirect_uri", base),
                    ("logout_hint", &person.login_hint),
                ])
            ),
            _ => String::new(),
        }
    }

    /// Drops the token; the person stays known, so that a renewal must be theirs.
    pub fn expire(&self) {
        *self.open.borrow_mut() = None;
        self.generation.set(self.generation.get().wrapping_add(1));
    }

    /// Drops the token and everything known of the person.
    pub fn close(&self) {
        self.expire();
        *self.person.borrow_mut() = None;
        self.challenge.borrow_mut().clear();
    }

    /// Graph refused the token. Keeps the claims that it asks for, for the next sign-in.
    ///
    /// # Errors
    /// [`SignInError::ChallengeRepeated`] when a sign-in answered the same challenge before.
    pub fn challenged(&self, claims: &str) -> Result<(), SignInError> {
        self.expire();
        if claims.is_empty() {
            return Ok(());
        }
        if !self.answered.borrow_mut().is_new(claims) {
            return Err(SignInError::ChallengeRepeated);
        }
        *self.challenge.borrow_mut() = claims.to_owned();
        Ok(())
    }

    /// A renewal asks the tenant that the person is in; the first sign-in asks what the configuration says.
    fn tenant_to_ask(&self, config: &Config) -> String {
        let person = self.person.borrow();
        person
            .as_ref()
            .map_or_else(|| config.tenant.clone(), |person| person.tenant_id.clone())
    }
}

fn scopes_to_ask(config: &Config, features: &[String]) -> Vec<ReadScope> {
    let chosen: Vec<&str> = config
        .features
        .iter()
        .copied()
        .filter(|id| match features {
            [] => permission::feature(id).is_some_and(|feature| feature.default),
            some => some.iter().any(|feature| feature == id),
        })
        .collect();
    permission::scopes_of(&chosen)
}

async fn identify(
    http: &Http,
    cloud: &Cloud,
    tokens: &Tokens,
    expected: &Expected<'_>,
) -> Result<Identity, SignInError> {
    let candidate = id_token::read(&tokens.id_token, expected).map_err(SignInError::IdToken)?;
    let key = signing_key(http, cloud, &candidate).await?;
    if let Some(at_hash) = &candidate.at_hash {
        let digest = crypto::sha256(tokens.access_token.expose().as_bytes()).await?;
        if base64url(&digest[..digest.len() / 2]) != *at_hash {
            return Err(SignInError::IdToken(id_token::IdTokenError::AccessToken));
        }
    }
    let signed = candidate.signed.expose().as_bytes();
    let good = crypto::verify_rs256(&key, signed, &candidate.signature).await?;
    candidate.verified(good).map_err(SignInError::IdToken)
}

/// The key that signed the token. An unknown one is looked for once more: keys change (case 26).
async fn signing_key(
    http: &Http,
    cloud: &Cloud,
    candidate: &Candidate,
) -> Result<Jwk, SignInError> {
    let mut again = true;
    loop {
        let answer = http
            .keys(cloud, candidate.tenant_id())
            .await
            .map_err(|error| unanswered(error, Service::Keys))?;
        if answer.status != 200 {
            return Err(SignInError::Unreachable(Service::Keys));
        }
        let found = jwks::choose(
            &answer.text(),
            candidate.kid.as_deref(),
            &candidate.issuer,
            candidate.tenant_id(),
        );
        match found {
            Err(KeyError::UnknownKid) if again => again = false,
            found => return found.map_err(SignInError::Keys),
        }
    }
}

fn unanswered(error: HttpError, service: Service) -> SignInError {
    match error {
        HttpError::TooLarge | HttpError::TooSlow | HttpError::Cut => {
            SignInError::Unreadable(service)
        }
        _ => SignInError::Unreachable(service),
    }
}
