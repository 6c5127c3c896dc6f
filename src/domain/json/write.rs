//! Values as JSON text.

use super::Json;

/// A text as a JSON string, with its quotation marks.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_quoted(&mut out, text);
    out
}

/// The same at the end of a text.
pub fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let short = match byte {
            b'"' | b'\\' => byte,
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x8 => b'b',
            0xc => b'f',
            0..b' ' => b'u',
            _ => continue,
        };
        out.push_str(text.get(from..at).unwrap_or_default());
        out.push('\\');
        out.push(char::from(short));
        if short == b'u' {
            out.push_str(if byte < 16 { "000" } else { "001" });
            out.extend(char::from_digit(u32::from(byte & 15), 16));
        }
        from = at + 1;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out.push('"');
}

/// A value at the end of a text. `indent`: how many steps of two spaces its lines are moved in; `None`: on one line.
pub(super) fn push(out: &mut String, value: &Json<'_>, indent: Option<usize>) {
    let inner = indent.map(|steps| steps + 1);
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(true) => out.push_str("true"),
        Json::Bool(false) => out.push_str("false"),
        Json::Int(number) => out.push_str(&number.to_string()),
        Json::Number(text) => out.push_str(text),
        Json::String(text) => push_quoted(out, text),
        Json::Array(items) => {
            out.push('[');
            for (number, item) in items.iter().enumerate() {
                next(out, number, inner);
                push(out, item, inner);
            }
            end(out, ']', items.is_empty(), indent);
        }
        Json::Object(object) => {
            out.push('{');
            for (number, (name, value)) in object.0.iter().enumerate() {
                next(out, number, inner);
                push_quoted(out, name);
                out.push_str(if indent.is_some() { ": " } else { ":" });
                push(out, value, inner);
            }
            end(out, '}', object.0.is_empty(), indent);
        }
    }
}

fn next(out: &mut String, number: usize, indent: Option<usize>) {
    if number > 0 {
        out.push(',');
    }
    line(out, indent);
}

fn end(out: &mut String, with: char, empty: bool, indent: Option<usize>) {
    if !empty {
        line(out, indent);
    }
    out.push(with);
}

fn line(out: &mut String, indent: Option<usize>) {
    if let Some(steps) = indent {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", steps));
    }
}
