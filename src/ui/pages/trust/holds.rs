//! What holds the page, and how it is known.

use std::rc::Rc;

use domain::protocol::Ready;
use domain::setup::policy::is_same;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::ui::components::{badge, badge_mark, icon_s};
use crate::ui::dom::{self, site};

/// What the section needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The engine and its configuration.
    pub ready: Option<Rc<Ready>>,
}

/// The section.
#[component]
pub fn Holds(props: &Props) -> Html {
    let sent = use_state_eq(|| None);
    {
        let sent = sent.setter();
        use_effect_with((), move |()| {
            spawn_local(async move { sent.set(Some(site::sent_policy().await)) });
        });
    }
    let ready = props.ready.as_deref();
    let enforced = ready.is_some_and(|r| r.policy_enforced);
    let in_engine = if enforced {
        "A request that the policy forbids was refused by the browser."
    } else {
        "A request that the policy forbids was not refused by the browser. Only this app’s own check of every address stands. Not every browser passes a policy that stands in the page on to a worker, older versions of Firefox among them: the host should send it as a header too."
    };
    let mut hosts = ready.map_or_else(Vec::new, |r| r.hosts.clone());
    hosts.dedup();
    let policy = site::policy();
    let typed = policy.contains("require-trusted-types-for");
    let by_header = *use_memo((), |()| site::has_header_policy());
    let tested = by_header || enforced;
    let refused = dom::violations();
    html! {
        <section class="sheet" aria-labelledby="h-c">
            <header><h2 id="h-c">{ "What holds it" }</h2><p class="quiet">{ "tested, not assumed" }</p></header>
            <table class="tbl tall stacks"><thead class="vh"><tr><th scope="col">{ "Result" }</th><th scope="col">{ "Check" }</th><th scope="col">{ "Evidence" }</th></tr></thead><tbody>
                { line(if typed { tested.then_some(true) } else { Some(false) }, "Policy of the page", page(&policy, by_header, enforced, sent.as_ref())) }
                { line(Some(enforced), "Policy in the engine", html! { { in_engine } }) }
                { line(Some(refused.is_empty()), "Refused by the policy", html! { { said(&refused) } }) }
                <tr><td>{ badge("", "set") }</td><th scope="row">{ "Hosts it may talk to" }</th><td class="soft">{ hosts.join(", ") }</td></tr>
                <tr><td>{ badge_mark("warn", "warning", "note") }</td><th scope="row">{ "Extensions" }</th><td class="soft">{ "Cannot be seen from a page. Use a browser profile without any." }</td></tr>
            </tbody></table>
        </section>
    }
}

/// A line of the table. `None`: nothing here can tell.
fn line(good: Option<bool>, what: &'static str, evidence: Html) -> Html {
    let mark = match good {
        Some(true) => badge_mark("ok", "check", "holds"),
        Some(false) => badge_mark("warn", "warning", "does not hold"),
        None => badge_mark("unkn", "m-unkn", "not tested"),
    };
    html! { <tr><td>{ mark }</td><th scope="row">{ what }</th><td class="soft">{ evidence }</td></tr> }
}

/// What is known of the page's own policy without provoking a violation, which would be an error on its console.
fn page(policy: &str, by_header: bool, enforced: bool, sent: Option<&Option<String>>) -> Html {
    let place = if by_header {
        "The browser has one from a header, by a probe; and one stands in the page itself."
    } else {
        "It stands in the page itself. The browser has none from a header, by a probe."
    };
    let through = if enforced {
        " The engine has the policy of the page and no other, since it starts from a blob of the page: what was refused there is refused here."
    } else {
        ""
    };
    let asked = match sent {
        Some(Some(header)) if is_same(header, policy) => " The header says the same.",
        Some(Some(_)) => {
            " The header that the host sends now says something else: what either forbids is refused."
        }
        _ => "",
    };
    let header = sent.and_then(Option::as_ref);
    html! {
        <>
            { place }{ asked }{ through }
            <details class="more"><summary>{ icon_s("chev-right") }{ "What it says" }</summary><p><code>{ policy }</code></p>
                if let Some(header) = header { <p>{ "By header: " }<code>{ header }</code></p> }</details>
        </>
    }
}

/// What the policy of the page refused, in the order in which it did.
fn said(refused: &[String]) -> String {
    if refused.is_empty() {
        "Nothing on this page, since it was opened.".to_owned()
    } else {
        refused.join("; ")
    }
}
