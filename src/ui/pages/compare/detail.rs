//! All there is to say about one setting: both values whole, line by line where they are long.

use domain::protocol::{CompareDetail, SettingLine, State};
use yew::prelude::*;

use super::source::marked;
use crate::ui::components::{
    button, icon_button, icon_s, id_chip, last_day, link_button, mark, note, sign,
};
use crate::ui::effects::send;
use crate::ui::route::{Route, Tab, View};
use crate::ui::state::{Action, AnalysisAction, Compare, CompareAction};
use crate::ui::words;

/// The pane beside the list; a page of its own on a narrow screen.
pub fn detail(compare: &Compare) -> Html {
    let close = Action::Compare(CompareAction::Close);
    let back = {
        let close = close.clone();
        Callback::from(move |_: MouseEvent| send(close.clone()))
    };
    html! {
        <article class="detail" aria-label="Setting" tabindex="0">
            <div class="row bar-row">
                <button type="button" class="btn ghost back" onclick={back}>{ icon_s("chev-left") }{ "Settings" }</button>
                <span class="grow"/><span class="x">{ icon_button("close", "Close (Esc)", close) }</span>
            </div>
            { compare.detail.draw("Opening the setting", whole) }
        </article>
    }
}

fn whole(detail: &CompareDetail) -> Html {
    let line = &detail.line;
    html! {
        <>
            <header>
                <p>{ mark(line.state) }</p><h2>{ &line.name }</h2>
                if !line.path.is_empty() { <p class="soft">{ &line.path }</p> }
            </header>
            if !detail.because.is_empty() { { because(detail) } }
            { acceptance(detail) }
            { values(detail) }
            { about(detail) }
            { policies(detail) }
            { elsewhere(&detail.elsewhere) }
        </>
    }
}

fn because(detail: &CompareDetail) -> Html {
    let class = if detail.line.state == State::Unknown {
        "unkn"
    } else {
        ""
    };
    html! { <section>{ note(class, "info", html! { <p>{ &detail.because }</p> }) }</section> }
}

/// Who accepted the difference and why; or the button to do so.
fn acceptance(detail: &CompareDetail) -> Html {
    let line = &detail.line;
    if matches!(line.state, State::Same | State::Unknown) {
        return html! {};
    }
    let list = detail.deviations.iter().map(|(number, one)| {
        let back = Action::Analysis(AnalysisAction::Unaccept(*number));
        let until = if one.expires.is_empty() { html! { { "without end" } } } else { html! { <>{ "until " }{ last_day(&one.expires) }</> } };
        html! {
            <div class="stack tight">
                <p>{ &one.reason }</p>
                <p class="soft">{ &one.owner }{ ", " }{ until }if !line.accepted { { " (not any more)" } }</p>
                <p class="row">{ button("", "undo", "Take it back", back) }</p>
            </div>
        }
    });
    html! {
        <section aria-labelledby="d-acc"><h3 id="d-acc">
                if line.accepted { { sign("ok", "check", "Accepted") } } else { { "Not accepted" } }
            </h3>
            { for list }
            if !line.accepted { <p class="row">{ button("", "check", "Accept this difference (a)", Action::Analysis(AnalysisAction::Accept)) }</p> }
        </section>
    }
}

/// The two policies side by side, where both sides have one.
fn policies(detail: &CompareDetail) -> Html {
    let (left, right) = detail.policies;
    let picked = [left.map(|p| (1, p)), right.map(|p| (0, p))];
    let to = Route::Analysis(View {
        picked,
        ..View::of(Tab::Policies)
    });
    let words = if left.is_some() && right.is_some() {
        "Compare these two policies"
    } else {
        "Compare the policy with another"
    };
    html! { <section><p class="row">{ link_button("", "compare", &to, words) }</p></section> }
}

fn values(detail: &CompareDetail) -> Html {
    let line = &detail.line;
    if !detail.lines.is_empty() {
        return html! { <section aria-labelledby="d-lines"><h3 id="d-lines">{ "Line by line" }</h3>{ diff(&detail.lines, ["Baseline", "Tenant"]) }</section> };
    }
    let side = |title: &'static str,
                policy: &str,
                [text, other]: [&str; 2],
                raw: &str,
                absent: bool| {
        let value = if absent {
            html! { <span class="none quiet">{ "not set" }</span> }
        } else {
            html! { <><pre class="code">{ if line.state == State::Different { marked(text, other) } else { html! { { text } } } }</pre>if raw != text && !raw.is_empty() { <p class="hint">{ "As written:" }</p><pre class="code">{ raw }</pre> }</> }
        };
        html! { <section><h3>{ title }<span class="quiet policy">{ policy }</span></h3>{ value }</section> }
    };
    html! {
        <>
            { side("Baseline", &line.left_policy, [&line.left, &line.right], &detail.left_raw, line.state == State::Extra) }
            { side("Tenant", &line.right_policy, [&line.right, &line.left], &detail.right_raw, line.state == State::Missing) }
        </>
    }
}

/// Runs of equal lines longer than this are folded to their ends.
const CONTEXT: usize = 3;

/// Long texts line by line. `sides`: what each is called.
pub fn diff(lines: &[(char, String)], sides: [&'static str; 2]) -> Html {
    let (mut left, mut right) = (0u32, 0u32);
    let mut rows = Vec::new();
    let mut at = 0;
    while let Some((sign, _)) = lines.get(at) {
        let run = lines[at..].iter().take_while(|(s, _)| s == sign).count();
        for (step, (sign, text)) in lines[at..at + run].iter().enumerate() {
            left += u32::from(*sign != '+');
            right += u32::from(*sign != '-');
            let first = at == 0;
            let last = at + run == lines.len();
            let far = *sign == ' ' && (step >= CONTEXT || first) && (step + CONTEXT < run || last);
            if far {
                let border = if first { 0 } else { CONTEXT };
                if step == border {
                    let hidden =
                        run.saturating_sub(if first || last { CONTEXT } else { 2 * CONTEXT });
                    rows.push(html! { <tr class="skipped"><td class="n"/><td class="n"/><td class="n"/><td>{ format!("⋯ {hidden} equal lines") }</td></tr> });
                }
                continue;
            }
            // A line that stands for another, as far as there are as many: what changed within it is marked.
            let against = match sign {
                '-' => lines.get(at + run + step).filter(|(s, _)| *s == '+'),
                '+' if at > 0 => {
                    let gone = lines[..at]
                        .iter()
                        .rev()
                        .take_while(|(s, _)| *s == '-')
                        .count();
                    lines.get(at - gone + step).filter(|(s, _)| *s == '-')
                }
                _ => None,
            };
            let text = match against {
                Some((_, other)) => marked(text, other),
                None => html! { { text } },
            };
            rows.push(diff_line(*sign, text, (left, right), sides));
        }
        at += run;
    }
    html! {
        <div class="scroll" role="region" aria-label="Line by line" tabindex="0"><table class="ldiff">
            <thead class="vh"><tr><th scope="col">{ sides[0] }{ " line" }</th><th scope="col">{ sides[1] }{ " line" }</th><th scope="col">{ "Sign" }</th><th scope="col">{ "Text" }</th></tr></thead>
            <tbody>{ for rows }</tbody>
        </table></div>
    }
}

fn diff_line(sign: char, text: Html, (left, right): (u32, u32), sides: [&'static str; 2]) -> Html {
    let n = |n: u32| html! { <td class="n">{ n }</td> };
    let none = || html! { <td class="n"/> };
    match sign {
        '-' => {
            html! { <tr class="rm">{ n(left) }{ none() }<td class="n">{ "−" }</td><td><span class="vh">{ "only " }{ sides[0] }{ ": " }</span><del>{ text }</del></td></tr> }
        }
        '+' => {
            html! { <tr class="ad">{ none() }{ n(right) }<td class="n">{ "+" }</td><td><span class="vh">{ "only " }{ sides[1] }{ ": " }</span><ins>{ text }</ins></td></tr> }
        }
        _ => html! { <tr>{ n(left) }{ n(right) }{ none() }<td>{ text }</td></tr> },
    }
}

fn about(detail: &CompareDetail) -> Html {
    let SettingLine {
        category,
        rule,
        severity,
        ..
    } = &detail.line;
    let severity = severity.map_or("Never counted", words::severity);
    let text = |title: &'static str, text: &str| {
        if text.is_empty() {
            html! {}
        } else {
            html! { <><dt>{ title }</dt><dd>{ text }</dd></> }
        }
    };
    html! {
        <section aria-labelledby="d-about"><h3 id="d-about">{ "About this setting" }</h3>
            <dl class="kv eq">
                { text("Category", category) }{ text("Severity", severity) }{ text("Rule", rule) }{ text("What it does", &detail.description) }{ text("CSP", &detail.csp) }
                if !detail.id.is_empty() { <dt>{ "Id" }</dt><dd>{ id_chip(&detail.id, "Setting id") }</dd> }
            </dl>
        </section>
    }
}

/// Other policies that set the same: a conflict may hide here.
fn elsewhere(list: &[(String, String, String)]) -> Html {
    if list.is_empty() {
        return html! {};
    }
    let rows = list.iter().map(|(side, policy, value)| html! { <tr><td>{ side }</td><th scope="row">{ policy }</th><td>{ value }</td></tr> });
    html! {
        <section aria-labelledby="d-else"><h3 id="d-else">{ "Also set elsewhere" }</h3>
            <table class="tbl tall"><thead><tr><th scope="col">{ "Side" }</th><th scope="col">{ "Policy" }</th><th scope="col">{ "Value" }</th></tr></thead><tbody>{ for rows }</tbody></table>
        </section>
    }
}
