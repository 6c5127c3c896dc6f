//! A part of an Office file that is packed while the report comes in.

use domain::archive::{Entry, zip};
use flate2::{Compress, Compression, FlushCompress};

/// Bytes that go to the compressor at one go.
const HEAP: usize = 1 << 16;

/// XML on its way into a zip. The text of a report compresses to a tenth or less, and only that stays.
pub struct Packing {
    waiting: String,
    deflate: Compress,
    bytes: Vec<u8>,
    crc: crc32fast::Hasher,
    length: usize,
}

/// A run of XML, packed. Runs one after another are a stream: each ends at a byte, and none is the last.
pub struct Run {
    bytes: Vec<u8>,
    crc: crc32fast::Hasher,
    length: usize,
}

/// A file inside an Office file.
pub struct Packed {
    path: String,
    bytes: Vec<u8>,
    crc: u32,
    length: usize,
}

impl Default for Packing {
    fn default() -> Self {
        Self {
            waiting: String::new(),
            deflate: Compress::new(Compression::new(4), false),
            bytes: Vec::new(),
            crc: crc32fast::Hasher::new(),
            length: 0,
        }
    }
}

impl Packing {
    /// Writes on: `write` puts text at the end of what it is given.
    pub fn put(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.waiting);
        if self.waiting.len() >= HEAP {
            self.pack(FlushCompress::None);
        }
    }

    /// Packs what waits. `flate2`'s own writer gives up a flush that its room does not hold, and the stream is broken then:
    /// a compressor has said everything only when there is room left (zlib's manual, `deflate`).
    fn pack(&mut self, flush: FlushCompress) {
        self.crc.update(self.waiting.as_bytes());
        self.length += self.waiting.len();
        let mut rest = self.waiting.as_bytes();
        loop {
            self.bytes.reserve(HEAP);
            let before = self.deflate.total_in();
            // It fails only for a stream that has ended, or a dictionary.
            drop(self.deflate.compress_vec(rest, &mut self.bytes, flush));
            let taken = self.deflate.total_in() - before;
            rest = rest.get(taken as usize..).unwrap_or_default();
            if self.bytes.len() < self.bytes.capacity() {
                break;
            }
        }
        self.waiting.clear();
    }

    /// Ends the run.
    pub fn end(mut self) -> Run {
        self.pack(FlushCompress::Sync);
        Run {
            bytes: self.bytes,
            crc: self.crc,
            length: self.length,
        }
    }
}

impl Run {
    /// A text that is there already.
    pub fn of(text: &str) -> Self {
        let mut packing = Packing::default();
        packing.put(|out| out.push_str(text));
        packing.end()
    }
}

impl Packed {
    /// A file of runs.
    pub fn new(path: &str, runs: impl IntoIterator<Item = Run>) -> Self {
        let (mut bytes, mut length) = (Vec::new(), 0);
        let mut crc = crc32fast::Hasher::new();
        for run in runs {
            bytes.extend(run.bytes);
            crc.combine(&run.crc);
            length += run.length;
        }
        // The last block: fixed codes, and nothing in it (RFC 1951, 3.2.3).
        bytes.extend([3, 0]);
        Self {
            path: path.to_owned(),
            bytes,
            crc: crc.finalize(),
            length,
        }
    }

    /// A file of one text.
    pub fn text(path: &str, text: &str) -> Self {
        Self::new(path, [Run::of(text)])
    }
}

/// The files as one archive; `None` where a zip has no room for them (4 GB).
pub fn archive(files: &[Packed]) -> Option<Vec<u8>> {
    let entries = files.iter().map(|file| Entry {
        path: &file.path,
        bytes: &file.bytes,
        crc: file.crc,
        length: file.length,
        deflated: true,
    });
    zip(&entries.collect::<Vec<_>>())
}

/// Text in an element, with what would act unseen shown (`domain::report::visible` did that).
pub fn escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // What no XML holds and no control is (XML 1.0, 2.2).
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::{Cursor, Read};

    use super::*;

    /// So many lines that pack as a report's do.
    fn lines(count: u32) -> String {
        let line = |n: u32| {
            format!(
                "<w:p>Policy {} of {}</w:p>",
                n.wrapping_mul(2_654_435_761),
                n
            )
        };
        (0..count).map(line).collect()
    }

    #[test]
    fn runs_of_any_length_are_one_stream() {
        for count in (0..20).map(|n| n * 701) {
            let long = lines(count);
            let file = Packed::new("a", [Run::of(&long), Run::of("middle"), Run::of(&long)]);
            let bytes = archive(&[file]).unwrap();
            let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
            let mut text = String::new();
            let read = zip.by_index(0).unwrap().read_to_string(&mut text);
            assert!(read.is_ok(), "{count} lines: {read:?}");
            assert!(text == format!("{long}middle{long}"), "{count} lines");
        }
    }
}
