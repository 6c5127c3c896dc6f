//! One page of an OData collection, and the guard against lists that never end.
//!
//! Graph: "Paging Microsoft Graph data in your app".

use std::collections::HashSet;

use crate::json::Json;

/// A page: its elements and the link to the next one.
#[derive(Debug, PartialEq)]
pub struct Page<'a> {
    /// The elements of `value`.
    pub items: Vec<Json<'a>>,
    /// `@odata.nextLink`, absolute; `None` on the last page.
    pub next: Option<String>,
}

/// Why an answer is not a page, or why the next one is not asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageError {
    /// There is no `value` array.
    NoValue,
    /// `@odata.nextLink` is not a text.
    BadLink,
    /// This `nextLink` was followed before.
    Repeats,
    /// Page after page without an element.
    Endless,
}

impl PageError {
    /// Stable name for [`crate::snapshot::Gap::detail`].
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoValue => "no value array",
            Self::BadLink => "nextLink is not a text",
            Self::Repeats => "nextLink repeats",
            Self::Endless => "empty pages without end",
        }
    }
}

/// Reads a page out of a parsed answer.
pub fn read(answer: Json<'_>) -> Result<Page<'_>, PageError> {
    let Json::Object(object) = answer else {
        return Err(PageError::NoValue);
    };
    let (mut items, mut next) = (None, None);
    for (key, value) in object.0 {
        match (key.as_ref(), value) {
            ("value", Json::Array(elements)) => items = Some(elements),
            ("@odata.nextLink", Json::String(link)) => next = Some(link.into_owned()),
            ("@odata.nextLink", Json::Null) => {}
            ("@odata.nextLink", _) => return Err(PageError::BadLink),
            _ => {}
        }
    }
    match items {
        Some(items) => Ok(Page { items, next }),
        None => Err(PageError::NoValue),
    }
}

/// Remembers the links of one list. An empty page with a link is normal; the same link twice is not.
#[derive(Debug, Default)]
pub struct LoopGuard {
    seen: HashSet<String>,
    empty: u16,
}

impl LoopGuard {
    /// Takes note of a page. An error means that the list must not be followed further.
    pub fn check(&mut self, items: usize, next: &str) -> Result<(), PageError> {
        const EMPTY_LIMIT: u16 = 100;
        self.empty = if items == 0 { self.empty + 1 } else { 0 };
        if self.empty >= EMPTY_LIMIT {
            return Err(PageError::Endless);
        }
        if self.seen.insert(next.to_owned()) {
            Ok(())
        } else {
            Err(PageError::Repeats)
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn pages() {
        let page = read(Json::parse(r#"{"@odata.nextLink":"n","value":[1,2]}"#).unwrap()).unwrap();
        assert_eq!((page.items.len(), page.next.as_deref()), (2, Some("n")));
        for (text, expect) in [
            ("[]", PageError::NoValue),
            ("{}", PageError::NoValue),
            (r#"{"value":{}}"#, PageError::NoValue),
            (r#"{"value":[],"@odata.nextLink":7}"#, PageError::BadLink),
        ] {
            assert_eq!(read(Json::parse(text).unwrap()), Err(expect), "{text}");
        }
        let last = read(Json::parse(r#"{"value":[],"@odata.nextLink":null}"#).unwrap()).unwrap();
        assert_eq!(last.next, None);
    }

    #[test]
    fn lists_that_never_end_are_stopped() {
        let mut guard = LoopGuard::default();
        assert_eq!(guard.check(1, "a"), Ok(()));
        assert_eq!(guard.check(0, "b"), Ok(()));
        assert_eq!(guard.check(1, "a"), Err(PageError::Repeats));

        let mut guard = LoopGuard::default();
        let stopped = (0..200).find(|n| guard.check(0, &n.to_string()).is_err());
        assert_eq!(stopped, Some(99));
    }
}
