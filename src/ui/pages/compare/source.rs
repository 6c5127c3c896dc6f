//! Lines of a comparison as the table draws them.

use std::rc::Rc;

use domain::protocol::{CompareLine, CompareWindow, SettingLine, State, StateCounts};
use yew::prelude::*;

use super::gauge::count;
use crate::ui::apart::apart;
use crate::ui::components::table::{Row, Source, address};
use crate::ui::components::{icon_s, mark, mark_counted, sign};
use crate::ui::words;

/// The window that is there.
pub struct Lines {
    /// `None`: nothing came yet.
    pub window: Option<Rc<CompareWindow>>,
    /// Grouped by policy: a line need not say its policy again.
    pub by_policy: bool,
}

impl Lines {
    /// The number of the line of a setting, if it is in the window.
    pub fn place(&self, setting: u32) -> Option<u32> {
        let window = self.window.as_ref()?;
        let is = |line: &CompareLine| matches!(line, CompareLine::Setting(s) if s.index == setting);
        let at = window.lines.iter().position(is)?;
        Some(window.from + u32::try_from(at).ok()?)
    }

    fn line(&self, at: u32) -> Option<&CompareLine> {
        let window = self.window.as_ref()?;
        window.lines.get(at.checked_sub(window.from)? as usize)
    }
}

impl Source for Lines {
    fn total(&self) -> u32 {
        self.window.as_ref().map_or(0, |w| w.matching)
    }

    fn stamp(&self) -> (usize, String) {
        let by = if self.by_policy { "policy" } else { "" };
        (address(self.window.as_ref()), by.to_owned())
    }

    fn row(&self, at: u32) -> Option<Row> {
        Some(match self.line(at)? {
            CompareLine::Group {
                title,
                note,
                state,
                counts,
                folded,
                ..
            } => Row {
                class: "g",
                cells: vec![group(title, note, *state, counts, *folded)],
                heading: Some(!folded),
                name: AttrValue::from(title.clone()),
            },
            CompareLine::Setting(setting) => setting_row(setting, self.by_policy),
        })
    }
}

/// The row of a setting: state, name, both values.
pub fn setting_row(setting: &SettingLine, by_policy: bool) -> Row {
    Row {
        cells: vec![
            state(setting),
            name(setting, by_policy),
            value(&setting.left, setting, true),
            value(&setting.right, setting, false),
        ],
        name: AttrValue::from(setting.name.clone()),
        ..Row::default()
    }
}

fn group(title: &str, note: &str, state: State, counts: &StateCounts, folded: bool) -> Html {
    let marks = words::STATES
        .into_iter()
        .filter(|s| *s != State::Same && count(counts, *s) > 0);
    let marks: Vec<Html> = marks.map(|s| mark_counted(s, count(counts, s))).collect();
    let marks = if marks.is_empty() {
        vec![mark(state)]
    } else {
        marks
    };
    html! {
        <div class="row">
            { icon_s(if folded { "chev-right" } else { "chev-down" }) }
            <b class="cut" title={title.to_owned()}>{ title }</b><span class="quiet cut" title={note.to_owned()}>{ note }</span><span class="grow"/>
            <span class="row label marks">{ for marks }</span>
        </div>
    }
}

fn name(setting: &SettingLine, by_policy: bool) -> Html {
    let policy = if setting.right_policy.is_empty() {
        &setting.left_policy
    } else {
        &setting.right_policy
    };
    let weighs = match (setting.state, setting.severity) {
        (State::Same, _) | (_, None) => "",
        (_, Some(severity)) => words::severity(severity),
    };
    let below = if !setting.rule.is_empty() {
        format!("Same by rule: {}", setting.rule)
    } else if by_policy {
        setting.path.clone()
    } else {
        format!("in {policy}")
    };
    let below = match (weighs, below.len() > 3) {
        (weighs, false) => weighs.to_owned(),
        ("", true) => below,
        (weighs, true) => format!("{weighs} · {below}"),
    };
    html! {
        <div class="two" title={setting.name.clone()}><span>{ &setting.name }</span>if !below.is_empty() { <span class="why">{ below }</span> }</div>
    }
}

/// The state, and below it that somebody accepted it.
fn state(setting: &SettingLine) -> Html {
    let state = mark(setting.state);
    if !setting.accepted {
        return state;
    }
    html! { <div class="accepted">{ state }{ sign("ok", "check", "accepted") }</div> }
}

fn value(text: &str, setting: &SettingLine, left: bool) -> Html {
    let absent = matches!(
        (setting.state, left),
        (State::Extra, true) | (State::Missing, false)
    );
    if absent || text.is_empty() {
        let words = if setting.state == State::Unknown && text.is_empty() {
            "not known"
        } else {
            "not set"
        };
        return html! { <span class="none">{ words }</span> };
    }
    let words = if setting.state == State::Different {
        marked_soon(text, if left { &setting.right } else { &setting.left })
    } else {
        html! { { text } }
    };
    html! { <div class="two" title={text.to_owned()}><span>{ words }</span></div> }
}

/// A text with what the other does not have marked.
pub fn marked(text: &str, other: &str) -> Html {
    marked_from(text, other, 0)
}

/// The same where there is little room: a mark far into a long text would be cut off, so it begins near it.
fn marked_soon(text: &str, other: &str) -> Html {
    let [(from, _), _] = apart(text, other);
    let near = text[..from].char_indices().rev().nth(ROOM);
    let begin = near.map_or(0, |(at, _)| text[at..from].find(' ').map_or(at, |n| at + n));
    marked_from(text, other, begin)
}

fn marked_from(text: &str, other: &str, begin: usize) -> Html {
    let [(from, to), _] = apart(text, other);
    let start = if begin > 0 { "…" } else { "" };
    html! { <>{ start }{ &text[begin..from] }if to > from { <mark>{ &text[from..to] }</mark> }{ &text[to..] }</> }
}

/// Characters that surely fit into a cell.
const ROOM: usize = 40;
