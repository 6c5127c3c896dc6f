//! Archives among the files given: opened one level deep, their files in their place.

use super::Entry;
use crate::archive::{self, Limits};
use crate::problem::Problem;
use crate::snapshot::Finding;

/// The files, archives replaced by what is in them, and what of the archives could not be opened.
/// Each finding stands for one file.
pub(super) fn expand(entries: Vec<Entry>) -> (Vec<Entry>, Vec<Finding>) {
    if !entries.iter().any(|entry| archive::is_zip(&entry.bytes)) {
        return (entries, Vec::new());
    }
    let mut files = Vec::with_capacity(entries.len());
    let mut findings = Vec::new();
    // For all archives of one drop together.
    let mut limits = Limits::default();
    for entry in entries {
        if !archive::is_zip(&entry.bytes) || is_document(&entry.path) {
            files.push(entry);
            continue;
        }
        match archive::open(&entry.bytes, &entry.path, limits) {
            Ok((unpacked, odd)) => {
                limits.entries -= unpacked.len();
                limits.total -= unpacked.iter().map(|file| file.bytes.len()).sum::<usize>();
                files.extend(unpacked.into_iter().map(|file| Entry {
                    path: format!("{}/{}", entry.path, file.path),
                    bytes: file.bytes,
                }));
                findings.extend(odd);
            }
            Err(error) => {
                let problem = Problem::from(error);
                findings.push(Finding {
                    file: entry.path,
                    place: String::new(),
                    problem: problem.what,
                    remedy: problem.remedy,
                });
            }
        }
    }
    (files, findings)
}

/// Office documents and app packages are zips too, and hold no policy.
fn is_document(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    [
        ".xlsx",
        ".docx",
        ".pptx",
        ".intunewin",
        ".ipa",
        ".apk",
        ".msix",
    ]
    .iter()
    .any(|ending| path.ends_with(ending))
}
