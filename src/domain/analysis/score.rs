//! How far the main side is from the baseline, in a number that says what it leaves out.

use super::coverage::Covered;
use super::severity::weight;
use crate::diff::Sides;
use crate::protocol::{Cover, Score, Severity, State};
use crate::report::text::number;

/// Adds up. `accepted` has a flag for each line of the comparison.
pub fn score(sides: Sides<'_>, covered: &[Covered], accepted: &[bool]) -> Score {
    let mut score = Score {
        extra: sides.found.settings.extra,
        ..Score::default()
    };
    let mut idle = 0u32;
    for one in covered {
        let weight = weight(one.severity);
        if weight == 0 {
            score.ignored += 1;
            continue;
        }
        let state = match sides.found.lines.get(one.line as usize) {
            Some(line) => line.state,
            None => State::Unknown,
        };
        let tile = match one.severity {
            Severity::High => 0,
            Severity::Medium => 1,
            _ => 2,
        };
        let sum = match state {
            State::Same => {
                idle += u32::from(one.cover == Cover::Idle);
                score.by_severity[tile].0 += 1;
                &mut score.met
            }
            State::Unknown => &mut score.unknown,
            _ if accepted.get(one.line as usize) == Some(&true) => &mut score.accepted,
            _ => {
                score.by_severity[tile].1 += 1;
                &mut score.open
            }
        };
        sum.0 += 1;
        sum.1 += weight;
    }
    let (met, open, unknown) = (score.met.1, score.open.1, score.unknown.1);
    score.per_mille = per_mille(met, met + open);
    let all = met + open + unknown;
    score.range = per_mille(met, all).zip(per_mille(met + unknown, all));
    score.words = words(&score, idle);
    score
}

fn per_mille(part: u32, all: u32) -> Option<u32> {
    (all > 0).then(|| (u64::from(part) * 1000 / u64::from(all)) as u32)
}

fn words(score: &Score, idle: u32) -> Vec<String> {
    let mut out = vec![format!(
        "Counted: {} settings as the baseline wants them, {} that are not; high weighs 10, medium 3, low 1.",
        number(score.met.0),
        number(score.open.0)
    )];
    let mut add = |count: u32, words: &str| {
        if count > 0 {
            out.push(format!("{words}: {}.", number(count)));
        }
    };
    add(idle, "As wanted, but in policies that reach nobody");
    add(
        score.accepted.0,
        "Accepted deviations, which count neither way",
    );
    add(
        score.unknown.0,
        "Not known, which count neither way; the range says how far they could move the number",
    );
    add(score.ignored, "Left out by a rule");
    add(score.extra, "Only on the main side, which never count");
    out
}
