//! JSON text without the white space between its tokens.
//!
//! PowerShell aligns values with the end of their key: most of such an export is spaces. Taking them
//! out first is faster than letting the parser walk over each, and the document that is kept is small.

/// Eight spaces.
const SPACES: [u8; 8] = [b' '; 8];

/// The same text without white space outside of strings. Text that is not JSON stays not JSON.
pub(super) fn compact(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(bytes.len() / 2);
    let (mut from, mut at) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = after_string(bytes, at + 1),
            b' ' | b'\n' | b'\r' | b'\t' => {
                out.push_str(text.get(from..at).unwrap_or_default());
                at = after_space(bytes, at);
                from = at;
                // Two words side by side are an error that must stay one.
                let word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
                if word(out.as_bytes().last()) && word(bytes.get(at)) {
                    out.push(' ');
                }
            }
            _ => at += 1,
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// Where the string that begins here has ended.
fn after_string(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn after_space(bytes: &[u8], mut at: usize) -> usize {
    loop {
        while bytes.get(at..at + 8) == Some(&SPACES) {
            at += 8;
        }
        match bytes.get(at) {
            Some(b' ' | b'\n' | b'\r' | b'\t') => at += 1,
            _ => return at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_tokens_goes() {
        let cases = [
            (
                "{\r\n    \"a  b\":  [\t1,          2 ],\n\"c\\\" \" : \"Größe  \\\\\" }\n",
                "{\"a  b\":[1,2],\"c\\\" \":\"Größe  \\\\\"}",
            ),
            ("  ", ""),
            ("{\"cut\": \"of  ", "{\"cut\":\"of  "),
            ("\"x\\", "\"x\\"),
            ("[1 2]", "[1 2]"),
            ("[ true  false ]", "[true false]"),
        ];
        for (text, wanted) in cases {
            assert_eq!(compact(text), wanted);
        }
    }
}
