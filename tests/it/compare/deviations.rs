//! Accepted deviations, severities and the score.

use domain::desk::Comparer;
use domain::protocol::{
    Accept, CompareLine, CompareQuery, DeviationState, Event, ReportFormat, ReportOptions, Request,
    Score, Severity,
};

use super::analysis::{file, standard};

fn score(desk: &mut Comparer) -> Score {
    match desk.answer(Request::Score) {
        Some(Event::Score(score)) => *score,
        other => panic!("{other:?}"),
    }
}

fn line(desk: &mut Comparer, id: &str) -> (u32, bool) {
    let query = CompareQuery {
        text: id.to_owned(),
        count: 50,
        ..CompareQuery::default()
    };
    let Some(Event::CompareRows(window)) = desk.answer(Request::CompareRows(query)) else {
        panic!("no rows");
    };
    let found = window.lines.iter().find_map(|line| match line {
        CompareLine::Setting(line) => Some((line.index, line.accepted)),
        CompareLine::Group { .. } => None,
    });
    found.unwrap()
}

#[test]
fn a_deviation_is_accepted_saved_loaded_and_comes_back_when_it_ends() {
    let mut desk = standard();
    let before = score(&mut desk);
    assert_eq!((before.met.0, before.open.0, before.extra), (5, 2, 2));
    let (index, accepted) = line(&mut desk, "a_other");
    assert!(!accepted);
    let accept = |reason: &str, line: u32| {
        Request::Accept(Accept {
            line,
            any_value: false,
            reason: reason.to_owned(),
            owner: "Ada".to_owned(),
            expires: "2026-12-31".to_owned(),
            today: "2026-11-21".to_owned(),
        })
    };
    assert!(matches!(
        desk.answer(accept(" ", index)),
        Some(Event::Failed(p)) if p.code == "deviations.unsigned"
    ));
    match desk.answer(accept("Meeting rooms", index)) {
        Some(Event::Deviations(list)) => {
            assert_eq!(list.list.len(), 1);
            assert_eq!(
                (list.list[0].state, list.list[0].lines),
                (DeviationState::Holds, 1)
            );
        }
        other => panic!("{other:?}"),
    }
    assert!(line(&mut desk, "a_other").1);
    let mut open = |without_accepted| {
        let query = CompareQuery {
            without_accepted,
            count: 50,
            ..CompareQuery::default()
        };
        match desk.answer(Request::CompareRows(query)) {
            Some(Event::CompareRows(window)) => window.settings,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!((open(false), open(true), open(false)), (5, 4, 5));
    match desk.answer(Request::CompareDetail(index)) {
        Some(Event::CompareDetail(detail)) => {
            assert!(detail.line.accepted);
            assert_eq!(detail.line.severity, Some(Severity::Medium));
            assert_eq!(detail.policies, (Some(0), Some(0)));
            let why: Vec<_> = detail.deviations.iter().collect();
            assert_eq!(
                (why.len(), why[0].0, why[0].1.owner.as_str()),
                (1, 0, "Ada")
            );
        }
        other => panic!("{other:?}"),
    }
    let after = score(&mut desk);
    assert_eq!((after.met.0, after.open.0, after.accepted.0), (5, 1, 1));
    assert!(after.per_mille > before.per_mille);
    let Some(Event::Download(saved)) = desk.answer(Request::SaveDeviations) else {
        panic!("not saved");
    };
    let text = String::from_utf8(saved.bytes.clone()).unwrap();
    assert!(
        text.contains("\"reason\": \"Meeting rooms\"") && text.contains("\"version\": 1"),
        "{text}"
    );
    // Another day, another desk.
    for (today, state, holds) in [
        ("2026-12-31", DeviationState::Holds, true),
        ("2027-01-01", DeviationState::Expired, false),
    ] {
        let mut desk = standard();
        match desk.answer(Request::OpenDeviations(saved.clone(), today.to_owned())) {
            Some(Event::Deviations(list)) => assert_eq!(list.list[0].state, state),
            other => panic!("{other:?}"),
        }
        assert_eq!(line(&mut desk, "a_other").1, holds, "{today}");
    }
    // Another value than the accepted one is no accepted value.
    let mut changed = standard();
    let text = text.replace("a_other_0", "a_other_7");
    changed.answer(Request::OpenDeviations(
        file("d.json", &text),
        "2026-11-21".to_owned(),
    ));
    assert!(!line(&mut changed, "a_other").1);
    desk.answer(Request::Unaccept(0));
    assert_eq!(score(&mut desk), before);
}

#[test]
fn reasons_against_cis_are_deviations_and_other_files_are_refused() {
    let csv = "\u{feff}CIS Ref,Setting Name,OIB Rationale for Non-Implementation,Notes\r\n3.1,\"(L1) Ensure 'Camera, Allow' is set to 'x'\",\"Says \"\"no\"\".\",\r\n3.2,(L1) No rationale,,\r\n";
    let mut desk = Comparer::default();
    match desk.answer(Request::OpenDeviations(
        file("OIBvsCIS.csv", csv),
        "2026-11-21".to_owned(),
    )) {
        Some(Event::Deviations(list)) => {
            assert_eq!(list.list.len(), 1);
            let one = &list.list[0].deviation;
            assert_eq!(one.setting, "Camera, Allow");
            assert_eq!(one.reason, "Says \"no\". (CIS 3.1)");
        }
        other => panic!("{other:?}"),
    }
    for (text, code) in [
        ("a,b\n", "deviations.not_deviations"),
        ("{}", "deviations.not_deviations"),
        (
            r#"{"plumbline":"deviations","version":2}"#,
            "deviations.too_new",
        ),
    ] {
        let answer = desk.answer(Request::OpenDeviations(file("x", text), String::new()));
        assert!(
            matches!(answer, Some(Event::Failed(p)) if p.code == code),
            "{text}"
        );
    }
    let unsigned = r#"{"plumbline":"deviations","version":1,"deviations":[{"setting":"x","reason":"y"},{"setting":"x","reason":"y","owner":"z","expires":"soon"}]}"#;
    match desk.answer(Request::OpenDeviations(file("x", unsigned), String::new())) {
        Some(Event::Deviations(list)) => {
            assert_eq!((list.list.len(), list.complaints.len()), (1, 2))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn deviations_in_yaml_are_those_of_json_and_a_number_is_no_free_value() {
    let yaml = "plumbline: deviations\nversion: 1\ndeviations:\n  - setting: x\n    reason: Rooms\n    owner: Ada\n    value: 1\n    expires: 2027-05-31\n";
    let mut desk = Comparer::default();
    match desk.answer(Request::OpenDeviations(
        file("deviations.yaml", yaml),
        "2026-11-21".to_owned(),
    )) {
        Some(Event::Deviations(list)) => {
            assert_eq!(list.complaints, Vec::<String>::new());
            let one = &list.list[0].deviation;
            assert_eq!(
                [&one.setting, &one.value, &one.owner, &one.expires],
                ["x", "1", "Ada", "2027-05-31"]
            );
        }
        other => panic!("{other:?}"),
    }
}

/// A script's value ends in a line break: were it lost, what is accepted would count again at the next visit.
#[test]
fn values_are_saved_and_opened_with_the_space_around_them() {
    let text = r#"{"plumbline":"deviations","version":1,"deviations":[{"setting":"x","policy":" P","value":"exit 0\n","reason":" r ","owner":"o"}]}"#;
    let mut desk = Comparer::default();
    let opened = |desk: &mut Comparer, text: &str| {
        let open = Request::OpenDeviations(file("d.json", text), String::new());
        match desk.answer(open) {
            Some(Event::Deviations(list)) => list.list[0].deviation.clone(),
            other => panic!("{other:?}"),
        }
    };
    let first = opened(&mut desk, text);
    assert_eq!(
        [&first.policy, &first.value, &first.reason],
        [" P", "exit 0\n", "r"]
    );
    let saved = match desk.answer(Request::SaveDeviations) {
        Some(Event::Download(file)) => String::from_utf8(file.bytes).unwrap(),
        other => panic!("{other:?}"),
    };
    assert_eq!(opened(&mut Comparer::default(), &saved), first);
}

/// A report of the comparison as it is, in one go.
fn report(desk: &mut Comparer, options: ReportOptions) -> String {
    let mut event = desk.answer(Request::Report(options)).unwrap();
    loop {
        match event {
            Event::Writing(..) => event = desk.write_on(),
            Event::Download(file) => return String::from_utf8(file.bytes).unwrap(),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_report_has_score_coverage_and_who_accepted_what_unless_names_are_left_out() {
    let mut desk = standard();
    let (index, _) = line(&mut desk, "a_other");
    desk.answer(Request::Accept(Accept {
        line: index,
        any_value: false,
        reason: "Asked Ada Berg".to_owned(),
        owner: "Ada Berg".to_owned(),
        expires: "2026-12-31".to_owned(),
        today: "2026-11-21".to_owned(),
    }));
    let options = |redact, without: &[&str]| ReportOptions {
        format: ReportFormat::Markdown,
        redact,
        without: without.iter().map(|key| (*key).to_owned()).collect(),
        ..ReportOptions::default()
    };
    let whole = report(&mut desk, options(false, &[]));
    for words in [
        "Score",
        "Accepted deviations, which count neither way: 1.",
        "Coverage",
        "Accepted deviations",
        "2026-12-31",
        "Asked Ada Berg",
        "Unsaid",
        // Beside the line itself too.
        "Accepted by Ada Berg, until 2026-12-31: Asked Ada Berg",
    ] {
        assert!(whole.contains(words), "{words}:\n{whole}");
    }
    let redacted = report(&mut desk, options(true, &[]));
    assert!(!redacted.contains("Ada"), "{redacted}");
    assert!(redacted.contains("Asked «owner 1»"), "{redacted}");
    assert!(
        redacted.contains("Accepted by «owner 1», until"),
        "{redacted}"
    );
    let short = report(
        &mut desk,
        options(false, &["score", "coverage", "deviations"]),
    );
    assert!(!short.contains("Ada Berg") && !short.contains("By severity"));
}

#[test]
fn severities_weigh_and_a_rules_file_changes_them() {
    let mut desk = standard();
    let rules = r#"{"plumbline":"severities","version":1,"default":"low","rules":[{"setting":"device_vendor_msft_policy_config_a_o*","severity":"high"},{"setting":"device_vendor_msft_policy_config_a_gone","severity":"ignored"}]}"#;
    match desk.answer(Request::OpenSeverities(file("rules.json", rules))) {
        Some(Event::Score(score)) => {
            assert_eq!((score.met, score.open, score.ignored), ((5, 5), (1, 10), 1));
            assert_eq!(score.per_mille, Some(333));
            assert_eq!(score.range, Some((333, 333)));
        }
        other => panic!("{other:?}"),
    }
    for (text, code) in [
        ("[]", "severities.not_rules"),
        (
            r#"{"plumbline":"severities","version":9}"#,
            "severities.too_new",
        ),
        (
            r#"{"plumbline":"severities","version":1,"rules":[{"severity":"high"}]}"#,
            "severities.rule",
        ),
    ] {
        let answer = desk.answer(Request::OpenSeverities(file("x", text)));
        assert!(
            matches!(answer, Some(Event::Failed(p)) if p.code == code),
            "{text}"
        );
    }
}
