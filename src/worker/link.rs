//! The link between the engine and the comparer: what a person opened goes one way, the main side, the audit logs and
//! what the pages of Trust show the other.
//!
//! It is a `MessageChannel` that the page makes and never listens to, so that no tenant's data crosses the page.

use std::cell::RefCell;

use domain::protocol::{AuditLog, AuditRead, Job, LiveRead};
use domain::snapshot::file::Piece;
use js_sys::{Array, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, MessagePort};

use crate::bridge::bytes;
use crate::bridge::codec::{self, Frame};

/// What crosses. A side goes in pieces, each when it is asked for: it stands nowhere as one text, and neither worker
/// is busy for long.
#[derive(Debug, Serialize, Deserialize)]
pub enum Message {
    /// Comparer to engine: the piece of the main side that begins with this policy is wanted.
    Want(u32),
    /// Engine to comparer: that piece; `None`: nothing is open.
    Main(Option<Piece>),
    /// Engine to comparer: the main side is another one now.
    Stale,
    /// Engine to comparer: the session ended; nothing of it is kept.
    Forget,
    /// Engine to comparer: a page of an audit log, as a JSON array; the job is the page's request for it.
    Audit(AuditLog, String),
    /// Engine to comparer: the logs are read; the comparer answers the page. With the tenant's id.
    AuditEnd(String, Vec<AuditRead>),
    /// Engine to comparer: what a page of Trust shows is read; the comparer answers the page.
    Live(Vec<LiveRead>),
    /// Comparer to engine: a piece of what a person opened as the main side, by the job that the page waits for.
    Open {
        /// True for a saved snapshot, false for exports.
        saved: bool,
        /// The piece.
        piece: Piece,
    },
    /// Engine to comparer: the next piece of what this job opens is wanted.
    Next(u32),
    /// Comparer to engine: nobody waits for what this job opens.
    GivenUp,
    /// Engine to comparer: what this job opened is the main side now.
    Opened,
}

impl Message {
    /// The piece's text, where there is one.
    fn text(&mut self) -> Option<&mut String> {
        match self {
            Self::Main(piece) => piece.as_mut().map(|piece| &mut piece.text),
            Self::Open { piece, .. } => Some(&mut piece.text),
            Self::Audit(_, text) => Some(text),
            _ => None,
        }
    }
}

/// One end. Without the other end, what is sent is dropped, but for answers that the page waits for.
#[derive(Debug, Default)]
pub struct Link {
    end: RefCell<Option<End>>,
    /// Answers that were there before the other end was.
    early: RefCell<Vec<(Job, Message)>>,
}

#[derive(Debug)]
struct End {
    port: MessagePort,
    _listener: Closure<dyn FnMut(MessageEvent)>,
}

impl Link {
    /// Listens at a port that the page gave. An earlier one is closed.
    pub fn adopt(&self, port: MessagePort, hear: impl Fn(Job, Message) + 'static) {
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some((job, message)) = received(&event.data()) {
                hear(job, message);
            }
        });
        port.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        let end = End {
            port,
            _listener: listener,
        };
        if let Some(old) = self.end.borrow_mut().replace(end) {
            old.port.close();
        }
        for (job, message) in self.early.take() {
            self.send(job, message);
        }
    }

    /// Sends to the other end. A piece's text goes beside the frame: in it, it would be in memory once more, and a
    /// worker's memory never shrinks. The bytes are transferred, not copied again.
    pub fn send(&self, job: Job, mut message: Message) {
        let end = self.end.borrow();
        if end.is_none() {
            match message {
                Message::Forget => self.early.borrow_mut().clear(),
                Message::Audit(..) | Message::AuditEnd(..) | Message::Live(_) => {
                    self.early.borrow_mut().push((job, message));
                }
                _ => {}
            }
            return;
        }
        let text = message.text().map(std::mem::take);
        let (Some(end), Ok(frame)) = (&*end, codec::encode(job, &message)) else {
            return;
        };
        let both = [frame, text.unwrap_or_default().into_bytes()];
        let both = both.map(|bytes| Uint8Array::from(bytes.as_slice()));
        let transfer = Array::of2(&both[0].buffer(), &both[1].buffer());
        let pair = Array::of2(&both[0], &both[1]);
        drop(end.port.post_message_with_transferable(&pair, &transfer));
    }
}

/// A message of the other end. Both are of one build: the page has checked the hash of each.
fn received(data: &JsValue) -> Option<(Job, Message)> {
    let pair = data.dyn_ref::<Array>()?;
    let bytes = |at| bytes::taken(&pair.get(at));
    let Ok(Frame::Message(job, mut message)) = codec::decode::<Message>(&bytes(0)?) else {
        return None;
    };
    if let Some(text) = message.text() {
        *text = String::from_utf8(bytes(1)?).ok()?;
    }
    Some((job, message))
}
