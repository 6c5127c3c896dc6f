//! read(export(x)) is x, for each form that is written.

use std::path::Path;

use crate::baseline::{self, Entry};
use crate::convert::{Form, export, zip};
use crate::diff;
use crate::policy::Policy;
use crate::protocol::{CompareOptions, State};
use crate::setting::shared;
use crate::snapshot::Snapshot;

/// What is written, read again through the archive.
fn again(snapshot: &Snapshot, form: Form) -> (Snapshot, usize) {
    let out = export(snapshot, form);
    assert_eq!(
        out.policies as usize + out.left_out.len(),
        snapshot.policies.len()
    );
    let files = out.files.len();
    let bytes = zip(&out.files).unwrap();
    let zipped = Entry {
        path: "export.zip".to_owned(),
        bytes,
    };
    let read = baseline::read(vec![zipped], "again");
    assert_eq!(read.snapshot.findings, [], "{form:?}");
    let counts = read.snapshot.files;
    assert_eq!(counts.given as usize, files);
    // The manifest is the only file that is no policy.
    assert_eq!(
        (counts.not_policy, counts.unreadable),
        (1, 0),
        "{form:?}: {:?}",
        read.set_aside
    );
    (read.snapshot, out.policies as usize)
}

/// The policies that this form can hold.
fn held(snapshot: &Snapshot, form: Form) -> Snapshot {
    let out = export(snapshot, form);
    let mut held = snapshot.clone();
    held.policies.retain(|policy| {
        !out.left_out
            .iter()
            .any(|left| left.kind == policy.row.name && left.name == policy.name)
    });
    held
}

fn key(policy: &Policy) -> String {
    format!("{} {} {:?}", policy.row.id, policy.name, policy.id)
}

fn check(snapshot: &Snapshot, form: Form, words: &str) -> usize {
    let held = held(snapshot, form);
    let (read, written) = again(&held, form);
    assert_eq!(read.policies.len(), written, "{words} {form:?}");
    let sorted = |side: &Snapshot| {
        let mut keys: Vec<String> = side.policies.iter().map(key).collect();
        keys.sort();
        keys
    };
    let (wanted, got) = (sorted(&held), sorted(&read));
    let odd: Vec<_> = wanted.iter().filter(|key| !got.contains(key)).collect();
    assert!(wanted == got, "{words} {form:?}: {odd:#?}");
    let found = diff::compare(&held, &read, &CompareOptions::default());
    for pair in &found.pairs {
        // A secret is never known to be the same.
        let fine = matches!(pair.state, State::Same | State::Unknown);
        let name = held.policies.get(pair.left as usize).map(key);
        assert!(fine, "{words} {form:?}: {name:?} {:?}", pair.state);
    }
    if form == Form::Graph || form == Form::IntuneManagement {
        // Whom each reaches, as often as it stands.
        let reach = |side: &Snapshot| {
            let mut all: Vec<String> = side
                .policies
                .iter()
                .map(|p| format!("{} {:?} {:?}", key(p), p.assignments, p.scope_tags))
                .collect();
            all.sort();
            all
        };
        let (wanted, got) = (reach(&held), reach(&read));
        let odd: Vec<_> = wanted.iter().filter(|key| !got.contains(key)).collect();
        assert!(wanted == got, "{words} {form:?}: {odd:#?}");
    }
    let bytes = |side: &Snapshot| export(side, form).files;
    let mut turned = held.clone();
    turned.policies.reverse();
    assert!(
        bytes(&held) == bytes(&turned),
        "{words} {form:?}: order counts"
    );
    written
}

fn folder(path: &Path, name: &str, entries: &mut Vec<Entry>) {
    for entry in std::fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        let own = path.file_name().unwrap().to_string_lossy().into_owned();
        let own = format!("{name}{own}");
        if path.is_dir() {
            folder(&path, &format!("{own}/"), entries);
        } else {
            let bytes = std::fs::read(&path).unwrap();
            entries.push(Entry { path: own, bytes });
        }
    }
}

#[test]
fn published_exports_survive_each_form() {
    let Some(shared) = shared() else {
        println!("skipped: no shared folder beside the repository");
        return;
    };
    for source in [
        "open-intune-baseline/v1.0-0ba7175",
        "open-intune-baseline/windows-v3.6",
        "intuneadmin-baselines",
        "ncsc-device-security-guidance",
        "intunecd-ces2026/2026-02-05-a05355a",
        "ca-baseline-j0eyv/2026-07-22-67c82f5",
        "ca-nis2-clutch2view",
        "intune-hydration-kit",
        "intunebackupandrestore-cmdcnd",
        "microsoft-intune-acsc-hardening",
        "deploymenttheory-mobileconfig-fixtures",
        "microsoft-shell-intune-samples",
        "graph-fixtures-terraform-m365",
        "graph-docs-examples",
    ] {
        let mut entries = Vec::new();
        folder(&shared.join("data").join(source), "", &mut entries);
        let read = baseline::read(entries, source);
        let written = Form::ALL.map(|form| check(&read.snapshot, form, source));
        println!(
            "{source}: {} policies, written {written:?}",
            read.snapshot.policies.len()
        );
    }
}
