//! What each fuzz target does with some bytes, and how bytes are changed.
//!
//! A target fails by panicking, or by an assertion about what it promises.

use domain::analysis::deviations::Deviations;
use domain::analysis::severity::Severities;
use domain::baseline::{self, Entry};
use domain::convert::{self, Form};
use domain::protocol::File;
use domain::snapshot::{Source, file};

mod sign_in;

/// The targets; each has a folder of its name in `corpus/`.
pub const TARGETS: [&str; 12] = [
    "json",
    "yaml",
    "plist",
    "zip",
    "snapshot",
    "deviations",
    "severities",
    "redirect",
    "jwt",
    "challenge",
    "link",
    "config",
];

/// Gives bytes to the reader of a target.
///
/// # Panics
/// When the reader does, when a file is unaccounted for, or when what is saved does not open as what it was.
pub fn run(target: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if sign_in::run(target, &text).is_some() {
        return;
    }
    let path = match target {
        "snapshot" => return saved(&text),
        "deviations" => return accepted(bytes),
        "severities" => return drop(Severities::read(&text)),
        "yaml" => {
            drop(domain::yaml::parse(&text));
            "f/a.yaml"
        }
        "plist" => {
            drop(domain::plist::parse(&text));
            let hidden = domain::plist::replace(&text, |key| key.len() > 3, "hidden");
            // A text that is read stays one when its secrets are replaced.
            if let (Ok(_), Some((hidden, _))) = (domain::plist::parse(&text), hidden) {
                drop(domain::plist::parse(&hidden));
            }
            "f/a.mobileconfig"
        }
        "zip" => "f/a.zip",
        _ => "f/a.json",
    };
    let entry = Entry {
        path: path.to_owned(),
        bytes: bytes.to_vec(),
    };
    let read = baseline::read(vec![entry], "fuzz").snapshot;
    let files = read.files;
    assert_eq!(
        files.given,
        files.read + files.not_policy + files.unreadable,
        "a file is unaccounted for"
    );
    for form in Form::ALL {
        let out = convert::export(&read, form);
        let all = out.policies as usize + out.left_out.len();
        assert_eq!(all, read.policies.len(), "a policy is unaccounted for");
        drop(convert::zip(&out.files));
    }
}

fn saved(text: &str) {
    if let Ok(first) = file::read(text, Source::Saved) {
        let saved = file::write(&first);
        let again = file::read(&saved, Source::Saved).map(|again| file::write(&again));
        assert!(
            again.is_ok_and(|again| again == saved),
            "a saved snapshot opens as another"
        );
    }
}

fn accepted(bytes: &[u8]) {
    let file = |bytes: &[u8]| File {
        bytes: bytes.to_vec(),
        ..File::default()
    };
    let mut first = Deviations::default();
    if first.open(&file(bytes), "2026-11-21").is_ok() && !first.is_empty() {
        let saved = first.save();
        let mut again = Deviations::default();
        let opened = again.open(&saved, "2026-11-21");
        assert!(
            opened.is_ok() && again.save() == saved,
            "saved deviations open as others"
        );
    }
}

/// Numbers that are the same on every machine for one seed.
#[derive(Debug)]
pub struct Numbers(pub u64);

impl Numbers {
    /// A number below this one; 0 when there is none.
    pub fn below(&mut self, limit: usize) -> usize {
        // xorshift64*
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let mixed = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16;
        mixed as usize % limit.max(1)
    }
}

/// What parsers stumble over.
const TOKENS: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"'",
    b":",
    b": ",
    b"- ",
    b"\n",
    b"\r\n",
    b"\t",
    b"  ",
    b"#",
    b"&a",
    b"*a",
    b"|",
    b">-",
    b"\\u",
    b"\\",
    b"<key>",
    b"</key>",
    b"<dict>",
    b"</dict>",
    b"<array>",
    b"<!--",
    b"]]>",
    b"&amp;",
    b"&#x0;",
    b"null",
    b"-1",
    b"1e999",
    b"99999999999999999999",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\0",
    b"\xC3\xA9",
    b"\xF0\x9F\x94\x92",
    b"PK\x03\x04",
    b"settings",
    b"settingInstance",
    b"settingDefinitionId",
    b"@odata.type",
    b"displayName",
    b"PayloadContent",
    b"RAWJson",
    b"JSON",
    b"definitionValues",
    b"assignments",
    b"value",
    b"plumblineSnapshot",
    b"plumbline",
    b"deviations",
    b"expires: 2026-02-30",
    b"CIS Ref,Setting Name",
    b"\"\"",
    b"%",
    b"%2e%2E",
    b"&code=",
    b"&state=",
    b"&error=access_denied",
    b"admin_consent=True",
    b"=",
    b"@",
    b"//",
    b"https://graph.microsoft.com",
    b".evil.example",
    b":443",
    b"/beta/",
    b"?$skiptoken=",
    b"\xE2\x80\xAE",
    b"Bearer ",
    b"claims=\"",
    b"insufficient_claims",
    b"eyJ",
    b"\"alg\":\"none\",",
    b"\"nonce\":\"N1\",",
    b"\"exp\":1e400,",
    b"http://localhost:",
    b"\"cloud\":\"custom\",",
];

/// Changes bytes in one to eight places; `other` is a second file to take parts of.
pub fn mutate(numbers: &mut Numbers, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=numbers.below(8) {
        let at = numbers.below(out.len() + 1);
        let end = (at + numbers.below(32)).min(out.len());
        match numbers.below(7) {
            0 => drop(out.drain(at..end)),
            1 => {
                let again = out[at..end].to_vec();
                out.splice(at..at, again);
            }
            2 => {
                if let Some(byte) = out.get_mut(at) {
                    *byte ^= 1 << numbers.below(8);
                }
            }
            3 => {
                let from = numbers.below(other.len());
                let to = (from + numbers.below(200)).min(other.len());
                out.splice(at..end, other[from..to].iter().copied());
            }
            4 => out.truncate(out.len() - numbers.below(out.len() / 4 + 1)),
            _ => {
                let token = TOKENS[numbers.below(TOKENS.len())];
                out.splice(at..at, token.iter().copied());
            }
        }
    }
    out.truncate(1 << 16);
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_corpus_and_its_first_changes_do_no_harm() {
        for target in TARGETS {
            let folder = format!("{}/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
            let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().collect();
            files.sort_by_key(|file| file.as_ref().unwrap().path());
            assert!(!files.is_empty());
            let mut taken = 0;
            let mut numbers = Numbers(7);
            for file in files {
                let bytes = std::fs::read(file.unwrap().path()).unwrap();
                run(target, &bytes);
                let text = String::from_utf8_lossy(&bytes);
                taken += u32::from(sign_in::run(target, &text).unwrap_or(true));
                for _ in 0..50 {
                    run(target, &mutate(&mut numbers, &bytes, &bytes));
                }
            }
            assert!(
                taken > 0,
                "{target}: nothing of the corpus gets past the reader"
            );
        }
    }
}
