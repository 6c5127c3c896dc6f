//! The encodings of OAuth: base64url, percent-encoding, `application/x-www-form-urlencoded`, GUIDs.
//!
//! Written here because a URL crate with its tables costs more than the whole of sign-in.

use std::borrow::Cow;

const URL_ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Bytes as base64url without padding (RFC 4648 §5).
pub fn base64url(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut group = [0u8; 3];
        for (slot, byte) in group.iter_mut().zip(chunk) {
            *slot = *byte;
        }
        let bits = u32::from_be_bytes([0, group[0], group[1], group[2]]);
        for place in 0..=chunk.len() {
            let index = (bits >> (18 - 6 * place)) & 63;
            out.push(char::from(URL_ALPHABET[index as usize]));
        }
    }
    out
}

/// Reads base64url strictly: no padding, no white space, no other alphabet, no stray bits at the end.
///
/// `None` when the text is anything else. Strict, because two spellings of one signature are one too many.
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    decode(text.as_bytes(), |byte| match byte {
        b'-' => Some(62),
        b'_' => Some(63),
        _ => alphanumeric(byte),
    })
}

/// Reads base64 as services write it into headers: either alphabet, with or without padding.
pub fn from_base64_any(text: &str) -> Option<Vec<u8>> {
    decode(text.trim_end_matches('=').as_bytes(), |byte| match byte {
        b'-' | b'+' => Some(62),
        b'_' | b'/' => Some(63),
        _ => alphanumeric(byte),
    })
}

fn alphanumeric(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        _ => None,
    }
}

fn decode(text: &[u8], value: impl Fn(u8) -> Option<u8>) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut bits, mut have) = (0u32, 0u32);
    for byte in text {
        bits = (bits << 6) | u32::from(value(*byte)?);
        have += 6;
        if have >= 8 {
            have -= 8;
            out.push((bits >> have) as u8);
            bits &= (1 << have) - 1;
        }
    }
    // Six bits left over is a lone character; other left-over bits must be zero.
    (have < 6 && bits == 0).then_some(out)
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
pub fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(nibble)]));
            }
        }
    }
    out
}

/// Name and value pairs as `application/x-www-form-urlencoded`, in the order given.
pub fn form(pairs: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(&percent(name));
        out.push('=');
        out.push_str(&percent(value));
    }
    out
}

/// Reads `application/x-www-form-urlencoded`. `None` when an escape is broken or the bytes are not UTF-8.
pub fn from_form(text: &str) -> Option<Vec<(Cow<'_, str>, Cow<'_, str>)>> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((unescape(name)?, unescape(value)?))
        })
        .collect()
}

fn unescape(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains(['%', '+']) {
        return Some(Cow::Borrowed(text));
    }
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => (hex(bytes.next()?)? << 4) | hex(bytes.next()?)?,
            other => other,
        });
    }
    String::from_utf8(out).ok().map(Cow::Owned)
}

fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// True for `8-4-4-4-12` hexadecimal digits, in any letter case.
pub fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn base64url_is_the_rfcs_and_strict() {
        // RFC 4648 §10, without padding.
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64url(bytes.as_bytes()), text);
            assert_eq!(from_base64url(text).unwrap(), bytes.as_bytes());
        }
        assert_eq!(base64url(&[0xfb, 0xff]), "-_8");
        // Case 34: padding, white space, the other alphabet, stray bits, a lone character.
        for bad in ["Zg==", "Zm9v\n", " Zm9v", "+/8", "Zh", "Zm9vY", "Zm 9v"] {
            assert_eq!(from_base64url(bad), None, "{bad:?}");
        }
        assert_eq!(from_base64_any("+/8=").unwrap(), [0xfb, 0xff]);
    }

    #[test]
    fn forms_survive_the_round_trip_and_broken_escapes_do_not() {
        let text = form(&[("scope", "a b&c"), ("é", "100 %+")]);
        assert_eq!(text, "scope=a%20b%26c&%C3%A9=100%20%25%2B");
        let back = from_form(&text).unwrap();
        assert_eq!(back[0], ("scope".into(), "a b&c".into()));
        assert_eq!(back[1], ("é".into(), "100 %+".into()));
        assert_eq!(from_form("a=b+c&d").unwrap()[1].1, "");
        for bad in ["a=%", "a=%2", "a=%zz", "a=%ff"] {
            assert!(from_form(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn guids_are_recognised_by_shape() {
        assert!(is_guid("9188040d-6c67-4c5b-b112-36a304b66dad"));
        for bad in [
            "",
            "9188040d6c674c5bb11236a304b66dad",
            "9188040d-6c67-4c5b-b112-36a304b66da",
            "9188040g-6c67-4c5b-b112-36a304b66dad",
            "{188040d-6c67-4c5b-b112-36a304b66da}",
        ] {
            assert!(!is_guid(bad), "{bad}");
        }
    }
}
