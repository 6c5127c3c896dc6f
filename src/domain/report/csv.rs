//! CSV: a row for each setting, safe to open in a spreadsheet.

use super::{Report, state_words, text};

const HEAD: [&str; 11] = [
    "State",
    "Policy",
    "Pairing",
    "Setting",
    "Path",
    "Category",
    "Value in baseline",
    "Value in tenant",
    "Because",
    "Setting id",
    "Guarded",
];

/// UTF-8 with a byte order mark and CRLF, as Excel wants it.
/// The last column names the columns that got a leading `'`, so that a reader can take it off again.
pub(super) fn write(report: &Report) -> String {
    let mut out = String::from('\u{feff}');
    out.push_str(&HEAD.map(|name| format!("\"{name}\"")).join(","));
    out.push_str("\r\n");
    for group in &report.groups {
        for line in &group.lines {
            let fields = [
                state_words(line.state).0,
                &group.title,
                &group.note,
                &line.name,
                &line.path,
                &line.category,
                line.left.as_deref().unwrap_or_default(),
                line.right.as_deref().unwrap_or_default(),
                &line.because,
                &line.id,
            ];
            let mut guarded = Vec::new();
            for (field, head) in fields.iter().zip(HEAD) {
                let (field, acts) = text::csv(field);
                out.push_str(&field);
                out.push(',');
                if acts {
                    guarded.push(head);
                }
            }
            out.push_str(&text::csv(&guarded.join("; ")).0);
            out.push_str("\r\n");
        }
    }
    out
}
