//! What is asked of a tenant: the lists that the scopes in hand allow, and what is below each object.

use crate::catalog::{self, ApiVersion, Assigned, Child, Row, Shape};
use crate::json::Json;
use crate::permission::holds;
use crate::snapshot::{Gap, Reason};

use super::url;

/// One list request and the rows whose objects it answers with.
#[derive(Debug)]
pub(super) struct ListPlan {
    pub version: ApiVersion,
    /// As in the catalog: `{parentId}` stands where the parent's id goes.
    pub path: &'static str,
    pub query: &'static str,
    pub shape: Shape,
    /// Places in [`catalog::rows`].
    pub rows: Vec<usize>,
}

/// The lists to ask for, each once, in the catalog's order; and the rows that are not asked for,
/// with the reason.
pub(super) fn lists(scopes: &[String]) -> (Vec<ListPlan>, Vec<(usize, Gap)>) {
    let mut lists: Vec<ListPlan> = Vec::new();
    let mut gaps = Vec::new();
    for (place, row) in catalog::rows().enumerate() {
        let missing: Vec<&str> = row
            .scopes
            .iter()
            .copied()
            .filter(|s| !holds(scopes, s))
            .collect();
        if !missing.is_empty() {
            let detail = missing.join(", ");
            gaps.push((
                place,
                Gap {
                    reason: Reason::Scope,
                    detail,
                },
            ));
            continue;
        }
        let same = |list: &&mut ListPlan| {
            list.version == row.version && list.path == row.list && list.query == row.list_query
        };
        match lists.iter_mut().find(same) {
            Some(list) => list.rows.push(place),
            None => lists.push(ListPlan {
                version: row.version,
                path: row.list,
                query: row.list_query,
                shape: row.shape,
                rows: vec![place],
            }),
        }
    }
    (lists, gaps)
}

/// True when the names of groups can be read one by one.
pub(super) fn can_name_groups(scopes: &[String]) -> bool {
    [
        "Group.ReadBasic.All",
        "Group.Read.All",
        "GroupMember.Read.All",
        "Directory.Read.All",
    ]
    .iter()
    .any(|needed| holds(scopes, needed))
}

/// The address of an object below its version, or `None` when it has no usable id.
pub(super) fn item_url(row: &Row, id: &str, parent: &str) -> Option<String> {
    let id = url::segment(id)?;
    Some(match row.item {
        "" => format!("{}/{id}", in_parent(row.list, parent)?),
        item => in_parent(item, parent)?.replace("{id}", &id),
    })
}

/// Fills `{parentId}`.
pub(super) fn in_parent(path: &str, parent: &str) -> Option<String> {
    if path.contains("{parentId}") {
        Some(path.replace("{parentId}", &url::segment(parent)?))
    } else {
        Some(path.to_owned())
    }
}

/// The children to read with a request of their own that depend on nothing but the object.
/// `query` is the one that the document came with.
pub(super) fn children<'d>(
    row: &'static Row,
    document: &'d Json<'_>,
    query: &'d str,
) -> impl Iterator<Item = &'static Child> + 'd {
    let is_there =
        move |child: &Child| query.contains(child.name) && is_whole(document, child.name);
    row.children.iter().filter(move |child| {
        let of_the_object = !child.optional && !child.path.contains("{}");
        of_the_object && applies(child, document) && !is_there(child)
    })
}

/// The children that hang on each element of this child.
pub(super) fn below(row: &'static Row, parent: &Child) -> impl Iterator<Item = &'static Child> {
    let path = parent.path;
    row.children.iter().filter(move |child| {
        !child.optional
            && child
                .path
                .split_once("/{}")
                .is_some_and(|(start, _)| start == path)
    })
}

/// True when assignments have to be read with a request of their own.
pub(super) fn assignments_missing(row: &Row, document: &Json<'_>, query: &str) -> bool {
    matches!(row.assigned, Assigned::Collection { .. })
        && !(query.contains("assignments") && is_whole(document, "assignments"))
}

/// One of the properties that `when` names (`a|b`) is there and says something.
fn applies(child: &Child, document: &Json<'_>) -> bool {
    child.when.is_empty()
        || child.when.split('|').any(|name| match document.get(name) {
            None | Some(Json::Null | Json::Bool(false) | Json::Int(0)) => false,
            Some(Json::Array(items)) => !items.is_empty(),
            Some(_) => true,
        })
}

/// An expanded collection that does not go on elsewhere.
fn is_whole(document: &Json<'_>, name: &str) -> bool {
    document
        .get(name)
        .is_some_and(|value| value.array().is_some())
        && document.get(&format!("{name}@odata.nextLink")).is_none()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_the_scopes_do_not_allow_is_not_asked_for() {
        let scopes = ["Policy.Read.All".to_owned()];
        let (lists, gaps) = lists(&scopes);
        assert!(
            lists
                .iter()
                .all(|list| !list.path.starts_with("/deviceManagement"))
        );
        assert!(
            lists
                .iter()
                .any(|list| list.path == "/identity/conditionalAccess/policies")
        );
        let rows = lists.iter().map(|list| list.rows.len()).sum::<usize>();
        assert_eq!(rows + gaps.len(), catalog::rows().count());
        assert!(
            gaps.iter()
                .all(|(_, gap)| gap.reason == Reason::Scope && !gap.detail.is_empty())
        );
    }

    #[test]
    fn rows_of_one_list_are_one_request() {
        let scopes = ["DeviceManagementConfiguration.ReadWrite.All".to_owned()];
        let (lists, _) = lists(&scopes);
        let found = lists
            .iter()
            .filter(|l| l.path == "/deviceManagement/configurationPolicies");
        let found: Vec<_> = found.collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].rows.len(), 13);
    }

    #[test]
    fn children_are_asked_for_only_where_they_are() {
        let row = catalog::row("applications").unwrap();
        for (document, expect) in [
            (r#"{"dependentAppCount":0,"supersededAppCount":0}"#, 0),
            (r#"{"dependentAppCount":0,"supersededAppCount":2}"#, 1),
            (r#"{"dependentAppCount":1}"#, 1),
            (r#"{}"#, 0),
        ] {
            let document = Json::parse(document).unwrap();
            assert_eq!(children(row, &document, "").count(), expect, "{document:?}");
        }
    }

    #[test]
    fn assignments_that_are_cut_short_are_read_again() {
        let row = catalog::row("settingsCatalog").unwrap();
        for (document, missing) in [
            (r#"{"assignments":[]}"#, false),
            (r#"{"assignments":null}"#, true),
            (r#"{}"#, true),
            (
                r#"{"assignments":[1],"assignments@odata.nextLink":"x"}"#,
                true,
            ),
        ] {
            let document = Json::parse(document).unwrap();
            assert_eq!(
                assignments_missing(row, &document, row.list_query),
                missing,
                "{document:?}"
            );
        }
        let row = catalog::row("scopeTags").unwrap();
        let document = Json::parse(r#"{"assignments":[]}"#).unwrap();
        assert!(assignments_missing(row, &document, row.list_query));
    }
}
