use crate::bench::*;
use crate::emulator::Emulator;
use crate::options::Options;

fn ask(emulator: &Emulator, changes: &[(&str, &str)], cookie: &str) -> crate::http::Response {
    let target = format!(
        "/organizations/oauth2/v2.0/authorize?{}",
        authorize_query(changes)
    );
    get(emulator, &target, &[("Cookie", cookie)])
}

fn page(response: &crate::http::Response) -> String {
    String::from_utf8(response.body.clone()).unwrap()
}

/// A session cookie for a person.
fn session(emulator: &Emulator, oid: &str) -> String {
    let answer = choose(emulator, &authorize_query(&[]), oid);
    let cookie = answer.header("set-cookie").unwrap().to_owned();
    cookie.split(';').next().unwrap().to_owned()
}

#[test]
fn what_is_wrong_with_client_or_address_stays_on_the_page() {
    let emulator = emulator(options());
    let cases = [
        ("client_id", "-", "900144"),
        (
            "client_id",
            "11111111-1111-4111-8111-111111111111",
            "700016",
        ),
        ("redirect_uri", "-", "900144"),
        ("redirect_uri", "http://localhost:8080/other", "50011"),
        ("redirect_uri", "http://localhost:8080/AUTH", "50011"),
        ("redirect_uri", "http://localhost:8080/auth/", "50011"),
        ("redirect_uri", "http://localhost:8081/", "50011"),
        ("redirect_uri", "https://evil.example/", "50011"),
    ];
    for (name, given, code) in cases {
        let answer = ask(&emulator, &[(name, given)], "");
        assert_eq!(answer.status, 400, "{name}={given}");
        assert!(
            page(&answer).contains(&format!("AADSTS{code}")),
            "{name}={given}"
        );
        assert!(answer.header("location").is_none());
    }
    let twice = format!("{}&state=again", authorize_query(&[]));
    let answer = get(
        &emulator,
        &format!("/common/oauth2/v2.0/authorize?{twice}"),
        &[],
    );
    assert!(page(&answer).contains("AADSTS9000411"));
}

#[test]
fn what_else_is_wrong_goes_back_to_the_application() {
    let emulator = emulator(options());
    let cases = [
        (
            "response_type",
            "token",
            "unsupported_response_type",
            "700051",
        ),
        ("response_type", "-", "invalid_request", "900144"),
        ("response_mode", "form_post", "invalid_request", "90023"),
        ("scope", "-", "invalid_request", "900144"),
        (
            "scope",
            "openid https://graph.microsoft.com/Nothing.Read",
            "invalid_client",
            "650053",
        ),
        ("scope", "openid user.read", "invalid_client", "650053"),
        (
            "scope",
            "openid https://elsewhere.example/User.Read",
            "invalid_resource",
            "500011",
        ),
        (
            "scope",
            "openid https://graph.microsoft.com/.default",
            "invalid_scope",
            "70011",
        ),
        ("scope", "openid \"User.Read\"", "invalid_scope", "70011"),
        ("code_challenge", "-", "invalid_request", "9002325"),
        ("code_challenge_method", "-", "invalid_request", "9002325"),
        (
            "code_challenge_method",
            "plain",
            "invalid_request",
            "9002325",
        ),
        ("code_challenge", "short", "invalid_request", "501491"),
        ("prompt", "always", "invalid_request", "90023"),
        ("claims", "cp1", "invalid_request", "90023"),
        ("claims", "[]", "invalid_request", "90023"),
    ];
    for (name, given, error, code) in cases {
        let back = redirected(&ask(&emulator, &[(name, given)], ""));
        assert_eq!(value(&back, "error"), error, "{name}={given}");
        let words = value(&back, "error_description");
        assert!(
            words.starts_with(&format!("AADSTS{code}: ")),
            "{name}={given}: {words}"
        );
        assert_eq!(value(&back, "state"), "the-state");
    }
    let both = [
        ("prompt", "select_account"),
        ("login_hint", "rosa.lindqvist@harbourline.example"),
    ];
    assert_eq!(
        value(&redirected(&ask(&emulator, &both, "")), "error"),
        "invalid_request"
    );
}

#[test]
fn tenants() {
    let emulator = emulator(options());
    let query = authorize_query(&[]);
    let cases = [
        ("organizations", 200),
        ("common", 200),
        (crate::accounts::TENANT_ID, 200),
        (crate::accounts::TENANT_DOMAIN, 200),
        ("consumers", 400),
        ("somebody.example", 400),
    ];
    for (tenant, status) in cases {
        let answer = get(
            &emulator,
            &format!("/{tenant}/oauth2/v2.0/authorize?{query}"),
            &[],
        );
        assert_eq!(answer.status, status, "{tenant}");
    }
}

#[test]
fn the_answer_comes_where_it_was_asked_for() {
    let emulator = emulator(options());
    for (mode, mark) in [
        ("fragment", "http://localhost:8080/#code="),
        ("query", "http://localhost:8080/?code="),
        ("-", "http://localhost:8080/?code="),
    ] {
        let answer = choose(
            &emulator,
            &authorize_query(&[("response_mode", mode)]),
            READER,
        );
        let location = answer.header("location").unwrap();
        assert!(location.starts_with(mark), "{mode}: {location}");
        assert_eq!(value(&redirected(&answer), "state"), "the-state");
    }
    let answer = choose(
        &emulator,
        &authorize_query(&[("state", "a<b>c</b>d")]),
        READER,
    );
    assert_eq!(
        value(&redirected(&answer), "state"),
        "acd",
        "Entra strips markup from state"
    );
}

#[test]
fn without_a_person_only_a_session_helps() {
    let emulator = emulator(options());
    let silent = |changes: &[(&str, &str)], cookie: &str| {
        let mut all = vec![("prompt", "none")];
        all.extend_from_slice(changes);
        redirected(&ask(&emulator, &all, cookie))
    };
    assert_eq!(value(&silent(&[], ""), "error"), "login_required");
    let cookie = session(&emulator, READER);
    assert!(!value(&silent(&[], &cookie), "code").is_empty());
    let hint = ("login_hint", "rosa.lindqvist@harbourline.example");
    assert!(!value(&silent(&[hint], &cookie), "code").is_empty());
    let other = ("login_hint", "ivo.marchetti@harbourline.example");
    assert_eq!(value(&silent(&[other], &cookie), "error"), "login_required");

    let query = authorize_query(&[]);
    send(
        &emulator,
        "POST",
        &format!("/organizations/login?{query}"),
        &[("Cookie", &cookie)],
        &format!("account={INTUNE}"),
    );
    let two = silent(&[], &cookie);
    assert_eq!(
        value(&two, "error"),
        "interaction_required",
        "two people, no hint"
    );
    assert!(!value(&silent(&[other], &cookie), "code").is_empty());

    let out = "/organizations/oauth2/v2.0/logout?post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A8080%2F";
    let out = get(&emulator, out, &[("Cookie", &cookie)]);
    assert_eq!(out.header("location"), Some("http://localhost:8080/"));
    assert_eq!(value(&silent(&[], &cookie), "error"), "login_required");
}

#[test]
fn the_account_page_is_skipped_only_when_it_may_be() {
    let emulator = emulator(options());
    let cookie = session(&emulator, READER);
    assert_eq!(ask(&emulator, &[], &cookie).status, 302);
    for prompt in ["login", "select_account"] {
        let answer = ask(&emulator, &[("prompt", prompt)], &cookie);
        assert!(page(&answer).contains("Pick an account"), "{prompt}");
    }
    let page = page(&ask(
        &emulator,
        &[("login_hint", "hana.okafor@harbourline.example")],
        "",
    ));
    let first = page.find("<button").unwrap();
    assert!(page[first..].starts_with(&format!(
        "<button name=\"account\" value=\"{HELPDESK}\" autofocus>"
    )));
}

#[test]
fn a_person_whom_a_policy_locks_out() {
    let emulator = emulator(options());
    let answer = choose(&emulator, &authorize_query(&[]), LOCKED);
    let text = page(&answer);
    assert!(
        text.contains("AADSTS53003") && text.contains("#error=access_denied"),
        "{text}"
    );
    assert!(answer.header("set-cookie").is_none());
}

#[test]
fn consent_is_asked_once_and_by_whom_it_can_be_given() {
    let emulator = emulator(Options {
        ask_consent: true,
        ..options()
    });
    let intune = [(
        "scope",
        "openid https://graph.microsoft.com/DeviceManagementApps.Read.All",
    )];
    let query = authorize_query(&intune);
    assert!(
        page(&choose(&emulator, &query, READER)).contains("AADSTS90094"),
        "a reader cannot"
    );
    let answer = choose(&emulator, &query, INTUNE);
    assert!(page(&answer).contains("Read Intune apps"));
    let cookie = answer
        .header("set-cookie")
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let silent = ask(&emulator, &[intune[0], ("prompt", "none")], &cookie);
    assert_eq!(value(&redirected(&silent), "error"), "consent_required");

    let decide = |decision: &str, oid: &str| {
        let body = format!("decision={decision}&account={oid}");
        send(
            &emulator,
            "POST",
            &format!("/organizations/Consent/Set?{query}"),
            &[("Cookie", &cookie)],
            &body,
        )
    };
    let declined = redirected(&decide("decline", INTUNE));
    assert_eq!(value(&declined, "error"), "access_denied");
    assert!(value(&declined, "error_description").starts_with("AADSTS65004"));
    assert_eq!(
        value(&redirected(&decide("accept", READER)), "error"),
        "login_required",
        "not signed in here"
    );
    assert!(!value(&redirected(&decide("accept", INTUNE)), "code").is_empty());
    assert_eq!(
        ask(&emulator, &intune, &cookie).status,
        302,
        "granted before"
    );
    let again = ask(&emulator, &[intune[0], ("prompt", "consent")], &cookie);
    assert!(page(&again).contains("Permissions requested"));
}

#[test]
fn an_administrator_consents_for_everybody() {
    let emulator = emulator(Options {
        ask_consent: true,
        ..options()
    });
    let query = crate::http::query_of(&[
        ("client_id", crate::options::CLIENT_ID),
        ("redirect_uri", "http://localhost:8080/"),
        (
            "scope",
            "https://graph.microsoft.com/DeviceManagementApps.Read.All",
        ),
        ("state", "s"),
    ]);
    let target = format!("/{}/v2.0/adminconsent?{query}", crate::accounts::TENANT_ID);
    assert!(page(&get(&emulator, &target, &[])).contains("Everybody in"));
    let accept = |oid: &str| {
        redirected(&send(
            &emulator,
            "POST",
            &target,
            &[],
            &format!("account={oid}"),
        ))
    };
    assert_eq!(value(&accept(READER), "error"), "access_denied");
    assert_eq!(value(&accept(INTUNE), "admin_consent"), "True");
    let scope = [(
        "scope",
        "openid https://graph.microsoft.com/DeviceManagementApps.Read.All",
    )];
    assert!(
        !code(&emulator, READER, &scope).is_empty(),
        "nobody has to ask now"
    );
}

#[test]
fn ordered_errors_come_as_often_as_ordered() {
    let emulator = emulator(options());
    send(
        &emulator,
        "POST",
        "/__emulator/authorize-error",
        &[],
        r#"{"code": 50105, "times": 2}"#,
    );
    for _ in 0..2 {
        let back = redirected(&ask(&emulator, &[], ""));
        assert!(value(&back, "error_description").starts_with("AADSTS50105: "));
    }
    assert_eq!(ask(&emulator, &[], "").status, 200);
}

#[test]
fn pages_bring_nothing_from_elsewhere_and_escape() {
    let emulator = emulator(options());
    let text = page(&ask(
        &emulator,
        &[
            ("state", "\"><script>alert(1)</script>"),
            ("domain_hint", "<i>"),
        ],
        "",
    ));
    assert!(!text.contains("<script") && !text.contains("<i>"), "{text}");
    assert!(
        !text.contains("http://") && !text.contains("https://"),
        "addresses are percent-encoded or absent"
    );
    assert!(text.contains("stand-in"));
}

#[test]
fn who_signs_in_by_itself_sees_no_page() {
    let rosa = crate::accounts::by_oid(READER);
    let emulator = emulator(Options {
        auto_sign_in: rosa,
        ..options()
    });
    for prompt in ["-", "select_account"] {
        assert!(
            !value(
                &redirected(&ask(&emulator, &[("prompt", prompt)], "")),
                "code"
            )
            .is_empty()
        );
    }
    assert!(page(&ask(&emulator, &[("prompt", "login")], "")).contains("Pick an account"));
    let silent = redirected(&ask(&emulator, &[("prompt", "none")], ""));
    assert_eq!(
        value(&silent, "error"),
        "login_required",
        "there is no session yet"
    );
}
