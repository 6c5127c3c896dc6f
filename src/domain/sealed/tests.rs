#![allow(clippy::unwrap_used)]
use super::*;

fn head() -> Head {
    let mut random = [0; RANDOM];
    for (at, byte) in random.iter_mut().enumerate() {
        *byte = u8::try_from(at).unwrap() + 1;
    }
    Head {
        check: [7; 32],
        ..Head::new(&random)
    }
}

#[test]
fn a_head_comes_back_as_it_was() {
    let bytes = head().write();
    assert_eq!(bytes.len(), HEAD);
    assert!(is_sealed(&bytes));
    assert_eq!(Head::read(&bytes), Ok(head()));
}

#[test]
fn another_head_is_refused() {
    let good = head().write();
    let with = |at: usize, bytes: &[u8]| {
        let mut bad = good.clone();
        bad[at..at + bytes.len()].copy_from_slice(bytes);
        Head::read(&bad)
    };
    for (case, found, expect) in [
        ("magic", with(0, b"P"), SealedError::NotSealed),
        ("version", with(16, &[2]), SealedError::Version),
        ("kdf", with(17, &[2]), SealedError::Version),
        (
            "no work",
            with(18, &599_999u32.to_be_bytes()),
            SealedError::Head,
        ),
        (
            "endless work",
            with(18, &u32::MAX.to_be_bytes()),
            SealedError::Head,
        ),
        ("no chunk", with(38, &[0; 4]), SealedError::Head),
        ("a chunk of 4 GB", with(38, &[255; 4]), SealedError::Head),
        (
            "cut off",
            Head::read(&good[..HEAD - 1]),
            SealedError::Altered,
        ),
        ("empty", Head::read(&[]), SealedError::NotSealed),
    ] {
        assert_eq!(found, Err(expect), "{case}");
        assert!(!expect.words().is_empty());
    }
}

#[test]
fn every_chunk_has_its_own_nonce_and_the_last_is_marked() {
    for (length, sizes) in [
        (0, &[0][..]),
        (1, &[1]),
        (9, &[9]),
        (10, &[10]),
        (11, &[10, 1]),
        (20, &[10, 10]),
    ] {
        let body = vec![1; length];
        let found: Vec<_> = chunks(&body, 10).collect();
        assert_eq!(
            found
                .iter()
                .map(|(_, part, _)| part.len())
                .collect::<Vec<_>>(),
            sizes
        );
        let lasts: Vec<bool> = found.iter().map(|(.., last)| *last).collect();
        assert_eq!(lasts.iter().filter(|last| **last).count(), 1);
        assert_eq!(lasts.last(), Some(&true));
    }
    let head = head();
    let nonces = [
        head.nonce(0, false),
        head.nonce(0, true),
        head.nonce(1, false),
        head.nonce(256, false),
    ];
    for (at, nonce) in nonces.iter().enumerate() {
        assert!(!nonces[..at].contains(nonce));
        assert_eq!(nonce[..7], nonces[0][..7]);
    }
}

#[test]
fn a_passphrase_has_120_bits_and_no_letter_that_is_read_for_another() {
    let mut all = String::new();
    for byte in 0..=255 {
        let words = passphrase(&[byte; 24]);
        assert_eq!((words.len(), words.matches('-').count()), (29, 5));
        assert!(words.len() >= SHORTEST);
        all.push_str(&words);
    }
    let mut letters: Vec<char> = all.chars().filter(|c| *c != '-').collect();
    letters.sort_unstable();
    letters.dedup();
    assert_eq!(letters.len(), 32);
    assert!(!letters.iter().any(|c| "1loi".contains(*c)));
}
