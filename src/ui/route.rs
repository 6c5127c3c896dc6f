//! Addresses: everything that is shown has one, after the `#`. Ids and the words of a query only, never data.

use domain::protocol::{PolicyRef, RIGHTS_DAYS};

#[cfg(test)]
mod tests;
mod view;

pub use view::{TABS, Tab, View};

/// A place in the app.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Route {
    /// `#/`: what it is, and the three ways in.
    #[default]
    Start,
    /// `#/overview`
    Overview,
    /// `#/inventory`, with a policy beside it `#/inventory/{id}` or `#/inventory/~{index}`.
    Inventory(List),
    /// `#/compare`, with a setting beside it `#/compare/{index}`.
    Compare(Option<u32>),
    /// `#/compare/coverage` and its neighbours.
    Analysis(View),
    /// `#/reports`
    Reports,
    /// `#/trust`
    Trust,
    /// `#/trust/access`: who can use this app here.
    Access,
    /// `#/trust/roles`: what the signed-in person may do.
    Mine,
    /// `#/trust/rights?days=30`: which rights in Intune were not used, in so many days.
    Rights(u32),
    /// `#/trust/permissions`
    Permissions,
    /// `#/trust/set-up`
    SetUp,
    /// `#/trust/threats`
    Threats,
    /// An address of no page.
    Nowhere,
}

/// What the inventory shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List {
    /// `?q=`: the query as typed.
    pub query: String,
    /// `&sort=name` or `&sort=-name` for descending.
    pub sort: Option<(String, bool)>,
    /// The policy beside the list.
    pub policy: Option<PolicyRef>,
}

impl Route {
    /// Reads what stands after `#`, with or without the `#`.
    pub fn parse(hash: &str) -> Self {
        let hash = hash.trim_start_matches('#');
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let first = parts.next().unwrap_or("");
        let second = parts.next().map(decode);
        if parts.next().is_some() {
            return Self::Nowhere;
        }
        match (first, second) {
            ("", _) => Self::Start,
            ("overview", None) => Self::Overview,
            ("inventory", policy) => Self::Inventory(List::parse(policy, query)),
            ("compare", None) => Self::Compare(None),
            ("compare", Some(word)) => match (word.parse(), View::parse(&word, query)) {
                (Ok(row), _) => Self::Compare(Some(row)),
                (_, Some(view)) => Self::Analysis(view),
                _ => Self::Nowhere,
            },
            ("reports", None) => Self::Reports,
            ("trust", None) => Self::Trust,
            ("trust", Some(word)) => match word.as_str() {
                "access" => Self::Access,
                "roles" => Self::Mine,
                "rights" => Self::Rights(days(query)),
                "permissions" => Self::Permissions,
                "set-up" => Self::SetUp,
                "threats" => Self::Threats,
                _ => Self::Nowhere,
            },
            _ => Self::Nowhere,
        }
    }

    /// The address, with `#`.
    pub fn hash(&self) -> String {
        match self {
            Self::Start | Self::Nowhere => "#/".to_owned(),
            Self::Overview => "#/overview".to_owned(),
            Self::Inventory(list) => list.hash(),
            Self::Compare(None) => "#/compare".to_owned(),
            Self::Compare(Some(row)) => format!("#/compare/{row}"),
            Self::Analysis(view) => view.hash(),
            Self::Reports => "#/reports".to_owned(),
            Self::Trust => "#/trust".to_owned(),
            Self::Access => "#/trust/access".to_owned(),
            Self::Mine => "#/trust/roles".to_owned(),
            Self::Rights(RIGHTS_DAYS) => "#/trust/rights".to_owned(),
            Self::Rights(days) => format!("#/trust/rights?days={days}"),
            Self::Permissions => "#/trust/permissions".to_owned(),
            Self::SetUp => "#/trust/set-up".to_owned(),
            Self::Threats => "#/trust/threats".to_owned(),
        }
    }

    /// The inventory with a query.
    pub fn inventory(query: &str) -> Self {
        Self::Inventory(List {
            query: query.to_owned(),
            ..List::default()
        })
    }

    /// True on Compare and its analyses.
    pub fn compares(&self) -> bool {
        matches!(self, Self::Compare(_) | Self::Analysis(_))
    }

    /// True on Trust and the pages below it.
    pub const fn trusts(&self) -> bool {
        matches!(
            self,
            Self::Trust
                | Self::Access
                | Self::Mine
                | Self::Rights(_)
                | Self::Permissions
                | Self::SetUp
                | Self::Threats
        )
    }

    /// A policy, alone.
    pub fn policy(id: &str, index: u32) -> Self {
        Self::Inventory(List {
            policy: Some(reference(id, index)),
            ..List::default()
        })
    }
}

/// By Graph's id where there is one: an index is only good for the snapshot that is open. It stands
/// behind the id all the same, because one id can name two objects (a scope tag and a branding are both `0`).
pub fn reference(id: &str, index: u32) -> PolicyRef {
    if id.is_empty() {
        PolicyRef::Index(index)
    } else {
        PolicyRef::Id(format!("{id}~{index}"))
    }
}

impl List {
    /// The order that is shown: by name, when neither the address nor the query says another.
    pub fn order(&self) -> Option<(String, bool)> {
        let mut words = self.query.split_whitespace();
        let by_query = words.any(|word| word.starts_with("sort:"));
        let by_name = || (!by_query).then(|| ("name".to_owned(), false));
        self.sort.clone().or_else(by_name)
    }

    fn parse(policy: Option<String>, query: &str) -> Self {
        let mut list = Self {
            policy: policy.and_then(|p| match p.strip_prefix('~') {
                Some(index) => index.parse().ok().map(PolicyRef::Index),
                None => Some(PolicyRef::Id(p)),
            }),
            ..Self::default()
        };
        for pair in query.split('&') {
            match pair.split_once('=') {
                Some(("q", text)) => list.query = decode(text),
                Some(("sort", text)) => {
                    let column = decode(text);
                    list.sort = match column.strip_prefix('-') {
                        Some(column) => Some((column.to_owned(), true)),
                        None => Some((column, false)),
                    };
                }
                _ => {}
            }
        }
        list
    }

    fn hash(&self) -> String {
        let mut out = String::from("#/inventory");
        match &self.policy {
            Some(PolicyRef::Id(id)) => {
                out.push('/');
                encode(id, &mut out);
            }
            Some(PolicyRef::Index(index)) => {
                out.push_str("/~");
                out.push_str(&index.to_string());
            }
            None => {}
        }
        let mut mark = '?';
        if !self.query.is_empty() {
            out.push_str("?q=");
            encode(&self.query, &mut out);
            mark = '&';
        }
        if let Some((column, descending)) = &self.sort {
            out.push(mark);
            out.push_str(if *descending { "sort=-" } else { "sort=" });
            encode(column, &mut out);
        }
        out
    }
}

/// `days=30`, from 1 to 90.
fn days(query: &str) -> u32 {
    let days = query.strip_prefix("days=").and_then(|n| n.parse().ok());
    days.map_or(RIGHTS_DAYS, |days: u32| days.clamp(1, 90))
}

/// Percent-encodes all but what RFC 3986 calls unreserved, and the few marks that keep a query readable.
fn encode(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:,!*@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

/// Undoes [`encode`]; what is not valid is kept as it stands.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten();
        if let Some(byte) = pair.and_then(|p| u8::from_str_radix(p, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
