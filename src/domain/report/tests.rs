#![allow(clippy::unwrap_used, clippy::expect_used)]

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

use super::*;

/// What a helpdesk user could call a device, an attacker a policy.
const HOSTILE: &str = "\"><img src=x onerror=alert(1)>\u{202e}gpj.exe [a](javascript:x) `|`";

fn line(state: State, left: Option<&str>, right: Option<&str>) -> Line {
    Line {
        state,
        name: "Allow cookies".into(),
        path: "Browser".into(),
        id: "device_vendor_msft_policy_config_browser_allowcookies".into(),
        category: "Browser".into(),
        left: left.map(Into::into),
        right: right.map(Into::into),
        because: String::new(),
        diff: Vec::new(),
    }
}

fn report() -> Report {
    let mut script = line(State::Different, Some("a\nb"), Some("a\nc"));
    script.diff = vec![(' ', "a".into()), ('-', "b".into()), ('+', "<c>".into())];
    let mut secret = line(State::Unknown, None, Some("secret"));
    secret.because = "Secrets are never compared.".into();
    let lines = vec![
        line(State::Different, Some("Block"), Some("=cmd|' /C calc'!A0")),
        line(State::Missing, Some("-1"), None),
        line(State::Extra, None, Some(HOSTILE)),
        script,
        secret,
    ];
    let mut counts = StateCounts::default();
    lines.iter().for_each(|l| counts.add(l.state));
    Report {
        title: "Contoso compared with the baseline".into(),
        generated_at: "2026-11-21T09:00:00Z".into(),
        left: Input {
            label: "Baseline v1".into(),
            policies: 1,
            settings: 1204,
            files: FileCounts {
                given: 3,
                read: 1,
                not_policy: 1,
                unreadable: 1,
            },
            findings: vec![Finding {
                file: "a/b.json".into(),
                place: "line 3, column 7".into(),
                problem: "The file ends in the middle of an object.".into(),
                remedy: "Export it again.".into(),
            }],
            ..Input::default()
        },
        right: Input {
            label: "Contoso".into(),
            tenant_id: "7c1f3c1e-0000-4000-8000-000000000001".into(),
            taken_at: "2026-11-21T08:58:00Z".into(),
            gaps: vec![(
                "Scripts".into(),
                "Permission not granted".into(),
                "DeviceManagementScripts.Read.All".into(),
            )],
            ..Input::default()
        },
        settings: counts,
        policies: StateCounts {
            different: 1,
            ..StateCounts::default()
        },
        unknown: vec!["Scripts could not be read: the permission was not granted.".into()],
        rules: vec![RuleView {
            counted: true,
            id: "empty-is-absent".into(),
            words: "null, empty and absent are the same".into(),
            hits: 1204,
            on: true,
        }],
        include_same: false,
        groups: vec![Group {
            title: HOSTILE.into(),
            note: "paired by name".into(),
            state: State::Different,
            counts,
            lines,
        }],
    }
}

fn text(report: &Report, format: ReportFormat) -> String {
    String::from_utf8(write(report, format).bytes).unwrap()
}

#[test]
fn the_style_sheet_is_the_one_that_the_policy_allows() {
    let hash = Base64::encode_string(&Sha256::digest(html::STYLE.as_bytes()));
    assert_eq!(
        html::STYLE_HASH,
        hash,
        "report.css changed: put its new hash into html.rs"
    );
}

#[test]
fn hostile_names_cannot_act_in_any_format() {
    let report = report();
    let page = text(&report, ReportFormat::Html);
    assert!(!page.contains("<img") && !page.contains("<script") && !page.contains('\u{202e}'));
    assert!(page.contains("&lt;img") && page.contains("U+202E"));

    let markdown = text(&report, ReportFormat::Markdown);
    assert!(
        !markdown.contains("<img") && !markdown.contains("[a](") && !markdown.contains('\u{202e}')
    );
    assert!(
        markdown
            .lines()
            .filter(|l| l.starts_with("| ") && l.contains("Allow cookies"))
            .all(|l| { l.replace("\\|", "").matches('|').count() == 5 })
    );

    let csv = text(&report, ReportFormat::Csv);
    assert!(csv.contains("\"'=cmd|' /C calc'!A0\"") && csv.contains("\"'-1\""));
    assert!(csv.contains("\"Value in tenant\"\r\n") && csv.contains("\"Value in baseline\"\r\n"));
}

#[test]
fn a_leading_quote_guards_every_form_of_a_formula() {
    for (value, guarded) in [
        ("=1", true),
        ("+1", true),
        ("-1", true),
        ("@x", true),
        ("\t=1", true),
        (" \u{200b}=1", true),
        ("\u{feff}＝1", true),
        ("\r\nx", true),
        ("1-1", false),
        ("", false),
        ("a=b", false),
    ] {
        let (field, acts) = text::csv(value);
        assert_eq!(acts, guarded, "{value:?}");
        assert_eq!(field.starts_with("\"'"), guarded, "{value:?}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_and_the_golden_file() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/report");
    for format in [
        ReportFormat::Html,
        ReportFormat::Markdown,
        ReportFormat::Csv,
        ReportFormat::Json,
    ] {
        let file = write(&report(), format);
        assert_eq!(file, write(&report(), format));
        let golden = format!("{folder}/{}", file.path);
        if option_env!("PLUMBLINE_BLESS").is_some() {
            std::fs::write(&golden, &file.bytes).unwrap();
        }
        assert!(
            std::fs::read(&golden).unwrap() == file.bytes,
            "{golden} differs; PLUMBLINE_BLESS=1 writes it anew"
        );
    }
}

#[test]
fn a_report_without_dates_names_no_day() {
    let mut report = report();
    report.generated_at.clear();
    report.right.taken_at.clear();
    for format in [
        ReportFormat::Html,
        ReportFormat::Markdown,
        ReportFormat::Csv,
        ReportFormat::Json,
    ] {
        let file = write(&report, format);
        assert!(!file.path.contains("2026"));
        assert!(!String::from_utf8(file.bytes).unwrap().contains("2026"));
    }
}

#[test]
fn json_can_be_read_back() {
    let text = text(&report(), ReportFormat::Json);
    let document = crate::json::Json::parse(&text).unwrap();
    assert_eq!(document.str_at("format"), Some("plumbline-comparison"));
    let groups = document.get("groups").unwrap().elements();
    assert_eq!(groups[0].get("settings").unwrap().elements().len(), 5);
    assert_eq!(groups[0].str_at("policy"), Some(HOSTILE));
}
