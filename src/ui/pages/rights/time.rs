//! Over which time, and how much of the audit log is known for it.

use std::rc::Rc;

use domain::permission::{holds, log_route};
use domain::policy::dates;
use domain::protocol::{Account, AuditLog};
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::super::audit;
use super::super::live::sheet;
use crate::ui::components::{button, problem_note, toggle};
use crate::ui::dom::intl;
use crate::ui::effects::send;
use crate::ui::route::Route;
use crate::ui::state::{Action, AuditAction, Model, Overlay, ShellAction};

const CHOICES: [u32; 4] = [7, 30, 60, 90];

/// The days, and the audit log.
pub fn chosen(model: &Model, account: &Rc<Account>, days: u32) -> Html {
    let one = |n: u32| {
        toggle(
            n == days,
            "",
            html! { <>{ n }{ " days" }</> },
            Action::Go(Route::Rights(n)),
        )
    };
    let content = html! {
        <div class="body stack tight wraps">
            <div class="row keys" role="group" aria-label="Days">
                { for CHOICES.into_iter().map(one) }
                { number(days) }
            </div>
            { log(model, account, days) }
        </div>
    };
    sheet("h-time", "Time looked at", "up to now", content)
}

/// A number of one's own. It counts when it is whole: with Enter, or when the field is left.
fn number(days: u32) -> Html {
    let onchange = Callback::from(|event: Event| {
        let field = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let typed = field.and_then(|field| field.value().parse::<u32>().ok());
        if let Some(days) = typed {
            send(Action::Go(Route::Rights(days.clamp(1, 90))));
        }
    });
    html! {
        <label class="row">{ "or" }
            <input class="in" type="number" min="1" max="90" step="1" inputmode="numeric" aria-label="Number of days, 1 to 90" value={days.to_string()} {onchange}/>
            { "days" }</label>
    }
}

fn log(model: &Model, account: &Account, days: u32) -> Html {
    let audit = &model.audit;
    if audit.read.loading() {
        return audit::under_way(audit);
    }
    let route = log_route(AuditLog::Intune);
    if !holds(&account.scopes, route.scope) {
        let ask = Action::Shell(ShellAction::Open(Overlay::Ask("audit")));
        return html! {
            <p class="row"><span class="grow soft">{ route.name }{ " needs a permission that this sign-in lacks: which rights were used stays unknown." }</span>
                { button("", "", "What it takes", ask) }</p>
        };
    }
    let to = intl::now_iso();
    let now = dates::seconds(&to).unwrap_or_default();
    let from = dates::iso(now - i64::from(days) * 86_400);
    let words = format!("Read the audit log of {days} days");
    let reads = audit.read.get().map_or(&[][..], Vec::as_slice);
    let ours = reads.iter().filter(|read| read.log == AuditLog::Intune);
    let (class, why) = match reads.iter().any(|read| read.log == AuditLog::Intune) {
        true => (
            "",
            "Read again for what happened since, or for a longer time.",
        ),
        false => (
            "pri",
            "The audit log names people. It is read when you ask for it, and kept in memory only.",
        ),
    };
    html! {
        <>
            <p class="soft">{ why }</p>
            <p class="row">{ button(class, "clock", words, Action::Audit(AuditAction::Read { from, to })) }</p>
            { for audit.read.problem().map(|problem| problem_note(problem, html! {})) }
            { for ours.map(|read| audit::line(read, true)) }
        </>
    }
}
