//! The table as a document for a consent review: Markdown, the same bytes for the same build.

use std::fmt::Write;

use super::{ACTING_CALLS, Answer, Entry, GROUPS, KNOWN_CALLS, asked_when};

/// The whole table. `version` is Plumbline's own.
pub fn document(version: &str) -> String {
    let mut out = String::with_capacity(64 * 1024);
    let _ = write!(
        out,
        "# Plumbline {version}: permissions, for a consent review\n\n\
         All that Plumbline asks for is delegated: a signed-in person’s own Entra and Intune roles bound it.\n\
         Names, levels, consent and calls are those of Microsoft’s permission metadata; a test of each build holds them against it.\n\n\
         “Acting calls” are requests that change something and that a permission opens by that metadata, each version of Graph counted by itself.\n\
         Together, the permissions below that are asked for open {ACTING_CALLS} of them among the {KNOWN_CALLS} calls that the test walks.\n\
         Plumbline cannot send any: its engine sends only what is in its read table, whole path and method, whatever the token allows.\n\
         A stolen token is not held by that table.\n"
    );
    for (title, entries) in GROUPS {
        let _ = write!(out, "\n## {title}\n");
        for entry in entries {
            section(&mut out, entry);
        }
    }
    out
}

fn section(out: &mut String, entry: &Entry) {
    let level = entry
        .level
        .map_or("not in the metadata used here".to_owned(), |level| {
            format!("{level} of 5")
        });
    let admin = if entry.admin { "yes" } else { "no" };
    let _ = write!(
        out,
        "\n### `{}` ({})\n\n- Allows: {}\n- {}: {}\n- Privilege level by Microsoft: {level}\n- Administrator consents: {admin}\n",
        entry.name,
        entry.kind.label(),
        entry.allows,
        entry.purpose_label(),
        entry.purpose(),
    );
    if entry.level.is_some() {
        let _ = writeln!(out, "- Acting calls that it opens: {}", entry.acts);
    }
    let _ = writeln!(out, "- Least-privileged alternative: {}", entry.smaller);
    match entry.answer {
        Answer::Never(instead) => {
            let _ = writeln!(out, "- Our answer: never. {instead}");
        }
        Answer::Asked => {
            for feature in entry.features() {
                let _ = writeln!(
                    out,
                    "- Our answer: asked for {}, by “{}”",
                    asked_when(feature),
                    feature.name
                );
            }
        }
    }
    let calls = entry.calls();
    if !calls.is_empty() {
        out.push_str("- Calls:\n");
        for call in calls {
            let _ = writeln!(out, "  - `{call}`");
        }
    }
}
