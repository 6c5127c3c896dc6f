//! What signing in reads: each text may have been written by an attacker.

use domain::graph::url;
use domain::json::Json;
use domain::oauth::challenge::{self, Challenge};
use domain::oauth::client::{Asking, Reader};
use domain::oauth::cloud::{self, Cloud};
use domain::oauth::config;
use domain::oauth::encode::{base64url, from_base64url, from_form, is_guid};
use domain::oauth::error::SignInError;
use domain::oauth::id_token::{self, Expected};
use domain::oauth::redirect;
use domain::oauth::transaction::{RANDOM_BYTES, Transaction, secrets};
use domain::permission::{Method, routes_of};
use domain::problem::Problem;
use domain::protocol::Prompt;
use domain::secret::Secret;

/// Milliseconds since 1970, at which everything here happens.
const NOW: u64 = 1_800_000_000_000;
/// The tenant, client and nonce of the ID tokens in the corpus.
const TENANT: &str = "7c1d9a52-4e0b-4b86-9a3f-5d2e8c6f1a70";
const CLIENT: &str = "2f1c7f0e-6a55-4d0e-9f62-0c2a6f3f9a11";

/// Gives a text to the reader of a target: whether it was taken. `None` when the target is not one of these.
///
/// # Panics
/// When the reader does, or when it lets through what it promises to refuse.
pub fn run(target: &str, text: &str) -> Option<bool> {
    Some(match target {
        "redirect" => redirected(text),
        "jwt" => token(text),
        "challenge" => challenged(text),
        "link" => linked(text),
        "config" => configured(text),
        _ => return None,
    })
}

/// What must be there.
fn sure<T>(it: Option<T>, words: &str) -> T {
    it.unwrap_or_else(|| panic!("{words}"))
}

fn global() -> Cloud {
    sure(cloud::find("global"), "the table has it")
}

/// Words of an error can be made, whatever is in it.
fn words(error: impl Into<Problem>) {
    let problem = error.into();
    assert!(!problem.code.is_empty() && !problem.what.is_empty());
}

fn reader() -> Reader {
    let text = format!(
        r#"{{"version":1,"cloud":"global","tenant":"organizations","clientId":"{CLIENT}"}}"#
    );
    sure(config::parse(&text).ok(), "it is a configuration").reader
}

/// A sign-in that this tab began.
fn record() -> Transaction {
    let mut random = [0; RANDOM_BYTES];
    for (at, byte) in random.iter_mut().enumerate() {
        *byte = u8::try_from(at).unwrap_or_default();
    }
    let (state, nonce, verifier) = secrets(&random);
    let cloud = global();
    Transaction {
        state,
        nonce,
        verifier,
        login: cloud.login,
        graph: cloud.graph,
        tenant: "organizations".to_owned(),
        asking: Asking::read(&reader(), &[]),
        redirect_uri: "https://plumbline.example/".to_owned(),
        route: String::new(),
        prompt: Prompt::SelectAccount,
        claims: String::new(),
        person: String::new(),
        created: NOW,
    }
}

fn redirected(text: &str) -> bool {
    let record = record();
    let taken = match redirect::accept(text, Some(&record.write()), NOW) {
        Ok(accepted) => {
            let pairs = sure(from_form(text), "it is a form");
            let states = pairs.iter().filter(|(name, _)| name == "state");
            assert!(states.map(|(_, state)| state).eq([&record.state]));
            assert!(!accepted.code.expose().is_empty(), "an empty code");
            true
        }
        Err(error) => {
            words(SignInError::Redirect(error));
            false
        }
    };
    // Without a sign-in under way nothing is accepted.
    let unasked = redirect::accept(text, None, NOW);
    assert!(unasked.is_err(), "nobody asked for it");
    // And the text as a record of this tab is no record, or one that is written as it was read.
    if let Ok(read) = Transaction::read(text, NOW) {
        let again = Transaction::read(&read.write(), NOW);
        assert!(again.is_ok_and(|again| again.write() == read.write()));
    }
    taken
}

/// The text is a token as it came; or a header and a payload, a line each, and a signature is added.
fn token(text: &str) -> bool {
    let cloud = global();
    let expected = Expected {
        cloud: &cloud,
        tenant: "organizations",
        client_id: CLIENT,
        nonce: "N1",
        now: 1_800_000_000,
    };
    let (header, payload) = text.split_once('\n').unwrap_or((text, ""));
    let built = [header, payload, "signature"].map(|part| base64url(part.as_bytes()));
    let mut taken = false;
    for token in [text.to_owned(), built.join(".")] {
        match id_token::read(&Secret::new(token.clone()), &expected) {
            Err(error) => words(SignInError::IdToken(error)),
            Ok(candidate) => {
                assert!(!candidate.signature.is_empty(), "no signature");
                let payload = token.split('.').nth(1).and_then(from_base64url);
                let payload = sure(payload, "it was read");
                let payload = String::from_utf8_lossy(&payload);
                let claims = sure(Json::parse(&payload).ok(), "it was read");
                for (name, value) in [("aud", CLIENT), ("nonce", "N1"), ("ver", "2.0")] {
                    assert_eq!(claims.str_at(name), Some(value), "{name}");
                }
                let issuer = format!("{}/{}/v2.0", cloud.login, candidate.tenant_id());
                assert_eq!(candidate.issuer, issuer);
                let who = sure(candidate.verified(true).ok(), "its signature is good");
                assert!(is_guid(&who.tenant_id) && is_guid(&who.object_id));
                assert!(!who.subject.is_empty());
                taken = true;
            }
        }
    }
    for line in text.lines() {
        drop(domain::oauth::jwks::choose(
            line,
            Some("k1"),
            "issuer",
            TENANT,
        ));
    }
    taken
}

fn challenged(text: &str) -> bool {
    let read = challenge::read(text);
    if let Challenge::Claims(claims) = &read {
        assert!(claims.len() <= challenge::LIMIT);
        let json = sure(Json::parse(claims).ok(), "claims are JSON");
        assert!(json.object().is_some(), "claims are an object");
        challenge::revokes(claims);
    }
    // Whatever is asked for, the sign-in declares that it understands challenges, in JSON.
    let merged = challenge::merge(text);
    let json = sure(Json::parse(&merged).ok(), "what is sent is JSON");
    let declared = json.get("access_token").and_then(|at| at.get("xms_cc"));
    assert!(declared.is_some(), "{merged}");
    matches!(read, Challenge::Claims(_))
}

fn linked(text: &str) -> bool {
    let graph = global().graph;
    let Ok((version, rest)) = url::relative(text, &graph) else {
        return false;
    };
    assert!(text[..graph.len()].eq_ignore_ascii_case(&graph));
    let sent = format!("{graph}/{}{rest}", version.segment());
    assert!(text.len() == sent.len() && text.ends_with(&rest), "changed");
    let path = &sent[graph.len()..];
    drop(routes_of(Method::Get, path, ""));
    let again = url::relative(&sent, &graph);
    assert_eq!(again, Ok((version, rest)), "sent otherwise than checked");
    true
}

fn configured(text: &str) -> bool {
    match config::parse(text) {
        Ok(config) => {
            let known = cloud::ids().filter_map(cloud::find);
            let of_microsoft = known.into_iter().any(|cloud| cloud == config.cloud);
            let local = |origin: &str| {
                let host = origin.split_once("://").map_or("", |(_, host)| host);
                ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| {
                    host.strip_prefix(name)
                        .is_some_and(|port| port.is_empty() || port.starts_with(':'))
                })
            };
            assert!(
                of_microsoft || (local(&config.cloud.login) && local(&config.cloud.graph)),
                "{:?}",
                config.cloud
            );
            assert!(!config.tenant.contains(['/', '?', '#', '@']));
            if let Some(writer) = &config.writer {
                assert!(!writer.id().eq_ignore_ascii_case(config.reader.id()));
            }
            true
        }
        Err(errors) => {
            assert!(!errors.is_empty(), "refused without a reason");
            errors.into_iter().for_each(words);
            false
        }
    }
}
