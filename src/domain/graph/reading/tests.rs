#![allow(clippy::unwrap_used)]
use super::*;
use crate::graph::scheduler::HttpRequest;
use crate::graph::sim::{Arrival, Fate, Reply, Sim, plain};
use crate::policy::Known;

const ORIGIN: &str = "https://graph.microsoft.com";
const EMPTY: &str = r#"{"value":[]}"#;

/// Reads to the end and takes the snapshot.
fn read<F: FnMut(Ms, &str) -> Reply, G: FnMut(Ms, &HttpRequest) -> Fate>(
    scopes: &[&str],
    sim: &mut Sim<F, G>,
) -> Snapshot {
    let mut reading = start(scopes);
    drive(&mut reading, sim, Ms::MAX);
    reading.finish("2026-01-02T03:04:05Z")
}

fn start(scopes: &[&str]) -> Reading {
    let scopes: Vec<String> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    Reading::new(ORIGIN, &scopes, 3)
}

/// Goes on until there is nothing more to do, or until this time.
fn drive<F: FnMut(Ms, &str) -> Reply, G: FnMut(Ms, &HttpRequest) -> Fate>(
    reading: &mut Reading,
    sim: &mut Sim<F, G>,
    stop: Ms,
) {
    while sim.now < stop {
        match reading.next(sim.now) {
            Step::Done => return,
            Step::Renew(_) => reading.renewed(),
            Step::Send(requests) => sim.send(requests),
            Step::Wait(until) => match sim.wait(until) {
                None => {}
                Some(Arrival::Failure(id)) => reading.on_failure(id, sim.now, "cut"),
                Some(Arrival::Response(id, status, body)) => {
                    reading.on_response(id, sim.now, plain(status, &body));
                }
            },
        }
    }
}

fn arrives(_: Ms, _: &HttpRequest) -> Fate {
    Fate::Arrives
}

const CONFIGURATION: &str = "DeviceManagementConfiguration.Read.All";

/// A tenant of catalog policies in pages of `page`, each with two settings and one group.
fn policies(count: usize, page: usize) -> impl FnMut(Ms, &str) -> Reply {
    move |_, url| {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        if path == "/deviceManagement/configurationPolicies" {
            let from = query
                .split_once("skip=")
                .map_or(0, |(_, n)| n.parse().unwrap());
            let to = count.min(from + page);
            let values: Vec<String> = (from..to)
                .map(|n| {
                    format!(
                        r##"{{"id":"p{n}","name":"Policy {n}","platforms":"windows10","templateReference":{{"templateFamily":"none"}},"assignments":[{{"target":{{"@odata.type":"#microsoft.graph.groupAssignmentTarget","groupId":"g{}"}}}}]}}"##,
                        n % 7
                    )
                })
                .collect();
            let next = if to < count {
                format!(
                    r#","@odata.nextLink":"{ORIGIN}/beta{path}?$expand=assignments&$skip={to}""#
                )
            } else {
                String::new()
            };
            return Reply::ok(format!(r#"{{"value":[{}]{next}}}"#, values.join(",")));
        }
        if let Some(rest) = path.strip_prefix("/deviceManagement/configurationPolicies/") {
            let id = rest.strip_suffix("/settings").unwrap();
            assert_eq!(query, "$expand=settingDefinitions&$top=1000");
            let setting = |n: usize| {
                format!(
                    r##"{{"id":"{n}","settingInstance":{{"@odata.type":"#microsoft.graph.deviceManagementConfigurationSimpleSettingInstance","settingDefinitionId":"Def_{n}","simpleSettingValue":{{"@odata.type":"#microsoft.graph.deviceManagementConfigurationStringSettingValue","value":"{id}"}}}},"settingDefinitions":[{{"id":"Def_{n}","displayName":"Setting {n}","categoryId":"c"}}]}}"##
                )
            };
            return Reply::ok(format!(r#"{{"value":[{},{}]}}"#, setting(0), setting(1)));
        }
        Reply::ok(match path {
            "/deviceManagement/configurationCategories" => {
                r#"{"value":[{"id":"c","displayName":"Category"}]}"#.to_owned()
            }
            "/organization" => r#"{"value":[{"id":"t","displayName":"Contoso","verifiedDomains":[{"name":"contoso.example","isDefault":true}]}]}"#.to_owned(),
            _ => match path.strip_prefix("/groups/") {
                Some(id) => format!(r#"{{"id":"{id}","displayName":"Group {id}"}}"#),
                None => EMPTY.to_owned(),
            },
        })
    }
}

fn of<'s>(snapshot: &'s Snapshot, row: &str) -> &'s TypeRead {
    snapshot
        .coverage
        .iter()
        .find(|read| read.row == row)
        .unwrap()
}

fn reason(snapshot: &Snapshot, row: &str) -> Option<Reason> {
    of(snapshot, row).gap.as_ref().map(|gap| gap.reason)
}

#[test]
fn a_thousand_policies_are_whole_and_in_order_within_the_budget() {
    let mut sim = Sim::new(policies(1_000, 400), arrives);
    let snapshot = read(&[CONFIGURATION, "Group.ReadBasic.All"], &mut sim);
    assert_eq!(snapshot.policies.len(), 1_000);
    for (n, policy) in snapshot.policies.iter().enumerate() {
        assert_eq!(policy.name, format!("Policy {n}"));
        assert_eq!(policy.settings.get().unwrap().len(), 2, "{}", policy.raw);
        assert_eq!(policy.assignments.get().unwrap().len(), 1);
        assert!(policy.gaps.is_empty());
        assert!(!policy.raw.contains("settingDefinitions"));
    }
    assert_eq!(
        of(&snapshot, "settingsCatalog"),
        &TypeRead {
            row: "settingsCatalog".into(),
            read: 1_000,
            gap: None
        }
    );
    assert_eq!(snapshot.definitions["def_0"].name, "Setting 0");
    assert_eq!(snapshot.definitions["def_0"].category, "Category");
    assert_eq!(snapshot.names.len(), 7);
    assert_eq!(snapshot.names["g3"], "Group g3");
    assert_eq!(
        (snapshot.label.as_str(), snapshot.tenant.domain.as_str()),
        ("Contoso", "contoso.example")
    );
    // 1,000 settings and some fifty lists are a little more than one window of 1,000 in 20 s.
    assert!(sim.now <= 26_000, "took {} ms", sim.now);
    let mut urls: Vec<_> = sim.sent.iter().map(|(_, url)| url).collect();
    let sent = urls.len();
    urls.sort_unstable();
    urls.dedup();
    assert_eq!(urls.len(), sent, "nothing is read twice");
}

#[test]
fn the_order_of_answers_changes_nothing() {
    let describe = |seed| {
        let mut sim = Sim::new(policies(120, 50), arrives);
        sim.order = crate::graph::retry::Jitter::new(seed);
        let snapshot = read(&[CONFIGURATION, "Group.ReadBasic.All"], &mut sim);
        let raws: Vec<String> = snapshot
            .policies
            .iter()
            .map(|p| p.raw.to_string())
            .collect();
        (raws, snapshot.coverage)
    };
    assert_eq!(describe(1), describe(99));
}

#[test]
fn templates_have_their_values_inside() {
    let answer = |_: Ms, url: &str| {
        Reply::ok(match url.split('?').next().unwrap() {
            "/deviceManagement/groupPolicyConfigurations" => {
                r#"{"value":[{"id":"t","displayName":"T","assignments":[]}]}"#
            }
            "/deviceManagement/groupPolicyConfigurations/t/definitionValues" => {
                r#"{"value":[{"id":"v1","enabled":true,"definition":{"id":"d1"}},{"id":"v2","enabled":false,"definition":{"id":"d2"}}]}"#
            }
            "/deviceManagement/groupPolicyConfigurations/t/definitionValues/v1/presentationValues" => {
                r#"{"value":[{"id":"x","value":"5"}]}"#
            }
            _ => EMPTY,
        })
    };
    let mut sim = Sim::new(answer, arrives);
    let snapshot = read(&[CONFIGURATION], &mut sim);
    assert_eq!(
        &*snapshot.policies[0].raw,
        concat!(
            r#"{"id":"t","displayName":"T","assignments":[],"definitionValues":["#,
            r#"{"id":"v1","enabled":true,"definition":{"id":"d1"},"presentationValues":[{"id":"x","value":"5"}]},"#,
            r#"{"id":"v2","enabled":false,"definition":{"id":"d2"},"presentationValues":[]}]}"#
        )
    );
}

#[test]
fn what_the_list_leaves_out_comes_from_the_object() {
    let answer = |_: Ms, url: &str| match url.split('?').next().unwrap() {
        "/deviceManagement/deviceManagementScripts" => Reply::ok(
            r#"{"value":[{"id":"s1","displayName":"One","scriptContent":null,"assignments":[]},{"id":"s2","displayName":"Two","scriptContent":null,"assignments":[]}]}"#,
        ),
        "/deviceManagement/deviceManagementScripts/s1" => {
            Reply::ok(r#"{"id":"s1","scriptContent":"QQ==","assignments":[]}"#)
        }
        "/deviceManagement/deviceManagementScripts/s2" => Reply::error(404, "ResourceNotFound", ""),
        _ => Reply::ok(EMPTY),
    };
    let mut sim = Sim::new(answer, arrives);
    let snapshot = read(&["DeviceManagementScripts.Read.All"], &mut sim);
    assert!(snapshot.policies[0].raw.contains("QQ=="));
    assert_eq!(snapshot.policies[0].name, "One");
    let Known::No(gap) = &snapshot.policies[1].settings else {
        panic!("{:?}", snapshot.policies[1])
    };
    assert_eq!(gap.reason, Reason::NotFound);
    assert!(snapshot.policies[1].assignments.get().is_some());
}

#[test]
fn lists_below_objects_are_read_for_each() {
    let answer = |_: Ms, url: &str| {
        Reply::ok(match url.split('?').next().unwrap() {
            "/deviceManagement/depOnboardingSettings" => r#"{"value":[{"id":"a"},{"id":"b"}]}"#,
            "/deviceManagement/depOnboardingSettings/a/enrollmentProfiles" => {
                r#"{"value":[{"id":"1"},{"id":"2"}]}"#
            }
            "/deviceManagement/depOnboardingSettings/b/enrollmentProfiles" => {
                r#"{"value":[{"id":"3"}]}"#
            }
            _ => EMPTY,
        })
    };
    let mut sim = Sim::new(answer, arrives);
    let snapshot = read(&["DeviceManagementServiceConfig.Read.All"], &mut sim);
    assert_eq!(
        of(&snapshot, "depProfiles"),
        &TypeRead {
            row: "depProfiles".into(),
            read: 3,
            gap: None
        }
    );

    let forbidden = |_: Ms, url: &str| match url.starts_with("/deviceManagement/depOnboarding") {
        true => Reply::error(403, "Forbidden", "no"),
        false => Reply::ok(EMPTY),
    };
    let mut sim = Sim::new(forbidden, arrives);
    let snapshot = read(&["DeviceManagementServiceConfig.Read.All"], &mut sim);
    assert_eq!(reason(&snapshot, "depProfiles"), Some(Reason::Role));
}

#[test]
fn a_singleton_that_is_not_set_up_is_no_gap() {
    let answer = |_: Ms, url: &str| match url.split('?').next().unwrap() {
        "/policies/authorizationPolicy" => {
            Reply::ok(r#"{"id":"authorizationPolicy","displayName":"A"}"#)
        }
        "/policies/identitySecurityDefaultsEnforcementPolicy" => {
            Reply::error(404, "ResourceNotFound", "")
        }
        _ => Reply::ok(EMPTY),
    };
    let mut sim = Sim::new(answer, arrives);
    let snapshot = read(&["Policy.Read.All"], &mut sim);
    assert_eq!(of(&snapshot, "authorizationPolicy").read, 1);
    assert_eq!(
        (
            of(&snapshot, "securityDefaults").read,
            reason(&snapshot, "securityDefaults")
        ),
        (0, None)
    );
}

#[test]
fn a_type_of_tomorrow_is_kept() {
    let answer = |_: Ms, url: &str| {
        Reply::ok(match url.split('?').next().unwrap() {
            "/deviceManagement/deviceEnrollmentConfigurations" => {
                r##"{"value":[{"@odata.type":"#microsoft.graph.deviceEnrollmentOfTomorrow","id":"x","displayName":"New","assignments":[],"it":{"is":[1]},"apiKey":"hush"}]}"##
            }
            _ => EMPTY,
        })
    };
    let mut sim = Sim::new(answer, arrives);
    let snapshot = read(
        &[CONFIGURATION, "DeviceManagementServiceConfig.Read.All"],
        &mut sim,
    );
    assert_eq!(of(&snapshot, "unknown").read, 1);
    assert!(snapshot.policies[0].raw.contains(r#""it":{"is":[1]}"#));
    assert_eq!(snapshot.policies[0].name, "New");
    // What is not kept cannot be saved.
    assert!(!snapshot.policies[0].raw.contains("hush"));
}

#[test]
fn a_refused_query_is_asked_without_it() {
    let answer = |_: Ms, url: &str| match url {
        "/deviceManagement/hardwareConfigurations?$expand=assignments" => {
            Reply::error(400, "BadRequest", "no expand")
        }
        "/deviceManagement/hardwareConfigurations" => {
            Reply::ok(r#"{"value":[{"id":"h","displayName":"H"}]}"#)
        }
        "/deviceManagement/hardwareConfigurations/h/assignments" => Reply::ok(
            r##"{"value":[{"target":{"@odata.type":"#microsoft.graph.allDevicesAssignmentTarget"}}]}"##,
        ),
        _ => Reply::ok(EMPTY),
    };
    let mut sim = Sim::new(answer, arrives);
    let snapshot = read(&[CONFIGURATION], &mut sim);
    assert_eq!(reason(&snapshot, "hardwareConfigurations"), None);
    assert_eq!(
        snapshot.policies[0].assignments.get().unwrap()[0].target,
        crate::policy::Target::AllDevices
    );
}

mod definitions;
mod failures;
mod live;
mod logs;
mod so_far;
