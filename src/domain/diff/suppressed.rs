//! The differences that one rule suppressed.

use std::collections::HashSet;

use super::Line;
use super::view::setting_line;
use super::words::Sides;
use crate::protocol::{CompareLine, CompareWindow, State};

/// What a rule suppressed: lines of a comparison without it that differ there and not in `with`.
/// `None`: the rule acts while documents are read; `known` then says which ids were there all along.
pub fn find(
    sides: Sides,
    with: Option<&super::Comparison>,
    known: &HashSet<&str>,
) -> CompareWindow {
    const MOST: usize = 2000;
    let differs = |line: &Line| !matches!(line.state, State::Same | State::Unknown);
    let told: HashSet<(bool, super::At)> = with
        .iter()
        .flat_map(|found| &found.lines)
        .filter(|line| differs(line))
        .flat_map(|line| [(true, line.left), (false, line.right)])
        .filter(|(_, at)| at.1 != super::NONE)
        .collect();
    let is_new = |line: &Line| match with {
        Some(_) => !told.contains(&(true, line.left)) && !told.contains(&(false, line.right)),
        None => sides
            .either(line)
            .is_some_and(|(_, setting)| !known.contains(setting.id.as_ref())),
    };
    let lines: Vec<CompareLine> = (0u32..)
        .zip(&sides.found.lines)
        .filter(|(_, line)| differs(line) && !line.echo && is_new(line))
        .map(|(index, line)| CompareLine::Setting(setting_line(sides, index, line)))
        .collect();
    CompareWindow {
        matching: lines.len() as u32,
        settings: lines.len() as u32,
        from: 0,
        lines: lines.into_iter().take(MOST).collect(),
    }
}
