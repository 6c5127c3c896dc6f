//! The fields of the query language, their signs, and how a value is read.

use crate::catalog::Platform;
use crate::policy::dates;

/// A field of the query language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(super) enum Field {
    Name,
    Type,
    Area,
    Platform,
    Assigned,
    Setting,
    Value,
    Tag,
    Modified,
    Created,
    Settings,
    Is,
    Id,
    File,
    Description,
}

impl Field {
    /// Each with its name in a query, and what it means.
    pub const EACH: &[(Self, &str, &str)] = &[
        (Self::Name, "name", "Text in the name"),
        (Self::Type, "type", "Type of policy"),
        (Self::Platform, "platform", "Windows, macOS, iOS …"),
        (Self::Assigned, "assigned", "yes, no, unknown, or a group"),
        (Self::Setting, "setting", "Text in a setting’s name or id"),
        (Self::Value, "value", "Text in a setting’s value"),
        (Self::Area, "area", "Part of the admin center"),
        (Self::Tag, "tag", "Scope tag"),
        (
            Self::Modified,
            "modified",
            "Date, or 30d for the last 30 days",
        ),
        (
            Self::Created,
            "created",
            "Date, or 30d for the last 30 days",
        ),
        (Self::Settings, "settings", "Number of settings"),
        (Self::Is, "is", "unknown, assigned, unassigned, incomplete"),
        (Self::Description, "description", "Text in the description"),
        (Self::Id, "id", "Id of the policy"),
        (Self::File, "file", "Path of the file it came from"),
    ];

    /// The field of this name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        let mut each = Self::EACH.iter();
        each.find(|(_, known, _)| known.eq_ignore_ascii_case(name))
            .map(|(field, _, _)| *field)
    }

    /// All names, for a sentence.
    pub fn list() -> String {
        let names: Vec<&str> = Self::EACH.iter().map(|(_, name, _)| *name).collect();
        names.join(", ")
    }
}

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(super) enum Op {
    Contains,
    Equal,
    Not,
    Above,
    AtLeast,
    Below,
    AtMost,
}

impl Op {
    /// Signs, the longer ones first.
    pub const SIGNS: &[(&str, Self)] = &[
        ("!=", Self::Not),
        (">=", Self::AtLeast),
        ("<=", Self::AtMost),
        (":", Self::Contains),
        ("~", Self::Contains),
        ("=", Self::Equal),
        (">", Self::Above),
        ("<", Self::Below),
    ];

    /// Compares numbers, where "contains" means "is".
    pub fn holds(self, number: i64, value: i64) -> bool {
        match self {
            Self::Contains | Self::Equal => number == value,
            Self::Not => number != value,
            Self::Above => number > value,
            Self::AtLeast => number >= value,
            Self::Below => number < value,
            Self::AtMost => number <= value,
        }
    }

    /// Compares a moment with a stretch of time from `start` up to `end`. A stretch without an
    /// end ("the last 30 days") has one edge for all signs.
    pub fn holds_in(self, moment: i64, (start, end): (i64, i64)) -> bool {
        let edge = if end == i64::MAX { start } else { end };
        match self {
            Self::Contains | Self::Equal => (start..end).contains(&moment),
            Self::Not => !(start..end).contains(&moment),
            Self::Above => moment >= edge,
            Self::AtLeast => moment >= start,
            Self::Below => moment < start,
            Self::AtMost => moment < edge,
        }
    }
}

/// `windows`, `mac`, `ios` …: the platform whose name starts so, in lower case.
pub(super) fn platform(value: &str) -> Option<Platform> {
    Platform::EACH.into_iter().find(|platform| {
        let label = platform.label().to_lowercase();
        label.starts_with(value) || (*platform == Platform::Ios && "ipados".starts_with(value))
    })
}

/// Seconds from and to of `2026`, `2026-01`, `2026-01-31`; of `30d` the days up to `now`.
pub(super) fn stretch(value: &str, now: i64) -> Option<(i64, i64)> {
    const DAY: i64 = 86_400;
    if let Some(unit) = value.chars().last().filter(|c| c.is_ascii_alphabetic()) {
        let number: i64 = value.strip_suffix(unit)?.parse().ok()?;
        let days = match unit {
            'd' => 1,
            'w' => 7,
            'm' => 30,
            'y' => 365,
            _ => return None,
        };
        return Some((
            now.saturating_sub(number.saturating_mul(days * DAY)),
            i64::MAX,
        ));
    }
    let numbers = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-')
    };
    if !numbers(value) {
        return None;
    }
    let (year, month) = (value.get(..4)?.parse::<i64>().ok()?, value.get(5..7));
    match (value.len(), month) {
        (4, _) => Some((
            dates::seconds(&format!("{year:04}-01-01"))?,
            dates::seconds(&format!("{:04}-01-01", year + 1))?,
        )),
        (7, Some(month)) => {
            let month: i64 = month.parse().ok()?;
            let (next_year, next) = if month == 12 {
                (year + 1, 1)
            } else {
                (year, month + 1)
            };
            Some((
                dates::seconds(&format!("{year:04}-{month:02}-01"))?,
                dates::seconds(&format!("{next_year:04}-{next:02}-01"))?,
            ))
        }
        (10, _) => {
            let start = dates::seconds(value)?;
            Some((start, start + DAY))
        }
        _ => None,
    }
}
