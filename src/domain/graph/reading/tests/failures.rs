//! What fails leaves a reason, and nothing else behind.
use super::*;

#[test]
fn a_page_that_fails_leaves_an_incomplete_list_with_its_reason() {
    let mut inner = policies(100, 10);
    let answer = move |now: Ms, url: &str| {
        if url.contains("$skip=60") {
            Reply::error(500, "InternalServerError", "no")
        } else {
            inner(now, url)
        }
    };
    let mut sim = Sim::new(answer, arrives);
    let snapshot = read(&[CONFIGURATION], &mut sim);
    let read = of(&snapshot, "settingsCatalog");
    assert_eq!(read.read, 60);
    assert_eq!(read.gap.as_ref().unwrap().reason, Reason::Failed);
    assert!(
        read.gap
            .as_ref()
            .unwrap()
            .detail
            .starts_with("500 InternalServerError")
    );
    // The other rows of the same list cannot be whole either.
    assert_eq!(reason(&snapshot, "esFirewall"), Some(Reason::Failed));
    assert_eq!(reason(&snapshot, "deviceConfigurations"), None);
}

#[test]
fn links_that_repeat_or_lead_elsewhere_are_not_followed() {
    for next in [
        format!("{ORIGIN}/beta/deviceManagement/configurationPolicies?again"),
        "https://evil.example/beta/deviceManagement/configurationPolicies".to_owned(),
        "http://graph.microsoft.com/beta/deviceManagement/configurationPolicies".to_owned(),
        format!("{ORIGIN}/beta/me/messages?$top=1"),
        format!("{ORIGIN}/beta/deviceManagement/configurationPolicies/$count"),
    ] {
        let answer = |_: Ms, url: &str| {
            if url.starts_with("/deviceManagement/configurationPolicies?") {
                return Reply::ok(format!(
                    r#"{{"value":[{{"id":"a/b"}}],"@odata.nextLink":"{next}"}}"#
                ));
            }
            Reply::ok(EMPTY)
        };
        let mut sim = Sim::new(answer, arrives);
        let snapshot = read(&[CONFIGURATION], &mut sim);
        assert_eq!(
            reason(&snapshot, "settingsCatalog"),
            Some(Reason::Malformed),
            "{next}"
        );
        // An id that would need an encoded slash is in no path of the read table: nothing is sent with it.
        assert!(!sim.sent.iter().any(|(_, url)| url.contains("a%2Fb")));
        let Known::No(gap) = &snapshot.policies[0].settings else {
            panic!("{next}");
        };
        assert_eq!(gap.reason, Reason::Malformed, "{next}");
        // The page that came again brought nothing twice.
        assert_eq!(snapshot.policies.len(), 1, "{next}");
    }
}

#[test]
fn forbidden_is_never_empty() {
    let scope = "Application must have one of the following scopes: X";
    for (code, message, expect) in [
        ("Forbidden", scope, Reason::Scope),
        ("Forbidden", "User is not authorized", Reason::Role),
        ("Forbidden", "needs a license", Reason::Licence),
    ] {
        let answer = |_: Ms, url: &str| {
            if url.starts_with("/deviceManagement/intents") {
                return Reply::error(403, code, message);
            }
            Reply::ok(EMPTY)
        };
        let mut sim = Sim::new(answer, arrives);
        let snapshot = read(&[CONFIGURATION], &mut sim);
        assert_eq!(reason(&snapshot, "endpointSecurityIntents"), Some(expect));
        assert_eq!(reason(&snapshot, "settingsCatalog"), None);
        assert_eq!(
            reason(&snapshot, "applications"),
            Some(Reason::Scope),
            "not asked for"
        );
        assert!(!sim.sent.iter().any(|(_, url)| url.contains("mobileApps")));
    }
}

#[test]
fn children_that_fail_leave_the_policy_with_its_reasons() {
    let mut inner = policies(3, 10);
    let answer = move |now: Ms, url: &str| match url {
        url if url.contains("/p1/settings") => Reply::error(429, "TooManyRequests", ""),
        url => inner(now, url),
    };
    let mut sim = Sim::new(answer, arrives);
    let snapshot = read(&[CONFIGURATION], &mut sim);
    let known: Vec<bool> = snapshot
        .policies
        .iter()
        .map(|p| p.settings.get().is_some())
        .collect();
    assert_eq!(known, [true, false, true]);
    let Known::No(gap) = &snapshot.policies[1].settings else {
        panic!()
    };
    assert_eq!(gap.reason, Reason::Throttled);
    assert!(!snapshot.policies[1].raw.contains("\"settings\""));
}

#[test]
fn a_cancelled_read_keeps_what_is_there_and_says_so() {
    let mut sim = Sim::new(policies(2_000, 1_000), arrives);
    let mut reading = start(&[CONFIGURATION]);
    drive(&mut reading, &mut sim, 5_000);
    let progress = reading.progress(sim.now);
    assert_eq!(
        (progress.objects, progress.doing.as_str()),
        (2_000, "Reading policies")
    );
    assert!(progress.seconds_left >= 15, "{}", progress.seconds_left);
    reading.pause();
    assert!(reading.progress(sim.now).paused);
    reading.resume();
    reading.end(Reason::Cancelled);
    assert_eq!(reading.next(sim.now), Step::Done);
    let snapshot = reading.finish("");
    assert_eq!(snapshot.policies.len(), 2_000);
    let unknown = snapshot
        .policies
        .iter()
        .filter(|p| p.settings.get().is_none())
        .count();
    assert!((1_000..1_200).contains(&unknown), "{unknown}");
    assert!(
        snapshot
            .policies
            .iter()
            .all(|p| p.assignments.get().is_some())
    );
}

#[test]
fn a_session_that_ends_at_once_leaves_every_type_with_its_reason() {
    let mut reading = start(&[CONFIGURATION, "Group.ReadBasic.All"]);
    reading.end(Reason::SignedOut);
    assert_eq!(reading.next(0), Step::Done);
    let snapshot = reading.finish("");
    assert!(snapshot.coverage.iter().all(|read| read.gap.is_some()));
    assert_eq!(
        reason(&snapshot, "settingsCatalog"),
        Some(Reason::SignedOut)
    );
}

#[test]
fn category_names_that_never_end_are_stopped() {
    let mut inner = policies(1, 10);
    let answer = move |now: Ms, url: &str| {
        if url.starts_with("/deviceManagement/configurationCategories") {
            let next = format!("{ORIGIN}/beta/deviceManagement/configurationCategories?again");
            return Reply::ok(format!(
                r#"{{"value":[{{"id":"c","displayName":"Category"}}],"@odata.nextLink":"{next}"}}"#
            ));
        }
        inner(now, url)
    };
    let mut sim = Sim::new(answer, arrives);
    let snapshot = read(&[CONFIGURATION], &mut sim);
    assert_eq!(snapshot.definitions["def_0"].category, "Category");
}

/// Case 75.
#[test]
fn answers_of_another_tenant_end_the_read() {
    let all = read_as("t").1;
    for (session, foreign) in [("", false), ("T", false), ("other", true)] {
        let (found, sent) = read_as(session);
        assert_eq!(found, foreign, "{session}");
        assert_eq!(sent < all / 2, foreign, "{session}: {sent} of {all}");
    }
}

/// Whether the answers are of another tenant than this one, and how many requests it took to see it.
fn read_as(tenant: &str) -> (bool, usize) {
    let mut sim = Sim::new(policies(500, 100), arrives);
    let mut reading = start(&[CONFIGURATION]).of_tenant(tenant);
    drive(&mut reading, &mut sim, Ms::MAX);
    assert_eq!(reading.next(sim.now), Step::Done);
    (reading.is_foreign(), sim.sent.len())
}
