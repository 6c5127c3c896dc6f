//! The events that the start page knows, read by themselves: the reading of all others comes with the screens.

use domain::protocol::Event;
use serde::de::DeserializeOwned;

use super::{CodecError, Frame, HEAD, head};

/// Reads a frame whose event the start page knows; any other event is `None`, and what [`rest`] reads. The numbers are
/// the places of the variants in [`Event`] (postcard's wire format).
///
/// # Errors
/// As [`super::decode`].
pub fn first(frame: &[u8]) -> Result<Frame<Option<Event>>, CodecError> {
    let Frame::Message(job, body) = head(frame)? else {
        return Ok(Frame::Hello);
    };
    let (place, rest) =
        postcard::take_from_bytes::<u32>(body).map_err(|_| CodecError::Malformed)?;
    let event = match place {
        0 => Event::Ready(whole(rest)?),
        1 => Event::Misconfigured(whole(rest)?),
        2 => Event::SignInReady(whole(rest)?),
        3 => Event::SignedIn(whole(rest)?),
        4 => Event::ConsentNeeded(whole(rest)?),
        5 => Event::Locked(whole(rest)?),
        6 => Event::Progress(whole(rest)?),
        7 => Event::SoFar(whole(rest)?),
        8 => Event::SnapshotReady(whole(rest)?),
        36 => Event::Failed(whole(rest)?),
        _ => return Ok(Frame::Message(job, None)),
    };
    Ok(Frame::Message(job, Some(event)))
}

/// Reads any event of a frame that [`first`] has seen.
///
/// # Errors
/// [`CodecError::Malformed`].
pub fn rest(frame: &[u8]) -> Result<Event, CodecError> {
    whole(frame.get(HEAD..).unwrap_or_default())
}

pub(super) fn whole<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, CodecError> {
    match postcard::take_from_bytes(bytes) {
        Ok((read, [])) => Ok(read),
        _ => Err(CodecError::Malformed),
    }
}
