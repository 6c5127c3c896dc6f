//! Who can use this app in a tenant, and what the signed-in person may do, read out of Graph's answers: what is not known stays unknown.

mod mine;
mod rights;
mod sign_ins;
mod steps;
#[cfg(test)]
mod tests;

pub use mine::mine;
pub use rights::rights;

use crate::arrange::Arrange;
use crate::json::Json;
use crate::permission::{LIVE, Live, can_change, scope};
use crate::protocol::{
    AppAccess, AppAssigned, AppGrant, AppPrincipal, AppRegistration, GrantedScope, Known, LiveRead,
    ScopeFit,
};
use crate::snapshot::{Gap, Reason};

/// Scopes of OpenID Connect that every sign-in asks for.
const SIGN_IN: [&str; 2] = ["openid", "profile"];

/// Puts together what was read: by registration, in the order in which they were asked for.
pub fn app(reads: &[LiveRead]) -> AppAccess {
    let mut apps: Vec<&str> = Vec::new();
    for read in reads {
        if !apps.contains(&read.app.as_str()) {
            apps.push(&read.app);
        }
    }
    AppAccess {
        apps: apps.iter().map(|app| registration(reads, app)).collect(),
        sign_ins: sign_ins::sign_ins(reads, &apps),
    }
}

fn registration(reads: &[LiveRead], app: &str) -> AppRegistration {
    let principal = known_of(reads, Some(app), Live::Principal, principal);
    let mut assigned = known_of(reads, Some(app), Live::Assigned, assigned);
    assigned.value.arrange_by_cached_key(|one| {
        let person = one.kind == "User";
        (person, one.name.to_lowercase(), one.id.clone())
    });
    let mut grants = known_of(reads, Some(app), Live::Grants, grant);
    // Whom both registrations name is asked for once.
    let (people, apis) = (
        known(reads, Live::Person, named),
        known(reads, Live::Api, named),
    );
    for grant in &mut grants.value {
        let same = |one: &&AppAssigned| one.id.eq_ignore_ascii_case(&grant.person);
        if let Some(one) = assigned.value.iter().find(same) {
            grant.name.clone_from(&one.name);
        }
        if let Some(one) = of_id(&people.value, &grant.person) {
            grant.name.clone_from(&one.name);
        }
        if let Some(one) = of_id(&apis.value, &grant.resource) {
            grant.api.clone_from(&one.name);
            grant.api_client.clone_from(&one.client_id);
        }
    }
    grants.value.arrange_by_cached_key(|grant| {
        let name = grant.name.to_lowercase();
        (!grant.everyone, name.is_empty(), name, grant.person.clone())
    });
    let nameless = |one: &AppGrant| one.api.is_empty() || (!one.everyone && one.name.is_empty());
    let unnamed = people.gap.or(apis.gap);
    let unnamed = unnamed.filter(|_| grants.value.iter().any(nameless));
    let mut access = AppRegistration {
        client_id: app.to_owned(),
        principal: Known {
            value: principal.value.into_iter().next(),
            gap: principal.gap,
        },
        assigned,
        grants,
        unnamed,
        steps: Vec::new(),
    };
    access.steps = steps::of(&access);
    access
}

/// What came by the routes that answer with this.
fn known<T>(
    reads: &[LiveRead],
    what: Live,
    read: impl Fn(&Json<'_>) -> Option<T>,
) -> Known<Vec<T>> {
    known_of(reads, None, what, read)
}

/// The same, of one registration. What was not even asked for is not known either.
fn known_of<T>(
    reads: &[LiveRead],
    app: Option<&str>,
    what: Live,
    read: impl Fn(&Json<'_>) -> Option<T>,
) -> Known<Vec<T>> {
    let is_it = |read: &&LiveRead| {
        let route = LIVE.get(read.route as usize);
        let ours = app.is_none_or(|app| read.app == app);
        ours && route.is_some_and(|route| route.what == what)
    };
    let mut found = reads.iter().filter(is_it).peekable();
    let mut out = Known {
        value: Vec::new(),
        gap: None,
    };
    if found.peek().is_none() {
        out.gap = Some(gap(Reason::NotRead, ""));
    }
    for found in found {
        if out.gap.is_none() {
            out.gap.clone_from(&found.gap);
        }
        for page in &found.pages {
            let page = Json::parse(page).unwrap_or(Json::Null);
            for item in page.elements() {
                match read(item) {
                    Some(item) => out.value.push(item),
                    None if out.gap.is_none() => out.gap = Some(gap(Reason::Malformed, "")),
                    None => {}
                }
            }
        }
    }
    out
}

fn gap(reason: Reason, detail: &str) -> Gap {
    Gap {
        reason,
        detail: detail.to_owned(),
    }
}

fn text(json: &Json<'_>, name: &str) -> String {
    json.str_at(name).unwrap_or_default().to_owned()
}

fn principal(json: &Json<'_>) -> Option<AppPrincipal> {
    let publisher = json.get("verifiedPublisher");
    Some(AppPrincipal {
        id: json.str_at("id")?.to_owned(),
        name: text(json, "displayName"),
        enabled: json.get("accountEnabled").and_then(Json::bool) != Some(false),
        assignment_required: json.get("appRoleAssignmentRequired").and_then(Json::bool),
        owner: text(json, "appOwnerOrganizationId"),
        publisher: publisher.map_or_else(String::new, |one| text(one, "displayName")),
    })
}

fn assigned(json: &Json<'_>) -> Option<AppAssigned> {
    Some(AppAssigned {
        id: json.str_at("principalId")?.to_owned(),
        name: text(json, "principalDisplayName"),
        kind: text(json, "principalType"),
        since: text(json, "createdDateTime"),
    })
}

fn grant(json: &Json<'_>) -> Option<AppGrant> {
    let everyone = match json.str_at("consentType")? {
        "AllPrincipals" => true,
        "Principal" => false,
        _ => return None,
    };
    let names = json.str_at("scope").unwrap_or_default();
    let mut scopes: Vec<GrantedScope> = names.split_whitespace().map(granted).collect();
    scopes.arrange_by_cached_key(|scope| (scope.fit, scope.name.clone()));
    scopes.dedup();
    Some(AppGrant {
        id: text(json, "id"),
        everyone,
        person: text(json, "principalId"),
        name: String::new(),
        resource: text(json, "resourceId"),
        api: String::new(),
        api_client: String::new(),
        scopes,
    })
}

/// A person or an API by its name.
struct Named {
    id: String,
    name: String,
    client_id: String,
}

fn named(json: &Json<'_>) -> Option<Named> {
    Some(Named {
        id: json.str_at("id")?.to_owned(),
        name: text(json, "displayName"),
        client_id: text(json, "appId"),
    })
}

fn of_id<'a>(list: &'a [Named], id: &str) -> Option<&'a Named> {
    list.iter().find(|one| one.id.eq_ignore_ascii_case(id))
}

fn granted(name: &str) -> GrantedScope {
    let fit = match name {
        _ if can_change(name) => ScopeFit::Changes,
        _ if scope(name).is_some() || SIGN_IN.contains(&name) => ScopeFit::Used,
        _ => ScopeFit::Unused,
    };
    GrantedScope {
        name: name.to_owned(),
        fit,
    }
}
