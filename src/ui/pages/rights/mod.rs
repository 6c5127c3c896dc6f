//! Over-privileged administrators: rights in Intune held against what the audit log shows.

mod holder;
mod time;

use domain::oauth::cloud;
use domain::protocol::{HolderKind, LivePage, Rights, RightsPart};
use yew::prelude::*;

use super::access::outside;
use super::live::{Takes, head, read, sheet, signed_out, unknown};
use crate::ui::components::{badge_mark, sign};
use crate::ui::dom::intl;
use crate::ui::state::Model;
use crate::ui::words;

const RIGHTS: Takes = Takes {
    page: LivePage::Rights,
    feature: "rights",
    roles: "Intune Administrator, Global Reader, or a role of Intune that reads roles",
};
const DIRECTORY: Takes = Takes {
    roles: "Global Reader, Security Reader, Privileged Role Administrator",
    ..RIGHTS
};

/// The page, for so many days.
pub fn rights(model: &Model, days: u32) -> Html {
    let content = match model.session.account() {
        None => signed_out("Who has rights in Intune is read from the tenant that you sign in to."),
        Some(account) => {
            let portal = model
                .ready()
                .and_then(|ready| cloud::admin_center(ready.hosts.first()?));
            html! {
                <div class="stack">
                    { time::chosen(model, account, days) }
                    { read(&model.live, LivePage::Rights, |rights: Rights| whole(&rights, portal)) }
                </div>
            }
        }
    };
    html! { <>{ head(model, &model.route, LivePage::Rights) }{ content }</> }
}

fn whole(rights: &Rights, portal: Option<&'static str>) -> Html {
    let acted = |kind| kind == HolderKind::Gone || kind == HolderKind::Application;
    let (others, holders): (Vec<_>, Vec<_>) = rights
        .holders
        .iter()
        .partition(|one| acted(one.kind) && one.roles.is_empty());
    let quiet = match rights.excessive {
        0 => String::new(),
        n => format!("{} with a right that was not used", intl::number(n)),
    };
    let mut found = holder::table(rights, &holders, portal);
    if holders.is_empty() {
        let words = if rights.gaps.is_empty() {
            "Nobody: no role of Intune is assigned to a group with people in it, and nobody is Intune Administrator."
        } else {
            "None that could be read."
        };
        found = html! { <p class="body soft">{ words }</p> };
    }
    let more = rights.total.saturating_sub(rights.holders.len() as u32);
    html! {
        <>
            { verdict(rights) }
            { gaps(rights) }
            { sheet("h-holders", "Who has rights that change things", quiet, html! {
                <>{ found }
                    if more > 0 { <p class="body soft">{ "and " }{ intl::number(more) }{ " more, with fewer unused rights" }</p> }
                </>
            }) }
            if !others.is_empty() {
                { sheet("h-others", "Changed something, and no role was found", "", html! {
                    <><p class="body soft">{ "People whose role was taken away, was activated for a time or is another than those that are read; administrators of partners; deleted accounts; applications, whose own permissions are not read here." }</p>
                        { holder::table(rights, &others, portal) }</>
                }) }
            }
            { strange(rights) }
            { how(portal) }
        </>
    }
}

/// What can be said, in a sentence.
fn verdict(rights: &Rights) -> Html {
    let days = format!(
        "{} {}",
        rights.days,
        words::plural(rights.days, "day", "days")
    );
    let (class, icon, text) = match (rights.log.whole, rights.excessive) {
        (true, 0) => (
            "",
            "check",
            format!(
                "Nobody is known to hold a right that was not used in {days}; what is unknown stands below."
            ),
        ),
        (true, n) => (
            "warn",
            "warning",
            format!(
                "{} of {} hold rights that they did not use in {days}.",
                intl::number(n),
                intl::number(rights.total)
            ),
        ),
        (false, _) if rights.log.read => (
            "unkn",
            "m-unkn",
            format!(
                "The audit log is not known for all of these {days}: what was not seen in use is unknown, not unused."
            ),
        ),
        (false, _) => (
            "unkn",
            "m-unkn",
            "The audit log was not read: which rights were used is unknown.".to_owned(),
        ),
    };
    let word = match class {
        "warn" => "Over-privileged",
        "unkn" => "Unknown",
        _ => "Nothing found",
    };
    html! { <p role="status">{ sign(class, icon, word) }{ " " }{ text }</p> }
}

const fn part(part: RightsPart) -> (&'static str, Takes) {
    match part {
        RightsPart::Roles => ("What the roles of Intune allow.", RIGHTS),
        RightsPart::Assignments => ("Who is assigned to the roles of Intune.", RIGHTS),
        RightsPart::Members => (
            "Who is in the groups that are assigned: such a group stands for its members.",
            DIRECTORY,
        ),
        RightsPart::Directory => (
            "Who is Global Administrator or Intune Administrator.",
            DIRECTORY,
        ),
        RightsPart::Eligible => (
            "Who can activate Global Administrator or Intune Administrator.",
            DIRECTORY,
        ),
        RightsPart::People => ("Names of people: they are shown by their ids.", DIRECTORY),
    }
}

fn gaps(rights: &Rights) -> Html {
    if rights.gaps.is_empty() {
        return html! {};
    }
    let each = rights.gaps.iter().map(|(of, gap)| {
        let (words, takes) = part(*of);
        html! { <div class="body stack tight"><h3>{ words }</h3>{ unknown(gap, takes) }</div> }
    });
    sheet(
        "h-gaps",
        "Could not be read",
        "nothing is called unused by it",
        html! { <>{ for each }</> },
    )
}

fn strange(rights: &Rights) -> Html {
    if rights.strange.is_empty() {
        return html! {};
    }
    let rows = rights.strange.iter().map(|(name, n)| {
        let name = if name.is_empty() {
            "without a name"
        } else {
            name
        };
        html! { <tr><th scope="row">{ name }</th><td class="num">{ intl::number(*n) }</td></tr> }
    });
    sheet(
        "h-strange",
        "Events that could not be assigned to a right",
        "what their actors hold and was not seen in use is unknown",
        html! { <table class="tbl tall"><thead><tr><th scope="col">{ "Activity" }</th><th scope="col" class="num">{ "Events" }</th></tr></thead><tbody>{ for rows }</tbody></table> },
    )
}

fn how(portal: Option<&'static str>) -> Html {
    let intune = portal.map(|entra| entra.replacen("entra.", "intune.", 1));
    let roles = intune.map(|intune| {
        format!("{intune}/#view/Microsoft_Intune_DeviceSettings/RolesLandingMenuBlade/~/roles")
    });
    sheet(
        "h-how",
        "How this is worked out",
        "",
        html! {
            <div class="body stack tight wraps">
                <p>{ "Reading leaves no audit event, so rights that only read are left out: they are neither used nor unused here." }</p>
                <p>{ "Intune’s log names the object and the operation, not the right. Plumbline has a table from one to the other; what it does not have, and every right that leaves no event of its own, is unknown." }</p>
                <p>{ "Global Administrator and Intune Administrator hold every right that any role of Intune has. Other directory roles with a part of Intune, such as Security Administrator, are not looked at." }</p>
                <p>{ "Since when somebody has a role is not read: one that was assigned yesterday looks unused too. Scope tags and groups in scope are not weighed." }</p>
                <p class="row">{ badge_mark("", "info", "Nothing is changed from here") }</p>
                { for roles.map(|href| outside(href, "Roles in the Intune admin center")) }
            </div>
        },
    )
}
