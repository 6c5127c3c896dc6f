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

#[test]
fn bounds_hold_while_inflating_whatever_the_header_says() {
    let bomb = vec![0u8; 4 << 20];
    let limits = Limits {
        ratio: 100,
        ..Limits::default()
    };
    let (names, problems) = check(&zip(&[Put::deflated("bomb", &bomb)]), limits);
    assert!(
        names.is_empty() && problems[0].contains("200 times"),
        "{problems:?}"
    );

    let noise: Vec<u8> = (0u32..60_000)
        .flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes())
        .collect();
    let small = Limits {
        entry: 1000,
        ..Limits::default()
    };
    assert!(check(&zip(&[Put::deflated("n", &noise)]), small).1[0].contains("50 MB"));

    let total = Limits {
        total: noise.len() + 10,
        ..Limits::default()
    };
    let (names, problems) = check(
        &zip(&[Put::deflated("1", &noise), Put::deflated("2", &noise)]),
        total,
    );
    assert_eq!((names.len(), problems.len()), (1, 1));
    assert!(problems[0].contains("400 MB"));
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
