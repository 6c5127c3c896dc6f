//! The name that a report is saved under.

use crate::protocol::{File, ReportFormat};

/// The pattern that is used when nobody wrote one. It names no tenant.
pub const PATTERN: &str = "{what}-{date}";

/// The longest name, in characters, without its ending: what every file system takes.
const LONGEST: usize = 120;

/// Fills `{what}`, `{tenant}`, `{title}`, `{date}` and `{time}` into a pattern and adds the ending.
///
/// `generated_at` is ISO 8601 in UTC, or empty: then date and time are left out together with the dash
/// before them. What no file system takes becomes `_`; the name is never a path, never empty and never
/// one of Windows' devices.
pub fn file_name(
    pattern: &str,
    what: &str,
    tenant: &str,
    title: &str,
    generated_at: &str,
    format: ReportFormat,
) -> String {
    let pattern = match pattern.trim() {
        "" => PATTERN,
        own => own,
    };
    let date = generated_at.get(..10).unwrap_or_default();
    let time: String = generated_at
        .get(11..19)
        .unwrap_or_default()
        .replace(':', "");
    let mut name = pattern.to_owned();
    for (mark, value) in [
        ("{what}", what),
        ("{date}", date),
        ("{time}", &time),
        ("{tenant}", tenant),
        ("{title}", title),
    ] {
        if value.is_empty() {
            for dash in ["-", "_", " "] {
                name = name.replace(&format!("{dash}{mark}"), "");
            }
        }
        name = name.replace(mark, &safe(value));
    }
    let name: String = safe(&name).chars().take(LONGEST).collect();
    let name = name.trim_matches(['.', ' ', '-', '_']);
    let name = match name {
        "" => what,
        name => name,
    };
    let stem = name.split('.').next().unwrap_or_default();
    let guard = if is_device(stem) { "_" } else { "" };
    format!("{guard}{name}.{}", ending(format).0)
}

fn safe(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\\' | '/' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%' => '_',
            c if c.is_control() || super::text::hidden(c) => '_',
            c => c,
        })
        .collect()
}

fn is_device(stem: &str) -> bool {
    let stem = stem.trim().to_ascii_uppercase();
    let numbered = |name: &str| {
        stem.strip_prefix(name)
            .is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

/// Ending and MIME type of a format.
pub const fn ending(format: ReportFormat) -> (&'static str, &'static str) {
    match format {
        ReportFormat::Html => ("html", "text/html;charset=utf-8"),
        ReportFormat::Markdown => ("md", "text/markdown;charset=utf-8"),
        ReportFormat::Csv => ("csv", "text/csv;charset=utf-8"),
        ReportFormat::Json => ("json", "application/json"),
        ReportFormat::Excel => (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ReportFormat::Word => (
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    }
}

/// A file to save.
pub fn file(path: String, format: ReportFormat, bytes: Vec<u8>) -> File {
    File {
        path,
        mime: ending(format).1.to_owned(),
        bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_name_whatever_stands_in_it() {
        let at = "2026-11-21T09:07:05Z";
        for (pattern, tenant, at, wanted) in [
            ("", "Contoso", at, "comparison-2026-11-21.html"),
            ("", "Contoso", "", "comparison.html"),
            (
                "{tenant}_{what}_{date}_{time}",
                "Contoso",
                at,
                "Contoso_comparison_2026-11-21_090705.html",
            ),
            ("{tenant}", "../../etc/passwd", at, "etc_passwd.html"),
            ("{tenant}", "a\u{202e}fdp.exe", at, "a_fdp.exe.html"),
            ("con", "", at, "_con.html"),
            ("COM1.x", "", at, "_COM1.x.html"),
            ("...", "", at, "comparison.html"),
            ("{date}", "", "", "comparison.html"),
        ] {
            let name = file_name(pattern, "comparison", tenant, "", at, ReportFormat::Html);
            assert_eq!(name, wanted, "{pattern} {tenant}");
        }
        let long = file_name("{tenant}", "x", &"ä".repeat(500), "", "", ReportFormat::Csv);
        assert_eq!(long.chars().count(), LONGEST + 4);
    }
}
