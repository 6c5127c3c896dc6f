//! A first read: what it has brought is shown before its end.

use super::*;

fn progress(done: u32) -> Event {
    Event::Progress(Progress {
        doing: String::new(),
        done,
        total: 900,
        objects: done,
        seconds_left: 0,
        at_least: false,
        waiting: 0,
        paused: false,
        types: Vec::new(),
    })
}

fn at(model: &mut Model, ms: f64, event: Event) -> Vec<Slot> {
    asked(&model.hear(Some(Slot::Main), event, ms))
}

fn part(model: &mut Model) -> Vec<Slot> {
    let event = Event::SoFar(SnapshotInfo::default());
    asked(&engine(model, Slot::SoFar, event))
}

/// A first read, three seconds old, and its first part.
fn reading() -> Model {
    let mut model = started();
    model.route = Route::Overview;
    model.apply(Action::Main(MainAction::ReadTenant));
    assert_eq!(at(&mut model, 0.0, progress(1)), []);
    assert_eq!(at(&mut model, 2_900.0, progress(50)), []);
    assert_eq!(at(&mut model, 3_000.0, progress(60)), [Slot::SoFar]);
    assert_eq!(at(&mut model, 3_100.0, progress(61)), []);
    assert_eq!(part(&mut model), [Slot::Overview]);
    assert!(model.main.so_far && model.main.info.loading());
    model
}

#[test]
fn the_overview_grows_while_a_tenant_is_read() {
    let mut model = reading();
    let overview = Event::Overview(Box::default());
    engine(&mut model, Slot::Overview, overview);
    assert_eq!(at(&mut model, 6_000.0, progress(200)), [Slot::SoFar]);
    assert_eq!(part(&mut model), [Slot::Overview]);
    assert!(
        model.main.overview.get().is_some(),
        "drawn until the next comes"
    );
    assert_eq!(at(&mut model, 9_000.0, progress(200)), [], "nothing new");
    let whole = Event::SnapshotReady(SnapshotInfo::default());
    assert_eq!(at(&mut model, 9_500.0, whole), [Slot::Overview]);
    assert!(!model.main.so_far && !model.main.info.loading());
}

#[test]
fn what_is_open_is_not_drawn_anew_for_each_report_of_progress() {
    let mut model = reading();
    let before = model.main.clone();
    at(&mut model, 3_200.0, progress(70));
    assert_eq!(model.main, before);
    assert_ne!(model.main.progress, before.progress);
    at(&mut model, 6_300.0, progress(200));
    part(&mut model);
    assert_ne!(model.main, before, "its next part is drawn");
}

#[test]
fn a_list_in_use_grows_when_asked_and_keeps_its_place() {
    let mut model = reading();
    let effects = model.apply(Action::Go(Route::inventory("edge")));
    assert_eq!(asked(&effects), [Slot::Rows]);
    engine(
        &mut model,
        Slot::Rows,
        Event::Rows(RowsWindow {
            total: 900,
            matching: 800,
            ..RowsWindow::default()
        }),
    );
    let which = Which::Inventory;
    let (first, visible) = (300, 30);
    let msg = TableMsg::View { first, visible };
    model.apply(Action::Table { which, msg });
    model.apply(Action::Table {
        which,
        msg: TableMsg::All,
    });
    assert_eq!(
        at(&mut model, 9_000.0, progress(300)),
        [],
        "no row moves by itself"
    );
    let effects = model.apply(Action::Main(MainAction::Look));
    assert_eq!(asked(&effects), [Slot::SoFar]);
    assert_eq!(part(&mut model), [Slot::Rows]);
    let table = &model.inventory.table;
    assert_eq!(
        (table.first, table.count()),
        (300, 0),
        "rows have other numbers"
    );
    let whole = Event::SnapshotReady(SnapshotInfo::default());
    let asked = at(&mut model, 9_500.0, whole);
    assert!(asked.contains(&Slot::Rows) && !asked.contains(&Slot::Policy));
    assert_eq!(model.inventory.table.first, 300);
}

#[test]
fn a_comparison_waits_for_the_whole() {
    let mut model = reading();
    let baseline = Event::BaselineReady(BaselineInfo::default());
    assert_eq!(asked(&engine(&mut model, Slot::Baseline, baseline)), []);
    let whole = Event::SnapshotReady(SnapshotInfo::default());
    assert!(at(&mut model, 9_500.0, whole).contains(&Slot::Compared));
}

#[test]
fn what_was_open_before_is_not_replaced_by_a_part() {
    let mut model = opened();
    model.apply(Action::Main(MainAction::ReadTenant));
    at(&mut model, 0.0, progress(1));
    assert_eq!(at(&mut model, 9_000.0, progress(90)), []);
    engine(
        &mut model,
        Slot::Main,
        Event::SnapshotReady(SnapshotInfo::default()),
    );
    assert_eq!(part(&mut model), [], "a part that comes too late");
    assert!(!model.main.so_far);
}
