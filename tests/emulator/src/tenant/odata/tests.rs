use serde_json::json;

use super::filter::Filter;
use super::query::{Query, Refused};
use super::render::{Navigate, Place, object};

struct Nothing;

impl Navigate for Nothing {
    fn navigate(&self, _: &serde_json::Value, _: &str) -> Option<serde_json::Value> {
        None
    }
}

fn query(options: &[(&str, &str)]) -> Result<Query, Refused> {
    let options: Vec<_> = options
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect();
    Query::read(&options)
}

#[test]
fn filters_judge_objects() {
    let policy = json!({
        "@odata.type": "#microsoft.graph.iosUpdateConfiguration",
        "name": "Win - O'Brien", "version": 3, "isAssigned": true, "description": null,
        "templateReference": {"templateFamily": "none"},
        "roleScopeTagIds": ["0", "4"],
        "createdDateTime": "2026-01-05T10:00:00Z",
        "+assignments": [{"target": {"groupId": "a"}}],
    });
    for (text, expect) in [
        ("name eq 'win - o''brien'", true),
        ("version gt 2 and version le 3", true),
        ("not (version gt 2)", false),
        ("isAssigned eq true", true),
        ("description eq null", true),
        ("description ne null", false),
        ("templateReference/templateFamily eq 'none'", true),
        (
            "templateReference/templateFamily in ('baseline', 'none')",
            true,
        ),
        ("startswith(name,'WIN')", true),
        ("endsWith(name,'x') or contains(name,'BRIEN')", true),
        ("isof('microsoft.graph.iosUpdateConfiguration')", true),
        (
            "isof('microsoft.graph.iosUpdateConfiguration') eq false",
            false,
        ),
        ("microsoft.graph.x/version eq 3", true),
        ("roleScopeTagIds/any(t:t eq '4')", true),
        ("roleScopeTagIds/any(t: t eq '5')", false),
        ("assignments/any()", true),
        ("createdDateTime ge 2026-01-05T00:00:00Z", true),
        ("createdDateTime lt 2026-01-05T00:00:00Z", false),
        ("missing eq 'x'", false),
        ("missing ne 'x'", true),
    ] {
        let filter = Filter::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(filter.accepts(&policy), expect, "{text}");
    }
    for text in [
        "name",
        "name eq",
        "name eq 'x",
        "(name eq 'x'",
        "frob(name)",
        "name eq 'x' 'y'",
    ] {
        assert!(Filter::parse(text).is_err(), "{text}");
    }
}

#[test]
fn expand_nests_and_select_prunes() {
    let policy = json!({
        "id": "1", "displayName": "x", "-scriptContent": "aGk=", "~hardware": {"a": 1}, "%secret": 1,
        "+rules": [{"id": "r", "ruleName": null, "+actions": [{"id": "a", "grace": 1}]}],
    });
    let show = |options: &[(&str, &str)], place| {
        let query = query(options).unwrap_or_else(|e| panic!("{e:?}"));
        object(&policy, &query, place, "ctx", &Nothing)
    };
    assert_eq!(
        show(&[], Place::List),
        json!({"id": "1", "displayName": "x", "scriptContent": null, "hardware": null})
    );
    assert_eq!(
        show(&[("$select", "id,hardware,scriptContent")], Place::Item),
        json!({"id": "1", "scriptContent": "aGk=", "hardware": {"a": 1}})
    );
    assert_eq!(
        show(
            &[
                ("$select", "id"),
                ("$expand", "rules($expand=actions($select=id);$select=id)")
            ],
            Place::List
        ),
        json!({"id": "1", "rules@odata.context": "ctx/rules", "rules": [
            {"id": "r", "actions@odata.context": "ctx/actions", "actions": [{"id": "a"}]}]})
    );
}

#[test]
fn options_are_strict() {
    for bad in [
        [("$top", "0")],
        [("$top", "ten")],
        [("$frob", "1")],
        [("$expand", "a(b)")],
        [("$filter", "a eq")],
    ] {
        assert!(matches!(query(&bad), Err(Refused::Malformed(_))), "{bad:?}");
    }
    let ok = query(&[
        ("$search", "\"displayName:Win\" AND \"x\""),
        ("tenant", "1"),
    ]);
    assert_eq!(
        ok.map(|q| q.search),
        Ok(vec![
            ("displayName".into(), "win".into()),
            (String::new(), "x".into())
        ])
    );
}
