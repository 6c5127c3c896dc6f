//! A snapshot in pieces: what goes from one worker to the other stands nowhere as one text.

use serde::{Deserialize, Serialize};

use super::super::{Snapshot, Source};
use super::{OpenError, read, write};
use crate::setting::Interner;

/// About so many bytes of documents go into a piece.
const PIECE: usize = 1 << 20;

/// Some of a snapshot's policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Which snapshot it is of, where one can take the place of another meanwhile.
    pub of: u32,
    /// Number of its first policy. The piece from 0 says everything else of the snapshot, too.
    pub from: u32,
    /// Number of the next piece's first policy; `None`: this is the last.
    pub next: Option<u32>,
    /// The text of a snapshot file.
    pub text: String,
}

/// The piece of the snapshot, which is number `of`, that begins with the policy `from`.
pub fn piece(snapshot: &Snapshot, of: u32, from: u32) -> Piece {
    let rest = snapshot.policies.get(from as usize..).unwrap_or_default();
    let mut size = 0;
    let fits = rest.iter().take_while(|policy| {
        let fits = size < PIECE;
        size += policy.raw.len();
        fits
    });
    let (here, after) = rest.split_at(fits.count());
    Piece {
        of,
        from,
        next: (!after.is_empty()).then(|| from.saturating_add(here.len() as u32)),
        text: write::part(snapshot, here, from == 0),
    }
}

/// Pieces that came so far.
#[derive(Debug, Default)]
pub struct Joined {
    snapshot: Snapshot,
    ids: Interner,
    /// The snapshot and first policy of the piece that is due.
    due: (u32, u32),
}

/// What a piece leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The piece that begins with this policy is due.
    Next(u32),
    /// That was the last one.
    Whole,
}

impl Joined {
    /// Nothing yet. `source`: what the snapshot will be.
    pub fn new(source: Source) -> Self {
        let mut joined = Self::default();
        joined.snapshot.source = source;
        joined
    }

    /// Takes a piece. One of another snapshot than those before begins anew.
    ///
    /// # Errors
    /// Its text is not one of a snapshot file.
    pub fn take(&mut self, piece: &Piece) -> Result<Step, OpenError> {
        if piece.from == 0 {
            *self = Self::new(self.snapshot.source);
        } else if self.due != (piece.of, piece.from) {
            *self = Self::new(self.snapshot.source);
            return Ok(Step::Next(0));
        }
        read::into(&mut self.snapshot, &mut self.ids, &piece.text)?;
        Ok(match piece.next {
            Some(next) => {
                self.due = (piece.of, next);
                Step::Next(next)
            }
            None => Step::Whole,
        })
    }

    /// The snapshot, after its last piece. Nothing is left.
    pub fn whole(&mut self) -> Snapshot {
        std::mem::take(self).snapshot
    }
}
