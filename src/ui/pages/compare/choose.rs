//! Before there is a comparison: choose a baseline, wait for it, or read why it could not be opened.

use domain::protocol::BaselineInfo;
use yew::prelude::*;

use crate::ui::components::{DropZone, badge_mark, icon, problem_note};
use crate::ui::pages::overview::finding_list;
use crate::ui::state::Compare;

/// The page.
pub fn choose(compare: &Compare) -> Html {
    let problem = compare.baseline.problem().or(compare.summary.problem());
    html! {
        <>
            if compare.baseline.loading() {
                { waiting(&format!("Reading {}", compare.opening)) }
            } else if compare.summary.loading() {
                { waiting("Comparing setting by setting") }
            } else {
                if let Some(problem) = problem { { problem_note(problem, html! {}) } }
                <section class="sheet choose">
                    <header><h2>{ "Nothing to compare with yet" }</h2></header>
                    <div class="body stack">
                        <p class="soft">{ "Choose a baseline: a folder or zip of exported policies, or an older snapshot. It is compared setting by setting, whatever the policies are called." }</p>
                        <DropZone baseline=true hint="Nothing is uploaded: the files stay in this browser."/>
                        { super::dialects() }
                    </div>
                </section>
            }
            if let Some(info) = compare.baseline.get() { { read(info) } }
        </>
    }
}

fn waiting(words: &str) -> Html {
    html! {
        <section class="sheet choose"><div class="state" role="status">{ icon("compare") }<h2>{ words.to_owned() }</h2><progress aria-label={words.to_owned()}/></div></section>
    }
}

/// What was read of a baseline, and what was not.
pub fn read(info: &BaselineInfo) -> Html {
    let (given, _, other, bad) = info.files;
    let dialects = info
        .dialects
        .iter()
        .map(|(words, n)| html! { <li>{ words }{ ": " }{ n.to_string() }{ " files" }</li> });
    html! {
        <section class="sheet after">
            <header>
                <h2>{ &info.label }</h2>
                { badge_mark("ok", "check", format!("{} policies, {} settings", info.policies, info.settings)) }
                if bad > 0 { { badge_mark("warn", "warning", format!("{bad} not readable")) } }
                <span class="quiet">{ format!("{given} files, {other} of them not policies") }</span>
            </header>
            <ul class="body stack tight soft">{ for dialects }</ul>
            { finding_list(&info.findings) }
        </section>
    }
}
