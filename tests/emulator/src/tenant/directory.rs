//! What hangs together in the directory: members, nesting, devices of users, changes since.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::answer::Ask;
use super::collection::{Collection, Source};
use super::errors;
use super::odata::query::Refused;
use super::odata::render::{Place, object};
use super::page::Rows;
use super::path::Segment;
use super::people;
use super::world::World;
use crate::graph::GraphAnswer;

/// A directory object by kind and index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Member {
    User(usize),
    Device(usize),
    Group(usize),
}

/// Directory objects of several kinds, each with its `@odata.type`.
struct Members<'a>(&'a World, Vec<Member>);

impl Rows for Members<'_> {
    fn len(&self) -> usize {
        self.1.len()
    }
    fn get(&self, index: usize) -> Option<Cow<'_, Value>> {
        Some(Cow::Owned(show(self.0, *self.1.get(index)?)))
    }
}

fn show(world: &World, member: Member) -> Value {
    let (name, value) = match member {
        Member::User(i) => ("user", people::user(world, i)),
        Member::Device(i) => ("device", people::device(world, i)),
        Member::Group(i) => match world.groups.get(i) {
            Some(group) => ("group", people::group(world, i, group)),
            None => ("group", Value::Null),
        },
    };
    let mut out = Map::new();
    out.insert(
        "@odata.type".into(),
        format!("#microsoft.graph.{name}").into(),
    );
    if let Value::Object(members) = value {
        out.extend(members);
    }
    Value::Object(out)
}

fn direct(world: &World, group: usize) -> Vec<Member> {
    let mut found = Vec::new();
    let users = (0..world.user_count()).filter(|i| world.groups.has_user(group, *i));
    found.extend(users.map(Member::User));
    let devices = (0..people::device_count(world)).filter(|i| world.groups.has_device(group, *i));
    found.extend(devices.map(Member::Device));
    if let Some(group) = world.groups.get(group) {
        found.extend(group.nested.iter().copied().map(Member::Group));
    }
    found
}

fn groups_of(world: &World, member: Member) -> Vec<usize> {
    (0..world.groups.len())
        .filter(|g| match member {
            Member::User(i) => world.groups.has_user(*g, i),
            Member::Device(i) => world.groups.has_device(*g, i),
            Member::Group(i) => world.groups.get(*g).is_some_and(|g| g.nested.contains(&i)),
        })
        .collect()
}

/// The directory objects behind a navigation property; `None` when it is none of the directory's.
pub(super) fn related(world: &World, of: Member, name: &str) -> Option<Vec<Member>> {
    let groups = |found: Vec<usize>| found.into_iter().map(Member::Group).collect();
    Some(match (of, name) {
        (Member::Group(g), "members") => direct(world, g),
        (Member::Group(g), "transitiveMembers") => {
            let mut all = BTreeSet::new();
            for group in world.groups.below(g) {
                all.extend(direct(world, group));
            }
            all.remove(&Member::Group(g));
            all.into_iter().collect()
        }
        (Member::Group(g), "owners") => vec![Member::User(1 + g % 7)],
        (_, "memberOf") => groups(groups_of(world, of)),
        (_, "transitiveMemberOf") => groups(world.groups.above(groups_of(world, of))),
        (Member::User(u), "ownedDevices" | "registeredDevices") => (0..people::device_count(world))
            .filter(|d| people::owner(world, *d) == Some(u))
            .map(Member::Device)
            .collect(),
        (Member::Device(d), "registeredOwners" | "registeredUsers") => people::owner(world, d)
            .map(Member::User)
            .into_iter()
            .collect(),
        _ => return None,
    })
}

/// Answers a navigation property of a user, group or device.
pub(super) fn navigate(
    ask: &Ask<'_>,
    c: &Collection,
    index: usize,
    first: &Segment,
    rest: &[Segment],
) -> Option<GraphAnswer> {
    let world = ask.world();
    let name = first.text();
    let of = match c.source {
        Source::Users => Member::User(index),
        Source::Groups => Member::Group(index),
        Source::Devices => Member::Device(index),
        Source::ManagedDevices => return managed(ask, index, name),
        _ => return None,
    };
    let mut found = related(world, of, name)?;
    let mut rest = rest;
    if let Some(Segment::Cast(cast)) = rest.first() {
        found.retain(|m| kind(*m) == cast);
        rest = &rest[1..];
    }
    let rows = Members(world, found);
    match rest.first().map(Segment::text) {
        None => {
            let page = if name.ends_with("emberOf") || name.ends_with("embers") {
                100
            } else {
                0
            };
            Some(
                ask.listing(&ask.query, page, true, "directoryObjects")
                    .answer(&rows),
            )
        }
        Some("$count") => Some(GraphAnswer::ok(
            ask.listing(&ask.query, 0, true, "").count(&rows).into(),
        )),
        Some(_) => None,
    }
}

fn kind(member: Member) -> &'static str {
    match member {
        Member::User(_) => "user",
        Member::Device(_) => "device",
        Member::Group(_) => "group",
    }
}

fn managed(ask: &Ask<'_>, index: usize, name: &str) -> Option<GraphAnswer> {
    let world = ask.world();
    let rows: Vec<Value> = match name {
        "users" => people::owner(world, index)
            .map(|u| people::user(world, u))
            .into_iter()
            .collect(),
        "deviceConfigurationStates" | "deviceCompliancePolicyStates" => {
            people::states(world, index, name)
        }
        "detectedApps" => match people::detected_apps(world, index) {
            Value::Array(apps) => apps,
            _ => Vec::new(),
        },
        _ => return None,
    };
    let context = format!("deviceManagement/managedDevices/{name}");
    let listing = ask.listing(&ask.query, world.options.page, false, &context);
    Some(listing.answer(&rows.as_slice()))
}

/// `POST /directoryObjects/getByIds`
pub(super) fn by_ids(ask: &Ask<'_>) -> GraphAnswer {
    let world = ask.world();
    let body = ask.request.body.as_ref().unwrap_or(&Value::Null);
    let strings = |name: &str| -> Option<Vec<&str>> {
        body.get(name)?
            .as_array()
            .map(|a| a.iter().filter_map(Value::as_str).collect())
    };
    let Some(ids) = strings("ids") else {
        return GraphAnswer::error(400, "Request_BadRequest", "Property ids is required.");
    };
    if ids.len() > 1_000 {
        let text = "Too many elements: at most 1000 ids may be given.";
        return GraphAnswer::error(400, "Request_BadRequest", text);
    }
    let types = strings("types").unwrap_or_default();
    let context = format!(
        "{}/{}/$metadata#directoryObjects",
        ask.request.base, ask.request.version
    );
    let value: Vec<Value> = ids
        .iter()
        .filter_map(|id| find(world, id))
        .filter(|m| {
            types.is_empty()
                || types
                    .iter()
                    .any(|t| *t == kind(*m) || *t == "directoryObject")
        })
        .map(|m| object(&show(world, m), &ask.query, Place::List, &context, world))
        .collect();
    GraphAnswer::ok(json!({"@odata.context": context, "value": value}))
}

fn find(world: &World, id: &str) -> Option<Member> {
    let device = || people::device_ids(world).index(id, people::device_count(world));
    world
        .user_index(id)
        .map(Member::User)
        .or_else(|| world.groups.index(id).map(Member::Group))
        .or_else(|| device().map(Member::Device))
}

/// `…/delta`: everything in pages, then a link; behind the link two changes, then none.
pub(super) fn delta(ask: &Ask<'_>, c: &Collection) -> GraphAnswer {
    let (world, query) = (ask.world(), &ask.query);
    if !matches!(c.source, Source::Users | Source::Groups | Source::Devices) {
        return GraphAnswer::no_such_segment("/delta");
    }
    if query.top.is_some() || !query.expand.is_empty() || !query.orderby.is_empty() {
        let text = "A delta query does not take $top, $expand or $orderby.";
        return errors::refused(&ask.request.path, &Refused::Malformed(text.to_owned()));
    }
    let listing = ask.listing(query, 200, true, c.path.trim_start_matches('/'));
    let link = |token: &str| listing.link("$deltatoken", token);
    let context = format!(
        "{}/{}/$metadata#{}/$delta",
        ask.request.base,
        ask.request.version,
        c.path.trim_start_matches('/')
    );
    let fixed = |value: Value, token: &str| {
        GraphAnswer::ok(json!({
            "@odata.context": context, "@odata.deltaLink": link(token), "value": value}))
    };
    match query.deltatoken.as_deref() {
        None => {}
        Some("latest") => return fixed(json!([]), "R1aaaa"),
        Some("R1aaaa") => return fixed(changes(ask, c), "R2bbbb"),
        Some("R2bbbb") => return fixed(json!([]), "R2bbbb"),
        Some(_) => {
            let start = format!(
                "{}/{}{}",
                ask.request.base, ask.request.version, ask.request.path
            );
            return errors::bad_token(&ask.request.path, true).with_header("Location", &start);
        }
    }
    let rows = WithMembers {
        world,
        c,
        members: wants_members(ask, c),
    };
    let mut answer = listing.answer(&rows);
    if answer.status == 200 {
        answer.body["@odata.context"] = context.clone().into();
        if answer.body.get("@odata.nextLink").is_none() {
            answer.body["@odata.deltaLink"] = link("R1aaaa").into();
        }
    }
    answer
}

fn wants_members(ask: &Ask<'_>, c: &Collection) -> bool {
    let select = &ask.query.select;
    matches!(c.source, Source::Groups)
        && (select.is_empty() || select.iter().any(|s| s == "members"))
}

/// Groups with the first of their members, as a delta shows them.
struct WithMembers<'a> {
    world: &'a World,
    c: &'a Collection,
    members: bool,
}

impl Rows for WithMembers<'_> {
    fn len(&self) -> usize {
        self.c.len(self.world)
    }
    fn get(&self, index: usize) -> Option<Cow<'_, Value>> {
        let mut row = self.c.get(self.world, index)?.into_owned();
        if self.members {
            let members: Vec<Value> = direct(self.world, index)
                .into_iter()
                .map(|m| json!({"@odata.type": format!("#microsoft.graph.{}", kind(m)), "id": show(self.world, m)["id"]}))
                .collect();
            if !members.is_empty() {
                row["members@delta"] = members.into();
            }
        }
        Some(Cow::Owned(row))
    }
}

fn changes(ask: &Ask<'_>, c: &Collection) -> Value {
    let world = ask.world();
    let changed = c
        .get(world, 7)
        .map(|o| object(&o, &ask.query, Place::List, "", world));
    let removed = c
        .get(world, 11)
        .map(|o| json!({"id": o["id"], "@removed": {"reason": "changed"}}));
    changed.into_iter().chain(removed).collect()
}
