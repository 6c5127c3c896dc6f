//! Bytes of a file as text: the encodings that exports are found in.
//!
//! Windows PowerShell 5.1 writes UTF-16LE with a byte order mark, PowerShell 7 and the admin centre
//! UTF-8 with or without one. One release of a baseline was encoded twice: UTF-8 bytes taken for
//! UTF-16 and saved as UTF-8 again, so that the file starts with CJK characters.

use crate::json::bytes::has_zero;

/// A file as text.
#[derive(Debug, PartialEq, Eq)]
pub struct Text {
    /// Without byte order mark.
    pub text: String,
    /// True when it was encoded twice and has been put right.
    pub repaired: bool,
}

/// Why bytes are not text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextError {
    /// Zero bytes or too many control characters: an image, an archive, a package.
    Binary,
    /// Not UTF-8 from this byte on, and no byte order mark that says otherwise.
    NotUtf8(usize),
    /// UTF-16 with half a character at this code unit.
    NotUtf16(usize),
}

/// Decodes a file. What begins like JSON is not searched for zero bytes: its reader stops at them.
///
/// # Errors
/// When the bytes are not text in UTF-8 or UTF-16.
pub fn decode(mut bytes: Vec<u8>) -> Result<Text, TextError> {
    let plain = |text| Text {
        text,
        repaired: false,
    };
    match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, ..] => {
            bytes.drain(..3);
            utf8(bytes).map(mend)
        }
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes).map(plain),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes).map(plain),
        // UTF-16 without a mark: JSON starts with an ASCII character.
        [first, 0, ..] if first.is_ascii() && *first != 0 => {
            utf16(&bytes, u16::from_le_bytes).map(plain)
        }
        [0, second, ..] if second.is_ascii() && *second != 0 => {
            utf16(&bytes, u16::from_be_bytes).map(plain)
        }
        _ => utf8(bytes).map(mend),
    }
}

fn utf8(bytes: Vec<u8>) -> Result<String, TextError> {
    match String::from_utf8(bytes) {
        Ok(text) if !text.starts_with(['{', '[']) && has_zero(text.as_bytes()) => {
            Err(TextError::Binary)
        }
        Ok(text) => Ok(text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let head = &bytes[..bytes.len().min(512)];
            let odd = head
                .iter()
                .filter(|b| **b < 9 || (14..32).contains(*b))
                .count();
            Err(if odd * 20 > head.len() {
                TextError::Binary
            } else {
                TextError::NotUtf8(at)
            })
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, TextError> {
    let mut text = String::with_capacity(bytes.len() / 2 + 16);
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    for (at, c) in char::decode_utf16(units).enumerate() {
        match c {
            Ok('\0') => return Err(TextError::Binary),
            Ok(c) => text.push(c),
            Err(_) => return Err(TextError::NotUtf16(at)),
        }
    }
    Ok(text)
}

/// Puts text right that was encoded twice. Text that was not is returned as it is.
fn mend(text: String) -> Text {
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        if let Some(text) = unwrap_twice(&text, order) {
            return Text {
                text,
                repaired: true,
            };
        }
    }
    Text {
        text,
        repaired: false,
    }
}

fn unwrap_twice(text: &str, order: fn(u16) -> [u8; 2]) -> Option<String> {
    let mut units = [0; 2];
    let first = text.chars().find(|c| *c != '\u{feff}')?;
    let [head, next] = order(*first.encode_utf16(&mut units).first()?);
    let opens = matches!(head, b'{' | b'[') && matches!(next, b'\r' | b'\n' | b'\t' | b' '..=b'~');
    if first.is_ascii() || !opens {
        return None;
    }
    let bytes = text
        .encode_utf16()
        .filter(|unit| *unit != 0xFEFF)
        .flat_map(order)
        .collect();
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    fn be(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "{\r\n  \"name\": \"Größe 漢字 🔒\"\r\n}";
        let cases: [(&str, Vec<u8>); 6] = [
            ("utf-8", text.into()),
            ("utf-8 bom", [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
            ("utf-16le bom", [b"\xFF\xFE".to_vec(), le(text)].concat()),
            ("utf-16be bom", [b"\xFE\xFF".to_vec(), be(text)].concat()),
            ("utf-16le", le(text)),
            ("utf-16be", be(text)),
        ];
        for (name, bytes) in cases {
            let got = decode(bytes).unwrap();
            assert_eq!((name, got.text.as_str(), got.repaired), (name, text, false));
        }
    }

    #[test]
    fn text_encoded_twice_is_put_right_and_says_so() {
        let json = "{\"name\": \"BitLocker\"} ";
        let units: Vec<u16> = json
            .as_bytes()
            .chunks(2)
            .map(|p| u16::from_le_bytes([p[0], p[1]]))
            .collect();
        let twice = String::from_utf16(&units).unwrap();
        assert!(!twice.is_ascii());
        let got = decode(twice.into_bytes()).unwrap();
        assert_eq!((got.text.as_str(), got.repaired), (json, true));
    }

    #[test]
    fn other_bytes_are_told_apart() {
        assert_eq!(
            decode(b"{\"a\": \"caf\xE9\"}".to_vec()),
            Err(TextError::NotUtf8(10))
        );
        assert_eq!(
            decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff".to_vec()),
            Err(TextError::Binary)
        );
        assert_eq!(
            decode(b"\xFF\xFE{\0\x00\xD8}\0".to_vec()),
            Err(TextError::NotUtf16(1))
        );
        assert_eq!(decode(Vec::new()).unwrap().text, "");
    }
}
