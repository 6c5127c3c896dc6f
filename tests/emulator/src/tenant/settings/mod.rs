//! The settings catalog: our own small dictionary of definitions, and policies written with it.

mod build;
mod json;

pub(super) use build::{settings, template_settings};

use std::collections::HashMap;

use super::ids::{Guids, hash};

/// What a definition takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Choice,
    Choices,
    Int,
    String,
    Strings,
    Secret,
    Reference,
    References,
    Group,
    Groups,
}

/// One setting definition.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) id: String,
    pub(super) kind: Kind,
    name: String,
    /// Value and label; options of a choice.
    options: Vec<(String, String)>,
    default: usize,
    limits: (i64, i64),
    offset: String,
    about: String,
    section: usize,
    parent: Option<usize>,
    /// The parent's option that this needs.
    needs: Option<String>,
    pub(super) children: Vec<usize>,
    root: usize,
}

/// Definitions that share a category, a platform and a prefix.
#[derive(Debug)]
struct Section {
    categories: Vec<String>,
    platform: String,
    technologies: String,
    base: String,
}

/// All definitions, and their categories.
#[derive(Debug)]
pub(super) struct Dictionary {
    definitions: Vec<Definition>,
    by_id: HashMap<String, usize>,
    sections: Vec<Section>,
    ids: Guids,
}

impl Dictionary {
    /// Reads the table that is compiled in.
    pub(super) fn load(seed: u64) -> Self {
        let mut all = Self {
            definitions: Vec::new(),
            by_id: HashMap::new(),
            sections: Vec::new(),
            ids: Guids::of(seed, "category"),
        };
        let mut prefix = "";
        let mut parents: Vec<usize> = Vec::new();
        for line in include_str!("../data/definitions.txt").lines() {
            if let Some(header) = line.strip_prefix("# ") {
                let mut parts = header.split('|').map(str::trim);
                let mut part = || parts.next().unwrap_or_default();
                let section = Section {
                    categories: part().split('/').map(str::to_owned).collect(),
                    platform: part().to_owned(),
                    technologies: part().to_owned(),
                    base: part().to_owned(),
                };
                prefix = part();
                all.sections.push(section);
                parents.clear();
            } else if !line.trim().is_empty() && !line.starts_with("//") {
                let depth = (line.len() - line.trim_start().len()) / 2;
                parents.truncate(depth);
                let at = all.line(line.trim(), prefix, parents.last().copied());
                parents.push(at);
            }
        }
        all
    }

    fn line(&mut self, line: &str, prefix: &str, parent: Option<usize>) -> usize {
        let mut parts = line.split(" | ").map(|p| p.trim_matches([' ', '|']));
        let mut part = || parts.next().unwrap_or_default();
        let (needs, suffix) = match part() {
            head if head.starts_with('?') => head[1..]
                .split_once(' ')
                .map_or((None, head), |(n, s)| (Some(n.to_owned()), s)),
            head => (None, head),
        };
        let id = match (suffix.strip_prefix('+'), parent) {
            (Some(rest), Some(parent)) => format!("{}_{rest}", self.definitions[parent].id),
            _ if parent.is_some() => suffix.to_owned(),
            _ => format!("{prefix}{suffix}"),
        };
        let kind = kind(part());
        let name = part().to_owned();
        let limits_or_options = part();
        let (options, default, limits) = match kind {
            Kind::Choice | Kind::Choices => {
                let options: Vec<_> = limits_or_options
                    .split(';')
                    .map(|o| o.split_once('=').unwrap_or((o, o)))
                    .collect();
                let default = options.iter().position(|(v, _)| v.starts_with('*'));
                let options = options
                    .into_iter()
                    .map(|(v, l)| (v.trim_start_matches('*').to_owned(), l.to_owned()))
                    .collect();
                (options, default.unwrap_or_default(), (0, 0))
            }
            _ => {
                let (low, high) = limits_or_options.split_once("..").unwrap_or(("0", "1"));
                let number = |text: &str| text.parse().unwrap_or_default();
                (Vec::new(), 0, (number(low), number(high)))
            }
        };
        let at = self.definitions.len();
        let root = parent.map_or(at, |p| self.definitions[p].root);
        if let Some(parent) = parent {
            self.definitions[parent].children.push(at);
        }
        self.by_id.insert(id.clone(), at);
        self.definitions.push(Definition {
            id,
            kind,
            name,
            options,
            default,
            limits,
            offset: part().to_owned(),
            about: part().to_owned(),
            section: self.sections.len().saturating_sub(1),
            parent,
            needs,
            children: Vec::new(),
            root,
        });
        at
    }

    /// How many definitions there are.
    pub(super) fn len(&self) -> usize {
        self.definitions.len()
    }

    /// Index by the whole id.
    pub(super) fn index(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The only definition whose id is this or ends with it after a separator; below a parent, one of its children.
    fn find(&self, key: &str, parent: Option<usize>) -> Option<usize> {
        if let Some(at) = self.by_id.get(key) {
            return Some(*at);
        }
        let fits = |at: &usize| {
            let id = &self.definitions[*at].id;
            id.len() > key.len()
                && id.ends_with(key)
                && (key.starts_with(['_', '~'])
                    || id[..id.len() - key.len()].ends_with(['_', '~', '.']))
        };
        match parent {
            Some(parent) => self.definitions[parent].children.iter().copied().find(fits),
            None => {
                let mut found = (0..self.definitions.len())
                    .filter(|at| self.definitions[*at].parent.is_none())
                    .filter(fits);
                found.next().filter(|_| found.next().is_none())
            }
        }
    }

    /// Category ids along the path of a section, outermost first.
    fn category_ids(&self, section: usize) -> Vec<String> {
        let names = &self.sections[section].categories;
        (1..=names.len())
            .map(|n| {
                let key = format!(
                    "{}|{}",
                    names[..n].join("/"),
                    self.sections[section].platform
                );
                self.ids
                    .at(usize::try_from(hash(&key) >> 34).unwrap_or_default())
            })
            .collect()
    }
}

fn kind(word: &str) -> Kind {
    match word {
        "choice" => Kind::Choice,
        "choices" => Kind::Choices,
        "int" => Kind::Int,
        "strings" => Kind::Strings,
        "secret" => Kind::Secret,
        "ref" => Kind::Reference,
        "refs" => Kind::References,
        "group" => Kind::Group,
        "groups" => Kind::Groups,
        _ => Kind::String,
    }
}

#[cfg(test)]
mod tests;
