//! A whole tenant, from the plan to the snapshot, against the emulator's data.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use domain::catalog::{self, Shape, Split, UNKNOWN};
use domain::graph::Reading;
use domain::json::Json;
use domain::policy::Target;
use domain::snapshot::{Reason, Snapshot, Source, file};
use emulator::graph::GraphAnswer;
use emulator::reader;
use emulator::tenant::{GeneratorOptions, Tenant};

use super::reading::unknown_children;

const TAKEN_AT: &str = "2026-11-21T09:00:00Z";

/// Every scope that a row names.
fn all_scopes() -> Vec<String> {
    let mut scopes: Vec<String> = catalog::rows()
        .flat_map(|row| row.scopes.iter().map(|scope| (*scope).to_owned()))
        .collect();
    scopes.sort_unstable();
    scopes.dedup();
    scopes
}

fn tenant() -> &'static Tenant {
    static TENANT: OnceLock<Tenant> = OnceLock::new();
    TENANT.get_or_init(|| {
        Tenant::generate(&GeneratorOptions {
            page: 7,
            ..GeneratorOptions::default()
        })
    })
}

fn snapshot() -> &'static Snapshot {
    static SNAPSHOT: OnceLock<Snapshot> = OnceLock::new();
    SNAPSHOT.get_or_init(|| reader::read(tenant(), &all_scopes(), TAKEN_AT).0)
}

/// The emulator serves no branding; the row's own test is in the domain.
const NOT_SERVED: &str = "organizationBranding";

#[test]
fn everything_that_the_tenant_has_is_in_the_snapshot() {
    let (tenant, snapshot) = (tenant(), snapshot());
    let mut wrong = Vec::new();
    for read in snapshot
        .coverage
        .iter()
        .filter(|read| read.gap.is_some() && read.row != NOT_SERVED)
    {
        wrong.push(format!("{}: {:?}", read.row, read.gap));
    }
    // Rows that share a list are counted together.
    let mut lists: BTreeMap<&str, usize> = BTreeMap::new();
    for row in catalog::rows().filter(|row| row.shape == Shape::Collection) {
        *lists.entry(row.list).or_default() += count(snapshot, row.id);
    }
    for (list, read) in lists {
        // Queries that leave things out on purpose.
        let exact = ![
            "/deviceAppManagement/mobileApps",
            "/policies/roleManagementPolicies",
            "/deviceManagement/configurationPolicyTemplates",
        ]
        .contains(&list);
        if exact && tenant.count(list) != read && count(snapshot, UNKNOWN.id) == 0 {
            wrong.push(format!("{list}: {read} read, {} there", tenant.count(list)));
        }
    }
    wrong.extend(unknown_children(snapshot));
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(snapshot.policies.len() > 200, "{}", snapshot.policies.len());
}

fn count(snapshot: &Snapshot, row: &str) -> usize {
    snapshot
        .coverage
        .iter()
        .find(|read| read.row == row)
        .map_or(0, |read| read.read as usize)
}

#[test]
fn children_are_whole_and_what_they_name_has_a_name() {
    let snapshot = snapshot();
    let mut groups: HashMap<&str, &str> = HashMap::new();
    for policy in &snapshot.policies {
        let document = Json::parse(&policy.raw).unwrap();
        for child in policy
            .row
            .children
            .iter()
            .filter(|c| !c.optional && !c.path.contains("{}") && c.when.is_empty())
        {
            assert!(
                document.get(child.name).is_some(),
                "{}: {} is not there",
                policy.name,
                child.name
            );
        }
        if let Some(declared) = document.get("settingCount").and_then(Json::int) {
            let there = document.get("settings").unwrap().elements().len();
            assert_eq!(there as i64, declared, "{}", policy.name);
        }
        for assignment in policy.assignments.get().into_iter().flatten() {
            if let Target::Group(group) | Target::ExcludedGroup(group) = &assignment.target {
                groups.insert(&group.id, &policy.name);
            }
            if let Some(filter) = &assignment.filter {
                assert!(
                    snapshot.names.contains_key(&filter.id),
                    "filter {} of {}",
                    filter.id,
                    policy.name
                );
            }
        }
        for setting in policy.settings.get().unwrap() {
            if setting.carrier == domain::setting::Carrier::Catalog {
                assert!(
                    snapshot.definitions.contains_key(&*setting.id),
                    "{}: {}",
                    policy.name,
                    setting.id
                );
            }
        }
    }
    assert!(groups.len() > 10);
    let unnamed: Vec<_> = groups
        .iter()
        .filter(|(id, _)| !snapshot.names.contains_key(**id))
        .collect();
    assert!(
        unnamed.len() <= 2,
        "groups without a name (a deleted one may be among them): {unnamed:?}"
    );
    let uncategorised = snapshot
        .definitions
        .values()
        .filter(|d| d.category.is_empty() || d.name.is_empty());
    assert_eq!(uncategorised.count(), 0);
    assert!(!snapshot.tenant.name.is_empty() && !snapshot.tenant.domain.is_empty());
}

#[test]
fn nothing_outside_the_read_table_is_asked_for_and_nothing_twice() {
    let tenant = tenant();
    let mut seen = std::collections::HashSet::new();
    let (_, sent) = reader::read_with(&all_scopes(), TAKEN_AT, |request| {
        assert!(
            seen.insert((
                request.version.clone(),
                request.path.clone(),
                request.query.clone()
            )),
            "{} twice",
            request.path
        );
        tenant.answer(request)
    });
    assert_eq!(seen.len(), sent);
}

#[test]
fn a_saved_tenant_opens_as_it_was() {
    let snapshot = snapshot();
    let text = file::write(snapshot);
    let opened = file::read(&text, Source::Saved).unwrap();
    assert_eq!(opened.policies.len(), snapshot.policies.len());
    for (left, right) in snapshot.policies.iter().zip(&opened.policies) {
        assert_eq!(format!("{left:?}"), format!("{right:?}"));
    }
    assert_eq!(opened.coverage, snapshot.coverage);
    assert_eq!(opened.definitions, snapshot.definitions);
    assert_eq!(opened.names, snapshot.names);
    assert_eq!(opened.tenant, snapshot.tenant);
}

#[test]
fn what_one_scope_less_hides_is_said_and_the_rest_is_there() {
    let scopes: Vec<String> = all_scopes()
        .into_iter()
        .filter(|s| s != "DeviceManagementApps.Read.All")
        .collect();
    let (snapshot, _) = reader::read(tenant(), &scopes, TAKEN_AT);
    for read in snapshot
        .coverage
        .iter()
        .filter(|read| read.row != NOT_SERVED)
    {
        let needs = catalog::row(&read.row)
            .is_some_and(|row| row.scopes.contains(&"DeviceManagementApps.Read.All"));
        let reason = read.gap.as_ref().map(|gap| gap.reason);
        assert_eq!(reason, needs.then_some(Reason::Scope), "{}", read.row);
    }
}

#[test]
fn faults_along_the_way_lose_nothing() {
    let (tenant, whole) = (tenant(), snapshot());
    let mut number = 0_u32;
    let (shaken, _) = reader::read_with(&all_scopes(), TAKEN_AT, |request| {
        number += 1;
        match number % 11 {
            3 => GraphAnswer::error(429, "TooManyRequests", "An error has occurred.")
                .with_header("Retry-After", "2"),
            5 => GraphAnswer::error(503, "ServiceUnavailable", ""),
            7 => GraphAnswer::error(429, "TooManyRequests", ""),
            _ => tenant.answer(request),
        }
    });
    let raws = |snapshot: &Snapshot| -> Vec<String> {
        snapshot
            .policies
            .iter()
            .map(|p| p.raw.to_string())
            .collect()
    };
    assert_eq!(raws(&shaken), raws(whole));
    assert_eq!(shaken.coverage, whole.coverage);
}

#[test]
fn the_plan_begins_with_lists() {
    let mut reading = Reading::new(reader::ORIGIN, &all_scopes(), 1);
    let domain::graph::scheduler::Step::Send(requests) = reading.next(0) else {
        panic!()
    };
    let inner = requests.iter().flat_map(|request| &request.inner);
    let shared = inner.filter(|url| url.starts_with("/deviceManagement/configurationPolicies?"));
    assert_eq!(
        shared.count(),
        1,
        "one request for all rows that share a list"
    );
    assert!(
        catalog::rows()
            .filter(|row| row.split != Split::Rest)
            .count()
            > 10
    );
}
