#![allow(clippy::unwrap_used)]
use super::*;
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
