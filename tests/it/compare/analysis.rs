//! The page's requests for analyses, from dropped files to answers.

use domain::desk::Comparer;
use domain::protocol::{
    CompareLine, CompareOptions, ConflictQuery, Cover, CoverageQuery, DriftKind, Event, File,
    MatrixQuery, Overlap, PickedPolicies, Reach, Request, State,
};

/// A settings catalog policy: name, settings, whom it reaches (`all`, `none`, a group, or `?` for not said).
fn policy(name: &str, settings: &[(&str, &str)], reach: &str) -> File {
    let settings: Vec<String> = settings
        .iter()
        .map(|(id, value)| {
            format!(
                r#"{{"settingInstance":{{"settingDefinitionId":"device_vendor_msft_policy_config_{id}","choiceSettingValue":{{"value":"device_vendor_msft_policy_config_{id}_{value}","children":[]}}}}}}"#
            )
        })
        .collect();
    let target = match reach {
        "all" => r##"{"target":{"@odata.type":"#microsoft.graph.allDevicesAssignmentTarget"}}"##
            .to_owned(),
        "none" | "?" => String::new(),
        group => format!(
            r##"{{"target":{{"@odata.type":"#microsoft.graph.groupAssignmentTarget","groupId":"{group}"}}}}"##
        ),
    };
    let assignments = match reach {
        "?" => String::new(),
        _ => format!(r#","assignments":[{target}]"#),
    };
    File {
        path: format!("pack/{name}.json"),
        mime: String::new(),
        bytes: format!(
            r#"{{"name":"{name}","platforms":"windows10","technologies":"mdm","lastModifiedDateTime":"2026-05-01T10:00:00Z","settings":[{}]{assignments}}}"#,
            settings.join(",")
        )
        .into_bytes(),
    }
}

fn desk(baseline: Vec<File>, tenant: Vec<File>) -> Comparer {
    let mut desk = Comparer::default();
    super::open(&mut desk, tenant);
    desk.answer(Request::AddBaseline(baseline));
    let compared = desk.answer(Request::Compare(CompareOptions::default()));
    assert!(matches!(compared, Some(Event::Compared(_))), "{compared:?}");
    desk
}

pub(super) fn file(name: &str, text: &str) -> File {
    File {
        path: name.to_owned(),
        mime: String::new(),
        bytes: text.as_bytes().to_vec(),
    }
}

/// Each setting ends in its own way.
pub(super) fn standard() -> Comparer {
    let wanted = [
        ("a_full", "1"),
        ("a_part", "1"),
        ("a_idle", "1"),
        ("a_other", "1"),
        ("a_gone", "1"),
        ("a_unknown", "1"),
        ("camera_allowcamera", "0"),
    ];
    let template = r##"{"@odata.type":"#microsoft.graph.windows10GeneralConfiguration","displayName":"Template","cameraBlocked":true,"assignments":[{"target":{"@odata.type":"#microsoft.graph.allLicensedUsersAssignmentTarget"}}]}"##;
    desk(
        vec![policy("Wanted", &wanted, "?")],
        vec![
            policy("All", &[("a_full", "1"), ("a_other", "0")], "all"),
            policy("Group", &[("a_part", "1"), ("a_full", "0")], "g1"),
            policy("Nobody", &[("a_idle", "1")], "none"),
            policy("Unsaid", &[("a_unknown", "1"), ("a_extra", "1")], "?"),
            file("pack/Template.json", template),
        ],
    )
}

#[test]
fn coverage_says_who_sets_what_for_whom() {
    let mut desk = standard();
    let query = CoverageQuery {
        count: 100,
        ..CoverageQuery::default()
    };
    let Some(Event::Coverage(window)) = desk.answer(Request::Coverage(query.clone())) else {
        panic!("no coverage");
    };
    let of = |name: &str| {
        let line = window
            .lines
            .iter()
            .find(|l| l.name.to_lowercase().contains(name));
        let line = line.unwrap_or_else(|| panic!("{name}: {:?}", window.lines));
        let reach = line.places.first().map(|place| place.reach);
        (line.cover, reach, line.conflict, line.places.len())
    };
    assert_eq!(of("full"), (Cover::Full, Some(Reach::All), true, 2));
    assert_eq!(of("part"), (Cover::Part, Some(Reach::Some), false, 1));
    assert_eq!(of("idle"), (Cover::Idle, Some(Reach::Nobody), false, 1));
    assert_eq!(of("other"), (Cover::Otherwise, Some(Reach::All), false, 1));
    assert_eq!(of("gone"), (Cover::NotSet, None, false, 0));
    assert_eq!(
        of("unknown"),
        (Cover::Unknown, Some(Reach::Unknown), false, 1)
    );
    assert_eq!(of("camera"), (Cover::Full, Some(Reach::All), false, 1));
    let c = window.counts;
    assert_eq!(
        (c.full, c.part, c.idle, c.otherwise, c.not_set, c.unknown),
        (2, 1, 1, 1, 1, 1)
    );
    let only = CoverageQuery {
        covers: vec![Cover::Idle],
        text: "nobody".to_owned(),
        ..query
    };
    match desk.answer(Request::Coverage(only)) {
        Some(Event::Coverage(window)) => assert_eq!((window.matching, window.lines.len()), (1, 1)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn policies_to_pick_from_are_found_by_their_names() {
    let mut desk = standard();
    let mut names = |side, text: &str| match desk.answer(Request::PoliciesOf(side, text.to_owned()))
    {
        Some(Event::Found(hits)) => hits.into_iter().map(|h| (h.index, h.title)).collect(),
        other => vec![(99, format!("{other:?}"))],
    };
    assert_eq!(names(0, "gRo up"), [(1, "Group".to_owned())]);
    assert_eq!(names(1, ""), [(0, "Wanted".to_owned())]);
    assert_eq!(names(0, "nothing"), []);
    assert!(names(7, "")[0].1.contains("desk.no_such_side"));
}

#[test]
fn conflicts_say_whether_policies_can_meet() {
    let two = |a: &str, b: &str, value: &str| {
        let tenant = vec![
            policy("A", &[("x_y", "1")], a),
            policy("B", &[("x_y", value)], b),
        ];
        let mut desk = desk(vec![policy("W", &[("q_q", "1")], "?")], tenant);
        let query = ConflictQuery {
            overlaps: vec![Overlap::Yes, Overlap::Maybe, Overlap::No, Overlap::Unknown],
            count: 10,
            ..ConflictQuery::default()
        };
        match desk.answer(Request::Conflicts(query)) {
            Some(Event::Conflicts(window)) => window.lines.first().map(|line| line.overlap),
            other => panic!("{other:?}"),
        }
    };
    for (a, b, value, wanted) in [
        ("all", "all", "0", Some(Overlap::Yes)),
        ("g1", "G1", "0", Some(Overlap::Yes)),
        ("g1", "g2", "0", Some(Overlap::Maybe)),
        ("all", "none", "0", Some(Overlap::No)),
        ("all", "?", "0", Some(Overlap::Unknown)),
        ("all", "all", "1", None),
    ] {
        assert_eq!(two(a, b, value), wanted, "{a} {b} {value}");
    }
}

#[test]
fn groups_of_a_side_are_not_counted_as_policies() {
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/static/demo/demo.json"
    ))
    .unwrap();
    let demo = domain::snapshot::file::read(&text, domain::snapshot::Source::Files).unwrap();
    assert!(demo.proper().count() < demo.policies.len());
    let mut desk = standard();
    match desk.answer(Request::AddSide(vec![file("demo.json", &text)])) {
        Some(Event::Sides(sides)) => {
            assert_eq!(sides[2].policies as usize, demo.proper().count());
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_matrix_shows_each_setting_across_sides() {
    let mut desk = standard();
    let added = desk.answer(Request::AddSide(vec![policy(
        "Third",
        &[("a_full", "1")],
        "all",
    )]));
    match added {
        Some(Event::Sides(sides)) => assert_eq!(sides.len(), 3, "{sides:?}"),
        other => panic!("{other:?}"),
    }
    let query = MatrixQuery {
        sides: vec![1, 0, 2],
        count: 100,
        ..MatrixQuery::default()
    };
    let Some(Event::Matrix(window)) = desk.answer(Request::Matrix(query.clone())) else {
        panic!("no matrix");
    };
    assert_eq!((window.columns.len(), window.rows.len()), (3, 8));
    let row = window
        .rows
        .iter()
        .find(|row| row.id.ends_with("a_full"))
        .unwrap();
    let states: Vec<State> = row.cells.iter().map(|cell| cell.state).collect();
    // The tenant's policies disagree about it.
    assert_eq!(states, [State::Same, State::Different, State::Same]);
    assert_eq!(row.cells[1].policies, 2);
    assert!(row.cells[1].value.contains(" | "));
    let differing = MatrixQuery {
        differing: true,
        sides: vec![1, 1],
        ..query
    };
    match desk.answer(Request::Matrix(differing)) {
        Some(Event::Matrix(window)) => assert_eq!(window.matching, 0),
        other => panic!("{other:?}"),
    }
    let gone = Request::Matrix(MatrixQuery {
        sides: vec![7],
        ..MatrixQuery::default()
    });
    assert!(matches!(desk.answer(gone), Some(Event::Failed(p)) if p.code == "desk.no_such_side"));
}

#[test]
fn two_policies_are_picked_by_hand() {
    let mut desk = standard();
    let ask = |left, right| {
        Request::ComparePicked(PickedPolicies {
            left,
            right,
            rules_off: Vec::new(),
        })
    };
    let Some(Event::Picked(view)) = desk.answer(ask((1, 0), (0, 0))) else {
        panic!("not picked");
    };
    assert_eq!((view.left.as_str(), view.right.as_str()), ("Wanted", "All"));
    let c = view.counts;
    assert_eq!((c.same, c.different, c.missing, c.extra), (1, 1, 5, 0));
    assert!(matches!(
        desk.answer(ask((1, 9), (0, 0))),
        Some(Event::Failed(_))
    ));
}

#[test]
fn drift_tells_what_changed_and_when() {
    let mut desk = desk(
        vec![
            policy("Kept", &[("a_a", "1")], "all"),
            policy("Changed", &[("b_b", "1")], "all"),
            policy("Moved", &[("c_c", "1")], "all"),
            policy("Gone", &[("d_d", "1")], "all"),
        ],
        vec![
            policy("Kept", &[("a_a", "1")], "all"),
            policy("Changed", &[("b_b", "2")], "all"),
            policy("Moved", &[("c_c", "1")], "g1"),
            policy("New", &[("e_e", "1")], "all"),
        ],
    );
    let Some(Event::Drift(lines)) = desk.answer(Request::Drift) else {
        panic!("no drift");
    };
    let mut told: Vec<(DriftKind, &str, &str, bool)> = lines
        .iter()
        .map(|l| (l.kind, l.before.as_str(), l.after.as_str(), l.assignments))
        .collect();
    told.sort_by_key(|(_, before, after, _)| (*before, *after));
    assert_eq!(
        told,
        [
            (DriftKind::Added, "", "New", false),
            (DriftKind::Changed, "Changed", "Changed", false),
            (DriftKind::Removed, "Gone", "", false),
            (DriftKind::Changed, "Moved", "Moved", true),
        ]
    );
    let changed = lines.iter().find(|l| l.after == "Changed").unwrap();
    assert_eq!(changed.when, "2026-05-01T10:00:00Z");
    assert!(changed.who.is_empty());
}

#[test]
fn what_a_rule_suppressed_can_be_shown_even_where_reading_left_it_out() {
    let side = |name: &str, date: &str, groups: &str| {
        file(
            "pack/CA.json",
            &format!(
                r#"{{"id":"1","displayName":"{name}","modifiedDateTime":"{date}","state":"enabled","conditions":{{"users":{{"excludeGroups":{groups}}}}},"grantControls":{{"operator":"OR","builtInControls":["mfa"]}}}}"#
            ),
        )
    };
    let mut desk = desk(
        vec![side("Old", "2025-01-01T00:00:00Z", r#"["a","b"]"#)],
        vec![side("New", "2026-01-01T00:00:00Z", r#"["b","a"]"#)],
    );
    let mut told = |rule: &str| match desk.answer(Request::Suppressed(rule.to_owned())) {
        Some(Event::CompareRows(window)) => window
            .lines
            .iter()
            .map(|line| match line {
                CompareLine::Setting(line) => format!("{}|{}", line.left, line.right),
                CompareLine::Group { title, .. } => title.clone(),
            })
            .collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(told("dates"), ["2025-01-01T00:00:00Z|2026-01-01T00:00:00Z"]);
    assert_eq!(told("about"), ["Old|New"]);
    assert_eq!(told("order").len(), 1);
    assert_eq!(told("empty"), Vec::<String>::new());
    // Switched off, it is a difference like any other.
    let off = CompareOptions {
        rules_off: vec!["dates".to_owned()],
        ..CompareOptions::default()
    };
    match desk.answer(Request::Compare(off)) {
        Some(Event::Compared(summary)) => assert_eq!(summary.settings.different, 1),
        other => panic!("{other:?}"),
    }
}
