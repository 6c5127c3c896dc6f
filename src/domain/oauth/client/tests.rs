#![allow(clippy::unwrap_used)]
use super::*;
use crate::oauth::authorize::Authorize;
use crate::oauth::consent;
use crate::oauth::encode::from_form;
use crate::oauth::transaction::{Transaction, sample};
use crate::permission::reference::{Kind, entries};
use crate::permission::{FEATURES, SCOPES, WRITES, can_change, scopes_of};
use crate::protocol::Prompt;

const READER: &str = "2f1c7f0e-6a55-4d0e-9f62-0c2a6f3f9a11";
const WRITER: &str = "7d3a1b52-0c94-4b0f-8a51-6f7e2d9c4b10";

fn both() -> (Reader, Writer) {
    let (reader, writer) = registrations(READER, Some(WRITER)).unwrap();
    (reader, writer.unwrap())
}

/// What a browser would send: the parameter of this name in every request that is built from these scopes.
fn sent(asking: Asking, name: &str) -> Vec<String> {
    let transaction = Transaction { asking, ..sample() };
    let authorize = Authorize {
        transaction: &transaction,
        login: "https://login.microsoftonline.com",
        code_challenge: "CHALLENGE",
        prompt: Prompt::SelectAccount,
        login_hint: "",
        claims: "",
    };
    let token = crate::oauth::token::request(&transaction, &crate::secret::Secret::new("c".into()));
    [
        authorize.url(),
        consent::url((&transaction).into()),
        format!("?{}", token.expose()),
    ]
    .iter()
    .map(|url| {
        let pairs = from_form(url.split_once('?').unwrap().1).unwrap();
        let (_, value) = pairs.iter().find(|(n, _)| n == name).unwrap();
        value.to_string()
    })
    .collect()
}

#[test]
fn one_id_for_both_is_refused_in_any_letter_case() {
    for (reader, writer, good) in [
        (READER, Some(WRITER), true),
        (READER, None, true),
        ("", None, true),
        (READER, Some(READER), false),
        (READER, Some("2F1C7F0E-6A55-4D0E-9F62-0C2A6F3F9A11"), false),
    ] {
        let found = registrations(reader, writer);
        assert_eq!(found.is_some(), good, "{reader} {writer:?}");
    }
}

/// Every permission of the reference table, of any kind: it is a scope that reads, one that writes, or neither; never both.
#[test]
fn a_scope_that_changes_something_is_never_one_that_reads() {
    let mut writes = 0;
    for entry in entries() {
        let reads = ReadScope::named(entry.name);
        let write = WriteScope::named(entry.name);
        assert!(reads.is_none() || write.is_none(), "{}", entry.name);
        if can_change(entry.name) {
            assert!(reads.is_none(), "{}: reads", entry.name);
        }
        if entry.kind == Kind::Delegated && write.is_some() {
            writes += 1;
        }
    }
    assert_eq!(writes, WRITES.len(), "each has its row in the reference");
    for scope in SCOPES {
        assert!(ReadScope::named(scope.name).is_some(), "{}", scope.name);
    }
    for name in WRITES {
        assert!(can_change(name) && ReadScope::named(name).is_none());
    }
}

/// Every set of features, which is everything that the reader can ever ask for.
#[test]
fn no_request_with_the_readers_id_has_a_scope_that_changes_something() {
    let (reader, _) = both();
    for set in 0..1u32 << FEATURES.len() {
        let chosen: Vec<&str> = FEATURES
            .iter()
            .enumerate()
            .filter(|(at, _)| set & (1 << at) != 0)
            .map(|(_, feature)| feature.id)
            .collect();
        let asking = Asking::read(&reader, &scopes_of(&chosen));
        assert!(asking.is_readers(&reader));
        for scopes in sent(asking.clone(), "scope") {
            assert!(!scopes.split(' ').any(can_change), "{scopes}");
        }
        for id in sent(asking, "client_id") {
            assert_eq!(id, READER);
        }
    }
}

#[test]
fn what_writes_has_the_writers_id() {
    let (reader, writer) = both();
    let writes: Vec<WriteScope> = WRITES.iter().filter_map(|n| WriteScope::named(n)).collect();
    let asking = Asking::write(&writer, &scopes_of(&["inventory"]), &writes);
    assert!(!asking.is_readers(&reader));
    for id in sent(asking.clone(), "client_id") {
        assert_eq!(id, WRITER);
    }
    for scopes in sent(asking, "scope") {
        assert!(scopes.contains("/DeviceManagementScripts.ReadWrite.All"));
    }
}

#[test]
fn a_record_that_was_changed_is_not_the_readers() {
    let (reader, _) = both();
    let list = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
    for (id, scopes, good) in [
        (READER, list(&["User.Read"]), true),
        (WRITER, list(&["User.Read"]), false),
        (READER, list(&["User.Read", "Group.ReadWrite.All"]), false),
        (READER, list(&["Directory.AccessAsUser.All"]), false),
    ] {
        let asking = Asking::recorded(id.to_owned(), scopes.clone());
        assert_eq!(asking.is_readers(&reader), good, "{id} {scopes:?}");
    }
}
