//! `cargo xtask verify URL-or-FOLDER`: is what is hosted what this source builds?

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::args::Args;
use crate::fail::Failure;
use crate::paths;
use crate::run::command;
use crate::site::headers;
use crate::site::hook::{files_below, hex};
use crate::site::hosts::Hosts;

/// The one file that a hoster is meant to edit.
const CONFIG: &str = "config.json";

/// The list of hashes, which is not in itself.
const SUMS: &str = "SHA256SUMS";

/// Where a site is.
enum Place {
    Folder(PathBuf),
    /// Ends with `/`.
    Address(String),
}

/// What is not as it was built. Empty: nothing.
#[derive(Debug, Default, PartialEq, Eq)]
struct Found {
    same: usize,
    wrong: Vec<String>,
    /// True and right, but worth knowing.
    notes: Vec<String>,
}

/// Compares a deployed site with the build in `dist/`, or in the folder of `--build`.
pub fn run(args: &mut Args) -> Result<(), Failure> {
    let build = args
        .text("--build")?
        .map_or_else(paths::dist, PathBuf::from);
    let Some(place) = args.word() else {
        let words = "`verify` needs the address of a site, or a folder with one.";
        return Err(Failure::Usage(words.to_owned()));
    };
    args.end()?;
    let found = held_against(&Place::of(&place), &build)?;
    for line in found.notes.iter().chain(&found.wrong) {
        println!("{line}");
    }
    let (same, wrong) = (found.same, found.wrong.len());
    println!("{same} files are the same as in {}.", build.display());
    if wrong == 0 {
        return Ok(());
    }
    Err(Failure::NotTheBuild(wrong))
}

fn held_against(place: &Place, build: &Path) -> Result<Found, Failure> {
    let list = build.join(SUMS);
    if !list.is_file() {
        let words = "there is no built site here; `cargo xtask dist` builds one.";
        return Err(Failure::content(&list, words));
    }
    let list = fs::read_to_string(&list).map_err(Failure::file(&list))?;
    let built: BTreeMap<&str, &str> = list
        .lines()
        .filter_map(|line| line.split_once("  ").map(|(sum, name)| (name, sum)))
        .collect();
    let mut found = Found::default();
    for (name, sum) in &built {
        match place.bytes(name)? {
            None => found.wrong.push(format!("{name}: is not there")),
            Some(bytes) if hex(&Sha256::digest(&bytes)) == *sum => found.same += 1,
            Some(bytes) if *name == CONFIG => config(&bytes, build, &mut found)?,
            Some(_) => found.wrong.push(format!("{name}: is another file")),
        }
    }
    place.more_than(&built, &mut found)?;
    place.headers(build, &mut found)?;
    Ok(found)
}

/// A hoster's own configuration is as it should be, unless it names hosts that the built policy does not let through.
fn config(bytes: &[u8], build: &Path, found: &mut Found) -> Result<(), Failure> {
    let text = String::from_utf8_lossy(bytes);
    let Ok(theirs) = domain::oauth::config::parse(&text) else {
        found.wrong.push(format!("{CONFIG}: cannot be used"));
        return Ok(());
    };
    let built = Hosts::of_config(&build.join(CONFIG))?;
    let hosts = Hosts::from(theirs.cloud);
    if hosts == built {
        let words = "its own, for the same cloud; everything else is held against the build";
        found.notes.push(format!("{CONFIG}: {words}"));
    } else {
        let (login, graph) = (hosts.login, hosts.graph);
        found.wrong.push(format!(
            "{CONFIG}: names {login} and {graph}, which this build's policy does not let through"
        ));
    }
    Ok(())
}

impl Place {
    fn of(word: &str) -> Self {
        if word.starts_with("https://") || word.starts_with("http://") {
            return Self::Address(format!("{}/", word.trim_end_matches('/')));
        }
        Self::Folder(PathBuf::from(word))
    }

    /// A file's bytes, or `None` where it is not.
    fn bytes(&self, name: &str) -> Result<Option<Vec<u8>>, Failure> {
        match self {
            Self::Folder(dir) => {
                let path = dir.join(name);
                if !path.is_file() {
                    return Ok(None);
                }
                fs::read(&path).map(Some).map_err(Failure::file(&path))
            }
            Self::Address(base) => get(&format!("{base}{name}"), &[]),
        }
    }

    /// Files that the build has not. Only a folder can be asked for all that it has.
    fn more_than(&self, built: &BTreeMap<&str, &str>, found: &mut Found) -> Result<(), Failure> {
        let Self::Folder(dir) = self else {
            return Ok(());
        };
        for path in files_below(dir)? {
            let name = path.strip_prefix(dir).unwrap_or(&path).to_string_lossy();
            let name = name.replace('\\', "/");
            if name != SUMS && !built.contains_key(name.as_str()) {
                found
                    .wrong
                    .push(format!("{name}: the build has no such file"));
            }
        }
        Ok(())
    }

    /// The headers that the policy needs on every response. Files in a folder have none.
    fn headers(&self, build: &Path, found: &mut Found) -> Result<(), Failure> {
        let Self::Address(base) = self else {
            return Ok(());
        };
        let hosts = Hosts::of_config(&build.join(CONFIG))?;
        let answer = get(base, &["--dump-header", "-", "--output", NOWHERE])?;
        let answer = String::from_utf8_lossy(&answer.unwrap_or_default()).into_owned();
        let sent = |name: &str| {
            let lines = answer.lines().filter_map(|line| line.split_once(':'));
            let mut of = lines.filter(|(n, _)| n.trim().eq_ignore_ascii_case(name));
            of.next().map(|(_, value)| value.trim().to_owned())
        };
        for (name, value) in headers::for_all(&hosts) {
            match sent(name) {
                Some(sent) if sent == value => {}
                Some(sent) => found.wrong.push(format!("{name}: is `{sent}`")),
                None => found.wrong.push(format!("{name}: is not sent")),
            }
        }
        Ok(())
    }
}

#[cfg(windows)]
const NOWHERE: &str = "NUL";
#[cfg(not(windows))]
const NOWHERE: &str = "/dev/null";

/// What curl gets there: it is on every system that this builds on, and brings TLS and the machine's own certificates.
fn get(address: &str, more: &[&str]) -> Result<Option<Vec<u8>>, Failure> {
    let mut curl = command("curl");
    curl.args(["--silent", "--fail", "--max-time", "120"])
        .args(more)
        .arg(address);
    let out = curl.output().map_err(|source| Failure::Start {
        program: "curl".to_owned(),
        source,
    })?;
    match out.status.code() {
        Some(0) => Ok(Some(out.stdout)),
        // The host answered, with an error: `man curl`, exit codes.
        Some(22) => Ok(None),
        code => Err(Failure::Program {
            line: format!("curl {address}"),
            tail: format!(
                "The site does not answer (curl {}).",
                code.map_or("was stopped".to_owned(), |c| format!("ended with {c}"))
            ),
        }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::thread;

    use super::{Found, Place, held_against};
    use crate::site::hook::checksums;
    use crate::site::hosts::Hosts;
    use crate::site::page;
    use crate::site::server::{self, Site};

    const CONFIG: &str = r#"{"version":1,"cloud":"global","tenant":"organizations","clientId":""}"#;

    fn site(name: &str) -> PathBuf {
        let dir = crate::paths::target().join("test-verify").join(name);
        drop(fs::remove_dir_all(&dir));
        fs::create_dir_all(dir.join("demo")).unwrap();
        let page = r#"<meta http-equiv="Content-Security-Policy" content="">"#;
        let page = page::for_hosts(page, &Hosts::of_cloud("global").unwrap()).unwrap();
        for (file, text) in [
            ("index.html", page.as_str()),
            ("demo/demo.json", "{}"),
            ("config.json", CONFIG),
        ] {
            fs::write(dir.join(file), text).unwrap();
        }
        checksums(&dir).unwrap();
        dir
    }

    fn held(dir: &Path, build: &Path) -> Found {
        held_against(&Place::Folder(dir.to_owned()), build).unwrap()
    }

    #[test]
    fn a_folder_is_the_build_or_each_difference_is_named() {
        let build = site("build");
        let copy = site("copy");
        assert_eq!(
            held(&copy, &build),
            Found {
                same: 3,
                ..Found::default()
            }
        );

        fs::write(copy.join("index.html"), "pagf").unwrap();
        fs::remove_file(copy.join("demo/demo.json")).unwrap();
        fs::write(copy.join("more.js"), "1").unwrap();
        let wrong = held(&copy, &build).wrong;
        assert_eq!(
            wrong,
            [
                "demo/demo.json: is not there",
                "index.html: is another file",
                "more.js: the build has no such file"
            ]
        );
    }

    #[test]
    fn a_configuration_of_ones_own_is_right_for_the_same_cloud_only() {
        let build = site("build-config");
        let copy = site("copy-config");
        let own = CONFIG.replace("organizations", "contoso.onmicrosoft.com");
        fs::write(copy.join("config.json"), own).unwrap();
        let found = held(&copy, &build);
        assert_eq!(
            (found.same, found.wrong.len(), found.notes.len()),
            (2, 0, 1)
        );

        fs::write(copy.join("config.json"), CONFIG.replace("global", "china")).unwrap();
        let wrong = held(&copy, &build).wrong;
        assert!(wrong[0].contains("partner.microsoftonline.cn"), "{wrong:?}");
    }

    #[test]
    fn a_served_site_is_asked_for_its_headers_too() {
        let build = site("build-served");
        let serve = |dir: PathBuf, hosts: Hosts| {
            let listener = server::listen(0).unwrap();
            let port = listener.local_addr().unwrap().port();
            thread::spawn(move || {
                server::serve(
                    &listener,
                    Site {
                        hosts,
                        config: None,
                        dir,
                    },
                )
            });
            Place::of(&format!("http://localhost:{port}"))
        };
        let hosts = Hosts::of_cloud("global").unwrap();
        let found = held_against(&serve(build.clone(), hosts), &build).unwrap();
        assert_eq!(
            found,
            Found {
                same: 3,
                ..Found::default()
            }
        );

        let wider = Hosts::emulator("https://evil.example");
        let found = held_against(&serve(build.clone(), wider), &build).unwrap();
        assert!(
            found.wrong[1].starts_with("Content-Security-Policy: is `"),
            "{found:?}"
        );
    }
}
