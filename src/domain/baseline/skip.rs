//! Files that hold no policy, and files that cannot be read: in words.

use super::{FILE_LIMIT, Outcome, TextError};
use crate::json::{Flaw, JsonError};
use crate::problem::cut;

/// What the ending of a name says of a file that is not JSON.
const ENDINGS: &[(&str, &str)] = &[
    ("md", "a document"),
    ("txt", "a text"),
    ("csv", "a table"),
    ("ps1", "a script"),
    ("psm1", "a script"),
    ("psd1", "a script"),
    ("py", "a script"),
    ("sh", "a script"),
    ("zsh", "a script"),
    ("xml", "an XML file"),
    ("admx", "definitions of an administrative template"),
    ("adml", "words of an administrative template"),
    ("html", "a web page"),
    ("png", "a picture"),
    ("jpg", "a picture"),
    ("svg", "a picture"),
    ("pdf", "a document"),
    ("docx", "a document"),
    ("xlsx", "a table"),
    ("intunewin", "an app package"),
    ("gz", "a packed file"),
];

fn ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.')
        .map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase())
}

fn by_ending(path: &str) -> String {
    let ending = ending(path);
    ENDINGS
        .iter()
        .find(|(known, _)| *known == ending)
        .map_or_else(
            || "not JSON, and no name that Plumbline knows".to_owned(),
            |(_, words)| (*words).to_owned(),
        )
}

/// Decides what needs no look at the content.
pub(super) fn by_name(path: &str, size: usize) -> Option<Outcome> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let noise = ["Thumbs.db", "desktop.ini", ".DS_Store"];
    if path
        .split('/')
        .any(|part| part == "__MACOSX" || part == ".git")
        || noise.contains(&name)
    {
        return Some(Outcome::NotAPolicy(
            "a file that the operating system or a tool left".to_owned(),
        ));
    }
    if size > FILE_LIMIT {
        return Some(Outcome::unreadable(
            "",
            format!(
                "The file has {} MB; the most is {} MB.",
                size >> 20,
                FILE_LIMIT >> 20
            ),
            "Export fewer policies into one file.",
        ));
    }
    match ending(path).as_str() {
        "zip" => Some(Outcome::unreadable(
            "",
            "An archive inside the import is not opened.",
            "Unpack it, or drop it by itself.",
        )),
        // A text file may hold JSON; these never do.
        other if other != "txt" && ENDINGS.iter().any(|(known, _)| *known == other) => {
            Some(Outcome::NotAPolicy(by_ending(path)))
        }
        _ => None,
    }
}

/// True for a file that is YAML by its name.
pub(super) fn is_yaml(path: &str) -> bool {
    matches!(ending(path).as_str(), "yaml" | "yml")
}

/// Decides for bytes that are not text.
pub(super) fn not_text(path: &str, error: TextError) -> Outcome {
    let json = ending(path) == "json";
    match error {
        TextError::Binary if !json => Outcome::NotAPolicy(by_ending(path)),
        _ if !json => Outcome::NotAPolicy(format!("{}, in an old encoding", by_ending(path))),
        TextError::Binary => Outcome::unreadable(
            "",
            "The file has the name of a JSON file and holds something else.",
            "Export the policy again, or take the file out.",
        ),
        TextError::NotUtf8(at) => Outcome::unreadable(
            format!("byte {at}"),
            "The text is neither UTF-8 nor UTF-16.",
            "Save the file as UTF-8.",
        ),
        TextError::NotUtf16(at) => Outcome::unreadable(
            format!("character {at}"),
            "The text is UTF-16 and breaks off inside a character.",
            "Export the policy again: the file was cut or changed.",
        ),
    }
}

/// Decides for a text that does not begin like JSON.
pub(super) fn by_text(path: &str, text: &str) -> Option<Outcome> {
    let head = text.trim_start_matches('\u{feff}').trim_start();
    let json = ending(path) == "json";
    if head.starts_with(['{', '[', '"']) || is_yaml(path) {
        return None;
    }
    let start = cut(head, 4096);
    if start.contains("Microsoft365DSC") && start.contains("Import-DscResource") {
        return Some(Outcome::unreadable(
            "line 1",
            "A configuration of Microsoft365DSC is not read.",
            "Export the same policies as JSON from the admin centre.",
        ));
    }
    if !json {
        return Some(Outcome::NotAPolicy(by_ending(path)));
    }
    Some(if head.is_empty() {
        Outcome::unreadable("", "The file is empty.", "Export the policy again.")
    } else {
        Outcome::unreadable(
            "line 1",
            "The file has the name of a JSON file and does not begin like one.",
            "Export the policy again, or take the file out.",
        )
    })
}

/// Decides for a text that begins like JSON and is not.
pub(super) fn not_json(path: &str, error: &JsonError) -> Outcome {
    if !matches!(ending(path).as_str(), "json" | "txt" | "") {
        return Outcome::NotAPolicy(by_ending(path));
    }
    not_json_at("", error)
}

/// Decides for a text that should be JSON, inside of a document at this place.
pub(super) fn not_json_at(place: &str, error: &JsonError) -> Outcome {
    let within = if place.is_empty() { "" } else { ", " };
    let place = format!(
        "{place}{within}line {}, column {}",
        error.line, error.column
    );
    if error.flaw == Flaw::Deep {
        return Outcome::unreadable(
            place,
            "The JSON is nested more deeply than any policy.",
            "Take the file out.",
        );
    }
    let end = if error.flaw == Flaw::Cut {
        "The file was cut: export the policy again."
    } else {
        "Correct the file at this place, or export the policy again."
    };
    let words = error.flaw.words();
    Outcome::unreadable(place, format!("Not valid JSON: {words}."), end)
}
