//! Bytes of a text, looked at eight at a time: half of an export is white space.

const EACH: u64 = 0x0101_0101_0101_0101;

/// Eight bytes from here on, the first one lowest.
fn eight(bytes: &[u8], at: usize) -> Option<u64> {
    let eight = bytes.get(at..).and_then(<[u8]>::first_chunk)?;
    Some(u64::from_le_bytes(*eight))
}

/// The highest bit of each byte that is below `least`. Only the lowest of these bits can be relied on: the subtraction
/// borrows from the bytes above.
const fn below(word: u64, least: u8) -> u64 {
    word.wrapping_sub(EACH * least as u64) & !word & (EACH << 7)
}

/// The same of each byte that is this one.
const fn is(word: u64, byte: u8) -> u64 {
    below(word ^ (EACH * byte as u64), 1)
}

/// How many bytes come before the first that is marked.
const fn before(marks: u64) -> usize {
    (marks.trailing_zeros() / 8) as usize
}

/// Where the first byte stands that `marks` marks in eight, and `one` finds alone; the end when there is none.
fn first(
    bytes: &[u8],
    mut at: usize,
    marks: impl Fn(u64) -> u64,
    one: impl Fn(u8) -> bool,
) -> usize {
    while let Some(word) = eight(bytes, at) {
        let marks = marks(word);
        if marks != 0 {
            return at + before(marks);
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|byte| !one(*byte)) {
        at += 1;
    }
    at
}

/// The next byte that a string cannot simply hold: a quotation mark, a backslash or a control character.
pub(super) fn plain(bytes: &[u8], at: usize) -> usize {
    first(
        bytes,
        at,
        // With this bit turned, the quotation mark is the next after the control characters, and none of these is another.
        |word| below(word ^ (EACH * 2), b' ' + 1) | is(word, b'\\'),
        |byte| byte < b' ' || byte == b'"' || byte == b'\\',
    )
}

/// The next byte that is no space.
pub(super) fn no_space(bytes: &[u8], at: usize) -> usize {
    first(
        bytes,
        at,
        |word| word ^ (EACH * b' ' as u64),
        |byte| byte != b' ',
    )
}

/// The first `@`.
pub fn sign(bytes: &[u8]) -> Option<usize> {
    let at = first(bytes, 0, |word| is(word, b'@'), |byte| byte == b'@');
    (at < bytes.len()).then_some(at)
}

/// True when one of the bytes is a capital letter of ASCII.
pub fn has_upper(bytes: &[u8]) -> bool {
    let marks = |word: u64| {
        let low = word & !(EACH << 7);
        let from = |byte: u8| low + EACH * (0x80 - u64::from(byte));
        from(b'A') & !from(b'Z' + 1) & !word & (EACH << 7)
    };
    first(bytes, 0, marks, |byte| byte.is_ascii_uppercase()) < bytes.len()
}

/// True when one of the bytes is zero: then it is no text.
pub fn has_zero(bytes: &[u8]) -> bool {
    let (blocks, rest) = bytes.as_chunks::<32>();
    let zero = |block: &[u8; 32]| {
        let (words, _) = block.as_chunks();
        let marks = |word: u64| word.wrapping_sub(EACH) & !word;
        let all = words.iter().map(|word| marks(u64::from_le_bytes(*word)));
        all.fold(0, |found, marks| found | marks) & (EACH << 7) != 0
    };
    blocks.iter().any(zero) || rest.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_and_every_byte_is_found() {
        for length in [1, 7, 8, 9, 31, 32, 33, 70] {
            for place in 0..length {
                for byte in 0..=255u8 {
                    let mut bytes = vec![b'x'; length];
                    bytes[place] = byte;
                    let stops = byte < 32 || byte == b'"' || byte == b'\\';
                    let end = if stops { place } else { length };
                    assert_eq!(plain(&bytes, 0), end, "{byte} at {place} of {length}");
                    assert_eq!(sign(&bytes), (byte == b'@').then_some(place));
                    assert_eq!(has_zero(&bytes), byte == 0);
                    assert_eq!(has_upper(&bytes), byte.is_ascii_uppercase());
                    let mut spaces = vec![b' '; length];
                    spaces[place] = byte;
                    let end = if byte == b' ' { length } else { place };
                    assert_eq!(no_space(&spaces, 0), end, "{byte} at {place} of {length}");
                }
            }
        }
    }
}
