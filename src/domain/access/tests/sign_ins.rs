//! Who signed in: how it ended, in words, and nothing taken for a success or for nobody.

use super::*;
use crate::protocol::{AppSignIn, PolicyResult, SignInEnd};

fn of(app: &str, page: &str, gap: Option<Gap>) -> LiveRead {
    LiveRead {
        app: app.to_owned(),
        ..read(Live::SignIns, &[page], gap)
    }
}

fn one(status: &str) -> AppSignIn {
    let page = format!(r#"[{{"id":"s","status":{status}}}]"#);
    let mut list = super::super::app(&[of(CLIENT, &page, None)]).sign_ins;
    assert_eq!(list.gap, None, "{status}");
    list.value.pop().unwrap()
}

#[test]
fn a_sign_in_ends_as_its_number_says() {
    use SignInEnd::{Asked, In, Refused, Unknown};
    for (status, end, why) in [
        (r#"{"errorCode":0,"failureReason":"Other."}"#, In, ""),
        (
            r#"{"errorCode":50126,"failureReason":"Error validating credentials"}"#,
            Refused,
            "wrong name or password",
        ),
        (r#"{"errorCode":50105}"#, Refused, "not assigned to the app"),
        (
            r#"{"errorCode":53003}"#,
            Refused,
            "blocked by Conditional Access",
        ),
        (r#"{"errorCode":50074}"#, Asked, "asked for a second factor"),
        (r#"{"errorCode":65001}"#, Asked, "asked for consent"),
        // A number without words of ours has Microsoft's, or only itself.
        (
            r#"{"errorCode":12345,"failureReason":"Theirs."}"#,
            Refused,
            "Theirs.",
        ),
        (r#"{"errorCode":12345}"#, Refused, ""),
        (r#"{"errorCode":-1}"#, Refused, ""),
        // What does not say how it ended did not succeed.
        (r#"{"errorCode":null}"#, Unknown, ""),
        (r#"{"errorCode":"0"}"#, Unknown, ""),
        ("{}", Unknown, ""),
        ("null", Unknown, ""),
    ] {
        let found = one(status);
        assert_eq!((found.end, found.why.as_str()), (end, why), "{status}");
    }
}

#[test]
fn the_newest_come_first_whichever_registration_they_are_of() {
    let row = |id: &str, at: &str| {
        format!(
            r#"{{"id":"{id}","userDisplayName":"N","userPrincipalName":"n@x","createdDateTime":"{at}","status":{{"errorCode":0}},
                "conditionalAccessStatus":"success","location":{{"city":"Oslo","state":"Oslo","countryOrRegion":"NO"}}}}"#
        )
    };
    let old = row("a", "2026-11-01T08:00:00Z");
    let new = row("c", "2026-11-03T08:00:00Z");
    let reader = format!("[{new},{old}]");
    let writer = format!("[{}]", row("b", "2026-11-02T08:00:00Z"));
    let more = Gap {
        reason: Reason::NotRead,
        detail: "more than 2".to_owned(),
    };
    let access = super::super::app(&[
        of(CLIENT, &reader, Some(more.clone())),
        of("writer", &writer, None),
    ]);
    let list = &access.sign_ins;
    let days: Vec<&str> = list.value.iter().map(|one| &one.at[8..10]).collect();
    assert_eq!(days, ["03", "02", "01"]);
    assert_eq!(list.value[1].app, "writer");
    assert_eq!(list.value[0].place, "Oslo, NO");
    assert_eq!(list.value[0].policies, PolicyResult::Passed);
    assert_eq!(list.gap, Some(more));
}

#[test]
fn what_was_refused_is_not_nobody() {
    let gap = |reason| Gap {
        reason,
        detail: String::new(),
    };
    for reason in [Reason::Scope, Reason::Role, Reason::Licence, Reason::Failed] {
        for first in [None, Some(gap(Reason::NotRead))] {
            let access = super::super::app(&[
                of(CLIENT, "[]", first),
                of("writer", "[]", Some(gap(reason))),
            ]);
            assert_eq!(access.sign_ins.gap, Some(gap(reason)));
        }
    }
    // An empty list, read to its end, is nobody.
    let access = super::super::app(&[of(CLIENT, "[]", None)]);
    assert_eq!(
        (access.sign_ins.value, access.sign_ins.gap),
        (Vec::new(), None)
    );
    // What is no sign-in is a gap beside the rest.
    let access = super::super::app(&[of(CLIENT, r#"[7,{"id":"s"}]"#, None)]);
    assert_eq!(access.sign_ins.value.len(), 1);
    assert_eq!(access.sign_ins.gap.unwrap().reason, Reason::Malformed);
}

#[test]
fn a_place_is_what_is_said_of_it() {
    for (location, place) in [
        (r#"{"city":"Oslo","countryOrRegion":"NO"}"#, "Oslo, NO"),
        (r#"{"city":null,"countryOrRegion":"NO"}"#, "NO"),
        (r#"{"city":"","countryOrRegion":""}"#, ""),
        ("null", ""),
    ] {
        let page = format!(r#"[{{"id":"s","location":{location}}}]"#);
        let access = super::super::app(&[of(CLIENT, &page, None)]);
        assert_eq!(access.sign_ins.value[0].place, place, "{location}");
    }
}
