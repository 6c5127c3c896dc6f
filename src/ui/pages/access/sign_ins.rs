//! Who signed in to the app: read when a person asks for it, never with the rest of the page.

use domain::permission::{feature, holds};
use domain::protocol::{AppAccess, AppRegistration, AppSignIn, LivePage, PolicyResult, SignInEnd};
use domain::snapshot::{Gap, Reason};
use yew::prelude::*;

use super::super::live::{Takes, sheet, unknown};
use super::{Place, outside};
use crate::ui::components::{badge_mark, button, icon_s, minute};
use crate::ui::dom::intl;
use crate::ui::state::{Action, Model};

/// Microsoft Graph, "List signIns": roles that may.
const SIGN_INS: Takes = Takes {
    page: LivePage::SignIns,
    feature: "app-sign-ins",
    roles: "Reports Reader, Security Reader, Security Operator, Security Administrator, Global Reader",
};

/// The section.
pub(super) fn sign_ins(
    model: &Model,
    access: &AppAccess,
    place: &impl Fn(&AppRegistration) -> Place,
) -> Html {
    let list = &access.sign_ins;
    let not_asked = list.value.is_empty()
        && list
            .gap
            .as_ref()
            .is_some_and(|gap| gap.reason == Reason::NotRead);
    let content = if not_asked {
        ask(model)
    } else {
        listed(access)
    };
    let links = access.apps.iter().filter_map(|app| {
        let id = &app.principal.value.as_ref()?.id;
        place(app).blade(id, "SignIns")
    });
    let words = [
        "All of them, in the Entra admin center",
        "Those of the app for writing",
    ];
    let content = html! {
        <>
            { content }
            <div class="body stack tight">{ for links.zip(words).map(|(link, words)| outside(link, words)) }</div>
        </>
    };
    let shown = list.value.len() as u32;
    let quiet = match shown {
        0 => String::new(),
        _ if list.gap.is_none() => intl::number(shown),
        _ => format!("the newest {}", intl::number(shown)),
    };
    sheet("h-sign-ins", "Who signed in", quiet, content)
}

/// Nothing was sent for it yet.
fn ask(model: &Model) -> Html {
    let scopes = feature(SIGN_INS.feature).map_or(&[][..], |feature| feature.scopes);
    let held = model.session.account().map_or(&[][..], |a| &a.scopes);
    let lacking = scopes.iter().find(|scope| !holds(held, scope));
    if let Some(scope) = lacking {
        let gap = Gap {
            reason: Reason::Scope,
            detail: (*scope).to_owned(),
        };
        return unknown(&gap, SIGN_INS);
    }
    html! {
        <div class="body row wraps">
            <p class="grow">{ "Sign-ins say when people worked, and from which city: they are read only when you ask for them." }</p>
            { button("", "eye", "Read the sign-ins", Action::ReadLive(LivePage::SignIns)) }
        </div>
    }
}

fn listed(access: &AppAccess) -> Html {
    let list = &access.sign_ins;
    let writer = access.apps.get(1).map(|app| app.client_id.as_str());
    let rows = list
        .value
        .iter()
        .map(|one| row(one, writer == Some(&one.app)));
    let gap = list.gap.as_ref();
    html! {
        <>
            if list.value.is_empty() && gap.is_none() { <p class="body soft">{ "Nobody, as far back as Microsoft keeps sign-ins: 30 days at most." }</p> }
            if !list.value.is_empty() {
                <table class="tbl tall folds"><thead><tr><th scope="col">{ "Who" }</th><th scope="col">{ "When" }</th><th scope="col">{ "Result" }</th><th scope="col">{ "Conditional Access" }</th><th scope="col">{ "From" }</th></tr></thead><tbody>{ for rows }</tbody></table>
                <p class="body soft">{ "Interactive sign-ins, 30 days back at most. City and country are Entra’s guess from the address; addresses and devices are not read." }</p>
            }
            { for gap.map(why) }
        </>
    }
}

/// Why the list is not whole.
fn why(gap: &Gap) -> Html {
    match gap.reason {
        Reason::NotRead => html! {
            <p class="body soft">{ "There are older ones: no more than the newest 50 of a registration are read." }</p>
        },
        Reason::Licence => html! {
            <>{ unknown(gap, SIGN_INS) }<p class="body soft">{ "Microsoft Graph hands out sign-ins only in a tenant with Microsoft Entra ID P1 or P2." }</p></>
        },
        _ => unknown(gap, SIGN_INS),
    }
}

fn row(one: &AppSignIn, for_writing: bool) -> Html {
    let name = match (one.name.as_str(), one.user.as_str()) {
        ("", "") => "without a name",
        ("", user) => user,
        (name, _) => name,
    };
    let beside = !one.user.is_empty() && name != one.user;
    let place = match one.place.as_str() {
        "" => "not known",
        place => place,
    };
    html! {
        <tr>
            <th scope="row"><div class="stack tight"><span>{ name }</span>
                if beside { <span class="soft">{ &one.user }</span> }
                if for_writing { <span class="soft">{ "the app for writing" }</span> }</div></th>
            <td>{ minute(&one.at) }</td>
            <td><div class="stack tight"><span>{ end(one) }</span>{ for said(one) }</div></td>
            <td>{ policies(one.policies) }</td>
            <td class="soft">{ place }</td>
        </tr>
    }
}

fn end(one: &AppSignIn) -> Html {
    match one.end {
        SignInEnd::In => badge_mark("ok", "check", "signed in"),
        SignInEnd::Asked => badge_mark("", "info", "asked for more"),
        SignInEnd::Refused => badge_mark("warn", "warning", "not let in"),
        SignInEnd::Unknown => badge_mark("unkn", "m-unkn", "unknown"),
    }
}

/// Why it was no success, and Entra's number for it.
fn said(one: &AppSignIn) -> Option<Html> {
    let code = matches!(one.end, SignInEnd::Asked | SignInEnd::Refused).then_some(one.code)?;
    let why = match one.why.as_str() {
        "" => String::new(),
        why => format!("{why} "),
    };
    Some(html! { <span class="soft">{ why }{ "(" }{ code }{ ")" }</span> })
}

fn policies(result: PolicyResult) -> Html {
    match result {
        PolicyResult::Passed => {
            html! { <span>{ icon_s("check") }{ " policies satisfied" }</span> }
        }
        PolicyResult::Failed => {
            html! { <span>{ icon_s("warning") }{ " a policy not satisfied" }</span> }
        }
        PolicyResult::None => html! { { "no policy applied" } },
        PolicyResult::Unknown => html! { <span class="soft">{ "policies not said" }</span> },
    }
}
