//! Messages as bytes: four of a mark and the version, four of the job, then postcard.
//!
//! A frame of eight bytes is the engine's hello: it listens from now on. Foreign bytes are an error, never
//! a panic.

mod first;

use domain::problem::Problem;
use domain::protocol::{Job, VERSION};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use first::{first, rest};

/// First bytes of each frame, so that a message of anything else is recognised.
const MARK: [u8; 3] = *b"pb\0";
const HEAD: usize = 8;

/// What a message holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame<T> {
    /// The engine listens.
    Hello,
    /// A request or an event, and its job.
    Message(Job, T),
}

/// Why a message cannot be read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodecError {
    /// Not a message of Plumbline.
    Foreign,
    /// Page and engine are of different builds.
    Version,
    /// The rest is not what the head promises.
    Malformed,
    /// It could not be written.
    Unwritable,
}

impl CodecError {
    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Foreign => "bridge.foreign",
            Self::Version => "bridge.version",
            Self::Malformed => "bridge.malformed",
            Self::Unwritable => "bridge.unwritable",
        }
    }
}

impl From<CodecError> for Problem {
    fn from(error: CodecError) -> Self {
        let what = match error {
            CodecError::Version => "The page and its engine are of different builds.",
            _ => "A message between the page and its engine could not be read.",
        };
        Self::new(
            error.code(),
            what,
            "Reload the page, so that all of its files come from one build.",
        )
    }
}

/// A message as bytes.
///
/// # Errors
/// [`CodecError::Unwritable`]; no type of the protocol leads there.
pub fn encode<T: Serialize>(job: Job, message: &T) -> Result<Vec<u8>, CodecError> {
    let mut head = hello();
    head[4..].copy_from_slice(&job.to_le_bytes());
    postcard::to_extend(message, head).map_err(|_| CodecError::Unwritable)
}

/// The engine's hello.
pub fn hello() -> Vec<u8> {
    let mut frame = MARK.to_vec();
    frame.push(VERSION.to_le_bytes()[0]);
    frame.extend([0; 4]);
    frame
}

/// Reads a message.
///
/// # Errors
/// See [`CodecError`].
pub fn decode<T: DeserializeOwned>(frame: &[u8]) -> Result<Frame<T>, CodecError> {
    Ok(match head(frame)? {
        Frame::Hello => Frame::Hello,
        Frame::Message(job, body) => Frame::Message(job, first::whole(body)?),
    })
}

/// A frame's job, and what stands behind its head.
fn head(frame: &[u8]) -> Result<Frame<&[u8]>, CodecError> {
    let Some((head, body)) = frame.split_at_checked(HEAD) else {
        return Err(CodecError::Foreign);
    };
    if head[..3] != MARK {
        return Err(CodecError::Foreign);
    }
    if head[3] != VERSION.to_le_bytes()[0] {
        return Err(CodecError::Version);
    }
    if body.is_empty() {
        return Ok(Frame::Hello);
    }
    let job = Job::from_le_bytes([head[4], head[5], head[6], head[7]]);
    Ok(Frame::Message(job, body))
}

#[cfg(test)]
mod tests;
