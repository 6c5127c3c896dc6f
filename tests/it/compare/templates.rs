//! The fields of an administrative template against the elements of the same policy in the settings catalog.

use domain::baseline::{self, Entry};
use domain::diff::{Sides, compare, view};
use domain::protocol::{CompareOptions, State};
use domain::snapshot::{Definition, Snapshot};

const POLICY: &str = "device_vendor_msft_policy_config_onedrive~policy~onedrive_defaultroot";

fn read(text: String) -> Snapshot {
    let entry = Entry {
        path: "a.json".to_owned(),
        bytes: text.into_bytes(),
    };
    let side = baseline::read(vec![entry], "side").snapshot;
    assert_eq!(side.policies.len(), 1, "{:?}", side.findings);
    side
}

/// An administrative template with these presentations, each as label and value.
fn template(fields: &[(&str, &str)]) -> Snapshot {
    let fields: Vec<String> = (0..)
        .zip(fields)
        .map(|(n, (label, value))| {
            format!(r#"{{"presentation":{{"id":"p{n}","label":"{label}"}},{value}}}"#)
        })
        .collect();
    read(format!(
        r##"{{"@odata.type":"#microsoft.graph.groupPolicyConfiguration","displayName":"Template","definitionValues":[{{"enabled":true,"definition":{{"id":"d","displayName":"Set the root","classType":"machine","categoryPath":"\\OneDrive"}},"presentationValues":[{}]}}]}}"##,
        fields.join(",")
    ))
}

/// The same policy in the catalog, with these elements: end of the id, label, value.
fn catalog(elements: &[(&str, &str, &str)]) -> Snapshot {
    let children: Vec<String> = elements
        .iter()
        .map(|(end, _, value)| {
            let value = value.replace("ID", &format!("{POLICY}_{end}"));
            format!(r#"{{"settingDefinitionId":"{POLICY}_{end}",{value}}}"#)
        })
        .collect();
    let mut side = read(format!(
        r#"{{"name":"Catalog","platforms":"windows10","technologies":"mdm","settings":[{{"settingInstance":{{"settingDefinitionId":"{POLICY}","choiceSettingValue":{{"value":"{POLICY}_1","children":[{}]}}}}}}]}}"#,
        children.join(",")
    ));
    let mut define = |id: String, name: &str| {
        let definition = Definition {
            name: name.to_owned(),
            category: "Administrative Templates › OneDrive".to_owned(),
            ..Definition::default()
        };
        side.definitions.insert(id, definition);
    };
    define(POLICY.to_owned(), "Set the root");
    for (end, label, _) in elements {
        define(format!("{POLICY}_{end}"), label);
    }
    side
}

/// Same, different, missing, extra, and what is said of lines that have no counterpart.
fn judged(left: &Snapshot, right: &Snapshot) -> ([u32; 4], Vec<String>) {
    let found = compare(left, right, &CompareOptions::default());
    let sides = Sides {
        left,
        right,
        found: &found,
    };
    let open = |state| matches!(state, State::Missing | State::Extra);
    let lines = (0..).zip(&found.lines).filter(|(_, line)| open(line.state));
    let because = |(number, _)| view::detail(sides, number).unwrap().because;
    let hints = lines.map(because).collect();
    let s = found.settings;
    ([s.same, s.different, s.missing, s.extra], hints)
}

const TEXT: &str = r#""simpleSettingValue":{"value":"C:\\Data"}"#;

#[test]
fn a_field_is_the_element_of_the_same_label() {
    let number = r#""simpleSettingValue":{"value":30}"#;
    let on = r#""choiceSettingValue":{"value":"ID_1","children":[]}"#;
    let list = r#""simpleSettingCollectionValue":[{"value":"b"},{"value":"a"}]"#;
    let right = catalog(&[
        ("path", "Path: (Device)", TEXT),
        ("days", "Days (Device)", number),
        ("ask", "Ask first (Device)", on),
        ("kind", "Kind (Device)", on),
        ("tenants", "Tenants (Device)", list),
    ]);
    let fields = |path: &str| {
        template(&[
            ("Path:", path),
            ("Days", r#""value":30"#),
            ("Ask first", r#""value":true"#),
            ("Kind", r#""value":"1""#),
            (
                "Tenants",
                r#""values":[{"name":"a","value":null},{"name":"b","value":null}]"#,
            ),
        ])
    };
    let same = fields(r#""value":"C:\\Data""#);
    assert_eq!(judged(&same, &right), ([6, 0, 0, 0], vec![]));
    assert_eq!(judged(&right, &same), ([6, 0, 0, 0], vec![]));
    let other = fields(r#""value":"D:\\Data""#);
    assert_eq!(judged(&other, &right), ([5, 1, 0, 0], vec![]));
}

#[test]
fn where_it_is_not_sure_nothing_is_paired_and_it_is_said() {
    // Two elements have the label; none has it; two fields have it.
    let twice = catalog(&[("a", "Path (Device)", TEXT), ("b", "Path (Device)", TEXT)]);
    let none = catalog(&[("a", "Folder (Device)", TEXT)]);
    let one = catalog(&[("a", "Path (Device)", TEXT)]);
    let field = ("Path", r#""value":"C:\\Data""#);
    let cases = [
        (template(&[field]), twice, [1, 0, 1, 2]),
        (template(&[field]), none, [1, 0, 1, 1]),
        (template(&[field, field]), one, [1, 0, 2, 1]),
    ];
    for (left, right, wanted) in cases {
        let (counts, hints) = judged(&left, &right);
        assert_eq!(counts, wanted);
        for hint in hints {
            assert!(hint.starts_with("Perhaps the same as "), "{hint}");
            assert!(hint.contains("not paired, because it is a field"), "{hint}");
        }
    }
    // A field that is sure is not named for another one.
    let right = catalog(&[("a", "Path (Device)", TEXT), ("b", "Folder", TEXT)]);
    let (counts, hints) = judged(&template(&[field]), &right);
    assert_eq!(counts, [2, 0, 0, 1]);
    assert_eq!(hints, [""]);
}
