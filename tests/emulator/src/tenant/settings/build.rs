//! Setting trees from short forms: `{"allowtelemetry": 1}` becomes what Graph answers with.
//!
//! A choice is its option, or `{"=": option, child: value, …}`; a group is an object of its children;
//! a collection is an array. Keys are ends of definition ids.

use serde_json::{Map, Value, json};

use super::json::type_name;
use super::{Dictionary, Kind};
use crate::tenant::ids::{Guids, hash};

/// The settings of a policy: `{"id": "0", "settingInstance": …}`; with the id of its template where it has one.
/// A key that no definition has is left out; a test keeps the data free of them.
pub(in crate::tenant) fn settings(
    dictionary: &Dictionary,
    short: &Value,
    template: &str,
) -> Vec<Value> {
    let Value::Object(members) = short else {
        return Vec::new();
    };
    members
        .iter()
        .filter_map(|(key, value)| Some((dictionary.find(key, None)?, value)))
        .enumerate()
        .map(|(at, (index, value))| {
            json!({
                "id": at.to_string(),
                "settingInstance": instance(dictionary, index, value, template),
                "+settingDefinitions": definitions_of(dictionary, index),
            })
        })
        .collect()
}

/// The definition and all below it.
fn definitions_of(dictionary: &Dictionary, index: usize) -> Value {
    let mut found = vec![index];
    let mut at = 0;
    while at < found.len() {
        found.extend(&dictionary.definitions[found[at]].children);
        at += 1;
    }
    found
        .into_iter()
        .map(|i| dictionary.definition(i))
        .collect()
}

/// The setting templates of a policy template that has these definitions.
pub(in crate::tenant) fn template_settings(
    dictionary: &Dictionary,
    short: &Value,
    template: &str,
) -> Vec<Value> {
    settings(dictionary, short, template)
        .into_iter()
        .map(|setting| {
            let instance = &setting["settingInstance"];
            json!({
                "id": setting["id"],
                "settingInstanceTemplate": {
                    "@odata.type": instance["@odata.type"].as_str().map(|t| format!("{t}Template")),
                    "settingInstanceTemplateId":
                        instance["settingInstanceTemplateReference"]["settingInstanceTemplateId"],
                    "settingDefinitionId": instance["settingDefinitionId"],
                    "isRequired": false,
                },
                "+settingDefinitions": setting["+settingDefinitions"],
            })
        })
        .collect()
}

fn instance(dictionary: &Dictionary, index: usize, value: &Value, template: &str) -> Value {
    let d = &dictionary.definitions[index];
    let reference = |what: &str, name: &str| {
        if template.is_empty() {
            return Value::Null;
        }
        let id = Guids::of(hash(template), what)
            .at(usize::try_from(hash(&d.id) >> 34).unwrap_or_default());
        match name {
            "settingValueTemplateId" => json!({name: id, "useTemplateDefault": false}),
            _ => json!({name: id}),
        }
    };
    let value_reference = reference("value", "settingValueTemplateId");
    let mut out = Map::new();
    let instance_kind = match d.kind {
        Kind::Group => "GroupSetting",
        Kind::Groups => "GroupSettingCollection",
        kind => type_name(kind),
    };
    out.insert(
        "@odata.type".into(),
        format!("#microsoft.graph.deviceManagementConfiguration{instance_kind}Instance").into(),
    );
    out.insert("settingDefinitionId".into(), d.id.clone().into());
    out.insert(
        "settingInstanceTemplateReference".into(),
        reference("instance", "settingInstanceTemplateId"),
    );
    let children = |value: &Value| children(dictionary, index, value, template);
    let choice = |value: &Value| {
        let option = value.get("=").unwrap_or(value);
        let option = option
            .as_str()
            .map_or_else(|| option.to_string(), str::to_owned);
        json!({
            "settingValueTemplateReference": value_reference,
            "value": format!("{}_{option}", d.id),
            "children": children(value),
        })
    };
    let simple = |value: &Value| simple(d.kind, value, &value_reference);
    let group = |value: &Value| json!({"settingValueTemplateReference": value_reference, "children": children(value)});
    let each = |make: &dyn Fn(&Value) -> Value| -> Value {
        value
            .as_array()
            .map(|v| v.iter().map(make).collect())
            .unwrap_or_else(|| json!([make(value)]))
    };
    let (name, content) = match d.kind {
        Kind::Choice => ("choiceSettingValue", choice(value)),
        Kind::Choices => ("choiceSettingCollectionValue", each(&choice)),
        Kind::Group => ("groupSettingValue", group(value)),
        Kind::Groups => ("groupSettingCollectionValue", each(&group)),
        Kind::Strings | Kind::References => ("simpleSettingCollectionValue", each(&simple)),
        _ => ("simpleSettingValue", simple(value)),
    };
    out.insert(name.into(), content);
    Value::Object(out)
}

fn children(dictionary: &Dictionary, parent: usize, value: &Value, template: &str) -> Value {
    let Value::Object(members) = value else {
        return json!([]);
    };
    members
        .iter()
        .filter(|(key, _)| *key != "=")
        .filter_map(|(key, value)| {
            let index = dictionary.find(key, Some(parent))?;
            Some(instance(dictionary, index, value, template))
        })
        .collect()
}

fn simple(kind: Kind, value: &Value, reference: &Value) -> Value {
    let kind = match kind {
        Kind::Int => "Integer",
        Kind::Secret => "Secret",
        Kind::Reference | Kind::References => "Reference",
        _ => "String",
    };
    let mut out = json!({
        "@odata.type": format!("#microsoft.graph.deviceManagementConfiguration{kind}SettingValue"),
        "settingValueTemplateReference": reference,
        "value": value,
    });
    match kind {
        "Secret" => out["valueState"] = "encryptedValueToken".into(),
        "Reference" => out["note"] = Value::Null,
        _ => {}
    }
    out
}
