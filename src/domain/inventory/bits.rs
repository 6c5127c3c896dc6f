//! A set of small numbers.

/// One bit for each of `len` things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// Nothing, or everything, of `len` things.
    pub fn new(len: usize, all: bool) -> Self {
        let fill = if all { u64::MAX } else { 0 };
        Self {
            words: vec![fill; len.div_ceil(64)],
            len,
        }
    }

    /// Adds one.
    pub fn set(&mut self, at: usize) {
        if let Some(word) = self.words.get_mut(at / 64).filter(|_| at < self.len) {
            *word |= 1 << (at % 64);
        }
    }

    /// True when it is in the set.
    pub fn has(&self, at: usize) -> bool {
        self.words
            .get(at / 64)
            .is_some_and(|word| word >> (at % 64) & 1 == 1)
            && at < self.len
    }

    /// Keeps what is in the other as well, or what is not.
    pub fn keep(&mut self, other: &Self, negated: bool) {
        let flip = if negated { u64::MAX } else { 0 };
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other ^ flip;
        }
    }

    /// True when nothing is in it.
    pub fn is_empty(&self) -> bool {
        (0..self.len)
            .step_by(64)
            .zip(&self.words)
            .all(|(at, word)| {
                let left = self.len - at;
                let mask = if left >= 64 {
                    u64::MAX
                } else {
                    (1 << left) - 1
                };
                word & mask == 0
            })
    }
}
