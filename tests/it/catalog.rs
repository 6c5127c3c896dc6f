//! The catalog against the contract's own table, when that is beside the repository.

use std::path::PathBuf;

use domain::catalog::{self, Assigned, Row, Shape, VOLATILE};
use domain::json::Json;

/// The contract's folder: `PLUMBLINE_SHARED`, else `../shared`.
pub(super) fn shared() -> PathBuf {
    std::env::var_os("PLUMBLINE_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    )
}

#[test]
fn every_row_is_the_contracts_row() {
    let path = shared().join("graph/catalog.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return;
    };
    let contract = Json::parse(&text).unwrap();
    let expected = contract.get("rows").unwrap().elements();
    let mut wrong = Vec::new();
    for entry in expected {
        let id = entry.str_at("id").unwrap();
        match catalog::row(id) {
            None => wrong.push(format!("{id}: no row")),
            Some(row) => compare(row, entry, &mut wrong),
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert_eq!((expected.len(), catalog::rows().count()), (125, 125));
}

/// Where a row knows better than the table: row, what, why.
const BETTER: &[(&str, &str, &str)] = &[
    (
        "apnsCertificate",
        "scopes",
        "a read scope that Graph accepts, in place of the write scope its metadata names first",
    ),
    (
        "endpointSecurityIntents",
        "child query",
        "the cast as the metadata spells it",
    ),
    (
        "certificateConnectors",
        "item",
        "the metadata has the list only",
    ),
];

fn compare(row: &Row, entry: &Json<'_>, wrong: &mut Vec<String>) {
    let mut check = |what: &str, ours: &str, theirs: &str| {
        if ours != theirs
            && !BETTER
                .iter()
                .any(|(id, of, _)| *id == row.id && *of == what)
        {
            wrong.push(format!("{}: {what}: {ours:?}, contract {theirs:?}", row.id));
        }
    };
    let text = |value: Option<&Json<'_>>, key: &str| {
        value
            .and_then(|v| v.str_at(key))
            .unwrap_or_default()
            .to_owned()
    };
    let list = entry.get("list");
    let item = entry.get("item");
    check(
        "version",
        row.version.segment(),
        entry.str_at("version").unwrap(),
    );
    check("list", row.list, &text(list, "path"));
    check("list query", row.list_query, &text(list, "query"));
    let singleton = entry
        .get("singleton")
        .is_some_and(|flag| flag.bool() != Some(false))
        || item.is_some_and(|item| item.get("singleton").is_some());
    if row.shape != Shape::Singleton || !row.item.is_empty() {
        check("item", row.item, &text(item, "path"));
        check("item query", row.item_query, &text(item, "query"));
    }
    check(
        "singleton",
        &(row.shape == Shape::Singleton).to_string(),
        &singleton.to_string(),
    );
    let scope_tags = entry.str_at("scopeTagProperty").unwrap_or_default();
    let scope_tags = scope_tags.split(' ').next().unwrap_or_default();
    check("scope tags", row.scope_tags, scope_tags);
    let scopes = entry.get("scopes").and_then(|s| s.get("read")).unwrap();
    check("scopes", &row.scopes.join(" "), &words(scopes));
    for name in entry
        .get("volatile")
        .unwrap()
        .elements()
        .iter()
        .filter_map(Json::str)
    {
        if !row.volatile.contains(&name) && !VOLATILE.contains(&name) {
            check("volatile", "", name);
        }
    }
    let children = entry.get("children").map_or(&[][..], Json::elements);
    check(
        "children",
        &row.children.len().to_string(),
        &children.len().to_string(),
    );
    for (ours, theirs) in row.children.iter().zip(children) {
        check("child", ours.name, &text(Some(theirs), "name"));
        check("child path", ours.path, &text(Some(theirs), "path"));
        check("child query", ours.query, &text(Some(theirs), "query"));
        check("child key", ours.key, &text(Some(theirs), "compareKey"));
    }
    let assigned = entry.get("assignments");
    // A policy set's assignments are changed with an action and read with the item.
    let has_list = !text(assigned, "list").is_empty() || row.id == "policySets";
    let ours = matches!(row.assigned, Assigned::Collection { .. });
    check("assignments", &ours.to_string(), &has_list.to_string());
    if let Assigned::Collection { expanded } = row.assigned {
        let asked = row.list_query.contains("assignments");
        check("expanded", &expanded.to_string(), &asked.to_string());
    }
}

fn words(list: &Json<'_>) -> String {
    let names: Vec<&str> = list.elements().iter().filter_map(Json::str).collect();
    names.join(" ")
}
