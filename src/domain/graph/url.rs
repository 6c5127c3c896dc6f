//! Addresses: building them from the catalog, and taking the relative part out of a `nextLink`.
//!
//! A `nextLink` is foreign text that decides where a token is sent, so only the configured origin passes.

use crate::catalog::ApiVersion;
use crate::permission::{self, Method};

/// Why a link of an answer is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkError {
    /// Scheme, host or port is not the configured Graph origin, or there is a user name in it.
    ForeignOrigin,
    /// The origin is right and the rest is not a path below `/v1.0` or `/beta`.
    Path,
}

impl LinkError {
    /// Stable name for [`crate::snapshot::Gap::detail`].
    pub const fn code(self) -> &'static str {
        match self {
            Self::ForeignOrigin => "nextLink: foreign origin",
            Self::Path => "nextLink: unexpected path",
        }
    }
}

/// The endpoint version and the rest (path and query as written, with the leading slash) of an
/// absolute link.
///
/// `origin` is the configured one, without a slash at the end: `https://graph.microsoft.com`.
/// Graph says to follow links verbatim; the path and the query are not changed.
pub fn relative(link: &str, origin: &str) -> Result<(ApiVersion, String), LinkError> {
    let rest = link
        .get(..origin.len())
        .filter(|start| start.eq_ignore_ascii_case(origin))
        .and_then(|_| link.get(origin.len()..))
        // What follows the authority starts with a slash, or the authority is a longer one.
        .filter(|rest| rest.starts_with('/'))
        .ok_or(LinkError::ForeignOrigin)?;
    let (version, path) = [ApiVersion::V1, ApiVersion::Beta]
        .into_iter()
        .find_map(|version| {
            let path = rest.strip_prefix('/')?.strip_prefix(version.segment())?;
            path.starts_with('/').then_some((version, path))
        })
        .ok_or(LinkError::Path)?;
    if is_safe_path(path) {
        Ok((version, path.to_owned()))
    } else {
        Err(LinkError::Path)
    }
}

/// No dot segments, fragments, backslashes, doubled slashes, blanks or control characters: what
/// was checked is then what a browser sends.
fn is_safe_path(text: &str) -> bool {
    let path = text.split('?').next().unwrap_or(text);
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '\\' | '#');
    let lower = path.to_ascii_lowercase().replace("%2e", ".");
    text.chars().all(plain)
        && !path.contains("//")
        && !lower.split('/').any(|s| s == "." || s == "..")
}

/// A path of the catalog with its query, percent-encoded. `query` is without `?` and may be empty.
pub fn build(path: &str, query: &str) -> String {
    let mut url = String::with_capacity(path.len() + query.len() + 8);
    url.push_str(path);
    if !query.is_empty() {
        url.push(if path.contains('?') { '&' } else { '?' });
        for byte in query.bytes() {
            push_encoded(&mut url, byte, b"-._~!$&'()*,;:@/?=+");
        }
    }
    url
}

/// An id as one path segment. `None` for ids that cannot be one: empty, `.`, `..`.
pub fn segment(id: &str) -> Option<String> {
    if id.is_empty() || id == "." || id == ".." {
        return None;
    }
    let mut out = String::with_capacity(id.len());
    for byte in id.bytes() {
        push_encoded(&mut out, byte, b"-._~");
    }
    Some(out)
}

/// True when the URL names one object by its id: it has no pages.
pub fn is_object(version: ApiVersion, url: &str) -> bool {
    let path = url.split('?').next().unwrap_or(url);
    permission::is_read_route(Method::Get, version, path)
        .is_some_and(|route| route.template().ends_with('}'))
}

/// The same list in smaller pages, for a second try after a gateway time-out; `None` when it asks
/// for small pages already, is not a list that expands, or is a link that Graph made.
pub fn smaller_pages(url: &str) -> Option<String> {
    if url.to_ascii_lowercase().contains("skip") {
        None
    } else if url.contains("$top=1000") {
        Some(url.replace("$top=1000", "$top=100"))
    } else if url.contains("$expand=") && !url.contains("$top=") {
        Some(format!("{url}&$top=50"))
    } else {
        None
    }
}

fn push_encoded(out: &mut String, byte: u8, also_plain: &[u8]) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    if byte.is_ascii_alphanumeric() || also_plain.contains(&byte) {
        out.push(byte as char);
    } else {
        out.push('%');
        out.push(HEX[usize::from(byte >> 4)] as char);
        out.push(HEX[usize::from(byte & 15)] as char);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_the_configured_origin_is_followed() {
        let origin = "https://graph.microsoft.com";
        for (link, expect) in [
            (
                "https://graph.microsoft.com/beta/groups?$skiptoken=A%20b",
                Ok((ApiVersion::Beta, "/groups?$skiptoken=A%20b".to_owned())),
            ),
            (
                "https://GRAPH.microsoft.com/v1.0/groups",
                Ok((ApiVersion::V1, "/groups".to_owned())),
            ),
            (
                "http://graph.microsoft.com/beta/groups",
                Err(LinkError::ForeignOrigin),
            ),
            (
                "https://graph.microsoft.com.evil.example/beta/x",
                Err(LinkError::ForeignOrigin),
            ),
            (
                "https://graph.microsoft.com@evil.example/beta/x",
                Err(LinkError::ForeignOrigin),
            ),
            (
                "https://me@graph.microsoft.com/beta/x",
                Err(LinkError::ForeignOrigin),
            ),
            (
                "https://graph.microsoft.com:8443/beta/x",
                Err(LinkError::ForeignOrigin),
            ),
            (
                "https://graph.microsoft.com:443/beta/x",
                Err(LinkError::ForeignOrigin),
            ),
            (
                "https:/graph.microsoft.com/beta/x",
                Err(LinkError::ForeignOrigin),
            ),
            (
                "https://graph.microsoft.com\u{ff0f}@evil.example/beta/x",
                Err(LinkError::ForeignOrigin),
            ),
            ("//evil.example/beta/x", Err(LinkError::ForeignOrigin)),
            ("/beta/groups", Err(LinkError::ForeignOrigin)),
            (
                "https://graph.microsoft.com/betamax/x",
                Err(LinkError::Path),
            ),
            (
                "https://graph.microsoft.com/beta/../v1.0/x",
                Err(LinkError::Path),
            ),
            (
                "https://graph.microsoft.com/beta/a/%2E%2e/x",
                Err(LinkError::Path),
            ),
            (
                "https://graph.microsoft.com/beta//evil.example",
                Err(LinkError::Path),
            ),
            ("https://graph.microsoft.com/beta/x#y", Err(LinkError::Path)),
            (
                "https://graph.microsoft.com/beta/x\\y",
                Err(LinkError::Path),
            ),
            ("", Err(LinkError::ForeignOrigin)),
        ] {
            assert_eq!(relative(link, origin), expect, "{link}");
        }
    }

    #[test]
    fn queries_are_encoded_and_ids_stay_one_segment() {
        assert_eq!(build("/a", ""), "/a");
        assert_eq!(
            build("/a", "$filter=(x eq null or y eq 'b')&$top=5"),
            "/a?$filter=(x%20eq%20null%20or%20y%20eq%20'b')&$top=5"
        );
        assert_eq!(segment("a_b-1").as_deref(), Some("a_b-1"));
        assert_eq!(
            segment("a/../b?c=é").as_deref(),
            Some("a%2F..%2Fb%3Fc%3D%C3%A9")
        );
        assert_eq!(segment(".."), None);
        assert_eq!(segment(""), None);
    }

    #[test]
    fn a_second_try_asks_for_smaller_pages() {
        for (url, expect) in [
            (
                "/x/settings?$expand=a&$top=1000",
                Some("/x/settings?$expand=a&$top=100"),
            ),
            (
                "/x?$expand=assignments",
                Some("/x?$expand=assignments&$top=50"),
            ),
            ("/x?$expand=a&$skiptoken=1", None),
            ("/x/settings?$expand=a&$top=1000&%24skiptoken=1", None),
            ("/x/settings?$expand=a&$top=1000&$skip=1000", None),
            ("/x?$expand=assignments&$top=50", None),
            ("/identity/conditionalAccess/policies", None),
        ] {
            assert_eq!(smaller_pages(url).as_deref(), expect, "{url}");
        }
    }
}
