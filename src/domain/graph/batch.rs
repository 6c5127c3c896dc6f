//! JSON batching: up to 20 reads in one POST, answers in any order.
//!
//! Graph: "Combine multiple HTTP requests using JSON batching". Every read goes this way, because a
//! browser cannot read `Retry-After` of a direct answer everywhere, and an inner answer's headers are text.

use std::borrow::Cow;

use crate::json::{Json, Object};

/// The most requests of one batch.
pub const LIMIT: usize = 20;

/// The body of a batch of GET requests: id and relative URL of each.
pub fn build<'a>(requests: impl Iterator<Item = (u32, &'a str)>) -> String {
    let requests = requests
        .map(|(id, url)| {
            Json::Object(Object(vec![
                text("id", id.to_string()),
                text("method", "GET"),
                text("url", url),
                (
                    "headers".into(),
                    Json::Object(Object(vec![text(
                        "Accept",
                        "application/json;odata.metadata=minimal",
                    )])),
                ),
            ]))
        })
        .collect();
    Json::Object(Object(vec![("requests".into(), Json::Array(requests))])).to_text()
}

fn text<'a>(key: &'static str, value: impl Into<Cow<'a, str>>) -> (Cow<'a, str>, Json<'a>) {
    (key.into(), Json::String(value.into()))
}

/// One answer inside a batch.
#[derive(Debug, PartialEq)]
pub struct Inner<'a> {
    /// The request's id.
    pub id: u32,
    /// HTTP status.
    pub status: u16,
    /// `Retry-After` as written.
    pub retry_after: Option<Cow<'a, str>>,
    /// `WWW-Authenticate` as written.
    pub www_authenticate: Option<Cow<'a, str>>,
    /// `null` where there is none.
    pub body: Json<'a>,
}

/// The answer is not one of a batch: cut off, or something else altogether.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotABatch;

/// Reads the answer of a batch. Entries that have no usable id or status are left out: what was
/// asked and is not in the answer counts as not answered.
pub fn read(body: &str) -> Result<Vec<Inner<'_>>, NotABatch> {
    let Ok(Json::Object(outer)) = Json::parse(body) else {
        return Err(NotABatch);
    };
    let responses = outer.0.into_iter().rev().find(|(k, _)| k == "responses");
    let Some((_, Json::Array(responses))) = responses else {
        return Err(NotABatch);
    };
    Ok(responses.into_iter().filter_map(inner).collect())
}

fn inner(entry: Json<'_>) -> Option<Inner<'_>> {
    let Json::Object(entry) = entry else {
        return None;
    };
    let (mut id, mut status) = (None, None);
    let (mut retry_after, mut www_authenticate, mut body) = (None, None, Json::Null);
    for (key, value) in entry.0 {
        match (key.as_ref(), value) {
            ("id", Json::String(text)) => id = text.parse().ok(),
            ("id", Json::Int(number)) => id = u32::try_from(number).ok(),
            ("status", Json::Int(number)) => status = u16::try_from(number).ok(),
            ("headers", Json::Object(headers)) => {
                for (name, value) in headers.0 {
                    let value = match value {
                        Json::String(text) => text,
                        Json::Int(number) => number.to_string().into(),
                        _ => continue,
                    };
                    if name.eq_ignore_ascii_case("Retry-After") {
                        retry_after = Some(value);
                    } else if name.eq_ignore_ascii_case("WWW-Authenticate") {
                        www_authenticate = Some(value);
                    }
                }
            }
            ("body", value) => body = value,
            _ => {}
        }
    }
    Some(Inner {
        id: id?,
        status: status?,
        retry_after,
        www_authenticate,
        body,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_batch_names_relative_urls() {
        assert_eq!(
            build([(7, "/groups?$top=5")].into_iter()),
            concat!(
                r#"{"requests":[{"id":"7","method":"GET","url":"/groups?$top=5","#,
                r#""headers":{"Accept":"application/json;odata.metadata=minimal"}}]}"#
            )
        );
    }

    #[test]
    fn answers_keep_their_ids_and_headers() {
        let text = r#"{"responses":[
            {"id":"2","status":429,"headers":{"retry-after":"3.5"},"body":{"error":{}}},
            {"id":"1","status":200,"body":{"value":[]}},
            {"id":"x","status":200,"body":{}},
            {"status":200},
            3
        ]}"#;
        let answers = read(text).unwrap();
        assert_eq!(answers.len(), 2);
        assert_eq!((answers[0].id, answers[0].status), (2, 429));
        assert_eq!(answers[0].retry_after.as_deref(), Some("3.5"));
        assert_eq!((answers[1].id, answers[1].status), (1, 200));
    }

    #[test]
    fn what_is_cut_off_is_no_batch() {
        for text in ["", "{\"responses\":[{\"id\":\"1\"", "[]", "{}", "<html>"] {
            assert_eq!(read(text).err(), Some(NotABatch), "{text}");
        }
    }
}
