#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io::Read;

use domain::baseline::{self, Entry};
use domain::protocol::{ReportFormat, ReportOptions, ReportWhat};
use domain::report::build::Documented;
use domain::report::write;

use super::*;

/// The file of these parts.
fn file(format: ReportFormat, parts: &[u8]) -> Result<Vec<u8>, OfficeError> {
    let mut office = Office::new(format);
    office.take(parts)?;
    office.finish()
}

const HOSTILE: &str = "=HYPERLINK(\"http://x\")\u{202e}]]><x>&\u{0}";

fn parts(format: ReportFormat, generated_at: &str) -> Vec<u8> {
    let text = format!(
        r##"{{"@odata.type":"#microsoft.graph.windows10CustomConfiguration","displayName":{0},"description":{0},"omaSettings":[{{"@odata.type":"#microsoft.graph.omaSettingString","displayName":{0},"omaUri":"./Device/Vendor/MSFT/Policy/Config/X","value":{1}}}]}}"##,
        json(HOSTILE),
        json(&"=1+1\n".repeat(20_000))
    );
    let entry = Entry {
        path: "../../=evil.json".into(),
        bytes: text.into_bytes(),
    };
    let read = baseline::read(vec![entry], "@SUM(1)");
    assert_eq!(read.snapshot.policies.len(), 1);
    let options = ReportOptions {
        what: ReportWhat::Documentation,
        format,
        generated_at: generated_at.into(),
        ..ReportOptions::default()
    };
    write(&Documented(&read.snapshot), &options).bytes
}

fn json(text: &str) -> String {
    let escaped: Vec<String> = text
        .encode_utf16()
        .map(|unit| format!("\\u{unit:04x}"))
        .collect();
    format!("\"{}\"", escaped.concat())
}

fn files(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

#[test]
fn a_workbook_has_texts_and_numbers_and_no_formula() {
    let book = file(ReportFormat::Excel, &parts(ReportFormat::Excel, "")).unwrap();
    let files = files(&book);
    let mut sheets = 0;
    for (name, text) in &files {
        assert!(
            !name.contains("externalLink") && !name.contains(".."),
            "{name}"
        );
        assert!(
            !text.contains('\u{202e}') && !text.contains("<x>"),
            "{name}"
        );
        if name.starts_with("xl/worksheets/sheet") {
            sheets += 1;
            assert!(!text.contains("<f>") && !text.contains("<f ") && !text.contains("<hyperlink"));
            // A kind is a text (shared, or in its place) or none, which is a number: never `str`, the outcome of a formula.
            assert!(
                text.split(" t=\"")
                    .skip(1)
                    .all(|rest| rest.starts_with("s\"") || rest.starts_with("inlineStr\"")),
                "{name}"
            );
        }
    }
    assert!(sheets >= 5, "{sheets}");
    let texts: String = files.iter().map(|(_, text)| text.as_str()).collect();
    assert!(texts.contains("=HYPERLINK(\"http://x\")⟨U+202E⟩]]&gt;&lt;x&gt;&amp;⟨U+0000⟩"));
    assert!(texts.contains("(cut: a cell holds 32,767 characters)"));
    let settings = files
        .iter()
        .filter(|(_, text)| text.contains("<autoFilter"));
    assert!(settings.count() >= 3);
    assert!(
        files
            .iter()
            .any(|(_, text)| text.contains("state=\"frozen\""))
    );
}

#[test]
fn a_document_is_well_formed_and_has_headings() {
    let document = file(ReportFormat::Word, &parts(ReportFormat::Word, "")).unwrap();
    let files = files(&document);
    let body = &files
        .iter()
        .find(|(name, _)| name == "word/document.xml")
        .unwrap()
        .1;
    assert!(body.contains("w:val=\"Heading2\"") && body.contains("TOC "));
    assert!(!body.contains('\u{202e}') && !body.contains("<x>") && !body.contains('\u{0}'));
    // Twice: the heading and its entry in the contents, each escaped once.
    assert!(!body.contains("&amp;lt;") && !body.contains("&amp;quot;"));
    assert!(body.contains("⟨U+202E⟩]]&gt;&lt;x&gt;&amp;⟨U+0000⟩"));
    for (name, text) in &files {
        let opened = text.matches('<').count();
        assert_eq!(opened, text.matches('>').count(), "{name}");
    }
}

#[test]
fn the_same_report_gives_the_same_bytes_with_the_date_it_has() {
    for at in ["", "2026-11-21T09:00:00Z"] {
        let (excel, word) = (
            parts(ReportFormat::Excel, at),
            parts(ReportFormat::Word, at),
        );
        let book = file(ReportFormat::Excel, &excel).unwrap();
        assert!(book == file(ReportFormat::Excel, &excel).unwrap());
        let text = file(ReportFormat::Word, &word).unwrap();
        // Not `assert_eq`, which would print both.
        assert!(text == file(ReportFormat::Word, &word).unwrap());
        for bytes in [book, text] {
            let files = files(&bytes);
            let core = &files
                .iter()
                .find(|(name, _)| name == "docProps/core.xml")
                .unwrap()
                .1;
            let day = at.get(..10).unwrap_or("1980-01-01");
            assert!(core.contains(day), "{core}");
        }
    }
}

#[test]
fn what_is_no_report_is_an_error() {
    for bytes in [&b"\xff\xff"[..], b"PK\x03\x04"] {
        for format in [ReportFormat::Excel, ReportFormat::Word] {
            assert_eq!(file(format, bytes), Err(OfficeError::Malformed));
        }
    }
}
