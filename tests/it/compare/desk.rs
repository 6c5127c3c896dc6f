//! The page's requests, from dropped files to a report.

use super::{hand_over, open, open_both};
use domain::desk::Comparer;
use domain::json::Json;
use domain::protocol::{
    CompareLine, CompareOptions, CompareQuery, Event, File, GroupBy, ReportFormat, ReportOptions,
    ReportWhat, Request, State,
};
use domain::report::Parts;
use domain::report::model::Part;

fn policy(name: &str, settings: &[(&str, &str)]) -> File {
    let settings: Vec<String> = settings
        .iter()
        .map(|(id, value)| {
            format!(
                r#"{{"settingInstance":{{"settingDefinitionId":"{id}","simpleSettingValue":{{"value":"{value}"}}}}}}"#
            )
        })
        .collect();
    File {
        path: format!("pack/{name}.json"),
        mime: String::new(),
        bytes: format!(
            r#"{{"name":"{name}","platforms":"windows10","technologies":"mdm","settings":[{}]}}"#,
            settings.join(",")
        )
        .into_bytes(),
    }
}

fn desk() -> Comparer {
    let mut desk = Comparer::default();
    let script = |last: &str| format!("one\\ntwo\\nthree\\n{last}");
    let tenant = vec![
        policy(
            "Edge",
            &[
                ("edge_a", "1"),
                ("edge_b", "2"),
                ("edge_text", &script("old")),
            ],
        ),
        policy("Extra", &[("other_c", "3"), ("edge_d", "4")]),
    ];
    assert!(matches!(
        open(&mut desk, tenant),
        Some(Event::SnapshotReady(info)) if info.policies == 2 && info.label == "pack"
    ));
    let baseline = vec![
        policy(
            "Edge - v3.6",
            &[
                ("edge_a", "1"),
                ("edge_b", "5"),
                ("edge_d", "4"),
                ("edge_text", &script("new")),
            ],
        ),
        policy("=Gone", &[("gone_x", "<b>")]),
    ];
    assert!(matches!(
        desk.answer(Request::AddBaseline(baseline)),
        Some(Event::BaselineReady(info)) if info.policies == 2 && info.files == (2, 2, 0, 0)
    ));
    let Some(Event::Compared(summary)) = desk.answer(Request::Compare(CompareOptions::default()))
    else {
        panic!("no summary");
    };
    let s = summary.settings;
    assert_eq!((s.same, s.different, s.missing, s.extra), (2, 2, 1, 1));
    desk
}

fn rows(desk: &mut Comparer, query: CompareQuery) -> (u32, Vec<String>) {
    let query = CompareQuery {
        count: 100,
        ..query
    };
    let Some(Event::CompareRows(window)) = desk.answer(Request::CompareRows(query)) else {
        panic!("no window");
    };
    let lines = window.lines.iter().map(|line| match line {
        CompareLine::Group { title, .. } => format!("# {title}"),
        CompareLine::Setting(line) => format!("{:?} {}|{}", line.state, line.left, line.right),
    });
    (window.settings, lines.collect())
}

#[test]
fn windows_follow_search_states_groups_and_folds() {
    let mut desk = desk();
    let (settings, lines) = rows(&mut desk, CompareQuery::default());
    assert_eq!(
        lines,
        [
            "# Edge - v3.6",
            "Different 5|2",
            "Different one…|one…",
            "# =Gone",
            "Missing <b>|",
            "# Extra",
            "Extra |3",
        ]
    );
    assert_eq!(settings, 4);
    let folded = CompareQuery {
        folded: vec![0],
        ..CompareQuery::default()
    };
    let (settings, lines) = rows(&mut desk, folded);
    assert_eq!((settings, lines.len()), (4, 5));
    let same = CompareQuery {
        states: vec![State::Same],
        text: "edge_d".to_owned(),
        ..CompareQuery::default()
    };
    // Set by a policy of another name: below the baseline's policy and below the one that sets it.
    let (_, lines) = rows(&mut desk, same);
    assert_eq!(lines, ["# Edge - v3.6", "Same 4|4", "# Extra", "Same 4|4"]);
    let by_setting = CompareQuery {
        group: GroupBy::Setting,
        states: vec![State::Same, State::Different],
        ..CompareQuery::default()
    };
    let (settings, lines) = rows(&mut desk, by_setting);
    assert_eq!((settings, lines.len()), (4, 8), "{lines:?}");
}

#[test]
fn a_line_is_told_whole() {
    let mut desk = desk();
    let query = CompareQuery {
        text: "edge_text".to_owned(),
        count: 10,
        ..CompareQuery::default()
    };
    let Some(Event::CompareRows(window)) = desk.answer(Request::CompareRows(query)) else {
        panic!("no window");
    };
    let Some(CompareLine::Setting(line)) = window.lines.get(1) else {
        panic!("no line");
    };
    assert!(line.long);
    let Some(Event::CompareDetail(detail)) = desk.answer(Request::CompareDetail(line.index)) else {
        panic!("no detail");
    };
    let changed: String = detail
        .lines
        .iter()
        .map(|(sign, line)| format!("{sign}{line};"))
        .collect();
    assert_eq!(changed, " one; two; three;-new;+old;");
    assert!(matches!(
        desk.answer(Request::CompareDetail(9999)),
        Some(Event::Failed(problem)) if problem.code == "desk.no_such_line"
    ));
}

#[test]
fn a_report_is_the_same_bytes_for_the_same_input() {
    for format in [
        ReportFormat::Html,
        ReportFormat::Markdown,
        ReportFormat::Csv,
        ReportFormat::Json,
    ] {
        let options = ReportOptions {
            format,
            include_same: true,
            generated_at: "2026-11-21T02:00:00Z".to_owned(),
            ..ReportOptions::default()
        };
        let write = || {
            let mut desk = desk();
            let mut event = desk.answer(Request::Report(options.clone())).unwrap();
            while matches!(event, Event::Writing(..)) {
                event = desk.write_on();
            }
            match event {
                Event::Download(file) => String::from_utf8(file.bytes).unwrap(),
                other => panic!("{other:?}"),
            }
        };
        let text = write();
        assert_eq!(text, write(), "{format:?}");
        assert!(text.contains("Gone"), "{format:?}");
        if format != ReportFormat::Json {
            assert!(
                !text.contains("<b>") || format == ReportFormat::Csv,
                "{format:?}"
            );
        }
        assert!(
            !text.contains("\"=Gone\"") || format == ReportFormat::Json,
            "{format:?}"
        );
    }
}

#[test]
fn what_cannot_be_compared_says_why() {
    let mut desk = Comparer::default();
    let code = |event: Option<Event>| match event {
        Some(Event::Failed(problem)) => problem.code,
        other => panic!("{other:?}"),
    };
    let compare = || Request::Compare(CompareOptions::default());
    assert_eq!(code(desk.answer(compare())), "desk.nothing_open");
    let file = || vec![policy("x", &[("a", "1")])];
    open(&mut desk, file());
    assert_eq!(code(desk.answer(compare())), "desk.no_baseline");
    let odd = File {
        path: "read.md".to_owned(),
        mime: String::new(),
        bytes: b"# Hello".to_vec(),
    };
    desk.answer(Request::AddBaseline(vec![odd]));
    assert_eq!(code(desk.answer(compare())), "desk.empty_baseline");
    desk.answer(Request::AddBaseline(file()));
    let rows = desk.answer(Request::CompareRows(CompareQuery::default()));
    assert_eq!(code(rows), "desk.nothing_compared");
}

#[test]
fn a_long_report_for_the_office_worker_comes_in_windows_that_are_the_whole_together() {
    let many: Vec<(String, String)> = (0..40).map(|n| (format!("a_{n}"), "1".into())).collect();
    let many: Vec<(&str, &str)> = many
        .iter()
        .map(|(id, v)| (id.as_str(), v.as_str()))
        .collect();
    let files = (0..100).map(|n| policy(&format!("Policy {n}"), &many));
    let mut desk = Comparer::default();
    open(&mut desk, files.collect());
    let options = ReportOptions {
        what: ReportWhat::Documentation,
        format: ReportFormat::Excel,
        ..ReportOptions::default()
    };
    let begun = desk.answer(Request::Report(options.clone())).unwrap();
    assert!(matches!(begun, Event::Writing(0, 100)));
    let mut windows = Vec::new();
    loop {
        let Event::Office(window) = desk.write_on() else {
            panic!("a window");
        };
        // Each is whole parts: it can be read alone.
        assert!(Parts::new(&window.file.bytes).all(|part| part.is_ok()));
        assert_eq!(window.last, !window.file.path.is_empty());
        let last = window.last;
        windows.push(window);
        if last {
            break;
        }
    }
    assert!(windows.len() >= 4, "{}", windows.len());
    assert!(
        windows
            .windows(2)
            .all(|pair| pair[0].done.0 <= pair[1].done.0)
    );
    assert_eq!(windows.last().unwrap().done, (100, 100));
    let largest = windows.iter().map(|w| w.file.bytes.len()).max().unwrap();
    let all: usize = windows.iter().map(|w| w.file.bytes.len()).sum();
    assert!(largest * 3 < all, "{largest} of {all}");
    let sections = windows
        .iter()
        .flat_map(|window| Parts::new(&window.file.bytes))
        .filter(|part| matches!(part, Ok(Part::Section(_))));
    assert_eq!(sections.count(), 100);
}

/// The windows in which the documentation of the main side comes, the last one too.
fn documented(desk: &mut Comparer, format: ReportFormat) -> Vec<Vec<u8>> {
    let options = ReportOptions {
        what: ReportWhat::Documentation,
        format,
        ..ReportOptions::default()
    };
    desk.answer(Request::Report(options)).unwrap();
    let mut windows = Vec::new();
    loop {
        match desk.write_on() {
            Event::Download(file) => {
                windows.push(file.bytes);
                return windows;
            }
            Event::Written(bytes, _) => windows.push(bytes),
            Event::Writing(..) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_long_report_comes_in_windows_that_are_the_file_together() {
    let many: Vec<(String, String)> = (0..40)
        .map(|n| (format!("a_{n}"), "long ".repeat(160)))
        .collect();
    let many: Vec<(&str, &str)> = many
        .iter()
        .map(|(id, v)| (id.as_str(), v.as_str()))
        .collect();
    let files = |count| (0..count).map(|n| policy(&format!("Policy {n}"), &many));
    for format in [
        ReportFormat::Html,
        ReportFormat::Markdown,
        ReportFormat::Csv,
        ReportFormat::Json,
    ] {
        let mut desk = Comparer::default();
        open(&mut desk, files(100).collect());
        let windows = documented(&mut desk, format);
        assert!(windows.len() >= 3, "{format:?}: {}", windows.len());
        let largest = windows.iter().map(Vec::len).max().unwrap();
        assert!(largest < 2 << 20, "{format:?}: {largest}");
        let whole = String::from_utf8(windows.concat()).unwrap();
        for n in 0..100 {
            assert!(whole.contains(&format!("Policy {n}")), "{format:?}: {n}");
        }
        match format {
            ReportFormat::Json => drop(Json::parse(&whole).unwrap()),
            ReportFormat::Html => assert!(whole.ends_with("</html>\n")),
            _ => {}
        }

        let mut short = Comparer::default();
        open(&mut short, files(2).collect());
        assert_eq!(documented(&mut short, format).len(), 1, "{format:?}");
    }
}

#[test]
fn what_was_opened_here_is_what_the_engine_would_hand_over() {
    let long = "x".repeat(90_000);
    let many = (0..30).map(|n| policy(&format!("Policy {n}"), &[("a", &long), ("b", "1")]));
    let saved = File {
        path: "kept.json".into(),
        bytes: br#"{"plumblineSnapshot":1,"policies":[{"row":"settingsCatalog","document":{"id":"1","settings":[]}}],"names":{"g":"Group"}}"#.to_vec(),
        ..File::default()
    };
    for (files, pieces, label) in [(many.collect(), 3, "pack"), (vec![saved], 1, "kept.json")] {
        let (mut here, mut there) = (Comparer::default(), Comparer::default());
        let (engine, info) = open_both(&mut here, files);
        assert_eq!(info.label, label);
        assert_eq!(hand_over(&engine, &mut there), pieces);
        assert_eq!(
            String::from_utf8(documented(&mut here, ReportFormat::Json).concat()).unwrap(),
            String::from_utf8(documented(&mut there, ReportFormat::Json).concat()).unwrap()
        );
    }
}
