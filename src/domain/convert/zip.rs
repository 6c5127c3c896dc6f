//! A zip with stored entries: no compressor to download, no time in it, the same bytes every time.
//!
//! The format: PKWARE APPNOTE 6.3.10. Names are UTF-8 (general purpose bit 11).

use super::Written;
use crate::archive::crc32;

/// 1980-01-01 00:00, the earliest that the format knows: time, then date.
const WHEN: [u8; 4] = [0, 0, 0x21, 0];

/// The files as one archive. Beyond 65,535 entries or 4 GB the format has no room; `None` then.
pub fn zip(files: &[Written]) -> Option<Vec<u8>> {
    let size: usize = files
        .iter()
        .map(|file| file.bytes.len() + 2 * file.path.len() + 76)
        .sum();
    if u32::try_from(size).is_err() {
        return None;
    }
    let count = u16::try_from(files.len()).ok().filter(|n| *n < u16::MAX)?;
    let mut out = Vec::with_capacity(size + 22);
    let mut directory = Vec::new();
    for file in files {
        let start = (out.len() as u32).to_le_bytes();
        let length = (file.bytes.len() as u32).to_le_bytes();
        let name = u16::try_from(file.path.len()).ok()?.to_le_bytes();
        let crc = crc32(&file.bytes).to_le_bytes();
        // Version 2.0, UTF-8 names, stored.
        let head: [&[u8]; 8] = [
            &[20, 0, 0, 8, 0, 0],
            &WHEN,
            &crc,
            &length,
            &length,
            &name,
            &[0, 0],
            &[],
        ];
        let head = head.concat();
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(file.path.as_bytes());
        out.extend(&file.bytes);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&head);
        // No comment, first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(start);
        directory.extend(file.path.as_bytes());
    }
    let start = (out.len() as u32).to_le_bytes();
    let length = (directory.len() as u32).to_le_bytes();
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(length);
    out.extend(start);
    out.extend([0, 0]);
    Some(out)
}
