//! Pictures as SVG of our own: drawn by numbers, coloured by the report's style sheet, read by a screen reader
//! by title and description. The table below each says the same numbers.

use std::fmt::Write as _;

use super::model::Picture;
use super::{STATES, class, state_words, text};
use crate::protocol::{State, StateCounts};

const LABEL: u32 = 260;
const BAR: u32 = 520;
const LINE: u32 = 22;

/// Draws a picture. `number` makes its ids its own.
pub(super) fn svg(out: &mut String, picture: &Picture, number: u32) {
    let Picture::Bars { title, rows, words } = picture;
    let height = LINE * (rows.len() as u32 + 1) + 6;
    let word = |state: State| {
        let own = words.iter().find(|(of, _)| *of == state);
        own.map_or(state_words(state).0, |(_, word)| word.as_str())
    };
    let used: Vec<State> = STATES
        .into_iter()
        .rev()
        .filter(|state| rows.iter().any(|(_, counts)| counts.of(*state) > 0))
        .collect();
    let _ = write!(
        out,
        "<svg class=\"pic\" role=\"img\" viewBox=\"0 0 {} {height}\" aria-labelledby=\"t{number} d{number}\"><title id=\"t{number}\">{}</title><desc id=\"d{number}\">",
        LABEL + BAR + 60,
        text::html(title)
    );
    for (name, counts) in rows {
        let _ = write!(out, "{}: ", text::html(name));
        let parts: Vec<String> = used
            .iter()
            .filter(|state| counts.of(**state) > 0)
            .map(|state| {
                format!(
                    "{} {}",
                    text::number(counts.of(*state)),
                    text::html(word(*state)).to_lowercase()
                )
            })
            .collect();
        let _ = write!(out, "{}. ", parts.join(", "));
    }
    out.push_str("</desc>");
    let mut x = LABEL;
    for state in &used {
        let (_, sign) = state_words(*state);
        let words = format!("{sign} {}", text::html(word(*state)));
        let _ = write!(
            out,
            "<rect class=\"{}\" x=\"{x}\" y=\"4\" width=\"10\" height=\"10\"/><text x=\"{}\" y=\"13\">{words}</text>",
            class(*state),
            x + 14
        );
        x += 24 + 8 * words.chars().count() as u32;
    }
    let longest = rows
        .iter()
        .map(|(_, counts)| counts.total())
        .max()
        .unwrap_or(0)
        .max(1);
    for (at, (name, counts)) in rows.iter().enumerate() {
        let y = LINE * (at as u32 + 1);
        let _ = write!(
            out,
            "<text class=\"l\" x=\"{}\" y=\"{}\">{}</text>",
            LABEL - 8,
            y + 15,
            text::html(&short(name))
        );
        bar(out, counts, &used, longest, y);
    }
    out.push_str("</svg>");
}

/// The parts of a bar, each at least a hair wide; its length says how many there are.
fn bar(out: &mut String, counts: &StateCounts, used: &[State], longest: u32, y: u32) {
    let mut sum = 0;
    let at = |sum: u32| LABEL + (u64::from(sum) * u64::from(BAR) / u64::from(longest)) as u32;
    for state in used {
        let count = counts.of(*state);
        if count > 0 {
            let (from, to) = (at(sum), at(sum + count));
            let _ = write!(
                out,
                "<rect class=\"{}\" x=\"{from}\" y=\"{}\" width=\"{}\" height=\"14\"/>",
                class(*state),
                y + 4,
                (to - from).max(1)
            );
            sum += count;
        }
    }
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{}\">{}</text>",
        at(sum) + 6,
        y + 15,
        text::number(counts.total())
    );
}

fn short(name: &str) -> String {
    const MOST: usize = 36;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    let cut: String = name.chars().take(MOST - 1).collect();
    format!("{cut}…")
}
