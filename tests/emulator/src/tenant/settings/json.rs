//! Definitions and categories as Graph shows them.

use serde_json::{Value, json};

use super::{Definition, Dictionary, Kind};

impl Dictionary {
    /// A definition as `configurationSettings` shows it.
    pub(in crate::tenant) fn definition(&self, index: usize) -> Value {
        let d = &self.definitions[index];
        let section = &self.sections[d.section];
        let windows = section.platform == "windows10";
        let mut value = json!({
            "@odata.type": format!("#microsoft.graph.deviceManagementConfiguration{}Definition", type_name(d.kind)),
            "accessTypes": "add,delete,get,replace",
            "keywords": [d.name],
            "infoUrls": if windows {
                vec!["https://learn.microsoft.com/windows/client-management/mdm/"]
            } else {
                vec![]
            },
            "baseUri": some(&section.base),
            "offsetUri": some(&d.offset),
            "rootDefinitionId": self.definitions[d.root].id,
            "categoryId": self.category_ids(d.section).last(),
            "settingUsage": if section.categories[0] == "Compliance" { "compliance" } else { "configuration" },
            "uxBehavior": match d.kind {
                Kind::Choice if d.options.len() > 2 => "dropdown",
                Kind::Choice => "toggle",
                Kind::Int | Kind::String | Kind::Secret => "smallTextBox",
                _ => "default",
            },
            "visibility": "settingsCatalog,template",
            "riskLevel": "low",
            "id": d.id,
            "description": some(&d.about),
            "helpText": null,
            "name": d.id.rsplit('_').next(),
            "displayName": d.name,
            "version": null,
            "referredSettingInformationList": [],
            "occurrence": {"minDeviceOccurrence": 0, "maxDeviceOccurrence": 1},
            "applicability": applicability(&section.platform, &section.technologies),
        });
        if let Value::Object(members) = &mut value {
            for (key, more) in self.more(d) {
                members.insert(key.to_owned(), more);
            }
        }
        value
    }

    fn more(&self, d: &Definition) -> Vec<(&'static str, Value)> {
        let counts = [
            ("minimumCount", Value::from(d.limits.0.max(0))),
            (
                "maximumCount",
                Value::from(if d.limits.1 > 0 { d.limits.1 } else { 600 }),
            ),
        ];
        let mut more = match d.kind {
            Kind::Choice | Kind::Choices => {
                let default = d
                    .options
                    .get(d.default)
                    .map(|(v, _)| format!("{}_{v}", d.id));
                let options = (0..d.options.len()).map(|at| self.option(d, at)).collect();
                vec![("defaultOptionId", default.into()), ("options", options)]
            }
            Kind::Group | Kind::Groups => {
                let children: Vec<_> = d
                    .children
                    .iter()
                    .map(|c| &self.definitions[*c].id)
                    .collect();
                vec![
                    ("childIds", json!(children)),
                    ("dependentOn", self.dependent_on(d)),
                    ("dependedOnBy", json!([])),
                ]
            }
            _ => vec![
                ("defaultValue", Value::Null),
                ("dependentOn", self.dependent_on(d)),
                ("dependedOnBy", json!([])),
                ("valueDefinition", value_definition(d)),
            ],
        };
        if matches!(
            d.kind,
            Kind::Choices | Kind::Strings | Kind::References | Kind::Groups
        ) {
            more.extend(counts);
        }
        more
    }

    fn option(&self, d: &Definition, at: usize) -> Value {
        let (value, label) = &d.options[at];
        let depended: Vec<_> = d
            .children
            .iter()
            .map(|c| &self.definitions[*c])
            .filter(|c| c.needs.as_ref() == Some(value))
            .map(|c| json!({"dependedOnBy": c.id, "required": true}))
            .collect();
        let option_value = match value.parse::<i64>() {
            Ok(n) => json!({
                "@odata.type": "#microsoft.graph.deviceManagementConfigurationIntegerSettingValue",
                "settingValueTemplateReference": null, "value": n}),
            Err(_) => json!({
                "@odata.type": "#microsoft.graph.deviceManagementConfigurationStringSettingValue",
                "settingValueTemplateReference": null, "value": value}),
        };
        json!({
            "itemId": format!("{}_{value}", d.id),
            "description": null,
            "helpText": null,
            "name": value,
            "displayName": label,
            "optionValue": option_value,
            "dependentOn": self.dependent_on(d),
            "dependedOnBy": depended,
        })
    }

    fn dependent_on(&self, d: &Definition) -> Value {
        match (d.parent.map(|p| &self.definitions[p]), &d.needs) {
            (Some(parent), Some(needs)) => json!([
                {"dependentOn": format!("{}_{needs}", parent.id), "parentSettingId": parent.id}]),
            (Some(parent), None) => {
                json!([{"dependentOn": parent.id, "parentSettingId": parent.id}])
            }
            _ => json!([]),
        }
    }

    /// All categories, parents before children.
    pub(in crate::tenant) fn categories(&self) -> Vec<Value> {
        let mut seen: Vec<Value> = Vec::new();
        for (index, section) in self.sections.iter().enumerate() {
            let ids = self.category_ids(index);
            for (at, name) in section.categories.iter().enumerate() {
                if seen.iter().any(|c| c["id"] == ids[at].as_str()) {
                    continue;
                }
                seen.push(json!({
                    "id": ids[at],
                    "description": null,
                    "categoryDescription": format!("Settings of {name}"),
                    "helpText": null,
                    "name": name.replace(' ', ""),
                    "displayName": name,
                    "platforms": section.platform,
                    "technologies": section.technologies,
                    "settingUsage": "configuration",
                    "parentCategoryId": at.checked_sub(1).map(|p| ids[p].clone()),
                    "rootCategoryId": ids[0],
                    "childCategoryIds": [],
                }));
            }
        }
        for at in 0..seen.len() {
            let children: Vec<Value> = seen
                .iter()
                .filter(|c| c["parentCategoryId"] == seen[at]["id"])
                .map(|c| c["id"].clone())
                .collect();
            seen[at]["childCategoryIds"] = children.into();
        }
        seen
    }
}

/// The middle of the type names of definitions and instances.
pub(super) fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Choice => "ChoiceSetting",
        Kind::Choices => "ChoiceSettingCollection",
        Kind::Int | Kind::String | Kind::Secret | Kind::Reference => "SimpleSetting",
        Kind::Strings | Kind::References => "SimpleSettingCollection",
        Kind::Group => "SettingGroup",
        Kind::Groups => "SettingGroupCollection",
    }
}

fn value_definition(d: &Definition) -> Value {
    if d.kind == Kind::Int {
        return json!({
            "@odata.type": "#microsoft.graph.deviceManagementConfigurationIntegerSettingValueDefinition",
            "maximumValue": d.limits.1, "minimumValue": d.limits.0});
    }
    let longest = match d.kind {
        Kind::Strings | Kind::References => 87_516,
        _ => d.limits.1,
    };
    json!({
        "@odata.type": "#microsoft.graph.deviceManagementConfigurationStringSettingValueDefinition",
        "format": "none",
        "inputValidationSchema": null,
        "isSecret": d.kind == Kind::Secret,
        "maximumLength": longest,
        "minimumLength": 0,
        "fileTypes": []})
}

fn applicability(platform: &str, technologies: &str) -> Value {
    if platform != "windows10" {
        return json!({
            "description": null, "platform": platform, "deviceMode": "none", "technologies": technologies});
    }
    json!({
        "@odata.type": "#microsoft.graph.deviceManagementConfigurationWindowsSettingApplicability",
        "description": null,
        "platform": "windows10",
        "deviceMode": "none",
        "technologies": technologies,
        "configurationServiceProviderVersion": "5.0",
        "maximumSupportedVersion": null,
        "minimumSupportedVersion": "10.0.16299",
        "windowsSkus": ["windowsEnterprise", "windowsProfessional"],
        "requiresAzureAd": false,
        "requiredAzureAdTrustType": "none"})
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
