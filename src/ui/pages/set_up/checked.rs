//! What is still wrong with the site.

use domain::oauth::config::Config;
use domain::problem::Problem;
use domain::setup::check::{Check, Seen, SignIn, Verdict, check};
use yew::prelude::*;

use super::Props;
use crate::bridge::sign_in::base;
use crate::ui::components::{badge_mark, icon_s};
use crate::ui::dom::site;
use crate::ui::state::Session;

/// The check, with a button that does it again.
pub fn sheet(
    props: &Props,
    served: Option<&std::rc::Rc<Result<Config, Vec<Problem>>>>,
    look: Callback<MouseEvent>,
) -> Html {
    let content = match served {
        None => html! { <p class="body soft" role="status">{ "Looking …" }</p> },
        Some(config) => lines(&check(&Seen {
            address: &base(),
            config: (**config).clone(),
            policy: &site::policy(),
            enforced: props.ready.as_ref().map(|ready| ready.policy_enforced),
            sign_in: last(&props.session),
        })),
    };
    html! {
        <section class="sheet" aria-labelledby="h-check">
            <header><h2 id="h-check">{ "What is still wrong" }</h2><span class="grow"/>
                <button type="button" class="btn ghost" onclick={look}>{ icon_s("refresh") }{ "Look again" }</button></header>
            { content }
        </section>
    }
}

fn last(session: &Session) -> SignIn<'_> {
    match session {
        Session::In { account, .. } => SignIn::Good(&account.missing),
        Session::Failed(problem) | Session::Expired { problem, .. } => SignIn::Failed(problem),
        Session::NoConsent(needed) => SignIn::Failed(&needed.problem),
        _ => SignIn::None,
    }
}

fn lines(found: &[Check]) -> Html {
    let rows = found.iter().map(|line| {
        let mark = match line.verdict {
            Verdict::Good => badge_mark("ok", "check", "good"),
            Verdict::Note => badge_mark("line", "info", "note"),
            Verdict::Wrong => badge_mark("bad", "warning", "wrong"),
            Verdict::Unknown => badge_mark("unkn", "m-unkn", "unknown"),
        };
        html! { <li class="stack tight"><span class="row">{ mark }<b>{ line.what }</b></span><p class="soft">{ &line.found }</p></li> }
    });
    html! { <ul class="body stack checks">{ for rows }</ul> }
}
