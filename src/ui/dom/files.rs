//! Files from the person's disk and to it. Nothing is uploaded: bytes go to the engine, in this browser.

use domain::arrange::Arrange;
use domain::problem::Problem;
use domain::protocol::File;
use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, DataTransfer, FileList, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry,
};

use super::{document, window};
use crate::bridge::bytes;

/// More files than any export has: a wrong folder was dropped.
const MOST_FILES: usize = 20_000;
/// More bytes than fit beside a tenant in one tab.
const MOST_BYTES: f64 = 400e6;

/// A file with its path below what was picked or dropped.
type Found = (String, web_sys::File);

/// Files of a file field.
pub fn picked(list: &FileList) -> Vec<Found> {
    (0..list.length())
        .filter_map(|at| list.get(at))
        .map(|file| {
            let path = js_sys::Reflect::get(&file, &JsValue::from_str("webkitRelativePath"));
            let path = path.ok().and_then(|p| p.as_string()).unwrap_or_default();
            let path = if path.is_empty() { file.name() } else { path };
            (path, file)
        })
        .collect()
}

/// What was dropped. The entries must be taken at once: after the event they are gone.
pub fn dropped(data: &DataTransfer) -> (Vec<FileSystemEntry>, Vec<Found>) {
    let items = data.items();
    let mut entries = Vec::new();
    for at in 0..items.length() {
        if let Some(Ok(Some(entry))) = items.get(at).map(|item| item.webkit_get_as_entry()) {
            entries.push(entry);
        }
    }
    let loose = if entries.is_empty() {
        data.files().map(|list| picked(&list)).unwrap_or_default()
    } else {
        Vec::new()
    };
    (entries, loose)
}

/// The files in dropped folders, however deep. What cannot be opened is left out.
pub async fn walk(entries: Vec<FileSystemEntry>, mut out: Vec<Found>) -> Vec<Found> {
    let mut waiting = entries;
    while let Some(entry) = waiting.pop() {
        if out.len() > MOST_FILES {
            break;
        }
        if entry.is_directory() {
            let reader = entry
                .unchecked_into::<FileSystemDirectoryEntry>()
                .create_reader();
            // A reader gives a batch at a time; an empty one ends it.
            loop {
                let batch = promised(|yes, no| {
                    let _ = reader.read_entries_with_callback_and_callback(yes, no);
                });
                let batch: Array = batch.await.map(JsCast::unchecked_into).unwrap_or_default();
                if batch.length() == 0 {
                    break;
                }
                waiting.extend(batch.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
            }
        } else {
            let path = entry.full_path().trim_start_matches('/').to_owned();
            let entry: FileSystemFileEntry = entry.unchecked_into();
            let file = promised(|yes, no| entry.file_with_callback_and_callback(yes, no));
            if let Ok(file) = file.await {
                out.push((path, file.unchecked_into()));
            }
        }
    }
    out
}

/// The bytes of all of them, in the order of their paths.
///
/// # Errors
/// Too many or too large, or a file cannot be opened.
pub async fn read(mut files: Vec<Found>) -> Result<Vec<File>, Problem> {
    let size: f64 = files.iter().map(|(_, file)| file.size()).sum();
    if files.len() > MOST_FILES || size > MOST_BYTES {
        return Err(Problem::new(
            "files.too_much",
            "That is more than this page opens at once: 20,000 files or 400 MB.",
            "Choose the folder of one export, or a zip of it.",
        ));
    }
    files.arrange_by(|a, b| a.0.cmp(&b.0));
    let mut out = Vec::with_capacity(files.len());
    for (path, file) in files {
        let Ok(buffer) = JsFuture::from(file.array_buffer()).await else {
            return Err(Problem::new(
                "files.unreadable",
                "A file could not be opened. It may have been moved or changed meanwhile.",
                "Choose the files again.",
            )
            .with_detail(&path));
        };
        let bytes = bytes::taken(&Uint8Array::new(&buffer)).unwrap_or_default();
        let mime = String::new();
        out.push(File { path, mime, bytes });
    }
    Ok(out)
}

/// Bytes after others, as the browser keeps them: not in this page's memory.
pub fn blob(before: &[Blob], bytes: &[u8], mime: &str) -> Option<Blob> {
    let parts: Array = before.iter().collect();
    let own = Uint8Array::from(bytes);
    parts.push(&own);
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(mime);
    let blob = Blob::new_with_blob_sequence_and_options(&parts, &options);
    bytes::release(&own);
    blob.ok()
}

/// Offers a file for the download folder. Its own bytes come after those `before`.
pub fn download(file: &File, before: &[Blob]) -> Option<()> {
    let blob = blob(before, &file.bytes, &file.mime)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let link = document()?.create_element("a").ok()?;
    let link: web_sys::HtmlAnchorElement = link.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(&file.path);
    link.click();
    // Given back when the browser has surely begun to copy it.
    super::later(60_000, move || {
        let _ = web_sys::Url::revoke_object_url(&url);
    });
    window().map(|_| ())
}

async fn promised(start: impl Fn(&Function, &Function)) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |yes, no| start(&yes, &no));
    JsFuture::from(promise).await
}
