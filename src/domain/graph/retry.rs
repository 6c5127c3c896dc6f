//! When a failed request is tried again, and when it is given up.

/// Milliseconds.
pub type Ms = u64;

/// How often a throttled request is sent before it is given up. With the waits below that is more
/// than six minutes of nothing but 429.
pub const THROTTLED_LIMIT: u8 = 10;
/// How often a request that failed otherwise is sent.
pub const FAILED_LIMIT: u8 = 5;
/// How often an answer that cannot be read is asked for.
pub const MALFORMED_LIMIT: u8 = 5;

/// The longest single wait, whatever the service asks for: ten minutes.
const LONGEST: Ms = 600_000;

/// `Retry-After` in milliseconds: seconds, and Graph writes fractions too. A date is not read
/// (the caller backs off instead); negative, endless and absurd values are not obeyed.
pub fn retry_after(header: &str) -> Option<Ms> {
    let header = header.trim();
    let (seconds, fraction) = header.split_once('.').unwrap_or((header, "0"));
    let seconds: Ms = seconds.parse().ok()?;
    if seconds > 86_400
        || fraction.is_empty()
        || !fraction.bytes().all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let thousandths = fraction.bytes().chain(*b"00").take(3);
    let thousandths = thousandths.fold(0, |sum, digit| sum * 10 + Ms::from(digit - b'0'));
    // What is left of the fraction is one more.
    let rest = fraction.bytes().skip(3).any(|digit| digit != b'0');
    Some((seconds * 1000 + thousandths + Ms::from(rest)).min(LONGEST))
}

/// The wait before try number `attempt` + 1 (the first try is 1): 2 s, 4 s, 8 s … at most 60 s, and
/// up to a quarter more by `jitter`, so that requests that failed together do not come back together.
pub fn back_off(attempt: u8, jitter: u8) -> Ms {
    let base = (1_000_u64 << attempt.clamp(1, 6)).min(60_000);
    base + base / 4 * u64::from(jitter) / 255
}

/// The wait after `Retry-After`, with a little spread on top.
pub fn obey(wait: Ms, jitter: u8) -> Ms {
    wait + 250 * u64::from(jitter) / 255
}

/// A small generator for the spread. Not for secrets.
#[derive(Debug, Clone)]
pub struct Jitter(u64);

impl Jitter {
    /// `seed` is random, from outside.
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 32) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_are_capped() {
        let waits: Vec<_> = (1..9).map(|n| back_off(n, 0)).collect();
        assert_eq!(
            waits,
            [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]
        );
        assert_eq!(back_off(1, 255), 2_500);
        assert_eq!(back_off(0, 0), 2_000);
        assert_eq!(back_off(255, 255), 75_000);
    }

    #[test]
    fn retry_after_is_seconds_with_fractions() {
        for (header, expect) in [
            ("3", Some(3_000)),
            (" 0.4 ", Some(400)),
            ("0", Some(0)),
            ("1.5", Some(1_500)),
            ("0.0301", Some(31)),
            ("1.", None),
            ("1.x", None),
            ("99999999999999999999", None),
            ("3000", Some(600_000)),
            ("-1", None),
            ("inf", None),
            ("NaN", None),
            ("Wed, 21 Oct 2026 07:28:00 GMT", None),
            ("", None),
        ] {
            assert_eq!(retry_after(header), expect, "{header:?}");
        }
    }

    #[test]
    fn jitter_spreads() {
        let mut jitter = Jitter::new(42);
        let mut bytes: Vec<_> = (0..64).map(|_| jitter.byte()).collect();
        bytes.sort_unstable();
        bytes.dedup();
        assert!(bytes.len() > 40, "{bytes:?}");
    }
}
