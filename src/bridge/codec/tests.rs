#![allow(clippy::unwrap_used)]
use super::*;
use crate::ui::state::Model;
use domain::protocol::{Event, FinishSignIn, Locked, Request};

#[test]
fn messages_survive_the_crossing() {
    let request = Request::FinishSignIn(FinishSignIn {
        response: "code=é&state=x".into(),
        transaction: None,
    });
    let bytes = encode(7, &request).unwrap();
    let Frame::Message(7, Request::FinishSignIn(back)) = decode(&bytes).unwrap() else {
        unreachable!("another request came out");
    };
    assert_eq!(back.response, "code=é&state=x");

    let event = Event::Download(domain::protocol::File {
        path: "report.html".into(),
        mime: "text/html".into(),
        bytes: vec![0, 255, 7],
    });
    let Frame::Message(0, Event::Download(file)) = decode(&encode(0, &event).unwrap()).unwrap()
    else {
        unreachable!("another event came out");
    };
    assert_eq!(file.bytes, [0, 255, 7]);
    assert!(matches!(decode::<Event>(&hello()).unwrap(), Frame::Hello));
}

#[test]
fn foreign_bytes_are_errors() {
    let event = Event::Locked(Locked {
        problem: None,
        logout_url: "https://login.microsoftonline.com/x".into(),
        kept: false,
    });
    let good = encode(1, &event).unwrap();
    let mut other_version = good.clone();
    other_version[3] ^= 1;
    let mut longer = good.clone();
    longer.push(0);
    let mut unknown = good.clone();
    unknown[8] = 250;
    for (bytes, expect) in [
        (&[][..], CodecError::Foreign),
        (b"hello world", CodecError::Foreign),
        (&other_version, CodecError::Version),
        (&longer, CodecError::Malformed),
        (&unknown, CodecError::Malformed),
        (&good[..good.len() - 1], CodecError::Malformed),
    ] {
        assert_eq!(decode::<Event>(bytes).err(), Some(expect), "{bytes:?}");
    }
    // A length that no message can have must not be believed before the bytes are there.
    let mut huge = good[..8].to_vec();
    huge.extend([25, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]);
    assert!(decode::<Event>(&huge).is_err());
    // Any damage is an error or another message, never a panic.
    for at in 8..good.len() {
        for bit in 0..8 {
            let mut damaged = good.clone();
            damaged[at] ^= 1 << bit;
            drop(decode::<Event>(&damaged));
        }
    }
}

#[test]
fn the_start_page_reads_its_own_events_and_no_other() {
    let mut own = Vec::new();
    let mut places = 0;
    for place in 0..100u8 {
        // Nothing but zeros is the smallest event of each kind.
        let frames = (0..200).map(|zeros| {
            let mut frame = encode(7, &()).unwrap();
            frame.push(place);
            frame.extend(vec![0; zeros]);
            frame
        });
        let read = |frame: Vec<u8>| match decode::<Event>(&frame) {
            Ok(Frame::Message(7, event)) => Some((frame, event)),
            _ => None,
        };
        let Some((frame, event)) = frames.filter_map(read).next() else {
            continue;
        };
        places += 1;
        assert_eq!(encode(7, &rest(&frame).unwrap()).unwrap(), frame);
        let Frame::Message(7, known) = first(&frame).unwrap() else {
            unreachable!("no hello");
        };
        let words = format!("{event:?}");
        let (_, left) = Model::default().hear_first(None, event, 0.0);
        assert_eq!(known.is_none(), left.is_some(), "{words}");
        if let Some(known) = known {
            assert_eq!(encode(7, &known).unwrap(), frame, "{known:?}");
            let mut longer = frame.clone();
            longer.push(0);
            assert!(first(&longer).is_err(), "{known:?}");
            own.push(place);
        }
    }
    assert_eq!(own, [0, 1, 2, 3, 4, 5, 6, 7, 8, 36]);
    assert_eq!(places, 37, "every kind of event was tried");
    assert!(matches!(first(&hello()).unwrap(), Frame::Hello));
    assert_eq!(first(b"hello world").err(), Some(CodecError::Foreign));
}
