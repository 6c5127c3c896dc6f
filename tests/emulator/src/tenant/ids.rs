//! Ids, chances and dates, all from the seed: the same seed gives the same tenant, byte for byte.

/// A splitmix64 stream.
#[derive(Debug, Clone)]
pub(super) struct Rng(u64);

impl Rng {
    /// A stream of its own for each thing: `of(&[seed, kind, index])`.
    pub(super) fn of(parts: &[u64]) -> Self {
        let mut state = 0x6a09_e667_f3bc_c909;
        for part in parts {
            state = mix(state ^ part.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        }
        Self(state)
    }

    /// The next number.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// A number below `end` (0 when `end` is 0).
    pub(super) fn below(&mut self, end: usize) -> usize {
        if end == 0 {
            return 0;
        }
        usize::try_from(self.next() % end as u64).unwrap_or_default()
    }

    /// True in `percent` of 100 cases.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number for a text, to seed a stream with.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Makes the ids of one kind of thing, and finds the index in an id again,
/// so that 100,000 devices need no table of their ids.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guids {
    seed: u64,
    mask: u32,
}

const ODD: u32 = 0x9e37_79b1;
const ODD_INVERSE: u32 = 0x0e8b_2f51;

impl Guids {
    /// The ids of a kind.
    pub(super) fn of(seed: u64, kind: &str) -> Self {
        let seed = mix(seed ^ hash(kind));
        let mask = u32::try_from(seed >> 32).unwrap_or_default();
        Self { seed, mask }
    }

    /// The id of the thing with this index.
    pub(super) fn at(self, index: usize) -> String {
        let low = u32::try_from(index).unwrap_or(u32::MAX);
        let first = low.wrapping_mul(ODD) ^ self.mask;
        let a = mix(self.seed ^ u64::from(low));
        let b = mix(a);
        format!(
            "{first:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            a & 0xffff,
            (a >> 16) & 0xfff,
            0x8000 | ((a >> 28) & 0x3fff),
            b & 0xffff_ffff_ffff,
        )
    }

    /// The index of the thing that has this id, if it is below `len`.
    pub(super) fn index(self, id: &str, len: usize) -> Option<usize> {
        let first = u32::from_str_radix(id.get(..8)?, 16).ok()?;
        let index = usize::try_from((first ^ self.mask).wrapping_mul(ODD_INVERSE)).ok()?;
        (index < len && self.at(index).eq_ignore_ascii_case(id)).then_some(index)
    }
}

/// Seconds since 1970 as Graph writes a date: `2026-11-21T08:30:00Z`.
pub(super) fn date_time(seconds: i64) -> String {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    format!(
        "{}T{:02}:{:02}:{:02}Z",
        date(days),
        rest / 3600,
        rest / 60 % 60,
        rest % 60
    )
}

/// Days since 1970 as `2026-11-21` (proleptic Gregorian calendar).
pub(super) fn date(days: i64) -> String {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Standard base64.
pub(super) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let n = chunk.iter().fold(0u32, |n, b| (n << 8) | u32::from(*b)) << (8 * (3 - chunk.len()));
        for digit in 0..4 {
            let at = usize::try_from((n >> (18 - 6 * digit)) & 63).unwrap_or_default();
            out.push(if digit <= chunk.len() {
                char::from(DIGITS[at])
            } else {
                '='
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_leads_back_to_its_index() {
        let guids = Guids::of(7, "device");
        for index in [0, 1, 40, 99_999] {
            let id = guids.at(index);
            assert_eq!(id.len(), 36);
            assert_eq!(guids.index(&id, 100_000), Some(index), "{id}");
            assert_eq!(guids.index(&id.to_uppercase(), 100_000), Some(index));
        }
        assert_eq!(guids.index(&guids.at(5), 5), None);
        assert_eq!(guids.index(&Guids::of(8, "device").at(5), 100), None);
        assert_eq!(guids.index("none", 100), None);
    }

    #[test]
    fn dates_are_the_calendar_s() {
        assert_eq!(date_time(0), "1970-01-01T00:00:00Z");
        assert_eq!(date_time(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(date_time(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(date_time(1_795_248_000), "2026-11-21T08:00:00Z");
    }

    #[test]
    fn base64_is_the_standard_one() {
        for (text, expect) in [("", ""), ("M", "TQ=="), ("Ma", "TWE="), ("Man", "TWFu")] {
            assert_eq!(base64(text.as_bytes()), expect);
        }
    }
}
