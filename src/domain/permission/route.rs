//! The read table: the only requests that can be sent to Graph.
//!
//! Matching is on method, version and the entire path. A route is never recognised by its beginning or its
//! end: Graph reaches one action by many paths. Most of the table follows from the catalog; the rest is
//! listed here, in one place that can be reviewed.

use std::sync::OnceLock;

use super::live::LIVE;
use super::log::LOGS;
use crate::catalog::{self, ApiVersion, Assigned, Row, Shape};

/// An HTTP method that a read may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`, for the few reads that Graph takes a body for.
    Post,
}

impl Method {
    /// As on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// Names a route of the read table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RouteId(usize);

impl RouteId {
    /// Version and path template: `/beta/deviceManagement/intents/{id}`. Has no id of a tenant in it.
    pub fn template(self) -> &'static str {
        table()
            .get(self.0)
            .map_or("", |route| route.template.as_str())
    }

    /// True for `$batch`, whose parts are requests of their own.
    pub fn is_batch(self) -> bool {
        self.template().ends_with("/$batch")
    }
}

/// Children that are in the catalog and are not read: they answer with a secret in plain text.
pub const SECRET_CHILDREN: &[&str] = &["getOmaSettingPlainTextValue"];

/// Reads beside the catalog's: method, path, in both versions.
const OTHERS: &[(Method, &str)] = &[
    (Method::Post, "/$batch"),
    (Method::Post, "/directoryObjects/getByIds"),
    (Method::Get, "/organization"),
    (Method::Get, "/organization/{id}"),
    (Method::Get, "/groups"),
    (Method::Get, "/groups/{id}"),
    (Method::Get, "/groups/{id}/members"),
    (Method::Get, "/groups/{id}/transitiveMembers"),
    (Method::Get, "/deviceManagement/assignmentFilters"),
    (Method::Get, "/deviceManagement/roleScopeTags"),
    (Method::Get, "/deviceManagement/configurationSettings"),
    (Method::Get, "/deviceManagement/configurationSettings/{id}"),
    (Method::Get, "/deviceManagement/configurationCategories"),
    (
        Method::Get,
        "/deviceManagement/configurationCategories/{id}",
    ),
    (Method::Get, "/deviceManagement/complianceSettings"),
    (Method::Get, "/deviceManagement/complianceSettings/{id}"),
    (Method::Get, "/deviceManagement/complianceCategories"),
    (Method::Get, "/deviceManagement/reusableSettings"),
    (Method::Get, "/deviceManagement/reusableSettings/{id}"),
    (Method::Get, "/deviceManagement/inventorySettings"),
    (Method::Get, "/deviceManagement/settingDefinitions"),
    (Method::Get, "/deviceManagement/settingDefinitions/{id}"),
    (
        Method::Get,
        "/deviceManagement/templates/{id}/categories/{id}/settingDefinitions",
    ),
    (
        Method::Get,
        "/deviceManagement/intents/{id}/categories/{id}/settingDefinitions",
    ),
    (Method::Get, "/deviceManagement/groupPolicyDefinitions"),
    (Method::Get, "/deviceManagement/groupPolicyDefinitions/{id}"),
    (
        Method::Get,
        "/deviceManagement/groupPolicyDefinitions/{id}/presentations",
    ),
    (
        Method::Get,
        "/deviceManagement/groupPolicyConfigurations/{id}/definitionValues/{id}/definition",
    ),
];

struct Route {
    method: Method,
    /// With the version in front.
    template: String,
}

/// The route that a request is, or `None`: then it must not be sent.
///
/// `path` begins with `/` below the version and has no query. Ids may stand as `/{id}` or as `('{id}')`.
pub fn is_read_route(method: Method, version: ApiVersion, path: &str) -> Option<RouteId> {
    let path = path.strip_prefix('/')?;
    if !is_plain(path) {
        return None;
    }
    let segments = split_keys(path)?;
    table()
        .iter()
        .position(|route| route.method == method && matches(&route.template, version, &segments))
        .map(RouteId)
}

/// Only characters that cannot change which resource a path names: no dot segments, no escape that hides
/// one, no backslash, no control characters, no query.
fn is_plain(path: &str) -> bool {
    path.len() <= 2048
        && path.bytes().all(|byte| {
            byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'?' | b'#' | b'<' | b'>' | b'"')
        })
        && path.split('%').skip(1).all(is_needed_escape)
        && path
            .split('/')
            .all(|segment| !matches!(segment, "" | "." | ".."))
}

/// What follows a `%`: an escape that is needed. RFC 3986, 2.3: who makes a URL does not escape unreserved
/// characters; here it would hide the name of a function, a type or a path. So would a slash, a `$` or a `%`.
fn is_needed_escape(after: &str) -> bool {
    let byte = after
        .get(..2)
        .and_then(|hex| u8::from_str_radix(hex, 16).ok());
    byte.is_some_and(|byte| {
        byte >= b' ' && !byte.is_ascii_alphanumeric() && !b"-._~/\\$%".contains(&byte)
    })
}

/// Splits a path, and `name('key')` into `name` and `key`. A call with named arguments stays whole.
fn split_keys(path: &str) -> Option<Vec<&str>> {
    let mut segments = Vec::with_capacity(8);
    for segment in path.split('/') {
        let Some((name, rest)) = segment.split_once('(') else {
            segments.push(segment);
            continue;
        };
        let argument = rest.strip_suffix(')')?;
        if argument.contains('=') {
            segments.push(segment);
            continue;
        }
        let key = argument
            .strip_prefix('\'')
            .and_then(|key| key.strip_suffix('\''))
            .unwrap_or(argument);
        if name.is_empty() || key.is_empty() {
            return None;
        }
        segments.push(name);
        segments.push(key);
    }
    Some(segments)
}

fn matches(template: &str, version: ApiVersion, segments: &[&str]) -> bool {
    let mut parts = template.split('/').skip(1);
    if parts.next() != Some(version.segment()) {
        return false;
    }
    let mut given = segments.iter();
    loop {
        match (parts.next(), given.next()) {
            (None, None) => return true,
            (Some(part), Some(segment)) if matches_segment(part, segment) => {}
            _ => return false,
        }
    }
}

fn matches_segment(part: &str, segment: &str) -> bool {
    let Some((before, rest)) = part.split_once('{') else {
        return part.eq_ignore_ascii_case(segment);
    };
    let Some((_, after)) = rest.split_once('}') else {
        return false;
    };
    segment.len() > before.len() + after.len()
        && segment
            .get(..before.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(before))
        && segment
            .get(segment.len() - after.len()..)
            .is_some_and(|end| end.eq_ignore_ascii_case(after))
        && is_key(&segment[before.len()..segment.len() - after.len()])
}

/// A key has no syntax in it: `$count`, `microsoft.graph.…` and calls are not keys. Graph also takes a cast
/// as `graph.…`, and a function without parameters without its parentheses.
fn is_key(text: &str) -> bool {
    let starts = |word: &str| {
        text.get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    let is_function = ["get", "retrieve", "has", "are"].into_iter().any(starts)
        && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    !text.starts_with('$')
        && !text.bytes().any(|byte| matches!(byte, b'(' | b')' | b'\''))
        && !["microsoft.graph.", "graph."].into_iter().any(starts)
        && !is_function
        && !text.eq_ignore_ascii_case("delta")
}

fn table() -> &'static [Route] {
    static TABLE: OnceLock<Vec<Route>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut routes: Vec<Route> = Vec::new();
        let mut add = |method: Method, version: ApiVersion, path: &str| {
            let template = format!("/{}{path}", version.segment());
            if !routes
                .iter()
                .any(|route| route.method == method && route.template == template)
            {
                routes.push(Route { method, template });
            }
        };
        for row in catalog::rows() {
            for path in paths_of(row) {
                add(Method::Get, row.version, &path);
            }
        }
        for log in LOGS {
            add(Method::Get, ApiVersion::V1, log.path);
        }
        for live in LIVE {
            add(Method::Get, live.version, live.path);
        }
        for (method, path) in OTHERS {
            add(*method, ApiVersion::V1, path);
            add(*method, ApiVersion::Beta, path);
        }
        routes
    })
}

/// The whole table: method, and version with path template.
pub fn read_table() -> impl Iterator<Item = (Method, &'static str)> {
    table()
        .iter()
        .map(|route| (route.method, route.template.as_str()))
}

/// Every path that a row of the catalog is read by: list, item, children, definitions, assignments.
pub fn paths_of(row: &Row) -> Vec<String> {
    let item = match (row.item, row.shape) {
        ("", Shape::Singleton) => row.list.to_owned(),
        ("", _) => format!("{}/{{id}}", row.list),
        (item, _) => item.to_owned(),
    };
    let mut paths = vec![row.list.to_owned(), item.clone()];
    for child in row.children {
        if !SECRET_CHILDREN
            .iter()
            .any(|name| child.path.starts_with(name))
        {
            paths.push(format!("{item}/{}", child.path));
        }
    }
    if !row.definitions.is_empty() {
        paths.push(format!("{}/{{id}}", row.definitions));
    }
    if matches!(row.assigned, Assigned::Collection { .. }) {
        paths.push(format!("{item}/assignments"));
    }
    paths
}
