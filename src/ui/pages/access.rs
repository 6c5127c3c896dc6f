//! Who can use this app in the tenant: its registration there, who is assigned, what it was granted, what to change.

use domain::permission::scope;
use domain::protocol::{
    AppAccess, AppGrant, AppPrincipal, AppStep, GrantedScope, Known, LivePage, ScopeFit,
};
use domain::snapshot::{Gap, Reason};
use yew::prelude::*;

use super::trust::tabs;
use crate::bridge::codec::{self, Frame};
use crate::ui::components::{
    badge, badge_mark, button, copy_button, day, icon_s, id_chip, note, problem_note, sign,
    state_page,
};
use crate::ui::dom::intl;
use crate::ui::route::Route;
use crate::ui::state::{Action, Live, Model, Overlay, SessionAction, ShellAction};
use crate::ui::words::{self, Press};

/// Rows of a list that are drawn; the rest is counted.
const MOST: usize = 200;

/// The page.
pub fn access(model: &Model) -> Html {
    let again = model.session.account().map(|_| {
        button(
            "ghost",
            "refresh",
            "Read again",
            Action::ReadLive(LivePage::App),
        )
    });
    html! {
        <>
            <div class="title"><h1>{ "Who can use this app here" }</h1><p>{ "Read live, when you open this page. Nothing is changed from here." }</p>{ again }</div>
            { tabs(&Route::Access) }
            { content(model) }
        </>
    }
}

fn content(model: &Model) -> Html {
    let Some(account) = model.session.account() else {
        return signed_out(
            "Who can use this app is read from the tenant that somebody signs in to.",
        );
    };
    let place = Place {
        portal: model.ready().and_then(|ready| portal(ready.hosts.first()?)),
        client_id: model
            .ready()
            .map(|ready| ready.client_id.clone())
            .unwrap_or_default(),
        tenant: account.tenant_id.clone(),
    };
    read(&model.live, |access: AppAccess| whole(&access, &place))
}

/// Nobody is signed in.
fn signed_out(why: &'static str) -> Html {
    let features = Vec::new();
    let sign_in = Action::Session(SessionAction::SignIn { features });
    state_page(
        "",
        "lock",
        "Nobody is signed in",
        html! {
            <><p class="soft">{ why }</p>
            <p class="row">{ button("pri", "windows", "Sign in with Microsoft", sign_in) }</p></>
        },
    )
}

/// What was read, unpacked; or that it is on its way, or why it did not come.
fn read<T: serde::de::DeserializeOwned>(live: &Live, draw: impl FnOnce(T) -> Html) -> Html {
    let problem = live
        .answer
        .problem()
        .map(|problem| problem_note(problem, html! {}));
    let content = match live.answer.get().map(|bytes| codec::decode::<T>(bytes)) {
        Some(Ok(Frame::Message(_, value))) => draw(value),
        None if live.answer.loading() => {
            html! { <div class="state" role="status"><p class="soft">{ "Reading from Microsoft Graph" }</p><progress aria-label="Reading"/></div> }
        }
        _ => html! {},
    };
    html! { <>{ problem }{ content }</> }
}

/// Where the app is.
struct Place {
    /// Origin of the Entra admin center; `None` for a cloud whose address is not known.
    portal: Option<&'static str>,
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

/// Entra: "National clouds". What is not written there has no link.
fn portal(login: &str) -> Option<&'static str> {
    match login {
        _ if login.ends_with(".microsoftonline.us") => Some("https://entra.microsoft.us"),
        "login.microsoftonline.com" => Some("https://entra.microsoft.com"),
        // A stand-in for Microsoft's services on this machine: the link shows what it would be.
        _ if login.starts_with("localhost") => Some("https://entra.microsoft.com"),
        _ => None,
    }
}

fn whole(access: &AppAccess, place: &Place) -> Html {
    html! {
        <div class="stack">
            <div class="cols">
                { registration(&access.principal, place) }
                { assigned(access) }
            </div>
            { grants(access) }
            { steps(access, place) }
        </div>
    }
}

fn sheet(
    id: &'static str,
    title: &'static str,
    quiet: impl Into<AttrValue>,
    content: Html,
) -> Html {
    let quiet: AttrValue = quiet.into();
    html! {
        <section class="sheet" aria-labelledby={id}>
            <header><h2 {id}>{ title }</h2><p class="quiet">{ quiet }</p></header>
            { content }
        </section>
    }
}

/// Why something is not known, and what to press or whom to ask.
fn unknown(gap: &Gap, feature: &'static str, roles: &'static str) -> Html {
    let (why, press) = words::gap(gap);
    let ask = Action::Shell(ShellAction::Open(Overlay::Ask(feature)));
    let press = match press {
        Press::AskForScope => button("", "", "What it takes", ask),
        Press::ReadAgain => button("", "refresh", "Read again", Action::ReadLive(LivePage::App)),
        Press::SignIn | Press::Nothing => html! {},
    };
    html! {
        <div class="body stack tight wraps">
            <p class="row"><span class="grow">{ sign("unkn", "m-unkn", "Unknown") }{ " " }{ why }
                if gap.reason == Reason::Role { { " Whoever has one of these roles can: " }{ roles }{ "." } }</span>{ press }</p>
            if !gap.detail.is_empty() { <p class="mono soft">{ &gap.detail }</p> }
        </div>
    }
}

/// Microsoft Graph: "Get servicePrincipal", "List oauth2PermissionGrants": roles that may.
const READERS: &str =
    "Global Reader, Directory Readers, Application Administrator, Cloud Application Administrator";

fn registration(known: &Known<Option<AppPrincipal>>, place: &Place) -> Html {
    let content = match (&known.value, &known.gap) {
        (_, Some(gap)) if gap.reason == Reason::NotFound => html! {
            <p class="body">{ "This tenant has no enterprise application with this client id: nobody has consented here yet, or it was deleted." }</p>
        },
        (None, Some(gap)) => unknown(gap, "app-access", READERS),
        (None, None) => html! { <p class="body soft">{ "The answer was empty." }</p> },
        (Some(one), _) => facts(one, place),
    };
    sheet(
        "h-app",
        "The app",
        "its enterprise application in this tenant",
        content,
    )
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
fn outside(href: String, words: &'static str) -> Html {
    html! { <p><a {href} target="_blank" rel="noopener noreferrer">{ words }{ " " }{ icon_s("external") }</a></p> }
}

fn assigned(access: &AppAccess) -> Html {
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
                <table class="tbl tall"><thead><tr><th scope="col">{ "Name" }</th><th scope="col">{ "Kind" }</th><th scope="col">{ "Since" }</th></tr></thead><tbody>{ for rows }</tbody></table>
            }
            { more(list.value.len()) }
            { for list.gap.iter().map(|gap| unknown(gap, "app-access", READERS)) }
        </>
    };
    sheet("h-who", "Who is assigned", counted(list), content)
}

fn kind(kind: &str) -> &str {
    match kind {
        "User" => "person",
        "Group" => "group",
        "ServicePrincipal" => "application",
        other => other,
    }
}

fn counted<T>(list: &Known<Vec<T>>) -> String {
    match (&list.gap, list.value.len()) {
        (None, n) => intl::number(n as u32),
        (Some(_), 0) => String::new(),
        (Some(_), n) => format!("at least {}", intl::number(n as u32)),
    }
}

fn more(n: usize) -> Html {
    if n <= MOST {
        return html! {};
    }
    html! { <p class="body soft">{ "and " }{ intl::number((n - MOST) as u32) }{ " more" }</p> }
}

fn grants(access: &AppAccess) -> Html {
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
            { for list.gap.iter().map(|gap| unknown(gap, "app-grants", READERS)) }
        </>
    };
    sheet("h-grants", "What it was granted", counted(list), content)
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
            { note("bad", "warning", html! { <p><b>{ "For the whole organization. " }</b>{ why }</p> }) }
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
        html! { <tr><th scope="row">{ who }</th><td class="num">{ used.count() }</td><td><div class="stack tight">{ for others }</div></td></tr> }
    });
    html! {
        <table class="tbl tall"><thead><tr><th scope="col">{ "For one person" }</th><th scope="col" class="num">{ "Used" }</th><th scope="col">{ "Beyond what this version uses" }</th></tr></thead><tbody>{ for rows }</tbody></table>
    }
}

fn steps(access: &AppAccess, place: &Place) -> Html {
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
    sheet(
        "h-steps",
        "What to change",
        "by an administrator; Plumbline only reads",
        content,
    )
}

fn step(one: &AppStep, place: &Place, id: Option<&str>) -> Html {
    let link = id.and_then(|id| place.blade(id, &one.blade));
    html! {
        <section class="stack tight">
            <h3>{ &one.title }</h3>
            <p>{ &one.why }</p>
            <pre class="code" tabindex="0" aria-label={format!("Commands: {}", one.title)}>{ &one.shell }</pre>
            <div class="row">{ copy_button(&one.shell, "Copy the commands", "Commands") }
                { for link.map(|link| outside(link, "Or in the Entra admin center")) }</div>
        </section>
    }
}
