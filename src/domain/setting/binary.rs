//! Scripts, profiles and layouts: base64 in Graph, text for people.

use std::borrow::Cow;

/// True for a property of type `Edm.Binary` (or a base64 string) that holds text.
/// Source: Microsoft Graph beta metadata.
pub(super) fn is_text_in_base64(name: &str) -> bool {
    matches!(
        name,
        "configurationFileContent"
            | "configurationXml"
            | "content"
            | "customXml"
            | "defenderExploitProtectionXml"
            | "detectionScriptContent"
            | "eapXml"
            | "encodedSettingXml"
            | "file"
            | "officeConfigurationXml"
            | "payload"
            | "payloadJson"
            | "remediationScriptContent"
            | "rulesContent"
            | "scriptContent"
            | "startMenuLayoutEdgeAssetsXml"
            | "startMenuLayoutXml"
    )
}

/// The text that a property holds: decoded where it is text in base64, as written elsewhere.
pub(super) fn text_of<'a>(name: &str, written: &'a str) -> Cow<'a, str> {
    if is_text_in_base64(name) {
        decode_text(written).map_or(Cow::Borrowed(written), Cow::Owned)
    } else {
        Cow::Borrowed(written)
    }
}

/// Decodes base64 that holds UTF-8 or UTF-16 text. `None` when it is not base64, or not text:
/// a signed profile, an image.
pub fn decode_text(base64: &str) -> Option<String> {
    text_of_bytes(&decode_base64(base64)?)
}

/// The text that bytes are, as [`decode_text`] has it.
pub(super) fn text_of_bytes(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).ok()?,
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => String::from_utf8(bytes.to_vec()).ok()?,
    };
    let binary = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}');
    (!text.is_empty() && !text.contains(binary)).then_some(text)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    rest.is_empty()
        .then(|| char::decode_utf16(units).collect::<Result<_, _>>().ok())
        .flatten()
}

/// RFC 4648 §4 and §5; line breaks inside are skipped, padding may be missing.
pub(super) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0u32);
    for byte in text.trim_end().trim_end_matches('=').bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'\r' | b'\n' | b' ' | b'\t' => continue,
            _ => return None,
        };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    // One sextet left over is no byte: not base64.
    (count < 6).then_some(out)
}

/// Base64 with padding. RFC 4648 §4.
pub fn encode_base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            if digit > chunk.len() {
                out.push('=');
            } else {
                let at = (bits >> (18 - 6 * digit)) & 63;
                out.push(char::from(DIGITS[at as usize]));
            }
        }
    }
    out
}
