//! Markdown: for a wiki, a ticket or a repository. Tables as GitHub has them.

use std::fmt::Write;

use super::{Group, Input, Line, Report, STATES, state_words, summary, text};

pub(super) fn write(report: &Report) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "# {}\n", text::markdown(&report.title));
    if !report.generated_at.is_empty() {
        let _ = writeln!(out, "Written {}.\n", text::markdown(&report.generated_at));
    }
    let _ = writeln!(out, "{}\n", text::markdown(&summary(report)));
    out.push_str("| | Settings | Policies |\n|---|--:|--:|\n");
    for state in STATES {
        let (word, sign) = state_words(state);
        let (settings, policies) = (report.settings.of(state), report.policies.of(state));
        let _ = writeln!(
            out,
            "| {} {word} | {} | {} |",
            text::markdown(&sign.to_string()),
            text::number(settings),
            text::number(policies)
        );
    }
    unknown(&mut out, report);
    for group in report.groups.iter().filter(|g| !g.lines.is_empty()) {
        policy(&mut out, group);
    }
    out.push_str("\n## What was compared\n");
    input(&mut out, "Baseline", &report.left);
    input(&mut out, "Tenant", &report.right);
    rules(&mut out, report);
    out
}

fn unknown(out: &mut String, report: &Report) {
    if report.unknown.is_empty() {
        return;
    }
    out.push_str("\n## What is unknown\n\n");
    for sentence in &report.unknown {
        let _ = writeln!(out, "- {}", text::markdown(sentence));
    }
}

fn policy(out: &mut String, group: &Group) {
    let (word, sign) = state_words(group.state);
    let _ = writeln!(out, "\n## {}\n", text::markdown(&group.title));
    let _ = write!(out, "{} {word}", text::markdown(&sign.to_string()));
    if !group.note.is_empty() {
        let _ = write!(out, " · {}", text::markdown(&group.note));
    }
    out.push_str("\n\n| | Setting | Baseline | Tenant |\n|---|---|---|---|\n");
    for line in &group.lines {
        row(out, line);
    }
}

fn row(out: &mut String, line: &Line) {
    let (word, sign) = state_words(line.state);
    let _ = write!(out, "| {} {word} | ", text::markdown(&sign.to_string()));
    if !line.path.is_empty() {
        let _ = write!(out, "{} › ", text::markdown(&line.path));
    }
    let _ = write!(out, "{}", text::markdown(&line.name));
    if !line.because.is_empty() {
        let _ = write!(out, " ({})", text::markdown(&line.because));
    }
    let value = |value: &Option<String>| value.as_deref().map_or("–".to_owned(), text::markdown);
    let _ = writeln!(out, " | {} | {} |", value(&line.left), value(&line.right));
}

fn input(out: &mut String, role: &str, input: &Input) {
    let _ = write!(
        out,
        "\n**{role}**: {}, {} policies, {} settings",
        text::markdown(&input.label),
        text::number(input.policies),
        text::number(input.settings)
    );
    if !input.taken_at.is_empty() {
        let _ = write!(out, ", read {}", text::markdown(&input.taken_at));
    }
    let files = input.files;
    if files.given > 0 {
        let _ = write!(
            out,
            "; files: {} given, {} read, {} not a policy, {} unreadable",
            files.given, files.read, files.not_policy, files.unreadable
        );
    }
    out.push_str(".\n");
    for finding in &input.findings {
        let _ = writeln!(
            out,
            "- {} {}: {} {}",
            text::markdown(&finding.file),
            text::markdown(&finding.place),
            text::markdown(&finding.problem),
            text::markdown(&finding.remedy)
        );
    }
    for (what, reason, detail) in &input.gaps {
        let _ = writeln!(
            out,
            "- {}: {} {}",
            text::markdown(what),
            text::markdown(reason),
            text::markdown(detail)
        );
    }
}

fn rules(out: &mut String, report: &Report) {
    if report.rules.is_empty() {
        return;
    }
    out.push_str("\n## Rules\n\n| Rule | What it does | Differences suppressed |\n|---|---|--:|\n");
    for rule in &report.rules {
        let hits = text::hits(rule);
        let _ = writeln!(
            out,
            "| {} | {} | {hits} |",
            text::markdown(&rule.id),
            text::markdown(&rule.words)
        );
    }
}
