#![allow(clippy::unwrap_used)]

use domain::protocol::*;

use super::super::tests::{asked, engine, opened};
use super::*;
use crate::ui::state::Action;
use crate::ui::state::table::TableMsg;

fn to(model: &mut Model, view: View) -> Vec<Effect> {
    model.apply(Action::Go(Route::Analysis(view)))
}

fn compared() -> Model {
    let mut model = opened();
    engine(
        &mut model,
        Slot::Baseline,
        Event::BaselineReady(BaselineInfo::default()),
    );
    let effects = engine(&mut model, Slot::Compared, Event::Compared(Box::default()));
    let slots = asked(&effects);
    assert!(
        slots.starts_with(&[Slot::CompareRows, Slot::Score]),
        "{slots:?}"
    );
    model
}

fn line(index: u32, state: State, accepted: bool) -> SettingLine {
    SettingLine {
        index,
        state,
        name: format!("Setting {index}"),
        path: String::new(),
        category: String::new(),
        left: String::new(),
        right: String::new(),
        left_policy: String::new(),
        right_policy: String::new(),
        rule: String::new(),
        long: false,
        accepted,
        severity: None,
    }
}

fn lines(model: &mut Model, line: SettingLine) {
    let window = CompareWindow {
        matching: 1,
        settings: 1,
        from: 0,
        lines: vec![CompareLine::Setting(line)],
    };
    engine(model, Slot::CompareRows, Event::CompareRows(window));
}

#[test]
fn coverage_waits_for_the_comparison_and_conflicts_do_not() {
    let mut model = opened();
    assert_eq!(asked(&to(&mut model, View::of(Tab::Coverage))), []);
    let effects = to(&mut model, View::of(Tab::Conflicts));
    assert_eq!(asked(&effects), [Slot::Sides, Slot::Analysis]);
    let mut model = compared();
    let effects = to(&mut model, View::of(Tab::Coverage));
    assert_eq!(asked(&effects), [Slot::Sides, Slot::Analysis]);
    assert!(model.analysis.answer.loading());
    // Another comparison: the same is asked again.
    let effects = engine(&mut model, Slot::Compared, Event::Compared(Box::default()));
    assert!(asked(&effects).contains(&Slot::Analysis));
}

#[test]
fn a_row_of_the_address_is_asked_for_and_a_filter_starts_at_the_top() {
    let mut model = compared();
    let view = View {
        row: Some(400),
        ..View::of(Tab::Coverage)
    };
    let from = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Ask(Slot::Analysis, Request::Coverage(query)) => {
                Some((query.from, query.text.clone(), query.covers.clone()))
            }
            _ => None,
        })
    };
    let (first, _, _) = from(&to(&mut model, view.clone())).unwrap();
    assert!((300..=400).contains(&first), "{first}");
    let effects = model.apply(Action::Analysis(AnalysisAction::Text("edge".to_owned())));
    assert_eq!(from(&effects), Some((0, "edge".to_owned(), Vec::new())));
    let effects = to(&mut model, View::of(Tab::Coverage).toggled("nobody"));
    assert_eq!(from(&effects), Some((0, String::new(), vec![Cover::Idle])));
}

#[test]
fn scrolling_out_of_the_window_asks_for_the_next() {
    let mut model = compared();
    to(&mut model, View::of(Tab::Coverage));
    let window = CoverageWindow {
        matching: 5_000,
        ..CoverageWindow::default()
    };
    engine(&mut model, Slot::Analysis, Event::Coverage(window));
    let msg = TableMsg::View {
        first: 900,
        visible: 40,
    };
    let which = super::super::Which::Analysis;
    let effects = model.apply(Action::Table { which, msg });
    assert_eq!(asked(&effects), [Slot::Analysis]);
}

#[test]
fn a_difference_is_accepted_once_and_what_is_the_same_never() {
    let mut model = compared();
    to(&mut model, View::of(Tab::Coverage));
    model.apply(Action::Go(Route::Compare(None)));
    lines(&mut model, line(7, State::Same, false));
    model.apply(Action::Analysis(AnalysisAction::Accept));
    assert_eq!((model.overlay, model.toasts.len()), (None, 1));
    lines(&mut model, line(7, State::Different, false));
    model.apply(Action::Analysis(AnalysisAction::Accept));
    assert_eq!(model.overlay, Some(Overlay::Accept));
    let accept = signed(
        ["Rooms", "Ada", ""].map(str::to_owned),
        false,
        "2026-11-21T10:00:00Z",
    );
    let effects = model.apply(Action::Analysis(AnalysisAction::Sign(accept)));
    let Some(Effect::Ask(Slot::Accept, Request::Accept(accept))) = effects.first() else {
        panic!("{effects:?}");
    };
    assert_eq!((accept.line, accept.today.as_str()), (7, "2026-11-21"));
    // Refused: the dialog stays and says why.
    let problem = Problem::new("deviations.unsigned", "No.", "Sign it.");
    engine(&mut model, Slot::Accept, Event::Failed(problem));
    assert!(model.analysis.refused.is_some() && model.overlay.is_some());
    let list = DeviationList::default();
    let effects = engine(&mut model, Slot::Accept, Event::Deviations(list));
    assert!(model.overlay.is_none() && model.analysis.unsaved);
    assert_eq!(model.analysis.owner, "Ada");
    let slots = asked(&effects);
    for slot in [Slot::CompareRows, Slot::Score] {
        assert!(slots.contains(&slot), "{slots:?}");
    }
    lines(&mut model, line(7, State::Different, true));
    model.apply(Action::Analysis(AnalysisAction::Accept));
    assert_eq!(model.route, Route::Compare(Some(7)));
    assert_eq!(model.overlay, None);
}

#[test]
fn snapshots_picked_together_are_sides_of_their_own_and_a_folder_is_one() {
    let mut model = opened();
    let file = |path: &str| File {
        path: path.to_owned(),
        ..File::default()
    };
    let mut add = |paths: &[&str]| {
        let files = paths.iter().map(|path| file(path)).collect();
        asked(&model.apply(Action::Analysis(AnalysisAction::AddSides(files)))).len()
    };
    assert_eq!(add(&["a.plumbline.json", "b.zip"]), 2);
    assert_eq!(add(&["a/1.json", "a/2.json", "a/3.zip"]), 1);
    assert_eq!(add(&[]), 0);
    assert_eq!(model.analysis.adding, 3);
    let problem = Problem::new("desk.too_many_sides", "No.", "Less.");
    engine(&mut model, Slot::AddSide, Event::Failed(problem));
    assert_eq!((model.analysis.adding, model.toasts.len()), (2, 1));
}

#[test]
fn the_matrix_compares_with_the_baseline_unless_another_side_is_chosen() {
    let mut model = opened();
    let side = |side| SideView {
        side,
        label: String::new(),
        taken_at: String::new(),
        policies: 0,
        settings: 0,
    };
    assert_eq!(asked(&to(&mut model, View::of(Tab::Sides))), [Slot::Sides]);
    let sides = [0, 1, 2].map(side).to_vec();
    let order = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Ask(Slot::Analysis, Request::Matrix(query)) => Some(query.sides.clone()),
            _ => None,
        })
    };
    let effects = engine(&mut model, Slot::Sides, Event::Sides(sides));
    assert_eq!(order(&effects), Some(vec![1, 0, 2]));
    let view = View {
        side: Some(2),
        ..View::of(Tab::Sides)
    };
    assert_eq!(order(&to(&mut model, view)), Some(vec![2, 0, 1]));
}

/// Signed in, with these scopes.
fn signed_in(model: &mut Model, scopes: &[&str]) {
    let account = Account {
        name: String::new(),
        username: String::new(),
        tenant_id: "t".to_owned(),
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        missing: Vec::new(),
        excess: Vec::new(),
        expires_in: 3600,
        route: String::new(),
        login_hint: String::new(),
    };
    engine(model, Slot::Session, Event::SignedIn(account));
}

#[test]
fn audit_logs_are_read_as_far_as_the_permissions_go() {
    use super::super::AuditAction;
    let read = || {
        Action::Audit(AuditAction::Read {
            from: "2026-10-01T00:00:00Z".to_owned(),
            to: "2026-11-01T00:00:00Z".to_owned(),
        })
    };
    let mut model = opened();
    signed_in(&mut model, &["User.Read"]);
    assert!(asked(&model.apply(read())).is_empty());
    assert_eq!(model.overlay, Some(Overlay::Ask("audit")));

    signed_in(&mut model, &["devicemanagementapps.readwrite.all"]);
    let effects = model.apply(read());
    let ask = effects.iter().find_map(|effect| match effect {
        Effect::Ask(Slot::Audit, Request::ReadAudit(ask)) => Some(ask),
        _ => None,
    });
    assert_eq!(ask.unwrap().logs, [AuditLog::Intune]);
    assert!(model.audit.read.loading());
    model.apply(Action::Audit(AuditAction::Cancel));
    assert!(!model.audit.read.loading() && model.audit.read.get().is_none());
}

#[test]
fn audit_events_are_sorted_by_their_columns() {
    let mut model = opened();
    model.apply(Action::Go(Route::Analysis(View::of(Tab::Audit))));
    for (column, expect) in [("at", "at"), ("at", "-at"), ("who", "who"), ("who", "-who")] {
        model.apply(Action::Analysis(AnalysisAction::Sort(column)));
        match &model.route {
            Route::Analysis(view) => assert_eq!(view.sort, expect),
            route => panic!("{route:?}"),
        }
    }
}
