#![allow(clippy::unwrap_used)]

use domain::protocol::*;

use super::table::{Step, TableMsg};
use super::*;

mod report;
mod so_far;

pub(super) fn engine(model: &mut Model, slot: Slot, event: Event) -> Vec<Effect> {
    model.hear(Some(slot), event, 1000.0)
}

fn started() -> Model {
    let mut model = Model::default();
    engine(
        &mut model,
        Slot::Tell,
        Event::Ready(Ready {
            cloud: String::new(),
            hosts: Vec::new(),
            client_id: "c".to_owned(),
            policy_enforced: true,
            features: Vec::new(),
        }),
    );
    model
}

pub(super) fn opened() -> Model {
    let mut model = started();
    model.apply(Action::Main(MainAction::Demo));
    engine(
        &mut model,
        Slot::Main,
        Event::SnapshotReady(SnapshotInfo::default()),
    );
    model
}

pub(super) fn asked(effects: &[Effect]) -> Vec<Slot> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Ask(slot, _) => Some(*slot),
            _ => None,
        })
        .collect()
}

#[test]
fn the_demo_opens_on_the_overview() {
    let mut model = started();
    let effects = model.apply(Action::Main(MainAction::Demo));
    assert_eq!(asked(&effects), [Slot::Main]);
    assert_eq!(model.route, Route::Overview);
    assert!(model.main.info.loading());
    let effects = engine(
        &mut model,
        Slot::Main,
        Event::SnapshotReady(SnapshotInfo::default()),
    );
    assert_eq!(asked(&effects), [Slot::Overview]);
}

#[test]
fn a_failed_opening_keeps_what_was_open() {
    let mut model = opened();
    model.apply(Action::Main(MainAction::Files(vec![File {
        path: "a.json".to_owned(),
        mime: String::new(),
        bytes: Vec::new(),
    }])));
    engine(
        &mut model,
        Slot::Main,
        Event::Failed(Problem::new("x", "It broke.", "Mend it.")),
    );
    let info = &model.main.info;
    assert!(info.get().is_some());
    assert_eq!(info.problem().map(|p| p.code.as_str()), Some("x"));
}

#[test]
fn a_redirect_response_waits_for_the_engine_and_is_used_once() {
    let mut model = Model::default();
    let effects = model.apply(Action::Returned(FinishSignIn {
        response: "code=1".to_owned(),
        transaction: None,
    }));
    assert!(effects.is_empty());
    let ready = started();
    let Boot::Ready(ready) = ready.boot else {
        panic!("ready")
    };
    let effects = engine(&mut model, Slot::Tell, Event::Ready((*ready).clone()));
    assert_eq!(asked(&effects), [Slot::Session]);
    let effects = engine(&mut model, Slot::Tell, Event::Ready((*ready).clone()));
    assert!(asked(&effects).is_empty());
}

#[test]
fn a_sign_in_without_a_question_that_finds_nobody_leads_to_the_start_page() {
    let mut model = Model::default();
    model.apply(Action::Returned(FinishSignIn {
        response: "error=login_required".to_owned(),
        transaction: None,
    }));
    let locked = Event::Locked(Locked {
        problem: None,
        logout_url: String::new(),
        kept: false,
    });
    let effects = engine(&mut model, Slot::Session, locked);
    assert!(asked(&effects).is_empty());
    assert_eq!(model.session, Session::Out);
}

#[test]
fn a_token_that_ran_out_takes_nothing_away_and_the_same_person_goes_on() {
    let mut model = opened();
    sign_in(&mut model, 3_600);
    let over = |kept| {
        Event::Locked(Locked {
            problem: Some(Problem::new("auth.expired", "Over.", "Sign in again.")),
            logout_url: String::new(),
            kept,
        })
    };
    engine(&mut model, Slot::Tell, over(true));
    assert!(model.main.info.get().is_some());
    assert!(matches!(&model.session, Session::Expired { problem, .. } if problem.what == "Over."));
    let features = Vec::new();
    let effects = model.apply(Action::Session(SessionAction::SignIn { features }));
    assert_eq!(
        asked_as(&effects),
        Some((Prompt::Default, "hint".to_owned()))
    );
    assert!(model.main.info.get().is_some());

    let mut model = opened();
    sign_in(&mut model, 3_600);
    engine(&mut model, Slot::Tell, over(false));
    assert!(model.main.info.get().is_none(), "revoked");
    assert!(matches!(model.session, Session::Ended(_)));
}

/// Signing out in one tab leaves nothing in the others, whose own token may be over.
#[test]
fn a_tab_whose_session_is_over_forgets_too_when_another_signs_out() {
    let mut model = opened();
    sign_in(&mut model, 3_600);
    let problem = Rc::new(Problem::new("auth.expired", "Over.", "Sign in again."));
    model.session = Session::Expired {
        account: model.session.account().cloned(),
        problem,
    };
    let effects = model.apply(Action::Session(SessionAction::Elsewhere));
    assert_eq!(asked(&effects), [Slot::Tell]);
}

#[test]
fn a_token_that_ends_soon_is_renewed_before_the_tenant_is_read_again() {
    let mut model = opened();
    let effects = sign_in(&mut model, 3_600);
    let later = effects.iter().find_map(|effect| match effect {
        Effect::Later { ms, action } => Some((*ms, (**action).clone())),
        _ => None,
    });
    let (ms, runs_short) = later.unwrap();
    assert_eq!(ms, 45 * 60 * 1000);
    let read = || Action::Main(MainAction::ReadTenant);
    assert_eq!(asked(&model.apply(read())), [Slot::Main]);
    model.apply(runs_short.clone());
    let effects = model.apply(read());
    assert_eq!(
        asked_as(&effects),
        Some((Prompt::Default, "hint".to_owned()))
    );
    assert_eq!(model.session, Session::Leaving);

    // A baseline would be lost on the way: what the token still allows is read.
    let mut model = opened();
    sign_in(&mut model, 60);
    model.apply(runs_short);
    Rc::make_mut(&mut model.compare)
        .baseline
        .put(BaselineInfo::default());
    assert_eq!(asked(&model.apply(read())), [Slot::Main]);
}

fn sign_in(model: &mut Model, expires_in: u32) -> Vec<Effect> {
    let account = Account {
        name: String::new(),
        username: String::new(),
        tenant_id: String::new(),
        scopes: Vec::new(),
        missing: Vec::new(),
        excess: Vec::new(),
        expires_in,
        route: String::new(),
        login_hint: "hint".to_owned(),
    };
    engine(model, Slot::Session, Event::SignedIn(account))
}

/// How a sign-in is begun, if one is.
fn asked_as(effects: &[Effect]) -> Option<(Prompt, String)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Ask(Slot::Session, Request::BeginSignIn(ask)) => {
            Some((ask.prompt, ask.login_hint.clone()))
        }
        _ => None,
    })
}

#[test]
fn a_failed_sign_in_is_a_page_and_asks_for_nothing() {
    let mut model = started();
    model.apply(Action::Session(SessionAction::SignIn {
        features: Vec::new(),
    }));
    let effects = engine(
        &mut model,
        Slot::Session,
        Event::Failed(Problem::new("auth.x", "No.", "Again.")),
    );
    assert!(effects.is_empty());
    assert!(matches!(model.session, Session::Failed(_)));
}

#[test]
fn locking_forgets_everything_that_was_read() {
    let mut model = opened();
    model.apply(Action::Go(Route::inventory("x")));
    engine(
        &mut model,
        Slot::Session,
        Event::Locked(Locked {
            problem: None,
            logout_url: String::new(),
            kept: false,
        }),
    );
    assert!(model.main.info.get().is_none());
    assert_eq!(*model.inventory, Inventory::default());
    assert!(matches!(model.session, Session::Ended(_)));
}

#[test]
fn a_query_is_in_the_address_and_asks_for_its_first_rows() {
    let mut model = opened();
    model.apply(Action::Go(Route::inventory("")));
    let effects = model.apply(Action::Inventory(InventoryAction::Query {
        text: "a b".to_owned(),
        cursor: 3,
    }));
    assert_eq!(asked(&effects), [Slot::Rows, Slot::Suggest]);
    assert!(effects.iter().any(
        |e| matches!(e, Effect::Address { hash, replace: true } if hash == "#/inventory?q=a%20b")
    ));
}

#[test]
fn the_head_of_a_column_goes_up_down_and_off() {
    let mut model = opened();
    model.apply(Action::Go(Route::inventory("")));
    let mut press = |column| {
        model.apply(Action::Inventory(InventoryAction::Sort(column)));
        model.route.hash()
    };
    assert_eq!(press("modified"), "#/inventory?sort=modified");
    assert_eq!(press("modified"), "#/inventory?sort=-modified");
    assert_eq!(press("modified"), "#/inventory");
    assert_eq!(press("name"), "#/inventory?sort=-name", "up already");
    assert_eq!(press("name"), "#/inventory");
}

#[test]
fn scrolling_asks_only_for_what_is_not_there() {
    let mut model = opened();
    model.apply(Action::Go(Route::inventory("")));
    let row = |index| RowView {
        index,
        id: String::new(),
        name: index.to_string(),
        kind: String::new(),
        row: String::new(),
        platform: String::new(),
        assigned: AssignedState::Assigned,
        assigned_to: String::new(),
        settings: None,
        modified: String::new(),
        scope_tags: String::new(),
        matched: String::new(),
    };
    engine(
        &mut model,
        Slot::Rows,
        Event::Rows(RowsWindow {
            total: 100_000,
            matching: 100_000,
            directory: (0, 0),
            from: 0,
            rows: (0..120).map(row).collect(),
            complaints: Vec::new(),
        }),
    );
    let view = |model: &mut Model, first| {
        asked(&model.apply(Action::Table {
            which: Which::Inventory,
            msg: TableMsg::View { first, visible: 40 },
        }))
    };
    assert_eq!(view(&mut model, 10), []);
    assert_eq!(view(&mut model, 90_000), [Slot::Rows]);
    model.apply(Action::Table {
        which: Which::Inventory,
        msg: TableMsg::Move {
            step: Step::Last,
            extend: false,
        },
    });
    assert_eq!(model.inventory.table.cursor, 99_999);
}

#[test]
fn a_completion_replaces_the_word_at_the_cursor() {
    for (query, cursor, insert, want) in [
        ("plat", 4, "platform:", "platform:"),
        ("ü plat name~x", 6, "platform:", "ü platform: name~x"),
        ("a  b", 2, "c", "a c b"),
        ("😀 as", 5, "assigned:", "😀 assigned:"),
    ] {
        assert_eq!(inventory::complete(query, cursor, insert), want);
    }
}

#[test]
fn no_state_chosen_shows_what_is_not_the_same() {
    let mut model = opened();
    for state in DEFAULT_STATES {
        model.apply(Action::Compare(CompareAction::Show(state)));
    }
    assert_eq!(model.compare.query.states, DEFAULT_STATES);
}

#[test]
fn a_baseline_is_compared_as_soon_as_it_is_read_and_again_with_another_main_side() {
    let mut model = opened();
    let effects = engine(
        &mut model,
        Slot::Baseline,
        Event::BaselineReady(BaselineInfo::default()),
    );
    assert_eq!(asked(&effects), [Slot::Compared]);
    let effects = engine(
        &mut model,
        Slot::Main,
        Event::SnapshotReady(SnapshotInfo::default()),
    );
    assert!(asked(&effects).contains(&Slot::Compared));
}

#[test]
fn an_engine_that_restarts_is_said_once_and_holds_nothing() {
    let mut model = opened();
    let stopped = || Event::Failed(Problem::new("engine.stopped", "Stopped.", "Open again."));
    engine(&mut model, Slot::Rows, stopped());
    engine(&mut model, Slot::Policy, stopped());
    assert_eq!(model.boot, Boot::Starting);
    assert!(model.main.info.get().is_none() && model.main.info.problem().is_some());
}

#[test]
fn a_permission_is_asked_for_beside_those_in_hand() {
    let mut model = started();
    let feature = |id: &str, scope: &str, granted| FeatureView {
        id: id.to_owned(),
        name: String::new(),
        scopes: vec![(scope.to_owned(), String::new())],
        granted,
    };
    if let Boot::Ready(ready) = &mut model.boot {
        Rc::make_mut(ready).features = vec![
            feature("a", "A.Read", true),
            feature("b", "B.Read", false),
            feature("c", "C.Read", false),
        ];
    }
    let scope = "needs B.Read".to_owned();
    let effects = model.apply(Action::Session(SessionAction::AskFor { scope }));
    let Some(Effect::Ask(_, Request::BeginSignIn(ask))) = effects.first() else {
        panic!("a sign-in")
    };
    assert_eq!(ask.features, ["a", "b"]);
}
