//! One self-contained HTML file: no script, no request, prints well, dark and light.
//!
//! The policy in its head allows this one style sheet by its hash and nothing else, so that even a
//! mistake in escaping could not act.

use std::fmt::Write;

use super::{Group, Input, Line, Report, STATES, state_words, summary, text};
use crate::protocol::{State, StateCounts};

pub(super) const STYLE: &str = include_str!("report.css");
/// SHA-256 of [`STYLE`], base64. A test computes it again.
pub(super) const STYLE_HASH: &str = "gf7UAmRS+vpkjJLeXpukVgkVFLlq6CSl8/gCncAdjCM=";

pub(super) fn write(report: &Report) -> String {
    let mut out = String::with_capacity(64 << 10);
    head(&mut out, report);
    top(&mut out, report);
    unknown(&mut out, report);
    contents(&mut out, report);
    let shown = report
        .groups
        .iter()
        .enumerate()
        .filter(|(_, g)| !g.lines.is_empty());
    for (number, group) in shown {
        policy(&mut out, number, group);
    }
    inputs(&mut out, report);
    rules(&mut out, report);
    out.push_str("</main><footer><p>Written by Plumbline in the reader's own browser. No setting was sent anywhere.</p></footer></body></html>\n");
    out
}

fn head(out: &mut String, report: &Report) {
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{STYLE_HASH}'\">\
         <meta name=\"referrer\" content=\"no-referrer\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{}</title><style>{STYLE}</style></head><body>",
        text::html(&report.title)
    );
}

fn top(out: &mut String, report: &Report) {
    let _ = write!(out, "<header><h1>{}</h1>", text::html(&report.title));
    if !report.generated_at.is_empty() {
        let at = text::html(&report.generated_at);
        let _ = write!(
            out,
            "<p class=\"soft\">Written <time datetime=\"{at}\">{at}</time></p>"
        );
    }
    let _ = write!(
        out,
        "</header><main><p class=\"lead\">{}</p>",
        text::html(&summary(report))
    );
    bar(out, &report.settings);
    out.push_str("<table><thead><tr><th>State</th><th class=\"n\">Settings</th><th class=\"n\">Policies</th></tr></thead><tbody>");
    for state in STATES {
        let (settings, policies) = (report.settings.of(state), report.policies.of(state));
        let _ = write!(
            out,
            "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
            mark(state),
            text::number(settings),
            text::number(policies)
        );
    }
    out.push_str("</tbody></table>");
}

/// The share of each state, as wide as it is. The table below says the numbers.
fn bar(out: &mut String, counts: &StateCounts) {
    let total = counts.total().max(1);
    let _ = write!(
        out,
        "<svg class=\"bar\" viewBox=\"0 0 {total} 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
    );
    let mut x = 0;
    for state in [
        State::Same,
        State::Different,
        State::Missing,
        State::Extra,
        State::Unknown,
    ] {
        let width = counts.of(state);
        if width > 0 {
            let _ = write!(
                out,
                "<rect class=\"{}\" x=\"{x}\" width=\"{width}\" height=\"10\"/>",
                class(state)
            );
            x += width;
        }
    }
    out.push_str("</svg>");
}

fn unknown(out: &mut String, report: &Report) {
    if report.unknown.is_empty() {
        return;
    }
    out.push_str("<section><h2>What is unknown</h2><ul>");
    for sentence in &report.unknown {
        let _ = write!(out, "<li>{}</li>", text::html(sentence));
    }
    out.push_str("</ul></section>");
}

fn contents(out: &mut String, report: &Report) {
    let shown: Vec<_> = report
        .groups
        .iter()
        .enumerate()
        .filter(|(_, g)| !g.lines.is_empty())
        .collect();
    if shown.len() > 1 {
        out.push_str("<nav aria-label=\"Policies\"><h2>Policies</h2><ul class=\"toc\">");
        for (number, group) in shown {
            let _ = write!(
                out,
                "<li>{} <a href=\"#p{number}\">{}</a></li>",
                sign(group.state),
                text::html(&group.title)
            );
        }
        out.push_str("</ul></nav>");
    }
}

fn policy(out: &mut String, number: usize, group: &Group) {
    let _ = write!(
        out,
        "<section id=\"p{number}\"><h2>{}</h2><p>{}",
        text::html(&group.title),
        mark(group.state)
    );
    if !group.note.is_empty() {
        let _ = write!(
            out,
            " <span class=\"soft\">{}</span>",
            text::html(&group.note)
        );
    }
    out.push_str("</p><table class=\"wide\"><thead><tr><th>State</th><th>Setting</th><th>Baseline</th><th>Tenant</th></tr></thead><tbody>");
    for line in &group.lines {
        row(out, line);
    }
    out.push_str("</tbody></table></section>");
}

fn row(out: &mut String, line: &Line) {
    let _ = write!(out, "<tr><td>{}</td><td>", mark(line.state));
    if !line.path.is_empty() {
        let _ = write!(
            out,
            "<span class=\"path\">{} › </span>",
            text::html(&line.path)
        );
    }
    out.push_str(&text::html(&line.name));
    if !line.because.is_empty() {
        let _ = write!(
            out,
            "<br><span class=\"soft\">{}</span>",
            text::html(&line.because)
        );
    }
    let _ = write!(
        out,
        "<br><code class=\"path\">{}</code></td>",
        text::html(&line.id)
    );
    if line.diff.is_empty() {
        let value = |value: &Option<String>| {
            value
                .as_deref()
                .map_or("<span class=\"soft\">–</span>".to_owned(), text::html)
        };
        let _ = write!(
            out,
            "<td data-l=\"Baseline\">{}</td><td data-l=\"Tenant\">{}</td></tr>",
            value(&line.left),
            value(&line.right)
        );
        return;
    }
    out.push_str("<td colspan=\"2\"><pre>");
    for (sign, text) in &line.diff {
        let class = match sign {
            '-' => "d",
            '+' => "i",
            _ => "s",
        };
        let _ = write!(
            out,
            "<span class=\"{class}\">{sign} {}</span>",
            text::html(text)
        );
    }
    out.push_str("</pre></td></tr>");
}

fn inputs(out: &mut String, report: &Report) {
    out.push_str("<section><h2>What was compared</h2>");
    input(out, "Baseline", &report.left);
    input(out, "Tenant", &report.right);
    out.push_str("</section>");
}

fn input(out: &mut String, role: &str, input: &Input) {
    let _ = write!(
        out,
        "<h3>{role}: {}</h3><p>{} policies, {} settings.",
        text::html(&input.label),
        text::number(input.policies),
        text::number(input.settings)
    );
    if !input.tenant_id.is_empty() {
        let _ = write!(
            out,
            " Tenant <code>{}</code>.",
            text::html(&input.tenant_id)
        );
    }
    if !input.taken_at.is_empty() {
        let _ = write!(out, " Read {}.", text::html(&input.taken_at));
    }
    let files = input.files;
    if files.given > 0 {
        let _ = write!(
            out,
            " Files: {} given, {} read, {} not a policy, {} unreadable.",
            text::number(files.given),
            text::number(files.read),
            text::number(files.not_policy),
            text::number(files.unreadable)
        );
    }
    out.push_str("</p>");
    if !input.findings.is_empty() {
        out.push_str("<table><thead><tr><th>File</th><th>Place</th><th>Problem</th><th>What to do</th></tr></thead><tbody>");
        for f in &input.findings {
            cells(out, &[&f.file, &f.place, &f.problem, &f.remedy]);
        }
        out.push_str("</tbody></table>");
    }
    if !input.gaps.is_empty() {
        out.push_str("<table><thead><tr><th>Not read whole</th><th>Why</th><th>Detail</th></tr></thead><tbody>");
        for (what, reason, detail) in &input.gaps {
            cells(out, &[what, reason, detail]);
        }
        out.push_str("</tbody></table>");
    }
}

fn rules(out: &mut String, report: &Report) {
    if report.rules.is_empty() {
        return;
    }
    out.push_str("<section><h2>Rules</h2><p>Differences that say nothing about configuration are suppressed by these rules, and only by these.</p><table><thead><tr><th>Rule</th><th>What it does</th><th class=\"n\">Suppressed</th></tr></thead><tbody>");
    for rule in &report.rules {
        let hits = text::hits(rule);
        let _ = write!(
            out,
            "<tr><td>{}</td><td>{}</td><td class=\"n\">{hits}</td></tr>",
            text::html(&rule.id),
            text::html(&rule.words)
        );
    }
    out.push_str("</tbody></table></section>");
}

fn cells(out: &mut String, fields: &[&str]) {
    out.push_str("<tr>");
    for field in fields {
        let _ = write!(out, "<td>{}</td>", text::html(field));
    }
    out.push_str("</tr>");
}

fn mark(state: State) -> String {
    let (word, sign) = state_words(state);
    format!(
        "<span class=\"st {}\"><span aria-hidden=\"true\">{sign}</span> {word}</span>",
        class(state)
    )
}

fn sign(state: State) -> String {
    let (word, sign) = state_words(state);
    format!(
        "<span class=\"st {}\" title=\"{word}\">{sign}</span>",
        class(state)
    )
}

const fn class(state: State) -> &'static str {
    match state {
        State::Same => "same",
        State::Different => "different",
        State::Missing => "missing",
        State::Extra => "extra",
        State::Unknown => "unknown",
    }
}
