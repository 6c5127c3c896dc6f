#![allow(clippy::unwrap_used)]
use super::check::{Check, Seen, SignIn, Verdict, check, worded};
use super::*;
use crate::json::Json;
use crate::oauth::cloud;
use crate::oauth::encode::from_form;
use crate::problem::Problem;

const READER: &str = "2f1c7f0e-6a55-4d0e-9f62-0c2a6f3f9a11";
const WRITER: &str = "7d3a1b52-0c94-4b0f-8a51-6f7e2d9c4b10";
const SITE: &str = "https://plumbline.contoso.com/";

fn plan() -> Plan {
    Plan {
        cloud: cloud::find("global").unwrap(),
        address: SITE.to_owned(),
        tenant: "contoso.onmicrosoft.com".to_owned(),
        reader: READER.to_owned(),
        writer: String::new(),
        features: vec!["inventory", "groups"],
    }
}

#[test]
fn every_tool_registers_this_address_as_a_single_page_application_without_a_secret() {
    for (tool, name) in TOOLS {
        for role in [Role::Reader, Role::Writer] {
            let text = snippet(tool, role, &plan());
            assert!(text.contains(SITE), "{name}: {text}");
            assert!(text.contains(role.name()), "{name}: {text}");
            let secret = text.replace("Certificates & secrets: none", "");
            assert!(!secret.to_lowercase().contains("secret"), "{name}: {text}");
            let own = text.replace("Application.ReadWrite.All", "");
            assert!(!own.contains("ReadWrite"), "{name}: {text}");
            if tool != Tool::Manifest {
                let assigned = [
                    "Assignment required: Yes",
                    "appRoleAssignmentRequired",
                    "app_role_assignment_required = true",
                ];
                assert!(
                    assigned.iter().any(|words| text.contains(words)),
                    "{name}: {text}"
                );
            }
        }
    }
}

#[test]
fn a_manifest_is_json_and_names_exactly_the_permissions_of_the_features() {
    let text = snippet(Tool::Manifest, Role::Reader, &plan());
    let json = Json::parse(&text).unwrap();
    let access = json.get("requiredResourceAccess").unwrap().elements();
    let ids = access[0].get("resourceAccess").unwrap().elements();
    assert_eq!(ids.len(), plan().scopes(Role::Reader).len());
    assert!(text.contains("f1493658-876a-4c87-8fa7-edb559b3476a"));
    assert_eq!(json.str_at("signInAudience"), Some("AzureADMyOrg"));
    let redirects = json.get("spa").unwrap().get("redirectUris").unwrap();
    assert_eq!(redirects.elements()[0].str(), Some(SITE));
    // The writer's has none, and no feature is none.
    let none = Plan {
        features: Vec::new(),
        tenant: "organizations".to_owned(),
        ..plan()
    };
    for role in [Role::Reader, Role::Writer] {
        let text = snippet(Tool::Manifest, role, &none);
        let json = Json::parse(&text).unwrap();
        assert!(
            json.get("requiredResourceAccess")
                .unwrap()
                .elements()
                .is_empty()
        );
        assert_eq!(json.str_at("signInAudience"), Some("AzureADMultipleOrgs"));
    }
}

#[test]
fn every_cloud_has_its_own_commands() {
    for (id, words) in [
        (
            "gcc-high",
            [
                "AzureUSGovernment",
                "-Environment USGov\n",
                "https://graph.microsoft.us/",
                "environment = \"usgovernmentl4\"",
            ],
        ),
        (
            "dod",
            [
                "AzureUSGovernment",
                "-Environment USGovDoD",
                "https://dod-graph.microsoft.us/",
                "environment = \"usgovernmentl5\"",
            ],
        ),
        (
            "china",
            [
                "AzureChinaCloud",
                "-Environment China",
                "https://microsoftgraph.chinacloudapi.cn/",
                "environment = \"china\"",
            ],
        ),
    ] {
        let plan = Plan {
            cloud: cloud::find(id).unwrap(),
            ..plan()
        };
        let text = [Tool::AzureCli, Tool::PowerShell, Tool::Terraform]
            .map(|tool| snippet(tool, Role::Reader, &plan))
            .concat();
        for word in words {
            assert!(text.contains(word), "{id}: {word}");
        }
        // A provider is configured once; both registrations may lie in one folder.
        let writer = snippet(Tool::Terraform, Role::Writer, &plan);
        assert!(!writer.contains("provider \""), "{id}: {writer}");
    }
}

#[test]
fn the_consent_link_asks_for_the_chosen_features_and_nothing_else() {
    let link = plan().consent().unwrap();
    let (page, query) = link.split_once('?').unwrap();
    assert_eq!(
        page,
        "https://login.microsoftonline.com/contoso.onmicrosoft.com/v2.0/adminconsent"
    );
    let query = from_form(query).unwrap();
    let get = |name| query.iter().find(|(n, _)| n == name).unwrap().1.to_string();
    assert_eq!(get("client_id"), READER);
    assert_eq!(get("redirect_uri"), SITE);
    let asked: Vec<String> = get("scope")
        .split(' ')
        .skip(2)
        .map(|s| s.rsplit('/').next().unwrap().to_owned())
        .collect();
    assert_eq!(asked, plan().scopes(Role::Reader));
    for (reader, tenant) in [
        ("", "contoso.com"),
        ("x", "contoso.com"),
        (READER, ""),
        (READER, "a/../b.c"),
        (READER, "common"),
    ] {
        let plan = Plan {
            reader: reader.into(),
            tenant: tenant.into(),
            ..plan()
        };
        assert_eq!(plan.consent(), None, "{reader} {tenant}");
    }
}

#[test]
fn the_configuration_that_is_written_is_one_that_is_read() {
    for (writer, features) in [
        ("", vec!["inventory"]),
        (WRITER, vec!["inventory", "groups"]),
        ("", FEATURES.iter().map(|f| f.id).collect()),
    ] {
        let plan = Plan {
            writer: writer.into(),
            features,
            ..plan()
        };
        let config = config::parse(&plan.config()).unwrap();
        assert_eq!(config.reader.id(), READER);
        assert_eq!(config.writer.as_ref().map_or("", |w| w.id()), writer);
        assert_eq!(config.features, plan.features);
        assert_eq!(config.tenant, plan.tenant);
    }
    let same = Plan {
        writer: READER.to_uppercase(),
        ..plan()
    };
    assert!(same.reader().is_err());
}

fn seen<'a>(text: &str, address: &'a str, policy: &'a str, sign_in: SignIn<'a>) -> Seen<'a> {
    Seen {
        address,
        config: worded(config::parse(text)),
        policy,
        enforced: Some(true),
        sign_in,
    }
}

fn verdicts(lines: &[Check]) -> String {
    lines
        .iter()
        .map(|line| match line.verdict {
            Verdict::Good => 'g',
            Verdict::Note => 'n',
            Verdict::Wrong => 'w',
            Verdict::Unknown => '?',
        })
        .collect()
}

#[test]
fn what_is_wrong_is_said_and_nothing_else() {
    const POLICY: &str = "default-src 'none'; connect-src 'self' https://login.microsoftonline.com https://graph.microsoft.com; base-uri 'none'";
    let good = plan().config();
    let refused = Problem::new("auth.redirect_uri", "Not registered.", "Register it.");
    let missing = ["Policy.Read.All".to_owned()];
    let cases: &[(&str, &str, &str, SignIn<'_>, &str)] = &[
        (&good, SITE, POLICY, SignIn::Good(&[]), "gggggggg"),
        (&good, SITE, POLICY, SignIn::None, "ggggggg?"),
        (&good, SITE, POLICY, SignIn::Good(&missing), "gggggggn"),
        (&good, SITE, POLICY, SignIn::Failed(&refused), "gggggggw"),
        (
            &good,
            "http://localhost:8080/",
            POLICY,
            SignIn::None,
            "ggggggg?",
        ),
        (
            &good,
            "http://plumbline.contoso.com/",
            POLICY,
            SignIn::None,
            "wgggggg?",
        ),
        (
            &good,
            "http://localhost.contoso.com/",
            POLICY,
            SignIn::None,
            "wgggggg?",
        ),
        (
            &good,
            "https://contoso.com/it's/",
            POLICY,
            SignIn::None,
            "wgggggg?",
        ),
        (
            &good,
            "https://contoso.github.io/plumbline/",
            POLICY,
            SignIn::None,
            "ngggggg?",
        ),
        (&good, SITE, "", SignIn::None, "gggggwg?"),
        (
            &good.replace("global", "china"),
            SITE,
            POLICY,
            SignIn::None,
            "gggggwg?",
        ),
        (
            &good.replace(READER, ""),
            SITE,
            POLICY,
            SignIn::None,
            "ggwgggg?",
        ),
        (
            &good.replace("contoso.onmicrosoft.com", "organizations"),
            SITE,
            POLICY,
            SignIn::None,
            "ggggngg?",
        ),
        (
            &good.replace("global", "moon").replace("inventory", "x"),
            SITE,
            POLICY,
            SignIn::None,
            "gwwg?",
        ),
    ];
    for (text, address, policy, sign_in, expect) in cases {
        let lines = check(&seen(text, address, policy, *sign_in));
        assert_eq!(verdicts(&lines), *expect, "{lines:#?}");
    }
    let not_started = Seen {
        enforced: None,
        ..seen(&good, SITE, POLICY, SignIn::None)
    };
    assert_eq!(verdicts(&check(&not_started)), "gggggg??");
}
