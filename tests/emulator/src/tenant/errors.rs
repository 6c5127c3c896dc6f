//! Errors as the real services word them.

use super::odata::query::Refused;
use crate::graph::{GraphAnswer, is_intune};

/// A query that is not served.
pub(super) fn refused(path: &str, why: &Refused) -> GraphAnswer {
    match why {
        Refused::Malformed(text) if is_intune(path) => {
            GraphAnswer::intune_error(400, "BadRequest", text)
        }
        Refused::Malformed(text) => GraphAnswer::error(400, "BadRequest", text),
        Refused::Advanced => GraphAnswer::error(
            400,
            "Request_UnsupportedQuery",
            "Unsupported Query. If requesting $count or advanced filters on directory objects add the header \
             'ConsistencyLevel: eventual' and $count=true.",
        ),
    }
}

/// A navigation property that a type does not have, or that the list refuses.
pub(super) fn no_navigation(path: &str, name: &str, graph_type: &str) -> GraphAnswer {
    let text = format!(
        "Parsing OData Select and Expand failed: Could not find a property named '{name}' on type \
         'microsoft.graph.{graph_type}'."
    );
    refused(path, &Refused::Malformed(text))
}

/// A continuation that the service did not hand out, or no longer knows.
pub(super) fn bad_token(path: &str, delta: bool) -> GraphAnswer {
    if delta {
        return GraphAnswer::error(
            410,
            "syncStateNotFound",
            "The sync state generation is not found; continue with a full enumeration.",
        );
    }
    refused(
        path,
        &Refused::Malformed("Skip token is null, or is not one that was handed out.".to_owned()),
    )
}
