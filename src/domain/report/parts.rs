//! A report on its way to the office worker: its parts, one after another.

use super::Writer;
use super::model::{Chapter, Front, Part, Section};

/// Encodes each part as it comes, so that the whole model stands nowhere.
#[derive(Debug, Default)]
pub(super) struct Encoder(Vec<u8>);

impl Encoder {
    fn part(&mut self, part: &Part) {
        let bytes = std::mem::take(&mut self.0);
        // Nothing of the model is unwritable: an extending writer only fails with the allocator.
        self.0 = postcard::to_extend(part, bytes).unwrap_or_default();
    }
}

impl Writer for Encoder {
    fn front(&mut self, front: &Front) {
        self.part(&Part::Front(Box::new(front.clone())));
    }

    fn chapter(&mut self, chapter: &Chapter) {
        self.part(&Part::Chapter(chapter.clone()));
    }

    fn section(&mut self, section: &Section) {
        self.part(&Part::Section(section.clone()));
    }

    fn window(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.0)
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        self.0
    }
}

/// The parts again, one at a time.
#[derive(Debug, Clone)]
pub struct Parts<'a>(&'a [u8]);

/// The bytes are not a report: page and worker are of different builds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

impl<'a> Parts<'a> {
    /// Reads what an engine of the same build wrote.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Bytes that are still to be read.
    pub const fn left(&self) -> usize {
        self.0.len()
    }
}

impl Iterator for Parts<'_> {
    type Item = Result<Part, Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let read = postcard::take_from_bytes(self.0);
        self.0 = read.as_ref().map_or(&[][..], |(_, rest)| rest);
        Some(read.map(|(part, _)| part).map_err(|_| Malformed))
    }
}
