//! What is saved: a report that comes in pieces, and the passphrase of files.

use super::*;

#[test]
fn a_report_is_kept_piece_by_piece_and_saved_with_its_last() {
    let mut model = opened();
    model.apply(Action::Report(ReportAction::Write { now: String::new() }));
    let kept = engine(
        &mut model,
        Slot::Report,
        Event::Written(b"<html>".to_vec(), (3, 9)),
    );
    assert!(matches!(kept.as_slice(), [Effect::Gather(bytes)] if bytes == b"<html>"));
    assert_eq!(model.reports.writing, Some((3, 9)));

    // Another file that is saved meanwhile has no part in it.
    let other = engine(&mut model, Slot::Save, Event::Download(File::default()));
    assert!(other.iter().any(|e| matches!(e, Effect::Download(_))));
    assert_eq!(model.reports.writing, Some((3, 9)));

    let last = engine(&mut model, Slot::Report, Event::Download(File::default()));
    assert!(last.iter().any(|e| matches!(e, Effect::DownloadReport(_))));
    assert_eq!(model.reports.writing, None);
}

/// While what was read stays, it is saved as was wished; whoever locks takes the passphrase back.
#[test]
fn the_passphrase_stays_as_long_as_what_was_read() {
    for (kept, dropped) in [(true, false), (false, true)] {
        let mut model = opened();
        sign_in(&mut model, 3_600);
        let over = Event::Locked(Locked {
            problem: Some(Problem::new("auth.expired", "Over.", "Sign in again.")),
            logout_url: String::new(),
            kept,
        });
        let effects = engine(&mut model, Slot::Tell, over);
        let drops = effects.iter().any(|e| matches!(e, Effect::DropPassphrase));
        assert_eq!((model.main.info.get().is_some(), drops), (kept, dropped));
    }
}
