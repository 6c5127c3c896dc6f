//! The tenant's data: what Graph answers with.
//!
//! Tables in `data/` are turned into objects once ([`build`]); people and devices are made when they are
//! asked for ([`people`]). [`answer`] finds what a path names, [`page`] cuts lists, [`odata`] has the query options.

mod answer;
mod apps;
mod assign;
mod audits;
mod build;
mod collection;
mod definitions;
mod directory;
mod errors;
mod folder;
mod groups;
mod ids;
mod odata;
mod options;
mod page;
mod path;
mod people;
mod rights;
mod settings;
mod sign_ins;
mod tags;
mod template;
mod variants;
mod world;

pub use options::{FolderError, GeneratorOptions};

use std::collections::HashMap;
use std::path::Path;

use crate::graph::{GraphAnswer, GraphRequest};
use answer::Ask;
use collection::Collection;
use odata::query::Query;
use path::{Segment, segments};
use world::World;

/// Names that try to break what shows them. The first four are groups, all of them policies.
pub const HOSTILE_NAMES: &[&str] = &[
    "<img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A0",
    "Win \u{202e}gnp.exe\u{202c} policy",
    "../../etc/passwd\\..\\con",
    "'\"><script>alert(document.domain)</script>",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "Trailing blanks   ",
    "Zero\u{200b}width and \u{feff}mark",
    "🛳️ Fleet 👩🏽‍🔧 été Ünïcödé 日本語 العربية",
    "| a | b |\n|---|---|\n# not a heading",
];

/// A tenant's data.
#[derive(Debug)]
pub struct Tenant {
    world: World,
    collections: Vec<(Vec<String>, Collection)>,
    by_path: HashMap<String, usize>,
}

impl Tenant {
    /// A tenant made up from a seed.
    pub fn generate(options: &GeneratorOptions) -> Self {
        build::generate(options)
    }

    /// A tenant from a folder of exports.
    ///
    /// # Errors
    /// [`FolderError`]
    pub fn from_folder(folder: &Path) -> Result<Self, FolderError> {
        folder::load(folder)
    }

    /// What Graph answers. `no_such_segment` for a path that nothing serves: the server notes it as unmatched.
    pub fn answer(&self, request: &GraphRequest) -> GraphAnswer {
        let query = match Query::read(&request.query) {
            Ok(query) => query,
            Err(refused) => return errors::refused(&request.path, &refused),
        };
        let ask = Ask {
            tenant: self,
            request,
            query,
        };
        match request.method.as_str() {
            "GET" => ask.run(),
            "POST" if request.path == "/directoryObjects/getByIds" => directory::by_ids(&ask),
            _ => GraphAnswer::error(
                405,
                "Request_BadRequest",
                "Specified HTTP method is not allowed for the request target.",
            ),
        }
    }

    /// How many objects there are at a collection's path; 0 when nothing is there.
    pub fn count(&self, path: &str) -> usize {
        self.by_path
            .get(&path.to_lowercase())
            .map_or(0, |at| self.collections[*at].1.len(&self.world))
    }

    /// The paths of all collections and singletons, with their version: `v1.0`, `beta` or `both`.
    pub fn paths(&self) -> impl Iterator<Item = (&str, &str)> {
        self.collections
            .iter()
            .map(|(_, c)| (c.path.as_str(), c.version.as_str()))
    }

    fn new(world: World) -> Self {
        Self {
            world,
            collections: Vec::new(),
            by_path: HashMap::new(),
        }
    }

    fn add(&mut self, collection: Collection) -> usize {
        let key = collection.path.to_lowercase();
        let names = segments(&key).iter().map(|s| s.text().to_owned()).collect();
        let at = self.collections.len();
        self.by_path.insert(key, at);
        self.collections.push((names, collection));
        at
    }

    /// The collection with the longest path that begins this one, and what follows.
    fn collection<'a, 'b>(
        &'a self,
        version: &str,
        path: &'b [Segment],
    ) -> Option<(&'a Collection, &'b [Segment])> {
        self.collections
            .iter()
            .filter(|(_, c)| c.version == "both" || c.version == version)
            .filter(|(names, _)| {
                names.len() <= path.len()
                    && names
                        .iter()
                        .zip(path)
                        .all(|(n, s)| matches!(s, Segment::Plain(p) if p.eq_ignore_ascii_case(n)))
            })
            .max_by_key(|(names, _)| names.len())
            .map(|(names, c)| (c, &path[names.len()..]))
    }
}

#[cfg(test)]
mod tests;
