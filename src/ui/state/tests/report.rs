//! A report that comes in pieces.

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
