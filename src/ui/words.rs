//! The words for states, reasons and kinds that the screen says everywhere in the same way.

use domain::protocol::{
    AssignedState, Cover, DeviationState, DriftKind, Overlap, Reach, ReportFormat, Severity, State,
};
use domain::snapshot::{Gap, Reason};

use super::route::Route;

/// The name of a page.
pub fn page(route: &Route) -> &'static str {
    match route {
        Route::Start => "Start",
        Route::Overview => "Overview",
        Route::Inventory(_) => "Inventory",
        Route::Compare(_) => "Compare",
        Route::Analysis(view) => view.tab.words(),
        Route::Reports => "Reports",
        Route::Trust => "Trust",
        Route::Access => "Who can use this app here",
        Route::Mine => "What may I do",
        Route::Rights(_) => "Over-privileged administrators",
        Route::Permissions => "Why each permission",
        Route::SetUp => "Set up this site",
        Route::Threats => "Threat model",
        Route::Nowhere => "No such page",
    }
}

/// What a mark needs: colour class, icon of the sprite, word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Colour class of `mark.css`.
    pub class: &'static str,
    /// Symbol of the sprite, `static/icons.svg`.
    pub icon: &'static str,
    /// The word.
    pub word: &'static str,
}

/// The five comparison states in the order in which they are always shown.
pub const STATES: [State; 5] = [
    State::Same,
    State::Different,
    State::Missing,
    State::Extra,
    State::Unknown,
];

/// Sign, colour and word of a comparison state.
pub fn state(state: State) -> Mark {
    let (class, icon, word) = match state {
        State::Same => ("same", "m-same", "same"),
        State::Different => ("diff", "m-diff", "different"),
        State::Missing => ("miss", "m-miss", "missing"),
        State::Extra => ("extra", "m-extra", "extra"),
        State::Unknown => ("unkn", "m-unkn", "unknown"),
    };
    Mark { class, icon, word }
}

const fn mark(class: &'static str, icon: &'static str, word: &'static str) -> Mark {
    Mark { class, icon, word }
}

/// What became of a setting of the baseline.
pub fn cover(cover: Cover) -> Mark {
    match cover {
        Cover::Full => mark("same", "m-same", "everybody"),
        Cover::Part => mark("same", "group", "some"),
        Cover::Idle => mark("warn", "a-none", "nobody"),
        Cover::Otherwise => mark("diff", "m-diff", "other value"),
        Cover::NotSet => mark("miss", "m-miss", "not set"),
        Cover::Unknown => mark("unkn", "m-unkn", "unknown"),
    }
}

/// Its colour in a bar.
pub fn cover_bar(of: Cover) -> &'static str {
    match of {
        Cover::Part => "part",
        Cover::Idle => "open",
        of => cover(of).class,
    }
}

/// Whom a policy reaches.
pub fn reach(reach: Reach) -> Mark {
    match reach {
        Reach::All => mark("same", "a-in", "everybody"),
        Reach::Some => mark("same", "group", "some"),
        Reach::Nobody => mark("warn", "a-none", "nobody"),
        Reach::Unknown => mark("unkn", "m-unkn", "unknown"),
    }
}

/// Whether policies that disagree can meet.
pub fn overlap(overlap: Overlap) -> Mark {
    match overlap {
        Overlap::Yes => mark("miss", "warning", "they meet"),
        Overlap::Maybe => mark("diff", "m-diff", "they may"),
        Overlap::Unknown => mark("unkn", "m-unkn", "unknown"),
        Overlap::No => mark("", "a-off", "never"),
    }
}

/// What happened to a policy.
pub fn drift(kind: DriftKind) -> Mark {
    match kind {
        DriftKind::Changed => mark("diff", "m-diff", "changed"),
        DriftKind::Added => mark("extra", "m-extra", "added"),
        DriftKind::Removed => mark("miss", "m-miss", "removed"),
        DriftKind::Renamed => mark("", "tag", "renamed"),
        DriftKind::Unknown => mark("unkn", "m-unkn", "unknown"),
    }
}

/// Where a deviation stands.
pub fn deviation(state: DeviationState) -> Mark {
    match state {
        DeviationState::Holds => mark("ok", "check", "accepted"),
        DeviationState::Expired => mark("warn", "clock", "over"),
        DeviationState::Unused => mark("", "a-off", "not met here"),
    }
}

/// The word of a severity.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "High",
        Severity::Medium => "Medium",
        Severity::Low => "Low",
        Severity::Ignored => "Not counted",
    }
}

/// Sign, colour and word of an assignment state.
pub fn assigned(state: AssignedState) -> Mark {
    let (class, icon, word) = match state {
        AssignedState::Assigned => ("", "a-in", "Assigned"),
        AssignedState::Unassigned => ("warn", "a-none", "Not assigned"),
        AssignedState::NotAssignable => ("quiet", "a-off", "Cannot be assigned"),
        AssignedState::Unknown => ("unkn", "a-unkn", "Unknown"),
    };
    Mark { class, icon, word }
}

/// What a person can press about a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// Ask Microsoft Entra for the missing scope.
    AskForScope,
    /// Read the tenant again.
    ReadAgain,
    /// Sign in again.
    SignIn,
    /// Nothing that this app could do.
    Nothing,
}

/// Why something is not known, in one sentence, and what can be pressed.
pub fn gap(gap: &Gap) -> (&'static str, Press) {
    match gap.reason {
        Reason::NotInFile => ("The file does not say.", Press::Nothing),
        Reason::Scope => ("The sign-in lacks a permission.", Press::AskForScope),
        Reason::Role => ("Your role may not read this.", Press::Nothing),
        Reason::Licence => (
            "Needs a licence that this tenant does not have.",
            Press::Nothing,
        ),
        Reason::NotFound => ("Microsoft Graph does not serve this here.", Press::Nothing),
        Reason::Throttled => ("Microsoft Graph asked to wait too often.", Press::ReadAgain),
        Reason::Failed => ("Microsoft Graph did not answer.", Press::ReadAgain),
        Reason::Malformed => (
            "The answer was not what Microsoft Graph promises.",
            Press::ReadAgain,
        ),
        Reason::SignedOut => ("The session ended before it was read.", Press::SignIn),
        Reason::Cancelled => ("The reading was cancelled.", Press::ReadAgain),
        Reason::NotRead => ("Not asked for.", Press::ReadAgain),
        Reason::Reading => ("Still to be read.", Press::Nothing),
    }
}

/// One or two words for a gap, for a narrow column.
pub fn gap_short(reason: Reason) -> &'static str {
    match reason {
        Reason::NotInFile => "not in the file",
        Reason::Scope => "no permission",
        Reason::Role => "not your role",
        Reason::Licence => "no licence",
        Reason::NotFound => "not served",
        Reason::Throttled => "throttled",
        Reason::Failed => "no answer",
        Reason::Malformed => "bad answer",
        Reason::SignedOut => "signed out",
        Reason::Cancelled => "cancelled",
        Reason::NotRead => "not read",
        Reason::Reading => "reading",
    }
}

/// Name and one line about a report format.
pub fn format(format: ReportFormat) -> (&'static str, &'static str) {
    match format {
        ReportFormat::Html => (
            "HTML",
            "One file without script. Prints well, light and dark.",
        ),
        ReportFormat::Markdown => ("Markdown", "For a wiki or a repository."),
        ReportFormat::Csv => ("CSV", "One line a setting. Safe to open in a spreadsheet."),
        ReportFormat::Json => ("JSON", "For scripts. Same input, same bytes."),
        ReportFormat::Excel => (
            "Excel",
            "A sheet for each table, with filters. No formulas.",
        ),
        ReportFormat::Word => (
            "Word",
            "Headings, contents and tables, to hand over or to edit.",
        ),
    }
}

/// The icon of a platform by its words.
pub fn platform_icon(platform: &str) -> &'static str {
    let several = platform.contains(',');
    match platform {
        _ if several => "platforms",
        p if p.starts_with("Windows") => "windows",
        p if p.starts_with("macOS") || p.starts_with("iOS") => "apple",
        p if p.starts_with("Android") => "android",
        p if p.starts_with("Linux") => "linux",
        _ => "platforms",
    }
}

/// `1 policy`, `2 policies`: the number is written by the caller, who knows the locale.
pub fn plural(n: u32, one: &'static str, many: &'static str) -> &'static str {
    if n == 1 { one } else { many }
}

/// A long id, shortened in the middle: `4f0a7b21…77d4`.
pub fn short_id(id: &str) -> String {
    let length = id.chars().count();
    if length <= 16 {
        return id.to_owned();
    }
    let head: String = id.chars().take(8).collect();
    let tail: String = id.chars().skip(length - 4).collect();
    format!("{head}…{tail}")
}

/// Seconds in words: `40 s`, `3 min`, `2 h 11 min`.
pub fn duration(seconds: u32) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

/// How long a read takes yet. While lists are open only the least is known.
pub fn time_left(seconds: u32, at_least: bool) -> String {
    let time = duration(seconds);
    match at_least {
        true => format!(" At least {time} left: how much the lists hold is not known yet."),
        false => format!(" About {time} left."),
    }
}

/// Bytes in words: `612 kB`.
pub fn bytes(n: u32) -> String {
    match n {
        0..1_000 => format!("{n} B"),
        1_000..100_000 => format!("{}.{} kB", n / 1_000, n % 1_000 / 100),
        100_000..1_000_000 => format!("{} kB", n / 1_000),
        _ => format!("{}.{} MB", n / 1_000_000, n % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_shortened_in_the_middle_on_character_boundaries() {
        assert_eq!(
            short_id("4f0a7b21-9c1e-4d57-8a36-b0e1c52f77d4"),
            "4f0a7b21…77d4"
        );
        assert_eq!(short_id("short"), "short");
        assert_eq!(short_id("ääääääääääääääääää"), "ääääääää…ääää");
    }

    #[test]
    fn durations_and_sizes_have_units() {
        for (seconds, words) in [
            (7, "7 s"),
            (60, "1 min"),
            (61, "2 min"),
            (7_860, "2 h 11 min"),
        ] {
            assert_eq!(duration(seconds), words);
        }
        assert_eq!(time_left(61, false), " About 2 min left.");
        assert!(time_left(7, true).starts_with(" At least 7 s left: "));
        for (n, words) in [
            (312, "312 B"),
            (18_432, "18.4 kB"),
            (612_000, "612 kB"),
            (31_400_000, "31.4 MB"),
        ] {
            assert_eq!(bytes(n), words);
        }
    }
}
