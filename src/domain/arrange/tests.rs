#![allow(clippy::unwrap_used)]
use super::Arrange;

/// Numbers that look random and are the same every time.
fn noise(len: usize, range: u64) -> Vec<u64> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let next = |_| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % range
    };
    (0..len).map(next).collect()
}

#[test]
fn it_sorts_as_the_standard_library_does() {
    for len in [0, 1, 2, 3, 11, 12, 13, 14, 31, 32, 33, 100, 1000, 4097] {
        for range in [1, 2, 10, 1 << 30] {
            let mut list = noise(len, range);
            let mut expected = list.clone();
            expected.sort();
            list.arrange();
            assert_eq!(list, expected, "{len} numbers below {range}");
            // Sorted and reversed lists.
            list.arrange();
            assert_eq!(list, expected);
            list.reverse();
            list.arrange();
            assert_eq!(list, expected);
        }
    }
}

#[test]
fn equal_elements_keep_their_order() {
    for len in [5, 12, 13, 500] {
        let list: Vec<(u64, usize)> = noise(len, 4).into_iter().zip(0..).collect();
        let mut expected = list.clone();
        expected.sort_by_key(|(key, _)| *key);
        let mut by_key = list.clone();
        by_key.arrange_by_key(|(key, _)| *key);
        assert_eq!(by_key, expected, "{len}");
        let mut cached = list.clone();
        cached.arrange_by_cached_key(|(key, _)| key.to_string());
        assert_eq!(cached, expected, "{len}");
        let mut by = list;
        by.arrange_by(|a, b| b.0.cmp(&a.0));
        expected.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        assert_eq!(by, expected, "{len}");
    }
}

#[test]
fn what_cannot_be_copied_is_moved() {
    let mut words: Vec<String> = noise(200, 1 << 20).iter().map(u64::to_string).collect();
    let mut expected = words.clone();
    expected.sort();
    words.arrange();
    assert_eq!(words, expected);
}
