//! Names of policies without what tools and releases add to them.

/// The name under which a policy is looked for: lower case, single spaces.
pub(super) fn plain(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// The same without version, time stamp and copy marks.
///
/// `Win - OIB - SC - Edge - D - Security - v3.6` → `win - oib - sc - edge - d - security`.
pub(super) fn unversioned(name: &str) -> String {
    let name = plain(name);
    let name = without_stamp(&name);
    let words: Vec<&str> = name
        .split(' ')
        .enumerate()
        .filter(|(at, word)| *at == 0 || !is_version(word))
        .map(|(_, word)| word)
        .collect();
    // A separator that stood before the version goes with it.
    let mut kept: Vec<&str> = Vec::with_capacity(words.len());
    for word in words {
        if !(is_separator(word) && kept.last().is_some_and(|last| is_separator(last))) {
            kept.push(word);
        }
    }
    let mut name = kept.join(" ");
    loop {
        let shorter = without_mark(&name);
        if shorter.len() == name.len() || shorter.is_empty() {
            return name;
        }
        name = shorter.to_owned();
    }
}

fn is_separator(word: &str) -> bool {
    matches!(word, "-" | "\u{2013}" | "\u{2014}" | "|" | "_")
}

/// `v3`, `v3.1.1`, `(v2.0)`, `[v1]`.
fn is_version(word: &str) -> bool {
    let inner = word
        .trim_start_matches(['(', '['])
        .trim_end_matches([')', ']', ',']);
    inner
        .strip_prefix('v')
        .is_some_and(|digits| is_dotted(digits, 1))
}

fn is_dotted(text: &str, parts: usize) -> bool {
    text.split('.').count() >= parts
        && text
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

/// The admin centre ends file names in `_2025-09-01T08_16_40.399Z`.
fn without_stamp(name: &str) -> &str {
    match name.rsplit_once('t') {
        Some((head, time)) if time.ends_with('z') && head.len() > 11 => {
            let Some((start, date)) = head.split_at_checked(head.len() - 11) else {
                return name;
            };
            let is_date = date
                .bytes()
                .all(|b| b.is_ascii_digit() || b == b'-' || b == b'_');
            if is_date { start } else { name }
        }
        _ => name,
    }
}

/// Takes one mark off the end: a separator, `(1)`, `-1`, `copy`, `_v1.2`, `1.2`.
fn without_mark(name: &str) -> &str {
    let name = name.trim_end();
    if let Some(rest) = name
        .strip_suffix(['-', '_', '|', '\u{2013}', '\u{2014}'])
        .filter(|rest| rest.ends_with(' '))
    {
        return rest.trim_end();
    }
    if let Some(rest) = name.strip_suffix(" copy") {
        return rest;
    }
    if let Some((rest, number)) = name.strip_suffix(')').and_then(|n| n.rsplit_once(" ("))
        && number.len() < 3
        && is_dotted(number, 1)
    {
        return rest;
    }
    if let Some((rest, last)) = name.rsplit_once([' ', '_', '-']) {
        let after_minus = name[rest.len()..].starts_with('-') && rest.ends_with(' ');
        if is_version(last) || is_dotted(last, 2) || after_minus && is_dotted(last, 1) {
            return rest;
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_and_marks_go_and_the_rest_stays() {
        let cases = [
            (
                "Win - OIB - SC - Edge - D - Security - v3.6",
                "win - oib - sc - edge - d - security",
            ),
            ("Win - OIB - SC  -  Edge - v3.1.1 ", "win - oib - sc - edge"),
            ("Chrome - v3.0 (Deprecated)", "chrome - (deprecated)"),
            (
                "LAPS Configuration (24H2+) - v3.6",
                "laps configuration (24h2+)",
            ),
            (
                "Baseline - Edge_2025-09-01T08_16_40.399Z",
                "baseline - edge",
            ),
            ("Baseline (1)", "baseline"),
            ("Baseline -1", "baseline"),
            ("Baseline - Copy", "baseline"),
            ("POC_WIN_Baseline_v1.2", "poc_win_baseline"),
            ("Windows 11", "windows 11"),
            ("Ring 1 - Pilot - v3.0", "ring 1 - pilot"),
            ("v2", "v2"),
            ("Levels 1-2", "levels 1-2"),
        ];
        for (name, wanted) in cases {
            assert_eq!((name, unversioned(name).as_str()), (name, wanted));
        }
    }
}
