//! Files that are encrypted with a passphrase: their format, without the cryptography, which is the browser's.
//!
//! `FORMAT.md` beside this file says it byte by byte; `open.mjs` opens one without any of our code.

/// The first bytes.
pub const MAGIC: &[u8; 16] = b"plumbline-sealed";
/// What stands behind the file's own name.
pub const ENDING: &str = ".sealed";
/// Bytes of the head.
pub const HEAD: usize = 81;
/// Random bytes that a head is made from: salt, and the beginning of each nonce.
pub const RANDOM: usize = 23;
/// Bytes that a passphrase is stretched to by PBKDF2, and then by HKDF: key and check.
pub const STRETCHED: usize = 32;
/// Context of HKDF.
pub const INFO: &[u8] = b"plumbline-sealed-1";
/// Bytes of GCM's tag behind each chunk.
pub const TAG: usize = 16;
/// A typed passphrase must have so many characters.
pub const SHORTEST: usize = 12;

const VERSION: u8 = 1;
/// PBKDF2 with HMAC-SHA-256.
const KDF: u8 = 1;
/// Above OWASP's 600,000 for PBKDF2-HMAC-SHA256 (Password Storage Cheat Sheet).
const ITERATIONS: u32 = 1_000_000;
const CHUNK: u32 = 1 << 20;

/// What stands before the chunks. All of it is authenticated with each chunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Rounds of PBKDF2.
    pub iterations: u32,
    /// Salt of PBKDF2.
    pub salt: [u8; 16],
    /// Bytes of a chunk before encryption; the last may be shorter.
    pub chunk: u32,
    prefix: [u8; 7],
    /// Second half of what HKDF gives: binds the file to one passphrase, which GCM alone does not.
    pub check: [u8; 32],
}

/// Why a file does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealedError {
    /// It does not begin as such a file does.
    NotSealed,
    /// Of a version that this build does not know.
    Version,
    /// The head asks for what no writer of ours writes: too much work, or too little.
    Head,
    /// The passphrase is another.
    Passphrase,
    /// A chunk is not what was written: altered, cut off, or out of order.
    Altered,
    /// The browser offers no WebCrypto here.
    NoCrypto,
}

/// True for the beginning of an encrypted file.
pub fn is_sealed(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

impl Head {
    /// The head of a new file. Its check comes when the passphrase is stretched.
    pub fn new(random: &[u8; RANDOM]) -> Self {
        let mut salt = [0; 16];
        let mut prefix = [0; 7];
        salt.copy_from_slice(&random[..16]);
        prefix.copy_from_slice(&random[16..]);
        Self {
            iterations: ITERATIONS,
            salt,
            chunk: CHUNK,
            prefix,
            check: [0; 32],
        }
    }

    /// Its bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(HEAD);
        out.extend(MAGIC);
        out.extend([VERSION, KDF]);
        out.extend(self.iterations.to_be_bytes());
        out.extend(self.salt);
        out.extend(self.chunk.to_be_bytes());
        out.extend(self.prefix);
        out.extend(self.check);
        out
    }

    /// Reads the head of a file.
    ///
    /// # Errors
    /// Not such a file, another version, or bounds that a hostile file could use to keep the browser busy.
    pub fn read(file: &[u8]) -> Result<Self, SealedError> {
        if !is_sealed(file) {
            return Err(SealedError::NotSealed);
        }
        let head: &[u8; HEAD] = file.first_chunk().ok_or(SealedError::Altered)?;
        if head[16..18] != [VERSION, KDF] {
            return Err(SealedError::Version);
        }
        let four =
            |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        let mut found = Self {
            iterations: four(18),
            salt: [0; 16],
            chunk: four(38),
            prefix: [0; 7],
            check: [0; 32],
        };
        found.salt.copy_from_slice(&head[22..38]);
        found.prefix.copy_from_slice(&head[42..49]);
        found.check.copy_from_slice(&head[49..]);
        let sane = (600_000..=10_000_000).contains(&found.iterations)
            && (1 << 12..=1 << 24).contains(&found.chunk);
        if sane {
            Ok(found)
        } else {
            Err(SealedError::Head)
        }
    }

    /// The nonce of a chunk: a counter, and whether it is the last, so that none can be moved, dropped or cut off
    /// (the STREAM construction: Hoang, Reyhanitabar, Rogaway, Vizár 2015).
    pub fn nonce(&self, number: u32, last: bool) -> [u8; 12] {
        let mut nonce = [0; 12];
        nonce[..7].copy_from_slice(&self.prefix);
        nonce[7..11].copy_from_slice(&number.to_be_bytes());
        nonce[11] = u8::from(last);
        nonce
    }
}

/// A body in chunks of so many bytes: number, bytes, and whether it is the last. An empty body is one empty chunk.
pub fn chunks(body: &[u8], size: usize) -> impl Iterator<Item = (u32, &[u8], bool)> {
    let count = body.len().div_ceil(size).max(1);
    (0..count).map(move |at| {
        let from = at * size;
        let to = (from + size).min(body.len());
        let number = u32::try_from(at).unwrap_or(u32::MAX);
        (number, &body[from..to], at + 1 == count)
    })
}

/// A passphrase of 24 letters and digits in groups of four: 120 random bits. Letters that are read for others are left out.
pub fn passphrase(random: &[u8; 24]) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
    let mut out = String::with_capacity(29);
    for (at, byte) in random.iter().enumerate() {
        if at > 0 && at % 4 == 0 {
            out.push('-');
        }
        out.push(char::from(LETTERS[usize::from(byte & 31)]));
    }
    out
}

impl SealedError {
    /// What happened and what to do, in one sentence each.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotSealed => "This file is not an encrypted one.",
            Self::Version => {
                "This file was encrypted by another version of Plumbline. Use the newest."
            }
            Self::Head => {
                "The head of this file asks for what Plumbline never writes. It was made or altered by something else."
            }
            Self::Passphrase => "That is not its passphrase. Letter case and hyphens count.",
            Self::Altered => {
                "The passphrase is right, and the file is not what was saved: it was altered or cut off. Use another copy."
            }
            Self::NoCrypto => "This browser offers no encryption here. Open the site by https.",
        }
    }
}

#[cfg(test)]
mod tests;
