use serde_json::{Value, json};

use crate::bench::*;
use crate::graph::throttle::{Throttle, directory_cost};
use crate::graph::{CallerRef, GraphRequest};

fn request(method: &str, target: &str) -> GraphRequest {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    GraphRequest {
        method: method.to_owned(),
        version: "beta".to_owned(),
        path: path.to_owned(),
        query: crate::http::pairs(query),
        headers: Vec::new(),
        body: None,
        base: "http://localhost:1".to_owned(),
        user: CallerRef {
            oid: READER.to_owned(),
            tid: String::new(),
        },
    }
}

/// How many of 3,000 pass at one moment.
fn passing(throttle: &mut Throttle, method: &str, target: &str, now_ms: u64) -> usize {
    let request = request(method, target);
    (0..3_000)
        .filter(|_| throttle.count("app", &request, now_ms).is_none())
        .count()
}

#[test]
fn published_numbers() {
    // Method, path, requests that pass at once, seconds until the window is over.
    let cases = [
        ("GET", "/deviceManagement/configurationPolicies", 1_000, 20),
        ("GET", "/deviceManagement/deviceConfigurations", 1_000, 20),
        ("GET", "/deviceAppManagement/mobileApps", 1_000, 20),
        ("GET", "/deviceManagement/managedDevices", 2_000, 20),
        ("POST", "/deviceManagement/configurationPolicies", 100, 20),
        ("DELETE", "/deviceManagement/managedDevices/1", 200, 20),
        ("GET", "/identity/conditionalAccess/policies", 1, 1),
        ("GET", "/auditLogs/signIns", 5, 10),
    ];
    for (method, path, expect, window) in cases {
        let mut throttle = Throttle::new(1_000);
        assert_eq!(
            passing(&mut throttle, method, path, 1_000_000),
            expect,
            "{method} {path}"
        );
        let later = 1_000_000 + window * 1_000;
        assert_eq!(
            passing(&mut throttle, method, path, later - 1),
            0,
            "{method} {path}"
        );
        assert_eq!(
            passing(&mut throttle, method, path, later + window * 1_000),
            expect,
            "{method} {path}"
        );
    }
}

#[test]
fn families_and_applications_have_budgets_of_their_own() {
    let mut throttle = Throttle::new(1_000);
    assert_eq!(
        passing(&mut throttle, "GET", "/deviceManagement/intents", 0),
        1_000
    );
    assert_eq!(
        passing(&mut throttle, "GET", "/deviceAppManagement/mobileApps", 0),
        1_000
    );
    let one = request("GET", "/deviceManagement/intents");
    assert!(throttle.count("app", &one, 0).is_some());
    assert!(throttle.count("another", &one, 0).is_none());
}

#[test]
fn the_directory_counts_resource_units() {
    let cases = [
        ("/users", 2),
        ("/users?$select=id", 1),
        ("/users?$top=10", 1),
        ("/users?$expand=manager", 3),
        ("/groups", 1),
        ("/groups/1/members", 3),
        ("/groups/1/transitiveMembers?$select=id", 4),
        ("/directoryObjects/getByIds", 3),
        ("/groups?$select=id&$top=5", 1),
    ];
    for (target, units) in cases {
        assert_eq!(directory_cost(&request("GET", target)), units, "{target}");
    }
    for (users, expect) in [(30, 3_500 / 5), (300, 5_000 / 5), (5_000, 8_000 / 5)] {
        let mut throttle = Throttle::new(users);
        assert_eq!(
            passing(&mut throttle, "GET", "/groups/1/transitiveMembers", 0),
            expect,
            "{users}"
        );
    }
}

#[test]
fn waiting_as_long_as_told_is_enough() {
    let mut throttle = Throttle::new(1_000);
    let one = request("GET", "/deviceManagement/intents");
    let mut now = 0;
    for _ in 0..2_500 {
        while let Some(answer) = throttle.count("app", &one, now) {
            assert_eq!(answer.status, 429);
            let wait: u64 = answer
                .headers
                .iter()
                .find(|(name, _)| name == "Retry-After")
                .unwrap()
                .1
                .parse()
                .unwrap();
            assert!((1..=20).contains(&wait), "{wait}");
            now += wait * 1_000;
        }
        now += 1;
    }
    assert!(
        now <= 45_000,
        "2,500 requests fit into a little more than two windows: {now}"
    );
}

#[test]
fn inside_a_batch_each_request_is_throttled_and_says_how_long() {
    let emulator = emulator(options());
    let bearer = bearer(
        &emulator,
        READER,
        &["Policy.Read.All", "DeviceManagementConfiguration.Read.All"],
    );
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "application/json"),
    ];
    let send_batch = |version: &str, requests: Value| {
        json_of(&send(
            &emulator,
            "POST",
            &format!("/{version}/$batch"),
            &headers,
            &json!({"requests": requests}).to_string(),
        ))
    };
    let access: Value = (0..3)
        .map(|id| json!({"id": id.to_string(), "method": "GET", "url": "/identity/conditionalAccess/policies"}))
        .collect();
    let answers = send_batch("v1.0", access);
    let status: Vec<u64> = answers["responses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["status"].as_u64().unwrap())
        .collect();
    assert_eq!(
        status.iter().filter(|status| **status == 200).count(),
        1,
        "{status:?}"
    );
    let twenty: Value = (0..20)
        .map(|id| json!({"id": id.to_string(), "method": "GET", "url": "/deviceManagement/deviceCategories"}))
        .collect();
    for _ in 0..50 {
        send_batch("beta", twenty.clone());
    }
    let refused = send_batch("beta", twenty);
    for one in refused["responses"].as_array().unwrap() {
        assert_eq!(one["status"], 429);
        assert!(
            one["headers"]["Retry-After"]
                .as_str()
                .unwrap()
                .parse::<u64>()
                .is_ok()
        );
        assert_eq!(one["body"]["error"]["code"], "TooManyRequests");
    }
    let alone = get(
        &emulator,
        "/beta/deviceManagement/deviceCategories",
        &[("Authorization", &bearer)],
    );
    assert_eq!(alone.status, 429);
    assert!(
        alone.header("retry-after").is_some(),
        "sent, though no browser shows it"
    );
}
