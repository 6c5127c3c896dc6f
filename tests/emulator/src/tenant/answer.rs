//! From a path to an answer.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::collection::{Collection, Source};
use super::errors;
use super::odata::filter::Filter;
use super::odata::query::{Query, Refused};
use super::odata::render::{Navigate, Place, object, plain};
use super::page::{Listing, Rows};
use super::path::{Segment, segments};
use super::world::World;
use super::{Tenant, apps, audits, directory, rights, settings, sign_ins};
use crate::graph::{GraphAnswer, GraphRequest};

/// A collection's objects as rows.
struct Whole<'a>(&'a Collection, &'a World);

impl Rows for Whole<'_> {
    fn len(&self) -> usize {
        self.0.len(self.1)
    }
    fn get(&self, index: usize) -> Option<Cow<'_, Value>> {
        self.0.get(self.1, index)
    }
}

/// One request on its way through the tenant.
pub(super) struct Ask<'a> {
    pub(super) tenant: &'a Tenant,
    pub(super) request: &'a GraphRequest,
    pub(super) query: Query,
}

impl Ask<'_> {
    /// Finds what the path names, and answers.
    pub(super) fn run(&self) -> GraphAnswer {
        let path = segments(&self.own_path());
        match self.tenant.collection(&self.request.version, &path) {
            Some((collection, rest)) => self.collection(collection, rest),
            None => GraphAnswer::no_such_segment(&self.request.path),
        }
    }

    /// `/me` is a user, and an application has two keys.
    fn own_path(&self) -> String {
        let path = &self.request.path;
        if let Some(path) = apps::by_id(self.tenant, path) {
            return path;
        }
        match path.strip_prefix("/me") {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => {
                format!("/users/{}{rest}", self.request.user.oid)
            }
            _ => path.clone(),
        }
    }

    fn collection(&self, c: &Collection, rest: &[Segment]) -> GraphAnswer {
        if let Source::One(one) = &c.source {
            return match one {
                None => GraphAnswer::not_found(&self.request.path),
                Some(one) if rest.is_empty() => self.item(c, one),
                Some(one) => self.navigate(c, one, None, rest),
            };
        }
        let Some((first, rest)) = rest.split_first() else {
            return self.list(c, &Whole(c, self.world()), None);
        };
        match first {
            Segment::Cast(cast) if rest.is_empty() => {
                self.list(c, &Whole(c, self.world()), Some(cast))
            }
            Segment::Call(name, on) if name == "filterByCurrentUser" && rest.is_empty() => {
                if on.iter().any(|on| on == "principal") {
                    let own = rights::own(c, &self.request.user.oid);
                    self.list(c, &own.as_slice(), None)
                } else {
                    GraphAnswer::error(400, "BadRequest", "The value of 'on' is not supported.")
                }
            }
            Segment::Call(name, _) if name == "delta" => directory::delta(self, c),
            Segment::Plain(name) if name == "delta" => directory::delta(self, c),
            Segment::Plain(name) if name == "$count" => self.count(c),
            key => {
                let world = self.world();
                let index = c.index(world, key.text());
                let Some((index, found)) = index.and_then(|i| Some((i, c.get(world, i)?))) else {
                    return GraphAnswer::not_found(&self.request.path);
                };
                let rest: Vec<Segment> = rest
                    .iter()
                    .filter(|s| c.directory || !matches!(s, Segment::Cast(_)))
                    .cloned()
                    .collect();
                if rest.is_empty() {
                    self.item(c, &found)
                } else {
                    self.navigate(c, &found, Some(index), &rest)
                }
            }
        }
    }

    pub(super) fn world(&self) -> &World {
        &self.tenant.world
    }

    fn item(&self, c: &Collection, found: &Value) -> GraphAnswer {
        if let Err(answer) = self.expandable(c, Some(found)) {
            return answer;
        }
        let context = format!("{}/$entity", c.path.trim_start_matches('/'));
        GraphAnswer::ok(self.with_context(found, &context))
    }

    fn with_context(&self, found: &Value, context: &str) -> Value {
        let context = format!(
            "{}/{}/$metadata#{context}",
            self.request.base, self.request.version
        );
        let mut out = Map::new();
        out.insert("@odata.context".into(), context.clone().into());
        let shown = object(found, &self.query, Place::Item, &context, self.world());
        if let Value::Object(members) = shown {
            out.extend(members);
        }
        Value::Object(out)
    }

    fn list(&self, c: &Collection, rows: &dyn Rows, cast: Option<&str>) -> GraphAnswer {
        if c.no_list_expand && !self.query.expand.is_empty() {
            return errors::no_navigation(
                &self.request.path,
                &self.query.expand[0].0,
                &c.graph_type,
            );
        }
        if let Err(answer) = self.expandable(c, None).and(self.allowed(c)) {
            return answer;
        }
        let mut query = self.query.clone();
        if c.ignores_filter {
            query.filter = None;
        }
        if let Some(cast) = cast {
            let isof = Filter::IsOf(format!("microsoft.graph.{cast}"));
            query.filter = Some(match query.filter.take() {
                Some(f) => Filter::And(Box::new(isof), Box::new(f)),
                None => isof,
            });
        }
        self.listing(&query, c.page, c.directory, c.path.trim_start_matches('/'))
            .answer(rows)
    }

    /// What a page of rows needs.
    pub(super) fn listing<'b>(
        &'b self,
        query: &'b Query,
        page: usize,
        directory: bool,
        context: &str,
    ) -> Listing<'b> {
        Listing {
            request: self.request,
            query,
            page,
            directory,
            context: context.to_owned(),
            navigate: self.world(),
        }
    }

    fn count(&self, c: &Collection) -> GraphAnswer {
        let eventual = self.eventual();
        if c.directory && !eventual {
            return errors::refused(&self.request.path, &Refused::Advanced);
        }
        let rows = Whole(c, self.world());
        let listing = self.listing(&self.query, 0, c.directory, "");
        GraphAnswer::ok(listing.count(&rows).into())
    }

    fn eventual(&self) -> bool {
        self.request
            .header("ConsistencyLevel")
            .is_some_and(|v| v.eq_ignore_ascii_case("eventual"))
    }

    /// Refuses an `$expand` of what is no navigation property.
    fn expandable(&self, c: &Collection, object: Option<&Value>) -> Result<(), GraphAnswer> {
        for (path, _) in &self.query.expand {
            let name = path.rsplit('/').next().unwrap_or(path);
            let known = c.navigation.contains(name)
                || object.is_some_and(|o| o.get(format!("+{name}")).is_some());
            if !known {
                return Err(errors::no_navigation(
                    &self.request.path,
                    name,
                    &c.graph_type,
                ));
            }
        }
        Ok(())
    }

    /// Refuses the queries that the service refuses for this collection.
    fn allowed(&self, c: &Collection) -> Result<(), GraphAnswer> {
        let refuse = |why: Refused| Err(errors::refused(&self.request.path, &why));
        let query = &self.query;
        let (mut named, mut advanced, mut text, mut isof) =
            (Vec::new(), false, String::new(), false);
        if let Some(filter) = &query.filter {
            advanced = filter.visit(&mut |path| named.push(path.join("/")));
            text = self
                .request
                .option("$filter")
                .unwrap_or_default()
                .to_lowercase();
            isof = text.contains("isof(");
        }
        if let Some(missing) = c.must_filter.iter().find(|m| !named.contains(m)) {
            return refuse(Refused::Malformed(format!(
                "The filter is invalid: a filter on '{missing}' is required."
            )));
        }
        if c.path == sign_ins::PATH
            && let Some(why) = sign_ins::refuse(query, &named, &text)
        {
            return refuse(why);
        }
        if c.directory {
            let header = self.eventual();
            let needs_count = advanced || (query.filter.is_some() && !query.orderby.is_empty());
            let needs_header = needs_count || query.count || !query.search.is_empty();
            if (needs_header && !header)
                || (needs_count && !query.count)
                || text.contains("contains(")
            {
                return refuse(Refused::Advanced);
            }
        } else if c.path == audits::DIRECTORY && [" gt ", " lt "].iter().any(|op| text.contains(op))
        {
            // `directoryAudit`: activityDateTime "Supports $filter (eq, ge, le)".
            return refuse(Refused::Malformed(
                "Invalid filter clause: only eq, ge and le are supported.".to_owned(),
            ));
        } else if text.contains("endswith(") || (isof && c.no_isof) {
            return refuse(Refused::Malformed(
                "The query specified in the URI is not valid. A function in the filter is not supported."
                    .to_owned(),
            ));
        }
        Ok(())
    }

    /// Follows navigation properties, functions and keys below an object.
    fn navigate(
        &self,
        c: &Collection,
        found: &Value,
        index: Option<usize>,
        rest: &[Segment],
    ) -> GraphAnswer {
        let Some((first, rest)) = rest.split_first() else {
            return self.item(c, found);
        };
        if let Some(index) = index
            && let Some(answer) = directory::navigate(self, c, index, first, rest)
        {
            return answer;
        }
        let name = first.text();
        if let Segment::Call(_, arguments) = first {
            return self.function(found, name, arguments);
        }
        let context = format!("{}/{name}", c.path.trim_start_matches('/'));
        let stored = ["+", "", "-", "~", "?"]
            .iter()
            .find_map(|mark| found.get(format!("{mark}{name}")))
            .map(Cow::Borrowed);
        let next = match stored.or_else(|| self.world().navigate(found, name).map(Cow::Owned)) {
            Some(next) => next,
            None if c.navigation.contains(name) => Cow::Owned(json!([])),
            None => return GraphAnswer::no_such_segment(&format!("/{name}")),
        };
        match (&*next, rest.first()) {
            (Value::Array(items), None) => {
                let page = self.world().options.page;
                self.listing(&self.query, page, false, &context)
                    .answer(&items.as_slice())
            }
            (Value::Array(items), Some(key)) => {
                let key = key.text();
                match items.iter().find(|i| i["id"].as_str() == Some(key)) {
                    Some(item) => self.navigate_item(c, item, &rest[1..], &context),
                    None => GraphAnswer::not_found(&self.request.path),
                }
            }
            // A structural property without a value is an empty answer, a missing object is not found.
            (Value::Null, None) if found.get(format!("+{name}")).is_none() => {
                GraphAnswer::status(204, Value::Null)
            }
            (Value::Null, _) => GraphAnswer::not_found(&self.request.path),
            (Value::Object(_), None) => GraphAnswer::ok(self.with_context(&next, &context)),
            (Value::Object(_), Some(_)) => self.navigate(c, &next, None, rest),
            (value, _) => GraphAnswer::ok(json!({
                "@odata.context": format!("{}/{}/$metadata#{context}", self.request.base, self.request.version),
                "value": plain(value)})),
        }
    }

    fn navigate_item(
        &self,
        c: &Collection,
        item: &Value,
        rest: &[Segment],
        context: &str,
    ) -> GraphAnswer {
        if rest.is_empty() {
            return GraphAnswer::ok(self.with_context(item, &format!("{context}/$entity")));
        }
        self.navigate(c, item, None, rest)
    }

    /// Functions below an object.
    fn function(&self, found: &Value, name: &str, arguments: &[String]) -> GraphAnswer {
        if name != "getOmaSettingPlainTextValue" {
            return GraphAnswer::no_such_segment(&format!("/{name}"));
        }
        let secret = found["omaSettings"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|s| {
                s["secretReferenceValueId"].as_str() == arguments.first().map(String::as_str)
            });
        match secret.and_then(|s| s.get("%plain")) {
            Some(value) => GraphAnswer::ok(json!({
                "@odata.context": format!("{}/{}/$metadata#Edm.String", self.request.base, self.request.version),
                "value": value})),
            None => GraphAnswer::not_found(&self.request.path),
        }
    }
}

impl Navigate for World {
    fn navigate(&self, object: &Value, name: &str) -> Option<Value> {
        let template = object["%template"].as_str().unwrap_or_default();
        let short = object.get("%settings")?;
        match name {
            "settings" => Some(settings::settings(&self.dictionary, short, template).into()),
            "settingTemplates" => {
                Some(settings::template_settings(&self.dictionary, short, template).into())
            }
            _ => None,
        }
    }
}
