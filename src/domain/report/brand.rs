//! Name, colour and logo of an organisation, checked: they come from a person's disk.

use sha2::{Digest, Sha256};

use crate::protocol::Brand;

/// The largest logo, in bytes.
pub const LOGO_LIMIT: usize = 512 << 10;

/// `#rrggbb`; `None` for anything else.
pub fn colour(brand: &Brand) -> Option<&str> {
    let digits = brand.colour.strip_prefix('#')?;
    let is_it = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    is_it.then_some(brand.colour.as_str())
}

/// MIME type by the first bytes: PNG or JPEG. `None` for anything else, and for what is too large.
pub fn mime(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        _ if bytes.len() > LOGO_LIMIT => None,
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        _ => None,
    }
}

/// MIME type and base64 of the logo.
pub(super) fn logo(brand: &Brand) -> Option<(&'static str, String)> {
    Some((mime(&brand.logo)?, base64(&brand.logo)))
}

/// SHA-256 of a style sheet as a content security policy names it.
pub(super) fn hash(style: &str) -> String {
    base64(&Sha256::digest(style.as_bytes()))
}

/// RFC 4648, section 4, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |n: usize| u32::from(chunk.get(n).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for n in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * n) & 63) as usize];
            out.push(if n > chunk.len() {
                '='
            } else {
                char::from(digit)
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (text, wanted) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(text.as_bytes()), wanted);
        }
    }

    #[test]
    fn only_what_it_claims_to_be_gets_into_a_report() {
        let brand = |colour: &str, logo: &[u8]| Brand {
            colour: colour.to_owned(),
            logo: logo.to_vec(),
            ..Brand::default()
        };
        assert_eq!(colour(&brand("#0e5A70", b"")), Some("#0e5A70"));
        for wrong in ["", "red", "#12345", "#12345g", "#fff}*{x:y", "0e5a70"] {
            assert_eq!(colour(&brand(wrong, b"")), None, "{wrong}");
        }
        assert!(logo(&brand("", b"\x89PNG\r\n\x1a\nx")).is_some());
        assert!(logo(&brand("", b"<svg onload=alert(1)>")).is_none());
        let mut large = b"\xff\xd8\xff".to_vec();
        large.resize(LOGO_LIMIT + 1, 0);
        assert!(logo(&brand("", &large)).is_none());
    }
}
