//! The score: one number, and everything that it leaves out.

use domain::protocol::{File, Score};
use yew::prelude::*;

use crate::ui::components::{button, pick_button, problem_note, sign};
use crate::ui::dom::intl;
use crate::ui::effects::{Purpose, send};
use crate::ui::state::{Action, Analysis, AnalysisAction};

/// The line of the gauge that says the score, and opens it.
pub fn line(analysis: &Analysis) -> Html {
    if let Some(problem) = analysis.score.problem() {
        return problem_note(problem, html! {});
    }
    let Some(score) = analysis.score.get() else {
        return html! { <p class="soft" role="status">{ "Working out the score …" }</p> };
    };
    let open = Callback::from(|_: MouseEvent| send(Action::Analysis(AnalysisAction::Score)));
    html! {
        <>
            <p class="row">
                <b>{ "Score " }{ share(score.per_mille) }</b>
                <span class="soft">{ left_out(score) }</span>
                <button type="button" class="lnk label" aria-expanded={if analysis.score_open { "true" } else { "false" }} onclick={open}>{ "How it is counted" }</button>
            </p>
        </>
    }
}

/// What the number does not say, beside it.
fn left_out(score: &Score) -> String {
    let mut out = String::from("weighted by severity");
    let mut add = |n: u32, words: &str| {
        if n > 0 {
            out.push_str(", ");
            out.push_str(&intl::number(n));
            out.push_str(words);
        }
    };
    add(score.accepted.0, " accepted and not counted");
    add(score.unknown.0, " unknown and not counted");
    add(score.ignored, " left out by a severity rule");
    if let Some((low, high)) = score.range.filter(|(low, high)| low != high) {
        out.push_str(&format!(
            ": it lies between {} and {}",
            share(Some(low)),
            share(Some(high))
        ));
    }
    out
}

/// Tenths of a percent, rounded down: 100 % is only said when all are as wanted.
fn share(per_mille: Option<u32>) -> String {
    per_mille.map_or("–".to_owned(), |n| format!("{}.{} %", n / 10, n % 10))
}

/// The score whole: what counts, what does not, what is unknown. `all`: settings of the baseline.
pub fn whole(analysis: &Analysis, all: u32) -> Html {
    let score = analysis.score.get().filter(|_| analysis.score_open);
    let Some(score) = score else {
        return html! {};
    };
    let counted = score.met.0 + score.open.0 + score.accepted.0 + score.unknown.0;
    let silent = all.saturating_sub(counted + score.ignored);
    let row = |class,
               icon,
               words: &'static str,
               (n, weight): (u32, Option<u32>),
               counts: &'static str| {
        html! {
            <tr><th scope="row">{ sign(class, icon, words) }</th><td class="num">{ intl::number(n) }</td>
                <td class="num c-min">{ weight.map_or("–".to_owned(), intl::number) }</td><td>{ counts }</td></tr>
        }
    };
    let pair = |(n, weight): (u32, u32)| (n, Some(weight));
    let severities = ["High, weighs 10", "Medium, weighs 3", "Low, weighs 1"];
    let severities = severities.iter().zip(score.by_severity).map(|(words, (met, open))| {
        html! { <tr><th scope="row">{ *words }</th><td class="num">{ intl::number(met) }</td><td class="num">{ intl::number(open) }</td></tr> }
    });
    let sentences = score.words.iter().map(|words| html! { <li>{ words }</li> });
    let built_in = Action::Analysis(AnalysisAction::Severities(File::default()));
    html! {
        <div class="stack score">
            <div class="scores">
                <table class="tbl"><caption class="vh">{ "What counts" }</caption>
                    <thead><tr><th scope="col">{ "Settings of the baseline" }</th><th scope="col" class="num">{ "Number" }</th><th scope="col" class="num c-min">{ "Weight" }</th><th scope="col">{ "In the score" }</th></tr></thead>
                    <tbody>
                        { row("same", "m-same", "As wanted", pair(score.met), "for it") }
                        { row("diff", "m-diff", "Different or missing", pair(score.open), "against it") }
                        { row("ok", "check", "Accepted", pair(score.accepted), "not counted") }
                        { row("unkn", "m-unkn", "Unknown", pair(score.unknown), "not counted, and could move it") }
                        { row("", "a-off", "Left out by a severity rule", (score.ignored, None), "not counted") }
                        if silent > 0 { { row("", "a-off", "As good as absent on both sides", (silent, None), "not counted") } }
                        { row("extra", "m-extra", "Only in the tenant", (score.extra, None), "never counted") }
                    </tbody>
                </table>
                <table class="tbl"><caption class="vh">{ "By severity" }</caption>
                    <thead><tr><th scope="col">{ "Severity" }</th><th scope="col" class="num">{ "As wanted" }</th><th scope="col" class="num">{ "Not" }</th></tr></thead>
                    <tbody>{ for severities }</tbody>
                </table>
            </div>
            <ul class="soft">{ for sentences }</ul>
            <p class="row">{ pick_button("", "upload", "Open severity rules", Purpose::Severities, false) }{ button("ghost", "", "Built-in severities", built_in) }</p>
        </div>
    }
}
