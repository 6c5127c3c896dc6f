//! Bugs that other tools had, as tests: what no test elsewhere holds by its name.

use domain::baseline::{self, Entry};
use domain::diff::compare;
use domain::inventory::view::{assigned_state, assigned_to};
use domain::policy::Policy;
use domain::protocol::{AssignedState, CompareOptions};

fn policy(text: &str) -> Policy {
    let entry = Entry {
        path: "a.json".to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let mut side = baseline::read(vec![entry], "").snapshot;
    assert_eq!(side.policies.len(), 1, "{text}: {:?}", side.findings);
    side.policies.remove(0)
}

fn assigned(targets: &[&str]) -> Policy {
    let target = |kind: &&str| {
        let (kind, rest) = kind.split_once(' ').unwrap_or((kind, ""));
        format!(
            r##"{{"target":{{"@odata.type":"#microsoft.graph.{kind}AssignmentTarget"{rest}}}}}"##
        )
    };
    let targets: Vec<String> = targets.iter().map(target).collect();
    policy(&format!(
        r#"{{"name":"P","platforms":"windows10","technologies":"mdm","settings":[],"assignments":[{}]}}"#,
        targets.join(",")
    ))
}

/// "All devices" with an exclusion was shown as unassigned, an exclusion alone as assigned, and one of "All users"
/// and "All devices" was lost with the other.
#[test]
fn all_devices_with_an_exclusion_is_assigned_and_an_exclusion_alone_is_not() {
    let (users, devices) = ("allLicensedUsers", "allDevices");
    let out = r#"exclusionGroup ,"groupId":"g""#;
    let cases: [(&[&str], AssignedState, &str); 6] = [
        (
            &[devices, out],
            AssignedState::Assigned,
            "All devices, 1 excluded",
        ),
        (
            &[out, devices],
            AssignedState::Assigned,
            "All devices, 1 excluded",
        ),
        (&[out], AssignedState::Unassigned, "1 excluded"),
        (
            &[users, devices],
            AssignedState::Assigned,
            "All users, All devices",
        ),
        (&[devices], AssignedState::Assigned, "All devices"),
        (&[], AssignedState::Unassigned, ""),
    ];
    for (targets, state, words) in cases {
        let policy = assigned(targets);
        assert_eq!(
            (assigned_state(&policy), assigned_to(&policy).as_str()),
            (state, words)
        );
    }
    // No key is not no assignment.
    let silent =
        policy(r#"{"name":"P","platforms":"windows10","technologies":"mdm","settings":[]}"#);
    assert_eq!(assigned_state(&silent), AssignedState::Unknown);
}

/// The direction of a filter on an assignment was turned round.
#[test]
fn a_filter_keeps_its_direction() {
    for (word, include) in [
        ("include", Some(true)),
        ("exclude", Some(false)),
        ("none", None),
    ] {
        let one = format!(
            r#"allDevices ,"deviceAndAppManagementAssignmentFilterId":"f","deviceAndAppManagementAssignmentFilterType":"{word}""#
        );
        let policy = assigned(&[&one]);
        let list = policy.assignments.get().unwrap();
        let filter = list[0].filter.as_ref().map(|filter| filter.include);
        assert_eq!(filter, include, "{word}");
    }
}

/// Zero was taken for absent, and an empty text for something else than an empty list.
#[test]
fn zero_is_a_value_and_nothing_is_nothing_in_every_form() {
    let value = |member: &str| {
        let entry = Entry {
            path: "a.json".to_owned(),
            bytes: format!(
                r##"{{"@odata.type":"#microsoft.graph.windows10GeneralConfiguration","id":"1","displayName":"P","cameraBlocked":true{member}}}"##
            )
            .into_bytes(),
        };
        baseline::read(vec![entry], "").snapshot
    };
    let nothing = ["", r#","x":null"#, r#","x":"""#, r#","x":[]"#];
    let something = [r#","x":0"#, r#","x":"0""#, r#","x":["0"]"#, r#","x":1"#];
    let judge = |a: &str, b: &str, off: &[&str]| {
        let options = CompareOptions {
            rules_off: off.iter().map(|rule| (*rule).to_owned()).collect(),
            ..CompareOptions::default()
        };
        let s = compare(&value(a), &value(b), &options).settings;
        s.different + s.missing + s.extra
    };
    let differ = |a: &str, b: &str| judge(a, b, &[]);
    for a in nothing {
        for b in nothing {
            assert_eq!(differ(a, b), 0, "{a} {b}");
        }
        for b in something {
            assert_eq!((differ(a, b), differ(b, a)), (1, 1), "{a} {b}");
        }
    }
    assert_eq!(differ(something[0], something[something.len() - 1]), 1);
    // A switch that is off is what Graph fills in, by a rule that has a name and can be switched off.
    let off = r#","x":false"#;
    for one in nothing {
        assert_eq!(
            (differ(one, off), judge(one, off, &["default"])),
            (0, 1),
            "{one}"
        );
    }
    assert_eq!(judge("", nothing[1], &["empty"]), 1);
}
