//! Which commit a site is built from: read from git once, then handed on to whatever builds.

use std::env;
use std::path::Path;

use crate::fail::Failure;
use crate::paths;
use crate::run::{command, output};

/// Hands the commit on to a build in a folder that is no checkout itself.
pub const COMMIT: &str = "PLUMBLINE_COMMIT";

/// Where the source did not come out of git.
const UNKNOWN: &str = "unknown";

/// After the hash, where a file was changed that the site is built from.
const CHANGED: &str = "-changed";

/// What the site's bytes depend on. What else lies in the repository may be changed without being said.
const SOURCES: [&str; 12] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "index.html",
    "rust-toolchain.toml",
    "src",
    "static",
    // The versions of what makes the modules and scripts small.
    "tests/e2e/package-lock.json",
    "xtask",
    // What each site has of its own: its hash says so, and the header files follow from it.
    ":(exclude)static/config.json",
    ":(exclude)static/hosting",
];

/// The commit of the site that is being built.
///
/// # Errors
/// [`COMMIT`] is set, and is no commit.
pub fn here() -> Result<String, Failure> {
    let Ok(given) = env::var(COMMIT) else {
        return Ok(of(&paths::root()));
    };
    if is_one(&given) {
        return Ok(given);
    }
    let words = format!("{COMMIT} is no commit: {given}");
    Err(Failure::Usage(words))
}

/// The commit of the checkout in this folder: its whole hash, with `-changed` behind it where the sources of the site are not
/// as they were committed. `unknown` for a folder that is no checkout, also where it lies in another one.
pub fn of(root: &Path) -> String {
    let git = |words: &[&str]| {
        let mut git = command("git");
        // Whoever owns the folder: a checkout in a container belongs to someone else. Nothing is written.
        git.args(["-c", "safe.directory=*", "--no-optional-locks"]);
        git.current_dir(root).args(words);
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            git.env_remove(name);
        }
        if let Some(parent) = root.parent() {
            git.env("GIT_CEILING_DIRECTORIES", parent);
        }
        output(&mut git)
    };
    let hash = git(&["rev-parse", "--verify", "HEAD"]);
    let mut status = vec!["status", "--porcelain", "--"];
    status.extend(SOURCES);
    match (hash, git(&status)) {
        (Some(hash), Some(changes)) => {
            let changed = if changes.is_empty() { "" } else { CHANGED };
            format!("{}{changed}", hash.trim())
        }
        _ => UNKNOWN.to_owned(),
    }
}

fn is_one(text: &str) -> bool {
    let hash = text.strip_suffix(CHANGED).unwrap_or(text);
    let whole = matches!(hash.len(), 40 | 64) && hash.bytes().all(|b| b.is_ascii_hexdigit());
    whole || text == UNKNOWN
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::{is_one, of};
    use crate::run::{command, output};

    fn git(dir: &Path, words: &[&str]) -> String {
        let mut git = command("git");
        git.current_dir(dir);
        git.args(["-c", "user.name=t", "-c", "user.email=t@localhost"]);
        git.args(["-c", "commit.gpgsign=false"]);
        output(git.args(words)).unwrap()
    }

    /// A folder outside of this checkout, with two files.
    fn folder(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("plumbline-{name}-{}", std::process::id()));
        drop(fs::remove_dir_all(&dir));
        fs::create_dir_all(dir.join("src")).unwrap();
        fs::write(dir.join("src/lib.rs"), "//! One.").unwrap();
        fs::write(dir.join("README.md"), "One").unwrap();
        dir.canonicalize().unwrap()
    }

    fn committed(name: &str) -> (PathBuf, String) {
        let dir = folder(name);
        git(&dir, &["init", "--quiet"]);
        git(&dir, &["add", "."]);
        git(&dir, &["commit", "--quiet", "--message", "One"]);
        let hash = git(&dir, &["rev-parse", "HEAD"]).trim().to_owned();
        (dir, hash)
    }

    #[test]
    fn two_clones_of_a_commit_say_the_same_and_a_change_is_said() {
        let (dir, hash) = committed("commit");
        assert!(is_one(&hash));
        assert_eq!(of(&dir), hash);
        let clone = dir.join("target/clone");
        let from = dir.to_string_lossy();
        git(&dir, &["clone", "--quiet", &from, &clone.to_string_lossy()]);
        assert_eq!(of(&clone), hash);

        // What no byte of the site comes from, and what each site has of its own.
        fs::write(dir.join("README.md"), "Two").unwrap();
        fs::create_dir_all(dir.join("static")).unwrap();
        fs::write(dir.join("static/config.json"), "{}").unwrap();
        assert_eq!(of(&dir), hash);
        let changed = format!("{hash}-changed");
        assert!(is_one(&changed));
        fs::write(dir.join("src/more.rs"), "//! New.").unwrap();
        assert_eq!(of(&dir), changed);
        fs::remove_file(dir.join("src/more.rs")).unwrap();
        fs::write(dir.join("src/lib.rs"), "//! Two.").unwrap();
        assert_eq!(of(&dir), changed);
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn an_archive_has_no_commit_wherever_it_is_unpacked() {
        let archive = folder("archive");
        assert_eq!(of(&archive), "unknown");
        let (dir, hash) = committed("around");
        let inside = dir.join("vendor/plumbline");
        fs::create_dir_all(&inside).unwrap();
        assert_eq!(of(&inside), "unknown");
        assert_eq!(of(&dir), hash);
        fs::remove_dir_all(&archive).unwrap();
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn only_a_commit_is_written_into_the_page() {
        let hash = "0123456789abcdef0123456789ABCDEF01234567";
        for good in [hash, &format!("{hash}-changed"), "unknown"] {
            assert!(is_one(good), "{good}");
        }
        for bad in ["", "main", &hash[1..], "\"><script>", "unknown-changed"] {
            assert!(!is_one(bad), "{bad}");
        }
    }
}
