//! Archives: a zip that a person drops is opened within bounds that hold while it is inflated; one is written.
//!
//! What a zip says of its own sizes is not believed. Names are labels here, never paths on a disk.
//! The format: PKWARE APPNOTE 6.3.10. Not read: encryption, ZIP64, spanning, any method but
//! stored and deflate; each of these is a sentence in a finding, and the rest still opens.

mod directory;
mod write;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use miniz_oxide::inflate::decompress_to_vec_with_limit;

use crate::problem::Problem;
use crate::snapshot::Finding;

use directory::{Directory, Record};

pub use write::{Entry, zip};

/// What one archive may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Entries, folders not counted.
    pub entries: usize,
    /// Bytes of one entry, inflated.
    pub entry: usize,
    /// Bytes of all entries together, inflated.
    pub total: usize,
    /// How many times an entry may grow.
    pub ratio: usize,
}

/// Why these: `src/decisions/bounds.md`. All are counted while inflating; nothing is unpacked twice.
impl Default for Limits {
    fn default() -> Self {
        Self {
            entries: 20_000,
            entry: 50 << 20,
            total: 400 << 20,
            ratio: 200,
        }
    }
}

/// An entry with its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpacked {
    /// Name in the archive, with `/`.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// Why an archive cannot be opened at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchiveError {
    /// No end-of-directory record: not a zip, or cut short.
    NotAZip,
    /// A directory that points outside of the file or contradicts itself.
    Damaged,
    /// ZIP64: larger than anything this product reads.
    Zip64,
    /// Split over several files.
    Spanned,
    /// More entries than [`Limits::entries`].
    TooManyEntries,
}

impl From<ArchiveError> for Problem {
    fn from(error: ArchiveError) -> Self {
        let (code, what, remedy) = match error {
            ArchiveError::NotAZip => (
                "archive.not_a_zip",
                "The file has a zip's name but is not a zip, or its end is missing.",
                "Download it again, or drop the folder that was inside it.",
            ),
            ArchiveError::Damaged => (
                "archive.damaged",
                "The zip's directory is damaged.",
                "Download it again, or unpack it with another tool and drop the folder.",
            ),
            ArchiveError::Zip64 => (
                "archive.zip64",
                "The zip is written in the ZIP64 form, for archives over 4 GB.",
                "Unpack it and drop the folder.",
            ),
            ArchiveError::Spanned => (
                "archive.spanned",
                "The zip is one part of several.",
                "Unpack all parts together and drop the folder.",
            ),
            ArchiveError::TooManyEntries => {
                let most = Limits::default().entries;
                return Self::new(
                    "archive.too_many_entries",
                    format!(
                        "With this zip there are more than {most} entries, the most that are opened at once."
                    ),
                    "Unpack it and drop only the folder that holds the policies.",
                );
            }
        };
        Self::new(code, what, remedy)
    }
}

/// True when the bytes start like a zip, whatever the file is called.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Opens a zip: every entry that could be read, and a finding for each that could not.
///
/// # Errors
/// [`ArchiveError`] when the directory itself cannot be read; nothing is unpacked then.
pub fn open(
    bytes: &[u8],
    name: &str,
    limits: Limits,
) -> Result<(Vec<Unpacked>, Vec<Finding>), ArchiveError> {
    let records = Directory::read(bytes, limits.entries)?;
    let mut seen = HashSet::new();
    let mut left = limits.total;
    let mut unpacked = Vec::with_capacity(records.len());
    let mut findings = Vec::new();
    for record in records {
        if record.path.ends_with('/') {
            continue;
        }
        let outcome =
            check_name(&record, &mut seen).and_then(|()| inflate(bytes, &record, limits, left));
        match outcome {
            Ok(content) => {
                left -= content.len();
                unpacked.push(Unpacked {
                    path: record.path,
                    bytes: content,
                });
            }
            Err(error) => findings.push(error.finding(name, &record.path, limits)),
        }
    }
    Ok((unpacked, findings))
}

/// Why one entry cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EntryError {
    Name,
    Twice,
    Encrypted,
    Method(u16),
    Outside,
    TooLarge,
    TotalTooLarge,
    Ratio,
    Inflate,
    Checksum,
}

impl EntryError {
    fn finding(self, archive: &str, entry: &str, limits: Limits) -> Finding {
        let mega = |bytes: usize| bytes >> 20;
        let (problem, remedy) = match self {
            Self::Name => (
                "The entry's name points outside of the archive.".to_owned(),
                "Do not trust this archive; ask its author for a clean one.",
            ),
            Self::Twice => (
                "The archive has an entry of this name already; only the first was read."
                    .to_owned(),
                "Rename one of the two and zip again.",
            ),
            Self::Encrypted => (
                "The entry is encrypted.".to_owned(),
                "Unpack the zip with its password and drop the folder.",
            ),
            Self::Method(method) => (
                format!("The entry is compressed with method {method}; only deflate is read."),
                "Unpack the zip and drop the folder, or zip it again with the usual method.",
            ),
            Self::Outside => (
                "The entry's content lies outside of the file.".to_owned(),
                "Download the archive again.",
            ),
            Self::TooLarge => (
                format!("The entry is larger than {} MB.", mega(limits.entry)),
                "Leave it out, or split it.",
            ),
            Self::TotalTooLarge => (
                format!(
                    "Archives hold more than {} MB together; this entry was not read.",
                    mega(Limits::default().total)
                ),
                "Drop only the folder that holds the policies.",
            ),
            Self::Ratio => (
                format!(
                    "The entry grows to more than {} times its size, as an archive that attacks does.",
                    limits.ratio
                ),
                "If you trust the archive, unpack it and drop the folder.",
            ),
            Self::Inflate => (
                "The entry's compressed content is damaged.".to_owned(),
                "Download the archive again.",
            ),
            Self::Checksum => (
                "The entry's content does not match its checksum.".to_owned(),
                "Download the archive again.",
            ),
        };
        Finding {
            file: format!("{archive}/{entry}"),
            place: String::new(),
            problem,
            remedy: remedy.to_owned(),
        }
    }
}

fn check_name(record: &Record, seen: &mut HashSet<String>) -> Result<(), EntryError> {
    let path = &record.path;
    let outside = path.starts_with('/')
        || path.contains(['\0', ':'])
        || path.split('/').any(|part| part == "..");
    if outside {
        return Err(EntryError::Name);
    }
    if !seen.insert(path.to_lowercase()) {
        return Err(EntryError::Twice);
    }
    if record.encrypted {
        Err(EntryError::Encrypted)
    } else {
        Ok(())
    }
}

fn inflate(
    bytes: &[u8],
    record: &Record,
    limits: Limits,
    left: usize,
) -> Result<Vec<u8>, EntryError> {
    let packed = record.content(bytes).ok_or(EntryError::Outside)?;
    let by_ratio = packed.len().saturating_mul(limits.ratio);
    let most = limits.entry.min(left).min(by_ratio);
    let too_large = || {
        if by_ratio <= most {
            EntryError::Ratio
        } else if left <= most {
            EntryError::TotalTooLarge
        } else {
            EntryError::TooLarge
        }
    };
    let content = match record.method {
        0 if packed.len() > most => return Err(too_large()),
        0 => packed.to_vec(),
        8 => decompress_to_vec_with_limit(packed, most).map_err(|error| {
            use miniz_oxide::inflate::TINFLStatus;
            match error.status {
                TINFLStatus::HasMoreOutput => too_large(),
                _ => EntryError::Inflate,
            }
        })?,
        other => return Err(EntryError::Method(other)),
    };
    if crc32(&content) == record.crc {
        Ok(content)
    } else {
        Err(EntryError::Checksum)
    }
}

/// CRC-32 as zip and gzip have it (ISO 3309).
pub fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = table();
    !bytes.iter().fold(!0u32, |crc, byte| {
        (crc >> 8) ^ TABLE[((crc ^ u32::from(*byte)) & 0xff) as usize]
    })
}

const fn table() -> [u32; 256] {
    let mut table = [0u32; 256];
    let mut i = 0;
    while i < 256 {
        let mut crc = i as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 {
                (crc >> 1) ^ 0xedb8_8320
            } else {
                crc >> 1
            };
            bit += 1;
        }
        table[i] = crc;
        i += 1;
    }
    table
}
