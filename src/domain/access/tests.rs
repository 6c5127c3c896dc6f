#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
use super::*;
use crate::protocol::LivePage;

mod mine;
mod sign_ins;

const CLIENT: &str = "44444444-4444-4444-8444-444444444444";
const APP: &str = "11111111-1111-4111-8111-111111111111";
const ROSA: &str = "22222222-2222-4222-8222-222222222222";
const GRAPH: &str = "33333333-3333-4333-8333-333333333333";

pub(super) fn read(what: Live, pages: &[&str], gap: Option<Gap>) -> LiveRead {
    let route = LIVE.iter().position(|route| route.what == what).unwrap();
    let ours = LivePage::SignIns.has(LIVE[route].page);
    LiveRead {
        route: route as u32,
        of: String::new(),
        app: if ours { CLIENT } else { "" }.to_owned(),
        gap,
        pages: pages.iter().map(|page| (*page).to_owned()).collect(),
    }
}

fn principal_of(required: bool) -> LiveRead {
    let page = format!(
        r#"[{{"id":"{APP}","displayName":"Plumbline","accountEnabled":true,"appRoleAssignmentRequired":{required},"verifiedPublisher":{{"displayName":null}}}}]"#
    );
    read(Live::Principal, &[&page], None)
}

fn grants(rows: &[(&str, &str, &str)]) -> LiveRead {
    let row = |(id, person, scope): &(&str, &str, &str)| match *person {
        "" => format!(
            r#"{{"id":"{id}","consentType":"AllPrincipals","principalId":null,"resourceId":"{GRAPH}","scope":"{scope}"}}"#
        ),
        person => format!(
            r#"{{"id":"{id}","consentType":"Principal","principalId":"{person}","resourceId":"{GRAPH}","scope":"{scope}"}}"#
        ),
    };
    let rows: Vec<String> = rows.iter().map(row).collect();
    read(Live::Grants, &[&format!("[{}]", rows.join(","))], None)
}

fn nobody() -> LiveRead {
    read(Live::Assigned, &["[]"], None)
}

/// Of the one registration.
fn app(reads: &[LiveRead]) -> AppRegistration {
    let mut access = super::app(reads);
    assert!(access.apps.len() <= 1);
    access
        .apps
        .pop()
        .unwrap_or_else(|| registration(&[], CLIENT))
}

fn titles(access: &AppRegistration) -> Vec<&str> {
    access
        .steps
        .iter()
        .map(|step| step.title.as_str())
        .collect()
}

#[test]
fn permissions_are_held_against_what_this_version_asks_for() {
    for (name, fit) in [
        ("openid", ScopeFit::Used),
        ("profile", ScopeFit::Used),
        ("User.Read", ScopeFit::Used),
        ("DeviceManagementConfiguration.Read.All", ScopeFit::Used),
        ("devicemanagementapps.read.all", ScopeFit::Used),
        ("offline_access", ScopeFit::Unused),
        ("email", ScopeFit::Unused),
        ("Mail.Read", ScopeFit::Unused),
        ("Group.Read.All", ScopeFit::Unused),
        (
            "DeviceManagementConfiguration.ReadWrite.All",
            ScopeFit::Changes,
        ),
        ("Directory.AccessAsUser.All", ScopeFit::Changes),
        (
            "DeviceManagementManagedDevices.PrivilegedOperations.All",
            ScopeFit::Changes,
        ),
    ] {
        assert_eq!(granted(name).fit, fit, "{name}");
    }
}

#[test]
fn everybody_comes_first_and_persons_have_names_where_they_are_assigned() {
    let page = format!(
        r#"[{{"principalId":"{ROSA}","principalDisplayName":"Rosa","principalType":"User","createdDateTime":"2026-01-02T03:04:05Z"}},
            {{"principalId":"{GRAPH}","principalDisplayName":"Zebra","principalType":"Group"}}]"#
    );
    let rows = grants(&[
        ("a", ROSA, " User.Read  Mail.Read User.Read"),
        ("b", "", "User.Read"),
        ("c", GRAPH, ""),
    ]);
    let access = app(&[
        principal_of(true),
        read(Live::Assigned, &[&page], None),
        rows,
    ]);
    let kinds: Vec<&str> = access
        .assigned
        .value
        .iter()
        .map(|one| one.kind.as_str())
        .collect();
    assert_eq!(kinds, ["Group", "User"]);
    let grants = &access.grants.value;
    assert!(grants[0].everyone && grants[0].person.is_empty());
    let rosa = grants.iter().find(|grant| grant.person == ROSA).unwrap();
    assert_eq!(rosa.name, "Rosa");
    let names: Vec<&str> = rosa
        .scopes
        .iter()
        .map(|scope| scope.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["Mail.Read", "User.Read"],
        "what is not used first, each once"
    );
}

/// Whether assignment is required, the grants, and the steps that follow.
#[test]
fn the_steps_follow_from_what_is_there() {
    let require = "Let only assigned people sign in";
    let single = "Consent for persons instead of the whole organization";
    let back_all = "Take back what is not used, of the whole organization";
    let back_one = "Take back what is not used, of one person";
    type Case<'a> = (bool, &'a [(&'a str, &'a str, &'a str)], &'a [&'a str]);
    let cases: &[Case<'_>] = &[
        (true, &[], &["Assign a group"]),
        (false, &[], &[require]),
        (false, &[("a", ROSA, "User.Read")], &[require]),
        (false, &[("a", ROSA, "Mail.Read")], &[require, back_one]),
        (false, &[("a", "", "User.Read")], &[require, single]),
        (
            false,
            &[("a", "", "User.Read Mail.Read")],
            &[require, back_all, single],
        ),
        (false, &[("a", "", "Mail.Read")], &[require, back_all]),
    ];
    for (required, rows, expect) in cases {
        let access = app(&[principal_of(*required), nobody(), grants(rows)]);
        assert_eq!(titles(&access), *expect, "{required} {rows:?}");
        for step in &access.steps {
            assert!(step.scopes.contains(".ReadWrite.All"), "{}", step.scopes);
            assert!(!step.shell.contains("Connect-"), "{}", step.shell);
            assert!(step.why.ends_with('.'), "{}", step.why);
        }
    }
}

#[test]
fn a_command_keeps_what_is_used_and_names_the_grant() {
    let access = app(&[
        principal_of(true),
        nobody(),
        grants(&[("G_r-1", "", "openid User.Read Mail.ReadWrite")]),
    ]);
    let back = access
        .steps
        .iter()
        .find(|step| step.title.starts_with("Take back"))
        .unwrap();
    assert!(
        back.shell
            .contains("-OAuth2PermissionGrantId G_r-1 -Scope 'User.Read openid'"),
        "{}",
        back.shell
    );
    assert!(back.why.contains("Mail.ReadWrite") && back.why.contains("change things"));
}

/// A command is pasted into a shell by an administrator: nothing of a tenant may be syntax there.
#[test]
fn what_a_shell_could_run_is_in_no_command() {
    for bad in [
        "a'; rm",
        "$(x)",
        "a b",
        "`x`",
        "-Force",
        "",
        "é",
        "a\\u000ab",
    ] {
        let access = app(&[
            principal_of(true),
            nobody(),
            grants(&[(bad, "", "User.Read Mail.Read")]),
        ]);
        assert_eq!(titles(&access), ["Assign a group"], "{bad:?}");
        let rows = grants(&[("g", "", &format!("User.Read {bad}x;y Mail.Read"))]);
        let access = app(&[principal_of(true), nobody(), rows]);
        let shells: String = access
            .steps
            .iter()
            .map(|step| step.shell.as_str())
            .collect();
        assert!(!shells.contains("x;y"), "{shells}");
    }
    let page = r#"[{"id":"1'; Remove-Item x","appRoleAssignmentRequired":false}]"#;
    let access = app(&[read(Live::Principal, &[page], None), nobody(), grants(&[])]);
    assert!(access.steps.is_empty());
}

#[test]
fn what_is_not_known_is_not_nobody() {
    let refused = |reason| {
        Some(Gap {
            reason,
            detail: "403".to_owned(),
        })
    };
    let access = app(&[]);
    assert_eq!(access.principal.gap.unwrap().reason, Reason::NotRead);
    assert_eq!(access.grants.gap.unwrap().reason, Reason::NotRead);
    assert!(access.steps.is_empty());

    let access = app(&[
        principal_of(true),
        read(Live::Assigned, &[], refused(Reason::Role)),
        read(Live::Grants, &[], refused(Reason::Role)),
    ]);
    assert_eq!(access.assigned.gap.as_ref().unwrap().reason, Reason::Role);
    assert_eq!(
        titles(&access),
        ["See the grants without giving this app the permission"],
        "nobody is not said to be assigned"
    );

    // What cannot be read is a gap beside the rest.
    for bad in [r#"[7]"#, r#"[{"consentType":"Other"}]"#, r#"[{}]"#] {
        let access = app(&[principal_of(true), read(Live::Grants, &[bad], None)]);
        assert_eq!(
            access.grants.gap.unwrap().reason,
            Reason::Malformed,
            "{bad}"
        );
    }
    let access = app(&[read(Live::Principal, &["{"], None)]);
    assert_eq!(access.principal.value, None);
}

/// The one for writing is a registration of its own: what is known of one says nothing about the other.
#[test]
fn each_registration_has_its_own() {
    let writer = |mut read: LiveRead| {
        read.app = "writer".to_owned();
        read
    };
    let absent = Gap {
        reason: Reason::NotFound,
        detail: "404".to_owned(),
    };
    let access = super::app(&[
        principal_of(true),
        writer(read(Live::Principal, &[], Some(absent))),
        nobody(),
        grants(&[("a", ROSA, "User.Read")]),
        writer(read(Live::Grants, &["[]"], None)),
    ]);
    let ids: Vec<&str> = access
        .apps
        .iter()
        .map(|one| one.client_id.as_str())
        .collect();
    assert_eq!(ids, [CLIENT, "writer"]);
    let [reader, writer] = &access.apps[..] else {
        panic!("two")
    };
    assert_eq!(reader.principal.value.as_ref().unwrap().id, APP);
    assert_eq!(reader.grants.value.len(), 1);
    assert_eq!(writer.principal.value, None);
    assert_eq!(
        writer.principal.gap.as_ref().unwrap().reason,
        Reason::NotFound
    );
    assert_eq!(
        writer.assigned.gap.as_ref().unwrap().reason,
        Reason::NotRead
    );
    assert!(writer.grants.value.is_empty() && writer.grants.gap.is_none());
    assert!(writer.steps.is_empty());
    assert_eq!(
        access.sign_ins.gap.unwrap().reason,
        Reason::NotRead,
        "nobody asked for them"
    );
}

/// Persons who are not assigned have their name from the directory, APIs theirs; without it the id stays, with the reason.
#[test]
fn grants_name_persons_and_apis_where_they_are_known() {
    let rows = || grants(&[("a", ROSA, "User.Read"), ("b", "gone", "User.Read")]);
    let people = |gap| {
        let page = format!(
            r#"[{{"id":"{}","displayName":"Rosa"}}]"#,
            ROSA.to_uppercase()
        );
        read(Live::Person, &[&page], gap)
    };
    let page = format!(r#"[{{"id":"{GRAPH}","displayName":"Microsoft Graph","appId":"0003"}}]"#);
    let apis = || read(Live::Api, &[&page], None);
    let access = app(&[principal_of(true), rows(), people(None), apis()]);
    let names: Vec<(&str, &str, &str)> = access
        .grants
        .value
        .iter()
        .map(|one| (one.name.as_str(), one.api.as_str(), one.api_client.as_str()))
        .collect();
    assert_eq!(
        names,
        [
            ("Rosa", "Microsoft Graph", "0003"),
            ("", "Microsoft Graph", "0003")
        ],
        "who has no name comes last"
    );
    assert_eq!(access.unnamed, None);
    let refused = Gap {
        reason: Reason::Role,
        detail: "403".to_owned(),
    };
    let access = app(&[
        principal_of(true),
        rows(),
        people(Some(refused.clone())),
        apis(),
    ]);
    assert_eq!(access.unnamed, Some(refused.clone()));
    // Without grants there is nobody to name.
    let none = read(Live::Grants, &[], Some(refused.clone()));
    let access = app(&[principal_of(true), none, people(Some(refused)), apis()]);
    assert_eq!(access.unnamed, None);
}
