//! Files that are encrypted with a passphrase when they are saved, and opened with it again.
//!
//! The passphrase is in this page's memory from when it is chosen until it is taken back, the session is locked or the
//! tab is closed. It is never stored and never crosses to a worker.

mod crypto;
mod dialog;

use std::cell::RefCell;

use domain::protocol::File;
use domain::sealed::{ENDING, SealedError, is_sealed};
use domain::secret::Secret;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Blob;

pub use crypto::sha256;
pub use dialog::{choose, open};

use super::dom::files;
use super::effects::{self, Purpose, send};
use super::state::{Action, Overlay, ShellAction};

thread_local! {
    static PASSPHRASE: RefCell<Option<Secret>> = const { RefCell::new(None) };
    static WAITING: RefCell<Option<(Vec<File>, Purpose)>> = const { RefCell::new(None) };
}

/// True while files are saved encrypted.
pub fn is_on() -> bool {
    PASSPHRASE.with_borrow(Option::is_some)
}

/// From now on files are saved encrypted with it; `None`: in clear.
fn turn(passphrase: Option<String>) {
    PASSPHRASE.set(passphrase.map(Secret::new));
    effects::redraw();
}

/// The session is over: nothing that was typed stays.
pub fn forget() {
    PASSPHRASE.set(None);
    WAITING.set(None);
}

/// Offers a file for the download folder, whose own bytes come after those `before`: encrypted where that was wished.
pub fn save(file: File, before: Vec<Blob>) {
    let passphrase =
        PASSPHRASE.with_borrow(|p| p.as_ref().map(|p| Secret::new(p.expose().to_owned())));
    let Some(passphrase) = passphrase else {
        let _ = files::download(&file, &before);
        return;
    };
    spawn_local(async move {
        match sealed(file, before, &passphrase).await {
            Ok(file) => drop(files::download(&file, &[])),
            // Never in clear instead.
            Err(error) => send(Action::Shell(ShellAction::Said(error.words()))),
        }
    });
}

async fn sealed(file: File, before: Vec<Blob>, passphrase: &Secret) -> Result<File, SealedError> {
    let bytes = if before.is_empty() {
        file.bytes
    } else {
        let whole = files::blob(&before, &file.bytes, "").ok_or(SealedError::NoCrypto)?;
        let buffer = JsFuture::from(whole.array_buffer()).await;
        let buffer = buffer.map_err(|_| SealedError::NoCrypto)?;
        js_sys::Uint8Array::new(&buffer).to_vec()
    };
    Ok(File {
        path: format!("{}{ENDING}", file.path),
        mime: "application/octet-stream".to_owned(),
        bytes: crypto::seal(&bytes, passphrase).await?,
    })
}

/// Files of which some are encrypted: the passphrase is asked for, then they go where they were to go.
pub fn ask(given: Vec<File>, purpose: Purpose) {
    WAITING.set(Some((given, purpose)));
    send(Action::Shell(ShellAction::Open(Overlay::Unseal)));
}

/// Opens what waits, and hands it on.
async fn open_waiting(passphrase: Secret) -> Result<(), SealedError> {
    let Some((given, purpose)) = WAITING.take() else {
        return Ok(());
    };
    let mut opened = Vec::with_capacity(given.len());
    for file in &given {
        match opened_with(file, &passphrase).await {
            Ok(file) => opened.push(file),
            Err(error) => {
                WAITING.set(Some((given, purpose)));
                return Err(error);
            }
        }
    }
    send(Action::Shell(ShellAction::Shut));
    effects::hand_over(Ok(opened), purpose);
    Ok(())
}

async fn opened_with(file: &File, passphrase: &Secret) -> Result<File, SealedError> {
    if !is_sealed(&file.bytes) {
        return Ok(file.clone());
    }
    Ok(File {
        path: file
            .path
            .strip_suffix(ENDING)
            .unwrap_or(&file.path)
            .to_owned(),
        mime: file.mime.clone(),
        bytes: crypto::open(&file.bytes, passphrase).await?,
    })
}
