#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::catalog;
use crate::json::Json;
use crate::policy::read;
use crate::protocol::{ExportOptions, RowsQuery, SuggestQuery};

const DOCUMENT: &str = r#"{"id": "1", "displayName": "Wi-Fi", "preSharedKey": "hush",
    "omaSettings": [{"omaUri": "./X", "isEncrypted": true, "value": "hush"}]}"#;

fn desk() -> Desk {
    let row = catalog::row("deviceConfigurations").unwrap();
    let document = Json::parse(DOCUMENT).unwrap();
    let mut desk = Desk::default();
    let info = desk.set_main(Snapshot {
        label: "Contoso".into(),
        policies: vec![read(row, &document, DOCUMENT.into(), "", vec![])],
        ..Snapshot::default()
    });
    assert_eq!((info.policies, info.settings), (1, 2));
    desk
}

fn code(event: Option<Event>) -> String {
    match event {
        Some(Event::Failed(problem)) => {
            assert!(!problem.remedy.is_empty());
            problem.code
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn policies_are_exported_without_their_secrets() {
    let mut comparer = Comparer::default();
    comparer.take_main(&desk().piece(0).unwrap()).unwrap();
    let mut ask = |form, baseline| {
        let options = ExportOptions { form, baseline };
        comparer.answer(Request::Export(options))
    };
    let Some(Event::Download(file)) = ask(crate::convert::Form::Graph, false) else {
        panic!("no file");
    };
    assert_eq!(file.path, "policies-graph.zip");
    assert!(!String::from_utf8_lossy(&file.bytes).contains("hush"));
    let import = crate::convert::Form::Import;
    assert_eq!(code(ask(import, false)), "desk.nothing_to_export");
    assert_eq!(code(ask(import, true)), "desk.no_baseline");
}

#[test]
fn nothing_open_is_a_problem_with_a_remedy() {
    for request in [
        Request::Overview,
        Request::Rows(RowsQuery::default()),
        Request::Suggest(SuggestQuery {
            query: String::new(),
            cursor: 0,
        }),
        Request::Find("x".into()),
        Request::Policy(PolicyRef::Index(0)),
        Request::Raw(PolicyRef::Id("1".into())),
    ] {
        let event = Desk::default().answer(request);
        assert_eq!(code(event), "desk.nothing_open");
    }
}

#[test]
fn requests_that_need_more_are_left_to_the_engine() {
    for request in [Request::SignOut, Request::ReadTenant, Request::Ledger] {
        assert!(desk().answer(request).is_none());
    }
}

#[test]
fn a_policy_is_found_by_id_and_by_number() {
    for which in [PolicyRef::Index(0), PolicyRef::Id("1".into())] {
        match desk().answer(Request::Policy(which)) {
            Some(Event::Policy(view)) => assert_eq!(view.head.name, "Wi-Fi"),
            other => panic!("{other:?}"),
        }
    }
    for which in [PolicyRef::Index(7), PolicyRef::Id("7".into())] {
        assert_eq!(
            code(desk().answer(Request::Policy(which))),
            "desk.no_such_policy"
        );
    }
}

#[test]
fn no_answer_holds_a_secret() {
    for request in [
        Request::Raw(PolicyRef::Index(0)),
        Request::Policy(PolicyRef::Index(0)),
    ] {
        let text = format!("{:?}", desk().answer(request).unwrap());
        assert!(!text.contains("hush"), "{text}");
        assert!(text.contains("Hidden (secret)"), "{text}");
    }
}

#[test]
fn what_is_cleared_is_gone() {
    let mut desk = desk();
    desk.clear();
    assert!(desk.main().is_none());
    assert_eq!(code(desk.answer(Request::Overview)), "desk.nothing_open");
}
