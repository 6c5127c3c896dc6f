//! Query options, read strictly: what the service would refuse is refused.

use super::filter::Filter;

/// Why a query cannot be served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refused {
    /// `BadRequest`: it is malformed.
    Malformed(String),
    /// `Request_UnsupportedQuery`: it is an advanced query without its header.
    Advanced,
}

/// The options of one request, or of one `$expand`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Query {
    /// `$select`; empty: everything.
    pub(crate) select: Vec<String>,
    /// `$expand`: name and its own options.
    pub(crate) expand: Vec<(String, Query)>,
    /// `$filter`
    pub(crate) filter: Option<Filter>,
    /// `$orderby`: property path, descending.
    pub(crate) orderby: Vec<(String, bool)>,
    /// `$search`: property (empty: any name) and text; all must match.
    pub(crate) search: Vec<(String, String)>,
    /// `$top`
    pub(crate) top: Option<usize>,
    /// `$skip`
    pub(crate) skip: usize,
    /// `$count=true`
    pub(crate) count: bool,
    /// `$skiptoken`
    pub(crate) skiptoken: Option<String>,
    /// `$deltatoken`
    pub(crate) deltatoken: Option<String>,
}

impl Query {
    /// Reads the options of a URL. Unknown options with `$` are refused, others are ignored, as Graph does.
    pub(crate) fn read(options: &[(String, String)]) -> Result<Self, Refused> {
        let mut query = Self::default();
        for (name, value) in options {
            query.set(name, value)?;
        }
        Ok(query)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), Refused> {
        match name.to_ascii_lowercase().as_str() {
            "$select" => self.select = split(value, ',').map(str::to_owned).collect(),
            "$expand" => self.expand = expands(value)?,
            "$filter" => self.filter = Some(Filter::parse(value).map_err(Refused::Malformed)?),
            "$orderby" => self.orderby = split(value, ',').map(order).collect(),
            "$search" => self.search = searches(value)?,
            "$top" => self.top = Some(positive(name, value)?),
            "$skip" => self.skip = number(name, value)?,
            "$count" => self.count = value.eq_ignore_ascii_case("true"),
            "$skiptoken" => self.skiptoken = Some(value.to_owned()),
            "$deltatoken" => self.deltatoken = Some(value.to_owned()),
            "$levels" | "$format" => {}
            other if other.starts_with('$') => {
                return Err(Refused::Malformed(format!(
                    "The query parameter '{name}' is not supported."
                )));
            }
            _ => {}
        }
        Ok(())
    }
}

fn order(part: &str) -> (String, bool) {
    let mut words = part.split_whitespace();
    let property = words.next().unwrap_or_default().to_owned();
    (property, words.next() == Some("desc"))
}

fn number(name: &str, value: &str) -> Result<usize, Refused> {
    value.parse().map_err(|_| {
        Refused::Malformed(format!(
            "Invalid value '{value}' for {name} query option found."
        ))
    })
}

fn positive(name: &str, value: &str) -> Result<usize, Refused> {
    match number(name, value)? {
        0 => Err(Refused::Malformed(format!(
            "Invalid page size specified: '0'. Must be between 1 and 999 inclusive ({name})."
        ))),
        n => Ok(n),
    }
}

fn expands(text: &str) -> Result<Vec<(String, Query)>, Refused> {
    split(text, ',')
        .map(|part| {
            let Some((name, inner)) = part.split_once('(') else {
                return Ok((part.to_owned(), Query::default()));
            };
            let inner = inner.strip_suffix(')').ok_or_else(|| {
                Refused::Malformed(format!("Parsing $expand failed at '{part}'."))
            })?;
            let mut query = Query::default();
            for option in split(inner, ';') {
                let (key, value) = option.split_once('=').ok_or_else(|| {
                    Refused::Malformed(format!(
                        "Found a path with an unexpected option '{option}'."
                    ))
                })?;
                query.set(key, value)?;
            }
            Ok((name.to_owned(), query))
        })
        .collect()
}

/// `"displayName:win" AND "description:x"`, or an unquoted word.
fn searches(text: &str) -> Result<Vec<(String, String)>, Refused> {
    let text = text.trim();
    if !text.contains('"') {
        return Ok(vec![(String::new(), text.to_lowercase())]);
    }
    let parts: Vec<_> = text.split('"').collect();
    if parts.len() % 2 == 0 {
        return Err(Refused::Malformed(
            "Syntax error: unbalanced quotes in $search.".to_owned(),
        ));
    }
    Ok(parts
        .iter()
        .skip(1)
        .step_by(2)
        .map(|part| match part.split_once(':') {
            Some((property, text)) => (property.to_owned(), text.to_lowercase()),
            None => (String::new(), part.to_lowercase()),
        })
        .collect())
}

/// Splits at a separator outside of parentheses and quotes.
pub(super) fn split(text: &str, by: char) -> impl Iterator<Item = &str> {
    let (mut depth, mut quoted) = (0i32, false);
    text.split(move |c| {
        match c {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        c == by && depth == 0 && !quoted
    })
    .map(str::trim)
    .filter(|part| !part.is_empty())
}
