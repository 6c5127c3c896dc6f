//! Which files of a site a page really loaded, held against the build's list.
//!
//! Each thread of a page has a list of its own: "Resource Timing", <https://www.w3.org/TR/resource-timing/>.

use std::borrow::Cow;

use super::sums::Sum;
use crate::json::{Json, Object};

/// Version of [`Check::document`].
const VERSION: i64 = 1;

/// What the browser says was loaded since the page was opened: addresses.
#[derive(Debug, Clone, Copy)]
pub struct Loads<'a> {
    /// Address of the site's folder, with a slash at the end.
    pub base: &'a str,
    /// The page's list, without what it fetched for this check.
    pub page: &'a [String],
    /// The engine's list: whole addresses of this site, origins of what lies elsewhere.
    pub engine: &'a [String],
    /// Hosts that the engine is configured to talk to.
    pub hosts: &'a [String],
}

impl<'a> Loads<'a> {
    /// Who loaded the file of this name; `None`: nobody has.
    ///
    /// A worker's module is fetched by the worker, which starts from a script of the same name that the page fetched.
    pub fn by(&self, name: &str) -> Option<&'static str> {
        let has = |list: &[String], name: &str| list.iter().any(|a| self.name_of(a) == Some(name));
        if name == PAGE || has(self.page, name) {
            return Some("page");
        }
        if has(self.engine, name) {
            return Some("engine");
        }
        let worker = name.strip_suffix(".wasm")?.split('-').next()?;
        let script = |address: &String| {
            let name = self.name_of(address).and_then(|n| n.strip_suffix(".js"));
            name.and_then(|n| n.split('-').next()) == Some(worker)
        };
        let started = matches!(worker, "engine" | "comparer" | "office");
        (started && self.page.iter().any(script)).then_some("its worker")
    }

    /// What was loaded and is not in the list, with who did: of this site by its name, of elsewhere by its address.
    pub fn strangers(&self, sums: &[Sum]) -> Vec<(&'static str, &'a str)> {
        let mut out = Vec::new();
        for (who, list) in [("page", self.page), ("engine", self.engine)] {
            for address in list {
                let name = match self.name_of(address) {
                    Some(name) if sums.iter().any(|sum| sum.name == name) => continue,
                    Some(PAGE | LIST) => continue,
                    Some(name) => name,
                    None if self.is_expected(who, address) => continue,
                    None => address,
                };
                if !out.contains(&(who, name)) {
                    out.push((who, name));
                }
            }
        }
        out
    }

    /// What is no file at all, and what the engine is there for.
    fn is_expected(&self, who: &str, address: &str) -> bool {
        let host = address.split("://").nth(1).unwrap_or_default();
        address.starts_with("blob:")
            || address.starts_with("data:")
            || who == "engine" && self.hosts.iter().any(|h| h == host)
    }

    /// The name in the list of a file of this site.
    fn name_of<'t>(&self, address: &'t str) -> Option<&'t str> {
        let name = address.strip_prefix(self.base)?;
        let name = name.split(['?', '#']).next().unwrap_or_default();
        Some(if name.is_empty() { PAGE } else { name })
    }
}

/// The page itself, under the name that its address leaves out.
const PAGE: &str = "index.html";

/// The list, which is not in itself.
const LIST: &str = "SHA256SUMS";

/// A file that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// What the build says of it.
    pub sum: Sum,
    /// Size in bytes, and SHA-256 in hexadecimal; `None` where it could not be fetched.
    pub found: Option<(u32, String)>,
    /// Who loaded it, by [`Loads::by`].
    pub by: Option<&'static str>,
}

impl Looked {
    /// True when its bytes are those of the build.
    pub fn is_as_built(&self) -> bool {
        let hash = self.found.as_ref().map(|(_, hash)| hash);
        hash == Some(&self.sum.hash)
    }
}

/// The whole check, as it is saved.
#[derive(Debug, Clone, Copy)]
pub struct Check<'a> {
    /// Address of the site's folder.
    pub site: &'a str,
    /// When, ISO 8601.
    pub at: &'a str,
    /// Version of the app.
    pub version: &'a str,
    /// Commit, and true where the source was changed after it.
    pub commit: Option<(&'a str, bool)>,
    /// The policy that stands in the page.
    pub policy: &'a str,
    /// True when the browser enforces it in the engine.
    pub enforced: bool,
    /// What it refused on the page.
    pub refused: &'a [String],
    /// SHA-256 of the list, in hexadecimal.
    pub list: &'a str,
    /// Every file of the list.
    pub files: &'a [Looked],
    /// Who loaded what is not in the list.
    pub strangers: &'a [(&'static str, String)],
}

impl Check<'_> {
    /// As JSON, for a ticket or a later comparison.
    pub fn document(&self) -> String {
        let refused = self.refused.iter().map(|words| text(words));
        object(vec![
            ("plumblineCheck", Json::Int(VERSION)),
            ("site", text(self.site)),
            ("at", text(self.at)),
            ("version", text(self.version)),
            (
                "commit",
                self.commit.map_or(Json::Null, |(hash, _)| text(hash)),
            ),
            (
                "changedAfterTheCommit",
                self.commit
                    .map_or(Json::Null, |(_, changed)| Json::Bool(changed)),
            ),
            ("policyInThePage", text(self.policy)),
            ("policyEnforcedInTheEngine", Json::Bool(self.enforced)),
            ("refusedByThePolicy", Json::Array(refused.collect())),
            ("sha256OfSHA256SUMS", text(self.list)),
            (
                "files",
                Json::Array(self.files.iter().map(of_file).collect()),
            ),
            (
                "loadedAndNotInTheList",
                Json::Array(self.strangers.iter().map(of_stranger).collect()),
            ),
        ])
        .to_pretty()
    }
}

fn of_file(file: &Looked) -> Json<'_> {
    let found = file.found.as_ref();
    object(vec![
        ("name", text(&file.sum.name)),
        ("asBuilt", Json::Bool(file.is_as_built())),
        ("loadedBy", file.by.map_or(Json::Null, text)),
        ("bytes", found.map_or(Json::Null, |f| Json::Int(f.0.into()))),
        ("sha256", found.map_or(Json::Null, |f| text(&f.1))),
        ("sha256OfTheBuild", text(&file.sum.hash)),
    ])
}

fn of_stranger<'a>((who, what): &'a (&'static str, String)) -> Json<'a> {
    object(vec![("loadedBy", text(who)), ("address", text(what))])
}

fn text(text: &str) -> Json<'_> {
    Json::String(Cow::Borrowed(text))
}

fn object<'t>(members: Vec<(&'static str, Json<'t>)>) -> Json<'t> {
    let members = members.into_iter();
    Json::Object(Object(
        members
            .map(|(name, value)| (Cow::Borrowed(name), value))
            .collect(),
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::setup::sums::read;

    const BASE: &str = "https://plumbline.example/tool/";

    fn sums() -> Vec<Sum> {
        let names = [
            "index.html",
            "app-1.js",
            "app-2.wasm",
            "engine-3.js",
            "engine-4.wasm",
            "comparer-5.js",
            "comparer-6.wasm",
            "config.json",
            "demo/demo.json",
        ];
        let hash = "a".repeat(64);
        let lines = names.map(|name| format!("{hash}  {name}\n"));
        read(&lines.concat())
    }

    fn addresses(list: &[&str]) -> Vec<String> {
        let whole = |a: &&str| {
            let elsewhere = a.contains(':');
            if elsewhere {
                (*a).to_owned()
            } else {
                format!("{BASE}{a}")
            }
        };
        list.iter().map(whole).collect()
    }

    #[test]
    fn each_file_says_who_loaded_it() {
        let page = addresses(&[
            "",
            "app-1.js",
            "app-2.wasm?1",
            "engine-3.js",
            "comparer-5.js#x",
        ]);
        let engine = addresses(&["engine-4.wasm", "config.json"]);
        let loads = Loads {
            base: BASE,
            page: &page,
            engine: &engine,
            hosts: &[],
        };
        let cases = [
            ("index.html", Some("page")),
            ("app-2.wasm", Some("page")),
            ("engine-3.js", Some("page")),
            ("engine-4.wasm", Some("engine")),
            ("config.json", Some("engine")),
            ("comparer-6.wasm", Some("its worker")),
            ("office-7.wasm", None),
            ("screens-8.wasm", None),
            ("demo/demo.json", None),
        ];
        for (name, by) in cases {
            assert_eq!(loads.by(name), by, "{name}");
        }
        assert!(loads.strangers(&sums()).is_empty());
    }

    #[test]
    fn what_is_not_in_the_list_is_named_but_for_what_is_no_file() {
        let graph = "https://graph.microsoft.com";
        let page = addresses(&[
            "SHA256SUMS",
            "blob:https://plumbline.example/1",
            "data:,",
            "more.js",
            "more.js?again",
            "https://plumbline.example/other.js",
            "chrome-extension://abc/x.css",
            graph,
        ]);
        let engine = addresses(&[graph, "https://evil.example", "app-9.js"]);
        let hosts = ["graph.microsoft.com".to_owned()];
        let loads = Loads {
            base: BASE,
            page: &page,
            engine: &engine,
            hosts: &hosts,
        };
        let strangers = [
            ("page", "more.js"),
            ("page", "https://plumbline.example/other.js"),
            ("page", "chrome-extension://abc/x.css"),
            ("page", graph),
            ("engine", "https://evil.example"),
            ("engine", "app-9.js"),
        ];
        assert_eq!(loads.strangers(&sums()), strangers);
    }

    #[test]
    fn the_document_says_all_of_it_whatever_a_name_holds() {
        let sum = sums().remove(0);
        let files = [
            Looked {
                found: Some((7, sum.hash.clone())),
                by: Some("page"),
                sum: sum.clone(),
            },
            Looked {
                found: None,
                by: None,
                sum,
            },
        ];
        let odd = "\"},\n{\"x\":\"</script>";
        let check = Check {
            site: BASE,
            at: "2026-11-21T00:00:00Z",
            version: "1.2.3",
            commit: Some(("0123", true)),
            policy: "default-src 'none'",
            enforced: true,
            refused: &["img-src inline".to_owned()],
            list: "ff",
            files: &files,
            strangers: &[("page", odd.to_owned())],
        };
        let text = check.document();
        let read = Json::parse(&text).unwrap();
        assert_eq!(read.get("plumblineCheck").and_then(Json::int), Some(1));
        assert_eq!(read.str_at("commit"), Some("0123"));
        assert_eq!(
            read.get("changedAfterTheCommit").and_then(Json::bool),
            Some(true)
        );
        let files = read.get("files").unwrap().elements();
        assert_eq!(files[0].get("asBuilt").and_then(Json::bool), Some(true));
        assert_eq!(files[1].get("asBuilt").and_then(Json::bool), Some(false));
        assert!(files[1].get("sha256").unwrap().is_null());
        let stranger = &read.get("loadedAndNotInTheList").unwrap().elements()[0];
        assert_eq!(stranger.str_at("address"), Some(odd));
        let without = Check {
            commit: None,
            ..check
        }
        .document();
        assert!(
            Json::parse(&without)
                .unwrap()
                .get("commit")
                .unwrap()
                .is_null()
        );
    }
}
