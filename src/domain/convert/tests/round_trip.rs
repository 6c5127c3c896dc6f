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

/// One of each dialect; run by hand, the others hold too.
const SOURCES: [&str; 8] = [
    "open-intune-baseline/v1.0-0ba7175",
    "ncsc-device-security-guidance",
    "intunecd-ces2026/2025-12-08-fd7741d",
    "ca-baseline-j0eyv/2026-07-22-67c82f5",
    "intune-hydration-kit",
    "intunebackupandrestore-cmdcnd",
    "deploymenttheory-mobileconfig-fixtures",
    "graph-docs-examples",
];

#[test]
fn published_exports_survive_each_form() {
    let Some(shared) = shared() else {
        println!("skipped: no shared folder beside the repository");
        return;
    };
    for source in SOURCES {
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

/// A small generator with a seed: the same numbers on every machine.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn pick<'s>(&mut self, words: &[&'s str]) -> &'s str {
        words[self.next(words.len() as u64) as usize]
    }
}

/// A setting with children, as JSON text.
fn instance(numbers: &mut Numbers, depth: u64) -> String {
    let id = format!("vendor_{}", numbers.next(40));
    let below = |numbers: &mut Numbers| -> String {
        let count = if depth == 0 { 0 } else { numbers.next(3) };
        let list: Vec<String> = (0..count).map(|_| instance(numbers, depth - 1)).collect();
        list.join(",")
    };
    let value = match numbers.next(5) {
        0 => format!(
            r#""choiceSettingValue":{{"value":"{id}_1","children":[{}]}}"#,
            below(numbers)
        ),
        1 => format!(
            r#""groupSettingCollectionValue":[{{"children":[{}]}},{{"children":[]}}]"#,
            below(numbers)
        ),
        2 => r#""simpleSettingCollectionValue":[{"value":"a"},{"value":"b"}]"#.to_owned(),
        3 => format!(
            r##""simpleSettingValue":{{"@odata.type":"#microsoft.graph.deviceManagementConfigurationSecretSettingValue","valueState":"notEncrypted","value":"s{}"}}"##,
            numbers.next(9)
        ),
        _ => format!(r#""simpleSettingValue":{{"value":{}}}"#, numbers.next(9)),
    };
    format!(r#"{{"settingDefinitionId":"{id}",{value}}}"#)
}

const NAMES: &[&str] = &[
    "Edge",
    "edge",
    "Edge_Settings",
    "iOS/iPadOS: x",
    "iOSiPadOS x",
    " padded  ",
    "CON",
    "..",
    "a\\\\b",
    "<script>",
    "=cmd()",
    "\\u202egnp.exe",
    "é — ‘x’",
    "…",
    "manifest",
];

fn policy(numbers: &mut Numbers, number: u64) -> String {
    let name = numbers.pick(NAMES);
    let id = match numbers.next(4) {
        0 => String::new(),
        1 => r#""id":"twice","#.to_owned(),
        _ => format!(r#""id":"{number}","#),
    };
    let assignments = match numbers.next(3) {
        0 => String::new(),
        1 => r#","assignments":[]"#.to_owned(),
        _ => r##","assignments":[{"target":{"@odata.type":"#microsoft.graph.groupAssignmentTarget","groupId":"g1"}}]"##.to_owned(),
    };
    match numbers.next(6) {
        0 | 1 => {
            let count = 1 + numbers.next(4);
            let settings: Vec<String> = (0..count)
                .map(|_| format!(r#"{{"settingInstance":{}}}"#, instance(numbers, 4)))
                .collect();
            let family = numbers.pick(&["none", "endpointSecurityFirewall", "baseline"]);
            format!(
                r#"{{{id}"name":"{name}","platforms":"windows10","technologies":"mdm","templateReference":{{"templateFamily":"{family}"}},"settings":[{}]{assignments}}}"#,
                settings.join(",")
            )
        }
        2 => format!(
            r##"{{"@odata.type":"#microsoft.graph.{}",{id}"displayName":"{name}","passwordMinimumLength":{},"nested":{{"a":[{{"b":1}},{{"b":null}}]}}{assignments}}}"##,
            numbers.pick(&[
                "iosCompliancePolicy",
                "windows10GeneralConfiguration",
                "policyOfTomorrow"
            ]),
            numbers.next(20)
        ),
        3 => format!(
            r#"{{{id}"displayName":"{name}","state":"enabled","conditions":{{"users":{{"includeUsers":["All"],"excludeGroups":["g{}"]}}}},"grantControls":{{"operator":"OR","builtInControls":["mfa"]}}}}"#,
            numbers.next(3)
        ),
        4 => format!(
            r##"{{"@odata.type":"#microsoft.graph.deviceManagementIntent",{id}"displayName":"{name}","settings":[{{"definitionId":"d{}","valueJson":"[1,2]"}}]{assignments}}}"##,
            numbers.next(5)
        ),
        _ => format!(
            r##"{{"@odata.type":"#microsoft.graph.groupPolicyConfiguration",{id}"displayName":"{name}","definitionValues":[{{"enabled":true,"definition":{{"id":"x{0}","displayName":"Rule {0}","classType":"machine","categoryPath":"\\A\\B"}},"presentationValues":[{{"value":"v","presentation":{{"id":"p","label":"Which"}}}}]}}]{assignments}}}"##,
            numbers.next(5)
        ),
    }
}

#[test]
fn made_up_policies_survive_each_form() {
    for seed in 0..12 {
        let mut numbers = Numbers(seed);
        let entries = (0..40).map(|number| Entry {
            path: format!("{number}.json"),
            bytes: policy(&mut numbers, number).into_bytes(),
        });
        let mut read = baseline::read(entries.collect(), "made up").snapshot;
        assert_eq!(read.policies.len(), 40);
        read.names.insert("g1".to_owned(), "Pilot".to_owned());
        for form in Form::ALL {
            check(&read, form, &format!("seed {seed}"));
        }
    }
}
