//! The whole protocol of a sign-in, as the engine speaks it, against the emulator's Entra.
//!
//! Product and emulator were written apart, from the same documentation: here they have to agree.

use domain::oauth::authorize::Authorize;
use domain::oauth::client::Asking;
use domain::oauth::cloud::Cloud;
use domain::oauth::config::Config;
use domain::oauth::encode::{base64url, from_base64url};
use domain::oauth::error::SignInError;
use domain::oauth::id_token::{self, Expected, Identity};
use domain::oauth::redirect::{self, RedirectError};
use domain::oauth::token::{self, TokenError, Tokens};
use domain::oauth::transaction::{RANDOM_BYTES, Transaction, secrets};
use domain::oauth::{config, jwks};
use domain::permission;
use domain::problem::Problem;
use domain::protocol::Prompt;
use domain::secret::Secret;
use emulator::accounts::{ACCOUNTS, TENANT_ID};
use emulator::{CLIENT_ID, Clock, Emulator, Options};

use emulator::graph::faults::Profile;
use emulator::http::{Request, Response};

use emulator::tenant::GeneratorOptions;
use ring::{digest, signature};

pub(super) const NOW_MS: u64 = 1_800_000_000_000;
const NOW: i64 = 1_800_000_000;
pub(super) const SITE: &str = "http://localhost:8080";

pub(super) fn entra(change: impl FnOnce(&mut Options)) -> Emulator {
    let mut options = Options {
        site_origin: SITE.to_owned(),
        generator: GeneratorOptions {
            policies: 1,
            devices: 1,
            groups: 1,
            users: 1,
            ..GeneratorOptions::default()
        },
        auto_sign_in: Some(&ACCOUNTS[0]),
        clock: Clock::frozen(NOW_MS),
        ..Options::default()
    };
    change(&mut options);
    Emulator::new(options, 9477).unwrap()
}

/// The emulator as the configuration names it.
pub(super) fn cloud(emulator: &Emulator) -> Cloud {
    configuration(&emulator.base).cloud
}

fn configuration(base: &str) -> Config {
    let text = format!(
        r#"{{"version":1,"cloud":"custom","tenant":"organizations","clientId":"{CLIENT_ID}",
            "custom":{{"login":"{base}","graph":"{base}","name":"Emulator"}}}}"#
    );
    config::parse(&text).unwrap()
}

/// What the reader asks for these features.
pub(super) fn asking(features: &[&str]) -> Asking {
    let reader = configuration("http://localhost:1").reader;
    Asking::read(&reader, &permission::scopes_of(features))
}

pub(super) fn transaction(cloud: &Cloud, seed: u8, prompt: Prompt) -> Transaction {
    let (state, nonce, verifier) = secrets(&[seed; RANDOM_BYTES]);
    Transaction {
        state,
        nonce,
        verifier,
        login: cloud.login.clone(),
        graph: cloud.graph.clone(),
        tenant: "organizations".into(),
        asking: asking(&["inventory", "groups"]),
        redirect_uri: format!("{SITE}/"),
        route: "#/overview".into(),
        prompt,
        claims: String::new(),
        person: String::new(),
        created: NOW_MS,
    }
}

fn get(emulator: &Emulator, url: &str) -> Response {
    let rest = url.strip_prefix(emulator.base.as_str()).unwrap();
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    emulator.answer(&Request {
        method: "GET".into(),
        path: path.into(),
        query: query.into(),
        headers: vec![("Origin".into(), SITE.into())],
        body: Vec::new(),
    })
}

/// Goes to the login page; gives the fragment that came back.
pub(super) fn visit(emulator: &Emulator, cloud: &Cloud, transaction: &Transaction) -> String {
    let verifier = transaction.verifier.expose().as_bytes();
    let hash = digest::digest(&digest::SHA256, verifier);
    let url = Authorize {
        transaction,
        login: &cloud.login,
        code_challenge: &base64url(hash.as_ref()),
        prompt: transaction.prompt,
        login_hint: "",
        claims: "",
    }
    .url();
    let answer = get(emulator, &url);
    let page = String::from_utf8_lossy(&answer.body);
    // Some refusals are told on the login page first; its button leads back.
    let button = format!("href=\"{SITE}/#");
    let location = match (answer.status, page.split_once(&button)) {
        (302, _) => answer.header("location").unwrap().to_owned(),
        (200, Some((_, rest))) => {
            let end = rest.find('"').unwrap();
            format!("{SITE}/#{}", rest[..end].replace("&amp;", "&"))
        }
        _ => panic!("{} {page}", answer.status),
    };
    let (back, fragment) = location.split_once('#').unwrap();
    assert_eq!(back, transaction.redirect_uri);
    fragment.to_owned()
}

pub(super) fn redeem(
    emulator: &Emulator,
    cloud: &Cloud,
    transaction: &Transaction,
    code: &Secret,
) -> Result<Tokens, TokenError> {
    let answer = emulator.answer(&Request {
        method: "POST".into(),
        path: "/organizations/oauth2/v2.0/token".into(),
        headers: vec![
            ("Origin".into(), SITE.into()),
            (
                "Content-Type".into(),
                "application/x-www-form-urlencoded;charset=utf-8".into(),
            ),
        ],
        body: token::request(transaction, code).expose().into(),
        ..Request::default()
    });
    let content_type = answer.header("content-type").unwrap_or_default();
    let body = String::from_utf8_lossy(&answer.body);
    token::read(answer.status, content_type, &body, cloud)
}

fn identify(
    emulator: &Emulator,
    cloud: &Cloud,
    transaction: &Transaction,
    tokens: &Tokens,
    now: i64,
) -> Result<Identity, id_token::IdTokenError> {
    let expected = Expected {
        cloud,
        tenant: &transaction.tenant,
        client_id: transaction.asking.client_id(),
        nonce: &transaction.nonce,
        now,
    };
    let candidate = id_token::read(&tokens.id_token, &expected)?;
    let keys = get(emulator, &cloud.keys_url(candidate.tenant_id()));
    let key = jwks::choose(
        &String::from_utf8_lossy(&keys.body),
        candidate.kid.as_deref(),
        &candidate.issuer,
        candidate.tenant_id(),
    )
    .unwrap();
    let public = signature::RsaPublicKeyComponents {
        n: from_base64url(&key.n).unwrap(),
        e: from_base64url(&key.e).unwrap(),
    };
    let good = public.verify(
        &signature::RSA_PKCS1_2048_8192_SHA256,
        candidate.signed.expose().as_bytes(),
        &candidate.signature,
    );
    candidate.verified(good.is_ok())
}

#[test]
fn a_person_signs_in_and_is_who_they_are() {
    let emulator = entra(|_| {});
    let cloud = cloud(&emulator);
    let asked = transaction(&cloud, 1, Prompt::SelectAccount);
    let fragment = visit(&emulator, &cloud, &asked);
    let accepted = redirect::accept(&fragment, Some(&asked.write()), NOW_MS + 5_000).unwrap();
    let tokens = redeem(&emulator, &cloud, &accepted.transaction, &accepted.code).unwrap();
    for scope in asked.asking.scopes() {
        assert!(tokens.scopes.contains(scope), "{scope} was not granted");
    }
    assert!(tokens.expires_in >= 3600);
    let identity = identify(&emulator, &cloud, &accepted.transaction, &tokens, NOW).unwrap();
    assert_eq!(identity.tenant_id, TENANT_ID);
    assert_eq!(identity.object_id, ACCOUNTS[0].oid);
    assert_eq!(identity.name, ACCOUNTS[0].name);

    // Case 40 and its server side: a code is good once.
    let again = redeem(&emulator, &cloud, &accepted.transaction, &accepted.code);
    assert!(matches!(again, Err(TokenError::Entra(_))), "{again:?}");
    // Case 14: the answer to another question, with this tab's record.
    let other = transaction(&cloud, 2, Prompt::SelectAccount);
    let refused = redirect::accept(&fragment, Some(&other.write()), NOW_MS).err();
    assert_eq!(refused, Some(RedirectError::StateMismatch));
}

/// Case 51: a code that was made for another browser's challenge.
#[test]
fn an_injected_code_is_not_redeemed() {
    let emulator = entra(|_| {});
    let cloud = cloud(&emulator);
    let victim = transaction(&cloud, 1, Prompt::SelectAccount);
    let attacker = transaction(&cloud, 2, Prompt::SelectAccount);
    let fragment = visit(&emulator, &cloud, &attacker);
    let injected = fragment.replace(&attacker.state, &victim.state);
    let accepted = redirect::accept(&injected, Some(&victim.write()), NOW_MS).unwrap();
    let refused = redeem(&emulator, &cloud, &accepted.transaction, &accepted.code);
    let Err(TokenError::Entra(error)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(error.error, "invalid_grant");
}

#[test]
fn a_silent_attempt_without_a_session_is_an_ordinary_answer() {
    let emulator = entra(|options| options.auto_sign_in = None);
    let cloud = cloud(&emulator);
    let asked = transaction(&cloud, 1, Prompt::None);
    let fragment = visit(&emulator, &cloud, &asked);
    let refused = redirect::accept(&fragment, Some(&asked.write()), NOW_MS).err();
    let Some(RedirectError::Entra { error, silent }) = refused else {
        panic!("{refused:?}");
    };
    assert!(silent);
    assert_eq!(error.error, "login_required");
}

/// Somebody whom Conditional Access stops: the words are ours, the ids are Entra's.
#[test]
fn a_blocked_person_reads_why() {
    let blocked = ACCOUNTS.iter().find(|a| a.refused_with == 53003).unwrap();
    let emulator = entra(|options| options.auto_sign_in = Some(blocked));
    let cloud = cloud(&emulator);
    let asked = transaction(&cloud, 1, Prompt::SelectAccount);
    let fragment = visit(&emulator, &cloud, &asked);
    let refused = redirect::accept(&fragment, Some(&asked.write()), NOW_MS).unwrap_err();
    let problem = Problem::from(SignInError::Redirect(refused));
    assert_eq!(problem.code, "auth.blocked");
    assert!(problem.detail.contains("AADSTS53003"), "{}", problem.detail);
}

/// Case 79: ten minutes are forgiven where the token allows it; more is named, in minutes.
#[test]
fn a_wrong_clock_is_named() {
    for (skew, ours, expect) in [
        (Profile::Skew, NOW, Some("behind")),
        (Profile::None, NOW - 600, None),
        (Profile::None, NOW + 600, None),
        (Profile::None, NOW - 3_600, Some("behind")),
        (Profile::None, NOW + 86_400, Some("ahead of")),
    ] {
        let emulator = entra(|options| options.faults = skew);
        let cloud = cloud(&emulator);
        let asked = transaction(&cloud, 1, Prompt::SelectAccount);
        let fragment = visit(&emulator, &cloud, &asked);
        let accepted = redirect::accept(&fragment, Some(&asked.write()), NOW_MS).unwrap();
        let tokens = redeem(&emulator, &cloud, &accepted.transaction, &accepted.code).unwrap();
        let found = identify(&emulator, &cloud, &accepted.transaction, &tokens, ours);
        let words = found
            .err()
            .map(|error| Problem::from(SignInError::IdToken(error)).what);
        match (expect, words) {
            (None, None) => {}
            (Some(way), Some(words)) => assert!(words.contains(way), "{words}"),
            other => panic!("{ours}: {other:?}"),
        }
    }
}
