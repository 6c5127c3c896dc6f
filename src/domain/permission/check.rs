//! Whether a whole request may be sent: its path, and every part of a batch.

use super::route::{Method, RouteId, is_read_route};
use crate::catalog::ApiVersion;
use crate::json::Json;

/// Parts of a batch. Graph: "Combine multiple HTTP requests using JSON batching".
const BATCH_LIMIT: usize = 20;

/// The routes of a request: its own first, then one for each part when it is a batch. `None`: it must not be sent.
///
/// `path` has the version in front and may have a query: `/beta/deviceManagement/intents?$top=50`.
/// `body` is looked at for a batch only.
pub fn routes_of(method: Method, path: &str, body: &str) -> Option<Vec<RouteId>> {
    let (version, rest) = [ApiVersion::V1, ApiVersion::Beta]
        .into_iter()
        .find_map(|version| {
            let rest = path.strip_prefix('/')?.strip_prefix(version.segment())?;
            rest.starts_with('/').then_some((version, rest))
        })?;
    let route = is_read_route(method, version, without_query(rest)?)?;
    let mut routes = vec![route];
    if route.is_batch() {
        parts(version, body, &mut routes)?;
    }
    Some(routes)
}

/// Only reads without a body, of the batch's own version.
fn parts(version: ApiVersion, body: &str, routes: &mut Vec<RouteId>) -> Option<()> {
    let json = Json::parse(body).ok()?;
    let requests = json.get("requests")?.array()?;
    if requests.is_empty() || requests.len() > BATCH_LIMIT {
        return None;
    }
    for request in requests {
        // Duplicate names could be read differently at the other end.
        let members = &request.object()?.0;
        let known = members
            .iter()
            .all(|(name, _)| matches!(name.as_ref(), "id" | "method" | "url" | "headers"));
        let once = members
            .iter()
            .enumerate()
            .all(|(at, (name, _))| members[..at].iter().all(|(other, _)| other != name));
        if !known || !once || request.str_at("method") != Some("GET") {
            return None;
        }
        let path = without_query(request.str_at("url")?)?;
        let route = is_read_route(Method::Get, version, path)?;
        if route.is_batch() {
            return None;
        }
        routes.push(route);
    }
    Some(())
}

/// The path. `None` when the query has characters that do not belong into one.
fn without_query(path: &str) -> Option<&str> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    query
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'#')
        .then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(requests: &str) -> Option<usize> {
        let body = format!("{{\"requests\":[{requests}]}}");
        routes_of(Method::Post, "/beta/$batch", &body).map(|routes| routes.len())
    }

    #[test]
    fn a_batch_is_as_good_as_its_worst_part() {
        let read =
            r#"{"id":"1","method":"GET","url":"/deviceManagement/intents?$top=50","headers":{}}"#;
        assert_eq!(batch(read), Some(2));
        assert_eq!(batch(&format!("{read},{read}")), Some(3));
        for bad in [
            "",
            "7",
            r#"{"id":"1","method":"DELETE","url":"/deviceManagement/intents"}"#,
            r#"{"id":"1","method":"POST","url":"/directoryObjects/getByIds"}"#,
            r#"{"id":"1","method":"GET","url":"/deviceManagement/managedDevices/1/getFileVaultKey"}"#,
            r#"{"id":"1","method":"GET","url":"https://evil.example/deviceManagement/intents"}"#,
            r#"{"id":"1","method":"GET","url":"/../v1.0/me"}"#,
            r#"{"id":"1","method":"GET","url":"/$batch"}"#,
            r#"{"id":"1","method":"GET","url":"/deviceManagement/intents","body":{}}"#,
            r#"{"id":"1","method":"GET","method":"DELETE","url":"/deviceManagement/intents"}"#,
            r#"{"id":"1","method":"GET","url":"/deviceManagement/intents?$filter=a b"}"#,
        ] {
            assert_eq!(batch(bad), None, "{bad}");
            assert_eq!(batch(&format!("{read},{bad}")), None, "{bad}");
        }
        let many = vec![read; 21].join(",");
        assert_eq!(batch(&many), None);
    }

    #[test]
    fn a_path_has_a_version_and_a_clean_query() {
        for (path, is_read) in [
            ("/v1.0/organization", true),
            ("/v1.0/organization?$select=id", true),
            ("/v1.0/organization?$select=i d", false),
            ("/v1.0/organization?a#b", false),
            ("/organization", false),
            ("/v2.0/organization", false),
            ("v1.0/organization", false),
            ("/v1.0organization", false),
            ("//evil.example/v1.0/organization", false),
            ("@evil.example/v1.0/organization", false),
        ] {
            let routes = routes_of(Method::Get, path, "");
            assert_eq!(routes.is_some(), is_read, "{path}");
        }
    }
}
