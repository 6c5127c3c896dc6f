//! The central directory of a zip.

use super::ArchiveError;

const END: [u8; 4] = *b"PK\x05\x06";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const LOCAL: [u8; 4] = *b"PK\x03\x04";
/// Bytes of an end record without its comment.
const END_SIZE: usize = 22;
/// The longest comment, and with it how far from the end the record can start.
const COMMENT_LIMIT: usize = 0xffff;

/// One entry as the central directory has it.
#[derive(Debug)]
pub(super) struct Record {
    /// Name with `/`.
    pub path: String,
    pub method: u16,
    pub crc: u32,
    pub encrypted: bool,
    packed: usize,
    local: usize,
}

impl Record {
    /// The entry's packed bytes, if they lie within the file.
    pub fn content<'a>(&self, bytes: &'a [u8]) -> Option<&'a [u8]> {
        let header = bytes.get(self.local..)?;
        if !header.starts_with(&LOCAL) {
            return None;
        }
        // The local header has a name and an extra field of its own lengths.
        let start = 30 + usize::from(u16_at(header, 26)?) + usize::from(u16_at(header, 28)?);
        header.get(start..start.checked_add(self.packed)?)
    }
}

/// Reads directories.
pub(super) struct Directory;

impl Directory {
    /// Every record, in the order of the directory.
    pub fn read(bytes: &[u8], most: usize) -> Result<Vec<Record>, ArchiveError> {
        let end = find_end(bytes).ok_or(ArchiveError::NotAZip)?;
        let tail = &bytes[end..];
        let short = |at| u16_at(tail, at).ok_or(ArchiveError::Damaged);
        let long = |at| u32_at(tail, at).ok_or(ArchiveError::Damaged);
        let (disk, here, all) = (short(4)?, short(8)?, short(10)?);
        let start = long(16)?;
        if all == u16::MAX || start == u32::MAX {
            return Err(ArchiveError::Zip64);
        }
        if disk != 0 || here != all {
            return Err(ArchiveError::Spanned);
        }
        if usize::from(all) > most {
            return Err(ArchiveError::TooManyEntries);
        }
        let mut at = start as usize;
        let mut records = Vec::with_capacity(usize::from(all));
        for _ in 0..all {
            let (record, size) = bytes
                .get(at..end)
                .and_then(record)
                .ok_or(ArchiveError::Damaged)?;
            at += size;
            records.push(record);
        }
        Ok(records)
    }
}

fn find_end(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END_SIZE)?;
    let first = last.saturating_sub(COMMENT_LIMIT);
    (first..=last)
        .rev()
        .find(|at| bytes[*at..].starts_with(&END))
}

fn record(bytes: &[u8]) -> Option<(Record, usize)> {
    if !bytes.starts_with(&CENTRAL) {
        return None;
    }
    let [name, extra, comment] = [28, 30, 32].map(|at| u16_at(bytes, at).map(usize::from));
    let (name, extra, comment) = (name?, extra?, comment?);
    let flags = u16_at(bytes, 8)?;
    let record = Record {
        path: path(bytes.get(46..46 + name)?),
        method: u16_at(bytes, 10)?,
        crc: u32_at(bytes, 16)?,
        encrypted: flags & 1 == 1,
        packed: u32_at(bytes, 20)? as usize,
        local: u32_at(bytes, 42)? as usize,
    };
    Some((record, 46 + name + extra + comment))
}

/// Names are UTF-8 in practice whatever the flag says; what is not is read byte by byte, so that
/// it can at least be named in a finding. Windows tools write `\`.
fn path(name: &[u8]) -> String {
    let text = std::str::from_utf8(name).map_or_else(
        |_| name.iter().map(|b| char::from(*b)).collect(),
        str::to_owned,
    );
    text.replace('\\', "/")
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
