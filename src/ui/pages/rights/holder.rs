//! One holder of rights: which were used, which were not, which nobody can tell.

use domain::protocol::{Doubt, HeldRole, Holder, HolderKind, Rights};
use yew::prelude::*;

use super::super::access::outside;
use crate::ui::components::{badge, badge_mark, icon_s, id_chip, minute, sign};
use crate::ui::dom::intl;
use crate::ui::words;

/// Rights that are drawn of one kind; the rest is counted.
const MOST_RIGHTS: usize = 300;

/// All of them.
pub fn table(rights: &Rights, holders: &[&Holder], portal: Option<&'static str>) -> Html {
    let rows = holders.iter().map(|one| row(rights, one, portal));
    html! {
        <table class="tbl tall stacks rights"><thead class="vh"><tr><th scope="col">{ "Who" }</th><th scope="col">{ "Used" }</th><th scope="col">{ "Not used" }</th><th scope="col">{ "Unknown" }</th></tr></thead>
            <tbody>{ for rows }</tbody></table>
    }
}

fn row(rights: &Rights, one: &Holder, portal: Option<&'static str>) -> Html {
    let name = if one.name.is_empty() {
        match one.id.as_str() {
            "" => html! { <span class="none">{ "the log does not say" }</span> },
            id => id_chip(id, "Object id"),
        }
    } else {
        html! { { &one.name } }
    };
    let (unused, unknown) = (one.unused.len() as u32, one.unknown.len() as u32);
    html! {
        <tr>
            <th scope="row">{ name }
                <div class="row">{ kind(one) }{ for one.roles.iter().map(role) }</div>
                <details class="more"><summary>{ icon_s("chev-right") }{ "Rights, one by one" }</summary>{ whole(rights, one, portal) }</details></th>
            <td>{ counted(one.used.len() as u32, ["ok", "check", "used"]) }</td>
            <td>{ counted(unused, ["warn", "warning", "not used"]) }</td>
            <td>{ counted(unknown, ["unkn", "m-unkn", "unknown"]) }</td>
        </tr>
    }
}

/// How many, with the word: on a narrow screen the columns have no heads.
fn counted(n: u32, [class, icon, word]: [&'static str; 3]) -> Html {
    let words = format!("{} {word}", intl::number(n));
    if n == 0 {
        return html! { <span class="soft">{ words }</span> };
    }
    sign(class, icon, words)
}

fn kind(one: &Holder) -> Html {
    match one.kind {
        HolderKind::Person => html! {},
        HolderKind::Group => badge_mark("unkn", "m-unkn", "a group: its members are not all known"),
        HolderKind::Application => badge("line", "application"),
        HolderKind::Gone => html! {
            <>{ badge("line", "no role was found") }
                if one.had_everything { { badge("line", "had every right then") } }</>
        },
    }
}

fn role(of: &HeldRole) -> Html {
    let class = if of.eligible { "line" } else { "" };
    let mut words = of.name.clone();
    if words.is_empty() {
        words.push_str("a role without a name");
    }
    if of.eligible {
        words.push_str(", can be activated");
    }
    badge(class, words)
}

fn whole(rights: &Rights, one: &Holder, portal: Option<&'static str>) -> Html {
    let by: Vec<&str> = one.roles.iter().map(|role| role.by.as_str()).collect();
    let mut groups: Vec<&str> = by.iter().copied().filter(|by| !by.is_empty()).collect();
    groups.dedup();
    let used = one.used.iter().map(|used| {
        let what = named(rights, used.right);
        html! {
            <p>{ sign("ok", "check", what) }{ " " }<span class="soft">{ intl::number(used.events) }{ " " }{ words::plural(used.events, "event", "events") }{ ", last " }{ minute(&used.last) }
                if !used.held && !one.roles.is_empty() { { ", not held now" } }</span></p>
        }
    });
    html! {
        <div class="stack tight wraps">
            if !groups.is_empty() { <p class="row soft">{ "By " }{ for groups.into_iter().map(group) }</p> }
            if one.vague { <p>{ sign("unkn", "m-unkn", "Unknown") }{ " What one of these roles allows was not in the answer: more may be held." }</p> }
            { enough(one) }
            if !one.used.is_empty() { <h3>{ "Used" }</h3>{ for used } }
            if !one.unused.is_empty() { <h3>{ "Not used" }</h3><p>{ listed(rights, one.unused.iter().copied()) }</p> }
            { for doubts(one).into_iter().map(|doubt| unknown(rights, one, doubt)) }
            if one.strange > 0 { <p class="soft">{ intl::number(one.strange) }{ " " }{ words::plural(one.strange, "event", "events") }{ " could not be assigned to a right." }</p> }
            { for link(one, portal).map(|(href, words)| outside(href, words)) }
        </div>
    }
}

/// Intune names groups by their ids.
fn group(by: &str) -> Html {
    if is_guid(by) {
        id_chip(by, "Group id")
    } else {
        badge("line", by.to_owned())
    }
}

fn is_guid(id: &str) -> bool {
    id.len() == 36 && id.bytes().all(|c| c.is_ascii_hexdigit() || c == b'-')
}

fn enough(one: &Holder) -> Html {
    let changed = one.changes > 0;
    match &one.enough {
        Some(role) => html! {
            <p>{ sign("ok", "check", "Enough") }{ format!(" The built-in role “{role}” allows all that was used, and less than is held.") }</p>
        },
        None if !changed && !one.unused.is_empty() && one.unknown.is_empty() => html! {
            <p>{ "Nothing was changed in this time: a role that only reads would have been enough." }</p>
        },
        None => html! {},
    }
}

fn named(rights: &Rights, right: u32) -> String {
    let name = rights.names.get(right as usize);
    name.map_or_else(String::new, |name| {
        format!("{}: {}", name.kind, name.action)
    })
}

/// Rights in a few words: each kind of object once.
fn listed(rights: &Rights, all: impl Iterator<Item = u32>) -> String {
    let mut kinds: Vec<(&str, Vec<&str>)> = Vec::new();
    let names = all.filter_map(|right| rights.names.get(right as usize));
    for name in names.take(MOST_RIGHTS) {
        match kinds.iter_mut().find(|(kind, _)| *kind == name.kind) {
            Some((_, actions)) => actions.push(&name.action),
            None => kinds.push((&name.kind, vec![&name.action])),
        }
    }
    let one = |(kind, actions): &(&str, Vec<&str>)| format!("{kind}: {}", actions.join(", "));
    let all: Vec<String> = kinds.iter().map(one).collect();
    all.join(" · ")
}

/// The reasons that there are, each once.
fn doubts(one: &Holder) -> Vec<Doubt> {
    let mut found = Vec::new();
    for (_, doubt) in &one.unknown {
        if !found.contains(doubt) {
            found.push(*doubt);
        }
    }
    found
}

fn unknown(rights: &Rights, one: &Holder, doubt: Doubt) -> Html {
    let these = one.unknown.iter().filter(|(_, why)| *why == doubt);
    let why = match doubt {
        Doubt::Log => "the audit log is not known for the whole time",
        Doubt::Members => "who of the group did what is not known",
        Doubt::Event => "using it leaves no event that is known here",
        Doubt::Several => "an event used it, or another right",
        Doubt::Tried => "it was tried, and did not succeed",
        Doubt::Strange => "there are events that could not be assigned to a right",
        Doubt::Actor => "there are events that do not say who it was",
    };
    html! {
        <><h3>{ "Unknown: " }{ why }</h3><p>{ listed(rights, these.map(|(right, _)| *right)) }</p></>
    }
}

/// Where it can be changed.
fn link(one: &Holder, portal: Option<&'static str>) -> Option<(String, &'static str)> {
    let portal = portal?;
    let id = one.id.as_str();
    if !is_guid(id) {
        return None;
    }
    Some(match one.kind {
        HolderKind::Person | HolderKind::Gone => (
            format!(
                "{portal}/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/AdministrativeRole/userId/{id}"
            ),
            "Roles of this person in the Entra admin center",
        ),
        HolderKind::Group => (
            format!(
                "{portal}/#view/Microsoft_AAD_IAM/GroupDetailsMenuBlade/~/Members/groupId/{id}"
            ),
            "Members in the Entra admin center",
        ),
        HolderKind::Application => return None,
    })
}
