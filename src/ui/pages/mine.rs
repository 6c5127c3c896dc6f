//! What the signed-in person may do: roles of Entra and of Intune, and what can be activated.

use domain::policy::dates;
use domain::protocol::{Known, LivePage, MyGroup, MyIntuneRole, MyRights, MyRole};
use yew::prelude::*;

use super::live::{MOST, Takes, counted, head, more, read, sheet, signed_out, unknown};
use crate::ui::components::{badge, badge_mark, icon_s, id_chip, minute};
use crate::ui::dom::{self, intl};
use crate::ui::route::Route;
use crate::ui::state::Model;
use crate::ui::words;

const ROLES: Takes = Takes {
    page: LivePage::Mine,
    feature: "my-roles",
    roles: "Global Reader, Security Reader, Privileged Role Administrator",
};
const INTUNE: Takes = Takes {
    roles: "Intune Administrator, Global Reader, or a role of Intune that reads roles",
    ..ROLES
};
const GROUPS: Takes = Takes {
    feature: "my-groups",
    ..ROLES
};

/// The page.
pub fn mine(model: &Model) -> Html {
    let content = match model.session.account() {
        None => signed_out("What you may do is read from the tenant that you sign in to."),
        Some(_) => read(&model.live, LivePage::Mine, |rights: MyRights| {
            whole(&rights)
        }),
    };
    html! { <>{ head(model, &Route::Mine, LivePage::Mine) }{ content }</> }
}

fn whole(rights: &MyRights) -> Html {
    html! {
        <div class="stack">
            <p class="soft">{ "What you can see and change is bounded by these roles, whatever permissions the app has. Plumbline only reads." }</p>
            <div class="cols">
                { roles("h-active", "Entra roles, active", &rights.roles, true) }
                { roles("h-eligible", "Entra roles that you can activate", &rights.eligible_roles, false) }
            </div>
            { intune(&rights.intune) }
            <div class="cols">
                { groups("h-groups", "Groups by Privileged Identity Management, active", &rights.groups, true) }
                { groups("h-groups-eligible", "Groups that you can activate", &rights.eligible_groups, false) }
            </div>
        </div>
    }
}

/// A list that is not there is unknown; one that is empty says so.
fn listed<T>(list: &Known<Vec<T>>, nothing: &'static str, takes: Takes, table: Html) -> Html {
    let empty = list.value.is_empty();
    html! {
        <>
            if empty && list.gap.is_none() { <p class="body soft">{ nothing }</p> }
            if !empty { { table } }
            { more(list.value.len()) }
            { for list.gap.iter().map(|gap| unknown(gap, takes)) }
        </>
    }
}

fn table(heads: &[&'static str], rows: Vec<Html>) -> Html {
    let heads = heads
        .iter()
        .map(|words| html! { <th scope="col">{ *words }</th> });
    html! { <table class="tbl tall folds"><thead><tr>{ for heads }</tr></thead><tbody>{ for rows }</tbody></table> }
}

fn roles(id: &'static str, title: &'static str, list: &Known<Vec<MyRole>>, active: bool) -> Html {
    let rows = list.value.iter().take(MOST).map(|one| {
        let name = if one.name.is_empty() {
            id_chip(&one.id, "Role id")
        } else {
            html! { { &one.name } }
        };
        html! {
            <tr><th scope="row">{ name }<div class="row">{ how(active, one.activated, one.by_group) }{ place(&one.place) }</div></th>
                <td class="soft">{ &one.in_intune }</td><td><Ends until={one.until.clone()} counts={active}/></td></tr>
        }
    });
    let heads = ["Role", "In Intune", if active { "Ends" } else { "Until" }];
    let nothing = if active {
        "None: what you see comes from roles of Intune, or from what every member of the tenant may see."
    } else {
        "None."
    };
    let content = listed(list, nothing, ROLES, table(&heads, rows.collect()));
    sheet(id, title, counted(list), content)
}

fn how(active: bool, activated: bool, by_group: bool) -> Html {
    html! {
        <>
            if active && activated { { badge_mark("warn", "clock", "activated") } }
            if active && !activated { { badge("", "assigned") } }
            if by_group { { badge("line", "by a group") } }
        </>
    }
}

fn place(place: &str) -> Html {
    match place {
        "" | "/" => html! {},
        part => badge("line", format!("only in {part}")),
    }
}

fn groups(id: &'static str, title: &'static str, list: &Known<Vec<MyGroup>>, active: bool) -> Html {
    let rows = list.value.iter().take(MOST).map(|one| {
        let name = if one.name.is_empty() {
            id_chip(&one.id, "Group id")
        } else {
            html! { { &one.name } }
        };
        let part = if one.owner { "owner" } else { "member" };
        html! {
            <tr><th scope="row">{ name }<div class="row">{ how(active, one.activated, false) }</div></th>
                <td>{ part }</td><td><Ends until={one.until.clone()} counts={active}/></td></tr>
        }
    });
    let heads = ["Group", "As", if active { "Ends" } else { "Until" }];
    let content = listed(list, "None.", GROUPS, table(&heads, rows.collect()));
    sheet(id, title, counted(list), content)
}

fn intune(list: &Known<Vec<MyIntuneRole>>) -> Html {
    let parts = list.value.iter().take(MOST).map(intune_role);
    let content = listed(
        list,
        "None by a group of yours. Entra roles such as Intune Administrator act in Intune without one.",
        INTUNE,
        html! { <div class="body stack">{ for parts }</div> },
    );
    sheet("h-intune", "Intune roles", counted(list), content)
}

fn intune_role(one: &MyIntuneRole) -> Html {
    let tags = if one.tags.is_empty() {
        "none: every object, whatever its scope tags".to_owned()
    } else {
        one.tags.join(", ")
    };
    let n: usize = one.rights.iter().map(|(_, actions)| actions.len()).sum();
    let lines = |rights: &[(String, Vec<String>)]| -> Html {
        let lines = rights
            .iter()
            .map(|(kind, actions)| html! { <><dt>{ kind }</dt><dd>{ actions.join(", ") }</dd></> });
        html! { <dl class="kv">{ for lines }</dl> }
    };
    html! {
        <section class="stack tight lacks">
            <h3 class="row">{ &one.role }{ badge("line", one.assignment.clone()) }</h3>
            <dl class="kv">
                <dt>{ "Yours by" }</dt><dd>{ one.by.join(", ") }</dd>
                <dt>{ "Over" }</dt><dd>{ &one.over }</dd>
                <dt>{ "Scope tags" }</dt><dd>{ tags }</dd>
            </dl>
            if n == 0 { <p class="soft">{ "The answer does not say what the role allows." }</p> } else {
                <details class="more" open={n <= 12}><summary>{ icon_s("chev-right") }{ n }{ " " }{ words::plural(n as u32, "permission", "permissions") }</summary>{ lines(&one.rights) }</details>
            }
            if !one.denied.is_empty() { <p>{ badge("", "never") }</p>{ lines(&one.denied) } }
        </section>
    }
}

/// Between two looks at the clock, in milliseconds.
const BEAT_MS: i32 = 15_000;

#[derive(Properties, PartialEq)]
struct EndsProps {
    /// ISO 8601; empty: without an end.
    until: String,
    /// Count the time that is left.
    counts: bool,
}

/// When something ends, and how long that is.
#[component]
fn Ends(props: &EndsProps) -> Html {
    let beat = use_state(|| 0_u32);
    {
        let beat = beat.clone();
        use_effect_with(*beat, move |now| {
            let next = now.wrapping_add(1);
            dom::later(BEAT_MS, move || beat.set(next));
        });
    }
    if props.until.is_empty() {
        return html! { <span class="soft">{ "without an end" }</span> };
    }
    let left = |until: i64| Some(until - dates::seconds(&intl::now_iso())?);
    let left = dates::seconds(&props.until)
        .and_then(left)
        .filter(|_| props.counts);
    let left = left.map(|left| match u32::try_from(left) {
        Ok(seconds @ 0..172_800) => format!("{} left", words::duration(seconds)),
        Ok(seconds) => format!("{} days left", seconds / 86_400),
        Err(_) => "over".to_owned(),
    });
    html! { <>{ for left.map(|words| html! { <><b>{ words }</b><br/></> }) }<span class="soft">{ minute(&props.until) }</span></> }
}
