use serde_json::Value;

use crate::bench::*;
use crate::emulator::Emulator;
use crate::graph::faults::{PROFILES, Profile, TOKEN_REQUESTS};
use crate::http::{Delivery, Response};
use crate::options::Options;

const POLICIES: &str = "/beta/deviceManagement/configurationPolicies";
const SCOPES: [&str; 4] = [
    "DeviceManagementConfiguration.Read.All",
    "Policy.Read.All",
    "User.Read.All",
    "DeviceManagementScripts.Read.All",
];

fn failing(profile: Profile) -> (Emulator, String) {
    let emulator = emulator(Options {
        faults: profile,
        ..options()
    });
    let bearer = bearer(&emulator, READER, &SCOPES);
    (emulator, bearer)
}

fn read(emulator: &Emulator, bearer: &str, target: &str) -> Response {
    emulator.clock.advance(1_100);
    get(emulator, target, &[("Authorization", bearer)])
}

/// A hundred different requests, each sent until it is answered: statuses and deliveries in order.
fn through(emulator: &Emulator, bearer: &str) -> Vec<(u16, Delivery)> {
    let mut seen = Vec::new();
    for number in 0..100 {
        let target = format!(
            "/beta/deviceManagement/deviceCategories?$top={}",
            number + 1
        );
        let before = seen.len();
        loop {
            let answer = read(emulator, bearer, &target);
            seen.push((answer.status, answer.delivery));
            if answer.status == 200 && matches!(answer.delivery, Delivery::Whole | Delivery::Slow) {
                break;
            }
            assert!(seen.len() - before < 12, "{target} never gets through");
        }
    }
    seen
}

#[test]
fn storms_are_the_same_for_the_same_seed_and_end() {
    let statuses = |emulator: &Emulator, bearer: &str| through(emulator, bearer);
    let (first, bearer_1) = failing(Profile::Storm);
    let (second, bearer_2) = failing(Profile::Storm);
    let seen = statuses(&first, &bearer_1);
    assert_eq!(seen, statuses(&second, &bearer_2));
    let refused = seen.iter().filter(|(status, _)| *status == 429).count();
    assert!((40..200).contains(&refused), "{refused}");
    first.set_faults(Profile::Storm, 99);
    assert_ne!(
        seen,
        statuses(&first, &bearer_1),
        "another seed, another storm"
    );
}

#[test]
fn flaky_has_all_of_its_kinds_and_ends() {
    let (emulator, bearer) = failing(Profile::Flaky);
    let seen = through(&emulator, &bearer);
    for status in [0, 200, 503, 504] {
        assert!(seen.iter().any(|(given, _)| *given == status), "{status}");
    }
    for delivery in [
        Delivery::Dropped,
        Delivery::Broken,
        Delivery::Slow,
        Delivery::Whole,
    ] {
        assert!(
            seen.iter().any(|(_, given)| *given == delivery),
            "{delivery:?}"
        );
    }
}

#[test]
fn truncated_cuts_and_ends() {
    let (emulator, bearer) = failing(Profile::Truncated);
    let cut = through(&emulator, &bearer)
        .iter()
        .filter(|(_, delivery)| *delivery == Delivery::Cut)
        .count();
    assert!(cut > 10, "{cut}");
}

fn next(answer: &Response) -> Option<String> {
    let body = json_of(answer);
    let link = body["@odata.nextLink"].as_str()?;
    Some(link.split_once("9299").unwrap().1.to_owned())
}

#[test]
fn loop_leads_back_to_the_same_page() {
    let (emulator, bearer) = failing(Profile::Loop);
    let first = next(&read(&emulator, &bearer, POLICIES)).expect("a nextLink");
    let second = next(&read(&emulator, &bearer, &first)).expect("a nextLink");
    assert_eq!(first, second);
}

#[test]
fn page_seven_fails_and_no_other() {
    let (emulator, bearer) = failing(Profile::Page7);
    let mut target = format!("{POLICIES}?$top=2");
    for page in 1..=7 {
        let answer = read(&emulator, &bearer, &target);
        assert_eq!(
            answer.status,
            if page == 7 { 500 } else { 200 },
            "page {page}"
        );
        if page < 7 {
            target = next(&answer).expect("more pages");
        }
    }
    assert_eq!(read(&emulator, &bearer, &target).status, 500, "again, too");
}

#[test]
fn the_first_token_ends_in_the_middle_and_the_second_lives() {
    for (profile, challenged) in [(Profile::Expiry, false), (Profile::Cae, true)] {
        let (emulator, first) = failing(profile);
        for _ in 0..TOKEN_REQUESTS {
            assert_eq!(read(&emulator, &first, POLICIES).status, 200);
        }
        let answer = read(&emulator, &first, POLICIES);
        assert_eq!(answer.status, 401);
        assert_eq!(
            answer
                .header("www-authenticate")
                .unwrap()
                .contains("insufficient_claims"),
            challenged
        );
        let second = bearer(&emulator, READER, &SCOPES);
        for _ in 0..TOKEN_REQUESTS * 3 {
            assert_eq!(read(&emulator, &second, POLICIES).status, 200);
        }
    }
}

#[test]
fn skew_puts_the_id_token_into_the_future() {
    let (emulator, _) = failing(Profile::Skew);
    let code = code(&emulator, READER, &[]);
    let (_, body) = redeem(&emulator, &token_form(&code, &[]));
    assert_eq!(
        claims_of(&body)["iat"],
        emulator.clock.now() + 900,
        "twenty minutes ahead, of five minutes ago"
    );
}

#[test]
fn some_types_are_forbidden_and_a_service_can_be_down() {
    let (emulator, bearer) = failing(Profile::Forbidden);
    assert_eq!(
        read(
            &emulator,
            &bearer,
            "/beta/deviceManagement/deviceManagementScripts"
        )
        .status,
        403
    );
    assert_eq!(
        read(
            &emulator,
            &bearer,
            "/v1.0/identity/conditionalAccess/policies"
        )
        .status,
        403
    );
    assert_eq!(read(&emulator, &bearer, POLICIES).status, 200);
    let (emulator, bearer) = failing(Profile::Down);
    let answer = read(&emulator, &bearer, POLICIES);
    assert_eq!(
        (answer.status, answer.header("retry-after")),
        (503, Some("30"))
    );
}

#[test]
fn ordered_faults_come_once_or_as_often_as_ordered() {
    let (emulator, bearer) = failing(Profile::None);
    let order = r#"{"rules": [
        {"path": "/deviceManagement/configurationPolicies", "status": 409, "code": "Conflict", "message": "m", "times": 2, "headers": {"Retry-After": "3"}},
        {"path": "/deviceManagement/intents", "delivery": "dropped"}
    ]}"#;
    assert_eq!(
        send(&emulator, "POST", "/__emulator/faults", &[], order).status,
        200
    );
    let statuses: Vec<u16> = (0..3)
        .map(|_| read(&emulator, &bearer, POLICIES).status)
        .collect();
    assert_eq!(statuses, [409, 409, 200]);
    let intents = "/beta/deviceManagement/intents";
    assert_eq!(
        read(&emulator, &bearer, intents).delivery,
        Delivery::Dropped
    );
    assert_eq!(read(&emulator, &bearer, intents).delivery, Delivery::Whole);
    for bad in [
        r#"{"rules": [{"status": 500}]}"#,
        r#"{"profile": "rain"}"#,
        "nonsense",
    ] {
        assert_eq!(
            send(&emulator, "POST", "/__emulator/faults", &[], bad).status,
            400,
            "{bad}"
        );
    }
}

#[test]
fn every_profile_can_be_set_by_its_name() {
    let (emulator, _) = failing(Profile::None);
    for (name, _) in PROFILES {
        let order = format!("{{\"profile\": \"{name}\", \"seed\": 3}}");
        let state = json_of(&send(&emulator, "POST", "/__emulator/faults", &[], &order));
        assert_eq!(
            (&state["faults"], &state["seed"]),
            (&Value::from(*name), &Value::from(3))
        );
    }
}
