//! The read of a tenant, as the engine does it, against the emulator's whole Graph: tokens, roles,
//! budgets and faults, in virtual time.

use std::sync::{Arc, OnceLock};

use domain::graph::Reading;
use domain::graph::scheduler::{HttpRequest, Response, Step};
use domain::permission::FEATURES;
use domain::policy::Known;
use domain::protocol::Prompt;
use domain::setting::Carrier;
use domain::snapshot::{Reason, Snapshot};
use emulator::accounts::ACCOUNTS;
use emulator::graph::faults::Profile;
use emulator::http::{Delivery, Request};
use emulator::tenant::{GeneratorOptions, Tenant};
use emulator::{Clock, Emulator, Options};

use crate::sign_in::{NOW_MS, SITE, asking, cloud, redeem, transaction, visit};

const LATENCY_MS: u64 = 80;

fn emulator(change: impl FnOnce(&mut Options)) -> Emulator {
    static TENANT: OnceLock<Arc<Tenant>> = OnceLock::new();
    let generator = GeneratorOptions {
        page: 5,
        ..GeneratorOptions::default()
    };
    let tenant = TENANT.get_or_init(|| Arc::new(Tenant::generate(&generator)));
    let mut options = Options {
        site_origin: SITE.to_owned(),
        generator,
        auto_sign_in: Some(&ACCOUNTS[0]),
        clock: Clock::frozen(NOW_MS),
        ..Options::default()
    };
    change(&mut options);
    Emulator::with_tenant(options, 9578, tenant.clone()).unwrap()
}

/// A token for everything that the product ever asks for, and what it may do.
fn sign_in(emulator: &Emulator, number: u8) -> (String, Vec<String>) {
    let cloud = cloud(emulator);
    let features: Vec<&str> = FEATURES.iter().map(|feature| feature.id).collect();
    let mut transaction = transaction(&cloud, number, Prompt::Default);
    transaction.created = emulator.clock.now_ms();
    transaction.asking = asking(&features);
    let response = visit(emulator, &cloud, &transaction);
    let record = transaction.write();
    let accepted =
        domain::oauth::redirect::accept(&response, Some(&record), emulator.clock.now_ms()).unwrap();
    let tokens = redeem(emulator, &cloud, &accepted.transaction, &accepted.code).unwrap();
    (
        format!("Bearer {}", tokens.access_token.expose()),
        transaction.asking.scopes().to_vec(),
    )
}

/// What was read, how long it took in milliseconds, and how many new tokens that needed.
struct Outcome {
    snapshot: Snapshot,
    took: u64,
    renewals: u8,
}

fn read(emulator: &Emulator) -> Outcome {
    let (mut bearer, scopes) = sign_in(emulator, 1);
    let mut reading = Reading::new(&emulator.base, &scopes, 5);
    let start = emulator.clock.now_ms();
    let mut under_way: Vec<(u64, HttpRequest)> = Vec::new();
    let mut renewals = 0;
    loop {
        let now = emulator.clock.now_ms() - start;
        match reading.next(now) {
            Step::Done => break,
            Step::Renew(_) => {
                renewals += 1;
                bearer = sign_in(emulator, 1 + renewals).0;
                reading.renewed();
            }
            Step::Send(requests) => {
                under_way.extend(
                    requests
                        .into_iter()
                        .map(|request| (now + LATENCY_MS, request)),
                );
            }
            Step::Wait(until) => {
                let next = (0..under_way.len()).min_by_key(|at| under_way[*at].0);
                let next = next.filter(|at| under_way[*at].0 <= until);
                let due = next.map_or(until, |at| under_way[at].0);
                emulator.clock.advance(due.saturating_sub(now));
                if let Some(at) = next {
                    let (_, request) = under_way.remove(at);
                    answer(emulator, &mut reading, &bearer, &request, due);
                }
            }
        }
    }
    let took = emulator.clock.now_ms() - start;
    Outcome {
        snapshot: reading.finish("2027-01-15T08:00:00Z"),
        took,
        renewals,
    }
}

fn answer(
    emulator: &Emulator,
    reading: &mut Reading,
    bearer: &str,
    request: &HttpRequest,
    now: u64,
) {
    let answer = emulator.answer(&Request {
        method: "POST".into(),
        path: request.path.clone(),
        headers: vec![
            ("Origin".into(), SITE.into()),
            ("Authorization".into(), bearer.into()),
            ("Content-Type".into(), "application/json".into()),
        ],
        body: request.body.clone().into_bytes(),
        ..Request::default()
    });
    let whole = answer.body.len();
    let length = match answer.delivery {
        Delivery::Whole | Delivery::Slow => whole,
        Delivery::Cut => whole / 2,
        Delivery::Broken | Delivery::Dropped => {
            return reading.on_failure(request.id, now, "http.cut");
        }
    };
    let response = Response {
        status: answer.status,
        headers: &answer.headers,
        body: &answer.body[..length],
    };
    reading.on_response(request.id, now, response);
}

/// Without faults.
fn whole() -> &'static Outcome {
    static WHOLE: OnceLock<Outcome> = OnceLock::new();
    WHOLE.get_or_init(|| {
        let emulator = emulator(|_| {});
        let outcome = read(&emulator);
        let refused: Vec<_> = emulator
            .recording
            .all_seen()
            .into_iter()
            .filter(|seen| seen.status == 429)
            .collect();
        assert!(
            refused.is_empty(),
            "{} requests were throttled: {:?}",
            refused.len(),
            refused.first()
        );
        assert_eq!(emulator.recording.all_unmatched(), []);
        outcome
    })
}

fn gaps(snapshot: &Snapshot) -> Vec<(&str, Reason)> {
    let rows = snapshot.coverage.iter();
    rows.filter_map(|read| Some((read.row.as_str(), read.gap.as_ref()?.reason)))
        .collect()
}

fn raws(snapshot: &Snapshot) -> Vec<&str> {
    snapshot
        .policies
        .iter()
        .map(|policy| &*policy.raw)
        .collect()
}

/// What of a policy could not be read, a line each.
pub(super) fn unknown_children(snapshot: &Snapshot) -> Vec<String> {
    let mut found = Vec::new();
    for policy in &snapshot.policies {
        for (name, gap) in &policy.gaps {
            found.push(format!(
                "{} {}: {name}: {gap:?}",
                policy.row.id, policy.name
            ));
        }
        if let Known::No(gap) = &policy.settings {
            found.push(format!(
                "{} {}: settings: {gap:?}",
                policy.row.id, policy.name
            ));
        }
        if let Known::No(gap) = &policy.assignments {
            found.push(format!(
                "{} {}: assignments: {gap:?}",
                policy.row.id, policy.name
            ));
        }
    }
    found
}

#[test]
fn a_reader_sees_everything_in_the_time_that_the_budgets_allow() {
    let Outcome {
        snapshot,
        took,
        renewals,
    } = whole();
    assert_eq!(gaps(snapshot), []);
    assert_eq!(unknown_children(snapshot), Vec::<String>::new());
    assert!(snapshot.policies.len() > 200);
    assert!(*took < 30_000, "took {took} ms of virtual time");
    assert_eq!(*renewals, 0);
}

#[test]
fn faults_that_pass_lose_nothing() {
    for profile in [
        Profile::Storm,
        Profile::Flaky,
        Profile::Truncated,
        Profile::Slow,
    ] {
        let Outcome { snapshot, .. } = read(&emulator(|options| options.faults = profile));
        assert_eq!(gaps(&snapshot), gaps(&whole().snapshot), "{profile:?}");
        assert_eq!(
            unknown_children(&snapshot),
            Vec::<String>::new(),
            "{profile:?}"
        );
        assert!(
            raws(&snapshot) == raws(&whole().snapshot),
            "{profile:?}: other documents"
        );
        assert_eq!(snapshot.names, whole().snapshot.names, "{profile:?}");
        assert_eq!(
            snapshot.definitions,
            whole().snapshot.definitions,
            "{profile:?}"
        );
    }
}

#[test]
fn a_token_that_ends_in_the_middle_is_renewed_and_nothing_is_lost() {
    for profile in [Profile::Expiry, Profile::Cae] {
        let outcome = read(&emulator(|options| options.faults = profile));
        assert_eq!(outcome.renewals, 1, "{profile:?}");
        assert_eq!(
            gaps(&outcome.snapshot),
            gaps(&whole().snapshot),
            "{profile:?}"
        );
        assert!(
            raws(&outcome.snapshot) == raws(&whole().snapshot),
            "{profile:?}: other documents"
        );
    }
}

#[test]
fn lists_that_break_are_incomplete_with_their_reason_and_the_rest_is_whole() {
    for (profile, reason) in [
        (Profile::Page7, Reason::Failed),
        (Profile::Loop, Reason::Malformed),
    ] {
        let Outcome { snapshot, .. } = read(&emulator(|options| options.faults = profile));
        let broken = gaps(&snapshot);
        assert!(
            broken.contains(&("settingsCatalog", reason)),
            "{profile:?}: {broken:?}"
        );
        for (row, why) in broken {
            assert!(why == reason, "{profile:?}: {row}: {why:?}");
        }
        let whole_rows = |snapshot: &Snapshot| -> Vec<(String, u32)> {
            let rows = snapshot.coverage.iter();
            let read_to_the_end = rows.filter(|read| read.gap.is_none());
            read_to_the_end
                .map(|read| (read.row.clone(), read.read))
                .collect()
        };
        let expected = whole_rows(&whole().snapshot);
        for row in whole_rows(&snapshot) {
            assert!(
                expected.contains(&row),
                "{profile:?}: {row:?} says that it is whole"
            );
        }
    }
}

#[test]
fn what_is_forbidden_is_never_empty() {
    let Outcome { snapshot, .. } = read(&emulator(|options| options.faults = Profile::Forbidden));
    let gaps = gaps(&snapshot);
    for row in [
        "powershellScripts",
        "remediations",
        "applications",
        "conditionalAccess",
    ] {
        let gap = gaps.iter().find(|(id, _)| *id == row);
        assert!(
            matches!(gap, Some((_, Reason::Scope | Reason::Role))),
            "{row}: {gap:?}"
        );
    }
}

#[test]
fn a_service_that_is_down_ends_the_read_with_reasons() {
    let Outcome { snapshot, took, .. } = read(&emulator(|options| options.faults = Profile::Down));
    assert!(snapshot.policies.is_empty());
    assert!(snapshot.coverage.iter().all(|read| read.gap.is_some()));
    assert!(took < 600_000, "gave up after {took} ms");
}

#[test]
fn a_person_without_rights_is_told_which_are_missing() {
    let Outcome { snapshot, .. } = read(&emulator(|options| {
        options.auto_sign_in = Some(&ACCOUNTS[2])
    }));
    let gaps = gaps(&snapshot);
    let reason = |row| {
        gaps.iter()
            .find(|(id, _)| *id == row)
            .map(|(_, reason)| *reason)
    };
    for row in [
        "settingsCatalog",
        "compliancePolicies",
        "applications",
        "conditionalAccess",
    ] {
        let reason = reason(row);
        assert!(
            matches!(reason, Some(Reason::Role | Reason::Licence | Reason::Scope)),
            "{row}: {reason:?}"
        );
    }
}

/// Every setting of the catalog and of intents has its definition, whichever way it comes.
#[test]
fn every_setting_has_its_name_from_the_service() {
    let Outcome { snapshot, .. } = whole();
    let mut bare = std::collections::BTreeSet::new();
    for policy in &snapshot.policies {
        for setting in policy.settings.get().into_iter().flatten() {
            let named = domain::setting::names::definition(setting, &snapshot.definitions);
            let wanted = match setting.carrier {
                Carrier::Catalog => true,
                Carrier::Intent => !setting.id.contains('/'),
                _ => false,
            };
            if wanted && named.is_none() {
                bare.insert((policy.row.id, setting.id.to_string()));
            }
        }
    }
    assert!(bare.is_empty(), "{bare:#?}");
}
