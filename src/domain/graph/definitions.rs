//! Setting definitions, collected from the answers that settings come with, or fetched by their ids, each
//! kept once.
//!
//! Graph: `deviceManagementConfigurationSettingDefinition`, `deviceManagementConfigurationCategory`; for
//! intents `deviceManagementSettingDefinition`.

use std::collections::HashMap;

use crate::json::Json;
use crate::snapshot::Definition;

/// What was collected so far.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    /// By lower-case id, with the id of the category.
    found: HashMap<String, (Definition, String)>,
    /// Name and parent by id.
    categories: HashMap<String, (String, String)>,
}

impl Definitions {
    /// Takes the definitions out of one element of `settings`.
    pub fn collect(&mut self, definitions: &Json<'_>) {
        for definition in definitions.elements() {
            if let Some(id) = definition.str_at("id") {
                self.keep(id, definition);
            }
        }
    }

    /// Takes one definition, under the id that it was asked for by.
    pub fn keep(&mut self, id: &str, definition: &Json<'_>) {
        self.found
            .entry(id.to_ascii_lowercase())
            .or_insert_with(|| {
                let text = |key| definition.str_at(key).unwrap_or_default();
                let read = Definition {
                    name: text("displayName").to_owned(),
                    description: text("description").to_owned(),
                    category: text("headerTitle").to_owned(),
                    csp: csp(text("baseUri"), text("offsetUri")),
                    options: options(definition),
                };
                (read, text("categoryId").to_owned())
            });
    }

    /// Takes a definition that an earlier read of this session has brought.
    pub fn recall(&mut self, id: &str, definition: &Definition) {
        let known = || (definition.clone(), String::new());
        self.found.entry(id.to_owned()).or_insert_with(known);
    }

    /// True when there is a definition of this id, in any letter case.
    pub fn has(&self, id: &str) -> bool {
        self.found.contains_key(&id.to_ascii_lowercase())
    }

    /// Takes one element of `configurationCategories`.
    pub fn collect_category(&mut self, category: &Json<'_>) {
        let text = |key| category.str_at(key).unwrap_or_default().to_owned();
        self.categories
            .insert(text("id"), (text("displayName"), text("parentCategoryId")));
    }

    /// True when a definition names a category that is not known yet.
    pub fn lacks_categories(&self) -> bool {
        self.categories.is_empty()
            && self
                .found
                .values()
                .any(|(_, category)| !category.is_empty())
    }

    /// All definitions so far, with their category paths.
    pub fn all(&self) -> HashMap<String, Definition> {
        let with_path = |(id, (definition, category)): (&String, &(Definition, String))| {
            let mut definition = definition.clone();
            if !category.is_empty() {
                definition.category = path(&self.categories, category);
            }
            (id.clone(), definition)
        };
        self.found.iter().map(with_path).collect()
    }
}

/// Options of the catalog; for intents the values that an enumeration allows.
fn options(definition: &Json<'_>) -> Vec<(String, String)> {
    let options = definition.get("options").map_or(&[][..], Json::elements);
    let constraints = definition
        .get("constraints")
        .map_or(&[][..], Json::elements);
    let values = constraints
        .iter()
        .filter_map(|constraint| constraint.get("values"));
    let options = options.iter().chain(values.flat_map(Json::elements));
    let read = options.filter_map(|option| {
        let id = option.str_at("itemId").or_else(|| option.str_at("value"))?;
        let id = id.to_ascii_lowercase();
        let name = option
            .str_at("displayName")
            .or_else(|| option.str_at("name"));
        Some((id, name.unwrap_or_default().to_owned()))
    });
    read.collect()
}

/// `baseUri` + `offsetUri` with one slash between.
fn csp(base: &str, offset: &str) -> String {
    match (base, offset) {
        ("", only) | (only, "") => only.to_owned(),
        (base, offset) => format!(
            "{}/{}",
            base.trim_end_matches('/'),
            offset.trim_start_matches('/')
        ),
    }
}

/// Outermost first. A circle in the data ends after a few steps.
fn path(categories: &HashMap<String, (String, String)>, id: &str) -> String {
    let mut names = Vec::new();
    let mut at = id;
    while let Some((name, parent)) = categories.get(at) {
        names.push(name.as_str());
        if names.len() >= 16 || parent == at {
            break;
        }
        at = parent;
    }
    names.reverse();
    names.join(" › ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_intents_definition_has_its_section_and_the_values_it_allows() {
        let mut all = Definitions::default();
        let text = r#"{"id":"other","displayName":"Level","headerTitle":"SmartScreen",
            "constraints":[{"x":1},{"values":[{"value":"userDefined","displayName":"As people like"}]}]}"#;
        all.keep("Device--x_Level", &Json::parse(text).unwrap());
        assert!(all.has("device--X_level") && !all.has("other"));
        assert!(!all.lacks_categories());
        let found = all.all();
        let level = &found["device--x_level"];
        assert_eq!(
            (level.name.as_str(), level.category.as_str()),
            ("Level", "SmartScreen")
        );
        assert_eq!(
            level.options,
            [("userdefined".to_owned(), "As people like".to_owned())]
        );
        let mut later = Definitions::default();
        later.recall("device--x_level", level);
        assert_eq!(later.all(), found);
    }

    #[test]
    fn a_definition_has_name_options_csp_and_category_path() {
        let mut all = Definitions::default();
        let text = r#"[{"id":"Device_X","displayName":"X","description":"about","categoryId":"c2",
            "baseUri":"./Device/Vendor/MSFT/Policy/","offsetUri":"/Config/X",
            "options":[{"itemId":"Device_X_1","displayName":"On"},{"name":"no id"}]},{"displayName":"no id"}]"#;
        all.collect(&Json::parse(text).unwrap());
        all.collect(&Json::parse(r#"{"id":"device_x","displayName":"again"}"#).unwrap());
        assert!(all.lacks_categories());
        for text in [
            r#"{"id":"c2","displayName":"Inner","parentCategoryId":"c1"}"#,
            r#"{"id":"c1","displayName":"Outer","parentCategoryId":"c1"}"#,
        ] {
            all.collect_category(&Json::parse(text).unwrap());
        }
        let found = all.all();
        assert_eq!(found.len(), 1);
        assert_eq!(
            found["device_x"],
            Definition {
                name: "X".into(),
                description: "about".into(),
                category: "Outer › Inner".into(),
                csp: "./Device/Vendor/MSFT/Policy/Config/X".into(),
                options: vec![("device_x_1".into(), "On".into())],
            }
        );
    }
}
