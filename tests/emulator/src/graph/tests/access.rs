use base64::Engine as _;
use serde_json::Value;

use crate::bench::*;
use crate::graph::scopes;

const POLICIES: &str = "/beta/deviceManagement/configurationPolicies";
const CONFIG: &str = "DeviceManagementConfiguration.Read.All";

#[test]
fn tokens() {
    let emulator = emulator(options());
    let bearer = bearer(&emulator, READER, &[CONFIG]);
    let status = |header: &str| {
        let headers: &[(&str, &str)] = if header.is_empty() {
            &[]
        } else {
            &[("Authorization", header)]
        };
        let answer = get(&emulator, POLICIES, headers);
        (answer.status, answer.header("www-authenticate").is_some())
    };
    for bad in ["", "Bearer ", "Bearer nonsense", "Basic abc"] {
        assert_eq!(status(bad), (401, true), "{bad:?}");
    }
    assert_eq!(status(&bearer), (200, false));
    emulator.clock.advance(86_000_000);
    assert_eq!(status(&bearer), (401, true), "its time is over");
}

#[test]
fn a_revoked_token_gets_a_challenge_that_says_what_is_needed() {
    let emulator = emulator(options());
    let bearer = bearer(&emulator, READER, &[CONFIG]);
    send(
        &emulator,
        "POST",
        "/__emulator/revoke",
        &[],
        r#"{"user": "rosa.lindqvist@harbourline.example"}"#,
    );
    let answer = get(&emulator, POLICIES, &[("Authorization", &bearer)]);
    assert_eq!(answer.status, 401);
    let header = answer.header("www-authenticate").unwrap();
    assert!(header.contains("error=\"insufficient_claims\""), "{header}");
    let claims = header
        .split("claims=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap();
    let claims = base64::engine::general_purpose::STANDARD
        .decode(claims)
        .unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(claims["access_token"]["nbf"]["essential"], true);
}

#[test]
fn scope_and_role_both_have_to_reach() {
    let emulator = emulator(options());
    let all = [
        CONFIG,
        "User.Read",
        "User.ReadBasic.All",
        "Policy.Read.All",
        "Group.ReadBasic.All",
    ];
    let scripts = "/beta/deviceManagement/deviceManagementScripts";
    let access = "/v1.0/identity/conditionalAccess/policies";
    // Person, path, status, code.
    let cases = [
        (READER, POLICIES, 200, ""),
        (READER, scripts, 403, "Forbidden"),
        (READER, access, 200, ""),
        (
            READER,
            "/v1.0/applications",
            403,
            "Authorization_RequestDenied",
        ),
        (INTUNE, POLICIES, 200, ""),
        (INTUNE, access, 403, "Authorization_RequestDenied"),
        (HELPDESK, POLICIES, 403, "Forbidden"),
        (HELPDESK, "/v1.0/groups", 200, ""),
        (HELPDESK, access, 403, "Authorization_RequestDenied"),
        (GUEST, POLICIES, 403, "Forbidden"),
        (GUEST, "/v1.0/groups", 403, "Authorization_RequestDenied"),
    ];
    for (oid, path, status, code) in cases {
        emulator.clock.advance(2_000);
        let bearer = bearer(&emulator, oid, &all);
        let answer = get(&emulator, path, &[("Authorization", &bearer)]);
        let body = json_of(&answer);
        assert_eq!(answer.status, status, "{oid} {path}: {body}");
        assert_eq!(
            body["error"]["code"].as_str().unwrap_or_default(),
            code,
            "{oid} {path}"
        );
        if code == "Forbidden" {
            let inner: Value = serde_json::from_str(body["error"]["message"].as_str().unwrap())
                .expect("a document in the message");
            assert!(
                inner["Message"]
                    .as_str()
                    .unwrap()
                    .contains(" - Operation ID")
            );
        }
        assert_eq!(
            body["error"]["innerError"]["request-id"].is_string(),
            status >= 400
        );
    }
}

/// "List signIns" names the roles; its errors are the logs' own.
#[test]
fn the_logs_say_in_their_own_words_what_lacks() {
    let emulator = emulator(options());
    let role = "Authentication_RequestFromUnsupportedUserRole";
    let log = "AuditLog.Read.All";
    let sign_ins = "/v1.0/auditLogs/signIns";
    for (oid, scope, path, status, code) in [
        // Before it is consented to: then each of the person's tokens has it.
        (
            READER,
            CONFIG,
            sign_ins,
            403,
            "Authentication_MSGraphPermissionMissing",
        ),
        (READER, log, sign_ins, 200, ""),
        (INTUNE, log, sign_ins, 403, role),
        (INTUNE, log, "/v1.0/auditLogs/directoryAudits", 200, ""),
        (HELPDESK, log, sign_ins, 403, role),
        (GUEST, log, sign_ins, 403, role),
    ] {
        emulator.clock.advance(20_000);
        let bearer = bearer(&emulator, oid, &[scope]);
        let answer = get(&emulator, path, &[("Authorization", &bearer)]);
        let body = json_of(&answer);
        assert_eq!(answer.status, status, "{oid} {path}: {body}");
        let said = body["error"]["code"].as_str().unwrap_or_default();
        assert_eq!(said, code, "{oid} {path}");
    }
}

#[test]
fn writes_need_a_writing_scope_and_role() {
    let emulator = emulator(options());
    let write = |oid: &str, scope: &str| {
        let bearer = bearer(&emulator, oid, &[scope]);
        let headers = [
            ("Authorization", bearer.as_str()),
            ("Content-Type", "application/json"),
        ];
        send(&emulator, "POST", POLICIES, &headers, "{}").status
    };
    assert_eq!(write(INTUNE, CONFIG), 403);
    assert_eq!(
        write(READER, "DeviceManagementConfiguration.ReadWrite.All"),
        403
    );
    assert_ne!(
        write(INTUNE, "DeviceManagementConfiguration.ReadWrite.All"),
        403
    );
}

#[test]
fn every_catalog_row_is_opened_by_the_scopes_that_it_names() {
    for row in domain::catalog::rows() {
        let granted = |scope: &str| row.scopes.contains(&scope);
        assert!(
            scopes::open(row.list, false, granted),
            "{}: {:?}",
            row.id,
            row.scopes
        );
        assert!(!scopes::open(row.list, false, |_| false), "{}", row.id);
    }
}

#[test]
fn the_scope_table_agrees_with_microsofts() {
    let shared = std::env::var_os("PLUMBLINE_SHARED").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        std::path::PathBuf::from,
    );
    let Ok(text) = std::fs::read_to_string(shared.join("graph/permissions.json")) else {
        eprintln!("skipped: no ../shared beside the repository");
        return;
    };
    let document: Value = serde_json::from_str(&text).unwrap();
    let mut wrong = Vec::new();
    for row in document["endpoints"].as_array().unwrap() {
        let path = row["p"].as_str().unwrap();
        let served = domain::catalog::rows().any(|known| {
            known.list == path || known.item.split('{').next() == path.split('{').next()
        });
        if row["m"] != "GET" || !served {
            continue;
        }
        let least = row
            .get("use")
            .filter(|used| !used.is_null())
            .unwrap_or(&row["least"]);
        let names: Vec<&str> = match least {
            Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
            other => other.as_str().into_iter().collect(),
        };
        if !scopes::open(path, false, |scope| names.contains(&scope)) {
            wrong.push(format!("{path}: {names:?}"));
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn browsers_may_read_what_graph_exposes_and_no_more() {
    let emulator = emulator(options());
    let preflight = send(
        &emulator,
        "OPTIONS",
        POLICIES,
        &[
            ("Origin", "https://anywhere.example"),
            (
                "Access-Control-Request-Headers",
                "authorization,consistencylevel",
            ),
        ],
        "",
    );
    assert_eq!(preflight.status, 200);
    assert_eq!(preflight.header("access-control-allow-origin"), Some("*"));
    assert_eq!(
        preflight.header("access-control-allow-headers"),
        Some("authorization,consistencylevel")
    );
    let bearer = bearer(&emulator, READER, &[CONFIG]);
    for header in ["", bearer.as_str()] {
        let answer = get(&emulator, POLICIES, &[("Authorization", header)]);
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        let exposed = answer
            .header("access-control-expose-headers")
            .unwrap()
            .to_ascii_lowercase();
        assert!(exposed.contains("request-id") && exposed.contains("www-authenticate"));
        assert!(!exposed.contains("retry-after") && !exposed.contains("x-ms-throttle"));
    }
    let control = get(&emulator, "/__emulator/state", &[("Origin", SITE)]);
    assert!(
        control.header("access-control-allow-origin").is_none(),
        "pages do not steer"
    );
}

#[test]
fn every_request_is_recorded_and_what_nothing_serves_is_noted() {
    let emulator = emulator(options());
    let bearer = bearer(&emulator, READER, &[CONFIG]);
    let auth = [("Authorization", bearer.as_str())];
    get(&emulator, &format!("{POLICIES}?$top=2"), &auth);
    get(&emulator, "/beta/noSuchThings", &auth);
    get(&emulator, "/nowhere", &[]);
    let lines = get(&emulator, "/__emulator/exchanges", &[]).body;
    let lines: Vec<Value> = String::from_utf8(lines)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(
        lines[0]["url"],
        format!("{}{POLICIES}?$top=2", emulator.base)
    );
    assert_eq!(
        (&lines[0]["method"], &lines[0]["status"]),
        (&Value::from("GET"), &Value::from(200))
    );
    assert!(lines[0]["request"].is_null() && lines[0]["response"]["value"].is_array());
    let unmatched = json_of(&get(&emulator, "/__emulator/unmatched", &[]));
    assert_eq!(unmatched.as_array().unwrap().len(), 2, "{unmatched}");
    send(&emulator, "POST", "/__emulator/reset", &[], "");
    assert!(get(&emulator, "/__emulator/exchanges", &[]).body.is_empty());
    assert_eq!(
        get(&emulator, POLICIES, &auth).status,
        401,
        "tokens are gone too"
    );
}
