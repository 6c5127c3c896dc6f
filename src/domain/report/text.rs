//! The one place for each format where foreign text is made harmless.

use std::fmt::Write;

/// Shows what would otherwise act unseen: bidi controls, zero-width characters, NUL and other controls.
/// New lines and tabs stay.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if hidden(c) {
            let _ = write!(out, "⟨U+{:04X}⟩", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

pub(super) fn hidden(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// For element content and quoted attributes of HTML.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    html_into(&mut out, text);
    out
}

/// The same, written at the end of what is there.
pub(super) fn html_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if hidden(c) => {
                // Words, not markup: this stands in attributes, titles and pictures too.
                let _ = write!(out, "⟨U+{:04X}⟩", u32::from(c));
            }
            c => out.push(c),
        }
    }
}

/// For a line of Markdown: every character that could start markup is escaped, new lines become spaces.
pub(super) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in visible(text).chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '!' | '|' | '~'
            | '>' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// A field of CSV: always quoted (RFC 4180); a text that a spreadsheet would take for a formula gets a
/// leading `'`. The flag says whether it did.
///
/// OWASP, CSV Injection: `=`, `+`, `-`, `@`, tab and carriage return, their full-width forms, also
/// behind spaces, a byte order mark or zero-width characters.
pub(super) fn csv(text: &str) -> (String, bool) {
    let first = text
        .chars()
        .find(|c| !c.is_whitespace() && !hidden(*c) || matches!(c, '\t' | '\r' | '\n'));
    let acts = matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
    );
    let mark = if acts { "'" } else { "" };
    (
        format!("\"{mark}{}\"", visible(text).replace('"', "\"\"")),
        acts,
    )
}

/// A number with thousands separators.
pub(crate) fn number(n: u32) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}
