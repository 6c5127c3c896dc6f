//! The catalogs of definitions that settings and ADMX values refer to.

use serde_json::Value;

use super::Tenant;
use super::collection::{Collection, Source};

/// Setting definitions and categories: the dictionary's, or these and the dictionary's others.
/// The four catalogs of definitions answer from the same ones.
pub(super) fn add(tenant: &mut Tenant, own: Vec<Value>) {
    let page = tenant.world.options.page;
    for name in [
        "configurationSettings",
        "complianceSettings",
        "reusableSettings",
        "inventorySettings",
    ] {
        let path = format!("/deviceManagement/{name}");
        if own.is_empty() {
            tenant.add(Collection::made(&path, "beta", page, Source::Definitions));
            continue;
        }
        let mut collection = Collection::stored(&path, "beta", page);
        let dictionary = &tenant.world.dictionary;
        let ours = (0..dictionary.len()).map(|i| dictionary.definition(i));
        for definition in own.iter().cloned().chain(ours) {
            let id = definition["id"].as_str().unwrap_or_default();
            if collection.index(&tenant.world, id).is_none() {
                collection.push(definition);
            }
        }
        tenant.add(collection);
    }
    for name in ["configurationCategories", "complianceCategories"] {
        let mut categories = Collection::stored(&format!("/deviceManagement/{name}"), "beta", page);
        tenant
            .world
            .dictionary
            .categories()
            .into_iter()
            .for_each(|c| categories.push(c));
        tenant.add(categories);
    }
    group_policy_definitions(tenant);
}

/// ADMX definitions: those that configurations and uploaded files use, with their presentations.
fn group_policy_definitions(tenant: &mut Tenant) {
    let mut all = Collection::stored(
        "/deviceManagement/groupPolicyDefinitions",
        "beta",
        tenant.world.options.page,
    );
    all.navigation.insert("presentations".to_owned());
    let objects = |path: &str| match tenant
        .by_path
        .get(path)
        .map(|at| &tenant.collections[*at].1.source)
    {
        Some(Source::Stored(objects, _)) => objects.as_slice(),
        _ => &[],
    };
    let each = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut found = Vec::new();
    for configuration in objects("/devicemanagement/grouppolicyconfigurations") {
        for value in each(&configuration["+definitionValues"]) {
            let mut definition = value["+definition"].clone();
            let presentations = each(&value["+presentationValues"]);
            let presentations = presentations.iter().map(|p| p["+presentation"].clone());
            definition["+presentations"] = presentations.filter(Value::is_object).collect();
            found.push(definition);
        }
    }
    for file in objects("/devicemanagement/grouppolicyuploadeddefinitionfiles") {
        found.extend(each(&file["+definitions"]));
    }
    for definition in found {
        let id = definition["id"].as_str().unwrap_or_default();
        if !id.is_empty() && all.index(&tenant.world, id).is_none() {
            all.push(definition);
        }
    }
    tenant.add(all);
}
