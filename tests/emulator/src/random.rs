//! Random values: unguessable ones for tokens and codes, repeatable ones for faults.

use ring::rand::{SecureRandom as _, SystemRandom};

use crate::http::base64url;

/// An unguessable string of 256 bits behind a prefix that says what it is.
pub fn token(prefix: &str) -> String {
    format!("{prefix}{}", base64url(&bytes::<32>()))
}

/// A random GUID (version 4).
pub fn guid() -> String {
    guid_of(bytes())
}

fn bytes<const N: usize>() -> [u8; N] {
    let mut out = [0; N];
    // The system's generator fails only where there is none; a stand-in for tests has no better answer than zeros.
    let _ = SystemRandom::new().fill(&mut out);
    out
}

fn guid_of(mut bytes: [u8; 16]) -> String {
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

/// A repeatable number for a seed and a text (FNV-1a, then an avalanche).
pub fn hash(seed: u64, text: &str) -> u64 {
    let mut value = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for byte in text.bytes() {
        value = (value ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    value = (value ^ value >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    value ^ value >> 33
}
