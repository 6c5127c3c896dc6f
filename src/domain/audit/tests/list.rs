//! The events as a list.

use super::*;

#[test]
fn the_list_is_found_sorted_and_cut() {
    let more = r#","category":"Device""#;
    let events = [
        intune("1", "2026-10-05T10:00:00Z", r#""bo@x.example""#, more),
        intune("2", "2026-10-06T10:00:00Z", r#""Ada@x.example""#, "").replace(ID, OTHER),
        intune("3", "2026-10-07T10:00:00Z", r#""cy@x.example""#, "").replace("Success", "Fail"),
    ];
    let trail = trail(&events);
    let who = |query: AuditQuery| {
        let window = trail.window(&AuditQuery { count: 9, ..query });
        let names = window
            .lines
            .into_iter()
            .map(|line| line.who[..2].to_owned());
        (window.matching, names.collect::<Vec<_>>().join(" "))
    };
    let sort = |sort: &str| AuditQuery {
        sort: sort.to_owned(),
        ..AuditQuery::default()
    };
    let text = |text: &str| AuditQuery {
        text: text.to_owned(),
        ..AuditQuery::default()
    };
    for (query, expect) in [
        (AuditQuery::default(), (3, "cy Ad bo")),
        (sort("at"), (3, "bo Ad cy")),
        (sort("who"), (3, "Ad bo cy")),
        (sort("-who"), (3, "cy bo Ad")),
        (text("ADA edge"), (1, "Ad")),
        (text("device"), (1, "bo")),
        (text("nobody"), (0, "")),
        (
            AuditQuery {
                about: OTHER.to_owned(),
                ..AuditQuery::default()
            },
            (1, "Ad"),
        ),
        (
            AuditQuery {
                failed: true,
                ..AuditQuery::default()
            },
            (1, "cy"),
        ),
        (
            AuditQuery {
                log: Some(AuditLog::Directory),
                ..AuditQuery::default()
            },
            (0, ""),
        ),
        (
            AuditQuery {
                from: 2,
                ..AuditQuery::default()
            },
            (3, "bo"),
        ),
        (
            AuditQuery {
                from: 99,
                ..AuditQuery::default()
            },
            (3, ""),
        ),
    ] {
        let (matching, names) = who(query.clone());
        assert_eq!((matching, names.as_str()), expect, "{query:?}");
    }
    let detail = trail.detail(0).unwrap();
    assert_eq!(
        (detail.line.who.as_str(), detail.resources[0].id.as_str()),
        ("cy@x.example", ID)
    );
    assert!(trail.detail(3).is_none());
}

#[test]
fn long_values_are_told_line_by_line() {
    let property = r#""modifiedProperties":[{"displayName":"Policy","oldValue":"{\"state\":\"off\",\"n\":1}","newValue":"{\"state\":\"on\",\"n\":1}"}]"#;
    let text = format!(r#"[{{"id":"1","targetResources":[{{"id":"{ID}",{property}}}]}}]"#);
    let mut trail = Trail::default();
    trail.take(1, AuditLog::Directory, &text);
    trail.end(1, "t", &[read(AuditLog::Directory, None)]);
    let detail = trail.detail(0).unwrap();
    let change = &detail.resources[0].changes[0];
    assert_eq!((&change.before, &change.after), (&None, &None));
    let signs: String = change.lines.iter().map(|(sign, _)| *sign).collect();
    assert_eq!(signs, " -+  ");
}
