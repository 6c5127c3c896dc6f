//! Who holds which rights: roles of Intune by groups, roles of the directory that open all of Intune.

use super::super::{known, text};
use super::events;
use crate::access::mine::actions;
use crate::arrange::Arrange;
use crate::hash::{QuickMap, QuickSet};
use crate::json::Json;
use crate::permission::{LIVE, Live, is_a};
use crate::protocol::{HeldRole, HolderKind, Known, LiveRead, RightsPart};
use crate::snapshot::{Gap, Reason};

/// Rights by Intune's name; a right is its place.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) all: Vec<String>,
    places: QuickMap<String, u32>,
}

impl Names {
    fn put(&mut self, name: &str) -> u32 {
        let next = self.all.len() as u32;
        let place = *self.places.entry(name.to_owned()).or_insert(next);
        if place == next {
            self.all.push(name.to_owned());
        }
        place
    }
}

/// A role of Intune, with the rights that change something.
#[derive(Debug)]
pub(super) struct Role {
    pub(super) name: String,
    pub(super) built_in: bool,
    pub(super) rights: QuickSet<u32>,
}

/// Somebody with a role.
#[derive(Debug)]
pub(super) struct Holding {
    pub(super) kind: HolderKind,
    pub(super) id: String,
    /// Client id of an application.
    pub(super) app: String,
    pub(super) name: String,
    /// User principal name, in lower case.
    pub(super) upn: String,
    pub(super) roles: Vec<HeldRole>,
    pub(super) rights: QuickSet<u32>,
    /// What a role of theirs allows was not in the answer.
    pub(super) vague: bool,
}

/// What was read of roles.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub(super) names: Names,
    pub(super) roles: QuickMap<String, Role>,
    pub(super) holders: Vec<Holding>,
    places: QuickMap<String, usize>,
    pub(super) gaps: Vec<(RightsPart, Gap)>,
}

/// A person, an application or a group as Graph has it.
#[derive(Debug, Clone)]
struct Principal {
    kind: HolderKind,
    id: String,
    app: String,
    name: String,
    upn: String,
}

/// One part of an assignment: a role for a principal, perhaps through a group.
struct Given<'a> {
    role: HeldRole,
    /// `None`: everything in Intune.
    rights: Option<&'a str>,
}

/// Members of a group, and whether that is all of them.
type Members = QuickMap<String, Known<Vec<Principal>>>;

/// Reads who holds what.
pub(super) fn read(reads: &[LiveRead]) -> Held {
    let mut held = Held::default();
    held.read_roles(reads);
    let members = members(reads, &mut held);
    let listed = known(reads, Live::IntuneAssignments, |_| Some(()));
    held.note(RightsPart::Assignments, listed.gap);
    let given = known(reads, Live::IntuneAssignment, |json| Some(intune(json)));
    held.note(RightsPart::Assignments, given.gap);
    for (definition, name, groups) in given.value {
        for id in groups {
            let group = Principal::of(HolderKind::Group, &id);
            held.give(&group, &members, |by| Given {
                role: HeldRole {
                    name: name.clone(),
                    entra: false,
                    by,
                    eligible: false,
                },
                rights: Some(&definition),
            });
        }
    }
    for (what, part) in [
        (Live::DirectoryAssignments, RightsPart::Directory),
        (Live::DirectoryEligible, RightsPart::Eligible),
    ] {
        let given = known(reads, what, directory);
        held.note(part, given.gap);
        for (name, principal) in given.value {
            held.give(&principal, &members, |by| Given {
                role: HeldRole {
                    name: name.to_owned(),
                    entra: true,
                    by,
                    eligible: part == RightsPart::Eligible,
                },
                rights: None,
            });
        }
    }
    held.name_people(reads);
    held
}

/// Roles of the directory that open all of Intune: those that are asked for.
const EVERYTHING: [(&str, &str); 2] = [
    (
        "62e90394-69f5-4237-9190-012177145e10",
        "Global Administrator",
    ),
    (
        "3a2c62db-5318-420d-8d74-23affee5d9d5",
        "Intune Administrator",
    ),
];

/// Role definition, its name, groups.
fn intune(json: &Json<'_>) -> (String, String, Vec<String>) {
    let definition = json.get("roleDefinition").unwrap_or(&Json::Null);
    let members = json.get("members").map(Json::elements).unwrap_or_default();
    let members = members.iter().filter_map(Json::str).map(str::to_owned);
    (
        text(definition, "id"),
        text(definition, "displayName"),
        members.collect(),
    )
}

fn directory(json: &Json<'_>) -> Option<(&'static str, Principal)> {
    let role = json.str_at("roleDefinitionId")?;
    let known = EVERYTHING
        .iter()
        .find(|(id, _)| id.eq_ignore_ascii_case(role));
    let (_, name) = known?;
    let id = json.str_at("principalId")?;
    let principal = json.get("principal").and_then(Principal::read);
    Some((
        name,
        principal.unwrap_or_else(|| Principal::of(HolderKind::Person, id)),
    ))
}

impl Principal {
    fn of(kind: HolderKind, id: &str) -> Self {
        Self {
            kind,
            id: id.to_owned(),
            app: String::new(),
            name: String::new(),
            upn: String::new(),
        }
    }

    /// `None`: it can sign in to nothing.
    fn read(json: &Json<'_>) -> Option<Self> {
        let kind = match json.str_at("@odata.type").unwrap_or_default() {
            _ if is_a(json, "group") => HolderKind::Group,
            _ if is_a(json, "servicePrincipal") => HolderKind::Application,
            "" => HolderKind::Person,
            _ if is_a(json, "user") => HolderKind::Person,
            _ => return None,
        };
        let upn = text(json, "userPrincipalName");
        let name = text(json, "displayName");
        Some(Self {
            app: text(json, "appId"),
            name: if name.is_empty() { upn.clone() } else { name },
            upn: upn.to_lowercase(),
            ..Self::of(kind, json.str_at("id")?)
        })
    }
}

/// Who is in each group that was asked for.
fn members(reads: &[LiveRead], held: &mut Held) -> Members {
    let mut out = Members::default();
    for read in reads {
        let route = LIVE.get(read.route as usize);
        if route.is_none_or(|route| route.what != Live::GroupMembers) {
            continue;
        }
        held.note(RightsPart::Members, read.gap.clone());
        if read.of.is_empty() {
            continue;
        }
        let one = known(std::slice::from_ref(read), Live::GroupMembers, |json| {
            Some(Principal::read(json))
        });
        let people = one.value.into_iter().flatten();
        let people = people.filter(|one| one.kind != HolderKind::Group);
        let whole = Known {
            value: people.collect(),
            gap: one.gap,
        };
        out.insert(read.of.to_ascii_lowercase(), whole);
    }
    out
}

impl Held {
    fn note(&mut self, part: RightsPart, gap: Option<Gap>) {
        let new = gap.filter(|_| !self.gaps.iter().any(|(known, _)| *known == part));
        self.gaps.extend(new.map(|gap| (part, gap)));
    }

    fn read_roles(&mut self, reads: &[LiveRead]) {
        let read = known(reads, Live::IntuneRoles, |json| {
            let built_in = ["isBuiltIn", "isBuiltInRoleDefinition"]
                .into_iter()
                .any(|name| json.get(name).and_then(Json::bool) == Some(true));
            let (allowed, denied) = actions(json);
            let changes = |name: &String| !events::only_reads(name) && !denied.contains(name);
            let rights: Vec<String> = allowed.into_iter().filter(changes).collect();
            Some((
                text(json, "id"),
                text(json, "displayName"),
                built_in,
                rights,
            ))
        });
        self.note(RightsPart::Roles, read.gap);
        for (id, name, built_in, rights) in read.value {
            let rights = rights.iter().map(|right| self.names.put(right)).collect();
            let role = Role {
                name,
                built_in,
                rights,
            };
            self.roles.insert(id.to_ascii_lowercase(), role);
        }
    }

    /// A role for a principal; for everybody in it, if it is a group whose members are known. What is not all of them
    /// stands as a group beside them.
    fn give<'a>(&mut self, to: &Principal, members: &Members, given: impl Fn(String) -> Given<'a>) {
        if to.kind != HolderKind::Group {
            return self.add(to, given(String::new()));
        }
        let inside = members.get(&to.id.to_ascii_lowercase());
        let by = if to.name.is_empty() { &to.id } else { &to.name };
        for person in inside.into_iter().flat_map(|all| &all.value) {
            self.add(person, given(by.clone()));
        }
        if inside.is_none_or(|all| all.gap.is_some()) {
            self.add(to, given(String::new()));
        }
    }

    fn add(&mut self, who: &Principal, given: Given<'_>) {
        let next = self.holders.len();
        let place = *self
            .places
            .entry(who.id.to_ascii_lowercase())
            .or_insert(next);
        if place == next {
            self.holders.push(Holding {
                kind: who.kind,
                id: who.id.clone(),
                app: who.app.clone(),
                name: who.name.clone(),
                upn: who.upn.clone(),
                roles: Vec::new(),
                rights: QuickSet::default(),
                vague: false,
            });
        }
        let Some(one) = self.holders.get_mut(place) else {
            return;
        };
        if one.name.is_empty() {
            one.name.clone_from(&who.name);
            one.upn.clone_from(&who.upn);
        }
        match given.rights {
            None => one.rights.extend(0..self.names.all.len() as u32),
            Some(id) => match self.roles.get(&id.to_ascii_lowercase()) {
                Some(role) => one.rights.extend(&role.rights),
                None => one.vague = true,
            },
        }
        if !one.roles.contains(&given.role) {
            one.roles.push(given.role);
        }
    }

    /// Names that came one by one.
    fn name_people(&mut self, reads: &[LiveRead]) {
        let people = known(reads, Live::Person, |json| Some(Principal::read(json)));
        for person in people.value.into_iter().flatten() {
            let place = self.places.get(&person.id.to_ascii_lowercase());
            if let Some(one) = place.and_then(|place| self.holders.get_mut(*place)) {
                one.name = person.name;
                one.upn = person.upn;
            }
        }
        let nameless = |one: &Holding| one.kind == HolderKind::Person && one.name.is_empty();
        if self.holders.iter().any(nameless) {
            let gap = reads.iter().find_map(|read| {
                let route = LIVE.get(read.route as usize)?;
                (route.what == Live::Person).then(|| read.gap.clone())?
            });
            self.note(RightsPart::People, gap);
        }
    }

    /// True when all roles, assignments and members are known: then nobody holds more than is here.
    pub(super) fn whole(&self) -> bool {
        // Without the licence nothing can be activated.
        self.gaps.iter().all(|(part, gap)| {
            *part == RightsPart::People
                || (*part == RightsPart::Eligible && gap.reason == Reason::Licence)
        })
    }

    /// The smallest built-in role that allows all of these, and less than is held.
    pub(super) fn enough(&self, used: &[u32], held: usize) -> Option<&str> {
        let mut fits: Vec<&Role> = self
            .roles
            .values()
            .filter(|role| {
                role.built_in
                    && role.rights.len() < held
                    && used.iter().all(|one| role.rights.contains(one))
            })
            .collect();
        fits.arrange_by_cached_key(|role| (role.rights.len(), role.name.clone()));
        fits.first().map(|role| role.name.as_str())
    }
}
