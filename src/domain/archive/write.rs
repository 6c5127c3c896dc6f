//! A zip written: entries as they are given, no time in it, the same bytes every time.
//!
//! The format: PKWARE APPNOTE 6.3.10. Names are UTF-8 (general purpose bit 11).

/// 1980-01-01 00:00, the earliest that the format knows: time, then date.
const WHEN: [u8; 4] = [0, 0, 0x21, 0];

/// An entry as it stands in a zip.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'b> {
    /// Name in the archive, with `/`.
    pub path: &'b str,
    /// Content, as it is stored.
    pub bytes: &'b [u8],
    /// CRC-32 of the content, unpacked.
    pub crc: u32,
    /// Bytes of the content, unpacked.
    pub length: usize,
    /// True: `bytes` are a deflate stream (RFC 1951); false: the content itself.
    pub deflated: bool,
}

impl<'b> Entry<'b> {
    /// Content that is stored as it is.
    pub fn stored(path: &'b str, bytes: &'b [u8]) -> Self {
        Self {
            path,
            bytes,
            crc: super::crc32(bytes),
            length: bytes.len(),
            deflated: false,
        }
    }
}

/// The entries as one archive. Beyond 65,534 entries or 4 GB the format has no room; `None` then.
pub fn zip(entries: &[Entry]) -> Option<Vec<u8>> {
    let size: usize = entries
        .iter()
        .map(|entry| entry.bytes.len() + 2 * entry.path.len() + 76)
        .sum();
    if u32::try_from(size).is_err() {
        return None;
    }
    let count = u16::try_from(entries.len())
        .ok()
        .filter(|n| *n < u16::MAX)?;
    let mut out = Vec::with_capacity(size + 22);
    let mut directory = Vec::new();
    for entry in entries {
        let start = (out.len() as u32).to_le_bytes();
        let packed = (entry.bytes.len() as u32).to_le_bytes();
        let length = u32::try_from(entry.length).ok()?.to_le_bytes();
        let name = u16::try_from(entry.path.len()).ok()?.to_le_bytes();
        // Version 2.0, UTF-8 names, the method.
        let head: [&[u8]; 7] = [
            &[20, 0, 0, 8, if entry.deflated { 8 } else { 0 }, 0],
            &WHEN,
            &entry.crc.to_le_bytes(),
            &packed,
            &length,
            &name,
            &[0, 0],
        ];
        let head = head.concat();
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(entry.path.as_bytes());
        out.extend(entry.bytes);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&head);
        // No comment, first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(start);
        directory.extend(entry.path.as_bytes());
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
