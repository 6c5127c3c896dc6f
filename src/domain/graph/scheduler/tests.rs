#![allow(clippy::unwrap_used)]
use super::*;
use crate::graph::sim::{Arrival, Fate, Reply, Sim, plain};

/// Runs to the end; every ask's outcome by id.
fn run<F: FnMut(Ms, &str) -> Reply, G: FnMut(Ms, &HttpRequest) -> Fate>(
    scheduler: &mut Scheduler,
    sim: &mut Sim<F, G>,
) -> Vec<(AskId, Result<String, Gap>)> {
    let mut out = Vec::new();
    for _ in 0..1_000_000 {
        match scheduler.next(sim.now) {
            Step::Done => return out,
            Step::Renew(_) => scheduler.renewed(),
            Step::Send(requests) => sim.send(requests),
            Step::Wait(until) => {
                let answers = match sim.wait(until) {
                    None => continue,
                    Some(Arrival::Failure(id)) => scheduler.on_failure(id, sim.now, "cut"),
                    Some(Arrival::Response(id, status, body)) => {
                        let answers = scheduler.on_response(id, sim.now, plain(status, &body));
                        let answers = answers.into_iter();
                        out.extend(answers.map(|a| (a.ask, a.result.map(|json| json.to_text()))));
                        continue;
                    }
                };
                out.extend(
                    answers
                        .into_iter()
                        .map(|a| (a.ask, a.result.map(|json| json.to_text()))),
                );
            }
        }
    }
    panic!("no end");
}

fn scheduler_with(asks: usize) -> Scheduler {
    let mut scheduler = Scheduler::new(1);
    for n in 0..asks {
        scheduler.ask(
            ApiVersion::Beta,
            format!("/deviceManagement/configurationPolicies/{n}/settings"),
            Priority::Child,
        );
    }
    scheduler
}

/// The service's own window: 1,000 in any 20 s.
fn real_budget() -> impl FnMut(Ms, &str) -> Reply {
    let mut window: VecDeque<Ms> = VecDeque::new();
    move |now, url| {
        while window.front().is_some_and(|at| at + 20_000 <= now) {
            window.pop_front();
        }
        window.push_back(now);
        if window.len() > 1_000 {
            return Reply::error(429, "TooManyRequests", "An error has occurred.");
        }
        Reply::ok(format!("\"{url}\""))
    }
}

fn arrives(_: Ms, _: &HttpRequest) -> Fate {
    Fate::Arrives
}

#[track_caller]
fn all_answered(out: &[(AskId, Result<String, Gap>)], asks: usize) {
    let mut ids: Vec<_> = out.iter().map(|(id, _)| *id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((out.len(), ids.len()), (asks, asks), "each ask once");
    for (id, result) in out {
        let text = result.as_ref().unwrap();
        assert!(text.contains(&format!("/{id}/")), "{id} got {text}");
    }
}

#[test]
fn a_thousand_reads_take_what_the_budget_allows_and_are_never_throttled() {
    for (asks, floor) in [(900, 800), (1_001, 20_000), (3_100, 60_000)] {
        let mut scheduler = scheduler_with(asks);
        let mut throttled = 0;
        let mut budget = real_budget();
        let answer = |now: Ms, url: &str| {
            let reply = budget(now, url);
            throttled += u32::from(reply.status == 429);
            reply
        };
        let mut sim = Sim::new(answer, arrives);
        let out = run(&mut scheduler, &mut sim);
        all_answered(&out, asks);
        assert!(
            sim.now <= floor * 13 / 10,
            "{asks} reads took {} ms",
            sim.now
        );
        assert_eq!(sim.most_flights, FLIGHTS);
        drop(sim);
        assert_eq!(throttled, 0);
    }
}

#[test]
fn a_storm_of_429_loses_nothing() {
    for retry_after in [None, Some("7.5"), Some("junk")] {
        let mut scheduler = scheduler_with(300);
        let answer = |now: Ms, url: &str| {
            if now < 90_000 && !now.is_multiple_of(3) {
                let reply = Reply::error(429, "TooManyRequests", "An error has occurred.");
                return retry_after
                    .map_or(reply.clone(), |value| reply.header("Retry-After", value));
            }
            Reply::ok(format!("\"{url}\""))
        };
        let mut sim = Sim::new(answer, arrives);
        let out = run(&mut scheduler, &mut sim);
        all_answered(&out, 300);
    }
}

#[test]
fn only_the_throttled_ask_waits_and_no_earlier_than_it_was_told() {
    let mut scheduler = scheduler_with(20);
    let mut first = true;
    let answer = |_: Ms, url: &str| {
        if url.contains("/3/") && std::mem::take(&mut first) {
            return Reply::error(429, "TooManyRequests", "").header("Retry-After", "4");
        }
        Reply::ok(format!("\"{url}\""))
    };
    let mut sim = Sim::new(answer, arrives);
    let out = run(&mut scheduler, &mut sim);
    all_answered(&out, 20);
    assert_eq!(sim.sent.len(), 21);
    let (at, url) = sim.sent.last().unwrap();
    assert!(
        url.contains("/3/") && (4_080..4_400).contains(at),
        "{url} at {at}"
    );
}

#[test]
fn a_throttling_that_never_ends_is_given_up_with_its_reason() {
    let mut scheduler = scheduler_with(5);
    let mut sim = Sim::new(
        |_, _: &str| Reply::error(429, "TooManyRequests", ""),
        arrives,
    );
    let out = run(&mut scheduler, &mut sim);
    assert_eq!(out.len(), 5);
    for (_, result) in out {
        assert_eq!(result.unwrap_err().reason, Reason::Throttled);
    }
}

#[test]
fn lost_and_cut_batches_are_sent_again_in_smaller_company() {
    for fate in [
        Fate::Lost,
        Fate::Truncated,
        Fate::Status(502),
        Fate::Status(400),
    ] {
        let mut scheduler = scheduler_with(40);
        // Whatever is in a batch with number 13 never arrives, as long as it is not alone.
        let judge = |_: Ms, request: &HttpRequest| {
            let poisoned = request.inner.iter().any(|url| url.contains("/13/"));
            if poisoned && request.inner.len() > 1 {
                fate
            } else {
                Fate::Arrives
            }
        };
        let mut sim = Sim::new(|_, url: &str| Reply::ok(format!("\"{url}\"")), judge);
        let out = run(&mut scheduler, &mut sim);
        all_answered(&out, 40);
    }
}

#[test]
fn what_never_arrives_is_given_up_and_the_rest_is_there() {
    for (fate, reason) in [
        (Fate::Lost, Reason::Failed),
        (Fate::Truncated, Reason::Malformed),
        (Fate::Status(502), Reason::Failed),
    ] {
        let mut scheduler = scheduler_with(40);
        let judge = |_: Ms, request: &HttpRequest| {
            if request.inner.iter().any(|url| url.contains("/13/")) {
                fate
            } else {
                Fate::Arrives
            }
        };
        let mut sim = Sim::new(|_, url: &str| Reply::ok(format!("\"{url}\"")), judge);
        let out = run(&mut scheduler, &mut sim);
        let gaps: Vec<_> = out
            .iter()
            .filter_map(|(id, r)| Some((*id, r.as_ref().err()?.reason)))
            .collect();
        assert_eq!(out.len(), 40);
        assert!(gaps.contains(&(13, reason)), "{fate:?}: {gaps:?}");
        assert_eq!(gaps.len(), 1, "{fate:?} took others with it: {gaps:?}");
    }
}

#[test]
fn a_gateway_timeout_asks_for_smaller_pages() {
    let mut scheduler = Scheduler::new(1);
    let url = "/deviceAppManagement/mobileApps?$expand=assignments".to_owned();
    scheduler.ask(ApiVersion::Beta, url, Priority::List);
    let answer = |_: Ms, url: &str| match url.contains("$top=50") {
        true => Reply::ok("{}"),
        false => Reply {
            status: 504,
            headers: vec![],
            body: "null".into(),
        },
    };
    let mut sim = Sim::new(answer, arrives);
    assert_eq!(run(&mut scheduler, &mut sim), [(0, Ok("{}".to_owned()))]);
}

#[test]
fn an_object_has_no_pages_to_make_smaller() {
    let mut scheduler = Scheduler::new(1);
    let url = "/deviceAppManagement/mobileApps/3d1e?$expand=categories".to_owned();
    scheduler.ask(ApiVersion::Beta, url.clone(), Priority::Child);
    let mut sent = 0;
    let answer = |_: Ms, _: &str| {
        sent += 1;
        match sent {
            1 => Reply::error(504, "UnknownError", ""),
            _ => Reply::ok("{}"),
        }
    };
    let mut sim = Sim::new(answer, arrives);
    assert_eq!(run(&mut scheduler, &mut sim), [(0, Ok("{}".to_owned()))]);
    let urls: Vec<&str> = sim.sent.iter().map(|(_, sent)| sent.as_str()).collect();
    assert_eq!(urls, [url.as_str(), url.as_str()]);
}

#[test]
fn an_expired_token_is_renewed_once_and_nothing_is_lost() {
    let mut scheduler = scheduler_with(120);
    let mut refused = 0;
    let answer = |now: Ms, url: &str| {
        if now == 80 && url.contains("1") {
            refused += 1;
            return Reply::error(401, "InvalidAuthenticationToken", "expired");
        }
        Reply::ok(format!("\"{url}\""))
    };
    let mut sim = Sim::new(answer, arrives);
    let out = run(&mut scheduler, &mut sim);
    all_answered(&out, 120);
    assert_eq!(
        scheduler.token_number, 1,
        "one renewal for {refused} refusals"
    );
}

#[test]
fn a_service_that_says_401_beside_others_that_answer_ends_no_session() {
    let mut scheduler = scheduler_with(40);
    let answer = |_: Ms, url: &str| match url.contains("7/") {
        true => Reply::error(401, "Unauthorized", "no"),
        false => Reply::ok(format!("\"{url}\"")),
    };
    let out = run(&mut scheduler, &mut Sim::new(answer, arrives));
    assert_eq!(scheduler.token_number, 0, "no renewal");
    let refused: Vec<_> = out.iter().filter_map(|(_, r)| r.as_ref().err()).collect();
    assert_eq!(refused.len(), 4);
    assert!(
        refused
            .iter()
            .all(|gap| gap.reason == Reason::Role && gap.detail.starts_with("401"))
    );
}

#[test]
fn claims_of_a_challenge_come_through() {
    let mut scheduler = scheduler_with(1);
    let Step::Send(requests) = scheduler.next(0) else {
        panic!()
    };
    let body = r#"{"responses":[{"id":"0","status":401,"headers":{"WWW-Authenticate":"Bearer error=\"insufficient_claims\", claims=\"eyJhIjp7fX0=\""},"body":null}]}"#;
    scheduler.on_response(requests[0].id, 10, plain(200, body.as_bytes()));
    assert_eq!(scheduler.next(10), Step::Renew(r#"{"a":{}}"#.to_owned()));
    assert_eq!(scheduler.next(20), Step::Wait(Ms::MAX));
    scheduler.renewed();
    assert!(matches!(scheduler.next(30), Step::Send(_)));
}

#[test]
fn a_token_that_is_always_refused_ends_the_read() {
    let mut scheduler = scheduler_with(3);
    let mut sim = Sim::new(
        |_, _: &str| Reply::error(401, "InvalidAuthenticationToken", ""),
        arrives,
    );
    let out = run(&mut scheduler, &mut sim);
    assert_eq!(out.len(), 3);
    assert!(
        out.iter()
            .all(|(_, r)| r.as_ref().unwrap_err().reason == Reason::SignedOut)
    );
}

#[test]
fn pause_resume_and_cancel() {
    let mut scheduler = scheduler_with(300);
    let Step::Send(first) = scheduler.next(0) else {
        panic!()
    };
    assert_eq!(first.len(), FLIGHTS);
    scheduler.pause();
    assert_eq!(scheduler.next(1), Step::Wait(Ms::MAX));
    scheduler.resume();
    assert_eq!(
        scheduler.next(2),
        Step::Wait(Ms::MAX),
        "all flights are out"
    );
    let gap = Gap {
        reason: Reason::Cancelled,
        detail: String::new(),
    };
    assert_eq!(scheduler.abandon(&gap).len(), 300);
    assert_eq!(scheduler.next(3), Step::Done);
    assert!(
        scheduler
            .on_response(first[0].id, 4, plain(200, b"{}"))
            .is_empty()
    );
    assert_eq!(scheduler.counts(), (300, 300));
}

#[test]
fn lists_go_before_children_and_conditional_access_alone() {
    let mut scheduler = scheduler_with(100);
    for n in 0..3 {
        let url = format!("/identity/conditionalAccess/{n}/x");
        scheduler.ask(ApiVersion::V1, url, Priority::List);
    }
    let mut sim = Sim::new(|_, url: &str| Reply::ok(format!("\"{url}\"")), arrives);
    let out = run(&mut scheduler, &mut sim);
    assert_eq!(out.len(), 103);
    let ca: Vec<Ms> = sim
        .sent
        .iter()
        .filter(|(_, url)| url.starts_with("/identity"))
        .map(|(at, _)| *at)
        .collect();
    assert_eq!(ca.len(), 3);
    assert_eq!(sim.sent[0].1, "/identity/conditionalAccess/0/x");
    assert!(
        ca.windows(2).all(|pair| pair[1] - pair[0] >= 1_000),
        "{ca:?}"
    );
}

#[test]
fn the_time_left_is_about_right() {
    let mut scheduler = scheduler_with(2_000);
    let mut sim = Sim::new(real_budget(), arrives);
    let mut said = 0;
    loop {
        match scheduler.next(sim.now) {
            Step::Done => break,
            Step::Send(requests) => sim.send(requests),
            Step::Wait(until) => {
                if sim.now > 2_000 && said == 0 {
                    said = sim.now + scheduler.time_left(sim.now);
                }
                if let Some(Arrival::Response(id, status, body)) = sim.wait(until) {
                    scheduler.on_response(id, sim.now, plain(status, &body));
                }
            }
            step => panic!("{step:?}"),
        }
    }
    assert!(
        said.abs_diff(sim.now) < 4_000,
        "said {said}, was {}",
        sim.now
    );
}
