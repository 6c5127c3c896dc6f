//! The dialog that asks for a permission: which, what for, which calls, and what works without it.

use domain::permission::log_route;
use domain::protocol::AuditLog;
use yew::prelude::*;

use crate::ui::components::button;
use crate::ui::effects::model;
use crate::ui::state::{Action, SessionAction, ShellAction};

/// What stands in the dialog.
pub fn ask_for(log: AuditLog) -> Html {
    let route = log_route(log);
    let model = model();
    let features = model.ready().map_or(&[][..], |ready| &ready.features);
    let mut scopes = features.iter().flat_map(|feature| &feature.scopes);
    let offered = scopes.find(|(scope, _)| scope == route.scope);
    let without = match log {
        AuditLog::Intune => {
            "Everything but who changed a policy of Intune, and what it was before."
        }
        AuditLog::Directory => {
            "Everything but who changed a policy of Entra (Conditional Access and others), and what it was before. Intune’s own log needs another permission."
        }
    };
    let ask = Action::Session(SessionAction::AskFor {
        scope: route.scope.to_owned(),
    });
    html! {
        <>
            <header><h2 class="dt">{ "A permission for " }{ route.name }</h2></header>
            <div class="body stack">
                <dl class="kv">
                    <dt>{ "Permission" }</dt><dd><code>{ route.scope }</code>{ ", delegated; an administrator consents" }</dd>
                    if let Some((_, why)) = offered { <dt>{ "What for" }</dt><dd>{ why }</dd> }
                    <dt>{ "Calls" }</dt><dd><code>{ "GET /v1.0" }{ route.path }</code>{ ", page by page, between two dates" }</dd>
                    <dt>{ "Works without it" }</dt><dd>{ without }</dd>
                </dl>
                if offered.is_some() {
                    <p class="soft">{ "Asking leaves this page for Microsoft’s. When you are back the tenant is read anew, and a baseline is to be opened again." }</p>
                } else {
                    <p class="soft">{ "This site’s configuration does not ask for it. Whoever hosts the site can add it." }</p>
                }
            </div>
            <footer>
                { button("", "", "Not now", Action::Shell(ShellAction::Shut)) }
                if offered.is_some() { { button("pri", "", "Ask for this permission", ask) } }
            </footer>
        </>
    }
}
