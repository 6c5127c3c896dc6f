//! Who can use this app in the tenant: its registration there, who is assigned, what it was granted, what to change.

mod sign_ins;

use domain::oauth::cloud;
use domain::permission::scope;
use domain::protocol::{
    AppAccess, AppGrant, AppPrincipal, AppRegistration, AppStep, GrantedScope, LivePage, ScopeFit,
};
use domain::setup;
use domain::snapshot::{Gap, Reason};
use yew::prelude::*;

use super::live::{MOST, Takes, counted, head, more, read, sheet, signed_out, unknown};
use crate::ui::components::{badge, badge_mark, copy_button, day, icon_s, id_chip, note};
use crate::ui::route::Route;
use crate::ui::state::Model;

/// The page.
pub fn access(model: &Model) -> Html {
    // Whoever asked for the sign-ins reads them again too.
    let asked = model.live.page == Some(LivePage::SignIns);
    let page = if asked {
        LivePage::SignIns
    } else {
        LivePage::App
    };
    html! { <>{ head(model, &Route::Access, page) }{ content(model) }</> }
}

fn content(model: &Model) -> Html {
    let Some(account) = model.session.account() else {
        return signed_out(
            "Who can use this app is read from the tenant that somebody signs in to.",
        );
    };
    let hosts = model
        .ready()
        .map_or(&[][..], |ready| ready.hosts.as_slice());
    let portal = hosts.first().and_then(|login| cloud::admin_center(login));
    let graph = hosts.last().cloned().unwrap_or_default();
    let place = |app: &AppRegistration| Place {
        portal,
        graph: graph.clone(),
        client_id: app.client_id.clone(),
        tenant: account.tenant_id.clone(),
    };
    read(&model.live, LivePage::App, |access: AppAccess| {
        let apps = access.apps.iter().zip([&READS, &WRITES]);
        html! {
            <div class="stack">
                { for apps.map(|(app, words)| registration(app, &place(app), words)) }
                { sign_ins::sign_ins(model, &access, &place) }
            </div>
        }
    })
}

/// The sheets of a registration: heading's id and heading.
type Words = [(&'static str, &'static str); 4];
const READS: Words = [
    ("h-app", "The app"),
    ("h-who", "Who is assigned"),
    ("h-grants", "What it was granted"),
    ("h-steps", "What to change"),
];
const WRITES: Words = [
    ("h-app-w", "The app for writing"),
    ("h-who-w", "Who is assigned to the app for writing"),
    ("h-grants-w", "What the app for writing was granted"),
    ("h-steps-w", "What to change at the app for writing"),
];

/// Where the app is.
struct Place {
    /// Origin of the Entra admin center; `None` for a cloud whose address is not known.
    portal: Option<&'static str>,
    /// Host of Graph.
    graph: String,
    client_id: String,
    tenant: String,
}

impl Place {
    /// A page of the enterprise application in the Entra admin center.
    fn blade(&self, id: &str, blade: &str) -> Option<String> {
        let portal = self.portal?;
        let app = &self.client_id;
        Some(format!(
            "{portal}/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/{blade}/objectId/{id}/appId/{app}"
        ))
    }
}

/// Of the one for writing nothing more is said than what it is, where the tenant does not have it or that is not known.
fn registration(access: &AppRegistration, place: &Place, words: &Words) -> Html {
    let app = the_app(access, place, words);
    if words == &WRITES && access.principal.value.is_none() {
        return app;
    }
    html! {
        <>
            <div class="cols">{ app }{ assigned(access, words[1]) }</div>
            { grants(access, words[2]) }
            { steps(access, place, words[3]) }
        </>
    }
}

/// Microsoft Graph, "List oauth2PermissionGrants": roles that may.
const READERS: &str =
    "Global Reader, Directory Readers, Application Administrator, Cloud Application Administrator";
const REGISTRATION: Takes = Takes {
    page: LivePage::App,
    feature: "app-access",
    roles: READERS,
};
const GRANTS: Takes = Takes {
    feature: "app-grants",
    ..REGISTRATION
};

fn the_app(access: &AppRegistration, place: &Place, words: &Words) -> Html {
    let known = &access.principal;
    let for_writing = words == &WRITES;
    let content = match (&known.value, &known.gap) {
        (_, Some(gap)) if gap.reason == Reason::NotFound => html! {
            <p class="body">{ "This tenant has no enterprise application with this client id: nobody has consented here yet, or it was deleted." }
                if for_writing { { " Nothing in this version writes, so nothing lacks. " }{ id_chip(&place.client_id, "Client id") } }</p>
        },
        (None, Some(gap)) => unknown(gap, REGISTRATION),
        (None, None) => html! { <p class="body soft">{ "The answer was empty." }</p> },
        (Some(one), _) => facts(one, place),
    };
    let quiet = if for_writing {
        "a registration of its own: “writerClientId” in config.json"
    } else {
        "its enterprise application in this tenant"
    };
    sheet(words[0].0, words[0].1, quiet, content)
}

fn facts(one: &AppPrincipal, place: &Place) -> Html {
    let required = match one.assignment_required {
        Some(true) => badge_mark("ok", "check", "yes: only who is assigned"),
        Some(false) => badge_mark("bad", "warning", "no: everybody can sign in"),
        None => badge_mark("unkn", "m-unkn", "unknown"),
    };
    let enabled = match one.enabled {
        true => badge("", "yes"),
        false => badge_mark("warn", "warning", "no: nobody can sign in"),
    };
    let home = match one.owner.as_str() {
        "" => html! { { "not said" } },
        owner if owner.eq_ignore_ascii_case(&place.tenant) => html! { { "this tenant" } },
        owner => html! { <>{ "another tenant " }{ id_chip(owner, "Tenant id") }</> },
    };
    let link = place.blade(&one.id, "Overview");
    html! {
        <div class="body stack">
            <dl class="kv eq">
                <dt>{ "Name" }</dt><dd>{ &one.name }</dd>
                <dt>{ "Assignment required" }</dt><dd>{ required }</dd>
                <dt>{ "People can sign in" }</dt><dd>{ enabled }</dd>
                <dt>{ "Registered in" }</dt><dd>{ home }</dd>
                <dt>{ "Verified publisher" }</dt><dd>{ if one.publisher.is_empty() { "none" } else { &one.publisher } }</dd>
                <dt>{ "Client id" }</dt><dd>{ id_chip(&place.client_id, "Client id") }</dd>
                <dt>{ "Object id" }</dt><dd>{ id_chip(&one.id, "Object id") }</dd>
            </dl>
            { for link.map(|link| outside(link, "Open in the Entra admin center")) }
        </div>
    }
}

/// A link to another site: it opens beside this page, which would lose what is open.
pub(super) fn outside(href: String, words: &'static str) -> Html {
    html! { <p><a {href} target="_blank" rel="noopener noreferrer">{ words }{ " " }{ icon_s("external") }</a></p> }
}

fn assigned(access: &AppRegistration, (id, title): (&'static str, &'static str)) -> Html {
    let list = &access.assigned;
    let principal = access.principal.value.as_ref();
    let required = principal.and_then(|one| one.assignment_required);
    let rows = list.value.iter().take(MOST).map(|one| {
        let name = if one.name.is_empty() { "without a name" } else { &one.name };
        html! { <tr><th scope="row">{ name }</th><td>{ kind(&one.kind) }</td><td class="soft">{ day(&one.since) }</td></tr> }
    });
    let words = match (required, list.value.is_empty() && list.gap.is_none()) {
        (Some(false), _) => "Assignment is not required, so this list keeps nobody out.",
        (Some(true), true) => "Nobody is assigned, so nobody can sign in.",
        (_, true) => "Nobody is assigned.",
        _ => "",
    };
    let content = html! {
        <>
            if !words.is_empty() { <p class="body soft">{ words }</p> }
            if !list.value.is_empty() {
                <table class="tbl tall folds"><thead><tr><th scope="col">{ "Name" }</th><th scope="col">{ "Kind" }</th><th scope="col">{ "Since" }</th></tr></thead><tbody>{ for rows }</tbody></table>
            }
            { more(list.value.len()) }
            { for list.gap.iter().map(|gap| unknown(gap, REGISTRATION)) }
        </>
    };
    sheet(id, title, counted(list), content)
}

fn kind(kind: &str) -> &str {
    match kind {
        "User" => "person",
        "Group" => "group",
        "ServicePrincipal" => "application",
        other => other,
    }
}

fn grants(access: &AppRegistration, (id, title): (&'static str, &'static str)) -> Html {
    let list = &access.grants;
    let for_all = list.value.iter().filter(|grant| grant.everyone);
    let persons = list.value.iter().filter(|grant| !grant.everyone);
    let persons: Vec<&AppGrant> = persons.collect();
    let open = access
        .principal
        .value
        .as_ref()
        .is_some_and(|one| one.assignment_required == Some(false));
    let content = html! {
        <>
            { for for_all.map(|grant| everyone(grant, open)) }
            if !persons.is_empty() { { per_person(&persons) } }
            if list.value.is_empty() && list.gap.is_none() { <p class="body soft">{ "Nothing: neither for the organization nor for a person." }</p> }
            { more(persons.len()) }
            { for list.gap.iter().map(|gap| unknown(gap, GRANTS)) }
            { for access.unnamed.iter().map(unnamed) }
        </>
    };
    sheet(id, title, counted(list), content)
}

/// Why an id stands where a name should.
fn unnamed(gap: &Gap) -> Html {
    html! {
        <><p class="body soft">{ "Some names are not known, so their ids stand here:" }</p>{ unknown(gap, GRANTS) }</>
    }
}

/// A name can be chosen by whoever registers an API, its client id cannot: for consent of everybody both are shown.
fn api(grant: &AppGrant, whole: bool) -> Html {
    match (grant.api.as_str(), grant.api_client.as_str()) {
        ("", _) => id_chip(&grant.resource, "API’s object id"),
        (name, id) if whole && !id.is_empty() => {
            html! { <>{ name }{ " " }{ id_chip(id, "API’s client id") }</> }
        }
        (name, _) => html! { { name } },
    }
}

fn everyone(grant: &AppGrant, open: bool) -> Html {
    let why = if open {
        "Anybody in the tenant who signs in gets these permissions without a question, because assignment is not required. Their own roles still bound what they see."
    } else {
        "Whoever is assigned gets these permissions without a question. Their own roles still bound what they see."
    };
    let rows = grant.scopes.iter().map(|one| {
        let what = scope(&one.name).map_or("", |known| known.why);
        html! { <tr><td>{ fit(one) }</td><th scope="row"><code>{ &one.name }</code></th><td class="soft">{ what }</td></tr> }
    });
    html! {
        <div class="body stack">
            { note("bad", "warning", html! { <p><b>{ "For the whole organization. " }</b>{ why }
                { " On the API " }{ api(grant, true) }{ "." }</p> }) }
            <table class="tbl tall stacks"><thead class="vh"><tr><th scope="col">{ "State" }</th><th scope="col">{ "Permission" }</th><th scope="col">{ "Used for" }</th></tr></thead><tbody>{ for rows }</tbody></table>
        </div>
    }
}

fn fit(one: &GrantedScope) -> Html {
    match one.fit {
        ScopeFit::Used => badge_mark("ok", "check", "used"),
        ScopeFit::Unused => badge_mark("warn", "warning", "not used"),
        ScopeFit::Changes => badge_mark("bad", "warning", "can change things"),
    }
}

fn per_person(grants: &[&AppGrant]) -> Html {
    let rows = grants.iter().take(MOST).map(|grant| {
        let used = grant.scopes.iter().filter(|one| one.fit == ScopeFit::Used);
        let others = grant.scopes.iter().filter(|one| one.fit != ScopeFit::Used);
        let others = others.map(|one| html! { <p class="row">{ fit(one) }<code>{ &one.name }</code></p> });
        let who = if grant.name.is_empty() {
            id_chip(&grant.person, "Object id")
        } else {
            html! { { &grant.name } }
        };
        html! { <tr><th scope="row">{ who }</th><td>{ api(grant, false) }</td><td>{ used.count() }{ " used" }</td><td><div class="stack tight">{ for others }</div></td></tr> }
    });
    html! {
        <table class="tbl tall folds"><thead><tr><th scope="col">{ "For one person" }</th><th scope="col">{ "On the API" }</th><th scope="col">{ "Permissions" }</th><th scope="col">{ "Beyond what this version uses" }</th></tr></thead><tbody>{ for rows }</tbody></table>
    }
}

fn steps(
    access: &AppRegistration,
    place: &Place,
    (heading, title): (&'static str, &'static str),
) -> Html {
    let id = access.principal.value.as_ref().map(|one| one.id.as_str());
    let parts = access
        .steps
        .iter()
        .take(MOST)
        .map(|one| step(one, place, id));
    let none = access.steps.is_empty().then(|| {
        let whole = access.principal.gap.is_none() && access.grants.gap.is_none();
        let words = if whole {
            "Nothing: only assigned people can sign in, and nothing is granted that is not used."
        } else {
            "Not known: see what could not be read above."
        };
        html! { <p class="soft">{ words }</p> }
    });
    let content = html! {
        <div class="body stack">
            { note("warn", "warning", html! {
                <p><b>{ "Consent for the whole organization is a sensitive operation. " }</b>
                { "Microsoft’s documentation says to review each permission before, and that by default it lets all users of the tenant use the app: require assignment, and assign a group." }</p>
            }) }
            { none }{ for parts }
        </div>
    };
    let quiet = "by an administrator; Plumbline only reads";
    sheet(heading, title, quiet, content)
}

fn step(one: &AppStep, place: &Place, id: Option<&str>) -> Html {
    let link = id.and_then(|id| place.blade(id, &one.blade));
    let commands = setup::connect(&one.scopes, &place.graph) + &one.shell;
    html! {
        <section class="stack tight">
            <h3>{ &one.title }</h3>
            <p>{ &one.why }</p>
            <pre class="code" tabindex="0" aria-label={format!("Commands: {}", one.title)}>{ &commands }</pre>
            <div class="row">{ copy_button(&commands, "Copy the commands", "Commands") }
                { for link.map(|link| outside(link, "Or in the Entra admin center")) }</div>
        </section>
    }
}
