//! Many texts, searched as one.

use super::bits::Bits;

/// Between two texts; stripped from the texts themselves, and never part of a needle.
const END: char = '\0';
/// The most of one text that is searched, in bytes: a script or an ADMX file fits.
const LIMIT: usize = 1 << 20;

/// Texts in lower case, one behind the other: one scan finds all that hold a word.
#[derive(Debug, Default)]
pub(super) struct Haystack {
    text: String,
    /// Where each text begins.
    starts: Vec<u32>,
}

impl Haystack {
    /// Adds a text and answers its number.
    pub fn add(&mut self, parts: &[&str]) -> u32 {
        let number = self.starts.len() as u32;
        self.starts.push(self.text.len() as u32);
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                self.text.push('\n');
            }
            let part = crate::problem::cut(part, LIMIT);
            let clean = part.bytes().all(|byte| byte != 0);
            // The usual text costs one copy: ASCII is made small in place.
            if part.is_ascii() && clean {
                let from = self.text.len();
                self.text.push_str(part);
                if let Some(new) = self.text.get_mut(from..) {
                    new.make_ascii_lowercase();
                }
            } else {
                let lower = part.chars().filter(|c| *c != END);
                self.text.extend(lower.flat_map(char::to_lowercase));
            }
        }
        self.text.push(END);
        number
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// A text by its number.
    pub fn get(&self, number: usize) -> &str {
        let from = self.starts.get(number).map_or(0, |start| *start as usize);
        let to = match self.starts.get(number + 1) {
            Some(next) => *next as usize - 1,
            None => self.text.len().saturating_sub(1),
        };
        self.text.get(from..to).unwrap_or("")
    }

    /// The texts that hold a needle; it must be in lower case.
    pub fn holding(&self, needle: &str) -> Bits {
        let mut found = Bits::new(self.len(), needle.is_empty());
        if needle.is_empty() {
            return found;
        }
        let mut from = 0;
        while let Some(at) = self.text.get(from..).and_then(|rest| rest.find(needle)) {
            let at = from + at;
            let number = self.starts.partition_point(|start| *start as usize <= at);
            found.set(number - 1);
            match self.starts.get(number) {
                Some(next) => from = *next as usize,
                None => break,
            }
        }
        found
    }
}

/// Lower case as [`Haystack`] writes it.
pub(super) fn needle(text: &str) -> String {
    let text = text.chars().filter(|c| *c != END);
    text.flat_map(char::to_lowercase).collect()
}
