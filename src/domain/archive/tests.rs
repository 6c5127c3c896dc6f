#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use miniz_oxide::deflate::compress_to_vec;

/// What a test puts into an archive.
struct Put<'a> {
    name: &'a str,
    content: &'a [u8],
    method: u16,
    flags: u16,
    crc: Option<u32>,
}

impl<'a> Put<'a> {
    fn deflated(name: &'a str, content: &'a [u8]) -> Self {
        Self {
            name,
            content,
            method: 8,
            flags: 0,
            crc: None,
        }
    }
}

fn zip(entries: &[Put]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for put in entries {
        let packed = if put.method == 8 {
            compress_to_vec(put.content, 6)
        } else {
            put.content.to_vec()
        };
        let crc = put.crc.unwrap_or_else(|| crc32(put.content));
        let local = out.len() as u32;
        let mut common = Vec::new();
        for short in [20, put.flags, put.method, 0, 0] {
            common.extend(u16::to_le_bytes(short));
        }
        for long in [crc, packed.len() as u32, put.content.len() as u32] {
            common.extend(u32::to_le_bytes(long));
        }
        common.extend((put.name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        out.extend(LOCAL_MARK);
        out.extend(&common);
        out.extend(put.name.as_bytes());
        out.extend(packed);
        directory.extend(*b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(local.to_le_bytes());
        directory.extend(put.name.as_bytes());
    }
    let (count, start) = (entries.len() as u16, out.len() as u32);
    out.extend(&directory);
    out.extend(*b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

const LOCAL_MARK: [u8; 4] = *b"PK\x03\x04";

/// Names that were read, and problems that were found.
fn check(archive: &[u8], limits: Limits) -> (Vec<String>, Vec<String>) {
    let (entries, findings) = open(archive, "a.zip", limits).unwrap();
    assert!(
        findings
            .iter()
            .all(|f| f.file.starts_with("a.zip/") && !f.remedy.is_empty())
    );
    (
        entries.into_iter().map(|e| e.path).collect(),
        findings.into_iter().map(|f| f.problem).collect(),
    )
}

#[test]
fn stored_and_deflated_entries_come_back_whole() {
    let text = "{\"name\":\"Edge\"}".repeat(40);
    let mut stored = Put::deflated("b.json", b"{}");
    stored.method = 0;
    let archive = zip(&[
        Put::deflated("folder\\a.json", text.as_bytes()),
        Put::deflated("folder/", b""),
        stored,
    ]);
    assert!(is_zip(&archive));
    let (entries, findings) = open(&archive, "a.zip", Limits::default()).unwrap();
    assert!(findings.is_empty());
    assert_eq!(
        entries[0],
        Unpacked {
            path: "folder/a.json".into(),
            bytes: text.into_bytes()
        }
    );
    assert_eq!(
        entries[1],
        Unpacked {
            path: "b.json".into(),
            bytes: b"{}".to_vec()
        }
    );
    assert_eq!(entries.len(), 2);
}

#[test]
fn a_bad_entry_is_named_and_the_rest_opens() {
    let good = || Put::deflated("good.json", b"{}");
    let with = |change: fn(&mut Put)| {
        let mut put = Put::deflated("x.json", b"content");
        change(&mut put);
        zip(&[put, good()])
    };
    for (archive, words) in [
        (with(|p| p.name = "../x.json"), "outside of the archive"),
        (with(|p| p.name = "/etc/x.json"), "outside of the archive"),
        (with(|p| p.name = "c:/x.json"), "outside of the archive"),
        (with(|p| p.name = "GOOD.json"), "of this name already"),
        (with(|p| p.flags = 1), "encrypted"),
        (with(|p| p.method = 12), "method 12"),
        (with(|p| p.crc = Some(7)), "checksum"),
    ] {
        let (names, problems) = check(&archive, Limits::default());
        assert_eq!(problems.len(), 1, "{words}");
        assert!(problems[0].contains(words), "{words}: {}", problems[0]);
        assert_eq!(names.len(), 1, "{words}");
    }
}

/// Each bound: at it everything opens, one above it one entry does not, and the sentence says which, where and what to do.
#[test]
fn each_bound_holds_exactly_while_inflating() {
    let noise: Vec<u8> = (0u32..60_000)
        .flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes())
        .collect();
    let zeros = vec![0u8; 1 << 20];
    let packed = compress_to_vec(&zeros, 6).len();
    // As many bytes as a hundred times what they are packed into.
    let hundred = packed * 100;
    let few = |entries: &[Put], change: &dyn Fn(&mut Limits)| {
        let mut limits = Limits {
            ratio: usize::MAX,
            ..Limits::default()
        };
        change(&mut limits);
        check(&zip(entries), limits)
    };
    let one = [Put::deflated("1", &noise)];
    let two = [Put::deflated("1", &noise), Put::deflated("2", &noise)];
    let n = noise.len();
    let stored = [Put {
        method: 0,
        ..Put::deflated("1", &noise)
    }];
    let bomb = [Put::deflated("1", &zeros)];
    let ratio = zeros.len().div_ceil(packed);
    assert!(hundred < zeros.len());
    type Case<'a> = (&'a [Put<'a>], Box<dyn Fn(&mut Limits) + 'a>, usize, &'a str);
    let cases: [Case; 10] = [
        (&one, Box::new(|l| l.entry = n), 1, ""),
        (&one, Box::new(|l| l.entry = n - 1), 0, "larger than 0 MB"),
        (&stored, Box::new(|l| l.entry = n), 1, ""),
        (
            &stored,
            Box::new(|l| l.entry = n - 1),
            0,
            "larger than 0 MB",
        ),
        (&two, Box::new(|l| l.total = 2 * n), 2, ""),
        (
            &two,
            Box::new(|l| l.total = 2 * n - 1),
            1,
            "more than 400 MB together",
        ),
        (&bomb, Box::new(|l| l.ratio = ratio), 1, ""),
        (
            &bomb,
            Box::new(|l| l.ratio = ratio - 1),
            0,
            "times its size",
        ),
        (&two, Box::new(|l| l.entries = 2), 2, ""),
        (&bomb, Box::new(|l| l.ratio = 100), 0, "more than 100 times"),
    ];
    for (number, (entries, change, opened, words)) in cases.into_iter().enumerate() {
        let (names, problems) = few(entries, &*change);
        assert_eq!(names.len(), opened, "{number}: {problems:?}");
        assert_eq!(problems.is_empty(), words.is_empty(), "{number}");
        assert!(
            problems.iter().all(|problem| problem.contains(words)),
            "{number}: {problems:?}"
        );
    }
    let limits = Limits {
        entries: 1,
        ..Limits::default()
    };
    let error = open(&zip(&two), "a.zip", limits).unwrap_err();
    assert_eq!(error, ArchiveError::TooManyEntries);
}

/// What is promised in `src/decisions/bounds.md`.
#[test]
fn the_bounds_are_those_that_are_written_down() {
    let Limits {
        entries,
        entry,
        total,
        ratio,
    } = Limits::default();
    assert_eq!(
        (entries, entry, total, ratio),
        (20_000, 50 << 20, 400 << 20, 200)
    );
}

/// The directory's own sizes say that the entry is small; they are not believed.
#[test]
fn sizes_in_the_header_are_not_believed() {
    let mut archive = zip(&[Put::deflated("bomb", &vec![0u8; 4 << 20])]);
    for mark in [&LOCAL_MARK[..], b"PK\x01\x02"] {
        let at = archive.windows(4).position(|part| part == mark).unwrap();
        let size = at + if mark == LOCAL_MARK { 22 } else { 24 };
        archive[size..size + 4].copy_from_slice(&3u32.to_le_bytes());
    }
    let (names, problems) = check(&archive, Limits::default());
    assert!(
        names.is_empty() && problems[0].contains("200 times"),
        "{problems:?}"
    );
}

#[test]
fn what_is_no_zip_is_refused_in_words() {
    let whole = zip(&[Put::deflated("a.json", b"{}")]);
    let mut zip64 = whole.clone();
    let end = zip64.len() - 22;
    zip64[end + 8..end + 12].fill(0xff);
    let mut damaged = whole.clone();
    damaged[end + 16..end + 20].copy_from_slice(&3u32.to_le_bytes());
    for (bytes, expect) in [
        (&b"PK"[..], ArchiveError::NotAZip),
        (&whole[..whole.len() - 30], ArchiveError::NotAZip),
        (&zip64, ArchiveError::Zip64),
        (&damaged, ArchiveError::Damaged),
    ] {
        let error = open(bytes, "a.zip", Limits::default()).unwrap_err();
        assert_eq!(error, expect);
        assert!(!Problem::from(error).remedy.is_empty());
    }
    let few = Limits {
        entries: 0,
        ..Limits::default()
    };
    assert_eq!(
        open(&whole, "a.zip", few).unwrap_err(),
        ArchiveError::TooManyEntries
    );
}

#[test]
fn cut_at_any_byte_nothing_panics() {
    let whole = zip(&[
        Put::deflated("a.json", b"{\"a\":1}"),
        Put::deflated("b.json", b"[]"),
    ]);
    for end in 0..whole.len() {
        let _ = open(&whole[..end], "a.zip", Limits::default());
    }
    for at in 0..whole.len() {
        let mut broken = whole.clone();
        broken[at] ^= 0xff;
        let _ = open(&broken, "a.zip", Limits::default());
    }
}
