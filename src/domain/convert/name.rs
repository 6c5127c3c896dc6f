//! Names of files: safe on every file system, never the same twice, the same every time.

use std::collections::HashSet;

/// The longest name without its ending, in bytes.
const LONGEST: usize = 120;

/// Names that Windows keeps for devices.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The names that are taken.
#[derive(Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// Keeps a path for something else.
    pub fn reserve(&mut self, path: &str) {
        self.0.insert(path.to_lowercase());
    }

    /// A path without ending in this folder for a policy of this name. `twin`: a second file,
    /// called after the first, is written too.
    pub fn take(&mut self, folder: &str, name: &str, twin: bool) -> String {
        let safe = safe(name);
        for number in 1u32.. {
            let path = match number {
                1 => format!("{folder}/{safe}"),
                _ => format!("{folder}/{safe} ({number})"),
            };
            // Never the name of another file's twin, nor a twin that is another file.
            let twin_path = format!("{path}_settings.json").to_lowercase();
            let own = format!("{path}.json").to_lowercase();
            if self.0.contains(&own) || self.0.contains(&twin_path) {
                continue;
            }
            if let Some(owner) = own.strip_suffix("_settings.json")
                && self.0.contains(&format!("{owner}.json"))
            {
                continue;
            }
            self.0.insert(own);
            if twin {
                self.0.insert(twin_path);
            }
            return path;
        }
        format!("{folder}/{safe}")
    }
}

/// A name without what a file system refuses or a person is deceived by.
fn safe(name: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let refused = |c: char| matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let mut out: String = name
        .chars()
        .filter(|c| !hidden(*c) && !refused(*c))
        .collect();
    out = crate::problem::cut(out.trim(), LONGEST).to_owned();
    let kept = out
        .trim_end_matches(['.', ' '])
        .trim_start_matches([' ', '.']);
    let stem = kept.split('.').next().unwrap_or(kept).trim_end();
    let lower = stem.to_lowercase();
    let port = ["com", "lpt"].iter().any(|port| {
        let number = lower.strip_prefix(port);
        number.is_some_and(|n| n.chars().count() == 1 && n.chars().all(char::is_numeric))
    });
    match kept {
        "" => "policy".to_owned(),
        kept if port || DEVICES.contains(&lower.as_str()) => format!("{kept}_"),
        kept => kept.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_never_the_same_twice() {
        let mut names = Names::default();
        let cases = [
            ("Edge", "f/Edge"),
            ("edge", "f/edge (2)"),
            ("iOS/iPadOS: x", "f/iOSiPadOS x"),
            ("iOSiPadOS x", "f/iOSiPadOS x (2)"),
            ("..\\..\\etc", "f/etc"),
            ("name. . ", "f/name"),
            ("", "f/policy"),
            ("???", "f/policy (2)"),
            ("con", "f/con_"),
            ("COM1.x", "f/COM1.x_"),
            ("a\u{202e}b\0", "f/ab"),
            ("[x] 'y' #1 — é", "f/[x] 'y' #1 — é"),
        ];
        for (name, wanted) in cases {
            assert_eq!(names.take("f", name, false), wanted, "{name:?}");
        }
        let long = "é".repeat(300);
        assert!(names.take("f", &long, false).len() <= LONGEST + 2);
        assert_eq!(names.take("f", "AV", true), "f/AV");
        assert_eq!(names.take("f", "AV_Settings", false), "f/AV_Settings (2)");
        assert_eq!(names.take("f", "FW_Settings", false), "f/FW_Settings");
        assert_eq!(names.take("f", "FW", true), "f/FW (2)");
    }
}
