#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::build::{Compared, Documented, Source};
use super::*;
use crate::baseline::{self, Entry};
use crate::diff::{self, Sides};
use crate::protocol::{Brand, CompareOptions, ReportFormat, ReportOptions, ReportWhat};
use crate::snapshot::{Gap, Reason, Snapshot, Tenant, TypeRead};

/// What a helpdesk user could call a device, an attacker a policy.
const HOSTILE: &str = "\"><img src=x onerror=alert(1)>\u{202e}gpj.exe [a](javascript:x) `|`";

const TEXT: [ReportFormat; 4] = [
    ReportFormat::Html,
    ReportFormat::Markdown,
    ReportFormat::Csv,
    ReportFormat::Json,
];

fn policy(name: &str, values: &[(&str, &str)], extra: &str) -> String {
    let settings: Vec<String> = values
        .iter()
        .map(|(id, value)| {
            format!(
                r##"{{"settingInstance":{{"@odata.type":"#microsoft.graph.deviceManagementConfigurationSimpleSettingInstance","settingDefinitionId":"device_vendor_msft_policy_config_{id}","simpleSettingValue":{{"@odata.type":"#microsoft.graph.deviceManagementConfigurationStringSettingValue","value":{}}}}}}}"##,
                serde_json::to_string(value).unwrap()
            )
        })
        .collect();
    format!(
        r##"{{"@odata.type":"#microsoft.graph.deviceManagementConfigurationPolicy","name":{},"platforms":"windows10","technologies":"mdm","lastModifiedDateTime":"2026-10-01T10:00:00Z",{extra}"settings":[{}]}}"##,
        serde_json::to_string(name).unwrap(),
        settings.join(",")
    )
}

fn side(label: &str, files: &[(&str, String)]) -> Snapshot {
    let entries = files.iter().map(|(path, text)| Entry {
        path: (*path).to_owned(),
        bytes: text.clone().into_bytes(),
    });
    baseline::read(entries.collect(), label).snapshot
}

fn left() -> Snapshot {
    let wanted = policy(
        HOSTILE,
        &[
            ("browser_allowcookies", "Block"),
            ("browser_homepages", "-1"),
            ("script", "a\nb\nc\nd\ne"),
        ],
        "",
    );
    side(
        "Baseline v1",
        &[("a/b.json", wanted), ("a/broken.json", "{".into())],
    )
}

fn right() -> Snapshot {
    let group = "11111111-2222-4333-8444-555555555555";
    let assigned = format!(
        r##""assignments":[{{"target":{{"@odata.type":"#microsoft.graph.groupAssignmentTarget","groupId":"{group}"}}}}],"##
    );
    let found = policy(
        HOSTILE,
        &[
            ("browser_allowcookies", "=cmd|' /C calc'!A0"),
            ("owner", "ask anna@contoso.com or SG Finance of Contoso"),
            ("script", "a\nb\nX\nd\ne"),
        ],
        &assigned,
    );
    let mut right = side("Contoso", &[("t/found.json", found)]);
    right.tenant = Tenant {
        id: "7c1f3c1e-0000-4000-8000-000000000001".into(),
        name: "Contoso".into(),
        domain: "contoso.com".into(),
    };
    right.taken_at = "2026-11-21T08:58:00Z".into();
    right.names.insert(group.into(), "SG Finance".into());
    right.coverage.push(TypeRead {
        row: "scripts".into(),
        read: 0,
        gap: Some(Gap {
            reason: Reason::Scope,
            detail: "DeviceManagementScripts.Read.All".into(),
        }),
    });
    right
}

fn options(what: ReportWhat, format: ReportFormat) -> ReportOptions {
    ReportOptions {
        what,
        format,
        generated_at: "2026-11-21T09:00:00Z".into(),
        ..ReportOptions::default()
    }
}

fn bytes(options: &ReportOptions) -> crate::protocol::File {
    let (left, right) = (left(), right());
    let how = CompareOptions::default();
    let found = diff::compare(&left, &right, &how);
    let sides = Sides {
        left: &left,
        right: &right,
        found: &found,
    };
    let compared = Compared {
        sides,
        options: &how,
        judged: None,
        accepted: None,
    };
    let documented = Documented(&right);
    let source: &dyn Source = match options.what {
        ReportWhat::Comparison => &compared,
        ReportWhat::Documentation => &documented,
    };
    write(source, options)
}

fn text(options: &ReportOptions) -> String {
    String::from_utf8(bytes(options).bytes).unwrap()
}

const BOTH: [ReportWhat; 2] = [ReportWhat::Comparison, ReportWhat::Documentation];

#[test]
fn hostile_names_cannot_act_in_any_format() {
    for what in BOTH {
        let page = text(&options(what, ReportFormat::Html));
        assert!(!page.contains("<img") && !page.contains("<script") && !page.contains('\u{202e}'));
        assert!(page.contains("&lt;img") && page.contains("U+202E"));

        let markdown = text(&options(what, ReportFormat::Markdown));
        assert!(!markdown.contains("<img") && !markdown.contains("[a]("));
        assert!(!markdown.contains('\u{202e}') && markdown.contains("U+202E"));

        let csv = text(&options(what, ReportFormat::Csv));
        assert!(csv.contains("\"'=cmd|' /C calc'!A0\""), "{csv}");
        assert!(!csv.contains('\u{202e}'));
        let columns = csv.lines().next().unwrap().matches("\",\"").count();
        assert!(columns > 8);
    }
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
    for what in BOTH {
        for format in TEXT {
            let file = bytes(&options(what, format));
            assert_eq!(file, bytes(&options(what, format)));
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
}

#[test]
fn a_report_without_dates_names_no_day() {
    for what in BOTH {
        for format in TEXT {
            let file = bytes(&ReportOptions {
                generated_at: String::new(),
                ..options(what, format)
            });
            assert!(!file.path.contains("2026"));
            assert!(!String::from_utf8(file.bytes).unwrap().contains("2026"));
        }
    }
}

#[test]
fn what_is_unknown_is_said_whatever_is_left_out() {
    for what in BOTH {
        for format in [
            ReportFormat::Html,
            ReportFormat::Markdown,
            ReportFormat::Json,
        ] {
            let all = [
                "summary",
                "unknown",
                "body",
                "categories",
                "inputs",
                "rules",
                "manifest",
            ];
            let bare = ReportOptions {
                without: all.map(str::to_owned).to_vec(),
                ..options(what, format)
            };
            let (bare, whole) = (text(&bare), text(&options(what, format)));
            assert!(bare.contains("DeviceManagementScripts.Read.All"), "{bare}");
            assert!(whole.to_lowercase().contains("calc") && !bare.to_lowercase().contains("calc"));
        }
    }
}

#[test]
fn a_redacted_report_names_nobody() {
    for what in BOTH {
        for format in TEXT {
            let open = options(what, format);
            let shut = ReportOptions {
                redact: true,
                file_name: "{tenant}-{what}".into(),
                ..open.clone()
            };
            let file = bytes(&shut);
            let words = String::from_utf8(file.bytes).unwrap();
            for name in [
                "Contoso",
                "contoso",
                "SG Finance",
                "anna",
                "11111111-2222",
                "7c1f3c1e",
            ] {
                assert!(!words.contains(name), "{name} in {words}");
                assert!(!file.path.contains(name));
            }
            assert!(words.contains("«e-mail»"), "{words}");
            assert!(text(&open).contains("anna@contoso.com") || format == ReportFormat::Markdown);
        }
    }
}

#[test]
fn the_hash_of_what_is_said_is_that_of_every_format() {
    let hash = |words: &str| -> String {
        let at = words.find("What this report says").unwrap();
        let rest = &words[at + 21..];
        let is_hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        rest.split(|c: char| !is_hex(c))
            .find(|word| word.len() == 64)
            .unwrap()
            .to_owned()
    };
    for what in BOTH {
        let of = |format| hash(&text(&options(what, format)));
        assert_eq!(of(ReportFormat::Html), of(ReportFormat::Json));
        assert_eq!(of(ReportFormat::Html), of(ReportFormat::Markdown));
    }
    let titled = ReportOptions {
        title: "Other".into(),
        ..options(ReportWhat::Comparison, ReportFormat::Html)
    };
    let own = options(ReportWhat::Comparison, ReportFormat::Html);
    assert_ne!(hash(&text(&titled)), hash(&text(&own)));
}

#[test]
fn json_can_be_read_back() {
    for what in BOTH {
        let text = text(&options(what, ReportFormat::Json));
        let document = crate::json::Json::parse(&text).unwrap();
        assert_eq!(document.str_at("format"), Some("plumbline-report"));
        let sections = document.get("sections").unwrap().elements();
        assert_eq!(sections[0].str_at("title"), Some(HOSTILE));
        assert!(document.get("after").is_some());
    }
}

#[test]
fn a_logo_is_data_and_a_picture_can_be_read_aloud() {
    let branded = ReportOptions {
        brand: Brand {
            organisation: "Contoso & <Sons>".into(),
            colour: "#0e5a70".into(),
            logo: b"\x89PNG\r\n\x1a\n".to_vec(),
        },
        ..options(ReportWhat::Comparison, ReportFormat::Html)
    };
    let page = text(&branded);
    assert!(
        page.contains("img-src data:")
            && page.contains("src=\"data:image/png;base64,iVBORw0KGgo=\"")
    );
    assert!(page.contains("Contoso &amp; &lt;Sons&gt;"));
    assert!(page.contains("role=\"img\"") && page.contains("<desc id=\"d1\">"));
    let plain = text(&options(ReportWhat::Comparison, ReportFormat::Html));
    assert!(!plain.contains("img-src"));
}

#[test]
fn parts_come_back_as_they_went() {
    let coded = bytes(&options(ReportWhat::Documentation, ReportFormat::Excel));
    assert_eq!(coded.path, "documentation-2026-11-21.xlsx");
    let parts: Result<Vec<_>, _> = Parts::new(&coded.bytes).collect();
    let parts = parts.unwrap();
    assert!(matches!(parts[0], model::Part::Front(_)));
    assert!(
        parts
            .iter()
            .any(|part| matches!(part, model::Part::Section(_)))
    );
    let cut = &coded.bytes[..coded.bytes.len() - 1];
    assert!(Parts::new(cut).any(|part| part.is_err()));
}
