#![allow(clippy::unwrap_used)]
use super::*;
use crate::oauth::encode::percent;
use crate::oauth::transaction::{LIFE_MS, sample};
use crate::problem::Problem;
use crate::protocol::Prompt;

/// Everything but a response that belongs to the record is refused. Numbers of the negative cases.
#[test]
fn only_the_answer_to_this_tabs_own_question_is_accepted() {
    let record = sample();
    let (text, now) = (record.write(), record.created + 1_000);
    let state = record.state.as_str();
    let other = state.replace('A', "B");
    let ok = format!("code=0.AX&state={state}&session_state=x&client_info=y");
    let cases: &[(u32, String, Option<&str>, u64, RedirectError)] = &[
        (
            37,
            "code=0.AX".into(),
            Some(&text),
            now,
            RedirectError::NoState,
        ),
        (
            37,
            "code=0.AX&state=".into(),
            Some(&text),
            now,
            RedirectError::NoState,
        ),
        (
            38,
            format!("code=0.AX&state={other}"),
            Some(&text),
            now,
            RedirectError::StateMismatch,
        ),
        (
            38,
            format!("code=0.AX&state={state}x"),
            Some(&text),
            now,
            RedirectError::StateMismatch,
        ),
        (
            38,
            format!("error=access_denied&state={other}"),
            Some(&text),
            now,
            RedirectError::StateMismatch,
        ),
        (39, ok.clone(), None, now, RedirectError::NotAsked),
        (
            41,
            ok.clone(),
            Some(&text),
            record.created + LIFE_MS + 1,
            RedirectError::Record(TransactionError::Stale),
        ),
        (
            41,
            ok.clone(),
            Some("{\"v\":0}"),
            now,
            RedirectError::Record(TransactionError::Unreadable),
        ),
        (
            42,
            format!("{ok}&error=access_denied"),
            Some(&text),
            now,
            RedirectError::CodeAndError,
        ),
        (
            43,
            format!("{ok}&code=0.AY"),
            Some(&text),
            now,
            RedirectError::Duplicate("code"),
        ),
        (
            43,
            format!("{ok}&state={state}"),
            Some(&text),
            now,
            RedirectError::Duplicate("state"),
        ),
        (
            43,
            format!("{ok}&st%61te={state}"),
            Some(&text),
            now,
            RedirectError::Duplicate("state"),
        ),
        (
            44,
            format!("?{ok}"),
            Some(&text),
            now,
            RedirectError::Unreadable,
        ),
        (
            48,
            ok.clone(),
            Some(&text.replace(state, &other)),
            now,
            RedirectError::StateMismatch,
        ),
        (
            50,
            format!("admin_consent=True&tenant=evil&state={state}"),
            Some(&text),
            now,
            RedirectError::AdminConsent,
        ),
        (
            50,
            "?admin_consent=True&tenant=evil".into(),
            None,
            now,
            RedirectError::AdminConsent,
        ),
        (
            50,
            format!("admin_consent=True&{ok}"),
            None,
            now,
            RedirectError::NotAsked,
        ),
        (
            0,
            format!("code=&state={state}"),
            Some(&text),
            now,
            RedirectError::Neither,
        ),
        (
            0,
            format!("code=%ff&state={state}"),
            Some(&text),
            now,
            RedirectError::Unreadable,
        ),
        (
            0,
            format!("{ok}&x={}", "y".repeat(LIMIT)),
            Some(&text),
            now,
            RedirectError::Unreadable,
        ),
        (0, String::new(), Some(&text), now, RedirectError::NoState),
    ];
    for (case, response, record, now, expect) in cases {
        let refused = accept(response, *record, *now).err();
        assert_eq!(refused.as_ref(), Some(expect), "case {case}: {response}");
    }
    let accepted = accept(&ok, Some(&text), now).unwrap();
    assert_eq!(accepted.code.expose(), "0.AX");
    assert_eq!(accepted.transaction.nonce, record.nonce);
}

/// Case 45: what Entra or an attacker wrote is carried as text, cut, and never read as anything else.
#[test]
fn a_refusal_is_carried_as_text() {
    let mut record = sample();
    let now = record.created;
    let description = format!(
        "AADSTS65004: <img src=x onerror=alert(1)> [x](javascript:1) {}",
        "z".repeat(9_000)
    );
    let response = format!(
        "error=access_denied&error_description={}&state={}",
        percent(&description),
        record.state
    );
    let Err(RedirectError::Entra { error, silent }) = accept(&response, Some(&record.write()), now)
    else {
        unreachable!("a refusal was expected");
    };
    assert!(!silent);
    assert_eq!(error.codes, [65004]);
    let problem = Problem::from(crate::oauth::error::SignInError::Redirect(
        RedirectError::Entra { error, silent },
    ));
    assert_eq!(problem.code, "auth.declined");
    assert!(problem.detail.contains("<img src=x"));
    assert!(problem.detail.len() <= crate::problem::DETAIL_LIMIT);
    assert!(!problem.what.contains('<') && !problem.remedy.contains('<'));

    record.prompt = Prompt::None;
    let response = format!("error=login_required&state={}", record.state);
    let refused = accept(&response, Some(&record.write()), now).err();
    assert!(matches!(
        refused,
        Some(RedirectError::Entra { silent: true, .. })
    ));
}
