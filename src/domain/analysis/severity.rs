//! How much a setting weighs: by its category, or by a rules file.

use crate::json::Json;
use crate::problem::Problem;
use crate::protocol::Severity;

/// Rules, the first that fits counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Severities {
    rules: Vec<(Match, Severity)>,
    default: Severity,
}

/// What a rule is about.
#[derive(Debug, Clone, PartialEq)]
enum Match {
    /// A part of the category's name, lower case.
    Category(String),
    /// A setting's id, or its beginning where the rule ends in `*`; lower case.
    Setting(String),
}

/// What weighs without a rules file: parts of categories' names. Everything else is medium.
const BUILT_IN: [(&str, Severity); 20] = [
    ("attack surface", Severity::High),
    ("defender", Severity::High),
    ("antivirus", Severity::High),
    ("firewall", Severity::High),
    ("bitlocker", Severity::High),
    ("filevault", Severity::High),
    ("encryption", Severity::High),
    ("credential", Severity::High),
    ("laps", Severity::High),
    ("device guard", Severity::High),
    ("local policies security", Severity::High),
    ("user rights", Severity::High),
    ("authentication", Severity::High),
    ("conditional access", Severity::High),
    ("password", Severity::High),
    ("start", Severity::Low),
    ("news and interests", Severity::Low),
    ("personalization", Severity::Low),
    ("notifications", Severity::Low),
    ("printer", Severity::Low),
];

impl Default for Severities {
    fn default() -> Self {
        let rule =
            |(word, severity): (&str, Severity)| (Match::Category(word.to_owned()), severity);
        Self {
            rules: BUILT_IN.map(rule).into(),
            default: Severity::Medium,
        }
    }
}

/// Why a rules file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeverityError {
    /// Not JSON, or another kind of file.
    NotRules,
    /// Of a later version.
    TooNew,
    /// A rule, by its number from 1, without a category or setting, or with an unknown severity.
    Rule(usize),
}

impl From<SeverityError> for Problem {
    fn from(error: SeverityError) -> Self {
        match error {
            SeverityError::NotRules => Self::new(
                "severities.not_rules",
                "This file holds no severity rules.",
                "Write a JSON object with \"plumbline\": \"severities\", \"version\": 1 and \"rules\": [{\"category\" or \"setting\", \"severity\"}].",
            ),
            SeverityError::TooNew => Self::new(
                "severities.too_new",
                "These severity rules were written for a later version.",
                "Open them with the latest Plumbline.",
            ),
            SeverityError::Rule(number) => Self::new(
                "severities.rule",
                format!("Severity rule {number} cannot be understood."),
                "Give it a \"category\" or a \"setting\", and one of high, medium, low, ignored as \"severity\".",
            ),
        }
    }
}

impl Severities {
    /// Reads a rules file.
    ///
    /// # Errors
    /// When it is no rules file, or a rule of it cannot be understood: a wrong rule would make a wrong number.
    pub fn read(text: &str) -> Result<Self, SeverityError> {
        let root = Json::parse(text).map_err(|_| SeverityError::NotRules)?;
        if root.str_at("plumbline") != Some("severities") {
            return Err(SeverityError::NotRules);
        }
        if root.get("version").and_then(Json::int) != Some(1) {
            return Err(SeverityError::TooNew);
        }
        let default = match root.str_at("default") {
            Some(word) => severity(word).ok_or(SeverityError::Rule(0))?,
            None => Severity::Medium,
        };
        let rules = root.get("rules").and_then(Json::array).unwrap_or(&[]);
        let rule = |(number, rule): (usize, &Json<'_>)| {
            let what = match (rule.str_at("category"), rule.str_at("setting")) {
                (Some(category), None) => Match::Category(category.to_lowercase()),
                (None, Some(setting)) => Match::Setting(setting.to_lowercase()),
                _ => return Err(SeverityError::Rule(number)),
            };
            let severity = rule.str_at("severity").and_then(severity);
            Ok((what, severity.ok_or(SeverityError::Rule(number))?))
        };
        let rules = (1..).zip(rules).map(rule).collect::<Result<_, _>>()?;
        Ok(Self { rules, default })
    }

    /// How much a setting of this id and category weighs.
    pub fn of(&self, id: &str, category: &str) -> Severity {
        let (id, category) = (id.to_lowercase(), category.to_lowercase());
        let fits = |what: &Match| match what {
            Match::Category(part) => category.contains(part.as_str()),
            Match::Setting(rule) => match rule.strip_suffix('*') {
                Some(head) => id.starts_with(head),
                None => id == *rule,
            },
        };
        let rule = self.rules.iter().find(|(what, _)| fits(what));
        rule.map_or(self.default, |(_, severity)| *severity)
    }
}

/// What a severity adds to a sum.
pub fn weight(severity: Severity) -> u32 {
    match severity {
        Severity::Ignored => 0,
        Severity::Low => 1,
        Severity::Medium => 3,
        Severity::High => 10,
    }
}

fn severity(word: &str) -> Option<Severity> {
    Some(match word.to_ascii_lowercase().as_str() {
        "high" => Severity::High,
        "medium" => Severity::Medium,
        "low" => Severity::Low,
        "ignored" => Severity::Ignored,
        _ => return None,
    })
}
