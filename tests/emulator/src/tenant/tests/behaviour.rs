//! What the services do with queries, beyond the lists of the catalog.

use super::*;

fn status(tenant: &Tenant, version: &str, url: &str, eventual: bool) -> u16 {
    let mut request = request("GET", version, url);
    if eventual {
        request
            .headers
            .push(("consistencylevel".into(), "eventual".into()));
    }
    tenant.answer(&request).status
}

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
fn intune_refuses_what_it_refuses() {
    let tenant = tenant();
    let configurations = "/deviceManagement/deviceConfigurations";
    for (url, expect) in [
        (format!("{configurations}?$filter=isof('microsoft.graph.iosUpdateConfiguration')"), 200),
        ("/deviceManagement/deviceEnrollmentConfigurations?$filter=isof('microsoft.graph.deviceEnrollmentLimitConfiguration')".into(), 400),
        (format!("{configurations}?$filter=endsWith(displayName,'x')"), 400),
        (format!("{configurations}?$expand=settings"), 400),
        ("/deviceAppManagement/policySets?$expand=assignments".into(), 400),
        ("/deviceManagement/termsAndConditions?$expand=assignments".into(), 400),
        ("/policies/roleManagementPolicies".into(), 400),
        ("/deviceManagement/androidManagedStoreAccountEnterpriseSettings".into(), 404),
        (format!("{configurations}/00000000-0000-0000-0000-000000000000"), 404),
    ] {
        assert_eq!(status(&tenant, "beta", &url, false), expect, "{url}");
    }
    let text = tenant
        .answer(&request("GET", "beta", &format!("{configurations}/x")))
        .body;
    let message = text["error"]["message"].as_str().unwrap();
    assert!(
        message.starts_with('{'),
        "Intune writes JSON into its message: {message}"
    );
    assert_eq!(
        status(
            &tenant,
            "v1.0",
            "/deviceManagement/configurationPolicies",
            false
        ),
        400
    );
}

#[test]
fn pages_add_up_whatever_their_size() {
    let tenant = tenant();
    let mut talk = Talk {
        tenant: &tenant,
        said: Vec::new(),
    };
    let list = "/deviceManagement/configurationPolicies";
    let (_, all) = talk.all("beta", list);
    assert_eq!(all.len(), tenant.count(list));
    for query in [
        "$top=7",
        "$top=1000",
        "$orderby=name desc&$top=9",
        "$expand=assignments&$top=20",
    ] {
        let (_, found) = talk.all("beta", &format!("{list}?{query}"));
        let ids = |of: &[Value]| {
            of.iter()
                .map(|p| p["id"].to_string())
                .collect::<BTreeSet<_>>()
        };
        assert_eq!(ids(&found), ids(&all), "{query}");
    }
    let (_, some) = talk.all(
        "beta",
        &format!("{list}?$filter=templateReference/templateFamily ne 'none'&$top=3"),
    );
    let family = |p: &Value| {
        p["templateReference"]["templateFamily"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        some.len(),
        all.iter().filter(|p| family(p) != "none").count()
    );
    let (_, users) = talk.all("v1.0", "/users?$select=id&$top=37");
    assert_eq!(users.len(), tenant.count("/users"));
    assert_eq!(users[0].as_object().unwrap().len(), 1, "{}", users[0]);
    let forged = format!("{list}?$skiptoken=RFNwdAIAAQ0000000000000000");
    assert_eq!(talk.get("beta", &forged).status, 400);
    judge(&talk.said, "pages");
}

#[test]
fn both_key_styles_and_children_answer_alike() {
    let tenant = tenant();
    let mut talk = Talk {
        tenant: &tenant,
        said: Vec::new(),
    };
    let list = "/deviceManagement/configurationPolicies";
    let (_, found) = talk.all(
        "beta",
        &format!("{list}?$filter=name eq 'WIN - SC - BitLocker - D - v2.0'"),
    );
    let id = found[0]["id"].as_str().unwrap();
    let expand = "$expand=settingDefinitions&$top=1000";
    let slash = talk.get("beta", &format!("{list}/{id}/settings?{expand}"));
    // The contract's paths have only the other style: not for the judge.
    let brackets = tenant.answer(&request(
        "GET",
        "beta",
        &format!("{list}('{id}')/settings?{expand}"),
    ));
    assert_eq!(slash.body["value"], brackets.body["value"]);
    assert_eq!(slash.body["value"].as_array().unwrap().len(), 7);
    assert!(slash.body["value"][0]["settingDefinitions"][0]["id"].is_string());
    let plain = talk.get("beta", &format!("{list}/{id}/settings"));
    assert!(plain.body["value"][0].get("settingDefinitions").is_none());

    let scripts = "/deviceManagement/deviceManagementScripts";
    let (_, found) = talk.all("beta", scripts);
    assert!(found.iter().all(|s| s["scriptContent"].is_null()));
    let one = talk.get(
        "beta",
        &format!("{scripts}/{}", found[0]["id"].as_str().unwrap()),
    );
    assert!(one.body["scriptContent"].is_string());

    let (_, found) = talk.all(
        "beta",
        "/deviceManagement/deviceConfigurations?$filter=displayName eq 'WIN - Custom - OMA-URI'",
    );
    let oma = found[0]["omaSettings"].as_array().unwrap();
    let secret = oma.iter().find(|s| s["isEncrypted"] == true).unwrap();
    assert!(secret.get("%plain").is_none());
    let path = format!(
        "/deviceManagement/deviceConfigurations/{}/getOmaSettingPlainTextValue(secretReferenceValueId='{}')",
        found[0]["id"].as_str().unwrap(),
        secret["secretReferenceValueId"].as_str().unwrap()
    );
    assert_eq!(talk.get("beta", &path).body["value"], "emulator-l2tp-key");
    judge(&talk.said, "keys");
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

#[test]
fn hostile_names_can_be_left_out_and_the_seed_decides_everything() {
    let names = |options: &GeneratorOptions| {
        let tenant = Tenant::generate(options);
        let mut talk = Talk {
            tenant: &tenant,
            said: Vec::new(),
        };
        let (_, found) = talk.all("beta", "/deviceManagement/configurationPolicies");
        found
            .iter()
            .map(|p| p["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let wild = names(&GeneratorOptions::default());
    assert!(HOSTILE_NAMES.iter().all(|n| wild.iter().any(|w| w == n)));
    assert_eq!(wild, names(&GeneratorOptions::default()));
    let tame = names(&GeneratorOptions {
        hostile: false,
        ..GeneratorOptions::default()
    });
    assert!(HOSTILE_NAMES.iter().all(|n| tame.iter().all(|t| t != n)));
    let other = names(&GeneratorOptions {
        seed: 2,
        ..GeneratorOptions::default()
    });
    assert_ne!(wild, other);
}

#[test]
fn every_setting_of_the_tables_has_a_definition() {
    let world = World::new(&GeneratorOptions::default());
    let mut unknown = Vec::new();
    for block in build::blocks() {
        for object in block.objects() {
            let Some(short) = object.get("%settings") else {
                continue;
            };
            let built = settings::settings(&world.dictionary, short, "");
            let (wanted, made) = (keys(short), instances(&Value::from(built)));
            if wanted != made {
                unknown.push(format!(
                    "{:?}: {wanted} keys, {made} settings",
                    object.get("name")
                ));
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}

fn keys(short: &Value) -> usize {
    match short {
        Value::Object(members) => members
            .iter()
            .map(|(k, v)| usize::from(k != "=") + keys(v))
            .sum(),
        Value::Array(items) => items.iter().map(keys).sum(),
        _ => 0,
    }
}

fn instances(value: &Value) -> usize {
    match value {
        Value::Object(members) => {
            usize::from(members.contains_key("settingDefinitionId"))
                + members
                    .iter()
                    .filter(|(k, _)| !k.starts_with('+'))
                    .map(|(_, v)| instances(v))
                    .sum::<usize>()
        }
        Value::Array(items) => items.iter().map(instances).sum(),
        _ => 0,
    }
}
