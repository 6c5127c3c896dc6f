//! The dialog that accepts a difference: why, who answers for it, until when.

use web_sys::{FormData, HtmlFormElement};
use yew::prelude::*;

use crate::ui::components::{button, choice_field, problem_note};
use crate::ui::dom::intl;
use crate::ui::effects::send;
use crate::ui::state::{Action, Analysis, AnalysisAction, ShellAction, day_of, signed};

/// What stands in the dialog.
pub fn accept(analysis: &Analysis) -> Html {
    let Some((_, name)) = &analysis.accepting else {
        return html! {};
    };
    let onsubmit = Callback::from(|event: SubmitEvent| {
        event.prevent_default();
        let form = event
            .target_dyn_into::<HtmlFormElement>()
            .and_then(|form| FormData::new_with_form(&form).ok());
        if let Some(form) = form {
            let text = |name| form.get(name).as_string().unwrap_or_default();
            let fields = ["reason", "owner", "expires"].map(text);
            let accept = signed(fields, form.has("any"), &intl::now_iso());
            send(Action::Analysis(AnalysisAction::Sign(accept)));
        }
    });
    let today = day_of(&intl::now_iso()).to_owned();
    html! {
        <form {onsubmit}>
            <header><h2 class="dt">{ "Accept this difference" }</h2><p class="soft">{ name }</p></header>
            <div class="body stack">
                if let Some(problem) = &analysis.refused { { problem_note(problem, html! {}) } }
                <div class="field"><label for="reason">{ "Reason" }</label>
                    <textarea class="in" id="reason" name="reason" rows="3" required=true autofocus=true maxlength="2000"/></div>
                <div class="field"><label for="owner">{ "Who answers for it" }</label>
                    <input class="in" id="owner" name="owner" required=true maxlength="200" autocomplete="off" value={analysis.owner.clone()}/></div>
                <div class="field"><label for="expires">{ "Last day" }</label>
                    <input class="in" id="expires" name="expires" type="date" min={today} aria-describedby="expires-hint"/>
                    <p class="hint" id="expires-hint">{ "After this day the difference counts again. Empty: no end." }</p></div>
                { choice_field("any", "Also when the value changes again") }
            </div>
            <footer>
                { button("", "", "Cancel", Action::Shell(ShellAction::Shut)) }
                <button type="submit" class="btn pri">{ "Accept" }</button>
            </footer>
        </form>
    }
}
