//! What the pages of Trust show: an object, what lies below it, and why something is not known.

use super::*;
use crate::permission::{LIVE, Live};
use crate::protocol::{LivePage, LiveRead};

const APPS: &str = "Application.Read.All";
const WIDE: &str = "Directory.Read.All";

fn live(
    scopes: &[&str],
    answer: impl FnMut(&str) -> Option<Reply>,
) -> (Vec<LiveRead>, Vec<String>) {
    let (reads, mut asked) = page(LivePage::App, scopes, answer);
    asked.retain(|url| url.starts_with("/servicePrincipals"));
    (reads, asked)
}

fn page(
    page: LivePage,
    scopes: &[&str],
    answer: impl FnMut(&str) -> Option<Reply>,
) -> (Vec<LiveRead>, Vec<String>) {
    page_of(page, &["c0a5"], scopes, answer)
}

fn page_of(
    page: LivePage,
    apps: &[&str],
    scopes: &[&str],
    mut answer: impl FnMut(&str) -> Option<Reply>,
) -> (Vec<LiveRead>, Vec<String>) {
    let scopes: Vec<String> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    let apps: Vec<String> = apps.iter().map(|app| (*app).to_owned()).collect();
    let mut reading = Reading::of_live(ORIGIN, &scopes, page, &apps, 3);
    let mut asked = Vec::new();
    let sim = |_: Ms, url: &str| {
        asked.push(url.to_owned());
        answer(url).unwrap_or_else(|| Reply::ok(EMPTY))
    };
    drive(&mut reading, &mut Sim::new(sim, arrives), Ms::MAX);
    assert!(reading.log_pages().is_empty(), "they are no logs");
    (reading.live_read(), asked)
}

fn of(reads: &[LiveRead], what: Live) -> (Option<Reason>, String) {
    let read = reads
        .iter()
        .find(|read| LIVE[read.route as usize].what == what);
    let read = read.unwrap();
    (read.gap.as_ref().map(|gap| gap.reason), read.pages.concat())
}

fn principal(url: &str) -> Option<Reply> {
    url.starts_with("/servicePrincipals(")
        .then(|| Reply::ok(r#"{"id":"sp-1"}"#))
}

#[test]
fn lists_below_an_object_are_asked_for_by_its_id() {
    let (reads, asked) = live(&[APPS, WIDE], |url| {
        principal(url).or_else(|| {
            url.ends_with("/oauth2PermissionGrants")
                .then(|| Reply::ok(r#"{"value":[{"id":"g"}]}"#))
        })
    });
    assert!(
        asked[0].starts_with("/servicePrincipals(appId='c0a5')?$select=id,"),
        "{asked:?}"
    );
    assert_eq!(asked.len(), 3);
    assert!(
        asked
            .iter()
            .any(|url| url == "/servicePrincipals/sp-1/appRoleAssignedTo?$top=999")
    );
    assert_eq!(
        of(&reads, Live::Principal),
        (None, r#"[{"id":"sp-1"}]"#.to_owned())
    );
    assert_eq!(of(&reads, Live::Assigned), (None, "[]".to_owned()));
    assert_eq!(
        of(&reads, Live::Grants),
        (None, r#"[{"id":"g"}]"#.to_owned())
    );
}

#[test]
fn without_its_scope_a_list_is_not_asked_for() {
    for (scopes, principal_gap, assigned, grants, sent) in [
        (
            &[][..],
            Some(Reason::Scope),
            Some(Reason::Scope),
            Some(Reason::Scope),
            0,
        ),
        (&[APPS], None, None, Some(Reason::Scope), 2),
        (&[WIDE], None, None, None, 3),
    ] {
        let (reads, asked) = live(scopes, principal);
        assert_eq!(of(&reads, Live::Principal).0, principal_gap, "{scopes:?}");
        assert_eq!(of(&reads, Live::Assigned).0, assigned, "{scopes:?}");
        assert_eq!(of(&reads, Live::Grants).0, grants, "{scopes:?}");
        assert_eq!(asked.len(), sent, "{scopes:?}");
    }
}

#[test]
fn without_the_object_what_lies_below_is_unknown_for_the_same_reason() {
    for (reply, reason) in [
        (
            Reply::error(
                403,
                "Authorization_RequestDenied",
                "Insufficient privileges",
            ),
            Reason::Role,
        ),
        (
            Reply::error(404, "Request_ResourceNotFound", ""),
            Reason::NotFound,
        ),
        (Reply::ok(r#"{"id":""}"#), Reason::Malformed),
        (Reply::ok(r#"{"id":".."}"#), Reason::Malformed),
        (Reply::ok("{}"), Reason::Malformed),
    ] {
        let (reads, asked) = live(&[APPS, WIDE], |url| {
            url.starts_with("/servicePrincipals(")
                .then(|| reply.clone())
        });
        assert_eq!(of(&reads, Live::Grants).0, Some(reason));
        assert_eq!(asked.len(), 1);
    }
}

#[test]
fn a_refused_list_leaves_the_others() {
    let (reads, _) = live(&[APPS, WIDE], |url| {
        let refused = url.ends_with("/oauth2PermissionGrants");
        principal(url)
            .or_else(|| refused.then(|| Reply::error(403, "Authorization_RequestDenied", "")))
    });
    assert_eq!(of(&reads, Live::Grants).0, Some(Reason::Role));
    assert_eq!(of(&reads, Live::Assigned).0, None);
}

/// Each object of a list, of every page of it, is asked for whole.
#[test]
fn what_lies_below_each_object_of_a_list_is_asked_for() {
    let list = "/deviceManagement/roleAssignments";
    let (reads, asked) = page(LivePage::Mine, &["DeviceManagementRBAC.Read.All"], |url| {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        if path == list && query.is_empty() {
            let next = format!("{ORIGIN}/beta{list}?$skiptoken=2");
            let text =
                format!(r#"{{"value":[{{"id":"a"}},{{"id":"b"}}],"@odata.nextLink":"{next}"}}"#);
            return Some(Reply::ok(text));
        }
        if path == list {
            return Some(Reply::ok(r#"{"value":[{"id":"c"}]}"#));
        }
        let id = path.strip_prefix(list)?.strip_prefix('/')?;
        Some(match id {
            "b" => Reply::error(403, "Forbidden", "not you"),
            id => Reply::ok(format!(r#"{{"id":"{id}","members":[]}}"#)),
        })
    });
    let mut below: Vec<&String> = asked
        .iter()
        .filter(|url| url.starts_with("/deviceManagement/roleAssignments/"))
        .collect();
    below.sort();
    below.dedup();
    assert_eq!(below.len(), 3, "{asked:?}");
    assert!(
        below
            .iter()
            .all(|url| url.contains("?$expand=roleDefinition,"))
    );
    let (gap, text) = of(&reads, Live::IntuneAssignment);
    assert_eq!(gap, Some(Reason::Role));
    assert!(text.contains(r#""id":"a""#), "{text}");
    assert_eq!(of(&reads, Live::MemberOf).0, Some(Reason::Scope));
    assert_eq!(of(&reads, Live::IntuneRoles), (None, "[]".to_owned()));
}

/// Groups are found inside an assignment; each has a list of its own, and is asked for once.
#[test]
fn members_of_assigned_groups_are_asked_for_group_by_group() {
    let scopes = [
        "DeviceManagementRBAC.Read.All",
        "RoleManagement.Read.Directory",
        "Group.ReadBasic.All",
        "DeviceManagementApps.Read.All",
    ];
    let answer = |url: &str| {
        let path = url.split('?').next().unwrap();
        Some(match path {
            "/deviceManagement/roleAssignments" => {
                Reply::ok(r#"{"value":[{"id":"a"},{"id":"b"}]}"#)
            }
            "/deviceManagement/roleAssignments/a" => {
                Reply::ok(r#"{"id":"a","members":["g1","g2"]}"#)
            }
            "/deviceManagement/roleAssignments/b" => Reply::ok(r#"{"id":"b","members":["g1",""]}"#),
            "/groups/g1/transitiveMembers" => Reply::ok(
                r##"{"value":[{"@odata.type":"#microsoft.graph.user","id":"u1","displayName":null},
                    {"@odata.type":"#microsoft.graph.user","id":"u2","displayName":"Bo"},
                    {"@odata.type":"#microsoft.graph.device","id":"d1"}]}"##,
            ),
            "/groups/g2/transitiveMembers" => {
                Reply::error(403, "Authorization_RequestDenied", "not you")
            }
            "/roleManagement/directory/roleAssignments" => Reply::ok(
                r##"{"value":[{"id":"r","principalId":"g3","principal":{"@odata.type":"#microsoft.graph.group","id":"g3"}}]}"##,
            ),
            "/users/u1" => Reply::ok(r#"{"id":"u1","displayName":"Ada"}"#),
            _ => return None,
        })
    };
    let (reads, asked) = page(LivePage::Rights, &scopes, answer);
    let sent = |start: &str| asked.iter().filter(|url| url.starts_with(start)).count();
    assert_eq!(sent("/groups/g1/"), 1, "{asked:?}");
    assert_eq!((sent("/groups/g3/"), sent("/groups/")), (1, 3));
    assert_eq!((sent("/users/u1?"), sent("/users/")), (1, 1), "{asked:?}");
    let lists = reads
        .iter()
        .filter(|read| LIVE[read.route as usize].what == Live::GroupMembers && !read.of.is_empty());
    let mut lists: Vec<(&str, Option<Reason>)> = lists
        .map(|read| (read.of.as_str(), read.gap.as_ref().map(|gap| gap.reason)))
        .collect();
    lists.sort();
    assert_eq!(
        lists,
        [("g1", None), ("g2", Some(Reason::Role)), ("g3", None)]
    );
    // An id that names nothing is a gap, not a group less.
    let template = reads
        .iter()
        .find(|read| LIVE[read.route as usize].what == Live::GroupMembers && read.of.is_empty());
    assert_eq!(
        template.unwrap().gap.as_ref().unwrap().reason,
        Reason::Malformed
    );
    let rights = crate::access::rights(&reads, &crate::audit::Trail::default(), 60);
    let names: Vec<&str> = rights.holders.iter().map(|one| one.name.as_str()).collect();
    assert!(names.contains(&"Ada") && names.contains(&"Bo"), "{names:?}");
}

/// The writer's registration is looked up beside the reader's, and what lies below it by its own id.
#[test]
fn each_registration_is_looked_up() {
    let (reads, asked) = page_of(LivePage::App, &["reader", "writer"], &[APPS, WIDE], |url| {
        if url.starts_with("/servicePrincipals(appId='writer')") {
            return Some(Reply::ok(r#"{"id":"sp-w"}"#));
        }
        if url.starts_with("/servicePrincipals(") {
            return Some(Reply::error(404, "Request_ResourceNotFound", ""));
        }
        None
    });
    let mut below: Vec<&String> = asked
        .iter()
        .filter(|url| url.starts_with("/servicePrincipals/"))
        .collect();
    below.sort();
    assert_eq!(
        below,
        [
            "/servicePrincipals/sp-w/appRoleAssignedTo?$top=999",
            "/servicePrincipals/sp-w/oauth2PermissionGrants"
        ]
    );
    for read in &reads {
        let gap = read.gap.as_ref().map(|gap| gap.reason);
        let missing = (read.app == "reader").then_some(Reason::NotFound);
        assert_eq!(gap, missing, "{read:?}");
    }
}

/// Who signed in is asked for on its own page only, for each registration, and not beyond the newest.
#[test]
fn sign_ins_are_asked_for_by_app_and_to_their_first_page() {
    let log = "/auditLogs/signIns";
    let scopes = [APPS, "AuditLog.Read.All"];
    let (reads, asked) = page_of(LivePage::App, &["reader"], &scopes, principal);
    assert!(!asked.iter().any(|url| url.starts_with(log)), "{asked:?}");
    assert!(
        !reads
            .iter()
            .any(|read| LIVE[read.route as usize].what == Live::SignIns)
    );

    let (reads, mut asked) = page_of(LivePage::SignIns, &["reader", "writer"], &scopes, |url| {
        let more = format!("{ORIGIN}/v1.0{log}?$skiptoken=2");
        let list = match url {
            url if url.contains("'reader'") && url.starts_with(log) => {
                format!(r#"{{"value":[{{"id":"s"}}],"@odata.nextLink":"{more}"}}"#)
            }
            url if url.starts_with(log) => r#"{"value":[]}"#.to_owned(),
            url => return principal(url),
        };
        Some(Reply::ok(list))
    });
    asked.retain(|url| url.starts_with(log));
    asked.sort();
    assert_eq!(asked.len(), 2, "{asked:?}");
    for (url, app) in asked.iter().zip(["reader", "writer"]) {
        let begin = format!(
            "{log}?$filter=appId%20eq%20'{app}'&$orderby=createdDateTime%20desc&$top=50&$select="
        );
        assert!(url.starts_with(&begin), "{url}");
        assert!(
            !url.contains("ipAddress") && !url.contains("device"),
            "{url}"
        );
    }
    let found: Vec<(&str, Option<Reason>)> = reads
        .iter()
        .filter(|read| LIVE[read.route as usize].what == Live::SignIns)
        .map(|read| (read.app.as_str(), read.gap.as_ref().map(|gap| gap.reason)))
        .collect();
    assert_eq!(found, [("reader", Some(Reason::NotRead)), ("writer", None)]);
    let seen = reads
        .iter()
        .filter(|read| LIVE[read.route as usize].what == Live::Principal);
    assert_eq!(seen.count(), 2, "the page is whole with it");
}

/// Whom and which APIs the grants name: each is asked for once, by what the grant calls it.
#[test]
fn what_grants_name_is_asked_for_once() {
    let grants = r#"{"value":[
        {"id":"g1","principalId":"Rosa","resourceId":"graph"},
        {"id":"g2","principalId":"Rosa","resourceId":"old"},
        {"id":"g3","principalId":null,"resourceId":"graph"},
        {"id":"g4","principalId":"gone","resourceId":"graph"}]}"#;
    let answer = |refused: bool| {
        move |url: &str| {
            if url.ends_with("/oauth2PermissionGrants") {
                return Some(Reply::ok(grants));
            }
            let name = |id: &str| Reply::ok(format!(r#"{{"id":"{id}","displayName":"N"}}"#));
            let id = url.split(['/', '?']).nth(2)?;
            match (url.starts_with("/users/"), id) {
                (true, "gone") => Some(Reply::error(404, "Request_ResourceNotFound", "")),
                (true, _) if refused => Some(Reply::error(403, "Authorization_RequestDenied", "")),
                (true, id) => Some(name(id)),
                (false, "graph" | "old") => Some(name(id)),
                _ => principal(url),
            }
        }
    };
    let (reads, mut asked) = page(LivePage::App, &[APPS, WIDE], answer(false));
    asked.retain(|url| {
        url.contains("$select=id,displayName")
            && !url.contains("appId='")
            && !url.starts_with("/organization")
    });
    asked.sort();
    assert_eq!(
        asked,
        [
            "/servicePrincipals/graph?$select=id,displayName,appId",
            "/servicePrincipals/old?$select=id,displayName,appId",
            "/users/Rosa?$select=id,displayName",
            "/users/gone?$select=id,displayName",
        ]
    );
    // Who is gone has no name, and nothing is missing for it.
    assert_eq!(of(&reads, Live::Person).0, None);
    assert_eq!(of(&reads, Live::Api).0, None);
    let (reads, _) = page(LivePage::App, &[APPS, WIDE], answer(true));
    assert_eq!(of(&reads, Live::Person).0, Some(Reason::Role));
    assert_eq!(of(&reads, Live::Grants).0, None);
}
