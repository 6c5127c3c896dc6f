//! Audit logs: reading them, what it takes, what came.

use std::rc::Rc;

use domain::permission::{holds, log_feature, log_route};
use domain::protocol::{Account, AuditRead, SnapshotInfo};
use yew::prelude::*;

use crate::ui::components::{button, icon_s, minute, problem_note, sign};
use crate::ui::dom::intl;
use crate::ui::state::{
    AUDIT_LOGS, Action, Audit, AuditAction, Overlay, Session, SessionAction, ShellAction,
};
use crate::ui::words::{self, Press};

/// What can be read: the words of its button, and between which times (ISO 8601).
pub type Offer = (&'static str, String, String);

/// Who changed what: how much of it is known, and what to press.
pub fn reading(audit: &Audit, session: &Session, open: &SnapshotInfo, offers: &[Offer]) -> Html {
    let account = session.account();
    let ours = account.filter(|account| account.tenant_id.eq_ignore_ascii_case(&open.tenant_id));
    let content = match ours {
        _ if audit.read.loading() => under_way(audit),
        None => nobody(account, audit.read.get().is_some()),
        Some(_) if offers.is_empty() => html! {
            <p class="soft">{ "Who changed it is looked up between the dates of two snapshots. A side has none." }</p>
        },
        Some(account) => ready(account, offers),
    };
    let lines = audit.read.get().map_or(&[][..], Vec::as_slice).iter();
    html! {
        <section class="stack tight wraps" aria-label="Who changed it">
            { content }
            { for audit.read.problem().map(|problem| problem_note(problem, html! {})) }
            { for lines.map(|read| line(read, ours.is_some())) }
        </section>
    }
}

pub(super) fn under_way(audit: &Audit) -> Html {
    let events = audit
        .progress
        .as_ref()
        .map_or(0, |progress| progress.objects);
    let wait = audit
        .progress
        .as_ref()
        .map_or(0, |progress| progress.waiting);
    html! {
        <p class="row"><progress aria-label="Reading audit events"/>
            <span role="status">{ "Reading audit events: " }{ intl::number(events) }{ " so far." }
                if wait > 0 { { " Microsoft Graph asks for a pause: " }{ words::duration(wait) }{ "." } }</span>
            { button("", "", "Cancel", Action::Audit(AuditAction::Cancel)) }</p>
    }
}

fn nobody(account: Option<&Rc<Account>>, read: bool) -> Html {
    let (why, words) = match account {
        Some(_) => (
            "You are signed in to another tenant than the one that is open.",
            "Sign in to the other tenant",
        ),
        None if read => return html! {},
        None => (
            "Nobody is signed in to this tenant.",
            "Sign in with Microsoft",
        ),
    };
    let features = Vec::new();
    html! {
        <p class="row"><span class="grow soft">{ "Who changed it is unknown. " }{ why }{ " Signing in reads the tenant anew; a baseline is to be opened again then." }</span>
            { button("", "windows", words, Action::Session(SessionAction::SignIn { features })) }</p>
    }
}

fn ready(account: &Rc<Account>, offers: &[Offer]) -> Html {
    let offers = offers.iter().map(|(words, from, to)| {
        let read = AuditAction::Read {
            from: from.clone(),
            to: to.clone(),
        };
        button("", "clock", *words, Action::Audit(read))
    });
    let lacking = AUDIT_LOGS.into_iter().filter(|log| {
        let route = log_route(*log);
        !holds(&account.scopes, route.scope)
    });
    let lacking = lacking.map(|log| {
        let ask = Action::Shell(ShellAction::Open(Overlay::Ask(log_feature(log))));
        html! {
            <p class="row soft"><span class="grow">{ log_route(log).name }{ " needs a permission that this sign-in lacks: what it has stays unknown." }</span>
                { button("", "", "What it takes", ask) }</p>
        }
    });
    html! {
        <>
            <p class="row"><span class="grow soft">{ "From the audit logs, which name people. They are read when you ask for them, and kept in memory only." }</span>
                { for offers }</p>
            { for lacking }
        </>
    }
}

/// How a log was read; with what to press where it is not whole.
pub(super) fn line(read: &AuditRead, ours: bool) -> Html {
    let name = log_route(read.log).name;
    let Some(gap) = &read.gap else {
        return html! {
            <p class="soft">{ icon_s("check") }{ " " }{ name }{ ": " }{ intl::number(read.events) }{ " events, " }{ minute(&read.from) }{ " to " }{ minute(&read.to) }</p>
        };
    };
    let (why, press) = words::gap(gap);
    let again = Action::Audit(AuditAction::Read {
        from: read.from.clone(),
        to: read.to.clone(),
    });
    let press = match press {
        Press::AskForScope => Some((
            "What it takes",
            Action::Shell(ShellAction::Open(Overlay::Ask(log_feature(read.log)))),
        )),
        Press::ReadAgain => Some(("Read again", again)),
        Press::SignIn | Press::Nothing => None,
    };
    html! {
        <div class="stack tight">
            <p class="row"><span class="grow">{ sign("unkn", "m-unkn", name) }{ " is not whole. " }{ why }
                if read.events > 0 { { " " }{ intl::number(read.events) }{ " events came." } }</span>
                { for press.filter(|_| ours).map(|(words, action)| button("", "", words, action)) }</p>
            if !gap.detail.is_empty() { <p class="mono soft">{ &gap.detail }</p> }
        </div>
    }
}
