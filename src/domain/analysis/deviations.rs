//! Accepted deviations: differences that somebody has signed for, in a file that can live in git.
//!
//! ```json
//! { "plumbline": "deviations", "version": 1, "deviations": [
//!   { "setting": "vendor_msft_policy_config_camera_allowcamera", "policy": "", "value": "1",
//!     "reason": "Teams rooms need it", "owner": "Ada", "accepted": "2026-11-21", "expires": "2027-05-31" } ] }
//! ```
//! `setting` is what is set (`setting::identity`), or an id or a name. A file of Open Intune Baseline's
//! reasons against CIS (`CIS Ref,Setting Name,OIB Rationale for Non-Implementation,Notes`) is read as one.

use std::borrow::Cow;

use super::index::Index;
use crate::diff::{NONE, Sides};
use crate::hash::QuickMap;
use crate::json::{Json, Object};
use crate::policy::dates;
use crate::problem::Problem;
use crate::protocol::{
    Accept, Deviation, DeviationList, DeviationState, DeviationView, File, State,
};
use crate::setting::names;

/// What stands for the value of a setting that the main side does not have.
pub const NOT_SET: &str = "(not set)";
/// The most of a file that is taken.
const MOST: usize = 100_000;

/// All deviations that are open.
#[derive(Debug, Default)]
pub struct Deviations {
    list: Vec<Deviation>,
    complaints: Vec<String>,
    today: String,
}

/// Why a deviation or a file of them cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviationError {
    /// Neither ours nor a CSV of CIS rationales.
    NotDeviations,
    /// Of a later version.
    TooNew,
    /// A difference needs a reason and an owner.
    Unsigned,
    /// The last day is no date.
    NotADay,
    /// The line is not a difference.
    NotADifference,
}

impl From<DeviationError> for Problem {
    fn from(error: DeviationError) -> Self {
        let (code, what, remedy) = match error {
            DeviationError::NotDeviations => (
                "deviations.not_deviations",
                "This file holds no accepted deviations.",
                "Open a file that Plumbline saved, or Open Intune Baseline's CSV of reasons against CIS.",
            ),
            DeviationError::TooNew => (
                "deviations.too_new",
                "These deviations were saved by a later version.",
                "Open them with the latest Plumbline.",
            ),
            DeviationError::Unsigned => (
                "deviations.unsigned",
                "A deviation needs a reason and an owner.",
                "Say why it is accepted and who answers for it.",
            ),
            DeviationError::NotADay => (
                "deviations.not_a_day",
                "The last day is not a date.",
                "Write it as 2027-05-31, or leave it empty.",
            ),
            DeviationError::NotADifference => (
                "deviations.not_a_difference",
                "This line is not a difference.",
                "Only settings that are different, missing or extra can be accepted.",
            ),
        };
        Self::new(code, what, remedy)
    }
}

impl Deviations {
    /// Adds what a file holds. `today`: `2026-11-21`.
    ///
    /// # Errors
    /// When the file is none of these; an entry that cannot be understood is a complaint.
    pub fn open(&mut self, file: &File, today: &str) -> Result<(), DeviationError> {
        let text = String::from_utf8_lossy(&file.bytes);
        let text = text.trim_start_matches('\u{feff}');
        let found = match text.trim_start().starts_with('{') {
            true => json(text, &mut self.complaints)?,
            false => cis(text)?,
        };
        today.clone_into(&mut self.today);
        for one in found {
            if !self.list.contains(&one) && self.list.len() < MOST {
                self.list.push(one);
            }
        }
        Ok(())
    }

    /// Accepts the difference of a line.
    ///
    /// # Errors
    /// When it is not signed, its last day is no date, or the line is no difference.
    pub fn accept(
        &mut self,
        sides: Sides<'_>,
        index: &Index,
        accept: &Accept,
    ) -> Result<(), DeviationError> {
        if accept.reason.trim().is_empty() || accept.owner.trim().is_empty() {
            return Err(DeviationError::Unsigned);
        }
        if !accept.expires.is_empty() && !is_day(&accept.expires) {
            return Err(DeviationError::NotADay);
        }
        let line = sides.found.lines.get(accept.line as usize);
        let line = line.filter(|line| !matches!(line.state, State::Same | State::Unknown));
        let line = line.ok_or(DeviationError::NotADifference)?;
        let (policy, setting) = sides.either(line).ok_or(DeviationError::NotADifference)?;
        let key = index
            .key(policy, setting)
            .map_or_else(|| setting.id.to_string(), |(key, _)| key);
        let in_baseline = line.left.1 != NONE;
        accept.today.clone_into(&mut self.today);
        self.list.push(Deviation {
            setting: key,
            policy: if in_baseline {
                policy.name.clone()
            } else {
                String::new()
            },
            value: if accept.any_value {
                String::new()
            } else {
                value(sides, line)
            },
            reason: accept.reason.trim().to_owned(),
            owner: accept.owner.trim().to_owned(),
            accepted: accept.today.clone(),
            expires: accept.expires.clone(),
        });
        Ok(())
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Takes one back; a number that is not there does nothing.
    pub fn remove(&mut self, number: u32) {
        if (number as usize) < self.list.len() {
            self.list.remove(number as usize);
        }
    }

    /// For each line of a comparison, whether it is accepted; and the list as the page shows it.
    pub fn apply(&self, sides: Option<(Sides<'_>, &Index)>) -> (Vec<bool>, DeviationList) {
        let mut used = vec![0u32; self.list.len()];
        let mut accepted = Vec::new();
        if let Some((sides, index)) = sides {
            let mut by_setting: QuickMap<String, Vec<usize>> = QuickMap::default();
            for (number, one) in self.list.iter().enumerate() {
                by_setting
                    .entry(one.setting.to_lowercase())
                    .or_default()
                    .push(number);
            }
            accepted = vec![false; sides.found.lines.len()];
            let lines = sides.found.lines.iter().enumerate();
            for (number, line) in lines.filter(|_| !by_setting.is_empty()) {
                if line.echo || matches!(line.state, State::Same | State::Unknown) {
                    continue;
                }
                for meant in self.meant(sides, index, line, &by_setting) {
                    used[meant] += 1;
                    accepted[number] |= !self.expired(&self.list[meant]);
                }
            }
        }
        let view = |(one, lines): (&Deviation, u32)| DeviationView {
            deviation: one.clone(),
            state: match (self.expired(one), lines) {
                (true, _) => DeviationState::Expired,
                (false, 0) => DeviationState::Unused,
                (false, _) => DeviationState::Holds,
            },
            lines,
        };
        let list = DeviationList {
            list: self.list.iter().zip(used).map(view).collect(),
            complaints: self.complaints.clone(),
        };
        (accepted, list)
    }

    fn meant(
        &self,
        sides: Sides<'_>,
        index: &Index,
        line: &crate::diff::Line,
        by_setting: &QuickMap<String, Vec<usize>>,
    ) -> Vec<usize> {
        let Some((policy, setting)) = sides.either(line) else {
            return Vec::new();
        };
        let key = index
            .key(policy, setting)
            .map(|(key, _)| key.to_lowercase());
        let words = [
            key,
            Some(setting.id.to_lowercase()),
            Some(sides.name(setting).to_lowercase()),
        ];
        let mut found: Vec<usize> = Vec::new();
        for number in words
            .iter()
            .flatten()
            .filter_map(|word| by_setting.get(word))
            .flatten()
        {
            let one = &self.list[*number];
            let policy = one.policy.is_empty() || one.policy == policy.name;
            if policy
                && (one.value.is_empty() || one.value == value(sides, line))
                && !found.contains(number)
            {
                found.push(*number);
            }
        }
        found
    }

    /// True after the last day.
    fn expired(&self, one: &Deviation) -> bool {
        !one.expires.is_empty()
            && !self.today.is_empty()
            && self.today.as_str() > one.expires.as_str()
    }

    /// All of them as a file: one member a line, in the order they were accepted.
    pub fn save(&self) -> File {
        let text = |text: &str| Json::String(Cow::Owned(text.to_owned()));
        let one = |one: &Deviation| {
            let members = [
                ("setting", &one.setting),
                ("policy", &one.policy),
                ("value", &one.value),
                ("reason", &one.reason),
                ("owner", &one.owner),
                ("accepted", &one.accepted),
                ("expires", &one.expires),
            ];
            let members = members.map(|(name, value)| (Cow::Borrowed(name), text(value)));
            Json::Object(Object(members.into()))
        };
        let root = Json::Object(Object(vec![
            (Cow::Borrowed("plumbline"), text("deviations")),
            (Cow::Borrowed("version"), Json::Int(1)),
            (
                Cow::Borrowed("deviations"),
                Json::Array(self.list.iter().map(one).collect()),
            ),
        ]));
        File {
            path: "deviations.plumbline.json".to_owned(),
            mime: "application/json".to_owned(),
            bytes: format!("{}\n", root.to_pretty()).into_bytes(),
        }
    }
}

/// The main side's value, as it is written in the file.
fn value(sides: Sides<'_>, line: &crate::diff::Line) -> String {
    match sides.settings(line).1 {
        Some(setting) => names::raw_value(&setting.value).into_owned(),
        None => NOT_SET.to_owned(),
    }
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && dates::seconds(text).is_some()
}

fn json(text: &str, complaints: &mut Vec<String>) -> Result<Vec<Deviation>, DeviationError> {
    let root = Json::parse(text).map_err(|_| DeviationError::NotDeviations)?;
    if root.str_at("plumbline") != Some("deviations") {
        return Err(DeviationError::NotDeviations);
    }
    if root.get("version").and_then(Json::int) != Some(1) {
        return Err(DeviationError::TooNew);
    }
    let mut out = Vec::new();
    let list = root.get("deviations").and_then(Json::array).unwrap_or(&[]);
    for (number, one) in (1..).zip(list) {
        let text = |name: &str| one.str_at(name).unwrap_or("").trim().to_owned();
        let deviation = Deviation {
            setting: text("setting"),
            policy: text("policy"),
            value: text("value"),
            reason: text("reason"),
            owner: text("owner"),
            accepted: text("accepted"),
            expires: text("expires"),
        };
        let missing = ["setting", "reason", "owner"]
            .iter()
            .find(|name| text(name).is_empty());
        if let Some(name) = missing {
            complaints.push(format!("Deviation {number} has no {name}: it is left out."));
        } else if !deviation.expires.is_empty() && !is_day(&deviation.expires) {
            complaints.push(format!(
                "The last day of deviation {number} is no date: it is left out."
            ));
        } else {
            out.push(deviation);
        }
    }
    Ok(out)
}

/// Open Intune Baseline's reasons for what it leaves out of CIS.
fn cis(text: &str) -> Result<Vec<Deviation>, DeviationError> {
    let rows = csv(text);
    let head = rows.first().ok_or(DeviationError::NotDeviations)?;
    let column = |part: &str| {
        head.iter()
            .position(|name| name.to_lowercase().contains(part))
    };
    let (Some(reference), Some(name), Some(reason)) =
        (column("cis ref"), column("setting"), column("rationale"))
    else {
        return Err(DeviationError::NotDeviations);
    };
    let mut out = Vec::new();
    for row in rows.iter().skip(1) {
        let cell = |at: usize| row.get(at).map_or("", |cell| cell.trim());
        // `(L1) Ensure 'Enable screen saver (User)' is set to 'Enabled'`
        let words = cell(name);
        let between = words
            .split_once('\'')
            .and_then(|(_, rest)| rest.split_once("' is "));
        let setting = between.map_or(words, |(setting, _)| setting);
        if setting.is_empty() || cell(reason).is_empty() {
            continue;
        }
        out.push(Deviation {
            setting: setting.to_owned(),
            reason: format!("{} (CIS {})", cell(reason), cell(reference)),
            owner: "Open Intune Baseline".to_owned(),
            ..Deviation::default()
        });
    }
    Ok(out)
}

/// RFC 4180.
fn csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let row = match rows.last_mut() {
            Some(row) => row,
            None => break,
        };
        let Some(cell) = row.last_mut() else { break };
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            c => cell.push(c),
        }
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    rows
}
