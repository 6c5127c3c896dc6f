//! What is shown, as text for a spreadsheet.

use domain::protocol::{AssignedState, File, LedgerEntry, RowView, RowsWindow};

use crate::ui::words;

const HEADS: [&str; 8] = [
    "Name",
    "Assigned",
    "Type",
    "Platform",
    "Settings",
    "Scope tags",
    "Modified",
    "Id",
];

fn cells(row: &RowView) -> [String; 8] {
    let assigned = if row.assigned == AssignedState::Assigned {
        row.assigned_to.clone()
    } else {
        words::assigned(row.assigned).word.to_owned()
    };
    [
        row.name.clone(),
        assigned,
        row.kind.clone(),
        row.platform.clone(),
        row.settings.map_or("?".to_owned(), |n| n.to_string()),
        row.scope_tags.clone(),
        row.modified.clone(),
        row.id.clone(),
    ]
}

/// The rows of a window that pass, tab-separated, with a head.
pub fn tsv(window: &RowsWindow, pass: impl Fn(u32) -> bool) -> String {
    let mut out = HEADS.join("\t");
    for (at, row) in (window.from..).zip(&window.rows) {
        if pass(at) {
            out.push('\n');
            let cells = cells(row).map(|cell| defuse(&cell).replace(['\t', '\r', '\n'], " "));
            out.push_str(&cells.join("\t"));
        }
    }
    out
}

/// All rows of a window as CSV (RFC 4180), with a byte order mark for Excel.
pub fn csv(window: &RowsWindow) -> File {
    let mut out = String::from("\u{feff}");
    out.push_str(&HEADS.join(","));
    out.push_str("\r\n");
    for row in &window.rows {
        let cells = cells(row).map(|cell| quote(&defuse(&cell)));
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    File {
        path: "inventory.csv".to_owned(),
        mime: "text/csv;charset=utf-8".to_owned(),
        bytes: out.into_bytes(),
    }
}

/// The ledger as CSV. Its fields are ours and the site's own configuration, quoted all the same.
pub fn ledger(entries: &[LedgerEntry]) -> File {
    let mut out = String::from("\u{feff}ms,method,origin,route,status,bytes,took ms,why\r\n");
    for e in entries {
        let texts = [&e.method, &e.origin, &e.route, &e.why].map(|t| quote(&defuse(t)));
        let [method, origin, route, why] = texts;
        let (at, status, bytes, took) = (e.at, e.status, e.bytes, e.took);
        out.push_str(&format!(
            "{at},{method},{origin},{route},{status},{bytes},{took},{why}\r\n"
        ));
    }
    File {
        path: "requests.csv".to_owned(),
        mime: "text/csv;charset=utf-8".to_owned(),
        bytes: out.into_bytes(),
    }
}

/// A cell that a spreadsheet would run as a formula gets an apostrophe in front.
/// <https://owasp.org/www-community/attacks/CSV_Injection>
fn defuse(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn quote(cell: &str) -> String {
    if cell.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// A name that every file system takes.
pub fn file_name(name: &str, ending: &str) -> String {
    let stem: String = name
        .chars()
        .take(80)
        .map(|c| {
            let odd = c.is_control() || "\\/:*?\"<>|".contains(c);
            if odd { '_' } else { c }
        })
        .collect();
    format!("{}.{ending}", stem.trim().trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_text_and_a_quote_is_doubled() {
        let row = RowView {
            index: 0,
            id: "a".to_owned(),
            name: "=HYPERLINK(\"x\")".to_owned(),
            kind: "a\tb".to_owned(),
            row: String::new(),
            platform: String::new(),
            assigned: AssignedState::Unknown,
            assigned_to: String::new(),
            settings: None,
            modified: String::new(),
            scope_tags: String::new(),
            matched: String::new(),
        };
        let window = RowsWindow {
            rows: vec![row],
            from: 4,
            ..RowsWindow::default()
        };
        let text = String::from_utf8(csv(&window).bytes).unwrap_or_default();
        assert!(
            text.contains("\"'=HYPERLINK(\"\"x\"\")\",Unknown,"),
            "{text}"
        );
        assert_eq!(
            tsv(&window, |row| row == 4).lines().nth(1),
            Some("'=HYPERLINK(\"x\")\tUnknown\ta b\t\t?\t\t\ta")
        );
        assert_eq!(tsv(&window, |row| row == 0).lines().count(), 1);
    }

    #[test]
    fn a_file_name_has_no_path_in_it() {
        assert_eq!(file_name("../a|b: c.", "json"), ".._a_b_ c.json");
    }
}
