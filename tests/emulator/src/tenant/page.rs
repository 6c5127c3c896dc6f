//! Lists: filtered, ordered, cut into pages that an opaque link continues.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::errors;
use super::ids::hash;
use super::odata::filter::{at, order};
use super::odata::query::{Query, Refused};
use super::odata::render::{Navigate, Place, object};
use crate::graph::{GraphAnswer, GraphRequest, is_intune};

/// Something that can be listed.
pub(super) trait Rows {
    /// How many there are before any filter.
    fn len(&self) -> usize;
    /// One of them.
    fn get(&self, index: usize) -> Option<Cow<'_, Value>>;
}

impl Rows for &[Value] {
    fn len(&self) -> usize {
        <[Value]>::len(self)
    }
    fn get(&self, index: usize) -> Option<Cow<'_, Value>> {
        <[Value]>::get(self, index).map(Cow::Borrowed)
    }
}

/// What a list needs to know besides the query.
pub(super) struct Listing<'a> {
    pub(super) request: &'a GraphRequest,
    pub(super) query: &'a Query,
    /// Default page size; 0: does not page.
    pub(super) page: usize,
    /// Directory objects: strict rules, no count unless asked.
    pub(super) directory: bool,
    /// Behind `$metadata#`.
    pub(super) context: String,
    pub(super) navigate: &'a dyn Navigate,
}

impl Listing<'_> {
    /// The answer with one page.
    pub(super) fn answer(&self, rows: &dyn Rows) -> GraphAnswer {
        match self.cut(rows) {
            Ok(body) => GraphAnswer::ok(body),
            Err(refused) => errors::refused(&self.request.path, &refused),
        }
    }

    /// How many pass, as `/$count` answers.
    pub(super) fn count(&self, rows: &dyn Rows) -> usize {
        let simple = self.query.filter.is_none() && self.query.search.is_empty();
        if simple {
            return rows.len();
        }
        (0..rows.len())
            .filter(|i| rows.get(*i).is_some_and(|row| self.passes(&row)))
            .count()
    }

    fn cut(&self, rows: &dyn Rows) -> Result<Value, Refused> {
        let size = self.size()?;
        let check = self.check();
        let start = match &self.query.skiptoken {
            None => 0,
            Some(token) => read_token(token, check).ok_or_else(|| {
                Refused::Malformed("Skip token is null, or is not one that was handed out.".into())
            })?,
        };
        let first = self.query.skiptoken.is_none();
        let skip = if first { self.query.skip } else { 0 };
        let ordered = (!self.query.orderby.is_empty()).then(|| self.ordered(rows));
        let end = ordered.as_ref().map_or(rows.len(), Vec::len);
        let context = format!(
            "{}/{}/$metadata#{}",
            self.request.base, self.request.version, self.context
        );
        let (mut value, mut next, mut skipped) = (Vec::new(), None, 0);
        for position in start..end {
            let index = ordered.as_ref().map_or(position, |o| o[position]);
            let Some(row) = rows.get(index) else { break };
            if ordered.is_none() && !self.passes(&row) {
                continue;
            }
            if skipped < skip {
                skipped += 1;
                continue;
            }
            if value.len() == size {
                next = Some(position);
                break;
            }
            value.push(object(
                &row,
                self.query,
                Place::List,
                &context,
                self.navigate,
            ));
        }
        let mut body = Map::new();
        body.insert("@odata.context".into(), self.shown(&context).into());
        let intune = is_intune(&self.request.path);
        if first && (self.query.count || (intune && !self.directory)) {
            body.insert("@odata.count".into(), self.count(rows).into());
        }
        if let Some(position) = next {
            let link = self.link("$skiptoken", &write_token(position, check));
            body.insert("@odata.nextLink".into(), link.into());
        }
        body.insert("value".into(), value.into());
        Ok(Value::Object(body))
    }

    fn size(&self) -> Result<usize, Refused> {
        let Some(top) = self.query.top else {
            return Ok(if self.page == 0 {
                usize::MAX
            } else {
                self.page
            });
        };
        if self.directory && top > 999 {
            return Err(Refused::Malformed(format!(
                "Invalid page size specified: '{top}'. Must be between 1 and 999 inclusive."
            )));
        }
        Ok(top.min(1_000))
    }

    fn passes(&self, row: &Value) -> bool {
        self.query.filter.as_ref().is_none_or(|f| f.accepts(row))
            && self.query.search.iter().all(|(property, text)| {
                let has = |name: &str| {
                    at(row, &[name.to_owned()])
                        .as_str()
                        .is_some_and(|v| v.to_lowercase().contains(text))
                };
                match property.as_str() {
                    "" => has("displayName") || has("name") || has("deviceName"),
                    name => has(name),
                }
            })
    }

    fn ordered(&self, rows: &dyn Rows) -> Vec<usize> {
        let paths: Vec<(Vec<String>, bool)> = self
            .query
            .orderby
            .iter()
            .map(|(p, down)| (p.split('/').map(str::to_owned).collect(), *down))
            .collect();
        let mut keyed: Vec<(Vec<Value>, usize)> = (0..rows.len())
            .filter_map(|i| rows.get(i).map(|row| (i, row)))
            .filter(|(_, row)| self.passes(row))
            .map(|(i, row)| (paths.iter().map(|(p, _)| at(&row, p).clone()).collect(), i))
            .collect();
        keyed.sort_by(|(a, _), (b, _)| {
            for ((a, b), (_, down)) in a.iter().zip(b).zip(&paths) {
                let by = order(a, b).unwrap_or_else(|| b.is_null().cmp(&a.is_null()));
                if by != Ordering::Equal {
                    return if *down { by.reverse() } else { by };
                }
            }
            Ordering::Equal
        });
        keyed.into_iter().map(|(_, i)| i).collect()
    }

    /// The context with the selected and expanded names, as the service writes them.
    fn shown(&self, context: &str) -> String {
        let mut names = self.query.select.clone();
        names.extend(self.query.expand.iter().map(|(n, _)| format!("{n}()")));
        if names.is_empty() {
            return context.to_owned();
        }
        format!("{context}({})", names.join(","))
    }

    /// The request's own address with a token.
    pub(super) fn link(&self, name: &str, token: &str) -> String {
        let r = self.request;
        let mut url = format!("{}/{}{}?", r.base, r.version, encode(&r.path, "/"));
        for (key, value) in &r.query {
            let lower = key.to_ascii_lowercase();
            if !matches!(lower.as_str(), "$skip" | "$skiptoken" | "$deltatoken") {
                url.push_str(&format!("{key}={}&", encode(value, "/")));
            }
        }
        url.push_str(&format!("{name}={token}"));
        url
    }

    fn check(&self) -> u32 {
        let mut text = self.request.path.to_lowercase();
        for (key, value) in &self.request.query {
            if matches!(key.as_str(), "$filter" | "$orderby" | "$search") {
                text.push_str(value);
            }
        }
        u32::try_from(hash(&text) >> 32).unwrap_or_default()
    }
}

fn write_token(position: usize, check: u32) -> String {
    let position = u32::try_from(position).unwrap_or(u32::MAX);
    format!(
        "RFNwdAIAAQ{check:08x}{:08x}",
        position ^ check.rotate_left(9)
    )
}

fn read_token(token: &str, check: u32) -> Option<usize> {
    let rest = token.strip_prefix("RFNwdAIAAQ")?;
    let number = |text: Option<&str>| u32::from_str_radix(text?, 16).ok();
    if number(rest.get(..8))? != check {
        return None;
    }
    usize::try_from(number(rest.get(8..))? ^ check.rotate_left(9)).ok()
}

/// Percent-encodes what a query or path may not hold.
pub(super) fn encode(text: &str, keep: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let c = char::from(byte);
        if byte.is_ascii_alphanumeric() || "-._~$'(),;:@*=".contains(c) || keep.contains(c) {
            out.push(c);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
