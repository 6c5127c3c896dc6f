//! YAML as a JSON tree: what PyYAML's `dump` writes, and what people change in it by hand.
//!
//! Read: block mappings and sequences, flow collections, plain and quoted scalars over several
//! lines, literal and folded blocks, anchors and aliases, comments (YAML 1.1, as PyYAML resolves it).
//! Not read, and said with the place: complex keys, merge keys, several documents, tabs as indent.
//! Aliases are copied, so what they may add is bounded.

mod block;
mod resolve;
mod scalar;

use crate::json::Json;

/// How deep collections may stand in each other.
const DEPTH: usize = 64;

/// How many values aliases may add to one document.
const COPIES: usize = 200_000;

/// Why a text is not read: where and what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YamlError {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// A few words, without a full stop.
    pub what: &'static str,
}

/// Reads one document.
///
/// # Errors
/// With the place, when the text is not well-formed or uses what is not read.
pub fn parse(text: &str) -> Result<Json<'static>, YamlError> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut reader = block::Reader::new(&text);
    reader.document().map_err(|fault| {
        let (line, column) = crate::plist::place(&text, fault.at);
        YamlError {
            line,
            column,
            what: fault.what,
        }
    })
}

/// An error before its offset has become a line and a column.
#[derive(Debug, Clone, Copy)]
struct Fault {
    at: usize,
    what: &'static str,
}

/// How many values a tree has.
fn size(value: &Json<'_>) -> usize {
    1 + match value {
        Json::Array(items) => items.iter().map(size).sum(),
        Json::Object(object) => object.iter().map(|(_, value)| size(value)).sum(),
        _ => 0,
    }
}

/// How deep a tree is: 0 for a scalar.
fn height(value: &Json<'_>) -> usize {
    match value {
        Json::Array(items) => 1 + items.iter().map(height).max().unwrap_or(0),
        Json::Object(object) => 1 + object.iter().map(|(_, v)| height(v)).max().unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests;
