//! The twenty oddities of exports in the wild: one test each, in their order.

use super::{CATALOG, entry};
use crate::baseline::{Baseline, Entry, read};
use crate::diff;
use crate::policy::{Known, Target};
use crate::protocol::CompareOptions;

fn bytes(path: &str, bytes: Vec<u8>) -> Entry {
    Entry {
        path: path.to_owned(),
        bytes,
    }
}

fn one(path: &str, text: &str) -> Baseline {
    read(vec![entry(path, text)], "")
}

fn utf16(text: &str) -> Vec<u8> {
    let text = format!("\u{feff}{text}");
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A policy of the settings catalog with this id and name.
fn catalog(id: &str, name: &str) -> String {
    let id = match id {
        "" => String::new(),
        id => format!(r#""id":"{id}","#),
    };
    format!(
        r#"{{{id}"name":"{name}","platforms":"windows10","technologies":"mdm","settings":[{{"settingInstance":{{"settingDefinitionId":"a","choiceSettingValue":{{"value":"a_1","children":[]}}}}}}]}}"#
    )
}

fn access(rest: &str) -> String {
    format!(r#"{{"id":"1","displayName":"CA001","conditions":{{}},"grantControls":{{}}{rest}}}"#)
}

fn counts(out: &Baseline) -> (u32, u32, u32, u32) {
    let files = out.snapshot.files;
    (files.given, files.read, files.not_policy, files.unreadable)
}

#[test]
fn oddity_01_utf16_with_mark_and_crlf() {
    let out = read(
        vec![bytes("a.json", utf16(&CATALOG.replace(',', ",\r\n")))],
        "",
    );
    assert_eq!(out.snapshot.policies[0].name, "Edge");
}

#[test]
fn oddity_02_several_encodings_in_one_folder() {
    let marked = [b"\xEF\xBB\xBF".as_slice(), CATALOG.as_bytes()].concat();
    let out = read(
        vec![
            bytes("f/a.json", utf16(CATALOG)),
            bytes("f/b.json", marked),
            entry("f/c.json", CATALOG),
        ],
        "",
    );
    assert_eq!(counts(&out), (3, 3, 0, 0));
}

#[test]
fn oddity_03_byte_order_mark_and_old_code_pages() {
    let mut table = b"\xEF\xBB\xBFName;Value\r\n".to_vec();
    let out = read(vec![bytes("marked.csv", table.clone())], "");
    assert_eq!(counts(&out), (1, 0, 1, 0));
    table.extend(b"caf\xE9\r\n");
    let out = read(vec![bytes("old.csv", table[3..].to_vec())], "");
    assert_eq!(counts(&out), (1, 0, 1, 0));
    let json = b"{\"name\": \"caf\xE9\"}".to_vec();
    let out = read(vec![bytes("old.json", json)], "");
    assert_eq!(out.snapshot.findings[0].place, "byte 13");
}

#[test]
fn oddity_04_text_encoded_twice() {
    let pairs = CATALOG.as_bytes().chunks(2);
    let units: Vec<u16> = pairs
        .map(|pair| u16::from_le_bytes([pair[0], *pair.get(1).unwrap_or(&b' ')]))
        .collect();
    let twice = String::from_utf16(&units).unwrap();
    let out = one("BitLocker.json", &twice);
    assert_eq!(out.snapshot.policies[0].name, "Edge");
    assert!(out.snapshot.findings[0].problem.contains("encoded twice"));
}

#[test]
fn oddity_05_files_that_are_not_json_are_named_and_the_rest_is_read() {
    let out = read(
        vec![
            entry("a.json", r#"{"name": , "id": "1"}"#),
            entry("b.json", "{\"name\": \"x\"\n\"id\": \"1\"}"),
            entry("c.json", r#"{"name": "x",}"#),
            entry("d.json", r#"{"name": "x"} stray"#),
            entry("e.json", CATALOG),
        ],
        "",
    );
    assert_eq!(counts(&out), (5, 1, 0, 4));
    for finding in &out.snapshot.findings {
        assert!(finding.place.starts_with("line "), "{finding:?}");
    }
}

#[test]
fn oddity_06_a_root_that_is_a_text_of_json() {
    let settings = r#"{"settings":[{"definitionId":"d","valueJson":"1"}]}"#;
    let text = crate::json::Json::String(settings.replace(',', ",\r\n").into()).to_text();
    let intent = settings.replacen(
        '{',
        r##"{"@odata.type":"#microsoft.graph.deviceManagementIntent","displayName":"AV","##,
        1,
    );
    let out = read(
        vec![entry("AV.json", &intent), entry("AV_Settings.json", &text)],
        "",
    );
    assert_eq!(out.snapshot.policies.len(), 1);
    assert_eq!(out.snapshot.policies[0].settings.get().unwrap().len(), 1);
}

#[test]
fn oddity_07_a_list_of_one_as_the_element() {
    let template = r#"{"id":"1","displayName":"VS","definitionValues":{"enabled":true,"#.to_owned()
        + r##""#Definition_Id":"d","#Definition_displayName":"Updates","definition@odata.bind":"x('d')","##
        + r##""presentationValues":{"value":"v","#Presentation_Label":"Which"}}}"##;
    let out = one("VS.json", &template);
    assert_eq!(out.snapshot.policies[0].settings.get().unwrap().len(), 2);
    let nis2 = access(r#","assignments":{"includeGroups":["g1"],"excludeGroups":[]}"#);
    let out = one("CA.json", &nis2);
    assert_eq!(out.snapshot.policies[0].assignments.get().unwrap().len(), 1);
}

#[test]
fn oddity_08_two_policies_with_one_id() {
    let out = read(
        vec![
            entry("LAPS.json", &catalog("1", "LAPS")),
            entry("LAPS 24H2.json", &catalog("1", "LAPS 24H2")),
        ],
        "",
    );
    assert_eq!(out.snapshot.policies.len(), 2);
}

#[test]
fn oddity_09_a_new_id_under_the_same_name() {
    let left = one("a.json", &catalog("1", "Privacy - v3.2"));
    for name in ["Privacy - v3.2", "Privacy - v3.3"] {
        let right = one("a.json", &catalog("2", name));
        let found = diff::compare(&left.snapshot, &right.snapshot, &CompareOptions::default());
        assert_eq!((found.pairs.len(), found.policies.same), (1, 1), "{name}");
    }
}

#[test]
fn oddity_10_no_ids_and_a_new_name() {
    let left = one("a.json", &catalog("", "WIN_D_BYOD_Edge"));
    let right = one("b.json", &catalog("", "WIN_U_BYOD_Edge"));
    assert_eq!(left.snapshot.policies[0].id, None);
    let found = diff::compare(&left.snapshot, &right.snapshot, &CompareOptions::default());
    assert_eq!((found.pairs.len(), found.policies.same), (1, 1));
}

#[test]
fn oddity_11_no_key_is_not_no_assignment() {
    let assigned = |rest: &str| {
        let text = CATALOG.replacen('{', &format!("{{{rest}"), 1);
        one("a.json", &text).snapshot.policies[0]
            .assignments
            .clone()
    };
    assert!(matches!(assigned(""), Known::No(_)));
    assert_eq!(assigned(r#""assignments":[],"#), Known::Yes(vec![]));
}

#[test]
fn oddity_12_groups_by_name_by_placeholder_and_cut_short() {
    let target = |group: &str| {
        let text = CATALOG.replacen('{', &format!(
            r##"{{"assignments":[{{"target":{{"@odata.type":"#microsoft.graph.groupAssignmentTarget",{group}}}}}],"##
        ), 1);
        let out = one("a.json", &text);
        match &out.snapshot.policies[0].assignments.get().unwrap()[0].target {
            Target::Group(group) => (group.id.clone(), group.name.clone()),
            other => panic!("{other:?}"),
        }
    };
    let by_name = r#""groupName":"PCs","groupType":"StaticMembership""#;
    assert_eq!(target(by_name), (String::new(), "PCs".to_owned()));
    for id in [
        "<ExclusionTempGroup>",
        "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
        "1111-22",
    ] {
        assert_eq!(target(&format!(r#""groupId":"{id}""#)).0, id);
    }
}

#[test]
fn oddity_13_scope_tags_by_name_and_technologies_as_a_list() {
    let tags = |json: &str| {
        let text = CATALOG.replacen('{', &format!(r#"{{"roleScopeTagIds":{json},"#), 1);
        one("a.json", &text).snapshot.policies[0].scope_tags.clone()
    };
    assert_eq!(tags(r#"["0"]"#), ["0"]);
    assert_eq!(tags(r#"["Default"]"#), ["Default"]);
    let text = CATALOG.replace(r#""technologies":"mdm""#, r#""technologies":["mdm"]"#);
    assert_eq!(
        one("a.json", &text).snapshot.policies[0].row.id,
        "settingsCatalog"
    );
}

#[test]
fn oddity_14_dates_in_every_form() {
    for (written, wanted) in [
        ("/Date(1642113131445)/", "2022-01-13T22:32:11Z"),
        ("2026-01-01T00:00:00.1234567Z", "2026-01-01T00:00:00Z"),
        ("0001-01-01T00:00:00Z", ""),
    ] {
        let text = CATALOG.replacen('{', &format!(r#"{{"createdDateTime":"{written}","#), 1);
        assert_eq!(one("a.json", &text).snapshot.policies[0].created, wanted);
    }
    let text = CATALOG.replacen('{', r#"{"createdDateTime":null,"#, 1);
    assert_eq!(one("a.json", &text).snapshot.policies[0].created, "");
}

#[test]
fn oddity_15_what_graph_added_is_no_difference() {
    let left = one("a.json", &access(r#","state":"enabled""#));
    let right = one(
        "a.json",
        &access(r#","state":"enabled","sessionControls":null,"deletedDateTime":null"#),
    );
    let found = diff::compare(&left.snapshot, &right.snapshot, &CompareOptions::default());
    assert_eq!((found.policies.same, found.policies.different), (1, 0));
}

#[test]
fn oddity_16_name_and_file_name_disagree() {
    for path in [
        "Edge_2025-09-01T08_16_40.399Z.json",
        "Edge -1.json",
        "Edge(1).json",
        "Edge .json",
        "[x] 'y' #1 + — z.json",
        ".json",
    ] {
        assert_eq!(
            one(path, CATALOG).snapshot.policies[0].name,
            "Edge",
            "{path}"
        );
    }
    let spaced = CATALOG.replace("\"Edge\"", "\"Edge  x \"");
    assert_eq!(one("a.json", &spaced).snapshot.policies[0].name, "Edge  x ");
}

#[test]
fn oddity_17_names_of_the_name() {
    let pascal = r#"{"Id":"1","DisplayName":"CA","State":"enabled","Conditions":{"Applications":{"IncludeApplications":["All"]}},"GrantControls":{"_Operator":"OR","BuiltInControls":["mfa"]}}"#;
    let camel = r#"{"id":"1","displayName":"CA","state":"enabled","conditions":{"applications":{"includeApplications":["All"]}},"grantControls":{"_Operator":"OR","builtInControls":["mfa"]}}"#;
    let (left, right) = (one("a.json", pascal), one("a.json", camel));
    for out in [&left, &right] {
        let policy = &out.snapshot.policies[0];
        assert_eq!(
            (policy.name.as_str(), policy.row.id),
            ("CA", "conditionalAccess")
        );
        assert_eq!(policy.id.as_deref(), Some("1"));
    }
    let found = diff::compare(&left.snapshot, &right.snapshot, &CompareOptions::default());
    assert_eq!(found.policies.same, 1);
}

#[test]
fn oddity_18_the_type_only_from_keys_context_or_folder() {
    let linux = r#"{"name":"L","platforms":"linux","technologies":"linuxMdm","scheduledActionsForRule":[],"settings":[{"settingInstance":{"settingDefinitionId":"linux_x"}}]}"#;
    let plain = r#"{"displayName":"x","description":""}"#;
    let cases = [
        ("any/a.json", CATALOG, "settingsCatalog"),
        ("any/a.json", linux, "compliancePoliciesV2"),
        ("Scope Tags/x.json", plain, "scopeTags"),
        ("Device Categories/x.json", plain, "deviceCategories"),
        (
            "any/f.json",
            r#"{"displayName":"F","platform":"windows10AndLater","rule":"(x)"}"#,
            "assignmentFilters",
        ),
    ];
    for (path, text, row) in cases {
        assert_eq!(
            one(path, text).snapshot.policies[0].row.id,
            row,
            "{path} {text}"
        );
    }
    assert_eq!(counts(&one("any/x.json", plain)), (1, 0, 1, 0));
}

#[test]
fn oddity_19_a_payload_inside_of_a_payload() {
    let profile = r##"{"@odata.type":"#microsoft.graph.windows10CustomConfiguration","displayName":"O","omaSettings":[
        {"@odata.type":"#microsoft.graph.omaSettingString","omaUri":"./Vendor/A","value":"<enabled/>"},
        {"@odata.type":"#microsoft.graph.omaSettingStringXml","omaUri":"./Vendor/B","value":"PHg+PC94Pg=="},
        {"@odata.type":"#microsoft.graph.omaSettingString","omaUri":"./Vendor/C","isEncrypted":true,"secretReferenceValueId":"r","value":"****"}]}"##;
    let out = one("a.json", profile);
    let values: Vec<_> = out.snapshot.policies[0]
        .settings
        .get()
        .unwrap()
        .iter()
        .map(|setting| setting.value.clone())
        .collect();
    use crate::setting::Value::{Secret, Text};
    assert_eq!(
        values,
        [Text("<enabled/>".into()), Text("<x></x>".into()), Secret]
    );
}

#[test]
fn oddity_20_what_is_no_policy_at_all() {
    let aside = [
        ("report.json", r#"[{"groupName":"g","assignedTo":{}}]"#),
        ("manifest.json", r#"{"Version":"1","Families":[]}"#),
        ("menu.json", r#"{"items":[1]}"#),
        ("rules.json", r#"{"Rules":[{"SettingName":"x"}]}"#),
        ("mdatp_managed.json", r#"{"a":{"b":1},"a":{"b":2}}"#),
    ];
    for (path, text) in aside {
        assert_eq!(counts(&one(path, text)), (1, 0, 1, 0), "{path}");
    }
    let filters =
        r#"{"filters":[{"displayName":"F","platform":"windows10AndLater","rule":"(x)"}]}"#;
    assert_eq!(counts(&one("filters.json", filters)), (1, 1, 0, 0));
    let fragment = one("com.x.plist", "<key>a</key>\n<true/>\n");
    assert_eq!(counts(&fragment), (1, 1, 0, 0));
    assert!(
        fragment.snapshot.findings[0]
            .problem
            .contains("without the root")
    );
    let misplaced =
        "<plist version=\"1.0\"><dict>\n<key>a</key>\n<key>b</key><true/></dict></plist>";
    let out = one("x.mobileconfig", misplaced);
    assert_eq!(counts(&out), (1, 0, 0, 1));
    assert_eq!(out.snapshot.findings[0].place, "line 3, column 1");
}
