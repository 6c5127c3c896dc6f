//! What Entra's sign-in log answers, and what it refuses.

use super::*;
use crate::options::{CLIENT_ID, WRITER_ID};

const LOG: &str = "/auditLogs/signIns";

#[test]
fn the_log_takes_what_its_page_documents_and_no_more() {
    let tenant = tenant();
    let app = format!("$filter=appId eq '{CLIENT_ID}'");
    for (query, expect) in [
        (String::new(), 200),
        (app.clone(), 200),
        (
            format!("{app}&$orderby=createdDateTime desc&$top=50&$select=id,status"),
            200,
        ),
        (
            "$filter=createdDateTime ge 2026-11-01T00:00:00Z and status/errorCode eq 0".to_owned(),
            200,
        ),
        ("$filter=startsWith(appDisplayName,'Plumb')".to_owned(), 200),
        ("$top=1000".to_owned(), 200),
        ("$top=1001".to_owned(), 400),
        ("$top=0".to_owned(), 400),
        ("$orderby=userDisplayName".to_owned(), 400),
        ("$filter=appId ne 'x'".to_owned(), 400),
        ("$filter=deviceDetail/browser eq 'x'".to_owned(), 400),
        ("$filter=endsWith(userPrincipalName,'x')".to_owned(), 400),
        ("$search=\"x\"".to_owned(), 400),
        ("$count=true".to_owned(), 400),
        ("$skip=1".to_owned(), 400),
        ("$expand=user".to_owned(), 400),
    ] {
        let url = format!("{LOG}?{query}");
        let answer = tenant.answer(&request("GET", "v1.0", &url));
        assert_eq!(answer.status, expect, "{query}: {}", answer.body);
    }
}

#[test]
fn each_app_has_its_own_sign_ins_the_newest_first() {
    let tenant = tenant();
    let mut talk = Talk {
        tenant: &tenant,
        said: Vec::new(),
    };
    for (app, count) in [(CLIENT_ID, 63), (WRITER_ID, 2), ("nobody", 0)] {
        let query = format!("$filter=appId eq '{app}'&$orderby=createdDateTime desc&$top=50");
        let answer = talk.get("v1.0", &format!("{LOG}?{query}"));
        let more = answer.body["@odata.nextLink"].is_string();
        assert_eq!(more, count > 50, "{app}");
        let (_, all) = talk.all("v1.0", &format!("{LOG}?{query}"));
        assert_eq!(all.len(), count, "{app}");
        assert!(all.iter().all(|one| one["appId"] == app));
        let times: Vec<&str> = all
            .iter()
            .filter_map(|one| one["createdDateTime"].as_str())
            .collect();
        assert!(times.is_sorted_by(|a, b| a >= b), "{times:?}");
    }
    // Some did not get in, and one was asked for more.
    let (_, all) = talk.all("v1.0", &format!("{LOG}?$filter=appId eq '{CLIENT_ID}'"));
    for code in [0, 50_074, 50_126, 53_003] {
        let found = all.iter().any(|one| one["status"]["errorCode"] == code);
        assert!(found, "{code}");
    }
    judge(&talk.said, "sign-ins");
}
