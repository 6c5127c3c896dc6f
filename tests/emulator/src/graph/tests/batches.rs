use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::bench::*;
use crate::emulator::Emulator;

const GET: &str = "/deviceManagement/configurationPolicies?$top=1";

fn batch(emulator: &Emulator, requests: &Value) -> (u16, Value) {
    let bearer = bearer(
        emulator,
        READER,
        &["DeviceManagementConfiguration.Read.All"],
    );
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "application/json"),
    ];
    let answer = send(
        emulator,
        "POST",
        "/beta/$batch",
        &headers,
        &json!({"requests": requests}).to_string(),
    );
    (answer.status, json_of(&answer))
}

fn by_id(body: &Value) -> BTreeMap<String, Value> {
    body["responses"]
        .as_array()
        .expect("responses")
        .iter()
        .map(|response| {
            (
                response["id"].as_str().unwrap().to_owned(),
                response.clone(),
            )
        })
        .collect()
}

fn many(count: usize) -> Value {
    (0..count)
        .map(|id| json!({"id": id.to_string(), "method": "GET", "url": GET}))
        .collect()
}

#[test]
fn malformed_batches_are_400_as_a_whole() {
    let emulator = emulator(options());
    let one = |more: Value| {
        let mut item = json!({"id": "1", "method": "GET", "url": GET});
        item.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        json!([item])
    };
    let cases = [
        ("21 requests", many(21)),
        ("none", json!([])),
        ("not a list", json!("1")),
        (
            "an id twice",
            json!([{"id": "a", "method": "GET", "url": GET}, {"id": "A", "method": "GET", "url": GET}]),
        ),
        ("no id", one(json!({"id": ""}))),
        ("no url", one(json!({"url": ""}))),
        (
            "an absolute url",
            one(json!({"url": "https://graph.microsoft.com/beta/users"})),
        ),
        ("a method of its own", one(json!({"method": "TRACE"}))),
        (
            "a body without a type",
            one(json!({"method": "POST", "body": {}})),
        ),
        (
            "a POST without a body",
            one(json!({"method": "POST", "headers": {"Content-Type": "application/json"}})),
        ),
        ("depends on a stranger", one(json!({"dependsOn": ["2"]}))),
        ("depends on itself", one(json!({"dependsOn": ["1"]}))),
        (
            "a circle",
            json!([
                {"id": "1", "method": "GET", "url": GET, "dependsOn": ["2"]},
                {"id": "2", "method": "GET", "url": GET, "dependsOn": ["1"]},
            ]),
        ),
    ];
    for (what, requests) in cases {
        let (status, body) = batch(&emulator, &requests);
        assert_eq!(status, 400, "{what}");
        assert_eq!(body["error"]["code"], "BadRequest", "{what}");
    }
    let bearer = bearer(&emulator, READER, &["User.Read"]);
    assert_eq!(
        get(&emulator, "/beta/$batch", &[("Authorization", &bearer)]).status,
        405
    );
}

#[test]
fn twenty_are_answered_each_with_its_id() {
    let emulator = emulator(options());
    let (status, body) = batch(&emulator, &many(20));
    assert_eq!(status, 200);
    let answers = by_id(&body);
    assert_eq!(answers.len(), 20);
    for (id, answer) in answers {
        assert_eq!(answer["status"], 200, "{id}");
        assert!(
            answer["headers"]["Content-Type"]
                .as_str()
                .unwrap()
                .starts_with("application/json")
        );
        assert_eq!(answer["body"]["value"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn paths_may_be_written_with_or_without_a_slash_and_encoded() {
    let emulator = emulator(options());
    let urls = [
        "/deviceManagement/configurationPolicies?$top=1",
        "deviceManagement/configurationPolicies?%24top=1",
        "/deviceManagement/configuration%50olicies?$top=1",
    ];
    let requests: Value = urls
        .iter()
        .enumerate()
        .map(|(id, url)| json!({"id": id.to_string(), "method": "GET", "url": url}))
        .collect();
    for (id, answer) in by_id(&batch(&emulator, &requests).1) {
        assert_eq!(
            answer["body"]["value"].as_array().map(Vec::len),
            Some(1),
            "{id}"
        );
    }
}

#[test]
fn what_depends_on_a_failure_fails() {
    let emulator = emulator(options());
    let requests = json!([
        {"id": "c", "method": "GET", "url": GET, "dependsOn": ["b"]},
        {"id": "b", "method": "GET", "url": GET, "dependsOn": ["a"]},
        {"id": "a", "method": "GET", "url": "/deviceManagement/deviceManagementScripts"},
        {"id": "d", "method": "GET", "url": GET, "dependsOn": ["e"]},
        {"id": "e", "method": "GET", "url": GET},
    ]);
    let answers = by_id(&batch(&emulator, &requests).1);
    let status = |id: &str| answers[id]["status"].as_u64().unwrap();
    assert_eq!((status("a"), status("b"), status("c")), (403, 424, 424));
    assert_eq!((status("d"), status("e")), (200, 200));
}
