//! Addresses of the analyses: `#/compare/coverage?show=idle&q=camera&row=3`.

use super::{decode, encode};

/// An analysis, and what is shown of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct View {
    /// Which one.
    pub tab: Tab,
    /// `q`: text to find.
    pub text: String,
    /// `show`: what is shown, in words parted by commas; empty: what is worth a look.
    pub show: String,
    /// `rule`: the normaliser rule of [`Tab::Rule`].
    pub rule: String,
    /// `about`: the object whose audit events are shown, by its id.
    pub about: String,
    /// `sort`: a column of [`Tab::Audit`], with `-` before it for descending.
    pub sort: String,
    /// `side`: whose conflicts, or what the others are compared with.
    pub side: Option<u32>,
    /// `left` and `right`: policies picked by hand, as side and index (`1.12`).
    pub picked: [Option<(u32, u32)>; 2],
    /// `row`: the row beside the list.
    pub row: Option<u32>,
}

/// The analyses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Tab {
    #[default]
    Coverage,
    Conflicts,
    Drift,
    Sides,
    Policies,
    Deviations,
    Audit,
    /// Not a tab of its own: what one rule suppressed.
    Rule,
}

/// Tab, its part of the address, its words.
pub const TABS: [(Tab, &str, &str); 8] = [
    (Tab::Coverage, "coverage", "Coverage"),
    (Tab::Conflicts, "conflicts", "Conflicts"),
    (Tab::Drift, "drift", "Drift"),
    (Tab::Sides, "sides", "Many sides"),
    (Tab::Policies, "policies", "Two policies"),
    (Tab::Deviations, "deviations", "Deviations"),
    (Tab::Audit, "audit", "Audit"),
    (Tab::Rule, "rule", "Same by a rule"),
];

impl Tab {
    /// Its words.
    pub fn words(self) -> &'static str {
        TABS.iter()
            .find(|(tab, ..)| *tab == self)
            .map_or("", |(.., words)| words)
    }

    /// True for what is worked out from the comparison with a baseline.
    pub const fn needs_a_comparison(self) -> bool {
        matches!(self, Self::Coverage | Self::Drift | Self::Rule)
    }
}

impl View {
    /// An analysis as it opens.
    pub fn of(tab: Tab) -> Self {
        Self {
            tab,
            ..Self::default()
        }
    }

    /// Reads the word after `compare/` and what stands after `?`.
    pub(super) fn parse(word: &str, query: &str) -> Option<Self> {
        let (tab, ..) = TABS.iter().find(|(_, address, _)| *address == word)?;
        let mut view = Self::of(*tab);
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let policy = || {
                let (side, policy) = value.split_once('.')?;
                Some((side.parse().ok()?, policy.parse().ok()?))
            };
            match name {
                "q" => view.text = decode(value),
                "show" => view.show = decode(value),
                "rule" => view.rule = decode(value),
                "about" => view.about = decode(value),
                "sort" => view.sort = decode(value),
                "side" => view.side = value.parse().ok(),
                "left" => view.picked[0] = policy(),
                "right" => view.picked[1] = policy(),
                "row" => view.row = value.parse().ok(),
                _ => {}
            }
        }
        Some(view)
    }

    pub(super) fn hash(&self) -> String {
        let mut out = String::from("#/compare/");
        out.push_str(
            TABS.iter()
                .find(|(tab, ..)| *tab == self.tab)
                .map_or("", |(_, address, _)| address),
        );
        let mut mark = '?';
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                out.push(mark);
                mark = '&';
                out.push_str(name);
                out.push('=');
                encode(value, &mut out);
            }
        };
        let number = |n: Option<u32>| n.map_or(String::new(), |n| n.to_string());
        let policy = |of: Option<(u32, u32)>| {
            of.map_or(String::new(), |(side, policy)| format!("{side}.{policy}"))
        };
        add("rule", &self.rule);
        add("about", &self.about);
        add("sort", &self.sort);
        add("side", &number(self.side));
        add("left", &policy(self.picked[0]));
        add("right", &policy(self.picked[1]));
        add("show", &self.show);
        add("q", &self.text);
        add("row", &number(self.row));
        out
    }

    /// True when a word is shown.
    pub fn shows(&self, word: &str) -> bool {
        self.show.split(',').any(|shown| shown == word)
    }

    /// The same with a word shown, or not any more.
    pub fn toggled(&self, word: &str) -> Self {
        let mut words: Vec<&str> = self.show.split(',').filter(|w| !w.is_empty()).collect();
        match words.iter().position(|shown| *shown == word) {
            Some(at) => drop(words.remove(at)),
            None => words.push(word),
        }
        Self {
            show: words.join(","),
            row: None,
            ..self.clone()
        }
    }
}
