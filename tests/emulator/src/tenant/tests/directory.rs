//! What the directory does with queries, nesting and changes.

use super::*;

#[test]
fn the_directory_is_strict_about_advanced_queries() {
    let tenant = tenant();
    for (url, plain, eventual) in [
        ("/users?$filter=startswith(displayName,'A')", 200, 200),
        ("/users?$filter=endswith(mail,'x')", 400, 400),
        ("/users?$filter=endswith(mail,'x')&$count=true", 400, 200),
        ("/users?$filter=userType ne 'Guest'&$count=true", 400, 200),
        (
            "/users?$filter=contains(displayName,'a')&$count=true",
            400,
            400,
        ),
        ("/users?$search=\"displayName:an\"", 400, 200),
        ("/users?$count=true", 400, 200),
        ("/users/$count", 400, 200),
        ("/groups?$orderby=displayName", 200, 200),
        (
            "/groups?$orderby=displayName&$filter=securityEnabled eq true",
            400,
            400,
        ),
        (
            "/groups?$orderby=displayName&$filter=securityEnabled eq true&$count=true",
            400,
            200,
        ),
        ("/users?$top=999", 200, 200),
        ("/users?$top=1000", 400, 400),
        ("/users?$expand=nonsense", 400, 400),
        ("/users?$frob=1", 400, 400),
        ("/users/nobody", 404, 404),
        ("/nothing", 400, 400),
    ] {
        assert_eq!(status(&tenant, "v1.0", url, false), plain, "{url}");
        assert_eq!(
            status(&tenant, "v1.0", url, true),
            eventual,
            "{url} eventual"
        );
    }
}

#[test]
fn membership_closes_over_nesting() {
    let tenant = tenant();
    let mut talk = Talk {
        tenant: &tenant,
        said: Vec::new(),
    };
    let (_, found) = talk.all("v1.0", "/groups?$filter=displayName eq 'SG-Entire-Company'");
    let id = found[0]["id"].as_str().unwrap().to_owned();
    let (_, direct) = talk.all("v1.0", &format!("/groups/{id}/members?$select=id"));
    let (_, all) = talk.all(
        "v1.0",
        &format!("/groups/{id}/transitiveMembers?$select=id,displayName&$top=999"),
    );
    assert!(
        direct
            .iter()
            .all(|m| m["@odata.type"] == "#microsoft.graph.group")
    );
    assert!(all.len() > 50, "{}", all.len());
    let user = all
        .iter()
        .find(|m| m["@odata.type"] == "#microsoft.graph.user")
        .unwrap();
    let (_, of) = talk.all(
        "v1.0",
        &format!(
            "/users/{}/transitiveMemberOf?$select=id",
            user["id"].as_str().unwrap()
        ),
    );
    assert!(of.iter().any(|g| g["id"] == id.as_str()));
    let (_, users) = talk.all(
        "v1.0",
        &format!("/groups/{id}/transitiveMembers/graph.user?$select=id"),
    );
    assert_eq!(
        users.len(),
        all.iter()
            .filter(|m| m["@odata.type"] == "#microsoft.graph.user")
            .count()
    );
    for path in [
        "/me",
        "/me/transitiveMemberOf",
        "/organization",
        "/subscribedSkus",
    ] {
        assert_eq!(talk.get("v1.0", path).status, 200, "{path}");
    }
    let (_, devices) = talk.all("v1.0", "/devices?$top=5&$select=id");
    let device = devices[0]["id"].as_str().unwrap();
    assert_eq!(
        talk.get("v1.0", &format!("/devices/{device}/transitiveMemberOf"))
            .status,
        200
    );
    judge(&talk.said, "membership");
}

#[test]
fn ids_are_resolved_a_thousand_at_a_time() {
    let tenant = tenant();
    let ask = |ids: Vec<String>| {
        let mut request = request(
            "POST",
            "v1.0",
            "/directoryObjects/getByIds?$select=id,displayName",
        );
        request.body = Some(json!({"ids": ids, "types": ["group", "user", "device"]}));
        tenant.answer(&request)
    };
    let world = &tenant.world;
    let ids = vec![
        world.user_id(3),
        world.groups.id(2),
        "00000000-0000-0000-0000-000000000000".into(),
    ];
    let answer = ask(ids);
    let found = answer.body["value"].as_array().unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(found[1]["displayName"], "SG-Intune-Broad-Users");
    assert_eq!(ask(vec![world.user_id(1); 1_001]).status, 400);
}

#[test]
fn a_delta_ends_in_a_link_and_then_has_changes() {
    let tenant = tenant();
    let mut talk = Talk {
        tenant: &tenant,
        said: Vec::new(),
    };
    let mut next = "/groups/delta()?$select=displayName,members".to_owned();
    let (mut seen, mut rounds) = (0, 0);
    let link = loop {
        let answer = talk.get("v1.0", &next);
        assert_eq!(answer.status, 200, "{}", answer.body);
        seen += answer.body["value"].as_array().unwrap().len();
        rounds += 1;
        if let Some(link) = answer.body["@odata.deltaLink"].as_str() {
            break link.to_owned();
        }
        next = answer.body["@odata.nextLink"].as_str().unwrap()[BASE.len() + 5..].to_owned();
    };
    assert_eq!(seen, tenant.count("/groups"));
    assert!(rounds >= 1);
    let again = talk.get("v1.0", &link[BASE.len() + 5..]);
    let changed = again.body["value"].as_array().unwrap();
    assert_eq!(changed.len(), 2);
    assert_eq!(changed[1]["@removed"]["reason"], "changed");
    let last = again.body["@odata.deltaLink"].as_str().unwrap();
    assert_eq!(
        talk.get("v1.0", &last[BASE.len() + 5..]).body["value"],
        json!([])
    );
    let gone = talk.get("v1.0", "/groups/delta?$deltatoken=old");
    assert_eq!(
        (gone.status, gone.body["error"]["code"].as_str()),
        (410, Some("syncStateNotFound"))
    );
    judge(&talk.said, "delta");
}
