//! The transaction record in sessionStorage: the only thing that is ever stored, and only meanwhile.

use web_sys::Storage;

const KEY: &str = "plumbline.sign-in";

/// What was stored.
pub(super) struct Record {
    /// The engine's record, as it gave it.
    pub transaction: String,
    /// Times of the automatic attempts of the last minute.
    pub attempts: String,
}

/// Stores a record in place of any other: the newest click counts. False when the browser stores nothing.
pub(super) fn put(transaction: &str, attempts: &str) -> bool {
    let value = format!("{attempts}\n{transaction}");
    storage().is_some_and(|storage| storage.set_item(KEY, &value).is_ok())
}

/// Takes the record out. It is gone from the storage whatever happens next.
pub(super) fn take() -> Option<Record> {
    let storage = storage()?;
    let value = storage.get_item(KEY).ok()??;
    storage.remove_item(KEY).ok()?;
    let (attempts, transaction) = value.split_once('\n')?;
    Some(Record {
        transaction: transaction.to_owned(),
        attempts: attempts.to_owned(),
    })
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
