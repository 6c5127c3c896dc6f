//! Settings that come without their definitions.
use super::*;

/// Answers with one reusable setting, one intent and one inventory policy, whose settings come without definitions.
fn without_definitions(_: Ms, url: &str) -> Reply {
    let path = url.split_once('?').map_or(url, |(path, _)| path);
    let instance = |id: &str| {
        format!(r#"{{"settingDefinitionId":"{id}","simpleSettingValue":{{"value":"x"}}}}"#)
    };
    let definition = |id: &str, more: &str| {
        Reply::ok(format!(
            r#"{{"id":"{id}","displayName":"Name of {id}"{more}}}"#
        ))
    };
    let Some(rest) = path.strip_prefix("/deviceManagement/") else {
        return Reply::ok(EMPTY);
    };
    match rest {
        "reusablePolicySettings" => Reply::ok(r#"{"value":[{"id":"r"}]}"#),
        "reusablePolicySettings/r" => Reply::ok(format!(
            r#"{{"id":"r","settingInstance":{}}}"#,
            instance("Reused")
        )),
        "inventoryPolicies" => Reply::ok(r#"{"value":[{"id":"i","assignments":[]}]}"#),
        "inventoryPolicies/i/settings" => Reply::ok(format!(
            r#"{{"value":[{{"settingInstance":{}}}]}}"#,
            instance("Counted")
        )),
        "intents" => Reply::ok(r#"{"value":[{"id":"n","assignments":[]}]}"#),
        "intents/n/settings" => Reply::ok(
            r#"{"value":[{"definitionId":"Device--a_Level","valueJson":"\"high\""},
                {"definitionId":"Device--b_Gone","valueJson":"{\"inner\":true}"}]}"#,
        ),
        "reusableSettings/reused" => definition("reused", r#","categoryId":"c""#),
        "configurationSettings/counted" => definition("counted", ""),
        "settingDefinitions/Device--a_Level" => definition(
            "Device--a_Level",
            r#","constraints":[{"values":[{"value":"High","displayName":"Very high"}]}]"#,
        ),
        "settingDefinitions/Device--b_Gone" => Reply::error(404, "ResourceNotFound", ""),
        "configurationCategories" => {
            Reply::ok(r#"{"value":[{"id":"c","displayName":"Category"}]}"#)
        }
        _ => Reply::ok(EMPTY),
    }
}

#[test]
fn settings_that_come_without_definitions_are_named_too() {
    let mut sim = Sim::new(without_definitions, arrives);
    let snapshot = read(&[CONFIGURATION], &mut sim);
    let words: Vec<_> = snapshot
        .policies
        .iter()
        .flat_map(|policy| policy.settings.get().unwrap())
        .map(|setting| {
            let definitions = &snapshot.definitions;
            let name = crate::setting::names::name(setting, definitions);
            (
                name.into_owned(),
                crate::setting::names::value(setting, definitions).into_owned(),
            )
        })
        .collect();
    let has = |name: &str, value: &str| words.iter().any(|(n, v)| n == name && v == value);
    assert!(has("Name of reused", "x"), "{words:?}");
    assert!(has("Name of counted", "x"), "{words:?}");
    assert!(has("Name of Device--a_Level", "Very high"), "{words:?}");
    assert!(words.iter().any(|(name, _)| name == "Gone"), "{words:?}");
    assert_eq!(snapshot.definitions["reused"].category, "Category");
    // A definition that the service does not have leaves the policy whole.
    assert!(
        snapshot
            .policies
            .iter()
            .all(|policy| policy.gaps.is_empty())
    );
    assert_eq!(reason(&snapshot, "endpointSecurityIntents"), None);

    // Read again in the same session: what is known is not asked for, what was not there is.
    let mut again = Sim::new(without_definitions, arrives);
    let mut reading = start(&[CONFIGURATION]).knowing(&snapshot);
    drive(&mut reading, &mut again, Ms::MAX);
    let asked = |sim: &[(Ms, String)], what: &str| sim.iter().any(|(_, url)| url.contains(what));
    assert!(asked(&sim.sent, "/reusableSettings/reused"));
    assert!(!asked(&again.sent, "/reusableSettings/reused"));
    assert!(asked(&again.sent, "/settingDefinitions/Device--b_Gone"));
    assert_eq!(reading.finish("").definitions, snapshot.definitions);
}
