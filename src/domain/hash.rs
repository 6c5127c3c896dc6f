//! A quick hash for tables of ids and values.
//!
//! The standard one is a tenth of the time that a comparison takes. This one has no secret: a file
//! made to collide would make its own reader's tab slow, and nothing else.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map with the quick hash.
pub type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;
/// A set with the quick hash.
pub type QuickSet<K> = HashSet<K, BuildHasherDefault<Quick>>;

/// Multiplies and shifts, eight bytes at a time: WebAssembly has no wider product.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quick(u64);

impl Quick {
    fn mix(&mut self, word: u64) {
        let product = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = product ^ (product >> 32);
    }
}

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let mut word = [0; 8];
            word.copy_from_slice(chunk);
            self.mix(u64::from_le_bytes(word));
        }
        let rest = chunks.remainder();
        let mut word = [0; 8];
        word[..rest.len()].copy_from_slice(rest);
        self.mix(u64::from_le_bytes(word) ^ ((bytes.len() as u64) << 56));
    }

    fn write_u8(&mut self, n: u8) {
        self.mix(u64::from(n));
    }

    fn write_u32(&mut self, n: u32) {
        self.mix(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.mix(n);
    }

    fn write_usize(&mut self, n: usize) {
        self.mix(n as u64);
    }
}

/// The hash of some bytes: the same on every machine and in every build.
pub fn of(bytes: &[u8]) -> u64 {
    let mut hasher = Quick::default();
    hasher.write(bytes);
    hasher.finish()
}

/// Positions in a list that is kept elsewhere, found by the hash of what stands there: each text is hashed once, also when
/// the table grows, and needs no allocation of its own.
#[derive(Debug, Default)]
pub struct Positions {
    last: QuickMap<u64, u32>,
    /// For each position the one before it of the same hash, or itself.
    before: Vec<u32>,
}

impl Positions {
    /// The position under this hash of which `is` says that it is the one.
    pub fn find(&self, hash: u64, is: impl Fn(usize) -> bool) -> Option<usize> {
        let mut at = *self.last.get(&hash)? as usize;
        while !is(at) {
            let before = *self.before.get(at)? as usize;
            if before == at {
                return None;
            }
            at = before;
        }
        Some(at)
    }

    /// Adds the next position, counted from 0.
    pub fn push(&mut self, hash: u64) {
        let at = self.before.len() as u32;
        self.before.push(self.last.insert(hash, at).unwrap_or(at));
    }
}

/// True when these are the same bytes: eight at a time, where WebAssembly has a call and then one at a time.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    let ((words, rest), (others, end)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    a.len() == b.len()
        && words
            .iter()
            .zip(others)
            .all(|(a, b)| u64::from_le_bytes(*a) == u64::from_le_bytes(*b))
        && rest.iter().zip(end).all(|(a, b)| a == b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_one_hash_is_told_apart() {
        let texts: Vec<String> = (0..40u8).map(|n| "x".repeat(n.into()) + "y").collect();
        let mut known = Positions::default();
        for _ in &texts {
            known.push(7);
        }
        for (at, text) in texts.iter().enumerate() {
            let is = |n: usize| same(texts[n].as_bytes(), text.as_bytes());
            assert_eq!(known.find(7, is), Some(at));
            assert_eq!(known.find(8, is), None);
        }
        assert_eq!(known.find(7, |_| false), None);
        assert!(same(b"", b"") && !same(b"123456789", b"123456780") && !same(b"12345678", b"2"));
    }

    #[test]
    fn near_texts_have_far_hashes() {
        let mut seen = HashSet::new();
        for n in 0..20_000u32 {
            let text = format!("device_vendor_msft_policy_config_{n}");
            // The table looks at the low bits and at the top seven.
            seen.insert(of(text.as_bytes()) & 0xFFFF_FFFF);
        }
        assert!(seen.len() > 19_990, "{}", seen.len());
        assert_ne!(of(b"a"), of(b"a\0"));
        assert_ne!(of(b""), of(b"\0"));
    }
}
