//! `MigrationTable.json` of IntuneManagement: names of the groups and users that ids stand for.

use crate::json::Json;

/// Id and name of each object in the table, when the document is one.
pub(super) fn names(root: &Json) -> Option<Vec<(String, String)>> {
    let object = root.object()?;
    object.get_any_case("TenantId")?;
    let list = object.get_any_case("Objects")?;
    let text = |item: &Json, key: &str| {
        let value = item.object()?.get_any_case(key)?;
        value.str().map(str::to_owned)
    };
    Some(
        list.elements()
            .iter()
            .filter_map(|item| Some((text(item, "Id")?, text(item, "DisplayName")?)))
            .collect(),
    )
}
